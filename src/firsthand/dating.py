"""Page dates that the pages do not show: read from dates.toml, kept as judgements."""

import datetime as dt
import difflib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from firsthand.engine.keys import context_of
from firsthand.errors import DateKeyError
from firsthand.extract.stage import STAGE as EXTRACT
from firsthand.intake import Custody, user_name
from firsthand.model.capture import Capture, CapturedPage
from firsthand.model.document import Document
from firsthand.model.judgement import Judgement, Target
from firsthand.model.page import Page
from firsthand.publish.edition import connect
from firsthand.publish.read import select
from firsthand.stage import Rows
from firsthand.store.judgements import judgement_id
from firsthand.store.project import Project

EDTF = re.compile(
    r"(\.\.|\d{4}(-\d\d(-\d\d)?)?[?~%]?)(/(\.\.|\d{4}(-\d\d(-\d\d)?)?[?~%]?))?|\d{4}-\d\d-XX|\d{4}-XX-XX"
)
"""The subset of EDTF (ISO 8601-2) taken as a page date: a day, month, year or interval."""

Given = Mapping[str, str | Mapping[int, str]]
"""Key of dates.toml to a date, or to dates by article number."""


@dataclass(frozen=True)
class DatedArticle:
    """One article and the date it is given."""

    capture: Capture
    ordinal: int
    words: str
    """Its title, or its first words where it has none."""
    date: str


