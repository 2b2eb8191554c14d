"""What a map in the browser shows of one view: marks, discs, and the packaged land under them.

Marks are grouped here, by the pixels of the view asked for, so that a browser never gets more
than it can show, however many events there are.
"""

import math
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from firsthand.model.record import Part
from firsthand.publish import basemap, lists
from firsthand.publish.event_columns import event_columns
from firsthand.publish.geometry import Box, Mask, Real, box_of, inside, squeeze, wrapped
from firsthand.publish.land import polygons
from firsthand.publish.map_views import MOST_DISCS
from firsthand.publish.read import Plain, Row
from firsthand.publish.spots import Pin, Spots, pins_of, spots_of

MOST_PX: Final = 4096
"""No screen is wider; a wrong size would only make a wrong grouping."""
MOST_LATITUDE: Final = 85.05
"""Web Mercator ends here."""
MOST_NAMES: Final = {"country": 60, "town": 160}
TOWNS_FROM_ZOOM: Final = 4.0
SCALES: Final = ((3.4, 110), (5.6, 50), (math.inf, 10))
"""Up to which zoom which scale of Natural Earth is drawn."""


class Window(Part, frozen=True, kw_only=True):
    """A view of a map in Web Mercator, as browsers show it."""

    box: Box
    width: int
    height: int

    @property
    def wide(self) -> float:
        """Degrees from side to side."""
        return (self.box.east - self.box.west) % 360 or 360.0

    def xs(self, lon: Real) -> Real:
        """Pixels from the left; the short way round the globe."""
        east = (lon - self.box.west - self.wide / 2 + 180) % 360 - 180
        return np.round((east / self.wide + 0.5) * self.width, 1)

    def ys(self, lat: Real) -> Real:
        """Pixels from the top."""
        bottom, top = _mercator(np.array([self.box.south, self.box.north])).tolist()
        found: Real = (top - _mercator(lat)) / (top - bottom or 1.0) * self.height
        return np.round(found, 1)

    def holding(self, lat: Real, lon: Real) -> Mask:
        """Which points are inside the view."""
        return inside(self.xs(lon), self.ys(lat), self.width, self.height)

    @property
    def km_per_px(self) -> float:
        """Kilometres a pixel in the middle of the view."""
        return self.wide * squeeze((self.box.south + self.box.north) / 2) / self.width


def _mercator(lat: Real) -> Real:
    found: Real = np.arcsinh(np.tan(np.radians(np.clip(lat, -MOST_LATITUDE, MOST_LATITUDE))))
    return found


def window_of(asked: Mapping[str, str]) -> Window | None:
    """The view that an address asks for; None where it asks for none."""
    box = box_of(asked.get("bbox", ""))
    sides = [asked.get(name, "") for name in ("w", "h")]
    if box is None or not all(side.isdecimal() and len(side) < 6 for side in sides):
        return None
    width, height = (max(1, min(MOST_PX, int(side))) for side in sides)
    return Window(box=box, width=width, height=height)


def marks(db: sqlite3.Connection, asked: Mapping[str, str], window: Window) -> Row:
    """Marks and discs of the events that fit the filters in one view, with what is not on it."""
    elsewhere = {key: value for key, value in asked.items() if key not in ("bbox", "at")}
    events = event_columns(db)
    rows = events.holding(db, lists.chosen_of(elsewhere))
    spots = spots_of(events, rows)
    shown = spots.only(window.holding(spots.lat, spots.lon))
    placed, total = spots.total, int(rows.sum())
    return {
        "total": total,
        "placed": placed,
        "outside": placed - shown.total,
        "unplaced": total - placed,
        "pins": [_pin(pin) for pin in pins_of(shown, window, db)],
        "discs": list(_discs(shown, window)),
    }


