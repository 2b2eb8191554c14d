"""Builds captures, extracts and segments them: pages as later stages get them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from firsthand.config import ExtractSettings, Settings
from firsthand.extract.stage import STAGE as EXTRACT
from firsthand.model.capture import Capture, CapturedPage, Hints, Http
from firsthand.model.document import Document, Segments
from firsthand.model.ids import page_id, sha256
from firsthand.model.judgement import Judgement
from firsthand.model.page import Page
from firsthand.model.problem import Problem
from firsthand.model.record import Located, Record
from firsthand.model.table import group_rows
from firsthand.segment.stage import STAGE as SEGMENT
from firsthand.stage import Context, Rows

PAGES = Path(__file__).parent / "extract" / "pages"


@dataclass(frozen=True)
class Made:
    """What extract (and segment) made of one capture."""

    page: Page
    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    segments: tuple[Segments, ...] = ()
    rows: tuple[Record, ...] = ()

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.problems]

    def words(self, span: Located) -> str:
        return self.page.text[span.start : span.end]

    def furniture(self) -> dict[str, str]:
        """Kinds by the words that are marked."""
        return {self.words(mark): mark.kind for mark in self.page.furniture}

    def own(self, number: int = 1) -> list[str]:
        """The paragraphs of a document that are not furniture."""
        segments = self.segments[number - 1]
        return [self.words(one) for one in segments.paragraphs if not one.furniture]


def captured(
    content: bytes | str,
    media_type: str = "text/plain",
    source: str = "page.txt",
    *,
    charset: str | None = None,
    hints: Hints | None = None,
    http: Http | None = None,
) -> CapturedPage:
    data = content.encode() if isinstance(content, str) else content
    digest = sha256(data)
    capture = Capture(
        capture_id="k-1",
        page_id=page_id(digest, source),
        sha256=digest,
        size=len(data),
        source=source,
        media_type=media_type,
        charset=charset,
        at="2031-06-01T00:00:00Z",
        by="test",
        tool="test",
        hints=hints,
        http=http,
    )
    return CapturedPage(capture=capture, content=data)


def made(
    page: CapturedPage,
    judgements: Sequence[Judgement] = (),
    settings: ExtractSettings | None = None,
) -> Made:
    context = Context(Settings(extract=settings or ExtractSettings()))
    unit = page.capture.page_id
    assert EXTRACT.run is not None
    assert SEGMENT.run is not None
    rows = list(EXTRACT.run(Rows(unit, {CapturedPage: [page], Judgement: judgements}), context))
    grouped = group_rows(rows)
    segments = list(SEGMENT.run(Rows(unit, grouped), context))
    return Made(
        page=next(row for row in rows if isinstance(row, Page)),
        documents=tuple(row for row in rows if isinstance(row, Document)),
        problems=tuple(row for row in rows if isinstance(row, Problem)),
        segments=tuple(row for row in segments if isinstance(row, Segments)),
        rows=(*rows, *segments),
    )


def from_text(text: str, source: str = "page.txt") -> Made:
    return made(captured(text, "text/plain", source))


def from_html(markup: str, source: str = "page.html") -> Made:
    return made(captured(markup, "text/html", source))


def from_file(name: str) -> Made:
    media_type = "text/html" if name.endswith(".html") else "text/plain"
    return made(captured((PAGES / name).read_bytes(), media_type, name))
