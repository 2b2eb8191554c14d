"""Trouble with the project itself ends in one line that says what to do, and loses nothing."""

import contextlib
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import filelock
import pytest

from command_line import CommandLine
from firsthand.store.project import Project
from hostile.bad_files import GOOD


@pytest.fixture(scope="module")
def ready(firsthand: CommandLine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of one page that has been run."""
    folder = tmp_path_factory.mktemp("ready")
    (folder / "page.txt").write_text(GOOD)
    firsthand.right("init", folder / "p")
    firsthand.right("add", folder / "p", folder / "page.txt")
    firsthand.right("run", folder / "p")
    return folder / "p"


@pytest.fixture
def project(ready: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return Path(shutil.copytree(ready, tmp_path / "p"))


def rows(firsthand: CommandLine, project: Path) -> str:
    """What an export of the project holds."""
    out = project.parent / "out"
    firsthand.right("export", project, "--out", out)
    return "".join((out / f"{name}.jsonl").read_text() for name in ("claims", "pages", "events"))


# a folder that is no project of ours

COMMANDS = ("add", "run", "export", "serve", "show", "why", "problems", "dates", "verify", "remove")


def arguments(command: str, project: Path) -> list[str]:
    """A whole command line for a command."""
    further = {
        "add": [str(project)],
        "export": ["--out", str(project.parent / "never")],
        "show": ["c-0"],
        "why": ["c-0"],
        "remove": ["page.txt"],
    }
    return [command, str(project), *further.get(command, [])]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_that_is_no_project_is_refused_and_left_alone(
    firsthand: CommandLine, tmp_path: Path, command: str
) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("dear")
    ended = firsthand(*arguments(command, tmp_path / "letters"))
    ended.refused("letters", "is not a firsthand project", "firsthand init")
    assert [path.name for path in tmp_path.rglob("*")] == ["letters", "dear.txt"]


def test_init_refuses_a_folder_with_other_things_in_it(
    firsthand: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / "dear.txt").write_text("dear")
    firsthand("init", tmp_path).refused(str(tmp_path), "choose an empty or new folder")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_project_of_a_newer_version_is_refused(
    firsthand: CommandLine, tmp_path: Path, command: str
) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "firsthand.toml").write_text("format = 99\n")
    firsthand(*arguments(command, tmp_path / "p")).refused("newer firsthand", "upgrade it")
    assert [path.name for path in (tmp_path / "p").iterdir()] == ["firsthand.toml"]


def test_an_edition_that_is_not_there_says_how_to_make_it(
    firsthand: CommandLine, tmp_path: Path
) -> None:
    firsthand.right("init", tmp_path / "p")
    for command in ("export", "serve", "show", "why", "dates"):
        ended = firsthand(*arguments(command, tmp_path / "p"))
        ended.refused("has no edition yet", f"firsthand run {tmp_path}/p")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("[trace]\nmin_word = 3", ("min_word", "the nearest is 'min_words'")),
        ("[trcae]", ("trcae", "the nearest is 'trace'")),
        ('[trace]\nmin_words = "many"', ("min_words", "expected int")),
        ("[trace", ("firsthand.toml", "not valid TOML")),
        ("\udcff", ("cannot read", "firsthand.toml")),
    ],
)
def test_a_wrong_setting_is_named(
    firsthand: CommandLine, tmp_path: Path, settings: str, words: tuple[str, ...]
) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "firsthand.toml").write_bytes(settings.encode(errors="surrogateescape"))
    firsthand("run", tmp_path / "p").refused(*words)


# damage

JUNK = b"no such file format\n" * 400


@pytest.mark.slow
def test_a_damaged_index_says_how_to_mend_it(firsthand: CommandLine, project: Path) -> None:
    before = rows(firsthand, project)
    for side in ("index.sqlite-wal", "index.sqlite-shm"):
        (project / "tables" / side).unlink(missing_ok=True)
    (project / "tables" / "index.sqlite").write_bytes(JUNK)
    firsthand("run", project).refused("index.sqlite", "--rebuild")
    firsthand.right("run", project, "--rebuild")
    assert rows(firsthand, project) == before


@pytest.mark.slow
def test_a_damaged_part_says_how_to_mend_it(firsthand: CommandLine, project: Path) -> None:
    before = rows(firsthand, project)
    for part in (project / "tables" / "page").glob("*.parquet"):
        part.write_bytes(JUNK)
    (project / "gazetteer.csv").write_text(
        "id,name,lat,lon,country,precision,radius_km,aliases,part_of\n"
    )
    firsthand("run", project).refused(".parquet", "--rebuild")
    (project / "gazetteer.csv").unlink()
    firsthand.right("run", project, "--rebuild")
    assert rows(firsthand, project) == before


def damaged(whole: bytes, how: str) -> bytes:
    """An edition's file after some mishap."""
    middle = len(whole) // 2
    return {
        "another file": JUNK,
        "empty": b"",
        "head only": whole[:3000],
        "half": whole[:middle],
        "hole": whole[:8192] + bytes(len(whole) - 8192),
    }[how]


@pytest.mark.parametrize("how", ["another file", "empty", "head only", "half", "hole"])
def test_a_damaged_edition_is_told(firsthand: CommandLine, project: Path, how: str) -> None:
    edition = project / "edition.sqlite"
    edition.write_bytes(damaged(edition.read_bytes(), how))
    for command in ("export", "dates"):
        ended = firsthand(*arguments(command, project))
        ended.refused("edition.sqlite", f"firsthand run {project} --rebuild")


@pytest.mark.slow
@pytest.mark.parametrize("how", ["another file", "empty", "half"])
def test_a_damaged_edition_is_made_anew(firsthand: CommandLine, project: Path, how: str) -> None:
    before = rows(firsthand, project)
    edition = project / "edition.sqlite"
    edition.write_bytes(damaged(edition.read_bytes(), how))
    firsthand.right("run", project, "--rebuild")
    assert rows(firsthand, project) == before


def test_a_run_goes_on_without_lost_bytes_and_takes_them_up_again(
    firsthand: CommandLine, project: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(GOOD.replace("Monday", "Tuesday") + "\n\nA second page.\n")
    firsthand.right("add", project, other)
    lost = Project(project).captures
    first, second = lost.current().values()
    kept = lost.path(first.sha256)
    content = kept.read_bytes()
    kept.unlink()
    firsthand.right("run", project)
    out = firsthand.right("problems", project).out
    assert "bytes_missing" in out
    assert first.sha256 in out
    assert second.sha256 not in out
    held = rows(firsthand, project)
    assert second.page_id in held
    assert first.page_id not in held.replace(f'"page_id":"{second.page_id}"', "")
    told = firsthand("doctor", project).out
    assert "1 of 2 cannot be read" in told
    kept.write_bytes(content)
    firsthand.right("run", project)
    assert "bytes_missing" not in firsthand.right("problems", project).out
    assert first.page_id in rows(firsthand, project)


def test_taking_a_page_in_again_puts_lost_bytes_back(firsthand: CommandLine, project: Path) -> None:
    captures = Project(project).captures
    (only,) = captures.current().values()
    captures.path(only.sha256).unlink()
    source = project.parent / "page.txt"
    source.write_text(GOOD)
    firsthand.right("add", project, source)
    assert captures.path(only.sha256).read_text() == GOOD


def test_captured_bytes_that_are_gone_are_told_by_name(
    firsthand: CommandLine, project: Path
) -> None:
    (kept,) = (project / "captures").glob("??/*")
    kept.unlink()
    firsthand.right("run", project, "--rebuild")
    assert kept.name in firsthand.right("problems", project).out
    ended = firsthand("verify", project)
    assert (ended.status, ended.err) == (1, "")
    assert "page.txt" in ended.out
    assert "missing" in ended.out


# two at once


@pytest.fixture
def held(project: Path) -> Iterator[filelock.BaseFileLock]:
    """The lock of the project, as a run holds it."""
    lock = filelock.FileLock(project / ".lock")
    with lock:
        yield lock


@pytest.mark.parametrize("command", ["run", "add", "remove"])
def test_a_second_writer_is_refused(
    firsthand: CommandLine, project: Path, held: filelock.BaseFileLock, command: str
) -> None:
    firsthand(*arguments(command, project)).refused("in use by another firsthand run", "--wait")


def test_readers_go_on_while_a_run_does(
    firsthand: CommandLine, project: Path, held: filelock.BaseFileLock
) -> None:
    for command in ("export", "problems", "dates", "verify"):
        firsthand.right(*arguments(command, project))


def test_a_writer_that_waits_gets_its_turn(
    firsthand: CommandLine, project: Path, held: filelock.BaseFileLock, tmp_path: Path
) -> None:
    (tmp_path / "second.txt").write_text(GOOD + "More later.")
    waiting = firsthand.start("add", project, tmp_path / "second.txt", "--wait", "100")
    done = threading.Event()
    ends: list[int] = []

    def wait() -> None:
        ends.append(firsthand.end(waiting).status)
        done.set()

    waiter = threading.Thread(target=wait)
    waiter.start()
    assert not done.wait(0.5)
    assert len(Project(project).captures.all()) == 1
    held.release()
    waiter.join()
    assert ends == [0]
    assert len(Project(project).captures.all()) == 2


# a full disk


def big_page(folder: Path) -> Path:
    """A page of half a megabyte."""
    page = folder / "big.txt"
    page.write_text("".join(f"The bridge {n} at Orrel is closed.\n" for n in range(15_000)))
    return page


def test_a_full_disk_while_pages_are_taken_in(
    firsthand: CommandLine, project: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(GOOD + "More.")
    ended = firsthand("add", project, tmp_path / "a.txt", big_page(tmp_path), file_bytes=300_000)
    ended.refused("cannot write", "captures", "free some space")
    assert [row.source for row in Project(project).captures.all()] == ["page.txt", "a.txt"]
    firsthand.right("verify", project)
    assert list(project.rglob(".tmp-*")) == []
    firsthand.right("add", project, tmp_path / "a.txt", tmp_path / "big.txt")
    assert len(Project(project).captures.all()) == 3


@pytest.mark.slow
@pytest.mark.parametrize("size", [1_000, 20_000, 200_000])
def test_a_full_disk_during_a_run(firsthand: CommandLine, project: Path, size: int) -> None:
    before = rows(firsthand, project)
    ended = firsthand("run", project, "--rebuild", file_bytes=size)
    ended.refused("is the disk full" if "database cannot" in ended.err else "free some space")
    assert rows(firsthand, project) == before, "the edition before stays readable"
    firsthand.right("verify", project)
    firsthand.right("run", project)
    assert rows(firsthand, project) == before


def test_a_full_disk_during_an_export(
    firsthand: CommandLine, project: Path, tmp_path: Path
) -> None:
    ended = firsthand("export", project, "--out", tmp_path / "out", file_bytes=300)
    ended.refused("cannot write the export", str(tmp_path / "out"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes, where this machine lets a test mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if (
        shutil.which("mount") is None
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("only root, and not every root, can mount a small disk here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.slow
def test_a_small_disk_fills_up_and_is_freed(
    firsthand: CommandLine, small_disk: Path, tmp_path: Path
) -> None:
    project = small_disk / "p"
    firsthand.right("init", project)
    firsthand.right("add", project, big_page(tmp_path))
    filler = small_disk / "filler"
    handle = os.open(filler, os.O_WRONLY | os.O_CREAT)
    with contextlib.suppress(OSError):
        while os.write(handle, b"x" * 4096):
            pass
    os.close(handle)
    ended = firsthand("run", project)
    ended.refused("is the disk full" if "database cannot" in ended.err else "free some space")
    filler.unlink()
    firsthand.right("verify", project)
    assert firsthand.right("add", project, tmp_path / "big.txt").out.startswith("took in 0")
