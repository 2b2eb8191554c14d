"""Builds the packaged airports, airfields and air bases from the PyPI package airportsdata (MIT).

usage: pip download --no-deps airportsdata==20260905; unzip airportsdata-*.whl -d FOLDER
       python tools/build_airports.py FOLDER/airportsdata/airports.csv

Kept: what has an IATA code, or an ICAO code in four letters, and is no private strip, heliport or
water base. Each row: code, name, town, ISO country, point, whether it has an IATA code (which
airports with passengers have).
"""

import csv
import hashlib
import re
import sys
import tomllib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

DATA = Path(__file__).parents[1] / "src" / "firsthand" / "data"
OUT = DATA / "gazetteers" / "airports.parquet"
MANIFEST = DATA / "MANIFEST.toml"
SOURCE = "airportsdata 20260905, by Mike Borsetti"
ICAO = re.compile(r"[A-Z]{4}")
PRIVATE = re.compile(
    r"\b(?:fazenda|ranch|farms?|heliport|helipad|seaplane|water|hospital|private|station|downs)\b",
    re.IGNORECASE,
)


def main() -> None:
    """Write the file and its entry of the manifest."""
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if wanted(row)]
    rows.sort(key=lambda row: (row["country"], row["icao"] or row["iata"]))
    table = pa.table(
        {
            "code": pa.array([row["icao"] or row["iata"] for row in rows], pa.string()),
            "name": pa.array([row["name"].strip() for row in rows], pa.string()),
            "town": pa.array([row["city"].strip() for row in rows], pa.string()),
            "country": pa.array([row["country"] for row in rows], pa.string()),
            "lat": pa.array([round(float(row["lat"]), 4) for row in rows], pa.float32()),
            "lon": pa.array([round(float(row["lon"]), 4) for row in rows], pa.float32()),
            "served": pa.array([bool(row["iata"]) for row in rows], pa.bool_()),
        }
    )
    pq.write_table(table, OUT, compression="zstd", compression_level=19, write_statistics=False)
    write_manifest()
    print(OUT, OUT.stat().st_size, len(rows))


def wanted(row: dict[str, str]) -> bool:
    """Whether a row is of an airport that news may name."""
    if row["iata"]:
        return True
    return ICAO.fullmatch(row["icao"]) is not None and PRIVATE.search(row["name"]) is None


def write_manifest() -> None:
    """Replace this builder's entry of MANIFEST.toml."""
    text = MANIFEST.read_text("utf-8")
    paths = [entry["path"] for entry in tomllib.loads(text).get("resource", [])]
    blocks = text.split("[[resource]]")
    ours = f"gazetteers/{OUT.name}"
    kept = [block for path, block in zip(paths, blocks[1:], strict=True) if path != ours]
    digest = hashlib.sha256(OUT.read_bytes()).hexdigest()
    fresh = (
        f'\nname = "{OUT.name}"\npath = "{ours}"\nsource = "{SOURCE}"\nlicence = "MIT"\n'
        f'builder = "tools/build_airports.py"\nsha256 = "{digest}"\n\n'
    )
    MANIFEST.write_text("[[resource]]".join([blocks[0], *kept, fresh]).rstrip() + "\n", "utf-8")


if __name__ == "__main__":
    main()
