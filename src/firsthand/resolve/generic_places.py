"""Places said without a name ("the city", "there"), led back to the place the text is about.

Of the named places that fit the word, one named often counts for more, and so does one named just
before: a town in passing does not become "the city" of a report about another.
"""

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import Final

import msgspec

from firsthand.model.claim import Area, Place
from firsthand.registry.gazetteer import Gazetteer
from firsthand.resolve.airfields import by_town, on_airport

_FITS: Final = {
    "city": ("town",),
    "town": ("town",),
    "village": ("town",),
    "province": ("governorate",),
    "governorate": ("governorate",),
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
    "there": ("town", "site", "neighbourhood", "district", "governorate"),
    "here": ("town", "site", "neighbourhood", "district", "governorate"),
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
_NOUNS: Final = "|".join(sorted({*_FITS, *_INSIDE} - {"there", "here"}, key=lambda n: (-len(n), n)))
_PHRASE: Final = re.compile(
    rf"\b(?:(?:[Tt]h(?:e|is|at)|[Ii]ts)\s(?:[a-z-]{{3,20}}\s)?(?:air\s)?(?P<noun>{_NOUNS})\b(?!\sof\s)"
    r"|(?P<adverb>[Tt]here|[Hh]ere)\b(?!\s(?:is|are|was|were|has|have|had|will|would)\b|:))"
    r"(?!['’]s\s)"
)
_PROVINCES: Final = frozenset(("province", "governorate"))
_NEARNESS: Final = 1.2
"""What a place named right before is ahead by: as much as being named two or three times."""
_REACH: Final = 300.0
"""Characters over which that fades; two or three sentences."""
_LOOK_BACK: Final = 150
"""Named places looked back over; news pages have far fewer."""
_BY_KM: Final = 10.0
"""How far outside a town its airport, base or camp may lie."""
_WIDER_KM: Final = 15.0
"""How much "the area" reaches beyond a town."""


def generic_places(
    text: str,
    places: Sequence[Place],
    start: int = 0,
    end: int | None = None,
    *,
    gazetteer: Gazetteer | None = None,
) -> tuple[Place, ...]:
    """Unnamed places between two offsets; `places` are the named ones of the whole text in order.

    A phrase with no fitting place before it is left out. Sites such as "the airport" come back
    without a point, inside the town meant. With `gazetteer`, "the province" may be that of a town.
    """
    named = [place for place in places if not place.demonym and place.lat is not None]
    counts = Counter(_key(place) for place in named)
    villages = [place for place in places if not place.demonym and _may_be_village(place)]
    of_villages = Counter(_key(place) for place in villages)
    found: list[Place] = []
    for match in _PHRASE.finditer(text, start, len(text) if end is None else end):
        if _taken(places, match):
            continue
        noun = (match["noun"] or match["adverb"]).lower()
        kinds = _FITS.get(noun, ("town",))
        meant = _stated(text, named, match) if noun in _INSIDE else None
        if noun == _VILLAGE:
            meant = _meant(villages, of_villages, kinds, match.start())
        meant = meant or _meant(named, counts, kinds, match.start())
        if meant is None and noun in _PROVINCES and gazetteer is not None:
            meant = _province(_meant(named, counts, ("town",), match.start()), gazetteer)
        if meant is not None:
            found.append(_sited(_reference(meant, match, noun), meant, match))
    return tuple(found)


_VILLAGE: Final = "village"
_VILLAGE_KM: Final = 5.0
"""The radius of a town of 20,000 to 100,000 people; nobody calls a larger one a village."""


def _key(place: Place) -> str | None:
    return place.gazetteer_id or (place.name or "").casefold()


def _may_be_village(place: Place) -> bool:
    """Whether "the village" may mean a place: one without a point too, for few gazetteers have it."""
    return place.precision == "town" and (
        bool(place.relation) or (place.radius_km or 0.0) <= _VILLAGE_KM
    )


_FLOWN: Final = re.compile(r"air\s?(?:port|base|field)$", re.IGNORECASE)


def _sited(place: Place, town: Place, match: re.Match[str]) -> Place:
    """An airport without a name put on the one by the town meant, where there is one."""
    words = _FLOWN.search(match.group())
    airport = by_town(town, military="base" in words.group()) if words else None
    return place if airport is None else on_airport(place, airport)


_IN: Final = re.compile(
    r"\s(?:in|at|near|of|outside|north of|south of|east of|west of)\s(?:the\s)?"
)


def _stated(text: str, places: Sequence[Place], match: re.Match[str]) -> Place | None:
    """The place that a site is said to be in or near: "the airport in NAME"."""
    link = _IN.match(text, match.end())
    at = bisect_left(places, link.end(), key=lambda place: place.start or 0) if link else -1
    found = places[at] if link and at < len(places) else None
    return found if link and found is not None and found.start == link.end() else None


def _taken(places: Sequence[Place], match: re.Match[str]) -> bool:
    """Whether a named place lies in or over a phrase."""
    last = bisect_left(places, match.end(), key=lambda place: place.start or 0) - 1
    return last >= 0 and (places[last].end or 0) > match.start()


def _meant(
    places: Sequence[Place], counts: Counter[str | None], kinds: Sequence[str], before: int
) -> Place | None:
    """The place named before an offset that a word for one of these kinds means."""
    best: Place | None = None
    most = 0.0
    latest = bisect_left(places, before, key=lambda place: place.start or 0)
    for place in reversed(places[max(0, latest - _LOOK_BACK) : latest]):
        if place.precision not in kinds or place.end is None or place.end > before:
            continue
        near = _NEARNESS * math.exp((place.end - before) / _REACH)
        score = math.log2(1 + counts[_key(place)]) + near
        if best is None or score > most:
            best, most = place, score
    return best


def _around(town: Place) -> Area | None:
    """The circle of a place and what lies by it."""
    if town.lat is None or town.lon is None or town.precision is None:
        return town.inside
    return Area(
        name=town.name or town.as_written,
        lat=town.lat,
        lon=town.lon,
        radius_km=round((town.radius_km or 0.0) + _BY_KM, 1),
        precision=town.precision,
    )


def _province(town: Place | None, gazetteer: Gazetteer) -> Place | None:
    """The first-order division that a town lies in."""
    level, _, code = (town.parent or "").partition(":") if town is not None else ("", "", "")
    row = gazetteer.admin1_row(".".join(code.split(".")[:2])) if level.startswith("admin") else -1
    if row < 0 or town is None:
        return None
    entry = gazetteer.entry(row)
    return msgspec.structs.replace(
        town,
        name=entry.name,
        gazetteer_id=entry.gazetteer_id,
        lat=entry.lat,
        lon=entry.lon,
        radius_km=entry.radius_km,
        precision=entry.precision,
        parent=entry.parent,
    )


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
            reason=f"unresolved, in or near {last.name} (the town meant)",
            inside=_around(last),
        )
    if noun == "area" and last.precision == "town":
        wider = round((last.radius_km or 0.0) + _WIDER_KM, 1)
        return msgspec.structs.replace(same, radius_km=wider, precision="district")
    return same
