"""Reads an edition as the records that users see: the same rows for export, API and screens."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias, TypeVar

import msgspec

from firsthand.model.claim import (
    Attribution,
    CanonicalActor,
    CanonicalPlace,
    Claim,
    ResolvedClaim,
)
from firsthand.model.document import Document
from firsthand.model.event import ClaimLink, Event
from firsthand.model.lineage import (
    AlteredQuotation,
    Derivation,
    Node,
    RepeatedFurniture,
    Voices,
)
from firsthand.model.linking import CheckedQuotation
from firsthand.model.page import Page
from firsthand.model.precision import precision_codes
from firsthand.model.record import Record
from firsthand.model.table import table_name
from firsthand.publish.memo import remembered

R = TypeVar("R", bound=Record)

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"
"""A value as JSON has it."""

Row: TypeAlias = dict[str, Plain]


def plain(record: Record) -> Row:
    """A record as JSON has it: lists are lists, so that CSV cells hold JSON too."""
    row: Row = msgspec.json.decode(msgspec.json.encode(record))
    return row


def get(db: sqlite3.Connection, record: type[R], key: str) -> R | None:
    """The record with that id; the first where several pages wrote it."""
    sql = f"SELECT body FROM {table_name(record)} WHERE id=? ORDER BY unit LIMIT 1"
    found = db.execute(sql, (key,)).fetchone()
    return None if found is None else msgspec.json.decode(found[0], type=record)


def select(
    db: sqlite3.Connection, record: type[R], where: str = "", values: tuple[object, ...] = ()
) -> Iterator[R]:
    """The records of a table in order of id; `where` is SQL of ours, never of a user's."""
    condition = f"WHERE {where}" if where else ""
    sql = f"SELECT body FROM {table_name(record)} {condition} ORDER BY id, unit"
    for row in db.execute(sql, values):
        yield msgspec.json.decode(row[0], type=record)


def _span(text: str, start: int, end: int) -> Row:
    return {"start": start, "end": end, "text": text[start:end]}


def attribution_row(attribution: Attribution) -> Row:
    """An attribution as exported.

    The list of source kinds that exports promise has no word for a person named without a role:
    there they are a witness, as they are heard; chains and origins tell the two apart.
    """
    row = plain(attribution)
    return row | {"source_kind": "witness"} if row["source_kind"] == "person" else row


def page_row(db: sqlite3.Connection, page: Page) -> Row:
    """A page with all its furniture, also what repetition showed."""
    row = plain(page)
    furniture: list[Plain] = [
        {**_span(page.text, mark.start, mark.end), "kind": mark.kind, "basis": mark.basis}
        for mark in page.furniture
    ]
    repeated = get(db, RepeatedFurniture, page.page_id)
    for mark in repeated.ranges if repeated else ():
        span = _span(page.text, mark.start, mark.end)
        furniture.append({**span, "kind": "repeated", "basis": "repetition"})
    row["furniture"] = furniture
    return row


def document_row(db: sqlite3.Connection, document: Document) -> Row:
    """A document with its voices."""
    row = plain(document)
    voices = get(db, Voices, document.document_id)
    page = get(db, Page, document.page_id)
    text = page.text if page else ""
    row["voices"] = [
        {**plain_part(voice), **_span(text, voice.start, voice.end)}
        for voice in (voices.voices if voices else ())
    ]
    return row


def plain_part(part: msgspec.Struct) -> Row:
    """A part of a record as JSON has it."""
    row: Row = msgspec.json.decode(msgspec.json.encode(part))
    return row


def claim_row(claim: Claim, resolved: ResolvedClaim | None, link: ClaimLink | None) -> Row:
    """A claim with what `resolve` and `link` added to it; nulls where they have not.

    The precision codes of ACLED and UCDP are those of its time and of its first place.
    """
    row = plain(claim)
    added: Row = {"summary": None, "places": [], "time": None, "origin": None}
    added |= {"origin_id": None, "event_id": None, "statement_id": None}
    if resolved is not None:
        added |= plain(resolved)
    if link is not None:
        linked = plain(link)
        linked["link_reason"] = linked.pop("reason")
        added |= linked
    time = resolved.time if resolved else None
    place = next(iter(resolved.places), None) if resolved else None
    codes = precision_codes(*((time.earliest, time.latest) if time else (None, None)), place)
    return row | added | plain_part(codes)


def event_row(event: Event) -> Row:
    """An event as exported, with the precision codes of its time and place."""
    return plain(event) | plain_part(precision_codes(event.earliest, event.latest, event.place))


