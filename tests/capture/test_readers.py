"""Reading files, folders and archives: what is taken, what is refused, with which words."""

import io
import zipfile
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from firsthand.capture.items import Item, Refused
from firsthand.capture.readers import read_path
from firsthand.config import CaptureSettings

SETTINGS = CaptureSettings(max_page_bytes=100_000, max_archive_bytes=1_000_000)


def read(path: Path) -> tuple[list[Item], list[Refused]]:
    found = list(read_path(path, SETTINGS))
    items = [one for one in found if isinstance(one, Item)]
    return items, [one for one in found if isinstance(one, Refused)]


def warc(
    pages: dict[str, bytes], media_type: str = "text/html; charset=utf-8", *, gzip: bool = True
) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    for url, content in pages.items():
        headers = StatusAndHeaders("200 OK", [("Content-Type", media_type)], protocol="HTTP/1.0")
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(content), length=len(content), http_headers=headers
        )
        writer.write_record(record)
    return out.getvalue()


def test_folder_is_read_recursively_in_order_of_path(tmp_path: Path) -> None:
    for name in ("b.txt", "a/deep/page.html", "a/page.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    items, refused = read(tmp_path)
    assert [item.source for item in items] == ["a/deep/page.html", "a/page.md", "b.txt"]
    assert [item.media_type for item in items] == ["text/html", "text/markdown", "text/plain"]
    assert refused == []


def test_hidden_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text("x")
    assert read(tmp_path) == ([], [])


def test_links_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "out.txt").symlink_to("/etc/hostname")
    (tmp_path / "around").symlink_to(tmp_path, target_is_directory=True)
    items, refused = read(tmp_path)
    assert items == []
    assert [(one.source, one.code) for one in refused] == [("around", "link"), ("out.txt", "link")]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.txt", b"", "empty"),
        ("large.html", b"x" * 100_001, "too_large"),
        ("data.bin", b"\x00\x01", "unknown_type"),
        ("noending", b"x", "unknown_type"),
        ("broken.wacz", b"PK\x03\x04 not a zip", "archive_damaged"),
        ("broken.jsonl", b"{nope\n", "bad_line"),
        ("nothing.jsonl", b'{"url": "http://a.example"}\n', "empty"),
        ("broken.json", b"[1, 2", "bad_json"),
    ],
)
def test_bad_file_is_refused_by_name(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    items, (refused,) = read(tmp_path)
    assert items == []
    assert refused.code == code
    assert name.split(".", maxsplit=1)[0] in refused.detail or "a.example" in refused.source


def test_missing_path_is_refused(tmp_path: Path) -> None:
    _, (refused,) = read(tmp_path / "nowhere")
    assert refused.code == "missing"


def test_jsonl_gives_pages_with_what_the_supplier_says(tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text(
        '{"url": "http://a.example/1", "html": "<p>é</p>", "outlet": "Delta", "published": "2031-05-04"}\n'
        "\n"
        '{"url": "http://a.example/2", "text": "plain"}\n',
        encoding="utf-8",
    )
    (first, second), refused = read(tmp_path)
    assert refused == []
    assert (first.source, first.content) == ("http://a.example/1", "<p>é</p>".encode())
    assert first.hints is not None
    assert (first.hints.outlet, first.hints.published) == ("Delta", "2031-05-04")
    assert (second.media_type, second.content) == ("text/plain", b"plain")
    assert first.container == second.container


def test_warc_gives_its_pages_and_passes_over_the_rest(tmp_path: Path) -> None:
    content = warc({"http://a.example/1": b"<p>1</p>"}) + warc(
        {"http://a.example/i.png": b"png"}, "image/png"
    )
    (tmp_path / "a.warc.gz").write_bytes(content)
    (item,), refused = read(tmp_path)
    assert (item.source, item.content, item.charset) == ("http://a.example/1", b"<p>1</p>", "utf-8")
    assert item.http is not None
    assert item.http.status == 200
    assert refused == []


@pytest.mark.parametrize("lost", [1, 40, 200, 400])
@pytest.mark.parametrize("gzip", [True, False])
def test_truncated_warc_keeps_what_stands_before_the_cut(
    tmp_path: Path, lost: int, gzip: bool
) -> None:
    pages = {f"http://a.example/{n}": bytes(f"<p>{n}</p>" * 50, "ascii") for n in range(3)}
    content = warc(pages, gzip=gzip)
    if not gzip:
        lost += 4  # the two line ends after a record are no part of it
    (tmp_path / "a.warc").write_bytes(content[: len(content) - lost])
    items, (refused,) = read(tmp_path)
    assert {item.source: item.content for item in items} == dict(list(pages.items())[: len(items)])
    assert refused.code == "archive_damaged"


def test_garbage_warc_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"not a warc at all\r\n\r\n" * 10)
    items, (refused,) = read(tmp_path)
    assert (items, refused.code) == ([], "archive_damaged")


def test_wacz_with_a_path_that_climbs_out_loses_only_that_member(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.wacz", "w") as archive:
        archive.writestr("../../evil.warc", b"x")
        archive.writestr("archive/data.warc.gz", warc({"http://a.example/1": b"<p>1</p>"}))
    (item,), (refused,) = read(tmp_path)
    assert item.source == "http://a.example/1"
    assert refused.code == "unsafe_path"
    assert not (tmp_path.parent / "evil.warc").exists()


def test_zip_bomb_is_left_out(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.wacz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.warc", b"0" * 5_000_000)
    items, (refused,) = read(tmp_path)
    assert (items, refused.code) == ([], "archive_bomb")


def test_unreadable_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("x")

    def refuse(_self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    _, (refused,) = read(tmp_path)
    assert refused.code == "unreadable"
    assert "Permission denied" in refused.detail
