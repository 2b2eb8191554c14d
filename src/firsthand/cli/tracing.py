"""Commands about where words come from: lineage, origins."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Final

import typer

from firsthand.cli.editions import edition_of
from firsthand.cli.output import JSON, say, say_json
from firsthand.cli.pages import ProjectArgument
from firsthand.model.event import COUNTED_LEVELS, Origin
from firsthand.publish import read
from firsthand.publish.document_lineage import DocumentLineage, document_lineage
from firsthand.publish.lists import origins as listed
from firsthand.publish.shared_text import TakenOver
from firsthand.publish.traced import Traced
from firsthand.publish.words import BASIS, DERIVATION, LEVEL, label
from firsthand.store.project import Project

DocumentArgument = Annotated[
    str, typer.Argument(metavar="DOC", help="An article's id (d-…), or its page: PAGE or PAGE#2.")
]
HEAD: Final = ("how", "captured", "shown by", "direction", "words", "source", "status")
DIRECTION: Final = {"from": "taken from", "by": "taken over by", "unknown": "shared with"}


def lineage(
    project: ProjectArgument,
    document: DocumentArgument,
    table: Annotated[bool, typer.Option("--table", help="Print a table of the steps.")] = False,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Say where the words of an article come from, step by step, and why that is thought.

    Example: firsthand lineage flood-2031 "page.txt#2"
    """
    with edition_of(Project(project)) as db:
        found = document_lineage(db, document)
    if as_json:
        say_json(found)
        return
    for line in rows_of(found) if table else sentences_of(found):
        say(line)


def sentences_of(found: DocumentLineage) -> Iterator[str]:
    """The lineage in words."""
    one = found.document
    yield f"“{one.title}”, {one.outlet}, {one.published or 'no date'}  {one.document_id}"
    yield from _part("Its words", [_sentence(row) for row in found.traced if _in_use(row)])
    yield from _part("Shared text", [_shared(row) for row in found.shared])
    yield from _part("Its claims", found.lineage.sentences)
    aside = [_sentence(row) for row in found.traced if not _in_use(row)]
    yield from _part("Set aside", aside)
    if not (found.traced or found.shared or found.lineage.sentences):
        yield "nothing shows that its words come from elsewhere"


def rows_of(found: DocumentLineage) -> Iterator[str]:
    """The steps as a table, one line each below the names of its columns."""
    rows = [HEAD, *(_cells(row) for row in found.traced)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEAD))]
    for row in rows:
        yield "  ".join(f"{cell:<{wide}}" for cell, wide in zip(row, widths, strict=True)).rstrip()


def _cells(row: Traced) -> tuple[str, ...]:
    edge = row.derivation
    return (
        label(DERIVATION, edge.kind),
        "yes" if row.captured else "no",
        label(BASIS, edge.basis),
        edge.direction_basis if edge.directed else "unknown",
        str(edge.shared_words or "-"),
        row.name,
        f"set aside: {edge.reason}" if edge.status == "set_aside" else edge.status,
    )


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    given = list(lines)
    if given:
        yield f"{title}:"
        yield from (f"  {line}" for line in given)


def _in_use(row: Traced) -> bool:
    return row.derivation.status == "active"


def _sentence(row: Traced) -> str:
    edge = row.derivation
    missing = "" if row.captured or not row.report else " (not captured)"
    words = f"{label(DERIVATION, edge.kind)} {row.name}{missing}; shown by "
    words += label(BASIS, edge.basis)
    words += f", {edge.shared_words} shared words" if edge.shared_words else ""
    told = edge.reason if edge.status == "set_aside" else edge.explanation
    return f"{words}: {told}" if told else words


def _shared(row: TakenOver) -> str:
    quoted = f", {row.quotations} of them quotations" if row.quotations else ""
    return (
        f"{DIRECTION[row.direction]} “{row.other.title}”, {row.other.outlet}: {row.words} words "
        f"in {row.passages} passage{'' if row.passages == 1 else 's'}{quoted}  {row.other.document_id}"
    )


def origins(
    project: ProjectArgument,
    level: Annotated[str, typer.Option(help=f"One of {', '.join(LEVEL)}.")] = "",
    kind: Annotated[str, typer.Option(help="person, institution, outlet, …")] = "",
    name: Annotated[str, typer.Option(help="Words that its name has.")] = "",
    counted: Annotated[
        bool, typer.Option("--counted", help="Only those that could have known.")
    ] = False,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """List who the claims go back to, each once however many pages repeat it.

    Example: firsthand origins flood-2031 --level first_hand
    """
    if level and level not in LEVEL:
        message = f"{level!r} is no level; expected one of {', '.join(LEVEL)}"
        raise typer.BadParameter(message, param_hint="--level")
    with edition_of(Project(project)) as db:
        found = [
            row
            for row in listed(db, level=level, kind=kind, name=name)
            if not counted or row.level in COUNTED_LEVELS
        ]
    if as_json:
        say_json([read.plain(row) for row in found])
        return
    for row in found:
        say(_origin(row))
    if not found:
        say("no origins")


def _origin(row: Origin) -> str:
    through = f"; heard only through {', '.join(row.conduits)}" if row.conduits else ""
    side = f"; side {row.side}" if row.side else ""
    claims = f"{len(row.claims)} claim{'' if len(row.claims) == 1 else 's'}"
    return f"{row.origin_id}  {row.name} ({label(LEVEL, row.level)}): {claims}{side}{through}"


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    for command in (lineage, origins):
        app.command()(command)
