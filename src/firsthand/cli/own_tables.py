"""What the commands about a project's own tables share: reading files in, writing tables out."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from firsthand.cli.editions import damage_told
from firsthand.cli.output import say, say_json
from firsthand.errors import ProjectError
from firsthand.model.record import Record
from firsthand.publish import edition
from firsthand.publish.read import select
from firsthand.store.project import Project

R = TypeVar("R", bound=Record)

MOST_BYTES = 256 * 1024 * 1024
"""Larger files are refused: a project's own table is read by every run."""
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The file to read.")]
OutOption = Annotated[Path, typer.Option("--out", metavar="FILE", help="The file to write.")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="Rows to print at most.")]


KeyArgument = Annotated[str, typer.Argument(metavar="NAME", help="Its name or its id.")]
FieldsArgument = Annotated[
    list[str], typer.Argument(metavar="FIELD=VALUE…", help="Columns and what to write in them.")
]


def fields_of(words: Sequence[str]) -> dict[str, str]:
    """Columns and their values as given on the command line."""
    fields: dict[str, str] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign or not name.strip():
            message = f"{word!r} is no FIELD=VALUE, such as lat=12.5 or aliases='Old Ford|The Ford'"
            raise typer.BadParameter(message)
        fields[name.strip()] = value.strip()
    return fields


def content_of(path: Path) -> bytes:
    """The bytes of a file given on the command line."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            message = (
                f"{path} has {size:,} bytes, more than the {MOST_BYTES:,} that are read; "
                "cut it to the rows you need"
            )
            raise ProjectError(message)
        return path.read_bytes()
    except OSError as error:
        message = f"cannot read {path}: {error.strerror or type(error).__name__}"
        raise ProjectError(message) from error


def own_table(project: Project, name: str) -> bytes | None:
    """A project's own table as it stands, or None."""
    found = project.project_files().get(name)
    return None if found is None else found.content


@contextmanager
def rewriting(project: Project, name: str) -> Iterator[Path]:
    """Where to write a project's own table, with the project held for writing."""
    path = project.folder / name
    with project.writing():
        if path.is_symlink():
            message = (
                f"{path} is a link, which a project does not follow; put the file itself there"
            )
            raise ProjectError(message)
        yield path


def say_added(
    noun: str, counts: Mapping[str, int], project: Path, *, dry_run: bool, as_json: bool
) -> None:
    """Tell what an added file came to; `counts` holds added, replaced and total."""
    if as_json:
        say_json({**counts, "written": not dry_run})
        return
    would = "would add" if dry_run else "added"
    say(
        f"{would} {counts['added']} {noun}, replaced {counts['replaced']}; {counts['total']} in all"
    )
    if not dry_run:
        say(f"next: firsthand run {project}")


def say_removed(noun: str, key: str, left: int, project: Path, *, as_json: bool) -> None:
    """Tell that a row was taken out."""
    if as_json:
        say_json({"removed": 1, "total": left})
        return
    say(f"removed {key}; {left} {noun} in all")
    say(f"next: firsthand run {project}")


def say_written(noun: str, count: int, out: Path, *, as_json: bool) -> None:
    """Tell how many rows were written where."""
    if as_json:
        say_json({"written": count})
        return
    say(f"wrote {count} {noun} to {out}")


def used(project: Project, record: type[R]) -> list[R]:
    """Rows of the project's edition; none where it has not been run."""
    if not project.edition.exists():
        return []
    with damage_told(project), closing(edition.connect(project.edition)) as db:
        return list(select(db, record))
