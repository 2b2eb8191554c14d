"""Examines an installation and a project: what is there, what is missing, what to do."""

import dataclasses
import importlib.metadata
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from firsthand import resources
from firsthand.config import Settings
from firsthand.errors import FirsthandError
from firsthand.pipeline import PIPELINE, check_pipeline
from firsthand.store.project import Project, free_bytes

ENOUGH_BYTES = 200_000_000
"""Below this much free disk a run of a few thousand pages may not end."""


@dataclass(frozen=True)
class Check:
    """One thing examined."""

    name: str
    ok: bool
    detail: str


def examine(project: Path | None) -> list[Check]:
    """Everything worth knowing when something does not work."""
    checks = [_python(), _packages(), _sqlite(), _resources(), _stages()]
    if project is not None:
        checks += _project(project)
    return checks


def _python() -> Check:
    version = sys.version.split()[0]
    return Check("python", (3, 11) <= sys.version_info[:2] <= (3, 13), version)


def _packages() -> Check:
    names = ("duckdb", "pyarrow", "lxml", "trafilatura", "msgspec", "starlette")
    found = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)
    return Check("packages", ok=True, detail=found)


def _sqlite() -> Check:
    with closing(sqlite3.connect(":memory:")) as db:
        options = {str(row[0]) for row in db.execute("PRAGMA compile_options")}
    ok = "ENABLE_FTS5" in options
    detail = sqlite3.sqlite_version + ("" if ok else " without FTS5: use another Python build")
    return Check("sqlite", ok, detail)


def _resources() -> Check:
    names = sorted({name for stage in PIPELINE for name in stage.resources})
    try:
        for name in names:
            resources.read_bytes(name)
    except FirsthandError as error:
        return Check("packaged data", ok=False, detail=str(error))
    return Check("packaged data", ok=True, detail=f"{len(names)} tables as shipped")


def _stages() -> Check:
    try:
        check_pipeline(PIPELINE)
    except FirsthandError as error:
        return Check("stages", ok=False, detail=str(error))
    order = " → ".join(f"{stage.name} {stage.version}" for stage in PIPELINE)
    return Check("stages", ok=True, detail=order)


def _project(folder: Path) -> list[Check]:
    try:
        project = Project(folder)
    except FirsthandError as error:
        return [Check("project", ok=False, detail=str(error))]
    free = free_bytes(folder)
    pages = len(project.captures.current())
    return [
        Check("project", ok=True, detail=f"{project.name}: {pages} pages"),
        _captures(project),
        Check("disk", free > ENOUGH_BYTES, f"{free / 1e9:.1f} GB free"),
        *(Check("setting", ok=True, detail=line) for line in setting_lines(project.settings)),
    ]


def _captures(project: Project) -> Check:
    """Whether the bytes of every page are there; `verify` also tells whether they are the same."""
    current = project.captures.current().values()
    lost = [one for one in current if not project.captures.readable(one.sha256)]
    if not lost:
        return Check("captured bytes", ok=True, detail="all there")
    path = project.captures.path(lost[0].sha256)
    detail = (
        f"{len(lost)} of {len(current)} cannot be read, first {path} of {lost[0].source}; "
        "put the files back from a copy, or take the pages in anew; runs leave these pages out"
    )
    return Check("captured bytes", ok=False, detail=detail)


def setting_lines(settings: Settings) -> list[str]:
    """Every setting with its value, as firsthand.toml would have it."""
    lines: list[str] = []
    for section, values in dataclasses.asdict(settings).items():
        if isinstance(values, dict):
            lines += [f"{section}.{name} = {value!r}" for name, value in values.items()]
        else:
            lines.append(f"{section} = {values!r}")
    return lines
