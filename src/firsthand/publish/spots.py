"""The places of a map with their events counted, and the marks that stand for them in one view."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Protocol

import numpy as np

from firsthand.model.record import Part
from firsthand.publish.event_columns import STATUSES, EventColumns, Whole
from firsthand.publish.geometry import Box, Mask, Real, text_of

MOST_PINS: Final = 300
"""More marks than this cannot be told apart, nor walked through by keyboard."""
APART_X, APART_Y = 62, 42
"""Pixels between two marks; nearer ones are one, counted together, never moved aside."""
NEAR: Final = ("site", "neighbourhood", "town")
MOST_NAMES: Final = 6
MARK_PX, DIGIT_PX, PAD_PX = 14.0, 7.4, 7.0


class Mark(Part, frozen=True, kw_only=True):
    """One status in a pin, and how many of its events have it."""

    status: str
    count: int
    x: float


class Pin(Part, frozen=True, kw_only=True):
    """Events at one place, or at places too near to be told apart in this view."""

    x: float
    y: float
    lon: float
    lat: float
    name: str
    place: str
    count: int
    marks: tuple[Mark, ...]
    width: float
    wide: bool
    """None of its places is known to the town."""
    event_id: str | None
    """The event, where it is the only one."""
    at: str
    """The part of the world its places span, for an address that shows just them."""


@dataclass(frozen=True)
class Spots:
    """Points known equally well, each with its events: how many, and of which status."""

    lat: Real
    lon: Real
    radius_km: Real
    near: Mask
    """Known to the town or better."""
    name: Whole
    """Of `names`."""
    names: Sequence[str]
    statuses: Whole
    """Events of a point by `STATUSES`."""
    key: Whole
    """Row of one of its events, to lead to where it is the only one."""

    @property
    def count(self) -> Whole:
        """Events at each point."""
        found: Whole = self.statuses.sum(axis=1)
        return found

    @property
    def total(self) -> int:
        """Events at all of them."""
        return int(self.statuses.sum())

    def only(self, kept: "Mask | Whole") -> "Spots":
        """Some of the points."""
        return Spots(
            lat=self.lat[kept],
            lon=self.lon[kept],
            radius_km=self.radius_km[kept],
            near=self.near[kept],
            name=self.name[kept],
            names=self.names,
            statuses=self.statuses[kept],
            key=self.key[kept],
        )


def spots_of(events: EventColumns, rows: Mask) -> Spots:
    """The points of these events."""
    shown = rows & events.on_map()
    of, places = events.place[shown], events.places
    size = len(places.lat)
    counted = np.bincount(of * len(STATUSES) + events.status[shown], minlength=size * len(STATUSES))
    key = np.zeros(size, dtype=np.int64)
    key[of] = events.keys[shown]
    near = np.zeros(size, dtype=np.bool_)
    for precision in NEAR:
        near |= places.precision.equal(precision)
    every = Spots(
        lat=places.lat,
        lon=places.lon,
        radius_km=places.radius_km,
        near=near,
        name=places.name.codes,
        names=places.name.values,
        statuses=counted.reshape(size, len(STATUSES)),
        key=key,
    )
    return every.only(every.count > 0)


class View(Protocol):
    """Any view of a map: degrees to pixels, many at once."""

    def xs(self, lon: Real) -> Real:
        """Pixels from the left."""

    def ys(self, lat: Real) -> Real:
        """Pixels from the top."""


def pins_of(spots: Spots, view: View, db: sqlite3.Connection | None) -> tuple[Pin, ...]:
    """One pin a place; those whose marks would overlap are one, where the best known of them is."""
    order = np.lexsort((spots.lat, spots.name, -spots.count, spots.radius_km))
    ordered = spots.only(order)
    x, y = view.xs(ordered.lon), view.ys(ordered.lat)
    counts = ordered.count
    groups = _together(x, y)
    groups.sort(key=lambda members: -int(counts[members].sum()))
    shown = groups[:MOST_PINS]
    single = [int(ordered.key[one[0]]) for one in shown if len(one) == 1 and counts[one[0]] == 1]
    ids = _ids(db, single)
    return tuple(_pin(float(x[one[0]]), float(y[one[0]]), ordered.only(one), ids) for one in shown)


def _together(x: Real, y: Real) -> list[Whole]:
    """Points that one mark stands for: the first of all, those near it, the next of the rest."""
    columns, lines = (x // APART_X).astype(np.int64), (y // APART_Y).astype(np.int64)
    span = int(lines.max(initial=0)) - int(lines.min(initial=0)) + 3
    cells = columns * span + lines
    by_cell = np.argsort(cells, kind="stable")
    edges = [0, *(np.flatnonzero(np.diff(cells[by_cell])) + 1).tolist(), len(cells)]
    held = {int(cells[by_cell[a]]): by_cell[a:b] for a, b in pairwise(edges) if b > a}
    free = np.ones(len(x), dtype=np.bool_)
    waiting = free.view(np.uint8).data
    groups: list[Whole] = []
    at = 0
    while (at := _next(waiting, at)) >= 0:
        middle = int(cells[at])
        around = [held.get(middle + a * span + b) for a in (-1, 0, 1) for b in (-1, 0, 1)]
        some = np.concatenate([one for one in around if one is not None])
        near = (np.abs(x[some] - x[at]) < APART_X) & (np.abs(y[some] - y[at]) < APART_Y)
        members = np.sort(some[near & free[some]])
        free[members] = False
        groups.append(members)
    return groups


def _next(waiting: memoryview, start: int) -> int:
    """The first point from `start` on that no mark stands for yet; -1 where there is none."""
    for at in range(start, len(waiting)):
        if waiting[at]:
            return at
    return -1


def _ids(db: sqlite3.Connection | None, keys: Sequence[int]) -> dict[int, str]:
    if db is None:
        return {}
    marks = ",".join("?" * len(keys))
    sql = f"SELECT key, id FROM event WHERE key IN ({marks})"
    return {int(row[0]): str(row[1]) for row in db.execute(sql, tuple(keys))}


def _pin(x: float, y: float, members: Spots, ids: dict[int, str]) -> Pin:
    codes, first = np.unique(members.name, return_index=True)
    every = [members.names[codes[at]] for at in np.argsort(first)]
    names = [name for name in every if name]
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    marks, right = [], PAD_PX
    for status, count in zip(STATUSES, members.statuses.sum(axis=0).tolist(), strict=True):
        if count:
            marks.append(Mark(status=status, count=count, x=round(right + 6, 1)))
            right += MARK_PX + DIGIT_PX * len(str(count)) + 5
    box = Box(
        west=float(members.lon.min()) - 0.0006,
        east=float(members.lon.max()) + 0.0006,
        south=float(members.lat.min()) - 0.0006,
        north=float(members.lat.max()) + 0.0006,
    )
    return Pin(
        x=x,
        y=y,
        lon=float(members.lon[0]),
        lat=float(members.lat[0]),
        name=(names[0] if names else "") + more,
        place=", ".join(names[:MOST_NAMES]),
        count=members.total,
        marks=tuple(marks),
        width=round(right + PAD_PX - 5, 1),
        wide=not members.near.any(),
        event_id=ids.get(int(members.key[0])) if members.total == 1 else None,
        at=text_of(box),
    )
