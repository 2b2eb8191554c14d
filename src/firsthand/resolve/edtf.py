"""Writes intervals as EDTF (ISO 8601-2, the Library of Congress profile, level 1)."""

from datetime import date

from firsthand.resolve.intervals import Interval, month


def edtf_of(interval: Interval | None, *, approximate: bool = False) -> str | None:
    """The shortest EDTF string for an interval; None where nothing is known.

    A whole month or year is written reduced ("2014-07", "2014"), a decade or century with
    unspecified digits ("201X", "19XX"), an open side as "..", an approximate one with "~".
    """
    if interval is None or (interval.earliest is None and interval.latest is None):
        return None
    mark = "~" if approximate else ""
    reduced = _reduced(interval)
    if reduced is not None:
        return reduced + mark if "X" not in reduced else reduced
    return f"{_side(interval.earliest, mark)}/{_side(interval.latest, mark)}"


def _side(when: date | None, mark: str) -> str:
    return ".." if when is None else when.isoformat() + mark


def _reduced(interval: Interval) -> str | None:
    first, last = interval.earliest, interval.latest
    if first is None or last is None:
        return None
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return _years(first.year, last.year)
    whole = month(first.year, first.month)
    if whole is not None and (whole.earliest, whole.latest) == (first, last):
        return f"{first.year:04d}-{first.month:02d}"
    return None


def _years(first: int, last: int) -> str | None:
    if first == last:
        return f"{first:04d}"
    if first % 10 == 0 and last == first + 9:
        return f"{first // 10:03d}X"
    if first % 100 == 0 and last == first + 99:
        return f"{first // 100:02d}XX"
    return None
