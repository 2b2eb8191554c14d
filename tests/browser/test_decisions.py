"""What a person decides in a real browser: by keys, without JavaScript, and two at once."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser_visit import Visit, watched
from edition_factory import MARKET
from firsthand.publish.edition import connect
from firsthand.publish.words import PSEUDO
from firsthand.server import public, serving
from firsthand.server.site import Site
from firsthand.store.project import Project

pytestmark = pytest.mark.browser


@pytest.fixture
def own(project: Project, tmp_path: Path) -> Project:
    """A copy of the pile that one test may write to."""
    return Project(shutil.copytree(project.folder, tmp_path / "orlan"))


@pytest.fixture
def address(own: Project) -> Iterator[str]:
    bound = serving.listen("127.0.0.1", 0)
    with serving.serving(Site(project=own), bound):
        yield serving.address_of(bound, "127.0.0.1").rstrip("/")


@pytest.fixture
def desk(chromium: Browser, address: str) -> Iterator[Visit]:
    tab = chromium.new_page(viewport={"width": 1440, "height": 900})
    seen = watched(tab, address)
    yield seen
    tab.close()
    assert seen.complaints == []
    assert seen.foreign == []


def test_a_date_is_set_with_two_keys_and_taken_back_with_one(desk: Visit, own: Project) -> None:
    tab = desk.go("/documents?outlet=Northgate+Daily")
    tab.locator("td a[href^='/d/']").first.click()
    tab.wait_for_url("**/d/*")
    tab.keyboard.press("d")
    assert tab.locator("#ddate").input_value() == "2031-05-04"  # of the page it copies from
    tab.keyboard.press("Enter")
    tab.wait_for_selector("text=at the next run")
    (row,) = own.judgements.all()
    assert (row.action, row.value) == ("date", "2031-05-04")
    tab.keyboard.press("r")
    tab.wait_for_url("**/review")
    tab.keyboard.press("z")
    tab.wait_for_function("document.querySelectorAll('.hist li').length === 2")
    assert own.judgements.standing() == []


def test_dossier_next_claim_correct_it(desk: Visit, own: Project) -> None:
    tab = desk.go(f"/e/{MARKET}")
    tab.keyboard.press("j")
    tab.keyboard.press("e")
    tab.wait_for_url("**/claims/*#judge")
    tab.keyboard.press("n")
    tab.keyboard.type("seen on the spot")
    tab.keyboard.press("Escape")
    tab.keyboard.press("a")
    tab.wait_for_selector(".chip:has-text('Accepted by')")
    (row,) = own.judgements.all()
    assert (row.action, row.reason) == ("accept", "seen on the spot")


def select(tab: Page, words: str) -> None:
    """Select words of the page as a mouse would."""
    tab.evaluate(
        """words => {
          const walker = document.createTreeWalker(document.querySelector('.sheet'), 4);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf(words);
            if (at >= 0) {
              const range = document.createRange();
              range.setStart(walker.currentNode, at);
              range.setEnd(walker.currentNode, at + words.length);
              getSelection().removeAllRanges();
              getSelection().addRange(range);
              return;
            }
          }
        }""",
        words,
    )


def test_selected_words_become_a_claim_and_are_taken_back(desk: Visit, own: Project) -> None:
    tab = desk.go("/documents?outlet=صحيفة+الساحل")
    tab.locator("td a[href^='/d/']").first.click()
    tab.wait_for_url("**/d/*")
    words = "سوق السمك"
    select(tab, words)
    tab.wait_for_selector(".picker")
    tab.keyboard.press("c")
    assert tab.locator("#mwords").input_value() == words
    assert not tab.locator("#mclaim").is_visible()
    tab.select_option("#mtype", "destruction")
    tab.fill("#mspeaker", "Ana Ruel")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("text=Decided about this page")
    (row,) = own.judgements.all()
    assert (row.action, row.value) == ("add", "type=destruction; speaker=Ana Ruel")
    assert row.targets[0].words == words
    tab.wait_for_function("words => document.documentElement.dataset.cited === words", arg=words)
    tab.get_by_role("button", name="Take back").first.click()
    tab.wait_for_load_state()
    assert own.judgements.standing() == []


def test_selected_words_know_their_claim(desk: Visit, own: Project) -> None:
    tab = desk.go(f"/e/{MARKET}")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/d/*#c=*")
    words = tab.locator(".sheet .w.claim").first.inner_text()
    select(tab, words)
    tab.locator(".picker [data-does=speaker]").click()
    assert tab.locator("#mclaim").input_value().startswith("c-")
    tab.keyboard.type("Harbour Police")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("text=Decided about this page")
    assert own.judgements.all()[0].value == "speaker=Harbour Police"


def test_the_queue_is_walked_and_answered_by_keys(desk: Visit, own: Project) -> None:
    tab = desk.go("/review")
    first = tab.locator("input[name=question]").input_value()
    tab.keyboard.press("j")
    tab.wait_for_function(
        "k => document.querySelector('input[name=question]').value !== k", arg=first
    )
    second = tab.locator("input[name=question]").input_value()
    tab.keyboard.press("?")
    assert tab.locator("dialog[open]").is_visible()
    tab.keyboard.press("u")  # a letter means nothing while the list of keys is open
    tab.keyboard.press("Escape")
    assert own.judgements.all() == []
    tab.keyboard.press("u")
    tab.wait_for_function(
        "k => document.querySelector('input[name=question]').value !== k", arg=second
    )
    assert [row.action for row in own.judgements.all()] == ["unsure"]


def test_two_browsers_at_once_lose_nothing_and_double_nothing(
    chromium: Browser, address: str, own: Project
) -> None:
    tabs = []
    for name in ("amira", "jo"):
        context = chromium.new_context()
        for _window in range(2):
            tab = context.new_page()
            tab.goto(f"{address}/review")
            tab.fill("#rname", name)
            tab.get_by_role("button", name="Change").click()
            tab.wait_for_load_state()
            tabs.append(tab)
    for tab in tabs:
        tab.keyboard.press("u")
    for tab in tabs:
        tab.wait_for_function("document.querySelectorAll('.hist li').length >= 1")
        tab.close()
    rows = own.judgements.all()
    assert sorted(row.by for row in rows) == ["amira", "jo"]
    assert len({row.targets for row in rows}) == 1


def test_questions_are_answered_without_javascript(
    chromium: Browser, address: str, own: Project
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{address}/review")
    tab.locator("button[value=unsure]").click()
    tab.get_by_role("button", name="Take back").first.click()
    context.close()
    assert [row.action for row in own.judgements.all()] == ["unsure", "undo"]


def test_pages_are_looked_at_before_they_come_in(desk: Visit, own: Project) -> None:
    tab = desk.go("/import")
    tab.set_input_files(
        "#files", files=[{"name": "خبر 1.txt", "mimeType": "text/plain", "buffer": b"Orlan fell."}]
    )
    tab.get_by_role("button", name="See what would come in").first.click()
    tab.get_by_text("The new pages").click()
    assert tab.get_by_text("خبر 1.txt").is_visible()
    assert len(own.captures.all()) == 5


def test_map_mark_then_timeline_then_address_gives_the_same_view(desk: Visit, axe: str) -> None:
    tab = desk.go("/map")
    tab.wait_for_selector(".map[data-shown]", timeout=60_000)
    tab.locator(".glpin").first.click()
    tab.wait_for_selector(".glcard li")
    assert tab.locator(".tl a.lit").count() >= 1
    assert tab.locator("tbody tr.lit").count() >= 1
    assert "at=" in tab.url
    tab.get_by_role("link", name="Nearer").click()
    tab.wait_for_url("**bbox=*")
    tab.wait_for_selector(".map[data-shown]", timeout=60_000)
    marks, address = tab.locator(".glpin").all_text_contents(), tab.url
    assert marks
    tab.reload()
    tab.wait_for_selector(".map[data-shown]", timeout=60_000)
    tab.wait_for_selector(".glcard li", timeout=60_000)
    assert tab.locator(".glpin").all_text_contents() == marks
    assert tab.url == address
    tab.locator("tbody tr[data-lon] a").first.focus()
    assert tab.locator(".glpin.pointed").count() == 1
    # The focus scrolls the map under the bar that stays on top; buttons half behind it look small.
    tab.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    tab.evaluate(axe)
    found = tab.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    assert [fault["id"] for fault in found["violations"]] == []
    tab.locator("[data-card]").first.click()
    tab.wait_for_selector(".glcard blockquote")
    assert "sel=" in tab.url
    assert tab.get_by_role("link", name="Open dossier").is_visible()
    found = tab.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    assert [fault["id"] for fault in found["violations"]] == []
    tab.reload()
    tab.wait_for_selector(".glcard blockquote", timeout=60_000)
    tab.get_by_role("button", name="Back to all of this mark").click()
    tab.wait_for_selector(".glcard li")
    tab.get_by_role("button", name="Close").click()
    assert tab.locator(".lit").count() == 0


def test_a_part_of_the_time_is_brushed_and_held_by_the_address(desk: Visit, own: Project) -> None:
    with closing(connect(own.edition, readonly=False)) as db:
        db.execute(
            "UPDATE event SET earliest = '2031-09-01', latest = '2031-09-02' "
            "WHERE key = (SELECT max(key) FROM event)"
        )
    tab = desk.go("/map")
    strip = tab.locator(".strip-t")
    strip.scroll_into_view_if_needed()
    box = strip.bounding_box()
    months = strip.locator(".hit")
    assert box is not None
    assert months.count() > 1
    last = months.last.bounding_box()
    assert last is not None
    y = box["y"] + 12
    tab.mouse.move(box["x"] + 2, y)
    tab.mouse.down()
    tab.mouse.move(last["x"] - 20, y)
    tab.mouse.move(last["x"] - 2, y)
    tab.mouse.up()
    tab.wait_for_url("**from=*to=*")
    assert tab.locator(".brush").count() == 1
    address, bars = tab.url, tab.locator(".tl a").count()
    tab.reload()
    assert (tab.url, tab.locator(".tl a").count()) == (address, bars)
    tab.get_by_role("link", name="Days").click()
    tab.wait_for_url("**from=*-*-*")
    assert tab.locator(".steps [aria-current]").inner_text() == "Days"
    tab.get_by_role("link", name="All times").click()
    tab.wait_for_url(lambda url: "from=" not in url)
    assert tab.locator(".brush").count() == 0


def test_without_webgl_the_drawn_map_does_the_same(chromium: Browser, address: str) -> None:
    tab = chromium.new_page()
    seen = watched(tab, address)
    tab.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    seen.go("/map")
    assert tab.locator(".mapscroll svg").is_visible()
    tab.locator(".pin a").first.click()
    tab.wait_for_url("**at=*")
    rows = tab.locator("tbody tr").count()
    tab.get_by_role("link", name="Nearer").click()
    tab.wait_for_url("**bbox=*")
    drawn = tab.locator(".mapscroll svg").inner_html()
    tab.reload()
    assert tab.locator(".mapscroll svg").inner_html() == drawn
    assert tab.locator("tbody tr").count() == rows
    tab.locator(".strip-t a, .tl a").first.click()
    tab.wait_for_load_state()
    tab.close()
    assert seen.complaints == []


def test_one_file_opens_from_disk_and_asks_for_nothing(
    chromium: Browser, own: Project, tmp_path: Path
) -> None:
    with Site(project=own).reading() as db:
        text = public.dossier_file(db, own, MARKET)
    (tmp_path / "one.html").write_text(text or "", encoding="utf-8")
    tab = chromium.new_page()
    asked: list[str] = []
    told: list[str] = []
    tab.on("request", lambda request: asked.append(request.url.split(":")[0]))
    tab.on("console", lambda message: told.append(message.text))
    tab.goto((tmp_path / "one.html").as_uri())
    tab.locator(".pc summary").first.click()
    assert tab.locator(".pc blockquote").first.is_visible()
    tab.get_by_text("Sentences", exact=True).click()
    assert tab.locator(".v-words").is_visible()
    tab.close()
    assert asked.count("file") == 1
    assert set(asked) <= {"file", "data"}
    assert told == []


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", ["/", f"/e/{MARKET}", "/map", "/review", "/import", "/events"])
def test_the_screens_mirror_and_every_text_is_translated(
    chromium: Browser, project: Project, axe: str, path: str, width: int
) -> None:
    bound = serving.listen("127.0.0.1", 0)
    with serving.serving(Site(project=project, language=PSEUDO), bound):
        tab = chromium.new_page(viewport={"width": width, "height": 900})
        tab.goto(serving.address_of(bound, "127.0.0.1").rstrip("/") + path)
        assert tab.evaluate("document.dir") == "rtl"
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        plain = tab.evaluate(
            "[...document.querySelectorAll('nav a, h1, h2, button, label, th, legend')]"
            ".filter(e => !e.querySelector('bdi') && /[a-z]{3}/.test(e.textContent))"
            ".map(e => e.textContent.trim()).filter(t => !t.includes('['))"
        )
        assert plain == []
        tab.evaluate(axe)
        found = tab.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa']})")
        assert [fault["id"] for fault in found["violations"]] == []
        tab.close()
