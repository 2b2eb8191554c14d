"""The review queue: what is asked, what an answer writes, and what a second answer does not."""

import re
import shutil
import threading
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from edition_factory import MARKET, ROAD
from firsthand.publish.edition import connect
from firsthand.store.project import Project
from server_client import Client, client_of

OWN = {"Origin": "http://127.0.0.1:8000"}


@pytest.fixture
def project(project: Project, tmp_path: Path) -> Project:
    """A copy of the pile that every test here may write to."""
    return Project(shutil.copytree(project.folder, tmp_path / "orlan"))


@pytest.fixture
def client(project: Project) -> Client:
    return client_of(project)


def post(client: Client, path: str, **fields: str) -> httpx.Response:
    return client.ask("POST", path, data=fields, headers=OWN)


def keys(client: Client) -> list[str]:
    return [row["key"] for row in client.get("/review.json").json()["rows"]]


def card(client: Client, key: str) -> dict[str, str]:
    text = client.get(f"/review?at={key}").text
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text))


def test_the_queue_asks_for_missing_dates_denials_alterations_and_outcomes(client: Client) -> None:
    asked = {key.split("~")[0] for key in keys(client)}
    assert asked == {"date", "one_event", "altered", "outcome"}
    effects = [row["effect"] for row in client.get("/review.json").json()["rows"]]
    assert effects == sorted(effects, reverse=True)


def test_every_question_has_a_card_with_its_words_and_its_effects(client: Client) -> None:
    for key in keys(client):
        text = client.get(f"/review?at={key}").text
        assert f'value="{key}"' in text
        assert 'class="card ifs"' in text
        assert "<script>alert" not in text


def test_an_answer_is_one_row_aimed_at_words_and_bytes(client: Client, project: Project) -> None:
    key = next(key for key in keys(client) if key.startswith("altered"))
    fields = card(client, key)
    answered = post(
        client, "/review", **fields, action="reject", reason="same in the print edition"
    )
    assert answered.status_code == 303
    (row,) = project.judgements.all()
    assert (row.action, row.reason) == ("reject", "same in the print edition")
    assert row.targets[0].words == "“shells hit the crowded fish market”"
    assert row.targets[0].sha256 in {c.sha256 for c in project.captures.all()}
    assert key not in keys(client)


def test_the_same_form_sent_twice_is_one_row(client: Client, project: Project) -> None:
    fields = card(client, keys(client)[0]) | {"action": "unsure"}
    post(client, "/review", **fields)
    post(client, "/review", **fields)
    assert len(project.judgements.all()) == 1


def test_two_windows_of_one_person_answer_once_and_two_people_twice(
    client: Client, project: Project
) -> None:
    key = keys(client)[0]
    for name in ("amira", "amira", "jo"):
        fields = card(client, key) | {"action": "unsure", "once": name + str(len(keys(client)))}
        fields["question"] = key
        client.ask(
            "POST",
            "/review",
            data=fields,
            headers={**OWN, "Cookie": f"firsthand_reviewer={name}"},
        )
    assert sorted(row.by for row in project.judgements.all()) == ["amira", "jo"]


