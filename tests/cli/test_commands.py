"""Every command: its help, its forms of output, its exit statuses, and what it leaves alone."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from command_line import ENVIRONMENT, CommandLine
from firsthand import __version__
from firsthand.cli.app import app_for

app = app_for(None)

COMMANDS = sorted(
    command.name or command.callback.__name__
    for command in app.registered_commands
    if command.callback is not None
)
FILES = (
    "captures",
    "pages",
    "documents",
    "credits",
    "attributions",
    "claims",
    "loaded_terms",
    "altered_quotations",
    "nodes",
    "derivations",
    "events",
    "origins",
    "statements",
    "same_origin",
    "conflicts",
    "forecasts",
    "states",
    "tellings",
    "actors",
    "places",
    "judgements",
    "aliases",
    "problems",
)
"""The files of the export, as the contract names them; meta.json comes beside them."""

FIRST = (
    "Two soldiers killed at Orrel\n\nBy Ana Brell\n\nOrrel, 4 May 2031. Two soldiers were killed near "
    "Orrel on 4 May 2031, the ministry of defence said. Residents said that the army shelled the "
    "village of Halvet.\n"
)
SECOND = (
    "<html><head><title>=Army denies that it shelled Halvet</title></head><body><article>"
    "<h1>=Army denies that it shelled Halvet</h1><p>The army did not shell the village of Halvet, "
    "the ministry of defence said on Monday.</p></article></body></html>"
)


@dataclass(frozen=True)
class Ready:
    """A project of two pages that has been run, and the folder they came from."""

    project: Path
    pile: Path


@pytest.fixture(scope="module")
def ready(firsthand: CommandLine, tmp_path_factory: pytest.TempPathFactory) -> Ready:
    folder = tmp_path_factory.mktemp("cli")
    pile = folder / "pile"
    (pile / "delta").mkdir(parents=True)
    (pile / "first.txt").write_text(FIRST)
    (pile / "delta" / "second.html").write_text(SECOND)
    firsthand.right("init", folder / "p", "--name", "Orrel")
    firsthand.right("add", folder / "p", pile)
    firsthand.right("run", folder / "p")
    return Ready(folder / "p", pile)


@pytest.fixture
def mine(ready: Ready, tmp_path: Path) -> Path:
    """A copy of the project, to be changed."""
    return Path(shutil.copytree(ready.project, tmp_path / "p"))


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, but for the lock and what SQLite keeps beside its files."""
    passing = (".lock", "-wal", "-shm")
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(passing)
    }


# help, version, completion


def test_the_commands_of_the_contract_are_there() -> None:
    wanted = "init add fetch run serve export annotate show why problems dates verify doctor demo"
    assert set(wanted.split()) <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_what_it_does_and_gives_an_example(firsthand: CommandLine, command: str) -> None:
    shown = firsthand.right(command, "--help")
    assert shown.err == ""
    assert f"Example: firsthand {command}" in shown.out
    assert shown.out.index("Usage: firsthand") < shown.out.index("Example")


