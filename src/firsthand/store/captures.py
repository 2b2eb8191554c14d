"""Captures: bytes kept unchanged under their SHA-256, and an append-only custody log."""

import dataclasses
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from firsthand.errors import ProjectError
from firsthand.model.capture import Capture
from firsthand.model.ids import digest, sha256
from firsthand.store.files import append_line, write_whole

LOG = "custody.jsonl"


@dataclasses.dataclass(frozen=True)
class Damage:
    """One thing that `verify` found not to be as it was captured."""

    where: str
    detail: str


class Captures:
    """The captures of one project."""

    def __init__(self, folder: Path) -> None:
        """Captures kept in `folder`."""
        self.folder = folder
        self.log = folder / LOG

    def path(self, sha: str) -> Path:
        """Where the bytes of that SHA-256 are kept."""
        return self.folder / sha[:2] / sha

    def readable(self, sha: str) -> bool:
        """Whether the bytes of that SHA-256 are there to be read."""
        return os.access(f"{self.folder}/{sha[:2]}/{sha}", os.R_OK)

    def content(self, sha: str) -> bytes:
        """The bytes as captured."""
        try:
            return self.path(sha).read_bytes()
        except OSError as error:
            message = (
                f"captured bytes {sha} cannot be read ({error.strerror}); put the file back "
                "under captures/ from a copy, or withdraw the page; verify lists all such"
            )
            raise ProjectError(message) from error

    def add(self, capture: Capture, content: bytes) -> Capture:
        """Keep bytes and append a custody line; the bytes are on disk before the line."""
        if sha256(content) != capture.sha256:
            message = f"bytes of {capture.source} do not have the SHA-256 of their capture"
            raise ProjectError(message)
        target = self.path(capture.sha256)
        if not target.exists():
            write_whole(target, content)
        line = msgspec.json.encode(capture)
        append_line(self.log, line)
        return capture

    def lines(self) -> Iterator[bytes]:
        """The custody lines in order, without those cut short by a crash."""
        if not self.log.exists():
            return
        with self.log.open("rb") as handle:
            for line in handle:
                if line.endswith(b"}\n"):
                    yield line[:-1]

    def all(self) -> list[Capture]:
        """Every capture, oldest first."""
        return [msgspec.json.decode(line, type=Capture) for line in self.lines()]

    def last_digest(self) -> str | None:
        """Digest of the newest custody line, which the next one must name."""
        last: bytes | None = None
        for line in self.lines():
            last = line
        return None if last is None else digest(last)

    def current(self) -> dict[str, Capture]:
        """Page id to its newest capture; the same bytes at the same address are one page."""
        return {capture.page_id: capture for capture in self.all()}

    def verify(self) -> Iterable[Damage]:
        """Re-hash everything: bytes against their names, and the chain of the custody log."""
        previous: str | None = None
        seen: set[str] = set()
        for number, line in enumerate(self.lines(), 1):
            capture = msgspec.json.decode(line, type=Capture)
            where = f"{LOG} line {number} ({capture.source})"
            if capture.previous != previous:
                yield Damage(where, "the line before it was changed or removed")
            previous = digest(line)
            if capture.sha256 in seen:
                continue
            seen.add(capture.sha256)
            yield from self._verify_bytes(where, capture)

    def _verify_bytes(self, where: str, capture: Capture) -> Iterator[Damage]:
        path = self.path(capture.sha256)
        if not path.exists():
            yield Damage(where, f"bytes {capture.sha256} are missing")
        elif (found := sha256(path.read_bytes())) != capture.sha256:
            yield Damage(where, f"bytes hash to {found}, captured as {capture.sha256}")
