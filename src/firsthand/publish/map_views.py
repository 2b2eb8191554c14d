"""The map: events where they may have been, with how precisely that is known; drawn by the server."""

import math
import sqlite3
from collections.abc import Mapping, Sequence

from firsthand.model.event import Event
from firsthand.model.record import Part
from firsthand.publish import lists

WIDTH, HEIGHT = 1000, 560
MOST_EVENTS = 2000
"""More events than this are drawn by their most told ones; how many there are is said."""
MOST_ROWS = 200
"""Rows of the table beside the map; the list of events holds them all."""
KM_PER_DEGREE = 111.32
"""Length of a degree of latitude (mean meridian, WGS 84)."""
MIN_SPAN_KM = 30.0
"""No closer view than this: a single town would fill the map with nothing to see beside it."""
STEPS_DEG = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
SCALES_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


class Disc(Part, frozen=True, kw_only=True):
    """Where something may have been: never moved, never spread out."""

    x: float
    y: float
    radius: float
    wide: bool
    """Known to the district, country or region only: drawn as a dashed outline."""


class Pin(Part, frozen=True, kw_only=True):
    """Events at one place, drawn as one mark with their number."""

    x: float
    y: float
    name: str
    place: str
    events: tuple[Event, ...]
    status: str
    """denied, differ, none, single or several: the look of the mark."""
    anchor: str
    """start or end: on which side of the mark the name stands."""


class GridLine(Part, frozen=True, kw_only=True):
    """A line of the graticule with its label."""

    x1: float
    y1: float
    x2: float
    y2: float
    label: str


class MapView(Part, frozen=True, kw_only=True):
    """A map ready to be drawn, and the events that cannot be drawn."""

    width: int
    height: int
    discs: tuple[Disc, ...]
    pins: tuple[Pin, ...]
    grid: tuple[GridLine, ...]
    scale_px: float
    scale_km: int
    placed: tuple[Event, ...]
    unplaced: tuple[Event, ...]
    total: int
    outside: tuple[Event, ...] = ()
    """Placed events beyond the edge of this view."""

    @property
    def table(self) -> tuple[Event, ...]:
        """What the table beside the map shows: pinned places first."""
        first = [event for pin in self.pins for event in pin.events]
        return tuple(dict.fromkeys((*first, *self.outside, *self.unplaced)))[:MOST_ROWS]

    @property
    def anchors(self) -> dict[str, str]:
        """Event id to the address inside the table that its pin leads to."""
        return {pin.events[0].event_id: f"place-{at}" for at, pin in enumerate(self.pins, 1)}


def map_view(db: sqlite3.Connection, asked: Mapping[str, str]) -> MapView:
    """The events that fit the filters on one map."""
    found = lists.matching(db, asked, MOST_EVENTS)
    placed = tuple(event for event in found if _point(event) is not None)
    unplaced = tuple(event for event in found if _point(event) is None)
    return draw(placed, unplaced, lists.total(db, asked), whole=asked.get("view") == "all")


def _point(event: Event) -> tuple[float, float] | None:
    place = event.place
    if place is None or place.lat is None or place.lon is None:
        return None
    return place.lat, place.lon


class Frame(Part, frozen=True, kw_only=True):
    """An equirectangular view whose standard parallel is its middle."""

    lat: float
    lon: float
    km_per_px: float
    width: int
    height: int

    def x(self, lon: float) -> float:
        """Pixels from the left; the short way round the globe."""
        east = (lon - self.lon + 180) % 360 - 180
        return round(self.width / 2 + east * squeeze(self.lat) / self.km_per_px, 1)

    def y(self, lat: float) -> float:
        """Pixels from the top."""
        return round(self.height / 2 - (lat - self.lat) * KM_PER_DEGREE / self.km_per_px, 1)


def squeeze(lat: float) -> float:
    """Kilometres of a degree of longitude; at the poles not nothing, so that they can be drawn."""
    return KM_PER_DEGREE * max(0.02, math.cos(math.radians(lat)))


def frame_of(points: Sequence[tuple[float, float, float]], width: int, height: int) -> Frame:
    """A view that holds all (lat, lon, radius in km) points with some room around them."""
    lat = (min(p[0] for p in points) + max(p[0] for p in points)) / 2
    first = points[0][1]
    easts = [(p[1] - first + 180) % 360 - 180 for p in points]
    lon = first + (min(easts) + max(easts)) / 2
    wide = max(
        abs(east - (lon - first)) * squeeze(lat) + p[2]
        for east, p in zip(easts, points, strict=True)
    )
    tall = max(abs(p[0] - lat) * KM_PER_DEGREE + p[2] for p in points)
    km = max(2.3 * wide / width, 2.3 * tall / height, MIN_SPAN_KM / height)
    return Frame(lat=lat, lon=(lon + 180) % 360 - 180, km_per_px=km, width=width, height=height)


def _radius(event: Event) -> float:
    return (event.place.radius_km or 0.0) if event.place else 0.0


NEAR = ("site", "neighbourhood", "town")


def draw(
    placed: Sequence[Event],
    unplaced: Sequence[Event],
    total: int,
    size: tuple[int, int] = (WIDTH, HEIGHT),
    *,
    whole: bool = True,
) -> MapView:
    """The drawing; the same events give the same one."""
    points = [(*point, _radius(event)) for event in placed if (point := _point(event))]
    near = [
        point
        for point, event in zip(points, placed, strict=True)
        if event.place and event.place.precision in NEAR
    ]
    shown = near or points or [(0.0, 0.0, 9000.0)]
    frame = frame_of(shown if whole else mostly(shown), *size)
    bar = _scale(frame)
    return MapView(
        width=size[0],
        height=size[1],
        discs=_discs(placed, frame),
        pins=_pins(placed, frame),
        grid=graticule(frame),
        scale_px=round(bar / frame.km_per_px, 1),
        scale_km=bar,
        placed=tuple(placed),
        unplaced=tuple(unplaced),
        total=total,
        outside=tuple(event for event in placed if not _inside(event, frame)),
    )


