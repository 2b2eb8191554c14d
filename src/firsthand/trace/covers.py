"""What a credit on a line accounts for: the run below, the run above, the whole text."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from firsthand.model.document import Quotation
from firsthand.model.record import Range
from firsthand.trace.credit_grammar import word_class
from firsthand.trace.credit_lines import Line
from firsthand.trace.credit_matches import Found
from firsthand.trace.credit_names import key

MIN_QUOTED: Final = 80
"""Code points below which a quotation is a remark, not a block in another's voice."""
COMMENT_LINES: Final = 2
"""After words left out "[…]", so few lines before the next credit are the outlet's comment."""

UNBOUNDING: Final = frozenset({"none", "picture", "document", "quotation"})
"""Covers of line credits that stand inside another's run without ending it."""

_COMMENT: Final = re.compile(rf"\W{{0,3}}(?:{word_class('comment')}) ?[:—–-]", re.IGNORECASE)


@dataclass(frozen=True)
class Layout:
    """The lines of a document with the credits that stand on them."""

    text: str
    lines: Sequence[Line]
    credits: Mapping[int, Sequence[Found]]
    """By line index; the whole-line ones are boundaries."""
    quotations: Sequence[Quotation] = ()
    """Of the document, by start."""

    def boundary(self, index: int) -> Found | None:
        """The whole-line credit or own-voice mark on a line that bounds runs, or None."""
        for found in self.credits.get(index, ()):
            bounds = found.rule.where == "line" and found.rule.covers not in UNBOUNDING
            if bounds or found.own:
                return found
        return None

    def is_text(self, index: int) -> bool:
        """Whether a line can be covered: article text that is no credit line."""
        line = self.lines[index]
        if not line.is_text:
            return False
        return not any(
            found.rule.where == "line" and found.rule.covers != "quotation"
            for found in self.credits.get(index, ())
        )

    def is_comment(self, index: int) -> bool:
        """Whether a line opens the outlet's own remark ("Editor's note:")."""
        line = self.lines[index]
        return _COMMENT.match(self.text, line.start, min(line.end, line.start + 60)) is not None

    @cached_property
    def texts(self) -> tuple[int, ...]:
        """The indexes of all lines that can be covered."""
        return tuple(at for at in range(len(self.lines)) if self.is_text(at))

    @cached_property
    def closings(self) -> int:
        """How many paragraphs end with a credit."""
        return sum(1 for at in self.credits if _tail_credit(at, self) is not None)

    def at_end(self, index: int) -> bool:
        """Whether no article text follows a line."""
        return not self.texts or self.texts[-1] <= index

    def at_start(self, index: int) -> bool:
        """Whether no article text stands above a line."""
        return not self.texts or self.texts[0] >= index

    def line_at(self, place: int) -> int:
        """The index of the last line that begins at or before a place; -1 above the first."""
        return bisect_right(self.lines, place, key=lambda line: line.start) - 1


def line_covers(found: Found, layout: Layout) -> tuple[Range, ...]:
    """The ranges that a credit on a line accounts for, in reading order; may be empty."""
    covers = resolved_covers(found, layout)
    line = layout.lines[found.line]
    if covers == "following":
        return _following(found, layout)
    if covers == "previous":
        return _previous(found, layout)
    if covers == "document":
        return _ranges(layout, layout.texts)
    if covers == "rest":
        return _nonempty(found.end, line.end, layout.text)
    if covers == "line":
        return _nonempty(line.start, found.start, layout.text)
    return _special(covers, found, layout)


def _special(covers: str, found: Found, layout: Layout) -> tuple[Range, ...]:
    if covers == "quotation":
        block = quoted_block(found.line + 1, layout)
        return () if block is None else (block,)
    if covers == "title":
        return _title(found, layout)
    return ()


def resolved_covers(found: Found, layout: Layout) -> str:
    """The direction of a credit: `around` looks at where the line stands."""
    covers = found.rule.covers
    if covers != "around":
        return covers
    colon = layout.text[found.start : found.end].endswith(":")
    if layout.at_start(found.line) or (colon and not layout.at_end(found.line)):
        return "following"
    return "previous"


def _same(one: Found, other: Found) -> bool:
    return key(one.named.name) == key(other.named.name)


def _is_trailing(found: Found, layout: Layout) -> bool:
    return not found.own and resolved_covers(found, layout) == "previous"


def _following(found: Found, layout: Layout) -> tuple[Range, ...]:
    """The run below a leading credit."""
    head = found.rule.where == "head"
    covered = _run_below(found, layout)
    ranges = _ranges(layout, covered)
    if not head:
        return ranges
    line = layout.lines[found.line]
    first = _nonempty(found.end, line.end, layout.text)
    if first and ranges and covered[0] == found.line + 1:
        return (Range(start=first[0].start, end=ranges[0].end), *ranges[1:])
    return first + ranges


