"""How well trace finds a known lineage: passages, edges, direction, quotations, origins.

    python bench/trace_quality.py [--pages 1500] [--seed 1] [--words 400] [--misses 5]

Passages are counted in words of the derived page: recall against the words taken from the parent,
precision against those grown over neighbouring words that are the same on both pages. An edge is a
pair of pages, or a page and the agency whose uncaptured report it prints (a page of the agency that
prints the report is as good, as its credit names it); edges that only say that
two pages have a common source are no derivations and do not count. A direction can be decided
where the page credits its parent, or both pages show their true days and these differ; where it
cannot, an undirected edge is right, as it is between two prints of an uncaptured report. A group's origin count
is exact where all its pages that print the group's text are joined by active edges, and to no
page of another group.
"""

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from firsthand.model.lineage import Derivation, Node, Passage
from firsthand.store.memory import MemoryTables
from generate_outlets import agencies
from generate_truth import PageTruth, Parent, shared_ranges, widen
from trace_pile import PilePage, read_pile, traced

_WORD: Final = re.compile(r"\w+")
SHORT_NAMES: Final = {agency.name: agency.short for agency in agencies()}
REPORTED: Final = frozenset({"copy", "excerpt", "paraphrase", "revision", "translation"})
Range = tuple[int, int]


@dataclass
class Tally:
    """Counts of one operation."""

    truth: int = 0
    found: int = 0
    ours: int = 0
    right: int = 0
    edges: int = 0
    edges_found: int = 0
    decidable: int = 0
    directed_right: int = 0
    directed_wrong: int = 0
    quoted_right: int = 0
    quoted: int = 0


@dataclass
class Pile:
    """Truth and result side by side, by page id."""

    pages: dict[str, PilePage]
    passages: defaultdict[tuple[str, str], list[Passage]] = field(
        default_factory=lambda: defaultdict(list)
    )
    edges: set[tuple[str, str]] = field(default_factory=set)
    """(derived page, source page or "agency NAME") of active directed edges."""
    shared: set[frozenset[str]] = field(default_factory=set)
    joined: list[tuple[str, str]] = field(default_factory=list)

    def truth(self, page: str) -> PageTruth:
        """What is known of a page."""
        return self.pages[page].generated.truth


def read_result(pages: Sequence[PilePage], tables: MemoryTables) -> Pile:
    """The tables of a run as columns of pages."""
    pile = Pile({one.page.page_id: one for one in pages})
    page_of = {d.document_id: d.page_id for one in pages for d in one.documents}
    reports = {n.node_id: n.outlet or "" for n in tables.rows(Node) if n.kind == "report"}
    for passage in tables.rows(Passage):
        pile.passages[passage.page_a, passage.page_b].append(passage)
    for edge in tables.rows(Derivation):
        if edge.status != "active" or edge.kind in ("published_by", "said_by"):
            continue
        derived, source = page_of[edge.derived], page_of.get(edge.source)
        if source is None:
            pile.joined.append((derived, edge.source))
            if edge.kind in REPORTED:
                pile.edges.add((derived, f"agency {short(reports[edge.source])}"))
        else:
            pile.joined.append((derived, source))
            if edge.directed:
                pile.edges.add((derived, source))
            elif edge.kind == "shared":
                pile.shared.add(frozenset((derived, source)))
    return pile


def short(name: str) -> str:
    """The short name by which credits may call an agency, so that "Wide News Pool" and "WNP" meet."""
    return SHORT_NAMES.get(name, name)


def words_in(text: str, ranges: Iterable[Range]) -> set[int]:
    """The words of a text that start in some ranges, by offset."""
    return {match.start() for low, high in ranges for match in _WORD.finditer(text, low, high)}


def between(pile: Pile, derived: str, source: str) -> tuple[list[Range], bool]:
    """Our passages of two pages on the derived side, and whether all are quotations."""
    low, high = min(derived, source), max(derived, source)
    both = pile.passages[low, high] + pile.passages[high, low]
    ranges = [(p.a_start, p.a_end) if p.page_a == derived else (p.b_start, p.b_end) for p in both]
    return ranges, bool(both) and all(p.kind == "quotation" for p in both)