def _pin(pin: Pin) -> Row:
    found: list[Plain] = [{"status": mark.status, "count": mark.count} for mark in pin.marks]
    return {
        "lon": pin.lon,
        "lat": pin.lat,
        "name": pin.name,
        "place": pin.place,
        "count": pin.count,
        "marks": found,
        "wide": pin.wide,
        "event_id": pin.event_id,
        "at": pin.at,
    }


def _discs(spots: Spots, window: Window) -> Iterator[Row]:
    """Where events may have been, as circles on the ground, the widest first."""
    least, most = 3 * window.km_per_px, 3 * window.width * window.km_per_px
    kept = spots.only((spots.radius_km > least) & (spots.radius_km < most))
    columns = (-kept.radius_km, kept.lon, kept.lat, ~kept.near)
    rows = np.unique(np.column_stack(columns), axis=0)[-MOST_DISCS:]
    for radius, lon, lat, wide in rows.tolist():
        yield {"lon": lon, "lat": lat, "km": -radius, "wide": bool(wide)}


def land(box: Box, zoom: float) -> Row:
    """The packaged map of a part of the world as GeoJSON, as finely as the zoom can show."""
    scale = next(scale for most, scale in SCALES if zoom <= most)
    features: list[Plain] = []
    for column, line in basemap.land_cells(scale):
        if _meets(box, column, line):
            for rings in polygons(scale, column, line):
                shape: list[Plain] = [_placed(ring, column, line) for ring in rings]
                features.append(_feature("land", "Polygon", shape))
    for kind, column, line, points in basemap.lines(scale):
        if _meets(box, column, line):
            features.append(_feature(kind, "LineString", _placed(points.tolist(), column, line)))
    features += _names(box, zoom)
    return {"type": "FeatureCollection", "features": features}


def _placed(points: Sequence[Sequence[float]], column: int, line: int) -> list[Plain]:
    """Points of a cell in degrees of the world."""
    west, south = column * basemap.CELL, line * basemap.CELL
    return [[round(west + point[0], 3), round(south + point[1], 3)] for point in points]


def _feature(kind: str, shape: str, coordinates: list[Plain]) -> Row:
    return {
        "type": "Feature",
        "geometry": {"type": shape, "coordinates": coordinates},
        "properties": {"kind": kind},
    }


def _meets(box: Box, column: int, line: int) -> bool:
    """Whether a cell of the packaged map reaches into a box."""
    south = line * basemap.CELL
    if south > box.north or south + basemap.CELL < box.south:
        return False
    wide = (box.east - box.west) % 360 or 360.0
    east = (column * basemap.CELL - box.west) % 360
    return east <= wide or east + basemap.CELL >= 360


def _names(box: Box, zoom: float) -> Iterator[Plain]:
    wide = (box.east - box.west) % 360 or 360.0
    for kind in ("country", "town"):
        if kind == "town" and zoom < TOWNS_FROM_ZOOM:
            continue
        where, texts = basemap.names()[kind]
        east = (where[:, 0] - box.west) % 360
        seen = (east <= wide) & (where[:, 1] >= box.south) & (where[:, 1] <= box.north)
        for order, at in enumerate(np.flatnonzero(seen)[: MOST_NAMES[kind]]):
            yield {
                "type": "Feature",
                "geometry": {
                    "type": "Point",
                    "coordinates": [float(where[at, 0]), float(where[at, 1])],
                },
                "properties": {"kind": kind, "name": str(texts[at]), "order": order},
            }


def around(box: Box) -> Box:
    """A box with half as much again on every side, so that a small move needs nothing new."""
    wide = (box.east - box.west) % 360 or 360.0
    tall = box.north - box.south
    if wide * 2 >= 360:
        return Box(west=-180.0, east=180.0, south=-90.0, north=90.0)
    return Box(
        west=wrapped(box.west - wide / 2),
        east=wrapped(box.east + wide / 2),
        south=max(-90.0, box.south - tall / 2),
        north=min(90.0, box.north + tall / 2),
    )
