"""Times that count from the day of speaking or from a time mentioned before."""

from datetime import date
from typing import Final

import msgspec

from firsthand.model.precision import width_days
from firsthand.resolve import intervals
from firsthand.resolve.intervals import Interval
from firsthand.resolve.timex_absolute import a_month, season, with_part
from firsthand.resolve.timex_calendars import holiday
from firsthand.resolve.timex_days import as_time, present, weekday, with_daypart
from firsthand.resolve.timex_forms import (
    FROM_EVENT,
    NO_ANCHOR,
    NO_REFERENCE,
    Context,
    Form,
    Meaning,
    Parts,
    anchored,
    unresolved,
)
from firsthand.resolve.timex_lengths import counts, length_value
from firsthand.resolve.timex_years import story_day

_DIRECTIONS: Final = {"L": -1, "T": 0, "X": 1, "F": 1}


def calendar_value(when: date, unit: str) -> str:
    """The TIMEX3 value of the unit that holds a day: "2016-W10", "2016-03", "201"."""
    week_year, week, _ = when.isocalendar()
    return {
        "D": when.isoformat(),
        "W": f"{week_year:04d}-W{week:02d}",
        "F": f"{week_year:04d}-W{week:02d}",
        "WE": f"{week_year:04d}-W{week:02d}-WE",
        "M": f"{when.year:04d}-{when.month:02d}",
        "Q": f"{when.year:04d}-Q{(when.month + 2) // 3}",
        "S6": f"{when.year:04d}-H{1 if when.month < 7 else 2}",
        "Y": f"{when.year:04d}",
        "SEASON": f"{when.year:04d}",
        "DE": f"{when.year // 10:03d}",
        "CE": f"{when.year // 100:02d}",
    }.get(unit, when.isoformat())


def near(parts: Parts, context: Context) -> Meaning:
    """As in "last week", "this month", "next year", "last March", "this summer", "this evening"."""
    direction = next((_DIRECTIONS[p.cls] for p in parts.pieces if p.cls in _DIRECTIONS), 0)
    if parts.has("W"):
        return weekday(parts, context)
    if context.anchor is None:
        return unresolved("XXXX", NO_ANCHOR)
    named = next((form for cls, form in _NAMED.items() if parts.has(cls)), None)
    if named is not None and parts.has("T") and not parts.has("LX"):
        return _of_this_year(named, parts, context.anchor)
    if named is not None:
        return named(parts, _pointed(context, direction))
    return _unit_near(parts, context.anchor, direction, context)


def _of_this_year(named: Form, parts: Parts, anchor: date) -> Meaning:
    """As in "this March", "this summer": of the anchor's year; the winter at its start, of the last."""
    year = anchor.year - (parts.code("S") == "WI" and anchor.month < 3)
    meaning = named(parts, Context(anchor, None, year=year))
    return msgspec.structs.replace(meaning, basis="anchored")


_NAMED: Final[dict[str, Form]] = {"M": a_month, "S": season, "H": holiday}


def _unit_near(parts: Parts, anchor: date, direction: int, context: Context) -> Meaning:
    """The unit or part of a day before, around or after the anchor."""
    unit = parts.code("Uh")
    if not unit:
        tail = parts.code("P")
        when = intervals.shift_days(anchor, direction)
        return as_time(anchored(intervals.single(when), f"{when.isoformat()}T{tail}"))
    if unit not in intervals.UNIT_DAYS and unit not in intervals.UNIT_MONTHS:
        return unresolved("XXXX", NO_ANCHOR)
    if unit == "WE" and parts.has("T") and _just_past(context):
        direction = -1
    when = intervals.shift(anchor, direction, unit)
    return anchored(intervals.around(when, unit), calendar_value(when, unit))


def _just_past(context: Context) -> bool:
    """Whether "this weekend" is the one behind: said from Monday to Wednesday, not of a plan."""
    day = context.anchor.isoweekday() if context.anchor else 7
    return day <= 3 and context.direction != "future"


