"""Reads a project's own places from CSV, TSV, GeoJSON, JSON lines or a GeoNames dump.

Pure over bytes: either every row is good and all come back, or one error names the rows that are
not, and nothing is imported. Rows are numbered as an editor shows them, the header being 1.
"""

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, cast

from firsthand import resources
from firsthand.errors import ResourceError
from firsthand.model.claim import PlacePrecision
from firsthand.registry.gazetteer import Gazetteer, GazetteerEntry, written_radius

COLUMNS: Final = "gazetteers/columns.tsv"
_PRECISIONS: Final[dict[str, PlacePrecision]] = {
    "site": "site",
    "neighbourhood": "neighbourhood",
    "neighborhood": "neighbourhood",
    "town": "town",
    "village": "town",
    "city": "town",
    "community": "town",
    "subdistrict": "district",
    "district": "district",
    "governorate": "governorate",
    "province": "governorate",
    "country": "country",
    "region": "region",
}
_LEVELS: Final = {0: "country", 1: "governorate", 2: "district", 3: "district", 4: "town"}
_RADIUS: Final = {
    "site": 1.0,
    "neighbourhood": 1.5,
    "town": 3.0,
    "district": 15.0,
    "governorate": 50.0,
    "country": 300.0,
    "region": 100.0,
}
_DUMP_COLUMNS: Final = 19
_DUMP_PRECISION: Final[dict[str, PlacePrecision]] = {
    "ADM1": "governorate",
    "ADM2": "district",
    "ADM3": "district",
    "ADM4": "district",
    "PCLI": "country",
    "PPLX": "neighbourhood",
}
_DUMP_CLASS: Final[dict[str, PlacePrecision]] = {
    "P": "town",
    "A": "district",
    "S": "site",
    "R": "site",
    "H": "region",
    "L": "region",
    "T": "region",
    "U": "region",
    "V": "region",
}
_MAX_NAME: Final = 200
_MAX_ALIASES: Final = 500
_SHOWN: Final = 5
FORMULA_STARTS: Final = ("=", "+", "@")
"""A spreadsheet that opens the table would run such a cell (OWASP, CSV injection)."""
_ISO2: Final = re.compile(r"[A-Z]{2}")


class _Row(NamedTuple):
    """One row as strings by our field names, with its number in the file."""

    number: int
    fields: dict[str, str]


def load_gazetteer_file(
    name: str, content: bytes, *, gazetteer: Gazetteer | None = None
) -> tuple[GazetteerEntry, ...]:
    """The places of a file, in its order; `ResourceError` with row numbers if any row is bad.

    `name` is only used in messages and to tell formats apart. With `gazetteer`, a point far
    outside its country that would lie inside it with latitude and longitude swapped is refused.
    """
    if content.startswith(b"PK\x03\x04"):
        message = f"{name}: a ZIP archive; unpack it and give the file inside"
        raise ResourceError(message)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{name}: not UTF-8 at byte {error.start}; save the file as UTF-8"
        raise ResourceError(message) from error
    problems: list[str] = []
    entries: list[GazetteerEntry] = []
    seen: dict[str, int] = {}
    for row in _rows(name, text):
        found = _entry(row, name, gazetteer, problems)
        if found is None:
            continue
        first = seen.setdefault(found.gazetteer_id, row.number)
        if first != row.number:
            problems.append(f"row {row.number}: id {found.gazetteer_id!r} is also in row {first}")
        entries.append(found)
    if problems:
        more = f"; and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        message = f"{name}: nothing imported; " + "; ".join(problems[:_SHOWN]) + more
        raise ResourceError(message)
    return tuple(entries)


def _rows(name: str, text: str) -> Iterator[_Row]:
    """Rows of whichever format the text is in."""
    head = text.lstrip()[:1]
    first_line = text[:20_000].split("\n", 1)[0]
    if head == "{":
        return (
            _json_lines(name, text) if name.endswith(("jsonl", "ndjson")) else _geojson(name, text)
        )
    if first_line.count("\t") == _DUMP_COLUMNS - 1 and first_line.split("\t", 1)[0].isdigit():
        return _dump(text)
    return _table(name, text, "\t" if first_line.count("\t") > first_line.count(",") else ",")


def _table(name: str, text: str, delimiter: str) -> Iterator[_Row]:
    """Rows of a CSV or TSV file with a header line."""
    lines = _lines(name, text, delimiter)
    _, header = next(lines, (1, []))
    columns = _columns(header)
    missing = [field for field in ("name", "lat", "lon") if field not in columns]
    if missing:
        message = (
            f"{name}: row 1: no column for {', '.join(missing)}; found "
            f"{', '.join(repr(cell[:40]) for cell in header[:20]) or 'nothing'}; "
            "expected at least name, lat, lon"
        )
        raise ResourceError(message)
    level = _level(header)
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        fields = {
            field: "|".join(cells[n].strip() for n in places if n < len(cells) and cells[n].strip())
            for field, places in columns.items()
        }
        if len(cells) != len(header):
            fields["cells"] = f"{len(cells)} cells, the header has {len(header)}"
        if level is not None:
            fields.setdefault("precision", _LEVELS.get(level, "town"))
        yield _Row(number, fields)


