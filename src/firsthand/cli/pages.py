"""Commands about pages: init, add, remove, verify."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from firsthand import intake
from firsthand.cli.output import JSON, QUIET, say, say_json
from firsthand.intake import Custody, IntakeReport
from firsthand.store.project import Project, create

ProjectArgument = Annotated[Path, typer.Argument(metavar="PROJECT", help="The project's folder.")]


def custody() -> Custody:
    """Who acts, and when: the only place that asks the clock."""
    return Custody(at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"))  # noqa: TID251 - the one clock of this entry point


def init(
    project: ProjectArgument,
    name: Annotated[str | None, typer.Option(help="What the project is called.")] = None,
) -> None:
    """Make a project folder.

    Example: firsthand init flood-2031
    """
    made = create(project, name=name)
    say(f"project {made.name} at {project}; next: firsthand add {project} PATH…")


def add(
    project: ProjectArgument,
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH…", help="Files or folders, read recursively.")
    ],
    published: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="dates.toml: dates that the pages do not show."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option(help="Say what would be taken in; write nothing.")
    ] = False,
    as_json: Annotated[bool, JSON] = False,
    quiet: Annotated[bool, QUIET] = False,
    wait: Annotated[float, typer.Option(help="Seconds to wait for another run to end.")] = 0.0,
) -> None:
    """Take pages into a project, bytes unchanged.

    Example: firsthand add flood-2031 saved-pages/ --published dates.toml
    """
    opened = Project(project)
    with opened.writing(wait_seconds=wait):
        if published is None:
            report = intake.add(opened, paths, custody(), dry_run=dry_run)
        else:
            # Only dates need the stage that reads pages, and it takes a second to load.
            from firsthand import dating  # noqa: PLC0415 - loaded only where it is needed

            given = dating.read_dates_file(published)
            report = intake.add(opened, paths, custody(), dry_run=dry_run)
            if not dry_run:
                dating.set_dates(opened, given, custody())
    if as_json:
        say_json(report)
    elif not quiet:
        tell_intake(report, dry_run=dry_run)


def tell_intake(report: IntakeReport, *, dry_run: bool) -> None:
    """Say in words what was taken in and what was not."""
    verb = "would take in" if dry_run else "took in"
    say(f"{verb} {len(report.added)} pages; {len(report.known)} were there already")
    for refused in report.refused:
        say(f"refused {refused.source}: {refused.detail}")


def remove(
    project: ProjectArgument,
    sources: Annotated[list[str], typer.Argument(metavar="PAGE…", help="As listed by dates.")],
    reason: Annotated[str | None, typer.Option(help="Why, kept with the decision.")] = None,
) -> None:
    """Leave pages out of all further runs; bytes and custody stay.

    Example: firsthand remove flood-2031 page.txt --reason "wrong pile"
    """
    opened = Project(project)
    with opened.writing():
        done = intake.withdraw(opened, sources, custody(), reason=reason)
    say(f"left out {len(done)} pages; next: firsthand run {project}")


def verify(project: ProjectArgument, as_json: Annotated[bool, JSON] = False) -> None:
    """Re-hash every capture and check the custody log.

    Example: firsthand verify flood-2031
    """
    damage = list(Project(project).captures.verify())
    if as_json:
        say_json(damage)
    for found in damage if not as_json else ():
        say(f"{found.where}: {found.detail}")
    if damage:
        raise typer.Exit(1)
    if not as_json:
        say("every capture is as it was taken in")


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    for command in (init, add, remove, verify):
        app.command()(command)
