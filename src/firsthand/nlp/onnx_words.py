"""Words as the trained reader sees them: cut as the treebanks cut them, each with its shape."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

TOKEN: Final = re.compile(
    r"(?:[A-Za-z]\.){2,6}"
    r"|\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Maj|Lt|Sgt|Capt|St|Adm|Brig|Cmdr|Prof|Sen|Gov|Rep|Rev)\."
    r"|\d{1,12}(?:[.,:]\d{1,6}){0,6}"
    r"|['’](?:s|re|ve|ll|d|m|S)\b"
    r"|\w{1,40}?(?=n['’]t\b)"
    r"|n['’]t\b"
    r"|\w{1,64}"
    r"|[^\w\s]"
)
"""One word, mark or clitic; every repeat is bounded, so that time stays linear."""

SHAPES: Final = (
    "lower", "capital", "upper", "mixed", "letter", "digits", "alphanumeric",
    "opening", "closing", "straight", "punctuation", "abbreviation", "other",
)  # fmt: skip
"""What a word looks like; the encoder's own vocabulary knows no capitals."""
SHAPE_OF: Final = {name: number for number, name in enumerate(SHAPES)}

GLUED, SPACED, FIRST = range(3)
"""How a word stands: against the word before, after a space, or first in its sentence."""

OPENING: Final = frozenset("“«„‘‹([")
CLOSING: Final = frozenset("”»’›)]")
STRAIGHT: Final = frozenset("\"'")


@dataclass(frozen=True, slots=True)
class Cut:
    """One sentence as words: texts, offsets into the whole text, and how each stands."""

    texts: tuple[str, ...]
    begins: tuple[int, ...]
    ends: tuple[int, ...]
    stands: tuple[int, ...]

    def __len__(self) -> int:
        """How many words there are."""
        return len(self.texts)


def cut(text: str, start: int, end: int, limit: int) -> Cut:
    """The first `limit` words of `text[start:end]`."""
    texts: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    stands: list[int] = []
    for found in TOKEN.finditer(text, start, end):
        if len(texts) == limit:
            break
        glued = bool(ends) and ends[-1] == found.start()
        stands.append(GLUED if glued else SPACED if ends else FIRST)
        texts.append(found[0])
        begins.append(found.start())
        ends.append(found.end())
    return Cut(tuple(texts), tuple(begins), tuple(ends), tuple(stands))


@lru_cache(maxsize=50_000)
def shape(word: str) -> int:
    """The number of a word's shape in SHAPES."""
    return SHAPE_OF[_shape(word)]


def _shape(word: str) -> str:
    if not any(map(str.isalnum, word)):
        return _mark(word)
    if word.isdigit() or (word[0].isdigit() and not any(map(str.isalpha, word))):
        return "digits"
    if any(map(str.isdigit, word)):
        return "alphanumeric"
    if "." in word:
        return "abbreviation"
    return _letters(word)


def _mark(word: str) -> str:
    if word[0] in OPENING:
        return "opening"
    if word[0] in CLOSING:
        return "closing"
    return "straight" if word[0] in STRAIGHT else "punctuation"


def _letters(word: str) -> str:
    if word.islower():
        return "lower"
    if word.isupper():
        return "upper" if len(word) > 1 else "letter"
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return "capital"
    return "mixed" if any(map(str.isupper, word)) else "other"


def latin_share(words: Sequence[str]) -> float:
    """Share of the letters that are Latin, over at most the first 400 words; 1 where none are."""
    letters = [c for word in words[:400] for c in word[:20] if c.isalpha()]
    latin = sum(c < "ɐ" for c in letters)
    return latin / len(letters) if letters else 1.0
