"""Where accounts differ: conflicts with the claims on each side and one small plot a field."""

import datetime as dt
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from firsthand.model.event import Conflict
from firsthand.model.record import Part
from firsthand.publish import read
from firsthand.publish.claim_views import ClaimView, claim_views
from firsthand.publish.told import sources_of, told_by_ids

PLOT_PX = 190
"""Width of the shared axis in pixels."""
MARGIN = 0.05


class Answer(Part, frozen=True, kw_only=True):
    """What one origin says about the disputed field, with every claim that repeats it."""

    value: str
    claims: tuple[ClaimView, ...]
    bar_x: int | None = None
    bar_width: int = 0

    @property
    def claim(self) -> ClaimView:
        """The first of its claims."""
        return self.claims[0]


class Difference(Part, frozen=True, kw_only=True):
    """A conflict ready to be shown."""

    conflict: Conflict
    answers: tuple[Answer, ...]
    distinct: int
    """Different values among the answers."""
    origins: int
    ticks: tuple[tuple[int, str], ...] = ()
    event_title: str | None = None
    """Of the event that the accounts tell of, where it is one."""


def differences_of(db: sqlite3.Connection, event_id: str) -> tuple[Difference, ...]:
    """The conflicts of an event."""
    return differences(db, list(read.select(db, Conflict, "event_id=?", (event_id,))))


def differences(db: sqlite3.Connection, conflicts: Sequence[Conflict]) -> tuple[Difference, ...]:
    """Conflicts with their claims; answers are in order of value."""
    claims = told_by_ids(db, {key for conflict in conflicts for key in conflict.claims})
    ordered = [claims[key] for key in sorted(claims)]
    views = {view.claim_id: view for view in claim_views(ordered, sources_of(db, ordered))}
    titles = _titles(db, [one.event_id for one in conflicts if one.event_id])
    return tuple(
        msgspec.structs.replace(
            _difference(conflict, views), event_title=titles.get(conflict.event_id or "")
        )
        for conflict in conflicts
    )


def _titles(db: sqlite3.Connection, ids: Sequence[str]) -> dict[str, str]:
    marks = ",".join("?" * len(ids))
    sql = f"SELECT id, title FROM event WHERE id IN ({marks})"
    return {str(row[0]): str(row[1]) for row in db.execute(sql, ids)}


def _difference(conflict: Conflict, views: Mapping[str, ClaimView]) -> Difference:
    said = {value.claim_id: value.value for value in conflict.values}
    told: dict[tuple[str, str], list[ClaimView]] = {}
    for key in conflict.claims:
        if key in views:
            view = views[key]
            value = said.get(key, view.summary)
            told.setdefault((value, view.origin_id or view.path[0].name), []).append(view)
    answers = [Answer(value=value, claims=tuple(told[value, by])) for value, by in sorted(told)]
    bounds = [_bounds(conflict.field, answer) for answer in answers]
    placed, ticks = _plotted(conflict.field, answers, bounds)
    return Difference(
        conflict=conflict,
        answers=tuple(placed),
        distinct=len({answer.value for answer in answers}),
        origins=len({by for _value, by in told}),
        ticks=ticks,
    )


Bounds = tuple[float, float] | None


def _bounds(field: str, answer: Answer) -> Bounds:
    if field == "time" and answer.claim.time is not None:
        time = answer.claim.time
        ends = [_ordinal(day) for day in (time.earliest, time.latest) if day]
        return (min(ends), max(ends)) if ends else None
    if field == "quantity" and answer.claim.quantities:
        quantity = answer.claim.quantities[0]
        known = [v for v in (quantity.low, quantity.value, quantity.high) if v is not None]
        return (min(known), max(known)) if known else None
    return None


def _ordinal(day: str) -> float:
    return float(dt.date.fromisoformat(day).toordinal())


def _plotted(
    field: str, answers: Sequence[Answer], bounds: Sequence[Bounds]
) -> tuple[Sequence[Answer], tuple[tuple[int, str], ...]]:
    known = [pair for pair in bounds if pair is not None]
    if len(known) < 2 or field not in ("time", "quantity"):
        return answers, ()
    low, high = min(pair[0] for pair in known), max(pair[1] for pair in known)
    if field == "quantity":
        low = min(low, 0.0)
    room = (high - low) * MARGIN or 1.0
    low, high = low - room, high + room

    def x(value: float) -> int:
        return round((value - low) / (high - low) * PLOT_PX)

    placed = [
        answer
        if pair is None
        else Answer(
            value=answer.value,
            claims=answer.claims,
            bar_x=x(pair[0]),
            bar_width=max(8, x(pair[1]) - x(pair[0])),
        )
        for answer, pair in zip(answers, bounds, strict=True)
    ]
    return placed, tuple((x(value), _tick(field, value)) for value in _ticks(known))


def _ticks(known: Iterable[tuple[float, float]]) -> tuple[float, ...]:
    values = [value for pair in known for value in pair]
    low, high = min(values), max(values)
    return (low,) if low == high else (low, high)


def _tick(field: str, value: float) -> str:
    if field == "time":
        return dt.date.fromordinal(int(value)).isoformat()
    return f"{value:g}"
