"""Measures every stage on generated piles: time, memory, growth, disk, the cost of one more page.

usage: python bench/stages.py [--pages 1000,10000] [--form html,txt] [--cores 1,2]
                              [--reader rules|reader-v1] [--out bench/results/stages.json]

For each form, number of cores and size it makes a pile with bench/generate.py, takes it in, runs
the pipeline, adds one page and runs again. The file is written anew after each, so that a bench
cut short keeps what it has. `ms_a_page` is wall time, `cpu_ms_a_page` processor time of all
processes; memory is the largest sum over all of them (proportional set size, so that shared
pages count once). Both are sampled up to ten times a second, more seldom where looking takes long
(the system walks all pages of a process), and what looking costs is not counted as the run's. On
one core the whole bench is bound to one processor.
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
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import generate
from firsthand import intake
from firsthand.intake import Custody
from firsthand.pipeline import run
from firsthand.store.project import Project, create

CUSTODY = Custody(at="2031-01-01T00:00:00+00:00", by="bench")
EVERY_SECONDS = 0.1
PAUSE = 50
"""Times as long as the last look took, in processor time, until the next: looking may cost 2 %."""
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Watch:
    """Samples processor time and memory of this process and all its children, by stage."""

    doing: str = "start"
    peaks: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    cpu: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Sample until the block ends."""
        stop = threading.Event()
        self._seen = {pid: cpu for pid, _, cpu in _processes()}
        thread = threading.Thread(target=self._watch, args=[stop])
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()
            self._sample()

    def _watch(self, stop: threading.Event) -> None:
        pause = EVERY_SECONDS
        while not stop.wait(pause):
            began = time.thread_time()
            self._sample()
            pause = max(EVERY_SECONDS, PAUSE * (time.thread_time() - began))

    def progress(self, stage: str, _done: int, _todo: int) -> None:
        """Note which stage is at work."""
        name = stage.partition(".")[0]
        if name != self.doing:
            self._sample()
            self.doing = name

    def _sample(self) -> None:
        memory, began = 0, time.thread_time()
        for pid, pss, cpu in _processes():
            memory += pss
            self.cpu[self.doing] += max(cpu - self._seen.get(pid, 0.0), 0.0)
            self._seen[pid] = cpu
        self.cpu[self.doing] -= time.thread_time() - began
        self.peaks[self.doing] = max(memory, self.peaks[self.doing])


def _processes() -> list[tuple[int, int, float]]:
    """(pid, memory in bytes, processor seconds) of this process and its descendants."""
    found, waiting = [], [os.getpid()]
    while waiting:
        pid = waiting.pop()
        try:
            children = [
                int(number)
                for task in Path(f"/proc/{pid}/task").iterdir()
                for number in (task / "children").read_text().split()
            ]
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            pss = next(int(line.split()[1]) * 1024 for line in rollup if line.startswith("Pss:"))
            stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except (OSError, StopIteration):
            continue
        waiting += children
        found.append((pid, pss, (int(stat[11]) + int(stat[12])) / TICKS))
    return found


@dataclass(frozen=True)
class Case:
    """One pile to be measured."""

    form: str
    cores: int
    pages: int
    reader: str


