"""Recasing: the capitals that a text written all in capitals, or in none, would have.

Old wires print in capitals only, stripped text in none. Everything behind this module reads names
by their capitals, so such a text is read in a copy of the same length, in which words get them
back: those that no list of English has, those of countries and people, acronyms with what they
stand for, and words that belong to a name beside them.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from firsthand.claims.lexicon import (
    capitals,
    demonyms,
    english_words,
    given_names,
    name_nouns,
    titles,
    word_set,
)
from firsthand.claims.tagging import closed_words
from firsthand.claims.verbs import verb_forms
from firsthand.model.record import Range
from firsthand.registry import packaged_registry

WORD: Final = re.compile(r"(?:[A-Za-z]\.){2,6}|[^\W\d_]{1,40}(?:['’-]\w{1,40}){0,4}")
BRACKETED: Final = re.compile(r"[(\[]([A-Za-z]{2,7}(?:-\d{1,3})?)[)\]]")
LONGEST: Final = 6
"""Words of a name that is looked up."""
LONGEST_ACRONYM: Final = 5
"""Letters of a word without a vowel up to which it is an acronym."""
EXPANSION: Final = 10
"""Words before a bracketed acronym among which those that it stands for are."""
SMALL: Final = frozenset(("of", "the", "and", "for", "de", "la", "del", "los", "las", "y", "e"))
"""Words that give an acronym no letter."""
NAMES: Final = frozenset(("ORG", "FAC", "LOC"))
"""Labels of nouns that belong to the name beside them: "the Carnel River"."""
PARTICLES: Final = frozenset(("de", "la", "del", "los", "las", "san", "santa", "el", "von", "van"))
"""Words of names that are no words of English, although a list may have them."""
BRACKETS: Final = {"[": "(", "]": ")"}
"""Square brackets, in which wires put what ordinary print has in round ones."""
OPENING: Final = re.compile(
    r"[^\n]{3,120}?(?:\n[^\n]{0,80}?)?--\s{0,2}(?:\[[^\]\[]{2,90}\]\s{0,3}){0,4}"
)
"""Place, day and agency of a wire up to the dash, and what kind of text follows."""
MIN_STEM: Final = 3
LOWER, TITLE, UPPER = "lower", "title", "upper"


@cache
def _names() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Countries, capitals, peoples and registered bodies: the case of each word, by the words."""
    names = {*capitals(), *demonyms()}
    for entry in packaged_registry().entries:
        names.update((entry.name, *entry.aliases))
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name in sorted(names):
        words = tuple(name.split())
        low = tuple(word.lower() for word in words)
        if words and (len(words) > 1 or not is_common(low[0]) or name in demonyms()):
            found[low] = tuple(_written(word) for word in words)
    return found


def _written(word: str) -> str:
    if word.islower():
        return LOWER
    return UPPER if word.isupper() and len(word) > 1 else TITLE


@cache
def _calendar() -> frozenset[str]:
    """Days and months."""
    return frozenset(word for word, tag in closed_words().items() if tag == "TM" and word != "may")


@cache
def is_common(word: str, depth: int = 2) -> bool:
    """Whether a lower-case word is one of English, an inflected, derived or joined one included."""
    if word in english_words() or word in verb_forms() or word in closed_words():
        return word not in PARTICLES
    if word in word_set("english_more"):
        return True
    if "-" in word or "'" in word:
        return all(is_common(part) for part in re.split(r"['-]", word) if len(part) > 1)
    return depth > 0 and any(is_common(stem, depth - 1) for stem in _stems(word))


