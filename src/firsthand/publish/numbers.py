"""Numbers, and who gave them: one row an account, an origin once however many pages repeat it."""

from collections.abc import Sequence

import msgspec

from firsthand.model.claim import Quantity
from firsthand.model.record import Part
from firsthand.publish.claim_views import ClaimView

RANGE_PX = 150
"""Width of the shared axis in pixels."""


class NumberRow(Part, frozen=True, kw_only=True):
    """One origin's figure, as it was first worded, with every claim that repeats it."""

    as_written: str
    value: float | None
    low: float | None
    high: float | None
    approximate: bool
    origin_id: str | None
    origin: str
    unnamed: bool
    claims: tuple[ClaimView, ...]
    bar_x: int = 0
    bar_width: int = 0


class NumberGroup(Part, frozen=True, kw_only=True):
    """Figures that count the same kind of thing in the same unit."""

    kind: str
    unit: str | None
    rows: tuple[NumberRow, ...]
    several: bool
    """Whether two or more origins gave a figure: only then are bars drawn."""
    differ: bool


Key = tuple[str, str, str, float | None, float | None, float | None]


def numbers_of(claims: Sequence[ClaimView]) -> tuple[NumberGroup, ...]:
    """The figures of these claims in groups; nothing is averaged."""
    told: dict[Key, list[tuple[ClaimView, Quantity]]] = {}
    for view in claims:
        for quantity in view.quantities:
            told.setdefault(_key(view, quantity), []).append((view, quantity))
    groups: dict[tuple[str, str], list[NumberRow]] = {}
    for key in sorted(told, key=lambda key: tuple(map(str, key))):
        groups.setdefault(key[:2], []).append(_row(told[key]))
    return tuple(_group(kind, unit, rows) for (kind, unit), rows in groups.items())


def _key(view: ClaimView, quantity: Quantity) -> Key:
    unit = quantity.normalised_unit or quantity.unit or ""
    value = quantity.normalised_value if quantity.normalised_unit else quantity.value
    origin = view.origin_id or view.path[0].name
    return (quantity.kind, unit, origin, value, quantity.low, quantity.high)


def _row(told: Sequence[tuple[ClaimView, Quantity]]) -> NumberRow:
    view, quantity = told[0]
    return NumberRow(
        as_written=quantity.as_written,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        approximate=quantity.approximate,
        origin_id=view.origin_id,
        origin=view.path[0].name,
        unnamed=view.path[0].unnamed,
        claims=tuple({one.claim_id: one for one, _quantity in told}.values()),
    )


def _bounds(row: NumberRow) -> tuple[float, float] | None:
    known = [value for value in (row.low, row.value, row.high) if value is not None]
    return (min(known), max(known)) if known else None


def _group(kind: str, unit: str, rows: Sequence[NumberRow]) -> NumberGroup:
    several = len({row.origin_id or row.origin for row in rows}) > 1
    bounds = [bounds for row in rows if (bounds := _bounds(row))]
    differ = several and len(set(bounds)) > 1
    top = max((high for _low, high in bounds), default=0.0)
    drawn = several and top > 0 and min(low for low, _high in bounds) >= 0
    shown = [_barred(row, top) if drawn else row for row in rows]
    return NumberGroup(
        kind=kind, unit=unit or None, rows=tuple(shown), several=several, differ=differ
    )


def _barred(row: NumberRow, top: float) -> NumberRow:
    bounds = _bounds(row)
    if bounds is None:
        return row
    start = round(bounds[0] / top * RANGE_PX)
    width = max(6, round((bounds[1] - bounds[0]) / top * RANGE_PX))
    return msgspec.structs.replace(row, bar_x=min(start, RANGE_PX - width), bar_width=width)
