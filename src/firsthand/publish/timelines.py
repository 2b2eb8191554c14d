"""The timeline: one bar an event from its earliest to its latest possible day, in lanes by type."""

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence

from firsthand.model.event import Event
from firsthand.model.record import Part
from firsthand.publish.map_views import status_of
from firsthand.publish.words import MONTHS, _, interval

WIDTH, LEFT, TOP, ROW = 1300, 190, 26, 18
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
    undated: int
    """Events without any day: counted, never dropped."""


Days = tuple[int, int]


def timeline(events: Sequence[Event]) -> Timeline:
    """The timeline of these events; an open end is drawn at the edge of what is known."""
    dated = [event for event in events if event.earliest or event.latest]
    if not dated:
        return Timeline(width=WIDTH, height=0, bars=(), lanes=(), ticks=(), undated=len(events))
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
        undated=len(events) - len(dated),
    )


def _days(event: Event) -> Days:
    known = [day for day in (event.earliest, event.latest) if day]
    ordinals = [dt.date.fromisoformat(day).toordinal() for day in known]
    return min(ordinals), max(ordinals)


def _x(day: float, low: int, high: int) -> int:
    return round(LEFT + (day - low) / (high - low) * (WIDTH - LEFT - 8))


def _packed(
    events: Iterable[Event], spans: dict[str, Days], low: int, high: int, y: int
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
                status=status_of([event]),
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
