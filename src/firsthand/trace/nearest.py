"""Nearest words: where another text has about the words of a quotation, if it has them at all."""

import re
from bisect import bisect_right
from collections import defaultdict
from functools import lru_cache
from typing import Final

import numpy as np

from firsthand.trace.fingerprints import shingle_hashes
from firsthand.trace.words import Words, words_of

RUN: Final = 3
"""Equal words in a row by which two places are brought together."""
MIN_RUNS: Final = 3
"""Such rows that must agree: five equal words one after another, or two rows apart."""
NEAR: Final = 0.5
"""Part of the quotation's words that must stand there in order."""
MOST_PLACES: Final = 2_000
"""Places with equal rows that are looked at: a text that repeats itself costs no more."""
KEPT_TEXTS: Final = 256
_WORD: Final = re.compile(r"\w+")

Placed = list[tuple[int, int, str]]
"""Words in lower case with their offsets."""


def placed_words(text: str, low: int, high: int) -> Placed:
    """The words of a part of a text."""
    return [(m.start(), m.end(), m[0].lower()) for m in _WORD.finditer(text, low, high)]


@lru_cache(maxsize=KEPT_TEXTS)
def numbered(text: str, low: int, high: int) -> Words:
    """A part of a text as words to be searched."""
    return words_of(text[low:high]).moved(low)


def nearest(here: Words, there: Words) -> tuple[int, int] | None:
    """Where a text has what is most like a quotation, in code points, with some words around.

    The place that agrees in most rows of words wins, the first of equals; None where no place
    agrees in enough of them.
    """
    rows, others = shingle_hashes(here.numbers, RUN), shingle_hashes(there.numbers, RUN)
    if not len(rows):
        return None
    ordered = np.sort(rows)
    known = ordered.take(ordered.searchsorted(others), mode="clip") == others
    places = known.nonzero()[0][:MOST_PLACES]
    if len(places) < MIN_RUNS:
        return None
    slack = RUN + len(here) // 4
    chosen = _best_shifts(rows.tolist(), others[places].tolist(), places.tolist(), slack)
    if chosen is None:
        return None
    low = max(0, chosen[0] - slack)
    high = min(len(there), chosen[1] + len(here) + slack)
    return int(there.starts[low]), int(there.ends[high - 1])


def _best_shifts(
    rows: list[int], others: list[int], places: list[int], slack: int
) -> tuple[int, int] | None:
    """The least and greatest shift of the rows that agree at the best place."""
    at_of: defaultdict[int, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        at_of[row].append(at)
    found = sorted(
        (place - at, at)
        for place, row in zip(places, others, strict=True)
        for at in at_of[row][:RUN]
    )
    shifts = [shift for shift, _ in found]
    best, chosen = 0, (0, 0)
    for number, shift in enumerate(shifts):
        last = bisect_right(shifts, shift + slack)
        if last - number > best:
            runs = len({at for _, at in found[number:last]})
            if runs > best:
                best, chosen = runs, (shift, shifts[last - 1])
    enough = best >= MIN_RUNS and best + RUN - 1 >= NEAR * (len(rows) + RUN - 1)
    return chosen if enough else None
