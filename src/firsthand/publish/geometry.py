"""The view of a map: degrees to pixels and back, and which part of the world it shows."""

import math
from typing import Any, Final, TypeAlias

import numpy as np

from firsthand.model.record import Part

KM_PER_DEGREE: Final = 111.32
"""Length of a degree of latitude (mean meridian, WGS 84)."""
MIN_SPAN_KM: Final = 60.0
"""No closer view than this: a single town would fill the map with nothing to see beside it."""

Real: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
"""Numbers; of points a row each: latitude, longitude, radius in kilometres."""
Mask: TypeAlias = "np.ndarray[Any, np.dtype[np.bool_]]"


class Box(Part, frozen=True, kw_only=True):
    """A part of the world in degrees; `west` may be east of `east`, across the date line."""

    west: float
    south: float
    east: float
    north: float


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

    def xs(self, lon: Real) -> Real:
        """Pixels from the left of many points."""
        east = (lon - self.lon + 180) % 360 - 180
        return np.round(self.width / 2 + east * squeeze(self.lat) / self.km_per_px, 1)

    def ys(self, lat: Real) -> Real:
        """Pixels from the top of many points."""
        return np.round(self.height / 2 - (lat - self.lat) * KM_PER_DEGREE / self.km_per_px, 1)

    def holding(self, lat: Real, lon: Real) -> Mask:
        """Which of many points are inside the view."""
        return inside(self.xs(lon), self.ys(lat), self.width, self.height)

    @property
    def tall(self) -> float:
        """Degrees of latitude from top to bottom."""
        return self.height * self.km_per_px / KM_PER_DEGREE

    @property
    def wide(self) -> float:
        """Degrees of longitude from left to right, at most all."""
        return min(360.0, self.width * self.km_per_px / squeeze(self.lat))

    @property
    def box(self) -> Box:
        """What the view shows."""
        west, east = self.lon - self.wide / 2, self.lon + self.wide / 2
        return Box(
            west=wrapped(west) if self.wide < 360 else -180.0,
            east=wrapped(east) if self.wide < 360 else 180.0,
            south=max(-90.0, self.lat - self.tall / 2),
            north=min(90.0, self.lat + self.tall / 2),
        )

    def zoomed(self, times: float) -> "Frame":
        """The same middle from nearer (more than 1) or farther."""
        widest = 40_000 / self.width
        km = min(max(self.km_per_px / times, MIN_SPAN_KM / self.height / 6), widest)
        return Frame(lat=self.lat, lon=self.lon, km_per_px=km, width=self.width, height=self.height)

    def moved(self, right: float, down: float) -> "Frame":
        """The view that many widths and heights aside."""
        lat = min(85.0, max(-85.0, self.lat - down * self.tall))
        return Frame(
            lat=lat,
            lon=wrapped(self.lon + right * self.wide),
            km_per_px=self.km_per_px,
            width=self.width,
            height=self.height,
        )


def wrapped(lon: float) -> float:
    """A longitude between -180 and 180."""
    return (lon + 180) % 360 - 180


def squeeze(lat: float) -> float:
    """Kilometres of a degree of longitude; at the poles not nothing, so that they can be drawn."""
    return KM_PER_DEGREE * max(0.02, math.cos(math.radians(lat)))


def inside(x: Real, y: Real, width: int, height: int) -> Mask:
    """Which pixels lie in a view of that size."""
    found: Mask = (x >= 0) & (x <= width) & (y >= 0) & (y <= height)
    return found


def frame_of(points: Real, width: int, height: int) -> Frame:
    """A view that holds all points with some room around them."""
    lats, lons, radii = points.T
    lat = float(lats.min() + lats.max()) / 2
    first = float(lons[0])
    easts = (lons - first + 180) % 360 - 180
    middle = float(easts.min() + easts.max()) / 2
    wide = float((np.abs(easts - middle) * squeeze(lat) + radii).max())
    tall = float((np.abs(lats - lat) * KM_PER_DEGREE + radii).max())
    km = max(2.3 * wide / width, 2.3 * tall / height, MIN_SPAN_KM / height)
    return Frame(lat=lat, lon=wrapped(first + middle), km_per_px=km, width=width, height=height)


def frame_in(box: Box, width: int, height: int) -> Frame:
    """A view that just shows a box."""
    wide = (box.east - box.west) % 360 or 360.0
    lat = (box.south + box.north) / 2
    tall = max(1e-4, box.north - box.south)
    km = max(wide * squeeze(lat) / width, tall * KM_PER_DEGREE / height)
    km = max(km, MIN_SPAN_KM / height / 6)
    return Frame(
        lat=lat, lon=wrapped(box.west + wide / 2), km_per_px=km, width=width, height=height
    )


def box_of(text: str) -> Box | None:
    """A box as an address has it, "west,south,east,north"; None where it is none."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    inside = -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south < north <= 90
    return Box(west=west, south=south, east=east, north=north) if inside else None


def text_of(box: Box) -> str:
    """A box as an address has it."""
    return f"{box.west:.3f},{box.south:.3f},{box.east:.3f},{box.north:.3f}"


SHARE, FAR_TIMES, NEAR_KM = 0.8, 6.0, 25.0
"""A place more than six times as far from the middle as four fifths of all are is left outside
the first view, or one far capital would shrink a district to a dot; it is named beside the map."""


def mostly(points: Real) -> Real:
    """The points without the few that lie very far from all the others."""
    lats, lons, _radii = points.T
    half = len(points) // 2
    lat, lon = float(np.sort(lats)[half]), float(np.sort(lons)[half])
    easts = (lons - lon + 180) % 360 - 180
    far = np.hypot((lats - lat) * KM_PER_DEGREE, easts * squeeze(lat))
    usual = float(np.sort(far)[math.ceil((len(points) - 1) * SHARE)])
    kept: Real = points[far <= max(usual, NEAR_KM) * FAR_TIMES]
    return kept


STEPS_DEG = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
SCALES_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


class GridLine(Part, frozen=True, kw_only=True):
    """A line of the graticule with its label."""

    x1: float
    y1: float
    x2: float
    y2: float
    label: str


def scale_km(frame: Frame) -> int:
    """The longest round length that the scale bar has room for."""
    fitting = [km for km in SCALES_KM if km / frame.km_per_px <= 140]
    return fitting[-1] if fitting else SCALES_KM[0]


def graticule(frame: Frame) -> tuple[GridLine, ...]:
    """Parallels and meridians at a round step, four to ten of each in view."""
    tall, wide = min(180.0, frame.tall), frame.wide
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
