"""Which pairs of claims are worth a comparison, found in columns before anything is compared.

Claims of one document are all candidates, others where they share a blocking key. Kinds and
days then set most pairs aside, for all of them at once.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from firsthand.link.compare import DAY_TOLERANCE
from firsthand.link.lexicons import are_related, families
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
    return np.array(
        [[one == other or are_related(one, other) for other in names] for one in names], np.bool_
    )


@cache
def _numbers() -> dict[str, int]:
    return {name: number for number, name in enumerate(families())}


class Columns:
    """What a quick look at a pair needs, one array a field, claims in id order."""

    def __init__(self, views: Sequence[View]) -> None:
        """Claims in id order."""
        numbers = _numbers()
        kinds: dict[tuple[str, str], int] = {}
        self.in_event: Flags = np.array([view.in_event for view in views], np.bool_)
        self.forecast: Flags = np.array([v.facts.modality == "forecast" for v in views], np.bool_)
        self.kind: Ints = np.array(
            [kinds.setdefault((v.facts.type, v.facts.modality), len(kinds)) for v in views],
            np.int64,
        )
        self.family: Ints = np.array([numbers[v.row.family] for v in views], np.int64)
        self.kin: Ints = np.array([numbers[view.kin] for view in views], np.int64)
        self.earliest: Ints = np.array(
            [NEVER if v.earliest is None else v.earliest for v in views], np.int64
        )
        self.latest: Ints = np.array(
            [EVER if v.latest is None else v.latest for v in views], np.int64
        )

    def fitting(self, one: Ints, other: Ints) -> Flags:
        """Which pairs could be linked at all."""
        both = self.in_event[one] & self.in_event[other]
        either = self.in_event[one] | self.in_event[other]
        related = self._comparable(one, other)
        meets = self.earliest[one] <= self.latest[other] + DAY_TOLERANCE
        meets &= self.earliest[other] <= self.latest[one] + DAY_TOLERANCE
        alike = self.kind[one] == self.kind[other]
        foretold = (self.forecast[one] != self.forecast[other]) & either & related
        fits: Flags = np.where(both, related & meets, alike | foretold)
        return fits

    def _comparable(self, one: Ints, other: Ints) -> Flags:
        """As `compare.comparable`, by number."""
        mine, theirs = self.family[one], self.family[other]
        kin, other_kin = self.kin[one], self.kin[other]
        found: Flags = _related()[mine, theirs] | _related()[kin, other_kin]
        found |= (kin == theirs) | (mine == other_kin)
        return found


def candidate_pairs(
    views: Sequence[View], crossing: Collection[str] | None = None
) -> Iterator[tuple[int, int]]:
    """Pairs of places in `views`, which is in id order; each pair once and in order.

    With `crossing` only pairs of which exactly one claim is among those named.
    """
    if not views:
        return
    columns = Columns(views)
    inside = None if crossing is None else np.array([v.id in crossing for v in views], np.bool_)
    found: list[Ints] = []
    held = 0
    for one, other in _proposed(views):
        low, high = np.minimum(one, other), np.maximum(one, other)
        fits = columns.fitting(low, high)
        if inside is not None:
            fits &= inside[low] != inside[high]
        found.append(low[fits] * len(views) + high[fits])
        held += len(found[-1])
        if held > HELD:
            found, held = [np.unique(np.concatenate(found))], 0
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