def test_version_and_the_list_of_commands(firsthand: CommandLine) -> None:
    assert firsthand.right("--version").out == f"firsthand {__version__}\n"
    shown = firsthand.right("--help").out
    assert all(f"\n  {command}" in shown for command in COMMANDS)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_complete(firsthand: CommandLine, shell: str) -> None:
    # The shell that runs the tests is not asked for.
    env = {**ENVIRONMENT, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    script = firsthand.right("--show-completion", shell, env=env).out
    assert "_FIRSTHAND_COMPLETE" in script


def test_completion_knows_the_commands(firsthand: CommandLine) -> None:
    env = {
        **ENVIRONMENT,
        "_FIRSTHAND_COMPLETE": "complete_bash",
        "COMP_WORDS": "firsthand ex",
        "COMP_CWORD": "1",
    }
    assert firsthand("--help", env=env).out.split() == ["export"]


@pytest.mark.parametrize(
    "arguments",
    [(), ("frobnicate",), ("run",), ("run", "p", "--no-such"), ("serve", "p", "--port", "many")],
)
def test_a_wrong_command_line_ends_with_status_2(
    firsthand: CommandLine, arguments: tuple[str, ...]
) -> None:
    assert firsthand(*arguments).status == 2


# what is printed


def test_json_parses(firsthand: CommandLine, ready: Ready, mine: Path, tmp_path: Path) -> None:
    event = firsthand.right("dates", mine, "--json").json
    assert [row["source"] for row in event] == ["delta/second.html", "first.txt"]
    assert firsthand.right("problems", mine, "--json").json == []
    assert firsthand.right("verify", mine, "--json").json == []
    added = firsthand.right("add", mine, ready.pile, "--json").json
    assert (added["added"], len(added["known"])) == ([], 2)
    ran = firsthand.right("run", mine, "--json").json
    assert all(stage["done"] == 0 for stage in ran["stages"])
    counts = firsthand.right("export", mine, "--out", tmp_path / "out", "--json").json
    assert counts["pages"] == 2
    claim = json.loads((tmp_path / "out" / "claims.jsonl").read_text().splitlines()[0])
    assert firsthand.right("show", mine, claim["claim_id"], "--json").json
    assert firsthand.right("why", mine, claim["claim_id"], "--json").json["steps"]
    assert firsthand.right("doctor", mine, "--json").json


def test_quiet_prints_nothing(
    firsthand: CommandLine, ready: Ready, mine: Path, tmp_path: Path
) -> None:
    (tmp_path / "bad.xyz").write_text("x")
    for arguments in (
        ("add", mine, ready.pile, tmp_path / "bad.xyz", "--quiet"),
        ("run", mine, "-q"),
        ("export", mine, "--out", tmp_path / "out", "--quiet"),
    ):
        ended = firsthand.right(*arguments)
        assert (ended.out, ended.err) == ("", "")


def test_quiet_still_tells_errors(firsthand: CommandLine, tmp_path: Path) -> None:
    firsthand("run", tmp_path, "--quiet").refused("is not a firsthand project")


def test_no_progress_without_a_terminal(firsthand: CommandLine, mine: Path) -> None:
    ended = firsthand.right("run", mine, "--rebuild")
    assert ended.err == ""
    assert "\x1b" not in ended.out
    assert "2 pages" in ended.out
    assert ended.out.splitlines()[-1] == f"next: firsthand serve {mine}"


def test_why_walks_to_the_words_and_the_bytes(
    firsthand: CommandLine, mine: Path, tmp_path: Path
) -> None:
    firsthand.right("export", mine, "--out", tmp_path / "out")
    lines = (tmp_path / "out" / "claims.jsonl").read_text("utf-8").splitlines()
    claims = [json.loads(line) for line in lines]
    claim = next(row for row in claims if "killed" in row["evidence"][0]["text"])
    told = firsthand.right("why", mine, claim["claim_id"]).out
    assert claim["evidence"][0]["text"] in told
    assert "first.txt" in told
    (kept,) = [path for path in (mine / "captures").glob("??/*") if b"By Ana" in path.read_bytes()]
    assert kept.name in told
    kept.write_bytes(b"changed")
    assert firsthand("why", mine, claim["claim_id"]).status == 1


@pytest.mark.parametrize("command", ["show", "why"])
def test_an_id_that_is_not_there_is_refused(
    firsthand: CommandLine, ready: Ready, command: str
) -> None:
    firsthand(command, ready.project, "c-none").refused("c-none", "no record")


# taking in, dates, removing


def test_a_dry_run_writes_nothing(firsthand: CommandLine, mine: Path, tmp_path: Path) -> None:
    (tmp_path / "third.txt").write_text(FIRST + "More.")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "dates.toml").write_text('"third.txt" = 2031-05-04\n')
    before = contents(mine)
    said = firsthand.right(
        "add",
        mine,
        tmp_path / "third.txt",
        tmp_path / "empty.txt",
        "--dry-run",
        "--published",
        tmp_path / "dates.toml",
    )
    assert said.out.startswith("would take in 1 pages; 0 were there already")
    assert "refused empty.txt" in said.out
    assert contents(mine) == before


