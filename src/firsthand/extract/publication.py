"""When an article was published: asked of each place that may say so, surest first."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import htmldate

from firsthand.extract.articles import Article
from firsthand.extract.bylines import byline_in, dateline_in
from firsthand.extract.dates import (
    LONGEST,
    date_line,
    machine_date,
    says_changed,
    url_date,
    written_dates,
)
from firsthand.extract.lines import Line, is_prose
from firsthand.extract.metadata import Described, Head
from firsthand.extract.reading import Reading
from firsthand.model.document import PublishedBasis

UNKNOWN = "the page shows no publication date"

EARLIEST, LATEST = "1900-01-01", "2199-12-31"
"""Bounds for the date library, whose own upper bound is today and so differs from day to day."""

ABOVE = 3
"""Lines above the title in which a page may put its date."""
TAIL = 3


@dataclass(frozen=True, slots=True)
class Published:
    """A date as EDTF with its basis, or neither and the reason."""

    edtf: str | None
    basis: PublishedBasis | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The article whose date is asked for, and all that may answer."""

    reading: Reading
    kinds: Sequence[str]
    article: Article
    alone: bool
    """Whether it is the page's only article, so that what the page says is said of it."""
    described: Described | None
    addresses: tuple[str, ...]
    hint: str | None

    @property
    def head(self) -> Head:
        """What the page's head says."""
        return self.reading.head

    def opening(self) -> list[Line]:
        """The lines from just above the title down to the first paragraph."""
        lines = self.reading.lines
        first = self.article.first if self.article.title is None else self.article.title
        start = first if not self.alone else max(first - ABOVE, 0)
        own: list[Line] = []
        for line in lines[start : self.article.last + 1]:
            if own and is_prose(line) and line.start > lines[first].start and not line.role:
                break
            own.append(line)
        return own

    def is_of_a_block(self, line: Line) -> bool:
        """Whether a line belongs to one of several blocks below the title (a live page)."""
        if self.article.title is None:
            return False
        lines = self.reading.lines
        own = lines[self.article.title].article
        blocks = {one.article for one in lines[self.article.first : self.article.last + 1]}
        return line.article != own and len(blocks - {0, own}) > 1

    def paragraph(self) -> Line | None:
        """The first paragraph."""
        lines = self.reading.lines
        first = self.article.first if self.article.title is None else self.article.title + 1
        for number in range(first, self.article.last + 1):
            if not self.kinds[number] and is_prose(lines[number]):
                return lines[number]
        return None


def _from_hint(asked: Asked) -> Iterator[Published]:
    value = machine_date(asked.hint) if asked.alone else None
    if value:
        yield Published(value, "metadata")


def _from_metadata(asked: Asked) -> Iterator[Published]:
    described = asked.described.published if asked.described else None
    stated = (described, asked.head.first("published") if asked.alone else None)
    for value in filter(None, map(machine_date, stated)):
        yield Published(value, "metadata")


def _from_elements(asked: Asked) -> Iterator[Published]:
    for line in asked.opening():
        value = machine_date(line.moment)
        if value and not says_changed(line.text) and not asked.is_of_a_block(line):
            yield Published(value, "metadata")


def _from_dateline(asked: Asked) -> Iterator[Published]:
    paragraph = asked.paragraph()
    dateline = dateline_in(paragraph) if paragraph else None
    for written in written_dates(dateline or ""):
        yield Published(written.edtf, "dateline" if written.edtf else None, written.reason)


def _from_text(asked: Asked) -> Iterator[Published]:
    lines = asked.reading.lines
    closing = lines[
        max(asked.article.last + 1 - TAIL, asked.article.first) : asked.article.last + 1
    ]
    for line in [*asked.opening(), *closing]:
        if len(line.text) > LONGEST or is_prose(line):
            continue
        byline = bool(byline_in(line)) or line.role in {"byline", "date"}
        written = date_line(line.text, byline=byline)
        if written is not None:
            yield Published(written.edtf, "text" if written.edtf else None, written.reason)
        elif says_changed(line.text):
            yield Published(None, None, f"the page shows only when it was changed: {line.text!r}")


def _from_address(asked: Asked) -> Iterator[Published]:
    for value in filter(None, map(url_date, asked.addresses if asked.alone else ())):
        yield Published(value, "url")


def _from_library(asked: Asked) -> Iterator[Published]:
    """The date library's answer, where a visible line at the article's head bears it out."""
    root = asked.reading.root
    if root is None or not asked.alone:
        return
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        value = htmldate.find_date(
            root,
            extensive_search=False,
            original_date=True,
            min_date=EARLIEST,
            max_date=LATEST,
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, OverflowError):
        return
    if value is None:
        return
    year, _, day = value.split("-")
    for line in (line for line in asked.opening() if not says_changed(line.text)):
        figures = "".join(c if c.isdigit() else " " for c in line.text).split()
        if len(line.text) <= LONGEST and year in figures and str(int(day)) in map(_plain, figures):
            yield Published(value, "text")
            return
    yield Published(None, None, f"{value} was proposed, but no date in view bears it out")


def _plain(figures: str) -> str:
    return figures.lstrip("0")


SOURCES: tuple[Callable[[Asked], Iterator[Published]], ...] = (
    _from_hint,
    _from_metadata,
    _from_elements,
    _from_dateline,
    _from_text,
    _from_address,
    _from_library,
)
"""Who is asked for a date, surest first."""


def published(asked: Asked) -> Published:
    """The date of an article, or the best reason why there is none."""
    reason = None
    for source in SOURCES:
        for answer in source(asked):
            if answer.edtf:
                return answer
            reason = reason or answer.reason
    if reason is None and not asked.alone and asked.head.first("published"):
        reason = "the page's date cannot be tied to one of its articles"
    return Published(None, None, reason or UNKNOWN)
