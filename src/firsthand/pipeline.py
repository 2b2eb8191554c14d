"""The file to read first: the eight stages in order, and the loop that runs them.

capture → extract → segment → trace → claims → resolve → link → publish

Data flows one way. Each stage is a value that names the records it reads and writes; what a
stage makes is kept by page (or by group of linked pages) and made anew only where the stage,
its settings or what it read has changed.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from firsthand import __version__
from firsthand.capture.stage import STAGE as CAPTURE
from firsthand.claims.stage import STAGE as CLAIMS
from firsthand.engine.garbage import collecting_seldom
from firsthand.engine.pool import preload
from firsthand.engine.run import Progress, Runner, StageReport
from firsthand.errors import PipelineError
from firsthand.extract.stage import STAGE as EXTRACT
from firsthand.link.stage import STAGE as LINK
from firsthand.model.record import Record
from firsthand.model.table import table_name
from firsthand.publish.edition import EditionReport, built_generation
from firsthand.publish.stage import STAGE as PUBLISH
from firsthand.publish.stage import publish
from firsthand.resolve.stage import STAGE as RESOLVE
from firsthand.segment.stage import STAGE as SEGMENT
from firsthand.stage import Change, Scope, Stage
from firsthand.store.project import Project
from firsthand.trace.stage import STAGE as TRACE

PIPELINE: Final = (
    CAPTURE,  # files, folders, URLs, feeds, archives -> bytes kept unchanged, custody log
    EXTRACT,  # bytes -> page text, furniture marked, articles, title, outlet, dates, links
    SEGMENT,  # paragraphs, sentences, quotations
    TRACE,  # shared passages, credit lines, links -> voices and one acyclic lineage
    CLAIMS,  # attributions and claims: who says what, with which modality
    RESOLVE,  # times, places, actors, quantities -> intervals, coordinates, canonical names
    LINK,  # origins, same claims, events, corroboration, conflicts, forecasts
    PUBLISH,  # the edition that is served, searched and exported
)


@dataclass(frozen=True)
class RunReport:
    """What a run did."""

    stages: tuple[StageReport, ...]
    edition: EditionReport
    seconds: dict[str, float]
    """Wall time by stage."""


def run(
    project: Project,
    *,
    progress: Progress = lambda _stage, _done, _todo: None,
    rebuild: bool = False,
    wait_seconds: float = 0.0,
) -> RunReport:
    """Bring a project up to date; `rebuild` makes tables and edition anew from the captures."""
    with project.writing(wait_seconds=wait_seconds):
        project.tidy()
        if rebuild:
            project.discard_tables()
        preload({stage.run.__module__ for stage in PIPELINE if stage.run is not None})
        runner = Runner(project, records_of(PIPELINE))
        try:
            with collecting_seldom():
                return _run_stages(runner, progress, rebuild=rebuild)
        finally:
            runner.close()


def _run_stages(runner: Runner, progress: Progress, *, rebuild: bool) -> RunReport:
    reports: list[StageReport] = []
    seconds: dict[str, float] = {}
    for stage in PIPELINE:
        began = time.perf_counter()
        if stage.scope is not Scope.IO:
            reports += runner.run(stage, progress)
            seconds[stage.name] = time.perf_counter() - began
    began = time.perf_counter()
    progress(PUBLISH.name, 0, 1)
    edition = _publish(runner, rebuild=rebuild)
    progress(PUBLISH.name, 1, 1)
    runner.keep_ready(PIPELINE, reports)
    seconds[PUBLISH.name] = time.perf_counter() - began
    runner.compact()
    return RunReport(tuple(reports), edition, seconds)


def _publish(runner: Runner, *, rebuild: bool) -> EditionReport:
    path = runner.project.edition
    built = None if rebuild else built_generation(path)
    if built is not None and built >= runner.generation:
        built = None  # the tables were made anew since: a rebuild was interrupted
    changed = runner.index.changed_since(built or 0)
    tables = {table_name(record): record for record in PUBLISH.reads}
    change = Change(
        {tables[name]: frozenset(units) for name, units in changed.items() if name in tables}
    )
    facts = {
        "generation": str(runner.generation),
        "name": runner.project.name,
        "version": __version__,
        "judgements": str(runner.inputs.decided),
        **{f"stage_{stage.name}": str(stage.version) for stage in PIPELINE},
    }
    return publish(path, runner.tables, change, facts, fresh=built is None)


def records_of(stages: Collection[Stage]) -> tuple[type[Record], ...]:
    """Every record type that these stages write, each once, in order."""
    written = [record for stage in stages for record in (*stage.prepares, *stage.writes)]
    return tuple(dict.fromkeys(written))


def check_pipeline(stages: Collection[Stage]) -> None:
    """Refuse a pipeline in which a stage reads what no stage before it writes."""
    written: set[type[Record]] = set()
    for stage in stages:
        for record in (*stage.prepare_reads, *stage.reads):
            if record not in written and record not in (*stage.prepares, *stage.writes):
                message = (
                    f"stage {stage.name} reads {record.__name__}, which no stage before writes"
                )
                raise PipelineError(message)
        written.update(stage.prepares, stage.writes)
