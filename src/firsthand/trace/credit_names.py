"""Names of sources: what a credit's words name, what kind of source that is, and how we know."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from firsthand.model.document import Document
from firsthand.model.page import Page
from firsthand.registry import Registry, packaged_registry
from firsthand.trace.credit_grammar import name_words, word_class
from firsthand.trace.credit_name_forms import (
    Evidence,
    SourceKind,
    by_form,
    by_register,
    called_kind,
    is_demonym,
)
from firsthand.trace.credit_short_names import ShortNames

_EDGE: Final = " \t\xa0.,;:…!?*|»›→>«\"“”'‘’()[]—–-"
_GENERIC_TAIL: Final = re.compile(r" (?:International|News|Online|News Agency|Agency|English)$")
_DESK: Final = re.compile(rf" (?:{word_class('language')})$", re.IGNORECASE)
_FIRST_WORD: Final = re.compile(r"[\w’'.-]{1,12}")
_LAST_DAY: Final = re.compile(
    r" (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|evening|night))?$"
)
_ARCHIVE: Final = re.compile(r"^https?://[^/]{3,80}/(?:web/)?\d{4,14}[a-z_]{0,4}/(https?://.*)$")
_PUBLIC_SUFFIX: Final = frozenset({"co", "com", "org", "net", "gov", "ac", "edu"})


@dataclass(frozen=True)
class Named:
    """A source as named: canonical name, kind, how it is known, and where its words stand."""

    name: str
    kind: SourceKind
    evidence: Evidence
    start: int
    end: int

    @property
    def is_press(self) -> bool:
        """Whether this is known to be an outlet or agency, by more than its place."""
        return self.kind in {"outlet", "agency"} and self.evidence != "plain"

    @property
    def is_known_press(self) -> bool:
        """Whether it is press on better evidence than bare capital letters."""
        return self.is_press and self.evidence != "letters"

    @property
    def is_body(self) -> bool:
        """Whether it is an institution by the register or its form."""
        return self.kind == "institution" and self.evidence in {"register", "form"}

    @property
    def speaks(self) -> bool:
        """Whether a mere "X said" of it counts: no bare letters, no unknown names."""
        return self.evidence in {"register", "title", "form", "page"}


@lru_cache(maxsize=8_192)
def key(name: str) -> str:
    """A name reduced to what comparison needs: letters and digits, no article, no case."""
    lowered = name.casefold().removeprefix("the ")
    return re.sub(r"[\W_]+", "", lowered)


def host_of(url: str) -> str | None:
    """The host a URL names, without `www.`; behind a web archive's address, the archived one."""
    archived = _ARCHIVE.match(url[:2000])
    try:
        host = urlsplit(archived.group(1) if archived else url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and "." in host else None


def site_of(host: str) -> str:
    """The registrable part of a host, by the usual shapes: "news.orvel.co.uk" → "orvel.co.uk"."""
    parts = host.split(".")
    keep = 3 if len(parts) > 2 and parts[-2] in _PUBLIC_SUFFIX and len(parts[-1]) == 2 else 2
    return ".".join(parts[-keep:])


MIN_STEM: Final = 4
"""Letters that a name needs before names that begin with it are taken for its sections."""


class PageNames:
    """What one page tells about names: its own outlet's, and those its strong credits name."""

    def __init__(
        self,
        own: Iterable[str],
        sections: Iterable[str] = (),
        own_sites: Iterable[str] = (),
        registry: Registry | None = None,
        text: str = "",
    ) -> None:
        """`own`: names of the page's outlet; `own_sites`: registrable hosts it stands on.

        `sections`: names in furniture that begin with the outlet's ("NAME World Desk").
        `text`: where the full names of short ones are sought.
        """
        self.registry = registry or packaged_registry()
        self._sections = frozenset(filter(None, map(key, sections)))
        given = list(own)
        self.short = ShortNames(text, given)
        canonical = [found[0] for name in given if (found := by_register(name, self.registry))]
        self._own = frozenset(filter(None, map(key, given + canonical)))
        self._given = given[:1]
        self._sites = frozenset(own_sites)
        self._known: dict[str, tuple[str, SourceKind]] = {}

    def is_own(self, name: str) -> bool:
        """Whether a name is the page's own outlet or a section of it."""
        named = key(name)
        return (
            named in self._own
            or any(len(own) > MIN_STEM and named.startswith(own) for own in self._own)
            or any(len(named) > MIN_STEM and own.startswith(named) for own in self._sections)
            or any(_site_key(site) == named for site in self._sites)
        )

    @property
    def own(self) -> tuple[str, SourceKind] | None:
        """The page's own outlet and what kind it is, or None where nobody names it."""
        if not self._given:
            return None
        name = self._given[0]
        found = by_register(name, self.registry)
        kind = found[1] if found else by_form(name)[1]
        return name, kind if kind == "agency" else "outlet"

    def is_own_site(self, host: str) -> bool:
        """Whether a host belongs to the page's own site."""
        return site_of(host) in self._sites

    def learn(self, named: Named) -> None:
        """Remember a name that a strong credit gave, with and without a generic tail."""
        if named.kind not in {"outlet", "agency"}:
            return
        self._known.setdefault(key(named.name), (named.name, named.kind))

    def may_know(self, words: str) -> bool:
        """Whether a name may be one that this page makes known, at full length or shortened."""
        return (bool(self._known) and self.known(words) is not None) or self.short.may_know(words)

    @property
    def has_learnt(self) -> bool:
        """Whether any strong credit was read."""
        return bool(self._known)

    def known(self, name: str) -> tuple[str, SourceKind] | None:
        """The name and kind that a strong credit of this page gave, or None.

        A language desk of a known name ("XYZ Arabic") is known too, under its own name.
        """
        found = self._known.get(key(_GENERIC_TAIL.sub("", name))) or self._known.get(key(name))
        if found is not None:
            return found
        desk = _DESK.search(name)
        whole = self._known.get(key(name[: desk.start()])) if desk else None
        return (name, whole[1]) if whole else None


def _site_key(site: str) -> str:
    return key(site.split(".", maxsplit=1)[0]) if "." in site else site


def own_names(
    page: Page,
    document: Document,
    further: Iterable[str] = (),
    registry: Registry | None = None,
) -> PageNames:
    """The names and hosts of the page's own outlet; `further` from furniture ("© NAME")."""
    meta = page.metadata
    names = [document.outlet, meta.site_name, meta.publisher]
    hosts = [host_of(url) for url in (page.source, document.url or "") if "//" in url]
    return PageNames(
        (name for name in names if name),
        further,
        (site_of(host) for host in hosts if host),
        registry,
        page.text[document.start : document.end],
    )


_BODY_OF_TITLE: Final = re.compile(r"\b(?:of|from|by) (?:the )?(?P<body>.{3,80})$", re.IGNORECASE)


def named_by_title(title: str, page: PageNames) -> tuple[str, SourceKind] | None:
    """The body that a title names as author ("Statement of the Harbour Committee"), or None."""
    match = _BODY_OF_TITLE.search(title[:400])
    if match is None:
        return None
    words = match.group("body").strip(_EDGE)
    listed = by_register(words, page.registry)
    if listed is not None:
        return listed[:2]
    name, kind, evidence = by_form(words.title() if words.isupper() else words)
    return None if evidence == "plain" else (name, kind)


def name_at(text: str, start: int, end: int, page: PageNames) -> Named | None:
    """The source named by `text[start:end]`, trimmed; None where the words name none."""
    start, end = _trimmed(text, start, end)
    words = text[start:end]
    if len(words) < 2 or words.casefold() in name_words("stop"):
        return None
    called = called_kind(text, start, end)
    if called is not None and (is_demonym(words) or words.casefold() in name_words("generic")):
        return None  # "a Velmarian website" is described, not named
    definite = text[max(0, start - 4) : start].lower() == "the "
    listed = _listed(words, page, definite=definite)
    if listed is not None:
        return Named(*listed, start, end)
    return _by_words(text, start, end, called)


def _listed(
    words: str, page: PageNames, *, definite: bool
) -> tuple[str, SourceKind, Evidence] | None:
    """Name and kind by what the page defines, the register, or other words of the page."""
    defined = page.short.defined(words)
    if defined is not None and by_form(defined)[2] == "form":
        return _full(defined, page)
    registered = by_register(words, page.registry)
    if registered is not None:
        return registered
    known = page.known(words)
    if known is not None:
        return known[0], known[1], "page"
    full = page.short.full(words, definite=definite)
    return None if full is None else _full(full, page)


def _full(full: str, page: PageNames) -> tuple[str, SourceKind, Evidence]:
    """Name and kind of the full name behind a short one."""
    registered = by_register(full, page.registry)
    if registered is not None and registered[2] != "plain":
        return registered
    name, kind = page.known(full) or by_form(full)[:2]
    return name, kind, "page"


def _by_words(text: str, start: int, end: int, called: SourceKind | None) -> Named:
    """The source as its own words, its title or the words beside it show it to be."""
    words = text[start:end]
    name, kind, evidence = by_form(words)
    if evidence not in {"plain", "letters"}:
        return Named(name, kind, evidence, start, end)
    if evidence == "plain" and _is_titled(text, start, words):
        return Named(name, "outlet", "form", start, end)
    if called is not None:
        kind, evidence = called, "form"
    return Named(name, kind, evidence, start, end)


def _is_titled(text: str, start: int, words: str) -> bool:
    """Whether a name keeps its "The" inside a sentence, as titles of publications do."""
    if not words.startswith("The ") or words[4:].casefold() in name_words("place"):
        return False
    before = text[max(0, start - 2) : start]
    return before[-1:] == " " and (before[:1].islower() or before[:1] == ",")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without punctuation at its edges, opening stop words and days at its end.

    "On Sunday Tarn Wire" is Tarn Wire, but after an article ("the Sunday Wire") a day is a name.
    """
    while True:
        while start < end and text[start] in _EDGE:
            start += 1
        while end > start and text[end - 1] in _EDGE:
            end -= 1
        last = _LAST_DAY.search(text, start, end)
        if last is not None and last.end() == end:
            end = last.start()
            continue
        first = _FIRST_WORD.match(text, start, end)
        if first is None or first.end() == end or text[max(0, start - 4) : start].lower() == "the ":
            return start, end
        word = first.group().casefold().rstrip(".")
        if word == "the" or word not in name_words("stop"):
            return start, end
        start += len(first.group())
