"""Suppositions: a credit names an outlet, and few captured reports of that outlet can be meant.

No words are shared that would show which. A quotation that nearly stands in the report, the same
figures in another language, or the same names tell; where they do not, nothing is supposed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final

from firsthand.model.lineage import Credit, DerivationKind
from firsthand.trace.addresses import name_key, same_outlet
from firsthand.trace.articles import Article
from firsthand.trace.credit_grammar import name_words, word_class
from firsthand.trace.dates import interval
from firsthand.trace.direction import Proposal, covers_of, is_self_credit, points_at
from firsthand.trace.nearest import nearest, numbered, placed_words
from firsthand.trace.pairs import Pair

WINDOW_DAYS: Final = 3
"""News is printed again within days; an older report is rarely credited without its date…"""
LONG_WINDOW_DAYS: Final = 21
"""…but an inquiry or a check of facts speaks of reports weeks old…"""
ALONE: Final = 1
"""…which is taken to be meant where its outlet has no other report of all those days."""
MOST_CANDIDATES: Final = 3
"""Reports of one outlet in those days among which a credit may choose."""
CONFIDENCE: Final[Mapping[DerivationKind, float]] = {
    "quotation": 0.7,
    "translation": 0.65,
    "citation": 0.55,
}
"""Below every edge that rests on shared words, a link or a date."""
ANCHORS: Final = 0.6
"""Part of the names and figures of what is credited that the report must have."""
MIN_ANCHORS: Final = 2
TELLING: Final = 4
"""Letters from which a word tells something."""
MIN_TELLING: Final = 3
TOLD: Final = 2 / 3
"""Part of the telling words of what is credited that a report with few names must have."""
_OFTEN: Final = [
    "about",
    "been",
    "from",
    "have",
    "into",
    "said",
    "says",
    "that",
    "their",
    "them",
    "then",
    "there",
    "they",
    "this",
    "were",
    "what",
    "when",
    "where",
    "which",
    "will",
    "with",
    "would",
    "could",
    "more",
    "most",
    "over",
    "than",
    "only",
    "people",
    "after",
    "before",
    "other",
    "every",
]
MIN_QUOTED: Final = 5
"""Shorter quotations are terms, which anyone may use."""
MOST_LETTERS: Final = 1_000
"""Code points of what is credited in which a day is looked for."""
_WHEN: Final = re.compile(rf"\b(?:{word_class('when')})\b", re.IGNORECASE)
_WORD: Final = re.compile(r"\w+")

PairKey = tuple[str, str]


def suppositions(pairs: Mapping[PairKey, Pair], bare: Iterable[PairKey]) -> list[Proposal]:
    """What may be derived from what among pairs that share nothing and name each other at most."""
    near: defaultdict[str, list[Pair]] = defaultdict(list)
    for a, b in bare:
        pair = pairs[a, b]
        for derived in (a, b):
            if _in_window(pair.article(derived), pair.other(derived)):
                near[derived].append(pair)
    of: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in pairs.values():
        for document in (pair.a.document_id, pair.b.document_id):
            if document in near:
                of[document].append(pair)
    found: dict[PairKey, Proposal] = {}
    for document in sorted(near):
        for one in _of_document(near[document], of[document], document):
            found.setdefault((one.derived, one.source), one)
    return [found[key] for key in sorted(found)]


def _of_document(near: Sequence[Pair], pairs: Sequence[Pair], document: str) -> Iterable[Proposal]:
    mine = near[0].article(document)
    for credit in mine.credits:
        if credit.source_kind in ("unnamed", "person") or is_self_credit(credit, mine):
            continue
        sources = [pair.other(document) for pair in near]
        named = [
            one for one in sources if same_outlet(credit.cited_source, one.outlet_key, one.host)
        ]
        if not 0 < len(named) <= MOST_CANDIDATES:
            continue
        if any(points_at(pair, document, credit) for pair in pairs):
            continue
        meant = named[0] if len(named) == 1 else _meant(credit, mine, named)
        for source in named:
            kind = _kind(credit, mine, source, alone=source is meant)
            if kind is not None:
                basis = CONFIDENCE[kind]
                yield Proposal(
                    document, source.document_id, "credit", "credit", basis, credit, kind
                )


def _meant(credit: Credit, mine: Article, named: Sequence[Article]) -> Article | None:
    """Of several reports of one outlet the only one that has the names of what is credited."""
    names = _names(credit, mine)
    agreeing = [one for one in named if _agree(names, one, needed=True)]
    return agreeing[0] if len(agreeing) == 1 and agreeing[0].language == mine.language else None


def quotes_from(credit: Credit, mine: Article, source: Article) -> bool:
    """Whether quoted words that a credit accounts for nearly stand in an article."""
    there = numbered(source.text, source.start, source.end)
    for low, high in zip(mine.quotation_starts, mine.quotation_ends, strict=True):
        if not any(start < high and low < end for start, end in covers_of(credit)):
            continue
        here = numbered(mine.text, low, high)
        if len(here) >= MIN_QUOTED and nearest(here, there) is not None:
            return True
    return False


def _in_window(mine: Article, source: Article) -> bool:
    here, there = interval(mine.published), interval(source.published)
    if here is None or there is None or here[0] != here[1] or there[0] != there[1]:
        return False
    return 0 <= here[0] - there[0] <= LONG_WINDOW_DAYS


def _kind(credit: Credit, mine: Article, source: Article, *, alone: bool) -> DerivationKind | None:
    if _quotes(mine, source):
        return "quotation"
    if not alone or (_is_old(mine, source) and _tells_when(credit, mine)):
        return None
    if mine.language != source.language:
        printed = credit.kind in ("republished", "translated")
        if not _agree(_figures(credit, mine), source, needed=not printed):
            return None
        return "translation" if printed else "citation"
    # A reprint in the same language would share words.
    if credit.kind in ("republished", "translated"):
        return None
    told = _agree(_names(credit, mine), source, needed=True) or _told_there(credit, mine, source)
    return "citation" if told else None


def _told_there(credit: Credit, mine: Article, source: Article) -> bool:
    """Whether a report of these days has the telling words of what is credited to its outlet."""
    if _is_old(mine, source):
        return False
    words = {word.lower() for word in _covered(credit, mine) if len(word) >= TELLING}
    words -= _common() | set(name_key(credit.cited_source).split())
    known = {word for *_, word in placed_words(source.text, source.start, source.end)}
    shared = len(words & known)
    return shared >= MIN_TELLING and shared >= TOLD * len(words)


@cache
def _common() -> frozenset[str]:
    """Words that any report has: those that other tables take for no part of a name or title."""
    return frozenset(name_words("stop")) | frozenset(_OFTEN)


def _is_old(mine: Article, source: Article) -> bool:
    here, there = interval(mine.published), interval(source.published)
    return here is None or there is None or here[0] - there[0] > WINDOW_DAYS


def _tells_when(credit: Credit, mine: Article) -> bool:
    """Whether a credit or its words name a day: one so near needs no year, and is not weeks ago."""
    covered = (mine.text[slice(*span)] for span in covers_of(credit))
    return any(_WHEN.search(words[:MOST_LETTERS]) for words in (credit.text, *covered))


def _quotes(mine: Article, source: Article) -> bool:
    """Whether a quotation of one article nearly stands in the other."""
    there = numbered(source.text, source.start, source.end)
    for low, high in zip(mine.quotation_starts, mine.quotation_ends, strict=True):
        here = numbered(mine.text, low, high)
        if len(here) >= MIN_QUOTED and nearest(here, there) is not None:
            return True
    return False


def _covered(credit: Credit, mine: Article) -> list[str]:
    return [word for span in covers_of(credit) for word in _WORD.findall(mine.text[slice(*span)])]


def _figures(credit: Credit, mine: Article) -> set[str]:
    return {word for word in _covered(credit, mine) if word.isdecimal() and len(word) > 1}


def _names(credit: Credit, mine: Article) -> set[str]:
    """Capitalised words and figures of what is credited, the credited name itself left out."""
    own = set(name_key(credit.cited_source).split()) | set(mine.outlet_key.split())
    words = {word.lower() for word in _covered(credit, mine) if _is_anchor(word)}
    return words - own


def _is_anchor(word: str) -> bool:
    return (word[0].isupper() and len(word) > MIN_ANCHORS + 1) or word.isdecimal()


def _agree(anchors: set[str], source: Article, *, needed: bool) -> bool:
    if len(anchors) < MIN_ANCHORS:
        return not needed
    known = {word for *_, word in placed_words(source.text, source.start, source.end)}
    shared = len(anchors & known)
    return shared >= MIN_ANCHORS and shared >= ANCHORS * len(anchors)
