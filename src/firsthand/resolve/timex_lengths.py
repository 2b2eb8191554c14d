"""Lengths of time, recurring times and times of the clock."""

import re
from datetime import date
from typing import Final

from firsthand.resolve import intervals
from firsthand.resolve.intervals import Interval
from firsthand.resolve.timex_forms import (
    A_LENGTH,
    A_SET,
    NO_ANCHOR,
    Context,
    Form,
    Meaning,
    Parts,
    unresolved,
)

_COUNTS: Final = "dnNYa"
_TIMEX_UNIT: Final = {
    "TH": ("PT", "H"),
    "TM": ("PT", "M"),
    "TS": ("PT", "S"),
    "D": ("P", "D"),
    "W": ("P", "W"),
    "F": ("P", "W"),
    "WE": ("P", "WE"),
    "M": ("P", "M"),
    "Q": ("P", "Q"),
    "S6": ("P", "M"),
    "Y": ("P", "Y"),
    "SEASON": ("P", "Y"),
    "DE": ("P", "DE"),
    "CE": ("P", "CE"),
}
_MULTIPLES: Final = {"F": 2, "S6": 6}
_LARGE: Final = 100_000.0
_FOUR_DIGITS: Final = 4
"""As many as a clock time without a colon has: "0030 GMT"."""


def counts(parts: Parts) -> tuple[float | None, float | None]:
    """Lower and upper count of a length ("24 to 48 hours"); None where only "several" is said."""
    found = [p.value for p in parts.pieces if p.cls in _COUNTS and isinstance(p.value, float)]
    vague = parts.has("v") or any(p.cls == "N" and p.value is None for p in parts.pieces)
    if vague:
        return None, None
    if not found:
        word = parts.word("Uh")
        return (None, None) if word.endswith("s") else (1.0, 1.0)
    half = 0.5 if parts.has("k") else 0.0
    low, high = min(found[0], _LARGE) + half, min(found[-1], _LARGE) + half
    return min(low, high), max(low, high)


def length_value(parts: Parts) -> str:
    """The TIMEX3 value of a length: "P2.5Y", "PT24H", "PXD", "PT24H/PT48H"."""
    prefix, letter = _TIMEX_UNIT.get(parts.code("Uh"), ("P", "D"))
    factor = _MULTIPLES.get(parts.code("Uh"), 1)
    low, high = counts(parts)
    if low is None or high is None:
        return f"{prefix}X{letter}"
    values = [f"{prefix}{count * factor:g}{letter}" for count in dict.fromkeys((low, high))]
    return "/".join(values)


def duration(parts: Parts, context: Context) -> Meaning:
    """As in "for two and a half years": with a perfect verb it began so long before the anchor.

    "in three days" beside a future verb ends so long after it; any other length has no place
    in the calendar.
    """
    value, unit = length_value(parts), parts.code("Uh")
    _, high = counts(parts)
    reaches_back = context.cue == "for" and context.perfect
    ends_ahead = context.cue == "in" and context.direction == "future"
    follows = context.cue == "after" and high is None
    if not (reaches_back or ends_ahead or follows):
        return unresolved(value, A_LENGTH)
    if context.anchor is None:
        return unresolved(value, NO_ANCHOR)
    if ends_ahead:
        end = intervals.shift(context.anchor, high or 1, unit) if high is not None else None
        return Meaning(value, Interval(context.anchor, end, "period"), "anchored")
    if high is None:
        return Meaning(value, Interval(None, context.anchor, "open"), "anchored")
    return _reaching_back(value, unit, high, context.anchor)


def _reaching_back(value: str, unit: str, count: float, anchor: date) -> Meaning:
    """From so long before the anchor to it; years and months begin with a whole month."""
    start = intervals.shift(anchor, -count, unit)
    if unit in intervals.UNIT_MONTHS:
        start = start.replace(day=1)
    return Meaning(value, Interval(start, anchor, "period"), "anchored", approximate=True)


AN_AGE: Final = "an age, not a time of what is told"


def age(parts: Parts, _context: Context) -> Meaning:
    """As in "a 25-year-old": a length that dates nothing (TIMEX2 guideline of 2005: "P25Y")."""
    return unresolved(length_value(parts), AN_AGE)


def length_word(parts: Parts, _context: Context) -> Meaning:
    """As in "weeklong", "a months-long siege", "three-month-long"."""
    value, count = parts.code("C"), parts.number("ndN")
    if count is not None:
        value = re.sub(r"1|X", str(count), value, count=1)
    return unresolved(value, A_LENGTH)


def every(parts: Parts, _context: Context) -> Meaning:
    """As in "every day", "every two weeks", "each Tuesday", "on Mondays"."""
    if parts.number("Ww") is not None:
        return unresolved(f"XXXX-WXX-{parts.number('Ww')}", A_SET)
    if parts.has("M"):
        return unresolved(f"XXXX-{parts.number('M') or 1:02d}", A_SET)
    if parts.has("Pw"):
        return unresolved(f"XXXX-XX-XXT{parts.code('Pw')}", A_SET)
    if parts.has("S") or parts.has("H"):
        return unresolved(f"XXXX-{parts.code('SH')}", A_SET)
    count = parts.number("dno") or 1
    prefix, letter = _TIMEX_UNIT.get(parts.code("Uh"), ("P", "D"))
    return unresolved(f"{prefix}{count}{letter}", A_SET)


def adverb(parts: Parts, _context: Context) -> Meaning:
    """As in "daily", "annually"."""
    return unresolved(parts.code("V"), A_SET)


def per(parts: Parts, _context: Context) -> Meaning:
    """As in "per day", "60 a month"."""
    prefix, letter = _TIMEX_UNIT.get(parts.code("Uh"), ("P", "D"))
    return unresolved(f"{prefix}1{letter}", A_SET)


def clock(parts: Parts, context: Context) -> Meaning:
    """As in "4:05 p.m.", "22:30 GMT", "noon"; on the day mentioned in the same breath, else the anchor.

    The interval is the local day named: a zone is kept in the value and never moves the date.
    """
    time = _clock_time(parts)
    if time is None:
        return unresolved("TXX:XX", f"no time of the clock: {parts.word('KOdnYN')[:12]}")
    zone = parts.code("z")
    time += "Z" if zone in {"GMT", "UTC"} else ""
    if context.reference is not None and context.cue == "same breath":
        when = context.reference.earliest
    else:
        when = context.anchor
    if when is None:
        return unresolved(f"XXXX-XX-XXT{time}", NO_ANCHOR)
    return Meaning(f"{when.isoformat()}T{time}", intervals.single(when), "anchored")


def _clock_time(parts: Parts) -> str | None:
    """As in "22:30" of any way to write it, or None where hours or minutes do not exist."""
    raw = parts.code("KO")
    if not raw:
        number = parts.number("dnYN")
        if number is None:
            return None
        whole = number > 99 or len(parts.word("dnYN")) == _FOUR_DIGITS
        raw = f"{number // 100}:{number % 100:02d}" if whole else f"{number}:00"
    match = re.fullmatch(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", raw)
    if match is None or int(match[1]) > 24 or int(match[2]) > 59 or int(match[3] or 0) > 59:
        return None
    return f"{int(match[1]):02d}:{match[2]}" + (f":{match[3]}" if match[3] else "")


FORMS: Final[dict[str, Form]] = {
    "duration": duration,
    "age": age,
    "length_word": length_word,
    "every": every,
    "adverb": adverb,
    "per": per,
    "clock": clock,
}
