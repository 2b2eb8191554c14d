"""Documents: an article's title, byline, outlet, date, language and address."""

from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.extract.articles import Article
from firsthand.extract.bylines import byline_in, dateline_in, name_in
from firsthand.extract.judging import Judged
from firsthand.extract.lines import Line, is_prose
from firsthand.extract.mastheads import own_name
from firsthand.extract.metadata import Described
from firsthand.extract.outlets import Outlet, host_of, metadata_outlet, self_name, title_part
from firsthand.extract.publication import Asked, Published, published
from firsthand.extract.reading import Reading, absolute, page_address
from firsthand.extract.sites import site_name
from firsthand.model.capture import Capture
from firsthand.model.document import Document
from firsthand.model.ids import document_id
from firsthand.nlp.language import SAMPLE, language_of
from firsthand.registry import Registry

FIRST_WORDS = 20
"""Words after the title that go into a document's id."""

BYLINE_BELOW = 3
"""Lines after an article's first paragraph in which its byline may still stand."""


PUBLISHERS = frozenset({"outlet", "agency", "ministry", "organisation", "police", "military"})
"""Kinds of registered actors that an outlet's name may stand for."""


@dataclass(frozen=True, slots=True)
class Page:
    """All that the documents of one page are described from."""

    page_id: str
    capture: Capture
    reading: Reading
    judged: Judged
    register: Registry

    @property
    def alone(self) -> bool:
        """Whether the page holds one article."""
        return len(self.judged.articles) == 1

    def own(self, article: Article) -> list[Line]:
        """The lines of an article that are not furniture."""
        return [
            self.reading.lines[n]
            for n in range(article.first, article.last + 1)
            if not self.judged.kinds[n]
        ]


def _folded(text: str | None) -> str:
    return "".join(c for c in (text or "").casefold() if c.isalnum())


def _described(page: Page, title: str | None) -> Described | None:
    """What JSON-LD says of this article; of several, the one with its headline."""
    articles = page.reading.head.articles
    wanted = _folded(title)
    for one in articles:
        headline = _folded(one.headline)
        if headline and wanted and (headline.startswith(wanted) or wanted.startswith(headline)):
            return one
    return articles[0] if page.alone and len(articles) == 1 else None


def _title_span(line: Line | None) -> tuple[int, int] | None:
    if line is None:
        return None
    bare = line.text.lstrip("#").lstrip() if line.text.startswith("#") else line.text
    return line.end - len(bare), line.end


def _byline(page: Page, article: Article, described: Described | None) -> str | None:
    lines, kinds = page.reading.lines, page.judged.kinds
    first = article.first if article.title is None else article.title
    prose_seen = 0
    for n in range(max(first - 1, 0) if page.alone else first, article.last + 1):
        line = lines[n]
        name = byline_in(line) if not kinds[n] or line.role == "byline" else None
        if name:
            return name
        prose_seen += not kinds[n] and is_prose(line) and n > first
        if prose_seen > BYLINE_BELOW:
            break
    stated: Sequence[str] = described.authors if described else ()
    if not stated and page.alone:
        stated = page.reading.head.meta.get("author", ())
    names = [name for name in map(_stated_name, stated) if name]
    if names:
        return ", ".join(dict.fromkeys(names))
    closing = [byline_in(line) for line in page.own(article)[-2:]]
    return next(filter(None, closing), None)


def _stated_name(value: str) -> str | None:
    return None if value.lower().startswith("http") else name_in(value.removeprefix("By "))


def _outlet(page: Page, article: Article, title: str | None) -> Outlet | None:
    hints = page.capture.hints
    if hints is not None and hints.outlet:
        return Outlet(hints.outlet, "given")
    stated = metadata_outlet(page.reading.head)
    if stated is not None:
        return stated
    return _shown(page, title) or _said(page, article)


