"""Addresses and names in comparable form: same page, same outlet, same title."""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from firsthand.model.page import Page
from firsthand.trace.words import text_number

_WORD: Final = re.compile(r"\w+")
_FRONTS: Final = ("www.", "m.", "amp.", "mobile.")
_ARTICLES: Final = frozenset({"the"})
MIN_INITIALS: Final = 3
"""Two letters are initials of too many names."""
REMEMBERED: Final = 1 << 14
"""Names and addresses kept in comparable form; a pile names its sources again and again."""


@lru_cache(maxsize=REMEMBERED)
def host_of(address: str) -> str:
    """The host of a web address without `www.` and the like; empty where it is none."""
    if "://" not in address:
        return ""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    for front in _FRONTS:
        host = host.removeprefix(front)
    return host


@lru_cache(maxsize=REMEMBERED)
def address_key(address: str | None) -> int:
    """A web address as a number, blind to scheme, `www.`, query, fragment and last slash; or 0.

    A query is kept where the path alone names no page ("/?p=12").
    """
    host = host_of(address or "")
    if not host:
        return 0
    parts = urlsplit(address or "")
    path = parts.path.rstrip("/")
    if not path and not parts.query:
        return 0
    return text_number((host, path, parts.query if not path else ""))


@lru_cache(maxsize=REMEMBERED)
def title_key(title: str | None) -> int:
    """The words of a title as a number; 0 where there are fewer than three to go by."""
    words = _WORD.findall(title or "")
    return text_number(words) if len(words) >= 3 else 0


@lru_cache(maxsize=REMEMBERED)
def name_key(name: str | None) -> str:
    """A name in comparable form: lower case, words only, no leading "the"."""
    words = [word.lower() for word in _WORD.findall(name or "")]
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words)


def same_name(one: str, other: str) -> bool:
    """Whether two comparable names are equal, or one is the initials of the other ("cnp")."""
    if not one or not other:
        return False
    return one == other or one == initials(other) or other == initials(one)


@lru_cache(maxsize=REMEMBERED)
def initials(key: str) -> str:
    """The first letters of a comparable name of three words or more; else empty."""
    words = key.split()
    return "".join(word[0] for word in words) if len(words) >= MIN_INITIALS else ""


def same_outlet(cited: str, outlet_key: str, host: str = "") -> bool:
    """Whether a cited name is an outlet's own name, its initials, or its host."""
    key = name_key(cited)
    return same_name(key, outlet_key) or (bool(host) and key == name_key(host))


def page_host(page: Page) -> str:
    """The host a page was captured from or names as its own; empty where it has none."""
    return host_of(page.source) or host_of(page.metadata.canonical_url or "")
