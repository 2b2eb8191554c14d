"""Times whose words name a calendar date, month, year, quarter, season, decade or century."""

import re
from datetime import date, timedelta
from typing import Final

import msgspec

from firsthand.resolve import intervals
from firsthand.resolve.intervals import Interval
from firsthand.resolve.timex_calendars import hijri_year
from firsthand.resolve.timex_forms import (
    BEFORE_CALENDAR,
    FROM_EVENT,
    NO_ANCHOR,
    Context,
    Form,
    Meaning,
    Parts,
    absolute,
    anchored,
    unresolved,
)
from firsthand.resolve.timex_years import nearest_year, story_day, two_digit_year

_DOY: Final = "do"


def with_part(meaning: Meaning, parts: Parts) -> Meaning:
    """The meaning cut to its early, middle or late third where the words say so."""
    name = parts.code("p")
    if not name or meaning.interval is None:
        return meaning
    return msgspec.structs.replace(meaning, interval=intervals.part(meaning.interval, name))


def iso(parts: Parts, _context: Context) -> Meaning:
    """As in "2016-03-05"."""
    year, month, number = parts.numbers("Yd")[:3]
    return absolute(intervals.day(year, month, number), f"{year:04d}-{month:02d}-{number:02d}")


def numeric(parts: Parts, _context: Context) -> Meaning:
    """As in "13/3/2016", "2016/03/13", "3.13.16"; unresolved where day and month may be swapped.

    A dotted date is day first (CLDR: no region writes month first with dots).
    """
    word = parts.word("%")
    first, second, third = (int(item) for item in re.split(r"[/.]", word)[:3])
    if len(re.split(r"[/.]", word)[0]) == 4:
        year, month, number = first, second, third
    else:
        year = two_digit_year(third) if third < 100 else third
        number, month = first, second
        if month > 12 >= number:
            number, month = month, number
        elif number <= 12 and number != month and "/" in word:
            return unresolved(f"{year:04d}-XX-XX", f"day and month of {word} may be swapped")
    return absolute(intervals.day(year, month, number), f"{year:04d}-{month:02d}-{number:02d}")


def day_range(parts: Parts, context: Context) -> Meaning:
    """As in "3–5 March 2016", "March 3 to 5"."""
    days, month = parts.numbers(_DOY)[:2], parts.number("M") or 1
    year = parts.number("Y") or context.year

    def build(one: int) -> Interval | None:
        first, last = intervals.day(one, month, days[0]), intervals.day(one, month, days[1])
        if first is None or last is None or days[0] > days[1]:
            return None
        return intervals.hull(first, last)

    shape = f"-{month:02d}-{days[0]:02d}/XXXX-{month:02d}-{days[1]:02d}"
    if year is not None:
        return absolute(build(year), f"{year:04d}{shape.replace('XXXX', f'{year:04d}')}")
    return nearest_year(build, "XXXX" + shape, context)


def a_date(parts: Parts, context: Context) -> Meaning:
    """As in "Tuesday, 3 March 2016", "March 3rd", "the 3rd of March"."""
    month, number = parts.number("M") or 1, parts.number(_DOY) or 0
    year = parts.number("Y") or context.year
    shape = f"-{month:02d}-{number:02d}"
    if year is not None:
        return with_part(absolute(intervals.day(year, month, number), f"{year:04d}{shape}"), parts)
    if intervals.day(2000, month, number) is None:
        return unresolved(f"XXXX{shape}", f"month {month} has no day {number}")
    context = _looking_back(parts, context)
    return with_part(
        nearest_year(lambda one: intervals.day(one, month, number), f"XXXX{shape}", context), parts
    )


def day_of_month(parts: Parts, context: Context) -> Meaning:
    """As in "on the fifth": of the month last mentioned, else of the anchor's month."""
    number = parts.number("o") or 0
    base = context.reference.earliest if context.reference else context.anchor
    if context.anchor is None or base is None:
        return unresolved(f"XXXX-XX-{number:02d}", NO_ANCHOR)
    return anchored(
        intervals.day(base.year, base.month, number),
        f"{base.year:04d}-{base.month:02d}-{number:02d}",
    )


def a_month(parts: Parts, context: Context) -> Meaning:
    """As in "March 2016", "early March", "in March"."""
    month = parts.number("M") or 1
    year = parts.number("YN") or context.year
    if year is not None:
        found = absolute(intervals.month(year, month), f"{year:04d}-{month:02d}")
    else:
        context = _looking_back(parts, context)
        found = nearest_year(lambda one: intervals.month(one, month), f"XXXX-{month:02d}", context)
    return with_part(found, parts)


