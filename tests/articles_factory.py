"""Small piles of invented articles, and the tables of trace over them."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from firsthand.config import Settings, TraceSettings
from firsthand.model.document import Document, Segments
from firsthand.model.lineage import Credit
from firsthand.model.page import Page
from firsthand.model.record import Record, span_of
from firsthand.segment.stage import segment_document
from firsthand.stage import Change, Context
from firsthand.store.memory import MemoryTables
from firsthand.trace.prepare import Reading, block_prints, fingerprint_document
from firsthand.trace.stage import STAGE
from firsthand.trace.words import words_of
from trace_factory import make_document, make_page

CONTEXT = Context(settings=Settings())
RECORDS = (*STAGE.reads, *STAGE.prepares, *STAGE.writes)


def article(
    text: str,
    *,
    source: str,
    outlet: str | None = None,
    published: str | None = None,
    title: str | None = None,
    credit: tuple[str, str, str] | None = None,
    links: Sequence[tuple[str, str]] = (),
    language: str | None = None,
    credited: Mapping[str, str] | None = None,
) -> list[Record]:
    """The records of a page with one article; `credit` is (its words, cited source, covered words).

    `credited` gives fields of the credit other than a reprint of an outlet has.
    """
    page = make_page(text, source=source, links=links)
    document = make_document(page, title=title, outlet=outlet)
    document = replace(document, published=published, language=language or document.language)
    found = [make_credit(page, document, *credit)] if credit else []
    found = [replace(one, **credited) if credited else one for one in found]
    return with_prints(page, document, segment_document(page, document), found)


def make_credit(page: Page, document: Document, words: str, cited: str, covered: str) -> Credit:
    """A credit of one passage to a named outlet."""
    start, low = page.text.index(words), page.text.index(covered)
    return Credit(
        credit_id=f"k-{document.document_id}-{start}",
        document_id=document.document_id,
        page_id=page.page_id,
        start=start,
        end=start + len(words),
        text=words,
        cited_source=cited,
        source_kind="outlet",
        kind="republished",
        position="leading",
        covers=(span_of(page.text, low, low + len(covered)),),
        rule="test",
    )


def with_prints(
    page: Page, document: Document, segments: Segments, credits_found: Sequence[Credit]
) -> list[Record]:
    """A page's records with what it is compared by."""
    words = words_of(page.text)
    reading = Reading(document, segments, credits_found)
    return [
        page,
        document,
        segments,
        *credits_found,
        block_prints(page, words, [document]),
        fingerprint_document(page, words, reading, CONTEXT.settings.trace),
    ]


def page_of(records: Sequence[Record]) -> str:
    """The page id of one page's records."""
    return next(row.page_id for row in records if isinstance(row, Page))


def document_of(records: Sequence[Record]) -> str:
    """The document id of a page with one article."""
    return next(row.document_id for row in records if isinstance(row, Document))


def small(most: int) -> Context:
    """Settings by which few documents are many."""
    return Context(settings=Settings(trace=TraceSettings(max_documents=most)))


def put(
    tables: MemoryTables,
    added: Iterable[Sequence[Record]],
    removed: Iterable[str] = (),
    context: Context = CONTEXT,
) -> MemoryTables:
    """Add and remove pages, and bring the tables of trace up to date."""
    units: dict[str, Sequence[Record]] = {page: [] for page in removed}
    units |= {page_of(records): records for records in added}
    tables.replace("earlier", units)
    changed = frozenset(units)
    change = Change(dict.fromkeys((*STAGE.reads, *STAGE.prepares), changed))
    assert STAGE.update is not None
    delta = STAGE.update(tables, change, context)
    # As a run does: nothing is written before all is made.
    for portion in list(delta.portions()):
        tables.replace("trace", portion)
    return tables


def traced(pages: Iterable[Sequence[Record]], context: Context = CONTEXT) -> MemoryTables:
    """The tables of a full run."""
    return put(MemoryTables(RECORDS), pages, context=context)


def dump(tables: MemoryTables) -> Mapping[tuple[str, str], list[str]]:
    """All rows that trace wrote, by table and unit."""
    return {
        (record.__name__, unit): sorted(map(repr, rows))
        for record in STAGE.writes
        for unit, rows in tables.by_unit(record).items()
        if rows
    }
