"""Time expressions of a text and the calendar intervals they stand for.

`find_times` finds them (TIMEX3 types and values), `resolve_time` gives one an interval,
`resolve_times` does both for a text in reading order, so that "the following day" finds the day
before it. Without an anchor what counts from it stays unresolved, with the reason.

Why our own rules: `dateparser` takes 30 ms and more for a page, guesses the day of
"September 2016" and reads bare numbers as dates; `parsedatetime` and `dateutil` need a present
and silently fill what is missing; HeidelTime and SUTime need Java. Calendar arithmetic is the
standard library's.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

import msgspec

from firsthand.model.claim import Time
from firsthand.resolve import (
    timex_absolute,
    timex_calendars,
    timex_days,
    timex_lengths,
    timex_relative,
    timex_spans,
)
from firsthand.resolve.edtf import edtf_of
from firsthand.resolve.intervals import Interval, hull, shift_days
from firsthand.resolve.timex_find import TimeExpression, find_expressions
from firsthand.resolve.timex_forms import Context, Form, Meaning

__all__ = [
    "AnchoredRange",
    "TimeExpression",
    "find_times",
    "join_ranges",
    "resolve_time",
    "resolve_times",
]

_FORMS: Final[dict[str, Form]] = {
    **timex_absolute.FORMS,
    **timex_calendars.FORMS,
    **timex_relative.FORMS,
    **timex_lengths.FORMS,
    **timex_days.FORMS,
    **timex_spans.FORMS,
}
_STORY_FORMS: Final = frozenset(
    {
        "date", "month", "year", "iso", "numeric", "day_range", "weekday", "deictic", "ago",
        "offset", "anaphor", "near", "season", "named_year", "night_span", "week_of", "before_last",
    }
)  # fmt: skip
"""Forms that later expressions may point back to."""
_NEWS_FORMS: Final = frozenset({"deictic", "weekday", "near", "trailing", "within", "away"})
"""Forms that only a text written about its own days uses: its dates without a year are recent."""
_STORY_REACH: Final = 150
"""Characters within which such a text still tells of the last time it named."""
_NEXT_WORDS: Final = 5
"""Characters between "two days after" and the date it counts from: at most "on" or "the"."""
_STORY_DAYS: Final = 7
"""How far back a day may lie to which the hours told after it belong."""
_BREATH: Final = 40
"""Characters between a clock time and the day it belongs to."""


class AnchoredRange(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of text that counts from a day of its own; None where that day is not known."""

    start: int
    end: int
    anchor: date | None


def find_times(text: str) -> tuple[TimeExpression, ...]:
    """Every time expression of `text`, in order, without overlaps; values hold X where unknown."""
    found = find_expressions(text)
    return tuple(
        msgspec.structs.replace(item, value=_meaning(item, Context(None)).value) for item in found
    )


def resolve_time(
    expression: TimeExpression,
    anchor: date | None,
    *,
    reference: Interval | None = None,
    year: int | None = None,
) -> Time:
    """The interval of one expression, counted from `anchor` where its words need one.

    `reference` is the last time mentioned before it, for "the same day" and "two years later";
    `year` is a year that the other end of its range states.
    """
    context = msgspec.structs.replace(_context(expression, anchor, reference), year=year)
    return _time(expression, _meaning(expression, context), anchor)


def _context(
    expression: TimeExpression, anchor: date | None, reference: Interval | None
) -> Context:
    return Context(
        anchor=anchor,
        reference=reference,
        cue=expression.cue,
        direction=expression.direction,
        perfect=expression.perfect,
        general=expression.general,
    )


def _meaning(expression: TimeExpression, context: Context) -> Meaning:
    return _FORMS[expression.form](expression.parts, context)


def _time(expression: TimeExpression, meaning: Meaning, anchor: date | None) -> Time:
    interval = _opened(meaning.interval, expression, anchor)
    counted = meaning.anchor or anchor
    used = counted if meaning.basis in {"anchored", "as_of"} else None
    return Time(
        as_written=expression.text,
        start=expression.start,
        end=expression.end,
        earliest=_iso(interval.earliest) if interval else None,
        latest=_iso(interval.latest) if interval else None,
        basis=meaning.basis if interval else "unresolved",
        anchor=_iso(used),
        granularity=interval.granularity if interval else None,
        reason=meaning.reason,
        timex_type=meaning.type or expression.type,
        timex_value=meaning.value,
        edtf=edtf_of(interval, approximate=meaning.approximate or expression.parts.has("~")),
    )


