"""The words shown for the values of records, all through one function ready for gettext."""

import datetime as dt
import gettext
import re
from contextvars import ContextVar
from functools import cache
from typing import Final

from firsthand.resources import read_table

PSEUDO: Final = "ar-XB"
"""CLDR's right-to-left pseudo-locale: English in brackets, by which every text that does not go
through here is seen, and every layout that does not mirror."""


class _Pseudo(gettext.NullTranslations):
    """English in brackets."""

    def gettext(self, message: str) -> str:
        """The text in brackets; what is to be filled in stays."""
        return f"[{message}]"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form that fits, in brackets."""
        return f"[{msgid1 if n == 1 else msgid2}]"


CATALOGUES: Final[dict[str, gettext.NullTranslations]] = {
    "en": gettext.NullTranslations(),
    PSEUDO: _Pseudo(),
}
"""English as written here; a catalogue of another language is one more row."""
LANGUAGE: Final[ContextVar[str]] = ContextVar("language", default="en")
"""The language of the screen that is being made."""


def _(text: str, **values: object) -> str:
    """The text in the reader's language, with `{name}` filled in from `values`."""
    translated = CATALOGUES[LANGUAGE.get()].gettext(text)
    return translated.format(**values) if values else translated


def n_(one: str, many: str, n: int, **values: object) -> str:
    """The form of a text that fits the number `n`, which fills `{n}`."""
    return CATALOGUES[LANGUAGE.get()].ngettext(one, many, n).format(n=f"{n:,}", **values)


CORROBORATION: Final = {
    "none": "No origin with knowledge",
    "single_origin": "Single origin",
    "several_origins": "Several origins, sides not set",
    "several_origins_one_side": "Several origins, one side",
    "several_sides": "Several sides",
    "outside_account": "Account from outside the conflict",
}
DISPUTE: Final = {
    "none": "No dispute found",
    "accounts_differ": "Accounts differ",
    "denied": "Denied",
    "withdrawn": "Withdrawn",
}
STATUS: Final = {
    "denied": "Denied",
    "differ": "Accounts differ",
    "several": "Several origins",
    "single": "Single origin",
    "none": "No origin with knowledge",
}
"""What a mark of the map means."""
MODALITY: Final = {
    "asserted": "Asserted",
    "unconfirmed": "Unconfirmed",
    "possible": "Possible",
    "denied": "Denied",
    "forecast": "Forecast",
    "hypothetical": "Hypothetical",
    "opinion": "Opinion",
}
VERDICT: Final = {
    "met": "Met",
    "missed": "Missed",
    "partly": "Partly met",
    "pending": "Pending",
    "cannot_be_scored": "Cannot be scored",
}
LEVEL: Final = {
    "first_hand": "first-hand",
    "institutional": "institution that could know",
    "self_report": "speaks of its own acts",
    "relay_unknown": "relayed, origin unknown",
    "inference": "inferred, no source",
    "none": "no source given",
}
STANCE: Final = {"supports": "says so", "denies": "denies it", "differs": "says otherwise"}
DERIVATION: Final = {
    "copy": "copies",
    "revision": "revises",
    "excerpt": "excerpts",
    "quotation": "quotes",
    "paraphrase": "rewords",
    "translation": "translates",
    "citation": "cites",
    "link": "links to",
    "shared": "shares text with",
    "common_source": "shares a source with",
    "published_by": "was published by",
    "said_by": "was said by",
}
BASIS: Final = {
    "text": "matched text",
    "credit": "credit line",
    "link": "link",
    "style": "house style",
    "attribution": "attribution",
}
FIELD: Final = {
    "time": "When",
    "place": "Where",
    "quantity": "How many",
    "actor": "Who",
    "occurrence": "Whether it happened",
    "control": "Who holds it",
    "wording": "Wording",
}
CONFLICT: Final = {
    "contradiction": "Cannot both hold",
    "denial": "Denied",
    "tension": "Pull apart",
}
PRECISION: Final = {
    "site": "known to the site",
    "neighbourhood": "known to the neighbourhood",
    "town": "known to the town",
    "district": "known to the district",
    "governorate": "known to the governorate",
    "country": "known to the country only",
    "region": "known to the region",
}
DATED_BY: Final = {
    "url": "found in the address",
    "text": "found in the text",
    "metadata": "found in the metadata",
    "given": "set by a person",
}
ACTION: Final = {
    "date": "Date set",
    "withdraw": "Page left out",
    "accept": "Accepted",
    "reject": "Rejected",
    "merge": "Merged",
    "split": "Split",
    "correct": "Corrected",
    "add": "Claim added",
    "furniture": "Marked as not article text",
    "unsure": "Unsure",
    "undo": "Taken back",
}
TYPE: Final = {
    "shelling_artillery": "shelling or artillery fire",
    "advance_territorial_change": "advance, change of control",
    "control_of_territory": "control of territory",
    "siege_state": "siege",
    "siege_broken": "siege broken",
    "movement_of_forces": "movement of forces",
    "humanitarian_condition": "humanitarian conditions",
    "disaster_natural": "natural disaster",
    "disaster_man_made": "man-made disaster",
    "statement_accusation": "statement or accusation",
    "suicide_car_bomb": "suicide or car bomb",
}
"""Event types whose names do not read well as they stand in the records."""
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def label(table: dict[str, str], value: str) -> str:
    """The words for a value; the value itself, spaced, where the table has none."""
    return _(table.get(value, value.replace("_", " ")))