def test_many_browsers_at_once_lose_nothing(client: Client, project: Project) -> None:
    asked = keys(client)
    forms = [card(client, key) | {"question": key, "action": "unsure"} for key in asked]

    def send(fields: dict[str, str]) -> None:
        post(client_of(project), "/review", **fields)

    threads = [threading.Thread(target=send, args=(form,)) for form in forms * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(project.judgements.all()) == len(asked)
    assert keys(client) == []
    assert "Nothing to review" in client.get("/review").text


def test_taking_back_is_a_new_row_and_is_asked_again(client: Client, project: Project) -> None:
    key = keys(client)[0]
    post(client, "/review", **card(client, key), action="unsure")
    (row,) = project.judgements.all()
    for _twice in range(2):
        assert post(client, "/review/undo", judgement=row.judgement_id).status_code == 303
    assert [one.action for one in project.judgements.all()] == ["unsure", "undo"]
    assert key in keys(client)
    assert post(client, "/review/undo", judgement="j-none").status_code == 404


@pytest.mark.parametrize("written", ["2031-05-04", "2031-05", "2031-05-03/2031-05-04"])
def test_a_date_set_on_the_document_screen_is_kept_as_the_command_keeps_it(
    client: Client, project: Project, written: str
) -> None:
    key = next(key for key in keys(client) if key.startswith("date")).split("~")[1]
    assert post(client, f"/d/{key}/date", value=written, once="a").status_code == 303
    (row,) = project.judgements.all()
    assert (row.action, row.value, row.targets[0].kind) == ("date", written, "document")
    assert row.targets[0].ordinal == 1
    assert "at the next run" in client.get(f"/d/{key}").text


@pytest.mark.parametrize("written", ["", "yesterday", "2031-02-30", "<b>", "2031-13"])
def test_what_is_no_date_is_not_kept(client: Client, project: Project, written: str) -> None:
    key = next(key for key in keys(client) if key.startswith("date"))
    refused = post(client, f"/d/{key.split('~')[1]}/date", value=written)
    assert refused.status_code == 422
    again = post(client, "/review", **card(client, key), action="date", value=written)
    assert "refused=date" in again.headers["location"]
    assert project.judgements.all() == []


def test_a_claim_is_accepted_rejected_and_corrected(client: Client, project: Project) -> None:
    claim = client.get(f"/e/{MARKET}.json").json()["claims"][0]["claim_id"]
    path = f"/claims/{claim}/judge"
    assert post(client, path, action="accept").status_code == 303
    assert post(client, path, action="correct", field="place", value="Sorn").status_code == 303
    assert post(client, path, action="correct", field="place", value="").status_code == 422
    assert post(client, path, action="delete").status_code == 422
    assert [row.value for row in project.judgements.all()] == [None, "place=Sorn"]
    assert "Accepted by" in client.get(f"/claims/{claim}").text


@pytest.mark.parametrize(
    "path", ["/review", "/review/undo", "/review/name", "/import/run", "/d/x/date", "/import/take"]
)
@pytest.mark.parametrize("origin", [None, "null", "https://evil.example"])
def test_writes_from_elsewhere_are_refused(
    client: Client, project: Project, path: str, origin: str | None
) -> None:
    headers = {} if origin is None else {"Origin": origin}
    assert client.ask("POST", path, data={"a": "b"}, headers=headers).status_code == 403
    assert project.judgements.all() == []


@pytest.mark.parametrize(
    "back", ["https://evil.example", "//evil.example", "/\\evil", "javascript:1"]
)
def test_a_form_never_leads_to_another_host(client: Client, back: str) -> None:
    answered = post(client, "/review/name", name="amira", back=back)
    assert answered.headers["location"] == "/review"


def test_the_twins_of_the_log_hold_its_rows(client: Client) -> None:
    post(client, "/review", **card(client, keys(client)[0]), action="unsure")
    rows = client.get("/judgements.json").json()["rows"]
    assert [row["action"] for row in rows] == ["unsure"]
    assert rows[0]["judgement_id"] in client.get("/judgements.csv").text
    assert rows[0]["by"] in client.get("/judgements").text


def test_two_events_that_may_be_one_are_asked_about_until_they_are_kept_apart(
    client: Client, project: Project
) -> None:
    with closing(connect(project.edition, readonly=False)) as db:
        db.execute("UPDATE event SET type = 'siege_broken' WHERE id = ?", (MARKET,))
    (key,) = [key for key in keys(client) if key.startswith("same_event")]
    assert set(key.split("~")[1:]) == {MARKET, ROAD}
    text = client.get(f"/review?at={key}").text
    assert "2 events become 1" in text
    assert "3 origins" in text
    post(client, "/review", **card(client, key), action="reject")
    assert key not in keys(client)
    (row,) = project.judgements.standing()
    assert [target.kind for target in row.targets] == ["event", "event"]
    post(client, "/review/undo", judgement=row.judgement_id)
    assert key in keys(client)
