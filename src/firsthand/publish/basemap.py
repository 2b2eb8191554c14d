"""The packaged map under the events: land, coast, borders and names, drawn for one view.

Natural Earth 4.1 (public domain), in three scales, and the towns of GeoNames (CC BY 4.0). Borders
are drawn as Natural Earth draws them, which says nothing of whose a place is.
"""

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow.parquet as pq

from firsthand import resources
from firsthand.model.record import Part
from firsthand.publish.geometry import KM_PER_DEGREE, Frame, squeeze

CELL: Final = 10
UNITS: Final = 1000
"""As tools/build_basemap.py cuts and keeps them."""
FINEST_KM, MEDIUM_KM = 1.1, 9.0
"""Kilometres a pixel up to which the 1:10m and the 1:50m shapes are drawn: finer ones would only
add points that fall on one pixel."""
LEAST_PX: Final = 0.7
"""Points nearer to the one before than this are left out."""
MOST_TOWNS, MOST_COUNTRIES = 26, 16
PLENTY_PX: Final = 560_000
"""So many names fit a view of this many square pixels; a smaller one has fewer."""
LABEL_PX = (86, 16)
"""Room that a name takes, roughly: two names in it would overlap."""

Coordinates: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Counts: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"
Seen: TypeAlias = "np.ndarray[Any, np.dtype[np.bool_]]"


class Name(Part, frozen=True, kw_only=True):
    """A name on the map."""

    x: float
    y: float
    text: str
    kind: str
    """country or town."""


class Basemap(Part, frozen=True, kw_only=True):
    """Shapes as SVG paths, and names."""

    land: str
    coast: str
    border: str
    names: tuple[Name, ...]


@cache
def _pieces(scale: int) -> dict[str, list[tuple[int, int, Coordinates]]]:
    """All pieces of one scale by kind: cell, and points in degrees from its corner."""
    content = io.BytesIO(resources.read_bytes("basemap/shapes.parquet"))
    table = pq.read_table(content, filters=[("scale", "=", scale)])
    found: dict[str, list[tuple[int, int, Coordinates]]] = {"land": [], "coast": [], "border": []}
    columns = (table[name].to_pylist() for name in ("kind", "column", "line", "points"))
    for kind, column, line, packed in zip(*columns, strict=True):
        steps = np.frombuffer(packed, "<i2").reshape(2, -1).T
        found[kind].append((column, line, np.cumsum(steps, axis=0, dtype=np.int32) / UNITS))
    return found


@cache
def _names() -> dict[str, tuple[Coordinates, list[str]]]:
    """Longitude and latitude of all names by kind, the heaviest first."""
    content = io.BytesIO(resources.read_bytes("basemap/names.parquet"))
    table = pq.read_table(content).sort_by([("weight", "descending"), ("name", "ascending")])
    kinds = np.array(table["kind"].to_pylist())
    where = np.column_stack([table["lon"].to_numpy(), table["lat"].to_numpy()])
    texts = np.array(table["name"].to_pylist(), dtype=object)
    return {
        kind: (where[kinds == kind], list(texts[kinds == kind])) for kind in ("country", "town")
    }


def lines(scale: int) -> Iterator[tuple[str, int, int, Coordinates]]:
    """Coasts and borders of one scale: kind, cell, and points in degrees from its corner."""
    for kind in ("coast", "border"):
        some = _pieces(scale)[kind]
        for column, line, points in some:
            yield kind, column, line, points


def land_of(scale: int, column: int, line: int) -> Iterator[Coordinates]:
    """The rings of land of one cell."""
    yield from _cells(scale).get((column, line), ())


@cache
def _cells(scale: int) -> dict[tuple[int, int], list[Coordinates]]:
    found: dict[tuple[int, int], list[Coordinates]] = {}
    for column, line, points in _pieces(scale)["land"]:
        found.setdefault((column, line), []).append(points)
    return found


def land_cells(scale: int) -> Iterator[tuple[int, int]]:
    """The cells that hold land."""
    yield from _cells(scale)


def names() -> dict[str, tuple[Coordinates, list[str]]]:
    """Longitude and latitude of all names by kind, the heaviest first."""
    return _names()


def load() -> None:
    """Read all shapes and names, about a second of work that the first map then need not do."""
    _names()
    for scale in (110, 50, 10):
        for kind in _pieces(scale):
            _flat(scale, kind)


@lru_cache(maxsize=64)
def basemap(frame: Frame) -> Basemap:
    """The map under a view; the last views are kept."""
    near, medium = frame.km_per_px <= FINEST_KM, frame.km_per_px <= MEDIUM_KM
    scale = 10 if near else 50 if medium else 110
    return Basemap(
        land=_path(_flat(scale, "land"), frame, closed=True),
        coast=_path(_flat(scale, "coast"), frame, closed=False),
        border=_path(_flat(scale, "border"), frame, closed=False),
        names=tuple(_labels(frame)),
    )


@dataclass(frozen=True)
class _Flat:
    """All pieces of a kind in one array, so that a view is cut out of it in a few steps."""

    cells: Coordinates
    """South-west corner of each piece's cell, in degrees."""
    begins: Counts
    lengths: Counts
    points: Coordinates
    """In degrees from the corner of their cell."""


