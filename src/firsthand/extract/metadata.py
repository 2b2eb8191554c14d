"""What a page says of itself in its head: JSON-LD, Open Graph and other meta elements."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import lxml.html

from firsthand.extract.dates import machine_date
from firsthand.resources import read_table

META = "lexicons/extract_meta.tsv"

ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|Report|LiveBlogPosting|SocialMediaPosting)$")
MAX_JSON = 1_000_000
"""Characters of one JSON-LD script; larger ones hold data, not descriptions."""
MAX_NODES = 2_000
MAX_VALUE = 2_000
"""Characters kept of one value."""


@dataclass(frozen=True, slots=True)
class Described:
    """One article as JSON-LD describes it."""

    headline: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    based_on: tuple[str, ...] = ()
    source_organization: str | None = None
    credit_text: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """All that a page's head says, as written."""

    articles: tuple[Described, ...] = ()
    meta: dict[str, tuple[str, ...]] = field(default_factory=dict)
    canonical: str | None = None
    title: str | None = None
    language: str | None = None
    organization: str | None = None

    def first(self, name: str) -> str | None:
        """The first value of a field of the meta elements, or None."""
        return next(iter(self.meta.get(name, ())), None)


def clean(value: str) -> str:
    """A value on one line, without the space around it."""
    return " ".join(value[:MAX_VALUE].split())


def _texts(value: object, key: str = "name") -> tuple[str, ...]:
    """The words in a JSON-LD value: itself, its `name`, or those of its members."""
    items = value if isinstance(value, list) else [value]
    found: list[str] = []
    for item in items[:50]:
        inner = item.get(key) or item.get("url") if isinstance(item, dict) else item
        if isinstance(inner, str) and clean(inner):
            found.append(clean(inner))
    return tuple(found)


def _first(value: object, key: str = "name") -> str | None:
    return next(iter(_texts(value, key)), None)


def _described(node: dict[str, object]) -> Described:
    based_on = [
        text
        for key in ("isBasedOn", "isBasedOnUrl", "citation", "exampleOfWork", "translationOfWork")
        for text in _texts(node.get(key), "url" if key != "citation" else "name")
    ]
    return Described(
        headline=_first(node.get("headline")) or _first(node.get("name")),
        published=_first(node.get("datePublished")) or _first(node.get("dateCreated")),
        authors=_texts(node.get("author")),
        publisher=_first(node.get("publisher")) or _first(node.get("sourceOrganization")),
        based_on=tuple(dict.fromkeys(based_on)),
        source_organization=_first(node.get("sourceOrganization")),
        credit_text=_first(node.get("creditText")),
        url=_first(node.get("mainEntityOfPage"), "@id") or _first(node.get("url")),
    )


def _nodes(data: object) -> Iterator[dict[str, object]]:
    """Every object of a JSON-LD script at its top, in `@graph` or in a list; never recursive."""
    waiting, seen = [data], 0
    while waiting and seen < MAX_NODES:
        value = waiting.pop(0)
        seen += 1
        if isinstance(value, list):
            waiting[:0] = value[:MAX_NODES]
        elif isinstance(value, dict):
            yield value
            waiting += [value[key] for key in ("@graph", "mainEntity") if key in value]


def _types(node: dict[str, object]) -> tuple[str, ...]:
    kinds = node.get("@type")
    items = kinds if isinstance(kinds, list) else [kinds]
    return tuple(item for item in items if isinstance(item, str))


def _json_ld(root: lxml.html.HtmlElement) -> tuple[tuple[Described, ...], str | None]:
    """The articles described, and the name of the site's own organisation."""
    articles: list[Described] = []
    organization: str | None = None
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads((script.text or "")[:MAX_JSON], strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = _types(node)
            if any(ARTICLE_TYPE.search(kind) for kind in kinds):
                articles.append(_described(node))
            elif {"NewsMediaOrganization", "WebSite"} & set(kinds):
                organization = organization or _first(node.get("name"))
    return tuple(articles), organization


@cache
def _fields() -> dict[str, str]:
    return {row["name"]: row["field"] for row in read_table(META)}


@cache
def _rank() -> dict[str, int]:
    return {row["name"]: number for number, row in enumerate(read_table(META))}


def _meta(root: lxml.html.HtmlElement) -> dict[str, tuple[str, ...]]:
    found: list[tuple[int, str, str]] = []
    for element in root.iter("meta"):
        value = clean(element.get("content") or "")
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        name = name.strip().lower()
        if value and name in _fields():
            found.append((_rank()[name], _fields()[name], value))
    found.sort(key=lambda one: one[0])
    values: dict[str, list[str]] = {}
    for _, key, value in found:
        if key != "published" or machine_date(value):
            values.setdefault(key, []).append(value)
    return {key: tuple(dict.fromkeys(items)) for key, items in values.items()}


def read_head(root: lxml.html.HtmlElement) -> Head:
    """What the page says of itself outside its visible text."""
    articles, organization = _json_ld(root)
    canonical = title = None
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            canonical = canonical or clean(link.get("href") or "") or None
    for element in root.iter("title"):
        title = title or clean(element.text or "") or None
    return Head(
        articles=articles,
        meta=_meta(root),
        canonical=canonical,
        title=title,
        language=(root.get("lang") or root.get("xml:lang") or "").strip().lower()[:2] or None,
        organization=organization,
    )
