"""Plain text to lines: each written line is a block, unless the text is wrapped at a width."""

import itertools
import re
from statistics import median

from firsthand.extract.lines import SENTENCE_END, Line

WRITTEN_LINE = re.compile(r"[^\r\n]+")
LINE_BREAK = re.compile(r"\r\n|\n|\r")
MARKDOWN_HEADING = re.compile(r"(#{1,6})[ \t]{1,8}\S")

WRAP_WIDEST = 120
"""A text with a longer line is not wrapped: no terminal or mail program wraps wider."""
WRAP_NARROWEST = 50
"""Median line below which short lines are meant: verse, lists, menus."""
WRAP_LINES = 6
"""Fewer lines do not tell whether a text is wrapped."""
SHORT_OF_WIDTH = 0.7
"""A line shorter than this part of the width ends its paragraph."""


def _written(text: str) -> list[Line]:
    lines: list[Line] = []
    before = 0
    for found in WRITTEN_LINE.finditer(text):
        words = found[0].strip()
        if not words:
            continue
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        breaks = len(LINE_BREAK.findall(text, before, start))
        gap = max(breaks - 1, 0) if lines else breaks
        marks = MARKDOWN_HEADING.match(words)
        level = len(marks[1]) if marks else 0
        end = start + len(words)
        lines.append(Line(start=start, end=end, text=words, level=level, gap=gap))
        before = end
    return lines


def wrap_width(lines: list[Line]) -> int:
    """The width at which a text was wrapped by a program; 0 where its line ends are meant."""
    if len(lines) < WRAP_LINES:
        return 0
    widths = [len(line.text) for line in lines]
    followed = [len(one.text) for one, two in itertools.pairwise(lines) if two.gap == 0]
    if max(widths) > WRAP_WIDEST or len(followed) * 2 < len(lines):
        return 0
    return max(widths) if median(followed) >= WRAP_NARROWEST else 0


def _goes_on(line: Line, after: Line, width: int) -> bool:
    if after.gap or line.level or after.level or len(line.text) < SHORT_OF_WIDTH * width:
        return False
    first_word = after.text.split(maxsplit=1)[0]
    fitted = len(line.text) + 1 + len(first_word) <= width
    return not (fitted and SENTENCE_END.search(line.text[-8:]))


def plain_lines(text: str) -> tuple[Line, ...]:
    """The blocks of a plain text, in order; wrapped lines of one paragraph are one block."""
    lines = _written(text)
    width = wrap_width(lines)
    if not width:
        return tuple(lines)
    joined: list[Line] = []
    last: Line | None = None
    for line in lines:
        if last is not None and joined and _goes_on(last, line, width):
            first = joined[-1]
            joined[-1] = Line(
                start=first.start, end=line.end, text=text[first.start : line.end], gap=first.gap
            )
        else:
            joined.append(line)
        last = line
    return tuple(joined)
