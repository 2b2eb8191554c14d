"""Every bad input ends in one clear row that names the file and what to do; nothing else is lost."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from command_line import CommandLine
from hostile.bad_files import MAX_PAGE_BYTES, article, make

ROWS = {
    "empty.txt": ("capture", "empty", "save the page again"),
    "empty.html": ("capture", "empty", "save the page again"),
    "large.html": ("capture", "too_large", "raise that setting"),
    "cut.warc.gz": ("capture", "archive_damaged", "get a whole copy"),
    "broken.wacz": ("capture", "archive_damaged", "get a whole copy"),
    "bomb.wacz!archive/data.warc": ("capture", "archive_bomb", "capture.max_archive_ratio"),
    "climbing.wacz!../../climbed.warc": ("capture", "unsafe_path", "pack it under a plain name"),
    "broken.json": ("capture", "bad_json", "save it anew"),
    "broken.jsonl:2": ("capture", "bad_line", "expected"),
    "tool.exe": ("capture", "unknown_type", "known endings"),
    "link.txt": ("capture", "link", "add what it points to"),
    "linked": ("capture", "link", "add what it points to"),
    "pipe.txt": ("capture", "no_file", "save it as a file"),
    "junk.html": ("extract", "binary", ""),
    "junk.txt": ("extract", "binary", ""),
    "deep.html": ("extract", "nested_too_deep", ""),
    "broken.pdf": ("extract", "pdf_damaged", "add it as text"),
}
"""Source to the stage, the code and the advice of its one row."""

READ = {
    "good.txt",
    "bogus.html",
    "http://delta.example/1",
    "http://delta.example/2",
    "http://delta.example/l1",
    "http://delta.example/w",
}
"""Sources that must come through, some of them out of damaged files."""


@dataclass(frozen=True)
class Outcome:
    """What came of a pile of bad files."""

    folder: Path
    problems: dict[str, list[dict[str, Any]]]
    listed: str
    articles: set[str]
    report: dict[str, Any]


@pytest.fixture(scope="module")
def outcome(firsthand: CommandLine, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("bad")
    make(folder / "pile")
    project = folder / "p"
    firsthand.right("init", project)
    (project / "firsthand.toml").write_text(f"[capture]\nmax_page_bytes = {MAX_PAGE_BYTES}\n")
    added = firsthand.right("add", project, folder / "pile", "--json")
    assert added.err == ""
    ran = firsthand.right("run", project)
    assert ran.err == ""
    problems: dict[str, list[dict[str, Any]]] = {}
    for row in firsthand.right("problems", project, "--json").json:
        problems.setdefault(row["source"], []).append(row)
    dates = firsthand.right("dates", project, "--json").json
    return Outcome(
        folder,
        problems,
        firsthand.right("problems", project).out,
        {row["source"] for row in dates},
        added.json,
    )


@pytest.mark.parametrize("source", ROWS)
def test_bad_file_is_one_row_with_advice(outcome: Outcome, source: str) -> None:
    stage, code, advice = ROWS[source]
    (row,) = outcome.problems[source]
    assert (row["stage"], row["code"]) == (stage, code)
    assert advice in row["detail"]
    (line,) = [line for line in outcome.listed.splitlines() if f"{stage}  {code}  {source}" in line]
    assert advice in line


def test_wrong_charset_is_read_for_what_it_is(outcome: Outcome) -> None:
    (row,) = outcome.problems["charset.html"]
    assert (row["stage"], row["code"]) == ("claims", "language_not_read")
    assert "'ru'" in row["detail"]


def test_nothing_is_refused_without_a_row_and_no_row_is_about_a_good_page(outcome: Outcome) -> None:
    assert set(outcome.problems) == {*ROWS, "charset.html"}
    refused = {row["source"] for row in outcome.report["refused"]}
    assert refused == {source for source, row in ROWS.items() if row[0] == "capture"}


def test_the_other_pages_come_through(outcome: Outcome) -> None:
    assert outcome.articles >= READ


def test_nothing_outside_is_read_or_written(outcome: Outcome) -> None:
    there = {path.name for path in outcome.folder.iterdir()}
    assert there - {"mended"} == {"outside", "p", "pile"}  # another test makes `mended`
    assert not any("climbed" in path.name for path in outcome.folder.parent.rglob("*"))
    held = b"".join(p.read_bytes() for p in (outcome.folder / "p" / "captures").rglob("?" * 64))
    assert b"not for the pile" not in held


@pytest.mark.slow
def test_rows_stay_until_the_file_is_mended(firsthand: CommandLine, outcome: Outcome) -> None:
    project, pile = outcome.folder / "p", outcome.folder / "mended"
    firsthand.right("run", project, "--rebuild")
    again = {row["source"] for row in firsthand.right("problems", project, "--json").json}
    assert again == set(outcome.problems)
    pile.mkdir()
    (pile / "empty.txt").write_text("The bridge at Orrel is closed.")
    firsthand.right("add", project, pile)
    mended = {row["source"] for row in firsthand.right("problems", project, "--json").json}
    assert again - mended == {"empty.txt"}


def test_a_path_that_is_not_there_is_refused_and_the_rest_taken_in(
    firsthand: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("The bridge at Orrel is closed.")
    firsthand.right("init", tmp_path / "p")
    added = firsthand.right("add", tmp_path / "p", tmp_path / "nowhere.txt", tmp_path / "a.txt")
    assert added.out.splitlines() == [
        "took in 1 pages; 0 were there already",
        f"refused nowhere.txt: {tmp_path}/nowhere.txt does not exist; check its spelling",
    ]


def test_unreadable_file_is_refused_and_the_rest_taken_in(
    firsthand: CommandLine, tmp_path: Path
) -> None:
    pile = tmp_path / "pile"
    (pile / "closed").mkdir(parents=True)
    for name in ("a.txt", "b.txt", "c.warc", "d.jsonl", "closed/e.txt"):
        (pile / name).write_text("The bridge at Orrel is closed.")
    for name in ("a.txt", "c.warc", "d.jsonl", "closed"):
        (pile / name).chmod(0)
    firsthand.right("init", tmp_path / "p")
    added = firsthand.right("add", tmp_path / "p", pile, "--json", plain_user=True)
    (pile / "closed").chmod(0o700)
    report = added.json
    assert [row["source"] for row in report["added"]] == ["b.txt"]
    refused = {row["source"]: row for row in report["refused"]}
    assert set(refused) == {"a.txt", "c.warc", "d.jsonl", "closed"}
    for row in refused.values():
        assert row["code"] == "unreadable"
        assert "Permission denied; check its permissions" in row["detail"]


def test_a_name_that_is_no_utf8_is_taken_in_under_an_escaped_one(
    firsthand: CommandLine, tmp_path: Path
) -> None:
    pile = tmp_path / "pile"
    pile.mkdir()
    named = os.fsencode(pile) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(named)).write_text("The bridge at Orrel is closed.")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    firsthand.right("init", tmp_path / "p")
    added = firsthand.right("add", tmp_path / "p", pile, "--json")
    assert [row["source"] for row in added.json["added"]] == ["caf\\xe9.txt"]


TITLE = "Orrel \x1b[31mred\x1b[0m [bold]bold[/bold] \u202egnp\u2066 &lt;script&gt; \x9b2J"


def test_titles_and_names_cannot_steer_the_terminal(firsthand: CommandLine, tmp_path: Path) -> None:
    pile = tmp_path / "pile"
    pile.mkdir()
    (pile / "a.html").write_text(article(TITLE, "The bridge is closed, the ministry said."))
    (pile / "x\x1b[2J\u202e.txt").write_text("")
    firsthand.right("init", tmp_path / "p", "--name", "p\x1b[2J")
    said = firsthand.right("add", tmp_path / "p", pile).out
    said += firsthand.right("run", tmp_path / "p").out
    said += firsthand.right("dates", tmp_path / "p").out
    said += firsthand.right("problems", tmp_path / "p").out
    assert not set(said) & set("\x1b\x9b\u202e\u2066")
    assert "\\x1b[31mred" in said or "red" in said
    assert "[bold]bold[/bold]" in said
    assert "x\\x1b[2J\\u202e.txt" in said


@pytest.mark.slow
def test_html_of_200_megabytes_is_refused_by_its_size(
    firsthand: CommandLine, tmp_path: Path
) -> None:
    pile = tmp_path / "pile"
    pile.mkdir()
    (pile / "good.html").write_text(article("Orrel", "The bridge is closed."))
    with (pile / "huge.html").open("wb") as handle:
        handle.write(b"<html><body><p>")
        handle.truncate(200_000_000)
    firsthand.right("init", tmp_path / "p")
    added = firsthand.right("add", tmp_path / "p", pile)
    assert "took in 1 pages" in added.out
    assert "huge.html has 200,000,000 bytes" in added.out
    assert "raise that setting to take it in" in added.out
