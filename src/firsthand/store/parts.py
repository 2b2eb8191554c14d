"""Parts: the Parquet files that tables are kept in, each whole, immutable and self-describing."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import xxhash

from firsthand.errors import ProjectError
from firsthand.model.record import Record
from firsthand.model.table import (
    WHOLE,
    from_arrow,
    group_rows,
    has_parts,
    schema_of,
    table_name,
    to_arrow,
    whole_rows,
)
from firsthand.stage import Encoded
from firsthand.store.files import write_whole
from firsthand.store.index import Written

R = TypeVar("R", bound=Record)


GROUP_ROWS = 1_024
"""Rows that are read together: a few pages' rows are found without a look at the whole part."""
FORMAT = 2
"""Version of the layout of parts; rows in parts of another one are made anew."""


def rows_digest(rows: Iterable[Record]) -> str:
    """Digest of rows as they stand; rows that encode alike are alike."""
    return _digest(msgspec.json.encode(row) for row in rows)


def _digest(encoded: Iterable[bytes]) -> str:
    state = xxhash.xxh3_128()
    for row in encoded:
        state.update(row)
    return state.hexdigest()


class Parts:
    """The part files of one project, `tables/<table>/<part>.parquet`."""

    def __init__(self, folder: Path) -> None:
        """Parts kept under `folder`."""
        self.folder = folder

    def path(self, table: str, part: str) -> Path:
        """Where a part lies."""
        return self.folder / table / f"{part}.parquet"

    def write(self, stage: str, units: Mapping[str, Iterable[Record]]) -> list[Written]:
        """Write the rows of several units, one part a table, and say what stands where."""
        by_table: dict[type[Record], dict[str, list[Record]]] = defaultdict(dict)
        for unit, rows in units.items():
            for record, some in group_rows(rows).items():
                by_table[record][unit] = some
        written: list[Written] = []
        for record in sorted(by_table, key=lambda kind: kind.__name__):
            written += self._write_table(stage, record, by_table[record])
        return written

    def _write_table(
        self, stage: str, record: type[Record], units: Mapping[str, list[Record]]
    ) -> list[Written]:
        table = table_name(record)
        ordered = sorted(units)
        encoded = {unit: [msgspec.json.encode(row) for row in units[unit]] for unit in ordered}
        digests = {unit: _digest(encoded[unit]) for unit in ordered}
        name = xxhash.xxh3_128_hexdigest(
            "\n".join([stage, *(f"{unit} {digests[unit]}" for unit in ordered)]).encode()
        )
        rows = [row for unit in ordered for row in units[unit]]
        owner = [unit for unit in ordered for _ in units[unit]]
        arrow = to_arrow(record, rows, [row for unit in ordered for row in encoded[unit]])
        arrow = arrow.append_column("unit", pa.array(owner, pa.string()))
        arrow = arrow.append_column("written_by", pa.array([stage] * len(owner), pa.string()))
        self.write_arrow(table, name, arrow)
        return [
            Written(table=table, unit=unit, part=name, digest=digests[unit]) for unit in ordered
        ]

    def write_arrow(self, table: str, name: str, arrow: pa.Table) -> None:
        """Write one part from columns; a part of that name already there is left alone."""
        target = self.path(table, name)
        if target.exists():
            return
        sink = pa.BufferOutputStream()
        pq.write_table(
            arrow,
            sink,
            compression="zstd",
            compression_level=3,
            row_group_size=GROUP_ROWS,
            # A dictionary of whole rows would only be looked through in vain.
            use_dictionary=[name for name in arrow.column_names if name != WHOLE],  # type: ignore[arg-type]  # the stub lacks the list form
        )
        write_whole(target, sink.getvalue().to_pybytes())

    def read_arrow(
        self,
        table: str,
        part: str,
        columns: list[str] | None = None,
        units: Collection[str] | None = None,
    ) -> pa.Table:
        """One part as columns, all of them unless named.

        With `units` given, rows of others may be left out.
        """
        path = self.path(table, part)
        try:
            with pq.ParquetFile(path) as file:
                groups = None if units is None else _groups_with(file.metadata, units)
                if groups is None:
                    return file.read(columns=columns)
                # Few rows are read sooner by one thread than several are woken.
                return file.read_row_groups(groups, columns=columns, use_threads=False)
        except (OSError, pa.ArrowInvalid) as error:
            message = f"{path} cannot be read ({error}); run with --rebuild to remake the tables"
            raise ProjectError(message) from error

    def read(
        self, record: type[R], live: Collection[tuple[str, str]]
    ) -> Iterator[tuple[str, list[R]]]:
        """(unit, rows) for the (part, unit) pairs named, part by part."""
        columns = [WHOLE] if has_parts(record) else schema_of(record).names
        for owners, arrow in self._pieces(table_name(record), live, columns):
            rows = from_arrow(record, arrow)
            for begin, end in runs(owners):
                yield owners[begin], rows[begin:end]

    def read_encoded(
        self, record: type[Record], live: Collection[tuple[str, str]], columns: Sequence[str]
    ) -> Iterator[Encoded]:
        """The rows of the (part, unit) pairs named as JSON, with the values of some columns."""
        whole = [WHOLE] if has_parts(record) else schema_of(record).names
        needed = list(dict.fromkeys([*columns, *whole]))
        for owners, arrow in self._pieces(table_name(record), live, needed):
            if has_parts(record):
                rows = whole_rows(arrow)
            else:
                rows = [msgspec.json.encode(row) for row in from_arrow(record, arrow)]
            values = [arrow.column(name).to_pylist() for name in columns]
            for begin, end in runs(owners):
                yield Encoded(
                    unit=owners[begin],
                    rows=rows[begin:end],
                    columns=tuple(column[begin:end] for column in values),
                )

    def read_column(
        self, record: type[Record], live: Collection[tuple[str, str]], column: str
    ) -> Iterator[tuple[str, list[object]]]:
        """(unit, values of one column) for the (part, unit) pairs named."""
        for owners, arrow in self._pieces(table_name(record), live, [column]):
            values = arrow.column(column).to_pylist()
            for begin, end in runs(owners):
                yield owners[begin], values[begin:end]

    def _pieces(
        self, table: str, live: Collection[tuple[str, str]], columns: list[str]
    ) -> Iterator[tuple[list[str], pa.Table]]:
        """The unit of each row, and the rows, of the pairs named; part by part."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for part, unit in live:
            wanted[part].add(unit)
        for part in sorted(wanted):
            arrow = self.read_arrow(table, part, [*columns, "unit"], wanted[part])
            owners = [str(unit) for unit in arrow.column("unit").to_pylist()]
            units = wanted[part]
            if not units.issuperset(owners):
                arrow = arrow.filter(pa.array([owner in units for owner in owners], pa.bool_()))
                owners = [owner for owner in owners if owner in units]
            yield owners, arrow

    def join(
        self, table: str, parts: Mapping[str, Sequence[tuple[str, str]]]
    ) -> tuple[str, list[tuple[str, str]]]:
        """Join parts into one, live (stage, unit) rows only; returns its name and those rows."""
        pieces: list[pa.Table] = []
        moved: list[tuple[str, str]] = []
        for part in sorted(parts):
            arrow = self.read_arrow(table, part)
            live = frozenset(parts[part])
            owners = zip(
                arrow.column("written_by").to_pylist(),
                arrow.column("unit").to_pylist(),
                strict=True,
            )
            pieces.append(arrow.filter(pa.array([owner in live for owner in owners], pa.bool_())))
            moved += parts[part]
        name = xxhash.xxh3_128_hexdigest("\n".join(["joined", *sorted(parts)]).encode())
        self.write_arrow(table, name, pa.concat_tables(pieces))
        return name, moved


def _groups_with(metadata: pq.FileMetaData, units: Collection[str]) -> list[int] | None:
    """The groups of rows that may hold rows of some units; None where all may."""
    if len(units) >= metadata.num_rows:
        return None
    if metadata.num_row_groups < 2:
        return list(range(metadata.num_row_groups))
    names = [metadata.schema.column(at).path for at in range(metadata.num_columns)]
    at, ordered = names.index("unit"), sorted(units)
    found: list[int] = []
    for number in range(metadata.num_row_groups):
        known = metadata.row_group(number).column(at).statistics
        if known is None or not known.has_min_max:
            return None
        first = bisect_left(ordered, str(known.min))
        if first < len(ordered) and ordered[first] <= str(known.max):
            found.append(number)
    return found


def runs(owners: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where each run of equal owners begins and ends."""
    begin = 0
    for end in range(1, len(owners) + 1):
        if end == len(owners) or owners[end] != owners[begin]:
            yield begin, end
            begin = end
