"""The description of the addresses says what the server does."""

import re
from urllib.parse import urlencode

import pytest
from starlette.routing import Mount, Route

from edition_factory import MARKET
from firsthand.server.openapi import media_of
from firsthand.store.project import Project
from server_client import Client, client_of


@pytest.fixture(scope="module")
def client(project: Project) -> Client:
    return client_of(project)


def test_every_route_is_described_and_nothing_else(client: Client) -> None:
    described = client.get("/openapi.json").json()["paths"]
    routes: dict[str, set[str]] = {}
    for route in client.app.routes:
        assert isinstance(route, Route | Mount)
        if isinstance(route, Route):
            methods = {m.lower() for m in route.methods or ()} - {"head"}
            routes.setdefault(route.path, set()).update(methods)
    assert {path: set(said) for path, said in described.items()} == routes


def test_every_description_says_what_an_address_is_for(client: Client) -> None:
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        for method, said in methods.items():
            assert len(said["summary"]) > 8, (method, path)
            named = {one["name"] for one in said["parameters"] if one["in"] == "path"}
            assert named == set(re.findall(r"\{(\w+)\}", path))


VALUES = {"bbox": "-10,-10,10,10", "zoom": "3", "w": "800", "h": "500"}
"""What an address is asked with where it needs to be."""


def ids(client: Client) -> dict[str, str]:
    event = client.get(f"/e/{MARKET}.json").json()
    claim = event["claims"][0]
    return {
        "/e/": MARKET,
        "/d/": claim["document_id"],
        "/claims/": claim["claim_id"],
        "/origins/": claim["origin_id"],
        "/conflicts/": event["conflicts"][0]["conflict_id"],
        "/pages/": claim["page_id"],
        "/why/": MARKET,
        "/r/": MARKET,
    }


def test_every_read_address_answers_with_the_kind_that_is_described(client: Client) -> None:
    known = ids(client)
    other = client.get("/documents.json").json()["rows"][0]["document_id"]
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        if "get" not in methods:
            continue
        start = next((one for one in known if path.startswith(one)), "")
        address = path.replace("{id}", known.get(start, "")).replace("{other}", other)
        needed = [one["name"] for one in methods["get"]["parameters"] if one["required"]]
        query = {name: VALUES[name] for name in needed if name in VALUES}
        answer = client.get(address + (f"?{urlencode(query)}" if query else ""))
        assert answer.status_code in (200, 303), address
        if answer.status_code == 200:
            kind = answer.headers["content-type"].split(";")[0]
            assert kind == media_of(path) or path.endswith("/captured"), address


@pytest.mark.parametrize(
    "path", ["/e/none.json", "/d/none.json", "/claims/none.json", "/none.json", "/e/none.geojson"]
)
def test_errors_have_one_shape(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert set(answer.json()["error"]) == {"status", "code", "detail"}