def _looking_back(parts: Parts, context: Context) -> Context:
    """The context of "the 12th of October last": the one before the day of what is told."""
    if parts.pieces[-1].cls != "L":
        return context
    return Context(story_day(context) or context.anchor, direction="past", cue=context.cue)


def month_range(parts: Parts, _context: Context) -> Meaning:
    """As in "January-June 2016"."""
    first, last = parts.numbers("M")[:2]
    year = parts.number("Y") or 0
    length = last - first + 1
    found = intervals.months(year, first, length, "period") if length > 0 else None
    return absolute(found, f"{year:04d}-{first:02d}/{year:04d}-{last:02d}")


def unit_of_month(parts: Parts, context: Context) -> Meaning:
    """As in "the first week of September", "the last day of March 2016", "the end of the week of …"."""
    whole = a_month(Parts(tuple(p for p in parts.pieces if p.cls in "MY")), context)
    if whole.interval is None:
        return whole
    number = -1 if parts.has("L") else parts.number("o")
    if number is None:
        return with_part(whole, parts)
    unit = parts.code("U")
    found: Interval | None = whole.interval
    if unit == "D" and whole.interval.earliest and whole.interval.latest:
        base = whole.interval.latest if number < 0 else whole.interval.earliest
        day = base + timedelta(days=max(number, 1) - 1)
        return Meaning(day.isoformat(), intervals.single(day), whole.basis, whole.reason)
    if unit in {"W", "WE"}:
        found = intervals.week_in_month(whole.interval, number)
    return Meaning(whole.value, found, whole.basis, whole.reason)


def half(parts: Parts, context: Context) -> Meaning:
    """As in "the first half of 2016", "the second half of the 19th century"."""
    ordinal = -1 if parts.has("L") else parts.number("o") or 1
    whole = _whole_of(parts.after("f"), context)
    if whole.interval is None:
        return whole
    bounds = (0.0, 0.5) if ordinal == 1 else (0.5, 1.0)
    value = whole.value
    if re.fullmatch(r"\d{4}", value):
        value += "-H1" if ordinal == 1 else "-H2"
    return Meaning(value, intervals.share(whole.interval, *bounds), whole.basis, whole.reason)


def _whole_of(rest: Parts, context: Context) -> Meaning:
    if rest.has("M"):
        return a_month(rest, context)
    if rest.has("Y"):
        return a_year(rest, context)
    if rest.has("E"):
        return decade(rest, context)
    if rest.has("o"):
        return century(rest, context)
    unit = rest.code("U")
    if context.anchor is None:
        return unresolved("XXXX", NO_ANCHOR)
    return anchored(intervals.around(context.anchor, unit), f"{context.anchor.year:04d}")


def quarter(parts: Parts, context: Context) -> Meaning:
    """As in "the third quarter of 2016", "Q3 2016"; without a year the latest such quarter."""
    numbers = [4] if parts.has("L") else parts.numbers("od")
    number = numbers[0] if numbers else 0
    year = parts.number("Y") or context.year
    if parts.has("oL") and parts.code("U") not in {"Q", ""}:
        return _nth_unit(parts, context)
    if parts.has("T") and context.anchor is not None:
        year = context.anchor.year
    if year is not None:
        return absolute(intervals.quarter(year, number), f"{year:04d}-Q{number}")
    return nearest_year(lambda one: intervals.quarter(one, number), f"XXXX-Q{number}", context)


def _nth_unit(parts: Parts, context: Context) -> Meaning:
    """As in "the second month of 2016"; "the first week" of nothing named stays unresolved."""
    year, number, unit = parts.number("Y"), parts.number("o") or 1, parts.code("U")
    if parts.has("L") and year is not None:
        return _last_unit(year, unit)
    if unit == "CE":
        return century(parts, context)
    if year is None:
        return unresolved("XXXX", FROM_EVENT)
    if unit == "M":
        return absolute(intervals.month(year, number), f"{year:04d}-{number:02d}")
    start = date(year, 1, 1) if 0 < year < 10000 else None
    days = {"D": 1, "W": 7}.get(unit)
    if start is None or days is None:
        return absolute(intervals.years(year, year, "year"), f"{year:04d}")
    first = intervals.shift_days(start, days * (number - 1))
    return absolute(Interval(first, intervals.shift_days(first, days - 1), "week"), f"{year:04d}")


