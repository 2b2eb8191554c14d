"""Ready tables: some columns of tables kept in one DuckDB file, for updates that ask small questions.

To read a few columns out of thousands of part files takes seconds in a large project. Here they
stand together; before each run only the units that changed are taken over anew. The file is made
of the parts and can be thrown away at any time.
"""

import secrets
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from firsthand.store.index import Index

NAME: Final = "ready.duckdb"
MOST_CHANGED: Final = 0.2
"""Part of the units above which a table is copied anew as a whole."""


class Ready:
    """The file of one project, open in one connection."""

    def __init__(self, db: duckdb.DuckDBPyConnection, index: Index, folder: Path) -> None:
        """Open the file, or make it where there is none that fits the index."""
        self._db = db
        self._index = index
        self._path = folder / NAME
        self._states: dict[str, tuple[int, tuple[str, ...]]] = {}
        """Tables brought up to date: the state of the index they were for, and their columns."""
        if not self._attach():
            self._remove()
            if not self._attach():
                message = f"{self._path} cannot be made"
                raise OSError(message)
        db.execute(
            "CREATE TABLE IF NOT EXISTS ready.main.made "
            "(name VARCHAR PRIMARY KEY, columns VARCHAR, generation BIGINT)"
        )

    def _attach(self) -> bool:
        """Open the file; false where it is damaged or belongs to another index."""
        path = str(self._path).replace("'", "''")
        try:
            self._db.execute(f"ATTACH '{path}' AS ready")
            self._db.execute("CREATE TABLE IF NOT EXISTS ready.main.mark (value VARCHAR)")
            row = self._row("SELECT value FROM ready.main.mark")
            if row is None:
                mark = secrets.token_hex(8)
                self._db.execute("INSERT INTO ready.main.mark VALUES (?)", [mark])
                self._index.set_ready_mark(mark)
                return True
        except duckdb.Error:
            row = None
        if row is not None and row[0] == self._index.ready_mark():
            return True
        self._db.execute("DETACH DATABASE IF EXISTS ready")
        return False

    def _row(self, sql: str, *values: str) -> tuple[object, ...] | None:
        """The first row; all are fetched, so that the connection is free again."""
        rows = self._db.execute(sql, list(values)).fetchall()
        return rows[0] if rows else None

    def _remove(self) -> None:
        for name in (NAME, f"{NAME}.wal"):
            (self._path.parent / name).unlink(missing_ok=True)

    def is_current(self, name: str, columns: Sequence[str]) -> bool:
        """Whether a table holds these columns as of now."""
        state, held = self._states.get(name, (-1, ()))
        return state == self._index.state and set(columns) <= set(held)

    def together(self, name: str, columns: Sequence[str]) -> list[str]:
        """The columns to keep of a table: those that are kept already, and these.

        Stages ask for columns of their own; none takes away what another one needs.
        """
        row = self._row("SELECT columns FROM ready.main.made WHERE name = ?", name)
        held = [] if row is None else str(row[0]).split(",")
        return list(dict.fromkeys([*held, *columns]))

    def changed(self, name: str, columns: Sequence[str]) -> Collection[str] | None:
        """The units to take over anew; None where the whole table is."""
        row = self._row("SELECT columns, generation FROM ready.main.made WHERE name = ?", name)
        if row is None or str(row[0]).split(",") != list(columns):
            return None
        units = self._index.units_since(name, int(str(row[1])))
        return units if len(units) <= MOST_CHANGED * self._index.count(name) else None

    def is_kept(self, name: str, columns: Sequence[str]) -> bool:
        """Whether a table is there and few of its units have to be taken over anew."""
        return self.changed(name, self.together(name, columns)) is not None

    def settle(self) -> None:
        """Note that this run writes nothing more: what is current stays so until the next."""
        current = [name for name in self._states if self.is_current(name, ())]
        for name in current:
            self._db.execute(
                "UPDATE ready.main.made SET generation = ? WHERE name = ?",
                [self._index.generation + 1, name],
            )

    def replace(
        self, name: str, columns: Sequence[str], select: str, units: Collection[str] | None
    ) -> None:
        """Take over what `select` gives, for some units or for all."""
        table = f"ready.main.kept_{name}"
        listed = ", ".join(f'"{column}"' for column in columns)
        db = self._db
        if units is not None and not units:
            self._states[name] = (self._index.state, tuple(columns))
            return
        db.execute("BEGIN")
        try:
            if units is None:
                db.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT {listed} FROM ({select})")
            else:
                db.register("ready_units", pa.table({"unit": pa.array(sorted(units), pa.string())}))
                db.execute(f"DELETE FROM {table} WHERE unit IN (SELECT unit FROM ready_units)")
                db.execute(f"INSERT INTO {table} SELECT {listed} FROM ({select})")
                db.unregister("ready_units")
            db.execute("DELETE FROM ready.main.made WHERE name = ?", [name])
            db.execute(
                "INSERT INTO ready.main.made VALUES (?, ?, ?)",
                [name, ",".join(columns), self._index.generation],
            )
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise
        self._states[name] = (self._index.state, tuple(columns))
