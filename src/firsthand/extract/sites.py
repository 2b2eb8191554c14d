"""Site names: what a parsed page's links to its own first page call the site."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

import lxml.html

from firsthand.extract.mastheads import home_name, name_kind, spelt
from firsthand.extract.reading import Reading
from firsthand.extract.titles import PARTS

MAX_LINKS = 400
"""Links of a page that are looked at; a masthead stands above or below all others."""
MIN_KEY = 4
"""Letters that two names must share to be taken for one."""
FIRST_PAGE = re.compile(r"/?(?:index\.\w{2,5}|home|main)?/?", re.IGNORECASE)


def site_name(reading: Reading, address: str | None) -> str | None:
    """The name on a link to the site's first page that the title, host or foot says too.

    None where no other mark of the page bears the name out.
    """
    if reading.root is None:
        return None
    named = list(dict.fromkeys(_labels(reading.root, _host(address or reading.head.canonical))))
    marks = [_key(part) for part in _title_ends(reading.head.title)]
    marks += [_key(_host(url)) for url in (address, reading.head.canonical) if url]
    foot = reading.text[-600:].casefold()
    for name in named:
        key = _key(name)
        agrees = any(len(min(key, mark, key=len)) >= MIN_KEY and (key in mark or mark in key)
                     for mark in marks)  # fmt: skip
        copied = any(f"{mark}{name.casefold()}" in foot for mark in ("© ", "(c) ", "copyright "))
        if agrees or copied or name_kind(name) in {"outlet", "agency"}:
            return spelt(name, f"{reading.head.title or ''}\n{reading.text}")
    return None


def _title_ends(title: str | None) -> list[str]:
    parts = PARTS.split(title or "")
    return [parts[0], parts[-1]] if len(parts) > 1 else []


def _key(name: str) -> str:
    return "".join(c for c in name.casefold().removeprefix("the ") if c.isalnum())


def _host(url: str | None) -> str:
    """The name in a host without its endings: "www.dalepost.example" gives "dalepost"."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").partition(".")[0]


def _labels(root: lxml.html.HtmlElement, own: str) -> Iterator[str]:
    """Names on the links to the first page, in reading order."""
    for element in islice(root.iter("a"), MAX_LINKS):
        if not _is_first_page(element.get("href"), own):
            continue
        alts = (image.get("alt") for image in islice(element.iter("img"), 3))
        words = "".join(islice(element.itertext(), 20))[:120]
        for label in (words, element.get("aria-label"), element.get("title"), *alts):
            name = home_name(label) if label else None
            if name:
                yield name
                break


def _is_first_page(href: str | None, own: str) -> bool:
    if href is None or not href.strip() or len(href) > 200:
        return False
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return False
    if parts.scheme not in {"", "http", "https"} or parts.query or parts.fragment:
        return False
    if parts.hostname and _host(href) != own:
        return False
    return FIRST_PAGE.fullmatch(parts.path) is not None
