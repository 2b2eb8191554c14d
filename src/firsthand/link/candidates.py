"""Which pairs of claims are worth a comparison, found in columns before anything is compared.

Claims of one document are all candidates, others where they share a blocking key. Kinds and
days then set most pairs aside, for all of them at once.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

import numpy as np

from firsthand.link.bounds import Bounds
from firsthand.link.columns import Ints, ints_of
from firsthand.link.marks import Looked
from firsthand.link.tellings import Stands
from firsthand.link.views import View

HELD: Final = 1_000_000
"""So many pairs are held before those that several keys propose are made one."""


def candidate_pairs(
    views: Sequence[View],
    crossing: Collection[str] | None = None,
    stands: Stands | None = None,
) -> Iterator[tuple[int, int]]:
    """Pairs of places in `views`, which is in id order; each pair once and in order.

    With `crossing` only pairs of which exactly one claim is among those named. Claims that
    another one stands for are paired within their document only, where the others are not
    together in one.
    """
    if not views:
        return
    bounds = Bounds([view.facts for view in views])
    inside = None if crossing is None else np.array([v.id in crossing for v in views], np.bool_)
    found: list[Ints] = []
    held, most = 0, HELD
    for one, other in _proposed(views, _standing(views, stands or {}), bounds.document):
        low, high = np.minimum(one, other), np.maximum(one, other)
        fits = bounds.fitting(low, high)
        if inside is not None:
            fits &= inside[low] != inside[high]
        low, high = low[fits], high[fits]
        for begin in range(0, len(low), HELD):
            some = slice(begin, begin + HELD)
            worth = bounds.worth(low[some], high[some])
            found.append(low[some][worth] * len(views) + high[some][worth])
            held += len(found[-1])
        if held > most:
            found = [np.unique(np.concatenate(found))]
            held = len(found[0])
            most = max(HELD, 2 * held)
    codes = np.unique(np.concatenate(found)) if found else np.array([], np.int64)
    for begin in range(0, len(codes), HELD):
        some_codes = codes[begin : begin + HELD]
        places = (some_codes // len(views)).tolist(), (some_codes % len(views)).tolist()
        yield from zip(*places, strict=True)


def _standing(views: Sequence[View], stands: Stands) -> Ints:
    """The place of the claim that is compared for each."""
    places = {view.id: at for at, view in enumerate(views)} if stands else {}
    found = np.arange(len(views), dtype=np.int64)
    for name in stands:
        if name in places:
            found[places[name]] = places[stands[name]]
    return found


def _proposed(views: Sequence[View], standing: Ints, homes: Ints) -> Iterator[tuple[Ints, Ints]]:
    everyone = np.arange(len(views), dtype=np.int64)
    yield from _together(_in_runs(homes, everyone), standing, homes)
    alone = standing == everyone
    sizes = np.array([len(v.facts.keys) if at else 0 for v, at in zip(views, alone, strict=True)])
    flat = (key for v, at in zip(views, alone, strict=True) if at for key in v.facts.keys)
    keys = np.fromiter(flat, np.int64, int(sizes.sum()))
    members = np.repeat(everyone, sizes)
    of_any = keys & 1 == 1
    yield from _in_runs(keys[of_any], members[of_any])
    foretold = np.array([view.facts.modality == "forecast" for view in views], np.bool_)
    for one, other in _in_runs(keys[~of_any], members[~of_any]):
        mixed = foretold[one] != foretold[other]
        yield one[mixed], other[mixed]


def _together(
    pairs: Iterable[tuple[Ints, Ints]], standing: Ints, homes: Ints
) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of one document; of those that others stand for the first of each two others.

    Where the others are in one document themselves, that document tells the two together.
    """
    parted: list[tuple[Ints, Ints]] = []
    for one, other in pairs:
        mine, theirs = standing[one], standing[other]
        first = (mine == one) & (theirs == other)
        yield one[first], other[first]
        apart = ~first & (homes[mine] != homes[theirs])
        parted.append((one[apart], other[apart]))
    if not parted:
        return
    one, other = (np.concatenate(side) for side in zip(*parted, strict=True))
    low, high = np.sort(np.stack([standing[one], standing[other]]), axis=0)
    order = np.lexsort((np.maximum(one, other), np.minimum(one, other)))
    _, kept = np.unique((low * len(standing) + high)[order], return_index=True)
    yield one[order][kept], other[order][kept]


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


def worth_comparing(pairs: Sequence[tuple[Looked, Looked]]) -> list[tuple[Looked, Looked]]:
    """The pairs that may come to anything if compared."""
    places: dict[str, int] = {}
    looks: list[Looked] = []
    for look in (look for pair in pairs for look in pair):
        if places.setdefault(look.claim_id, len(looks)) == len(looks):
            looks.append(look)
    if not looks:
        return []
    bounds = Bounds(looks)
    one, other = (ints_of(places[pair[side].claim_id] for pair in pairs) for side in (0, 1))
    fits = bounds.fitting(one, other)
    fits[fits] = bounds.worth(one[fits], other[fits])
    return [pair for pair, fit in zip(pairs, fits, strict=True) if fit]
