"""The command line's frame: the commands, how errors are told, what exit statuses mean.

Exit status: 0 the command did its work (single inputs may have become problems rows);
1 an error that the message says how to mend, or damage found by `verify`, or an invalid line
given to `annotate`, or an output that nobody reads any more, as under `| head`; 2 the command line
itself is wrong.
"""

import importlib
import sqlite3
import sys
from typing import Final

import typer

from firsthand import __version__
from firsthand.cli.output import say_error
from firsthand.cli.summaries import named
from firsthand.errors import FirsthandError

GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "pages": ("init", "add", "remove", "verify"),
    "dated": ("dates", "problems"),
    "fetching": ("fetch",),
    "work": ("run", "export", "annotate", "doctor"),
    "look": ("show", "why"),
    "tracing": ("lineage", "origins"),
    "findings": ("events", "conflicts", "forecasts", "changes"),
    "serving": ("serve", "demo"),
    "judging": ("judgements",),
    "publishing": ("publish",),
    "gazetteer": ("gazetteer",),
    "actors": ("actors",),
}
"""Module of this package to the commands it holds: only the one asked for is loaded, because
loading all takes longer than most commands run."""


def app_for(command: str | None) -> typer.Typer:
    """The command line with the group that holds a command; for None with all groups.

    For anything else, such as --help, the commands are only named, and nothing is loaded.
    """
    app = typer.Typer(
        name="firsthand",
        help="Read a pile of news pages about a crisis and work out who actually said what.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(firsthand)
    wanted = [group for group, commands in GROUPS.items() if command in commands]
    for group in GROUPS if command is None else wanted:
        importlib.import_module(f"firsthand.cli.{group}").register(app)
    if command is not None and not wanted:
        for group, commands in GROUPS.items():
            for name in commands:
                named(app, name, group)
    return app


def _version(value: bool) -> None:
    if value:
        typer.echo(f"firsthand {__version__}")
        raise typer.Exit


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
        app_for(sys.argv[1] if len(sys.argv) > 1 else "--help")()
    except FirsthandError as error:
        say_error(str(error))
        sys.exit(1)
    except sqlite3.OperationalError as error:
        say_error(f"the project's database cannot be used: {error}; is the disk full or read-only?")
        sys.exit(1)