def kind(value: str) -> str:
    """A type name of the records as words ("siege_broken" -> "Siege broken")."""
    words = label(TYPE, value)
    return words[:1].upper() + words[1:]


@cache
def claim_types() -> tuple[str, ...]:
    """What a claim can tell of, in the order of the table of neutral wording."""
    return tuple(row["type"] for row in read_table("lexicons/summary_templates.tsv"))


def day(value: str) -> str:
    """An ISO date or EDTF month or year in words; anything else stays as it is written."""
    parts = value.split("-")
    if not all(part.isdecimal() for part in parts) or not 1 <= len(parts) <= 3:
        return value
    if len(parts) == 1:
        return value
    if not 1 <= int(parts[1]) <= 12:
        return value
    month = f"{_(MONTHS[int(parts[1]) - 1])} {parts[0]}"
    return month if len(parts) == 2 else f"{int(parts[2])} {month}"


DAYS_OF_TITLE: Final = re.compile(r", (?:from |until )?\d{4}-\d\d-\d\d(?: to \d{4}-\d\d-\d\d)?$")
"""As `link` ends the heading of an event."""
ISO_DAY: Final = re.compile(r"\b\d{4}-\d\d-\d\d\b")
ISO_SPAN: Final = re.compile(rf"({ISO_DAY.pattern}) to ({ISO_DAY.pattern})")


def without_days(title: str) -> str:
    """The heading of an event where its days stand beside it."""
    return DAYS_OF_TITLE.sub("", title)


def with_days(text: str) -> str:
    """A sentence of a stage with its ISO dates in words."""
    spanned = ISO_SPAN.sub(lambda found: interval(found[1], found[2]), text)
    return ISO_DAY.sub(lambda found: day(found[0]), spanned)


def moment(value: str) -> str:
    """A UTC time of capture to the minute, in words; anything else stays as it is written."""
    try:
        when = dt.datetime.fromisoformat(value).astimezone(dt.UTC)
    except ValueError:
        return value
    return f"{day(when.date().isoformat())}, {when:%H:%M} UTC"


def interval(earliest: str | None, latest: str | None) -> str:
    """An interval in words; open ends are said, an unknown one is "date not given"."""
    if earliest is None and latest is None:
        return _("date not given")
    if latest is None:
        return _("from {day} on", day=day(earliest or ""))
    if earliest is None:
        return _("until {day}", day=day(latest))
    return _whole(earliest, latest) or _span(earliest, latest)


def _whole(earliest: str, latest: str) -> str | None:
    """One day, one month or one year as such; None for any other interval."""
    if earliest == latest:
        return day(earliest)
    try:
        first, last = dt.date.fromisoformat(earliest), dt.date.fromisoformat(latest)
    except ValueError:
        return None
    after = last + dt.timedelta(days=1) if last < dt.date.max else last
    if first.day != 1 or after.day != 1:
        return None
    if (first.year, first.month) == (last.year, last.month):
        return day(earliest[:7])
    if first.month == 1 and after.month == 1 and first.year == last.year:
        return earliest[:4]
    return None


def _span(earliest: str, latest: str) -> str:
    one, other = day(earliest).split(" "), day(latest).split(" ")
    while len(one) > 1 and len(other) > 1 and one[-1] == other[-1] and len(one) == len(other):
        one, other = one[:-1], other[:-1]
    tail = day(latest).split(" ")[len(other) :]
    joint = "–" if len(one) == len(other) == 1 else " – "
    return " ".join([joint.join((" ".join(one), " ".join(other))), *tail])


def number(value: float | None) -> str:
    """A number without needless zeros, thousands marked."""
    if value is None:
        return ""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,g}"
