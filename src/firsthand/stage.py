"""What a stage is: a name, a version, the records it reads and writes, and one function.

A RECORD stage is a pure function of one page's rows; any engine may split its input.
A CORPUS stage has a per-page `prepare` (same rules) and an `update`, which takes what changed
and the tables as they stand and returns what to replace. A full run *is* an update from
nothing, so the two cannot drift apart; the law that both give the same rows is tested.
An IO stage (capture, publish) is run by the pipeline itself.
"""

import enum
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeAlias, TypeVar

import pyarrow as pa

from firsthand.config import Settings
from firsthand.model.record import Record
from firsthand.model.table import table_name

R = TypeVar("R", bound=Record)

NAMED_TABLE: Final = re.compile(r"\b(FROM|JOIN) ([a-z_]+)")

Unit: TypeAlias = str
"""What rows are kept and replaced by: a page id, or for corpus output a group's id."""


class Scope(enum.Enum):
    """How much of the pile a stage must see at once."""

    IO = "io"
    RECORD = "record"
    CORPUS = "corpus"


class Rows:
    """The rows of one page, by record type."""

    __slots__ = ("_rows", "unit")

    def __init__(self, unit: Unit, rows: Mapping[type[Record], Sequence[Record]]) -> None:
        """Rows of the page `unit`."""
        self.unit = unit
        self._rows = rows

    def of(self, record: type[R]) -> tuple[R, ...]:
        """All rows of one type, in the order they were written; empty where there are none."""
        return tuple(self._rows.get(record, ()))  # type: ignore[arg-type]  # rows are kept under their own type

    def one(self, record: type[R]) -> R:
        """The single row of one type; a `LookupError` where there is none or more than one."""
        rows = self.of(record)
        if len(rows) != 1:
            message = f"page {self.unit} has {len(rows)} rows of {record.__name__}, expected 1"
            raise LookupError(message)
        return rows[0]


@dataclass(frozen=True)
class ProjectFile:
    """A table that the project's users edit (actors, gazetteer), handed to stages as bytes."""

    name: str
    sha256: str
    content: bytes


@dataclass(frozen=True)
class Context:
    """What a stage may know besides its rows: settings and the project's own tables."""

    settings: Settings
    project_files: Mapping[str, ProjectFile] = field(default_factory=dict)

    def project_file(self, name: str) -> bytes | None:
        """The project's own table of that name ("actors.tsv", "gazetteer.csv"), or None."""
        found = self.project_files.get(name)
        return None if found is None else found.content


@dataclass(frozen=True, slots=True)
class Encoded:
    """The rows of one unit as JSON, with the values of some of their plain columns."""

    unit: Unit
    rows: Sequence[bytes]
    columns: tuple[Sequence[object], ...]
    """Values by column, in the order of the rows."""


class Tables(Protocol):
    """The tables as they stand, for corpus stages; implemented on disk and in memory."""

    def rows(self, record: type[R], units: Collection[Unit] | None = None) -> list[R]:
        """Live rows of a type, of the given units only if named, ordered by unit."""

    def by_unit(self, record: type[R], units: Collection[Unit]) -> Mapping[Unit, Sequence[R]]:
        """Live rows of the given units, by unit; units without rows are left out."""

    def query(self, sql: str, **tables: pa.Table) -> pa.Table:
        """Run one plain SQL statement.

        Every record table is there under its snake-case name with a further column `unit`;
        `tables` adds Arrow tables by name. Keep to the subset that DuckDB and Spark share.
        """

    def ready(self, record: type[Record], columns: Sequence[str]) -> str:
        """The name by which `query` finds some columns of a table, ready for small questions.

        Columns asked for once are kept together from run to run and brought up to date by unit;
        the name holds until rows are replaced. For statements over all rows the table itself does.
        """

    def units(self, record: type[Record]) -> Collection[Unit]:
        """The units that have written this table."""