def measure(case: Case, folder: Path) -> dict[str, object]:
    """All figures for one pile."""
    pages = case.pages
    pile = folder / "pile"
    generate.write_folder(generate.generate(pages, 7, form=case.form), pile)
    project = create(folder / "project")
    with (folder / "project" / "firsthand.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[claims]\nreader = "{case.reader}"\n')
    project = Project(folder / "project")
    began = time.perf_counter()
    intake.add(project, [pile / "pages"], CUSTODY)
    taken = time.perf_counter() - began
    watch = Watch()
    began = time.perf_counter()
    with watch.watching():
        report = run(project, progress=watch.progress)
    whole = time.perf_counter() - began
    stages = {
        name: {
            "seconds": round(seconds, 3),
            "ms_a_page": round(1000 * seconds / pages, 3),
            "cpu_ms_a_page": round(1000 * watch.cpu[name] / pages, 3),
            "peak_mb": round(watch.peaks[name] / 1e6),
        }
        for name, seconds in report.seconds.items()
    }
    return {
        **asdict(case),
        "kb_a_page": round(_size(pile / "pages") / pages / 1e3, 1),
        "capture_seconds": round(taken, 2),
        "run_seconds": round(whole, 2),
        "pages_per_second": round(pages / whole, 1),
        "cpu_ms_a_page": round(1000 * sum(watch.cpu.values()) / pages, 2),
        "peak_mb": round(max(watch.peaks.values()) / 1e6),
        "stages": stages,
        "disk_mb": {
            "captures": round(_size(project.folder / "captures") / 1e6, 1),
            "tables": round(_size(project.tables) / 1e6, 1),
            "edition": round(project.edition.stat().st_size / 1e6, 1),
        },
        "add_one": _add_one(project, folder, case.form),
    }


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _add_one(project: Project, folder: Path, form: str) -> dict[str, object]:
    """Add one page that nothing else is derived from, and time the run."""
    extra = folder / "extra"
    generate.write_folder(generate.generate(1, 99, form=form), extra)
    began = time.perf_counter()
    intake.add(Project(project.folder), [extra / "pages"], CUSTODY)
    report = run(Project(project.folder))
    return {
        "seconds": round(time.perf_counter() - began, 2),
        "stages": {name: round(seconds, 3) for name, seconds in report.seconds.items()},
    }


def measured_alone(case: Case) -> dict[str, object]:
    """Measure one pile in a folder of its own, on as many processors as it says."""
    allowed = os.sched_getaffinity(0)
    folder = Path(tempfile.mkdtemp(prefix="firsthand-bench-"))
    try:
        os.sched_setaffinity(0, sorted(allowed)[: case.cores])
        return measure(case, folder)
    finally:
        os.sched_setaffinity(0, allowed)
        shutil.rmtree(folder, ignore_errors=True)


def exponents(results: list[dict[str, object]]) -> dict[str, dict[str, float]]:
    """Growth exponents of wall time by form, cores and stage; 1.0 is twice as long for twice."""
    found: dict[str, dict[str, float]] = {}
    for one in results:
        for other in results:
            alike = (one["form"], one["cores"]) == (other["form"], other["cores"])
            if not alike or one["pages"] >= other["pages"]:  # type: ignore[operator]  # figures read back from JSON
                continue
            ratio = other["pages"] / one["pages"]  # type: ignore[operator]  # figures read back from JSON
            small = {name: s["seconds"] for name, s in one["stages"].items()}  # type: ignore[attr-defined]  # figures read back from JSON
            large = {name: s["seconds"] for name, s in other["stages"].items()}  # type: ignore[attr-defined]  # figures read back from JSON
            small["whole"], large["whole"] = one["run_seconds"], other["run_seconds"]
            label = f"{one['form']}, {one['cores']} core(s), {one['pages']} to {other['pages']}"
            found[label] = {name: exponent(small[name], large[name], ratio) for name in small}
    return found


def exponent(small: float, large: float, ratio: float) -> float:
    """Growth exponent: 1.0 where twice the pages take twice as long."""
    return round(math.log(max(large, 1e-9) / max(small, 1e-9)) / math.log(ratio), 3)


def main() -> None:
    """Run the bench; print figures as JSON, and keep them after each pile."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", default="1000,10000")
    parser.add_argument("--form", default="html", help="html, txt, or both with a comma")
    parser.add_argument("--cores", default=str(os.cpu_count() or 1), help="1, 2, or both")
    parser.add_argument(
        "--reader", default="rules", help="rules, or the packaged network's name: reader-v1"
    )
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    cases = [
        Case(form, int(cores), int(pages), arguments.reader)
        for form in arguments.form.split(",")
        for cores in arguments.cores.split(",")
        for pages in arguments.pages.split(",")
    ]
    results: list[dict[str, object]] = []
    for case in cases:
        results.append(measured_alone(case))
        answer = {
            "machine": f"{platform.machine()}, {os.cpu_count()} cores, "
            f"Python {platform.python_version()}",
            "command": "python " + " ".join(sys.argv),
            "results": results,
            "growth_exponent": exponents(results),
        }
        print(json.dumps(results[-1]), file=sys.stderr)
        if arguments.out:
            arguments.out.parent.mkdir(parents=True, exist_ok=True)
            arguments.out.write_text(json.dumps(answer, indent=1) + "\n")
    print(json.dumps(answer, indent=1))


if __name__ == "__main__":
    main()
