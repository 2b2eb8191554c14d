"""A page that makes a stage crash, hang or die becomes a row; the pages beside it are done."""

import os
from contextlib import closing
from pathlib import Path

import pytest

from firsthand import intake
from firsthand.engine.pool import INLINE_PAGES
from firsthand.engine.run import Runner
from firsthand.intake import Custody
from firsthand.model.problem import Problem
from firsthand.store.project import Project, create
from hostile.bad_stages import STAGE

CUSTODY = Custody(at="2031-05-04T00:00:00+00:00", by="tester")


def project_with(folder: Path, *pages: str) -> Project:
    """A project of plain pages, and one second for each."""
    pile = folder / "pile"
    pile.mkdir()
    for number, words in enumerate(pages):
        (pile / f"{number:02}.txt").write_text(words)
    project = create(folder / "p")
    settings = "[extract]\nseconds_per_page = 0.2\n[run]\nworkers = 2\nbatch_pages = 4\n"
    (project.folder / "firsthand.toml").write_text(settings)
    intake.add(project, [pile], CUSTODY)
    return Project(project.folder)


def rows_of(project: Project) -> dict[str, tuple[str, str]]:
    """Page name to the code and detail of its one row, after a run of the bad stage."""
    runner = Runner(project, (Problem,))
    try:
        runner.run(STAGE, lambda _stage, _done, _todo: None)
        rows = runner.tables.rows(Problem)
    finally:
        runner.close()
    names = {page: row.source for page, row in project.captures.current().items()}
    found = {names[row.record_id]: (row.code, row.detail) for row in rows}
    assert len(found) == len(rows)
    return found


def test_a_crash_is_a_defect_row_and_a_refusal_a_refused_one(tmp_path: Path) -> None:
    found = rows_of(project_with(tmp_path, "fine", "CRASH", "REFUSE", "also fine"))
    assert found["00.txt"] == ("seen", "fine")
    assert found["03.txt"] == ("seen", "also fine")
    assert found["02.txt"] == ("refused", "the page is not to our taste; choose another")
    code, detail = found["01.txt"]
    assert code == "defect"
    for words in ("KeyError", "no such luck", "bad_stages.py:", "report it"):
        assert words in detail


@pytest.mark.slow
def test_a_page_that_hangs_is_stopped_even_in_a_small_pile(tmp_path: Path) -> None:
    found = rows_of(project_with(tmp_path, "fine", "HANG"))
    assert found["00.txt"] == ("seen", "fine")
    code, detail = found["01.txt"]
    assert code == "stopped"
    assert "longer than 0.2 s" in detail
    assert "extract.seconds_per_page" in detail


@pytest.mark.slow
def test_a_page_that_kills_its_process_is_told_apart_from_its_batch(tmp_path: Path) -> None:
    words = [f"page {number}" for number in range(INLINE_PAGES)]
    found = rows_of(project_with(tmp_path, "DIE", *words))
    assert found.pop("00.txt")[0] == "stopped"
    assert sorted(found.values()) == sorted(("seen", one) for one in words)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_after_a_run_that_died_at_a_few_pages_the_next_one_completes(tmp_path: Path) -> None:
    project = project_with(tmp_path, "fine", "DIE")
    child = os.fork()
    if child == 0:
        rows_of(project)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    with closing(project.index()) as index:
        assert index.at_work() == "bad"
    found = rows_of(project)
    assert found["00.txt"] == ("seen", "fine")
    code, detail = found["01.txt"]
    assert (code, "process ended" in detail) == ("stopped", True)
    with closing(project.index()) as index:
        assert index.at_work() is None
