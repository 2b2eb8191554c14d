"""Tables on disk: live rows by unit, and plain SQL over Parquet through DuckDB."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import duckdb
import pyarrow as pa

from firsthand.model.record import Record
from firsthand.model.table import schema_of, table_name
from firsthand.stage import Encoded
from firsthand.store.index import Index
from firsthand.store.parts import Parts
from firsthand.store.ready import Ready

R = TypeVar("R", bound=Record)

MEMORY_LIMIT = "3GB"
"""What DuckDB may hold before it spills to disk; leaves room for the workers on a laptop."""

WORD = re.compile(r"[a-z_]+")


def run_sql(db: duckdb.DuckDBPyConnection, sql: str) -> pa.Table:
    """The rows of one SELECT as columns."""
    found: pa.Table | None = db.sql(sql).to_arrow_table()
    if found is None:
        message = f"not a query: {sql[:80]}"
        raise ValueError(message)
    return found


class DiskTables:
    """The `Tables` port over a project's parts."""

    def __init__(
        self, index: Index, parts: Parts, records: Collection[type[Record]], scratch: Path
    ) -> None:
        """Tables of the record types given; DuckDB spills into `scratch`."""
        self._index = index
        self._parts = parts
        self._records = {table_name(record): record for record in records}
        self._scratch = scratch
        self._db: duckdb.DuckDBPyConnection | None = None
        self._ready: Ready | None = None
        self._views: dict[str, int] = {}
        """Tables that have a view, and the state of the index it was made for."""

    def rows(self, record: type[R], units: Collection[str] | None = None) -> list[R]:
        """Live rows of a type, of the given units only if named, ordered by unit."""
        live = self._index.parts(table_name(record), units)
        found: dict[str, list[R]] = defaultdict(list)
        for unit, some in self._parts.read(record, live):
            found[unit] += some
        return [row for unit in sorted(found) for row in found[unit]]

    def by_unit(self, record: type[R], units: Collection[str]) -> dict[str, Sequence[R]]:
        """Live rows of the given units, by unit."""
        found: dict[str, list[R]] = defaultdict(list)
        for unit, some in self._parts.read(record, self._index.parts(table_name(record), units)):
            found[unit] += some
        return {unit: found[unit] for unit in found}

    def encoded(
        self, record: type[Record], units: Collection[str], columns: Sequence[str]
    ) -> Iterator[Encoded]:
        """Live rows of the given units as JSON, with some plain columns, a unit at a time."""
        live = self._index.parts(table_name(record), units)
        return self._parts.read_encoded(record, live, columns)

    def values(
        self, record: type[Record], units: Collection[str], column: str
    ) -> Iterator[tuple[str, Sequence[object]]]:
        """One plain column of the live rows of the given units, a unit at a time."""
        live = self._index.parts(table_name(record), units)
        return self._parts.read_column(record, live, column)

    def units(self, record: type[Record]) -> Collection[str]:
        """The units that have written this table."""
        return self._index.digests(table_name(record)).keys()

    def query(self, sql: str, **tables: pa.Table) -> pa.Table:
        """Run one SQL statement over the record tables it names and the Arrow tables given."""
        db = self._connection()
        for name in sorted(set(WORD.findall(sql)) & self._records.keys() - tables.keys()):
            if self._views.get(name) != self._index.state:
                self._make_view(db, name)
                self._views[name] = self._index.state
        for name, table in tables.items():
            db.register(name, table)
        try:
            return run_sql(db, sql)
        finally:
            for name in tables:
                db.unregister(name)

    def _connection(self) -> duckdb.DuckDBPyConnection:
        if self._db is None:
            self._scratch.mkdir(parents=True, exist_ok=True)
            self._db = duckdb.connect(
                config={
                    "memory_limit": MEMORY_LIMIT,
                    "temp_directory": str(self._scratch),
                    "autoinstall_known_extensions": "false",
                    "autoload_known_extensions": "false",
                    "preserve_insertion_order": "false",
                }
            )
        return self._db

    def ready(self, record: type[Record], columns: Sequence[str]) -> str:
        """The name under which `query` finds some columns of a table, ready for small questions."""
        name = table_name(record)
        if not self._index.generation:  # nobody writes here: the tables as they are do
            return name
        db, ready = self._connection(), self._ready_tables()
        if not ready.is_current(name, columns):
            columns = ready.together(name, columns)
            units = ready.changed(name, columns)
            select = self._select(db, name, f"ready_{name}", units)
            ready.replace(name, columns, select, units)
            db.unregister(f"ready_{name}")
        return f"ready.main.kept_{name}"

    def keep_ready(self, columns: Mapping[type[Record], Sequence[str]]) -> None:
        """Make the ready tables that the next run would have to make as a whole."""
        ready = self._ready_tables()
        for record, named in columns.items():
            if not ready.is_kept(table_name(record), named):
                self.ready(record, named)
        ready.settle()

    def _ready_tables(self) -> Ready:
        if self._ready is None:
            self._ready = Ready(self._connection(), self._index, self._parts.folder)
        return self._ready

    def _make_view(self, db: duckdb.DuckDBPyConnection, name: str) -> None:
        select = self._select(db, name, f"live_{name}", None)
        db.execute(f"CREATE OR REPLACE VIEW memory.main.{name} AS {select}")

    def _select(
        self, db: duckdb.DuckDBPyConnection, name: str, given: str, units: Collection[str] | None
    ) -> str:
        """A statement for the live rows of a table; what it needs is registered as `given`."""
        live = self._index.parts(name, units)
        if not live:
            empty = schema_of(self._records[name]).append(pa.field("unit", pa.string()))
            db.register(given, empty.empty_table())
            return f'SELECT * FROM "{given}"'
        paths = [str(self._parts.path(name, part)) for part in sorted({part for part, _ in live})]
        pairs = pa.table({"part": [part for part, _ in live], "unit": [unit for _, unit in live]})
        db.register(given, pairs)
        listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
        return (
            f"SELECT rows.* EXCLUDE (filename, written_by) "
            f"FROM read_parquet([{listed}], filename=true) AS rows "
            f'SEMI JOIN "{given}" AS live '
            f"ON rows.unit = live.unit AND parse_filename(rows.filename, true) = live.part"
        )

    def close(self) -> None:
        """Let go of DuckDB."""
        if self._db is not None:
            self._db.close()
            self._db = None
            self._ready = None
            self._views = {}