def dates(firsthand: CommandLine, project: Path) -> dict[str, tuple[str | None, str]]:
    """Page and article to its date and basis."""
    rows = firsthand.right("dates", project, "--json").json
    return {f"{r['source']}#{r['ordinal']}": (r["published"], r["basis"]) for r in rows}


def test_dates_are_set_and_listed(firsthand: CommandLine, mine: Path) -> None:
    said = firsthand.right("dates", mine, "second.html=2031-05-06")
    assert said.out.startswith("set 1 dates")
    firsthand.right("dates", "set", mine, "first.txt#1=2031-05")
    logs = (mine / "judgements" / "judgements.jsonl", mine / "captures" / "custody.jsonl")
    who = {json.loads(line)["by"] for log in logs for line in log.read_text().splitlines()}
    assert len(who) == 1, "one account made both, whether or not it has a name"
    firsthand.right("run", mine)
    found = dates(firsthand, mine)
    assert found["delta/second.html#1"] == ("2031-05-06", "given")
    assert found["first.txt#1"] == ("2031-05", "given")
    assert "second.html#1  2031-05-06  (given)  =Army denies" in firsthand.right("dates", mine).out


@pytest.mark.parametrize(
    ("assignment", "words"),
    [
        ("frist.txt=2031-05-04", ("frist.txt", "fits no page", "the nearest: first.txt")),
        ("first.txt#3=2031-05-04", ("has no article 3", "Two soldiers killed at Orrel")),
        ("first.txt=2031-02-30", ("2031-02-30", "is no date", "2031-05-04")),
        ("first.txt=soon", ("soon", "is no date")),
        ("first.txt", ("first.txt", "PAGE=DATE")),
    ],
)
def test_a_wrong_date_key_is_named_with_candidates_and_nothing_is_kept(
    firsthand: CommandLine, mine: Path, assignment: str, words: tuple[str, ...]
) -> None:
    before = contents(mine)
    firsthand("dates", mine, "second.html=2031-05-06", assignment).refused(*words)
    assert contents(mine) == before


def test_a_key_that_fits_two_pages_names_both(firsthand: CommandLine, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / "pile" / folder).mkdir(parents=True)
        (tmp_path / "pile" / folder / "x.txt").write_text(FIRST)
    firsthand.right("init", tmp_path / "p")
    firsthand.right("add", tmp_path / "p", tmp_path / "pile")
    ended = firsthand("dates", tmp_path / "p", "x.txt=2031-05-04")
    ended.refused("fits several pages", "a/x.txt, b/x.txt")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"nowhere.txt" = 2031-05-04', "nowhere.txt"),
        ('"third.txt" = 5', "is no date"),
        ('"third.txt" = {first = 2031-05-04}', "article numbers"),
        ("third", "not valid TOML"),
    ],
)
def test_wrong_dates_file_is_told_in_one_line(
    firsthand: CommandLine, mine: Path, tmp_path: Path, text: str, words: str
) -> None:
    (tmp_path / "third.txt").write_text(FIRST + "More.")
    (tmp_path / "dates.toml").write_text(text)
    ended = firsthand("add", mine, tmp_path / "third.txt", "--published", tmp_path / "dates.toml")
    ended.refused(words)


def test_a_removed_page_is_gone_from_the_edition_and_its_bytes_stay(
    firsthand: CommandLine, mine: Path
) -> None:
    said = firsthand.right("remove", mine, "first.txt", "--reason", "wrong pile")
    assert said.out.startswith("left out 1 pages")
    firsthand.right("run", mine)
    assert list(dates(firsthand, mine)) == ["delta/second.html#1"]
    assert len(list((mine / "captures").glob("??/*"))) == 2
    assert firsthand.right("verify", mine).out == "every capture is as it was taken in\n"
    firsthand("remove", mine, "frist.txt").refused("frist.txt", "the nearest: first.txt")


def test_verify_finds_one_flipped_byte(firsthand: CommandLine, mine: Path) -> None:
    kept = min((mine / "captures").glob("??/*"))
    content = bytearray(kept.read_bytes())
    content[3] ^= 1
    kept.write_bytes(content)
    ended = firsthand("verify", mine)
    assert (ended.status, ended.err) == (1, "")
    (line,) = ended.out.splitlines()
    assert kept.name in line
    (row,) = firsthand("verify", mine, "--json").json
    assert row["detail"] in line