def _shown(page: Page, title: str | None) -> Outlet | None:
    """The outlet by the page's head: its masthead, its title, the name that opens it."""
    masthead = page.judged.masthead or site_name(page.reading, page_address(page.capture))
    if masthead:
        return Outlet(masthead, "masthead")
    part = title_part(page.reading.head, title, page.reading.lines)
    if part:
        return Outlet(part, "title")
    top = own_name(page.reading.lines)
    return Outlet(top, "masthead") if top else None


def _said(page: Page, article: Article) -> Outlet | None:
    """The outlet by what the page says of itself, else by its host."""
    last = max((n for n, kind in enumerate(page.judged.kinds) if not kind), default=0)
    first = article.first if article.title is None else article.title
    name = self_name(page.reading.lines, page.judged.kinds, first, last)
    if name:
        return Outlet(name, "self_name")
    host = host_of(page_address(page.capture))
    return Outlet(host, "host") if host else None


def _canonical(outlet: Outlet | None, register: Registry) -> str | None:
    """The outlet's name as the register has it, else as the page has it."""
    if outlet is None:
        return None
    known = register.canonical(outlet.name)
    return known.name if known is not None and known.kind in PUBLISHERS else outlet.name


def _address(page: Page, described: Described | None) -> str | None:
    """The canonical address that the page gives, else its own."""
    own = page_address(page.capture)
    head = page.reading.head
    given = head.canonical or head.first("url") or (described.url if described else None)
    found = absolute(given, own)
    return found if found and found.startswith(("http://", "https://")) else own


def _language(page: Page, own: Sequence[Line]) -> str | None:
    sample: list[str] = []
    size = 0
    for line in own:
        if size > SAMPLE:
            break
        sample.append(line.text)
        size += len(line.text)
    return language_of("\n".join(sample)) or page.reading.head.language


def _dateline(page: Page, article: Article) -> str | None:
    first = next((line for line in page.own(article) if is_prose(line)), None)
    return dateline_in(first) if first else None


def _date(page: Page, article: Article, described: Described | None) -> Published:
    own = page_address(page.capture)
    addresses = (own, page.reading.head.canonical, page.reading.head.first("url"))
    hints = page.capture.hints
    return published(
        Asked(
            reading=page.reading,
            kinds=page.judged.kinds,
            article=article,
            alone=page.alone,
            described=described,
            addresses=tuple(filter(None, addresses)),
            hint=hints.published if hints else None,
        )
    )


def _stated_title(page: Page) -> str | None:
    """The title where no line of the page holds it."""
    hints = page.capture.hints
    head = page.reading.head
    described = head.articles[0].headline if len(head.articles) == 1 else None
    return (hints.title if hints else None) or described or head.first("title") or head.title


def describe(page: Page, article: Article, ordinal: int) -> Document | None:
    """One document, or None where an article has no line of its own."""
    own = page.own(article)
    if not own:
        return None
    text = page.reading.text
    title_line = None if article.title is None else page.reading.lines[article.title]
    span = _title_span(title_line)
    title = " ".join(text[slice(*span)].split()) if span else None
    if title is None and page.alone:
        title = _stated_title(page)
    start = min(own[0].start, span[0]) if span else own[0].start
    end = own[-1].end
    described = _described(page, title)
    outlet = _outlet(page, article, title)
    date = _date(page, article, described)
    words = text[span[1] if span else start : end].split(maxsplit=FIRST_WORDS)[:FIRST_WORDS]
    return Document(
        document_id=document_id(page.page_id, ordinal, title or "", " ".join(words)),
        page_id=page.page_id,
        ordinal=ordinal,
        start=start,
        end=end,
        title=title,
        title_start=span[0] if span else None,
        title_end=span[1] if span else None,
        byline=_byline(page, article, described),
        outlet=_canonical(outlet, page.register),
        outlet_basis=outlet.basis if outlet else None,
        published=date.edtf,
        published_basis=date.basis,
        published_reason=date.reason if date.edtf is None else None,
        dateline=_dateline(page, article),
        language=_language(page, own),
        url=_address(page, described),
    )
