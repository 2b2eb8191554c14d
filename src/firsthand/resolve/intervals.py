"""Calendar intervals: inclusive first and last day, with the grain they were said in."""

import calendar
import math
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date, timedelta

import msgspec

_FAR = 10_000 * 366
"""More days than the calendar has: counts beyond are cut, so that no arithmetic overflows."""


class Interval(msgspec.Struct, frozen=True):
    """Inclusive days `earliest…latest`; None on one side is open. `granularity` as it was said."""

    earliest: date | None
    latest: date | None
    granularity: str


def day(year: int, month: int, number: int) -> Interval | None:
    """One day, or None where the calendar has no such day (30 February, year 20177)."""
    try:
        found = date(year, month, number)
    except (ValueError, OverflowError):
        return None
    return Interval(found, found, "day")


def single(when: date) -> Interval:
    """The interval of one day."""
    return Interval(when, when, "day")


def month(year: int, number: int) -> Interval | None:
    """A calendar month, or None outside the calendar."""
    if not (MINYEAR <= year <= MAXYEAR and 1 <= number <= 12):
        return None
    last = calendar.monthrange(year, number)[1]
    return Interval(date(year, number, 1), date(year, number, last), "month")


def years(first: int, last: int, granularity: str) -> Interval | None:
    """From 1 January of `first` to 31 December of `last`, or None outside the calendar."""
    if not MINYEAR <= first <= last <= MAXYEAR:
        return None
    return Interval(date(first, 1, 1), date(last, 12, 31), granularity)


def months(year: int, first: int, count: int, granularity: str) -> Interval | None:
    """`count` whole months from month `first` of `year`; runs over into the next year."""
    start = month(year, first)
    end_index = first - 1 + count - 1
    end = month(year + end_index // 12, end_index % 12 + 1)
    if start is None or end is None:
        return None
    return Interval(start.earliest, end.latest, granularity)


def week_of(when: date) -> Interval:
    """The ISO week (Monday to Sunday) of a day, cut where the calendar ends."""
    start = shift_days(when, -when.weekday())
    return Interval(start, shift_days(start, 6), "week")


def weekend_of(when: date) -> Interval:
    """Saturday and Sunday of the ISO week of a day."""
    start = shift_days(when, 5 - when.weekday())
    return Interval(start, shift_days(start, 1), "weekend")


def quarter(year: int, number: int) -> Interval | None:
    """A calendar quarter, 1 to 4."""
    return months(year, 3 * number - 2, 3, "quarter") if 1 <= number <= 4 else None


SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""First month of the meteorological season, northern hemisphere (WMO); docs/limits says so."""


def season(year: int, name: str) -> Interval | None:
    """A meteorological season; the winter of a year begins in its December."""
    return months(year, SEASON_START[name], 3, "season")


def shift_days(when: date, count: float) -> date:
    """`when` moved by whole days, held inside the calendar."""
    bounded = max(-_FAR, min(_FAR, count))
    try:
        return when + timedelta(days=round(bounded))
    except OverflowError:
        return date.max if bounded > 0 else date.min


def shift_months(when: date, count: float) -> date:
    """`when` moved by months, the day cut to the month's length; half a month is 15 days."""
    whole = math.trunc(max(-_FAR, min(_FAR, count)))
    index = when.year * 12 + when.month - 1 + whole
    index = max(MINYEAR * 12, min(MAXYEAR * 12 + 11, index))
    year, number = index // 12, index % 12 + 1
    moved = date(year, number, min(when.day, calendar.monthrange(year, number)[1]))
    rest = max(-_FAR, min(_FAR, count)) - whole
    return shift_days(moved, rest * 30) if rest else moved


UNIT_DAYS = {"D": 1, "W": 7, "F": 14, "WE": 7, "TH": 1 / 24, "TM": 1 / 1440, "TS": 1 / 86400}
UNIT_MONTHS = {"M": 1, "Q": 3, "S6": 6, "Y": 12, "DE": 120, "CE": 1200, "SEASON": 12}


def shift(when: date, count: float, unit: str) -> date:
    """`when` moved by `count` units (a code of `UNIT_DAYS` or `UNIT_MONTHS`)."""
    if unit in UNIT_DAYS:
        return shift_days(when, count * UNIT_DAYS[unit])
    return shift_months(when, count * UNIT_MONTHS[unit])


def around(when: date, unit: str) -> Interval | None:
    """The calendar unit that holds a day: its week, month, quarter, year, decade; else the day."""
    holder = _HOLDERS.get(unit)
    return holder(when) if holder else single(when)


def _half_year_of(when: date) -> Interval | None:
    return months(when.year, 1 if when.month < 7 else 7, 6, "half")


def _decade_of(when: date) -> Interval | None:
    return years(max(1, when.year // 10 * 10), when.year // 10 * 10 + 9, "decade")


_HOLDERS: dict[str, Callable[[date], Interval | None]] = {
    "W": week_of,
    "F": week_of,
    "WE": weekend_of,
    "M": lambda when: month(when.year, when.month),
    "Q": lambda when: quarter(when.year, (when.month - 1) // 3 + 1),
    "S6": _half_year_of,
    "Y": lambda when: years(when.year, when.year, "year"),
    "SEASON": lambda when: years(when.year, when.year, "year"),
    "DE": _decade_of,
    "CE": lambda when: century(when.year // 100 + 1),
}
"""What holds a day, by unit code; a fortnight is held by its week, a sports season by its year."""


def century(number: int) -> Interval | None:
    """The n-th century as usage has it: the 20th is 1900 to 1999."""
    first = (number - 1) * 100
    return years(max(1, first), first + 99, "century")


_THIRDS = {"START": (0.0, 1 / 3), "MID": (1 / 3, 2 / 3), "END": (2 / 3, 1.0)}


def part(whole: Interval, name: str) -> Interval:
    """The first, middle or last third (START, MID, END); of a day, the day itself."""
    if whole.earliest is None or whole.latest is None:
        return whole
    return share(whole, *_THIRDS[name])


def share(whole: Interval, start: float, end: float) -> Interval:
    """The stretch of `whole` between two fractions of its length, in whole days."""
    if whole.earliest is None or whole.latest is None:
        return whole
    length = (whole.latest - whole.earliest).days + 1
    if length < 3:
        return whole
    first = whole.earliest + timedelta(days=math.floor(start * length))
    last = whole.earliest + timedelta(days=max(math.ceil(end * length) - 1, 0))
    return Interval(first, max(first, last), f"part of {whole.granularity}")


def week_in_month(whole: Interval, number: int) -> Interval:
    """The n-th seven days of a month (the fifth is cut); -1 is its last seven days."""
    if whole.earliest is None or whole.latest is None:
        return whole
    if number < 0:
        return Interval(shift_days(whole.latest, -6), whole.latest, "week")
    start = min(shift_days(whole.earliest, 7 * (number - 1)), whole.latest)
    return Interval(start, min(shift_days(start, 6), whole.latest), "week")


def hull(one: Interval, other: Interval) -> Interval:
    """From the start of the earlier to the end of the later; an open side stays open."""
    starts = (one.earliest, other.earliest)
    ends = (one.latest, other.latest)
    earliest = None if None in starts else min(item for item in starts if item is not None)
    latest = None if None in ends else max(item for item in ends if item is not None)
    return Interval(earliest, latest, "period")
