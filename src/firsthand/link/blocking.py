"""Blocking keys: two claims are compared only where they share one."""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import combinations
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from firsthand.link.days import first_day, last_day
from firsthand.link.hashing import STEM, hashed
from firsthand.link.lexicons import knowledge, neighbours, standing, type_row, types
from firsthand.link.origins import plain_name
from firsthand.link.stories import RARE, word_bits
from firsthand.model.claim import Place, Quantity, Time

CELL_DEGREES: Final = 0.5
"""About 55 km: larger than two towns' radii, so that a place touches one to four cells."""
WIDE_KM: Final = 60.0
"""Places less certain than this are known by name only; a circle would touch many cells."""
MARGIN_KM: Final = 3.0
"""Beyond a place's own radius; places farther apart are two unless figures or words tie them,
and those have keys of their own."""
BUCKET_DAYS: Final = 4
LONG_DAYS: Final = 40
"""Longer intervals say too little to look for an incident by them."""
REPORTED_DAYS: Final = 4
"""How far back from its page's date an undated claim is looked for."""
OUTCOME_DAYS: Final = 60
"""How long after its deadline what came of a forecast is looked for."""
OUTBREAKS: Final = frozenset({"disease"})
"""Families of situations that are told of for months, by their place whatever the day."""
RARELY: Final = frozenset({"disaster", "election"})
"""Families of what seldom happens twice at one place in a month."""
RARE_VALUE: Final = 13
MIN_WORDS: Final = 5
BANDS: Final = 4
KM_PER_DEGREE: Final = 111.2
TELLING: Final = 4
"""Words of a claim of which two that are shared make it a candidate."""
STORY_WORDS: Final = 6
"""Words of an article by which claims of undated pages are looked for."""
MAIN_WORDS: Final = 8
"""Words of an article of which two that are shared make its main incident a candidate."""
CAME: Final = frozenset({"asserted", "denied"})
"""Modalities in which a page tells what came of a forecast."""
AWAITED_DAYS: Final = 60
"""Runs of days in which a later page on what was foretold is looked for."""


class Blocked(msgspec.Struct, frozen=True, gc=False):
    """The fields of a claim that its keys are made from."""

    type: str
    kin: str | None
    modality: str
    places: Sequence[Place]
    time: Time | None
    figures: Sequence[tuple[str, Quantity]]
    """What each quantity counts, with the quantity."""
    published: str | None
    words: Sequence[int]
    words_key: int
    minima: Sequence[int]
    """The lowest of its words under each of several orders, as `minima` finds them."""
    story: Sequence[int] = ()
    named: Collection[str] = ()
    """Its named actors in comparable form."""
    origin: str = ""
    """What makes its origin one with another's."""
    main: bool = False
    """Whether it leads what its article tells most of."""
    leads: bool = False
    """Whether it leads something that its article tells."""


@cache
def unchanged() -> frozenset[int]:
    """Words that tell something as it was before."""
    return frozenset(hashed("word", word[:STEM]) for word in knowledge("unchanged"))


@cache
def supergroup(family: str) -> str:
    """The smallest family that is reached through related ones: all of them share keys."""
    seen = {family}
    todo = [family]
    while todo:
        for near in neighbours(todo.pop()):
            if near not in seen:
                seen.add(near)
                todo.append(near)
    return min(seen)


def blocking_keys(claim: Blocked) -> tuple[int, ...]:
    """All keys of a claim, sorted; claims of one document are compared without one."""
    buckets = time_buckets(claim)
    found = {*_word_keys(claim), *_awaited_keys(claim), *_telling_keys(claim, buckets)}
    happens = claim.type in types() and type_row(claim.type).group not in {"speech", "other"}
    if happens or claim.kin is not None:
        found.update(_happening_keys(claim, buckets))
    return tuple(sorted({*map(of_any, found), *map(of_forecast, _came_keys(claim))}))


def of_any(key: int) -> int:
    """A key by which any two claims are proposed: an odd number."""
    return key | 1


def of_forecast(key: int) -> int:
    """A key that proposes only a forecast and what is none: an even number."""
    return key & ~1