def _run_below(found: Found, layout: Layout) -> list[int]:
    """Indexes of the text lines below a credit, up to what ends its run."""
    covered: list[int] = []
    quote: str | None = None
    for at in range(found.line + 1, len(layout.lines)):
        line = layout.lines[at]
        if line.outside or (line.separator and covered) or layout.is_comment(at):
            break
        bound = layout.boundary(at)
        if bound is not None:
            return _cut_for(bound, found, covered, layout)
        if not layout.is_text(at):
            continue
        quote = line.quote if quote is None else quote
        if line.quote != quote or _begins_report(at, found, covered, layout):
            break
        covered.append(at)
        tail = _tail_credit(at, layout)
        if tail is not None and not _same(tail, found):
            return _cut_for(tail, found, covered, layout)
        if line.cut and _comment_follows(at, found, layout):
            break
    return covered


def _begins_report(at: int, found: Found, covered: Sequence[int], layout: Layout) -> bool:
    """Whether a line opens with an agency's dateline: another report, of the same agency too.

    Right below the agency's byline it opens the report that the byline means.
    """
    return any(
        one.rule.where == "head"
        and one.rule.covers == "following"
        and (bool(covered) or not _same(one, found))
        for one in layout.credits.get(at, ())
    )


def _tail_credit(at: int, layout: Layout) -> Found | None:
    """The credit at the end of a text line that accounts for what stands before it."""
    for found in layout.credits.get(at, ()):
        if found.rule.where == "tail" and found.rule.covers == "previous" and not found.own:
            return found
    return None


def _cut_for(bound: Found, found: Found, covered: list[int], layout: Layout) -> list[int]:
    """The run, given up to a trailing credit of another source from the break between them."""
    if not _is_trailing(bound, layout) or _same(bound, found):
        return covered
    start = _split(covered, layout)
    return [at for at in covered if at < start]


