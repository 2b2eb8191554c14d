"""Commands that do work: run, export, annotate, doctor."""

import dataclasses
import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from firsthand.annotate import annotate_line
from firsthand.cli.editions import edition_of
from firsthand.cli.output import JSON, QUIET, progress, say, say_json
from firsthand.cli.pages import ProjectArgument
from firsthand.config import ClaimsSettings, Settings
from firsthand.doctor import examine
from firsthand.pipeline import RunReport
from firsthand.pipeline import run as run_pipeline
from firsthand.publish import edition
from firsthand.publish import export as exports
from firsthand.publish.logs import log_rows
from firsthand.stage import Context
from firsthand.store.project import Project


def run(
    project: ProjectArgument,
    rebuild: Annotated[bool, typer.Option(help="Make everything anew from the captures.")] = False,
    wait: Annotated[float, typer.Option(help="Seconds to wait for another run to end.")] = 0.0,
    as_json: Annotated[bool, JSON] = False,
    quiet: Annotated[bool, QUIET] = False,
) -> None:
    """Bring the project up to date; only what changed is done again.

    Example: firsthand run flood-2031
    """
    opened = Project(project)
    with progress(quiet=quiet or as_json) as report:
        done = run_pipeline(opened, progress=report, rebuild=rebuild, wait_seconds=wait)
    if as_json:
        say_json(done)
    elif not quiet:
        _tell(opened, done)


def _tell(project: Project, done: RunReport) -> None:
    for stage in done.stages:
        if stage.done or stage.removed:
            say(f"{stage.stage:<12} {stage.done} done, {stage.kept} kept, {stage.removed} removed")
    with edition_of(project) as db:
        say(edition.summary(db))
    say(f"next: firsthand serve {project.folder}")


def export(
    project: ProjectArgument,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder to write into.")],
    form: Annotated[str, typer.Option("--format", help="jsonl or csv.")] = "jsonl",
    as_json: Annotated[bool, JSON] = False,
    quiet: Annotated[bool, QUIET] = False,
) -> None:
    """Write every record to files.

    Example: firsthand export flood-2031 --format csv --out tables
    """
    opened = Project(project)
    with edition_of(opened) as db:
        logs = log_rows(opened.captures.all(), opened.judgements.all())
        counts = exports.export(db, out, form=form, logs=logs)
    if as_json:
        say_json(counts)
    elif not quiet:
        say(f"wrote {sum(counts.values())} rows in {len(counts)} files to {out}")


def annotate(
    reader: Annotated[
        str, typer.Option(help="Who finds names and who says what: rules or reader-v1.")
    ] = Settings().claims.reader,
) -> None:
    """Read texts as JSON lines from standard input; write what is found, one line each.

    Example: firsthand annotate < texts.jsonl > found.jsonl
    """
    context = Context(settings=Settings(claims=ClaimsSettings(reader=reader)))
    failed = False
    for line in sys.stdin.buffer:
        if not line.strip():
            continue
        row = annotate_line(line, context)
        failed = failed or "error" in row
        sys.stdout.buffer.write(msgspec.json.encode(row) + b"\n")
        sys.stdout.buffer.flush()
    if failed:
        raise typer.Exit(1)


def doctor(
    project: Annotated[Path | None, typer.Argument(metavar="[PROJECT]")] = None,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Check the installation, and a project's settings with their defaults.

    Example: firsthand doctor flood-2031
    """
    checks = examine(project)
    if as_json:
        say_json([dataclasses.asdict(check) for check in checks])
    for check in checks if not as_json else ():
        say(f"{'ok ' if check.ok else 'BAD'}  {check.name}: {check.detail}")
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    for command in (run, export, annotate, doctor):
        app.command()(command)