def test_verify_finds_a_changed_custody_log(firsthand: CommandLine, mine: Path) -> None:
    log = mine / "captures" / "custody.jsonl"
    log.write_bytes(log.read_bytes().replace(b'"first.txt"', b'"other.txt"', 1))
    lines = log.read_bytes().splitlines()
    ended = firsthand("verify", mine)
    changed_last = b"other.txt" in lines[-1]
    assert ended.status == (0 if changed_last else 1)


# exports


@pytest.fixture(scope="module")
def exported(
    firsthand: CommandLine, ready: Ready, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[dict[str, Any]]]:
    out = tmp_path_factory.mktemp("out")
    firsthand.right("export", ready.project, "--format", "jsonl", "--out", out)
    assert {path.name for path in out.iterdir()} == {*(f"{n}.jsonl" for n in FILES), "meta.json"}
    meta = json.loads((out / "meta.json").read_text())
    rows = {
        name: [json.loads(line) for line in (out / f"{name}.jsonl").read_text("utf-8").splitlines()]
        for name in FILES
    }
    assert meta["counts"] == {name: len(rows[name]) for name in meta["counts"]}
    return rows


def test_every_file_is_written_also_empty_ones(
    exported: dict[str, list[dict[str, Any]]],
) -> None:
    assert exported["tellings"] == []
    assert exported["claims"]


@pytest.mark.parametrize("name", FILES)
def test_rows_are_sorted_by_id(exported: dict[str, list[dict[str, Any]]], name: str) -> None:
    ids = [next(iter(row.values())) for row in exported[name]]
    assert ids == sorted(ids)


def test_csv_holds_the_same_rows_and_no_formula(
    firsthand: CommandLine,
    ready: Ready,
    exported: dict[str, list[dict[str, Any]]],
    tmp_path: Path,
) -> None:
    firsthand.right("export", ready.project, "--format", "csv", "--out", tmp_path / "csv")
    assert {path.stem for path in (tmp_path / "csv").iterdir()} == set(FILES)
    text = (tmp_path / "csv" / "documents.csv").read_text("utf-8-sig")
    assert ",'=Army denies" in text
    assert ",=Army" not in text
    assert len(exported["documents"]) == 2


def test_export_refuses_a_format_it_does_not_know(
    firsthand: CommandLine, ready: Ready, tmp_path: Path
) -> None:
    ended = firsthand("export", ready.project, "--format", "xml", "--out", tmp_path / "x")
    ended.refused("xml", "csv, jsonl")
    assert not (tmp_path / "x").exists()


def test_export_into_a_file_is_refused(
    firsthand: CommandLine, ready: Ready, tmp_path: Path
) -> None:
    (tmp_path / "out").write_text("mine")
    ended = firsthand("export", ready.project, "--out", tmp_path / "out")
    ended.refused("cannot write the export", str(tmp_path / "out"))
    assert (tmp_path / "out").read_text() == "mine"


# where it runs


@pytest.mark.slow
def test_a_process_of_its_own_needs_no_home_and_no_terminal(ready: Ready, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path / "home")}
    done = subprocess.run(
        [sys.executable, "-c", "from firsthand.cli import main; main()", "run", ready.project],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 pages" in done.stdout
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.parametrize("missing", ["HOME", "USER", "LC_ALL"])
def test_an_empty_environment_is_enough(
    firsthand: CommandLine, mine: Path, tmp_path: Path, missing: str
) -> None:
    (tmp_path / "third.txt").write_text(f"A bridge is closed, said {missing}.")
    env = {"HOME": str(tmp_path), "USER": "ana", "LC_ALL": "C.UTF-8"}
    env.pop(missing)
    firsthand.right("add", mine, tmp_path / "third.txt", env=env)


def test_a_reader_that_goes_away_ends_it_without_a_word(ready: Ready, tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    command = "from firsthand.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", command, "dates", ready.project, "--json"],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (1, "")
