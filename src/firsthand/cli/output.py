"""How commands print: plain text or JSON to standard output, progress to standard error."""

import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

if TYPE_CHECKING:
    # Only named in an annotation: loading it takes longer than telling the help.
    from firsthand.engine.run import Progress as Report

JSON = typer.Option("--json", help="Print JSON instead of text.")
QUIET = typer.Option("--quiet", "-q", help="Print nothing but errors.")


def visible(text: str) -> str:
    """Page text made safe for a terminal: control and direction characters shown escaped."""
    return "".join(
        char
        if char == "\n" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co")
        else char.encode("unicode_escape", "surrogatepass").decode()
        for char in text
    )


def say(text: str) -> None:
    """Print a line of text, never as markup."""
    typer.echo(visible(text))


def say_json(value: object) -> None:
    """Print a value as JSON."""
    typer.echo(msgspec.json.format(msgspec.json.encode(value)).decode())


def say_error(text: str) -> None:
    """Print one line to standard error."""
    typer.echo(f"firsthand: {visible(text)}", err=True)


@contextmanager
def progress(*, quiet: bool) -> "Iterator[Report]":
    """A progress bar for each stage on standard error; none when that is not a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda _stage, _done, _todo: None
        return
    columns = (TextColumn("{task.description:<14}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def report(stage: str, done: int, todo: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=todo)
            bars.update(tasks[stage], completed=done, total=todo)

        yield report
