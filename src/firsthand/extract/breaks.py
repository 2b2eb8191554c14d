"""Breaks: lines of asterisks or share bars between the items of a page that prints several."""

import re
from collections.abc import Sequence

from firsthand.extract.bylines import byline_in, dateline_in
from firsthand.extract.dates import date_line
from firsthand.extract.furniture import in_capitals, is_credit, menu_kind
from firsthand.extract.lines import Line, is_prose, is_title_like

SEPARATOR = re.compile(r"(?:[*•·#~=_–—-] {0,3}){3,60}")
TITLE_WORDS = 3
"""Words from which a line below a break may be the title of the next item."""
MIN_BODY = 200
"""Characters of prose that make an item; an item of a digest is shorter than an article."""
MIN_PARAGRAPHS = 2
SENT_FROM = re.compile(
    r"(?:an?|our|the) (?:[\w-]{1,20} ){0,3}(?:correspondents?|reporters?|contributors?|readers?|writers?|"
    r"stringers?|team)\b.{2,80}\b(?:writes?|reports?|tells?|sends?)\b.{0,60}[:.]",
    re.IGNORECASE,
)
"""How an item opens that somebody sent: "A reporter of the Gazette writes from Holm:"."""


def is_separator(line: Line) -> bool:
    """Whether a line is nothing but marks that part one item from the next."""
    return SEPARATOR.fullmatch(line.text) is not None


def by_breaks(lines: Sequence[Line], kinds: Sequence[str]) -> list[tuple[int, int]]:
    """Stretches of items with breaks between them; fewer than two means one article."""
    first = next((n for n, line in enumerate(lines) if _opens(line, kinds[n])), None)
    if first is None:
        return []
    ends = (number for number in range(first + 1, len(lines)) if _ends_item(lines[number]))
    capitals = in_capitals(lines[first])
    heads = (_next_head(lines, kinds, number, capitals=capitals) for number in ends)
    starts = sorted({first, *(head for head in heads if head is not None)})
    spans = _spans(starts, len(lines))
    kept = [start for start, end in spans if _has_body(lines, kinds, start, end)]
    if len(kept) < 2 or kept[0] != first:
        return []
    return [(start, end - 1) for start, end in _spans(kept, len(lines))]


def _spans(starts: Sequence[int], end: int) -> list[tuple[int, int]]:
    return list(zip(starts, [*starts[1:], end], strict=True))


def _opens(line: Line, kind: str) -> bool:
    return not kind and line.words >= TITLE_WORDS and is_title_like(line) and not is_separator(line)


def _ends_item(line: Line) -> bool:
    return is_separator(line) or menu_kind(line.text) == "share"


def _next_head(
    lines: Sequence[Line], kinds: Sequence[str], at: int, *, capitals: bool
) -> int | None:
    """The title below a break, where what stands around it shows that an item begins.

    `capitals`: the page sets its titles in capitals, so that such a line below a rule is one.
    """
    barred = menu_kind(lines[at].text) == "share" or (at > 0 and _is_bar(lines[at - 1]))
    parted = is_separator(lines[at])
    head = at + 1
    while head < len(lines) and (kinds[head] or is_separator(lines[head])):
        parted = parted or is_separator(lines[head])
        barred = barred or _is_bar(lines[head])
        head += 1
    if head + 1 >= len(lines) or not _opens(lines[head], kinds[head]):
        return None
    if not lines[head].gap and not is_separator(lines[head - 1]):
        return None
    shouted = capitals and in_capitals(lines[head])
    shown = (barred and parted) or (shouted and (barred or parted))
    return head if shown or _begins(lines[head + 1 : head + 3]) else None


def _is_bar(line: Line) -> bool:
    return menu_kind(line.text) == "share"


def _begins(below: Sequence[Line]) -> bool:
    """Whether the lines below a title hold a byline, a date, a dateline or a sender."""
    for line in below:
        if byline_in(line) or date_line(line.text) or dateline_in(line) or is_credit(line.text):
            return True
        if SENT_FROM.match(line.text):
            return True
        if is_prose(line):
            return False
    return False


def _has_body(lines: Sequence[Line], kinds: Sequence[str], start: int, end: int) -> bool:
    sizes = [len(lines[n].text) for n in range(start, end) if not kinds[n] and is_prose(lines[n])]
    return len(sizes) >= MIN_PARAGRAPHS and sum(sizes) >= MIN_BODY