def read_dates(text: str) -> Given:
    """The dates of a dates.toml; values are TOML dates, ISO dates or EDTF strings."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"dates.toml is not valid TOML: {error}"
        raise DateKeyError(message) from error
    return {key: _entry(key, value) for key, value in table.items()}


def _entry(key: str, value: object) -> str | dict[int, str]:
    if isinstance(value, dict):
        if not all(number.isdecimal() for number in value):
            message = f"dates.toml {key!r}: article numbers are 1, 2, …; found {', '.join(value)}"
            raise DateKeyError(message)
        return {int(number): _date(key, date) for number, date in value.items()}
    return _date(key, value)


def _date(key: str, value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str) and EDTF.fullmatch(value) and _real(value):
        return value
    message = f"dates.toml {key!r}: {value!r} is no date; write one like 2031-05-04 or 2031-05"
    raise DateKeyError(message)


def _real(value: str) -> bool:
    """Whether every whole day in an EDTF string exists."""
    try:
        for day in re.findall(r"\d{4}-\d\d-\d\d", value):
            dt.date.fromisoformat(day)
    except ValueError:
        return False
    return True


def set_dates(project: Project, given: Given, custody: Custody) -> list[DatedArticle]:
    """Check every key, then append one judgement an article; nothing is kept if a key is wrong."""
    captures = list(project.captures.current().values())
    dated = [article for key in given for article in _articles(project, captures, key, given[key])]
    for article in dated:
        project.judgements.append(_judgement(article, custody))
    return dated


def _articles(
    project: Project, captures: Sequence[Capture], key: str, value: str | Mapping[int, str]
) -> Iterator[DatedArticle]:
    capture = _match(captures, key)
    page, documents = _documents(project, capture)
    by_number = {document.ordinal: document for document in documents}
    dates = dict.fromkeys(by_number, value) if isinstance(value, str) else dict(value)
    for number, date in sorted(dates.items()):
        if number not in by_number:
            titles = "; ".join(f"{d.ordinal} = {_words(page, d)[:60]!r}" for d in documents)
            message = f"{key!r} has no article {number}; its articles: {titles or 'none'}"
            raise DateKeyError(message)
        yield DatedArticle(capture, number, _words(page, by_number[number]), date)


def _match(captures: Iterable[Capture], key: str) -> Capture:
    newest = {capture.source: capture for capture in captures}
    return newest[matched(newest, key)]


def matched(sources: Iterable[str], key: str) -> str:
    """The source that a key means: itself, or the only one with that file name."""
    newest = dict.fromkeys(sources)
    if key in newest:
        return key
    named = sorted(source for source in newest if PurePosixPath(source).name == key)
    if len(named) == 1:
        return named[0]
    if named:
        message = f"{key!r} fits several pages: {', '.join(named)}; write one of these in full"
        raise DateKeyError(message)
    near = difflib.get_close_matches(key, newest, n=3, cutoff=0.0)
    message = f"{key!r} fits no page of this project; the nearest: {', '.join(near) or 'none'}"
    raise DateKeyError(message)


def _documents(project: Project, capture: Capture) -> tuple[Page | None, list[Document]]:
    if EXTRACT.run is None:
        return None, []
    content = project.captures.content(capture.sha256)
    row = CapturedPage(capture=capture, content=content)
    made = list(EXTRACT.run(Rows(capture.page_id, {CapturedPage: [row]}), context_of(project)))
    page = next((row for row in made if isinstance(row, Page)), None)
    return page, [row for row in made if isinstance(row, Document)]


def _words(page: Page | None, document: Document) -> str:
    if document.title:
        return document.title
    return " ".join(page.text[document.start : document.end].split()[:12]) if page else ""


def _judgement(article: DatedArticle, custody: Custody) -> Judgement:
    target = Target(
        kind="document",
        words=article.words,
        source=article.capture.source,
        sha256=article.capture.sha256,
        ordinal=article.ordinal,
    )
    by = custody.by or user_name()
    said = f"{article.capture.page_id} {article.ordinal} {article.date}"
    return Judgement(
        judgement_id=judgement_id(custody.at, by, "date", said),
        at=custody.at,
        by=by,
        action="date",
        targets=(target,),
        value=article.date,
    )


def read_dates_file(path: Path) -> Given:
    """The dates of a dates.toml on disk."""
    try:
        return read_dates(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        message = f"cannot read {path}: {error}"
        raise DateKeyError(message) from error


def parse_assignments(assignments: Sequence[str]) -> Given:
    """Dates given as "PAGE=DATE" or "PAGE#2=DATE"."""
    given: dict[str, str | dict[int, str]] = {}
    for assignment in assignments:
        key, equals, value = assignment.rpartition("=")
        if not equals or not key:
            message = f"{assignment!r} is no date setting; write PAGE=DATE or PAGE#2=DATE"
            raise DateKeyError(message)
        page, mark, number = key.rpartition("#")
        date = _date(key, value)
        if mark and number.isdecimal():
            entry = given.setdefault(page, {})
            if isinstance(entry, dict):
                entry[int(number)] = date
        else:
            given[key] = date
    return given


@dataclass(frozen=True)
class ListedDate:
    """One article and the date it has."""

    source: str
    ordinal: int
    title: str
    published: str | None
    basis: str


def listed(project: Project) -> list[ListedDate]:
    """The dates of all articles of an edition, in order of page."""
    with closing(connect(project.edition)) as db:
        sources = {page.page_id: page.source for page in select(db, Page)}
        rows = [
            ListedDate(
                source=sources.get(document.page_id, document.page_id),
                ordinal=document.ordinal,
                title=document.title or "",
                published=document.published,
                basis=document.published_basis or document.published_reason or "unknown",
            )
            for document in select(db, Document)
        ]
    return sorted(rows, key=lambda row: (row.source, row.ordinal))


def dates_toml(rows: Iterable[ListedDate]) -> str:
    """Dates as a dates.toml, pages in order; articles by number where a page has several dates."""
    pages: dict[str, dict[int, str]] = {}
    for row in rows:
        pages.setdefault(row.source, {})[row.ordinal] = row.published or ""
    lines = []
    for source, dates in sorted(pages.items()):
        cells = ", ".join(f'{number} = "{date}"' for number, date in sorted(dates.items()))
        key = json.dumps(source, ensure_ascii=False).replace("\x7f", "\\u007f")
        lines.append(f"{key} = {{ {cells} }}\n")
    return "".join(lines)
