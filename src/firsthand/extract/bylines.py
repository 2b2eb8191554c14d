"""Bylines and datelines: who wrote an article, and from where, as the page writes it."""

import re
from functools import cache

from firsthand.extract.dates import written_dates
from firsthand.extract.lines import Line
from firsthand.resources import read_table

BYLINES = "lexicons/extract_bylines.tsv"
DATELINES = "lexicons/extract_datelines.tsv"

LONGEST = 160
"""Characters; a longer line is not a byline."""
NAME_WORDS = range(1, 13)
NAME_END = re.compile(
    r"\s[|•·(/]|\s[–—-]\s|[(|•;]|,\s(?=\d|[A-Z][a-z]{2,8} \d)|\son\s|\s@|https?:|\d"
    r"|(?<=[a-z]{3})(?<!Prof)(?<!Capt)(?<!Brig)\.\s(?=[A-Z])"
)
"""Where the names of a byline stop: separators, a date, a handle, an address, a full stop that
closes no title ("Prof.")."""

LOWER_IN_NAMES = frozenset(
    [
        "de",
        "del",
        "der",
        "di",
        "da",
        "al",
        "el",
        "ibn",
        "bin",
        "von",
        "van",
        "la",
        "le",
        "dos",
        "and",
        "et",
        "und",
        "y",
        "и",
        "с",
    ]
)

CALENDAR = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:january|february|march|april|may|june|july|"
    r"august|september|october|november|december)|today|yesterday|noon|midnight|morning|then|now|the",
    re.IGNORECASE,
)
"""What follows "By" in prose ("By Tuesday …")."""

NEWSROOM = re.compile(
    r"(?:From )?(?:[Oo]ur (?:own |foreign |special |news ){0,2}|(?:[A-Z][\w’'&-]{1,20} ){1,4})"
    r"(?:[Cc]orrespondents?|[Rr]eporters?|[Ss]taff(?: [Ww]riters?| [Rr]eporters?)?|[Nn]ewsroom|"
    r"[Nn]ews ?desk)(?:,? (?:and|with|&) (?:the )?(?:[Aa]gencies|[Ww]ires))?"
    r"|[Ss]taff (?:[Ww]riters?|[Rr]eporters?|[Cc]orrespondents?|(?:and|with|&) [Aa]gencies)"
)
"""A newsroom as author on a line of its own ("Gazette correspondents", "Staff and agencies")."""

WEEKDAY = re.compile(r",? (?:mon|tues|wednes|thurs|fri|satur|sun)day$", re.IGNORECASE)
"""The day of a date that stands behind the names."""

DATELINE_LONGEST = 110


@cache
def _openers() -> re.Pattern[str]:
    parts = (f"(?:{row['pattern']})" for row in read_table(BYLINES))
    return re.compile("|".join(parts), re.IGNORECASE)


@cache
def _datelines() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in read_table(DATELINES))


def _is_name(name: str) -> bool:
    words = name.replace("-", " ").split()
    if len(words) not in NAME_WORDS or len(name) > LONGEST or CALENDAR.fullmatch(words[0]):
        return False
    return all(
        not word[0].islower() or word.lower().strip(",") in LOWER_IN_NAMES or "'" in word[:3]
        for word in words
    ) and any(c.isalpha() for c in name)


def name_in(text: str) -> str | None:
    """The names a byline or an author element gives, without date and decoration."""
    end = NAME_END.search(text)
    dates = next(iter(written_dates(text)), None)
    stop = min(end.start() if end else len(text), dates.start if dates else len(text))
    name = WEEKDAY.sub("", " ".join(text[:stop].split()).strip(" .,:;|–—-_*"))
    return name if name and _is_name(name) else None


def _member(text: str) -> str | None:
    """Who writes where their house is named too ("Ann Okar of the Dale Post")."""
    name, of, _ = text.partition(" of ")
    return name_in(name) if of and " " in name.strip() else None


def byline_in(line: Line) -> str | None:
    """Who a line says wrote the article, or None where it is not a byline."""
    text = line.text.strip(" *_")
    if len(text) > LONGEST:
        return None
    found = _openers().match(text)
    if found:
        rest = text[found.end() :]
        return name_in(rest) or _member(rest)
    if NEWSROOM.fullmatch(text):
        return text
    return name_in(text) if line.role == "byline" else None


def dateline_in(line: Line) -> str | None:
    """The dateline with which a paragraph opens, without the dash that ends it, or None."""
    head = line.text[:DATELINE_LONGEST]
    for pattern in _datelines():
        found = pattern.match(head)
        if found:
            return found[0].rstrip().rstrip("—–-:").rstrip()
    return None
