"""A real browser on a real server on this machine; skipped, saying why, where there is none."""

import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from browser_visit import Visit, watched
from edition_factory import build
from firsthand.server import serving
from firsthand.server.site import Site
from firsthand.store.project import Project

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with every state a screen can show."""
    return build(tmp_path_factory.mktemp("pile") / "orlan")


@pytest.fixture(scope="session")
def base(project: Project) -> Iterator[str]:
    """The address of a server of that project."""
    bound = serving.listen("127.0.0.1", 0)
    with serving.serving(Site(project=project), bound):
        yield serving.address_of(bound, "127.0.0.1").rstrip("/")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or the one FIRSTHAND_CHROMIUM names."""
    path = os.environ.get("FIRSTHAND_CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.skip("no chromium: apt-get install chromium, or set FIRSTHAND_CHROMIUM")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, base: str) -> Iterator[Visit]:
    """A tab that must end without complaint and without a foreign request."""
    tab = chromium.new_page(viewport={"width": 1440, "height": 900})
    seen = watched(tab, base)
    yield seen
    tab.close()
    assert seen.complaints == []
    assert seen.foreign == []


@pytest.fixture
def plain(chromium: Browser, base: str) -> Iterator[Visit]:
    """The same without JavaScript."""
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 1440, "height": 900}
    )
    seen = watched(context.new_page(), base)
    yield seen
    context.close()
    assert seen.foreign == []


@pytest.fixture
def phone(chromium: Browser, base: str) -> Iterator[Visit]:
    """The same on a narrow screen."""
    tab = chromium.new_page(viewport={"width": 390, "height": 800})
    seen = watched(tab, base)
    yield seen
    tab.close()
    assert seen.complaints == []
    assert seen.foreign == []


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core: from FIRSTHAND_AXE, else fetched by npm, else the test is skipped."""
    given = os.environ.get("FIRSTHAND_AXE")
    if given:
        return Path(given).read_text(encoding="utf-8")
    return _packed(tmp_path_factory.mktemp("axe"))


def _packed(folder: Path) -> str:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm to fetch axe-core with, and FIRSTHAND_AXE is not set")
    done = subprocess.run(
        [npm, "pack", "--silent", "axe-core@4.14.1"],
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=90,
    )
    archives = sorted(folder.glob("axe-core-*.tgz"))
    if done.returncode != 0 or not archives:
        pytest.skip("npm could not fetch axe-core (no network?), and FIRSTHAND_AXE is not set")
    with tarfile.open(archives[0]) as archive:
        member = archive.extractfile("package/axe.min.js")
        assert member is not None
        return member.read().decode("utf-8")
