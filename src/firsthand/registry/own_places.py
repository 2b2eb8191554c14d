"""A project's own places: files merged into its table, written out, and a name explained."""

import csv
import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple

import msgspec

from firsthand.errors import ResourceError
from firsthand.model.claim import PlacePrecision
from firsthand.registry.airports import RADIUS_KM, Airport, packaged_airports
from firsthand.registry.gazetteer import Gazetteer, GazetteerEntry, packaged_gazetteer
from firsthand.registry.gazetteer_files import load_gazetteer_file, merge_entries
from firsthand.registry.own_rows import checked_fields, no_row, one_row
from firsthand.registry.transliteration import name_key

GAZETTEER_FILE: Final = "gazetteer.csv"
"""A project's own places, beside its firsthand.toml."""
FIELDS: Final = (
    "gazetteer_id", "name", "aliases", "lat", "lon", "radius_km", "precision", "parent",
    "country", "population", "note", "source",
)  # fmt: skip
_LOOSE_SHOWN: Final = 20
"""Namesakes by consonants alone that are shown; short names have hundreds."""


class Merged(NamedTuple):
    """A project's places with those of a file."""

    entries: tuple[GazetteerEntry, ...]
    added: int
    replaced: int
    """Rows of the file whose id the project had already."""


class PlaceReading(NamedTuple):
    """One place that a name can mean."""

    gazetteer_id: str
    name: str
    precision: PlacePrecision
    country: str | None
    lat: float
    lon: float
    radius_km: float
    population: int
    parent: str | None
    by: Literal["name", "alias", "consonants", "words"]
    """How the name leads to it: its main name, another of its names, only its consonants, or the
    words that say which airport it is."""
    own: bool
    """Whether it is a row of the project's own table."""


@lru_cache(maxsize=2)
def project_gazetteer(own: bytes | None) -> Gazetteer:
    """The packaged gazetteer, with a project's own places where it has a table of them; cached."""
    packaged = packaged_gazetteer()
    return packaged if own is None else packaged.with_entries(own_places(own))


def own_places(own: bytes | None) -> tuple[GazetteerEntry, ...]:
    """The rows of a project's own table; none where it has no table."""
    if own is None:
        return ()
    return load_gazetteer_file(GAZETTEER_FILE, own, gazetteer=packaged_gazetteer())


def merged(own: bytes | None, name: str, content: bytes, *, source: str | None = None) -> Merged:
    """A project's places with those of a file, of any format that is read; all rows or none.

    A row replaces the one of its id. `source` is written where a row names none.
    """
    before = own_places(own)
    new = load_gazetteer_file(name, content, gazetteer=packaged_gazetteer())
    if source:
        new = tuple(_sourced(entry, name, source) for entry in new)
    had = {entry.gazetteer_id for entry in before}
    replaced = sum(entry.gazetteer_id in had for entry in new)
    return Merged(merge_entries(before, new), len(new) - replaced, replaced)


def edited(own: bytes | None, key: str, fields: Mapping[str, str]) -> Merged:
    """A project's places with one changed, by its id or name; a new name makes a new row.

    `fields` are columns of FIELDS as text; those left out stay as they are.
    """
    checked_fields(fields, FIELDS)
    found = one_row(own_places(own), key, lambda row: (row.gazetteer_id, row.name))
    cells = _cells(found) if found is not None else {"name": key, "source": "written by hand"}
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, FIELDS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerow({**cells, **fields})
    return merged(own, "edit.csv", out.getvalue().encode())


def removed(own: bytes | None, key: str) -> tuple[GazetteerEntry, ...]:
    """A project's places without the one of an id or name."""
    rows = own_places(own)
    found = one_row(rows, key, lambda row: (row.gazetteer_id, row.name))
    if found is None:
        raise ResourceError(no_row("place", key))
    return tuple(row for row in rows if row is not found)


def _sourced(entry: GazetteerEntry, name: str, source: str) -> GazetteerEntry:
    if entry.source not in {"", name}:
        return entry
    return msgspec.structs.replace(entry, source=source)


def places_csv(entries: Iterable[GazetteerEntry]) -> bytes:
    """Places as the table that a project keeps, by id; reading it gives them back."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    for entry in sorted(entries, key=lambda one: one.gazetteer_id):
        cells = _cells(entry)
        writer.writerow(cells[field] for field in FIELDS)
    return out.getvalue().encode()


def _cells(entry: GazetteerEntry) -> dict[str, object]:
    """A place as the cells of its row."""
    cells = {**msgspec.to_builtins(entry), "aliases": "|".join(entry.aliases)}
    return {field: "" if cells[field] is None else cells[field] for field in FIELDS}


def places_geojson(entries: Iterable[GazetteerEntry]) -> bytes:
    """Places as a GeoJSON FeatureCollection of points, by id."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [entry.lon, entry.lat]},
            "properties": {
                key: value
                for key, value in msgspec.to_builtins(entry).items()
                if key not in {"lat", "lon"} and value not in (None, "", [])
            },
        }
        for entry in sorted(entries, key=lambda one: one.gazetteer_id)
    ]
    return msgspec.json.encode({"type": "FeatureCollection", "features": features}) + b"\n"


def place_readings(gazetteer: Gazetteer, name: str) -> tuple[PlaceReading, ...]:
    """Every place that a name can mean: own ones first, then by main name and size."""
    exact = gazetteer.exact(name)
    main = gazetteer.main_names(name)
    rows: Sequence[tuple[int, Literal["name", "alias", "consonants"]]]
    if exact:
        key = name_key(name)
        called = {r for r in main if not gazetteer.is_own(r) or name_key(gazetteer.name(r)) == key}
        rows = [(row, "name" if row in called else "alias") for row in dict.fromkeys(exact)]
    else:
        rows = [(row, "consonants") for row in dict.fromkeys(gazetteer.loose(name))]
    found = [_reading(gazetteer, row, by) for row, by in rows]
    found.sort(key=_rank)
    if _FLOWN.search(name):
        return (*(_airport_reading(row) for row in packaged_airports().anywhere(name)), *found)
    return tuple(found if exact else found[:_LOOSE_SHOWN])


_FLOWN: Final = re.compile(r"\b(?:airport|air\s?base|airfield|aerodrome|AFB)\b", re.IGNORECASE)
"""Words of a name that is an airport's."""


def _airport_reading(row: Airport) -> PlaceReading:
    return PlaceReading(
        gazetteer_id=row.gazetteer_id,
        name=row.name,
        precision="site",
        country=row.country,
        lat=round(row.lat, 4),
        lon=round(row.lon, 4),
        radius_km=RADIUS_KM,
        population=0,
        parent=row.town or None,
        by="words",
        own=False,
    )


def _reading(
    gazetteer: Gazetteer, row: int, by: Literal["name", "alias", "consonants"]
) -> PlaceReading:
    entry = gazetteer.entry(row)
    above = gazetteer.parent(row)
    return PlaceReading(
        gazetteer_id=entry.gazetteer_id,
        name=entry.name,
        precision=entry.precision,
        country=entry.country,
        lat=entry.lat,
        lon=entry.lon,
        radius_km=entry.radius_km,
        population=entry.population,
        parent=gazetteer.name(above) if above >= 0 else None,
        by=by,
        own=gazetteer.is_own(row),
    )


def _rank(reading: PlaceReading) -> tuple[bool, float, bool, str]:
    state = math.inf if reading.precision == "country" else reading.population
    return (not reading.own, -state, reading.by != "name", reading.gazetteer_id)
