"""Every screen answers, shows exported numbers, and shows hostile text as text."""

import re
import sqlite3
from contextlib import closing

import pytest

from edition_factory import BRIDGE, HOSTILE_BYTES, MARKET, ROAD
from firsthand.model.document import Document
from firsthand.model.page import Page
from firsthand.publish import edition, read
from firsthand.server.templates import linked
from firsthand.store.project import Project, create
from server_client import Client, client_of


@pytest.fixture(scope="module")
def client(project: Project) -> Client:
    return client_of(project)


def ids(project: Project, table: str) -> list[str]:
    with closing(edition.connect(project.edition)) as db:
        return [str(row[0]) for row in db.execute(f"SELECT id FROM {table} ORDER BY id")]


def document(project: Project, outlet: str) -> Document:
    with closing(edition.connect(project.edition)) as db:
        return next(read.select(db, Document, "outlet=?", (outlet,)))


LISTS = [
    "/",
    "/events",
    "/claims",
    "/documents",
    "/origins",
    "/forecasts",
    "/conflicts",
    "/problems",
    "/search",
    "/search?q=market",
    "/map",
    "/missing",
    "/settings",
    "/login",
]


@pytest.mark.parametrize("path", LISTS)
def test_every_list_is_a_whole_page(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.text.count("<h1") == 1
    assert "<main id=" in answer.text


@pytest.mark.parametrize(
    ("table", "screens"),
    [
        ("event", ["/e/{}", "/why/{}", "/e/{}.json", "/e/{}.csv"]),
        ("document", ["/d/{}", "/d/{}/captured", "/d/{}.json", "/d/{}.csv", "/why/{}"]),
        ("claim", ["/claims/{}", "/why/{}", "/claims/{}.json"]),
        ("origin", ["/origins/{}", "/why/{}", "/origins/{}.json"]),
        ("conflict", ["/conflicts/{}", "/why/{}", "/conflicts/{}.json"]),
        ("page", ["/pages/{}/captured", "/pages/{}/raw", "/r/{}", "/r/{}.json"]),
        ("derivation", ["/why/{}", "/r/{}"]),
        ("node", ["/why/{}", "/r/{}"]),
    ],
)
def test_every_record_has_its_screens(
    client: Client, project: Project, table: str, screens: list[str]
) -> None:
    found = ids(project, table)
    assert found
    for key in found:
        for screen in screens:
            assert client.get(screen.format(key)).status_code == 200, screen.format(key)


@pytest.mark.parametrize(
    "path",
    [
        "/e/none",
        "/d/none",
        "/claims/none",
        "/origins/none",
        "/conflicts/none",
        "/why/none",
        "/r/none",
        "/pages/none/raw",
        "/pages/none/captured",
        "/d/none/beside/none",
        "/nowhere",
    ],
)
def test_what_is_not_there_is_a_clear_404(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/e/none.json", "/claims/none.json", "/why/none.json", "/nowhere.json"]
)
def test_json_errors_have_one_shape(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert set(answer.json()["error"]) == {"status", "code", "detail"}


def test_no_screen_holds_script_style_or_handlers(client: Client, project: Project) -> None:
    paths = [
        *LISTS,
        *(f"/e/{key}" for key in ids(project, "event")),
        *(f"/d/{key}" for key in ids(project, "document")),
        *(f"/claims/{key}" for key in ids(project, "claim")),
    ]
    for path in paths:
        text = client.get(path).text
        assert re.findall(r"<script(?! type=\"module\" src=\"/static/)", text) == [], path
        assert re.findall(r"<[^>]*\s(?:style|on\w+)\s*=", text) == [], path
        assert "javascript:" not in text, path
        assert "<img" not in text, path
        assert re.findall(r"(?:src|href)=\"(?!/|#|\?)", text) == [], path


def test_hostile_words_are_shown_as_text(client: Client, project: Project) -> None:
    bad = document(project, "=cmd|' /C calc'!A0")
    text = client.get(f"/d/{bad.document_id}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "&lt;img src=x onerror=alert(2)&gt;" in text
    dossier = client.get(f"/e/{BRIDGE}").text
    assert "@&lt;b&gt;Bridge&lt;/b&gt;" in dossier


def test_direction_overrides_cannot_turn_the_words_around_them(
    client: Client, project: Project
) -> None:
    bad = document(project, "=cmd|' /C calc'!A0")
    text = client.get(f"/d/{bad.document_id}").text
    for line in text.split("\n"):
        for found in re.finditer("\u202e", line):
            assert line[: found.start()].endswith('data-cp="U+202E">')
    listed = client.get("/documents").text
    assert "\u202e" not in listed


def test_the_numbers_of_a_dossier_are_those_of_its_row(client: Client) -> None:
    row = client.get(f"/e/{MARKET}.json").json()["event"]
    strip = re.search(
        r'<ol class="plain card strip".*?</ol>', client.get(f"/e/{MARKET}").text, re.DOTALL
    )
    assert strip is not None
    shown = [int(n) for n in re.findall(r'class="big num"[^>]*>(\d+)<', strip[0])]
    assert shown[0] == row["n_pages"] == 4
    assert shown[2] == row["n_origins"] == 2
    assert shown[3] == row["n_first_hand"] == 1


def test_a_dossier_has_graph_table_sentences_and_evidence(client: Client) -> None:
    text = client.get(f"/e/{MARKET}").text
    assert "Northgate Daily copies Harbour News" in text
    assert text.count('class="ev ') == 5
    assert "known to the town, ± 4 km" in text
    assert "sides not set" in text
    assert "At least 23 people" in text
    assert "23 and about 30 dead are given for one incident" in text


def test_a_dossier_tells_what_is_not_known(client: Client) -> None:
    text = client.get(f"/e/{BRIDGE}").text
    assert "date not given" in text
    assert "place not given" in text
    assert "nobody named could know" in text
    road = client.get(f"/e/{ROAD}").text
    assert "Cannot be scored" in road
    assert "Missed" in road


def test_a_document_shows_voices_claims_furniture_and_alterations(
    client: Client, project: Project
) -> None:
    text = client.get(f"/d/{document(project, 'Harbour News').document_id}").text
    assert re.search(r"Tern Agency</bdi> <b>8\d\.\d %", text)
    assert "5 lines that are not article text" in text
    assert "took from this" in text
    assert "/beside/" in text
    post = client.get(f"/d/{document(project, 'Quay Post').document_id}").text
    assert "“crowded” is not in the source" in post


def test_every_code_point_of_a_page_reaches_the_browser(client: Client, project: Project) -> None:
    row = document(project, "صحيفة الساحل")
    with closing(edition.connect(project.edition)) as db:
        page = read.get(db, Page, row.page_id)
    assert page is not None
    text = client.get(f"/d/{row.document_id}").text
    found = re.findall(r'data-s="(\d+)" data-e="(\d+)">(.*?)</div></div></div>', text, re.DOTALL)
    assert found
    for start, end, inner in found:
        without = re.sub(r"<sup.*?</sup>", "", inner, flags=re.DOTALL)
        words = re.sub(r"<[^>]+>", "", without)
        assert words == page.text[int(start) : int(end)]


def test_two_pages_stand_side_by_side(client: Client, project: Project) -> None:
    one, other = document(project, "Northgate Daily"), document(project, "Harbour News")
    text = client.get(f"/d/{one.document_id}/beside/{other.document_id}").text
    assert "The left page took the words from the right one." in text
    assert text.count('class="w copy') >= 2


def test_captured_html_runs_nothing(client: Client, project: Project) -> None:
    bad = document(project, "=cmd|' /C calc'!A0")
    answer = client.get(f"/pages/{bad.page_id}/captured")
    assert answer.content == HOSTILE_BYTES
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "allow" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    frame = client.get(f"/d/{bad.document_id}/captured").text
    assert 'sandbox=""' in frame


def test_raw_bytes_are_an_attachment(client: Client, project: Project) -> None:
    bad = document(project, "=cmd|' /C calc'!A0")
    answer = client.get(f"/pages/{bad.page_id}/raw")
    assert answer.content == HOSTILE_BYTES
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


def test_a_link_to_an_event_that_grew_leads_on(project: Project, tmp_path: object) -> None:
    with closing(sqlite3.connect(project.edition)) as db:
        db.execute("INSERT OR REPLACE INTO alias VALUES ('e-old', 'e-older', 'grown', 1)")
        db.execute("INSERT OR REPLACE INTO alias VALUES ('e-older', ?, 'merged', 2)", (MARKET,))
        db.execute("INSERT OR REPLACE INTO alias VALUES ('e-gone', NULL, 'gone', 2)")
        db.commit()
    client = client_of(project)
    answer = client.get("/e/e-old")
    assert answer.status_code == 301
    assert answer.headers["location"] == f"/e/{MARKET}"
    assert client.get("/e/e-gone").status_code == 404
    assert client.get("/r/e-old").status_code == 301


def test_changed_bytes_are_told(tmp_path: object, project: Project) -> None:
    client = client_of(project)
    row = document(project, "Quay Post")
    with closing(edition.connect(project.edition)) as db:
        page = read.get(db, Page, row.page_id)
    assert page is not None
    kept = project.captures.path(page.sha256)
    before = kept.read_bytes()
    kept.chmod(0o644)
    try:
        kept.write_bytes(before + b" ")
        assert "bytes changed or missing" in client.get(f"/why/{row.document_id}").text
    finally:
        kept.write_bytes(before)
    assert "bytes changed or missing" not in client.get(f"/why/{row.document_id}").text


def test_a_project_without_an_edition_says_what_to_do(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    empty = create(tmp_path_factory.mktemp("x") / "empty", name="empty")
    answer = client_of(empty).get("/events.json")
    assert answer.status_code == 503
    assert "firsthand run" in answer.json()["error"]["detail"]
    assert "firsthand run" in client_of(empty).get("/").text


def test_claims_that_a_reason_names_are_links_and_its_words_are_text() -> None:
    text = "linked to c-0123456789abcdef0123 <b>now</b>"
    assert str(linked(text)) == (
        'linked to <a href="/claims/c-0123456789abcdef0123">another claim</a> &lt;b&gt;now&lt;/b&gt;'
    )
