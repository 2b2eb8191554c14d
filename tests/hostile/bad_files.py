"""Makes the bad inputs that a pile may hold, each in a file of its own."""

import io
import os
import zipfile
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

MAX_PAGE_BYTES = 2_000_000
"""What the project that takes the bad files in allows; a page above it is a sparse file here."""

GOOD = (
    "Bridge at Orrel closed\n\nBy Ana Brell\n\nOrrel, 4 May 2031. The bridge at Orrel is closed, "
    "the ministry of works said on Sunday. Two workers were injured when a girder fell, "
    "according to the town's hospital.\n"
)
DEPTH = 100_000
RUSSIAN = "Мост в Орреле закрыт, сообщило министерство в воскресенье. Двое рабочих ранены. " * 6


def article(title: str, words: str) -> str:
    """A plain page."""
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"<p>{words}</p></article></body></html>"
    )


def warc(pages: dict[str, bytes]) -> bytes:
    """A gzipped WARC of pages."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for url, content in pages.items():
        headers = StatusAndHeaders(
            "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.0"
        )
        writer.write_record(
            writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(content),
                length=len(content),
                http_headers=headers,
            )
        )
    return out.getvalue()


def wacz(path: Path, members: dict[str, bytes]) -> None:
    """A WACZ with these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def make(folder: Path) -> None:
    """Fill a folder with one good page and every bad one."""
    folder.mkdir(parents=True)
    archived = {
        f"http://delta.example/{n}": article(f"Report {n}", GOOD * 3).encode() for n in (1, 2, 3)
    }
    junk = bytes(range(256)) * 40
    deep = "<div>" * DEPTH + "The bridge at Orrel is closed." + "</div>" * DEPTH
    meta = '<meta charset="utf-8">'
    texts: dict[str, bytes] = {
        "good.txt": GOOD.encode(),
        "empty.txt": b"",
        "empty.html": b"",
        "junk.html": junk,
        "junk.txt": junk,
        "charset.html": (meta + article("Мост закрыт", RUSSIAN)).encode("cp1251"),
        "bogus.html": b'<meta charset="x-no-such">' + article("Orrel", GOOD).encode(),
        "deep.html": deep.encode(),
        "cut.warc.gz": warc(archived)[:-60],
        "broken.wacz": b"PK\x03\x04 and no more",
        "broken.pdf": b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\nno objects here",
        "broken.jsonl": b'{"url": "http://delta.example/l1", "text": "fine words"}\n{"url": 5}\n',
        "broken.json": b"[1, 2",
        "tool.exe": b"MZ\x00\x01",
    }
    for name, content in texts.items():
        (folder / name).write_bytes(content)
    with (folder / "large.html").open("wb") as handle:
        handle.truncate(MAX_PAGE_BYTES + 1)
    wacz(folder / "bomb.wacz", {"archive/data.warc": b"0" * 30_000_000})
    wacz(
        folder / "climbing.wacz",
        {
            "../../climbed.warc": b"x",
            "archive/data.warc.gz": warc(
                {"http://delta.example/w": archived["http://delta.example/1"]}
            ),
        },
    )
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("not for the pile")
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "linked").symlink_to(outside, target_is_directory=True)
    os.mkfifo(folder / "pipe.txt")
