"""Export: one file a record type, as JSON lines exactly as documented, or as CSV."""

import csv
import io
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from firsthand.errors import FirsthandError
from firsthand.model.claim import Attribution, LoadedTerm
from firsthand.model.document import Document
from firsthand.model.event import (
    Conflict,
    Event,
    Forecast,
    Origin,
    SameOrigin,
    State,
    Statement,
    Telling,
)
from firsthand.model.lineage import Credit
from firsthand.model.page import Page
from firsthand.model.problem import Problem
from firsthand.model.record import Record
from firsthand.publish import edition, read
from firsthand.publish.read import Plain, Row

Reader = Callable[[sqlite3.Connection], Iterable[Row]]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet reads a cell that begins so as a formula (OWASP, CSV injection)."""


def _records(record: type[Record]) -> Reader:
    def rows(db: sqlite3.Connection) -> Iterator[Row]:
        return (read.plain(row) for row in read.select(db, record))

    return rows


def _pages(db: sqlite3.Connection) -> Iterator[Row]:
    return (read.page_row(db, page) for page in read.select(db, Page))


def _documents(db: sqlite3.Connection) -> Iterator[Row]:
    return (read.document_row(db, document) for document in read.select(db, Document))


def _attributions(db: sqlite3.Connection) -> Iterator[Row]:
    return (read.attribution_row(row) for row in read.select(db, Attribution))


def _altered(db: sqlite3.Connection) -> Iterator[Row]:
    return map(read.plain, read.altered(db))


def _aliases(db: sqlite3.Connection) -> Iterator[Row]:
    sql = "SELECT old_id, new_id, reason, edition FROM alias ORDER BY old_id, edition"
    return (dict(row) for row in db.execute(sql))


def _events(db: sqlite3.Connection) -> Iterator[Row]:
    return map(read.event_row, read.select(db, Event))


EXPORTS: Final[dict[str, Reader]] = {
    "pages": _pages,
    "documents": _documents,
    "credits": _records(Credit),
    "attributions": _attributions,
    "claims": read.claims,
    "loaded_terms": _records(LoadedTerm),
    "altered_quotations": _altered,
    "nodes": read.nodes,
    "derivations": read.derivations,
    "events": _events,
    "origins": _records(Origin),
    "statements": _records(Statement),
    "same_origin": _records(SameOrigin),
    "conflicts": _records(Conflict),
    "forecasts": _records(Forecast),
    "states": _records(State),
    "tellings": _records(Telling),
    "actors": read.actors,
    "places": read.places,
    "aliases": _aliases,
    "problems": _records(Problem),
}
"""File name without ending to what is in it; captures and judgements come from their logs."""


def export_jsonl(
    db: sqlite3.Connection, folder: Path, logs: dict[str, list[Row]]
) -> dict[str, int]:
    """Write every file of the contract, empty ones too; returns rows by file."""
    counts: dict[str, int] = {}
    for name, rows in _all(db, logs):
        counts[name] = _write_lines(folder / f"{name}.jsonl", rows)
    facts: dict[str, object] = dict(sorted(edition.meta(db).items()))
    facts["counts"] = counts
    (folder / "meta.json").write_bytes(msgspec.json.format(msgspec.json.encode(facts)) + b"\n")
    return counts


def export_csv(db: sqlite3.Connection, folder: Path, logs: dict[str, list[Row]]) -> dict[str, int]:
    """Write one CSV a record type: plain fields as columns, nested ones as JSON."""
    counts: dict[str, int] = {}
    for name, rows in _all(db, logs):
        counts[name] = _write_csv(folder / f"{name}.csv", rows)
    return counts


def _all(db: sqlite3.Connection, logs: dict[str, list[Row]]) -> Iterator[tuple[str, Iterable[Row]]]:
    yield from sorted(logs.items())
    for name, reader in EXPORTS.items():
        yield name, reader(db)


def _write_lines(path: Path, rows: Iterable[Row]) -> int:
    count = 0
    with path.open("wb") as handle:
        for row in rows:
            handle.write(msgspec.json.encode(row) + b"\n")
            count += 1
    return count


def csv_text(rows: Iterable[Row]) -> tuple[str, int]:
    """Rows as CSV and their number; no cell can become a spreadsheet formula."""
    out = io.StringIO(newline="")
    writer: csv.DictWriter[str] | None = None
    count = 0
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(out, list(row), extrasaction="ignore", lineterminator="\r\n")
            writer.writeheader()
        writer.writerow({name: _cell(value) for name, value in row.items()})
        count += 1
    return out.getvalue(), count


def _write_csv(path: Path, rows: Iterable[Row]) -> int:
    text, count = csv_text(rows)
    path.write_text(text, encoding="utf-8-sig", newline="")
    return count


def _cell(value: Plain) -> str | int | float | None:
    if isinstance(value, (list, dict)):
        return msgspec.json.encode(value).decode()
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value


FORMATS: Final[dict[str, Callable[..., dict[str, int]]]] = {
    "jsonl": export_jsonl,
    "csv": export_csv,
}


def export(
    db: sqlite3.Connection, folder: Path, *, form: str, logs: dict[str, list[Row]]
) -> dict[str, int]:
    """Write an edition in one of `FORMATS` into a folder; returns rows by file."""
    if form not in FORMATS:
        message = f"no export format {form!r}; there are: {', '.join(sorted(FORMATS))}"
        raise FirsthandError(message)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return FORMATS[form](db, folder, logs)
    except OSError as error:
        message = f"cannot write the export into {folder}: {error.strerror}"
        raise FirsthandError(message) from error
