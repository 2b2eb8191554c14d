"""Text two documents share: who took it from whom, and both sides word by word."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import Indel

from firsthand.model.document import Document
from firsthand.model.lineage import Derivation, Node, Passage
from firsthand.model.page import Page
from firsthand.model.record import Part
from firsthand.publish import read
from firsthand.publish.claim_views import DocumentLine, document_line
from firsthand.publish.pieces import Mark, Piece, cut, lines
from firsthand.publish.told import by_ids

MOST_WORDS = 4000
"""Words of a passage compared one by one; longer ones are shown as shared throughout."""

WORD = re.compile(r"\w+", re.UNICODE)


class TakenOver(Part, frozen=True, kw_only=True):
    """Another document that shares text with this one."""

    other: DocumentLine
    direction: str
    """from (this one took it), by (the other took it), or unknown."""
    words: int
    """Shared words in all passages."""
    passages: int
    quotations: int
    """How many of the passages are quotations on both sides."""
    derivation: Derivation | None


class Side(Part, frozen=True, kw_only=True):
    """One document's words of a shared passage, line by line."""

    start: int
    end: int
    lines: tuple[tuple[Piece, ...], ...]


class Beside(Part, frozen=True, kw_only=True):
    """One shared passage, both sides."""

    passage: Passage
    one: Side
    other: Side


class BesideView(Part, frozen=True, kw_only=True):
    """Two documents side by side."""

    one: DocumentLine
    other: DocumentLine
    direction: str
    derivation: Derivation | None
    passages: tuple[Beside, ...]


def taken_over(db: sqlite3.Connection, document_id: str) -> tuple[TakenOver, ...]:
    """The documents that share text with this one, most words first."""
    shared: dict[str, list[Passage]] = {}
    where = "document_a=? OR document_b=?"
    for row in read.select(db, Passage, where, (document_id, document_id)):
        other = row.document_b if row.document_a == document_id else row.document_a
        shared.setdefault(other, []).append(row)
    documents = by_ids(db, Document, shared)
    pages = by_ids(db, Page, {rows[0].page_id for rows in documents.values()})
    edges = edges_between(db, document_id, shared)
    found = []
    for other, passages in shared.items():
        if other not in documents:
            continue
        home = documents[other][0]
        edge = edges.get(other)
        found.append(
            TakenOver(
                other=document_line(
                    home, pages[home.page_id][0] if home.page_id in pages else None
                ),
                direction=edge[0] if edge else "unknown",
                words=sum(row.shared_words for row in passages),
                passages=len(passages),
                quotations=sum(row.kind == "quotation" for row in passages),
                derivation=edge[1] if edge else None,
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.words, one.other.document_id)))


def edges_between(
    db: sqlite3.Connection, document_id: str, others: Iterable[str]
) -> dict[str, tuple[str, Derivation]]:
    """Other document to (direction, edge), for the active edges that join it to this one."""
    nodes = by_ids(db, Node, {document_id, *others}, "document_id")
    home = {row.node_id: key for key, rows in nodes.items() for row in rows}
    own = {row.node_id for row in nodes.get(document_id, ())}
    found: dict[str, tuple[str, Derivation]] = {}
    for column in ("derived", "source"):
        for rows in by_ids(db, Derivation, own, column).values():
            for edge in rows:
                far = home.get(edge.source if column == "derived" else edge.derived)
                if far is None or far == document_id or edge.status != "active":
                    continue
                way = ("from" if column == "derived" else "by") if edge.directed else "unknown"
                found.setdefault(far, (way, edge))
    return found


def beside(db: sqlite3.Connection, one: str, other: str) -> BesideView | None:
    """Two documents' shared passages, or None where one of them is not there."""
    left, right = read.get(db, Document, one), read.get(db, Document, other)
    if left is None or right is None:
        return None
    pages = by_ids(db, Page, {left.page_id, right.page_id})
    if not {left.page_id, right.page_id} <= pages.keys():
        return None
    texts = pages[left.page_id][0].text, pages[right.page_id][0].text
    where = "(document_a=? AND document_b=?) OR (document_a=? AND document_b=?)"
    rows = [_turned(row, one) for row in read.select(db, Passage, where, (one, other, other, one))]
    rows.sort(key=lambda row: (row.a_start, row.b_start, row.passage_id))
    edge = edges_between(db, one, [other]).get(other)
    return BesideView(
        one=document_line(left, pages[left.page_id][0]),
        other=document_line(right, pages[right.page_id][0]),
        direction=edge[0] if edge else "unknown",
        derivation=edge[1] if edge else None,
        passages=tuple(_beside(row, *texts) for row in rows),
    )


def _turned(row: Passage, one: str) -> Passage:
    """The passage with `one` as its side a."""
    if row.document_a == one:
        return row
    return Passage(
        passage_id=row.passage_id,
        document_a=row.document_b,
        document_b=row.document_a,
        page_a=row.page_b,
        page_b=row.page_a,
        a_start=row.b_start,
        a_end=row.b_end,
        b_start=row.a_start,
        b_end=row.a_end,
        shared_words=row.shared_words,
        kind=row.kind,
    )


def _beside(row: Passage, one: str, other: str) -> Beside:
    left, right = _same_words(
        one[row.a_start : row.a_end], other[row.b_start : row.b_end], row.kind
    )
    return Beside(
        passage=row,
        one=_side(one, row.a_start, row.a_end, left),
        other=_side(other, row.b_start, row.b_end, right),
    )


def _side(text: str, start: int, end: int, marks: Sequence[Mark]) -> Side:
    moved = [Mark(start=mark.start + start, end=mark.end + start, kind=mark.kind) for mark in marks]
    return Side(
        start=start,
        end=end,
        lines=tuple(cut(text, low, high, moved) for low, high in lines(text, start, end)),
    )


Words = list[tuple[str, int, int]]


def _words(text: str) -> Words:
    return [(found[0].casefold(), *found.span()) for found in WORD.finditer(text)]


def _same_words(one: str, other: str, kind: str) -> tuple[list[Mark], list[Mark]]:
    """Marks over the words that both sides have, in order, and over those one side only has."""
    left, right = _words(one), _words(other)
    if len(left) > MOST_WORDS or len(right) > MOST_WORDS:
        whole = Mark(start=0, end=len(one), kind=kind), Mark(start=0, end=len(other), kind=kind)
        return [whole[0]], [whole[1]]
    marks: tuple[list[Mark], list[Mark]] = ([], [])
    steps = Indel.opcodes([word[0] for word in left], [word[0] for word in right])
    for step in steps:
        same = step.tag == "equal"
        marks[0].extend(_run(left, step.src_start, step.src_end, kind if same else "gone"))
        marks[1].extend(_run(right, step.dest_start, step.dest_end, kind if same else "new"))
    return marks


def _run(words: Words, first: int, last: int, kind: str) -> Iterator[Mark]:
    if first < last:
        yield Mark(start=words[first][1], end=words[last - 1][2], kind=kind)