def score_passages(pile: Pile, page: str, source: str, parent: Parent, tally: Tally) -> None:
    """Count shared words found and words of ours that are shared."""
    one, other = pile.pages[page], pile.pages[source]
    ranges, quoted = between(pile, page, source)
    text = one.page.text
    truth = words_in(text, [p.derived for p in parent.passages])
    ours = words_in(text, ranges)
    pairs = shared_ranges(one.generated.truth.traces, other.generated.truth.traces)
    wide = words_in(text, [widen(text, other.page.text, pair)[0] for pair in pairs])
    tally.truth += len(truth)
    tally.found += len(truth & ours)
    tally.ours += len(ours)
    tally.right += len(ours & wide)
    if ours:
        tally.quoted += 1
        tally.quoted_right += quoted == (parent.kind == "quotation")


def score_edge(pile: Pile, page: str, source: str, parent: Parent, tally: Tally) -> None:
    """Count whether the edge is there and points the right way."""
    tally.edges += 1
    pair = frozenset((page, source))
    right, wrong = (page, source) in pile.edges, (source, page) in pile.edges
    if parent.directed:
        tally.edges_found += right or (
            pair in pile.shared and not decidable(pile, page, source, parent)
        )
        tally.decidable += decidable(pile, page, source, parent)
        if decidable(pile, page, source, parent):
            tally.directed_right += right and not wrong
            tally.directed_wrong += wrong
    else:
        tally.edges_found += pair in pile.shared


def decidable(pile: Pile, page: str, source: str, parent: Parent) -> bool:
    """Whether a credit or true dates tell the direction."""
    one, other = pile.truth(page), pile.truth(source)
    dated = one.date_state == other.date_state == "right"
    return parent.credit is not None or (dated and one.published > other.published)


def origins(pile: Pile) -> tuple[int, int, int]:
    """Groups of two and more pages with text in common; those joined whole; those joined to others."""
    parent: dict[str, str] = {}

    def find(node: str) -> str:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for one, other in pile.joined:
        parent[find(one)] = find(other)
    members: defaultdict[str, list[str]] = defaultdict(list)
    for page in pile.pages:
        members[pile.truth(page).group].append(page)
    groups_at: defaultdict[str, set[str]] = defaultdict(set)
    for page in pile.pages:
        groups_at[find(page)].add(pile.truth(page).group)
    several = [pages for pages in members.values() if len(pages) > 1]
    whole = sum(len({find(page) for page in pages}) == 1 for pages in several)
    mixed = sum(any(len(groups_at[find(page)]) > 1 for page in pages) for pages in several)
    return len(several), whole, mixed


def share(part: int, whole: int) -> str:
    """A ratio as four figures, or a dash."""
    return f"{part / whole:.3f}" if whole else "  –  "


def print_table(tallies: dict[str, Tally]) -> None:
    """Print a line for each operation and one for all."""
    print(
        f"{'operation':18}{'edges':>6}{'recall':>8}{'prec.':>8}{'edge r.':>8}"
        f"{'decid.':>7}{'right':>7}{'wrong':>7}{'copy/quote':>11}"
    )
    total = Tally()
    for name, tally in [*sorted(tallies.items()), ("all", total)]:
        if name != "all":
            for key, value in vars(tally).items():
                setattr(total, key, getattr(total, key) + value)
        print(
            f"{name:18}{tally.edges:6}{share(tally.found, tally.truth):>8}"
            f"{share(tally.right, tally.ours):>8}{share(tally.edges_found, tally.edges):>8}"
            f"{tally.decidable:7}{share(tally.directed_right, tally.decidable):>7}"
            f"{share(tally.directed_wrong, tally.decidable):>7}"
            f"{share(tally.quoted_right, tally.quoted):>11}"
        )


