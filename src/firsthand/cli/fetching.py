"""The command that takes pages from the web: fetch."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from firsthand import intake
from firsthand.capture.feeds import feed_pages, listed_pages, sitemap_pages
from firsthand.capture.fetch import Fetcher, Wanted
from firsthand.cli.output import JSON, QUIET, say_json
from firsthand.cli.pages import ProjectArgument, custody, tell_intake
from firsthand.errors import CaptureError
from firsthand.store.project import Project

MAX_SITEMAPS = 200
"""Sitemaps read through one index; the standard allows 50,000, each of 50,000 pages."""


def fetch(
    project: ProjectArgument,
    urls: Annotated[list[str] | None, typer.Argument(metavar="[URL]…")] = None,
    listed: Annotated[
        Path | None, typer.Option("--list", metavar="FILE", help="One URL a line.")
    ] = None,
    feed: Annotated[list[str] | None, typer.Option(help="URL of an RSS or Atom feed.")] = None,
    sitemap: Annotated[list[str] | None, typer.Option(help="URL of a sitemap.")] = None,
    limit: Annotated[int, typer.Option(help="Fetch at most so many pages.")] = 1_000,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also fetch from your own network.")
    ] = False,
    as_json: Annotated[bool, JSON] = False,
    quiet: Annotated[bool, QUIET] = False,
    wait: Annotated[float, typer.Option(help="Seconds to wait for another run to end.")] = 0.0,
) -> None:
    """Fetch pages, politely, into a project.

    Example: firsthand fetch flood-2031 https://outlet.example/story --feed https://outlet.example/rss
    """
    opened = Project(project)
    settings = opened.settings
    with (
        opened.writing(wait_seconds=wait),
        Fetcher(settings.fetch, settings.capture, allow_private=allow_private) as fetcher,
    ):
        wanted = _wanted(fetcher, urls or [], listed, feed or [], sitemap or [])
        pages = fetcher.pages(_first(wanted, limit))
        report = intake.take_in(opened, pages, custody())
    if as_json:
        say_json(report)
    elif not quiet:
        tell_intake(report, dry_run=False)


def _first(wanted: Iterator[Wanted], limit: int) -> Iterator[Wanted]:
    seen: set[str] = set()
    for page in wanted:
        if len(seen) >= limit:
            return
        if page.url not in seen:
            seen.add(page.url)
            yield page


def _wanted(
    fetcher: Fetcher, urls: list[str], listed: Path | None, feeds: list[str], sitemaps: list[str]
) -> Iterator[Wanted]:
    yield from (Wanted(url=url) for url in urls)
    if listed is not None:
        try:
            yield from listed_pages(listed.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            message = f"cannot read the URL list {listed}: {error}"
            raise CaptureError(message) from error
    for feed in feeds:
        yield from feed_pages(fetcher.get(feed).content, feed)
    waiting, read = list(sitemaps), 0
    while waiting and read < MAX_SITEMAPS:
        sitemap, read = waiting.pop(0), read + 1
        pages, further = sitemap_pages(fetcher.get(sitemap).content, sitemap)
        waiting += further
        yield from pages


def register(app: typer.Typer) -> None:
    """Add this command to the app."""
    app.command()(fetch)
