"""What a reader does, in a real browser."""

import re

import pytest

from browser_visit import Visit
from edition_factory import MARKET

pytestmark = pytest.mark.browser


def test_dossier_then_next_and_previous_claim_then_the_page(visit: Visit) -> None:
    tab = visit.go(f"/e/{MARKET}")
    assert tab.locator(".ev:visible").count() == 1
    first = tab.locator(".ev:visible").get_attribute("data-claim")
    tab.keyboard.press("j")
    second = tab.locator(".ev:visible").get_attribute("data-claim")
    assert second != first
    assert tab.locator("tr.sel").get_attribute("data-claim") == second
    assert tab.url.endswith(f"#c-{second}")
    tab.keyboard.press("k")
    assert tab.locator(".ev:visible").get_attribute("data-claim") == first
    words = tab.locator(".ev:visible .w.what").all_inner_texts()
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile(r"/d/d-\w+#c=\d+-\d+$"))
    tab.wait_for_function("document.documentElement.dataset.cited")
    assert tab.evaluate("document.documentElement.dataset.cited").startswith(words[0])


def test_the_address_of_a_claim_opens_it(visit: Visit) -> None:
    tab = visit.go(f"/e/{MARKET}")
    link = tab.locator("tr[data-claim] a[href^='#c-']").nth(3)
    wanted = link.get_attribute("href")
    link.click()
    assert tab.locator(".ev:visible").get_attribute("id") == (wanted or "").removeprefix("#")
    address = tab.url
    visit.tab.goto("about:blank")
    visit.foreign.clear()
    tab.goto(address)
    assert tab.locator(".ev:visible").get_attribute("id") == (wanted or "").removeprefix("#")


def test_a_cited_place_is_found_behind_emoji_and_arabic(visit: Visit) -> None:
    tab = visit.go("/documents?outlet=صحيفة+الساحل")
    tab.locator("td a[href^='/d/']").first.click()
    for at in range(tab.locator(".claims a[href^='#c=']").count()):
        link = tab.locator(".claims a[href^='#c=']").nth(at)
        link.click()
        start, end = map(int, re.findall(r"\d+", link.get_attribute("href") or ""))
        row = tab.request.get(tab.url.split("#")[0] + ".json").json()
        page = tab.request.get(f"{visit.base}/r/{row['page_id']}.json").json()
        tab.wait_for_function(
            "t => document.documentElement.dataset.cited === t", arg=page["text"][start:end]
        )
    assert tab.locator(".claims a[href^='#c=']").count() == 2


def test_slash_goes_to_the_search_and_letters_typed_there_are_letters(visit: Visit) -> None:
    tab = visit.go(f"/e/{MARKET}")
    tab.keyboard.press("/")
    tab.keyboard.type("jk market")
    assert tab.locator("#q").input_value() == "jk market"
    tab.locator("#q").fill("fish market")
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile("/search"))
    assert tab.locator("tbody tr").count() == 3


def test_the_menu_opens_and_closes_by_keys_and_by_looking_elsewhere(visit: Visit) -> None:
    tab = visit.go("/")
    menu = tab.locator(".top summary")
    settings = tab.get_by_role("link", name="Settings", exact=True)
    menu.focus()
    tab.keyboard.press("Enter")
    assert settings.is_visible()
    tab.keyboard.press("Escape")
    assert not settings.is_visible()
    assert menu.evaluate("one => one === document.activeElement")
    menu.click()
    assert settings.is_visible()
    tab.locator("h1").click()
    assert not settings.is_visible()
    menu.click()
    settings.click()
    tab.wait_for_url("**/settings")
    assert "on" in (menu.get_attribute("class") or "").split()


def test_filters_live_in_the_address(visit: Visit) -> None:
    tab = visit.go("/events")
    tab.get_by_role("link", name="Denied").first.click()
    assert "dispute=denied" in tab.url
    assert tab.locator(".rows > li").count() == 1
    tab.reload()
    assert tab.locator(".rows > li").count() == 1
    tab.locator(".facets a[aria-current]").click()
    assert tab.locator(".rows > li").count() == 3


