"""The edition: one SQLite file that is served and searched, updated in one transaction.

Readers keep their snapshot while an update goes on (WAL). A rebuild writes a new file and
swaps it in. An updated and a rebuilt edition hold the same rows.
"""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from firsthand.errors import ProjectError
from firsthand.model.claim import Claim, ResolvedClaim
from firsthand.model.document import Document
from firsthand.model.event import ClaimLink, Event
from firsthand.model.record import Record
from firsthand.publish import changes, facets
from firsthand.publish.aliases import Shown, alias_rows, shown_groups
from firsthand.publish.filling import Writer
from firsthand.publish.packing import BLOCKS_SQL, BODY_SQL, Unpacker, let_read, pattern_of
from firsthand.publish.tables import EDITION_TABLES, EditionTable, column
from firsthand.stage import Change, WholeTables

FORMAT = 10
"""Version of the edition's tables; another one is rebuilt, never migrated."""

TYPES = {str: "TEXT", int: "INTEGER", float: "REAL", bool: "INTEGER"}

FIXED = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE alias (
  old_id TEXT NOT NULL, new_id TEXT, reason TEXT NOT NULL, edition INTEGER NOT NULL,
  PRIMARY KEY (old_id, edition)) WITHOUT ROWID;
CREATE TABLE change (
  edition INTEGER NOT NULL, tab TEXT NOT NULL, id TEXT NOT NULL, what TEXT NOT NULL,
  words TEXT NOT NULL, PRIMARY KEY (edition, tab, id)) WITHOUT ROWID;
