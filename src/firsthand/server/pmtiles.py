"""Reads map tiles from one file on this machine: PMTiles, version 3 of its specification.

https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md (public domain). The file is the
user's own; it is still read with bounds, since most such files come from somewhere else.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

from firsthand.errors import FirsthandError

MAGIC: Final = b"PMTiles\x03"
HEADER: Final = struct.Struct("<8s11Q6B")
"""Magic and version; eleven offsets and counts; clustered, two compressions, kind, two zooms."""
PLAIN, GZIPPED = 1, 2
VECTOR: Final = 1
KINDS: Final = {
    VECTOR: "application/vnd.mapbox-vector-tile",
    2: "image/png",
    3: "image/jpeg",
    4: "image/webp",
}
MOST_DIRECTORY, MOST_TILE = 32_000_000, 8_000_000
"""Bytes unpacked; the specification's own directories are far smaller."""
MOST_DEPTH: Final = 4
MOST_ZOOM: Final = 26
DIRECTORIES_KEPT: Final = 64
TAG: Final = re.compile(r"<[^<>]{0,500}>")


class _Metadata(msgspec.Struct):
    attribution: str = ""


@dataclass(frozen=True)
class Directory:
    """Where tiles lie: by rising number, with how many alike follow, offset and length."""

    ids: tuple[int, ...]
    runs: tuple[int, ...]
    lengths: tuple[int, ...]
    offsets: tuple[int, ...]


@dataclass(frozen=True)
class Archive:
    """One file of tiles, its header read and checked."""

    path: Path
    root: tuple[int, int]
    metadata: tuple[int, int]
    leaves: int
    tiles: int
    internal: int
    packed: bool
    """Whether tiles are gzipped as they lie."""
    kind: int
    least_zoom: int
    most_zoom: int

    @property
    def vector(self) -> bool:
        """Whether its tiles are shapes and not pictures."""
        return self.kind == VECTOR

    @property
    def media_type(self) -> str:
        """Of its tiles."""
        return KINDS[self.kind]

    @property
    def attribution(self) -> str:
        """Whose map it says it is, without markup."""
        try:
            text = _unpacked(self._read(*self.metadata), self.internal)
            found = msgspec.json.decode(text, type=_Metadata).attribution
        except (msgspec.DecodeError, FirsthandError):
            return ""
        return " ".join(TAG.sub("", found).split())

    def tile(self, zoom: int, x: int, y: int) -> bytes | None:
        """One tile as it lies in the file; None where there is none."""
        if not 0 <= zoom <= MOST_ZOOM or not (0 <= x < 1 << zoom and 0 <= y < 1 << zoom):
            return None
        number, where = number_of(zoom, x, y), self.root
        for _depth in range(MOST_DEPTH):
            found = _found(_directory(self, *where), number)
            if found is None:
                return None
            run, offset, length = found
            if run:
                return self._read(self.tiles + offset, min(length, MOST_TILE))
            where = (self.leaves + offset, length)
        return None

    def _read(self, offset: int, length: int) -> bytes:
        with self.path.open("rb") as file:
            file.seek(offset)
            return file.read(min(length, MOST_DIRECTORY))


def opened(path: Path) -> Archive:
    """An archive whose header is one; an error says what is wrong with the file."""
    try:
        with path.open("rb") as file:
            head = file.read(HEADER.size)
    except OSError as error:
        message = f"cannot read the map file {path}: {error.strerror}"
        raise FirsthandError(message) from error
    if len(head) < HEADER.size or not head.startswith(MAGIC):
        message = f"{path} is no PMTiles file of version 3; convert it with: pmtiles convert"
        raise FirsthandError(message)
    _magic, *numbers = HEADER.unpack(head)
    root, root_length, meta, meta_length, leaves, _leaves, tiles, *_counts = numbers[:11]
    _clustered, internal, packing, kind, least, most = numbers[11:]
    if internal not in (PLAIN, GZIPPED) or packing not in (0, PLAIN, GZIPPED) or kind not in KINDS:
        message = (
            f"{path} is packed in a way that browsers or this server do not read (compression "
            f"{internal} and {packing}, tiles of kind {kind}); use gzip, and mvt, png, jpeg or webp"
        )
        raise FirsthandError(message)
    return Archive(
        path=path,
        root=(root, root_length),
        metadata=(meta, meta_length),
        leaves=leaves,
        tiles=tiles,
        internal=internal,
        packed=packing == GZIPPED,
        kind=kind,
        least_zoom=least,
        most_zoom=most,
    )


def number_of(zoom: int, x: int, y: int) -> int:
    """The number of a tile: all of the zooms above it, then its place on Hilbert's curve."""
    number = ((1 << 2 * zoom) - 1) // 3
    side = 1 << zoom >> 1
    while side:
        right, low = int(bool(x & side)), int(bool(y & side))
        number += side * side * ((3 * right) ^ low)
        if not low:
            if right:
                x, y = side - 1 - x, side - 1 - y
            x, y = y, x
        side >>= 1
    return number


def _found(directory: Directory, number: int) -> tuple[int, int, int] | None:
    """Run, offset and length of the entry that covers a number."""
    low, high = 0, len(directory.ids)
    while low < high:
        middle = (low + high) // 2
        if directory.ids[middle] <= number:
            low = middle + 1
        else:
            high = middle
    at = low - 1
    if at < 0:
        return None
    run = directory.runs[at]
    if run and number - directory.ids[at] >= run:
        return None
    return run, directory.offsets[at], directory.lengths[at]


@lru_cache(maxsize=DIRECTORIES_KEPT)
def _directory(archive: Archive, offset: int, length: int) -> Directory:
    data = _unpacked(archive._read(offset, length), archive.internal)  # noqa: SLF001 - same module
    numbers = _numbers(data)
    count = next(numbers, 0)
    values = list(numbers)
    if len(values) < 4 * count:
        return Directory((), (), (), ())
    ids: list[int] = []
    for step in values[:count]:
        ids.append(step + (ids[-1] if ids else 0))
    runs, lengths = values[count : 2 * count], values[2 * count : 3 * count]
    offsets: list[int] = []
    for at, value in enumerate(values[3 * count : 4 * count]):
        # Nothing means: right behind the one before.
        follows = value == 0 and at > 0
        offsets.append(offsets[at - 1] + lengths[at - 1] if follows else value - 1)
    return Directory(tuple(ids), tuple(runs), tuple(lengths), tuple(offsets))


def _numbers(data: bytes) -> Iterator[int]:
    """Little-endian numbers of seven bits a byte."""
    value = shift = 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield value
            value = shift = 0
        elif shift > 63:
            return


def _unpacked(data: bytes, packing: int) -> bytes:
    if packing == PLAIN:
        return data
    try:
        return zlib.decompressobj(wbits=31).decompress(data, MOST_DIRECTORY)
    except zlib.error as error:
        message = f"the map file is damaged: {error}"
        raise FirsthandError(message) from error
