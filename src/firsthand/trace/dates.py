"""Dates of publication as intervals: what EDTF leaves open stays open."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T\d{2}:\d{2}.{0,20})?[?~%]?")

Interval = tuple[int, int]
"""First and last possible day, as ordinals, inclusive."""


@lru_cache(maxsize=4096)
def interval(published: str | None) -> Interval | None:
    """The days an EDTF date or interval may mean; None where nothing is known.

    Qualified dates ("2017-09~") and open intervals decide nothing, so they give None.
    """
    parts = (published or "").split("/")
    if any(part.endswith(("?", "~", "%")) for part in parts):
        return None
    found = [_days(part) for part in parts]
    if len(found) > 2 or None in found:
        return None
    known = [days for days in found if days is not None]
    return known[0][0], known[-1][1]


def _days(part: str) -> Interval | None:
    match = _DATE.fullmatch(part)
    if match is None:
        return None
    year, month, day = (int(group) if group else None for group in match.groups())
    if year is None:
        return None
    try:
        first = date(year, month or 1, day or 1)
        last = _last_day(year, month) if day is None else first
    except ValueError:
        return None
    return first.toordinal(), last.toordinal()


def _last_day(year: int, month: int | None) -> date:
    following = date(year + 1, 1, 1) if month in (None, 12) else date(year, (month or 0) + 1, 1)
    return following - timedelta(days=1)


def later(one: str | None, other: str | None) -> bool:
    """Whether the first date is surely after the second, by at least a day."""
    first, second = interval(one), interval(other)
    return first is not None and second is not None and first[0] > second[1]
