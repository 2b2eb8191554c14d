"""Words of a text with their offsets, the same for every stage that counts or compares them."""

import re
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:['’‑.-][^\W_]+)*", re.UNICODE)
"""Letters and digits, held together by an apostrophe, hyphen or full stop within
("Ras-Dal", "u.s", "it’s", "87.4")."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as written; offsets are into the text that was cut."""

    start: int
    end: int
    text: str


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of `text[start:end]`, with offsets into `text`."""
    stop = len(text) if end is None else end
    return [
        Word(found.start(), found.end(), found[0]) for found in WORD.finditer(text, start, stop)
    ]
