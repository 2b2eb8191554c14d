"""A generated pile as the records that trace reads: pages, documents, segments, in memory."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from firsthand.config import Settings
from firsthand.model.document import Document, Paragraph, Quotation, Segments
from firsthand.model.ids import digest, document_id, page_id
from firsthand.model.page import Page
from firsthand.model.record import Range, Record
from firsthand.stage import Change, Context, Rows
from firsthand.store.memory import MemoryTables
from firsthand.trace.stage import STAGE
from generate import GeneratedPage, generate
from generate_family import Rates

CONTEXT: Final = Context(settings=Settings())
_QUOTED: Final = re.compile(r"[“\"]([^”\"\n]{1,2000})[”\"]")
_SENTENCE: Final = re.compile(r"[^.!?\n]+[.!?]*[”\"]?")
_LINE: Final = re.compile(r"[^\n]+")


@dataclass(frozen=True)
class PilePage:
    """One page with its records."""

    generated: GeneratedPage
    page: Page
    documents: tuple[Document, ...]
    segments: tuple[Segments, ...]

    @property
    def records(self) -> list[Record]:
        """What earlier stages would have written for it."""
        return [self.page, *self.documents, *self.segments]


def read_page(generated: GeneratedPage) -> PilePage:
    """The records of a generated page, with the generator's own cut into articles."""
    page = Page(
        page_id=page_id(digest(generated.content), generated.url),
        source=generated.url,
        sha256="",
        media_type="text/plain",
        captured_at="",
        text_version=1,
        text=generated.text,
        blocks=(),
        furniture=(),
    )
    documents = tuple(
        _document(page, generated, number, one.start, one.end, one.title)
        for number, one in enumerate(generated.truth.documents, 1)
    )
    return PilePage(generated, page, documents, tuple(_segments(page, one) for one in documents))


def _document(
    page: Page, generated: GeneratedPage, number: int, start: int, end: int, title: str
) -> Document:  # fmt: skip
    headline = page.text.rfind(title, 0, start)
    found = headline >= 0
    start = headline if found else start
    return Document(
        document_id=document_id(page.page_id, number, title, page.text[start : start + 60]),
        page_id=page.page_id,
        ordinal=number,
        start=start,
        end=end,
        title=title,
        title_start=headline if found else None,
        title_end=headline + len(title) if found else None,
        byline=None,
        outlet=generated.outlet,
        outlet_basis="metadata",
        published=generated.shown,
        published_basis="metadata" if generated.shown else None,
        published_reason=None if generated.shown else "no date on the page",
        dateline=None,
        language="en",
        url=generated.url if number == 1 else None,
    )


def _segments(page: Page, document: Document) -> Segments:
    text, low, high = page.text, document.start, document.end
    return Segments(
        document_id=document.document_id,
        page_id=page.page_id,
        paragraphs=tuple(
            Paragraph(start=m.start(), end=m.end()) for m in _LINE.finditer(text, low, high)
        ),
        sentences=tuple(
            Range(start=m.start(), end=m.end()) for m in _SENTENCE.finditer(text, low, high)
        ),
        quotations=tuple(
            Quotation(
                start=m.start(),
                end=m.end(),
                inner_start=m.start(1),
                inner_end=m.end(1),
                depth=0,
                closed=True,
                continues=False,
            )
            for m in _QUOTED.finditer(text, low, high)
        ),
    )


def read_pile(count: int, seed: int, words: int = 400) -> Iterator[PilePage]:
    """A pile of generated pages as records."""
    for generated in generate(count, seed, form="jsonl", words=words, rates=Rates()):
        yield read_page(generated)


def prepared(one: PilePage) -> list[Record]:
    """What the per-page part of trace writes for a page."""
    rows = Rows(
        one.page.page_id,
        {Page: [one.page], Document: one.documents, Segments: one.segments},
    )
    assert STAGE.run is not None
    return list(STAGE.run(rows, CONTEXT))


RECORDS: Final = (*STAGE.reads, *STAGE.prepares, *STAGE.writes)


def change_of(units: frozenset[str]) -> Change:
    """All tables of some pages changed."""
    return Change(dict.fromkeys((*STAGE.reads, *STAGE.prepares), units))


def traced(pages: list[PilePage]) -> MemoryTables:
    """The tables of a pile after a full run of trace."""
    tables = MemoryTables(RECORDS)
    tables.replace("earlier", {one.page.page_id: one.records for one in pages})
    tables.replace("prepare", {one.page.page_id: prepared(one) for one in pages})
    assert STAGE.update is not None
    delta = STAGE.update(tables, change_of(frozenset(one.page.page_id for one in pages)), CONTEXT)
    for units in delta.portions():
        tables.replace("trace", units)
    return tables
