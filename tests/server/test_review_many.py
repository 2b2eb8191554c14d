"""Many questions at once, and second readings: what is kept, shown, hidden and taken back."""

import shutil
from pathlib import Path

import httpx
import pytest

from firsthand.model.judgement import Judgement
from firsthand.store.project import Project
from server_client import Client, client_of

OWN = {"Origin": "http://127.0.0.1:8000"}


@pytest.fixture
def project(project: Project, tmp_path: Path) -> Project:
    return Project(shutil.copytree(project.folder, tmp_path / "orlan"))


@pytest.fixture
def client(project: Project) -> Client:
    return client_of(project)


def post(client: Client, path: str, by: str = "amira", **fields: object) -> httpx.Response:
    headers = {**OWN, "Cookie": f"firsthand_reviewer={by}"}
    return client.ask("POST", path, data=fields, headers=headers)


def keys(client: Client, asked: str = "") -> list[str]:
    rows = client.get("/review.json").json()["rows"]
    return [row["key"] for row in rows if row["key"].startswith(asked)]


def seen(client: Client, path: str, by: str) -> str:
    return client.get(path, headers={"Cookie": f"firsthand_reviewer={by}"}).text


def test_the_preview_lists_each_question_with_what_it_changes(
    client: Client, project: Project
) -> None:
    text = client.get("/review/bulk?asked=date").text
    dated = [key for key in keys(client, "date") if key in text]
    assert dated
    assert text.count('type="checkbox" name="question"') == len(dated)
    assert "2031-05-04" in text
    assert project.judgements.all() == []


@pytest.mark.parametrize("words", ["no such words", "%", "' OR 1"])
def test_words_that_fit_nothing_leave_nothing_to_keep(client: Client, words: str) -> None:
    text = client.get("/review/bulk", params={"asked": "date", "words": words}).text
    assert 'name="question"' not in text


def test_kept_at_once_and_taken_back_at_once(client: Client, project: Project) -> None:
    asked = keys(client, "altered") + keys(client, "outcome")
    fields = {"question": asked, "action": "accept", "asked": "altered", "once": "one"}
    for _twice in range(2):
        assert post(client, "/review/bulk", **fields).status_code == 303
    rows = project.judgements.all()
    assert len(rows) == len(asked) >= 2
    (batch,) = {row.batch for row in rows}
    assert {(row.action, row.by) for row in rows} == {("accept", "amira")}
    assert not set(asked) & set(keys(client))
    assert f"take all {len(asked)} back" in client.get("/review").text
    assert post(client, "/review/undo", batch=batch).status_code == 303
    assert project.judgements.standing() == []
    assert set(asked) <= set(keys(client))


def test_a_date_is_only_given_where_another_page_suggests_one(
    client: Client, project: Project
) -> None:
    post(client, "/review/bulk", question=keys(client, "date"), action="date", once="x")
    rows = project.judgements.all()
    assert rows
    assert {row.value for row in rows} == {"2031-05-04"}
    assert len(rows) < len(keys(client, "date")) + len(rows)


def test_nothing_ticked_is_refused(client: Client) -> None:
    assert post(client, "/review/bulk", action="accept").status_code == 422


def first_answer(client: Client, project: Project) -> tuple[str, Judgement]:
    (key, *_) = keys(client, "altered")
    post(client, "/review", question=key, action="accept", reason="compared the tapes")
    return key, project.judgements.all()[-1]


def test_a_second_reader_is_asked_blind_and_compared(client: Client, project: Project) -> None:
    key, first = first_answer(client, project)
    assert key not in seen(client, "/review?second=1", "amira")
    text = seen(client, "/review?second=1", "jo")
    assert f'value="{key}"' in text
    assert "compared the tapes" not in text
    answered = post(client, "/review", "jo", question=key, action="reject", second="1")
    assert answered.headers["location"] == "/review?second=1"
    assert key not in seen(client, "/review?second=1", "jo")
    second = project.judgements.all()[-1]
    assert (second.by, second.action, second.second) == ("jo", "reject", True)
    assert second.targets == first.targets
    text = client.get("/review").text
    assert "0 of 1 answered alike" in text
    assert "1 answered differently" in text


def test_a_second_reading_changes_no_row_and_reaches_no_stage(
    client: Client, project: Project
) -> None:
    key, first = first_answer(client, project)
    post(client, "/review", "jo", question=key, action="reject", second="1")
    aimed = project.judgements.by_page(project.captures.current())
    assert [row.judgement_id for rows in aimed.values() for row in rows] == [first.judgement_id]
    post(client, "/review/undo", judgement=first.judgement_id)
    assert key in keys(client)  # a second reading alone answers nothing
