"""Sentences as words, and the classes of words by which publishers are credited in them."""

import re
from bisect import bisect_left
from collections.abc import Mapping
from functools import cache
from typing import Final

from firsthand.resources import read_table

RELATIONS: Final = "lexicons/credit_relations.tsv"
_TOKEN: Final = re.compile(r"h/t\b|[^\W_]+(?:-[^\W_]+)*|[^\w\s]")
QUOTES: Final = frozenset("“”«»\"„‘’'")
STOPS: Final = frozenset(".;:!?()…—–[]|")
BE: Final = frozenset(["is", "are", "was", "were", "be", "been", "being"])
OPENINGS: Final = frozenset(["for", "in", "on", "from", "over", "at"])
"""Prepositions with which a sentence can set a publisher in front of what it has."""


@cache
def phrases(name: str) -> frozenset[str]:
    """The words and phrases of a class, of every language."""
    rows = [row["words"] for row in read_table(RELATIONS) if row["class"] == name]
    return frozenset(word for row in rows for word in row.split("|"))


@cache
def _sizes(name: str, *, first: bool) -> Mapping[str, int]:
    """Words of the longest phrase of a class that begins, or ends, with each word."""
    sizes: dict[str, int] = {}
    for phrase in phrases(name):
        words = phrase.split(" ")
        word = words[0] if first else words[-1]
        sizes[word] = max(sizes.get(word, 0), len(words))
    return sizes


@cache
def telling() -> frozenset[str]:
    """Every word that may show a publisher to be a source: without any, no name is looked at."""
    classes = ("before", "told", "inverted", "subject.reports", "subject.says", "subject.gives")
    governed = tuple(f"governs.{group}" for group in ("by", "in", "on", "to", "from", "at"))
    every = (phrase for name in (*classes, *governed) for phrase in phrases(name))
    return frozenset(max(phrase.split(), key=len) for phrase in every)


@cache
def groups() -> Mapping[str, str]:
    """Each preposition and the group it belongs to."""
    groups = ("by", "in", "on", "to", "from", "at")
    return {word: group for group in groups for word in phrases(group)}


class Sentence:
    """One sentence as tokens, with the names of publishers known to stand in it."""

    def __init__(self, text: str, start: int, end: int) -> None:
        """`text[start:end]` is the sentence."""
        self.text, self.start, self.end = text, start, end
        found = list(_TOKEN.finditer(text, start, end))
        self.starts = [one.start() for one in found]
        self.ends = [one.end() for one in found]
        self.low = [one.group().lower() for one in found]

    def at(self, place: int) -> int:
        """The number of the first token that begins at or after a place."""
        return bisect_left(self.starts, place)

    def word(self, number: int) -> str:
        """A token in lower case; empty outside the sentence."""
        return self.low[number] if 0 <= number < len(self.low) else ""

    def is_name(self, number: int) -> bool:
        """Whether a token begins with a capital letter."""
        return 0 <= number < len(self.low) and self.text[self.starts[number]].isupper()

    def phrase_before(self, number: int, name: str) -> int | None:
        """Where a phrase of a class begins that ends with a token; None where none does."""
        longest = _sizes(name, first=False).get(self.word(number), 0)
        for size in range(min(longest, number + 1), 0, -1):
            if " ".join(self.low[number - size + 1 : number + 1]) in phrases(name):
                return number - size + 1
        return None

    def phrase_after(self, number: int, name: str) -> int | None:
        """Where a phrase of a class ends that begins with a token; None where none does."""
        longest = _sizes(name, first=True).get(self.word(number), 0)
        for size in range(longest, 0, -1):
            if " ".join(self.low[number : number + size]) in phrases(name):
                return number + size
        return None


def is_time(word: str) -> bool:
    """Whether a word tells when, a day or a part of one."""
    return word.endswith("day") or word in {
        "earlier",
        "yesterday",
        "tonight",
        "later",
        "morning",
        "evening",
        "night",
    }


def after_time(sentence: Sentence, number: int) -> int:
    """The token after words of time that follow, and after "that"."""
    at = number
    while sentence.word(at) in {"on", "late", "early", "earlier"} or is_time(sentence.word(at)):
        at += 1
    if at == number or not is_time(sentence.word(at - 1)):
        at = number
    return at + 1 if sentence.word(at) == "that" else at


def is_owner(sentence: Sentence, end: int) -> bool:
    """Whether a name that ends at a place stands in the genitive."""
    text = sentence.text
    return text[end : end + 1] in {"’", "'"} or (text[end - 2 : end] in {"’s", "'s"})


def after_owned(sentence: Sentence, last: int, name: str) -> int | None:
    """The token after a noun of a class that a name owns, few words on; None without one."""
    at = last
    while sentence.word(at) in {"’", "'", "s"}:
        at += 1
    for number in range(at, at + 5):
        if sentence.word(number) in STOPS or sentence.word(number) == ",":
            return None
        after = sentence.phrase_after(number, name)
        if after is not None:
            return after
    return None


def past_person(sentence: Sentence, last: int) -> int:
    """The token after somebody named whom a publisher has: "Orvel Post’s A. Person"."""
    at = last
    while sentence.word(at) in {"’", "'", "s"}:
        at += 1
    first = at
    while sentence.is_name(at):
        at += 1
    return at if at > first else last
