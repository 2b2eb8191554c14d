"""Windows: runs of whole sentences that the encoder reads at once, as arrays of numbers."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from firsthand.nlp.onnx_words import FIRST, SHAPES, Cut, shape

MAX_PIECES: Final = 158
"""Word pieces of a window besides its two edge marks; training windows are as long."""
MAX_WORD_PIECES: Final = 12
"""Further pieces of one word are not read."""
EDGE_STAND: Final = 3

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Pieces = Callable[[str], Sequence[int]]
"""The word pieces of one word; never empty."""


@dataclass(slots=True)
class Window:
    """Some consecutive words of a text with their places; `sents` numbers each word's sentence."""

    texts: list[str] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    stands: list[int] = field(default_factory=list)
    sents: list[int] = field(default_factory=list)
    pieces: list[Sequence[int]] = field(default_factory=list)
    size: int = 0

    def __len__(self) -> int:
        """How many words there are."""
        return len(self.texts)

    def add(self, one: Cut, start: int, pieces: Sequence[Sequence[int]], sentence: int) -> None:
        """Adds the words of a sentence from index `start` on."""
        stop = start + len(pieces)
        self.texts += one.texts[start:stop]
        self.begins += one.begins[start:stop]
        self.ends += one.ends[start:stop]
        self.stands += one.stands[start:stop]
        self.sents += [sentence] * len(pieces)
        self.pieces += pieces
        self.size += sum(map(len, pieces))


def windows(cuts: Iterable[Cut], pieces: Pieces) -> Iterator[Window]:
    """Whole sentences as far as they fit; a longer sentence is read in parts."""
    current = Window()
    for number, one in enumerate(cuts):
        own = [pieces(word)[:MAX_WORD_PIECES] for word in one.texts]
        for start, stop in _parts(own):
            size = sum(map(len, own[start:stop]))
            if current.size and current.size + size > MAX_PIECES:
                yield current
                current = Window()
            current.add(one, start, own[start:stop], number)
    if current.size:
        yield current


def _parts(pieces: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Ranges of words that fit a window each."""
    start, size = 0, 0
    for i, own in enumerate(pieces):
        if size + len(own) > MAX_PIECES:
            yield start, i
            start, size = i, 0
        size += len(own)
    if start < len(pieces):
        yield start, len(pieces)


@dataclass(frozen=True, slots=True)
class Feed:
    """A window as the network takes it; the first axis is the batch of one."""

    ids: Ints
    shapes: Ints
    stands: Ints
    first: Ints
    pool: Floats


@dataclass(frozen=True, slots=True)
class Kinds:
    """What the weights know of a word besides its shape: the number of its kind, 0 for most."""

    words: Mapping[str, int]
    """Kinds by lower-case word."""
    count: int
    """How many kinds there are; 1 where the weights know none."""

    def sight(self, word: str) -> int:
        """Shape and kind of a word as one row of the network's table."""
        known = self.words.get(word.lower(), 0) if self.words else 0
        return shape(word) + len(SHAPES) * known

    @property
    def edge(self) -> int:
        """The row of a window's edge marks."""
        return len(SHAPES) * self.count


def feed(window: Window, edges: tuple[int, int], kinds: Kinds) -> Feed:
    """The arrays of a window; `edges` are the ids of its opening and closing mark."""
    ids, shapes, stands = [edges[0]], [kinds.edge], [EDGE_STAND]
    first: list[int] = []
    spans: dict[int, list[int]] = {}
    for i, own in enumerate(window.pieces):
        first.append(len(ids))
        spans.setdefault(window.sents[i], []).extend(range(len(ids), len(ids) + len(own)))
        ids += own
        shapes += [kinds.sight(window.texts[i])] * len(own)
        stand = FIRST if i == 0 else window.stands[i]
        stands += [stand] * len(own)
    ids.append(edges[1])
    shapes.append(kinds.edge)
    stands.append(EDGE_STAND)
    pool = np.zeros((len(spans), len(ids)), dtype=np.float32)
    for row, places in enumerate(spans.values()):
        pool[row, places] = 1 / len(places)
    return Feed(_row(ids), _row(shapes), _row(stands), _row(first), pool)


def _row(numbers: Sequence[int]) -> Ints:
    return np.array([numbers], dtype=np.int64)
