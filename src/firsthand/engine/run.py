"""Runs stages one after another over what changed, and remembers what they made."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from firsthand.engine.keys import Inputs, context_of, stage_key
from firsthand.engine.pool import Processes, cores, run_batches
from firsthand.engine.work import Batch, Worker
from firsthand.model.capture import CapturedPage
from firsthand.model.judgement import Judgement
from firsthand.model.problem import problem
from firsthand.model.record import Record
from firsthand.model.table import table_name
from firsthand.stage import Change, Context, RecordFunction, Scope, Stage
from firsthand.store.index import Index, Written
from firsthand.store.project import Project
from firsthand.store.tables import DiskTables

Progress = Callable[[str, int, int], None]
"""Called with the stage, pages done and pages to do."""

SMALL_PARTS = 40
"""So many part files with few pages are joined into one, which keeps reading quick."""
MUCH = 500
"""Units of a stage that a run has made; after fewer, the next run makes its tables as quickly."""
FEW_FILES = 2_000
NEW_FILES = 400
"""Beyond a few thousand part files, small ones are looked for once so many new ones have come."""


@dataclass(frozen=True)
class StageReport:
    """What one stage did in a run."""

    stage: str
    done: int
    """Units made anew."""
    kept: int
    """Units whose rows still stood."""
    removed: int


class Runner:
    """Runs stages over one project; the caller holds the project's lock."""

    def __init__(self, project: Project, records: Collection[type[Record]]) -> None:
        """Open the tables of a project for writing and number the run."""
        self.project = project
        self.context: Context = context_of(project)
        self.inputs = Inputs(project)
        self.index: Index = self.inputs.index
        self._died_at = self.index.at_work()
        self.generation = self.index.begin_generation()
        project.refusals.bring_into(self.index, project.parts)
        self.tables = DiskTables(self.index, project.parts, records, project.scratch)
        self.processes = Processes(project.settings.run.workers or cores())

    def close(self) -> None:
        """End the processes and close the files."""
        self.processes.close()
        self.tables.close()
        self.index.close()

    def run(self, stage: Stage, progress: Progress) -> list[StageReport]:
        """Run one stage over what changed."""
        base = stage_key(stage, self.context)
        reports: list[StageReport] = []
        if stage.run is not None:
            label = stage.name if stage.scope is Scope.RECORD else f"{stage.name}.pages"
            reads = stage.reads if stage.scope is Scope.RECORD else stage.prepare_reads
            reports.append(self._run_pages(label, stage.run, reads, base, progress))
        if stage.update is not None:
            reports.append(self._run_update(stage, base, progress))
        return reports

    def _run_pages(
        self,
        label: str,
        run: RecordFunction,
        reads: tuple[type[Record], ...],
        base: str,
        progress: Progress,
    ) -> StageReport:
        wanted = self.inputs.unit_keys(base, reads)
        had = self.index.keys(label)
        todo = sorted(unit for unit, key in wanted.items() if had.get(unit) != key)
        gone = sorted(had.keys() - wanted.keys())
        if gone:
            self.index.replace(label, dict.fromkeys(gone), [])
        worker = Worker(self.project.folder, run, reads, self.context)
        progress(label, 0, len(todo))
        if todo:
            with self._noted(label):
                batches = list(self._batches(label, todo, reads))
                self._work_off(label, worker, batches, wanted, progress)
        return StageReport(label, len(todo), len(wanted) - len(todo), len(gone))

    def _work_off(
        self,
        label: str,
        worker: Worker,
        batches: Sequence[Batch],
        wanted: Mapping[str, str],
        progress: Progress,
    ) -> None:
        settings = self.project.settings
        done, total = 0, sum(len(batch.units) for batch in batches)
        for result in run_batches(
            worker,
            batches,
            processes=self.processes,
            seconds=settings.extract.seconds_per_page,
            guarded=self._died_at == label,
        ):
            written = result.written
            if result.failure is not None:
                written = self._write_failure(label, result.batch.units[0], result.failure)
            keys: dict[str, str | None] = {unit: wanted[unit] for unit in result.batch.units}
            self.index.replace(label, keys, written)
            done += len(result.batch.units)
            progress(label, done, total)

    @contextmanager
    def _noted(self, label: str) -> Iterator[None]:
        """Leave word of what is worked on, which only a process that dies at it leaves behind."""
        self.index.set_at_work(label)
        try:
            yield
        finally:
            self.index.set_at_work(None)

    def _write_failure(self, label: str, unit: str, failure: str) -> Sequence[Written]:
        row = problem(label, unit, "stopped", failure)
        return self.project.parts.write(label, {unit: [row]})

    def _batches(
        self, label: str, todo: Sequence[str], reads: tuple[type[Record], ...]
    ) -> Iterator[Batch]:
        size = self.project.settings.run.batch_pages
        kept = [record for record in reads if record not in (CapturedPage, Judgement)]
        for begin in range(0, len(todo), size):
            units = tuple(todo[begin : begin + size])
            yield Batch(
                label=label,
                units=units,
                live={record: self.index.parts(table_name(record), units) for record in kept},
                captures={unit: self.inputs.captures[unit] for unit in units}
                if CapturedPage in reads
                else {},
                judgements={
                    unit: self.inputs.judgements[unit]
                    for unit in units
                    if Judgement in reads and unit in self.inputs.judgements
                },
            )

    def _run_update(self, stage: Stage, base: str, progress: Progress) -> StageReport:
        if stage.update is None:
            message = f"stage {stage.name} has no update"
            raise ValueError(message)
        self._forget_if_outdated(stage, base)
        now = {record: self.inputs.digests(record) for record in stage.reads}
        before = {record: self.index.seen(stage.name, table_name(record)) for record in stage.reads}
        changed = {
            record: frozenset(
                unit
                for unit in now[record].keys() | before[record].keys()
                if now[record].get(unit) != before[record].get(unit)
            )
            for record in stage.reads
        }
        total = len(frozenset().union(*changed.values()))
        progress(stage.name, 0, total)
        if total == 0:
            return StageReport(stage.name, 0, len(self.index.keys(stage.name)), 0)
        delta = stage.update(self.tables, Change(changed), self.context)
        keys: dict[str, str | None] = {}
        written: list[Written] = []
        for units in delta.portions():
            made = {unit: rows for unit, rows in units.items() if rows}
            written += self.project.parts.write(stage.name, made)
            keys |= {unit: base if unit in made else None for unit in units}
        seen = {
            table_name(record): {unit: now[record].get(unit) for unit in changed[record]}
            for record in stage.reads
        }
        self.index.replace(stage.name, keys, written, seen)
        progress(stage.name, total, total)
        stand = sum(key is not None for key in keys.values())
        return StageReport(stage.name, stand, 0, len(keys) - stand)

    def _forget_if_outdated(self, stage: Stage, base: str) -> None:
        """A corpus stage of another version or with other settings starts from nothing."""
        if self.index.stage_key(stage.name) != base:
            self.index.forget_stage(stage.name, base)

    def keep_ready(self, stages: Collection[Stage], reports: Collection[StageReport]) -> None:
        """After much was made anew, keep ready what updates will ask for; it would delay the next."""
        if max((report.done for report in reports), default=0) < MUCH:
            return
        columns: dict[type[Record], list[str]] = {}
        for stage in stages:
            for record, named in stage.at_hand.items():
                columns.setdefault(record, []).extend(named.split())
        self.tables.keep_ready(columns)

    def compact(self) -> None:
        """Join small part files, and remove those that no row stands in.

        In a large project that takes as long as adding a page, and waits until it pays.
        """
        files = sum(1 for _ in self.project.tables.glob("*/*.parquet"))
        if files > FEW_FILES and files < self.index.files_when_joined() + NEW_FILES:
            return
        for table in self.index.tables():
            self._join_small(table)
        used = self.index.part_names()
        kept = 0
        for path in sorted(self.project.tables.glob("*/*.parquet")):
            if (path.parent.name, path.stem) in used:
                kept += 1
            else:
                path.unlink(missing_ok=True)
        self.index.set_files_when_joined(kept)

    def _join_small(self, table: str) -> None:
        """Join small parts, those of each stage apart: a part never mixes two writers."""
        pages = self.project.settings.run.batch_pages // 2
        by_stage: dict[str, dict[str, list[tuple[str, str]]]] = {}
        for part, live in self.index.small_parts(table, pages).items():
            by_stage.setdefault(live[0][0], {})[part] = live
        for stage in sorted(by_stage):
            if len(by_stage[stage]) >= SMALL_PARTS:
                name, moved = self.project.parts.join(table, by_stage[stage])
                self.index.move(table, name, moved)
