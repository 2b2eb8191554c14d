"""Tiles of the user's own map file are found, and a file that is none is refused in words."""

import gzip
import json
import struct
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.errors import FirsthandError
from firsthand.server.pmtiles import number_of, opened
from firsthand.server.tiles import tiles_of
from firsthand.store.project import Project
from server_client import client_of

Entry = tuple[int, int, int, int]
"""Number, run, length, offset."""


def varint(value: int) -> bytes:
    found = b""
    while value > 127:
        found += bytes([value & 127 | 128])
        value >>= 7
    return found + bytes([value])


def directory(entries: Sequence[Entry]) -> bytes:
    ids = [entry[0] for entry in entries]
    steps = [b - a for a, b in zip([0, *ids], ids, strict=False)]
    numbers = [len(entries), *steps, *(e[1] for e in entries), *(e[2] for e in entries)]
    return gzip.compress(b"".join(map(varint, [*numbers, *(e[3] + 1 for e in entries)])))


def archive(path: Path, kind: int = 2, internal: int = 2, packing: int = 1) -> Path:
    """Zoom 0 in the root; all of zoom 1 the same tile, found through a leaf."""
    leaf = directory([(1, 4, 3, 4)])
    root = directory([(0, 1, 4, 0), (1, 0, len(leaf), 0)])
    meta = gzip.compress(json.dumps({"attribution": "<a href='x'>© Orrel Maps</a>"}).encode())
    at = 127 + len(root)
    numbers = (127, len(root), at, len(meta), at + len(meta), len(leaf))
    head = struct.pack(
        "<8s11Q6B",
        b"PMTiles\x03",
        *numbers,
        at + len(meta) + len(leaf),
        7,
        5,
        2,
        2,
        1,
        internal,
        packing,
        kind,
        0,
        1,
    )
    path.write_bytes(head.ljust(127, b"\0") + root + meta + leaf + b"zeroone")
    return path


@pytest.mark.parametrize(
    ("where", "number"),
    [
        ((0, 0, 0), 0),
        ((1, 0, 0), 1),
        ((1, 0, 1), 2),
        ((1, 1, 1), 3),
        ((1, 1, 0), 4),
        ((2, 0, 0), 5),
        ((12, 3423, 1763), 19078479),
    ],
)
def test_tiles_are_numbered_as_the_specification_does(
    where: tuple[int, int, int], number: int
) -> None:
    assert number_of(*where) == number


@given(zoom=st.integers(0, 5))
def test_every_tile_of_a_zoom_has_a_number_of_its_own(zoom: int) -> None:
    side = range(1 << zoom)
    first = (4**zoom - 1) // 3
    found = sorted(number_of(zoom, x, y) for x in side for y in side)
    assert found == list(range(first, first + 4**zoom))


def test_tiles_are_found_in_the_root_in_a_leaf_and_in_a_run(tmp_path: Path) -> None:
    found = opened(archive(tmp_path / "a.pmtiles"))
    assert found.tile(0, 0, 0) == b"zero"
    assert {found.tile(1, x, y) for x in (0, 1) for y in (0, 1)} == {b"one"}
    for nowhere in ((2, 0, 0), (1, 2, 0), (0, -1, 0), (99, 0, 0)):
        assert found.tile(*nowhere) is None
    assert found.attribution == "© Orrel Maps"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no PMTiles file"),
        (b"PMTiles\x02" + bytes(200), "no PMTiles file"),
        (b"PMTiles\x03" + bytes(200), "packed in a way"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.pmtiles"
    path.write_bytes(content)
    with pytest.raises(FirsthandError, match=said):
        tiles_of(str(path), "x")
    with pytest.raises(FirsthandError, match="cannot read"):
        tiles_of(str(tmp_path / "none.pmtiles"), "x")


@given(junk=st.binary(max_size=300))
def test_junk_behind_a_header_gives_no_tile_and_no_crash(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes
) -> None:
    path = archive(tmp_path_factory.mktemp("junk") / "a.pmtiles", internal=1)
    path.write_bytes(path.read_bytes()[:127] + junk)
    found = opened(path).tile(1, 0, 0)
    assert found is None or len(found) <= len(junk)


def test_a_map_file_is_served_by_this_server_alone(project: Project, tmp_path: Path) -> None:
    tiles = tiles_of(str(archive(tmp_path / "orrel.pmtiles")), None)
    client = client_of(project, tiles=tiles)
    answer = client.get("/tiles/0/0/0")
    assert (answer.content, answer.headers["content-type"]) == (b"zero", "image/png")
    assert client.get("/tiles/5/0/0").status_code == 204
    policy = client.get("/map").headers["content-security-policy"]
    assert "connect-src 'self';" in policy
    text = client.get("/map").text
    assert 'data-tiles="/tiles/{z}/{x}/{y}" data-kind="raster" data-zooms="0-1"' in text
    assert "© Orrel Maps" in text
    assert "orrel.pmtiles" in client.get("/settings").text
    assert str(tmp_path) not in client.get("/settings").text
    assert client_of(project).get("/tiles/0/0/0").status_code == 204
