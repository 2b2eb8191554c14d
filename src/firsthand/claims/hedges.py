"""Hedges: words that lower what is said, found in a sentence."""

from functools import cache

from firsthand.claims.lexicon import HEDGES
from firsthand.claims.tokens import Sentence
from firsthand.model.claim import Modality
from firsthand.resources import read_table


@cache
def _by_first() -> dict[str, tuple[tuple[list[str], Modality], ...]]:
    """Hedges by their first word, longest first."""
    found: dict[str, list[tuple[list[str], Modality]]] = {}
    for row in read_table(HEDGES):
        words = row["hedge"].split()
        modality: Modality = row["modality"]  # type: ignore[assignment]  # checked by a test
        found.setdefault(words[0], []).append((words, modality))
    return {
        first: tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0])))
        for first, rows in found.items()
    }


def hedge_spans(sentence: Sentence, start: int, end: int) -> list[tuple[int, int, Modality]]:
    """Hedges in a token range, in order: first token, one past the last, modality they give."""
    found: list[tuple[int, int, Modality]] = []
    hedges = _by_first()
    low = sentence.low
    if hedges.keys().isdisjoint(low[start:end]):
        return found
    for i in range(start, end):
        for words, modality in hedges.get(low[i], ()):
            last = i + len(words)
            if last <= end and low[i:last] == words:
                found.append((i, last, modality))
                break
    return found
