"""Stage 8, publish: brings the edition up to date with what the other stages made."""

from pathlib import Path
from typing import Final

from firsthand.publish.edition import EditionReport, update_edition
from firsthand.publish.tables import RECORDS
from firsthand.stage import Change, Scope, Stage, WholeTables

STAGE: Final = Stage(name="publish", version=1, scope=Scope.IO, reads=RECORDS)
"""Reads every table; writes the one SQLite file that is served, searched and exported."""


def publish(
    path: Path, tables: WholeTables, change: Change, facts: dict[str, str], *, fresh: bool
) -> EditionReport:
    """Update the edition at `path` by the units that changed, or write it anew."""
    return update_edition(path, tables, change, facts, fresh=fresh)
