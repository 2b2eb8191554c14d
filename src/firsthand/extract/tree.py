"""Markup to a tree: bounded parsing of HTML, and what kind of bytes a capture holds."""

import html
import re

import lxml.etree
import lxml.html

from firsthand.extract.decode import REPLACEMENT, UNREADABLE, count_of

ILLEGAL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
"""Characters no markup may hold; XML libraries refuse text that has them."""
ILLEGAL_BYTES = bytes([*range(9), 0x0B, *range(0x0E, 0x20), 0x7F])
"""Those of them that are one byte in UTF-8."""

ELEMENTS = lxml.etree.ElementDefaultClassLookup(
    element=lxml.html.HtmlElement,
    comment=lxml.html.HtmlComment,
    pi=lxml.html.HtmlProcessingInstruction,
    entity=lxml.html.HtmlEntity,
)
"""One class for all elements: the library's own choice by name is made in Python at each of them."""

MARKUP = re.compile(
    rb"<(?:!doctype\s{1,20}html|html|head|body|article|p|div|h1)[\s>]", re.IGNORECASE
)
SNIFF_WINDOW = 2048

LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{50000,}")
MANY_ATTRIBUTES = 1_000
"""libxml2 compares each attribute of an element with those before it: 200,000 take 90 seconds."""

PARSER_DEPTH = 2_040
"""libxml2 drops what lies deeper than 2,048 elements, whatever it is told."""

UNSEEN = re.compile(r"<(script|style|template|noscript)\b[^>]{0,2000}>", re.IGNORECASE)
LINE_TAG = re.compile(
    r"</?(?:address|article|aside|blockquote|body|br|center|dd|div|dl|dt|fieldset|figcaption|figure|"
    r"footer|form|h[1-6]|head|header|hr|html|li|main|nav|ol|p|pre|section|table|td|th|title|tr|ul)"
    r"\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
ANY_TAG = re.compile(r"</?[a-zA-Z!?][^<>]{0,20000}>?")


def sniff(content: bytes, media_type: str) -> str:
    """html, pdf, text or unknown, by the media type and, where that is silent, by the bytes."""
    kind = media_type.split(";", 1)[0].strip().lower()
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if kind in {"text/html", "application/xhtml+xml"}:
        return "html"
    if kind == "application/pdf":
        return "pdf"
    if kind.startswith("text/") and kind != "text/xml":
        return "text"
    if MARKUP.search(content[:SNIFF_WINDOW]):
        return "html"
    return "text" if kind in {"", "application/octet-stream"} else "unknown"


def _shortened(tag: re.Match[str]) -> str:
    """A tag with too many attributes, cut down to its first ones."""
    parts = tag[0].split(maxsplit=MANY_ATTRIBUTES)
    return tag[0] if len(parts) <= MANY_ATTRIBUTES else " ".join(parts[:MANY_ATTRIBUTES])


def _legal(markup: str) -> str:
    """Markup without characters it may not hold."""
    if count_of(markup, ILLEGAL_BYTES) or "\ufffe" in markup or "\uffff" in markup:
        return ILLEGAL.sub(REPLACEMENT, markup)
    return markup


def parse(markup: str) -> lxml.html.HtmlElement | None:
    """The tree of a page; None where nothing in it can be parsed."""
    clean = LONG_TAG.sub(_shortened, _legal(markup))
    parser = lxml.html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    parser.set_element_class_lookup(ELEMENTS)
    try:
        return lxml.html.document_fromstring(
            clean.encode("utf-8", "replace"), parser=parser, ensure_head_body=False
        )
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return None


def _without_unseen(markup: str) -> str:
    """The markup without scripts, styles and the like; one that never ends takes the rest."""
    kept: list[str] = []
    at = 0
    folded = markup.lower()
    while found := UNSEEN.search(markup, at):
        kept.append(markup[at : found.start()])
        close = folded.find(f"</{found[1].lower()}", found.end())
        at = len(markup) if close < 0 else close
    return "".join((*kept, markup[at:]))


def flat_text(markup: str) -> str:
    """The visible words of markup that nests too deep for a tree, one line for each block."""
    lines = LINE_TAG.sub("\n", _without_unseen(markup))
    words = html.unescape(ANY_TAG.sub("", lines))
    kept = (" ".join(line.split()) for line in UNREADABLE.sub(REPLACEMENT, words).split("\n"))
    return "\n".join(line for line in kept if line)
