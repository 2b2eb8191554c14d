"""Problems: what a stage could not use, said in a row instead of being dropped."""

from firsthand.model.ids import digest
from firsthand.model.record import Record


class Problem(Record, frozen=True, kw_only=True):
    """One thing that went wrong, where, and what to do about it."""

    problem_id: str
    stage: str
    record_id: str
    code: str
    detail: str


def problem(stage: str, record_id: str, code: str, detail: str) -> Problem:
    """A problem with its content-derived id."""
    return Problem(
        problem_id="x-" + digest(stage, record_id, code, detail),
        stage=stage,
        record_id=record_id,
        code=code,
        detail=detail,
    )