def report(pile: Pile, misses: int) -> None:
    """Print a line for each operation and the sums."""
    by_source = {one.generated.truth.source: page for page, one in pile.pages.items()}
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    expected: set[tuple[str, str]] = set()
    undirected: set[frozenset[str]] = set()
    missed: list[str] = []
    for page, one in pile.pages.items():
        truth = one.generated.truth
        for parent in truth.parents:
            tally = tallies[truth.operation]
            if parent.source is None:
                # Without a credit nobody can know that there was a report.
                if parent.credit is not None:
                    edge = report_edge(pile, page, parent)
                    expected.add(edge)
                    tally.edges += 1
                    tally.edges_found += edge in pile.edges
                continue
            source = by_source[parent.source]
            if parent.directed and (
                decidable(pile, page, source, parent) or (page, source) in pile.edges
            ):
                expected.add((page, source))
            else:
                undirected.add(frozenset((page, source)))
            before = tally.edges_found
            score_passages(pile, page, source, parent, tally)
            score_edge(pile, page, source, parent, tally)
            if tally.edges_found == before:
                missed.append(describe(pile, page, source, parent))
    print_table(tallies)
    ours = len(pile.edges) + len(pile.shared)
    siblings = {pair for pair in pile.shared - undirected if of_one_report(pile, pair)}
    ours -= len(siblings)
    hits = len(pile.edges & expected) + len(pile.shared & undirected)
    wanted = len(expected) + len(undirected)
    precision, recall = hits / max(ours, 1), hits / max(wanted, 1)
    print(
        f"edges: precision {precision:.3f}, recall {recall:.3f}, "
        f"F1 {2 * precision * recall / max(precision + recall, 1e-9):.3f}"
    )
    extra = Counter(extra_kind(pile, edge, undirected, expected) for edge in pile.edges - expected)
    extra += Counter(
        "shared " + extra_kind(pile, tuple(pair), undirected, expected)  # type: ignore[arg-type]  # two ids
        for pair in pile.shared - undirected - siblings
    )
    print("edges of ours that are not in the truth:", dict(extra.most_common()))
    groups, whole, mixed = origins(pile)
    print(
        f"groups {groups}: joined whole {whole / groups:.3f}, joined to others {mixed / groups:.3f}"
    )
    for line in missed[:misses]:
        print(line)


def report_edge(pile: Pile, page: str, parent: Parent) -> tuple[str, str]:
    """The edge from a page to the agency's report that it prints, or to the agency's own print."""
    for edge in sorted(pile.edges):
        if edge[0] == page and edge[1] in pile.pages:
            truth = pile.truth(edge[1])
            if truth.outlet == parent.outlet and parent.report in {p.report for p in truth.parents}:
                return edge
    return page, f"agency {short(parent.outlet)}"


def of_one_report(pile: Pile, pair: frozenset[str]) -> bool:
    """Whether two pages print one uncaptured report: that they share it is all one can know."""
    reports = [{p.report for p in pile.truth(page).parents if p.report} for page in pair]
    return bool(set.intersection(*reports))


def extra_kind(
    pile: Pile,
    edge: tuple[str, ...],
    undirected: set[frozenset[str]],
    expected: set[tuple[str, str]],
) -> str:
    """What an edge that is not in the truth is."""
    one, other = edge[0], edge[-1]
    if other.startswith("agency "):
        return "report"
    if (other, one) in expected:
        return "reversed"
    if (one, other) in expected:
        return "left undirected"
    if frozenset(edge) in undirected:
        return "quotation directed"
    same = pile.truth(one).group == pile.truth(other).group
    return "of one group" if same else "of two groups"


def describe(pile: Pile, page: str, source: str, parent: Parent) -> str:
    """A missed edge in words."""
    one, other = pile.truth(page), pile.truth(source)
    ours = sorted(
        pile.pages[s].generated.truth.outlet for d, s in pile.edges if d == page and s in pile.pages
    )
    return (
        f"missed: {one.outlet} {one.operation} of {other.outlet} ({other.operation}), credit "
        f"{parent.credit!r}, dates {one.date_shown} and {other.date_shown}; ours {ours}, "
        f"passages {len(between(pile, page, source)[0])}"
    )


def main() -> None:
    """Trace a pile and print how well."""
    parser = argparse.ArgumentParser(description="Score trace on a generated pile.")
    parser.add_argument("--pages", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--words", type=int, default=400)
    parser.add_argument("--misses", type=int, default=0)
    args = parser.parse_args()
    pages = list(read_pile(args.pages, args.seed, args.words))
    report(read_result(pages, traced(pages)), args.misses)


if __name__ == "__main__":
    main()
