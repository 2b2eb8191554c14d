"""Commands about what pages say of themselves: dates, problems."""

from pathlib import Path
from typing import Annotated, Final

import typer

from firsthand import dating
from firsthand.cli.editions import damage_told
from firsthand.cli.output import JSON, say, say_json
from firsthand.cli.pages import ProjectArgument, custody
from firsthand.problems import all_problems
from firsthand.store.files import write_whole
from firsthand.store.project import Project


def dates(
    project: ProjectArgument,
    settings: Annotated[
        list[str] | None, typer.Argument(metavar="[PAGE=DATE]…", help="PAGE or PAGE#2 = date.")
    ] = None,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """List the dates of all articles, or set some.

    A word before PROJECT says it outright: `dates list PROJECT`, `dates set PROJECT PAGE=DATE…` (or `edit`),
    `dates import PROJECT dates.toml`, `dates export PROJECT dates.toml` (the dates given so far),
    `dates explain PROJECT PAGE` (where a page's date is from, and what counts from it).

    Example: firsthand dates flood-2031 "page.txt=2031-05-04" "page.txt#2=2031-05-06"
    """
    verb = str(project) if str(project) in VERBS and settings else ""
    given = settings or []
    if verb:
        project, given = Path(given[0]), given[1:]
    opened = Project(project)
    if verb in {"import", "export", "explain"}:
        if len(given) != 1:
            message = f"dates {verb} PROJECT takes one {VERBS[verb]}"
            raise typer.BadParameter(message)
        {"import": _import, "export": _export, "explain": _explain}[verb](
            opened, given[0], as_json=as_json
        )
    elif given:
        _set(opened, dating.parse_assignments(given), as_json=as_json)
    else:
        _list(opened, as_json=as_json)


VERBS: Final = {
    "list": "",
    "set": "",
    "edit": "",
    "import": "FILE",
    "export": "FILE",
    "explain": "PAGE",
}
"""Words before PROJECT, with what the command takes after it."""


def _set(project: Project, given: dating.Given, *, as_json: bool) -> None:
    with project.writing():
        done = dating.set_dates(project, given, custody())
    if as_json:
        say_json({"set": len(done)})
        return
    say(f"set {len(done)} dates; next: firsthand run {project.folder}")


def _import(project: Project, file: str, *, as_json: bool) -> None:
    _set(project, dating.read_dates_file(Path(file)), as_json=as_json)


def _rows(project: Project) -> list[dating.ListedDate]:
    with damage_told(project):
        return dating.listed(project)


def _export(project: Project, file: str, *, as_json: bool) -> None:
    rows = [row for row in _rows(project) if row.basis == "given" and row.published]
    write_whole(Path(file), dating.dates_toml(rows).encode())
    if as_json:
        say_json({"written": len(rows)})
        return
    say(f"wrote {len(rows)} given dates to {file}")


def _explain(project: Project, page: str, *, as_json: bool) -> None:
    rows = _rows(project)
    source = dating.matched([row.source for row in rows], page)
    rows = [row for row in rows if row.source == source]
    if as_json:
        say_json(rows)
        return
    for row in rows:
        say(f"{row.source}#{row.ordinal}  {row.published or 'no date'}  {row.title}")
        say(f"  {BASES.get(row.basis, row.basis)}")
        say(f"  {COUNTED if row.published else UNCOUNTED}")


BASES: Final = {
    "metadata": "from the page's metadata",
    "dateline": "from the article's dateline",
    "text": "from a date line in the page's text",
    "url": "from the page's address",
    "given": "given by a person; see: firsthand judgements list PROJECT",
}
"""Where a date is from, by its basis."""
COUNTED: Final = "days such as “Tuesday” and “yesterday” are counted from it"
UNCOUNTED: Final = "days such as “Tuesday” stay unresolved; give a date with: firsthand dates set PROJECT PAGE=DATE"


def _list(project: Project, *, as_json: bool) -> None:
    rows = _rows(project)
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
