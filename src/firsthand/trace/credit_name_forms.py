"""Names read by their form: what their words, and the words beside them, show them to be."""

import re
from functools import cache, lru_cache
from typing import Final, Literal

from firsthand.registry import RESOURCES as REGISTER_TABLES
from firsthand.registry import Registry
from firsthand.resources import read_table, read_words
from firsthand.trace.credit_grammar import name_words, word_class

DEMONYMS: Final = "gazetteers/countries.tsv"
ENGLISH: Final = "gazetteers/english_words.tsv"
TABLES: Final = (DEMONYMS, ENGLISH, *REGISTER_TABLES)
"""Packaged tables that names are read by, beside those of the grammar."""

UNNAMED_AGENCIES: Final = "agencies"
"""What "agency copy", "wire reports" and the like credit: agencies that are not named."""

MAX_NAME: Final = 120
"""Code points of a name that is looked up."""

SourceKind = Literal["outlet", "agency", "institution", "person", "unnamed"]
Evidence = Literal["register", "title", "form", "page", "letters", "plain"]
"""How a name is known for a source: the register, an official's title, its own form ("… News"),
a strong credit elsewhere on the page, capital letters only ("XYZ"), or nothing but its place."""

_LETTERS: Final = re.compile(r"[A-Z]{2,6}\d?(?:-(?:\d|[A-Z]\w{1,20}))?")
_TITLE: Final = re.compile(
    rf"\b(?:{word_class('title')}|(?:gen|col|lt|maj|sgt|capt|adm|brig|cmdr)\.)(?!\w)", re.IGNORECASE
)
_INSTITUTION: Final = re.compile(rf"\b(?:{word_class('insthead')})\b", re.IGNORECASE)
_OFFICE_HOLDER: Final = re.compile(
    rf"(?:the |an? )?(?:{word_class('title')}) (?:for|of) (?:the )?(?P<body>.{{3,80}})",
    re.IGNORECASE,
)
_APPOSITION: Final = re.compile(r"^(?P<name>[^,]{3,60}), ")
_MEDIA_AFTER: Final = re.compile(
    rf"[ \xa0](?:{word_class('media')}|report|story)\b"
    rf"|, (?:an?|the) (?:[\w’-]{{2,20}} ){{0,4}}?(?:{word_class('media')}|{word_class('called')})"
    r"(?=,| (?:in|of|based|for|from|close|owned|run|published|that|which)\b)",
    re.IGNORECASE,
)
_GROUP_BEFORE: Final = re.compile(
    rf"\b(?:the|an?|another) (?:[\w’-]{{2,20}} ){{0,3}}(?:{word_class('grouping')})[ \xa0]$",
    re.IGNORECASE,
)
_MEDIA_BEFORE: Final = re.compile(
    rf"\b(?:(?:our|its|their|his|her)[ \xa0](?:[\w-]{{2,20}}[ \xa0]){{0,2}}"
    rf"(?:{word_class('media')}|{word_class('called')}),"
    rf"|(?:{word_class('media')}|{word_class('called')})(?:,[ \xa0]the)?)[ \xa0]$",
    re.IGNORECASE,
)
_NO_PRESS: Final = re.compile(
    rf"\b(?:{word_class('otheragency')})[ \xa0](?:agency|service|network|bulletin|review)[ \xa0]$",
    re.IGNORECASE,
)
"""Agencies and the like that are no press: "the aid agency Tarn Relief"."""
BEFORE: Final = 60
"""Code points before a name in which what it is called stands."""
_DETERMINER: Final = re.compile(r"^(?:the|its|an?) ", re.IGNORECASE)


_REGISTER_KINDS: Final[dict[str, SourceKind]] = {
    "outlet": "outlet",
    "agency": "agency",
    "person": "person",
}
"""Kinds of the register that are not institutions to a credit."""


@lru_cache(maxsize=4_096)
def by_register(words: str, registry: Registry) -> tuple[str, SourceKind, Evidence] | None:
    """The canonical name and kind that a register gives, or None.

    A state is known but proves nothing: that "Orvelia said" something is a claim's attribution,
    not the credit of a passage.
    """
    if len(words) > MAX_NAME:
        return None
    entry = registry.canonical(words)
    if entry is None:
        return None
    kind = _REGISTER_KINDS.get(entry.kind, "institution")
    return entry.name, kind, "plain" if entry.kind == "state" else "register"


@lru_cache(maxsize=4_096)
def by_form(words: str) -> tuple[str, SourceKind, Evidence]:
    """Name and kind read off the words themselves."""
    bare = _DETERMINER.sub("", words)
    whole = _whole(words, bare) or _official(words)
    if whole is not None:
        return whole
    tail = _tail_kind(bare.casefold()) if bare[:1].isupper() or bare[:1].isdigit() else None
    if tail is not None:
        return (bare if tail == "institution" else words.removeprefix("the ")), tail, "form"
    inner = _inner_kind(bare.casefold()) if bare[:1].isupper() else None
    if inner is not None or _INSTITUTION.search(words):
        return bare, inner or "institution", "form"
    if re.fullmatch(r"(?:[\w-]{1,40}\.){1,4}[a-z]{2,5}", words):
        return words, "outlet", "form"
    looks = _LETTERS.fullmatch(bare) or _looks_like_media(bare)
    return (bare, "outlet", "letters") if looks else (words, "outlet", "plain")