def _word_keys(claim: Blocked) -> Iterator[int]:
    if len(claim.words) < MIN_WORDS:
        return
    yield hashed("words", claim.words_key)
    for band in range(BANDS):
        yield hashed("band", band, claim.minima[2 * band], claim.minima[2 * band + 1])


def minima(claims: Sequence[Sequence[int]]) -> list[list[int]]:
    """For the words of each claim, the lowest under each order; claims in like words share some."""
    begins = np.cumsum([0, *(max(1, len(words)) for words in claims)])
    flat = [word for words in claims for word in words or (0,)]
    if not flat:
        return []
    mixed = np.array(flat, np.int64) ^ _salts()
    lowest: list[list[int]] = np.minimum.reduceat(mixed, begins[:-1], axis=1).T.tolist()
    return lowest


def _telling_keys(claim: Blocked, buckets: Sequence[int]) -> Iterator[int]:
    """Two of the rarest words of a claim that its type or its days do not tell where to look for."""
    if type_row(claim.type).group != "other" and (buckets or claim.modality == "forecast"):
        return
    chosen = sorted(claim.words, key=lambda word: (-word_bits().get(word, RARE), word))[:TELLING]
    for one, other in combinations(sorted(chosen), 2):
        if not buckets:
            yield hashed("telling", one, other)
        for bucket in buckets:
            yield hashed("telling", one, other, bucket)


