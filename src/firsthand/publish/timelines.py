"""The timeline: one bar an event from its earliest to its latest possible day, in lanes by type."""

import datetime as dt
import itertools
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from firsthand.model.record import Part
from firsthand.publish import lists
from firsthand.publish.event_columns import status_of
from firsthand.publish.lists import EventLine
from firsthand.publish.windows import (
    Days,
    Foretold,
    Steps,
    chosen_days,
    foretold,
    steps_of,
    whole_of,
)
from firsthand.publish.words import MONTHS, _, day, interval

WIDTH, LEFT, TOP, ROW = 1080, 190, 26, 18
MOST_BARS = 400
"""More bars cannot be told apart; the table holds them all."""
MIN_PX = 12
STEPS_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000)


class Bar(Part, frozen=True, kw_only=True):
    """One event."""

    event_id: str
    title: str
    when: str
    x: int
    y: int
    width: int
    status: str
    lat: float | None = None
    lon: float | None = None


class Lane(Part, frozen=True, kw_only=True):
    """The top of a lane and the type of event in it."""

    kind: str
    y: int


class Tick(Part, frozen=True, kw_only=True):
    """A date on the axis."""

    x: int
    label: str


class Timeline(Part, frozen=True, kw_only=True):
    """A timeline ready to be drawn."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    foretold: tuple[Bar, ...] = ()
    """Windows of forecasts, in a lane of their own below the others."""
    foretold_y: int = 0


class Slot(Part, frozen=True, kw_only=True):
    """One month, or one year, of the overview."""

    x: float
    width: float
    height: float
    count: int
    label: str
    begins: str
    ends: str


class Along(Part, frozen=True, kw_only=True):
    """All that a screen shows along time."""

    bars: Timeline
    slots: tuple[Slot, ...]
    brush: tuple[float, float] | None
    """Where on the overview the part shown begins, and how wide it is, in pixels."""
    unit: float
    """Pixels of a month of the overview, or of a year where its slots are years."""
    steps: Steps


def timeline_of(db: sqlite3.Connection, asked: Mapping[str, str]) -> Along:
    """The timeline of the events that fit the filters, and the overview of all times."""
    whole = {key: value for key, value in asked.items() if key not in ("from", "to", "undated")}
    months = lists.by_month(db, whole)
    slots = overview(months)
    windows = () if "undated" in lists.chosen_of(asked) else foretold(db, asked)
    whole_time = whole_of(months)
    part = chosen_days(asked, whole_time) if whole_time else None
    return Along(
        bars=timeline(lists.event_lines(db, asked, MOST_BARS, dated=True), windows, part),
        slots=slots,
        brush=_brush(whole_time, part, slots),
        unit=round(slots[0].width + 1, 2) if slots else 0.0,
        steps=steps_of(asked, months),
    )


def _brush(
    whole: Days | None, shown: Days | None, slots: Sequence[Slot]
) -> tuple[float, float] | None:
    if whole is None or shown is None:
        return None
    px = (slots[-1].x + slots[-1].width) / (whole[1] - whole[0] + 1)
    left = max(0.0, (shown[0] - whole[0]) * px)
    right = min(float(STRIP_PX), (shown[1] + 1 - whole[0]) * px)
    return round(left, 1), round(max(4.0, right - left), 1)


STRIP_PX, STRIP_HEIGHT = 1080, 34
WIDEST_PX = 72.0
MOST_MONTHS = 130


def overview(months: Sequence[tuple[str, int]]) -> tuple[Slot, ...]:
    """How many events begin in each month; in each year where there are very many months."""
    if not months:
        return ()
    length = 7 if _months(months[0][0], months[-1][0]) <= MOST_MONTHS else 4
    counts: dict[str, int] = {}
    for month, count in months:
        counts[month[:length]] = counts.get(month[:length], 0) + count
    first, last = next(iter(counts)), list(counts)[-1]
    slots = _months(first, last) // (1 if length == 7 else 12) + 1
    width, most = min(WIDEST_PX, STRIP_PX / slots), max(counts.values())
    return tuple(
        Slot(
            x=round(_months(first, name) // (1 if length == 7 else 12) * width, 1),
            width=round(max(3.0, width - 1), 1),
            height=round(max(3.0, count / most * STRIP_HEIGHT), 1),
            count=count,
            label=day(name),
            begins=name,
            ends=name,
        )
        for name, count in counts.items()
    )


def _months(one: str, other: str) -> int:
    """Months from one to another, written as 2031-05 or 2031."""
    a, b = (int(t[:4]) * 12 + int(t[5:7] or 1) for t in (one, other))
    return b - a


def timeline(
    dated: Sequence[EventLine], windows: Sequence[Foretold] = (), part: Days | None = None
) -> Timeline:
    """The timeline of these dated events, of a part of the time where one is given.

    An open end is drawn at the edge of what is known, and what reaches out of the part is cut.
    """
    if not dated and not windows:
        return Timeline(width=WIDTH, height=0, bars=(), lanes=(), ticks=())
    shown = sorted(dated, key=lambda event: (-event.n_pages, event.event_id))[:MOST_BARS]
    spans = {event.event_id: _days(event.earliest, event.latest) for event in shown}
    awaited = {one.claim_id: _days(one.earliest, one.latest) for one in windows}
    known = [part] if part else [*spans.values(), *awaited.values()]
    low = max(1, min(span[0] for span in known) - 1)
    high = min(dt.date.max.toordinal(), max(span[1] for span in known) + 2)
    lanes, bars, y = [], [], TOP
    by_type = sorted(shown, key=lambda event: (event.type, spans[event.event_id], event.event_id))
    for kind, some in itertools.groupby(by_type, key=lambda event: event.type):
        lanes.append(Lane(kind=kind, y=y))
        placed, rows = _packed([_bar(event) for event in some], spans, low, high, y)
        bars += placed
        y += max(rows, 1) * ROW + 8
    lane = y
    awaiting, rows = _packed([_window(one) for one in windows], awaited, low, high, y)
    y += rows * ROW + (8 if windows else 0)
    return Timeline(
        width=WIDTH,
        height=y + 4,
        bars=tuple(bars),
        lanes=tuple(lanes),
        ticks=_ticks(low, high),
        foretold=tuple(awaiting),
        foretold_y=lane,
    )


def _days(earliest: str | None, latest: str | None) -> Days:
    known = [dt.date.fromisoformat(day).toordinal() for day in (earliest, latest) if day]
    return min(known), max(known)


def _bar(event: EventLine) -> Bar:
    return Bar(
        event_id=event.event_id,
        title=event.title,
        when=interval(event.earliest, event.latest),
        x=0,
        y=0,
        width=0,
        status=status_of(event.dispute, event.n_origins),
        lat=event.lat,
        lon=event.lon,
    )


def _window(one: Foretold) -> Bar:
    when = interval(one.earliest, one.latest)
    return Bar(
        event_id=one.claim_id, title=one.title, when=when, x=0, y=0, width=0, status=one.verdict
    )


def _x(day: float, low: int, high: int) -> int:
    return round(LEFT + (day - low) / (high - low) * (WIDTH - LEFT - 8))


def _packed(
    bars: Iterable[Bar], spans: Mapping[str, Days], low: int, high: int, y: int
) -> tuple[list[Bar], int]:
    """Bars in as few rows as they fit, first come first placed; and the number of rows."""
    ends: list[int] = []
    placed: list[Bar] = []
    for bar in bars:
        first, last = (max(low, min(high - 1, day)) for day in spans[bar.event_id])
        x = _x(first, low, high)
        width = max(MIN_PX, _x(last + 1, low, high) - x)
        row = next((at for at, end in enumerate(ends) if end + 3 <= x), len(ends))
        ends[row:] = [x + width, *ends[row + 1 :]]
        placed.append(msgspec.structs.replace(bar, x=x, y=y + 5 + row * ROW, width=width))
    return placed, len(ends)


def _ticks(low: int, high: int) -> tuple[Tick, ...]:
    """Days, weeks, months or years, whichever gives at most ten or so."""
    first, last = dt.date.fromordinal(low), dt.date.fromordinal(high)
    span = high - low
    if span <= 80:
        step = 1 if span <= 10 else 7
        days = [dt.date.fromordinal(day) for day in range(low + 1, high, step)]
        return tuple(
            Tick(
                x=_x(day.toordinal(), low, high), label=f"{day.day} {_(MONTHS[day.month - 1])[:3]}"
            )
            for day in days
        )
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next((step for step in STEPS_MONTHS if months / step <= 11), STEPS_MONTHS[-1])
    start = first.year * 12 + first.month - 1
    found = []
    for month in range(start + (-start) % step, start + months + 1, step):
        day = dt.date(max(1, month // 12), month % 12 + 1, 1)
        if day >= first:
            name = str(day.year) if step >= 12 else f"{_(MONTHS[day.month - 1])[:3]} {day.year}"
            found.append(Tick(x=_x(day.toordinal(), low, high), label=name))
    return tuple(found)
