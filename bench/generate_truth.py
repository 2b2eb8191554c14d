"""What is known about a generated page: one `PageTruth` row, and the exact passages two pages share.

Every stretch of article text carries a *trace*: the text it was first written in and where it stood
there. Two pages share what their traces have in common, so the truth of a pile of any size is one
row a page, and `shared_ranges` gives the passages of any pair, siblings included.
Origins `t-…` are texts first printed on a page of the pile, `r-…` agency reports nobody captured; both
are first-hand. `e-…` are words a rewriting outlet changed, which later copies of it share.
All offsets are half-open, in Unicode code points, into the page's text rendition (for text pages the
page itself; for HTML pages the `text` field of the row).
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import msgspec

Range = tuple[int, int]
_WORD: Final = re.compile(r"\w+")


class Trace(msgspec.Struct, frozen=True, array_like=True):
    """`[start, end)` of this page equals `[origin_start, origin_start + end - start)` of `origin`."""

    start: int
    end: int
    origin: str
    origin_start: int


class Passage(msgspec.Struct, frozen=True):
    """The same characters in the derived page and, where it was captured, in its source page."""

    derived: Range
    source: Range | None


class Parent(msgspec.Struct, frozen=True):
    """One edge: where the text of a page was taken from.

    `source` is the parent page, or None where the parent is a report nobody captured, then
    `report` names it. `directed` is False where only a quotation is shared and nothing tells who
    had it first.
    """

    source: str | None
    report: str | None
    outlet: str
    kind: str
    directed: bool
    credit: str | None
    shared_words: int
    passages: list[Passage]


class Credit(msgspec.Struct, frozen=True):
    """A statement that text comes from `cited`, and the ranges it accounts for."""

    start: int
    end: int
    text: str
    cited: str
    kind: str
    position: str
    covers: list[Range]


class DocumentTruth(msgspec.Struct, frozen=True):
    """One article on the page: its body from first to last word, furniture outside."""

    start: int
    end: int
    title: str
    origin: str


class Origin(msgspec.Struct, frozen=True):
    """A first-hand text behind the page (`id` as in the traces) and who speaks in it."""

    id: str
    name: str
    kind: str


class PageTruth(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything known about one page; `group` is shared by all pages of one family."""

    page: str
    source: str
    url: str
    outlet: str
    media_type: str
    group: str
    operation: str
    published: str
    date_state: str
    date_shown: str | None
    date_where: str | None
    documents: list[DocumentTruth]
    origins: list[Origin]
    traces: list[Trace]
    parents: list[Parent] = []
    credits: list[Credit] = []
    text: str | None = None


def shared_ranges(a: Sequence[Trace], b: Sequence[Trace]) -> list[tuple[Range, Range]]:
    """Return the (range in a, range in b) pairs of equal text, in order of the first."""
    by_origin: dict[str, list[Trace]] = {}
    for trace in b:
        by_origin.setdefault(trace.origin, []).append(trace)
    found = []
    for one in a:
        stop = one.origin_start + one.end - one.start
        for two in by_origin.get(one.origin, ()):
            low = max(one.origin_start, two.origin_start)
            high = min(stop, two.origin_start + two.end - two.start)
            if low < high:
                in_a = one.start + low - one.origin_start
                in_b = two.start + low - two.origin_start
                found.append(((in_a, in_a + high - low), (in_b, in_b + high - low)))
    return _joined(sorted(found))


def _joined(pairs: list[tuple[Range, Range]]) -> list[tuple[Range, Range]]:
    """Join pairs that touch on both pages."""
    joined: list[tuple[Range, Range]] = []
    for a, b in pairs:
        if joined and joined[-1][0][1] == a[0] and joined[-1][1][1] == b[0]:
            before_a, before_b = joined.pop()
            joined.append(((before_a[0], a[1]), (before_b[0], b[1])))
        else:
            joined.append((a, b))
    return joined


def widen(text_a: str, text_b: str, pair: tuple[Range, Range]) -> tuple[Range, Range]:
    """Grow a shared pair over neighbouring words that happen to be the same on both pages.

    A passage aligner is right to include them; score against the widened pair where word precision
    matters at the edges.
    """
    (a0, a1), (b0, b1) = pair
    near = 200  # a longer accidental agreement does not occur
    left = zip(
        reversed(list(_WORD.finditer(text_a, max(0, a0 - near), a0))),
        reversed(list(_WORD.finditer(text_b, max(0, b0 - near), b0))),
        strict=False,
    )
    right = zip(
        _WORD.finditer(text_a, a1, a1 + near), _WORD.finditer(text_b, b1, b1 + near), strict=False
    )
    for one, two in left:
        if one[0].lower() != two[0].lower():
            break
        a0, b0 = one.start(), two.start()
    for one, two in right:
        if one[0].lower() != two[0].lower():
            break
        a1, b1 = one.end(), two.end()
    return (a0, a1), (b0, b1)


def merge_traces(traces: Sequence[Trace]) -> list[Trace]:
    """Join traces that run on in both texts, also over one space between sentences."""
    if not traces:
        return []
    merged = [traces[0]]
    for before, after in pairwise(traces):
        last = merged[-1]
        gap = after.start - before.end
        runs_on = after.origin_start == before.origin_start + before.end - before.start + gap
        if after.origin == before.origin and runs_on and gap in (0, 1):
            merged[-1] = Trace(last.start, after.end, last.origin, last.origin_start)
        else:
            merged.append(after)
    return merged
