"""Paragraphs of a document: its blocks, cut where furniture begins or ends."""

import re
from collections.abc import Iterable, Iterator, Sequence

from firsthand.model.document import Document, Paragraph
from firsthand.model.page import Block, Page
from firsthand.model.record import Located

HEADING_PATH = re.compile(r"/h[1-6]\[\d+\]")
MARKDOWN_HEADING = re.compile(r"#{1,6}[ \t]")
SENTENCE_END = re.compile(r"[.!?…:;,؟۔。،؛]['\"”’»)\]]{0,3}$")
CREDIT_START = re.compile(
    r"(?:by|source|via|from|photo|image|par|автор|источник|المصدر|بقلم)\b", re.IGNORECASE
)

DATED = re.compile(
    r"^\W{0,3}(?:\w{1,12}\W{1,3}){0,4}(?:19|20|21)\d\d(?:\W{1,3}\d\d?[:.h]\d\d)?\W{0,3}$"
)
"""A line that ends with a year or a time of that day is a date line."""

HEADING_WORDS = range(2, 19)
"""Words of a line that can head the text below it where no element says so."""


def _pieces(block: Block, furniture: Iterable[Located]) -> Iterator[tuple[int, int, bool]]:
    """The block in pieces, each wholly furniture or wholly not."""
    at = block.start
    for mark in furniture:
        start, end = max(mark.start, at), min(mark.end, block.end)
        if start >= end:
            continue
        if at < start:
            yield at, start, False
        yield start, end, True
        at = end
    if at < block.end:
        yield at, block.end, False


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _looks_like_heading(words: str, below: str) -> bool:
    """Whether a plain line heads the prose below it, by its shape."""
    if MARKDOWN_HEADING.match(words):
        return True
    count = len(words.split())
    if count not in HEADING_WORDS or len(words) > 160 or SENTENCE_END.search(words):
        return False
    if (
        DATED.search(words)
        or CREDIT_START.match(words)
        or (not words[0].isalnum() and words[0] not in "“\"«‘'")
    ):
        return False
    return len(below.split()) > count and bool(SENTENCE_END.search(below))


def paragraphs_of(page: Page, document: Document) -> tuple[Paragraph, ...]:
    """The paragraphs of one document of a page, in reading order, furniture included."""
    blocks = [b for b in page.blocks if b.end > document.start and b.start < document.end]
    marks = sorted(
        (f for f in page.furniture if f.end > document.start and f.start < document.end),
        key=lambda mark: (mark.start, mark.end),
    )
    paragraphs: list[Paragraph] = []
    first = 0
    for number, block in enumerate(blocks):
        while first < len(marks) and marks[first].end <= block.start:
            first += 1
        below = blocks[number + 1] if number + 1 < len(blocks) else None
        heading = _is_heading(page.text, document, block, below)
        for start, end, furniture in _pieces(block, _reaching(marks, first, block.end)):
            begin, finish = _trimmed(page.text, start, end)
            if begin < finish:
                paragraphs.append(
                    Paragraph(
                        start=begin,
                        end=finish,
                        furniture=furniture,
                        heading=heading and not furniture,
                    )
                )
    return tuple(paragraphs)


def _reaching(marks: Sequence[Located], first: int, end: int) -> Iterator[Located]:
    for mark in marks[first:]:
        if mark.start >= end:
            return
        yield mark


def _is_heading(text: str, document: Document, block: Block, below: Block | None) -> bool:
    if HEADING_PATH.search(block.path):
        return True
    if document.title_start is not None and block.start <= document.title_start < block.end:
        return True
    if block.path or below is None:
        return False
    return _looks_like_heading(text[block.start : block.end], text[below.start : below.end])
