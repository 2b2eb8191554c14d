"""Places that no gazetteer has, put where the text says they lie: "Oru, 30 km north of Kalbe"."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import msgspec

from firsthand.model.claim import Place
from firsthand.resolve.place_relations import between

_REACH: Final = 90
_LINKS: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "which",
        "that",
        "lies",
        "is",
        "was",
        "located",
        "situated",
        "lying",
        "about",
        "some",
        "around",
        "roughly",
        "just",
        "only",
        "village",
        "town",
        "city",
        "hamlet",
        "district",
        "area",
        "of",
        "settlement",
        "camp",
        "base",
        "approximately",
        "nearly",
        "and",
        "sits",
        "stands",
    ]
)
"""Words that may stand between a place and the words that say where it lies."""
_WORDS: Final = re.compile(r"[^\W_]+")
_OPENS: Final = re.compile(
    r"^(?:,\s|\s\(|\s(?:village|town|which|that|is|in|near|close|between)\b)"
)
_BETWEEN: Final = re.compile(r"\bbetween\b")
_POINTS: Final = frozenset({"town", "site", "neighbourhood", None})
"""Precisions of places that lie at a point."""
_VAGUE_KM: Final = 2.0
"""How much wider than the area told a place may lie."""


def placed_by_text(text: str, places: Sequence[Place]) -> tuple[Place, ...]:
    """The places of a text in reading order, unresolved ones with the point the text gives them."""
    kept = list(places)
    for at, (place, after) in enumerate(pairwise(places)):
        if place.lat is not None or place.demonym or place.precision not in _POINTS:
            continue
        area = _area(text, place, after, places[at + 2] if at + 2 < len(places) else None)
        if area is not None:
            kept[at] = _at(place, area)
    return tuple(kept)


def _area(text: str, place: Place, after: Place, next_one: Place | None) -> Place | None:
    """What the words after a place say it lies by: a relation to the next, or between two."""
    gap = text[place.end or 0 : after.start or 0]
    if after.lat is None or len(gap) > _REACH or "\n" in gap or not _OPENS.match(gap):
        return None
    if next_one is not None and _BETWEEN.search(gap) and next_one.lat is not None:
        return between(text, after, next_one) if _only_links(gap, "between") else None
    return after if after.relation and _only_links(gap, after.relation) else None


def _only_links(gap: str, relation: str) -> bool:
    """Whether nothing but the relation and words that link it stand between two places."""
    at = gap.lower().rfind(relation.lower())
    if at < 0 or any(mark in gap[:at] for mark in ".;:!?"):
        return False
    rest = _WORDS.findall(gap[:at].lower()) + _WORDS.findall(gap[at + len(relation) :].lower())
    return all(word in _LINKS for word in rest)


def _at(place: Place, area: Place) -> Place:
    """The place on the area told; it stays in no gazetteer."""
    told = area.relation if area.relation == "between" else f"{area.relation} {area.name}"
    told = area.as_written if told == "between" else told
    return msgspec.structs.replace(
        place,
        country=area.country or place.country,
        lat=area.lat,
        lon=area.lon,
        radius_km=round((area.radius_km or 0.0) + _VAGUE_KM, 1),
        precision=place.precision or "town",
        inside=None,
        parent=area.parent if area.relation != "between" else place.parent,
        reason=f"in no gazetteer; put where the text says: {told}",
    )
