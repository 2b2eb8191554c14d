"""The lines of a document with what credits need to know of each: furniture, gaps, quotes."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from firsthand.model.document import Document, Segments
from firsthand.model.page import Page
from firsthand.model.record import Part
from firsthand.trace.credit_grammar import word_class

AFTER_DOCUMENT: Final = 600
"""Code points after an article in which its own credit line may still stand ("Read more at X")."""
TOP_LINES: Final = 8
"""Lines from the top among which a byline or a date line stands."""

_BYLINE: Final = re.compile(
    r"(?:(?:written |posted |published |reported |updated )?by:? [^.!?“”\"]{3,90}"
    rf"|[^.!?“”\"]{{0,24}}\d{{1,2}}[^.!?“”\"]{{1,16}}\d{{4}}[^.!?“”\"]{{0,24}}"
    rf"|[^.!?“”\"]{{0,24}}(?:{word_class('month')}) \d{{1,2}}, \d{{4}}[^.!?“”\"]{{0,24}})",
    re.IGNORECASE,
)
_LINE: Final = re.compile(r"[^\r\n]+")
_SEPARATOR: Final = re.compile(r"[\s*_=~#•.—–-]{3,80}")
_ELLIPSIS_END: Final = re.compile(r"[\[(](?:…|\.{2,4})[\])]\s*$")


class Line(Part, frozen=True, kw_only=True):
    """One line (a block element's text in HTML); offsets without the blanks around it."""

    index: int
    start: int
    end: int
    gap: int
    """Blank lines before it; -1 for the first."""
    furniture: str | None
    """Kind of the furniture it lies in, or None."""
    heading: bool
    title: bool
    outside: bool
    """After the article's end: it may hold a credit, but is never covered."""
    quote: str
    """XPath of the enclosing blockquote; empty where there is none."""
    byline: bool
    """An author's or date line above the text."""
    separator: bool
    cut: bool
    """Ends with an ellipsis in brackets: words were left out here."""

    @property
    def is_text(self) -> bool:
        """Whether it can be covered by a credit."""
        return not (self.furniture or self.title or self.outside or self.separator or self.byline)


def document_lines(
    page: Page, document: Document, segments: Segments, limit: int
) -> tuple[Line, ...]:
    """The document's lines and those after it up to `limit`, in reading order."""
    stop = min(limit, document.end + AFTER_DOCUMENT)
    furniture = _Cover([(f.start, f.end, f.kind) for f in page.furniture])
    quotes = _Cover(
        [(b.start, b.end, _quote_of(b.path)) for b in page.blocks if "blockquote" in b.path]
    )
    marked = _Cover(
        [(p.start, p.end, "furniture" if p.furniture else "") for p in segments.paragraphs]
    )
    heads = {p.start for p in segments.paragraphs if p.heading}
    lines: list[Line] = []
    last = document.start
    for match in _LINE.finditer(page.text, document.start, stop):
        start, end = _stripped(page.text, match.start(), match.end())
        if start == end:
            continue
        words = page.text[max(start, end - 80) : end]
        title = document.title_start is not None and _inside(
            (start, end), (document.title_start, document.title_end or document.title_start)
        )
        lines.append(
            Line(
                index=len(lines),
                start=start,
                end=end,
                gap=page.text.count("\n", last, start) - 1 if lines else -1,
                furniture=furniture.at(start, end) or marked.at(start, end) or None,
                heading=start in heads,
                title=title,
                outside=start >= document.end,
                quote=quotes.at(start, end) or (">" if words_quoted(page.text, start) else ""),
                byline=len(lines) < TOP_LINES and _is_byline(page.text, start, end, document),
                separator=bool(end - start <= 80 and _SEPARATOR.fullmatch(words)),
                cut=words[-1] in ")]" and _ELLIPSIS_END.search(words) is not None,
            )
        )
        last = end
    return _title_by_words(page.text, document, lines)


def words_quoted(text: str, start: int) -> bool:
    """Whether a line of plain text is marked as quoted, as mail programs do ("> It rained")."""
    return text.startswith(("> ", ">> ", "> > "), start)


def _title_by_words(text: str, document: Document, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Mark the first line as title where it repeats a title known only from metadata."""
    if document.title is None or any(line.title for line in lines[:3]) or not lines:
        return tuple(lines)
    first = lines[0]
    if " ".join(text[first.start : first.end].split()) != " ".join(document.title.split()):
        return tuple(lines)
    return (replace(first, title=True), *lines[1:])


def _is_byline(text: str, start: int, end: int, document: Document) -> bool:
    words = text[start:end]
    if len(words) > 120:
        return False
    return words == document.byline or _BYLINE.fullmatch(words) is not None


class _Cover:
    """Which labelled range covers at least half of a line; ranges sorted, look-up by bisection."""

    def __init__(self, ranges: Sequence[tuple[int, int, str]]) -> None:
        self._ranges = sorted(ranges)
        self._starts = [start for start, _, _ in self._ranges]

    def at(self, start: int, end: int) -> str | None:
        """The label of the covering range, or None; nested ranges: the innermost that covers."""
        if not self._ranges:
            return None
        middle = (start + end) // 2
        at = bisect_right(self._starts, middle) - 1
        for low, high, label in reversed(self._ranges[max(0, at - 4) : at + 1]):
            if high > middle and 2 * (min(high, end) - max(low, start)) >= end - start:
                return label
        return None


def _quote_of(path: str) -> str:
    """The path down to and with the outermost blockquote."""
    head, mark, tail = path.partition("/blockquote")
    return head + mark + tail.split("/", 1)[0]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _inside(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return min(one[1], other[1]) - max(one[0], other[0]) > 0
