"""Compares names of people across spellings, and finds the full name a surname stands for."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Final

from rapidfuzz import fuzz

from firsthand import resources

VARIANTS: Final = "registers/name_variants.tsv"
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ARTICLE: Final = re.compile(r"^(?:al|el|ul|ad|as|ash|az|an)[-'’ ]")
# Letters that usual romanisations swap, longest first.
_SOUNDS: Final = (
    ("shch", "sh"), ("tch", "ch"), ("kh", "h"), ("ph", "f"), ("ck", "k"), ("ou", "u"), ("oo", "u"),
    ("ee", "i"), ("iy", "i"), ("ij", "i"), ("yi", "i"), ("ey", "ei"), ("ye", "e"), ("yo", "o"),
    ("yu", "u"), ("ya", "a"), ("dj", "j"), ("w", "v"), ("q", "k"), ("c", "k"), ("y", "i"),
)  # fmt: skip
_DOUBLES: Final = re.compile(r"(.)\1+")
_MAX_PEOPLE: Final = 300
"""People compared in one text; news pages name far fewer."""
_ALIKE: Final = 84
"""Similarity in percent from which two surnames after sound rules are one."""


@cache
def _given() -> dict[str, str]:
    """Every listed spelling of a given name with the one that stands for all."""
    rows = resources.read_table(VARIANTS)
    return {
        _plain(spelling): _plain(row["variants"].split("|")[0])
        for row in rows
        for spelling in row["variants"].split("|")
    }


@lru_cache(maxsize=8192)
def _plain(word: str) -> str:
    """A word without case and diacritics."""
    if word.isascii():
        return word.casefold()
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


@lru_cache(maxsize=8192)
def _sound(word: str) -> str:
    """A surname as its romanisations sound."""
    bare = _ARTICLE.sub("", _plain(word)).replace("-", "").replace("'", "").replace("’", "")
    for written, sound in _SOUNDS:
        bare = bare.replace(written, sound)
    return _DOUBLES.sub(r"\1", bare)


def name_words(name: str) -> list[str]:
    """The words of a person's name."""
    return _WORD.findall(name)


def same_person(one: str, other: str) -> bool:
    """Whether two names can be one person's: surnames alike, given names not at odds."""
    left, right = name_words(one), name_words(other)
    if not left or not right or not _alike(left[-1], right[-1]):
        return False
    if len(left) == 1 or len(right) == 1:
        return True
    return _given_agree(left[0], right[0])


def _given_agree(one: str, other: str) -> bool:
    """Whether two given names are one in different spellings, or one an initial of the other."""
    left, right = _plain(one), _plain(other)
    if len(left) == 1 or len(right) == 1:
        return left[0] == right[0]
    known = _given()
    return known.get(left, left) == known.get(right, right) or _sound(one) == _sound(other)


def _alike(one: str, other: str) -> bool:
    """Whether two surnames are one in different romanisations."""
    left, right = _sound(one), _sound(other)
    if left == right:
        return True
    if _given().get(_plain(one), _plain(one)) == _given().get(_plain(other), _plain(other)):
        return True
    short = min(len(left), len(right)) < 5
    return not short and left[0] == right[0] and fuzz.ratio(left, right) >= _ALIKE


def _letter(name: str) -> str:
    """The sound that the surname begins with, which spellings of one surname share."""
    return _sound((name_words(name) or [""])[-1])[:1]


class People:
    """The people a text names in full, to whom its shorter names are led back."""

    def __init__(self, names: Iterable[str]) -> None:
        """From full names in reading order; the first spelling stands for the person."""
        self._full: list[str] = []
        self._by_letter: dict[str, list[str]] = {}
        self._found: dict[str, str | None] = {}
        for name in dict.fromkeys(names):
            if len(self._full) == _MAX_PEOPLE:
                break
            if len(name_words(name)) > 1 and self.find(name) is None:
                self._full.append(" ".join(name.split()))
                self._by_letter.setdefault(_letter(name), []).append(self._full[-1])
                self._found.clear()

    @property
    def names(self) -> Sequence[str]:
        """The full names, in reading order."""
        return tuple(self._full)

    def find(self, name: str) -> str | None:
        """The full name that a name stands for; None where none or several fit."""
        if name not in self._found:
            self._found[name] = self._search(name)
        return self._found[name]

    def _search(self, name: str) -> str | None:
        near = self._by_letter.get(_letter(name), ())
        fits = [full for full in near if same_person(full, name)]
        if len(fits) > 1:
            exact = [
                full for full in fits if name_words(full)[-1] == (name_words(name) or [""])[-1]
            ]
            fits = exact or fits
        return fits[0] if len(fits) == 1 else None
