"""The map: events where they may have been, with how precisely that is known; drawn by the server."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

import msgspec

from firsthand.model.event import Event
from firsthand.model.record import Part
from firsthand.publish import lists
from firsthand.publish.basemap import Basemap, basemap
from firsthand.publish.geometry import (
    Box,
    Frame,
    GridLine,
    Point,
    box_of,
    frame_in,
    frame_of,
    graticule,
    mostly,
    scale_km,
    text_of,
)
from firsthand.publish.lists import EventLine
from firsthand.publish.memo import remembered

WIDTH, HEIGHT = 1000, 560
MOST_ROWS: Final = 200
"""Rows of the table beside the map; the list of events holds them all."""
MOST_PINS: Final = 300
"""More marks than this cannot be told apart, nor walked through by keyboard."""
MOST_DISCS: Final = 400
APART_X, APART_Y = 62, 42
"""Pixels between two marks; nearer ones are one, counted together, never moved aside."""
NAME_X, NAME_Y = 70, 26
"""Room around a mark in which no name of the map under it stands."""
MOST_WEIGHT, FEW_SPOTS = 40, 1000
"""The first view is where most events are, not most places: a place counts by its events, up to
so many, unless there are very many places."""
NEAR = ("site", "neighbourhood", "town")
STATUSES = ("denied", "differ", "several", "single", "none")
EVERYWHERE: Final[Point] = (20.0, 10.0, 9000.0)


class Spot(Part, frozen=True, kw_only=True):
    """All events at one point that is known equally well."""

    lat: float
    lon: float
    radius_km: float
    precision: str
    name: str
    count: int
    key: int
    """Row of one of them, to lead to where it is the only one."""
    statuses: tuple[int, ...]
    """Events by the statuses of `STATUSES`."""


class Disc(Part, frozen=True, kw_only=True):
    """Where something may have been: never moved, never spread out."""

    x: float
    y: float
    radius: float
    wide: bool
    """Known to the district, country or region only: drawn as a dashed outline."""


class Mark(Part, frozen=True, kw_only=True):
    """One status in a pin, and how many of its events have it."""

    status: str
    count: int
    x: float


class Pin(Part, frozen=True, kw_only=True):
    """Events at one place, or at places too near to be told apart in this view."""

    x: float
    y: float
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
    spots = spots_of(db, elsewhere)
    asked_box = box_of(asked.get("bbox", ""))
    frame = frame_for(spots, asked_box, whole=asked.get("view") == "all")
    inside = [spot for spot in spots if frame.holds(spot.lat, spot.lon)]
    placed = sum(spot.count for spot in spots)
    total = lists.total(db, elsewhere)
    return MapView(
        drawing=draw(inside, frame, db),
        total=total,
        placed=placed,
        outside=placed - sum(spot.count for spot in inside),
        unplaced=total - placed,
        undated=lists.total(db, {**elsewhere, "undated": "1"}),
        table=lists.event_lines(db, asked, MOST_ROWS),
        views={name: text_of(other.box) for name, other in _views(frame).items()}
        | {"here": text_of(frame.box)},
    )


def spots_of(db: sqlite3.Connection, asked: Mapping[str, str]) -> list[Spot]:
    """Points with their events counted by status, from one index of the edition."""
    conditions, values = lists.where(asked)
    sql = (
        "SELECT place_lat, place_lon, place_radius_km, place_precision, place_name, count(*), "
        "min(key), sum(dispute IN ('denied', 'withdrawn')), sum(dispute = 'accounts_differ'), "
        "sum(dispute = 'none' AND n_origins > 1), sum(dispute = 'none' AND n_origins = 1), "
        "sum(dispute = 'none' AND n_origins = 0) FROM event "
        f"WHERE place_lat IS NOT NULL AND {conditions} "
        "GROUP BY place_lat, place_lon, place_radius_km, place_precision, place_name"
    )
    return remembered(
        db, ("spots", conditions, values), lambda: list(map(_spot, db.execute(sql, values)))
    )


def _spot(row: Sequence[Any]) -> Spot:
    return Spot(
        lat=row[0],
        lon=row[1],
        radius_km=row[2] or 0.0,
        precision=row[3] or "",
        name=row[4] or "",
        count=row[5],
        key=row[6],
        statuses=tuple(row[7:12]),
    )


def frame_for(
    spots: Sequence[Spot],
    box: Box | None,
    size: tuple[int, int] = (WIDTH, HEIGHT),
    *,
    whole: bool = False,
) -> Frame:
    """The view asked for, else one that holds most of what is known to the town or better."""
    if box is not None:
        return frame_in(box, *size)
    near = [spot for spot in spots if whole or spot.precision in NEAR] or spots
    weighed = MOST_WEIGHT if len(near) < FEW_SPOTS and not whole else 1
    points: list[Point] = [
        (spot.lat, spot.lon, spot.radius_km)
        for spot in near
        for _event in range(min(spot.count, weighed))
    ]
    shown = points or [EVERYWHERE]
    return frame_of(shown if whole else mostly(shown), *size)


def draw(spots: Sequence[Spot], frame: Frame, db: sqlite3.Connection | None = None) -> Drawing:
    """The drawing; the same spots give the same one."""
    bar = scale_km(frame)
    pins = tuple(pin for pin, _spot in pins_of(spots, frame, db))
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
    spot = Spot(
        lat=drawn.lat,
        lon=drawn.lon,
        radius_km=drawn.radius_km or 0.0,
        precision=drawn.precision or "",
        name=place.name or place.as_written,
        count=1,
        key=0,
        statuses=tuple(int(status_of(event.dispute, event.n_origins) == s) for s in STATUSES),
    )
    wide = max(LOCATOR_KM / 2, spot.radius_km)
    frame = frame_of([(spot.lat, spot.lon, wide)], *LOCATOR)
    return draw([spot], frame)


def _discs(spots: Iterable[Spot], frame: Frame) -> tuple[Disc, ...]:
    found: set[Disc] = set()
    for spot in spots:
        radius = round(spot.radius_km / frame.km_per_px, 1)
        wide = spot.precision not in NEAR
        if 3 < radius < 3 * frame.width:
            found.add(Disc(x=frame.x(spot.lon), y=frame.y(spot.lat), radius=radius, wide=wide))
    order = sorted(found, key=lambda disc: (-disc.radius, disc.x, disc.y, disc.wide))
    return tuple(order[-MOST_DISCS:])


class View(Protocol):
    """Any view of a map: degrees to pixels."""

    def x(self, lon: float) -> float:
        """Pixels from the left."""

    def y(self, lat: float) -> float:
        """Pixels from the top."""


def pins_of(
    spots: Iterable[Spot], view: View, db: sqlite3.Connection | None
) -> tuple[tuple[Pin, Spot], ...]:
    """One pin a place, with the spot it stands at.

    Places whose marks would overlap are one pin, named after the first.
    """
    cells: dict[tuple[int, int], list[tuple[float, float, list[Spot]]]] = {}
    groups: list[tuple[float, float, list[Spot]]] = []
    for spot in sorted(spots, key=lambda one: (one.radius_km, -one.count, one.name, one.lat)):
        x, y = view.x(spot.lon), view.y(spot.lat)
        column, line = int(x // APART_X), int(y // APART_Y)
        around = ((column + a, line + b) for a in (-1, 0, 1) for b in (-1, 0, 1))
        near = (group for cell in around for group in cells.get(cell, ()))
        for at_x, at_y, members in near:
            if abs(at_x - x) < APART_X and abs(at_y - y) < APART_Y:
                members.append(spot)
                break
        else:
            group = (x, y, [spot])
            cells.setdefault((column, line), []).append(group)
            groups.append(group)
    groups.sort(key=lambda group: -sum(spot.count for spot in group[2]))
    shown = groups[:MOST_PINS]
    single = [members[0].key for _x, _y, members in shown if _count(members) == 1]
    ids = _ids(db, single)
    return tuple((_pin(x, y, members, ids), members[0]) for x, y, members in shown)


def _count(members: Sequence[Spot]) -> int:
    return sum(spot.count for spot in members)


def _ids(db: sqlite3.Connection | None, keys: Sequence[int]) -> dict[int, str]:
    if db is None:
        return {}
    marks = ",".join("?" * len(keys))
    sql = f"SELECT key, id FROM event WHERE key IN ({marks})"
    return {int(row[0]): str(row[1]) for row in db.execute(sql, tuple(keys))}


MARK_PX, DIGIT_PX, PAD_PX = 14.0, 7.4, 7.0


def _pin(x: float, y: float, members: Sequence[Spot], ids: Mapping[int, str]) -> Pin:
    names = list(dict.fromkeys(spot.name for spot in members if spot.name))
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    sums = [sum(spot.statuses[at] for spot in members) for at in range(len(STATUSES))]
    marks, right = [], PAD_PX
    for status, count in zip(STATUSES, sums, strict=True):
        if count:
            marks.append(Mark(status=status, count=count, x=round(right + 6, 1)))
            right += MARK_PX + DIGIT_PX * len(str(count)) + 5
    count = _count(members)
    box = Box(
        west=min(spot.lon for spot in members) - 0.0006,
        east=max(spot.lon for spot in members) + 0.0006,
        south=min(spot.lat for spot in members) - 0.0006,
        north=max(spot.lat for spot in members) + 0.0006,
    )
    return Pin(
        x=x,
        y=y,
        name=(names[0] if names else "") + more,
        place=", ".join(names[:6]),
        count=count,
        marks=tuple(marks),
        width=round(right + PAD_PX - 5, 1),
        wide=all(spot.precision not in NEAR for spot in members),
        event_id=ids.get(members[0].key) if count == 1 else None,
        at=text_of(box),
    )


def status_of(dispute: str, n_origins: int) -> str:
    """The look of a mark: what most needs looking at in an event."""
    if dispute in ("denied", "withdrawn"):
        return "denied"
    if dispute == "accounts_differ":
        return "differ"
    return "several" if n_origins > 1 else "single" if n_origins == 1 else "none"
