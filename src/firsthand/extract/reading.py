"""Bytes to page text: decode, parse and linearise, with every shortfall told."""

from dataclasses import dataclass, field
from urllib.parse import urljoin

import lxml.html
import msgspec

from firsthand.config import ExtractSettings
from firsthand.extract.decode import REPLACEMENT, UNREADABLE, Decoded, decode
from firsthand.extract.linearise import linearise
from firsthand.extract.lines import Line
from firsthand.extract.metadata import Head, read_head
from firsthand.extract.pdf import pdf_text
from firsthand.extract.plain import plain_lines
from firsthand.extract.tree import PARSER_DEPTH, flat_text, parse, sniff
from firsthand.model.capture import Capture
from firsthand.model.page import Link

WEB = ("http://", "https://")

Shortfall = tuple[str, str]
"""Code and detail of a problem."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A page as text, with what the tree tells beside it; `root` only for parsed HTML."""

    text: str
    lines: tuple[Line, ...] = ()
    links: tuple[Link, ...] = ()
    head: Head = field(default_factory=Head)
    root: lxml.html.HtmlElement | None = None
    depth: int = 0
    elements: int = 0
    shortfalls: tuple[Shortfall, ...] = ()


def page_address(capture: Capture) -> str | None:
    """The web address that a capture came from, or None for a file."""
    if capture.http is not None and capture.http.url:
        return capture.http.url
    return capture.source if capture.source.lower().startswith(("http://", "https://")) else None


def _cut(text: str, limit: int, shortfalls: list[Shortfall]) -> str:
    if len(text) <= limit:
        return text
    shortfalls.append(_too_long(limit))
    return text[:limit]


def _too_long(limit: int) -> Shortfall:
    detail = f"the text was cut at {limit:,} characters; raise max_text_chars under [extract]"
    return "text_cut", detail


def _unreadable(decoded: Decoded) -> list[Shortfall]:
    if not decoded.unreadable:
        return []
    detail = (
        f"{decoded.unreadable:,} bytes or characters cannot be read as {decoded.encoding} "
        f"({decoded.basis}) and stand as U+FFFD; capture the page again with its right encoding"
    )
    return [("unreadable_characters", detail)]


def _binary(decoded: Decoded, media_type: str) -> Reading:
    detail = (
        f"the bytes are not a text ({media_type or 'no media type'}, read as {decoded.encoding})"
    )
    return Reading(text="", shortfalls=(("binary", detail),))


def _read_plain(text: str, shortfalls: list[Shortfall], settings: ExtractSettings) -> Reading:
    whole = _cut(text, settings.max_text_chars, shortfalls)
    return Reading(text=whole, lines=plain_lines(whole), shortfalls=tuple(shortfalls))


def _read_flat(markup: str, shortfalls: list[Shortfall], settings: ExtractSettings) -> Reading:
    detail = (
        f"elements nest deeper than {min(settings.max_depth, PARSER_DEPTH):,}; "
        "the page was read as flat text, without its structure"
    )
    return _read_plain(flat_text(markup), [*shortfalls, ("nested_too_deep", detail)], settings)


def _read_html(decoded: Decoded, capture: Capture, settings: ExtractSettings) -> Reading:
    shortfalls = _unreadable(decoded)
    root = parse(decoded.text) if decoded.text.strip() else None
    if root is None:
        return Reading(
            text="", shortfalls=(*shortfalls, ("no_markup", "the HTML holds no element"))
        )
    flat = linearise(root, settings.max_text_chars)
    if flat.depth >= min(settings.max_depth, PARSER_DEPTH):
        return _read_flat(decoded.text, shortfalls, settings)
    if flat.cut:
        shortfalls.append(_too_long(settings.max_text_chars))
    return Reading(
        text=UNREADABLE.sub(REPLACEMENT, flat.text),
        lines=flat.lines,
        links=_resolved(flat.links, root, page_address(capture)),
        head=read_head(root),
        root=root,
        depth=flat.depth,
        elements=flat.elements,
        shortfalls=tuple(shortfalls),
    )


def _resolved(
    links: tuple[Link, ...], root: lxml.html.HtmlElement, address: str | None
) -> tuple[Link, ...]:
    """The links with their addresses made absolute where the page's own address is known."""
    given = root.find(".//base[@href]")
    base = absolute(given.get("href") if given is not None else None, address) or address
    site = _site(base)
    return tuple(
        link
        if link.url.startswith(WEB)
        else msgspec.structs.replace(link, url=_joined(link.url, base, site))
        for link in links
    )


def _site(base: str | None) -> str:
    """Scheme and host of an address, or an empty string."""
    if base is None or not base.startswith(WEB):
        return ""
    scheme, _, rest = base.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"


def _joined(url: str, base: str | None, site: str) -> str:
    """A link's address made absolute; the common form, a path from the root, without parsing."""
    if site and url.startswith("/") and not url.startswith("//") and "/." not in url:
        return site + url
    return absolute(url, base) or url


def absolute(url: str | None, base: str | None) -> str | None:
    """An address made absolute; None without one, or where it cannot be one."""
    if not url:
        return None
    try:
        return urljoin(base, url) if base else url
    except ValueError:
        return None


def _read_pdf(content: bytes, settings: ExtractSettings) -> Reading:
    found = pdf_text(content, settings.max_text_chars)
    shortfalls = [(found.code, found.detail)] if found.code else []
    return _read_plain(UNREADABLE.sub(REPLACEMENT, found.text), shortfalls, settings)


def read_page(capture: Capture, content: bytes, settings: ExtractSettings) -> Reading:
    """The text of captured bytes and all that is known of its lines; never invents any."""
    if not content:
        return Reading(text="", shortfalls=(("empty", "the capture holds no bytes"),))
    kind = sniff(content, capture.media_type)
    if kind == "pdf":
        return _read_pdf(content, settings)
    decoded = decode(content, capture.charset, html=kind == "html")
    if decoded.binary or kind == "unknown":
        return _binary(decoded, capture.media_type)
    if kind == "html":
        return _read_html(decoded, capture, settings)
    return _read_plain(decoded.text, _unreadable(decoded), settings)
