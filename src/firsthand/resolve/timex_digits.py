"""What a run of digits can be in a time expression: year, day, ordinal, decade, clock, date."""

import re
from typing import Final

_SUFFIX: Final = re.compile(r"(?:st|nd|rd|th|er|ème|e)(?!\w)")
_DECADE: Final = re.compile(r"['’]?s(?!\w)")
_MERIDIEM: Final = re.compile(r" ?([ap])(?:\. ?m\.?|m)(?!\w)", re.IGNORECASE)
_FRACTION: Final = re.compile(r" ?([½¼¾])| (\d)/(\d)(?![\d/])")
_CLOCK: Final = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
_SLASHED: Final = re.compile(r"\d{1,4}([/.])\d{1,2}\1\d{2,4}")
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_VULGAR: Final = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_YEAR: Final = 4
"""Digits of a year."""
_LONGEST = 18
"""Digits beyond this are no number of this domain; they are kept as a token without a value."""


def glued(text: str, start: int) -> bool:
    """Whether digits belong to a name or a larger whole: "T-72", "F16", "$2000", "#2014"."""
    if not start:
        return False
    before = text[start - 1]
    if before.isalpha():
        return not text[max(0, start - 2) : start].upper().endswith(("AD", "FY", "Q"))
    if before in "-–" and start > 1:
        return text[start - 2].isalpha()
    return before in "$€£₽#№_/" or (before in ".," and start > 1 and text[start - 2].isdecimal())


def numeric_token(text: str, start: int, piece: str) -> tuple[str, float | str | None, int]:
    """Class, value and length of the token that begins with these digits.

    K clock ("16:05"), % numeric date ("3/4/2016"), o ordinal, E decade, d one or two digits,
    Y four digits that may be a year, N any other number.
    """
    end = start + len(piece)
    if piece.isdecimal() and len(piece) <= 4:
        found = _suffixed(text, end, piece)
        if found is not None:
            return found
    meridiem = _MERIDIEM.match(text, end)
    if meridiem and len(piece) <= 8:
        clock = _twelve_hours(piece, meridiem.group(1).lower())
        if clock is not None:
            return "K", clock, meridiem.end() - start
    if _CLOCK.fullmatch(piece):
        return "K", piece, len(piece)
    if _SLASHED.fullmatch(piece):
        return "%", piece, len(piece)
    return _plain(piece)


def _suffixed(text: str, end: int, piece: str) -> tuple[str, float | str | None, int] | None:
    """An ordinal, a decade or a mixed fraction, where the characters after the digits say so."""
    if len(piece) <= 2 and (match := _SUFFIX.match(text, end)):
        return "o", float(piece), len(piece) + len(match.group())
    if len(piece) in {2, 4} and (match := _DECADE.match(text, end)):
        length = len(piece) + len(match.group())
        if int(piece) % 10 == 0:
            return "E", str(int(piece)), length
        if len(piece) == _YEAR and match.group() != "s":
            return "Y", float(piece), length  # "2012's"
    match = _FRACTION.match(text, end)
    if match is None:
        return None
    vulgar, upper, lower = match.groups()
    rest = _VULGAR[vulgar] if vulgar else int(upper) / max(int(lower), 1)
    return "N", float(piece) + rest, len(piece) + len(match.group())


def _twelve_hours(piece: str, half: str) -> str | None:
    """As in "4:05" and p as "16:05"; None where the hour is not on a twelve-hour clock."""
    hour_text, _, minute_text = piece.replace(".", ":").partition(":")
    hour, minute = int(hour_text), int(minute_text[:2] or 0) if minute_text[:2].isdecimal() else 0
    if not (1 <= hour <= 12 and minute < 60 and len(hour_text) <= 2):
        return None
    return f"{hour % 12 + (12 if half == 'p' else 0):02d}:{minute:02d}"


def _plain(piece: str) -> tuple[str, float | str | None, int]:
    match = _THOUSANDS.match(piece)
    length = match.end() if match else len(piece)
    whole = piece[:length]
    if length > _LONGEST:
        return "N", None, len(piece)
    value = float(whole.replace(",", ""))
    if whole.isdecimal() and length <= 2:
        return "d", value, length
    if whole.isdecimal() and length == 4 and 1000 <= value < 3000:
        return "Y", value, length
    return "N", value, length
