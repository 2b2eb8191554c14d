"""What was found, listed: events, conflicts, forecasts, and what an edition changed."""

import shutil
from pathlib import Path

import pytest

from command_line import CommandLine

STRIKE = (
    "Shells hit Halvet\n\nOrrel, 4 May 2031. Shells hit the village of Halvet near Orrel on 4 May "
    "2031, killing two people, the ministry of defence said. The road will be open by 9 May 2031, "
    "the ministry said.\n"
)
DENIAL = (
    "Army did not shell Halvet\n\nOrrel, 5 May 2031. The army denied that it had shelled the "
    "village of Halvet on 4 May 2031. Five people were killed, residents said.\n"
)


@pytest.fixture(scope="module")
def project(firsthand: CommandLine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("findings")
    (folder / "first.txt").write_text(STRIKE)
    firsthand.right("init", folder / "p")
    firsthand.right("add", folder / "p", folder / "first.txt")
    firsthand.right("run", folder / "p")
    return folder / "p"


def test_events_are_listed_as_they_are_exported(firsthand: CommandLine, project: Path) -> None:
    rows = firsthand.right("events", project, "--json").json
    assert rows
    text = firsthand.right("events", project).out
    assert all(row["event_id"] in text and row["title"] in text for row in rows)
    assert f"{len(rows)} of {len(rows)} events" in text
    kind = rows[0]["type"]
    only = firsthand.right("events", project, "--type", kind, "--json").json
    assert only == [row for row in rows if row["type"] == kind]
    assert firsthand.right("events", project, "--type", "nothing", "--json").json == []
    assert len(firsthand.right("events", project, "--limit", "1", "--json").json) == 1


def test_forecasts_say_by_when_and_why(firsthand: CommandLine, project: Path) -> None:
    (row,) = firsthand.right("forecasts", project, "--json").json
    text = firsthand.right("forecasts", project, "--verdict", row["verdict"]).out
    assert row["claim_id"] in text
    assert "by 2031-05-09" in text
    assert row["reason"] in text
    assert "0 of 0 forecasts" in firsthand.right("forecasts", project, "--verdict", "met").out


def test_a_first_edition_changes_nothing_and_the_next_says_what_it_did(
    firsthand: CommandLine, project: Path, tmp_path: Path
) -> None:
    mine = Path(shutil.copytree(project, tmp_path / "p"))
    assert "0 changes" in firsthand.right("changes", mine).out
    (tmp_path / "second.txt").write_text(DENIAL)
    firsthand.right("add", mine, tmp_path / "second.txt")
    firsthand.right("run", mine)
    found = firsthand.right("changes", mine, "--json").json
    assert {row["what"] for row in found} >= {"added"}
    conflicts = firsthand.right("conflicts", mine, "--json").json
    new = {row["id"] for row in found if row["table"] == "conflict"}
    assert new == {row["conflict_id"] for row in conflicts}
    events = {row["event_id"] for row in firsthand.right("events", mine, "--json").json}
    assert {r["id"] for r in found if r["table"] == "event" and r["what"] != "gone"} <= events
    firsthand.right("run", mine)
    assert "0 changes" in firsthand.right("changes", mine).out
    again = firsthand.right("changes", mine, "--since", "1", "--table", "event", "--json").json
    assert again == [row for row in found if row["table"] == "event"]
    firsthand.right("remove", mine, "second.txt")
    firsthand.right("run", mine)
    gone = firsthand.right("changes", mine, "--what", "gone", "--table", "conflict", "--json").json
    assert {row["id"] for row in gone} == new


def test_a_rebuild_keeps_what_was_kept_and_changes_nothing(
    firsthand: CommandLine, project: Path, tmp_path: Path
) -> None:
    mine = Path(shutil.copytree(project, tmp_path / "p"))
    (tmp_path / "second.txt").write_text(DENIAL)
    firsthand.right("add", mine, tmp_path / "second.txt")
    firsthand.right("run", mine)
    before = firsthand.right("changes", mine, "--since", "0", "--json").json
    firsthand.right("run", mine, "--rebuild")
    assert firsthand.right("changes", mine, "--json").json == []
    assert firsthand.right("changes", mine, "--since", "0", "--json").json == before


def test_conflicts_can_be_chosen(firsthand: CommandLine, project: Path, tmp_path: Path) -> None:
    mine = Path(shutil.copytree(project, tmp_path / "p"))
    (tmp_path / "second.txt").write_text(DENIAL)
    firsthand.right("add", mine, tmp_path / "second.txt")
    firsthand.right("run", mine)
    rows = firsthand.right("conflicts", mine, "--json").json
    assert rows
    row = rows[0]
    chosen = firsthand.right(
        "conflicts", mine, "--kind", row["kind"], "--field", row["field"], "--json"
    ).json
    assert row in chosen
    assert firsthand.right("conflicts", mine, "--event", "e-none", "--json").json == []
    assert row["explanation"] in firsthand.right("conflicts", mine).out
