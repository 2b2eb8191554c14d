"""Problems of a project, also those of pages that never reached an edition."""

from firsthand.model.problem import Problem
from firsthand.pipeline import PIPELINE, records_of
from firsthand.store.project import Project
from firsthand.store.tables import DiskTables


def all_problems(project: Project) -> list[Problem]:
    """Every problems row, in order of stage and record."""
    index = project.index()
    try:
        tables = DiskTables(index, project.parts, records_of(PIPELINE), project.scratch)
        rows = tables.rows(Problem)
    finally:
        index.close()
    return sorted(rows, key=lambda row: (row.stage, row.record_id, row.code, row.detail))
