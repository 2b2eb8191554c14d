"""The commands about actors: actors list, add, edit, remove, export, explain."""

from typing import Annotated

import msgspec
import typer

from firsthand.cli.output import JSON, say, say_json
from firsthand.cli.own_tables import (
    FieldsArgument,
    FileArgument,
    KeyArgument,
    LimitOption,
    OutOption,
    content_of,
    fields_of,
    own_table,
    rewriting,
    say_added,
    say_removed,
    say_written,
    used,
)
from firsthand.cli.pages import ProjectArgument
from firsthand.model.claim import CanonicalActor
from firsthand.registry import PROJECT_FILE, RegistryEntry, project_registry
from firsthand.registry.own_actors import (
    actors_csv,
    actors_tsv,
    edited,
    merged,
    nearest_names,
    own_actors,
    removed,
)
from firsthand.store.files import write_whole
from firsthand.store.project import Project

AllOption = Annotated[bool, typer.Option("--all", help="The packaged actors too.")]

actors = typer.Typer(
    name="actors",
    help="List, add, edit, remove, export and explain the actors that names are led to.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def _rows(project: Project, *, every: bool) -> tuple[RegistryEntry, ...]:
    own = own_table(project, PROJECT_FILE)
    return project_registry(own).entries if every else own_actors(own)


@actors.command("list")
def list_(
    project: ProjectArgument,
    every: AllOption = False,
    limit: LimitOption = 1000,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """List the project's own actors, or with --all those of the packaged register too.

    Example: firsthand actors list flood-2031
    """
    rows = _rows(Project(project), every=every)
    if as_json:
        say_json(rows)
        return
    for row in rows[:limit]:
        say(_told(row))
    if len(rows) > limit:
        say(f"and {len(rows) - limit} more; --limit shows them")
    if not rows:
        say(f"no actors of its own; add some with: firsthand actors add {project} FILE")


def _told(row: RegistryEntry) -> str:
    """One actor as a line."""
    parts = [f"{row.actor_id}  {row.name}  ({row.kind})"]
    parts += [f"= {', '.join(row.aliases)}"] if row.aliases else []
    parts += [f"under {row.parent}"] if row.parent else []
    parts += [f"side {row.side}"] if row.side else []
    if row.valid_from or row.valid_to:
        parts.append(f"{row.valid_from or '…'} to {row.valid_to or '…'}")
    return "  ".join(parts)


@actors.command("import", hidden=True)
@actors.command("add")
def add(
    project: ProjectArgument,
    file: FileArgument,
    dry_run: Annotated[bool, typer.Option(help="Check the file; write nothing.")] = False,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Add the actors of a TSV or CSV file to the project's own; all, or none if a row is wrong.

    Columns: name, kind; optionally actor_id, aliases (split by |), parent (a name or an id),
    valid_from, valid_to, side, note, source. With a packaged actor's id a row adds to that actor.
    An alias that another actor has is refused.

    Example: firsthand actors add flood-2031 groups.tsv
    """
    opened = Project(project)
    content = content_of(file)
    with rewriting(opened, PROJECT_FILE) as path:
        found = merged(own_table(opened, PROJECT_FILE), file.name, content)
        if not dry_run:
            write_whole(path, actors_tsv(found.entries))
    counts = {"added": found.added, "replaced": found.replaced, "total": len(found.entries)}
    say_added("actors", counts, project, dry_run=dry_run, as_json=as_json)


@actors.command()
def edit(
    project: ProjectArgument,
    name: KeyArgument,
    fields: FieldsArgument,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Change an actor of the project's own, or write a new one; columns left out stay as they are.

    Columns: kind, aliases (split by |), parent, side, valid_from, valid_to, note, source, name,
    actor_id. With the name or id of a packaged actor the row adds to that actor.

    Example: firsthand actors edit flood-2031 "Norland Relief Front" kind=armed_group aliases=NRF
    """
    opened = Project(project)
    given = fields_of(fields)
    with rewriting(opened, PROJECT_FILE) as path:
        found = edited(own_table(opened, PROJECT_FILE), name, given)
        write_whole(path, actors_tsv(found.entries))
    counts = {"added": found.added, "replaced": found.replaced, "total": len(found.entries)}
    say_added("actors", counts, project, dry_run=False, as_json=as_json)


@actors.command()
def remove(
    project: ProjectArgument, name: KeyArgument, as_json: Annotated[bool, JSON] = False
) -> None:
    """Take an actor out of the project's own.

    Example: firsthand actors remove flood-2031 "Norland Relief Front"
    """
    opened = Project(project)
    with rewriting(opened, PROJECT_FILE) as path:
        left = removed(own_table(opened, PROJECT_FILE), name)
        write_whole(path, actors_tsv(left))
    say_removed("actors", name, len(left), project, as_json=as_json)


@actors.command()
def export(
    project: ProjectArgument,
    out: OutOption,
    every: AllOption = False,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Write the project's own actors to a file: CSV where its name ends so, else TSV.

    Example: firsthand actors export flood-2031 --out actors.csv
    """
    rows = _rows(Project(project), every=every)
    write_whole(out, actors_csv(rows) if out.suffix.lower() == ".csv" else actors_tsv(rows))
    say_written("actors", len(rows), out, as_json=as_json)


@actors.command()
def explain(
    project: ProjectArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name as a page writes it.")],
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Show the actor that a name leads to, what it belongs to, and how pages name it.

    Example: firsthand actors explain flood-2031 "Norland Relief Front"
    """
    opened = Project(project)
    registry = project_registry(own_table(opened, PROJECT_FILE))
    found = registry.canonical(name) or registry.get(name)
    key = found.actor_id if found is not None else None
    rows = [
        row
        for row in used(opened, CanonicalActor)
        if row.actor_id == key or name in (row.name, *row.aliases)
    ]
    if as_json:
        near = [] if found is not None else nearest_names(registry, name)
        say_json({"actor": found, "near": near, "pages": [msgspec.to_builtins(r) for r in rows]})
        return
    if found is None:
        near = ", ".join(nearest_names(registry, name)) or "none"
        say(
            f"no actor of the register is called {name!r}; the nearest: {near}. Add it with: "
            f"firsthand actors edit {project} {name!r} kind=…"
        )
    else:
        say(_told(found))
        above = registry.get(found.parent) if found.parent else None
        if above is not None:
            say(f"belongs to: {_told(above)}")
        say(f"source: {found.source or '-'}  {found.note}".rstrip())
    for row in rows:
        say(f"page {row.page_id[:12]}: {', '.join((row.name, *row.aliases))}  ({row.basis})")


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.add_typer(actors)
