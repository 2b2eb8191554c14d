"""Nearest words: where another text has about the words of a quotation, if it has them at all."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

RUN: Final = 3
"""Equal words in a row by which two places are brought together."""
MIN_RUNS: Final = 3
"""Such rows that must agree: five equal words one after another, or two rows apart."""
NEAR: Final = 0.5
"""Part of the quotation's words that must stand there in order."""
MOST_PLACES: Final = 40
"""Places of one row that are looked at: a text that repeats itself costs no more."""
KEPT_TEXTS: Final = 128
_WORD: Final = re.compile(r"\w+")

Placed = list[tuple[int, int, str]]
"""Words in lower case with their offsets."""


@dataclass(frozen=True)
class Indexed:
    """The words of a text, and where every three of them in a row stand."""

    words: Placed
    rows: Mapping[tuple[str, ...], Sequence[int]]
    known: frozenset[str]


def placed_words(text: str, low: int, high: int) -> Placed:
    """The words of a part of a text."""
    return [(m.start(), m.end(), m[0].lower()) for m in _WORD.finditer(text, low, high)]


@lru_cache(maxsize=KEPT_TEXTS)
def indexed(text: str, low: int, high: int) -> Indexed:
    """A part of a text made ready to be searched."""
    words = placed_words(text, low, high)
    plain = [word for *_, word in words]
    rows: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(plain) - RUN + 1):
        rows[tuple(plain[at : at + RUN])].append(at)
    return Indexed(words, rows, frozenset(plain))


def nearest(here: Sequence[str], there: Indexed) -> tuple[int, int] | None:
    """The words of the other text, by index, around the place that is most like a quotation.

    The place that agrees in most rows of words wins, the first of equals; None where no place
    agrees in enough of them.
    """
    found = sorted(
        (place - at, at)
        for at in range(len(here) - RUN + 1)
        for place in there.rows.get(tuple(here[at : at + RUN]), ())[:MOST_PLACES]
    )
    slack = RUN + len(here) // 4
    shifts = [shift for shift, _ in found]
    best, chosen = 0, (0, 0)
    for number, shift in enumerate(shifts):
        last = bisect_right(shifts, shift + slack)
        if last - number <= best:
            continue
        runs = len({at for _, at in found[number:last]})
        if runs > best:
            best, chosen = runs, (shift, shifts[last - 1])
    if best < MIN_RUNS or best + RUN - 1 < NEAR * len(here):
        return None
    low = max(0, chosen[0] - slack)
    return low, min(len(there.words), chosen[1] + len(here) + slack)
