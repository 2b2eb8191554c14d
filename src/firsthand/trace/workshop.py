"""The workshop: loads the articles of some pages once, aligns pairs and writes their rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, TypeVar

from firsthand.config import TraceSettings
from firsthand.model.lineage import AlteredQuotation, Credit, Derivation, Node, Passage
from firsthand.model.record import Range, Record
from firsthand.model.table import group_rows
from firsthand.stage import Tables
from firsthand.trace.alignment import Text
from firsthand.trace.altered import altered_quotations
from firsthand.trace.articles import Article, alignable, load_articles
from firsthand.trace.circles import break_circles, new_circles, settle
from firsthand.trace.direction import is_self_credit
from firsthand.trace.lineage import (
    Neighbourhood,
    neighbourhood,
    pair_derivations,
    parents_of,
    report_derivations,
)
from firsthand.trace.passages import find_passages
from firsthand.trace.pointers import Pointer
from firsthand.trace.reports import Groups, report_node
from firsthand.trace.rows import UnitRows, rows_by_unit
from firsthand.trace.sayings import said_derivations
from firsthand.trace.sources import (
    credited_source,
    document_node,
    published_by,
    report_sources,
    self_credits,
    source_id,
    source_nodes,
    unnamed_node,
)

R = TypeVar("R", bound=Record)

KEPT_TEXTS: Final = 2_000
"""Texts kept ready for alignment at one time: about 100 MB of news."""


class Workshop:
    """Articles at hand, by document id."""

    def __init__(
        self,
        tables: Tables,
        furniture: Mapping[str, tuple[Range, ...]],
        settings: TraceSettings,
    ) -> None:
        """Nothing is loaded; `furniture` is what was found anew in this update."""
        self.settings = settings
        self.articles: dict[str, Article] = {}
        self._tables = tables
        self._furniture = furniture
        self._pages: set[str] = set()

    def another(self) -> "Workshop":
        """An empty one over the same tables."""
        return Workshop(self._tables, self._furniture, self.settings)

    def load(self, pages: Collection[str], *, texts: bool = True) -> None:
        """Have the articles of some pages at hand; without `texts` they cannot be aligned."""
        missing = set(pages) - self._pages
        if missing:
            found = load_articles(self._tables, missing, self._furniture, texts=texts)
            self.articles |= found
            self._pages |= missing

    def align(self, pairs: Iterable[tuple[int, int]]) -> list[Passage]:
        """The passages of pairs given by document keys, of articles at hand."""
        by_key = {article.key: article for article in self.articles.values()}
        texts: dict[int, Text] = {}
        passages: list[Passage] = []
        for a, b in pairs:
            one, other = by_key[a], by_key[b]
            if len(texts) > KEPT_TEXTS:
                texts.clear()
            for key, article in ((a, one), (b, other)):
                if key not in texts:
                    texts[key] = alignable(article)
            passages += find_passages(one, other, (texts[a], texts[b]), self.settings.min_words)
        return passages

    def neighbourhood(
        self, passages: Iterable[Passage], pointers: Iterable[Pointer]
    ) -> Neighbourhood:
        """The articles at hand with their pairs and parents."""
        named = {(min(one, other), max(one, other)) for one, _, other, _ in pointers}
        return neighbourhood(self.articles, passages, sorted(named))


class Writer:
    """Writes the rows of the lineage into an update and closes it."""

    def __init__(self, tables: Tables, rows: UnitRows) -> None:
        """Nothing is written yet."""
        self.rows = rows
        self._tables = tables
        self._edges: dict[str, list[Derivation]] = {}

    def write(
        self,
        hood: Neighbourhood,
        groups: Groups,
        pages: Collection[str],
        kept: Mapping[str, Sequence[Derivation]],
    ) -> None:
        """All rows of some pages, and the edges that join others to them.

        `kept` gives the edges of other units that touch none of the pages.
        """
        for unit, edges in kept.items():
            self._edges[unit] = list(edges)
        for page in pages:
            self._edges[page] = []
        for page, found in _document_rows(hood, groups, pages).items():
            self._put(page, found)
        for unit, edges in _pair_rows(hood, pages).items():
            self._edges.setdefault(unit, []).extend(edges)
        for node, found in _report_rows(groups).items():
            self._edges[node] = []
            self._put(node, found)

    def _put(self, unit: str, found: Sequence[Record]) -> None:
        grouped = group_rows(found)
        self._edges[unit] += grouped.pop(Derivation, [])  # type: ignore[arg-type]  # rows are grouped by their own type
        for record in (Node, AlteredQuotation):
            self.rows.redo(record, unit, grouped.get(record, []))

    def finish_new(self) -> None:
        """Circles among the edges written are broken; no others lead into them."""
        dropped = new_circles(self._edges)
        for unit, edges in self._edges.items():
            self.rows.redo(Derivation, unit, settle(edges, dropped))

    def finish(self, names: Collection[str]) -> None:
        """Circles are broken, and the nodes of the named sources given written anew."""
        dropped, stale = break_circles(self._tables, self._edges)
        self._edges |= rows_by_unit(self._tables, Derivation, stale)
        for unit, edges in self._edges.items():
            self.rows.redo(Derivation, unit, settle(edges, dropped))
        write_sources(self._tables, self.rows, names)


def write_sources(tables: Tables, rows: UnitRows, names: Collection[str] | None) -> None:
    """The nodes of named sources: all, or those given anew."""
    for node, row in source_nodes(tables, names).items():
        if row is None:
            rows.drop(node)
        else:
            rows.redo(Node, node, [row])


def by_field(found: Iterable[R], field: str) -> dict[str, list[R]]:
    """Records by the value of one field."""
    grouped: defaultdict[str, list[R]] = defaultdict(list)
    for row in found:
        grouped[getattr(row, field)].append(row)
    return grouped


def _document_rows(
    hood: Neighbourhood, groups: Groups, pages: Collection[str]
) -> dict[str, list[Record]]:
    """Rows that belong to single documents of some pages, by page."""
    found: dict[str, list[Record]] = {page: [] for page in pages}
    for document, article in sorted(hood.articles.items()):
        if article.page_id in found:
            found[article.page_id] += _rows_of(hood, groups, document, article)
    return found


def _rows_of(hood: Neighbourhood, groups: Groups, document: str, article: Article) -> list[Record]:
    parents = parents_of(hood, document)
    rows: list[Record] = [document_node(article)]
    if article.outlet and article.outlet_key:
        rows.append(published_by(document, source_id(article.outlet), None))
    if article.credits:
        rows += report_derivations(article, parents, groups, hood.articles)
        rows += said_derivations(article, parents, groups)
        own = [credit for credit in article.credits if is_self_credit(credit, article)]
        rows += self_credits(article, own)
        rows += _unnamed([*parents.reports, *parents.sayings])
    rows += altered_quotations(hood, document)
    return rows


def _unnamed(reports: Iterable[Credit]) -> list[Node]:
    nodes = {node.node_id: node for node in map(unnamed_node, reports)}
    return [nodes[node] for node in sorted({credited_source(c) for c in reports} & nodes.keys())]


def _pair_rows(hood: Neighbourhood, pages: Collection[str]) -> dict[str, list[Derivation]]:
    """Edges between documents for the pairs that touch some pages, by the page that keeps them."""
    found: defaultdict[str, list[Derivation]] = defaultdict(list)
    for pair in hood.pairs.values():
        if pair.a.page_id in pages or pair.b.page_id in pages:
            found[pair.a.page_id] += pair_derivations(hood, pair)
    return found


def _report_rows(groups: Groups) -> dict[str, list[Record]]:
    """The nodes of uncaptured reports and who published them, by node."""
    members = groups.members()
    sources = report_sources(members)
    return {node: [report_node(node, group), *sources[node]] for node, group in members.items()}
