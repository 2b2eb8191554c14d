"""Takes the pictures in docs/screens: builds the example project, serves it, and visits it.

usage: python tools/screens.py [OUT]      needs Debian's chromium, or FIRSTHAND_CHROMIUM
"""

import datetime as dt
import os
import shutil
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from firsthand.intake import Custody
from firsthand.publish.words import PSEUDO
from firsthand.server import demo, public, serving
from firsthand.server.site import Site

MOST_BYTES = 300_000
MAP_MS = 90_000
SELECT = """() => {
  const line = [...document.querySelectorAll('.sheet .ln:not(.furn) .t')].find((one) => one.textContent.length > 90);
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  walker.nextNode();
  const range = document.createRange();
  range.setStart(walker.currentNode, 0);
  range.setEnd(line, 2);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
"""Selects some words of the page, as a reader would."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@dataclass(frozen=True)
class Shot:
    """One picture."""

    name: str
    path: str
    width: int
    height: int
    scheme: str = "light"
    language: str = "en"


def main() -> None:
    """Take every picture; fail where one is too heavy or the page complains."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "docs" / "screens"
    out.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("FIRSTHAND_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        sys.exit("no chromium: apt-get install chromium, or set FIRSTHAND_CHROMIUM")
    with tempfile.TemporaryDirectory() as scratch:
        # A fixed time, so that pictures differ only where the screens do.
        custody = Custody(at=dt.datetime(2031, 1, 1, 12, tzinfo=dt.UTC).isoformat(), by="firsthand")
        project = demo.build(Path(scratch) / "demo", custody, lambda _stage, _done, _todo: None)
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
            for language in ("en", PSEUDO):
                site = Site(project=project, language=language)
                bound = serving.listen("127.0.0.1", 0)
                base = serving.address_of(bound, "127.0.0.1").rstrip("/")
                with serving.serving(site, bound):
                    for shot in shots(site):
                        if shot.language == language:
                            take(browser, base, shot, out)
            file = Path(scratch) / "dossier.html"
            with Site(project=project).reading() as db:
                text = public.dossier_file(db, project, demo.first_event(db))
            file.write_text(text or "", encoding="utf-8")
            take(browser, "file://", Shot("one-file", str(file), 1280, 900), out)
            browser.close()


def shots(site: Site) -> list[Shot]:
    """What to take: the first dossier, and the page with the most voices."""
    with site.reading() as db:
        event = f"/e/{demo.first_event(db)}"
        (several,) = db.execute(
            "SELECT id FROM event ORDER BY n_pages DESC, n_origins DESC, id LIMIT 1"
        ).fetchone()
        (document,) = db.execute(
            "SELECT document_id FROM claim GROUP BY document_id "
            "ORDER BY (SELECT length(body) FROM voices WHERE voices.id = document_id) DESC, 1 LIMIT 1"
        ).fetchone()
    return [
        Shot("home", "/", 1280, 1000),
        Shot("dossier", f"/e/{several}", 1280, 1050),
        Shot("document", f"/d/{document}", 1280, 1000),
        Shot("words", f"/d/{document}", 1280, 800),
        Shot("search", "/search?q=army", 1280, 900),
        Shot("map", "/map", 1280, 1250),
        Shot("map-event", "/map", 1280, 700),
        Shot("review", "/review", 1280, 800),
        Shot("review-many", "/review/bulk", 1280, 800),
        Shot("import", "/import", 1280, 700),
        Shot("right-to-left", f"/e/{several}", 1280, 1000, language=PSEUDO),
        Shot("mobile", event, 390, 1500),
        Shot("dark", f"/e/{several}", 1280, 1000, "dark"),
    ]


def take(browser: Browser, base: str, shot: Shot, out: Path) -> None:
    """One picture from the top of a page."""
    scheme = "dark" if shot.scheme == "dark" else "light"
    tab = browser.new_page(
        viewport={"width": shot.width, "height": shot.height}, color_scheme=scheme
    )
    tab.goto(base + shot.path)
    tab.evaluate("document.fonts.ready")
    if shot.path.startswith("/map"):
        # Drawn by the processor, the map takes a while to come to rest.
        tab.wait_for_selector(".map[data-shown]", timeout=MAP_MS)
        tab.wait_for_load_state("networkidle")
        tab.locator(".glpin").first.click()
        tab.wait_for_selector(".glcard li")
    if shot.name == "map-event":
        tab.locator("[data-card]").first.click()
        tab.wait_for_selector(".glcard blockquote")
    if shot.name == "words":
        tab.evaluate(SELECT)
        tab.wait_for_selector(".picker")
    path = out / f"{shot.name}.png"
    tab.screenshot(path=path)
    tab.close()
    size = path.stat().st_size
    print(f"{path}  {size:,} bytes")
    if size > MOST_BYTES:
        sys.exit(f"{path} is heavier than {MOST_BYTES:,} bytes")


if __name__ == "__main__":
    with closing(sys.stdout):
        main()
