"""Commands that serve screens: serve, demo."""

import os
import sys
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from firsthand.cli.editions import edition_of
from firsthand.cli.output import progress, say
from firsthand.cli.pages import ProjectArgument, custody
from firsthand.publish import edition
from firsthand.server import demo as demonstration
from firsthand.server import serving
from firsthand.server.site import Site, site_of
from firsthand.server.tiles import tiles_of
from firsthand.store.project import Project

PortOption = Annotated[int, typer.Option(help="Port to listen on; 0 takes any free one.")]
DEFAULT_PORT = 8017


def serve(
    project: ProjectArgument,
    port: PortOption = DEFAULT_PORT,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A further name browsers may call this server by."),
    ] = None,
    token: Annotated[
        str | None,
        typer.Option(envvar="FIRSTHAND_TOKEN", help="Needed beyond this machine; 16 or more."),
    ] = None,
    tiles: Annotated[
        str | None,
        typer.Option(
            envvar="FIRSTHAND_TILES",
            metavar="URL|FILE",
            help="Your own street map: an address with {z}, {x} and {y}, or a .pmtiles file.",
        ),
    ] = None,
    tiles_attribution: Annotated[
        str | None,
        typer.Option(
            envvar="FIRSTHAND_TILES_ATTRIBUTION", metavar="TEXT", help="Whose street map it is."
        ),
    ] = None,
) -> None:
    """Serve a project as screens, until interrupted.

    Example: firsthand serve flood-2031 --port 8017
    """
    opened = Project(project)
    with edition_of(opened) as db:
        edition.summary(db)
    chosen = tiles_of(tiles, tiles_attribution)
    site = site_of(opened, host=host, allowed=tuple(allow_host or ()), token=token, tiles=chosen)
    _serve(site, host, port)


def _serve(site: Site, host: str, port: int, *, show: bool = False) -> None:
    bound = serving.listen(host, port)
    address = serving.address_of(bound, host)
    say(f"{site.project.name} at {address}   (Ctrl+C ends)")
    sys.stdout.flush()
    if show and _has_screen():
        webbrowser.open(address)
    serving.serve(site, bound)


def _has_screen() -> bool:
    """Whether a browser window can open here; on a text terminal it would take the terminal."""
    return sys.platform in ("darwin", "win32") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )


def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", help="Where the example project is made.")
    ] = Path("demo-project"),
    port: PortOption = DEFAULT_PORT,
    check: Annotated[
        bool, typer.Option("--check", help="Fetch the first pages from itself and end.")
    ] = False,
) -> None:
    """Run firsthand on the pile that ships with it and serve the result.

    Without a terminal, or with --check, it fetches its first pages and ends.
    Example: firsthand demo
    """
    say(f"building the example project in {folder}")
    with progress(quiet=False) as report:
        project = demonstration.build(folder, custody(), report)
    if not check and sys.stdout.isatty():
        _serve(Site(project=project), "127.0.0.1", port, show=True)
        return
    fetched = demonstration.check(Site(project=project))
    for one in fetched:
        say(f"{one.status}  {one.address}  {one.size} bytes")
    if not all(one.right for one in fetched):
        raise typer.Exit(1)
    say(f"all well; look at it with: firsthand serve {folder}")


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    for command in (serve, demo):
        app.command()(command)