def _pointed(context: Context, direction: int) -> Context:
    """A context that looks strictly back for "last", ahead for "next", around for "this"."""
    anchor = context.anchor
    if anchor is None or direction == 0:
        return Context(anchor, None, context.cue, context.direction)
    moved = intervals.shift_days(anchor, 31 * direction)
    return Context(moved, None, context.cue, "past" if direction < 0 else "future")


def unit_part(parts: Parts, context: Context) -> Meaning:
    """As in "the end of the year", "early next month", "late last year", "later this week"."""
    unit = parts.code("U")
    if parts.has("t"):
        return with_part(anaphor(parts.after("BZ"), context), parts)
    if not unit:
        return near(parts, context)
    if context.anchor is None:
        return unresolved("XXXX", NO_ANCHOR)
    direction = next((_DIRECTIONS[p.cls] for p in parts.pieces if p.cls in _DIRECTIONS), 0)
    when = intervals.shift(context.anchor, direction, unit)
    meaning = anchored(intervals.around(when, unit), calendar_value(when, unit))
    whole = meaning.interval
    if whole is None or not parts.has("BZ") or direction:
        return with_part(meaning, parts)
    if parts.has("Z"):
        whole = Interval(context.anchor, whole.latest, f"part of {whole.granularity}")
    else:
        whole = Interval(whole.earliest, context.anchor, f"part of {whole.granularity}")
    return anchored(whole, meaning.value)


def whole_phrase(parts: Parts, context: Context) -> Meaning:
    """As in "before the day is out", "by year's end", "over the weekend", "World War II"."""
    code = parts.code("@")
    if "/" in code:
        first, last = code.split("/")
        span = Interval(date.fromisoformat(first), date.fromisoformat(last), "period")
        return Meaning(code, span, "absolute")
    if "_" not in code:
        return Meaning(code, intervals.single(date.fromisoformat(code)), "absolute")
    if context.anchor is None:
        return unresolved("XXXX", NO_ANCHOR)
    kind, unit = code.split("_")
    back = kind == "near" and context.direction != "future" and context.anchor.isoweekday() < 6
    when = intervals.shift(context.anchor, -1, unit) if back else context.anchor
    whole = intervals.around(when, unit)
    if kind == "due" and whole is not None:
        whole = Interval(context.anchor, whole.latest, f"part of {whole.granularity}")
    return anchored(whole, calendar_value(when, unit))


def ago(parts: Parts, context: Context) -> Meaning:
    """As in "three days ago" to the unit said; "years ago" is open at its start."""
    unit, low, high = parts.code("Uh"), *counts(parts)
    if context.anchor is None:
        return unresolved("XXXX", NO_ANCHOR)
    if low is None or high is None:
        if parts.has("h"):
            moment = anchored(intervals.single(context.anchor), context.anchor.isoformat())
            return as_time(moment)
        limit = intervals.shift(context.anchor, -1, unit)
        return Meaning("PAST_REF", Interval(None, limit, "open"), "anchored")
    before_era = round(high * intervals.UNIT_MONTHS.get(unit, 0) / 12) - context.anchor.year
    if before_era >= 0:
        return unresolved(f"BC{before_era + 1:04d}", "before the calendar's first year")
    far = intervals.shift(context.anchor, -high, unit)
    close = intervals.shift(context.anchor, -low, unit)
    return _around_span(far, close, unit, parts)


def _around_span(far: date, close: date, unit: str, parts: Parts) -> Meaning:
    """The calendar units from `far` to `close`; half a unit is said to the next finer one."""
    finer = {"Y": "M", "DE": "Y", "W": "D", "F": "W"}
    said = next((p.value for p in parts.pieces if p.cls in "nN"), 0.0)
    if parts.has("k") or (isinstance(said, float) and said % 1):
        unit = finer.get(unit, unit)
    first, last = intervals.around(far, unit), intervals.around(close, unit)
    found = intervals.hull(first, last) if first and last and far != close else first
    meaning = anchored(found, calendar_value(far, unit))
    return msgspec.structs.replace(
        meaning, approximate=parts.has("~"), type="TIME" if parts.has("h") else None
    )


