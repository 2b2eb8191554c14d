"""The lineage of one article and the list of origins, from the command line."""

from pathlib import Path

import pytest

from command_line import CommandLine

WORDS = (
    "The old bridge over the Sarn was closed on Tuesday after engineers found cracks in its second "
    "pier. Two lorries had to turn back at the northern ramp, and a queue of some four kilometres "
    "formed before noon. The road authority of Halvet said that the bridge would stay closed for "
    "at least nine days."
)
FIRST = (
    "<html><head><title>Cracks close the Sarn bridge</title>"
    '<meta property="og:site_name" content="Halvet Courier">'
    '<meta property="article:published_time" content="2031-05-04"></head><body><article>'
    f"<h1>Cracks close the Sarn bridge</h1><p>{WORDS}</p></article></body></html>"
)
SECOND = (
    "<html><head><title>Bridge shut for days</title>"
    '<meta property="og:site_name" content="Orrel Post">'
    '<meta property="article:published_time" content="2031-05-05"></head><body><article>'
    f"<h1>Bridge shut for days</h1><p>Halvet Courier reports:</p><p>{WORDS}</p></article>"
    "</body></html>"
)


@pytest.fixture(scope="module")
def project(firsthand: CommandLine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tracing")
    (folder / "pile").mkdir()
    (folder / "pile" / "first.html").write_text(FIRST)
    (folder / "pile" / "second.html").write_text(SECOND)
    firsthand.right("init", folder / "p")
    firsthand.right("add", folder / "p", folder / "pile")
    firsthand.right("run", folder / "p")
    return folder / "p"


def test_a_copy_names_what_it_was_taken_from(firsthand: CommandLine, project: Path) -> None:
    told = firsthand.right("lineage", project, "second.html").out
    assert "“Bridge shut for days”, Orrel Post, 2031-05-05" in told
    assert "taken from “Cracks close the Sarn bridge”, Halvet Courier:" in told
    assert "Halvet Courier reports" in told.partition("Its words:")[2]


def test_the_source_says_who_took_it_over(firsthand: CommandLine, project: Path) -> None:
    told = firsthand.right("lineage", project, "first.html#1").out
    assert "taken over by “Bridge shut for days”, Orrel Post:" in told


def test_the_table_has_one_row_for_each_step(firsthand: CommandLine, project: Path) -> None:
    known = firsthand.right("lineage", project, "second.html", "--json").json
    head, *rows = firsthand.right("lineage", project, "second.html", "--table").out.splitlines()
    assert len(rows) == len(known["traced"]) > 0
    assert head.split() == [
        "how",
        "captured",
        "shown",
        "by",
        "direction",
        "words",
        "source",
        "status",
    ]
    assert rows[0].split()[:2] == ["copies", "yes"]
    assert rows[0].index("Cracks close") == head.index("source")
    (copied,) = [row for row in known["traced"] if row["captured"]]
    assert copied["derivation"]["direction_basis"] == "credit"
    assert known["shared"][0]["direction"] == "from"
    by_id = firsthand.right("lineage", project, known["document"]["document_id"], "--json").json
    assert by_id == known


def test_an_article_that_is_not_there_is_refused(firsthand: CommandLine, project: Path) -> None:
    firsthand("lineage", project, "third.html").refused("no article is called 'third.html'")


def test_origins_are_listed_once_and_filtered(firsthand: CommandLine, project: Path) -> None:
    every = firsthand.right("origins", project, "--json").json
    assert len({row["origin_id"] for row in every}) == len(every) > 0
    (one, *_) = every
    lines = firsthand.right("origins", project).out.splitlines()
    assert [line.split()[0] for line in lines] == [row["origin_id"] for row in every]
    some = firsthand.right("origins", project, "--level", one["level"], "--json").json
    assert some == [row for row in every if row["level"] == one["level"]]
    named = firsthand.right("origins", project, "--name", one["name"].upper(), "--json").json
    assert one in named
    assert firsthand.right("origins", project, "--kind", "no such").out == "no origins\n"


def test_a_level_that_is_none_is_a_wrong_command_line(
    firsthand: CommandLine, project: Path
) -> None:
    ended = firsthand("origins", project, "--level", "certain")
    assert ended.status == 2
    assert "first_hand" in ended.err
