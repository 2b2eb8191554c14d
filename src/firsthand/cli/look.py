"""Commands that look into a project: show, why."""

from typing import Annotated

import typer

from firsthand.cli.editions import edition_of
from firsthand.cli.output import JSON, say, say_json
from firsthand.cli.pages import ProjectArgument
from firsthand.publish import show as records
from firsthand.publish import why as reasons
from firsthand.store.project import Project

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="Any id of an export or a screen.")]


def show(
    project: ProjectArgument, record: IdArgument, as_json: Annotated[bool, JSON] = False
) -> None:
    """Print one record: an event, claim, document, page, origin, edge or any other.

    Example: firsthand show flood-2031 c-0123456789abcdef0123
    """
    with edition_of(Project(project)) as db:
        found = records.found(db, record)
        if as_json:
            say_json(records.row_of(db, found))
            return
        for line in records.lines_of(db, found):
            say(line)


def why(
    project: ProjectArgument, record: IdArgument, as_json: Annotated[bool, JSON] = False
) -> None:
    """Walk any number back to the words it rests on, and to the hashed bytes.

    Exit status 1 where captured bytes have changed or are missing.

    Example: firsthand why flood-2031 e-0123456789abcdef0123
    """
    opened = Project(project)
    with edition_of(opened) as db:
        step = reasons.why(db, record, opened.captures.content)
    if as_json:
        say_json(step)
    for line in reasons.lines_of(step) if not as_json else ():
        say(line)
    if not reasons.all_hold(step):
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    for command in (show, why):
        app.command()(command)