def test_graph_table_and_sentences_take_turns(visit: Visit) -> None:
    tab = visit.go(f"/e/{MARKET}")
    for name, shown in (("Table", ".v-table"), ("Sentences", ".v-words"), ("Graph", ".v-graph")):
        tab.get_by_text(name, exact=True).first.click()
        assert [
            tab.locator(view).is_visible() for view in (".v-graph", ".v-table", ".v-words")
        ] == [view == shown for view in (".v-graph", ".v-table", ".v-words")]


def test_evidence_opens_without_javascript(plain: Visit) -> None:
    tab = plain.go(f"/e/{MARKET}")
    assert tab.locator(".ev:visible").count() == 1
    link = tab.locator("tr[data-claim] a[href^='#c-']").nth(2)
    wanted = (link.get_attribute("href") or "").removeprefix("#")
    link.click()
    assert tab.locator(".ev:visible").count() == 1
    assert tab.locator(".ev:visible").get_attribute("id") == wanted
    tab.locator(".ev:visible a.page").click()
    assert "/d/" in tab.url


def test_on_a_phone_nothing_is_wider_than_the_screen(phone: Visit) -> None:
    for path in (
        "/",
        f"/e/{MARKET}",
        "/events",
        "/documents",
        "/map",
        "/search?q=market",
        "/conflicts",
        "/forecasts",
        "/origins",
        "/problems",
        "/settings",
        "/claims",
        f"/why/{MARKET}",
    ):
        tab = phone.go(path)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_on_a_phone_the_evidence_is_a_sheet(phone: Visit) -> None:
    tab = phone.go(f"/e/{MARKET}")
    tab.locator("tr[data-claim] a[href^='#c-']").nth(1).click()
    assert tab.locator(".evidence.open").is_visible()
    tab.locator(".ev:visible .evclose").click()
    assert tab.locator(".evidence.open").count() == 0


def test_hostile_pages_run_and_load_nothing(visit: Visit) -> None:
    tab = visit.go("/documents")
    tab.on("dialog", lambda dialog: visit.complaints.append(dialog.message))
    tab.locator("td a[href^='/d/']", has_text="script").first.click()
    assert tab.evaluate("document.title").endswith("firsthand")
    tab.get_by_role("link", name="As captured").click()
    tab.wait_for_load_state("networkidle")
    frame = tab.frames[1]
    assert "Rumours" in frame.content()
    assert tab.evaluate("document.title").endswith("firsthand")
    visit.complaints[:] = [line for line in visit.complaints if not _blocked(line)]


def _blocked(line: str) -> bool:
    """Whether a console line only says that the sandbox did its work on the captured page."""
    return "Content Security Policy" in line or "sandboxed" in line


@pytest.mark.parametrize(
    "path",
    [
        "/",
        f"/e/{MARKET}",
        "/e/e-bridge",
        "/events",
        "/documents",
        "/map",
        "/search?q=market",
        "/conflicts",
        "/forecasts",
        "/origins",
        "/problems",
        "/settings",
        "/claims",
        "/missing",
        f"/why/{MARKET}",
        "/review",
        "/judgements",
        "/import",
        "/login",
        "DOCUMENT",
        "CLAIM",
        "ORIGIN",
        "CONFLICT",
        "BESIDE",
    ],
)
def test_no_screen_has_an_accessibility_fault(visit: Visit, axe: str, path: str) -> None:
    tab = visit.go(_address(visit, path))
    # Put in by the test driver, which the page's own policy does not reach.
    tab.evaluate(axe)
    found = tab.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    faults = [
        (fault["id"], fault["nodes"][0]["html"][:160], len(fault["nodes"]))
        for fault in found["violations"]
    ]
    assert faults == []


def _address(visit: Visit, path: str) -> str:
    if path.startswith("/"):
        return path
    lists = {
        "DOCUMENT": ("documents", "d", "document_id"),
        "CLAIM": ("claims", "claims", "claim_id"),
        "ORIGIN": ("origins", "origins", "origin_id"),
        "CONFLICT": ("conflicts", "conflicts", "conflict_id"),
    }
    ask = visit.tab.request
    if path in lists:
        name, first, key = lists[path]
        return f"/{first}/{ask.get(f'{visit.base}/{name}.json').json()['rows'][0][key]}"
    rows = ask.get(f"{visit.base}/documents.json").json()["rows"]
    named = {row["outlet"]: row["document_id"] for row in rows}
    return f"/d/{named['Northgate Daily']}/beside/{named['Harbour News']}"
