"""Taking pages in from a screen: a dry look first, limits, then one run at a time."""

import json
import shutil
import time
from pathlib import Path

import httpx
import pytest

from firsthand.server import uploads
from firsthand.server.child import Order, Step
from firsthand.server.runs import Runs
from firsthand.store.project import Project, create
from server_client import Client, client_of

OWN = {"Origin": "http://127.0.0.1:8000"}
PAGE = b"Shells hit Orlan\nOrlan, 4 May 2031\nThe hospital said 23 people were killed in Orlan.\n"


@pytest.fixture
def project(project: Project, tmp_path: Path) -> Project:
    """A copy of the pile that every test here may write to."""
    return Project(shutil.copytree(project.folder, tmp_path / "orlan"))


@pytest.fixture
def client(project: Project) -> Client:
    return client_of(project)


def send(client: Client, *files: tuple[str, bytes]) -> httpx.Response:
    return client.ask(
        "POST", "/import/files", files=[("files", (n, c)) for n, c in files], headers=OWN
    )


def test_a_look_takes_nothing_in(client: Client, project: Project) -> None:
    before = project.captures.all()
    answer = send(client, ("new.txt", PAGE), ("../../up.txt", PAGE + b"x"), ("bad.exe", b"MZ"))
    assert answer.status_code == 200
    assert "<b>2</b>new pages" in answer.text
    assert "<b>1</b>refused" in answer.text
    assert project.captures.all() == before
    assert not (project.folder.parent / "up.txt").exists()
    kept = {path.name for path in (project.folder / uploads.FOLDER).rglob("*") if path.is_file()}
    assert kept == {"new.txt", "up.txt", "bad.exe"}


def test_another_look_discards_the_first(client: Client, project: Project) -> None:
    send(client, ("one.txt", PAGE))
    send(client, ("two.txt", PAGE))
    names = [path.name for path in (project.folder / uploads.FOLDER).rglob("*.txt")]
    assert names == ["two.txt"]


def test_too_much_at_once_is_refused(
    client: Client, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 1000)
    assert send(client, ("big.txt", b"x" * 2000)).status_code == 503
    monkeypatch.setattr(uploads, "MOST_FILES", 1)
    answer = send(client, ("1.txt", b"x"), ("2.txt", b"y"))
    assert answer.status_code == 503
    assert not list((project.folder / uploads.FOLDER).rglob("*.txt"))


def test_paths_are_looked_at_only_on_this_machine(project: Project, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_bytes(PAGE)
    own = client_of(project)
    form = {"paths": str(tmp_path / "pages")}
    assert "<b>1</b>new pages" in own.ask("POST", "/import/paths", data=form, headers=OWN).text
    relative = own.ask("POST", "/import/paths", data={"paths": "pages"}, headers=OWN)
    assert relative.status_code == 503
    token = "a-long-enough-token"
    other = client_of(project, token=token)
    headers = {**OWN, "Authorization": f"Bearer {token}"}
    assert other.ask("POST", "/import/paths", data=form, headers=headers).status_code == 503
    assert 'name="paths"' not in other.get("/import", headers=headers).text


@pytest.mark.parametrize("ticket", ["../..", "0" * 24, "x", ""])
def test_a_ticket_that_is_none_takes_nothing(client: Client, project: Project, ticket: str) -> None:
    before = project.captures.all()
    answer = client.ask("POST", "/import/take", data={"ticket": ticket}, headers=OWN)
    assert answer.status_code == 503
    assert project.captures.all() == before


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a.html", "a.html"),
        ("folder/a.html", "folder/a.html"),
        ("..\\..\\a.html", "a.html"),
        ("/etc/passwd", "etc/passwd"),
        (".hidden", "hidden"),
        ("..", "file-1"),
        ("a\x00b\n.txt", "a_b_.txt"),
        ("خبر.html", "خبر.html"),
    ],
)
def test_names_of_uploads_lead_nowhere_else(name: str, safe: str) -> None:
    assert uploads.safe_name(name, 1) == safe


def ended(runs: Runs) -> Step:
    until = time.monotonic() + 120
    while runs.state.going and time.monotonic() < until:
        time.sleep(0.05)  # a process of its own: nothing here can wait for it otherwise
    assert runs.state.ended is not None
    return runs.state.ended


