"""The process of a run that a screen started: takes pages in, runs, and tells its progress.

One JSON line on standard output for each step. It goes on where nobody reads them any more: a
server that ends does not end a run.
"""

import contextlib
import shutil
import sys
from pathlib import Path

import msgspec

from firsthand import intake, pipeline
from firsthand.errors import FirsthandError
from firsthand.intake import Custody
from firsthand.model.record import Part
from firsthand.store.project import Project

WAIT_SECONDS = 60.0
"""A command of the user's may hold the project for a moment."""


class Step(Part, frozen=True, kw_only=True):
    """One line: a stage and how far it is, or how the run ended."""

    stage: str
    done: int = 0
    todo: int = 0
    ended: str | None = None
    """Well, or what went wrong in words."""
    well: bool = True


class Order(Part, frozen=True, kw_only=True):
    """What the process is to do."""

    project: str
    paths: tuple[str, ...] = ()
    at: str = ""
    by: str = ""


def tell(step: Step) -> None:
    """Write one line; nobody may be listening."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.buffer.write(msgspec.json.encode(step) + b"\n")
        sys.stdout.buffer.flush()


def work(order: Order) -> str:
    """Take in and run; returns what was done in words."""
    project = Project(Path(order.project))
    said = ""
    if order.paths:
        with project.writing(wait_seconds=WAIT_SECONDS):
            said = _take_in(project, order)
    pipeline.run(
        project,
        progress=lambda stage, done, todo: tell(Step(stage=stage, done=done, todo=todo)),
        wait_seconds=WAIT_SECONDS,
    )
    return said + "the edition is up to date"


def _take_in(project: Project, order: Order) -> str:
    count = 0

    def tick(_source: str) -> None:
        nonlocal count
        count += 1
        tell(Step(stage="capture", done=count))

    paths = [Path(path) for path in order.paths]
    report = intake.add(project, paths, Custody(at=order.at, by=order.by), tick=tick)
    for path in paths:
        if path.parent == project.folder / "uploads":
            shutil.rmtree(path, ignore_errors=True)  # kept now, byte by byte, among the captures
    return (
        f"took in {len(report.added)} pages, {len(report.known)} were there already, "
        f"{len(report.refused)} refused; "
    )


def main() -> None:
    """Do the order that stands on standard input."""
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    try:
        ended = work(order)
    except FirsthandError as error:
        tell(Step(stage="end", ended=str(error), well=False))
        sys.exit(1)
    tell(Step(stage="end", ended=ended))


if __name__ == "__main__":
    main()
