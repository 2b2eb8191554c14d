"""Taking pages in from a screen: what would come in, then a run with its progress."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from firsthand import intake
from firsthand.errors import FirsthandError
from firsthand.intake import Custody, IntakeReport
from firsthand.publish.edition import summary
from firsthand.server import reply, uploads
from firsthand.server.child import Order
from firsthand.server.forms import form_of, reviewer
from firsthand.server.runs import Runs
from firsthand.server.screens import frame
from firsthand.server.site import Site, site

LOOK_SECONDS = 0.2
"""How often the stream of progress looks for news."""
LISTEN_SECONDS = 3600
MOST_PATHS = 50
MOST_SHOWN = 60


def runs(request: Request) -> Runs:
    """The runs of this server."""
    found: Runs = request.app.state.runs
    return found


def by_path(place: Site) -> bool:
    """Whether files of this machine may be named: only where nobody else can reach the server."""
    return place.token is None


def screen(request: Request) -> Response:
    """Where pages are taken in, and how far a run is."""
    return _screen(request)


def _screen(
    request: Request,
    report: IntakeReport | None = None,
    ticket: str = "",
    paths: tuple[str, ...] = (),
) -> Response:
    place = site(request)
    with place.reading() as db:
        return reply.page(
            request,
            "import.html",
            report=report,
            kinds=sorted(Counter(c.media_type for c in report.added).items()) if report else [],
            most=MOST_SHOWN,
            ticket=ticket,
            paths=paths,
            by_path=by_path(place),
            run=runs(request).state,
            summary=summary(db),
            waiting=place.waiting(db),
            most_mb=uploads.MOST_BYTES // 1_048_576,
            **frame(db),
        )


async def look_at_files(request: Request) -> Response:
    """What the files sent would bring; they are kept until the answer."""
    body = await uploads.body_of(request)
    return await run_in_threadpool(_look_at_files, request, body)


def _look_at_files(request: Request, body: bytes) -> Response:
    project = site(request).project
    uploads.discard(project)
    ticket = uploads.keep(project, uploads.files_in(body, request.headers.get("content-type", "")))
    report = _dry(request, (uploads.folder_of(project, ticket),))
    return _screen(request, report=report, ticket=ticket)


async def look_at_paths(request: Request) -> Response:
    """What files and folders of this machine would bring."""
    fields = await form_of(request)
    return await run_in_threadpool(_look_at_paths, request, fields)


def _look_at_paths(request: Request, fields: dict[str, str]) -> Response:
    paths = _paths(request, fields)
    return _screen(request, report=_dry(request, tuple(map(Path, paths))), paths=paths)


def _paths(request: Request, fields: dict[str, str]) -> tuple[str, ...]:
    if not by_path(site(request)):
        message = "files of the server are not taken in by path over a network; upload them"
        raise FirsthandError(message)
    lines = [line.strip().strip('"') for line in fields.get("paths", "").splitlines()]
    named = [line for line in lines if line]
    if not named or len(named) > MOST_PATHS:
        message = f"write 1 to {MOST_PATHS} paths, one a line; found {len(named)}"
        raise FirsthandError(message)
    wrong = [line for line in named if not Path(line).expanduser().is_absolute()]
    if wrong:
        message = f"{wrong[0]!r} is no whole path; write it from the root, or from ~"
        raise FirsthandError(message)
    return tuple(str(Path(line).expanduser()) for line in named)


def _dry(request: Request, paths: tuple[Path, ...]) -> IntakeReport:
    place = site(request)
    custody = Custody(at=place.now(), by=reviewer(request))
    return intake.add(place.project, paths, custody, dry_run=True)


async def take(request: Request) -> Response:
    """Take in what was looked at, and run."""
    fields = await form_of(request)
    return await run_in_threadpool(_take, request, fields)


def _take(request: Request, fields: dict[str, str]) -> Response:
    project = site(request).project
    if fields.get("ticket"):
        folder = uploads.folder_of(project, fields["ticket"])
        if not folder.is_dir():
            message = "these files have been taken in or discarded; send them again"
            raise FirsthandError(message)
        return _start(request, (str(folder),))
    return _start(request, _paths(request, fields))


def run_now(request: Request) -> Response:
    """Bring the edition up to date."""
    return _start(request, ())


def _start(request: Request, paths: tuple[str, ...]) -> Response:
    place = site(request)
    order = Order(
        project=str(place.project.folder.absolute()),
        paths=paths,
        at=place.now(),
        by=reviewer(request),
    )
    if not runs(request).start(order):
        detail = "a run is going on; wait for it to end, then try again"
        return reply.refusal("/import", 409, "busy", detail)
    return RedirectResponse("/import#run", 303)


def state(request: Request) -> Response:
    """How far the run is."""
    return reply.json(runs(request).state)


async def progress(request: Request) -> Response:
    """The same as a stream of events, one for each change, until the run ends."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_told(request), media_type="text/event-stream", headers=headers)


async def _told(request: Request) -> AsyncIterator[bytes]:
    seen = -1
    until = time.monotonic() + LISTEN_SECONDS
    while time.monotonic() < until:
        now = runs(request).state
        if now.version != seen:
            seen = now.version
            yield b"data: " + msgspec.json.encode(now) + b"\n\n"
        if not now.going or await request.is_disconnected():
            return
        await asyncio.sleep(LOOK_SECONDS)
