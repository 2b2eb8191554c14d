"""Places and actors of a project: listed, added, exported and explained on the command line."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from firsthand.cli.app import app_for
from firsthand.errors import FirsthandError
from firsthand.store.project import Project, create

PLACES = "name,aliases,lat,lon,precision,country\nOrlan Crossing,The Ford,12.5,44.25,site,YE\n"
ACTORS = "name\tkind\taliases\nNorland Relief Front\tarmed_group\tNRF\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return create(tmp_path / "orlan")


def run(group: str, *words: object) -> Result:
    return CliRunner().invoke(app_for(group), [group, *map(str, words)])


def say(group: str, *words: object) -> str:
    ended = run(group, *words)
    assert ended.exit_code == 0, ended.output
    return ended.output


def refused(group: str, *words: object) -> str:
    ended = run(group, *words)
    assert isinstance(ended.exception, FirsthandError), ended.output
    return str(ended.exception)


@pytest.mark.parametrize(
    ("group", "table", "content", "name"),
    [
        ("gazetteer", "gazetteer.csv", PLACES, "Orlan Crossing"),
        ("actors", "actors.tsv", ACTORS, "Norland Relief Front"),
    ],
)
def test_a_file_is_added_listed_exported_and_explained(
    project: Project, tmp_path: Path, group: str, table: str, content: str, name: str
) -> None:
    assert "add some with" in say(group, "list", project.folder)
    path = tmp_path / f"in-{table}"
    path.write_text(content, encoding="utf-8")
    assert "would add 1" in say(group, "add", project.folder, path, "--dry-run")
    assert not (project.folder / table).exists()
    assert json.loads(say(group, "add", project.folder, path, "--json")) == {
        "added": 1,
        "replaced": 0,
        "total": 1,
        "written": True,
    }
    assert "added 0" in say(group, "add", project.folder, path)
    assert name in say(group, "list", project.folder)
    assert json.loads(say(group, "list", project.folder, "--json"))[0]["name"] == name
    out = tmp_path / f"out-{table}"
    assert "wrote 1" in say(group, "export", project.folder, "--out", out)
    assert out.read_bytes() == (project.folder / table).read_bytes()
    assert name in say(group, "explain", project.folder, name)
    assert name in say(group, "explain", project.folder, name, "--json")
    assert "Qqxzzv" in say(group, "explain", project.folder, "Qqxzzv")
    assert "Example: firsthand" in say(group, "add", "--help")


@pytest.mark.parametrize(
    ("group", "content", "table", "told"),
    [
        ("gazetteer", "name,lat,lon\nA,1,2\nB,200,2\n", "gazetteer.csv", "row 3"),
        ("actors", "name,kind\nA Wing,state\nB Wing,king\n", "actors.tsv", "row 3"),
    ],
)
def test_a_bad_row_leaves_the_table_as_it_was(
    project: Project, tmp_path: Path, group: str, content: str, table: str, told: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(content, encoding="utf-8")
    assert told in refused(group, "add", project.folder, path)
    assert not (project.folder / table).exists()
    assert "cannot read" in refused(group, "add", project.folder, tmp_path / "absent.csv")
    (project.folder / table).symlink_to(path)
    assert "is a link" in refused(group, "add", project.folder, path)


def test_geojson_goes_out_and_comes_back(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text(PLACES, encoding="utf-8")
    say("gazetteer", "add", project.folder, path, "--source", "survey")
    out = tmp_path / "places.geojson"
    say("gazetteer", "export", project.folder, "--out", out)
    assert "replaced 1" in say("gazetteer", "add", project.folder, out)
    assert "(survey)" in say("gazetteer", "list", project.folder)


def test_csv_of_every_packaged_actor_is_written(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "actors.csv"
    say("actors", "export", project.folder, "--all", "--out", out)
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("actor_id,name")
    assert len(lines) > 500
    assert len(say("actors", "list", project.folder, "--all", "--limit", "3").splitlines()) == 4


@pytest.mark.parametrize(
    ("group", "name", "first", "then", "shown"),
    [
        ("gazetteer", "Orlan Ford", ("lat=12.5", "lon=44.25"), ("aliases=The Ford",), "The Ford"),
        ("actors", "Norland Front", ("kind=armed_group",), ("aliases=NRF",), "NRF"),
    ],
)
def test_a_row_is_written_changed_and_taken_out_by_hand(
    project: Project, group: str, name: str, first: Sequence[str], then: Sequence[str], shown: str
) -> None:
    assert "added 1" in say(group, "edit", project.folder, name, *first)
    assert "replaced 1" in say(group, "edit", project.folder, name.lower(), *then)
    listed = say(group, "list", project.folder)
    assert name in listed
    assert shown in listed
    assert "removed" in say(group, "remove", project.folder, name)
    assert "add some with" in say(group, "list", project.folder)
    assert "no " in refused(group, "remove", project.folder, name)


@pytest.mark.parametrize("group", ["gazetteer", "actors"])
def test_what_is_no_column_or_no_value_is_refused(project: Project, group: str) -> None:
    assert "'latt'" in refused(group, "edit", project.folder, "Orlan", "latt=1")
    assert "row 2" in refused(group, "edit", project.folder, "Orlan", "note=nothing else")
    assert "FIELD=VALUE" in run(group, "edit", project.folder, "Orlan", "lat").output
    assert not (project.folder / "gazetteer.csv").exists()


def test_a_row_under_a_packaged_name_adds_to_that_actor(project: Project) -> None:
    say("actors", "edit", project.folder, "Kenya", "side=north")
    assert json.loads(say("actors", "list", project.folder, "--json"))[0]["actor_id"] == "state:KE"


def test_a_file_may_be_imported_as_well_as_added(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(PLACES, encoding="utf-8")
    assert "added 1" in say("gazetteer", "import", project.folder, path)


def test_an_airport_is_explained_by_its_words(project: Project) -> None:
    told = say("gazetteer", "explain", project.folder, "Kisumu airport")
    assert "airport:HKKI" in told
    assert len(told.splitlines()) == 1
