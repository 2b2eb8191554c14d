"""Measures every stage on generated piles: pages per second, memory, growth, the cost of one page.

usage: python bench/stages.py [--pages 1000,10000] [--form html] [--out bench/results/stages.json]

For each size it makes a pile with bench/generate.py, takes it in, runs the pipeline on two
workers, adds one page and runs again, and compares with a full run. Seconds are wall time. Memory is the largest sum over all
processes (proportional set size, so that shared pages count once), sampled ten times a second.
"""

import argparse
import json
import math
import os
import platform
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import generate
from firsthand import intake
from firsthand.intake import Custody
from firsthand.pipeline import RunReport, run
from firsthand.store.project import Project, create

CUSTODY = Custody(at="2031-01-01T00:00:00+00:00", by="bench")
ROOT = Path(__file__).parents[1]


class Memory:
    """Samples the memory of this process and all its children, by what is being done."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self.doing = ""
        self.peaks: dict[str, int] = {}
        self._stop = threading.Event()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Sample until the block ends."""
        thread = threading.Thread(target=self._watch)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.1):
            now = sum(_pss(pid) for pid in _tree(os.getpid()))
            self.peaks[self.doing] = max(now, self.peaks.get(self.doing, 0))


def _tree(root: int) -> list[int]:
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        try:
            tasks = Path(f"/proc/{pid}/task").iterdir()
            waiting += [int(n) for t in tasks for n in (t / "children").read_text().split()]
        except OSError:
            continue
    return found


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0


def measure(pages: int, form: str, folder: Path) -> dict[str, object]:
    """All figures for one size."""
    pile = folder / "pile"
    generate.write_folder(generate.generate(pages, 7, form=form), pile)
    project = create(folder / "project")
    began = time.perf_counter()
    intake.add(project, [pile / "pages"], CUSTODY)
    taken = time.perf_counter() - began
    memory = Memory()

    def progress(stage: str, _done: int, _todo: int) -> None:
        memory.doing = stage.partition(".")[0]

    began = time.perf_counter()
    with memory.watching():
        report = run(project, progress=progress)
    whole = time.perf_counter() - began
    return {
        "pages": pages,
        "form": form,
        "capture_seconds": round(taken, 2),
        "run_seconds": round(whole, 2),
        "pages_per_second": round(pages / whole, 1),
        "stages": {
            name: {
                "seconds": round(seconds, 3),
                "ms_a_page": round(1000 * seconds / pages, 3),
                "peak_mb": round(memory.peaks.get(name, 0) / 1e6),
            }
            for name, seconds in report.seconds.items()
        },
        "project_mb": round(_size(project.folder) / 1e6, 1),
        "add_one": _add_one(project, folder, form),
    }


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _add_one(project: Project, folder: Path, form: str) -> dict[str, object]:
    """Add one page that nothing else is derived from, and time the run."""
    extra = folder / "extra"
    generate.write_folder(generate.generate(1, 99, form=form), extra)
    began = time.perf_counter()
    intake.add(Project(project.folder), [extra / "pages"], CUSTODY)
    report: RunReport = run(Project(project.folder))
    return {
        "seconds": round(time.perf_counter() - began, 2),
        "stages": {name: round(seconds, 3) for name, seconds in report.seconds.items()},
    }


def exponent(small: float, large: float, ratio: float) -> float:
    """Growth exponent: 1.0 where twice the pages take twice as long."""
    return round(math.log(max(large, 1e-9) / max(small, 1e-9)) / math.log(ratio), 3)


def main() -> None:
    """Run the bench and print its figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", default="1000,10000")
    parser.add_argument("--form", default="html")
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    sizes = [int(size) for size in arguments.pages.split(",")]
    results = []
    for size in sizes:
        folder = Path(tempfile.mkdtemp(prefix="firsthand-bench-"))
        try:
            results.append(measure(size, arguments.form, folder))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        print(json.dumps(results[-1]), file=sys.stderr)
    answer: dict[str, object] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "results": results,
    }
    if len(sizes) > 1:
        ratio = sizes[-1] / sizes[0]
        answer["growth_exponent"] = {
            name: exponent(
                results[0]["stages"][name]["seconds"],  # type: ignore[index]
                results[-1]["stages"][name]["seconds"],  # type: ignore[index]
                ratio,
            )
            for name in results[0]["stages"]  # type: ignore[attr-defined]
        }
    text = json.dumps(answer, indent=1)
    if arguments.out:
        arguments.out.parent.mkdir(parents=True, exist_ok=True)
        arguments.out.write_text(text + "\n")
    print(text)


if __name__ == "__main__":
    main()
