"""Quoted stretches: nested, unclosed, unopened, and running over several paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from firsthand.model.document import Quotation
from firsthand.segment.marks import Mark, marks_of

REACH = 12
"""Paragraphs within which the end of a quotation is looked for."""

SPOKEN_END = re.compile(r"[.,!?…؟،。][\"”’»」』]{0,2}$")
"""Before a closing mark without an opening one: only speech that ends like a clause counts."""

CLAUSE_STOP = re.compile(r"[.,!?…؟،。]")

Bounds = tuple[int, int]


@dataclass(slots=True)
class _Open:
    """A quotation whose end has not been found yet."""

    start: int
    inner: int
    family: str
    depth: int
    continues: bool = False
    reach: int = 0
    """Where the last quotation that was read inside it ends."""


@dataclass(slots=True)
class _Scan:
    """What is known while one paragraph is read."""

    text: str
    bounds: Bounds
    stack: list[_Open] = field(default_factory=list)
    done: list[Quotation] = field(default_factory=list)

    def close(self, at: int, end: int, *, closed: bool) -> None:
        """End the innermost open quotation; `at` is where its words end."""
        opened = self.stack.pop()
        if end <= opened.start:
            return
        self.done.append(
            Quotation(
                start=opened.start,
                end=end,
                inner_start=min(opened.inner, at),
                inner_end=at,
                depth=opened.depth,
                closed=closed,
                continues=opened.continues,
            )
        )
        if self.stack:
            self.stack[-1].reach = end

    def open(self, mark: Mark) -> None:
        """Begin a quotation at a mark."""
        self.stack.append(_Open(mark.at, mark.at + 1, mark.family, len(self.stack)))

    def holds(self, family: str) -> bool:
        """Whether a quotation of this family is open."""
        return any(opened.family == family for opened in self.stack)


def _unclosed_end(scan: _Scan, opened: _Open, before: int) -> int:
    """Where an unclosed quotation ends: at the latest clause end before another mark opens.

    Quotations that were read inside it stay inside it.
    """
    stops = [found.end() for found in CLAUSE_STOP.finditer(scan.text, opened.inner, before)]
    return max(stops[-1] if stops else before, opened.reach, opened.inner)


def _is_nested(marks: Sequence[Mark], number: int) -> bool:
    """Whether an opening mark inside its own family is nested: two closing ones come next."""
    family = marks[number].family
    ahead = [mark.side for mark in marks[number + 1 : number + 12] if mark.family == family][:2]
    return ahead == ["close", "close"]


def _take_opening(scan: _Scan, marks: Sequence[Mark], number: int) -> None:
    mark = marks[number]
    if scan.holds(mark.family) and not _is_nested(marks, number):
        while scan.holds(mark.family):
            end = _unclosed_end(scan, scan.stack[-1], mark.at)
            scan.close(end, end, closed=False)
    scan.open(mark)


def _take_closing(scan: _Scan, mark: Mark) -> None:
    if scan.holds(mark.family):
        while scan.stack[-1].family != mark.family:
            scan.close(mark.at, mark.at, closed=False)
        scan.close(mark.at, mark.at + 1, closed=True)
        return
    if scan.stack:
        return
    start = _unopened_start(scan, mark.at)
    if start is not None:
        scan.stack.append(_Open(start, start, mark.family, 0))
        scan.close(mark.at, mark.at + 1, closed=True)


def _unopened_start(scan: _Scan, at: int) -> int | None:
    """Where speech begins whose opening mark is missing: the paragraph, or after a quotation."""
    start, _ = scan.bounds
    if not SPOKEN_END.search(scan.text[max(start, at - 3) : at]):
        return None
    outer = next((one for one in reversed(scan.done) if one.depth == 0), None)
    if outer is None:
        return start
    stop = re.compile(r"[.!?…][”\"»]?\s{1,4}").search(scan.text, outer.end, at)
    return stop.end() if stop else None


def _scan(text: str, bounds: Bounds, marks: Sequence[Mark], carried: _Open | None) -> _Scan:
    """Read one paragraph, perhaps with a quotation that came over from the one before."""
    scan = _Scan(text, bounds)
    first = 0
    if carried is not None:
        reopened = bool(marks) and marks[0].at == bounds[0] and marks[0].family == carried.family
        inner = bounds[0] + 1 if reopened else bounds[0]
        scan.stack.append(_Open(bounds[0], inner, carried.family, 0, continues=True))
        first = 1 if reopened else 0
    for number in range(first, len(marks)):
        mark = marks[number]
        side = mark.side
        if not mark.sure:
            side = "close" if scan.holds(mark.family) else "open"
        elif side == "open" and mark.char == "“" and _german(scan, mark):
            side = "close"
        if side == "open":
            _take_opening(scan, marks, number)
        else:
            _take_closing(scan, mark)
    return scan


def _german(scan: _Scan, mark: Mark) -> bool:
    """Whether “ closes what „ opened."""
    innermost = scan.stack[-1] if scan.stack else None
    if innermost is None or scan.text[innermost.start] != "„":
        return False
    return scan.text[mark.at - 1 : mark.at].strip() != ""


def _carries_on(opened: _Open, ahead: Sequence[tuple[Bounds, Sequence[Mark]]]) -> bool:
    """Whether a quotation unclosed at its paragraph's end goes on in the next paragraph."""
    for distance, (bounds, marks) in enumerate(ahead[:REACH]):
        same = [mark for mark in marks if mark.family == opened.family]
        if not same:
            continue
        if same[0].side == "close":
            return True
        return distance == 0 and same[0].at == bounds[0]
    return False


def quotations_of(text: str, paragraphs: Sequence[Bounds]) -> tuple[Quotation, ...]:
    """The quotations of consecutive paragraphs, ordered by where they start, outer ones first."""
    marked = [(bounds, marks_of(text, *bounds)) for bounds in paragraphs]
    found: list[Quotation] = []
    carried: _Open | None = None
    for number, (bounds, marks) in enumerate(marked):
        scan = _scan(text, bounds, marks, carried)
        carried = None
        if scan.stack and scan.stack[0].depth == 0:
            outermost = scan.stack[0]
            if _carries_on(outermost, marked[number + 1 : number + 1 + REACH]):
                carried = outermost
        while scan.stack:
            scan.close(bounds[1], bounds[1], closed=False)
        found += scan.done
    return tuple(sorted(found, key=lambda quote: (quote.start, -quote.end, quote.depth)))
