"""Reads lists of pages: RSS and Atom feeds, sitemaps, plain URL lists."""

from collections.abc import Iterator
from typing import Any

import defusedxml.ElementTree
import feedparser
from defusedxml.common import DefusedXmlException

from firsthand.capture.fetch import Wanted
from firsthand.errors import FetchError
from firsthand.model.capture import Hints

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def feed_pages(content: bytes, url: str) -> list[Wanted]:
    """The pages of a feed, each with what the feed says of it; entities are not resolved."""
    feed = feedparser.parse(content, response_headers={"content-location": url})
    if not feed.entries and feed.bozo:
        message = f"{url} is no feed that can be read: {feed.get('bozo_exception')}"
        raise FetchError(message)
    outlet = feed.feed.get("title")
    return [
        Wanted(url=str(entry["link"]), hints=_hints(entry, outlet))
        for entry in feed.entries
        if entry.get("link")
    ]


def _hints(entry: Any, outlet: str | None) -> Hints:
    source = entry.get("source") or {}
    published = entry.get("published_parsed") or entry.get("updated_parsed")
    return Hints(
        title=entry.get("title"),
        outlet=outlet,
        published=f"{published[0]:04}-{published[1]:02}-{published[2]:02}" if published else None,
        feed_source=source.get("title") or source.get("href"),
    )


def sitemap_pages(content: bytes, url: str) -> tuple[list[Wanted], list[str]]:
    """(pages, further sitemaps) of a sitemap or an index of sitemaps; no entity is resolved."""
    try:
        root = defusedxml.ElementTree.fromstring(content, forbid_dtd=True)
    except (DefusedXmlException, defusedxml.ElementTree.ParseError, ValueError) as error:
        message = f"{url} is no sitemap that can be read: {error}"
        raise FetchError(message) from error
    further = [_text(node, f"{SITEMAP}loc") for node in root.iter(f"{SITEMAP}sitemap")]
    pages = [
        Wanted(url=_text(node, f"{SITEMAP}loc"), hints=_news(node))
        for node in root.iter(f"{SITEMAP}url")
        if _text(node, f"{SITEMAP}loc")
    ]
    return pages, [address for address in further if address]


def _text(node: Any, name: str) -> str:
    found = node.find(name)
    return (found.text or "").strip() if found is not None else ""


def _news(node: Any) -> Hints | None:
    news = node.find(f"{NEWS}news")
    if news is None:
        return None
    publication = news.find(f"{NEWS}publication")
    name = _text(publication, f"{NEWS}name") if publication is not None else ""
    date = _text(news, f"{NEWS}publication_date")[:10]
    return Hints(
        title=_text(news, f"{NEWS}title") or None, outlet=name or None, published=date or None
    )


def listed_pages(text: str) -> Iterator[Wanted]:
    """The pages of a URL list: one address a line; `#` begins a comment line."""
    for line in text.splitlines():
        address = line.strip()
        if address and not address.startswith("#"):
            yield Wanted(url=address)
