"""Decisions listed, exported, and carried from one pile to another."""

import shutil
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from edition_factory import build
from firsthand.cli.app import app_for
from firsthand.model.judgement import Judgement, Target
from firsthand.store.judgements import undoing
from firsthand.store.project import Project, create

AT = "2031-05-07T10:00:00+00:00"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = build(tmp_path_factory.mktemp("judging") / "orlan")
    capture = next(iter(made.captures.all()))
    aimed = Target(kind="document", words="x", source=capture.source, sha256=capture.sha256)
    gone = Target(kind="claim", words="y", source="nowhere", sha256="0" * 64)
    for number, target in enumerate((aimed, gone, aimed), 1):
        made.judgements.append(
            Judgement(
                judgement_id=f"j-{number}",
                at=AT,
                by=f"person {number}",
                action="accept",
                targets=(target,),
            )
        )
    made.judgements.append(undoing(made.judgements.all()[2], AT, "jo"))
    return made


def say(*words: object) -> str:
    ended = CliRunner().invoke(app_for("judgements"), ["judgements", *map(str, words)])
    assert ended.exit_code == 0, ended.output
    return ended.output


def test_the_list_marks_what_was_taken_back(project: Project) -> None:
    lines = say("list", project.folder).splitlines()
    assert [line[:5] for line in lines[:3]] == ["  j-1", "  j-2", "- j-3"]
    assert len(msgspec.json.decode(say("list", project.folder, "--json"))) == 4


def test_decisions_hold_where_the_bytes_are_the_same(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "decisions.jsonl"
    assert "wrote 2 decisions" in say("export", project.folder, "--out", out)
    other = create(tmp_path / "other")
    shutil.copytree(project.folder / "captures", other.folder / "captures", dirs_exist_ok=True)
    assert "1 decisions would hold" in say("replay", other.folder, out, "--dry-run")
    assert other.judgements.all() == []
    for _twice in range(2):
        told = say("replay", other.folder, out)
        assert "does not apply here: j-2" in told
        assert "1 decisions hold here, 1 do not apply" in told
    (row,) = other.judgements.all()
    assert (row.judgement_id, row.by, row.at) == ("j-1", "person 1", AT)
    assert other.judgements.by_page(other.captures.current())


def test_a_file_that_holds_no_decisions_is_said_so(project: Project, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_bytes(b'{"a":1}\n')
    ended = CliRunner().invoke(
        app_for("judgements"), ["judgements", "replay", str(project.folder), str(wrong)]
    )
    assert "holds no decisions" in str(ended.exception)
