"""Stretches that two times bound together: a night between two days, a week that ends on one."""

from datetime import date
from typing import Final

import msgspec

from firsthand.resolve import intervals
from firsthand.resolve.intervals import Interval
from firsthand.resolve.timex_absolute import a_date, a_month
from firsthand.resolve.timex_calendars import hijri_month
from firsthand.resolve.timex_days import as_time, weekday, with_daypart
from firsthand.resolve.timex_forms import (
    NO_ANCHOR,
    Context,
    Form,
    Meaning,
    Parts,
    anchored,
    unresolved,
)
from firsthand.resolve.timex_lengths import counts
from firsthand.resolve.timex_relative import calendar_value
from firsthand.resolve.timex_years import nearest_year

_WEEK: Final = 7


def night_span(parts: Parts, context: Context) -> Meaning:
    """As in "overnight into Friday", "the night of 19-20 March": both days of that night."""
    tail = "" if parts.word("D") == "overnight" else parts.code("P")
    if parts.has("M"):
        return _dated_night(parts, context, tail or "NI")
    days = parts.numbers("W")
    last = weekday(_only(parts, "W", -1), context)
    end = last.interval.latest if last.interval else None
    if end is None:
        return as_time(last)
    back = (days[-1] - days[0]) % _WEEK if len(days) > 1 else 1
    first = intervals.shift_days(end, -back)
    value = with_daypart(first.isoformat(), tail or "NI")
    return as_time(anchored(Interval(first, end, "night"), value))


def _dated_night(parts: Parts, context: Context, tail: str) -> Meaning:
    """The night between two days of a month that are both given."""
    numbers = parts.numbers("do")
    rest = tuple(piece for piece in parts.pieces if piece.cls in "MY")
    ends = [a_date(Parts((*rest, piece)), context) for piece in parts.pieces if piece.cls in "do"]
    first, last = ends[0].interval, ends[-1].interval
    if first is None or last is None or numbers[0] > numbers[-1]:
        return as_time(ends[0])
    span = Interval(first.earliest, last.latest, "night")
    value = with_daypart(ends[0].value, tail)
    return as_time(msgspec.structs.replace(ends[0], interval=span, value=value))


def _only(parts: Parts, cls: str, which: int) -> Parts:
    """One of the tokens of a class, alone."""
    return Parts((([piece for piece in parts.pieces if piece.cls == cls])[which],))


def run_to(parts: Parts, context: Context) -> Meaning:
    """As in "the week ending 17 March", "the 24 hours to Friday": so long back from its end."""
    close = _end(parts.after("qr<"), context)
    latest = close.interval.latest if close.interval else None
    unit, (_, count) = parts.code("Uh"), counts(_before(parts))
    if latest is None or count is None:
        return msgspec.structs.replace(close, type="DATE")
    if parts.has("h"):
        first = intervals.shift(latest, -count, unit)
    else:
        first = intervals.shift_days(
            intervals.shift(intervals.shift_days(latest, 1), -count, unit), 0
        )
    value = f"{first.isoformat()}/{latest.isoformat()}"
    return msgspec.structs.replace(
        close, interval=Interval(first, latest, "period"), value=value, type="DATE"
    )


def _before(parts: Parts) -> Parts:
    """The length that such a stretch has, without its end."""
    index = next(i for i, piece in enumerate(parts.pieces) if piece.cls in "Uh")
    return Parts(parts.pieces[: index + 1])


def _end(parts: Parts, context: Context) -> Meaning:
    """The day or month at the end of a stretch."""
    if parts.has("M") and parts.has("do"):
        return a_date(parts, context)
    return a_month(parts, context) if parts.has("M") else weekday(parts, context)


def week_of(parts: Parts, context: Context) -> Meaning:
    """As in "the week of 4 March": the calendar week that holds the day."""
    day = a_date(Parts(tuple(p for p in parts.pieces if p.cls not in "Uf")), context)
    when = day.interval.earliest if day.interval else None
    if when is None:
        return day
    found, value = intervals.week_of(when), calendar_value(when, "W")
    return msgspec.structs.replace(day, interval=found, value=value)


def before_last(parts: Parts, context: Context) -> Meaning:
    """As in "the week before last", "the month after next": two units from the anchor's."""
    if context.anchor is None:
        return unresolved("XXXX", NO_ANCHOR)
    unit = parts.code("U")
    when = intervals.shift(context.anchor, -2 if parts.has("B") else 2, unit)
    return anchored(intervals.around(when, unit), calendar_value(when, unit))


def from_weekday(parts: Parts, context: Context) -> Meaning:
    """As in "a week from Tuesday": so long after the next such day."""
    _, count = counts(_before(parts))
    ahead = msgspec.structs.replace(context, direction="future", cue="")
    day = weekday(_only(parts, "W", -1), ahead)
    when = day.interval.earliest if day.interval else None
    if when is None or count is None:
        return day
    moved = intervals.shift(when, count, parts.code("U"))
    return anchored(intervals.single(moved), moved.isoformat())


def islamic_month(parts: Parts, context: Context) -> Meaning:
    """As in "during Ramadan": that month of the year said, else the nearest, a day either side."""
    month, year = parts.number("m") or 1, parts.number("NY")
    if year is not None and year < _FIRST_YEAR:
        whole = hijri_month(year, month)
        return Meaning(_iso(whole), whole, "absolute", approximate=True)

    def build(one: int) -> Interval | None:
        return _starting_in(one, month)

    if year is not None:
        found = build(year)
        return Meaning(_iso(found), found, "absolute" if found else "unresolved", approximate=True)
    nearest = nearest_year(build, "XXXX", context)
    return Meaning(
        _iso(nearest.interval) if nearest.interval else nearest.value,
        nearest.interval,
        nearest.basis,
        nearest.reason,
        approximate=True,
    )


_FIRST_YEAR: Final = 1700
"""Below it the year of an Islamic month is one of its own calendar."""


def _starting_in(year: int, month: int) -> Interval | None:
    """The first such month of the Islamic calendar that begins in a year of ours."""
    lunar = int((year - 622) * 33 / 32)
    found = (hijri_month(one, month) for one in range(max(1, lunar - 1), max(1, lunar) + 3))
    return next((one for one in found if one.earliest and _middle(one).year == year), None)


def _middle(found: Interval) -> date:
    first, last = found.earliest or date.min, found.latest or date.max
    return first + (last - first) // 2


def _iso(found: Interval | None) -> str:
    if found is None or found.earliest is None or found.latest is None:
        return "XXXX"
    return f"{found.earliest.isoformat()}/{found.latest.isoformat()}"


FORMS: Final[dict[str, Form]] = {
    "night_span": night_span,
    "run_to": run_to,
    "week_of": week_of,
    "before_last": before_last,
    "from_weekday": from_weekday,
    "islamic_month": islamic_month,
}
