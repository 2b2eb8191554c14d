"""Commands about what pages say of themselves: dates, problems."""

from pathlib import Path
from typing import Annotated

import typer

from firsthand import dating
from firsthand.cli.editions import damage_told
from firsthand.cli.output import JSON, say, say_json
from firsthand.cli.pages import ProjectArgument, custody
from firsthand.problems import all_problems
from firsthand.store.project import Project


def dates(
    project: ProjectArgument,
    settings: Annotated[
        list[str] | None, typer.Argument(metavar="[PAGE=DATE]…", help="PAGE or PAGE#2 = date.")
    ] = None,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """List the dates of all articles, or set some; `dates set PROJECT …` says the same.

    Example: firsthand dates flood-2031 "page.txt=2031-05-04" "page.txt#2=2031-05-06"
    """
    if str(project) == "set" and settings:
        project, settings = Path(settings[0]), settings[1:]
    opened = Project(project)
    if settings:
        with opened.writing():
            done = dating.set_dates(opened, dating.parse_assignments(settings), custody())
        say(f"set {len(done)} dates; next: firsthand run {project}")
        return
    with damage_told(opened):
        rows = dating.listed(opened)
    if as_json:
        say_json(rows)
        return
    for row in rows:
        say(f"{row.source}#{row.ordinal}  {row.published or '-'}  ({row.basis})  {row.title}")


def problems(project: ProjectArgument, as_json: Annotated[bool, JSON] = False) -> None:
    """List what could not be used, and what to do about it.

    Example: firsthand problems flood-2031
    """
    rows = all_problems(Project(project))
    if as_json:
        say_json(rows)
        return
    for row in rows:
        named = "" if row.detail.startswith(row.source) else f"{row.source}: "
        say(f"{row.stage}  {row.code}  {named}{row.detail}")
    if not rows:
        say("no problems")


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    for command in (dates, problems):
        app.command()(command)
