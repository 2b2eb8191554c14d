"""Dates of pages imported, exported and explained on the command line."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from edition_factory import build
from firsthand import dating
from firsthand.cli.app import app_for
from firsthand.dating import ListedDate
from firsthand.errors import DateKeyError
from firsthand.store.project import Project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return build(tmp_path_factory.mktemp("dating") / "orlan")


def run(*words: object) -> Result:
    return CliRunner().invoke(app_for("dates"), ["dates", *map(str, words)])


def say(*words: object) -> str:
    ended = run(*words)
    assert ended.exit_code == 0, ended.output
    return ended.output


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=20).filter(lambda name: name.isprintable()),
        st.dictionaries(st.integers(1, 9), st.sampled_from(["2031-05-04", "2031", "2031/.."])),
    )
)
def test_exported_dates_read_back_the_same(pages: dict[str, dict[int, str]]) -> None:
    rows = [
        ListedDate(source=source, ordinal=number, title="", published=date, basis="given")
        for source, dates in pages.items()
        for number, date in dates.items()
    ]
    assert dating.read_dates(dating.dates_toml(rows)) == {s: d for s, d in pages.items() if d}


def test_dates_are_imported_listed_and_explained(project: Project, tmp_path: Path) -> None:
    rows = json.loads(say("list", project.folder, "--json"))
    page = rows[0]["source"]
    assert page in say(project.folder)
    file = tmp_path / "dates.toml"
    file.write_text(f'"{page}" = {{ 1 = 2031-05-04 }}\n', encoding="utf-8")
    assert "set 1 dates" in say("import", project.folder, file)
    told = say("explain", project.folder, page)
    assert f"{page}#1" in told
    assert "from it" in told or "firsthand dates set" in told
    assert json.loads(say("explain", project.folder, page, "--json"))[0]["source"] == page
    out = tmp_path / "out.toml"
    given = [row for row in rows if row["basis"] == "given"]
    assert f"wrote {len(given)} given" in say("export", project.folder, out)
    assert len(out.read_text(encoding="utf-8").splitlines()) == len({r["source"] for r in given})


def test_a_page_that_is_not_there_is_named_with_the_nearest(project: Project) -> None:
    ended = run("explain", project.folder, "no such page")
    assert isinstance(ended.exception, DateKeyError)
    assert "the nearest" in str(ended.exception)
    assert run("import", project.folder).exit_code == 2