def claims(
    db: sqlite3.Connection, where: str = "", values: tuple[object, ...] = ()
) -> Iterator[Row]:
    """Claims as exported, in order of id; `where` is SQL of ours over claim, resolved, link."""
    condition = f"WHERE {where}" if where else ""
    sql = (
        "SELECT claim.body, resolved_claim.body, claim_link.body FROM claim "
        "LEFT JOIN resolved_claim ON resolved_claim.id = claim.id "
        "LEFT JOIN claim_link ON claim_link.id = claim.id "
        f"{condition} ORDER BY claim.id"
    )
    for body, resolved, link in db.execute(sql, values):
        yield claim_row(
            msgspec.json.decode(body, type=Claim),
            msgspec.json.decode(resolved, type=ResolvedClaim) if resolved else None,
            msgspec.json.decode(link, type=ClaimLink) if link else None,
        )


def claim(db: sqlite3.Connection, claim_id: str) -> Row | None:
    """One claim as exported."""
    return next(claims(db, "claim.id = ?", (claim_id,)), None)


def node_mergers(db: sqlite3.Connection) -> Mapping[str, str]:
    """Node id to the id of the node it was merged into; every node is looked at, once."""
    return remembered(db, ("mergers",), lambda: _mergers(db))


def _mergers(db: sqlite3.Connection) -> dict[str, str]:
    sql = "SELECT id, body FROM node WHERE instr(body, '\"members\":[]') = 0"
    mergers: dict[str, str] = {}
    for row in db.execute(sql):
        node = msgspec.json.decode(row[1], type=Node)
        mergers |= {member: node.node_id for member in node.members if member != node.node_id}
    return mergers


def _once(rows: Iterator[R], key: Callable[[R], str]) -> Iterator[R]:
    """Rows in order of id, one for each id; later writers of an id add nothing."""
    last: str | None = None
    for row in rows:
        if key(row) != last:
            last = key(row)
            yield row


def altered(db: sqlite3.Connection) -> Iterator[AlteredQuotation]:
    """The altered quotations, without those that a person found to be as in the source."""
    sql = "SELECT page_id, words FROM checked_quotation WHERE NOT altered"
    right = {(str(row[0]), str(row[1])) for row in db.execute(sql)}
    for row in select(db, AlteredQuotation):
        if (row.page_id, row.quotation.text) not in right:
            yield row


def checked(db: sqlite3.Connection, page_id: str) -> dict[str, CheckedQuotation]:
    """What people found of a page's quotations, by their words."""
    return {row.words: row for row in select(db, CheckedQuotation, "page_id=?", (page_id,))}


def nodes(db: sqlite3.Connection) -> Iterator[Row]:
    """Nodes after merging: the members of a merged node are not shown on their own."""
    mergers = node_mergers(db)
    gathered: dict[str, Node] = {}
    for node in select(db, Node):
        if node.node_id in mergers:
            continue
        before = gathered.get(node.node_id)
        gathered[node.node_id] = node if before is None else _joined(before, node)
    for key in sorted(gathered):
        yield plain(gathered[key])


def _joined(one: Node, other: Node) -> Node:
    """Two writers' rows of one node as one."""
    keep = other if len(other.members) > len(one.members) else one
    credited = tuple(sorted({*one.credited_by, *other.credited_by}))
    members = tuple(sorted({*one.members, *other.members}))
    return msgspec.structs.replace(keep, credited_by=credited, members=members)


def derivations(db: sqlite3.Connection) -> Iterator[Row]:
    """Derivations, each end read as the node it was merged into."""
    mergers = node_mergers(db)
    for edge in _once(select(db, Derivation), lambda row: row.derivation_id):
        derived = mergers.get(edge.derived, edge.derived)
        source = mergers.get(edge.source, edge.source)
        if derived != source:
            yield plain(msgspec.structs.replace(edge, derived=derived, source=source))


def actors(db: sqlite3.Connection) -> Iterator[Row]:
    """Canonical actors used, each once, with the aliases of all pages."""
    yield from _gathered(select(db, CanonicalActor), lambda row: row.actor_id)


def places(db: sqlite3.Connection) -> Iterator[Row]:
    """Canonical places used, each once, with the aliases of all pages."""
    yield from _gathered(select(db, CanonicalPlace), lambda row: row.gazetteer_id)


def _gathered(rows: Iterator[R], key: Callable[[R], str]) -> Iterator[Row]:
    gathered: dict[str, Row] = {}
    for record in rows:
        row = plain(record)
        row.pop("page_id", None)
        seen = gathered.setdefault(key(record), row)
        names: list[str] = []
        for some in (seen.get("aliases"), row.get("aliases")):
            names += [str(name) for name in some] if isinstance(some, list) else []
        seen["aliases"] = list[Plain](sorted(set(names)))
    for name in sorted(gathered):
        yield gathered[name]
