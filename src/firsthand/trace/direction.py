"""Direction: which of two articles was derived from the other, and what says so.

A credit decides first, then dates and quotation marks; where nothing does, both readings stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from firsthand.model.lineage import Credit, DerivationBasis, DerivationKind, DirectionBasis
from firsthand.trace.addresses import address_key, same_outlet, title_key
from firsthand.trace.articles import Article
from firsthand.trace.dates import later
from firsthand.trace.pairs import Pair, length_of, share_in

COVERED: Final = 0.5
"""Part of the shared text that a credit must account for to speak of it."""

NAMED, KEYED, COVERING = 1, 2, 3
"""How well a credit points at another article: names its outlet while they share text; gives its
address or title; names it and covers the shared text."""

CONFIDENCE: Final = {
    COVERING: 0.98,
    KEYED: 0.95,
    NAMED: 0.85,
}
DATE_DOUBT: Final = 0.04
"""Taken off a credit to a page that shows a later date: it still beats every date."""
LINK_CONFIDENCE: Final = 0.8
MARKS_CONFIDENCE: Final = 0.8
DATE_CONFIDENCE: Final = 0.75
"""Order of trust between kinds of evidence: a credit beats marks and links, those beat dates,
which pages often show wrongly."""


@dataclass(frozen=True)
class Proposal:
    """One article may be derived from another."""

    derived: str
    source: str
    basis: DerivationBasis
    direction_basis: DirectionBasis
    confidence: float
    credit: Credit | None = None
    supposed: DerivationKind | None = None
    """What the one may have made of the other, where only a name and days bring them together."""

    @property
    def is_credited(self) -> bool:
        """Whether the derived page itself says so."""
        return self.credit is not None


def covers_of(credit: Credit) -> list[tuple[int, int]]:
    """The ranges a credit accounts for."""
    return [(span.start, span.end) for span in credit.covers]


def is_self_credit(credit: Credit, article: Article) -> bool:
    """Whether a page credits the outlet it is itself published by."""
    return same_outlet(credit.cited_source, article.outlet_key, article.host)


def crediting(pair: Pair, derived: str) -> tuple[int, Credit | None]:
    """How well one article's credits point at the other, and the best of them; 0 where none does."""
    best: tuple[int, Credit | None] = (0, None)
    for credit in pair.article(derived).credits:
        strength = _pointing(pair, derived, credit)
        if strength > best[0]:
            best = (strength, credit)
    return best


def _pointing(pair: Pair, derived: str, credit: Credit) -> int:
    """How well a credit of one article points at the other; read once, asked for three times."""
    key = derived, credit.credit_id
    found = pair.pointing.get(key)
    if found is None:
        mine, source = pair.article(derived), pair.other(derived)
        found = pair.pointing[key] = _strength(credit, mine, source, pair.spans(derived))
    return found


def _strength(
    credit: Credit, mine: Article, source: Article, spans: Sequence[tuple[int, int]]
) -> int:
    named = same_outlet(credit.cited_source, source.outlet_key, source.host)
    keyed = address_key(credit.cited_url) in source.address_keys
    # A title alone is no name: copies of the credited report carry it too.
    if credit.cited_title and (named or not source.outlet_key):
        keyed = keyed or title_key(credit.cited_title) == source.title_key != 0
    if not (keyed or named) or (named and is_self_credit(credit, mine)):
        return 0
    if share_in(spans, covers_of(credit)) >= COVERED:
        return COVERING
    if keyed:
        return KEYED
    return NAMED if spans else 0


def elsewhere(pair: Pair, derived: str) -> Credit | None:
    """A credit by which the shared text comes from neither of the two articles."""
    mine = pair.article(derived)
    spans = pair.spans(derived)
    least = COVERED * length_of(spans)
    for credit in mine.credits:
        covers = covers_of(credit)
        if length_of(covers) < least or share_in(spans, covers) < COVERED:
            continue
        if not is_self_credit(credit, mine) and not _pointing(pair, derived, credit):
            return credit
    return None


def points_at(pair: Pair, derived: str, credit: Credit) -> bool:
    """Whether a credit of one article speaks of the other."""
    return _pointing(pair, derived, credit) > 0


def proposals(pair: Pair) -> list[Proposal]:
    """The directions that evidence speaks for: none, one, or two that contradict each other."""
    a, b = pair.a.document_id, pair.b.document_id
    credited = _by_credit(pair, a, b)
    if credited:
        return credited
    linked = _by_link(pair, a, b)
    if not pair.passages or linked:
        return linked
    if pair.only_quoted or elsewhere(pair, a) or elsewhere(pair, b):
        return []
    return _by_marks(pair, a, b) or _by_date(pair, a, b)


def _by_credit(pair: Pair, a: str, b: str) -> list[Proposal]:
    found = []
    for derived, source in ((a, b), (b, a)):
        strength, credit = crediting(pair, derived)
        if strength:
            mine, other = pair.article(derived), pair.other(derived)
            doubt = DATE_DOUBT if later(other.published, mine.published) else 0.0
            basis: DerivationBasis = "text" if pair.passages else "credit"
            found.append(
                Proposal(derived, source, basis, "credit", CONFIDENCE[strength] - doubt, credit)
            )
    return found


def _by_link(pair: Pair, a: str, b: str) -> list[Proposal]:
    found = []
    for derived, source in ((a, b), (b, a)):
        if links_to(pair.article(derived), pair.article(source)):
            basis: DerivationBasis = "text" if pair.passages else "link"
            found.append(Proposal(derived, source, basis, "credit", LINK_CONFIDENCE))
    return found


def links_to(one: Article, other: Article) -> bool:
    """Whether the words of one article link to the other's address."""
    own = set(one.address_keys)
    return bool(set(one.link_keys) & set(other.address_keys) - own)


def _by_marks(pair: Pair, a: str, b: str) -> list[Proposal]:
    for derived, source in ((a, b), (b, a)):
        if pair.quotes(derived):
            return [Proposal(derived, source, "text", "quotation_marks", MARKS_CONFIDENCE)]
    return []


def _by_date(pair: Pair, a: str, b: str) -> list[Proposal]:
    for derived, source in ((a, b), (b, a)):
        if later(pair.article(derived).published, pair.article(source).published):
            return [Proposal(derived, source, "text", "date", DATE_CONFIDENCE)]
    return []
