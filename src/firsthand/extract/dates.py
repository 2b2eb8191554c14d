"""Publication dates: read as written, never guessed; each with what it rests on, as EDTF."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from firsthand.resources import read_table

MONTHS = "lexicons/extract_months.tsv"
DATE_WORDS = "lexicons/extract_date_words.tsv"

FIRST_YEAR = 1900
LAST_YEAR = 2199
"""Years outside are numbers of something else."""

MACHINE = re.compile(r"\s{0,8}(\d{4})-?(\d{2})?(?:-?(\d{2}))?(?:[T ]\d|Z|[+]|\s{0,8}$)")
"""ISO 8601, as metadata holds it; the day is the one written, in the zone it was written in."""

MACHINE_NAMED = re.compile(
    r"\s{0,8}(?:[A-Za-z]{3,9},? )?(?:(\d{1,2}) ([A-Za-z]{3,9})|([A-Za-z]{3,9}) (\d{1,2})),? (\d{4})\b"
)
"""RFC 2822 and "12 March 2031", also found in metadata."""

URL_DAY = re.compile(r"/((?:19|20|21)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)")
URL_COMPACT = re.compile(r"/((?:19|20|21)\d\d)(\d\d)(\d\d)(?=[/_.-]|$)")
URL_MONTH = re.compile(r"/((?:19|20|21)\d\d)/(\d{1,2})(?=/)")

DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")

LONGEST = 120
"""Characters; a longer line that holds a date is about something else."""

DIGIT = re.compile(r"\d")
CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?\b")
TOKEN = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)?|\d+")
LEFT_WORDS = 2
"""Words beside a date, not about it, that a date line may still hold (a place, a section)."""


@dataclass(frozen=True, slots=True)
class Written:
    """A calendar date as written in a text; `edtf` is null where it cannot be read surely."""

    start: int
    end: int
    edtf: str | None
    reason: str | None = None


def edtf_of(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """EDTF of a date that exists, or None."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if month is None:
        return f"{year:04d}"
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    return f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else "")


@cache
def _months() -> dict[str, int]:
    return {
        name: int(row["month"]) for row in read_table(MONTHS) for name in row["names"].split("|")
    }


@cache
def _written_date() -> re.Pattern[str]:
    month = "|".join(sorted((re.escape(name) for name in _months()), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w/])(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s(?:de\s|of\s)?(?P<m1>{month})\b"
        rf"\.?(?:,?\s(?:de\s)?(?P<y1>\d{{4}})\b)?"
        rf"|\b(?P<m2>{month})\.?\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s(?P<y2>\d{{4}})\b)?"
        r"|(?P<y3>\d{4})[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})"
        r"|(?P<a4>\d{1,2})(?P<s4>[-/.])(?P<b4>\d{1,2})(?P=s4)(?P<y4>\d{4}))(?![\w/])",
        re.IGNORECASE,
    )


def _numeric(first: int, second: int, year: int, mark: str) -> tuple[str | None, str | None]:
    """Day and month in figures: a dot means day first, else only one above 12 tells."""
    if mark == "." or first > 12:
        return edtf_of(year, second, first), None
    if second > 12:
        return edtf_of(year, first, second), None
    if first == second:
        return edtf_of(year, first, first), None
    written = f"{first:02d}{mark}{second:02d}{mark}{year}"
    return None, f"{written} may put the day or the month first"


def _read(found: re.Match[str]) -> tuple[str | None, str | None]:
    part = found.groupdict()
    if part["y3"]:
        return edtf_of(int(part["y3"]), int(part["m3"]), int(part["d3"])), None
    if part["y4"]:
        return _numeric(int(part["a4"]), int(part["b4"]), int(part["y4"]), part["s4"])
    day, name, year = (part[key + "1"] or part[key + "2"] for key in ("d", "m", "y"))
    if not year:
        return None, f"{found[0]!r} is written without a year"
    return edtf_of(int(year), _months()[name.lower()], int(day)), None


def written_dates(text: str) -> Iterator[Written]:
    """The calendar dates written in a line, in order; those without a year have no value."""
    if not DIGIT.search(text):
        return
    for found in _written_date().finditer(text.translate(DIGITS)):
        edtf, reason = _read(found)
        yield Written(found.start(), found.end(), edtf, reason)


def machine_date(value: str | None) -> str | None:
    """The day of a machine-readable moment, or the month or year where no more is given."""
    if not value:
        return None
    found = MACHINE.match(value)
    if found:
        year, month, day = (int(part) if part else None for part in found.groups())
        return None if year is None else edtf_of(year, month, day)
    named = MACHINE_NAMED.match(value)
    if not named:
        return None
    month_of = _months().get((named[2] or named[3]).lower())
    return None if month_of is None else edtf_of(int(named[5]), month_of, int(named[1] or named[4]))


def url_date(url: str | None) -> str | None:
    """The day or month in the path of a web address, or None."""
    if not url or not url.lower().startswith(("http://", "https://")):
        return None
    path = url.split("://", 1)[1][:2000].split("?", 1)[0].split("#", 1)[0]
    for pattern in (URL_DAY, URL_COMPACT, URL_MONTH):
        found = pattern.search(path)
        if found:
            value = edtf_of(*(int(part) for part in found.groups()))
            if value:
                return value
    return None


@cache
def _date_words() -> dict[str, str]:
    return {
        part: row["kind"]
        for row in read_table(DATE_WORDS)
        for word in row["words"].split("|")
        for part in word.split()
    }


def date_line(text: str, *, byline: bool = False) -> Written | None:
    """The publication date of a line that is about a date; None for any other line.

    Such a line holds a date, words of dates, and little else; one that says when a page was
    changed gives no publication date.
    """
    found = list(written_dates(text))
    if not found:
        return None
    first = found[0]
    if says_changed(text):
        return None
    before = _kinds(text[: first.start])
    rest = text[: first.start] + " " + text[first.end :]
    for other in found[1:]:
        rest = rest.replace(text[other.start : other.end], " ", 1)
    unknown = [kind for kind in _kinds(CLOCK.sub(" ", rest)) if not kind]
    if "published" in before or byline or len(unknown) <= LEFT_WORDS:
        return first
    return None


def says_changed(text: str) -> bool:
    """Whether a line gives a date and says only that the page was changed then."""
    found = next(written_dates(text), None)
    before = [] if found is None else _kinds(text[: found.start])
    return "changed" in before and "published" not in before


def says_published(text: str) -> bool:
    """Whether a line gives a date and says that it is the date of publication."""
    if len(text) > LONGEST or not any(c.isdigit() for c in text):
        return False
    found = next(written_dates(text), None)
    return found is not None and "published" in _kinds(text[: found.start])


def _kinds(text: str) -> list[str]:
    """For each word, what it says about a date; empty where it says nothing about dates."""
    words = _date_words()
    return [
        words.get(token[0].lower(), "time" if token[0].isdigit() else "")
        for token in TOKEN.finditer(text)
    ]