_WIDER: Final = frozenset("WMY")
"""Units that with nothing to step from are counted from the anchor: "within the next month"."""
_STEP_WORDS: Final = frozenset({"next", "previous", "preceding"})
"""With one unit these step from the time before: "the next day"; "the past day" does not."""


def trailing(parts: Parts, context: Context) -> Meaning:
    """As in "the last 24 hours" ends at the anchor, "the next few days" begins there."""
    unit, low, high = parts.code("Uh"), *counts(parts)
    forward = parts.has("X")
    value = length_value(parts)
    counted = parts.has("dnNva") or (context.reference is None and unit in _WIDER)
    if not counted and parts.word("LX") in _STEP_WORDS and high is not None:
        return msgspec.structs.replace(anaphor(parts, context), type="DATE")
    if context.anchor is None:
        return unresolved(value, NO_ANCHOR)
    if low is None or high is None:
        start, latest = (context.anchor, None) if forward else (None, context.anchor)
        return Meaning(value, Interval(start, latest, "open"), "anchored")
    base = (story_day(context) if parts.word("X") == "next" else None) or context.anchor
    end = intervals.shift(base, high if forward else -high, unit)
    bounds = (base, end) if forward else (end, base)
    return Meaning(
        value, Interval(*bounds, "period"), "anchored", approximate=parts.has("~"), anchor=base
    )


def within(parts: Parts, context: Context) -> Meaning:
    """As in "within 48 hours", "within days": from the anchor to the end of the length, or open."""
    if context.direction == "past":
        return unresolved(length_value(parts), "within a length of time of something else")
    unit, _, high = parts.code("Uh"), *counts(parts)
    value = length_value(parts)
    if context.anchor is None:
        return unresolved(value, NO_ANCHOR)
    if high is None:
        return Meaning(value, Interval(context.anchor, None, "open"), "anchored", approximate=True)
    end = intervals.shift(context.anchor, high, unit)
    return Meaning(value, Interval(context.anchor, end, "period"), "anchored", approximate=True)


def away(parts: Parts, context: Context) -> Meaning:
    """As in "24 to 48 hours away", "three weeks from now"; "days away" has no end of its own."""
    unit, low, high = parts.code("Uh"), *counts(parts)
    value = length_value(parts)
    if context.anchor is None:
        return unresolved(value, NO_ANCHOR)
    if low is None or high is None:
        return Meaning(value, Interval(context.anchor, None, "open"), "anchored", approximate=True)
    first = intervals.shift(context.anchor, low, unit)
    last = intervals.shift(context.anchor, high, unit)
    if first == last:
        return anchored(intervals.around(first, unit), value)
    return Meaning(value, Interval(first, last, "period"), "anchored", approximate=parts.has("~"))


def offset(parts: Parts, context: Context) -> Meaning:
    """As in "two days later", "a year before": from the time mentioned before."""
    unit, low, high = parts.code("Uh"), *counts(parts)
    base = context.reference
    if base is None and context.anchor is not None and parts.word("B") == "earlier":
        base = intervals.single(context.anchor)
    if base is None or base.earliest is None:
        return unresolved("XXXX", NO_REFERENCE)
    if low is None or high is None:
        start, end = (base.earliest, None) if parts.has("Z") else (None, base.latest)
        return Meaning("XXXX", Interval(start, end, "open"), "anchored", anchor=base.earliest)
    sign = 1 if parts.has("Z") else -1
    far = intervals.shift(base.earliest, sign * low, unit)
    found = intervals.around(far, _coarser(unit, base))
    return Meaning(
        calendar_value(far, _coarser(unit, base)),
        found,
        "anchored",
        approximate=parts.has("~"),
        type="TIME" if parts.has("h") else None,
        anchor=base.earliest,
    )


