"""The timeline: one bar an event from its earliest to its latest possible day, in lanes by type."""

import datetime as dt
import itertools
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from firsthand.model.record import Part
from firsthand.publish import lists
from firsthand.publish.event_columns import status_of
from firsthand.publish.lists import EventLine
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


Days = tuple[int, int]


class Slot(Part, frozen=True, kw_only=True):
    """One month, or one year, of the overview."""

    x: float
    width: float
    height: float
    count: int
    label: str
    begins: str
    ends: str


def timeline_of(
    db: sqlite3.Connection, asked: Mapping[str, str]
) -> tuple[Timeline, tuple[Slot, ...]]:
    """The timeline of the events that fit the filters, and the overview of all times."""
    whole = {key: value for key, value in asked.items() if key not in ("from", "to", "undated")}
    bars = timeline(lists.event_lines(db, asked, MOST_BARS, dated=True))
    return bars, overview(lists.by_month(db, whole))


STRIP_PX, STRIP_HEIGHT = 1080, 34
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
    width, most = min(26.0, STRIP_PX / slots), max(counts.values())
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


def timeline(dated: Sequence[EventLine]) -> Timeline:
    """The timeline of these dated events; an open end is drawn at the edge of what is known."""
    if not dated:
        return Timeline(width=WIDTH, height=0, bars=(), lanes=(), ticks=())
    shown = sorted(dated, key=lambda event: (-event.n_pages, event.event_id))[:MOST_BARS]
    spans = {event.event_id: _days(event) for event in shown}
    low = max(1, min(span[0] for span in spans.values()) - 1)
    high = min(dt.date.max.toordinal(), max(span[1] for span in spans.values()) + 2)
    lanes, bars, y = [], [], TOP
    by_type = sorted(shown, key=lambda event: (event.type, spans[event.event_id], event.event_id))
    for kind, some in itertools.groupby(by_type, key=lambda event: event.type):
        lanes.append(Lane(kind=kind, y=y))
        placed, rows = _packed(some, spans, low, high, y)
        bars += placed
        y += max(rows, 1) * ROW + 8
    return Timeline(
        width=WIDTH,
        height=y + 4,
        bars=tuple(bars),
        lanes=tuple(lanes),
        ticks=_ticks(low, high),
    )


def _days(event: EventLine) -> Days:
    known = [day for day in (event.earliest, event.latest) if day]
    ordinals = [dt.date.fromisoformat(day).toordinal() for day in known]
    return min(ordinals), max(ordinals)


def _x(day: float, low: int, high: int) -> int:
    return round(LEFT + (day - low) / (high - low) * (WIDTH - LEFT - 8))


def _packed(
    events: Iterable[EventLine], spans: dict[str, Days], low: int, high: int, y: int
) -> tuple[list[Bar], int]:
    """Bars in as few rows as they fit, first come first placed; and the number of rows."""
    ends: list[int] = []
    bars: list[Bar] = []
    for event in events:
        first, last = spans[event.event_id]
        x = _x(first, low, high)
        width = max(MIN_PX, _x(last + 1, low, high) - x)
        row = next((at for at, end in enumerate(ends) if end + 3 <= x), len(ends))
        ends[row:] = [x + width, *ends[row + 1 :]]
        bars.append(
            Bar(
                event_id=event.event_id,
                title=event.title,
                when=interval(event.earliest, event.latest),
                x=x,
                y=y + 5 + row * ROW,
                width=width,
                status=status_of(event.dispute, event.n_origins),
                lat=event.lat,
                lon=event.lon,
            )
        )
    return bars, len(ends)


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
