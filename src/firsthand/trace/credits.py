"""Credits: every statement of a page that text comes from elsewhere, and what it covers."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from firsthand.model.document import Document, Quotation, Segments
from firsthand.model.ids import words_id
from firsthand.model.lineage import Credit, CreditKind, CreditPosition
from firsthand.model.page import Page
from firsthand.model.record import Located, Range, span_of
from firsthand.trace.covers import Layout, line_covers, quoted_block, quotes_below, resolved_covers
from firsthand.trace.credit_grammar import TABLES as GRAMMAR_TABLES
from firsthand.trace.credit_grammar import Letters
from firsthand.trace.credit_lines import Line, document_lines
from firsthand.trace.credit_links import LinkCredit, Links, link_credits
from firsthand.trace.credit_matches import Found, Reading, match_lines, own_furniture
from firsthand.trace.credit_name_forms import TABLES as NAME_TABLES
from firsthand.trace.credit_names import own_names
from firsthand.trace.credit_scope import continues, sentence_scope
from firsthand.trace.credit_sentences import MAX_SENTENCE, match_sentences

TABLES: Final = (*GRAMMAR_TABLES, *NAME_TABLES)
"""Packaged tables that credits rest on, for the cache key of the stage."""

CONTINUED_KINDS: Final = frozenset({"agency", "institution", "outlet"})
"""Sources whose report goes on into a sentence with "also"; a person's is not assumed to."""


@dataclass(frozen=True)
class _Draft:
    """A credit with its covers, before it gets its id."""

    start: int
    end: int
    name: str
    source_kind: str
    kind: CreditKind
    position: CreditPosition
    covers: tuple[Range, ...]
    rule: str
    title: str | None = None
    url: str | None = None


def find_credits(
    page: Page, documents: Sequence[Document], segments: Sequence[Segments]
) -> list[Credit]:
    """All credits of a page, in reading order; `segments` may be in any order."""
    by_document = {one.document_id: one for one in segments}
    ordered = sorted(documents, key=lambda one: (one.start, one.ordinal))
    found: list[Credit] = []
    for at, document in enumerate(ordered):
        parts = by_document.get(document.document_id)
        if parts is None:
            continue
        limit = ordered[at + 1].start if at + 1 < len(ordered) else len(page.text)
        found += _document_credits(page, document, parts, limit)
    return found


def _document_credits(
    page: Page, document: Document, segments: Segments, limit: int
) -> list[Credit]:
    names = own_names(page, document, own_furniture(page, document))
    lines = document_lines(page, document, segments, max(limit, document.end))
    last = max((line.end for line in lines), default=document.start)
    reading = Reading(page.text, Letters(page.text, document.start, last), names)
    on_lines = match_lines(reading, lines, document.language)
    for found in on_lines:
        names.learn(found.named)
    if names.has_learnt:
        # Names that a strong credit gave make weaker forms on other lines count.
        on_lines = match_lines(reading, lines, document.language)
    layout = Layout(page.text, lines, _by_line(on_lines), segments.quotations)
    made = [_line_draft(found, layout) for found in on_lines if not found.own]
    drafts = [draft for draft in made if draft is not None]
    taken = [
        Range(start=one.start, end=one.end) for one in on_lines if one.rule.covers != "quotation"
    ]
    inline = _inline(reading, document, segments, layout, taken)
    drafts = _give_way(page.text, drafts, inline) + inline
    words = sorted(drafts, key=lambda draft: (draft.start, draft.end))
    drafts += [
        _link_draft(link, layout)
        for link in link_credits(page, document, lines, names)
        if link.is_metadata or not _meets_any(link, words)
    ]
    return _numbered(page, document, drafts)


def _by_line(found: Sequence[Found]) -> dict[int, list[Found]]:
    grouped: dict[int, list[Found]] = defaultdict(list)
    for one in found:
        grouped[one.line].append(one)
    return dict(grouped)


def _line_draft(found: Found, layout: Layout) -> _Draft | None:
    covers = line_covers(found, layout)
    if not covers and found.rule.covers in {"quotation", "rest", "line"}:
        return None
    return _Draft(
        start=found.start,
        end=found.end,
        name=found.named.name,
        source_kind=found.named.kind,
        kind=found.rule.kind,
        position=_position(found, layout),
        covers=covers,
        rule=found.rule.name,
        title=found.title,
    )


def _position(found: Found, layout: Layout) -> CreditPosition:
    if found.rule.covers == "document" and layout.at_start(found.line):
        return "leading"
    if found.rule.covers != "around":
        return found.rule.position
    return "leading" if resolved_covers(found, layout) == "following" else "trailing"


