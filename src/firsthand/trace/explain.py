"""Sentences that say in plain words what an edge of the lineage rests on."""

from typing import Final

from firsthand.model.lineage import Credit, DerivationKind
from firsthand.trace.articles import Article
from firsthand.trace.direction import Proposal
from firsthand.trace.pairs import Pair

VERBS: Final[dict[DerivationKind, str]] = {
    "copy": "prints the text of",
    "revision": "is a later or earlier version of",
    "excerpt": "prints passages of",
    "quotation": "quotes words that stand in",
    "paraphrase": "prints a rewritten text of",
    "translation": "translates",
    "citation": "cites",
    "link": "links to",
}
CIRCLE: Final = "It would make a document its own source; other edges of the circle rest on more."


def directed(
    kind: DerivationKind, mine: Article, source: Article, words: int, proposal: Proposal
) -> str:
    """What one document made of another, and how the direction is known."""
    said = f"{mine.name} {VERBS[kind]} {source.name}"
    shared = f": they share {words} words" if words else ""
    return f"{said}{shared}; {_direction(mine, source, proposal)}."


def _direction(mine: Article, source: Article, proposal: Proposal) -> str:
    if proposal.supposed is not None and proposal.credit is not None:
        return (
            f"it says “{_short(proposal.credit.text)}”, and no other captured report of "
            f"{source.outlet} from those days fits as well; an uncaptured one may be meant"
        )
    if proposal.credit is not None:
        return f"it says “{_short(proposal.credit.text)}”"
    if proposal.direction_basis == "date":
        return f"it is dated {mine.published}, the other {source.published}"
    if proposal.direction_basis == "quotation_marks":
        return "it has the words in quotation marks, the other has not"
    return "it links to the other page"


def _short(words: str, most: int = 120) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def undirected(pair: Pair, common: str | None) -> str:
    """What two documents share where neither is known to come from the other."""
    names = f"{pair.a.name} and {pair.b.name} share {pair.shared_words} words"
    if common is not None:
        return f"{names}; both have them from {common}."
    if pair.only_quoted:
        return f"{names}, all of them quoted; each may have heard or read them elsewhere."
    return f"{names}; nothing on the pages tells which had them first."


def credited(article: Article, credit: Credit) -> str:
    """That a document credits a report which is not among the captured pages."""
    return (
        f"{article.name} says “{_short(credit.text)}”; "
        f"the report by {credit.cited_source} was not captured."
    )


def said(article: Article, credit: Credit, report: Credit | None) -> str:
    """That a document gives a speaker's words, of itself or inside a report that it prints."""
    told = article.name if report is None else f"{report_name(report)}, as {article.name} has it,"
    return f"{told} gives words of {credit.cited_source}: “{_short(credit.text)}”."


def may_be_captured(source: Article) -> str:
    """Why the reading that a report was not captured is the less likely one."""
    return f"The report may be {source.name}, which was captured."


def own_words_again(pair: Pair) -> str:
    """Why words that one outlet uses again are no derivation."""
    return (
        f"{pair.a.outlet} prints {pair.shared_words} of its own words in two articles that "
        "otherwise differ; background and set phrases show no derivation."
    )


def report_name(credit: Credit) -> str:
    """How sentences call an uncaptured report."""
    return f"“{credit.cited_title}”" if credit.cited_title else f"a report by {credit.cited_source}"


def came_through(name: str) -> str:
    """Why an edge is superfluous."""
    return f"The same words came through {name}."


def also_shared_with(name: str) -> str:
    """Why two of many articles with the same words are not joined to each other."""
    return f"Both share the same words with {name}, which is joined to each."


def each_credits_the_other() -> str:
    """Why two credits cancel out."""
    return "Each page credits the other for the same words, and no date decides."


def credits_itself(article: Article) -> str:
    """Why a credit to the page's own outlet is no edge."""
    return f"{article.name} credits its own outlet."
