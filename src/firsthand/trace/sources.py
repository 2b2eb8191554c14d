"""Sources: the outlets, agencies, institutions and persons that documents and reports hang on."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

import pyarrow as pa

from firsthand.model.ids import digest
from firsthand.model.lineage import Credit, Derivation, Node, NodeKind
from firsthand.stage import Tables
from firsthand.trace import explain
from firsthand.trace.addresses import REMEMBERED, name_key
from firsthand.trace.articles import Article
from firsthand.trace.columns import strings, unit_table
from firsthand.trace.lineage import derivation_id

KINDS: Final[tuple[NodeKind, ...]] = ("agency", "outlet", "institution", "person")
"""Where credits disagree on what a name is, the first of these that any of them says."""

_CREDITS: Final = """
SELECT DISTINCT cited_source, source_kind, document_id FROM credit
WHERE source_kind <> 'unnamed' ORDER BY cited_source, source_kind, document_id
"""
_NAMES: Final = """
SELECT DISTINCT cited_source FROM credit WHERE source_kind <> 'unnamed' ORDER BY cited_source
"""
_CREDITS_TO: Final = """
SELECT DISTINCT c.cited_source, c.source_kind, c.document_id
FROM credit AS c JOIN names AS n ON c.cited_source = n.unit
WHERE c.source_kind <> 'unnamed' ORDER BY c.cited_source, c.source_kind, c.document_id
"""
_OUTLETS: Final = "SELECT DISTINCT outlet FROM document WHERE outlet IS NOT NULL ORDER BY outlet"


@lru_cache(maxsize=REMEMBERED)
def source_id(name: str) -> str:
    """The node of a named source, whatever its spelling."""
    return "s-" + digest(name_key(name))


def unnamed_node(credit: Credit) -> Node:
    """The node of a source that a credit leaves unnamed: one for each credit, never merged."""
    return Node(
        node_id="s-" + digest("unnamed", credit.credit_id),
        kind="unnamed",
        name=credit.cited_source,
        captured=False,
        credited_by=(credit.document_id,),
    )


def credited_source(credit: Credit) -> str:
    """The node of what a credit names."""
    named = credit.source_kind != "unnamed" and name_key(credit.cited_source)
    return source_id(credit.cited_source) if named else unnamed_node(credit).node_id


def published_by(node_id: str, source: str, basis_credit: Credit | None) -> Derivation:
    """That a document or report was published by an outlet, agency, institution or person."""
    return Derivation(
        derivation_id=derivation_id(node_id, source),
        derived=node_id,
        source=source,
        kind="published_by",
        basis="text" if basis_credit is None else "credit",
        direction_basis="none" if basis_credit is None else "credit",
        explanation=None if basis_credit is None else f"“{basis_credit.text.strip()[:120]}”",
    )


def self_credits(article: Article, found: Iterable[Credit]) -> list[Derivation]:
    """Credits of a page to its own outlet, kept as set-aside edges."""
    if not article.outlet_key:
        return []
    node = source_id(article.outlet or "")
    return [
        Derivation(
            derivation_id="e-" + digest(article.document_id, node, credit.credit_id),
            derived=article.document_id,
            source=node,
            kind="citation",
            basis="credit",
            direction_basis="credit",
            status="set_aside",
            reason=explain.credits_itself(article),
            confidence=0.0,
        )
        for credit in found
    ]


def source_nodes(tables: Tables, wanted: Collection[str] | None) -> dict[str, Node | None]:
    """The nodes of named sources, of all or of some ids; None for an id that nothing names now."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    credited: defaultdict[str, set[str]] = defaultdict(set)
    for name in strings(tables.query(_OUTLETS), "outlet"):
        node = source_id(name)
        if name_key(name) and (wanted is None or node in wanted):
            names[node].add(name)
            kinds[node].add("outlet")
    table = _credits(tables, wanted)
    columns = [strings(table, name) for name in ("cited_source", "source_kind", "document_id")]
    ids: dict[str, str] = {}
    for name, kind, document in zip(*columns, strict=True):
        if name not in ids:
            ids[name] = source_id(name) if name_key(name) else ""
        node = ids[name]
        if node and (wanted is None or node in wanted):
            names[node].add(name)
            kinds[node].add(kind)
            credited[node].add(document)
    found: dict[str, Node | None] = {
        node: _node(node, names[node], kinds[node], credited[node]) for node in sorted(names)
    }
    return {**dict.fromkeys(sorted((wanted or set()) - found.keys())), **found}


def _credits(tables: Tables, wanted: Collection[str] | None) -> pa.Table:
    """The credits by name, kind and document; only those to names of some nodes where given."""
    if wanted is None:
        return tables.query(_CREDITS)
    names = [name for name in strings(tables.query(_NAMES), "cited_source") if name_key(name)]
    meant = [name for name in names if source_id(name) in wanted]
    return tables.query(_CREDITS_TO, names=unit_table(meant))


def _node(node: str, names: set[str], kinds: set[str], credited: set[str]) -> Node:
    return Node(
        node_id=node,
        kind=next((kind for kind in KINDS if kind in kinds), "outlet"),
        name=min(names),
        captured=False,
        credited_by=tuple(sorted(credited)),
    )


def document_node(article: Article) -> Node:
    """The node of a captured document; its id is the document's."""
    return Node(
        node_id=article.document_id,
        kind="document",
        name=article.title or article.document_id,
        captured=True,
        document_id=article.document_id,
        outlet=article.outlet,
        published=article.published,
    )


def report_sources(members: Mapping[str, Sequence[Credit]]) -> dict[str, list[Derivation]]:
    """Who published each uncaptured report: one edge for each source its credits name."""
    found: dict[str, list[Derivation]] = {}
    for node, group in members.items():
        by_source: dict[str, Credit] = {}
        for credit in group:
            by_source.setdefault(credited_source(credit), credit)
        found[node] = [
            published_by(node, source, by_source[source]) for source in sorted(by_source)
        ]
    return found
