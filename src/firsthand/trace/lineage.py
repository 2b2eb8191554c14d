"""Lineage: the derivations of documents, each with its evidence and a sentence that explains it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from firsthand.model.ids import digest
from firsthand.model.lineage import (
    Credit,
    Derivation,
    DerivationKind,
    Passage,
    Reading,
    SpanPair,
)
from firsthand.trace import explain
from firsthand.trace.articles import Article
from firsthand.trace.dates import interval, later
from firsthand.trace.direction import Proposal, is_self_credit, proposals
from firsthand.trace.pairs import WHOLE_SHARE, Pair, share_in
from firsthand.trace.parents import (
    Parents,
    Weighed,
    choose_parents,
    contradictory,
    explained,
    uncaptured,
)
from firsthand.trace.reports import Groups, link_by_keys, link_inside, same_report
from firsthand.trace.suppositions import suppositions

BORROWED: Final = frozenset({"republished", "translated"})
UNDATED: Final = 10**7
UNDIRECTED_CONFIDENCE: Final = 0.5
REPORT_CONFIDENCE: Final = 0.9
LESS_LIKELY: Final = 0.3
"""That a report was not captured, where a captured one fits the credit."""

PairKey = tuple[str, str]


@dataclass(frozen=True)
class Neighbourhood:
    """Some documents, the pairs they belong to, and where their words come from."""

    articles: Mapping[str, Article]
    pairs: Mapping[PairKey, Pair]
    weighed: Mapping[PairKey, Weighed]
    of: Mapping[str, Sequence[Weighed]]
    parents: Mapping[str, Parents]
    credited: Mapping[str, int]
    """How many others credit or link to a document; those that none does are left out."""

    @property
    def credits(self) -> Iterator[Proposal]:
        """What is derived from what by a credit or link."""
        return _credits(self.weighed)

    def page_of(self, document_id: str) -> str:
        """The page that a document stands on."""
        return self.articles[document_id].page_id


def neighbourhood(
    articles: Mapping[str, Article], passages: Iterable[Passage], named: Iterable[PairKey]
) -> Neighbourhood:
    """What articles, their passages, and pairs that name each other without text add up to."""
    shared: defaultdict[PairKey, list[Passage]] = defaultdict(list)
    for passage in passages:
        shared[passage.document_a, passage.document_b].append(passage)
    for key in named:
        shared.setdefault(key, [])
    pairs = {
        (a, b): Pair(
            articles[a], articles[b], tuple(sorted(found, key=lambda p: (p.a_start, p.b_start)))
        )
        for (a, b), found in sorted(shared.items())
        if a in articles and b in articles
    }
    weighed = _weigh(pairs)
    of: defaultdict[str, list[Weighed]] = defaultdict(list)
    for (a, b), one in weighed.items():
        of[a].append(one)
        of[b].append(one)
    credited = Counter(one.source for one in _credits(weighed))
    parents = {
        document: choose_parents(article, of.get(document, ()), credited)
        for document, article in articles.items()
        if article.credits or document in of
    }
    return Neighbourhood(articles, pairs, weighed, of, parents, credited)


def _credits(weighed: Mapping[PairKey, Weighed]) -> Iterator[Proposal]:
    for _, found in weighed.values():
        yield from (one for one in found if one.direction_basis == "credit")


def _weigh(pairs: Mapping[PairKey, Pair]) -> dict[PairKey, Weighed]:
    """The directions evidence speaks for; where there is none, what a credit lets suppose."""
    found = {key: proposals(pair) for key, pair in pairs.items()}
    late = late_dated(pairs, found)
    for key in found if late else ():
        found[key] = [one for one in found[key] if not _by_wrong_date(one, late)]
    bare = [key for key, pair in pairs.items() if not pair.passages and not found[key]]
    for one in suppositions(pairs, bare):
        found[min(one.derived, one.source), max(one.derived, one.source)].append(one)
    return {key: (pair, found[key]) for key, pair in pairs.items()}


def late_dated(
    pairs: Mapping[PairKey, Pair], found: Mapping[PairKey, Sequence[Proposal]]
) -> frozenset[str]:
    """Documents that show a later day than one with their words that credits them.

    A page cannot credit what was not there: such a date is that of a change, or wrong.
    """
    return frozenset(
        one.source
        for key, pair in pairs.items()
        for one in found[key]
        if one.is_credited
        and pair.passages
        and later(pair.article(one.source).published, pair.article(one.derived).published)
    )


def _by_wrong_date(one: Proposal, late: Collection[str]) -> bool:
    return one.direction_basis == "date" and one.derived in late


def parents_of(hood: Neighbourhood, document_id: str) -> Parents:
    """Where a document's words come from; nowhere in particular for one of its own."""
    return hood.parents.get(document_id) or Parents()


