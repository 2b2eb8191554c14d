"""The gazetteer in memory: packaged world places plus a project's own, looked up by name.

Packaged places are columns in Arrow buffers with a sorted index of hashed names; nothing is
unpacked until asked. A place is a row number; a project's own entries follow the packaged rows.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import xxhash

from firsthand import resources
from firsthand.errors import ResourceError
from firsthand.model.claim import PlacePrecision
from firsthand.registry.transliteration import VERSION, name_key, skeleton_key

KINDS: Final = (
    "country",
    "country_at_capital",
    "region",
    "sea",
    "river",
    "lake",
    "admin1",
    "admin2",
    "town",
    "neighbourhood",
    "site",
)
"""Kinds of packaged rows by number; `country_at_capital`: no own point, the capital's is used."""

_PRECISION: Final[dict[str, PlacePrecision]] = {
    "country": "country",
    "country_at_capital": "country",
    "region": "region",
    "sea": "region",
    "river": "region",
    "lake": "region",
    "admin1": "governorate",
    "admin2": "district",
    "town": "town",
    "neighbourhood": "neighbourhood",
    "site": "site",
}
_KIND_OF_PRECISION: Final = {
    "country": "country",
    "region": "region",
    "governorate": "admin1",
    "district": "admin2",
    "town": "town",
    "neighbourhood": "neighbourhood",
    "site": "site",
}
# (at least this many people, built-up radius in km); rounded from the areas of known cities.
_RADII: Final = (
    (5_000_000, 25.0),
    (1_000_000, 15.0),
    (300_000, 10.0),
    (100_000, 7.0),
    (20_000, 5.0),
    (0, 3.0),
)
_CACHED: Final = 100_000
"""Look-ups kept per process, a few MB."""


class GazetteerEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One place as people read and edit it; `parent` is the id or name of what it lies in."""

    gazetteer_id: str
    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    lat: float
    lon: float
    radius_km: float
    precision: PlacePrecision
    parent: str | None = None
    population: int = 0
    note: str = ""
    source: str = ""


def written_radius(population: int) -> float:
    """Radius in km within which a town of so many people lies."""
    return next(radius for people, radius in _RADII if population >= people)


def hashed(key: str) -> int:
    """48 bits of a name key: enough for a million names, small on disk."""
    return xxhash.xxh64_intdigest(key.encode()) >> 16


class Gazetteer:
    """Places by name; immutable. Row numbers are only good for the gazetteer that gave them."""

    def __init__(
        self,
        columns: dict[str, Any],
        countries: tuple[str, ...],
        country_rows: dict[str, int],
    ) -> None:
        """Wrap packaged columns; use `packaged_gazetteer`."""
        self._columns = columns
        self._country_rows = country_rows
        self._keys: Sequence[int] = columns["names.key"]
        self._places: Sequence[int] = columns["names.place"]
        self._country_codes = countries
        self._own: tuple[GazetteerEntry, ...] = ()
        self._own_names: dict[str, tuple[int, ...]] = {}
        self._own_parents: tuple[int, ...] = ()
        self.size = len(columns["lat"])
        self._cache: dict[str, tuple[int, ...]] = {}
        self._exact: dict[str, tuple[int, ...]] = {}
        self._above: dict[int, tuple[int, ...]] = {}

    def with_entries(self, entries: Sequence[GazetteerEntry]) -> "Gazetteer":
        """The same gazetteer with a project's own entries, which win over packaged namesakes."""
        copy = Gazetteer(self._columns, self._country_codes, self._country_rows)
        copy._own = tuple(entries)
        names: dict[str, list[int]] = {}
        for number, entry in enumerate(entries):
            for name in (entry.name, *entry.aliases):
                for key in {name_key(name), "~" + skeleton_key(name)} - {"", "~"}:
                    names.setdefault(key, []).append(self.size + number)
        copy._own_names = {key: tuple(rows) for key, rows in names.items()}
        by_id = {entry.gazetteer_id: self.size + n for n, entry in enumerate(entries)}
        copy._own_parents = tuple(copy._parent_of(entry, by_id) for entry in entries)
        return copy

    def _parent_of(self, entry: GazetteerEntry, by_id: dict[str, int]) -> int:
        """The row an own entry lies in: by id, else by name in its country, else its country."""
        if entry.parent in by_id:
            return by_id[entry.parent]
        for row in self.exact(entry.parent or ""):
            if entry.country in {None, self.country(row)}:
                return row
        return self.country_row(entry.country or "")

    def _rows(self, key: str) -> tuple[int, ...]:
        """Row * 2 + main flag, for a raw key; own entries first."""
        found = self._cache.get(key)
        if found is None:
            wanted = hashed(key)
            first = last = bisect_left(self._keys, wanted)
            while last < len(self._keys) and self._keys[last] == wanted:
                last += 1
            own = tuple(row * 2 + 1 for row in self._own_names.get(key, ()))
            found = own + tuple(self._places[first:last])
            if len(self._cache) < _CACHED:
                self._cache[key] = found
        return found

    def exact(self, name: str) -> tuple[int, ...]:
        """Rows whose name or alias is `name` but for case, diacritics and punctuation."""
        found = self._exact.get(name)
        if found is None:
            key = name_key(name)
            found = tuple([row >> 1 for row in self._rows(key)]) if key else ()
            if len(self._exact) < _CACHED:
                self._exact[name] = found
        return found

    def main_names(self, name: str) -> frozenset[int]:
        """Of `exact`, those for which it is the main name rather than an alias."""
        return frozenset([row >> 1 for row in self._rows(name_key(name)) if row & 1])

    def loose(self, name: str) -> tuple[int, ...]:
        """Rows whose romanisation has the same consonants; empty for short names."""
        key = skeleton_key(name)
        return tuple(row >> 1 for row in self._rows("~" + key)) if key else ()

    def knows(self, name: str) -> bool:
        """Whether any row answers to the name exactly."""
        return bool(self.exact(name))

    def kind(self, row: int) -> str:
        """One of KINDS."""
        if row >= self.size:
            return _KIND_OF_PRECISION[self._own[row - self.size].precision]
        return KINDS[self._columns["kind"][row]]

    def country(self, row: int) -> str | None:
        """ISO 3166-1 alpha-2, or None for seas and regions of several countries."""
        if row >= self.size:
            return self._own[row - self.size].country
        return self._country_codes[self._columns["country"][row]] or None

    def parent(self, row: int) -> int:
        """The row this one lies in, or -1."""
        if row >= self.size:
            return self._own_parents[row - self.size]
        return int(self._columns["parent"][row])

    def parents(self, row: int) -> tuple[int, ...]:
        """What a row lies in, innermost first."""
        known = self._above.get(row)
        if known is not None:
            return known
        found: list[int] = []
        above = self.parent(row)
        while above >= 0 and above not in found:
            found.append(above)
            above = self.parent(above)
        if len(self._above) < _CACHED:
            self._above[row] = tuple(found)
        return tuple(found)

    def point(self, row: int) -> tuple[float, float]:
        """Latitude and longitude."""
        if row >= self.size:
            own = self._own[row - self.size]
            return own.lat, own.lon
        return float(self._columns["lat"][row]), float(self._columns["lon"][row])

    def population(self, row: int) -> int:
        """People, 0 where unknown."""
        if row >= self.size:
            return self._own[row - self.size].population
        return int(self._columns["population"][row])

    def radius(self, row: int) -> float:
        """Half-extent in km."""
        if row >= self.size:
            return self._own[row - self.size].radius_km
        return float(self._columns["radius"][row])

    def name(self, row: int) -> str:
        """The main name."""
        if row >= self.size:
            return self._own[row - self.size].name
        return str(self._columns["name"][row].as_py())

    def gazetteer_id(self, row: int) -> str:
        """`geonames:170794`, `admin1:SY.07`, `feature:nile`, or the project's own id."""
        if row >= self.size:
            return self._own[row - self.size].gazetteer_id
        number = int(self._columns["geonameid"][row])
        if number:
            return f"geonames:{number}"
        prefix, _, code = str(self._columns["key"][row].as_py()).partition(":")
        return {"1": "admin1:", "2": "admin2:"}.get(prefix, "feature:") + code

    def is_own(self, row: int) -> bool:
        """Whether a row is the project's own."""
        return row >= self.size

    def precision(self, row: int) -> PlacePrecision:
        """How exactly the row's point stands for the place."""
        if row >= self.size:
            return self._own[row - self.size].precision
        return _PRECISION[self.kind(row)]

    def country_row(self, code: str) -> int:
        """The row of a state by ISO code, or -1."""
        return self._country_rows.get(code, -1)

    def admin1_row(self, code: str) -> int:
        """The row of a first-order division by GeoNames code ("US.AL"), or -1."""
        country, wanted = self.country_row(code.partition(".")[0]), f"1:{code}"
        admin1 = KINDS.index("admin1")
        if country < 0:
            return -1
        for row in range(country + 1, self.size):
            kind = self._columns["kind"][row]
            if kind > admin1:
                break
            if kind == admin1 and self._columns["key"][row].as_py() == wanted:
                return row
        return -1

    def entry(self, row: int) -> GazetteerEntry:
        """A row as a record; packaged rows carry no alias list, only their index has it."""
        if row >= self.size:
            return self._own[row - self.size]
        lat, lon = self.point(row)
        above = self.parent(row)
        kind = self.kind(row)
        derived = {"country_at_capital": "GeoNames, point of the capital"}
        derived |= dict.fromkeys(("admin1", "admin2"), "GeoNames names; centre and radius derived")
        derived |= dict.fromkeys(
            ("region", "sea", "river", "lake", "site"), "firsthand, approximate"
        )
        return GazetteerEntry(
            gazetteer_id=self.gazetteer_id(row),
            name=self.name(row),
            country=self.country(row),
            lat=round(lat, 5),
            lon=round(lon, 5),
            radius_km=round(self.radius(row), 1),
            precision=self.precision(row),
            parent=self.gazetteer_id(above) if above >= 0 else None,
            population=self.population(row),
            source=derived.get(kind, "GeoNames"),
        )


