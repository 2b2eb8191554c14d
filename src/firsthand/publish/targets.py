"""What judgements aim at: words of this edition, by which a later one finds them again."""

import sqlite3
from typing import Final

from firsthand.model.document import Document
from firsthand.model.judgement import Target
from firsthand.model.page import Page
from firsthand.model.record import Span
from firsthand.publish import read
from firsthand.publish.claim_views import ClaimView

CONTEXT: Final = 60
"""Code points kept on each side of a judgement's words."""


def claim_target(db: sqlite3.Connection, view: ClaimView, as_kind: str = "claim") -> Target:
    """The words of a claim, by which a judgement finds it again after a run."""
    first = view.evidence[0] if view.evidence else Span(start=view.start, end=view.end, text="")
    page = read.get(db, Page, view.document.page_id)
    return target_at(as_kind, page, first.start, first.end, first.text)


def target_at(as_kind: str, page: Page | None, start: int, end: int, words: str) -> Target:
    """Words of a page as what a judgement aims at, with those around them."""
    text = page.text if page else ""
    return Target(
        kind=as_kind,
        words=words,
        before=text[max(0, start - CONTEXT) : start],
        after=text[end : end + CONTEXT],
        source=page.source if page else None,
        sha256=page.sha256 if page else None,
    )


def words_target(page: Page, start: int, end: int) -> Target:
    """Any words of a page, with those around them."""
    return target_at("words", page, start, end, page.text[start:end])


def document_target(db: sqlite3.Connection, document: Document) -> Target | None:
    """An article by its title, else its first words, as `firsthand dates` aims at it."""
    page = read.get(db, Page, document.page_id)
    if page is None:
        return None
    first = " ".join(page.text[document.start : document.end].split()[:12])
    return Target(
        kind="document",
        words=document.title or first,
        source=page.source,
        sha256=page.sha256,
        ordinal=document.ordinal,
    )