def group_reports(hood: Neighbourhood, documents: Iterable[str]) -> Groups:
    """The uncaptured reports that some documents credit, merged where they are clearly one."""
    groups = Groups()
    chosen = sorted(documents)
    found = [credit for document in chosen for credit in parents_of(hood, document).reports]
    for credit in found:
        groups.add(credit)
    link_by_keys(groups, found)
    link_inside(groups, found)
    inside = set(chosen)
    for (a, b), pair in hood.pairs.items():
        if a in inside and b in inside:
            for first, second in one_report(hood, pair):
                groups.join(first, second)
    return groups


def one_report(hood: Neighbourhood, pair: Pair) -> list[tuple[Credit, Credit]]:
    """Credits of the two articles of a pair that speak of one uncaptured report."""
    if not pair.passages:
        return []
    first = parents_of(hood, pair.a.document_id).reports
    second = parents_of(hood, pair.b.document_id).reports
    return [(one, other) for one in first for other in second if same_report(pair, one, other)]


def pair_derivations(hood: Neighbourhood, pair: Pair) -> list[Derivation]:
    """The edges between the two documents of a pair."""
    _, found = hood.weighed[pair.a.document_id, pair.b.document_id]
    if contradictory(found):
        rows = [_set_aside(pair, one, explain.each_credits_the_other()) for one in found]
        return rows + (_undirected(hood, pair) if pair.passages else [])
    directed = [one for one in found if one.source not in parents_of(hood, one.derived).set_aside]
    if pair.is_own_reuse and all(one.credit is None for one in directed):
        reason = explain.own_words_again(pair)
        rows = [_set_aside(pair, one, reason) for one in directed]
    else:
        rows = [_directed(pair, one) for one in directed]
    aside = [one for one in found if one not in directed]
    for one in aside:
        better = hood.articles[parents_of(hood, one.derived).set_aside[one.source]]
        row = _set_aside(pair, one, explain.came_through(better.name))
        # The better edge shows these words; a clique of copies would repeat them endlessly.
        rows.append(replace(row, spans=()))
    if aside and not directed and _common_parent(hood, pair) is not None:
        return rows + _undirected(hood, pair)
    return rows or (_undirected(hood, pair) if pair.passages else [])


def _directed(pair: Pair, one: Proposal) -> Derivation:
    kind = one.supposed or pair.kind(one.derived, one.credit)
    mine, source = pair.article(one.derived), pair.other(one.derived)
    return _row(
        pair,
        one.derived,
        kind,
        basis=one.basis,
        direction_basis=one.direction_basis,
        confidence=one.confidence,
        explanation=explain.directed(kind, mine, source, pair.shared_words, one),
    )


def _set_aside(pair: Pair, one: Proposal, reason: str) -> Derivation:
    row = _directed(pair, one)
    return replace(row, status="set_aside", reason=reason)


def _common_parent(hood: Neighbourhood, pair: Pair) -> str | None:
    """How sentences call what both articles have the shared words from, if that is known."""
    a, b = pair.a.document_id, pair.b.document_id
    mine, theirs = parents_of(hood, a), parents_of(hood, b)
    common = {
        source
        for source in set(mine.accounting_for(pair.spans(a)))
        & set(theirs.accounting_for(pair.spans(b)))
        if not (_is_own_reuse(hood, a, source) or _is_own_reuse(hood, b, source))
    }
    if common:
        return hood.articles[min(common)].name
    first, second = uncaptured(mine, pair.spans(a)), uncaptured(theirs, pair.spans(b))
    for one in first:
        for other in second:
            if same_report(pair, one, other):
                return explain.report_name(one)
    return None


def _is_own_reuse(hood: Neighbourhood, one: str, other: str) -> bool:
    pair = hood.pairs[min(one, other), max(one, other)]
    return pair.is_own_reuse


def _undirected(hood: Neighbourhood, pair: Pair) -> list[Derivation]:
    a, b = pair.a.document_id, pair.b.document_id
    common = _common_parent(hood, pair)
    kind: DerivationKind = "shared" if common is None else "common_source"
    sentence = explain.undirected(pair, common)
    row = _row(
        pair,
        a,
        kind,
        derivation_id=undirected_id(a, b),
        directed=False,
        readings=(Reading(derived=a, source=b), Reading(derived=b, source=a)),
        confidence=UNDIRECTED_CONFIDENCE,
        explanation=sentence,
    )
    if common is None:
        if pair.is_own_reuse:
            return [replace(row, status="set_aside", reason=explain.own_words_again(pair))]
        better = _through(hood, pair, a) or _through(hood, pair, b)
        if better is not None:
            reason = explain.came_through(better.name)
            return [replace(row, status="set_aside", reason=reason, spans=())]
        first = _first_of_many(hood, pair)
        if first is not None:
            reason = explain.also_shared_with(first.name)
            return [replace(row, status="set_aside", reason=reason, spans=())]
    return [row]


