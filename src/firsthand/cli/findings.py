"""Commands that list what was found: events, conflicts, forecasts, changes."""

from typing import Annotated

import typer

from firsthand.cli.editions import edition_of
from firsthand.cli.output import JSON, say, say_json
from firsthand.cli.pages import ProjectArgument
from firsthand.model.claim import ResolvedClaim
from firsthand.model.event import Conflict, Event, Forecast
from firsthand.publish import changes as changed
from firsthand.publish import lists, read
from firsthand.publish.leads import Lead, leads
from firsthand.store.project import Project

Limit = Annotated[int, typer.Option("--limit", min=1, help="At most so many rows.")]
MOST = 100


def events(
    project: ProjectArgument,
    kind: Annotated[str, typer.Option("--type", help="Only events of this type.")] = "",
    corroboration: Annotated[
        str, typer.Option(help="Only with this corroboration, such as single_origin.")
    ] = "",
    dispute: Annotated[str, typer.Option(help="Only with this dispute, such as denied.")] = "",
    outlet: Annotated[str, typer.Option(help="Only those that this outlet tells of.")] = "",
    limit: Limit = MOST,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """List events, those on most pages first, with the origins that stand behind them.

    Example: firsthand events flood-2031 --corroboration single_origin
    """
    asked = {"type": kind, "corroboration": corroboration, "dispute": dispute, "outlet": outlet}
    with edition_of(Project(project)) as db:
        found = lists.matching(db, asked, limit)
        total = lists.total(db, asked)
        words = {} if as_json else leads(db, found)
    if as_json:
        say_json(found)
        return
    for event in found:
        say(_event_line(event, words.get(event.event_id)))
    say(f"{len(found)} of {total} events")


def _event_line(event: Event, lead: Lead | None) -> str:
    counts = f"{_many(event.n_pages, 'page')}, {_many(event.n_outlets, 'outlet')}, "
    counts += f"{_many(event.n_origins, 'origin')} ({event.n_first_hand} first-hand)"
    dispute = "" if event.dispute == "none" else f"  {event.dispute.replace('_', ' ')}"
    more = "" if lead is None or not lead.more else f" and {lead.more} more"
    told = "" if lead is None else f"\n    “{lead.text}”{more}"
    return f"{event.event_id}  {event.title}\n    {counts}{dispute}{told}"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def conflicts(
    project: ProjectArgument,
    kind: Annotated[str, typer.Option(help="contradiction, denial or tension.")] = "",
    field: Annotated[
        str, typer.Option(help="time, place, quantity, actor, occurrence, control or wording.")
    ] = "",
    event: Annotated[str, typer.Option(help="Only those of this event.")] = "",
    limit: Limit = MOST,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """List where accounts cannot all hold or pull apart, with what each claim says.

    Example: firsthand conflicts flood-2031 --field quantity
    """
    asked = {"kind": kind, "field": field, "event_id": event}
    given = [(name, value) for name, value in asked.items() if value]
    where = " AND ".join(f"{name}=?" for name, _ in given)
    with edition_of(Project(project)) as db:
        found = list(read.select(db, Conflict, where, tuple(value for _, value in given)))
    if as_json:
        say_json(found[:limit])
        return
    for row in found[:limit]:
        say(f"{row.conflict_id}  {row.kind}, {row.field}: {row.explanation}")
        for value in row.values:
            say(f"    {value.claim_id}  {value.value}")
    say(f"{min(limit, len(found))} of {len(found)} conflicts")


def forecasts(
    project: ProjectArgument,
    verdict: Annotated[
        str, typer.Option(help="met, missed, partly, pending or cannot_be_scored.")
    ] = "",
    limit: Limit = MOST,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """List what was forecast, by when, and what came of it.

    Example: firsthand forecasts flood-2031 --verdict missed
    """
    where, values = ("verdict=?", (verdict,)) if verdict else ("", ())
    with edition_of(Project(project)) as db:
        found = list(read.select(db, Forecast, where, values))
        words = {
            row.claim_id: row.summary
            for forecast in found[:limit]
            for row in read.select(db, ResolvedClaim, "id=?", (forecast.claim_id,))
        }
    if as_json:
        say_json(found[:limit])
        return
    for row in found[:limit]:
        say(f"{row.claim_id}  {row.verdict.replace('_', ' ')}: {words.get(row.claim_id, '')}")
        say(f"    {_by_when(row)}; {row.reason}")
    say(f"{min(limit, len(found))} of {len(found)} forecasts")


def _by_when(row: Forecast) -> str:
    if row.deadline is None:
        return "no deadline"
    if row.deadline.latest is None:
        return f"from {row.deadline.earliest}"
    return f"by {row.deadline.latest}"


def changes(
    project: ProjectArgument,
    since: Annotated[
        int | None, typer.Option(min=0, help="Everything after this edition; else the last one.")
    ] = None,
    what: Annotated[str, typer.Option(help="Only added, changed or gone.")] = "",
    table: Annotated[str, typer.Option(help="Only event, conflict, forecast or origin.")] = "",
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """List what the newest edition added, changed and no longer holds.

    Example: firsthand changes flood-2031 --table event
    """
    with edition_of(Project(project)) as db:
        found = changed.changes(db, since=since, what=what or None, table=table or None)
    if as_json:
        say_json(found)
        return
    for row in found:
        say(f"{row.id}  {row.table} {row.what}: {row.words}")
    say(f"{len(found)} changes")


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    for command in (events, conflicts, forecasts, changes):
        app.command()(command)
