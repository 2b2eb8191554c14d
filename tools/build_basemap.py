"""Builds the packaged map under the events: land, coasts, borders, countries and towns.

usage: python tools/build_basemap.py WORLD_ATLAS      (folder of: npm pack world-atlas@2.0.2)

Inputs: Natural Earth 4.1 (public domain) as npm's world-atlas has it, in three scales; the towns
of the packaged gazetteer (GeoNames, CC BY 4.0). Land is cut into cells of ten degrees, so that a
view reads only the few it needs; points are kept to a thousandth of a degree, about 100 metres.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

CELL = 10
UNITS = 1000
SCALES = {"10m": 10, "50m": 50, "110m": 110}
OUT = Path(__file__).parents[1] / "src" / "firsthand" / "data" / "basemap"
WORLD = Path(__file__).parents[1] / "src" / "firsthand" / "data" / "gazetteers" / "world.parquet"
LEAST_PEOPLE = 15_000
POPULATED = 8
"""Kind of populated places in the gazetteer."""

Points = np.ndarray[Any, np.dtype[np.float64]]


def main() -> None:
    """Write the two files."""
    atlas = Path(sys.argv[1])
    rows = [row for name, scale in SCALES.items() for row in shapes(atlas, name, scale)]
    OUT.mkdir(exist_ok=True)
    write(rows, OUT / "shapes.parquet")
    write([*countries(atlas), *towns()], OUT / "names.parquet")


def write(rows: list[dict[str, Any]], path: Path) -> None:
    """One file, the same bytes each time."""
    pq.write_table(pa.Table.from_pylist(rows), path, compression="zstd", compression_level=19)
    print(path, path.stat().st_size, len(rows))


def shapes(atlas: Path, name: str, scale: int) -> Iterator[dict[str, Any]]:
    """Land, coast and border pieces of one scale, by cell."""
    world = json.loads((atlas / f"countries-{name}.json").read_text(encoding="utf-8"))
    arcs = decoded(world)
    for ring in rings_of(world["objects"]["land"]):
        yield from cut_land(joined(arcs, ring), scale)
    for number, kind in sorted(kinds_of(world).items()):
        for piece in cut_line(unwrapped(arcs[number])):
            yield row_of(scale, kind, *piece)


def decoded(world: dict[str, Any]) -> list[Points]:
    """Arcs in degrees (TopoJSON, quantized deltas)."""
    scale, move = np.array(world["transform"]["scale"]), np.array(world["transform"]["translate"])
    return [np.cumsum(np.array(arc), axis=0) * scale + move for arc in world["arcs"]]


def rings_of(thing: dict[str, Any]) -> Iterator[list[int]]:
    """The rings of a geometry and of all inside it."""
    if thing["type"] == "GeometryCollection":
        for inner in thing["geometries"]:
            yield from rings_of(inner)
    elif thing["type"] == "Polygon":
        yield from thing["arcs"]
    elif thing["type"] == "MultiPolygon":
        for polygon in thing["arcs"]:
            yield from polygon


def joined(arcs: list[Points], ring: Iterable[int]) -> Points:
    """A ring's points; a negative number is an arc run backwards.

    It goes on beyond 180 degrees where it crosses the date line; one round a pole is closed there.
    """
    parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring]
    points = unwrapped(np.concatenate([part[:-1] for part in parts]))
    if abs(points[-1][0] - points[0][0]) > 180:
        pole = -90.0 if points[:, 1].mean() < 0 else 90.0
        ends = [[points[-1][0], pole], [points[0][0], pole]]
        points = np.concatenate([points, np.array(ends)])
    return points


def unwrapped(points: Points) -> Points:
    """Points whose longitudes go on where they would jump."""
    return np.column_stack([np.unwrap(points[:, 0], period=360), points[:, 1]])


def kinds_of(world: dict[str, Any]) -> dict[int, str]:
    """Arc to coast or border: an arc that two countries share is a border."""
    owners: dict[int, set[int]] = {}
    for at, country in enumerate(world["objects"]["countries"]["geometries"]):
        for ring in rings_of(country):
            for number in ring:
                owners.setdefault(number if number >= 0 else ~number, set()).add(at)
    return {n: "border" if len(by) > 1 else "coast" for n, by in owners.items()}


def cut_land(ring: Points, scale: int) -> Iterator[dict[str, Any]]:
    """A ring cut into cells, column by column (Sutherland and Hodgman 1974)."""
    for column in range(*cells(ring[:, 0])):
        strip = clipped(clipped(ring, 0, column * CELL, 1), 0, (column + 1) * CELL, -1)
        if len(strip) < 3:
            continue
        for line in range(*cells(strip[:, 1])):
            part = clipped(clipped(strip, 1, line * CELL, 1), 1, (line + 1) * CELL, -1)
            if len(part) > 2:
                yield row_of(scale, "land", column, line, part)


def cells(values: Points) -> tuple[int, int]:
    """First cell and the one past the last."""
    return int(np.floor(values.min() / CELL)), int(np.floor((values.max() - 1e-9) / CELL)) + 1


def clipped(ring: Points, axis: int, at: float, side: int) -> Points:
    """The part of a ring on one side of a line."""
    if not len(ring):
        return ring
    inside = (ring[:, axis] - at) * side >= 0
    if inside.all():
        return ring
    found = []
    for here, there, is_in, was_in in zip(
        ring, np.roll(ring, 1, axis=0), inside, np.roll(inside, 1), strict=True
    ):
        if is_in != was_in:
            share = (at - there[axis]) / (here[axis] - there[axis])
            found.append(there + share * (here - there))
        if is_in:
            found.append(here)
    return np.array(found).reshape(-1, 2)


def cut_line(line: Points) -> Iterator[tuple[int, int, Points]]:
    """A line cut where it enters another cell; pieces meet in a shared point."""
    cell = np.floor(line / CELL).astype(int)
    start = 0
    for at in range(1, len(line)):
        if (cell[at] != cell[start]).any() or at == len(line) - 1:
            yield int(cell[start][0]), int(cell[start][1]), line[start : at + 1]
            start = at


def row_of(scale: int, kind: str, column: int, line: int, points: Points) -> dict[str, Any]:
    """One piece: differences of points in thousandths of a degree from the cell's corner."""
    whole = np.rint((points - np.array([column, line]) * CELL) * UNITS).astype(np.int32)
    steps = np.diff(whole, axis=0, prepend=np.zeros((1, 2), np.int32))
    kept = steps[np.concatenate([[True], (steps[1:] != 0).any(axis=1)])].astype("<i2")
    return {
        "scale": scale,
        "kind": kind,
        "column": (column + 180 // CELL) % (360 // CELL) - 180 // CELL,
        "line": line,
        "points": kept.T.tobytes(),
    }


def countries(atlas: Path) -> Iterator[dict[str, Any]]:
    """Name and middle of the largest part of each country."""
    world = json.loads((atlas / "countries-50m.json").read_text(encoding="utf-8"))
    arcs = decoded(world)
    for country in world["objects"]["countries"]["geometries"]:
        rings = [joined(arcs, ring) for ring in rings_of(country)]
        if rings:
            area, middle = max((middle_of(ring) for ring in rings), key=lambda one: one[0])
            name = country["properties"]["name"]
            yield named("country", name, middle[0], middle[1], round(area * 1000))


def middle_of(ring: Points) -> tuple[float, tuple[float, float]]:
    """Area in square degrees and centre of mass of a ring (shoelace formula)."""
    x, y = ring[:, 0], ring[:, 1]
    cross = x * np.roll(y, -1) - np.roll(x, -1) * y
    area = cross.sum() / 2 or 1e-9
    east = ((x + np.roll(x, -1)) * cross).sum() / (6 * area)
    north = ((y + np.roll(y, -1)) * cross).sum() / (6 * area)
    return abs(float(area)), (float(east), float(north))


def towns() -> Iterator[dict[str, Any]]:
    """Populated places with enough people."""
    for row in pq.read_table(WORLD).to_pylist():
        if row["population"] >= LEAST_PEOPLE and row["kind"] == POPULATED:
            yield named("town", row["name"], row["lon"], row["lat"], row["population"])


def named(kind: str, name: str, lon: float, lat: float, weight: int) -> dict[str, Any]:
    """One name; the heavier one is shown where two would overlap."""
    return {
        "kind": kind,
        "name": name,
        "lon": round(float(lon), 3),
        "lat": round(float(lat), 3),
        "weight": weight,
    }


if __name__ == "__main__":
    main()
