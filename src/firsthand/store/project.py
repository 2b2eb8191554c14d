"""A project is a folder; this opens it, locks it and knows where everything in it lies."""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import filelock

from firsthand.config import FORMAT, Settings, read_settings
from firsthand.errors import ProjectBusyError, ProjectError
from firsthand.model.ids import sha256
from firsthand.stage import ProjectFile
from firsthand.store.captures import Captures
from firsthand.store.files import sweep, unwritable, write_whole
from firsthand.store.index import Index
from firsthand.store.judgements import Judgements
from firsthand.store.parts import Parts
from firsthand.store.refusals import Refusals

SETTINGS = "firsthand.toml"
PROJECT_FILES = ("actors.tsv", "gazetteer.csv")
"""Tables that users of a project edit; they lie beside firsthand.toml and may be missing."""

TEMPLATE = """# Settings of this project; `firsthand doctor` lists every one with its default.
name = {name}
format = {format}
"""


class Project:
    """An open project folder."""

    def __init__(self, folder: Path) -> None:
        """Open the project at `folder`, which `create` must have made."""
        settings = folder / SETTINGS
        if not settings.is_file():
            message = (
                f"{folder} is not a firsthand project: it has no {SETTINGS}; "
                f"make one with: firsthand init {folder}"
            )
            raise ProjectError(message)
        self.folder = folder
        self.settings: Settings = read_settings(_read_text(settings))
        self.captures = Captures(folder / "captures")
        self.refusals = Refusals(folder / "captures")
        self.judgements = Judgements(folder / "judgements")
        self.tables = folder / "tables"
        self.parts = Parts(self.tables)
        self.scratch = folder / "scratch"
        self.edition = folder / "edition.sqlite"

    @property
    def name(self) -> str:
        """What the project is called: its setting, else its folder's name."""
        return self.settings.name or self.folder.resolve().name

    def index(self) -> Index:
        """The index of the tables; close it after use."""
        return Index(self.tables / "index.sqlite")

    def project_files(self) -> Mapping[str, ProjectFile]:
        """The project's own tables that are there."""
        found: dict[str, ProjectFile] = {}
        for name in PROJECT_FILES:
            path = self.folder / name
            if path.is_file() and not path.is_symlink():
                content = path.read_bytes()
                found[name] = ProjectFile(name=name, sha256=sha256(content), content=content)
        return found

    @contextmanager
    def writing(self, *, wait_seconds: float = 0.0) -> Iterator[None]:
        """Hold the project for writing; a second writer is refused, or waits when told to."""
        lock = filelock.FileLock(self.folder / ".lock", timeout=wait_seconds)
        try:
            with lock:
                yield
        except filelock.Timeout as error:
            message = (
                f"{self.folder} is in use by another firsthand run; "
                "wait for it to end, or run with --wait"
            )
            raise ProjectBusyError(message) from error

    def discard_tables(self) -> None:
        """Remove everything that a run can make again; captures and judgements stay."""
        shutil.rmtree(self.tables, ignore_errors=True)

    def tidy(self) -> None:
        """Sweep away what interrupted runs left behind."""
        sweep(self.folder)
        shutil.rmtree(self.scratch, ignore_errors=True)


def create(folder: Path, *, name: str | None = None) -> Project:
    """Make a new project folder; an existing project is opened, anything else refused."""
    if (folder / SETTINGS).exists():
        return Project(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"{folder} exists and is not a firsthand project; choose an empty or new folder"
        raise ProjectError(message)
    text = TEMPLATE.format(name=_toml(name or folder.resolve().name), format=FORMAT)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error
    write_whole(folder / SETTINGS, text.encode())
    return Project(folder)


def _toml(name: str) -> str:
    """A name as a TOML string; JSON's escapes are TOML's, but for the delete character."""
    known = os.fsencode(name).decode("utf-8", "backslashreplace").replace('"', "'")
    return json.dumps(known, ensure_ascii=False).replace("\x7f", "\\u007f")


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"cannot read {path}: {error}"
        raise ProjectError(message) from error


def free_bytes(folder: Path) -> int:
    """Bytes free on the disk that holds a folder."""
    stats = os.statvfs(folder)
    return stats.f_bavail * stats.f_frsize
