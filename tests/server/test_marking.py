"""Words selected on a page: what is kept of them, and what is refused."""

import shutil
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from firsthand.model.judgement import Judgement
from firsthand.publish.edition import connect
from firsthand.store.project import Project
from server_client import Client, client_of

OWN = {"Origin": "http://127.0.0.1:8000"}
WORDS = "The army denied that its guns had fired on the market."


@pytest.fixture
def project(project: Project, tmp_path: Path) -> Project:
    return Project(shutil.copytree(project.folder, tmp_path / "orlan"))


@pytest.fixture
def client(project: Project) -> Client:
    return client_of(project)


def document(client: Client) -> str:
    rows = client.get("/documents.json").json()["rows"]
    return next(row["document_id"] for row in rows if "fish market" in (row["title"] or ""))


def text(client: Client, key: str) -> str:
    page = client.get(f"/d/{key}.json").json()["page_id"]
    return str(client.get(f"/r/{page}.json").json()["text"])


def mark(client: Client, does: str, **fields: str) -> httpx.Response:
    data = {"does": does, "words": WORDS} | fields
    return client.ask("POST", f"/d/{document(client)}/mark", data=data, headers=OWN)


def claim(client: Client) -> str:
    return str(client.get(f"/d/{document(client)}.csv").text.splitlines()[1].split(",")[1])


def kept(project: Project) -> Judgement:
    (row,) = project.judgements.all()
    return row


@pytest.mark.parametrize(
    ("does", "fields", "expected"),
    [
        ("add", {"type": "denial"}, ("add", "type=denial", 1)),
        (
            "add",
            {"type": "denial", "speaker": "Ana; Ruel"},
            ("add", "type=denial; speaker=Ana, Ruel", 1),
        ),
        ("span", {"claim": "*"}, ("correct", f"span={WORDS}", 2)),
        ("speaker", {"claim": "*", "speaker": "Ana Ruel"}, ("correct", "speaker=Ana Ruel", 1)),
        ("time", {"claim": "*", "value": "2031-05-04"}, ("correct", "time=2031-05-04", 1)),
        ("date", {"value": "2031-05-06"}, ("date", "2031-05-06", 1)),
        ("furniture", {}, ("furniture", None, 1)),
    ],
)
def test_what_is_said_of_words_is_one_row_aimed_at_them(
    client: Client,
    project: Project,
    does: str,
    fields: dict[str, str],
    expected: tuple[str, str | None, int],
) -> None:
    fields = {k: claim(client) if v == "*" else v for k, v in fields.items()}
    answered = mark(client, does, **fields)
    assert answered.status_code == 303
    row = kept(project)
    assert (row.action, row.value, len(row.targets)) == expected
    assert row.targets[0].sha256 in {one.sha256 for one in project.captures.all()}
    shown = client.get(f"/d/{document(client)}").text
    assert "Decided about this page" in shown
    assert "at the next run" in shown


def test_offsets_mean_the_page_and_not_the_words_sent(client: Client, project: Project) -> None:
    start = text(client, document(client)).index(WORDS)
    mark(
        client, "furniture", words="anything", start=str(start - 1), end=str(start + len(WORDS) + 1)
    )
    (target,) = kept(project).targets
    assert target.words == WORDS
    assert target.before.endswith("hospital said.\n")


@pytest.mark.parametrize(
    ("does", "fields"),
    [
        ("burn", {}),
        ("add", {"type": "gossip"}),
        ("span", {"claim": "c-none"}),
        ("speaker", {"claim": "*", "speaker": " "}),
        ("time", {"claim": "*", "value": "yesterday"}),
        ("add", {"type": "denial", "words": "words that are not there"}),
        ("add", {"type": "denial", "words": "the"}),
        ("add", {"type": "denial", "words": ""}),
        ("furniture", {"start": "5", "end": "5"}),
        ("furniture", {"start": "0", "end": "999999"}),
        ("furniture", {"words": "x" * 2001}),
    ],
)
def test_what_means_nothing_is_refused(
    client: Client, project: Project, does: str, fields: dict[str, str]
) -> None:
    fields = {k: claim(client) if v == "*" else v for k, v in fields.items()}
    assert mark(client, does, **fields).status_code == 422
    assert project.judgements.all() == []


def test_another_page_s_claim_is_not_meant(client: Client, project: Project) -> None:
    rows = client.get("/claims.json").json()["rows"]
    other = next(r["claim_id"] for r in rows if r["document_id"] != document(client))
    assert mark(client, "speaker", claim=other, speaker="Ana Ruel").status_code == 422
    assert project.judgements.all() == []


def test_a_decision_waits_until_an_edition_was_made_with_it(
    client: Client, project: Project
) -> None:
    mark(client, "furniture")
    assert "Run now" in client.get(f"/d/{document(client)}").text
    with closing(connect(project.edition, readonly=False)) as db:
        db.execute("INSERT OR REPLACE INTO meta VALUES ('judgements', '1')")
    shown = client.get(f"/d/{document(client)}").text
    assert "Decided about this page" in shown
    assert "at the next run" not in shown


def test_an_edition_of_another_version_says_what_to_do(client: Client, project: Project) -> None:
    with closing(connect(project.edition, readonly=False)) as db:
        db.execute("UPDATE meta SET value = '1' WHERE key = 'format'")
    answer = client.get("/events.json")
    assert answer.status_code == 503
    assert "firsthand run" in answer.json()["error"]["detail"]