def _first_of_many(hood: Neighbourhood, pair: Pair) -> Article | None:
    """A third article that shares the same words with both and comes before both, if there is one.

    Of many articles with the same words and no known order each is joined to the first alone.
    """
    a, b = pair.a.document_id, pair.b.document_id
    before = min(_precedence(hood, pair.a), _precedence(hood, pair.b))
    found: Article | None = None
    # A hub shares its words with every copy, a copy with few: the shorter list has all thirds.
    one, two = sorted((a, b), key=lambda document: len(hood.of[document]))
    for between, _ in hood.of[one]:
        third = between.other(one)
        key = (third.document_id, two) if third.document_id < two else (two, third.document_id)
        other = hood.pairs.get(key)
        if (
            third.document_id != two
            and other is not None
            and _precedence(hood, third) < before
            and explained(pair.spans(one), between.spans(one))
            and explained(pair.spans(two), other.spans(two))
        ):
            before, found = _precedence(hood, third), third
    return found


def _precedence(hood: Neighbourhood, article: Article) -> tuple[int, bool, int, str]:
    """The order of articles that share words: most credited, those that credit none, earliest."""
    borrows = any(
        credit.kind in BORROWED and not is_self_credit(credit, article)
        for credit in article.credits
    )
    days = interval(article.published)
    first = days[0] if days else UNDATED
    return -hood.credited.get(article.document_id, 0), borrows, first, article.document_id


def _through(hood: Neighbourhood, pair: Pair, document_id: str) -> Article | None:
    """A parent of one article that accounts for the shared words and shares them with the other."""
    other = pair.other(document_id).document_id
    for source in parents_of(hood, document_id).accounting_for(pair.spans(document_id)):
        key = (source, other) if source < other else (other, source)
        between = hood.pairs.get(key)
        if between is not None and explained(pair.spans(other), between.spans(other)):
            return hood.articles[source]
    return None


def _row(pair: Pair, derived: str, kind: DerivationKind, **rest: object) -> Derivation:
    source = pair.other(derived).document_id
    values: dict[str, object] = {
        "derivation_id": derivation_id(derived, source),
        "derived": derived,
        "source": source,
        "kind": kind,
        "basis": "text",
        "spans": pair.span_pairs(derived),
        "shared_words": pair.shared_words,
        "containment": pair.containment,
        **rest,
    }
    return Derivation(**values)  # type: ignore[arg-type]  # fields of one record, by name


def derivation_id(derived: str, source: str) -> str:
    """The id of the edge between two nodes."""
    return "e-" + digest(derived, source)


def undirected_id(a: str, b: str) -> str:
    """The id of the edge between two documents of which neither is known to come first."""
    return "e-" + digest("shared", a, b)


def report_derivations(
    article: Article, parents: Parents, groups: Groups, articles: Mapping[str, Article]
) -> list[Derivation]:
    """The edges from a document to the uncaptured reports it credits, one for each report.

    Where a captured document may be the report, that reading stands and this one is set aside.
    """
    by_report: defaultdict[str, list[Credit]] = defaultdict(list)
    for credit in parents.reports:
        by_report[groups.node_of(credit)].append(credit)
    rows = []
    for node, found in sorted(by_report.items()):
        row = Derivation(
            derivation_id=derivation_id(article.document_id, node),
            derived=article.document_id,
            source=node,
            kind=_report_kind(article, found),
            basis="credit",
            spans=credited_spans(found),
            direction_basis="credit",
            confidence=REPORT_CONFIDENCE,
            explanation=explain.credited(article, found[0]),
        )
        supposed = [parents.supposed.get(credit.credit_id) for credit in found]
        meant = articles.get(next((one for one in supposed if one), ""))
        if meant is not None:
            reason = explain.may_be_captured(meant)
            row = replace(row, status="set_aside", reason=reason, confidence=LESS_LIKELY)
        rows.append(row)
    return rows


def credited_spans(found: Iterable[Credit]) -> tuple[SpanPair, ...]:
    """The words that credits cover, as the derived side of an edge."""
    return tuple(SpanPair(derived=span, source=None) for one in found for span in one.covers)


def _report_kind(article: Article, found: Sequence[Credit]) -> DerivationKind:
    kinds = [credit.kind for credit in found]
    if "republished" in kinds:
        ranges = [(span.start, span.end) for credit in found for span in credit.covers]
        whole = share_in([(article.start, article.end)], ranges)
        return "copy" if whole >= WHOLE_SHARE else "excerpt"
    names: dict[str, DerivationKind] = {
        "translated": "translation",
        "quoted": "quotation",
        "cited": "citation",
        "linked": "link",
    }
    return next(names[kind] for kind in names if kind in kinds)
