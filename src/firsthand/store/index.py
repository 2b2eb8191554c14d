"""The index of a project's tables: which unit's rows stand in which part, in one SQLite file.

Parts are written first and named in the index in one transaction, so a killed run leaves
parts that nobody names (swept later), never names without parts.
"""

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from firsthand.errors import ProjectError

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS unit (
  stage TEXT NOT NULL, unit TEXT NOT NULL, key TEXT NOT NULL,
  PRIMARY KEY (stage, unit)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS live (
  tbl TEXT NOT NULL, stage TEXT NOT NULL, unit TEXT NOT NULL,
  part TEXT NOT NULL, digest TEXT NOT NULL, generation INTEGER NOT NULL,
  PRIMARY KEY (tbl, stage, unit)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS live_by_unit ON live (tbl, unit);
CREATE INDEX IF NOT EXISTS live_by_stage ON live (stage, unit);
CREATE INDEX IF NOT EXISTS live_by_generation ON live (generation);
CREATE TABLE IF NOT EXISTS gone (
  tbl TEXT NOT NULL, unit TEXT NOT NULL, generation INTEGER NOT NULL,
  PRIMARY KEY (tbl, unit)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS seen (
  stage TEXT NOT NULL, tbl TEXT NOT NULL, unit TEXT NOT NULL, digest TEXT NOT NULL,
  PRIMARY KEY (stage, tbl, unit)) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class Written:
    """Rows of one table and unit that stand in a part."""

    table: str
    unit: str
    part: str
    digest: str


class Index:
    """The index of one project; one writer at a time (the project's lock sees to it)."""

    def __init__(self, path: Path) -> None:
        """Open, or make, the index at `path`."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.generation = 0
        """The number of this run; none has begun as long as it is 0."""
        self.state = 0
        """Raised whenever it may have changed which rows are live."""
        try:
            self.db = sqlite3.connect(path, isolation_level=None)
        except sqlite3.OperationalError as error:
            raise _unwritable(path, error) from error
        try:
            self.db.execute("PRAGMA journal_mode=WAL")
            self.db.execute("PRAGMA synchronous=NORMAL")
            self.db.executescript(SCHEMA)
        except sqlite3.DatabaseError as error:
            self.db.close()
            if isinstance(error, sqlite3.OperationalError):
                raise _unwritable(path, error) from error
            message = f"{path} is not a readable index ({error}); run with --rebuild to remake it"
            raise ProjectError(message) from error

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def begin_generation(self) -> int:
        """Number this run; everything written from now on carries it."""
        with self.db:
            row = self.db.execute("SELECT value FROM meta WHERE key='generation'").fetchone()
            self.generation = int(row[0]) + 1 if row else 1
            self.db.execute(
                "INSERT OR REPLACE INTO meta VALUES ('generation', ?)", (str(self.generation),)
            )
        return self.generation

    def keys(self, stage: str) -> dict[str, str]:
        """Unit to the key its rows were made under."""
        rows = self.db.execute("SELECT unit, key FROM unit WHERE stage=?", (stage,))
        return dict(rows.fetchall())

    def digests(self, table: str) -> dict[str, str]:
        """Unit to the digest of its rows in a table, over all stages that write it."""
        # In the order the rows lie in: several times as quick as by unit first.
        rows = self.db.execute(
            "SELECT unit, digest FROM live WHERE tbl=? ORDER BY stage, unit", (table,)
        )
        found: dict[str, str] = {}
        for unit, digest in rows:
            found[unit] = f"{found[unit]}+{digest}" if unit in found else digest
        return found

    def parts(self, table: str, units: Collection[str] | None = None) -> list[tuple[str, str]]:
        """(part, unit) pairs that are live in a table, of the given units only if named."""
        if units is None:
            rows = self.db.execute("SELECT part, unit FROM live WHERE tbl=?", (table,))
            return rows.fetchall()
        found: list[tuple[str, str]] = []
        ordered = sorted(units)
        for begin in range(0, len(ordered), 500):
            some = ordered[begin : begin + 500]
            marks = ",".join("?" * len(some))
            sql = f"SELECT part, unit FROM live WHERE tbl=? AND unit IN ({marks})"
            found += self.db.execute(sql, (table, *some)).fetchall()
        return found

    def seen(self, stage: str, table: str) -> dict[str, str]:
        """Unit to the digest of the rows that a corpus stage last took in."""
        rows = self.db.execute(
            "SELECT unit, digest FROM seen WHERE stage=? AND tbl=?", (stage, table)
        )
        return dict(rows.fetchall())

    def replace(
        self,
        stage: str,
        keys: Mapping[str, str | None],
        written: Iterable[Written],
        seen: Mapping[str, Mapping[str, str | None]] | None = None,
    ) -> None:
        """Replace all rows of the units named in `keys` (None removes a unit), atomically.

        `seen` is what a corpus stage has now taken in, by table; None forgets a unit.
        """
        self.state += 1
        with self.db:
            self.db.execute("BEGIN IMMEDIATE")
            for unit, key in keys.items():
                self._forget(stage, unit)
                if key is not None:
                    self.db.execute("INSERT INTO unit VALUES (?,?,?)", (stage, unit, key))
            self.db.executemany(
                "INSERT INTO live VALUES (?,?,?,?,?,?)",
                (
                    (row.table, stage, row.unit, row.part, row.digest, self.generation)
                    for row in written
                ),
            )
            for table, units in (seen or {}).items():
                self._note_seen(stage, table, units)

    def _forget(self, stage: str, unit: str) -> None:
        self.db.execute(
            "INSERT OR REPLACE INTO gone SELECT tbl, unit, ? FROM live WHERE stage=? AND unit=?",
            (self.generation, stage, unit),
        )
        self.db.execute("DELETE FROM live WHERE stage=? AND unit=?", (stage, unit))
        self.db.execute("DELETE FROM unit WHERE stage=? AND unit=?", (stage, unit))

    def _note_seen(self, stage: str, table: str, units: Mapping[str, str | None]) -> None:
        self.db.executemany(
            "DELETE FROM seen WHERE stage=? AND tbl=? AND unit=?",
            ((stage, table, unit) for unit, digest in units.items() if digest is None),
        )
        self.db.executemany(
            "INSERT OR REPLACE INTO seen VALUES (?,?,?,?)",
            ((stage, table, unit, digest) for unit, digest in units.items() if digest is not None),
        )

    def changed_since(self, generation: int) -> dict[str, set[str]]:
        """Units by table whose rows were written or removed after a generation."""
        changed: dict[str, set[str]] = {}
        for source in ("live", "gone"):
            sql = f"SELECT tbl, unit FROM {source} WHERE generation > ?"
            for table, unit in self.db.execute(sql, (generation,)):
                changed.setdefault(table, set()).add(unit)
        return changed

    def units_since(self, table: str, generation: int) -> set[str]:
        """Units of one table whose rows were written or removed in a generation or after it."""
        found: set[str] = set()
        for source in ("live", "gone"):
            sql = f"SELECT unit FROM {source} WHERE generation >= ? AND tbl = ?"
            found.update(row[0] for row in self.db.execute(sql, (generation, table)))
        return found

    def count(self, table: str) -> int:
        """How many units have written a table, over all stages that write it."""
        row = self.db.execute("SELECT count(*) FROM live WHERE tbl=?", (table,)).fetchone()
        return int(row[0])

    def ready_mark(self) -> str | None:
        """By which the file of ready tables is known to belong to this index."""
        row = self.db.execute("SELECT value FROM meta WHERE key='ready'").fetchone()
        return str(row[0]) if row else None

    def set_ready_mark(self, mark: str) -> None:
        """Note to which file of ready tables this index belongs."""
        with self.db:
            self.db.execute("INSERT OR REPLACE INTO meta VALUES ('ready', ?)", (mark,))

    def part_names(self) -> set[tuple[str, str]]:
        """Every (table, part) that is in use."""
        return set(self.db.execute("SELECT DISTINCT tbl, part FROM live").fetchall())

    def move(self, table: str, part: str, units: Iterable[tuple[str, str]]) -> None:
        """Point (stage, unit) rows of a table at another part that holds the same rows."""
        self.state += 1
        with self.db:
            self.db.execute("BEGIN IMMEDIATE")
            self.db.executemany(
                "UPDATE live SET part=? WHERE tbl=? AND stage=? AND unit=?",
                ((part, table, stage, unit) for stage, unit in units),
            )

    def stage_key(self, stage: str) -> str | None:
        """The key under which a corpus stage's rows were made."""
        row = self.db.execute("SELECT value FROM meta WHERE key=?", (f"stage {stage}",)).fetchone()
        return str(row[0]) if row else None

    def forget_stage(self, stage: str, key: str) -> None:
        """Remove all rows of a corpus stage and what it took in; it will start from nothing."""
        self.state += 1
        with self.db:
            self.db.execute("BEGIN IMMEDIATE")
            self.db.execute(
                "INSERT OR REPLACE INTO gone SELECT tbl, unit, ? FROM live WHERE stage=?",
                (self.generation, stage),
            )
            for table in ("live", "unit", "seen"):
                self.db.execute(f"DELETE FROM {table} WHERE stage=?", (stage,))
            self.db.execute("INSERT OR REPLACE INTO meta VALUES (?,?)", (f"stage {stage}", key))

    def at_work(self) -> str | None:
        """At whose pages a run was when its process died; None where it ended by itself."""
        row = self.db.execute("SELECT value FROM meta WHERE key='at work'").fetchone()
        return str(row[0]) if row else None

    def set_at_work(self, label: str | None) -> None:
        """Note what is worked on, or that the work has ended."""
        with self.db:
            self.db.execute("DELETE FROM meta WHERE key='at work'")
            if label is not None:
                self.db.execute("INSERT INTO meta VALUES ('at work', ?)", (label,))

    def tables(self) -> list[str]:
        """Names of all tables with rows."""
        return [row[0] for row in self.db.execute("SELECT DISTINCT tbl FROM live ORDER BY tbl")]

    def small_parts(self, table: str, units: int) -> dict[str, list[tuple[str, str]]]:
        """Parts of a table with fewer live units than told, with their (stage, unit) rows."""
        few = "SELECT part FROM live WHERE tbl=? GROUP BY part HAVING count(*) < ?"
        sql = f"SELECT part, stage, unit FROM live WHERE tbl=? AND part IN ({few})"
        found: dict[str, list[tuple[str, str]]] = {}
        for part, stage, unit in self.db.execute(sql, (table, table, units)):
            found.setdefault(part, []).append((stage, unit))
        return found

    def files_when_joined(self) -> int:
        """How many part files there were when small ones were last looked for."""
        row = self.db.execute("SELECT value FROM meta WHERE key='files when joined'").fetchone()
        return int(row[0]) if row else 0

    def set_files_when_joined(self, files: int) -> None:
        """Note how many part files there are now."""
        with self.db:
            sql = "INSERT OR REPLACE INTO meta VALUES ('files when joined', ?)"
            self.db.execute(sql, (str(files),))


def _unwritable(path: Path, error: sqlite3.Error) -> ProjectError:
    message = (
        f"{path} cannot be written ({error}); free some space or fix its permissions, then re-run"
    )
    return ProjectError(message)
