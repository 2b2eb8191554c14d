"""Words that stand for an actor named before: "the ministry", "the militants", "rebel"."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from firsthand import resources
from firsthand.resolve.place_tables import place_words

ROLES: Final = "registers/role_words.tsv"

COMPOUND: Final = re.compile(
    r"^(?:(?:this|that|these|those|no)\s)?(?:[^\W_][\w.]{0,20}\s){0,3}[^\W_][\w.]{0,20}"
    r"[-‑–](?:\w{2,20}ed|led|run|made|built)\s|^(?:this|that|these|those)\s",
    re.IGNORECASE,
)
"""What a role word may have before it that names somebody else: "this NAME-backed group"."""
OTHERS: Final = re.compile(
    r"(?:allied|other|rival|opposing|enemy|foreign|joint|international|unidentified|unknown|"
    r"several|pro-|anti-)"
)
"""Words before a role word that say it is not of the one named last."""


def role_row(word: str) -> dict[str, str] | None:
    """The row of a role word: the kinds it may mean, and how it stands in a claim."""
    return _roles().get(word.lower())


@cache
def _roles() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in resources.read_table(ROLES)}


def is_side(words: Sequence[str]) -> bool:
    """Whether words are a name before a role word: "Ashmar rebels", not "Thirty rebels"."""
    first = words[0].lower()
    return (
        words[0][0].isupper()
        and words[-1].islower()
        and role_row(words[-1]) is not None
        and first not in place_words().ordinary
    )


class SideWord(NamedTuple):
    """A word for a side as it stands in a text."""

    lead: int
    """Where the words before it begin: "the", "the besieged"."""
    start: int
    end: int
    word: str


@cache
def _sides() -> re.Pattern[str]:
    """Role words of those who take part, by first letter for speed."""
    rows = (row for row in resources.read_table(ROLES) if row["in_claims"] != "no")
    by_letter: dict[str, list[str]] = {}
    for word in sorted((row["word"] for row in rows), key=lambda word: (-len(word), word)):
        by_letter.setdefault(word[0], []).append(re.escape(word[1:]))
    spelt = [f"[{c}{c.upper()}](?i:{'|'.join(rest)})" for c, rest in sorted(by_letter.items())]
    return re.compile(rf"(?:{'|'.join(spelt)})\b")


_LEAD: Final = re.compile(
    r"(?<![\w-])(?:(?:the|its|their|these|those|many|most|some|local|trapped|displaced|besieged|"
    r"suspected|alleged|armed)\s){1,2}$",
    re.IGNORECASE,
)
_LEAD_REACH: Final = 24


def side_words(text: str, begin: int, end: int) -> list[SideWord]:
    """Every word for a side between two offsets, in reading order."""
    found = []
    for match in _sides().finditer(text, begin, end):
        start = match.start()
        before = text[start - 1 : start]
        if before.isalnum() or before in {"_", "-"}:
            continue
        lead = _LEAD.search(text, max(begin, start - _LEAD_REACH), start)
        found.append(SideWord(lead.start() if lead else start, start, match.end(), match.group()))
    return found