def _coarser(unit: str, base: Interval) -> str:
    """A year after a day is that day's year; two days after a month is no finer than a month."""
    width = width_days(base.earliest, base.latest) or 1
    if width > 31:
        return "Y"
    if width > 1 and unit in {"D", "W", "F", "TH"}:
        return "M" if width > 7 else "W"
    return unit


def event_offset(parts: Parts, context: Context) -> Meaning:
    """As in "two days after 3 March" counts from that date, "the day before the attack" from no date."""
    if parts.word("BZ") not in {"before", "after", "prior"}:
        return offset(parts, context)
    if context.cue != "beside":
        return unresolved("XXXX", FROM_EVENT)
    if parts.has("dnNva"):
        return msgspec.structs.replace(offset(parts, context), basis="absolute", anchor=None)
    return msgspec.structs.replace(anaphor(parts, context), basis="absolute", anchor=None)


_ANAPHOR_MOVES: Final = {"s": 0, "t": 0, "F": 1, "X": 1, "Z": 1, "B": -1, "L": -1}


def anaphor(parts: Parts, context: Context) -> Meaning:
    """As in "the same day", "the following week", "that year", "the day before"."""
    move = next((_ANAPHOR_MOVES[p.cls] for p in parts.pieces if p.cls in _ANAPHOR_MOVES), 0)
    if parts.has("L") and parts.word("L") not in {"previous", "preceding"}:
        return _latest(parts, context)
    base = context.reference
    if base is None or base.earliest is None:
        return unresolved("XXXX", NO_REFERENCE)
    if parts.has("M"):
        return a_month(parts, Context(base.earliest, None, year=base.earliest.year))
    if parts.has("S"):
        return season(parts, Context(base.earliest, direction="future"))
    if move > 0 and parts.word("U").endswith("s"):
        onward = Interval(base.latest, None, "open")
        return Meaning("XXXX", onward, "anchored", anchor=base.earliest)
    return _stepped(base, base.earliest, move, parts)


def _latest(parts: Parts, context: Context) -> Meaning:
    """As in "the past week", which ends now, and "the last week", the one before this."""
    if parts.word("L") == "past":
        return msgspec.structs.replace(trailing(parts, context), type="DURATION")
    return near(parts, context)


def _stepped(base: Interval, begin: date, move: int, parts: Parts) -> Meaning:
    """So many units on from the first day of a time mentioned before, or back from it."""
    unit, tail = parts.code("U") or "D", parts.code("P")
    width = width_days(begin, base.latest) or 1
    if unit == "D" and width > 1:
        return unresolved("XXXX", "points back to a time that is wider than a day")
    when = intervals.shift(begin, move, unit)
    value = with_daypart(calendar_value(when, unit), tail)
    meaning = Meaning(value, intervals.around(when, unit), "anchored", anchor=begin)
    return as_time(meaning) if tail else meaning


def reference(parts: Parts, context: Context) -> Meaning:
    """As in "now" is the anchor's day as a state; "recently" is open at its start, "soon" at its end."""
    code = parts.code("R") or "PAST_REF"
    if code == "EARLIER":
        return unresolved("PAST_REF", "an earlier time that the text does not date")
    if context.anchor is None:
        return unresolved(code.replace("PAST_TO_NOW", "PRESENT_REF"), NO_ANCHOR)
    if code == "PRESENT_REF":
        return present(context)
    if code == "FUTURE_REF":
        return anchored(Interval(context.anchor, None, "open"), code)
    return anchored(
        Interval(None, context.anchor, "open"), code.replace("PAST_TO_NOW", "PRESENT_REF")
    )


FORMS: Final[dict[str, Form]] = {
    "near": near,
    "unit_part": unit_part,
    "whole_phrase": whole_phrase,
    "ago": ago,
    "trailing": trailing,
    "within": within,
    "away": away,
    "offset": offset,
    "event_offset": event_offset,
    "anaphor": anaphor,
    "reference": reference,
}
