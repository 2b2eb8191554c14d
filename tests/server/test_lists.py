"""Filters, pages of lists, and machine-readable twins."""

import csv
import io
import json
import re

import pytest

from edition_factory import BRIDGE, MARKET, ROAD
from firsthand.publish import lists
from firsthand.store.project import Project
from server_client import Client, client_of


@pytest.fixture(scope="module")
def client(project: Project) -> Client:
    return client_of(project)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [MARKET, ROAD, BRIDGE]),
        ("corroboration=single_origin", [ROAD]),
        ("dispute=denied", [MARKET]),
        ("type=destruction", [BRIDGE]),
        ("outlet=Quay+Post", [MARKET]),
        ("outlet=Quay+Post&type=destruction", []),
        ("sort=title", [BRIDGE, ROAD, MARKET]),
        ("type=' OR 1=1 --", []),
        ("sort=title; DROP TABLE event", [MARKET, ROAD, BRIDGE]),
        ("after=nonsense", [MARKET, ROAD, BRIDGE]),
    ],
)
def test_events_fit_their_filters_on_screen_json_and_csv(
    client: Client, query: str, expected: list[str]
) -> None:
    answer = client.get(f"/events.json?{query}").json()
    assert [row["event_id"] for row in answer["rows"]] == expected
    assert answer["total"] == len(expected)
    text = client.get(f"/events?{query}").text
    for key in (MARKET, ROAD, BRIDGE):
        assert (f'<h3><a href="/e/{key}"' in text) is (key in expected)
    assert [row["event_id"] for row in rows_of(client.get(f"/events.csv?{query}").text)] == expected


@pytest.mark.parametrize("sort", ["pages", "origins", "earliest", "title"])
def test_pages_of_a_list_hold_every_row_once(
    client: Client, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    monkeypatch.setattr(lists, "PAGE", 1)
    address: str | None = f"/events.json?sort={sort}"
    seen: list[str] = []
    while address:
        answer = client.get(address).json()
        seen += [row["event_id"] for row in answer["rows"]]
        following = answer["next"]
        address = following.replace("/events?", "/events.json?") if following else None
    assert sorted(seen) == sorted([MARKET, ROAD, BRIDGE])


@pytest.mark.parametrize("name", ["documents", "claims", "origins", "conflicts", "forecasts"])
def test_other_lists_page_too(client: Client, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    whole = client.get(f"/{name}.json").json()
    monkeypatch.setattr(lists, "PAGE", 1)
    count, address = 0, f"/{name}.json"
    while address:
        answer = client.get(address).json()
        count += len(answer["rows"])
        address = answer["next"] or ""
    assert count == whole["total"] == len(whole["rows"])
    assert client.get(f"/{name}").text.count('rel="next"') == (1 if count > 1 else 0)


@pytest.mark.parametrize(
    "name", ["events", "claims", "documents", "origins", "forecasts", "conflicts", "problems"]
)
def test_no_csv_cell_starts_a_formula(client: Client, name: str) -> None:
    answer = client.get(f"/{name}.csv")
    assert answer.headers["content-disposition"].startswith("attachment")
    rows = rows_of(answer.text)
    assert rows
    for row in rows:
        for value in row.values():
            assert not value.startswith(("=", "+", "-", "@", "\t", "\r")), value


def test_nested_cells_of_csv_are_json(client: Client) -> None:
    for row in rows_of(client.get("/events.csv").text):
        assert json.loads(row["accounts"])[0]["origin"]


def test_a_filter_leads_on_and_can_be_taken_off(client: Client) -> None:
    text = client.get("/events?dispute=denied").text
    assert 'href="/events?corroboration=several_origins&amp;dispute=denied"' in text
    assert 'aria-current="true"' in text
    assert 'href="/events?"' in text


HOSTILE_QUERIES = [
    '"',
    '""',
    "market OR 1",
    "market*",
    "NEAR(a b)",
    "title:market",
    "-market",
    "^market",
    "market AND",
    "(market",
    "{market}",
    "a" * 5000,
    "\x00market",
    "'; DROP TABLE claim; --",
    "*",
    "日本",
    "market\u202e",
    "…",
    "+",
    "NOT NOT NOT",
]


@pytest.mark.parametrize("asked", HOSTILE_QUERIES)
def test_a_search_is_words_and_never_a_query_language(client: Client, asked: str) -> None:
    answer = client.ask("GET", "/search", params={"q": asked})
    assert answer.status_code == 200
    assert client.ask("GET", "/search.json", params={"q": asked}).status_code == 200
    assert client.ask("GET", "/search.csv", params={"q": asked}).status_code == 200


def test_operators_are_plain_words(client: Client) -> None:
    both = client.ask("GET", "/search.json", params={"q": "market OR bridge"}).json()
    assert both["rows"] == []
    assert client.ask("GET", "/search.json", params={"q": "fish market"}).json()["total"] == 3


def test_words_in_this_order(client: Client) -> None:
    loose = client.ask("GET", "/search.json", params={"q": "market fish"}).json()
    exact = client.ask("GET", "/search.json", params={"q": "market fish", "exact": "1"}).json()
    assert loose["total"] == 3
    assert exact["total"] == 0


def test_search_finds_arabic_and_marks_hits(client: Client) -> None:
    text = client.ask("GET", "/search", params={"q": "الأربعاء"}).text
    assert '<mark class="w hit">الأربعاء</mark>' in text


def test_search_csv_equals_the_screen(client: Client) -> None:
    rows = rows_of(client.ask("GET", "/search.csv", params={"q": "market"}).text)
    text = client.ask("GET", "/search", params={"q": "market"}).text
    assert rows
    at = [text.index(f'href="/claims/{row["claim_id"]}" class="serif"') for row in rows]
    assert at == sorted(at)


def test_geojson_holds_every_event_and_no_invented_point(client: Client) -> None:
    answer = client.get("/map.geojson")
    assert answer.headers["content-type"] == "application/geo+json"
    features = {row["id"]: row for row in answer.json()["features"]}
    assert set(features) == {MARKET, ROAD, BRIDGE}
    assert features[MARKET]["geometry"]["coordinates"] == [-110.4, -40.2]
    assert features[BRIDGE]["geometry"] is None


def test_the_map_table_holds_what_the_map_cannot(client: Client) -> None:
    text = client.get("/map").text
    assert "1 event has no place" in text
    assert f'href="/e/{BRIDGE}"' in text


def test_every_count_in_the_list_of_events_equals_its_exported_cell(client: Client) -> None:
    text = client.get("/events").text
    for row in rows_of(client.get("/events.csv").text):
        shown = re.search(
            rf'<a class="counts" href="/why/{row["event_id"]}">(.*?)</a>', text, re.DOTALL
        )
        assert shown is not None
        counts = re.findall(r"<b>(\d+)</b>", shown[1])
        assert counts == [row["n_pages"], row["n_outlets"], row["n_origins"]]


def test_the_totals_of_the_first_screen_equal_the_lists(client: Client) -> None:
    text = client.get("/").text
    for name in ("origins", "claims", "events", "conflicts", "forecasts"):
        total = client.get(f"/{name}.json").json()["total"]
        assert re.search(rf'href="/{name}"><b>{total}</b>', text), name


def test_the_map_takes_the_filters_of_the_list(client: Client) -> None:
    text = client.get("/map?dispute=denied").text
    assert f'href="/e/{MARKET}"' in text
    assert f'href="/e/{ROAD}"' not in text
    assert re.search(
        r'<a href="/map\?" aria-current="true">(?:(?!</a>)[\s\S])*<bdi>Denied</bdi>', text
    )