def _stems(word: str) -> Iterator[str]:
    """What is left of a word without an ending or an opening."""
    for ending in word_set("english_endings"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= MIN_STEM:
            yield from (stem, stem + "e", stem.removesuffix("i") + "y", stem.removesuffix(stem[-1]))
    for opening in word_set("english_openings"):
        stem = word.removeprefix(opening)
        if stem != word and len(stem) > MIN_STEM:
            yield stem


class _Casing:
    """The case of each word of one text."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.spans = [m.span() for m in WORD.finditer(text, start, end)]
        self.low = [text[a:b].lower().replace("’", "'") for a, b in self.spans]
        acronyms = {m[1].lower() for m in BRACKETED.finditer(text, start, end)}
        self.acronyms = {word for word in acronyms if not is_common(word)}
        self.case = [self._alone(word) for word in self.low]
        for i, (begin, _) in enumerate(self.spans):
            digit = self.text[max(start, begin - 2) : begin].strip()[-1:].isdigit()
            if digit and len(self.low[i]) < MIN_STEM and self.low[i] not in self.acronyms:
                self.case[i] = LOWER  # a unit: "850 km", "3d"

    def _alone(self, word: str) -> str:
        """The case of a word by itself."""
        stem = word.removesuffix("'s")
        if word == "i" or stem in self.acronyms or "." in word:
            return UPPER
        if stem in _calendar() or stem in word_set("month_abbreviations"):
            return TITLE
        if is_common(stem):
            return LOWER
        vowel = any(letter in "aeiouy" for letter in stem)
        return TITLE if vowel or len(stem) > LONGEST_ACRONYM else UPPER

    def apart(self, i: int, j: int) -> bool:
        """Whether more than a space stands between two words that follow each other."""
        return bool(self.text[self.spans[i][1] : self.spans[j][0]].strip())

    def names(self) -> None:
        """Names that are looked up: countries, capitals, peoples, bodies."""
        known = _names()
        for i in range(len(self.low)):
            for n in range(LONGEST, 0, -1):
                words = tuple(word.removesuffix("'s") for word in self.low[i : i + n])
                if len(words) == n and words in known:
                    self.case[i : i + n] = known[words]
                    break

    def expansions(self) -> None:
        """Reads "national relief front (NRF)" and "NRF (national relief front)", here and later."""
        found: set[tuple[str, ...]] = set()
        for i, word in enumerate(self.low[:-1]):
            if word in self.acronyms:
                found.add(self._stood_for(word, range(i - 1, max(-1, i - EXPANSION), -1)))
            gap = self.text[self.spans[i][1] : self.spans[i + 1][0]].strip()
            if gap in ("(", "[") and self.case[i] != LOWER and len(word) <= LONGEST_ACRONYM + 2:
                told = self._stood_for(word, range(i + 1, min(len(self.low), i + EXPANSION)))
                found.add(told)
                if told:
                    self.acronyms.add(word)
        for words in sorted(found):
            self._as_name(words)
        for i, word in enumerate(self.low):
            if word.removesuffix("'s") in self.acronyms:
                self.case[i] = UPPER

    def _stood_for(self, acronym: str, places: Sequence[int]) -> tuple[str, ...]:
        """The words beside an acronym whose first letters are its own, in any order."""
        wanted = sorted(letter for letter in acronym if letter.isalpha())
        taken: list[int] = []
        for place in places:
            taken.append(place)
            letters = sorted(self.low[i][0] for i in taken if self.low[i] not in SMALL)
            if letters == wanted:
                return tuple(self.low[i] for i in sorted(taken))
            if len(letters) >= len(wanted):
                break
        return ()

    def _as_name(self, words: tuple[str, ...]) -> None:
        """Write some words as a name wherever they stand together."""
        count = len(words)
        for i, word in enumerate(self.low):
            if count and word == words[0] and tuple(self.low[i : i + count]) == words:
                self.case[i : i + count] = [LOWER if w in SMALL else TITLE for w in words]

    def beside(self) -> None:
        """Titles before a name, nouns of bodies and places behind one, names that are words too."""
        count = len(self.low)
        for i in range(count - 1, -1, -1):
            if self.case[i] != LOWER or i + 1 >= count or self.apart(i, i + 1):
                continue
            named = self.case[i + 1] != LOWER and self.low[i + 1] not in demonyms_low()
            word = self.low[i]
            if named and word not in closed_words() and (word in titles() or word in given_names()):
                self.case[i] = TITLE
        for i in range(1, count):
            if self.case[i] != LOWER or self.case[i - 1] == LOWER or self.apart(i - 1, i):
                continue
            noun = name_nouns().get(self.low[i])
            if noun is not None and noun.label in NAMES and self.low[i] not in closed_words():
                self.case[i] = TITLE

    def written(self) -> Iterator[tuple[int, int, str]]:
        """Each word with its place, in the case it gets."""
        for (begin, end), case in zip(self.spans, self.case, strict=True):
            word = self.text[begin:end]
            yield begin, end, _cased(word, case)


@cache
def demonyms_low() -> frozenset[str]:
    """Words for people and things of countries, in lower case."""
    return frozenset(word.lower() for word in demonyms())


def _cased(word: str, case: str) -> str:
    if case == UPPER:
        return word.upper()
    low = word.lower()
    if case == LOWER:
        return low
    return "-".join(part[:1].upper() + part[1:] for part in low.split("-"))


def body_start(text: str, start: int, end: int) -> int:
    """Where a wire begins behind its place, day and agency; `start` where it has none."""
    while start < end and text[start].isspace():
        start += 1
    found = OPENING.match(text, start, end)
    return found.end() if found else start


def recased(text: str, start: int, end: int, sentences: Sequence[Range]) -> str:
    """The text with the capitals of ordinary print in `[start, end)`, every offset unchanged.

    The first letter of each sentence is a capital. Words whose length would change are left.
    """
    casing = _Casing(text, start, end)
    casing.names()
    casing.expansions()
    casing.beside()
    letters = list(text)
    for at in range(start, end):
        if text[at] in BRACKETS:
            letters[at] = BRACKETS[text[at]]
    for begin, stop, word in casing.written():
        if len(word) == stop - begin:
            letters[begin:stop] = word
    for one in sentences:
        for at in range(one.start, min(one.end, one.start + 3)):
            if text[at].isalpha():
                if len(letters[at].upper()) == 1:
                    letters[at] = letters[at].upper()
                break
    return "".join(letters)
