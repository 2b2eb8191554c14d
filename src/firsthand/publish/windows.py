"""Parts of the timeline: days, weeks or months at a time, earlier and later, and what was foretold."""

import datetime as dt
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from firsthand.model.record import Part
from firsthand.publish import lists
from firsthand.publish.event_columns import event_columns

STEPS: Final = {"day": 14, "week": 84, "month": 730}
"""Days shown at once, so that single days, weeks or months can be told apart."""
MOST_FORETOLD: Final = 40
MOST_READ: Final = 2_000
"""Forecasts looked through for those whose events fit the filters."""
Days = tuple[int, int]


class Step(Part, frozen=True, kw_only=True):
    """A part of the timeline to go to; dates as an address has them."""

    name: str
    begins: str
    ends: str
    chosen: bool = False


class Steps(Part, frozen=True, kw_only=True):
    """How the timeline can be narrowed and moved."""

    widths: tuple[Step, ...]
    earlier: Step | None
    later: Step | None


class Foretold(Part, frozen=True, kw_only=True):
    """A forecast and the days in which it was to come."""

    claim_id: str
    title: str
    verdict: str
    earliest: str | None
    latest: str


def chosen_days(asked: Mapping[str, str], whole: Days) -> Days | None:
    """The first and last day that an address asks for; None where it sets neither."""
    begins, ends = _reach(asked.get("from", "")), _reach(asked.get("to", ""))
    if begins is None and ends is None:
        return None
    first = begins[0] if begins else min(whole[0], ends[0] if ends else whole[0])
    last = ends[1] if ends else max(whole[1], first)
    return first, max(first, last)


def whole_of(months: Sequence[tuple[str, int]]) -> Days | None:
    """The first and the last day of these months."""
    first, last = (_reach(months[at][0]) for at in (0, -1)) if months else (None, None)
    return (first[0], last[1]) if first and last else None


def steps_of(asked: Mapping[str, str], months: Sequence[tuple[str, int]]) -> Steps:
    """Narrower and wider parts around the one shown, or around the month with most events."""
    whole = whole_of(months)
    if whole is None:
        return Steps(widths=(), earlier=None, later=None)
    shown = chosen_days(asked, whole)
    busiest = _reach(max(months, key=lambda month: month[1])[0]) or whole
    middle = sum(shown or busiest) // 2
    widths = tuple(
        _step(name, middle - days // 2, days, whole, shown) for name, days in STEPS.items()
    )
    if shown is None:
        return Steps(widths=widths, earlier=None, later=None)
    days = shown[1] - shown[0] + 1
    earlier = _part("earlier", shown[0] - days, days) if shown[0] > whole[0] else None
    later = _part("later", shown[1] + 1, days) if shown[1] < whole[1] else None
    return Steps(widths=widths, earlier=earlier, later=later)


def _step(name: str, first: int, days: int, whole: Days, shown: Days | None) -> Step:
    begins = max(whole[0], min(first, whole[1] - days + 1))
    chosen = shown is not None and shown[1] - shown[0] + 1 == days
    return _part(name, shown[0] if chosen and shown else begins, days, chosen=chosen)


def _part(name: str, first: int, days: int, *, chosen: bool = False) -> Step:
    begins = min(max(1, first), dt.date.max.toordinal() - days)
    return Step(
        name=name,
        begins=dt.date.fromordinal(begins).isoformat(),
        ends=dt.date.fromordinal(begins + days - 1).isoformat(),
        chosen=chosen,
    )


def _reach(text: str) -> Days | None:
    """The first and last day of a year, a month or a day; None for what is none."""
    try:
        parts = [int(part) for part in text.split("-")]
        first = dt.date(*parts, *(1,) * (3 - len(parts)))
    except (ValueError, TypeError):
        return None
    year, month, day = first.year, first.month, first.day
    if len(parts) == 3:
        after = dt.date(year, month, day).toordinal() + 1
    elif len(parts) == 2 and month < 12:
        after = dt.date(year, month + 1, 1).toordinal()
    else:
        after = dt.date(year, 12, 31).toordinal() + 1
    return first.toordinal(), after - 1


def foretold(db: sqlite3.Connection, asked: Mapping[str, str]) -> tuple[Foretold, ...]:
    """Forecasts with a day by which they were to come, whose events fit the filters.

    Of one statement a single telling; those that end first come first.
    """
    times = {name: asked[name] for name in ("from", "to") if name in lists.chosen_of(asked)}
    where, values = "forecast.deadline_latest IS NOT NULL", []
    if "from" in times:
        where += " AND forecast.deadline_latest >= ?"
        values.append(times["from"])
    if "to" in times:
        where += " AND ifnull(forecast.deadline_earliest, forecast.deadline_latest) <= ?"
        values.append(times["to"] + "\uffff")
    sql = (
        "SELECT forecast.id, resolved_claim.summary, forecast.verdict, forecast.deadline_earliest, "
        "forecast.deadline_latest, event.key, ifnull(claim_link.statement_id, forecast.id) "
        "FROM forecast LEFT JOIN resolved_claim ON resolved_claim.id = forecast.id "
        "LEFT JOIN claim_link ON claim_link.id = forecast.id "
        f"LEFT JOIN event ON event.id = claim_link.event_id WHERE {where} "
        f"ORDER BY forecast.deadline_latest, forecast.id LIMIT {MOST_READ}"
    )
    rows = db.execute(sql, values).fetchall()
    others = {key: asked[key] for key in asked if key not in ("from", "to")}
    fits = _fitting(db, others, [row[5] for row in rows])
    found = {row[6]: row for row, fit in zip(reversed(rows), reversed(fits), strict=True) if fit}
    some = sorted(found.values(), key=lambda row: (row[4], row[0]))[:MOST_FORETOLD]
    return tuple(
        Foretold(claim_id=r[0], title=r[1] or "", verdict=r[2], earliest=r[3], latest=r[4])
        for r in some
    )


def _fitting(
    db: sqlite3.Connection, asked: Mapping[str, str], keys: Sequence[int | None]
) -> list[bool]:
    """Which of these events fit the filters; what is in no event fits where none is set."""
    chosen = lists.chosen_of(asked)
    if not chosen:
        return [True] * len(keys)
    events = event_columns(db)
    held = events.keys[events.holding(db, chosen)]
    return [bool(one) for one in np.isin(np.array([key or 0 for key in keys]), held)]
