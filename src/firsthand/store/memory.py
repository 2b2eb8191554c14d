"""Tables in memory: the same port as on disk, for single texts and for tests."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import duckdb
import msgspec
import pyarrow as pa

from firsthand.model.record import Record
from firsthand.model.table import schema_of, table_name, to_arrow
from firsthand.stage import Encoded
from firsthand.store.tables import WORD, run_sql

R = TypeVar("R", bound=Record)


class MemoryTables:
    """The `Tables` port over rows held in memory."""

    def __init__(self, records: Collection[type[Record]]) -> None:
        """Empty tables of the record types given."""
        self._records = {table_name(record): record for record in records}
        self._rows: dict[str, dict[str, dict[str, list[Record]]]] = defaultdict(
            lambda: defaultdict(dict)
        )
        self._db: duckdb.DuckDBPyConnection | None = None
        self._known: dict[type[Record], pa.Table] = {}
        """Tables as columns, once asked for, until rows are replaced."""

    def replace(self, stage: str, units: Mapping[str, Iterable[Record]]) -> None:
        """Replace all rows that a stage keeps under these units."""
        self._known.clear()
        for unit, rows in units.items():
            for by_stage in self._rows.values():
                by_stage[stage].pop(unit, None)
            for row in rows:
                self._rows[table_name(type(row))][stage].setdefault(unit, []).append(row)

    def by_unit(
        self, record: type[R], units: Collection[str] | None = None
    ) -> dict[str, Sequence[R]]:
        """Rows by unit, of all stages that write the table."""
        found: dict[str, list[R]] = defaultdict(list)
        for stage in sorted(self._rows[table_name(record)]):
            for unit, rows in self._rows[table_name(record)][stage].items():
                if units is None or unit in units:
                    found[unit] += rows  # type: ignore[arg-type]  # rows are kept under their own type
        return {unit: found[unit] for unit in found}

    def rows(self, record: type[R], units: Collection[str] | None = None) -> list[R]:
        """Rows of a type, of the given units only if named, ordered by unit."""
        found = self.by_unit(record, units)
        return [row for unit in sorted(found) for row in found[unit]]

    def encoded(
        self, record: type[Record], units: Collection[str], columns: Sequence[str]
    ) -> Iterator[Encoded]:
        """Rows of the given units as JSON, with some plain columns, a unit at a time."""
        for unit, rows in self.by_unit(record, units).items():
            yield Encoded(
                unit=unit,
                rows=[msgspec.json.encode(row) for row in rows],
                columns=tuple([getattr(row, name) for row in rows] for name in columns),
            )

    def values(
        self, record: type[Record], units: Collection[str], column: str
    ) -> Iterator[tuple[str, Sequence[object]]]:
        """One plain column of the rows of the given units, a unit at a time."""
        for unit, rows in self.by_unit(record, units).items():
            yield unit, [getattr(row, column) for row in rows]

    def units(self, record: type[Record]) -> Collection[str]:
        """The units that have written this table."""
        return self.by_unit(record).keys()

    def query(self, sql: str, **tables: pa.Table) -> pa.Table:
        """Run one SQL statement over the record tables it names and the Arrow tables given."""
        if self._db is None:
            self._db = duckdb.connect(config={"threads": 1})
        named = set(WORD.findall(sql)) & self._records.keys() - tables.keys()
        given = {name: self._arrow(self._records[name]) for name in sorted(named)} | tables
        for name, table in given.items():
            self._db.register(name, table)
        try:
            return run_sql(self._db, sql)
        finally:
            for name in given:
                self._db.unregister(name)

    def ready(self, record: type[Record], columns: Sequence[str]) -> str:  # noqa: ARG002 - all columns are at hand
        """The name under which `query` finds some columns of a table."""
        return table_name(record)

    def _arrow(self, record: type[Record]) -> pa.Table:
        if record not in self._known:
            self._known[record] = self._made(record)
        return self._known[record]

    def _made(self, record: type[Record]) -> pa.Table:
        found = self.by_unit(record)
        rows = [(unit, row) for unit in sorted(found) for row in found[unit]]
        if not rows:
            return schema_of(record).append(pa.field("unit", pa.string())).empty_table()
        arrow = to_arrow(record, [row for _, row in rows])
        return arrow.append_column("unit", pa.array([unit for unit, _ in rows], pa.string()))