Point = tuple[float, float, float]
MOST_SHARE, FAR_TIMES = 0.8, 6.0
"""A place more than six times as far from the middle as four fifths of all are is left outside
the first view, or one far capital would shrink a district to a dot; it is named beside the map."""


def mostly(points: Sequence[Point]) -> Sequence[Point]:
    """The points without the few that lie very far from all the others."""
    lats, lons = sorted(p[0] for p in points), sorted(p[1] for p in points)
    middle = lats[len(lats) // 2], lons[len(lons) // 2]

    def far(point: Point) -> float:
        east = (point[1] - middle[1] + 180) % 360 - 180
        return math.hypot((point[0] - middle[0]) * KM_PER_DEGREE, east * squeeze(middle[0]))

    order = sorted(map(far, points))
    limit = max(order[math.ceil((len(order) - 1) * MOST_SHARE)], MIN_SPAN_KM / 2) * FAR_TIMES
    return [point for point in points if far(point) <= limit] or points


def _inside(event: Event, frame: Frame) -> bool:
    point = _point(event)
    if point is None:
        return False
    return 0 <= frame.x(point[1]) <= frame.width and 0 <= frame.y(point[0]) <= frame.height


LOCATOR = (348, 200)


def locator(event: Event) -> MapView:
    """A small map of where one event may have been; the event must have a point."""
    return draw((event,), (), 1, LOCATOR)


def _scale(frame: Frame) -> int:
    fitting = [km for km in SCALES_KM if km / frame.km_per_px <= 140]
    return fitting[-1] if fitting else SCALES_KM[0]


def _discs(placed: Sequence[Event], frame: Frame) -> tuple[Disc, ...]:
    found: dict[tuple[float, float, float], Disc] = {}
    for event in placed:
        point = _point(event)
        if point is None or event.place is None:
            continue
        disc = Disc(
            x=frame.x(point[1]),
            y=frame.y(point[0]),
            radius=round(_radius(event) / frame.km_per_px, 1),
            wide=event.place.precision not in NEAR,
        )
        found.setdefault((disc.x, disc.y, disc.radius), disc)
    return tuple(sorted(found.values(), key=lambda disc: (-disc.radius, disc.x, disc.y)))


def _pins(placed: Sequence[Event], frame: Frame) -> tuple[Pin, ...]:
    """One pin a place; places whose marks would overlap are one pin, named after the first."""
    spots: list[tuple[float, float, list[Event]]] = []
    order = sorted(placed, key=lambda event: (_radius(event), event.title, event.event_id))
    for event in order:
        point = _point(event)
        if point is None:
            continue
        x, y = frame.x(point[1]), frame.y(point[0])
        if not _inside(event, frame):
            continue
        for at_x, at_y, events in spots:
            if abs(at_x - x) < 30 and abs(at_y - y) < 30:
                events.append(event)
                break
        else:
            spots.append((x, y, [event]))
    return tuple(_pin(x, y, events, frame) for x, y, events in spots)


def _pin(x: float, y: float, events: Sequence[Event], frame: Frame) -> Pin:
    names = list(dict.fromkeys(e.place.name or e.place.as_written for e in events if e.place))
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    return Pin(
        x=x,
        y=y,
        name=(names[0] if names else "") + more,
        place=", ".join(names),
        events=tuple(events),
        status=status_of(events),
        anchor="end" if x > frame.width * 0.8 else "start",
    )


def status_of(events: Sequence[Event]) -> str:
    """The look of a mark: what most needs looking at among its events."""
    disputes = {event.dispute for event in events}
    if disputes & {"denied", "withdrawn"}:
        return "denied"
    if "accounts_differ" in disputes:
        return "differ"
    most = max(event.n_origins for event in events)
    return "several" if most > 1 else "single" if most == 1 else "none"


def graticule(frame: Frame) -> tuple[GridLine, ...]:
    """Parallels and meridians at a round step, four to ten of each in view."""
    tall = min(180.0, frame.height * frame.km_per_px / KM_PER_DEGREE)
    wide = min(360.0, frame.width * frame.km_per_px / squeeze(frame.lat))
    step = next((step for step in STEPS_DEG if wide / step <= 8), STEPS_DEG[-1])
    found: list[GridLine] = []
    for lat in _rounds(frame.lat, tall, step):
        if abs(lat) <= 90:
            y = frame.y(lat)
            found.append(GridLine(x1=0, y1=y, x2=frame.width, y2=y, label=_degrees(lat, "NS")))
    for lon in _rounds(frame.lon, wide, step):
        x = round(frame.width / 2 + (lon - frame.lon) * squeeze(frame.lat) / frame.km_per_px, 1)
        label = _degrees((lon + 180) % 360 - 180, "EW")
        found.append(GridLine(x1=x, y1=0, x2=x, y2=frame.height, label=label))
    return tuple(found)


def _rounds(middle: float, span: float, step: float) -> list[float]:
    """The multiples of `step` inside a span around its middle."""
    first, last = math.ceil((middle - span / 2) / step), math.floor((middle + span / 2) / step)
    return [number * step for number in range(first, last + 1)]


def _degrees(value: float, letters: str) -> str:
    if abs(value) < 1e-9:
        return "0°"
    return f"{abs(value):g}° {letters[0] if value > 0 else letters[1]}"
