"""Who is let in, and what every answer carries."""

import pytest

from firsthand.errors import FirsthandError
from firsthand.server.guard import host_name
from firsthand.server.site import is_loopback, site_of
from firsthand.store.project import Project
from server_client import Client, client_of

TOKEN = "a-long-enough-token"


@pytest.fixture(scope="module")
def client(project: Project) -> Client:
    return client_of(project)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8000",
        "",
        "127.0.0.1:8000@evil.example",
        "[::1",
        "0x7f000001",
    ],
)
def test_another_host_name_is_refused(client: Client, host: str) -> None:
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 421
    assert "Orlan" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:1", "LOCALHOST", "[::1]:8000"])
def test_own_host_names_are_answered(client: Client, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


def test_a_name_allowed_by_the_user_is_answered(project: Project) -> None:
    site = site_of(project, host="127.0.0.1", allowed=("Desk.Example",), token=None)
    assert (
        client_of(project, names=site.names)
        .get("/", headers={"Host": "desk.example:80"})
        .status_code
        == 200
    )


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://127.0.0.1:9999", "http://127.0.0.1:8000.evil.example"],
)
def test_requests_from_other_origins_are_refused(client: Client, origin: str) -> None:
    answer = client.get("/events.json", headers={"Origin": origin})
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "wrong_origin"


def test_the_own_origin_passes(client: Client) -> None:
    assert (
        client.get("/events.json", headers={"Origin": "http://127.0.0.1:8000"}).status_code == 200
    )


def test_a_post_without_an_origin_is_refused(client: Client) -> None:
    assert client.ask("POST", "/login", content=b"token=x").status_code == 403


@pytest.mark.parametrize(
    "path", ["/", "/e/e-market", "/nothing", "/events.json", "/static/firsthand.css"]
)
def test_every_answer_is_protected(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


def test_a_refusal_is_protected_too(client: Client) -> None:
    headers = client.get("/", headers={"Host": "evil.example"}).headers
    assert headers["content-security-policy"].startswith("default-src 'none'")


def test_beyond_this_machine_a_token_must_be_set(project: Project) -> None:
    with pytest.raises(FirsthandError, match="set a token"):
        site_of(project, host="0.0.0.0", allowed=(), token=None)
    with pytest.raises(FirsthandError, match="at least 16"):
        site_of(project, host="192.0.2.1", allowed=(), token="short")
    assert site_of(project, host="192.0.2.1", allowed=(), token=TOKEN).admits(TOKEN)


def test_without_the_token_nothing_is_shown(project: Project) -> None:
    client = client_of(project, token=TOKEN)
    assert client.get("/").status_code == 303
    answer = client.get("/events.json")
    assert answer.status_code == 401
    assert answer.json()["error"]["status"] == 401
    assert client.get("/events.json", headers={"Authorization": "Bearer wrong"}).status_code == 401
    right = client.get("/events.json", headers={"Authorization": f"Bearer {TOKEN}"})
    assert right.status_code == 200


def test_the_token_form_sets_a_strict_cookie(project: Project) -> None:
    client = client_of(project, token=TOKEN)
    own = {"Origin": "http://127.0.0.1:8000", "Content-Type": "application/x-www-form-urlencoded"}
    wrong = client.ask("POST", "/login", headers=own, content=b"token=nope")
    assert wrong.status_code == 403
    answer = client.ask("POST", "/login", headers=own, content=f"token={TOKEN}".encode())
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    shown = client.get("/", headers={"Cookie": answer.headers["set-cookie"].split(";")[0]})
    assert shown.status_code == 200


@pytest.mark.parametrize(
    ("host", "only_here"),
    [
        ("127.0.0.1", True),
        ("127.0.0.9", True),
        ("localhost", True),
        ("::1", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("192.0.2.1", False),
        ("::", False),
        ("localhost.example", False),
    ],
)
def test_loopback_is_told_from_the_rest(host: str, only_here: bool) -> None:
    assert is_loopback(host) is only_here


def test_a_host_header_is_read_without_its_port() -> None:
    assert host_name("LocalHost:80") == "localhost"
    assert host_name("[::1]:80") == "::1"
    assert host_name("[::1") == ""
