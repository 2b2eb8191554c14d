"""Credits inside sentences with what they cover: the clause, and where it goes on."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from firsthand.model.document import Document, Quotation, Segments
from firsthand.model.lineage import CreditKind
from firsthand.model.record import Range
from firsthand.trace.covers import Layout, line_covers, quoted_block, quotes_below
from firsthand.trace.credit_drafts import Draft, meets_any
from firsthand.trace.credit_matches import Found, Reading
from firsthand.trace.credit_scope import Scope, continues, sentence_scope
from firsthand.trace.credit_sentences import MAX_SENTENCE, match_sentences

CONTINUED_KINDS: Final = frozenset({"agency", "institution", "outlet"})
"""Sources whose report goes on into a sentence with "also"; a person's is not assumed to."""
MAX_IN_SENTENCE: Final = 12
"""Credits of one sentence that are looked at for the end of a clause."""


def inline_drafts(
    reading: Reading,
    document: Document,
    segments: Segments,
    layout: Layout,
    taken: Sequence[Range],
) -> list[Draft]:
    """The credits inside sentences of article text, with the part each speaks for."""
    places = _Places(layout, segments)
    sentences = [one for one in segments.sentences if places.is_prose(one)]
    found = [
        one
        for one in match_sentences(reading, sentences, document.language, _above(layout))
        if not one.own and not meets_any(one, taken)
    ]
    drafts = [
        _draft(sentences, found[number : number + MAX_IN_SENTENCE], places, layout)
        for number in range(len(found))
    ]
    drafts = _again(_chained(drafts, found), found)
    credited = {one.line for one in found}
    return [
        _continued(draft, one, sentences, credited, places)
        for draft, one in zip(drafts, found, strict=True)
        if draft.covers
    ]


def _above(layout: Layout) -> list[Found]:
    """The credits on lines, own ones included, in reading order: what "the agency" may mean."""
    return [one for at in sorted(layout.credits) for one in layout.credits[at]]


def _chained(drafts: Sequence[Draft], found: Sequence[Found]) -> list[Draft]:
    """The drafts, each that leaves itself nothing before the next source with what that one covers.

    "According to X, citing Y, …": what Y is cited with is what X tells.
    """
    out = list(drafts)
    for at in range(len(out) - 2, -1, -1):
        one, after = found[at], found[at + 1]
        joined = one.line == after.line and after.start - one.end <= len(", ")
        if joined and not out[at].covers:
            out[at] = replace(out[at], covers=out[at + 1].covers)
    return out


def _again(drafts: Sequence[Draft], found: Sequence[Found]) -> list[Draft]:
    """The drafts, each "and again on X" with what the credit before it in the sentence covers.

    So is the second of two sources of one form that leaves it nothing else: "X and Y repeat it".
    """
    out: list[Draft] = []
    for draft, one in zip(drafts, found, strict=True):
        before = out[-1] if out and found[len(out) - 1].line == one.line else None
        second = before is not None and before.rule == draft.rule and not draft.covers
        if one.rule.covers == "again" or second:
            covers = before.covers if before else ()
            out.append(replace(draft, covers=covers, position="trailing"))
        else:
            out.append(draft)
    return out


def _draft(
    sentences: Sequence[Range], found: Sequence[Found], places: "_Places", layout: Layout
) -> Draft:
    """The first of the matches (the others may end its clause) with what it speaks for."""
    one, text = found[0], layout.text
    sentence = sentences[one.line]
    paragraph = places.paragraph(sentence)
    quotations = _within(layout.quotations, paragraph.start, sentence.end)
    clause = _clause(text, sentence, found)
    scope = sentence_scope(text, one, clause, paragraph, quotations)
    if one.rule.covers in {"sentence", "pointed"} and (below := _introduced(one, sentence, layout)):
        scope = Scope(below, "leading", quoted=False)
        taken = one.rule.covers == "pointed" or one.rule.name == "in"
        return _made(one, scope, "republished" if taken else "quoted")
    if one.rule.covers == "quotes":
        scope = Scope(quotes_below(one.start, layout), "leading", quoted=True)
    elif one.rule.covers == "block":
        scope = Scope(_block(one, layout) or scope.ranges, "leading", quoted=False)
    elif _points_back(one, sentence, text, scope) and places.together(sentences, one.line):
        scope = Scope((_bare(text, sentences[one.line - 1]),), "trailing", scope.quoted)
    return _made(one, scope, _kind(one, scope))


