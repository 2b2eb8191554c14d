"""Single days: today and yesterday, weekdays, and parts of a named day."""

from datetime import date
from typing import Final

import msgspec

from firsthand.resolve import intervals
from firsthand.resolve.intervals import Interval
from firsthand.resolve.timex_absolute import a_date
from firsthand.resolve.timex_forms import (
    NO_ANCHOR,
    NO_REFERENCE,
    Context,
    Form,
    Meaning,
    Parts,
    anchored,
    unresolved,
)

A_NIGHT: Final = "a night that the text does not date"


def deictic(parts: Parts, context: Context) -> Meaning:
    """As in "today", "yesterday morning", "last night", "the day after tomorrow"."""
    raw = next((p.value for p in parts.pieces if p.cls == "D"), None)
    text = f"{raw:g}" if isinstance(raw, float) else str(raw)
    offset, tail = int(text.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), text.lstrip("-0123456789")
    tail = tail or parts.code("P")
    if not offset and not tail and context.general and not context.direction:
        return present(context)
    overnight = parts.word("D") == "overnight"
    if context.anchor is None or (overnight and context.direction != "past"):
        reason = NO_ANCHOR if context.anchor is None else A_NIGHT
        return unresolved("XXXX-XX-XX" + (f"T{tail}" if tail else ""), reason)
    when = intervals.shift_days(context.anchor, offset)
    whole = Interval(when, context.anchor, "night") if overnight else None
    meaning = anchored(whole or intervals.single(when), with_daypart(when.isoformat(), tail))
    return as_time(meaning) if tail else meaning


def with_daypart(value: str, tail: str) -> str:
    """The value of a day with its part: "2016-03-03TNI"."""
    return f"{value}T{tail}" if tail else value


def as_time(meaning: Meaning) -> Meaning:
    """The meaning as one within a day."""
    return msgspec.structs.replace(meaning, type="TIME")


def weekday(parts: Parts, context: Context) -> Meaning:
    """As in "on Tuesday", "last Friday", "next Monday", "Sunday night"; counts from the anchor.

    Without a direction the latest such day, the anchor's own day included, as news usage has it.
    """
    number, tail = parts.number("W") or 1, parts.code("P")
    if parts.has("tF") or (parts.has("X") and parts.has("e")):
        return _weekday_of_story(parts, context, number)
    if context.anchor is None:
        return unresolved(f"XXXX-WXX-{number}" + (f"T{tail}" if tail else ""), NO_ANCHOR)
    direction = "future" if context.cue == "until" else context.direction
    when = _weekday_near(context.anchor, number, parts, direction)
    meaning = anchored(intervals.single(when), with_daypart(when.isoformat(), tail))
    return as_time(meaning) if tail else meaning


def _weekday_near(anchor: date, number: int, parts: Parts, direction: str) -> date:
    """The weekday before, in or after the anchor's week that the words mean."""
    back = (anchor.isoweekday() - number) % 7
    ahead = (number - anchor.isoweekday()) % 7
    if parts.has("L"):
        return intervals.shift_days(anchor, -(back or 7))
    if parts.has("X"):
        return intervals.shift_days(anchor, ahead or 7)
    if parts.has("T"):
        return intervals.shift_days(anchor, number - anchor.isoweekday())
    if direction == "future":
        return intervals.shift_days(anchor, ahead)
    return intervals.shift_days(anchor, -back)


def _weekday_of_story(parts: Parts, context: Context, number: int) -> Meaning:
    """As in "that Tuesday", "the following Friday": from the time mentioned before."""
    base = context.reference.earliest if context.reference else None
    if base is None:
        return unresolved(f"XXXX-WXX-{number}", NO_REFERENCE)
    if parts.has("t"):
        when = intervals.shift_days(base, number - base.isoweekday())
    else:
        when = intervals.shift_days(base, (number - base.isoweekday()) % 7 or 7)
    return Meaning(when.isoformat(), intervals.single(when), "anchored", anchor=base)


def night_of(parts: Parts, context: Context) -> Meaning:
    """As in "the night of 3 March", "early hours of Sunday": that day, with its part in the value."""
    tail = parts.code("P")
    rest = Parts(tuple(piece for piece in parts.pieces if piece.cls not in "Pp"))
    form = a_date if rest.has("M") else weekday if rest.has("W") else deictic
    day = form(rest, context)
    return as_time(msgspec.structs.replace(day, value=with_daypart(day.value, tail)))


def present(context: Context) -> Meaning:
    """A present state, dated only by the anchor."""
    if context.anchor is None:
        return unresolved("PRESENT_REF", NO_ANCHOR)
    return Meaning("PRESENT_REF", intervals.single(context.anchor), "as_of")


FORMS: Final[dict[str, Form]] = {
    "deictic": deictic,
    "weekday": weekday,
    "night_of": night_of,
}
