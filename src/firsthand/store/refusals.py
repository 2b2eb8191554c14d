"""Refusals: an append-only log of sources that gave no page, so that a rebuild still knows them."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from firsthand.model.ids import digest
from firsthand.model.problem import Problem, problem
from firsthand.store.files import append_line
from firsthand.store.index import Index
from firsthand.store.parts import Parts

STAGE = "capture"


class Refusal(msgspec.Struct, frozen=True):
    """A source that was refused, or, without a code, one that has been taken in since."""

    source: str
    code: str | None = None
    detail: str = ""


class Refusals:
    """The refusals of one project."""

    def __init__(self, folder: Path) -> None:
        """Refusals kept in `folder`, one log."""
        self.log = folder / "refusals.jsonl"

    def append(self, refusals: Iterable[Refusal]) -> None:
        """Append lines; what stood for the same source before stands no longer."""
        for refusal in refusals:
            append_line(self.log, msgspec.json.encode(refusal))

    def standing(self) -> dict[str, Refusal]:
        """Source to its refusal, of sources that have not been taken in since."""
        if not self.log.exists():
            return {}
        lines = self.log.read_bytes().splitlines()
        newest = [msgspec.json.decode(line, type=Refusal) for line in lines if line.endswith(b"}")]
        found = {refusal.source: refusal for refusal in newest}
        return {source: refusal for source, refusal in found.items() if refusal.code is not None}

    def bring_into(self, index: Index, parts: Parts) -> None:
        """Make the problems rows what the log says, as part of the index's generation."""
        wanted = {unit_of(one.source): [row_of(one)] for one in self.standing().values()}
        had = index.keys(STAGE)
        fresh = {u: rows for u, rows in wanted.items() if had.get(u) != rows[0].problem_id}
        keys: dict[str, str | None] = dict.fromkeys(had.keys() - wanted.keys())
        keys |= {unit: rows[0].problem_id for unit, rows in fresh.items()}
        if keys:
            index.replace(STAGE, keys, parts.write(STAGE, fresh))


def unit_of(source: str) -> str:
    """The unit that a refused source's row is kept under."""
    return "in-" + digest(source)


def row_of(refusal: Refusal) -> Problem:
    """A refusal as a problems row."""
    return problem(STAGE, refusal.source, refusal.code or "", refusal.detail)
