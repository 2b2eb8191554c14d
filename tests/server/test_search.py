"""Search by words and filters: counts that hold, pages that follow one another, twins that agree."""

import csv
import io
import re
from contextlib import closing

import pytest

from firsthand.publish import search as searching
from firsthand.publish.edition import connect
from firsthand.publish.facets import FACETS
from firsthand.store.project import Project
from server_client import Client, client_of


@pytest.fixture
def client(project: Project) -> Client:
    return client_of(project)


def ids(client: Client, **asked: str) -> list[str]:
    rows = client.get("/search.json", params=asked).json()["rows"]
    return [row["claim_id"] for row in rows]


@pytest.mark.parametrize("asked", [{"q": "market"}, {"q": "the"}, {"modality": "asserted"}])
def test_every_count_of_a_filter_is_what_the_filter_finds(
    client: Client, asked: dict[str, str]
) -> None:
    facets = client.get("/search.json", params=asked).json()["facets"]
    assert set(facets) == set(FACETS)
    tried = 0
    for name, values in facets.items():
        for one in values:
            assert len(ids(client, **asked | {name: one["value"]})) == one["count"], (name, one)
            tried += 1
    assert tried >= 8


def test_the_values_are_those_of_the_claims_rows(client: Client) -> None:
    for level in ("first_hand", "institutional"):
        for row in client.get("/search.json", params={"level": level}).json()["rows"]:
            assert row["origin"]["level"] == level
    for row in client.get("/search.json", params={"place": "Orlan"}).json()["rows"]:
        assert row["places"][0]["name"] == "Orlan"


@pytest.mark.parametrize(
    ("asked", "some"),
    [
        ({"from": "2031-05-01", "to": "2031-05-31"}, True),
        ({"from": "2031", "to": "2031"}, True),
        ({"from": "2032"}, False),
        ({"to": "2030-12"}, False),
    ],
)
def test_a_range_of_days_finds_claims_whose_own_time_meets_it(
    client: Client, asked: dict[str, str], some: bool
) -> None:
    assert bool(ids(client, **asked)) == some


def test_csv_and_screen_and_json_have_the_same_claims(client: Client) -> None:
    asked = {"q": "market", "modality": "asserted"}
    text = client.get("/search.csv", params=asked).text.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    shown = re.findall(
        r'<a href="/claims/(c-\w+)" class="serif"', client.get("/search", params=asked).text
    )
    assert [row["claim_id"] for row in rows] == shown == ids(client, **asked) != []


@pytest.mark.parametrize("most", [10_000, 1])
@pytest.mark.parametrize("asked", [{"q": "the"}, {"modality": "asserted"}])
def test_pages_follow_one_another_and_hold_every_claim_once(
    client: Client, monkeypatch: pytest.MonkeyPatch, asked: dict[str, str], most: int
) -> None:
    whole = ids(client, **asked)
    monkeypatch.setattr(searching, "MOST_ROWS", 2)
    monkeypatch.setattr(searching, "MOST_COUNTED", most)
    seen: list[str] = []
    following = "/search.json?" + "&".join(f"{k}={v}" for k, v in asked.items())
    while following:
        answer = client.get(following).json()
        assert answer["more_than_counted"] == (most == 1)
        seen += [row["claim_id"] for row in answer["rows"]]
        following = (answer["next"] or "").replace("/search?", "/search.json?")
    assert sorted(seen) == sorted(whole)
    assert len(whole) >= 3
    if most > 1:
        assert seen == whole


@pytest.mark.parametrize(
    "after", ["x", "best~nan~1", "best~1.0~-3", "page~0~9e9", "~", "best~1~" + "9" * 40]
)
@pytest.mark.parametrize("value", ["'; DROP TABLE claim; --", "\u202e", "x" * 5000, "<script>"])
def test_nonsense_in_an_address_is_no_error(client: Client, after: str, value: str) -> None:
    answer = client.get("/search", params={"q": "market", "after": after, "place": value})
    assert answer.status_code == 200
    assert "<script>" not in answer.text.replace("<script type", "")


def test_an_empty_question_offers_the_filters(client: Client) -> None:
    text = client.get("/search").text
    assert "Write some words, or choose a filter." in text
    assert 'href="/search?modality=asserted"' in text


def test_the_narrow_rows_are_those_of_all_claims(project: Project) -> None:
    with closing(connect(project.edition)) as db:
        (claims,) = db.execute("SELECT count(*) FROM claim").fetchone()
        (rows,) = db.execute("SELECT count(*) FROM claim_facet").fetchone()
        (lost,) = db.execute(
            "SELECT count(*) FROM claim_facet WHERE key NOT IN (SELECT key FROM claim)"
        ).fetchone()
    assert (rows, lost) == (claims, 0)
    assert claims > 4
