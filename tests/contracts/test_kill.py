"""A run killed at any moment loses nothing, and the next one completes to the same rows."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from contracts.piles import add_pages, differing, edition_rows, finished, page_names, project_of
from firsthand.pipeline import run
from firsthand.store.project import Project

pytestmark = pytest.mark.slow

COMMAND = [sys.executable, "-c", "from firsthand.cli import main; main()"]


def start(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def kill_after(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Kill a process; whether it was still running."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True
    return False


@pytest.mark.timeout(300)
def test_killed_runs_lose_nothing(tmp_path: Path) -> None:
    names = page_names()
    began = time.perf_counter()
    whole = finished(tmp_path / "whole", names)
    usual = time.perf_counter() - began
    project = project_of(tmp_path / "p", **{"run.batch_pages": "2"})
    add_pages(project, names)
    dice = random.Random(20_310_504)
    killed = 0
    for _ in range(8):
        killed += kill_after(start("run", str(project.folder)), dice.uniform(0.4, 0.4 + usual))
    assert killed >= 3, "the kills came too late to prove anything"
    run(Project(project.folder))
    assert list(project.captures.verify()) == []
    assert differing(edition_rows(whole), edition_rows(project)) == {}
    leftovers = [path.name for path in project.folder.rglob(".tmp-*")]
    assert leftovers == []


@pytest.mark.timeout(300)
def test_killed_add_keeps_what_it_took_in(tmp_path: Path) -> None:
    pile = tmp_path / "pile"
    pile.mkdir()
    for number in range(400):
        (pile / f"{number:03}.txt").write_text(f"Report {number}: the bridge at Orrel is closed.")
    project = project_of(tmp_path / "p")
    taken = 0
    for wait in (0.9, 1.1, 1.3):
        kill_after(start("add", str(project.folder), str(pile)), wait)
        assert list(project.captures.verify()) == []
        now = len(project.captures.current())
        assert now >= taken
        taken = now
    start("add", str(project.folder), str(pile)).wait()
    assert len(project.captures.current()) == 400
    assert list(project.captures.verify()) == []
