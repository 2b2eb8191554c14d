"""Relations to places as areas: "near X", "30 km north of X", "between X and Y"."""

import math
import re
from typing import Final

import msgspec

from firsthand.model.claim import Place

_BEARINGS: Final = {
    "north": 0.0,
    "northeast": 45.0,
    "east": 90.0,
    "southeast": 135.0,
    "south": 180.0,
    "southwest": 225.0,
    "west": 270.0,
    "northwest": 315.0,
}
_DIRECTION: Final = r"(?P<bearing>(?:north|south)[- ]?(?:east|west)|north|south|east|west)(?:ern)?"
_DISTANCE: Final = (
    r"(?P<distance>\d{1,4}(?:[.,]\d{1,2})?|one|two|three|four|five|six|seven|eight|nine|ten|"
    r"a dozen|fifteen|twenty|thirty|forty|fifty|a hundred)[ -]?"
    r"(?P<unit>km|kms|kilomet(?:er|re)s?|nautical miles?|miles?|mi|met(?:er|re)s?|m)"
)
_BEFORE: Final = re.compile(
    rf"(?:{_DISTANCE}\s{{0,2}}(?:\((?:\d|[ .,a-z]){{1,20}}\)\s{{0,2}})?)?(?:away\s|to\sthe\s|just\s|due\s)?"
    rf"(?:{_DIRECTION}\s(?:bank\s|side\s|edge\s|outskirts\s)?(?:of|from)|from|outside|away\sfrom)"
    r"\s(?:the\s)?(?:\w{1,15}\sof\s)?(?:the\s)?$",
    re.IGNORECASE,
)
_NEAR: Final = re.compile(
    r"\b(?P<near>near|nearby|around|close to|not far from|outside|adjacent to|next to|"
    r"(?:on|in|to|at) the (?:outskirts|vicinity|edge|suburbs|countryside) of|bordering|"
    r"in the area of)\s(?:the\s)?(?:\w{1,15}\sof\s)?(?:the\s)?$",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"\bbetween\s(?:the\s)?(?:\w{1,15}\sof\s)?$", re.IGNORECASE)
_AND: Final = re.compile(r"^\sand\s(?:the\s)?(?:\w{1,15}\sof\s)?$")
_TRIGGERS: Final = frozenset(
    ["of", "from", "outside", "near", "nearby", "around", "to", "bordering"]
)
"""The last word but for an article of every relation: a cheap test before the patterns."""
_TRIGGER_BACK: Final = 40
_NUMBERS: Final = {
    word: float(number)
    for word, number in (
        ("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7),
        ("eight", 8), ("nine", 9), ("ten", 10), ("a dozen", 12), ("fifteen", 15), ("twenty", 20),
        ("thirty", 30), ("forty", 40), ("fifty", 50), ("a hundred", 100),
    )
}  # fmt: skip
_KM_PER_DEGREE: Final = 111.2
_NEAR_KM: Final = 10.0
"""What "near" allows beyond the place itself; the usual reach of the word in local reports."""
_SIDE_KM: Final = 20.0
"""How far "east of" a town reaches when no distance is said."""
_BACK: Final = 90


def relate(text: str, place: Place) -> Place:
    """The place with the relation said before it; its point and radius become those of the area."""
    if place.start is None or place.lat is None or place.lon is None or place.demonym:
        return place
    before = text[max(0, place.start - _BACK) : place.start]
    if _TRIGGERS.isdisjoint(before[-_TRIGGER_BACK:].lower().split()):
        return place
    found = _BEFORE.search(before)
    if found and (found["bearing"] or found["distance"]):
        return _offset(place, found)
    near = _NEAR.search(before)
    if near:
        wider = round((place.radius_km or 0.0) + _NEAR_KM, 1)
        words = " ".join(near["near"].lower().split())
        return msgspec.structs.replace(place, relation=words, radius_km=wider)
    return place


def _offset(place: Place, found: re.Match[str]) -> Place:
    """Of "30 km north of X", a point moved that far; without a bearing, a ring around X."""
    radius = place.radius_km or 0.0
    bearing = re.sub(r"[- ]", "", (found["bearing"] or "").lower())
    kilometres = _kilometres(found["distance"], found["unit"])
    relation = found.group().strip()
    if place.precision in {"region", "country"} and kilometres is None:
        return msgspec.structs.replace(place, relation=relation)
    if not bearing:
        wider = round(radius + (kilometres or 0.0), 1)
        return msgspec.structs.replace(place, relation=relation, radius_km=wider)
    reach = _SIDE_KM if kilometres is None else kilometres
    spread = max(reach / 2 if kilometres is None else reach * 0.3, 2.0) + radius
    lat, lon = moved(place.lat or 0.0, place.lon or 0.0, _BEARINGS[bearing], reach)
    return msgspec.structs.replace(
        place, relation=relation, lat=lat, lon=lon, radius_km=round(spread, 1)
    )


def _kilometres(number: str | None, unit: str | None) -> float | None:
    """A written distance in km."""
    if number is None or unit is None:
        return None
    value = _NUMBERS.get(number.lower())
    if value is None:
        value = float(number.replace(",", "."))
    unit = unit.lower()
    if unit.startswith("mi"):
        return value * 1.609344
    if unit.startswith("nautical"):
        return value * 1.852
    return value / 1000 if unit.startswith("m") else value


def moved(lat: float, lon: float, bearing: float, kilometres: float) -> tuple[float, float]:
    """The point so many km away in a direction (degrees clockwise from north), flat-earth."""
    north = kilometres * math.cos(math.radians(bearing))
    east = kilometres * math.sin(math.radians(bearing))
    shrink = max(math.cos(math.radians(lat)), 0.01)
    to_lat = min(max(lat + north / _KM_PER_DEGREE, -90.0), 90.0)
    to_lon = (lon + east / (_KM_PER_DEGREE * shrink) + 180.0) % 360.0 - 180.0
    return round(to_lat, 5), round(to_lon, 5)


def between(text: str, one: Place, other: Place) -> Place | None:
    """The area of "between X and Y" as one place, or None where the text says nothing like it."""
    if None in (one.start, one.end, other.start, other.end, one.lat, other.lat):
        return None
    start, end = one.start or 0, other.end or 0
    opening = _BETWEEN.search(text[max(0, start - 40) : start])
    if opening is None or not _AND.match(text[one.end or 0 : other.start or 0]):
        return None
    begin = start - len(opening.group())
    north = ((other.lat or 0.0) - (one.lat or 0.0)) * _KM_PER_DEGREE
    shrink = math.cos(math.radians(one.lat or 0.0))
    east = ((other.lon or 0.0) - (one.lon or 0.0)) * _KM_PER_DEGREE * shrink
    widest = max(one.radius_km or 0.0, other.radius_km or 0.0)
    return msgspec.structs.replace(
        one,
        as_written=text[begin:end],
        start=begin,
        end=end,
        name=f"between {one.name} and {other.name}",
        gazetteer_id=None,
        lat=round(((one.lat or 0.0) + (other.lat or 0.0)) / 2, 5),
        lon=round(((one.lon or 0.0) + (other.lon or 0.0)) / 2, 5),
        radius_km=round(math.hypot(north, east) / 2 + widest, 1),
        precision="region",
        relation="between",
        country=one.country if one.country == other.country else None,
    )
