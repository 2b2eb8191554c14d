"""The commands about places: gazetteer list, add, edit, remove, export, explain."""

from collections import Counter
from typing import Annotated

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
from firsthand.model.claim import CanonicalPlace, ResolvedClaim
from firsthand.registry.own_places import (
    GAZETTEER_FILE,
    PlaceReading,
    edited,
    merged,
    own_places,
    place_readings,
    places_csv,
    places_geojson,
    project_gazetteer,
    removed,
)
from firsthand.store.files import write_whole
from firsthand.store.project import Project

gazetteer = typer.Typer(
    name="gazetteer",
    help="List, add, edit, remove, export and explain the places that names are looked up in.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@gazetteer.command("list")
def list_(
    project: ProjectArgument, limit: LimitOption = 1000, as_json: Annotated[bool, JSON] = False
) -> None:
    """List the project's own places; the packaged world gazetteer is asked with `explain`.

    Example: firsthand gazetteer list flood-2031
    """
    rows = own_places(own_table(Project(project), GAZETTEER_FILE))
    if as_json:
        say_json(rows)
        return
    for row in rows[:limit]:
        also = f" = {', '.join(row.aliases)}" if row.aliases else ""
        say(
            f"{row.gazetteer_id}  {row.name}{also}  {row.precision}, {row.country or '-'}  "
            f"{row.lat:.4f}, {row.lon:.4f} ± {row.radius_km:g} km  ({row.source})"
        )
    if len(rows) > limit:
        say(f"and {len(rows) - limit} more; --limit shows them")
    if not rows:
        say(f"no places of its own; add some with: firsthand gazetteer add {project} FILE")


@gazetteer.command("import", hidden=True)
@gazetteer.command("add")
def add(
    project: ProjectArgument,
    file: FileArgument,
    source: Annotated[
        str | None, typer.Option(help="Where the rows are from, for rows that name no source.")
    ] = None,
    dry_run: Annotated[bool, typer.Option(help="Check the file; write nothing.")] = False,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Add the places of a file to the project's own; all of them, or none if a row is wrong.

    Formats: CSV or TSV with a header (name, lat, lon; optionally gazetteer_id, aliases split by
    |, radius_km, precision, parent, country, population, note, source), OCHA COD-AB tables,
    GeoNames dumps, GeoJSON, JSON lines. A row replaces the project's row of the same id.

    Example: firsthand gazetteer add flood-2031 villages.csv --source "district office, 2031"
    """
    opened = Project(project)
    content = content_of(file)
    with rewriting(opened, GAZETTEER_FILE) as path:
        before = own_table(opened, GAZETTEER_FILE)
        found = merged(before, file.name, content, source=source)
        if not dry_run:
            write_whole(path, places_csv(found.entries))
    counts = {"added": found.added, "replaced": found.replaced, "total": len(found.entries)}
    say_added("places", counts, project, dry_run=dry_run, as_json=as_json)


@gazetteer.command()
def edit(
    project: ProjectArgument,
    name: KeyArgument,
    fields: FieldsArgument,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Change a place of the project's own, or write a new one; columns left out stay as they are.

    Columns: lat, lon, radius_km, precision, aliases (split by |), parent, country, note, source,
    name, gazetteer_id, population.

    Example: firsthand gazetteer edit flood-2031 "Old Harrow" lat=12.5 lon=44.25 parent=Harrow
    """
    opened = Project(project)
    given = fields_of(fields)
    with rewriting(opened, GAZETTEER_FILE) as path:
        found = edited(own_table(opened, GAZETTEER_FILE), name, given)
        write_whole(path, places_csv(found.entries))
    counts = {"added": found.added, "replaced": found.replaced, "total": len(found.entries)}
    say_added("places", counts, project, dry_run=False, as_json=as_json)


@gazetteer.command()
def remove(
    project: ProjectArgument, name: KeyArgument, as_json: Annotated[bool, JSON] = False
) -> None:
    """Take a place out of the project's own.

    Example: firsthand gazetteer remove flood-2031 "Old Harrow"
    """
    opened = Project(project)
    with rewriting(opened, GAZETTEER_FILE) as path:
        left = removed(own_table(opened, GAZETTEER_FILE), name)
        write_whole(path, places_csv(left))
    say_removed("places", name, len(left), project, as_json=as_json)


@gazetteer.command()
def export(
    project: ProjectArgument, out: OutOption, as_json: Annotated[bool, JSON] = False
) -> None:
    """Write the project's own places to a file: GeoJSON where its name ends so, else CSV.

    Example: firsthand gazetteer export flood-2031 --out places.geojson
    """
    rows = own_places(own_table(Project(project), GAZETTEER_FILE))
    geo = out.suffix.lower() in {".geojson", ".json"}
    write_whole(out, places_geojson(rows) if geo else places_csv(rows))
    say_written("places", len(rows), out, as_json=as_json)


@gazetteer.command()
def explain(
    project: ProjectArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name as a page writes it.")],
    limit: LimitOption = 20,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Show every place that a name can mean, and on how many pages each is meant.

    Example: firsthand gazetteer explain flood-2031 "Old Harrow"
    """
    opened = Project(project)
    rows = place_readings(project_gazetteer(own_table(opened, GAZETTEER_FILE)), name)
    pages = Counter(row.gazetteer_id for row in used(opened, CanonicalPlace))
    if as_json:
        say_json([{**row._asdict(), "pages": pages[row.gazetteer_id]} for row in rows])
        return
    for row in rows[:limit]:
        say(_told(row, pages[row.gazetteer_id]))
    if len(rows) > limit:
        say(f"and {len(rows) - limit} more; --limit shows them")
    if not rows:
        say(
            f"no place is called {name!r}; pages that name it keep it unresolved. Add it with: "
            f"firsthand gazetteer edit {project} {name!r} lat=… lon=…"
        )
    for reason, number in _kept_apart(opened, name):
        say(f"in {number} claims it is in no gazetteer: {reason}")
    if len(rows) > 1:
        say("which one a page means is decided by what else the page names, then by size")


def _kept_apart(project: Project, name: str) -> list[tuple[str, int]]:
    """Why claims that name a place keep it out of every gazetteer, and how many do."""
    wanted = name.casefold()
    found = Counter(
        place.reason or "no reason kept"
        for row in used(project, ResolvedClaim)
        for place in row.places
        if place.gazetteer_id is None
        and wanted in {place.as_written.casefold(), (place.name or "").casefold()}
    )
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def _told(row: PlaceReading, pages: int) -> str:
    """One reading as a line."""
    how = {
        "name": "its name",
        "alias": "another name of it",
        "consonants": "same consonants only",
        "words": "an airport of these words",
    }
    inside = f" in {row.parent}" if row.parent else ""
    people = f", {row.population:,} people" if row.population else ""
    return (
        f"{row.gazetteer_id}  {row.name}{inside}, {row.country or '-'}  {row.precision}{people}  "
        f"{row.lat:.4f}, {row.lon:.4f} ± {row.radius_km:g} km  "
        f"{how[row.by]}{', the project’s own' if row.own else ''}"
        f"{f'; meant on {pages} pages' if pages else ''}"
    )


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.add_typer(gazetteer)
