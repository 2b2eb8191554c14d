"""Credits: every statement of a page that text comes from elsewhere, and what it covers."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from firsthand.model.document import Document, Segments
from firsthand.model.ids import words_id
from firsthand.model.lineage import Credit
from firsthand.model.page import Page
from firsthand.model.record import Range, span_of
from firsthand.registry import Registry
from firsthand.trace.covers import Layout
from firsthand.trace.credit_drafts import Draft, line_draft, link_draft, meets_any
from firsthand.trace.credit_grammar import TABLES as GRAMMAR_TABLES
from firsthand.trace.credit_inline import inline_drafts
from firsthand.trace.credit_lines import document_lines
from firsthand.trace.credit_links import Links, link_credits
from firsthand.trace.credit_matches import Found, Reading, match_lines, own_furniture
from firsthand.trace.credit_mentions import GIVEN
from firsthand.trace.credit_name_forms import TABLES as NAME_TABLES
from firsthand.trace.credit_names import own_names
from firsthand.trace.credit_phrases import RELATIONS
from firsthand.trace.credit_triggers import Letters

TABLES: Final = (*GRAMMAR_TABLES, *NAME_TABLES, RELATIONS, GIVEN)
"""Packaged tables that credits rest on, for the cache key of the stage."""


def find_credits(
    page: Page,
    documents: Sequence[Document],
    segments: Sequence[Segments],
    registry: Registry | None = None,
) -> list[Credit]:
    """All credits of a page, in reading order; `segments` may be in any order.

    Sources are named by `registry`, the packaged one unless told otherwise.
    """
    by_document = {one.document_id: one for one in segments}
    ordered = sorted(documents, key=lambda one: (one.start, one.ordinal))
    found: list[Credit] = []
    for at, document in enumerate(ordered):
        parts = by_document.get(document.document_id)
        if parts is None:
            continue
        limit = ordered[at + 1].start if at + 1 < len(ordered) else len(page.text)
        found += _document_credits(page, document, parts, limit, registry)
    return found


def _document_credits(
    page: Page, document: Document, segments: Segments, limit: int, registry: Registry | None
) -> list[Credit]:
    names = own_names(page, document, own_furniture(page, document), registry)
    lines = document_lines(page, document, segments, max(limit, document.end))
    last = max((line.end for line in lines), default=document.start)
    letters = Letters(page.text, document.start, last)
    reading = Reading(page.text, letters, names, document.title or "")
    on_lines = match_lines(reading, lines, document.language)
    for found in on_lines:
        names.learn(found.named)
    if names.has_learnt:
        # Names that a strong credit gave make weaker forms on other lines count.
        on_lines = match_lines(reading, lines, document.language)
    layout = Layout(page.text, lines, _by_line(on_lines), segments.quotations)
    credited = [one for one in on_lines if not (one.own or one.rule.covers == "picture")]
    made = [line_draft(found, layout) for found in credited]
    drafts = [draft for draft in made if draft is not None]
    taken = [
        Range(start=one.start, end=one.end) for one in on_lines if one.rule.covers != "quotation"
    ]
    inline = inline_drafts(reading, document, segments, layout, taken)
    drafts = _give_way(page.text, drafts, inline) + inline
    words = sorted(drafts, key=lambda draft: (draft.start, draft.end))
    drafts += [
        link_draft(link, layout)
        for link in link_credits(page, document, lines, names)
        if link.is_metadata or not meets_any(link, words)
    ]
    return _numbered(page, document, drafts)


def _by_line(found: Sequence[Found]) -> dict[int, list[Found]]:
    grouped: dict[int, list[Found]] = defaultdict(list)
    for one in found:
        grouped[one.line].append(one)
    return dict(grouped)


def _give_way(text: str, drafts: Sequence[Draft], inline: Sequence[Draft]) -> list[Draft]:
    """Line credits, ended before an inline credit of another source inside them."""
    starts = sorted(one.start for one in inline)

    def end_of(draft: Draft) -> int:
        at = bisect_right(starts, draft.start)
        end = min(draft.end, starts[at]) if at < len(starts) else draft.end
        return draft.start + len(text[draft.start : end].rstrip(" ,\t\xa0"))

    return [replace(draft, end=end_of(draft)) for draft in drafts]


def _numbered(page: Page, document: Document, drafts: Sequence[Draft]) -> list[Credit]:
    """The drafts as records in reading order, each with an id by its words."""
    seen: Counter[str] = Counter()
    links = Links(page.links)
    out: list[Credit] = []
    for draft in sorted(drafts, key=lambda one: (one.start, one.end, one.rule, one.name)):
        words = page.text[draft.start : draft.end]
        label = f"{words}|{draft.name}|{draft.rule}"
        seen[label] += 1
        link = links.over(draft.start, draft.end) if draft.url is None else None
        out.append(
            Credit(
                credit_id=words_id("cr", document.document_id, label, seen[label]),
                document_id=document.document_id,
                page_id=page.page_id,
                start=draft.start,
                end=draft.end,
                text=words,
                cited_source=draft.name,
                source_kind=draft.source_kind,
                cited_title=draft.title,
                cited_url=draft.url or (link.url if link else None),
                kind=draft.kind,
                position=draft.position,
                covers=tuple(span_of(page.text, one.start, one.end) for one in draft.covers),
                rule=draft.rule,
            )
        )
    return out
