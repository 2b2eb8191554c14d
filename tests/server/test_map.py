"""The map in the browser: what it is told, what its policy lets it ask, and whose street map."""

import pytest

from edition_factory import MARKET
from firsthand.errors import FirsthandError
from firsthand.server.tiles import Tiles, tiles_of
from firsthand.store.project import Project
from server_client import Client, client_of

WORLD = {"bbox": "-180,-80,180,80", "w": "1000", "h": "600"}
OWN_TILES = Tiles("https://tiles.example/{z}/{x}/{y}.png", "© Example Maps")


@pytest.fixture
def client(project: Project) -> Client:
    return client_of(project)


def test_the_marks_of_the_whole_world_count_every_placed_event(client: Client) -> None:
    found = client.get("/map/marks.json", params=WORLD).json()
    whole = client.get("/map.json").json()
    assert sum(pin["count"] for pin in found["pins"]) == len(whole["placed"]) == found["placed"]
    assert found["unplaced"] == len(whole["unplaced"])
    for pin in found["pins"]:
        assert sum(mark["count"] for mark in pin["marks"]) == pin["count"]


def test_a_mark_leads_to_its_events(client: Client) -> None:
    (pin, *_) = client.get("/map/marks.json", params=WORLD).json()["pins"]
    card = client.get("/map/card", params={"at": pin["at"]}).text
    assert f"<h2>{pin['count']} events</h2>" in card
    assert f'data-card="{MARKET}"' in card


def test_an_event_of_a_mark_is_shown_in_brief(client: Client) -> None:
    card = client.get("/map/card", params={"sel": MARKET}).text
    row = client.get(f"/e/{MARKET}.json").json()
    for words in ("Speaker", "Path", "Open dossier", "Evidence", 'class="w what'):
        assert words in card
    assert f"<b>{row['event']['n_origins']}</b>" in card
    assert client.get("/map/card", params={"sel": "e-none"}).status_code == 404


def test_filters_hold_on_the_map_too(client: Client) -> None:
    denied = client.get("/map/marks.json", params={**WORLD, "dispute": "denied"}).json()
    assert denied["total"] == len(client.get("/events.json?dispute=denied").json()["rows"])


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"bbox": "1,2,3", "w": "9", "h": "9"},
        {"bbox": "0,0,1,1", "w": "-1", "h": "9"},
        {"bbox": "0,0,1,1", "w": "x", "h": "9"},
        {"bbox": "nan,0,1,1", "w": "9", "h": "9"},
    ],
)
def test_a_view_that_is_none_is_refused(client: Client, asked: dict[str, str]) -> None:
    assert client.get("/map/marks.json", params=asked).status_code == 422


@pytest.mark.parametrize("zoom", ["", "x", "-1", "99", "nan"])
def test_land_asked_for_wrongly_is_refused(client: Client, zoom: str) -> None:
    asked = {"bbox": "0,0,1,1", "zoom": zoom}
    assert client.get("/map/land.geojson", params=asked).status_code == 422


def policy(client: Client, path: str) -> dict[str, str]:
    text = client.get(path).headers["content-security-policy"]
    return {part.split()[0]: part for part in text.split("; ")}


def test_only_the_map_may_start_a_worker_and_nobody_may_evaluate(client: Client) -> None:
    assert policy(client, "/map")["worker-src"] == "worker-src 'self'"
    assert "worker-src" not in policy(client, "/events")
    for path in ("/map", "/events", "/static/vendor/maplibre-gl-worker.js"):
        found = policy(client, path)
        assert found["script-src"] == "script-src 'self'"
        assert found["connect-src"] == "connect-src 'self'"
        assert found["default-src"] == "default-src 'none'"


def test_the_users_tiles_open_one_host_on_the_map_alone(project: Project) -> None:
    client = client_of(project, tiles=OWN_TILES)
    found = policy(client, "/map")
    assert found["connect-src"] == "connect-src 'self' https://tiles.example"
    assert found["img-src"] == "img-src 'self' https://tiles.example"
    assert found["script-src"] == "script-src 'self'"
    assert "tiles.example" not in client.get("/events").headers["content-security-policy"]
    text = client.get("/map").text
    assert "© Example Maps" in text
    assert "The built-in map shows" not in text
    assert "tiles.example" in client.get("/settings").text


@pytest.mark.parametrize(
    ("address", "attribution"),
    [
        ("https://tiles.example/{z}/{x}.png", "x"),
        ("ftp://tiles.example/{z}/{x}/{y}.png", "x"),
        ("https://tiles.example;script-src *//{z}/{x}/{y}.png", "x"),
        ("https://user@tiles.example/{z}/{x}/{y}.png", "x"),
        ("https:///{z}/{x}/{y}.png", "x"),
        ("https://tiles.example/{z}/{x}/{y}.png", None),
        ("https://tiles.example/{z}/{x}/{y}.png", "  "),
    ],
)
def test_tiles_without_a_host_or_an_owner_are_refused(
    address: str, attribution: str | None
) -> None:
    with pytest.raises(FirsthandError):
        tiles_of(address, attribution)


def test_tiles_are_the_users_and_never_the_projects(project: Project) -> None:
    assert tiles_of(None, None) is None
    assert tiles_of(OWN_TILES.address, OWN_TILES.attribution) == OWN_TILES
    assert not hasattr(project.settings, "map")
