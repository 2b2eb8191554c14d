"""Land as polygons: as much of it as the packaged rings say, and no line twice over."""

import numpy as np
import pytest

from firsthand.publish import basemap, land
from firsthand.publish.geometry import Box
from firsthand.publish.map_points import Window, around
from firsthand.publish.map_points import land as geojson


def area(ring: land.Ring) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(x * v - u * y for (x, y), (u, v) in pairs) / 2


@pytest.mark.parametrize("scale", [110, 50])
def test_the_polygons_of_every_cell_cover_what_its_rings_cover(scale: int) -> None:
    cells = 0
    for column, line in basemap.land_cells(scale):
        rings = [
            [(float(x), float(y)) for x, y in points.tolist()]
            for points in basemap.land_of(scale, column, line)
        ]
        made = land.polygons(scale, column, line)
        covered = -sum(area(ring) for polygon in made for ring in polygon)
        assert covered == pytest.approx(-sum(map(area, rings)), abs=0.06), (column, line)
        for outer, *holes in made:
            assert area(outer) < 0
            assert all(area(hole) > 0 for hole in holes)
        cells += 1
    assert cells > 250


def test_two_shores_of_one_cell_are_two_polygons(monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np  # noqa: PLC0415 - only here

    # North and south shore, joined along the western rim as the cutting leaves them.
    ring = [(0, 0), (0, 10), (10, 10), (10, 8), (0, 7), (0, 3), (10, 2), (10, 0)]
    monkeypatch.setattr(basemap, "land_of", lambda *_cell: [np.array(ring, dtype=float)])
    made = land.polygons.__wrapped__(0, 0, 0)
    assert len(made) == 2
    for (outer,) in made:
        heights = {y for _x, y in outer}
        assert max(heights) <= 3 or min(heights) >= 7


def test_geojson_is_closed_enough_to_draw_and_bounded() -> None:
    made = geojson(around(Box(west=20, south=30, east=30, north=40)), 4.5)
    kinds = {feature["properties"]["kind"] for feature in made["features"]}  # type: ignore[union-attr,index,call-overload]
    assert kinds == {"land", "coast", "border", "country", "town"}
    assert len(made["features"]) < 2000  # type: ignore[arg-type]


@pytest.mark.parametrize(("west", "east"), [(20.0, 30.0), (175.0, -175.0), (-180.0, 180.0)])
def test_a_window_has_its_corners_at_its_corners(west: float, east: float) -> None:
    window = Window(box=Box(west=west, south=-10, east=east, north=50), width=800, height=600)
    middle = west + window.wide / 2
    x = window.xs(np.array([west + 1e-6, middle]))
    y = window.ys(np.array([50.0, -10.0]))
    assert [*x, *y] == pytest.approx([0, 400, 0, 600], abs=0.2)
    lons = np.full(2, (middle + 180) % 360 - 180)
    assert window.holding(np.array([20.0, 60.0]), lons).tolist() == [True, False]
