"""Articles: what the corpus part of trace knows of one document, loaded in columns."""

from collections.abc import Collection, Mapping
from typing import Final

import msgspec

from firsthand.model.document import Document
from firsthand.model.lineage import Credit, RepeatedFurniture
from firsthand.model.page import Page
from firsthand.model.record import Part, Range
from firsthand.model.reuse import Fingerprints
from firsthand.stage import Tables
from firsthand.trace.addresses import host_of
from firsthand.trace.alignment import Text, text_to_align
from firsthand.trace.at_hand import few
from firsthand.trace.columns import unit_table
from firsthand.trace.words import kept_ranges, words_of

_ARTICLES: Final = """
SELECT f.document_id, f.page_id, f.key, f.words, f.outlet_key, f.title_key,
       f.quotation_starts, f.quotation_ends, f.skip_starts, f.skip_ends,
       f.spoken_starts, f.spoken_ends, f.speakers,
       f.address_keys, f.link_keys, f.report_keys,
       d.outlet, d.title, d.published, d.language, d."start", d."end", p.source, p.text
FROM fingerprints AS f
JOIN wanted AS w ON f.unit = w.unit
JOIN document AS d ON d.unit = f.unit AND d.document_id = f.document_id
JOIN page AS p ON p.unit = f.unit
ORDER BY f.document_id
"""


_OF_PAGE: Final = ("source", "text")
_OF_DOCUMENT: Final = ("outlet", "title", "published", "language", "start", "end")
_OF_PRINTS: Final = (
    *("document_id", "page_id", "key", "words", "outlet_key", "title_key"),
    *("quotation_starts", "quotation_ends", "skip_starts", "skip_ends"),
    *("spoken_starts", "spoken_ends", "speakers"),
    *("address_keys", "link_keys", "report_keys"),
)
"""The same columns, by the record that has them."""


class Article(Part, frozen=True, kw_only=True):
    """One document as the corpus part sees it. Offsets are into `text`, the page's text."""

    document_id: str
    page_id: str
    key: int
    words: int
    outlet_key: str
    title_key: int
    quotation_starts: tuple[int, ...]
    quotation_ends: tuple[int, ...]
    skip_starts: tuple[int, ...]
    skip_ends: tuple[int, ...]
    spoken_starts: tuple[int, ...]
    spoken_ends: tuple[int, ...]
    speakers: tuple[str, ...]
    address_keys: tuple[int, ...]
    link_keys: tuple[int, ...]
    report_keys: tuple[int, ...]
    outlet: str | None
    title: str | None
    published: str | None
    language: str | None
    start: int
    end: int
    source: str
    text: str
    host: str = ""
    """What it was captured from; empty where it has none."""
    repeated: tuple[Range, ...] = ()
    credits: tuple[Credit, ...] = ()

    @property
    def name(self) -> str:
        """How sentences call it: its title and outlet as far as the page gives them."""
        title = f"“{self.title}”" if self.title else "an untitled article"
        return f"{title} ({self.outlet})" if self.outlet else title


def load_articles(
    tables: Tables,
    pages: Collection[str],
    furniture: Mapping[str, tuple[Range, ...]],
    *,
    texts: bool = True,
) -> dict[str, Article]:
    """The articles of some pages by document id; without `texts` the text of each is empty.

    `furniture` gives the repeated furniture of pages for which it is newer than the table's.
    """
    repeated = {
        row.page_id: row.ranges
        for row in tables.rows(RepeatedFurniture, set(pages) - furniture.keys())
    }
    repeated.update(furniture)
    credited: dict[str, list[Credit]] = {}
    for credit in tables.rows(Credit, pages):
        credited.setdefault(credit.document_id, []).append(credit)
    rows = _few(tables, pages) if few(pages) else _many(tables, pages, texts=texts)
    return {
        row.document_id: msgspec.structs.replace(
            row,
            host=host_of(row.source),
            repeated=repeated.get(row.page_id, ()),
            credits=tuple(
                sorted(credited.get(row.document_id, ()), key=lambda c: (c.start, c.credit_id))
            ),
        )
        for row in rows
    }


def _many(tables: Tables, pages: Collection[str], *, texts: bool) -> list[Article]:
    sql = _ARTICLES if texts else _ARTICLES.replace("p.text", "'' AS text")
    table = tables.query(sql, wanted=unit_table(pages))
    return msgspec.convert(table.to_pylist(), list[Article], strict=False)


def _few(tables: Tables, pages: Collection[str]) -> list[Article]:
    """The articles of a few pages, from their rows one by one."""
    prints = tables.by_unit(Fingerprints, pages)
    documents = tables.by_unit(Document, pages)
    found: list[Article] = []
    for unit, listed in tables.by_unit(Page, pages).items():
        known = {one.document_id: one for one in documents.get(unit, ())}
        for own in prints.get(unit, ()):
            if own.document_id in known:
                found += [_article(page, known[own.document_id], own) for page in listed]
    return sorted(found, key=lambda one: one.document_id)


def _article(page: Page, document: Document, prints: Fingerprints) -> Article:
    values = {
        name: getattr(source, name)
        for source, names in (
            (page, _OF_PAGE),
            (document, _OF_DOCUMENT),
            (prints, _OF_PRINTS),
        )
        for name in names
    }
    return Article(**values)


def alignable(article: Article) -> Text:
    """An article's words outside furniture, ready for alignment."""
    skips = [*zip(article.skip_starts, article.skip_ends, strict=True)]
    skips += [(mark.start, mark.end) for mark in article.repeated]
    kept = kept_ranges(article.start, article.end, skips)
    words = words_of(article.text[article.start : article.end]).moved(article.start).within(kept)
    if len(kept) < 2:
        return text_to_align(words)
    breaks = sorted(set(words.starts.searchsorted([low for low, _ in kept[1:]]).tolist()))
    return text_to_align(words, tuple(at for at in breaks if 0 < at < len(words)))
