"""Quotation marks of a paragraph: which open, which close, and which are apostrophes."""

import re
from dataclasses import dataclass
from typing import Literal

Side = Literal["open", "close"]

DOUBLE, ANGLE, CORNER, WHITE_CORNER, SINGLE = "double", "angle", "corner", "white", "single"

FAMILIES: dict[str, tuple[str, Side | None]] = {
    "“": (DOUBLE, "open"),
    "”": (DOUBLE, "close"),
    "„": (DOUBLE, "open"),
    "‟": (DOUBLE, "open"),
    '"': (DOUBLE, None),
    "＂": (DOUBLE, None),
    "«": (ANGLE, "open"),
    "»": (ANGLE, "close"),
    "「": (CORNER, "open"),
    "」": (CORNER, "close"),
    "『": (WHITE_CORNER, "open"),
    "』": (WHITE_CORNER, "close"),
    "‘": (SINGLE, "open"),
    "‚": (SINGLE, "open"),
    "’": (SINGLE, "close"),
    "'": (SINGLE, None),
}
"""Family of each mark and the side it is made for; straight marks have none.

Marks of one family may close each other: copy and paste mixes straight and curly ones.
source: Unicode Standard 6.2 (quotation marks), CLDR delimiters.
"""

MARK = re.compile("[" + "".join(FAMILIES) + "]")

BEFORE_OPEN = frozenset("([{—–-/:¿¡")
"""Besides white space and other opening marks, what may stand before an opening mark."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One quotation mark."""

    at: int
    char: str
    family: str
    side: Side
    sure: bool
    """False where a straight mark between letters or marks could be either."""


def _opens_by_place(text: str, at: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    left = before.isspace() or before in BEFORE_OPEN or _is_opening(before)
    return left and not after.isspace()


def _closes_by_place(text: str, at: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    return not before.isspace() and not after.isalnum()


def _is_opening(char: str) -> bool:
    return FAMILIES.get(char, ("", None))[1] == "open"


def _is_apostrophe(text: str, at: int, start: int, end: int) -> bool:
    """Whether a single mark stands inside a word, before a decade, or before a clipped word."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if before.isalnum() and after.isalnum():
        return True
    if after.isdigit() and not before.isalnum():
        return text[at + 2 : at + 4].rstrip("s").isdigit() and text[at + 3 : at + 4] == "s"
    return False


def _side(text: str, at: int, start: int, end: int) -> tuple[Side, bool]:
    made_for = FAMILIES[text[at]][1]
    opens = _opens_by_place(text, at, start, end)
    closes = _closes_by_place(text, at, start, end)
    if made_for is None:
        if opens != closes:
            return ("open" if opens else "close"), True
        return ("open" if opens else "close"), False
    if opens == closes or (opens and made_for == "open") or (closes and made_for == "close"):
        return made_for, True
    if made_for == "close":
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < end else " "
        reversed_use = after.isalnum() and (before.isspace() or before in "([{—–")
        return ("open" if reversed_use else "close"), True
    return ("close" if closes else "open"), True


def marks_of(text: str, start: int, end: int) -> list[Mark]:
    """The quotation marks of `text[start:end]`, apostrophes left out."""
    found: list[Mark] = []
    for match in MARK.finditer(text, start, end):
        at, char = match.start(), match[0]
        family = FAMILIES[char][0]
        if family == SINGLE and _is_apostrophe(text, at, start, end):
            continue
        side, sure = _side(text, at, start, end)
        found.append(Mark(at, char, family, side, sure))
    return _without_possessives(text, found)


def _without_possessives(text: str, marks: list[Mark]) -> list[Mark]:
    """Drop single closing marks that nothing opened, or that a later one closes better."""
    kept: list[Mark] = []
    open_single = False
    for number, mark in enumerate(marks):
        if mark.family != SINGLE:
            kept.append(mark)
        elif mark.side == "open":
            if not open_single and _closes_later(marks, number):
                open_single = True
                kept.append(mark)
        elif open_single and not (_after_s(text, mark.at) and _speech_ends(text, marks, number)):
            open_single = False
            kept.append(mark)
    return kept


SINGLE_REACH = 40
"""Marks ahead among which a single quotation must find its end."""


def _closes_later(marks: list[Mark], number: int) -> bool:
    ahead = marks[number + 1 : number + 1 + SINGLE_REACH]
    return any(mark.family == SINGLE and mark.side == "close" for mark in ahead)


def _speech_ends(text: str, marks: list[Mark], number: int) -> bool:
    """Whether the next single mark closes a stretch that ends like speech."""
    for mark in marks[number + 1 : number + 1 + SINGLE_REACH]:
        if mark.family == SINGLE:
            return mark.side == "close" and text[mark.at - 1] in ",.!?…"
    return False


def _after_s(text: str, at: int) -> bool:
    """Whether the mark could end a plural possessive ("the fighters’ camp")."""
    return at > 0 and text[at - 1] in "sSzZxX" and text[at + 1 : at + 2] == " "
