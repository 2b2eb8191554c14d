"""Counts that only a noun before them explains: "put the crowd at 900", "a magnitude of 6.4"."""

import re
from functools import cache
from typing import Final

from msgspec.structs import replace

from firsthand.link.lexicons import NAMED_COUNTS
from firsthand.model.claim import Quantity
from firsthand.model.record import Span
from firsthand.nlp.number_words import read_number, roles
from firsthand.resources import read_table

ANY: Final = "*"
BARE: Final = frozenset({"people", "other"})
"""Kinds of figure that do not say what is counted."""
_TOKEN: Final = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|[^\W\d_]+|-")
_JOINT: Final = (
    r"[^.;:\"“”]{0,60}?\b(?:at|as|to|of|is|was|are|were|reached)\s+"
    r"(?P<more>(?:about|around|some|nearly|almost|at least|more than|over|closer to|nearer)\s+)?"
)


_FATES: Final = {
    "killed": "killed",
    "dead": "killed",
    "injured": "injured",
    "wounded": "injured",
    "hurt": "injured",
    "missing": "missing",
    "arrested": "arrested",
    "displaced": "displaced",
}
_BEHIND: Final = re.compile(
    r"\b(?P<more>(?:more than|at least|over|about|around|some|nearly) )?"
    r"(?P<number>\d+(?:,\d{3})*|[a-z]+(?:-[a-z]+)?) (?P<fate>" + "|".join(_FATES) + r")\b",
    re.IGNORECASE,
)


@cache
def _nouns() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Each noun with the words that lead from it to its number, the longest first."""
    begin = "|".join(sorted(roles(), key=lambda word: (-len(word), word)))
    rows = sorted(
        read_table(NAMED_COUNTS), key=lambda row: (-len(row["noun"]), row["noun"], row["type"])
    )
    return tuple(
        (
            re.compile(rf"\b{row['noun']}\b{_JOINT}(?=\d|(?:{begin})\b)", re.IGNORECASE),
            row["type"],
            row["kind"],
        )
        for row in rows
    )


def named_counts(claim_type: str, span: Span, known: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """The quantities of a claim with the number that a noun explains, if there is one.

    A quantity already read there without a kind of its own takes the noun's.
    """
    for pattern, of_type, kind in _nouns():
        if of_type not in (ANY, claim_type):
            continue
        found = pattern.search(span.text)
        number = None if found is None else _number(span.text, found.end())
        if found is None or number is None:
            continue
        value, end = number
        start = span.start + found.end()
        there = [one for one in known if one.start < span.start + end and start < one.end]
        if any(one.kind not in BARE for one in there):
            return known
        if there:
            told = replace(there[0], kind=kind, counted=None)
            return tuple(told if one is there[0] else one for one in known)
        written = span.text[found.end() : end]
        made = Quantity(
            kind=kind,
            value=value,
            low=value,
            high=value,
            approximate=bool(found["more"]),
            unit=None,
            as_written=written,
            start=start,
            end=span.start + end,
        )
        return (*known, made)
    return known or _told_behind(span)


def _told_behind(span: Span) -> tuple[Quantity, ...]:
    """A number behind which stands what became of those counted: "more than 20 killed"."""
    found = _BEHIND.search(span.text)
    if found is None:
        return ()
    number = _number(span.text, found.start("number"))
    if number is None or number[1] != found.end("number"):
        return ()
    value, end = number
    made = Quantity(
        kind=_FATES[found["fate"].casefold()],
        value=value,
        low=value,
        high=value,
        approximate=bool(found["more"]),
        unit=None,
        as_written=span.text[found.start() : end],
        start=span.start + found.start(),
        end=span.start + end,
    )
    return (made,)


def _number(text: str, at: int) -> tuple[float, int] | None:
    """A number in figures or words that begins at an offset, and where it ends."""
    tokens = list(_TOKEN.finditer(text, at, at + 60))
    if not tokens or tokens[0].start() != at:
        return None
    first = tokens[0][0]
    if first[0].isdecimal():
        return float(first.replace(",", "")), tokens[0].end()
    read = read_number([token[0].casefold() for token in tokens], 0)
    return None if read is None else (read[0], tokens[read[1] - 1].end())
