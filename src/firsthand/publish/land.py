"""Land of one cell of the packaged map as polygons that do not touch themselves.

The cells were cut edge by edge (Sutherland and Hodgman 1974), which joins separate shores by
lines along the cell's rim. Drawn by parity that is right; triangulated it is not. Here the rim is
taken off and the shores are joined anew, each end with the next beginning along the rim (Weiler
and Atherton 1977).
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, TypeAlias

from firsthand.publish import basemap

Spot: TypeAlias = tuple[float, float]
Ring: TypeAlias = list[Spot]

SIDE: Final = float(basemap.CELL)
SLIVER: Final = 0.1
"""Twice an area, in square degrees, by which joined shores may differ from the rings they are of."""
CORNERS: Final[tuple[Spot, ...]] = ((0.0, 0.0), (0.0, SIDE), (SIDE, SIDE), (SIDE, 0.0))
"""In the order of `_along`: clockwise, as land lies to the right of its shores."""


@lru_cache(maxsize=1024)
def polygons(scale: int, column: int, line: int) -> tuple[tuple[Ring, ...], ...]:
    """The land of one cell in degrees from its corner: each polygon with its holes behind it."""
    rings = [_ring(points.tolist()) for points in basemap.land_of(scale, column, line)]
    made = _made(rings)
    wrong = abs(sum(_area(ring) for rings in made for ring in rings) - sum(map(_area, rings)))
    # A sliver of water that a shore of ice crosses turns the cell over: it is left out.
    return _made([ring for ring in rings if _area(ring) < 0]) if wrong > SLIVER else made


def _made(rings: Sequence[Ring]) -> tuple[tuple[Ring, ...], ...]:
    kept = [(ring, _rim(ring)) for ring in rings if _area(ring)]
    free = [ring for ring, rim in kept if not any(rim)]
    shores = [shore for ring, rim in kept if any(rim) for shore in _shores(ring, rim)]
    outer = [*_joined(shores), *(ring for ring in free if _area(ring) < 0)]
    # A ring that is all rim is the whole cell, land or, where a lake covers it, water.
    whole = [ring for ring, rim in kept if all(rim)]
    if whole and not shores and all(_area(ring) < 0 for ring in whole):
        outer.append(whole[0])
    return tuple(_with_holes(outer, [ring for ring in free if _area(ring) > 0]))


def _ring(points: Sequence[Sequence[float]]) -> Ring:
    ring = [(float(x), float(y)) for x, y in points]
    return ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring


def _area(ring: Ring) -> float:
    """Twice the area; negative where the ring runs clockwise."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(x * v - u * y for (x, y), (u, v) in pairs)


def _on_rim(one: Spot, other: Spot) -> bool:
    """Whether a line runs along one side of the cell."""
    return any(one[at] == other[at] == rim for at in (0, 1) for rim in (0.0, SIDE))


def _rim(ring: Ring) -> list[bool]:
    """For each line of a ring whether it is rim."""
    return [_on_rim(one, other) for one, other in zip(ring, [*ring[1:], ring[0]], strict=True)]


def _shores(ring: Ring, rim: Sequence[bool]) -> list[Ring]:
    """The parts of a ring that are not rim; none where all of it is."""
    count = len(ring)
    if all(rim):
        return []
    begin = next(at for at in range(count) if rim[at - 1] and not rim[at])
    found: list[Ring] = []
    for step in range(count):
        at = (begin + step) % count
        if rim[at]:
            continue
        if rim[at - 1]:
            found.append([ring[at]])
        found[-1].append(ring[(at + 1) % count])
    return found


def _along(spot: Spot) -> float:
    """How far along the rim a spot on it is, in sides, clockwise from the south-west corner."""
    x, y = spot[0] / SIDE, spot[1] / SIDE
    if x == 0:
        return y
    if y == 1:
        return 1 + x
    return 3 - y if x == 1 else 4 - x


def _joined(shores: list[Ring]) -> Iterator[Ring]:
    """Shores as closed rings."""
    left = {at: _along(shore[0]) for at, shore in enumerate(shores)}
    while left:
        first = min(left)
        begin = left.pop(first)
        ring = list(shores[first])
        while True:
            here = _along(ring[-1])
            ends = {at: (start - here) % 4 for at, start in left.items()}
            home = (begin - here) % 4
            nearest = min(ends, key=lambda at: (ends[at], at), default=None)
            if nearest is None or ends[nearest] >= home:
                ring += _corners(here, home)
                break
            ring += _corners(here, ends[nearest])
            ring += shores[nearest]
            del left[nearest]
        yield ring


def _corners(here: float, far: float) -> list[Spot]:
    """The corners that are passed on the way along the rim."""
    passed = (int(here) + 1 + step for step in range(4))
    return [CORNERS[at % 4] for at in passed if at - here < far]


def _with_holes(outer: Iterable[Ring], holes: Sequence[Ring]) -> Iterator[tuple[Ring, ...]]:
    for ring in outer:
        if len(ring) > 2:
            yield (ring, *(hole for hole in holes if _holds(ring, hole[0])))


def _holds(ring: Ring, spot: Spot) -> bool:
    """Whether a spot is inside a ring, by parity."""
    x, y = spot
    inside = False
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            inside = not inside
    return inside
