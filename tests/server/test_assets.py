"""What is shipped to browsers: small, whole, and from nowhere else."""

import re
from pathlib import Path

import pytest

import firsthand
from firsthand.server.app import GET
from firsthand.server.templates import environment

WEB = Path(firsthand.__file__).parent / "web"


def test_all_assets_together_are_small() -> None:
    size = sum(path.stat().st_size for path in (WEB / "static").rglob("*") if path.is_file())
    assert size < 600_000


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
