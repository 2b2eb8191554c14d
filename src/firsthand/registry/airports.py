"""Airports, airfields and air bases of the world, by country, name and nearness."""

import math
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from rapidfuzz import fuzz

from firsthand import resources
from firsthand.registry.transliteration import fold, skeleton_key

AIRPORTS: Final = "gazetteers/airports.parquet"
RADIUS_KM: Final = 3.0
"""Within so many km of its point lie the runways and buildings of an airport."""
_KM_PER_DEGREE: Final = 111.2
_KINDS: Final = frozenset(
    [
        "airport",
        "international",
        "regional",
        "domestic",
        "municipal",
        "air",
        "base",
        "airbase",
        "afb",
        "airfield",
        "field",
        "army",
        "military",
        "aerodrome",
        "airstrip",
        "force",
        "raf",
        "station",
        "naval",
        "new",
        "the",
        "al",
        "el",
        "as",
    ]
)
"""Words that say what it is and not which."""
_LONG: Final = 4
"""Letters of a word by which a name is told from others."""
_SURE_KEY: Final = 5
"""Consonants that two words share by no chance."""
_ALIKE: Final = 75
"""Likeness in percent of two spellings with fewer."""


class Airport(NamedTuple):
    """One airport; `served` is whether passengers are booked to it (it has an IATA code)."""

    code: str
    name: str
    town: str
    country: str
    lat: float
    lon: float
    served: bool

    @property
    def gazetteer_id(self) -> str:
        """Its id as places carry it: "airport:GAKL"."""
        return f"airport:{self.code}"

    @property
    def military(self) -> bool:
        """Whether its name says that it is an air base."""
        return not _MILITARY.isdisjoint(fold(self.name).replace("-", " ").split())


_MILITARY: Final = frozenset({"base", "afb", "army", "raf", "naval", "airbase"})


class Airports:
    """Airports of the world, looked up within countries."""

    def __init__(self, rows: Iterable[Airport]) -> None:
        """From rows in any order."""
        self._by_country: dict[str, list[Airport]] = defaultdict(list)
        for row in rows:
            self._by_country[row.country].append(row)

    def named(self, name: str, countries: Iterable[str]) -> tuple[Airport, ...]:
        """Airports of the countries whose names hold all words of a name, in any romanisation.

        Words that say what it is are left out of both: "Kidal military airport" is that of Kidal.
        """
        wanted = _words(name)
        return tuple(
            row
            for country in countries
            for row in self._by_country.get(country, ())
            if _same(wanted, _words(row.name))
        )

    def anywhere(self, name: str) -> tuple[Airport, ...]:
        """As `named`, of any country; those with all words of the name first."""
        found = self.named(name, sorted(self._by_country))
        wanted = _words(name)
        return tuple(sorted(found, key=lambda row: (_words(row.name) != wanted, row.code)))

    def near(
        self, lat: float, lon: float, within_km: float, country: str | None
    ) -> tuple[Airport, ...]:
        """Airports of a country within so many km of a point, the nearest first."""
        found = [
            (far, row)
            for row in self._by_country.get(country or "", ())
            if (far := kilometres(lat, lon, row)) <= within_km
        ]
        return tuple(row for _, row in sorted(found, key=lambda pair: (pair[0], pair[1].code)))


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether all words of the shorter of two names are in the longer, one of them telling."""
    shorter, longer = sorted((one, other), key=len)
    if not any(len(word) >= _LONG for word in shorter):
        return False
    return all(word in longer or any(_alike(word, found) for found in longer) for word in shorter)


def _alike(one: str, other: str) -> bool:
    """Whether two words are one in two romanisations."""
    key = skeleton_key(one)
    if not key or key != skeleton_key(other):
        return False
    return len(key) >= _SURE_KEY or fuzz.ratio(one, other) >= _ALIKE


def kilometres(lat: float, lon: float, airport: Airport) -> float:
    """The distance of an airport from a point, flat-earth; good for some hundred km."""
    north = (airport.lat - lat) * _KM_PER_DEGREE
    east = (airport.lon - lon) * _KM_PER_DEGREE * math.cos(math.radians(lat))
    return math.hypot(north, east)


@lru_cache(maxsize=65_536)
def _words(name: str) -> frozenset[str]:
    """The words of a name that say which."""
    return frozenset(fold(name).replace("-", " ").split()) - _KINDS


@cache
def packaged_airports() -> Airports:
    """The airports as shipped, read once per process, when a text first names one."""
    table = pq.ParquetFile(pa.BufferReader(resources.read_bytes(AIRPORTS))).read(use_threads=False)
    columns = (table.column(name).to_pylist() for name in Airport._fields)
    return Airports(Airport(*row) for row in zip(*columns, strict=True))