def _lines(name: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Numbered rows of a table; what cannot be read is an error that names the row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        message = f"{name}: row {reader.line_num}: not readable as a table ({error})"
        raise ResourceError(message) from error


def _level(header: Iterable[str]) -> int | None:
    """The deepest administrative level that a COD-AB header names, or None."""
    found = [re.match(r"adm(?:in)?(\d)", cell.strip().lower()) for cell in header]
    return max((int(match[1]) for match in found if match), default=None)


def _columns(header: list[str]) -> dict[str, list[int]]:
    """Which columns hold each field; only aliases may have several."""
    level = _level(header) or 0
    cells = [cell.strip().lower().replace(" ", "_") for cell in header]
    found: dict[str, list[int]] = {}
    for row in resources.read_table(COLUMNS):
        names = row["headers"].replace("N", str(level)).replace("M", str(level - 1)).split("|")
        places = [cells.index(name) for name in names if name in cells]
        if places:
            found[row["field"]] = places if row["field"] == "aliases" else places[:1]
    return found


def _dump(text: str) -> Iterator[_Row]:
    """Rows of a GeoNames dump (19 columns, no header)."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) != _DUMP_COLUMNS:
            yield _Row(number, {"cells": f"{len(cells)} cells, a GeoNames dump has 19"})
            continue
        precision = _DUMP_PRECISION.get(cells[7]) or _DUMP_CLASS.get(cells[6], "site")
        yield _Row(
            number,
            {
                "gazetteer_id": f"geonames:{cells[0]}",
                "name": cells[1],
                "aliases": cells[3].replace(",", "|"),
                "lat": cells[4],
                "lon": cells[5],
                "country": cells[8],
                "population": cells[14],
                "precision": precision,
                "source": "GeoNames, CC BY 4.0",
            },
        )


def _json_lines(name: str, text: str) -> Iterator[_Row]:
    """Rows of JSON objects, one a line; `name` may be an object of names by language."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _Row(number, _flat(_decoded(name, line, number)))


def _geojson(name: str, text: str) -> Iterator[_Row]:
    """Rows of a FeatureCollection; the number is that of the feature."""
    collection = _decoded(name, text, 1)
    features = collection.get("features")
    if not isinstance(features, list):
        message = f"{name}: a JSON object without features; expected a GeoJSON FeatureCollection"
        raise ResourceError(message)
    for number, feature in enumerate(features, 1):
        shape = feature if isinstance(feature, dict) else {}
        given = shape.get("properties")
        fields = _flat(given if isinstance(given, dict) else {})
        geometry = shape.get("geometry")
        points = list(_points(geometry.get("coordinates") if isinstance(geometry, dict) else None))
        if points:
            lons, lats = [point[0] for point in points], [point[1] for point in points]
            lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
            fields |= {"lat": str(lat), "lon": str(lon)}
            if len(points) > 1:
                reach = max(_km(lat, lon, at, on) for on, at in points)
                fields.setdefault("radius_km", f"{reach:.1f}")
                fields.setdefault("precision", "district")
        yield _Row(number, fields)


def _points(coordinates: object) -> Iterator[tuple[float, float]]:
    """Every [lon, lat] of a geometry, however deep it nests."""
    stack = [coordinates]
    while stack:
        item = stack.pop()
        if not isinstance(item, list):
            continue
        if len(item) >= 2 and all(isinstance(number, int | float) for number in item[:2]):
            yield float(item[0]), float(item[1])
        else:
            stack.extend(reversed(item))


def _decoded(name: str, text: str, number: int) -> dict[str, object]:
    """A JSON object."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        message = f"{name}: row {number}: not JSON ({error})"
        raise ResourceError(message) from error
    if not isinstance(value, dict):
        message = f"{name}: row {number}: {type(value).__name__}, expected an object"
        raise ResourceError(message)
    return value


def _flat(given: dict[str, object]) -> dict[str, str]:
    """A JSON object as strings by field; languages of `name` beyond the first become aliases."""
    lowered = {str(key).lower(): value for key, value in given.items()}
    names = lowered.get("name")
    if isinstance(names, dict):
        first, *rest = [str(value) for value in names.values()] or [""]
        extra = lowered.get("aliases")
        lowered["name"] = first
        lowered["aliases"] = rest + (list(extra) if isinstance(extra, list) else [])
    columns = _columns(list(lowered))
    values = list(lowered.values())
    return {
        field: "|".join(text for place in places if (text := _as_text(values[place])))
        for field, places in columns.items()
    }


def _as_text(value: object) -> str:
    """A JSON value as a table's cell."""
    if isinstance(value, list):
        return "|".join(str(item) for item in value)
    return "" if value is None else str(value).strip()


def _entry(
    row: _Row, name: str, gazetteer: Gazetteer | None, problems: list[str]
) -> GazetteerEntry | None:
    """The entry of a row, or None with what is wrong added to `problems`."""
    fields, wrong = row.fields, []
    title = fields.get("name", "")
    if "cells" in fields:
        wrong.append(fields["cells"])
    elif not title:
        wrong.append("name is empty")
    aliases = tuple(
        dict.fromkeys(a.strip() for a in fields.get("aliases", "").split("|") if a.strip())
    )
    if any(len(alias) > _MAX_NAME for alias in (title, *aliases)) or len(aliases) > _MAX_ALIASES:
        wrong.append(f"a name longer than {_MAX_NAME} characters or over {_MAX_ALIASES} aliases")
    if any(text.startswith(FORMULA_STARTS) for text in fields.values()):
        wrong.append("a cell begins with =, + or @, which a spreadsheet runs as a formula")
    country = fields.get("country", "").strip().upper()
    if country and not _ISO2.fullmatch(country):
        wrong.append(f"country {country[:20]!r} is not an ISO 3166-1 alpha-2 code")
    precision = _PRECISIONS.get(fields.get("precision", "").lower() or "town")
    if precision is None:
        wrong.append(f"precision {fields['precision'][:20]!r} is none of {', '.join(_PRECISIONS)}")
    lat, lon = _number(fields, "lat", wrong), _number(fields, "lon", wrong)
    if lat is not None and lon is not None:
        wrong += _bad_point(lat, lon, country, gazetteer)
    radius = _number(fields, "radius_km", wrong) if fields.get("radius_km") else None
    people = _number(fields, "population", wrong) if fields.get("population") else 0.0
    if wrong or lat is None or lon is None:
        problems.extend(f"row {row.number}: {what}" for what in wrong)
        return None
    kind = cast("PlacePrecision", precision)
    usual = written_radius(int(people or 0)) if kind == "town" else _RADIUS[kind]
    return GazetteerEntry(
        gazetteer_id=fields.get("gazetteer_id") or f"own:{_slug(title)}-{lat:.3f}-{lon:.3f}",
        name=title,
        aliases=aliases,
        country=country or None,
        lat=lat,
        lon=lon,
        radius_km=usual if radius is None else radius,
        precision=kind,
        parent=fields.get("parent") or None,
        population=int(people or 0),
        note=fields.get("note", ""),
        source=fields.get("source") or name,
    )


def _number(fields: dict[str, str], field: str, wrong: list[str]) -> float | None:
    """A field as a finite number, None and a complaint where it is not one."""
    written = fields.get(field, "")
    try:
        value = float(written)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or (field in {"radius_km", "population"} and value < 0):
        if "cells" not in fields:
            wrong.append(f"{field} is {written[:20]!r}, expected a number")
        return None
    return value


def _bad_point(lat: float, lon: float, country: str, gazetteer: Gazetteer | None) -> list[str]:
    """What is wrong with a point: out of range, or probably swapped."""
    if abs(lat) > 90 and abs(lon) <= 90:
        return [f"lat {lat} is out of range; lat and lon look swapped"]
    if abs(lat) > 90 or abs(lon) > 180:
        return [f"lat {lat}, lon {lon} is out of range (-90…90, -180…180)"]
    state = gazetteer.country_row(country) if gazetteer and country else -1
    if gazetteer is None or state < 0 or abs(lon) > 90:
        return []
    at, on = gazetteer.point(state)
    reach = 4 * gazetteer.radius(state) + 100
    if _km(at, on, lat, lon) > reach >= _km(at, on, lon, lat):
        return [f"lat {lat}, lon {lon} lies far from {country}; lat and lon look swapped"]
    return []


def _km(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Distance, good enough for near points."""
    x = (to_lon - lon) * math.cos(math.radians((lat + to_lat) / 2))
    return math.hypot(x, to_lat - lat) * 111.2


def _slug(name: str) -> str:
    """A name as part of an id."""
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-")[:60]


def merge_entries(*files: Iterable[GazetteerEntry]) -> tuple[GazetteerEntry, ...]:
    """Entries of several files; a later file's row replaces an earlier one of the same id."""
    merged: dict[str, GazetteerEntry] = {}
    for entries in files:
        merged |= {entry.gazetteer_id: entry for entry in entries}
    return tuple(merged.values())
