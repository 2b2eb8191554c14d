"""Which pairs of claims are worth a comparison, found in columns before anything is compared.

Claims of one document are all candidates, others where they share a blocking key. Kinds and
days then set most pairs aside, for all of them at once.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from firsthand.link.compare import DAY_TOLERANCE
from firsthand.link.lexicons import can_go_together, families, type_row
from firsthand.link.views import View

Ints: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]

EVER: Final = 10**7
NEVER: Final = -EVER
"""Day numbers before and after all others, for intervals that are open."""
HELD: Final = 4_000_000
"""So many pairs are held before those that several keys propose are made one."""


@cache
def _related() -> Flags:
    """Whether two families, by number, are one or can tell parts of one happening."""
    names = families()
    return np.array([[can_go_together(one, other) for other in names] for one in names], np.bool_)


@cache
def _numbers() -> dict[str, int]:
    return {name: number for number, name in enumerate(families())}


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int64)


class Mark(NamedTuple):
    """What a quick look at a claim needs."""

    kind: str
    """Type and modality."""
    forecast: bool
    in_event: bool
    family: str
    kin: str
    earliest: int | None
    latest: int | None


def mark_of(view: View) -> Mark:
    """The marks of a claim."""
    facts = view.facts
    return marked(facts.type, facts.modality, facts.kin, view.in_event, view.earliest, view.latest)


def marked(
    kind: str,
    modality: str,
    kin: str | None,
    in_event: bool,  # noqa: FBT001 - a column of the table
    earliest: int | None,
    latest: int | None,
) -> Mark:
    """The marks of a claim, from the columns of its facts."""
    family = type_row(kind).family
    forecast = modality == "forecast"
    return Mark(f"{kind} {modality}", forecast, in_event, family, kin or family, earliest, latest)


class Columns:
    """The marks of some claims, one array a field."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        """Claims in any order; pairs are named by their places in it."""
        numbers = _numbers()
        kinds: dict[str, int] = {}
        self.in_event: Flags = np.array([m.in_event for m in marks], np.bool_)
        self.forecast: Flags = np.array([m.forecast for m in marks], np.bool_)
        self.kind = _ints(kinds.setdefault(m.kind, len(kinds)) for m in marks)
        self.family = _ints(numbers[m.family] for m in marks)
        self.kin = _ints(numbers[m.kin] for m in marks)
        self.earliest = _ints(NEVER if m.earliest is None else m.earliest for m in marks)
        self.latest = _ints(EVER if m.latest is None else m.latest for m in marks)

    def fitting(self, one: Ints, other: Ints) -> Flags:
        """Which pairs could be linked at all."""
        both = self.in_event[one] & self.in_event[other]
        related = self._comparable(one, other)
        meets = self.earliest[one] <= self.latest[other] + DAY_TOLERANCE
        meets &= self.earliest[other] <= self.latest[one] + DAY_TOLERANCE
        alike = self.kind[one] == self.kind[other]
        foretold = (self.forecast[one] != self.forecast[other]) & related
        fits: Flags = np.where(both, related & meets, alike | foretold)
        return fits

    def _comparable(self, one: Ints, other: Ints) -> Flags:
        """As `compare.comparable`, by number."""
        mine, theirs = self.family[one], self.family[other]
        kin, other_kin = self.kin[one], self.kin[other]
        found: Flags = _related()[mine, theirs] | _related()[kin, other_kin]
        found |= (kin == theirs) | (mine == other_kin)
        return found


def fitting(pairs: Sequence[tuple[Mark, Mark]]) -> list[bool]:
    """Which pairs of claims could be linked, by their marks."""
    if not pairs:
        return []
    columns = Columns([mark for pair in pairs for mark in pair])
    at = np.arange(0, 2 * len(pairs), 2, dtype=np.int64)
    return [bool(fits) for fits in columns.fitting(at, at + 1)]


def candidate_pairs(
    views: Sequence[View], crossing: Collection[str] | None = None
) -> Iterator[tuple[int, int]]:
    """Pairs of places in `views`, which is in id order; each pair once and in order.

    With `crossing` only pairs of which exactly one claim is among those named.
    """
    if not views:
        return
    columns = Columns([mark_of(view) for view in views])
    inside = None if crossing is None else np.array([v.id in crossing for v in views], np.bool_)
    found: list[Ints] = []
    held, most = 0, HELD
    for one, other in _proposed(views):
        low, high = np.minimum(one, other), np.maximum(one, other)
        fits = columns.fitting(low, high)
        if inside is not None:
            fits &= inside[low] != inside[high]
        found.append(low[fits] * len(views) + high[fits])
        held += len(found[-1])
        if held > most:
            found = [np.unique(np.concatenate(found))]
            held = len(found[0])
            most = max(HELD, 2 * held)
    codes = np.unique(np.concatenate(found)) if found else np.array([], np.int64)
    for begin in range(0, len(codes), HELD):
        some = codes[begin : begin + HELD]
        yield from zip((some // len(views)).tolist(), (some % len(views)).tolist(), strict=True)


def _proposed(views: Sequence[View]) -> Iterator[tuple[Ints, Ints]]:
    documents: dict[str, int] = {}
    homes = [documents.setdefault(view.facts.document_id, len(documents)) for view in views]
    yield from _in_runs(np.array(homes, np.int64), np.arange(len(views), dtype=np.int64))
    sizes = np.array([len(view.facts.keys) for view in views], np.int64)
    keys = np.fromiter((k for v in views for k in v.facts.keys), np.int64, int(sizes.sum()))
    yield from _in_runs(keys, np.repeat(np.arange(len(views), dtype=np.int64), sizes))


def _in_runs(keys: Ints, members: Ints) -> Iterator[tuple[Ints, Ints]]:
    """All pairs of members with equal keys, those so many places apart together."""
    if not len(keys):
        return
    order = np.argsort(keys, kind="stable")
    keys, members = keys[order], members[order]
    begins = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    ends = np.repeat(np.r_[begins[1:], len(keys)], np.diff(np.r_[begins, len(keys)]))
    at = np.arange(len(keys), dtype=np.int64)
    gap = 1
    while True:
        at = at[at + gap < ends[at]]
        if not len(at):
            return
        yield members[at], members[at + gap]
        gap += 1
