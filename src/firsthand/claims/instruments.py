"""Instruments: weapons and means named in the words of a claim."""

from functools import cache

from firsthand.claims.lexicon import instruments
from firsthand.claims.tokens import Sentence
from firsthand.model.claim import Instrument


@cache
def _by_first() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for term, (_, kind) in instruments().items():
        words = tuple(term.split())
        found.setdefault(words[0], []).append((words, kind))
    return {
        first: tuple(sorted(terms, key=lambda item: (-len(item[0]), item[0])))
        for first, terms in found.items()
    }


def instruments_in(sentence: Sentence, start: int, end: int, text: str) -> tuple[Instrument, ...]:
    """Weapons and platforms among the words of a token range, longest terms first."""
    found: list[Instrument] = []
    terms = _by_first()
    i = end if terms.keys().isdisjoint(sentence.low[start:end]) else start
    while i < end:
        taken = 1
        for words, kind in terms.get(sentence.low[i], ()):
            if tuple(sentence.low[i : i + len(words)]) == words and i + len(words) <= end:
                begin, stop = sentence.begins[i], sentence.ends[i + len(words) - 1]
                found.append(
                    Instrument(as_written=text[begin:stop], start=begin, end=stop, kind=kind)
                )
                taken = len(words)
                break
        i += taken
    return tuple(found)
