"""Which year a date without one belongs to, judged by anchor, direction and story."""

from collections.abc import Callable
from datetime import date
from typing import Final

from firsthand.resolve.intervals import Interval
from firsthand.resolve.timex_forms import NO_ANCHOR, Context, Meaning, anchored, unresolved

_STORY_DAYS: Final = 400
"""A time last mentioned this long before the anchor is a story's own: its year goes on."""
_NEXT_YEAR_MONTHS: Final = 6
"""In a story, a month so much earlier in the year than the last one belongs to the next year."""
_PAST_FAVOUR: Final = 3.0
"""Without a cue a date ahead must be this many times nearer than the one behind: news looks back.

Chosen on the GUM training split (dates of news, interviews and talks).
"""
_CUE_LIMIT: Final = 12.0
"""A verb beside the date decides unless the other date is this many times nearer."""
_PIVOT: Final = 69
"""Two-digit years above this are of the 20th century (POSIX strptime)."""


def two_digit_year(number: int) -> int:
    """As in "16" as 2016, "94" as 1994."""
    return number + (1900 if number >= _PIVOT else 2000)


def nearest_year(build: Callable[[int], Interval | None], value: str, context: Context) -> Meaning:
    """The time that `build` makes of a year, in the year that fits; unresolved without an anchor."""
    if context.anchor is None:
        return unresolved(value, NO_ANCHOR)
    year = _story_year(build, context)
    if year is None and _looks_ahead(context) and context.reference and context.reference.latest:
        year = _year_by_distance(build, context.reference.latest, "future")
    if year is None:
        year = _year_by_distance(build, context.anchor, context.direction)
    found = build(year) if year is not None else None
    return anchored(found, value.replace("XXXX", f"{year or 0:04d}"))


def story_day(context: Context) -> date | None:
    """The start of the time last mentioned, where it lies long before the anchor."""
    reference, anchor = context.reference, context.anchor
    if reference is None or anchor is None or not reference.earliest or not reference.latest:
        return None
    if not context.story:
        return None
    far = (anchor - reference.latest).days >= _STORY_DAYS
    return reference.earliest if far else None


def _looks_ahead(context: Context) -> bool:
    """Whether the last time mentioned lies ahead of the anchor and no verb says past."""
    reference, anchor = context.reference, context.anchor
    return bool(
        reference
        and anchor
        and reference.earliest
        and reference.earliest > anchor
        and context.direction != "past"
    )


def _story_year(build: Callable[[int], Interval | None], context: Context) -> int | None:
    """The year of the last time mentioned, where that lies well before the anchor."""
    reference, anchor = context.reference, context.anchor
    if reference is None or anchor is None or story_day(context) is None:
        return None
    if not reference.earliest or not reference.latest:
        return None
    width = (reference.latest - reference.earliest).days
    if width > 366:
        return None
    year = reference.earliest.year
    same = build(year)
    if same is None or same.earliest is None or width > 200:
        return year
    behind = (reference.earliest - same.earliest).days > _NEXT_YEAR_MONTHS * 30
    later = build(year + 1)
    fits = later is not None and later.earliest is not None and later.earliest <= anchor
    return year + 1 if behind and fits else year


def _year_by_distance(
    build: Callable[[int], Interval | None], anchor: date, direction: str
) -> int | None:
    """The latest year not after the anchor, or the next one, by direction and distance."""
    past = future = None
    for year in range(anchor.year - 8, anchor.year + 9):
        found = build(year) if 0 < year < 10000 else None
        if found is None or found.earliest is None or found.latest is None:
            continue
        if found.earliest <= anchor:
            past = (year, max(0, (anchor - found.latest).days))
        elif future is None:
            future = (year, (found.earliest - anchor).days)
    if past is None or future is None:
        return (past or future or (None, 0))[0]
    if past[1] == 0:
        return past[0]
    if direction == "future":
        return past[0] if past[1] * _CUE_LIMIT < future[1] else future[0]
    if direction == "past":
        return future[0] if future[1] * _CUE_LIMIT < past[1] else past[0]
    return future[0] if future[1] * _PAST_FAVOUR < past[1] else past[0]