CREATE VIRTUAL TABLE claim_search USING fts5(
  words, tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE document_search USING fts5(
  title, words, tokenize='unicode61 remove_diacritics 2');
"""


@dataclass(frozen=True)
class EditionReport:
    """What an update changed."""

    edition: int
    tables: dict[str, int]
    """Table to the number of units replaced."""


def connect(path: Path, *, readonly: bool = True) -> sqlite3.Connection:
    """Open an edition; a missing one is an error that says how to make it."""
    if not path.exists():
        message = f"{path.parent} has no edition yet; make it with: firsthand run {path.parent}"
        raise ProjectError(message)
    mode = "ro" if readonly else "rw"
    db = sqlite3.connect(
        f"file:{_quoted(path)}?mode={mode}", uri=True, isolation_level=None, timeout=30
    )
    db.row_factory = sqlite3.Row
    let_read(db)
    return db


def _quoted(path: Path) -> str:
    return path.absolute().as_posix().replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def check_format(db: sqlite3.Connection, path: Path) -> None:
    """Refuse an edition that another version made: its tables are not those that are read here."""
    try:
        found = meta(db).get("format")
    except sqlite3.DatabaseError as error:
        message = f"{path} is not an edition ({error}); make it anew: firsthand run {path.parent}"
        raise ProjectError(message) from error
    if found != str(FORMAT):
        message = (
            f"{path} was made by another version (format {found}, this one reads {FORMAT}); "
            f"make it anew with: firsthand run {path.parent}"
        )
        raise ProjectError(message)


def built_generation(path: Path) -> int | None:
    """Which run the edition was last updated from; None where it must be rebuilt."""
    if not path.exists():
        return None
    try:
        with closing(connect(path)) as db:
            if meta(db).get("format") != str(FORMAT):
                return None
            return int(meta(db)["generation"])
    except (sqlite3.DatabaseError, KeyError, ValueError):
        return None


def meta(db: sqlite3.Connection) -> dict[str, str]:
    """The edition's own facts: format, edition number, generation, versions, settings."""
    return {str(row[0]): str(row[1]) for row in db.execute("SELECT key, value FROM meta")}


def decided(db: sqlite3.Connection) -> int:
    """How many rows of the log of decisions the run that made the edition had read."""
    return int(meta(db).get("judgements", "0"))


def update_edition(
    path: Path, tables: WholeTables, change: Change, facts: dict[str, str], *, fresh: bool = False
) -> EditionReport:
    """Bring the rows of the changed units up to date, in one transaction.

    A missing edition, or a `fresh` one, is built whole from `change` beside the old file and
    renamed into place; aliases of ids that the old file showed are carried over. `facts`
    becomes the edition's meta and must hold `generation`.
    """
    if path.exists() and not fresh:
        with closing(connect(path, readonly=False)) as db:
            db.execute("PRAGMA journal_mode=WAL")
            unpacker = let_read(db)
            return _apply(db, unpacker, tables, change, facts, _before(db, change))
    beside = path.with_name(path.name + ".new")
    for leftover in path.parent.glob(beside.name + "*"):
        leftover.unlink()
    with closing(sqlite3.connect(beside, isolation_level=None)) as db:
        unpacker = let_read(db)
        db.executescript(UNSAFE_WHILE_ALONE + tables_sql())
        db.executemany(
            "INSERT INTO pattern VALUES (?,?)",
            [(table.name, pattern_of(table.record)) for table in EDITION_TABLES],
        )
        for table in EDITION_TABLES:
            if table.many_writers:
                _make_lookups(db, table)
        report = _apply(db, unpacker, tables, change, facts, _carry_over(path, db))
        db.executescript(indexes_sql() + "PRAGMA optimize;")
    with beside.open("rb+") as handle:
        os.fsync(handle.fileno())
    for side in ("-wal", "-shm"):
        path.with_name(path.name + side).unlink(missing_ok=True)
    beside.replace(path)
    return report


@dataclass(frozen=True)
class Before:
    """What the edition before showed, of what this update may change."""

    events: Shown
    findings: changes.Found | None
    """None where there was no edition before: then nothing is called new."""


NOTHING: Final = Before({}, None)
"""Where there was no edition before."""


def _before(db: sqlite3.Connection, change: Change | None) -> Before:
    """What an edition shows of the units that change, or of all."""
    units = None if change is None else {record: change.of(record) for record in changes.WATCHED}
    events = shown_groups(db, None if change is None else change.of(Event))
    return Before(events, changes.found(db, units))


def _carry_over(path: Path, db: sqlite3.Connection) -> Before:
    """Copy what is kept of all editions from an old file; returns what it showed."""
    if not path.exists():
        return NOTHING
    try:
        with closing(connect(path)) as old:
            rows = old.execute("SELECT old_id, new_id, reason, edition FROM alias").fetchall()
            number = meta(old)["edition"]
            shown = Before(shown_groups(old), None)
            db.executemany("INSERT INTO alias VALUES (?,?,?,?)", [tuple(row) for row in rows])
            db.execute("INSERT INTO meta VALUES ('edition', ?)", (number,))
            return _with_findings(old, db, shown)
    except (sqlite3.DatabaseError, KeyError, msgspec.DecodeError):
        return NOTHING


def _with_findings(old: sqlite3.Connection, db: sqlite3.Connection, shown: Before) -> Before:
    """The findings of the old file too; one of an older format has not kept its changes."""
    try:
        kept = old.execute("SELECT edition, tab, id, what, words FROM change").fetchall()
        findings = changes.found(old)
    except sqlite3.DatabaseError:
        return shown
    db.executemany("INSERT INTO change VALUES (?,?,?,?,?)", [tuple(row) for row in kept])
    return Before(shown.events, findings)


UNSAFE_WHILE_ALONE = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
"""For a file that nobody reads yet and that is thrown away when its making is cut short."""


def tables_sql() -> str:
    """The SQL that makes the empty tables of an edition."""
    return (
        FIXED
        + facets.TABLE_SQL
        + BLOCKS_SQL
        + "\n".join(_create(table) for table in EDITION_TABLES)
    )


def indexes_sql() -> str:
    """The SQL that makes the indexes; made after the rows, which is twice as fast."""
    made = "\n".join(_create_indexes(table) for table in EDITION_TABLES)
    return f"{made}\n{facets.INDEXES_SQL}"


def _create(table: EditionTable) -> str:
    columns = "".join(
        f", {column(name)} {_column_type(table.record, name)}" for name in table.columns
    )
    return (
        f"CREATE TABLE {table.name} (key INTEGER PRIMARY KEY, id TEXT NOT NULL, "
        f"unit TEXT NOT NULL{columns}, {BODY_SQL});"
    )


def _create_indexes(table: EditionTable) -> str:
    return "\n".join(
        f"CREATE INDEX {table.name}_{column(name)} ON {table.name} ({column(name)});"
        for name in table.indexed
    )


def _make_lookups(db: sqlite3.Connection, table: EditionTable) -> None:
    """The indexes by which rows are found and replaced, where they are not there yet."""
    name = table.name
    db.execute(f"CREATE UNIQUE INDEX IF NOT EXISTS {name}_id ON {name} (id, unit)")
    db.execute(f"CREATE INDEX IF NOT EXISTS {name}_unit ON {name} (unit)")


def _column_type(record: type[Record], name: str) -> str:
    found: msgspec.inspect.Type = msgspec.inspect.type_info(record)
    for part in name.split("."):
        found = _field_type(found, part)
    if not isinstance(found, msgspec.inspect.NoneType):
        return _sql_type(found)
    message = f"{record.__name__} has no field {name}"
    raise ValueError(message)


def _field_type(info: msgspec.inspect.Type, name: str) -> msgspec.inspect.Type:
    """The type of a field of a record or part; `NoneType` where it has none such."""
    kinds = info.types if isinstance(info, msgspec.inspect.UnionType) else (info,)
    for kind in kinds:
        if name.isdigit() and isinstance(kind, msgspec.inspect.VarTupleType):
            return kind.item_type
        if isinstance(kind, msgspec.inspect.StructType):
            for field in kind.fields:
                if field.name == name:
                    return field.type
    return msgspec.inspect.NoneType()


def _sql_type(info: msgspec.inspect.Type) -> str:
    if isinstance(info, msgspec.inspect.UnionType):
        return next(_sql_type(part) for part in info.types if _sql_type(part) != "NULL")
    kinds = {
        msgspec.inspect.IntType: "INTEGER",
        msgspec.inspect.BoolType: "INTEGER",
        msgspec.inspect.FloatType: "REAL",
        msgspec.inspect.NoneType: "NULL",
    }
    return kinds.get(type(info), "TEXT")


def _apply(
    db: sqlite3.Connection,
    unpacker: Unpacker,
    tables: WholeTables,
    change: Change,
    facts: dict[str, str],
    before: Before,
) -> EditionReport:
    edition = int(meta(db).get("edition", "0")) + 1
    db.execute("BEGIN IMMEDIATE")
    try:
        unpacker.idle = True
        writer = Writer(db, tables)
        counts: dict[str, int] = {}
        for table in EDITION_TABLES:
            units = change.of(*table.changes_with)
            if units:
                counts[table.name] = len(units)
                writer.replace(table, units)
        for table in EDITION_TABLES:
            _make_lookups(db, table)
        if db.execute("SELECT 1 FROM claim_facet LIMIT 1").fetchone() is None:
            facets.fill_all(db)
        else:
            facets.fill(db, change.of(Claim, ResolvedClaim, Document, ClaimLink, Event))
        unpacker.idle = False
        if before != NOTHING:
            _keep_differences(db, before, _before(db, change), edition)
        rows = {**facts, "format": str(FORMAT), "edition": str(edition)}
        db.executemany("INSERT OR REPLACE INTO meta VALUES (?,?)", sorted(rows.items()))
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
    return EditionReport(edition, counts)


def _keep_differences(db: sqlite3.Connection, before: Before, now: Before, edition: int) -> None:
    """Where ids went that were shown before, and what is new, changed or gone."""
    _keep_aliases(db, before.events, now.events, edition)
    if before.findings is not None and now.findings is not None:
        changes.keep(db, before.findings, now.findings, edition)


def _keep_aliases(db: sqlite3.Connection, before: Shown, after: Shown, edition: int) -> None:
    db.executemany(
        "INSERT OR REPLACE INTO alias VALUES (?,?,?,?)",
        ((old, new, reason, edition) for old, new, reason in alias_rows(before, after)),
    )


def summary(db: sqlite3.Connection) -> str:
    """One line that says how many pages, outlets and origins an edition holds."""

    def count(sql: str) -> int:
        return int(db.execute(sql).fetchone()[0])

    pages = count("SELECT count(DISTINCT id) FROM page")
    outlets = count("SELECT count(DISTINCT outlet) FROM document")
    origins = count("SELECT count(DISTINCT id) FROM origin")
    claims = count("SELECT count(*) FROM claim")
    events = count("SELECT count(*) FROM event")
    return f"{pages} pages, {outlets} outlets, {origins} origins, {claims} claims, {events} events"
