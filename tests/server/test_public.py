"""What leaves the machine: short quotations, links, hashes; no names, texts, paths or decisions."""

import re
from pathlib import Path

import pytest

from edition_factory import BRIDGE, DAILY, HARBOUR, MARKET, POST
from firsthand.errors import FirsthandError
from firsthand.model.claim import Attribution, Entity
from firsthand.model.record import Part
from firsthand.publish.masks import Mask, public, shortened
from firsthand.publish.public_views import around
from firsthand.server import public as site_of
from firsthand.store.project import Project
from server_client import client_of

NAMES = Mask({"Ana Ruel": "[a person]", "Ruel": "[a person]", "Bo": "[a witness]"})


@pytest.fixture(scope="module")
def site(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site") / "site"
    site_of.write_site(project, out)
    return out


def pages(folder: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html"))]


def test_a_site_holds_every_dossier_and_no_full_text(site: Path) -> None:
    assert len(list((site / "e").iterdir())) == 3
    assert list((site / "d").iterdir()) == []
    whole = "\n".join(pages(site))
    for text in (HARBOUR, DAILY, POST):
        assert text not in whole
    assert "Share this story" not in whole
    assert "market.txt" not in whole
    assert (site / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"


def test_every_page_asks_for_nothing_and_runs_nothing(site: Path) -> None:
    for text in pages(site):
        assert "<script" not in text.replace("&lt;script", "")
        assert 'name="robots" content="noindex' in text
        assert "default-src 'none'" in text
        for address in re.findall(r'(?:src|href)="([^"]*)"', text):
            leads_out = address.startswith("http")
            assert leads_out or not address.startswith(("/", "javascript:", "data:")), address
        assert not re.search(r"<(img|iframe|form|base|object)\b", text)


def test_the_claims_lead_to_their_originals_by_address_and_hash(site: Path) -> None:
    text = (site / "e" / f"{MARKET}.html").read_text(encoding="utf-8")
    assert 'href="https://quay.example/orlan"' in text
    assert len(re.findall(r"sha256 [0-9a-f]{64}", text)) == 5


def test_a_folder_of_something_else_is_left_alone(project: Project, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(FirsthandError, match="not made by publish"):
        site_of.write_site(project, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_site_is_the_same_when_made_again(project: Project, site: Path) -> None:
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    site_of.write_site(project, site)
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_full_texts_only_where_asked_for(project: Project, tmp_path: Path) -> None:
    done = site_of.write_site(project, tmp_path / "site", with_texts=True)
    assert done.texts == len(list((tmp_path / "site" / "d").iterdir())) > 0


def test_one_file_stands_alone(project: Project) -> None:
    client = client_of(project)
    answer = client.get(f"/e/{MARKET}/file")
    assert "attachment" in answer.headers["content-disposition"]
    assert "@font-face" in answer.text
    assert "url(data:font/woff2" in answer.text
    assert "url(fonts/" not in answer.text
    assert not re.search(r'<link|href="/|src="', answer.text)
    assert len(answer.content) < 400_000
    assert client.get("/e/e-none/file").status_code == 404


def test_hostile_words_stay_words(site: Path) -> None:
    text = (site / "e" / f"{BRIDGE}.html").read_text(encoding="utf-8")
    assert "<b>Bridge" not in text
    assert "&lt;b&gt;Bridge" in text


@pytest.mark.parametrize(
    ("text", "start", "end", "shown"),
    [
        ("Governor Ana Ruel told us.", 0, 8, ("", "Governor", " [a person] told us.")),
        ("Governor Ana Ruel told us.", 9, 13, ("Governor ", "[a person]", " told us.")),
        ("Boats of Bo left", 9, 11, ("Boats of ", "[a witness]", " left")),
        ("one\ntwo Ruel three\nfour", 4, 7, ("", "two", " [a person] three")),
    ],
)
def test_names_are_replaced_also_across_the_edge_of_a_quotation(
    text: str, start: int, end: int, shown: tuple[str, str, str]
) -> None:
    assert around(text, start, end, NAMES) == shown


def test_few_words_stand_around_a_claim() -> None:
    text = " ".join(f"w{number}" for number in range(500))
    start = text.index("w250")
    before, words, after = around(text, start, start + 4, NAMES)
    assert (len(before.split()), words, len(after.split())) == (30, "w250", 30)
    assert len(shortened(text).split()) == 61


class Told(Part, frozen=True, kw_only=True):
    """A view with all that may not leave."""

    claim_id: str
    words: str
    source: str
    passage: tuple[str, ...]


def test_a_view_loses_names_passages_and_paths() -> None:
    made = Told(claim_id="Ruel", words="said Ana Ruel", source="/data/mine/a.html", passage=("x",))
    assert public(made, NAMES) == Told(
        claim_id="Ruel", words="said [a person]", source="", passage=()
    )
    kept = Told(claim_id="c", words="", source="https://a.example/x", passage=())
    assert public(kept, NAMES).source == "https://a.example/x"


def test_records_that_masks_are_made_of_have_the_fields_they_need() -> None:
    assert {"source_name", "source_kind"} <= set(Attribution.__struct_fields__)
    assert {"label", "name", "text"} <= set(Entity.__struct_fields__)
