"""A real server process: killed while it writes, and written to by two people while a run goes on."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from firsthand.store.project import Project

EACH = 12
"""Decisions of one person in one round."""


@contextmanager
def server(project: Project) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server of its own process; its address is the first line it prints."""
    program = "from firsthand.cli.app import main; main()"
    command = [sys.executable, "-c", program, "serve", str(project.folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            yield next(word for word in line.split() if word.startswith("http")), process
        finally:
            process.kill()


@dataclass
class Person:
    """Someone who marks words of a page, one stretch after another."""

    name: str
    base: str
    document: str
    numbers: range
    kept: list[int] = field(default_factory=list)
    """What the server said it kept."""

    def work(self) -> None:
        """Send every decision; end when nobody answers."""
        headers = {"Origin": self.base.rstrip("/"), "Cookie": f"firsthand_reviewer={self.name}"}
        with httpx.Client(base_url=self.base, headers=headers, timeout=30) as client:
            for number in self.numbers:
                fields = {
                    "does": "furniture",
                    "start": str(number),
                    "end": str(number + 8),
                    "reason": f"{self.name} {number}",
                    "once": f"{self.name}-{number}",
                }
                try:
                    answer = client.post(f"/d/{self.document}/mark", data=fields)
                except httpx.TransportError:
                    return
                if answer.status_code == 303:
                    self.kept.append(number)


def at_once(people: list[Person]) -> list[threading.Thread]:
    threads = [threading.Thread(target=person.work) for person in people]
    for thread in threads:
        thread.start()
    return threads


def first_document(base: str) -> str:
    rows = httpx.get(f"{base}documents.json").json()["rows"]
    return str(next(r["document_id"] for r in rows if "fish market" in (r["title"] or "")))


def in_log(project: Project) -> Counter[str]:
    return Counter(row.reason or "" for row in project.judgements.all())


def test_a_server_killed_while_it_writes_loses_and_doubles_nothing(
    project: Project, tmp_path: Path
) -> None:
    own = Project(shutil.copytree(project.folder, tmp_path / "orlan"))
    people: list[Person] = []
    for round_ in range(2):
        with server(own) as (base, process):
            document = first_document(base)
            some = [
                Person(name, base, document, range(round_ * 20, round_ * 20 + EACH))
                for name in ("amira", "jo", "sam")
            ]
            threads = at_once(some)
            while sum(len(person.kept) for person in some) < 7 + round_:
                assert any(thread.is_alive() for thread in threads)
            os.kill(process.pid, signal.SIGKILL)
            for thread in threads:
                thread.join()
        people += some
        found = in_log(own)
        told = [f"{person.name} {number}" for person in people for number in person.kept]
        assert len(told) >= 7
        assert all(found[one] == 1 for one in told)
        assert max(found.values()) == 1
    with server(own) as (base, _process):
        for person in people:
            person.base = base
        for thread in at_once(people):  # forms sent again, kept or not
            thread.join()
    expected = {f"{person.name} {number}" for person in people for number in person.numbers}
    assert in_log(own) == Counter(expected)


def test_two_people_decide_while_a_run_goes_on(project: Project, tmp_path: Path) -> None:
    own = Project(shutil.copytree(project.folder, tmp_path / "orlan"))
    with server(own) as (base, _process):
        document = first_document(base)
        origin = {"Origin": base.rstrip("/")}
        assert httpx.post(f"{base}import/run", headers=origin).status_code == 303
        people = [Person(name, base, document, range(EACH)) for name in ("amira", "jo")]
        threads = at_once(people)
        seen: set[int] = set()
        while httpx.get(f"{base}import/state.json").json()["going"]:
            seen.add(httpx.get(f"{base}events.json").status_code)
        for thread in threads:
            thread.join()
        last = httpx.get(f"{base}import/state.json").json()
    assert last["ended"].get("well", True), last
    assert seen == {200}
    assert all(person.kept == list(person.numbers) for person in people)
    assert set(in_log(own).values()) == {1}
    assert len(in_log(own)) == 2 * EACH