def _iso(when: date | None) -> str | None:
    return when.isoformat() if when else None


def _opened(
    interval: Interval | None, expression: TimeExpression, anchor: date | None
) -> Interval | None:
    """The interval with the side opened that the cue leaves open: "since July 2014".

    A deadline ahead of the anchor ("by the end of the year") begins at the anchor.
    """
    if interval is None or expression.type in {"DURATION", "SET"}:
        return interval
    first, last, cue = interval.earliest, interval.latest, expression.cue
    if cue == "since" and first is not None:
        return Interval(first, None, interval.granularity)
    if cue == "after" and last is not None:
        return Interval(last, None, interval.granularity)
    if cue not in {"until", "before", "by"} or last is None or first is None:
        return interval
    if cue == "before" and expression.parts.code("p") != "END":
        last = shift_days(first, -1)
    ahead = anchor if cue != "until" and anchor is not None and anchor <= last else None
    return Interval(ahead, last, interval.granularity)


def resolve_times(
    text: str,
    anchor: date | None,
    *,
    expressions: Sequence[TimeExpression] | None = None,
    ranges: Sequence[AnchoredRange] = (),
) -> tuple[Time, ...]:
    """Every time expression of a text with its interval, in reading order.

    The time mentioned last is the reference of the next one; the two ends of a range lend each
    other their year; a clock time belongs to the day named in the same breath. `ranges` are
    stretches with a day of their own, inner ones last: a quotation, an embedded report.
    """
    found = find_expressions(text) if expressions is None else list(expressions)
    times: list[Time] = []
    reference: Interval | None = None
    told_at = 0
    news = _is_news(found)
    for index, expression in enumerate(found):
        here = _anchor_at(expression.start, anchor, ranges)
        context = _context(expression, here, reference)
        if news and not _same_story(text, told_at, expression):
            context = msgspec.structs.replace(context, story=False)
        elif not news and not expression.direction:
            context = msgspec.structs.replace(context, general=True)
        year = _lent_year(found, index)
        if year is not None:
            context = msgspec.structs.replace(context, year=year)
        if expression.form == "clock":
            context = _same_breath(found, index, _of_story(context))
        elif expression.form in {"event_offset", "hijri"}:
            context = _beside(found, index, context)
        said = expression
        if _ends_days(found, index):
            said, context = _on_from(expression, context)
        meaning = _meaning(said, context)
        times.append(_time(said, meaning, here))
        if meaning.interval is not None and _tells(expression, text):
            reference, told_at = meaning.interval, expression.end
            anchor = _stated_today(expression, meaning, text) or anchor
    return tuple(times)


def _anchor_at(position: int, anchor: date | None, ranges: Sequence[AnchoredRange]) -> date | None:
    """The anchor that holds at a position: that of the last range around it, else the text's."""
    for item in reversed(ranges):
        if item.start <= position < item.end:
            return item.anchor
    return anchor


def _is_news(found: Sequence[TimeExpression]) -> bool:
    """Whether a text is of its own days: times counted from today weigh twice as much as years."""
    current = sum(item.form in _NEWS_FORMS and not item.general for item in found)
    dated = sum(item.parts.number("Y") is not None for item in found)
    return current * 2 > dated


def _same_story(text: str, told_at: int, expression: TimeExpression) -> bool:
    """Whether a time is told in one breath with the last: near it and in its paragraph."""
    near = expression.start - told_at <= _STORY_REACH
    return near and "\n" not in text[told_at : expression.start]


def _tells(expression: TimeExpression, text: str) -> bool:
    """Whether a time moves the story on: not one in brackets, not the start of "since 1900"."""
    bracketed = expression.form == "year" and text[max(0, expression.start - 1)] in "(["
    return expression.form in _STORY_FORMS and expression.cue != "since" and not bracketed


_TODAY_IS: Final = re.compile(
    r"(?:\btoday['’]?s?(?: is)?|\bit(?: i|['’])s(?: now)?),? $", re.IGNORECASE
)


def _stated_today(expression: TimeExpression, meaning: Meaning, text: str) -> date | None:
    """The day a diary or live page says it is ("Today is Wednesday"); what follows counts from it."""
    if expression.form not in {"date", "weekday"} or meaning.interval is None:
        return None
    stated = _TODAY_IS.search(text, max(0, expression.start - 20), expression.start)
    return meaning.interval.earliest if stated and meaning.basis == "anchored" else None


