"""Takes pages into a project: reads sources, keeps bytes, writes the custody log."""

import difflib
import getpass
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import msgspec

from firsthand import __version__
from firsthand.capture.items import Item, Refused
from firsthand.capture.readers import read_path
from firsthand.errors import CaptureError
from firsthand.model.capture import Capture
from firsthand.model.ids import digest, page_id, sha256
from firsthand.model.judgement import Judgement, Target
from firsthand.store.judgements import judgement_id
from firsthand.store.project import Project
from firsthand.store.refusals import Refusal

Tick = Callable[[str], None]
"""Called with each source as it is taken in."""


@dataclass(frozen=True)
class IntakeReport:
    """What was taken in, what was there already, what was refused and why."""

    added: tuple[Capture, ...]
    known: tuple[str, ...]
    """Sources whose very bytes the project already holds."""
    refused: tuple[Refused, ...]


@dataclass(frozen=True, kw_only=True)
class Custody:
    """Who takes pages in, and when."""

    at: str
    """UTC, ISO 8601."""
    by: str = ""
    tool: str = f"firsthand {__version__}"


def add(
    project: Project,
    paths: Sequence[Path],
    custody: Custody,
    *,
    dry_run: bool = False,
    tick: Tick = lambda _source: None,
) -> IntakeReport:
    """Take in files and folders; nothing is written on a dry run."""
    items = (item for path in paths for item in read_path(path, project.settings.capture))
    return take_in(project, items, custody, dry_run=dry_run, tick=tick)


def take_in(
    project: Project,
    items: Iterable[Item | Refused],
    custody: Custody,
    *,
    dry_run: bool = False,
    tick: Tick = lambda _source: None,
) -> IntakeReport:
    """Keep every page and note every refusal; pages taken in so far survive any crash."""
    held = set(project.captures.current())
    previous = project.captures.last_digest()
    added: list[Capture] = []
    known: list[str] = []
    refused: list[Refused] = []
    for item in items:
        tick(item.source)
        if isinstance(item, Refused):
            refused.append(item)
            continue
        capture = _capture(item, custody, previous)
        if capture.page_id in held and project.captures.readable(capture.sha256):
            known.append(item.source)
            continue
        held.add(capture.page_id)
        added.append(capture)
        if not dry_run:
            project.captures.add(capture, item.content)
            previous = digest(msgspec.json.encode(capture))
    if not dry_run:
        _note(project, added, refused)
    return IntakeReport(tuple(added), tuple(known), tuple(refused))


def _capture(item: Item, custody: Custody, previous: str | None) -> Capture:
    sha = sha256(item.content)
    page = page_id(sha, item.source)
    return Capture(
        capture_id="k-" + digest(page, custody.at, previous or ""),
        page_id=page,
        sha256=sha,
        size=len(item.content),
        source=item.source,
        media_type=item.media_type,
        charset=item.charset,
        at=custody.at,
        by=custody.by or user_name(),
        tool=custody.tool,
        container=item.container,
        http=item.http,
        hints=item.hints,
        previous=previous,
    )


def user_name() -> str:
    """The account that runs this process, for the custody log."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no account name, as in some containers
        return "unknown"


def _note(project: Project, added: Sequence[Capture], refused: Sequence[Refused]) -> None:
    """Keep refusals as problems, by source, until the source is taken in."""
    before = project.refusals.standing()
    rows = {item.source: Refusal(item.source, item.code, item.detail) for item in refused}
    mended = sorted({capture.source for capture in added} & before.keys() - rows.keys())
    news = [rows[source] for source in sorted(rows) if before.get(source) != rows[source]]
    project.refusals.append([*news, *(Refusal(source) for source in mended)])
    if not news and not mended:
        return
    with closing(project.index()) as index:
        index.begin_generation()
        project.refusals.bring_into(index, project.parts)


def withdraw(
    project: Project, sources: Sequence[str], custody: Custody, *, reason: str | None = None
) -> list[Capture]:
    """Leave pages out of all further runs; their bytes and custody stay, and it can be undone."""
    by_source: dict[str, list[Capture]] = {}
    for capture in project.captures.current().values():
        by_source.setdefault(capture.source, []).append(capture)
    unknown = sorted(set(sources) - by_source.keys())
    if unknown:
        near = difflib.get_close_matches(unknown[0], by_source, n=3, cutoff=0.0)
        message = f"no page {unknown[0]!r} in this project; the nearest: {', '.join(near) or '-'}"
        raise CaptureError(message)
    found = [capture for source in sources for capture in by_source[source]]
    for capture in found:
        project.judgements.append(_withdrawal(capture, custody, reason))
    return found


def _withdrawal(capture: Capture, custody: Custody, reason: str | None) -> Judgement:
    by = custody.by or user_name()
    target = Target(kind="page", words="", source=capture.source, sha256=capture.sha256)
    return Judgement(
        judgement_id=judgement_id(custody.at, by, "withdraw", capture.page_id),
        at=custody.at,
        by=by,
        action="withdraw",
        targets=(target,),
        reason=reason,
    )