def _split(covered: Sequence[int], layout: Layout) -> int:
    """Where, among the lines between a leading and another's trailing credit, the second begins.

    The strongest break decides (rule, quotation block, words left out, blank lines, heading);
    without any, only the last paragraph belongs to the trailing credit.
    """
    if not covered:
        return 0
    gaps = sorted(layout.lines[index].gap for index in covered[1:])
    usual = gaps[len(gaps) // 2] if len(gaps) > 2 else min(gaps, default=0)
    best, where = 0, covered[-1]
    for before, at in pairwise(covered):
        strength = _break(before, at, usual, layout)
        if strength >= max(best, 1):
            best, where = strength, at
    return where


def _break(before: int, at: int, usual: int, layout: Layout) -> int:
    """How strongly the text breaks between two lines, blank lines beyond the usual; 0 for none."""
    one, other = layout.lines[before], layout.lines[at]
    if one.quote != other.quote or any(line.separator for line in layout.lines[before + 1 : at]):
        return 100
    if one.cut:
        return 50
    if other.gap > usual:
        return 1 + min(other.gap, 20)
    return 1 if other.heading else 0


def _comment_follows(at: int, found: Found, layout: Layout) -> bool:
    """Whether the outlet speaks again after "[…]": a gap, or few lines before the next credit."""
    lines = layout.lines
    if at + 1 < len(lines) and lines[at + 1].gap >= 2:
        return True
    for after in range(at + 1, min(len(lines), at + 2 + COMMENT_LINES)):
        bound = layout.boundary(after)
        if bound is not None:
            return after > at + 1 and not _is_trailing(bound, layout) and not _same(bound, found)
    return False


def _previous(found: Found, layout: Layout) -> tuple[Range, ...]:
    """The run above a trailing credit."""
    tail = found.rule.where == "tail"
    covered = _run_above(found, layout)
    ranges = _ranges(layout, covered)
    if not tail:
        return ranges
    line = layout.lines[found.line]
    last = _nonempty(line.start, found.start, layout.text)
    if last and ranges and covered[-1] == found.line - 1:
        return (*ranges[:-1], Range(start=ranges[-1].start, end=last[0].end))
    return ranges + last


def _run_above(found: Found, layout: Layout) -> list[int]:
    covered: list[int] = []
    quote: str | None = None
    bound: Found | None = None
    for at in range(found.line - 1, -1, -1):
        line = layout.lines[at]
        bound = layout.boundary(at) or _tail_credit(at, layout)
        if bound is not None or layout.is_comment(at) or (line.separator and covered):
            break
        if not layout.is_text(at):
            continue
        quote = line.quote if quote is None else quote
        if line.quote != quote:
            break
        covered.append(at)
    covered.reverse()
    return _own_share(found, bound, covered, layout)


def _own_share(found: Found, bound: Found | None, covered: list[int], layout: Layout) -> list[int]:
    """Of the lines above a trailing credit, those that are its own."""
    if not covered:
        return covered
    if bound is not None and not bound.own and not _is_trailing(bound, layout):
        if _same(bound, found):
            return covered
        start = _split(covered, layout)
        return [at for at in covered if at >= start]
    if layout.at_end(found.line) or layout.lines[covered[0]].quote or bound is not None:
        return covered
    if found.rule.where == "tail":
        # A single "(X)" amid the text speaks for its own paragraph alone.
        return [] if layout.closings == 1 else covered
    start = _split(covered, layout)
    return [at for at in covered if at >= start]


def quoted_block(first: int, layout: Layout) -> Range | None:
    """The block quotation that opens the next text line, over its paragraphs; None without."""
    at = first
    while at < len(layout.lines) and not layout.is_text(at):
        at += 1
    if at == len(layout.lines):
        return None
    line = layout.lines[at]
    number = bisect_left(layout.quotations, line.start, key=lambda one: one.start)
    if number == len(layout.quotations) or layout.quotations[number].start > line.start + 1:
        return _quote_element(at, layout) if line.quote else None
    end = _chain_end(number, at, layout)
    return Range(start=line.start, end=end) if end - line.start >= MIN_QUOTED else None


def _chain_end(number: int, at: int, layout: Layout) -> int:
    """Where a speaker's quotation ends: over paragraphs it goes on in, or that are all quoted."""
    outer = [one for one in layout.quotations[number : number + 60] if one.depth == 0]
    end = outer[0].end
    if _rest_of_line(end, at, layout):
        return end
    for quotation in outer[1:]:
        at += 1
        if at >= len(layout.lines) or not layout.is_text(at):
            break
        line = layout.lines[at]
        whole = quotation.start <= line.start + 1 and not _rest_of_line(quotation.end, at, layout)
        if not (whole or (quotation.continues and quotation.start <= line.start + 1)):
            break
        end = quotation.end
        if not whole:
            break
    return end


def _rest_of_line(end: int, at: int, layout: Layout) -> bool:
    """Whether words follow a quotation on its line."""
    return bool(layout.text[end : layout.lines[at].end].strip(" .,;:"))


def quotes_below(start: int, layout: Layout) -> tuple[Range, ...]:
    """The paragraphs below a place that carry quotations, one without between two allowed."""
    covered: list[int] = []
    missing = 0
    for line in layout.lines[layout.line_at(start) + 1 :]:
        if not layout.is_text(line.index):
            continue
        number = bisect_left(layout.quotations, line.start, key=lambda one: one.start)
        has_quote = number < len(layout.quotations) and layout.quotations[number].start < line.end
        missing = 0 if has_quote else missing + 1
        if missing > 1 or layout.boundary(line.index) is not None:
            break
        covered.append(line.index)
    return _ranges(layout, covered[: len(covered) - (missing > 0 and bool(covered))])


def _quote_element(at: int, layout: Layout) -> Range:
    quote = layout.lines[at].quote
    end = at
    while end + 1 < len(layout.lines) and layout.lines[end + 1].quote == quote:
        end += 1
    return Range(start=layout.lines[at].start, end=layout.lines[end].end)


def _title(found: Found, layout: Layout) -> tuple[Range, ...]:
    """The title, and what the same source is credited for in the text."""
    line = layout.lines[found.line]
    ranges = [Range(start=line.start, end=line.end)]
    for at in sorted(layout.credits):
        for other in layout.credits[at]:
            if other.rule.where == "line" and other.rule.voice and _same(other, found):
                ranges += [one for one in line_covers(other, layout) if one not in ranges]
    return tuple(sorted(ranges, key=lambda one: (one.start, one.end)))


def _ranges(layout: Layout, indexes: Iterable[int]) -> tuple[Range, ...]:
    """The ranges of the lines, neighbours (also over mere rules and credits) joined."""
    ranges: list[Range] = []
    last = -2
    for at in indexes:
        line = layout.lines[at]
        if ranges and at == last + 1:
            ranges[-1] = Range(start=ranges[-1].start, end=line.end)
        else:
            ranges.append(Range(start=line.start, end=line.end))
        last = at
    return tuple(ranges)


def _nonempty(start: int, end: int, text: str) -> tuple[Range, ...]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (Range(start=start, end=end),) if end > start else ()
