"""Segment: the paragraphs, sentences and quotations of every document of a page."""

from collections.abc import Iterable
from typing import Final

from firsthand.model.document import Document, Segments
from firsthand.model.page import Page
from firsthand.model.record import Range, Record
from firsthand.nlp.sentences import ABBREVIATIONS, sentence_spans
from firsthand.segment.paragraphs import paragraphs_of
from firsthand.segment.quotations import quotations_of
from firsthand.stage import Context, Rows, Scope, Stage


def segment_document(page: Page, document: Document) -> Segments:
    """The segments of one document; furniture has paragraphs but no sentences or quotations."""
    paragraphs = paragraphs_of(page, document)
    article = [(one.start, one.end) for one in paragraphs if not one.furniture]
    sentences = [
        Range(start=start, end=end)
        for first, last in article
        for start, end in sentence_spans(page.text, first, last, document.language)
    ]
    return Segments(
        document_id=document.document_id,
        page_id=page.page_id,
        paragraphs=paragraphs,
        sentences=tuple(sentences),
        quotations=quotations_of(page.text, article),
    )


def segment_page(rows: Rows, context: Context) -> Iterable[Record]:  # noqa: ARG001 - every stage's signature
    """The segments of a page's documents, in the page's order."""
    documents = sorted(rows.of(Document), key=lambda document: document.ordinal)
    if not documents:
        return []
    page = rows.one(Page)
    return [segment_document(page, document) for document in documents]


STAGE: Final = Stage(
    name="segment",
    version=4,
    scope=Scope.RECORD,
    reads=(Page, Document),
    writes=(Segments,),
    run=segment_page,
    resources=(ABBREVIATIONS,),
)