def _inline(
    reading: Reading,
    document: Document,
    segments: Segments,
    layout: Layout,
    taken: Sequence[Range],
) -> list[_Draft]:
    """The credits inside sentences of article text, with the part each speaks for."""
    places = _Places(layout.lines, segments)
    sentences = [one for one in segments.sentences if places.is_prose(one)]
    found = [
        one
        for one in match_sentences(reading, sentences, document.language)
        if not one.own and not _meets_any(one, taken)
    ]
    own_source = {one.line for one in found}
    drafts: list[_Draft] = []
    for number, one in enumerate(found):
        sentence = sentences[one.line]
        paragraph = places.paragraph(sentence)
        scope = sentence_scope(
            reading.text,
            one,
            _clause(reading.text, sentence, found[number : number + 12]),
            paragraph,
            _within(segments.quotations, paragraph.start, sentence.end),
        )
        covers = scope.ranges
        kind: CreditKind = "quoted" if scope.quoted else "cited"
        if one.rule.covers == "reaction":
            covers, kind = _reaction(one, sentence, layout), "cited"
        if one.rule.covers == "quotes":
            covers, kind = quotes_below(one.start, layout), "quoted"
        after = one.line + 1
        if (
            covers
            and one.named.kind in CONTINUED_KINDS
            and after < len(sentences)
            and after not in own_source
            and _goes_on(reading.text, sentences[after], sentence, places)
        ):
            covers = (*covers, _bare(reading.text, sentences[after]))
        if covers:
            drafts.append(
                _Draft(
                    start=one.start,
                    end=one.end,
                    name=one.named.name,
                    source_kind=one.named.kind,
                    kind=kind,
                    position=scope.position,
                    covers=covers,
                    rule=one.rule.name,
                )
            )
    return drafts


def _meets_any(one: Located, taken: Sequence[Located]) -> bool:
    """Whether a range meets one of the taken ones (sorted by start; at most two share a line)."""
    at = bisect_left(taken, one.end, key=lambda other: other.start)
    return any(one.start < other.end for other in taken[max(0, at - 3) : at])


def _within(quotations: Sequence[Quotation], start: int, end: int) -> Sequence[Quotation]:
    """The quotations that begin in a range; they are sorted by start."""
    low = bisect_left(quotations, start, key=lambda one: one.start)
    return quotations[low : bisect_right(quotations, end, key=lambda one: one.start)]


def _clause(text: str, sentence: Range, found: Sequence[Found]) -> Range:
    """The sentence, up to the next credit set off by a comma after the first of `found`."""
    one = found[0]
    later = [
        other.start
        for other in found[1:]
        if other.line == one.line and other.start > one.end and _set_off(text, other.start)
    ]
    end = min(sentence.end, sentence.start + MAX_SENTENCE)
    return Range(start=sentence.start, end=min(later, default=end))


def _set_off(text: str, start: int) -> bool:
    return text[max(0, start - 3) : start].rstrip()[-1:] == ","


class _Places:
    """Where sentences stand: in which paragraph, and whether in article text."""

    def __init__(self, lines: Sequence[Line], segments: Segments) -> None:
        self._lines = lines
        self._line_starts = [line.start for line in lines]
        self._paragraphs = segments.paragraphs
        self._starts = [one.start for one in segments.paragraphs]

    def is_prose(self, sentence: Range) -> bool:
        """Whether a sentence stands on a line that can be covered."""
        at = bisect_right(self._line_starts, sentence.start) - 1
        return at >= 0 and self._lines[at].is_text and sentence.start < self._lines[at].end

    def paragraph(self, sentence: Range) -> Range:
        """The line a sentence stands on, or its paragraph where that is longer."""
        at = bisect_right(self._line_starts, sentence.start) - 1
        line = self._lines[at]
        low, high = line.start, line.end
        found = bisect_right(self._starts, sentence.start) - 1
        if found >= 0 and self._paragraphs[found].end > sentence.start:
            low = max(low, self._paragraphs[found].start)
        return Range(start=low, end=max(high, sentence.end))


def _goes_on(text: str, sentence: Range, before: Range, places: _Places) -> bool:
    same = places.paragraph(sentence).start == places.paragraph(before).start
    return same and continues(text, sentence)


def _bare(text: str, sentence: Range) -> Range:
    """A sentence without its closing stop."""
    end = sentence.end
    while end > sentence.start and text[end - 1] in ".… \t\r\n":
        end -= 1
    return Range(start=sentence.start, end=end)


def _reaction(found: Found, sentence: Range, layout: Layout) -> tuple[Range, ...]:
    """What reacts to a report: the quoted block that the sentence introduces, or the sentence."""
    at = next((line.index for line in layout.lines if line.start <= found.start < line.end), None)
    introduces = layout.text[sentence.start : sentence.end].rstrip().endswith(":")
    block = quoted_block(at + 1, layout) if at is not None and introduces else None
    return (block or _bare(layout.text, sentence),)


def _give_way(text: str, drafts: Sequence[_Draft], inline: Sequence[_Draft]) -> list[_Draft]:
    """Line credits, ended before an inline credit of another source inside them."""
    starts = sorted(one.start for one in inline)

    def end_of(draft: _Draft) -> int:
        at = bisect_right(starts, draft.start)
        end = min(draft.end, starts[at]) if at < len(starts) else draft.end
        return draft.start + len(text[draft.start : end].rstrip(" ,\t\xa0"))

    return [replace(draft, end=end_of(draft)) for draft in drafts]


def _link_draft(link: LinkCredit, layout: Layout) -> _Draft:
    if link.covers == "itself":
        covers: tuple[Range, ...] = (Range(start=link.start, end=link.end),)
    else:
        texts = layout.texts
        if link.covers == "previous":
            before = bisect_left(texts, layout.line_at(link.start))
            texts = texts[max(0, before - 1) : before]
        lines = layout.lines
        covers = (Range(start=lines[texts[0]].start, end=lines[texts[-1]].end),) if texts else ()
    return _Draft(
        start=link.start,
        end=link.end,
        name=link.named.name,
        source_kind=link.named.kind,
        kind=link.kind,
        position="trailing" if link.covers == "previous" else "leading",
        covers=covers,
        rule=link.rule,
        url=link.url or None,
    )


def _numbered(page: Page, document: Document, drafts: Sequence[_Draft]) -> list[Credit]:
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
