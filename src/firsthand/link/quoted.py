"""Quotations of a page: whose words each one gives, and by what others like it are found."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from firsthand.link.days import first_day, iso_day
from firsthand.link.hashing import STEM, hashed
from firsthand.link.origins import is_unnamed, plain_name
from firsthand.model.claim import Attribution
from firsthand.model.document import Document, Quotation, Segments
from firsthand.model.linking import QuotedWords
from firsthand.model.page import Page
from firsthand.model.record import Span
from firsthand.nlp.wording import held_back, matter, placed
from firsthand.stage import Rows

FEWEST: Final = 4
"""Shorter quotations are terms, which anyone may use."""
MOST: Final = 200
"""Longer ones are left to what pages copy from one another."""
MOST_KEYS: Final = 24
SHORT: Final = 4
"""Words of matter up to which two in a row may both have been changed."""
_NAME_AFTER: Final = re.compile(
    r"\b(?!of\b|in\b|at\b|from\b|for\b|the\b)[a-z]+((?: [^\W\d_a-z][\w.'’-]*)+)$"
)
"""A name behind what its bearer is: "fisherman Rui Salgo", not "the mayor of Lisk"."""
DESCRIBED: Final = "~"
"""Stands before a description that is all a page gives of a speaker: "a volunteer at the camp"."""
UNDATED: Final = "9999"


def quoted_words(rows: Rows) -> Iterator[QuotedWords]:
    """The quotations of a page that are long enough to be somebody's, in order."""
    (page,) = rows.of(Page) or (None,)
    if page is None:
        return
    documents = {document.document_id: document for document in rows.of(Document)}
    said: dict[str, list[Attribution]] = {}
    for row in rows.of(Attribution):
        said.setdefault(row.document_id, []).append(row)
    for segments in sorted(rows.of(Segments), key=lambda one: one.document_id):
        document = documents.get(segments.document_id)
        if document is None:
            continue
        told = said.get(document.document_id, ())
        for quotation in segments.quotations:
            made = _made(page.text, document, quotation, told)
            if made is not None and quotation.depth == 0:
                yield made


def _made(
    text: str, document: Document, quotation: Quotation, said: Sequence[Attribution]
) -> QuotedWords | None:
    low, high = quotation.inner_start, quotation.inner_end
    words = [word for *_, word in placed(text, low, high)]
    if not FEWEST <= len(words) <= MOST:
        return None
    speaker = _speaker(low, high, said)
    return QuotedWords(
        document_id=document.document_id,
        page_id=document.page_id,
        published=iso_day(first_day(document.published)) or UNDATED,
        start=low,
        end=high,
        text=text[low:high],
        speaker=speaker,
        held_back=held_back(text, low, high),
        variant=hashed("variant", *words),
        keys=_keys(words, speaker),
    )


def _keys(words: Sequence[str], speaker: Sequence[str]) -> tuple[int, ...]:
    """Two words of matter one after another, whatever little words stand between them.

    A named speaker's quotation with few such words is looked for by each of them.
    """
    told = matter(words)
    kept = [word[:STEM] for word in words if word in told]
    found = [hashed("quoted", *two) for two in pairwise(kept)][:MOST_KEYS]
    if speaker and len(kept) <= SHORT:
        found += [hashed("quoted", speaker[-1], word) for word in kept]
    return tuple(sorted(set(found)))


def _speaker(low: int, high: int, said: Iterable[Attribution]) -> tuple[str, ...]:
    """The name of the innermost speaker whose words a quotation gives."""
    around = [
        (_length(row.content), row.attribution_id, row.source_name)
        for row in said
        if 2 * sum(max(0, min(high, s.end) - max(low, s.start)) for s in row.content) > high - low
    ]
    if not around:
        return ()
    name = min(around)[2]
    if not is_unnamed(name):
        return tuple(plain_name(name).split())
    found = _NAME_AFTER.search(name)
    if found:
        return tuple(plain_name(found[1]).split())
    words = plain_name(name).split()
    return (DESCRIBED, *words) if len(words) > 1 else ()


def _length(spans: Iterable[Span]) -> int:
    return sum(span.end - span.start for span in spans)