def _made(one: Found, scope: Scope, kind: CreditKind) -> Draft:
    return Draft(
        start=one.start,
        end=one.end,
        name=one.named.name,
        source_kind=one.named.kind,
        kind=kind,
        position=scope.position,
        covers=scope.ranges,
        rule=one.rule.name,
    )


def _kind(one: Found, scope: Scope) -> CreditKind:
    """Quoted or cited by what is covered; what only tells where the text also is, is a link."""
    if one.rule.kind == "linked":
        return "linked"
    return "quoted" if scope.quoted else "cited"


def _block(one: Found, layout: Layout) -> tuple[Range, ...]:
    """What the credit line covers on which another source stands in brackets."""
    at = layout.line_at(one.start)
    lines = [other for other in layout.credits.get(at, ()) if other.rule.where == "line"]
    return line_covers(lines[0], layout) if lines else ()


def _continued(
    draft: Draft,
    one: Found,
    sentences: Sequence[Range],
    credited: Collection[int],
    places: "_Places",
) -> Draft:
    """The draft, with the next sentence where it goes on with the same report."""
    after = one.line + 1
    if one.named.kind not in CONTINUED_KINDS or after >= len(sentences) or after in credited:
        return draft
    if not places.goes_on(sentences[one.line], sentences[after]):
        return draft
    return replace(draft, covers=(*draft.covers, _bare(places.text, sentences[after])))


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


def _points_back(one: Found, sentence: Range, text: str, scope: Scope) -> bool:
    """Whether a credit means the sentence before: it covers but "It", or opens "That figure …"."""
    if not one.line:
        return False
    opens = one.rule.covers == "pointed" and one.start == sentence.start
    return opens or _is_pronoun(text, scope.ranges)


def _is_pronoun(text: str, ranges: Sequence[Range]) -> bool:
    """Whether a credit would cover but "It" or "This": the sentence before is meant."""
    return len(ranges) == 1 and text[ranges[0].start : ranges[0].end].lower() in {
        "it",
        "this",
        "that",
    }


class _Places:
    """Where sentences stand: in which paragraph, and whether in article text."""

    def __init__(self, layout: Layout, segments: Segments) -> None:
        lines = layout.lines
        self.text = layout.text
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

    def together(self, sentences: Sequence[Range], number: int) -> bool:
        """Whether a sentence and the one before it share a paragraph."""
        before, sentence = sentences[number - 1], sentences[number]
        return self.paragraph(before).start == self.paragraph(sentence).start

    def goes_on(self, sentence: Range, after: Range) -> bool:
        """Whether the next sentence goes on with the report of this one, in its paragraph."""
        same = self.paragraph(after).start == self.paragraph(sentence).start
        return same and continues(self.text, after)


def _bare(text: str, sentence: Range) -> Range:
    """A sentence without its closing stop."""
    end = sentence.end
    while end > sentence.start and text[end - 1] in ".… \t\r\n":
        end -= 1
    return Range(start=sentence.start, end=end)


def _introduced(found: Found, sentence: Range, layout: Layout) -> tuple[Range, ...]:
    """The quoted block that a sentence with a colon at its end introduces, if there is one."""
    at = next((line.index for line in layout.lines if line.start <= found.start < line.end), None)
    introduces = layout.text[sentence.start : sentence.end].rstrip().endswith(":")
    block = quoted_block(at + 1, layout) if at is not None and introduces else None
    return (block,) if block else ()
