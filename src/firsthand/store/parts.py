"""Parts: the Parquet files that tables are kept in, each whole, immutable and self-describing."""

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
from firsthand.model.table import from_arrow, group_rows, table_name, to_arrow
from firsthand.store.files import write_whole
from firsthand.store.index import Written

R = TypeVar("R", bound=Record)


def rows_digest(rows: Sequence[Record]) -> str:
    """Digest of rows as they stand; rows that encode alike are alike."""
    state = xxhash.xxh3_128()
    for row in rows:
        state.update(msgspec.json.encode(row))
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
        digests = {unit: rows_digest(units[unit]) for unit in ordered}
        name = xxhash.xxh3_128_hexdigest(
            "\n".join([stage, *(f"{unit} {digests[unit]}" for unit in ordered)]).encode()
        )
        rows = [row for unit in ordered for row in units[unit]]
        owner = [unit for unit in ordered for _ in units[unit]]
        arrow = to_arrow(record, rows)
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
        pq.write_table(arrow, sink, compression="zstd", row_group_size=65_536)
        write_whole(target, sink.getvalue().to_pybytes())

    def read_arrow(self, table: str, part: str) -> pa.Table:
        """One part as columns."""
        path = self.path(table, part)
        try:
            return pq.read_table(path, partitioning=None)
        except (OSError, pa.ArrowInvalid) as error:
            message = f"{path} cannot be read ({error}); run with --rebuild to remake the tables"
            raise ProjectError(message) from error

    def read(
        self, record: type[R], live: Collection[tuple[str, str]]
    ) -> Iterator[tuple[str, list[R]]]:
        """(unit, rows) for the (part, unit) pairs named, part by part."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for part, unit in live:
            wanted[part].add(unit)
        table = table_name(record)
        for part in sorted(wanted):
            yield from self._read_part(record, self.read_arrow(table, part), wanted[part])

    def _read_part(
        self, record: type[R], arrow: pa.Table, units: set[str]
    ) -> Iterator[tuple[str, list[R]]]:
        owners = [str(unit) for unit in arrow.column("unit").to_pylist()]
        if not units.issuperset(owners):
            arrow = arrow.filter(pa.array([owner in units for owner in owners], pa.bool_()))
            owners = [owner for owner in owners if owner in units]
        rows = from_arrow(record, arrow)
        begin = 0
        for end in range(1, len(owners) + 1):
            if end == len(owners) or owners[end] != owners[begin]:
                yield owners[begin], rows[begin:end]
                begin = end

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
