"""Parents: of all articles that share a document's words, those it has them from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from firsthand.model.lineage import Credit
from firsthand.trace.addresses import same_outlet
from firsthand.trace.articles import Article
from firsthand.trace.dates import interval
from firsthand.trace.direction import Proposal, covers_of, is_self_credit, points_at
from firsthand.trace.pairs import Pair, length_of, share_in
from firsthand.trace.suppositions import quotes_from

EXPLAINED: Final = 0.8
"""Part of the shared words that another parent must account for to make an edge superfluous."""
UNEXPLAINED_CHARS: Final = 80
UNEXPLAINED_SHARE: Final = 0.1
"""And all but this many code points, about the dozen words that make a passage, or this part of
them: two rewrites of one text share words that an alignment with it cuts a little differently."""

SPEAKERS: Final = frozenset({"person", "institution", "unnamed"})
PRESS: Final = frozenset({"outlet", "agency"})
SAID: Final = frozenset({"quoted", "cited"})
"""Credits to speakers for words they said, told from reprints of what they published."""


@dataclass(frozen=True)
class Parents:
    """Where the words of one document come from."""

    chosen: tuple[Proposal, ...] = ()
    set_aside: Mapping[str, str] = field(default_factory=dict)
    """Documents it might be derived from, and the better parent that makes each superfluous."""
    regions: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    """The words of this document that each chosen parent accounts for."""
    reports: tuple[Credit, ...] = ()
    """Credits to reports that are not among the captured documents."""
    sayings: tuple[Credit, ...] = ()
    """Credits to what persons and institutions said; no report of theirs is named."""
    supposed: Mapping[str, str] = field(default_factory=dict)
    """Credits, by id, and the captured document that each may speak of."""

    def accounting_for(self, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
        """The chosen parents that account for some words of this document."""
        return tuple(source for source, region in self.regions.items() if explained(spans, region))


def explained(spans: Sequence[tuple[int, int]], region: Iterable[tuple[int, int]]) -> bool:
    """Whether a region holds some spans up to a rest too short to be a passage of its own."""
    length = length_of(spans)
    share = share_in(spans, region)
    rest = (1 - share) * length
    return share >= EXPLAINED and rest <= max(UNEXPLAINED_CHARS, UNEXPLAINED_SHARE * length)


Weighed = tuple[Pair, Sequence[Proposal]]
"""A pair and the directions that evidence speaks for."""


def choose_parents(
    article: Article, pairs: Sequence[Weighed], credited: Mapping[str, int]
) -> Parents:
    """The parents of one document, from all pairs it belongs to."""
    possible = [
        (proposal, pair)
        for pair, found in pairs
        if not contradictory(found)
        for proposal in found
        if proposal.derived == article.document_id
    ]
    ranked = sorted(possible, key=lambda found: _rank(found[0], found[1], credited))
    chosen: list[Proposal] = []
    set_aside: dict[str, str] = {}
    regions: dict[str, tuple[tuple[int, int], ...]] = {}
    for proposal, pair in ranked:
        spans = pair.spans(article.document_id)
        better = _better(proposal, spans, chosen, regions)
        if better is not None:
            set_aside[proposal.source] = better
        else:
            chosen.append(proposal)
            regions[proposal.source] = spans
    away = [
        credit
        for credit in article.credits
        if not is_self_credit(credit, article)
        and not any(points_at(pair, article.document_id, credit) for pair, _ in pairs)
    ]
    supposed = {one.credit.credit_id: one.source for one in chosen if one.credit and stands_in(one)}
    for credit in away:
        again = _quoted_again(credit, article, possible)
        if again is not None:
            supposed.setdefault(credit.credit_id, again)
    return Parents(
        tuple(chosen),
        set_aside,
        regions,
        tuple(credit for credit in away if not is_saying(credit)),
        tuple(credit for credit in away if is_saying(credit)),
        supposed,
    )


def _quoted_again(
    credit: Credit, article: Article, possible: Iterable[tuple[Proposal, Pair]]
) -> str | None:
    """The report that another credit or link of the page names, where this one quotes it too."""
    if credit.source_kind not in PRESS:
        return None
    for proposal, pair in possible:
        source = pair.article(proposal.source)
        named = same_outlet(credit.cited_source, source.outlet_key, source.host)
        if named and proposal.direction_basis == "credit" and quotes_from(credit, article, source):
            return proposal.source
    return None


def is_saying(credit: Credit) -> bool:
    """Whether a credit gives a speaker's words, and no report that one could read elsewhere."""
    named = credit.cited_title or credit.cited_url
    return credit.source_kind in SPEAKERS and credit.kind in SAID and not named


def stands_in(one: Proposal) -> bool:
    """Whether a supposed source is all that its credit speaks of, not a further report."""
    printed = one.credit is not None and one.credit.kind == "republished"
    return one.supposed is not None and not (printed and one.supposed == "quotation")


def contradictory(found: Sequence[Proposal]) -> bool:
    """Whether both directions are proposed and nothing tells which is stronger."""
    return len(found) == 2 and found[0].confidence == found[1].confidence


def _rank(
    proposal: Proposal, pair: Pair, credited: Mapping[str, int]
) -> tuple[float, int, int, int, str]:
    """Best first: surest evidence, most credited by others, most words, earliest source."""
    days = interval(pair.article(proposal.source).published)
    first = days[0] if days else 10**7
    known = credited.get(proposal.source, 0)
    return -proposal.confidence, -known, -pair.shared_words, first, proposal.source


def _better(
    proposal: Proposal,
    spans: Sequence[tuple[int, int]],
    chosen: Sequence[Proposal],
    regions: Mapping[str, tuple[tuple[int, int], ...]],
) -> str | None:
    """The chosen parent through which the same words came, if there is one.

    What the page itself credits stays, unless the same credit has found its report already.
    """
    for other in chosen:
        if proposal.credit is not None and proposal.credit is not other.credit:
            continue
        if explained(spans, regions[other.source]):
            return other.source
    return None


def uncaptured(parents: Parents, spans: Sequence[tuple[int, int]]) -> list[Credit]:
    """The credits to uncaptured reports and speakers that account for some words."""
    found = (*parents.reports, *parents.sayings)
    return [c for c in found if share_in(spans, covers_of(c)) >= 0.5]
