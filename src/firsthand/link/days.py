"""Days as numbers: ISO dates of any precision, and intervals that may be open."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

FULL: Final = 10
MONTH: Final = 7
YEAR: Final = 4


@lru_cache(maxsize=65_536)
def first_day(iso: str | None) -> int | None:
    """The day number on which an ISO date of any precision begins; None where it is no date."""
    found = _parsed(iso)
    return None if found is None else found.toordinal()


@lru_cache(maxsize=65_536)
def last_day(iso: str | None) -> int | None:
    """The day number on which an ISO date of any precision ends."""
    found = _parsed(iso)
    if found is None or iso is None:
        return None
    if len(iso) >= FULL:
        return found.toordinal()
    if len(iso) >= MONTH:
        return (found.replace(day=28) + timedelta(days=4)).replace(day=1).toordinal() - 1
    return date(found.year, 12, 31).toordinal()


def _parsed(iso: str | None) -> date | None:
    if not iso:
        return None
    size = FULL if len(iso) >= FULL else MONTH if len(iso) >= MONTH else YEAR
    try:
        return date.fromisoformat((iso[:size] + "-01-01")[:FULL])
    except ValueError:
        return None


@lru_cache(maxsize=65_536)
def iso_day(day: int | None) -> str | None:
    """A day number as ISO date."""
    return None if day is None else date.fromordinal(day).isoformat()
