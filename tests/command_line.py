"""The command line for tests: real processes, exit statuses and streams."""

import atexit
import functools
import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FORKING = Path(__file__).with_name("forking.py")
ENVIRONMENT = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "COLUMNS": "100"}


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, as JSON."""
        return json.loads(self.out)

    def refused(self, *words: str) -> None:
        """Check for exit status 1 and one line of error that holds these words."""
        assert self.status == 1, (self.status, self.err)
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("firsthand: ")
        for word in words:
            assert word in lines[0], (word, lines[0])


@dataclass(frozen=True)
class Started:
    """A command at work."""

    pid: int
    folder: Path


class CommandLine:
    """Starts commands; one process that has imported the command line forks for each."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="firsthand-cli-")
        self._numbers = itertools.count()
        self._process = subprocess.Popen(
            [sys.executable, FORKING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        atexit.register(self.close)

    def close(self) -> None:
        self._process.communicate()
        self._folder.cleanup()

    def _ask(self, asked: dict[str, Any]) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def start(
        self,
        *arguments: str | Path,
        given: str | bytes = b"",
        cwd: Path | None = None,
        env: Mapping[str, str] = ENVIRONMENT,
        file_bytes: int | None = None,
        plain_user: bool = False,
    ) -> Started:
        """Start a command; `file_bytes` limits every file it writes, as a full disk does."""
        folder = Path(self._folder.name) / str(next(self._numbers))
        folder.mkdir()
        (folder / "stdin").write_bytes(given.encode() if isinstance(given, str) else given)
        pid = self._ask(
            {
                **{name: str(folder / name) for name in ("stdin", "stdout", "stderr")},
                "arguments": [str(argument) for argument in arguments],
                "cwd": str(cwd or folder),
                "env": dict(env),
                "seconds": 110,
                "file_bytes": file_bytes,
                "plain_user": plain_user,
            }
        )
        return Started(pid, folder)

    def end(self, started: Started) -> Ended:
        """Wait for a command."""
        status = self._ask({"wait": started.pid})
        out, err = (
            (started.folder / name).read_text("utf-8", "backslashreplace")
            for name in ("stdout", "stderr")
        )
        return Ended(status, out, err)

    def __call__(self, *arguments: str | Path, **how: Any) -> Ended:
        """Run a command to its end; keywords as for `start`."""
        return self.end(self.start(*arguments, **how))

    def right(self, *arguments: str | Path, **how: Any) -> Ended:
        """Run a command that must succeed."""
        ended = self(*arguments, **how)
        assert ended.status == 0, (arguments, ended)
        return ended


@functools.cache
def command_line() -> CommandLine:
    """The one command line of this test process."""
    return CommandLine()
