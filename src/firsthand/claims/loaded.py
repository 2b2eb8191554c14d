"""Loaded wording: terms that take a side, by one table, whoever uses them and of whomever."""

from collections.abc import Iterator
from functools import cache

from firsthand.claims.chains import Chains
from firsthand.claims.reading import Reading
from firsthand.claims.tokens import Sentence
from firsthand.model.claim import LoadedTerm
from firsthand.model.document import Document
from firsthand.model.ids import words_id
from firsthand.resources import read_table

TABLE = "lexicons/loaded_terms.tsv"


@cache
def terms() -> dict[str, tuple[str, str]]:
    """About and neutral wording of each term, lower case."""
    return {row["term"].lower(): (row["about"], row["neutral"]) for row in read_table(TABLE)}


@cache
def _by_first() -> dict[str, tuple[list[str], ...]]:
    """The terms' words by their first word, longest first."""
    found: dict[str, list[list[str]]] = {}
    for term in terms():
        words = term.split()
        found.setdefault(words[0], []).append(words)
    return {
        first: tuple(sorted(rows, key=lambda words: (-len(words), words)))
        for first, rows in found.items()
    }


def _found(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """Loaded terms of a sentence: first token, one past the last, the term."""
    low, known = sentence.low, _by_first()
    i = len(low) if known.keys().isdisjoint(low) else 0
    while i < len(low):
        after = i + 1
        for words in known.get(low[i], ()):
            if low[i : i + len(words)] == words:
                after = i + len(words)
                yield i, after, " ".join(words)
                break
        i = after


def loaded_terms(reading: Reading, document: Document, chains: Chains) -> Iterator[LoadedTerm]:
    """Every loaded term of the document's sentences, with who uses it."""
    seen: dict[str, int] = {}
    for parsed in reading.parsed:
        sentence = parsed.sentence
        for first, last, key in _found(sentence):
            about, neutral = terms()[key]
            start, end = sentence.begins[first], sentence.ends[last - 1]
            seen[key] = seen.get(key, 0) + 1
            quoted = reading.quotes.at(start) is not None
            chain = chains.at(start, chains.innermost(start) if quoted else None)
            yield LoadedTerm(
                loaded_id=words_id("l", document.document_id, key, seen[key]),
                document_id=document.document_id,
                page_id=document.page_id,
                start=start,
                end=end,
                text=reading.text[start:end],
                about=about,
                neutral=neutral,
                voice=chain[-1].name,
                in_quotation=quoted,
            )
