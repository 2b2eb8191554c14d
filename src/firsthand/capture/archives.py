"""Reads web archives: WARC (plain or gzipped, record by record) and WACZ (WARCs in a ZIP)."""

import hashlib
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from firsthand.capture.items import Item, Refused
from firsthand.config import CaptureSettings
from firsthand.model.capture import Http

PAGE_TYPES: Final = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")
"""Media types of responses that are pages; images, scripts and styles are passed over."""

BLOCK = 65_536

GZIP = 31
"""zlib's window bits for a gzip member with its header and check sum."""


def read_warc(path: Path, source: str, settings: CaptureSettings) -> Iterator[Item | Refused]:
    """The pages of one WARC file; a truncated one gives what stands before the cut."""
    with path.open("rb") as stream:
        yield from _read_stream(stream, source, _digest(path), settings)


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _read_stream(
    stream: BinaryIO, source: str, container: str, settings: CaptureSettings
) -> Iterator[Item | Refused]:
    taken = records = 0
    try:
        for record in ArchiveIterator(stream):
            records += record.format == "warc"
            found = _page(record, container, settings)
            taken += len(found.content) if isinstance(found, Item) else 0
            if taken > settings.max_archive_bytes:
                yield Refused(
                    source=source,
                    code="archive_too_large",
                    detail=f"{source} unpacks to more than capture.max_archive_bytes = "
                    f"{settings.max_archive_bytes:,}; the pages after that were left out; raise that "
                    "setting to take them in",
                )
                return
            if found is not None and _cut_short(record):
                yield _damaged(source, "a record ends before its stated length")
                return
            if found is not None:
                yield found
    except (ArchiveLoadFailed, EOFError, ValueError, zlib.error) as error:
        yield _damaged(source, str(error)[:200])
        return
    if records == 0:
        yield _damaged(source, "it holds no WARC record")
    elif not _whole(stream):
        yield _damaged(source, "its last gzip member is cut short")


def _damaged(source: str, why: str) -> Refused:
    return Refused(
        source=source,
        code="archive_damaged",
        detail=f"{source} cannot be read to its end ({why}); the pages before the damage were "
        "taken in; get a whole copy for the rest",
    )


def _cut_short(record: ArcWarcRecord) -> bool:
    """Whether a record that was read to its end still owed bytes."""
    record.content_stream().read()
    return int(getattr(record.raw_stream, "limit", 0)) > 0


def _whole(stream: BinaryIO) -> bool:
    """Whether every gzip member of a stream is complete; true of streams without gzip.

    The archive library ends in silence where a compressed record is cut short.
    """
    stream.seek(0)
    if stream.read(2) != b"\x1f\x8b":
        return True
    stream.seek(0)
    member = zlib.decompressobj(GZIP)
    begun = False
    while block := stream.read(BLOCK):
        while block:
            member.decompress(block)
            block = member.unused_data
            if member.eof:
                member = zlib.decompressobj(GZIP)
                begun = bool(block)
            else:
                begun = True
    return not begun


def _page(
    record: ArcWarcRecord, container: str, settings: CaptureSettings
) -> Item | Refused | None:
    if record.rec_type not in ("response", "resource"):
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    http = record.http_headers
    declared = (http.get_header("Content-Type") if http else record.content_type) or ""
    media_type, _, parameters = declared.partition(";")
    media_type = media_type.strip().lower()
    status = int(http.get_statuscode() or 0) if http else 200
    if media_type not in PAGE_TYPES or not 200 <= status < 300 or not url:
        return None
    content = record.content_stream().read(settings.max_page_bytes + 1)
    if len(content) > settings.max_page_bytes:
        return Refused(
            source=url,
            code="too_large",
            detail=f"{url} has more than capture.max_page_bytes = {settings.max_page_bytes:,} "
            "bytes; raise that setting to take it in",
        )
    if not content:
        return Refused(
            source=url, code="empty", detail=f"{url} was archived empty; archive it again"
        )
    headers = tuple((str(name), str(value)) for name, value in http.headers) if http else ()
    return Item(
        source=url,
        content=content,
        media_type=media_type,
        charset=_charset(parameters),
        container=container,
        http=Http(status=status, url=url, headers=headers),
    )


def _charset(parameters: str) -> str | None:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip():
            return value.strip().strip("\"'").lower()
    return None


def read_wacz(path: Path, source: str, settings: CaptureSettings) -> Iterator[Item | Refused]:
    """The pages of every WARC in a WACZ; nothing is unpacked under a name from the archive."""
    container = _digest(path)
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                yield from _read_member(archive, member, source, container, settings)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error) as error:
        yield Refused(
            source=source,
            code="archive_damaged",
            detail=f"{source} is not a readable WACZ ({error}); get a whole copy",
        )


def _read_member(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    source: str,
    container: str,
    settings: CaptureSettings,
) -> Iterator[Item | Refused]:
    name = PurePosixPath(member.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts:
        yield Refused(
            source=f"{source}!{member.filename[:80]}",
            code="unsafe_path",
            detail=f"{source} holds the path {member.filename[:80]!r}, which leaves the archive; "
            "that member was left out; to take it in, pack it under a plain name",
        )
        return
    if not name.name.lower().endswith((".warc", ".warc.gz")):
        return
    ratio = member.file_size / max(member.compress_size, 1)
    if ratio > settings.max_archive_ratio or member.file_size > settings.max_archive_bytes:
        yield Refused(
            source=f"{source}!{name}",
            code="archive_bomb",
            detail=f"{source}: {name} unpacks to {member.file_size:,} bytes, {ratio:.0f} times its "
            "packed size; it was left out; if you trust it, raise capture.max_archive_ratio or "
            "capture.max_archive_bytes",
        )
        return
    with archive.open(member) as packed, tempfile.TemporaryFile() as unpacked:
        shutil.copyfileobj(packed, unpacked, BLOCK)
        unpacked.seek(0)
        yield from _read_stream(unpacked, f"{source}!{name}", container, settings)