def _column(table: pa.Table, name: str, code: Any) -> Any:
    """A column without nulls as a typed view of its buffer."""
    array = table.column(name).combine_chunks()
    buffer = array.buffers()[1]
    if buffer is None:
        message = f"the packaged gazetteer has no column {name!r}; reinstall firsthand"
        raise ResourceError(message)
    return memoryview(buffer).cast("B").cast(code)


@cache
def packaged_gazetteer() -> Gazetteer:
    """The world gazetteer as shipped, read once per process."""
    places = _read("gazetteers/world.parquet")
    names = _read("gazetteers/world_names.parquet")
    facts = {key.decode(): value.decode() for key, value in (places.schema.metadata or {}).items()}
    if facts.get("keys") != str(VERSION):
        message = (
            "the packaged gazetteer was built for other name keys; run tools/build_gazetteer.py"
        )
        raise ResourceError(message)
    codes = {"geonameid": "i", "kind": "b", "country": "h", "parent": "i", "population": "i"}
    codes |= {"lat": "f", "lon": "f", "radius": "f"}
    columns: dict[str, Any] = {name: _column(places, name, code) for name, code in codes.items()}
    columns |= {name: places.column(name).combine_chunks() for name in ("key", "name")}
    columns |= {
        "names.key": _column(names, "key", "q"),
        "names.place": _column(names, "place", "i"),
    }
    rows = (pair.split(":") for pair in facts["country_rows"].split(","))
    country_rows = {code: int(row) for code, row in rows}
    return Gazetteer(columns, tuple(facts["countries"].split(",")), country_rows)


def _read(name: str) -> pa.Table:
    """A packaged Parquet file, read with one thread and without a copy of its bytes."""
    source = pa.BufferReader(resources.read_bytes(name))
    return pq.ParquetFile(source).read(use_threads=False)
