"""One record by its id, whatever its type: as exported, or as lines to read."""

import sqlite3
from collections.abc import Iterator, Mapping

import msgspec

from firsthand.errors import FirsthandError
from firsthand.model.claim import CanonicalActor, CanonicalPlace, Claim, ResolvedClaim
from firsthand.model.document import Document
from firsthand.model.event import ClaimLink, Forecast
from firsthand.model.page import Page
from firsthand.model.record import Record
from firsthand.model.table import table_name
from firsthand.publish import read
from firsthand.publish.read import Plain, Row
from firsthand.publish.tables import EDITION_TABLES

LONG = 400
"""Longer texts are cut where a record is shown to be read; --json gives them whole."""
MOST_ITEMS = 12
JOINED = (ResolvedClaim, ClaimLink, Forecast)
"""Tables that go by a claim's id and are shown as part of the claim."""


def find(db: sqlite3.Connection, record_id: str) -> Record | None:
    """The record with that id, of whatever type; None where there is none."""
    for table in EDITION_TABLES:
        if table.record in JOINED:
            continue
        found = read.get(db, table.record, record_id)
        if found is not None:
            return found
    return None


def alias_of(db: sqlite3.Connection, record_id: str) -> str | None:
    """The id that took the place of one shown earlier; None where there is none."""
    at, seen = record_id, {record_id}
    while True:
        sql = "SELECT new_id FROM alias WHERE old_id=? ORDER BY edition DESC LIMIT 1"
        row = db.execute(sql, (at,)).fetchone()
        if row is None or row[0] is None or row[0] in seen:
            return at if at != record_id else None
        at = str(row[0])
        seen.add(at)


def found(db: sqlite3.Connection, record_id: str) -> Record:
    """The record with that id, or with the id that took its place; else an error."""
    record = find(db, record_id) or find(db, alias_of(db, record_id) or "")
    if record is None:
        message = (
            f"no record has the id {record_id!r}; ids are the first column of the exported "
            "files, and stand in the address of every screen"
        )
        raise FirsthandError(message)
    return record


def row_of(db: sqlite3.Connection, record: Record) -> Row:
    """The record's exported row."""
    if isinstance(record, Claim):
        return read.claim(db, record.claim_id) or read.plain(record)
    if isinstance(record, Document):
        return read.document_row(db, record)
    if isinstance(record, Page):
        return read.page_row(db, record)
    row = read.plain(record)
    if isinstance(record, CanonicalActor | CanonicalPlace):
        row.pop("page_id", None)
    return row


def lines_of(db: sqlite3.Connection, record: Record) -> Iterator[str]:
    """The record as lines to read."""
    yield table_name(type(record)).replace("_", " ")
    row = row_of(db, record)
    wide = max(map(len, row), default=0)
    for name, value in row.items():
        if isinstance(value, list) and value and not _short(value):
            yield f"  {name:<{wide}}  {len(value)}:"
            yield from (f"  {'':<{wide}}  - {_flat(item)}" for item in value[:MOST_ITEMS])
            if len(value) > MOST_ITEMS:
                yield f"  {'':<{wide}}  … {len(value) - MOST_ITEMS} more; --json shows all"
        else:
            yield f"  {name:<{wide}}  {_flat(value)}"


def _short(value: list[Plain]) -> bool:
    return len(value) <= 3 and not any(isinstance(item, dict) for item in value)


def _flat(value: Plain) -> str:
    if value is None or isinstance(value, bool):
        return {None: "-", True: "yes", False: "no"}[value]
    if isinstance(value, str):
        words = value.replace("\n", " ⏎ ")
        return words if len(words) <= LONG else words[:LONG] + "…"
    if isinstance(value, dict):
        some = {name: one for name, one in value.items() if one not in (None, [], "")}
        span = {"start", "end", "text"} <= some.keys()
        return (
            _span(some) if span else ", ".join(f"{name} {_flat(one)}" for name, one in some.items())
        )
    if isinstance(value, list):
        return ", ".join(_flat(item) for item in value) or "none"
    return msgspec.json.encode(value).decode()


def _span(span: Mapping[str, Plain]) -> str:
    return f"[{span['start']}, {span['end']}) “{_flat(span['text'])}”"
