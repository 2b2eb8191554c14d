"""The map: events where they may have been, with how precisely that is known; drawn by the server."""

import sqlite3
from collections.abc import Mapping
from typing import Final

import msgspec
import numpy as np

from firsthand.model.event import Event
from firsthand.model.record import Part
from firsthand.publish import lists
from firsthand.publish.basemap import Basemap, basemap
from firsthand.publish.event_columns import STATUSES, event_columns, status_of
from firsthand.publish.geometry import (
    Box,
    Frame,
    GridLine,
    box_of,
    frame_in,
    frame_of,
    graticule,
    mostly,
    scale_km,
    text_of,
)
from firsthand.publish.lists import EventLine
from firsthand.publish.spots import NEAR, Pin, Spots, pins_of, spots_of

WIDTH, HEIGHT = 1000, 560
MOST_ROWS: Final = 200
"""Rows of the table beside the map; the list of events holds them all."""
MOST_DISCS: Final = 400
NAME_X, NAME_Y = 70, 26
"""Room around a mark in which no name of the map under it stands."""
MOST_WEIGHT, FEW_SPOTS = 40, 1000
"""The first view is where most events are, not most places: a place counts by its events, up to
so many, unless there are very many places."""
EVERYWHERE: Final = (20.0, 10.0, 9000.0)


class Disc(Part, frozen=True, kw_only=True):
    """Where something may have been: never moved, never spread out."""

    x: float
    y: float
    radius: float
    wide: bool
    """Known to the district, country or region only: drawn as a dashed outline."""


class Drawing(Part, frozen=True, kw_only=True):
    """A map ready to be drawn."""

    width: int
    height: int
    base: Basemap
    discs: tuple[Disc, ...]
    pins: tuple[Pin, ...]
    grid: tuple[GridLine, ...]
    scale_px: float
    scale_km: int


class MapView(Part, frozen=True, kw_only=True):
    """The drawing, what is not on it, and the table that says the same."""

    drawing: Drawing
    total: int
    placed: int
    outside: int
    """Placed events beyond the edge of this view."""
    unplaced: int
    undated: int
    table: tuple[EventLine, ...]
    views: dict[str, str]
    """in, out, left, right, up, down: the parts of the world that the buttons lead to; and here."""


def map_view(db: sqlite3.Connection, asked: Mapping[str, str]) -> MapView:
    """The events that fit the filters, in the view that the address asks for."""
    elsewhere = {key: value for key, value in asked.items() if key not in ("bbox", "at")}
    events = event_columns(db)
    rows = events.holding(db, lists.chosen_of(elsewhere))
    spots = spots_of(events, rows)
    asked_box = box_of(asked.get("bbox", ""))
    frame = frame_for(spots, asked_box, whole=asked.get("view") == "all")
    inside = spots.only(frame.holding(spots.lat, spots.lon))
    placed, total = spots.total, int(rows.sum())
    return MapView(
        drawing=draw(inside, frame, db),
        total=total,
        placed=placed,
        outside=placed - inside.total,
        unplaced=total - placed,
        undated=int((rows & ~events.dated()).sum()),
        table=lists.event_lines(db, asked, MOST_ROWS),
        views={name: text_of(other.box) for name, other in _views(frame).items()}
        | {"here": text_of(frame.box)},
    )


def frame_for(spots: Spots, box: Box | None, *, whole: bool = False) -> Frame:
    """The view asked for, else one that holds most of what is known to the town or better."""
    if box is not None:
        return frame_in(box, WIDTH, HEIGHT)
    near = spots if whole or not spots.near.any() else spots.only(spots.near)
    points = np.column_stack((near.lat, near.lon, near.radius_km))
    if not len(points):
        return frame_of(np.array([EVERYWHERE]), WIDTH, HEIGHT)
    if whole:
        return frame_of(points, WIDTH, HEIGHT)
    weighed = MOST_WEIGHT if len(points) < FEW_SPOTS else 1
    times = np.minimum(near.count, weighed)
    return frame_of(mostly(np.repeat(points, times, axis=0)), WIDTH, HEIGHT)


def draw(spots: Spots, frame: Frame, db: sqlite3.Connection | None = None) -> Drawing:
    """The drawing; the same spots give the same one."""
    bar = scale_km(frame)
    pins = pins_of(spots, frame, db)
    base = basemap(frame)
    names = tuple(
        name
        for name in base.names
        if not any(abs(p.x - name.x) < NAME_X and -14 < name.y - p.y < NAME_Y + 8 for p in pins)
    )
    return Drawing(
        width=frame.width,
        height=frame.height,
        base=msgspec.structs.replace(base, names=names),
        discs=_discs(spots, frame),
        pins=pins,
        grid=graticule(frame),
        scale_px=round(bar / frame.km_per_px, 1),
        scale_km=bar,
    )


def _views(frame: Frame) -> dict[str, Frame]:
    return {
        "in": frame.zoomed(2),
        "out": frame.zoomed(0.5),
        "left": frame.moved(-0.4, 0),
        "right": frame.moved(0.4, 0),
        "up": frame.moved(0, -0.4),
        "down": frame.moved(0, 0.4),
    }


LOCATOR = (348, 200)
LOCATOR_KM: Final = 400.0
"""A locator shows the surroundings, so that a reader knows the coast or the towns nearby."""


def locator(event: Event) -> Drawing | None:
    """A small map of where one event may have been; None where nothing says so."""
    place = event.place
    drawn = place if place is None or place.lat is not None else place.inside
    if place is None or drawn is None or drawn.lat is None or drawn.lon is None:
        return None
    status = STATUSES.index(status_of(event.dispute, event.n_origins))
    radius = drawn.radius_km or 0.0
    spot = Spots(
        lat=np.array([drawn.lat]),
        lon=np.array([drawn.lon]),
        radius_km=np.array([radius]),
        near=np.array([(drawn.precision or "") in NEAR]),
        name=np.zeros(1, dtype=np.int64),
        names=(place.name or place.as_written,),
        statuses=np.eye(len(STATUSES), dtype=np.int64)[[status]],
        key=np.zeros(1, dtype=np.int64),
    )
    wide = max(LOCATOR_KM / 2, radius)
    return draw(spot, frame_of(np.array([(drawn.lat, drawn.lon, wide)]), *LOCATOR))


def _discs(spots: Spots, frame: Frame) -> tuple[Disc, ...]:
    radius = np.round(spots.radius_km / frame.km_per_px, 1)
    kept = spots.only((radius > 3) & (radius < 3 * frame.width))
    shown = radius[(radius > 3) & (radius < 3 * frame.width)]
    columns = (-shown, frame.xs(kept.lon), frame.ys(kept.lat), ~kept.near)
    rows = np.unique(np.column_stack(columns), axis=0)[-MOST_DISCS:]
    return tuple(
        Disc(x=x, y=y, radius=-size, wide=bool(wide)) for size, x, y, wide in rows.tolist()
    )
