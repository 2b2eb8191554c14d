"""The work of one process: read a batch of pages, run a stage on each, write a part."""

import gc
import logging
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from firsthand.engine.garbage import collect_seldom
from firsthand.errors import FirsthandError
from firsthand.model.capture import Capture, CapturedPage
from firsthand.model.judgement import Judgement
from firsthand.model.problem import problem
from firsthand.model.record import Record
from firsthand.stage import Context, RecordFunction, Rows
from firsthand.store.captures import Captures
from firsthand.store.index import Written
from firsthand.store.parts import Parts


@dataclass(frozen=True)
class Batch:
    """Pages to be worked on together, and where what is read of them stands."""

    label: str
    units: tuple[str, ...]
    live: Mapping[type[Record], Sequence[tuple[str, str]]]
    captures: Mapping[str, Capture]
    judgements: Mapping[str, Sequence[Judgement]]


@dataclass(frozen=True)
class Worker:
    """What a process needs to know of a stage: the project's folders, its function, its context."""

    folder: Path
    run: RecordFunction
    reads: tuple[type[Record], ...]
    context: Context

    def work(self, batch: Batch) -> list[Written]:
        """Run the stage over a batch and write its rows; returns what stands where."""
        parts = Parts(self.folder / "tables")
        inputs = self._inputs(parts, batch)
        made = {unit: self._page(batch.label, Rows(unit, rows)) for unit, rows in inputs}
        if CapturedPage in self.reads:
            lost = [unit for unit in batch.units if unit not in made]
            made |= {unit: [_lost(batch.label, unit, batch.captures[unit])] for unit in lost}
        return parts.write(batch.label, made)

    def _inputs(
        self, parts: Parts, batch: Batch
    ) -> Iterable[tuple[str, dict[type[Record], list[Record]]]]:
        found: dict[str, dict[type[Record], list[Record]]] = {unit: {} for unit in batch.units}
        for record, live in batch.live.items():
            for unit, rows in parts.read(record, live):
                found[unit].setdefault(record, []).extend(rows)
        captures = Captures(self.folder / "captures")
        for unit, rows_by_type in found.items():
            if CapturedPage in self.reads:
                capture = batch.captures[unit]
                if not captures.readable(capture.sha256):
                    continue
                content = captures.content(capture.sha256)
                rows_by_type[CapturedPage] = [CapturedPage(capture=capture, content=content)]
            if unit in batch.judgements:
                rows_by_type[Judgement] = list(batch.judgements[unit])
            yield unit, rows_by_type

    def _page(self, label: str, rows: Rows) -> list[Record]:
        try:
            return list(self.run(rows, self.context))
        except FirsthandError as error:
            return [problem(label, rows.unit, "refused", str(error))]
        # A page must never take the run down with it: the defect becomes a row that names it.
        except Exception as error:
            logging.getLogger(__name__).debug("page %s", rows.unit, exc_info=error)
            return [problem(label, rows.unit, "defect", _tell(error))]


def _lost(label: str, unit: str, capture: Capture) -> Record:
    """The row for a page whose captured bytes are not there."""
    return problem(
        label,
        unit,
        "bytes_missing",
        f"the captured bytes {capture.sha256} of {capture.source} cannot be read; put the file "
        "back under captures/ from a copy, or take the page in anew",
    )


def _tell(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return (
        f"{type(error).__name__}: {str(error)[:300]} at {where}; "
        "this is a defect of firsthand: please report it with the page"
    )


_warm: set[str] = set()


def begin() -> None:
    """Make a fresh process ready: what was imported before is never looked through for garbage."""
    collect_seldom()


def work(worker: Worker, batch: Batch) -> list[Written]:
    """Work on a batch in a process of the pool."""
    written = worker.work(batch)
    if batch.label not in _warm:
        # Tables and grammars are loaded now and stay; to walk them at every collection of
        # garbage would cost a twentieth of the work.
        _warm.add(batch.label)
        gc.freeze()
    return written
