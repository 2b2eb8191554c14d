"""The command that writes a site for readers elsewhere: publish."""

from pathlib import Path
from typing import Annotated

import typer

from firsthand.cli.editions import edition_of
from firsthand.cli.output import say, say_error
from firsthand.cli.pages import ProjectArgument
from firsthand.errors import FirsthandError
from firsthand.server import public
from firsthand.store.files import write_whole
from firsthand.store.project import Project

NOTICE = (
    "the full texts are written too: other people's articles, with the names of private persons "
    "in them; publish them only where you may"
)


def publish(
    project: ProjectArgument,
    out: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write, or one file.")],
    event: Annotated[
        str | None, typer.Option(metavar="ID", help="Only this dossier, as one file.")
    ] = None,
    with_texts: Annotated[
        bool, typer.Option("--with-texts", help="Also the full texts of all articles.")
    ] = False,
) -> None:
    """Write what may be shown in public, for any web server; or one dossier as one file.

    Claims with at most 60 words around them, links to the originals, hashes. Witnesses and
    private persons appear by role, except those whom actors.tsv names. Full texts, bytes,
    decisions and local paths stay here.

    Example: firsthand publish flood-2031 site
    """
    opened = Project(project)
    with edition_of(opened) as db:
        if event is not None:
            text = public.dossier_file(db, opened, event)
            if text is None:
                message = f"this edition has no event with the id {event!r}; see: firsthand export"
                raise FirsthandError(message)
            write_whole(out, text.encode("utf-8"))
            say(f"wrote {out}")
            return
    if with_texts:
        say_error(NOTICE)
    done = public.write_site(opened, out, with_texts=with_texts)
    texts = f" and {done.texts} full texts" if with_texts else ""
    say(f"wrote {done.events} dossiers{texts} to {out}; open {out / 'index.html'}")


def register(app: typer.Typer) -> None:
    """Add this command to the app."""
    app.command()(publish)