class AtHand:
    """The `Tables` port over another one, with some columns of some tables kept ready.

    The rows must not change while it is in use. Statements may name only those columns of these
    tables, unless they give such a table themselves.
    """

    def __init__(self, tables: Tables, columns: Mapping[type[Record], str]) -> None:
        """Over the tables of a known pile; columns are named with spaces between them."""
        self._tables = tables
        self._columns = {
            table_name(record): (record, columns[record].split()) for record in columns
        }

    def rows(self, record: type[R], units: Collection[str] | None = None) -> list[R]:
        """Live rows of a type, of the given units only if named, ordered by unit."""
        return self._tables.rows(record, units)

    def by_unit(self, record: type[R], units: Collection[str]) -> Mapping[str, Sequence[R]]:
        """Live rows of the given units, by unit."""
        return self._tables.by_unit(record, units)

    def units(self, record: type[Record]) -> Collection[str]:
        """The units that have written this table."""
        return self._tables.units(record)

    def ready(self, record: type[Record], columns: Sequence[str]) -> str:
        """The name by which `query` finds some columns of a table."""
        return self._tables.ready(record, columns)

    def query(self, sql: str, **tables: pa.Table) -> pa.Table:
        """Run one SQL statement."""

        def name_of(match: re.Match[str]) -> str:
            before, name = match.groups()
            if name in tables or name not in self._columns:
                return match[0]
            return f"{before} {self._tables.ready(*self._columns[name])}"

        return self._tables.query(NAMED_TABLE.sub(name_of, sql), **tables)


class WholeTables(Tables, Protocol):
    """Tables that also give rows as they are kept, for an edition; no record is made of them."""

    def encoded(
        self, record: type[Record], units: Collection[Unit], columns: Sequence[str]
    ) -> Iterator[Encoded]:
        """Live rows of the given units as JSON, with some plain columns, a unit at a time."""

    def values(
        self, record: type[Record], units: Collection[Unit], column: str
    ) -> Iterator[tuple[Unit, Sequence[object]]]:
        """One plain column of the live rows of the given units, a unit at a time."""


@dataclass(frozen=True)
class Change:
    """Which units of which tables differ from what the stage saw last (new, changed or gone)."""

    units: Mapping[type[Record], frozenset[Unit]]

    def of(self, *records: type[Record]) -> frozenset[Unit]:
        """The changed units of these tables together."""
        return frozenset().union(*(self.units.get(record, frozenset()) for record in records))


@dataclass(frozen=True)
class Delta:
    """What a corpus stage replaces: rows by unit; a unit with no rows is removed."""

    units: Mapping[Unit, Sequence[Record]]
    later: Iterable[Mapping[Unit, Sequence[Record]]] = ()
    """More of the same, made as it is asked for, so that a large pile is never held whole; no
    unit comes twice."""

    def portions(self) -> Iterator[Mapping[Unit, Sequence[Record]]]:
        """All units, some at a time."""
        yield self.units
        yield from self.later


RecordFunction: TypeAlias = Callable[[Rows, Context], Iterable[Record]]
UpdateFunction: TypeAlias = Callable[[Tables, Change, Context], Delta]


@dataclass(frozen=True)
class Stage:
    """One of the eight stages; see the module's docstring for what each field means."""

    name: str
    version: int
    scope: Scope
    reads: tuple[type[Record], ...] = ()
    writes: tuple[type[Record], ...] = ()
    run: RecordFunction | None = None
    prepares: tuple[type[Record], ...] = ()
    """Tables written by a corpus stage's per-page `run`, before `update`."""
    prepare_reads: tuple[type[Record], ...] = ()
    update: UpdateFunction | None = None
    at_hand: Mapping[type[Record], str] = field(default_factory=dict)
    """Columns that its updates ask for again and again, which the store keeps ready."""
    resources: tuple[str, ...] = ()
    """Packaged resources whose digests belong to this stage's cache keys."""
    project_files: tuple[str, ...] = ()
    """The project's own tables that this stage uses."""