def test_a_run_takes_in_what_was_sent_and_tells_how_far_it_is(tmp_path: Path) -> None:
    project = create(tmp_path / "pile")
    folder = project.folder / uploads.FOLDER / ("a" * 24)
    folder.mkdir(parents=True)
    (folder / "a.txt").write_bytes(PAGE)
    runs = Runs()
    order = Order(
        project=str(project.folder), paths=(str(folder),), at="2031-05-06T08:00:00+00:00", by="jo"
    )
    assert runs.start(order)
    assert not runs.start(order)
    last = ended(runs)
    assert last.well, last.ended
    assert "took in 1 pages" in (last.ended or "")
    assert {"capture", "extract", "claims"} <= {step.stage for step in runs.state.stages}
    (capture,) = project.captures.all()
    assert (capture.by, capture.source) == ("jo", "a.txt")
    assert not folder.exists()
    assert project.edition.exists()


def test_a_run_that_cannot_be_says_why(tmp_path: Path) -> None:
    runs = Runs()
    assert runs.start(Order(project=str(tmp_path / "none")))
    last = ended(runs)
    assert not last.well
    assert "is not a firsthand project" in (last.ended or "")


def test_the_stream_of_progress_ends_with_the_run(client: Client) -> None:
    answer = client.get("/import/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    (line,) = [line for line in answer.text.splitlines() if line.startswith("data: ")]
    assert json.loads(line.removeprefix("data: "))["going"] is False
    assert client.get("/import/state.json").json()["number"] == 0


def test_what_is_set_on_a_screen_takes_effect_at_the_next_run(tmp_path: Path) -> None:
    project = create(tmp_path / "pile")
    page = PAGE.replace(b"Orlan, 4 May 2031\n", b"")
    page += b"Smoke stood over the mill. Rebels took the port of Orlan. Buy our paper.\n"
    (tmp_path / "a.txt").write_bytes(page)
    runs = Runs()
    order = Order(
        project=str(project.folder),
        paths=(str(tmp_path / "a.txt"),),
        at="2031-05-06T08:00:00+00:00",
        by="jo",
    )
    assert runs.start(order)
    assert ended(runs).well
    client = client_of(project)
    (row,) = client.get("/documents.json").json()["rows"]
    assert row["published"] is None
    path = f"/d/{row['document_id']}"
    before = client.get("/claims.json").json()["rows"]
    taken = next(one for one in before if "port" in one["evidence"][0]["text"])
    for fields in (
        {"does": "date", "value": "2031-05-04", "words": "Smoke"},
        {"does": "add", "type": "destruction", "words": "Smoke stood over the mill"},
        {
            "does": "speaker",
            "claim": taken["claim_id"],
            "speaker": "Ana Ruel",
            "words": "Rebels took",
        },
        {"does": "furniture", "words": "Buy our paper."},
    ):
        answer = client.ask("POST", f"{path}/mark", data=fields, headers=OWN)
        assert answer.status_code == 303
    assert client.get(path).text.count("at the next run</span>") >= 4
    assert client.ask("POST", "/import/run", headers=OWN).status_code == 303
    assert ended(client.app.state.runs).well
    (row,) = client.get("/documents.json").json()["rows"]
    assert (row["published"], row["published_basis"]) == ("2031-05-04", "given")
    claims = {one["claim_id"]: one for one in client.get("/claims.json").json()["rows"]}
    (added,) = [claims[key] for key in claims.keys() - {one["claim_id"] for one in before}]
    assert (added["type"], added["evidence"][0]["text"]) == (
        "destruction",
        "Smoke stood over the mill",
    )
    assert claims[taken["claim_id"]]["chain"][-1]["name"] == "Ana Ruel"
    assert claims[taken["claim_id"]]["origin"]["name"] == "Ana Ruel"
    marks = client.get(f"/r/{row['page_id']}.json").json()["furniture"]
    assert "given" in {mark["basis"] for mark in marks}
    shown = client.get(path).text
    assert "at the next run" not in shown
    assert "Run now" not in shown
