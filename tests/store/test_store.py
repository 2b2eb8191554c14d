"""The project folder: whole files, custody, index, parts and tables, on disk and in memory."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from firsthand.errors import ConfigError, ProjectBusyError, ProjectError
from firsthand.model.capture import Capture
from firsthand.model.ids import digest, page_id, sha256
from firsthand.model.judgement import Judgement, Target
from firsthand.model.lineage import Passage
from firsthand.model.problem import Problem, problem
from firsthand.model.record import Record
from firsthand.stage import Tables
from firsthand.store.captures import Captures
from firsthand.store.files import TEMPORARY, append_line, write_whole
from firsthand.store.index import Index
from firsthand.store.judgements import Judgements
from firsthand.store.memory import MemoryTables
from firsthand.store.parts import Parts
from firsthand.store.project import Project, create
from firsthand.store.tables import DiskTables

RECORDS: tuple[type[Record], ...] = (Problem, Passage)


def capture_of(content: bytes, source: str, previous: str | None = None) -> Capture:
    return Capture(
        capture_id="k-" + digest(source, previous or ""),
        page_id=page_id(sha256(content), source),
        sha256=sha256(content),
        size=len(content),
        source=source,
        media_type="text/plain",
        at="2031-05-04T00:00:00+00:00",
        by="tester",
        tool="test",
        previous=previous,
    )


def passage(name: str, words: int) -> Passage:
    return Passage(
        passage_id=name,
        document_a="a",
        document_b="b",
        page_a="pa",
        page_b="pb",
        a_start=0,
        a_end=9,
        b_start=1,
        b_end=10,
        shared_words=words,
        kind="copy",
    )


# files


def test_append_mends_a_line_cut_short(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(b'{"a": 1}\n{"b"')
    append_line(log, b'{"c": 3}')
    assert log.read_bytes() == b'{"a": 1}\n{"b"\n{"c": 3}\n'


def test_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "folder"
    target.mkdir()
    with pytest.raises(ProjectError, match="cannot write"):
        write_whole(target, b"new")
    assert target.is_dir()
    assert not list(tmp_path.glob(f"{TEMPORARY}*"))


# captures


def chain(captures: Captures, contents: list[bytes]) -> None:
    for number, content in enumerate(contents):
        captures.add(capture_of(content, f"{number}.txt", captures.last_digest()), content)


def test_bytes_and_custody_survive_and_verify(tmp_path: Path) -> None:
    captures = Captures(tmp_path)
    chain(captures, [b"one", b"two", b"one"])
    assert [captures.content(row.sha256) for row in captures.all()] == [b"one", b"two", b"one"]
    assert list(captures.verify()) == []


def test_verify_finds_changed_bytes_missing_bytes_and_a_changed_log(tmp_path: Path) -> None:
    captures = Captures(tmp_path)
    chain(captures, [b"one", b"two", b"three"])
    captures.path(sha256(b"one")).write_bytes(b"0ne")
    captures.path(sha256(b"two")).unlink()
    lines = captures.log.read_bytes().splitlines(keepends=True)
    captures.log.write_bytes(b"".join([lines[0], lines[2]]))
    details = " | ".join(found.detail for found in captures.verify())
    assert "bytes hash to" in details
    assert "was changed or removed" in details
    captures.log.write_bytes(b"".join(lines))
    assert "are missing" in " | ".join(found.detail for found in captures.verify())


def test_custody_line_cut_short_by_a_crash_is_not_a_capture(tmp_path: Path) -> None:
    captures = Captures(tmp_path)
    chain(captures, [b"one"])
    with captures.log.open("ab") as handle:
        handle.write(b'{"capture_id": "k-')
    assert len(captures.all()) == 1
    chain_again = capture_of(b"two", "two.txt", captures.last_digest())
    captures.add(chain_again, b"two")
    assert [row.source for row in captures.all()] == ["0.txt", "two.txt"]
    assert list(captures.verify()) == []


def test_bytes_that_do_not_match_their_digest_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="SHA-256"):
        Captures(tmp_path).add(capture_of(b"one", "1.txt"), b"other")


# judgements


def judgement(
    name: str, action: str = "date", undoes: str | None = None, value: str = "2031-05-04"
) -> Judgement:
    target = Target(kind="document", words="w", source="1.txt", sha256=sha256(b"one"), ordinal=1)
    return Judgement(
        judgement_id=name,
        at="2031",
        by="me",
        action=action,
        targets=() if undoes else (target,),
        value=value,
        undoes=undoes,
    )


def test_a_decision_said_again_is_one_row_unless_another_came_between(tmp_path: Path) -> None:
    log = Judgements(tmp_path)
    days = ("2031-05-04", "2031-05-04", "2031-05-06", "2031-05-04")
    for number, day in enumerate(days):
        log.append(judgement(f"j{number}", value=day))
    assert [row.judgement_id for row in log.all()] == ["j0", "j2", "j3"]


def test_undone_judgement_stands_no_more_but_is_kept(tmp_path: Path) -> None:
    log = Judgements(tmp_path)
    for row in (
        judgement("j1"),
        judgement("j2", value="2031-05-05"),
        judgement("j3", "undo", undoes="j1"),
    ):
        log.append(row)
    assert [row.judgement_id for row in log.standing()] == ["j2"]
    assert len(log.all()) == 3
    captures = {"p1": capture_of(b"one", "1.txt"), "p2": capture_of(b"one", "2.txt")}
    assert {page: len(rows) for page, rows in log.by_page(captures).items()} == {"p1": 1}


# tables: one test, two stores


class Stores:
    """The same writes into tables on disk and in memory."""

    def __init__(self, folder: Path) -> None:
        self.index = Index(folder / "tables" / "index.sqlite")
        self.index.begin_generation()
        self.parts = Parts(folder / "tables")
        self.disk = DiskTables(self.index, self.parts, RECORDS, folder / "scratch")
        self.memory = MemoryTables(RECORDS)

    def replace(self, stage: str, units: dict[str, list[Record]]) -> None:
        written = self.parts.write(stage, {unit: rows for unit, rows in units.items() if rows})
        self.index.replace(
            stage, {u: "key" if rows else None for u, rows in units.items()}, written
        )
        self.memory.replace(stage, units)

    def both(self) -> list[Tables]:
        return [self.disk, self.memory]


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    made = Stores(tmp_path)
    yield made
    made.disk.close()
    made.index.close()


def test_replaced_unit_shows_only_its_new_rows(stores: Stores) -> None:
    stores.replace("trace", {"u1": [passage("x", 12), passage("y", 13)], "u2": [passage("z", 14)]})
    stores.replace("trace", {"u1": [passage("w", 15)]})
    for tables in stores.both():
        assert [row.passage_id for row in tables.rows(Passage)] == ["w", "z"]
        assert [row.passage_id for row in tables.rows(Passage, {"u2"})] == ["z"]
        assert set(tables.units(Passage)) == {"u1", "u2"}
        found = tables.query(
            "SELECT sum(shared_words) AS n, count(DISTINCT unit) AS u FROM passage"
        )
        assert found.to_pylist() == [{"n": 29, "u": 2}]


def test_removed_unit_is_gone(stores: Stores) -> None:
    stores.replace("trace", {"u1": [passage("x", 12)]})
    stores.replace("trace", {"u1": []})
    for tables in stores.both():
        assert tables.rows(Passage) == []
        assert tables.query("SELECT count(*) AS n FROM passage").to_pylist() == [{"n": 0}]


def test_two_stages_may_write_one_table(stores: Stores) -> None:
    one, two = problem("a", "r", "c", "one"), problem("b", "r", "c", "two")
    stores.replace("a", {"u": [one]})
    stores.replace("b", {"u": [two]})
    stores.replace("a", {"u": []})
    for tables in stores.both():
        assert tables.rows(Problem) == [two]


def test_joined_parts_hold_the_same_rows(stores: Stores) -> None:
    for number in range(6):
        stores.replace("trace", {f"u{number}": [passage(f"x{number}", number)]})
    stores.replace("trace", {"u3": []})
    before = stores.disk.rows(Passage)
    small = stores.index.small_parts("passage", 10)
    name, moved = stores.parts.join("passage", small)
    stores.index.move("passage", name, moved)
    assert stores.index.part_names() == {("passage", name)}
    assert stores.disk.rows(Passage) == before
    assert len(before) == 5


def test_changes_are_told_by_generation(stores: Stores) -> None:
    stores.replace("trace", {"u1": [passage("x", 12)], "u2": [passage("y", 12)]})
    first = stores.index.generation
    stores.index.begin_generation()
    stores.replace("trace", {"u2": [], "u3": [passage("z", 12)]})
    assert stores.index.changed_since(0) == {"passage": {"u1", "u2", "u3"}}
    assert stores.index.changed_since(first) == {"passage": {"u2", "u3"}}


def test_damaged_part_is_named_with_what_to_do(stores: Stores) -> None:
    stores.replace("trace", {"u1": [passage("x", 12)]})
    ((_, name),) = stores.index.part_names()
    stores.parts.path("passage", name).write_bytes(b"junk")
    with pytest.raises(ProjectError, match="--rebuild"):
        stores.disk.rows(Passage)


# projects


def test_init_makes_a_project_that_opens(tmp_path: Path) -> None:
    made = create(tmp_path / "flood", name='the "flood"')
    assert Project(made.folder).name == "the 'flood'"


def test_folder_with_other_things_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(ProjectError, match="not a firsthand project"):
        create(tmp_path)
    with pytest.raises(ProjectError, match="firsthand init"):
        Project(tmp_path)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("format = 99", "newer firsthand"),
        ("[trace]\nmin_word = 3", "min_words"),
        ("[tracee]", "trace"),
        ('[trace]\nmin_words = "a"', "expected int"),
        ("[trace", "not valid TOML"),
    ],
)
def test_wrong_setting_is_refused_by_name(tmp_path: Path, line: str, words: str) -> None:
    folder = create(tmp_path / "p").folder
    (folder / "firsthand.toml").write_text(line)
    with pytest.raises(ConfigError, match=words):
        Project(folder)


def test_second_writer_is_refused_while_the_first_works(tmp_path: Path) -> None:
    project = create(tmp_path / "p")
    with project.writing(), pytest.raises(ProjectBusyError, match="--wait"), project.writing():
        pass
    with project.writing():
        pass


def test_records_encode_the_same_every_time() -> None:
    row = passage("x", 12)
    assert msgspec.json.decode(msgspec.json.encode(row), type=Passage) == row


def test_rows_as_kept_are_the_records(stores: Stores) -> None:
    units = {"u1": [passage("x", 12), passage("y", 13)], "u2": [passage("z", 14)]}
    stores.replace("trace", units)
    for tables in (stores.disk, stores.memory):
        found = {
            some.unit: ([msgspec.json.decode(row, type=Passage) for row in some.rows], some.columns)
            for some in tables.encoded(Passage, ["u1", "u2", "u3"], ["shared_words"])
        }
        assert found == {
            unit: (rows, ([row.shared_words for row in rows],)) for unit, rows in units.items()
        }
        one = dict(tables.values(Passage, ["u2"], "shared_words"))
        assert {unit: list(values) for unit, values in one.items()} == {"u2": [14]}
