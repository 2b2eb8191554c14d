"""The command line's frame: the commands, how errors are told, what exit statuses mean.

Exit status: 0 the command did its work (single inputs may have become problems rows);
1 an error that the message says how to mend, or damage found by `verify`, or an invalid line
given to `annotate`, or an output that nobody reads any more, as under `| head`; 2 the command line itself is wrong.
"""

import sqlite3
import sys
from typing import Final

import typer

from firsthand import __version__
from firsthand.cli import fetching, look, pages, serving, work
from firsthand.cli.output import say_error
from firsthand.errors import FirsthandError

app: Final = typer.Typer(
    name="firsthand",
    help="Read a pile of news pages about a crisis and work out who actually said what.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for group in (pages, fetching, work, look, serving):
    group.register(app)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"firsthand {__version__}")
        raise typer.Exit


@app.callback()
def firsthand(
    version: bool = typer.Option(
        False,
        "--version",
        callback=_version,
        is_eager=True,
        help="Print the version and exit.",
    ),
) -> None:
    """Read a pile of news pages about a crisis and work out who actually said what."""
    del version  # answered by its callback


def main() -> None:
    """Run the command line."""
    try:
        app()
    except FirsthandError as error:
        say_error(str(error))
        sys.exit(1)
    except sqlite3.OperationalError as error:
        say_error(f"the project's database cannot be used: {error}; is the disk full or read-only?")
        sys.exit(1)
