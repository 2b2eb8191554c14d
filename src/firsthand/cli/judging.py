"""The commands about decisions of people: judgements list, export, replay."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from firsthand.cli.output import JSON, say, say_json
from firsthand.cli.pages import ProjectArgument
from firsthand.errors import ProjectError
from firsthand.model.judgement import Judgement
from firsthand.store.files import write_whole
from firsthand.store.judgements import fitted, judgements_in
from firsthand.store.project import Project

judgements = typer.Typer(
    name="judgements",
    help="List, export and replay what people decided.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@judgements.command("list")
def list_(project: ProjectArgument, as_json: Annotated[bool, JSON] = False) -> None:
    """List every decision, oldest first; those taken back are marked.

    Example: firsthand judgements list flood-2031
    """
    log = Project(project).judgements
    every = log.all()
    if as_json:
        say_json(every)
        return
    standing = {row.judgement_id for row in log.standing()}
    for row in every:
        mark = " " if row.judgement_id in standing or row.action == "undo" else "-"
        words = " | ".join((target.words or target.source or "")[:60] for target in row.targets)
        say(f"{mark} {row.judgement_id}  {row.at}  {row.by}  {row.action}  {_value(row)}{words}")
    if not every:
        say("no decisions")


def _value(row: Judgement) -> str:
    return f"{row.value}  " if row.value else ""


@judgements.command()
def export(
    project: ProjectArgument,
    out: Annotated[Path, typer.Option(metavar="FILE", help="JSON lines, one decision each.")],
) -> None:
    """Write the decisions that stand to a file, for another pile.

    Example: firsthand judgements export flood-2031 --out decisions.jsonl
    """
    rows = Project(project).judgements.standing()
    write_whole(out, b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    say(f"wrote {len(rows)} decisions to {out}")


@judgements.command()
def replay(
    project: ProjectArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="As written by export.")],
    dry_run: Annotated[bool, typer.Option(help="Say what would hold; write nothing.")] = False,
) -> None:
    """Make another pile's decisions here, where the bytes they aim at are the same.

    Example: firsthand judgements replay flood-2031 decisions.jsonl
    """
    opened = Project(project)
    captures = opened.captures.current()
    held, known, lost = 0, {row.judgement_id for row in opened.judgements.all()}, []
    for row in _read(file):
        fits = fitted(row, captures) if row.action != "undo" else None
        if fits is None:
            lost.append(row)
            continue
        held += 1
        if not dry_run and row.judgement_id not in known:
            opened.judgements.append(fits)
    for row in lost:
        named = row.targets[0].source if row.targets else ""
        say(f"does not apply here: {row.judgement_id}  {row.action}  {named}")
    verb = "would hold" if dry_run else "hold"
    say(f"{held} decisions {verb} here, {len(lost)} do not apply; next: firsthand run {project}")


def _read(file: Path) -> list[Judgement]:
    try:
        return judgements_in(file.read_bytes())
    except OSError as error:
        message = f"cannot read {file}: {error.strerror}"
        raise ProjectError(message) from error
    except msgspec.DecodeError as error:
        message = f"{file} holds no decisions ({error}); write one with: judgements export"
        raise ProjectError(message) from error


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.add_typer(judgements)
