"""Problems of a project, also those of pages that never reached an edition."""

from dataclasses import dataclass

from firsthand.model.problem import Problem
from firsthand.pipeline import PIPELINE, records_of
from firsthand.store.project import Project
from firsthand.store.tables import DiskTables


@dataclass(frozen=True)
class Trouble:
    """A problem and the file or address it is about."""

    source: str
    stage: str
    code: str
    detail: str
    record_id: str
    problem_id: str


def all_problems(project: Project) -> list[Trouble]:
    """Every problems row, in order of stage and source."""
    index = project.index()
    try:
        tables = DiskTables(index, project.parts, records_of(PIPELINE), project.scratch)
        units = tables.by_unit(Problem, tables.units(Problem))
    finally:
        index.close()
    pages = project.captures.current()
    rows = [
        Trouble(
            source=pages[unit].source if unit in pages else row.record_id,
            stage=row.stage,
            code=row.code,
            detail=row.detail,
            record_id=row.record_id,
            problem_id=row.problem_id,
        )
        for unit, some in units.items()
        for row in some
    ]
    return sorted(rows, key=lambda row: (row.stage, row.source, row.code, row.detail))
