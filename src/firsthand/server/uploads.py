"""Files that a browser sends: read within limits, kept in a folder until they are taken in."""

import re
import secrets
import shutil
from collections.abc import Iterator
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path, PurePosixPath
from typing import Final

from starlette.requests import Request

from firsthand.errors import FirsthandError
from firsthand.store.project import Project

MOST_BYTES: Final = 64 * 1024 * 1024
"""Of one upload; larger piles are taken in by path, which copies nothing through a browser."""
MOST_FILES: Final = 2000
FOLDER: Final = "uploads"
TICKET: Final = re.compile(r"[0-9a-f]{24}")


async def body_of(request: Request) -> bytes:
    """The bytes of an upload; more than the limit is refused before it is read."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > MOST_BYTES:
        raise FirsthandError(_too_large())
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_BYTES:
            raise FirsthandError(_too_large())
        parts.append(part)
    return b"".join(parts)


def _too_large() -> str:
    return (
        f"an upload may hold {MOST_BYTES // 1_048_576} MB; give the folder's path instead, "
        "or use: firsthand add PROJECT PATH"
    )


def files_in(body: bytes, content_type: str) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file of a form (RFC 7578); fields that are no files are passed over."""
    head = Message()
    head["content-type"] = content_type
    boundary = head.get_param("boundary", "")
    if not isinstance(boundary, str) or not boundary or len(boundary) > 200:
        message = "the upload is no form with files; choose files and send the form again"
        raise FirsthandError(message)
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:]:
        lines, empty, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        if not empty:
            continue
        headers = HeaderParser().parsestr(lines.decode("utf-8", "replace"))
        name = headers.get_param("filename", "", header="content-disposition")
        if isinstance(name, str) and name:
            yield name, content


def keep(project: Project, files: Iterator[tuple[str, bytes]]) -> str:
    """Keep files under a new ticket; the names stay as far as they are safe."""
    ticket = secrets.token_hex(12)
    folder = folder_of(project, ticket)
    count = 0
    for name, content in files:
        count += 1
        if count > MOST_FILES:
            shutil.rmtree(folder, ignore_errors=True)
            message = f"an upload may hold {MOST_FILES} files; give the folder's path instead"
            raise FirsthandError(message)
        path = folder / safe_name(name, count)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    if not count:
        message = "no file was chosen; choose some, then send the form again"
        raise FirsthandError(message)
    return ticket


def safe_name(name: str, number: int) -> str:
    """A file's name below its folder, whatever a browser sent: no way up, nothing hidden."""
    parts = [
        re.sub(r"[\x00-\x1f\x7f/\\:]", "_", part).lstrip(".")[:120]
        for part in PurePosixPath(name.replace("\\", "/")).parts
        if part not in ("/", "..", ".")
    ]
    kept = [part for part in parts if part][-6:]
    return "/".join(kept) or f"file-{number}"


def folder_of(project: Project, ticket: str) -> Path:
    """Where the files of a ticket lie."""
    if not TICKET.fullmatch(ticket):
        message = "this upload is not known; send the files again"
        raise FirsthandError(message)
    return project.folder / FOLDER / ticket


def discard(project: Project, *, but: str = "") -> None:
    """Remove the uploads that nobody confirmed."""
    for folder in (project.folder / FOLDER).glob("*"):
        if TICKET.fullmatch(folder.name) and folder.name != but:
            shutil.rmtree(folder, ignore_errors=True)
