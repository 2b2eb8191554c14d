"""Boxes around places: two claims that can be at one place are never told apart by them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.link.boxes import Boxes, box_of
from firsthand.link.spots import spot_distance_km
from firsthand.link.views import Spot


def spot(lat: float | None, lon: float, radius_km: float = 3.0) -> Spot:
    placed = None if lat is None else math.radians(lat)
    return Spot(
        key="x", words="x", lat=placed, lon=math.radians(lon), radius_km=radius_km, wide=False
    )


def near(one: list[Spot], other: list[Spot]) -> bool:
    sides, reach = zip(box_of(one), box_of(other), strict=True)
    boxes = Boxes(np.array(sides, np.int64).view(np.uint64), np.array(reach).view(np.uint64))
    return bool(boxes.near(np.array([0]), np.array([1]))[0])


LATS = st.floats(-90, 90)
LONS = st.floats(-180, 180)
SPOTS = st.lists(st.builds(spot, LATS, LONS, st.floats(0.1, 900)), min_size=1, max_size=3)


@given(SPOTS, SPOTS)
def test_places_within_the_wider_radius_are_near(one: list[Spot], other: list[Spot]) -> None:
    reach = max(place.radius_km for place in (*one, *other))
    apart = [spot_distance_km(a, b) for a in one for b in other]
    if min(km for km in apart if km is not None) <= reach:
        assert near(one, other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([spot(10.0, 20.0)], [spot(10.02, 20.0)], True),
        ([spot(10.0, 20.0)], [spot(10.2, 20.0)], False),
        ([spot(10.0, 20.0)], [spot(10.0, 20.2)], False),
        ([spot(10.0, 179.99)], [spot(10.0, -179.99)], True),  # across the date line
        ([spot(10.0, 20.0, 300.0)], [spot(11.0, 21.0)], True),
        ([spot(None, 0.0)], [spot(0.0, 0.0)], False),  # a place without coordinates
        ([spot(89.9, 0.0)], [spot(89.9, 60.0, 30.0)], True),
    ],
)
def test_boxes_tell_towns_apart(one: list[Spot], other: list[Spot], expected: bool) -> None:
    assert near(one, other) is expected
