"""Places said without a name ("the city", "there") resolved to the last place that fits."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from firsthand.model.claim import Place

_FITS: Final = {
    "city": ("town",),
    "town": ("town",),
    "village": ("town",),
    "province": ("governorate",),
    "governorate": ("governorate",),
    "state": ("governorate",),
    "district": ("district", "neighbourhood"),
    "county": ("district",),
    "neighborhood": ("neighbourhood",),
    "neighbourhood": ("neighbourhood",),
    "region": ("region", "governorate", "district", "town"),
    "area": ("district", "town", "region", "governorate", "site"),
    "enclave": ("town", "district", "region"),
    "country": ("country",),
    "island": ("region",),
    "capital": ("town",),
    "there": ("town", "site", "neighbourhood", "district", "governorate", "region", "country"),
    "here": ("town", "site", "neighbourhood", "district", "governorate", "region", "country"),
}
_INSIDE: Final = frozenset(
    [
        "airport",
        "airbase",
        "airfield",
        "base",
        "camp",
        "crossing",
        "bridge",
        "hospital",
        "prison",
        "port",
    ]
)
"""Sites that lie somewhere in or by the last town; their own point is not known."""
_PHRASE: Final = re.compile(
    r"\b(?:(?:the|this|that|its)\s(?:\w{3,20}\s)?(?:air\s)?(?P<noun>"
    + "|".join(sorted({*_FITS, *_INSIDE} - {"there", "here"}, key=len, reverse=True))
    + r")|(?P<adverb>there|here))\b(?!\s(?:of\s|is\b|are\b|was\b|were\b|has\b|have\b))(?!['’]s\s)",
    re.IGNORECASE,
)
_WIDER_KM: Final = 15.0
"""How much "the area" reaches beyond a town."""


def generic_places(
    text: str, places: Sequence[Place], start: int = 0, end: int | None = None
) -> tuple[Place, ...]:
    """Unnamed places between two offsets; `places` are the named ones of the whole text in order.

    A phrase with no fitting place before it is left out. Sites such as "the airport" come back
    without a point, inside the last town.
    """
    found: list[Place] = []
    for match in _PHRASE.finditer(text, start, len(text) if end is None else end):
        noun = (match["noun"] or match["adverb"]).lower()
        if any(
            p.start is not None and p.start < match.end() and match.start() < (p.end or 0)
            for p in places
        ):
            continue
        kinds = _FITS.get(noun, ("town",))
        last = _last_fitting(places, kinds, match.start())
        if last is not None:
            found.append(_reference(last, match, noun))
    return tuple(found)


def _last_fitting(places: Sequence[Place], kinds: Sequence[str], before: int) -> Place | None:
    """The nearest named place before an offset whose precision fits."""
    for place in reversed(places):
        fits = place.precision in kinds and not place.demonym and place.lat is not None
        if fits and place.end is not None and place.end <= before:
            return place
    return None


def _reference(last: Place, match: re.Match[str], noun: str) -> Place:
    """The last place under the words used for it here."""
    same = msgspec.structs.replace(
        last,
        as_written=match.group(),
        start=match.start(),
        end=match.end(),
        relation=None,
        alternatives=(),
        reason=f"refers back to {last.name}",
    )
    if noun in _INSIDE:
        return msgspec.structs.replace(
            same,
            name=match.group(),
            gazetteer_id=None,
            lat=None,
            lon=None,
            radius_km=None,
            precision="site",
            parent=last.gazetteer_id,
            reason=f"unresolved, in or near {last.name} (last town named)",
        )
    if noun == "area" and last.precision == "town":
        wider = round((last.radius_km or 0.0) + _WIDER_KM, 1)
        return msgspec.structs.replace(same, radius_km=wider, precision="district")
    return same
