"""Extract: captured bytes to page text, furniture marked, and the articles the page holds."""

from collections.abc import Iterable, Iterator
from typing import Final

from firsthand.extract.bylines import BYLINES, DATELINES
from firsthand.extract.containers import CONTAINERS, ROLES
from firsthand.extract.dates import DATE_WORDS, MONTHS
from firsthand.extract.describing import Page as Described
from firsthand.extract.describing import describe
from firsthand.extract.furniture import KEEP, LINES, TOKENS
from firsthand.extract.given import with_given_dates, with_given_furniture
from firsthand.extract.judging import Judged, judge
from firsthand.extract.mastheads import NAME_FORMS
from firsthand.extract.metadata import META, Head
from firsthand.extract.outlets import SELF_NAMES
from firsthand.extract.reading import Reading, read_page
from firsthand.model.capture import Capture, CapturedPage
from firsthand.model.document import Document
from firsthand.model.judgement import Judgement
from firsthand.model.page import TEXT_VERSION, Block, Page, PageMetadata
from firsthand.model.problem import Problem, problem
from firsthand.model.record import Record
from firsthand.registry import PROJECT_FILE, RESOURCES, project_registry
from firsthand.stage import Context, Rows, Scope, Stage

NAME: Final = "extract"


def _headline(capture: Capture, head: Head) -> str | None:
    """What the page's metadata calls its article."""
    hint = capture.hints.title if capture.hints else None
    described = head.articles[0].headline if len(head.articles) == 1 else None
    return hint or described or head.first("title") or head.title


def _metadata(head: Head, capture: Capture) -> PageMetadata:
    articles = head.articles
    based_on = [name for one in articles for name in one.based_on]
    authors = [name for one in articles for name in one.authors]
    publishers = [one.publisher for one in articles if one.publisher]
    return PageMetadata(
        canonical_url=head.canonical or head.first("url"),
        site_name=head.first("site_name"),
        publisher=next(iter(publishers), None) or head.first("publisher"),
        authors=tuple(dict.fromkeys((*authors, *head.meta.get("author", ())))),
        based_on=tuple(dict.fromkeys((*based_on, *head.meta.get("based_on", ())))),
        source_organization=next(
            (one.source_organization for one in articles if one.source_organization), None
        ),
        credit_text=next((one.credit_text for one in articles if one.credit_text), None),
        feed_source=capture.hints.feed_source if capture.hints else None,
    )


def _page(capture: Capture, reading: Reading, judged: Judged) -> Page:
    return Page(
        page_id=capture.page_id,
        source=capture.source,
        sha256=capture.sha256,
        media_type=capture.media_type,
        captured_at=capture.at,
        text_version=TEXT_VERSION,
        text=reading.text,
        blocks=tuple(Block(start=one.start, end=one.end, path=one.path) for one in reading.lines),
        furniture=judged.furniture,
        links=reading.links,
        metadata=_metadata(reading.head, capture),
    )


def _problems(page_id: str, reading: Reading, documents: list[Document]) -> Iterator[Problem]:
    for code, detail in reading.shortfalls:
        yield problem(NAME, page_id, code, detail)
    if not documents and not reading.shortfalls:
        detail = "no line of the page is article text; look at it, and capture it again if it is"
        yield problem(NAME, page_id, "no_article", detail)


def extract_capture(
    captured: CapturedPage, judgements: tuple[Judgement, ...], context: Context
) -> Iterator[Record]:
    """The page, documents and problems of one capture."""
    capture = captured.capture
    reading = read_page(capture, captured.content, context.settings.extract)
    judged = judge(reading, _headline(capture, reading.head))
    yield with_given_furniture(_page(capture, reading, judged), capture, judgements)
    page = Described(
        page_id=capture.page_id,
        capture=capture,
        reading=reading,
        judged=judged,
        register=project_registry(context.project_file(PROJECT_FILE)),
    )
    found = (describe(page, one, number) for number, one in enumerate(judged.articles, 1))
    documents = [document for document in found if document is not None]
    yield from with_given_dates(documents, reading.text, capture, judgements)
    yield from _problems(capture.page_id, reading, documents)


def extract_page(rows: Rows, context: Context) -> Iterable[Record]:
    """The stage's function: one captured page and the judgements on it."""
    return extract_capture(rows.one(CapturedPage), rows.of(Judgement), context)


STAGE: Final = Stage(
    name=NAME,
    version=7,
    scope=Scope.RECORD,
    reads=(CapturedPage, Judgement),
    writes=(Page, Document),
    run=extract_page,
    project_files=(PROJECT_FILE,),
    resources=(
        LINES,
        TOKENS,
        KEEP,
        CONTAINERS,
        ROLES,
        META,
        MONTHS,
        DATE_WORDS,
        BYLINES,
        DATELINES,
        SELF_NAMES,
        NAME_FORMS,
        *RESOURCES,
    ),
)
