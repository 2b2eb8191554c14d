"""Altered quotations as conflicts: what a page quotes against what its source says."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from firsthand.link.columns import column_of, strings
from firsthand.link.conflict_rows import conflict
from firsthand.link.wordings import OWN
from firsthand.model.lineage import AlteredQuotation
from firsthand.model.linking import CheckedQuotation, ClaimFacts
from firsthand.model.record import Record, Span
from firsthand.stage import Change, Tables

PREFIX: Final = "l:altered:"
SHORTENED: Final = "truncation"
"""Words left out pull a quotation away from its source; they do not contradict it."""

TOUCHED: Final = (
    "SELECT DISTINCT unit FROM altered_quotation WHERE page_id IN (SELECT page FROM pages) "
    "OR source_document IN "
    "(SELECT document_id FROM claim_facts WHERE page_id IN (SELECT page FROM pages))"
)
PAGES: Final = (
    "SELECT DISTINCT page_id FROM claim_facts WHERE document_id IN (SELECT document FROM documents)"
)


def altered_rows(
    tables: Tables, change: Change, wordings: Mapping[str, Sequence[Record]], *, fresh: bool
) -> dict[str, list[Record]]:
    """The conflicts of every page whose quotations, or the claims on either side, changed.

    `wordings` are the units of quotations that differ from other pages' as they are now.
    """
    pages = {unit.removeprefix(OWN) for unit in wordings}
    if fresh:
        pages |= set(tables.units(AlteredQuotation))
    else:
        pages |= set(change.of(AlteredQuotation, CheckedQuotation))
        moved = change.of(ClaimFacts)
        if moved:
            pages |= set(strings(tables.query(TOUCHED, pages=column_of("page", moved)), "unit"))
    pages = {page.removeprefix(OWN) for page in pages}
    if not pages:
        return {}
    altered = _standing(tables, _altered(tables, wordings, pages))
    facts = _facts(tables, [row for rows in altered.values() for row in rows])
    return {PREFIX + page: _conflicts(altered.get(page, ()), facts) for page in sorted(pages)}


def _altered(
    tables: Tables, wordings: Mapping[str, Sequence[Record]], pages: Collection[str]
) -> dict[str, list[AlteredQuotation]]:
    """The altered quotations of pages, those that tracing found first."""
    known = tables.by_unit(AlteredQuotation, {*pages, *(OWN + page for page in pages)})
    found = {}
    for page in sorted(pages):
        own = wordings.get(OWN + page, known.get(OWN + page, ()))
        rows = [row for row in own if isinstance(row, AlteredQuotation)]
        found[page] = [*known.get(page, ()), *rows]
    return found


def _standing(
    tables: Tables, altered: Mapping[str, Sequence[AlteredQuotation]]
) -> dict[str, list[AlteredQuotation]]:
    """The quotations that no person found to be as in the source."""
    checked = tables.by_unit(CheckedQuotation, altered.keys())
    right = {page: {row.words for row in rows if not row.altered} for page, rows in checked.items()}
    return {
        page: [row for row in rows if row.quotation.text not in right.get(page, ())]
        for page, rows in altered.items()
    }


def _facts(
    tables: Tables, altered: Sequence[AlteredQuotation]
) -> Mapping[str, Sequence[ClaimFacts]]:
    """The claims of the documents on both sides, by document."""
    sources = {row.source_document for row in altered if row.source_document is not None}
    pages = {row.page_id for row in altered}
    if sources:
        found = tables.query(PAGES, documents=column_of("document", sources))
        pages |= set(strings(found, "page_id"))
    by_document: dict[str, list[ClaimFacts]] = {}
    for rows in tables.by_unit(ClaimFacts, pages).values():
        for row in rows:
            by_document.setdefault(row.document_id, []).append(row)
    return by_document


def _conflicts(
    altered: Iterable[AlteredQuotation], facts: Mapping[str, Sequence[ClaimFacts]]
) -> list[Record]:
    found: dict[str, Record] = {}
    for row in altered:
        if row.source_document is None or row.source_span is None:
            continue
        mine = _told_in(facts.get(row.document_id, ()), row.quotation)
        theirs = _told_in(facts.get(row.source_document, ()), row.source_span)
        if not mine or not theirs:
            continue
        sides = dict.fromkeys(theirs, row.source_span.text) | dict.fromkeys(
            mine, row.quotation.text
        )
        made = conflict(
            None,
            "tension" if row.alteration == SHORTENED else "contradiction",
            "wording",
            sides,
            f"A quotation differs from its source: {row.explanation}",
        )
        found.setdefault(made.conflict_id, made)
    return [found[key] for key in sorted(found)]


def _told_in(claims: Sequence[ClaimFacts], span: Span) -> list[str]:
    """The claims of which most stands in a stretch, or that hold most of it; in order."""
    found = []
    for claim in claims:
        shared = min(claim.end, span.end) - max(claim.start, span.start)
        if 2 * shared > min(claim.end - claim.start, span.end - span.start):
            found.append((claim.start, claim.claim_id))
    return [name for _, name in sorted(found)]
