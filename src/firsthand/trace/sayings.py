"""Sayings: whose words a document gives, by its credits, and through which report it has them."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from firsthand.model.ids import digest
from firsthand.model.lineage import Credit, Derivation
from firsthand.trace import explain
from firsthand.trace.addresses import name_key
from firsthand.trace.articles import Article
from firsthand.trace.direction import covers_of
from firsthand.trace.lineage import REPORT_CONFIDENCE, credited_spans, derivation_id
from firsthand.trace.parents import Parents
from firsthand.trace.reports import Groups
from firsthand.trace.sources import credited_source
from firsthand.trace.voices import voiced_rules


def said_derivations(article: Article, parents: Parents, groups: Groups) -> list[Derivation]:
    """One edge for each speaker whose words a document gives, or one of its reports gives.

    A credit inside words that are another teller's report ("the ministry said" in the agency's
    text) speaks for that report: the edge starts at its node. Each document that prints the report
    keeps such an edge of its own, with the words on its own page.
    """
    tellers = [one for one in parents.reports if _tells(one, parents)]
    found: defaultdict[tuple[str, str], list[Credit]] = defaultdict(list)
    through: dict[tuple[str, str], Credit | None] = {}
    for credit in parents.sayings:
        report = teller_of(credit, tellers)
        derived = article.document_id if report is None else groups.node_of(report)
        key = derived, credited_source(credit)
        found[key].append(credit)
        through.setdefault(key, report)
    return [_edge(article, key, found[key], through[key]) for key in sorted(found)]


def _tells(report: Credit, parents: Parents) -> bool:
    """Whether the words a credit covers are the report's; no captured page may be meant by it."""
    return report.rule in voiced_rules() and report.credit_id not in parents.supposed


def teller_of(credit: Credit, reports: Collection[Credit]) -> Credit | None:
    """The report inside whose words a credit stands: of several the one with the fewest words."""
    around = [
        (high - low, report.start, report.credit_id, report)
        for report in reports
        if name_key(report.cited_source) != name_key(credit.cited_source)
        for low, high in covers_of(report)
        if low <= credit.start and credit.end <= high
    ]
    return min(around, key=lambda found: found[:3])[3] if around else None


def _edge(
    article: Article, ends: tuple[str, str], found: Sequence[Credit], report: Credit | None
) -> Derivation:
    derived, source = ends
    printed = report is None
    return Derivation(
        derivation_id=derivation_id(derived, source)
        if printed
        else "e-" + digest(article.document_id, derived, source),
        derived=derived,
        source=source,
        kind="said_by",
        basis="credit",
        spans=credited_spans(found),
        direction_basis="credit",
        confidence=REPORT_CONFIDENCE,
        explanation=explain.said(article, found[0], report),
    )