def _came_keys(claim: Blocked) -> Iterator[int]:
    """Two of the rarest words of a forecast, and of what later pages tell, whatever its type."""
    said = first_day(claim.published)
    foretold = claim.modality == "forecast"
    if said is None or not (foretold or claim.modality in CAME):
        return
    by = last_day(claim.time.latest) if claim.time and foretold else None
    if foretold and by is None:
        return
    until = said if by is None else min(by, said + LONG_DAYS) + OUTCOME_DAYS
    chosen = sorted(claim.words, key=lambda word: (-word_bits().get(word, RARE), word))[:TELLING]
    for one, other in combinations(sorted(chosen), 2):
        for run in range(said // AWAITED_DAYS, until // AWAITED_DAYS + 1):
            yield hashed("came", one, other, run)


def _story_keys(claim: Blocked, near: str, where: Iterable[str]) -> Iterator[int]:
    """What a page without a date is about: nothing else may tie two that name no day.

    Likeness of two articles alone links nothing: a place, a figure or a name must agree too,
    or many words, which have keys of their own. Of families whose happenings are rare little
    more must agree.
    """
    if claim.published is not None:
        return
    family = claim.kin or type_row(claim.type).family
    ties = {*where, *claim.named, *(plain_name(place.as_written) for place in claim.places)}
    ties |= {f"{kind} {float(q.value)}" for kind, q in claim.figures if q.value is not None}
    for word in claim.story[:STORY_WORDS]:
        for tie in ties:
            yield hashed("story", near, word, tie)
        if family in RARELY:
            yield hashed("story", family, word)


def _main_keys(claim: Blocked, near: str, buckets: Sequence[int]) -> Iterator[int]:
    """Two of the words of an article, for the one claim that leads what it tells most of."""
    rare = claim.leads and (claim.kin or type_row(claim.type).family) in RARELY
    if not claim.main and not rare:
        return
    for one, other in combinations(claim.story[:MAIN_WORDS], 2):
        for bucket in buckets or (0,):
            yield hashed("main", near, one, other, bucket)


def _awaited_keys(claim: Blocked) -> Iterator[int]:
    """A forecast, and what later pages say of it as unchanged or foretell anew, by their place."""
    said = first_day(claim.published)
    foretold = claim.modality == "forecast"
    if said is None or not (foretold or not unchanged().isdisjoint(claim.words)):
        return
    by = last_day(claim.time.latest) if claim.time and foretold else None
    until = said if by is None else min(by, said + LONG_DAYS) + OUTCOME_DAYS
    for run in range(said // AWAITED_DAYS, until // AWAITED_DAYS + 1):
        for place in place_names(claim.places):
            yield hashed("awaited", claim.type, place, run)


@cache
def _salts() -> npt.NDArray[np.int64]:
    return np.array([[hashed("salt", at)] for at in range(2 * BANDS)], np.int64)


def _happening_keys(claim: Blocked, buckets: Sequence[int]) -> Iterator[int]:
    row = type_row(claim.type)
    where = sorted(set(place_keys(claim.places)))
    yield from _lasting_keys(claim, where)
    near = supergroup(claim.kin or row.family)
    if row.family in standing() and claim.time is None:
        for place in place_names(claim.places):
            yield hashed("again", claim.type, claim.origin, place)
    yield from _story_keys(claim, near, where)
    yield from _main_keys(claim, near, buckets)
    for bucket in buckets:
        for place in where:
            yield hashed("time", near, place, bucket)
    if row.about == "speech" and row.group == "incident":
        for country in sorted({place.country for place in claim.places if place.country}):
            for bucket in buckets:
                yield hashed("country", near, country, bucket)
    for figure in claim.figures:
        yield from _quantity_keys(figure, near, where, buckets)


def _lasting_keys(claim: Blocked, where: Sequence[str]) -> Iterator[int]:
    """States and outbreaks are looked for by their place, whatever the day."""
    row = type_row(claim.type)
    if row.group == "state":
        for place in place_names(claim.places):
            yield hashed("state", claim.type, place)
    if (claim.kin or row.family) in OUTBREAKS:
        for cell in where:
            yield hashed("outbreak", claim.kin or row.family, cell)


def _quantity_keys(
    figure: tuple[str, Quantity], near: str, where: Sequence[str], buckets: Sequence[int]
) -> Iterator[int]:
    """A figure at a place, and a rarer one at a time: either alone is common in a long war."""
    kind, quantity = figure
    value = quantity.normalised_value if quantity.normalised_value is not None else quantity.value
    if value is None:
        return
    if value >= RARE_VALUE or not buckets:
        for place in where:
            yield hashed("number", near, kind, value, place)
    if value >= RARE_VALUE:
        for bucket in buckets:
            yield hashed("number", near, kind, value, "time", bucket)
        if not buckets and not where:
            yield hashed("number", near, kind, value)


def time_buckets(claim: Blocked) -> range:
    """Runs of four days in which the claim's happening is looked for."""
    low = first_day(claim.time.earliest) if claim.time else None
    high = last_day(claim.time.latest) if claim.time else None
    said = first_day(claim.published)
    if claim.modality == "forecast":
        low, high = (low or said), (None if high is None else high + OUTCOME_DAYS)
        longest = LONG_DAYS + OUTCOME_DAYS
    else:
        longest = LONG_DAYS
        if low is None and high is None and said is not None:
            low, high = said - REPORTED_DAYS, said
    if low is None or high is None or not 0 <= high - low <= longest:
        return range(0)
    return range((low - 1) // BUCKET_DAYS, (high + 1) // BUCKET_DAYS + 1)


def place_names(places: Iterable[Place]) -> list[str]:
    """What identifies each place: its gazetteer entry, else its name as written."""
    return [place.gazetteer_id or "n:" + plain_name(place.as_written) for place in places]


def place_keys(places: Iterable[Place]) -> Iterator[str]:
    """Cells that a place's circle touches; the entry or the name where it has no circle."""
    for place in places:
        radius = place.radius_km or 0.0
        if place.lat is None or place.lon is None or radius > WIDE_KM:
            yield place.gazetteer_id or "n:" + plain_name(place.as_written)
            continue
        yield from _cells(place.lat, place.lon, radius + MARGIN_KM)


@lru_cache(maxsize=65_536)
def _cells(lat: float, lon: float, reach_km: float) -> tuple[str, ...]:
    high = reach_km / KM_PER_DEGREE
    wide = high / max(0.1, math.cos(math.radians(lat)))
    rows = range(_cell(lat - high), _cell(lat + high) + 1)
    columns = range(_cell(lon - wide), _cell(lon + wide) + 1)
    return tuple(f"{row}:{column}" for row in rows for column in columns)


def _cell(degrees: float) -> int:
    return math.floor(degrees / CELL_DEGREES)
