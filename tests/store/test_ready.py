"""Ready tables: they hold what the tables hold, from run to run, whatever becomes of their file."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from firsthand.model.lineage import Passage
from firsthand.model.record import Record
from firsthand.store.index import Index
from firsthand.store.parts import GROUP_ROWS, Parts
from firsthand.store.ready import NAME, Ready
from firsthand.store.tables import DiskTables

COLUMNS = ("unit", "passage_id", "shared_words")


def passage(name: str, words: int) -> Passage:
    return Passage(
        passage_id=name, document_a="d1", document_b="d2", page_a="p1", page_b="p2", a_start=0,
        a_end=9, b_start=0, b_end=9, shared_words=words, kind="copy",
    )  # fmt: skip


class Folder:
    """A project's tables, opened anew for each run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.open()

    def open(self) -> None:
        self.index = Index(self.folder / "tables" / "index.sqlite")
        self.index.begin_generation()
        self.parts = Parts(self.folder / "tables")
        self.tables = DiskTables(self.index, self.parts, [Passage], self.folder / "scratch")

    def close(self) -> None:
        self.tables.close()
        self.index.close()

    def write(self, stage: str, units: dict[str, list[Record]]) -> None:
        written = self.parts.write(stage, {unit: rows for unit, rows in units.items() if rows})
        keys = {unit: "key" if rows else None for unit, rows in units.items()}
        self.index.replace(stage, keys, written)

    def same(self) -> bool:
        """Whether the ready table and the table itself hold the same rows."""
        listed = ", ".join(COLUMNS)
        sql = f"SELECT {listed} FROM {{}} ORDER BY ALL"
        ready = self.tables.query(sql.format(self.tables.ready(Passage, COLUMNS)))
        return ready.to_pylist() == self.tables.query(sql.format("passage")).to_pylist()


@pytest.fixture
def filled(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    made.write("trace", {f"u{n}": [passage(f"x{n}", n)] for n in range(20)})
    made.write("link", {"u3": [passage("y3", 3)]})
    return made


def test_ready_rows_follow_what_is_written_and_removed(filled: Folder) -> None:
    assert filled.same()
    filled.write("trace", {"u1": [passage("new", 7), passage("more", 8)], "u2": [], "u3": []})
    assert filled.same()
    filled.close()
    filled.open()
    filled.write("trace", {"u4": [], "u99": [passage("z", 1)]})
    assert filled.same()
    filled.index.forget_stage("trace", "other")
    assert filled.same()
    filled.close()


def test_rows_changed_while_nobody_asked_are_taken_over(filled: Folder) -> None:
    assert filled.same()
    for number in range(3):
        filled.close()
        filled.open()
        filled.write("trace", {f"u{number}": [passage(f"late{number}", number)]})
    assert filled.same()
    filled.close()


def test_what_is_kept_at_the_end_of_a_run_is_only_added_to_in_the_next(
    filled: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.tables.keep_ready({Passage: COLUMNS})
    filled.close()
    filled.open()
    filled.write("trace", {"u1": [passage("new", 7)]})
    taken: list[object] = []
    replace = Ready.replace

    def noting(self: Ready, name: str, columns: Any, select: str, units: Any) -> None:
        taken.append(units)
        replace(self, name, columns, select, units)

    monkeypatch.setattr(Ready, "replace", noting)
    assert filled.same()
    assert taken == [{"u1"}]
    filled.close()


@pytest.mark.parametrize("harm", ["damaged", "foreign", "gone"])
def test_a_file_that_does_not_fit_is_made_anew(filled: Folder, tmp_path: Path, harm: str) -> None:
    assert filled.same()
    filled.close()
    path = tmp_path / "tables" / NAME
    assert path.exists()
    if harm == "damaged":
        path.write_bytes(b"junk" * 5_000)
    elif harm == "foreign":
        (tmp_path / "tables" / "index.sqlite").unlink()
    else:
        path.unlink()
    filled.open()
    filled.write("trace", {"u1": [passage("again", 1)]})
    assert filled.same()
    filled.close()


def test_rows_of_few_units_are_read_from_their_groups_alone(tmp_path: Path) -> None:
    made = Folder(tmp_path)
    count = 4 * GROUP_ROWS
    made.write("trace", {f"u{n:06}": [passage(f"x{n}", n)] for n in range(count)})
    ((part, _), *_) = made.index.parts("passage", {"u000001"})
    some = made.parts.read_arrow("passage", part, ["passage_id", "unit"], {"u000001"})
    assert some.num_rows == GROUP_ROWS
    wanted = {"u000001", f"u{count - 1:06}", "u-none"}
    assert [row.shared_words for row in made.tables.rows(Passage, wanted)] == [1, count - 1]
    assert isinstance(some, pa.Table)
    made.close()


def test_columns_that_another_stage_asked_for_are_kept(filled: Folder) -> None:
    assert filled.same()
    filled.tables.ready(Passage, ("unit", "kind"))
    table = filled.tables.ready(Passage, COLUMNS)
    found = filled.tables.query(f"SELECT * FROM {table}").column_names
    assert set(found) == {*COLUMNS, "kind"}
    assert filled.same()
