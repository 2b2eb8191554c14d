"""Loaded wording: terms that take a side, by one table, whoever uses them and of whomever."""

import re
from collections.abc import Iterator
from functools import cache

from firsthand.claims.chains import Chains
from firsthand.claims.reading import Reading
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
def _pattern() -> re.Pattern[str]:
    longest = sorted(terms(), key=lambda term: (-len(term), term))
    words = "|".join(re.escape(term).replace(r"\ ", r"[ \n]") for term in longest)
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def loaded_terms(reading: Reading, document: Document, chains: Chains) -> Iterator[LoadedTerm]:
    """Every loaded term of the document's sentences, with who uses it."""
    seen: dict[str, int] = {}
    for parsed in reading.parsed:
        sentence = parsed.sentence
        for match in _pattern().finditer(reading.text, sentence.start, sentence.end):
            about, neutral = terms()[" ".join(match.group().lower().split())]
            start = match.start()
            key = match.group().lower()
            seen[key] = seen.get(key, 0) + 1
            chain = chains.at(start, chains.innermost(start))
            yield LoadedTerm(
                loaded_id=words_id("l", document.document_id, key, seen[key]),
                document_id=document.document_id,
                page_id=document.page_id,
                start=start,
                end=match.end(),
                text=match.group(),
                about=about,
                neutral=neutral,
                voice=chain[-1].name,
                in_quotation=reading.quotes.at(start) is not None,
            )