_ONE_WORD: Final = re.compile(r"[^\W\d_]{4,40}(?:-[^\W\d_]{2,40}){0,3}")
_COMPOUND: Final = re.compile(r"[A-Z][a-z]{2,15}[A-Z][A-Za-z]{2,15}")
_WITH_NUMBER: Final = re.compile(r"(?P<word>[^\W\d_][\w’'-]{2,20})[ -]\d{1,3}|24 [^\W\d_]\w{2,20}")


@lru_cache(maxsize=16_384)
def press_form(words: str) -> Evidence | None:
    """How words by themselves show a name of press, or None: `by_form`, for that question alone."""
    whole = _whole(words, words)
    if whole is not None:
        return "form" if whole[1] in {"outlet", "agency"} else None
    lowered = words.casefold()
    kind = _tail_kind(lowered) or _inner_kind(lowered)
    if kind is not None:
        return "form" if kind in {"outlet", "agency"} else None
    return "letters" if _LETTERS.fullmatch(words) or _looks_like_media(words) else None


def _looks_like_media(words: str) -> bool:
    """Whether a name looks like those of media: "Nordposten", "BaltNews", "Kanal 9", "El Velo"."""
    if _ONE_WORD.fullmatch(words):
        lowered = words.casefold()
        ends = any(
            lowered.endswith(end) and len(lowered) > len(end) + 2 for end in name_words("suffix")
        )
        return ends and words[:1].isupper() and lowered not in read_words(ENGLISH)
    if _COMPOUND.fullmatch(words):
        return True
    match = _WITH_NUMBER.fullmatch(words)
    if match is not None:
        return (match["word"] or "").casefold() not in read_words(ENGLISH)
    return False


def _whole(words: str, bare: str) -> tuple[str, SourceKind, Evidence] | None:
    """Name and kind where the whole of the words is listed; agencies not named are "agencies"."""
    plural = bare.casefold() if bare.endswith("s") or " " in bare else bare
    if plural in name_words("unnamed"):
        return UNNAMED_AGENCIES, "agency", "form"
    exact = _listed(bare.casefold(), "exact")
    return None if exact is None else (words, exact, "form")


_FORM_KINDS: Final[tuple[SourceKind, ...]] = ("agency", "outlet", "institution")
"""Order of trial: "press agency" before "agency"."""


def _listed(lowered: str, form: str) -> SourceKind | None:
    return next((kind for kind in _FORM_KINDS if lowered in name_words(form, kind)), None)


def _inner_kind(lowered: str) -> SourceKind | None:
    """The kind that words anywhere in a name show: "Ministry of …", "Agency …"."""
    return next(
        (
            kind
            for kind in ("institution", "agency", "outlet")
            if any(part in lowered for part in name_words("any", kind))
        ),
        None,
    )


def _tail_kind(lowered: str) -> SourceKind | None:
    """The kind that the last words of a name show, after at least one word of its own.

    What stands after "of" shows nothing: "A. Person of Bridge Watch" is a person.
    """
    parts = lowered.split(" of ", 1)[0].split()
    if len(parts) > 2 and parts[0] in name_words("article"):
        parts = parts[1:]
    tails = [" ".join(parts[-size:]) for size in (3, 2, 1) if len(parts) > size]
    tails += [
        part for part in parts[-1:] for part in (part.rpartition("-")[2],) if part != parts[-1]
    ]
    named = next((kind for tail in tails if (kind := _listed(tail, "tail"))), None)
    head = parts[0].split("-", 1)[0]
    return named or (_listed(head, "first") if len(parts) > 1 or head != parts[0] else None)


def _official(words: str) -> tuple[str, SourceKind, Evidence] | None:
    """A named official, or the body that a spokesman speaks for."""
    holder = _OFFICE_HOLDER.fullmatch(words)
    if holder and _INSTITUTION.search(holder.group("body")):
        return holder.group("body"), "institution", "form"
    apposition = _APPOSITION.match(words)
    before = apposition.group("name") if apposition else words
    titles = list(_TITLE.finditer(before))
    name = before[titles[-1].end() :].strip() if titles else before
    if not titles and not (apposition and _TITLE.search(words)):
        return None
    if not name[:1].isupper() or _INSTITUTION.fullmatch(name):
        return None
    return name, "person", "title"


@cache
def _demonyms() -> frozenset[str]:
    rows = read_table(DEMONYMS)
    return frozenset(word for row in rows for word in row["demonyms"].split("|") if word)


_DEMONYM_FORM: Final = re.compile(r"[A-Z]\w{2,20}(?:ian|ean|ish|ese|stani)")
"""The usual endings, for peoples and regions that are no country's."""


def is_demonym(words: str) -> bool:
    """Whether the words are but a people's or country's adjective."""
    return words in _demonyms() or _DEMONYM_FORM.fullmatch(words) is not None


def called_kind(text: str, start: int, end: int) -> SourceKind | None:
    """What the words beside a name call it: "Orvel 24 broadcaster", "the news agency Vesna"."""
    after = _MEDIA_AFTER.match(text, end, end + BEFORE)
    before = _MEDIA_BEFORE.search(text[max(0, start - BEFORE) : start])
    words = after.group() if after else before.group() if before else ""
    if not words and _GROUP_BEFORE.search(text, max(0, start - BEFORE), start):
        return "institution"
    if not words or (
        before and not after and _NO_PRESS.search(text, max(0, start - BEFORE), start)
    ):
        return None
    return "agency" if re.search("agency|wire|service", words, re.IGNORECASE) else "outlet"
