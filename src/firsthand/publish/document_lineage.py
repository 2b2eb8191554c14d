"""The lineage of one article: where its words are traced to, what shares them, who told its claims."""

import sqlite3
from collections.abc import Collection

import msgspec

from firsthand.errors import FirsthandError
from firsthand.model.document import Document
from firsthand.model.page import Page
from firsthand.model.record import Part
from firsthand.publish import read
from firsthand.publish.claim_views import DocumentLine, document_line
from firsthand.publish.dossiers import lineage_for
from firsthand.publish.lineage_views import Lineage
from firsthand.publish.shared_text import TakenOver, taken_over
from firsthand.publish.show import alias_of
from firsthand.publish.told import by_ids, sources_of, told
from firsthand.publish.traced import Traced, traced_to

MOST_STEPS = 12
"""Articles on the way from one to the first that had its words: more are never looked through."""


class DocumentLineage(Part, frozen=True, kw_only=True):
    """All that is known of where the words of one article come from."""

    document: DocumentLine
    traced: tuple[Traced, ...]
    """Steps towards their sources, those in use first, then those set aside."""
    shared: tuple[TakenOver, ...]
    """Captured articles with the same words, whoever had them first."""
    lineage: Lineage
    """The ways of its claims, through captured articles where the words came that way."""


def document_lineage(db: sqlite3.Connection, asked: str) -> DocumentLineage:
    """The lineage of an article, given by its id, or by its page as `dates` lists it."""
    document = _found(db, asked)
    traced = traced_to(db, document.document_id)
    claims = list(told(db, "claim.document_id=?", (document.document_id,)))
    known = by_ids(db, Document, {document.document_id, *_upstream(db, traced)})
    documents = {key: rows[0] for key, rows in known.items()}
    sources = msgspec.structs.replace(sources_of(db, claims), documents=documents)
    return DocumentLineage(
        document=document_line(document, read.get(db, Page, document.page_id)),
        traced=traced,
        shared=taken_over(db, document.document_id),
        lineage=lineage_for(db, claims, sources),
    )


def _upstream(db: sqlite3.Connection, traced: Collection[Traced]) -> set[str]:
    """The captured articles that the words came through, step by step."""
    found: set[str] = set()
    step = _captured(traced)
    for _number in range(MOST_STEPS):
        if not step:
            break
        found |= step
        step = {far for one in sorted(step) for far in _captured(traced_to(db, one))} - found
    return found


def _captured(traced: Collection[Traced]) -> set[str]:
    return {
        one.document_id
        for one in traced
        if one.document_id and one.derivation.status == "active" and one.derivation.directed
    }


def _found(db: sqlite3.Connection, asked: str) -> Document:
    """The article with that id, or the only one, or that numbered, of a page."""
    document = read.get(db, Document, asked) or read.get(db, Document, alias_of(db, asked) or "")
    if document is not None:
        return document
    source, _mark, number = asked.partition("#")
    pages = [page.page_id for page in read.select(db, Page, "source=?", (source,))]
    of = by_ids(db, Document, set(pages) or {asked}, "page_id")
    articles = sorted((row for rows in of.values() for row in rows), key=lambda row: row.ordinal)
    chosen = [row for row in articles if not number or str(row.ordinal) == number]
    if len(chosen) == 1:
        return chosen[0]
    keys = ", ".join(row.document_id for row in chosen)
    message = (
        f"{asked!r} holds {len(chosen)} articles; give the id of one: {keys}"
        if chosen
        else f"no article is called {asked!r}; give an article's id (d-…), or its page "
        "as `firsthand dates` lists it"
    )
    raise FirsthandError(message)