def _last_unit(year: int, unit: str) -> Meaning:
    """As in "the last week of 2016"."""
    end = date(year, 12, 31)
    begin = end if unit == "D" else intervals.shift_days(intervals.shift(end, -1, unit), 1)
    finest = unit if unit in {"D", "M"} else "Y"
    value = {"D": end.isoformat(), "M": f"{year:04d}-12"}.get(finest, f"{year:04d}")
    return absolute(Interval(begin, end, f"part of {year:04d}"), value)


def century(parts: Parts, _context: Context) -> Meaning:
    """As in "the late 19th century"; ordinals before other units are not times of the calendar."""
    number = parts.number("o") or 0
    if parts.has("U") and parts.code("U") != "CE":
        return unresolved("XXXX", FROM_EVENT)
    if (parts.number("J") or 1) < 0:
        return _before_calendar(f"BC{number - 1:02d}")
    return with_part(absolute(intervals.century(number), f"{number - 1:02d}"), parts)


def decade(parts: Parts, _context: Context) -> Meaning:
    """As in "the 1990s", "the early '60s"; two digits are of the 20th century."""
    digits = parts.code("E") or str(parts.number("E") or 0)
    first = int(digits) if len(digits) == 4 else 1900 + int(digits[-2:] or 0)
    if len(digits) == 4 and first % 100 == 0 and first < 2000:
        return with_part(
            absolute(intervals.century(first // 100 + 1), f"{first // 100:02d}"), parts
        )
    first -= first % 10
    return with_part(
        absolute(intervals.years(first, first + 9, "decade"), f"{first // 10:03d}"), parts
    )


def season(parts: Parts, context: Context) -> Meaning:
    """As in "the summer of 2015", "this winter"; seasons are the northern ones."""
    name, year = parts.code("S"), parts.number("Y") or context.year
    if year is not None:
        return with_part(absolute(intervals.season(year, name), f"{year:04d}-{name}"), parts)
    return with_part(
        nearest_year(lambda one: intervals.season(one, name), f"XXXX-{name}", context), parts
    )


def fiscal(parts: Parts, _context: Context) -> Meaning:
    """As in "fiscal 2016", "financial year 2016/17": its start differs by country, so two years wide."""
    year = parts.number("Y") or 0
    if parts.has("-/"):
        return absolute(intervals.years(year, year + 1, "fiscal year"), f"FY{year:04d}")
    return absolute(intervals.years(year - 1, year, "fiscal year"), f"{year:04d}")


def era(parts: Parts, _context: Context) -> Meaning:
    """As in "347 AD", "400 BCE"; years before the common era are outside the calendar used here."""
    year, sign = parts.number("dNY") or 0, parts.number("J")
    if sign is None:
        return hijri_year(year)
    if sign < 0:
        return _before_calendar(f"BC{year:04d}")
    return absolute(intervals.years(year, year, "year"), f"{year:04d}")


def _before_calendar(value: str) -> Meaning:
    """A year before the common era: all that the calendar can say is that it ends before it."""
    return Meaning(value, Interval(None, date.min, "open"), "absolute", BEFORE_CALENDAR)


def year_span(parts: Parts, _context: Context) -> Meaning:
    """As in "2015-16": two years that follow, else the first stands alone."""
    year, tail = parts.number("Y") or 0, parts.number("d") or 0
    last = year // 100 * 100 + tail
    if not year < last <= year + 20:
        return absolute(intervals.years(year, year, "year"), f"{year:04d}")
    return absolute(intervals.years(year, last, "period"), f"{year:04d}/{last:04d}")


def named_year(parts: Parts, context: Context) -> Meaning:
    """As in "the year 2030"; a year beyond the calendar ("year 20177") is kept unresolved."""
    year = parts.number("NYd")
    if year is None or not 0 < year < 10000:
        said = parts.word("NYd")[:12]
        return unresolved("XXXX", f"year {said} is outside the calendar (1 to 9999)")
    return a_year(parts, context)


def a_year(parts: Parts, _context: Context) -> Meaning:
    """As in "2016", "early 2014"."""
    year = parts.number("YNd") or 0
    return with_part(absolute(intervals.years(year, year, "year"), f"{year:04d}"), parts)


FORMS: Final[dict[str, Form]] = {
    "iso": iso,
    "numeric": numeric,
    "day_range": day_range,
    "date": a_date,
    "month": a_month,
    "month_range": month_range,
    "unit_of_month": unit_of_month,
    "half": half,
    "quarter": quarter,
    "century": century,
    "decade": decade,
    "season": season,
    "fiscal": fiscal,
    "era": era,
    "year_span": year_span,
    "named_year": named_year,
    "year": a_year,
    "day_of_month": day_of_month,
}