@cache
def _flat(scale: int, kind: str) -> _Flat:
    pieces = _pieces(scale)[kind]
    lengths = np.array([len(points) for _column, _line, points in pieces], dtype=np.int64)
    return _Flat(
        cells=np.array([(column, line) for column, line, _ in pieces], np.float64) * CELL,
        begins=np.cumsum(lengths) - lengths,
        lengths=lengths,
        points=np.concatenate([points for _column, _line, points in pieces]),
    )


MARGIN: Final = 40.0
STEPS: Final = np.array(["M%.1f %.1f", "L%.1f %.1f", " %.1f %.1f", "ZM%.1f %.1f"], dtype=object)
"""The first point of a line, the second, any other, and the first behind a closed line."""


def _path(flat: _Flat, frame: Frame, *, closed: bool) -> str:
    """Lines as an SVG path; what lies far outside the view is brought to its edge or left out."""
    points, begins, lengths = _seen(flat, frame)
    if not len(points):
        return ""
    size = np.array([frame.width, frame.height]) + MARGIN
    if closed:
        low, high = (pick.reduceat(points, begins) for pick in (np.minimum, np.maximum))
        near = np.repeat(((high >= -MARGIN) & (low <= size)).all(axis=1), lengths)
        points = np.clip(points, -MARGIN, size)
    else:
        near = _near(points, begins, size)
    firsts, lasts = np.copy(near), np.copy(near)
    starts, ends = _edges(begins, lengths, len(points))
    firsts[1:] &= starts[1:] | ~near[:-1]
    lasts[:-1] &= ends[:-1] | ~near[1:]
    # Points that fall on the pixel of the one before are left out.
    cell = np.rint(points / LEAST_PX).astype(np.int64)
    kept = firsts | lasts
    kept[1:] |= near[1:] & (cell[1:] != cell[:-1]).any(axis=1)
    # A line of one point is none.
    kept &= ~(firsts & lasts)
    at = np.flatnonzero(kept)
    if not len(at):
        return ""
    begun = firsts[at]
    step = np.where(begun, 3 if closed else 0, 2)
    step[1:][begun[:-1]] = 1
    step[0] = 0
    # Plain numbers: formatting numpy's own is three times as slow.
    numbers = tuple(points[at].ravel().tolist())
    return "".join(STEPS[step].tolist()) % numbers + ("Z" if closed else "")


def _seen(flat: _Flat, frame: Frame) -> tuple[Coordinates, Counts, Counts]:
    """Points of the pieces that reach into the view, in pixels; the short way round the globe."""
    across = squeeze(frame.lat) / frame.km_per_px
    down = KM_PER_DEGREE / frame.km_per_px
    east = (flat.cells[:, 0] + CELL / 2 - frame.lon + 180) % 360 - 180 - CELL / 2
    left = frame.width / 2 + east * across
    top = frame.height / 2 - (flat.cells[:, 1] - frame.lat) * down
    sideways = (left <= frame.width) & (left + CELL * across >= 0)
    shown = np.flatnonzero(sideways & (top >= 0) & (top - CELL * down <= frame.height))
    lengths = flat.lengths[shown]
    begins = np.cumsum(lengths) - lengths
    taken = np.repeat(flat.begins[shown] - begins, lengths) + np.arange(int(lengths.sum()))
    corner = np.column_stack((left[shown], top[shown]))
    points = flat.points[taken] * (across, -down) + np.repeat(corner, lengths, axis=0)
    return points, begins, lengths


def _near(points: Coordinates, begins: Counts, size: Coordinates) -> Seen:
    """The points that are drawn: those in view, and one more of their line on both sides."""
    inside: Seen = np.asarray(((points > -MARGIN) & (points < size)).all(axis=1))
    near = np.copy(inside)
    follows = np.ones(len(points), dtype=np.bool_)
    follows[begins] = False
    near[1:] |= inside[:-1] & follows[1:]
    near[:-1] |= inside[1:] & follows[1:]
    return near


def _edges(begins: Counts, lengths: Counts, size: int) -> tuple[Seen, Seen]:
    """Where lines begin and where they end."""
    starts, ends = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
    starts[begins] = True
    ends[begins + lengths - 1] = True
    return starts, ends


def _labels(frame: Frame) -> Iterator[Name]:
    """Names of countries where several are in view, and of the largest towns that do not overlap."""
    taken: set[tuple[int, int]] = set()
    share = frame.width * frame.height / PLENTY_PX
    most = {"country": math.ceil(MOST_COUNTRIES * share) if frame.wide > 6 else 0}
    most["town"] = math.ceil(MOST_TOWNS * share) if frame.wide < 40 else 0
    for kind in ("country", "town"):
        where, texts = _names()[kind]
        box = frame.box
        east = (where[:, 0] - frame.lon + 180) % 360 - 180
        seen = (
            (np.abs(east) < frame.wide / 2) & (where[:, 1] > box.south) & (where[:, 1] < box.north)
        )
        for at in np.flatnonzero(seen)[: most[kind] * 8]:
            x, y = frame.x(float(where[at, 0])), frame.y(float(where[at, 1]))
            spot = (int(x // LABEL_PX[0]), int(y // LABEL_PX[1]))
            around = {(spot[0] + a, spot[1] + b) for a in (-1, 0, 1) for b in (-1, 0, 1)}
            if most[kind] and not around & taken and 20 < x < frame.width - 60:
                most[kind] -= 1
                taken.add(spot)
                yield Name(x=x, y=y, text=texts[at], kind=kind)
