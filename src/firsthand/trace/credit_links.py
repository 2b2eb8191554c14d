"""Credits that links and metadata give: link targets, cited addresses, canonical elsewhere."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from firsthand.model.document import Document
from firsthand.model.lineage import CreditKind
from firsthand.model.page import Link, Page
from firsthand.trace.credit_lines import Line
from firsthand.trace.credit_names import Named, PageNames, host_of, name_at, site_of

_LINK_LINE: Final = re.compile(
    r"(?:read |see )?(?:more|source|original|full (?:story|article|text|report)|continue(?: reading)?|"
    r"via|here|read (?:on|the (?:full|original) (?:story|article))|original (?:article|source|story))"
    r" ?[.:»›→>…]*",
    re.IGNORECASE,
)
_NO_SOURCE: Final = frozenset(
    {
        "facebook.com",
        "twitter.com",
        "x.com",
        "t.me",
        "youtube.com",
        "youtu.be",
        "t.co",
        "instagram.com",
        "wikipedia.org",
        "whatsapp.com",
        "linkedin.com",
        "reddit.com",
        "pinterest.com",
        "google.com",
        "archive.org",
        "bit.ly",
        "paypal.com",
        "patreon.com",
    }
)
"""Platforms that host everybody's words: a link there names no source."""


@dataclass(frozen=True)
class LinkCredit:
    """A credit known from an address: its words, source, kind, and whether it means the whole."""

    start: int
    end: int
    named: Named
    kind: CreditKind
    url: str
    covers: str
    rule: str

    @property
    def is_metadata(self) -> bool:
        """Whether it rests on no words of the page."""
        return self.rule.startswith("meta.")


class Links:
    """The links of a page, found by place."""

    def __init__(self, links: Sequence[Link]) -> None:
        """`links` in any order; they do not nest."""
        self._links = sorted(links, key=lambda link: (link.start, link.end))

    def over(self, start: int, end: int) -> Link | None:
        """The first link that shares words with a range: the address behind them."""
        at = bisect_left(self._links, end, key=lambda link: link.start)
        near = self._links[max(0, at - 4) : at]
        return next((link for link in near if start < link.end), None)


def link_credits(
    page: Page, document: Document, lines: Sequence[Line], names: PageNames
) -> list[LinkCredit]:
    """The credits that addresses show, whether or not words beside them credit too."""
    return [
        *_link_lines(page, document, lines, names),
        *_cited(page, document, names),
        *_metadata(page, document, names),
    ]


def _source(url: str, names: PageNames, start: int, end: int) -> Named | None:
    """The outlet behind an address on another site, or None."""
    host = host_of(url)
    if host is None or names.is_own_site(host) or site_of(host) in _NO_SOURCE:
        return None
    named = name_at(host, 0, len(host), names)
    if named is None or names.is_own(named.name):
        return None
    return Named(named.name, named.kind, named.evidence, start, end)


def _link_lines(
    page: Page, document: Document, lines: Sequence[Line], names: PageNames
) -> Iterator[LinkCredit]:
    """A line that is nothing but a link "Source" or "Read more" to another site."""
    for link in page.links:
        if link.end <= document.start or link.element != "a":
            continue
        words = page.text[link.start : min(link.end, link.start + 80)].strip()
        at = bisect_right(lines, link.start, key=lambda line: line.start) - 1
        line = lines[at] if at >= 0 and link.start < lines[at].end else None
        if line is None or line.end - line.start > 80 or _LINK_LINE.fullmatch(words) is None:
            continue
        named = _source(link.url, names, link.start, link.end)
        if named is not None:
            yield LinkCredit(
                link.start, link.end, named, "linked", link.url, "previous", "link.line"
            )


def _cited(page: Page, document: Document, names: PageNames) -> Iterator[LinkCredit]:
    """`<blockquote cite>` and `<cite>` with an address on another site."""
    for link in page.links:
        inside = document.start <= link.start < document.end
        if not inside or link.element not in {"cite", "blockquote"}:
            continue
        named = _source(link.url, names, link.start, link.end)
        if named is not None:
            block = link.element == "blockquote"
            yield LinkCredit(
                link.start,
                link.end,
                named,
                "quoted" if block else "cited",
                link.url,
                "itself" if block else "previous",
                f"link.{link.element}",
            )


def _metadata(page: Page, document: Document, names: PageNames) -> Iterator[LinkCredit]:
    """What the page's metadata says of its origin: a credit without words, at the title."""
    at = document.title_start if document.title_start is not None else document.start
    end = document.title_end if document.title_end is not None else at
    if document.ordinal != 1:
        return
    canonical = page.metadata.canonical_url
    has_address = "//" in page.source and host_of(page.source) is not None
    if canonical and has_address:
        named = _source(canonical, names, at, end)
        if named is not None:
            yield LinkCredit(at, end, named, "republished", canonical, "document", "meta.canonical")
    for value in page.metadata.based_on:
        named = _source(value, names, at, end) if "//" in value else _named(value, names, at, end)
        if named is not None:
            yield LinkCredit(at, end, named, "republished", value, "document", "meta.based_on")
    meta = page.metadata
    for given in (meta.source_organization, meta.credit_text, meta.feed_source):
        named = _named(given, names, at, end) if given else None
        if named is not None:
            yield LinkCredit(at, end, named, "republished", "", "document", "meta.source")


def _named(value: str, names: PageNames, start: int, end: int) -> Named | None:
    """The source a metadata value names, if it is another than the page's own."""
    if len(value) > 80:
        return None
    named = name_at(value, 0, len(value), names)
    if named is None or names.is_own(named.name):
        return None
    return Named(named.name, named.kind, named.evidence, start, end)
