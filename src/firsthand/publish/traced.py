"""Where a document's text is traced to: captured pages, credited reports, tellers."""

import sqlite3
from collections.abc import Iterable, Iterator

import msgspec

from firsthand.model.lineage import Derivation, Node
from firsthand.model.record import Part, Span
from firsthand.publish import read
from firsthand.publish.told import by_ids


class Traced(Part, frozen=True, kw_only=True):
    """One step from a document towards where its words came from."""

    derivation: Derivation
    name: str
    kind: str
    captured: bool
    report: bool
    """Whether it is a page or report, which can be captured, and not a person or institution."""
    document_id: str | None
    """The captured original, where there is one."""
    words: tuple[Span, ...]
    """What in this document shows it."""


def traced_to(db: sqlite3.Connection, document_id: str) -> tuple[Traced, ...]:
    """The derivations that start from a document, active ones first."""
    own = {row.node_id for row in read.select(db, Node, "document_id=?", (document_id,))}
    edges = [
        row
        for rows in by_ids(db, Derivation, own, "derived").values()
        for row in rows
        if row.kind != "published_by"  # the head of the screen names the outlet
    ]
    unique = {row.derivation_id: row for row in edges}
    mergers = read.node_mergers(db) if unique else {}
    ends = {row.source for row in unique.values()}
    ends |= {mergers[end] for end in ends if end in mergers}
    nodes = {key: rows[0] for key, rows in by_ids(db, Node, ends).items()}
    found = [
        _traced(row, nodes.get(mergers.get(row.source, row.source))) for row in unique.values()
    ]
    return tuple(
        sorted(
            _joined(one for one in found if one is not None),
            key=lambda one: (
                one.derivation.status,
                not one.captured,
                one.name,
                one.derivation.derivation_id,
            ),
        )
    )


def _traced(edge: Derivation, node: Node | None) -> Traced | None:
    if node is None:
        return None
    return Traced(
        derivation=edge,
        name=node.name,
        kind=node.kind,
        captured=node.captured,
        report=node.kind in ("document", "report"),
        document_id=node.document_id,
        words=tuple(pair.derived for pair in edge.spans if pair.derived),
    )


def _joined(rows: Iterable[Traced]) -> Iterator[Traced]:
    """Steps to the same name of the same kind as one, with the words of all."""
    groups: dict[tuple[str, str, str, str], list[Traced]] = {}
    for row in rows:
        edge = row.derivation
        groups.setdefault((row.name, row.kind, edge.kind, edge.status), []).append(row)
    for some in groups.values():
        words = {(span.start, span.end): span for row in some for span in row.words}
        yield msgspec.structs.replace(some[0], words=tuple(words[key] for key in sorted(words)))
