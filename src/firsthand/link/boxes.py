"""Boxes around the places of claims: which pairs of claims cannot be at one place, in columns."""

from collections.abc import Iterable
from math import ceil, floor
from struct import pack, unpack
from typing import Final

import numpy as np

from firsthand.link.columns import Bits, Flags, Ints
from firsthand.link.spots import EARTH_KM
from firsthand.link.views import Spot

STEP: Final = 1e-4
"""Radians, about 640 metres, in which a box is told: each side fits into 16 bits."""
SLACK_KM: Final = 1.0
NOWHERE: Final = (0, -1)
"""The box of a claim without coordinates."""


def box_of(spots: Iterable[Spot]) -> tuple[int, int]:
    """The sides of the box around some places in one number, and their widest radius in km."""
    located = [(spot.lat, spot.lon, spot.radius_km) for spot in spots if spot.lat is not None]
    if not located:
        return NOWHERE
    lats, lons, radii = zip(*located, strict=True)
    lows = floor(min(lats) / STEP), floor(min(lons) / STEP)
    highs = ceil(max(lats) / STEP), ceil(max(lons) / STEP)
    return unpack("<q", pack("<4h", *lows, *highs))[0], ceil(max(radii))


class Boxes:
    """The boxes of some claims."""

    def __init__(self, sides: Bits, reach: Bits) -> None:
        """Two columns as `box_of` gives them."""
        told = np.ascontiguousarray(sides).view(np.int16).reshape(len(sides), 4) * STEP
        self._south, self._west, self._north, self._east = np.ascontiguousarray(told.T)
        self._reach = reach.astype(np.int64)
        self._narrow = np.cos(np.minimum(np.maximum(-self._south, self._north), np.pi / 2))

    def near(self, one: Ints, other: Ints) -> Flags:
        """Whether a place of one may lie within the wider radius of the two from one of the other."""
        south, north, west, east = self._south, self._north, self._west, self._east
        up = np.maximum(south[one] - north[other], south[other] - north[one])
        beside = np.maximum(west[one] - east[other], west[other] - east[one])
        behind = 2 * np.pi - np.maximum(east[one], east[other])
        behind += np.minimum(west[one], west[other])
        around = np.sin(np.clip(np.minimum(beside, behind), 0, np.pi) / 2)
        along = 2 * np.arcsin(np.minimum(self._narrow[one], self._narrow[other]) * around)
        reach = np.maximum(self._reach[one], self._reach[other]) + SLACK_KM
        found: Flags = np.maximum(up, along) * EARTH_KM <= reach
        return found & (self._reach[one] >= 0) & (self._reach[other] >= 0)