def _beside(found: Sequence[TimeExpression], index: int, context: Context) -> Context:
    """The context of "two days after" with the date that follows it as its base."""
    if index + 1 < len(found) and found[index + 1].start - found[index].end <= _NEXT_WORDS:
        meaning = _meaning(found[index + 1], Context(context.anchor, context.reference))
        if meaning.interval is not None:
            return msgspec.structs.replace(context, reference=meaning.interval, cue="beside")
    return context


def _ends_days(found: Sequence[TimeExpression], index: int) -> bool:
    """Whether a weekday ends a range of them: "Monday through Wednesday"."""
    return (
        index > 0
        and found[index].joined
        and found[index].form == found[index - 1].form == "weekday"
    )


def _on_from(expression: TimeExpression, context: Context) -> tuple[TimeExpression, Context]:
    """The last weekday of a range, which follows the first, and its context."""
    first = context.reference.earliest if context.reference else None
    if first is None or expression.parts.has("LTXFt"):
        return expression, context
    ahead = msgspec.structs.replace(context, anchor=first, direction="future", cue="")
    return msgspec.structs.replace(expression, cue=""), ahead


def _lent_year(found: Sequence[TimeExpression], index: int) -> int | None:
    """The year of the range's other end: "from March to August 2011"."""
    if found[index].parts.number("Y") is not None:
        return None
    if index + 1 < len(found) and found[index + 1].joined:
        return found[index + 1].parts.number("Y")
    return None


def _of_story(context: Context) -> Context:
    """The context of a clock time that no day stands beside: it is of the last day told of.

    A report of an earlier day goes on with its hours ("on Monday … at 3:20 p.m."); without such a
    day in the week before, they are the page's own.
    """
    told, today = context.reference, context.anchor
    if told is None or today is None or told.earliest is None or told.earliest != told.latest:
        return context
    if not 0 <= (today - told.earliest).days < _STORY_DAYS:
        return context
    return msgspec.structs.replace(context, cue="same breath")


def _same_breath(found: Sequence[TimeExpression], index: int, context: Context) -> Context:
    """The context of a clock time: the day named right beside it or beside its other reading.

    As in "8 a.m. local time (0500 GMT) on Tuesday", "between 9 a.m. and 5 p.m. on Monday".
    """
    for step in (1, -1):
        beside = _past_clocks(found, index, step)
        if beside is None:
            continue
        meaning = _meaning(beside, Context(context.anchor, context.reference, "", beside.direction))
        if meaning.interval is not None:
            return msgspec.structs.replace(context, reference=meaning.interval, cue="same breath")
    return context


def _past_clocks(found: Sequence[TimeExpression], index: int, step: int) -> TimeExpression | None:
    """The day that follows a clock time, or stands before it, with at most other clocks between."""
    last = found[index]
    for other in found[index + step :: step]:
        if max(other.start - last.end, last.start - other.end) > _BREATH:
            return None
        if other.form != "clock":
            return other if other.form in {"date", "weekday", "deictic"} else None
        last = other
    return None


def join_ranges(
    times: Sequence[Time], expressions: Sequence[TimeExpression], text: str
) -> tuple[Time, ...]:
    """The times with both ends of each range ("from 2004 to 2009") made one time.

    `times` and `expressions` are parallel. A pair joined by "and" is a range only after
    "between"; ends that are not resolved or run backwards stay apart.
    """
    joined: list[Time] = []
    previous: TimeExpression | None = None
    for time, expression in zip(times, expressions, strict=True):
        if previous is not None and joined and expression.joined:
            between = text[previous.end : expression.start].strip().lower()
            merged = _joined(joined[-1], time, text)
            if merged is not None and (between != "and" or previous.cue == "between"):
                joined[-1] = merged
                previous = None
                continue
        joined.append(time)
        previous = expression
    return tuple(joined)


def _joined(first: Time, last: Time, text: str) -> Time | None:
    if not first.earliest or not last.latest or first.earliest > last.latest:
        return None
    whole = hull(
        Interval(date.fromisoformat(first.earliest), None, ""),
        Interval(None, date.fromisoformat(last.latest), ""),
    )
    span = Interval(
        date.fromisoformat(first.earliest), date.fromisoformat(last.latest), whole.granularity
    )
    basis = "anchored" if "anchored" in {first.basis, last.basis} else first.basis
    return msgspec.structs.replace(
        first,
        as_written=text[first.start : last.end],
        end=last.end,
        latest=last.latest,
        basis=basis,
        anchor=first.anchor or last.anchor,
        granularity="period",
        timex_value=f"{first.timex_value}/{last.timex_value}",
        edtf=edtf_of(span),
    )
