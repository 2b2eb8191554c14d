"""Airports and air bases that a text names, by their own name or by their town's.

"Jinnah International Airport" is found by its words among the airports of the countries a text is
about; "Kidal airport" is the one by the town that is meant. Where none or several fit, the town or
the unresolved name stays as it was.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import msgspec

from firsthand.model.claim import Place
from firsthand.registry.airports import RADIUS_KM, Airport, kilometres, packaged_airports
from firsthand.resolve.place_relations import relate

_NOUN: Final = re.compile(
    r"[Aa](?:ir\s?(?:port|base|field|strip)|ir\s(?:Base|Force\sBase|force\sbase)|erodrome|FB)\b"
)
_SORT: Final = re.compile(
    r"(?:\s(?:[Ii]nternational|[Dd]omestic|[Rr]egional|[Mm]unicipal|[Mm]ilitary|[Cc]ivil(?:ian)?|"
    r"[Mm]ain|[Aa]rmy)){1,2}$"
)
"""Words between a name and the noun."""
_MILITARY: Final = re.compile(r"military|base|AFB", re.IGNORECASE)
_HEAD: Final = 60
"""Characters before the noun that its name may take."""
_MAX_WORDS: Final = 5
_JOINED: Final = frozenset(
    {
        "al",
        "el",
        "as",
        "ash",
        "ad",
        "ar",
        "az",
        "an",
        "at",
        "bin",
        "ibn",
        "de",
        "da",
        "do",
        "del",
        "la",
    }
)
"""Words in lower case that stand inside a name."""
_OPENERS: Final = frozenset(
    {"the", "at", "in", "near", "from", "on", "a", "an", "when", "as", "its", "their"}
)
_BY_TOWN_KM: Final = 30.0
"""How far from its town an airport lies at most, as "NAME airport" has it."""
_SAME_NAME_KM: Final = 100.0
"""How far off an airport of the same name may lie from a place in its name."""


class _Named(NamedTuple):
    """A name before a word for an airport."""

    start: int
    end: int
    """Of the noun."""
    words: str
    military: bool


def with_airports(text: str, places: Sequence[Place], *, towns: bool) -> tuple[Place, ...]:
    """The places of a text, those that are part of an airport's name put on the airport.

    Without `towns` the towns in such names ("Kidal airport") stay the toponyms that they are.
    """
    kept = list(places)
    for named in _names(text):
        first = bisect_left(kept, named.start, key=_start)
        inside = [place for place in kept[first:] if _start(place) < named.end]
        known = next((p for p in reversed(inside) if p.lat is not None and not p.demonym), None)
        airport = _meant(named, known, kept) if towns or known is None else None
        if airport is None:
            continue
        parent = known.gazetteer_id if known is not None and not known.demonym else None
        kept[first : first + len(inside)] = [_placed(text, named, airport, parent)]
    return tuple(kept)


def _start(place: Place) -> int:
    return place.start or 0


def _names(text: str) -> Iterator[_Named]:
    """Every name that stands before a word for an airport."""
    for noun in _NOUN.finditer(text):
        head = text[max(0, noun.start() - _HEAD) : noun.start()].rstrip(" \u00a0")
        name = _SORT.sub("", head)
        at = max(0, noun.start() - _HEAD) + len(name)
        start = _name_start(name, at)
        if start is not None:
            military = _MILITARY.search(text, at, noun.end()) is not None
            yield _Named(start, noun.end(), text[start:at], military)


def _name_start(head: str, end: int) -> int | None:
    """Where the capitalised words that end `head`, and at the offset `end`, begin."""
    found: int | None = None
    at = len(head)
    for _ in range(_MAX_WORDS):
        gap = head[:at].rstrip(" \u00a0")
        word = gap[gap.rfind(" ") + 1 :].rpartition("\n")[2]
        if not word or (len(gap) == at and at < len(head)) or word[-1] in '.,;:!?”"':
            break
        if not (word[0].isupper() or word.partition("-")[0] in _JOINED) or word.lower() in _OPENERS:
            break
        at = len(gap) - len(word)
        if word[0].isupper() or "-" in word:
            found = at
    return None if found is None else end - len(head) + found


def _meant(named: _Named, known: Place | None, places: Sequence[Place]) -> Airport | None:
    """The airport of a name: by its words, else the one by the town in it."""
    airports = packaged_airports()
    if known is not None and known.lat is not None and known.lon is not None:
        lat, lon = known.lat, known.lon
        same = [
            row
            for row in airports.named(named.words, (known.country or "",))
            if kilometres(lat, lon, row) <= _SAME_NAME_KM
        ]
        return _one(same, military=named.military) or by_town(known, military=named.military)
    if known is not None:
        return None
    home = sorted({place.country for place in places if place.lat is not None and place.country})
    return _one(airports.named(named.words, home), military=named.military)


def by_town(town: Place, *, military: bool) -> Airport | None:
    """The one airport by a town: of several the one with passengers, or for a base, the base."""
    if town.lat is None or town.lon is None or town.precision not in {"town", "neighbourhood"}:
        return None
    near = packaged_airports().near(town.lat, town.lon, _BY_TOWN_KM, town.country)
    return _one(near, military=military)


def _one(found: Sequence[Airport], *, military: bool) -> Airport | None:
    """The only one that fits best, or None where several do."""
    fits = [row for row in found if row.military == military] if len(found) > 1 else list(found)
    served = [row for row in fits or found if row.served] if len(fits or found) > 1 else fits
    best = served or fits
    return best[0] if len(best) == 1 else None


def _placed(text: str, named: _Named, airport: Airport, parent: str | None) -> Place:
    """The place of an airport under the words that name it."""
    place = Place(
        as_written=text[named.start : named.end],
        start=named.start,
        end=named.end,
        name=airport.name,
        gazetteer_id=airport.gazetteer_id,
        country=airport.country,
        lat=round(airport.lat, 4),
        lon=round(airport.lon, 4),
        radius_km=RADIUS_KM,
        precision="site",
        parent=parent,
        reason="an airport of that name" if parent is None else "the airport of that town",
    )
    return relate(text, place)


def on_airport(site: Place, airport: Airport) -> Place:
    """An unnamed site ("the airport") put on the airport that is meant."""
    return msgspec.structs.replace(
        site,
        gazetteer_id=airport.gazetteer_id,
        name=airport.name,
        lat=round(airport.lat, 4),
        lon=round(airport.lon, 4),
        radius_km=RADIUS_KM,
        inside=None,
        reason=f"the only one by the town meant; {site.reason}".replace("unresolved, ", ""),
    )
