"""Feast days, fixed and movable, and dates of the Islamic calendar."""

import re
from datetime import MAXYEAR, date, timedelta
from typing import Final

from firsthand.resolve import intervals
from firsthand.resolve.intervals import Interval
from firsthand.resolve.timex_forms import Context, Form, Meaning, Parts, absolute, unresolved
from firsthand.resolve.timex_years import nearest_year

_EASTER: Final = re.compile(r"E(?P<days>[+-]\d+)")
_NTH: Final = re.compile(r"(?P<day>[A-Z]{3})(?P<nth>[+-]\d)-(?P<month>\d\d)")
_ISLAMIC: Final = re.compile(r"I(?P<month>\d\d)-(?P<day>\d\d)")
_DAYS: Final = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")


def holiday(parts: Parts, context: Context) -> Meaning:
    """As in "Christmas Eve 2015", "Easter Monday", "Thanksgiving": in the year said, else the nearest.

    Codes of the table: "12-25" a fixed day, "E+1" days from Easter Sunday of the western churches,
    "THU+4-11" the fourth Thursday of November, "I10-01" a day of the Islamic calendar.
    """
    code, year = parts.code("H"), parts.number("Y")

    def build(one: int) -> Interval | None:
        return feast(one, code)

    found = build(year) if year is not None else None
    if year is not None:
        return absolute(found, _iso(found) or f"{year:04d}", f"no such day in {year}")
    nearest = nearest_year(build, "XXXX", context)
    return Meaning(
        _iso(nearest.interval) or nearest.value,
        nearest.interval,
        nearest.basis,
        nearest.reason,
        approximate=code.startswith("I"),
    )


def _iso(found: Interval | None) -> str | None:
    """The middle day of an interval: the day meant."""
    if found is None or found.earliest is None or found.latest is None:
        return None
    return (found.earliest + (found.latest - found.earliest) // 2).isoformat()


def feast(year: int, code: str) -> Interval | None:
    """The day of a feast in a year, or None outside the calendar; Islamic days are a day either side."""
    if not 1 <= year < MAXYEAR:
        return None
    if moved := _EASTER.fullmatch(code):
        return intervals.single(intervals.shift_days(easter(year), int(moved["days"])))
    if nth := _NTH.fullmatch(code):
        return intervals.single(_nth_weekday(year, nth))
    if islamic := _ISLAMIC.fullmatch(code):
        return _islamic(year, int(islamic["month"]), int(islamic["day"]))
    month, number = (int(item) for item in code.split("-"))
    return intervals.day(year, month, number)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, ch. 8)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap, extra = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * extra + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, number = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, number + 1)


def _nth_weekday(year: int, found: re.Match[str]) -> date:
    """The n-th such weekday of a month; the last one for -1."""
    nth, month = int(found["nth"]), int(found["month"])
    weekday = _DAYS.index(found["day"])
    if nth < 0:
        end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return end - timedelta(days=(end.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _islamic(year: int, month: int, number: int) -> Interval | None:
    """The first such day of the Islamic calendar within a year of ours, a day either side."""
    lunar = int((year - 622) * 33 / 32)
    for candidate in range(lunar - 1, lunar + 3):
        centre = _hijri_day(candidate, month, number)
        if candidate > 0 and centre.year == year:
            return _around(centre)
    return None


def _around(centre: date) -> Interval:
    """A day and its neighbours: the sighting of the moon differs by place."""
    return Interval(intervals.shift_days(centre, -1), intervals.shift_days(centre, 1), "day")


_HIJRI_EPOCH: Final = date(622, 7, 19)
"""1 Muharram 1 in the proleptic Gregorian calendar, civil epoch (Calendrical Calculations, 7)."""


def hijri(parts: Parts, context: Context) -> Meaning:
    """As in "15 Ramadan 1437": a day either side, for the sighting of the moon differs by place."""
    year, number = parts.number("NY") or 0, parts.number("do") or 0
    month = parts.number("m") or 1
    if not (1 <= number <= 30 and 1 <= year < 3000):
        return unresolved("XXXX-XX-XX", "no day of the Islamic calendar")
    if context.reference is not None and context.cue == "beside":
        return absolute(context.reference, str(context.reference.earliest))
    centre = _hijri_day(year, month, number)
    return Meaning(centre.isoformat(), _around(centre), "absolute", approximate=True)


def _hijri_day(year: int, month: int, number: int) -> date:
    """A day of the tabular Islamic calendar in ours."""
    days = number - 1 + -(-59 * (month - 1) // 2) + (year - 1) * 354 + (3 + 11 * year) // 30
    return intervals.shift_days(_HIJRI_EPOCH, days)


def hijri_month(year: int, month: int) -> Interval:
    """A month of the tabular Islamic calendar, with a day more at either end."""
    following = (year + 1, 1) if month == 12 else (year, month + 1)
    last = _hijri_day(*following, 1)
    return Interval(intervals.shift_days(_hijri_day(year, month, 1), -1), last, "month")


def hijri_year(year: int) -> Meaning:
    """As in "1437 AH": a lunar year, approximate at both ends."""
    first = intervals.shift_days(_HIJRI_EPOCH, (year - 1) * 354 + (3 + 11 * year) // 30)
    last = intervals.shift_days(first, 355)
    return Meaning(f"{first.year:04d}", Interval(first, last, "year"), "absolute", approximate=True)


FORMS: Final[dict[str, Form]] = {"holiday": holiday, "hijri": hijri}
