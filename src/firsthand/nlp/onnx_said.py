"""Who said what, from the network's scores: cues first, then each word's part for each cue."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from firsthand.model.record import Range
from firsthand.nlp.onnx_mend import Part, local, mended, nearest
from firsthand.nlp.onnx_model import DECIMALS, Labels, Model, Scores
from firsthand.nlp.onnx_windows import MAX_PIECES, Window
from firsthand.nlp.reader import Said
from firsthand.nlp.viterbi import spans, tags_of_all
from firsthand.resources import read_table

CUES: Final = "lexicons/cues.tsv"
UNTYPED: Final = "say"
"""Type of a cue that the table of cues does not know."""
EDGES: Final = frozenset(",;:.–—-…!?")
"""Marks that belong to no part where they stand at its edge."""
BUCKETS: Final = 7
"""Distances grow by powers of two up to 2 ** (BUCKETS - 1) words on either side."""
MAX_ANCHORS: Final = 40
"""Attributions read in one window at most: more only come from garbage."""
NOT_A_PART: Final = np.float32(-50)
"""Score of a cue's own words as source or content of it."""
SUFFIXES: Final = ("", "s", "es", "d", "ed", "ing")
Seen = tuple[Window, Scores]
"""A window as read."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The word an attribution hangs on: its cue's first word, or its own where it has no cue."""

    word: int
    end: int
    """One past the cue's last word; equal to `word` where there is no cue."""


def attributions(
    model: Model, read: Sequence[Seen], quotations: Sequence[Sequence[Range]], *, trim: bool
) -> list[Said]:
    """The attributions of a text's windows in order of their cues; `quotations` are by window.

    `trim` leaves out "that" and edge marks; without it parts are as the treebanks mark them.
    """
    found: list[Said] = []
    hung = anchors(model.labels, [scores for _, scores in read])
    parts = iter(roles(model, read, hung))
    for (window, _), quoted, own in zip(read, quotations, hung, strict=True):
        cued = [window.sents[one.word] for one in own]
        for anchor in own:
            said = _said(window, anchor, next(parts), cued, quoted, trim=trim)
            if said is not None:
                found.append(said)
    return found


def _said(
    window: Window,
    anchor: Anchor,
    parts: Sequence[tuple[int, int, str]],
    cued: Sequence[int],
    quotations: Sequence[Range],
    *,
    trim: bool,
) -> Said | None:
    """One attribution from the parts that belong to its cue; None without content."""
    sources = nearest([(a, b) for a, b, label in parts if label == "SOURCE"], anchor.word)
    taken = [*sources, (anchor.word, anchor.end)]
    contents = [(a, b) for a, b, label in parts if label == "CONTENT"]
    contents = local(window, contents, anchor.word, cued)
    content = _ranges(window, mended(window, contents, taken, quotations), trim=trim)
    cue = _range(window, anchor.word, anchor.end, trim=False)
    if not content:
        return None
    kind = cue_type(window.texts[anchor.word].lower()) if cue else UNTYPED
    return Said(_ranges(window, sources, trim=trim), (cue,) if cue else (), content, kind, "reader")


def anchors(labels: Labels, read: Sequence[Scores]) -> list[list[Anchor]]:
    """For each window its cues and the places of attributions without one, in order."""
    tables = [scores.cues.copy() for scores in read]
    for table in tables:
        table[:, 0] -= np.float32(labels.cue_bias)
    return [_hung([labels.cues[i] for i in t]) for t in tags_of_all(tables, labels.moves["cues"])]


def _hung(tags: Sequence[str]) -> list[Anchor]:
    cues = [Anchor(start, end) for start, end, _ in spans([t if t != "A" else "O" for t in tags])]
    bare = [Anchor(i, i) for i, tag in enumerate(tags) if tag == "A"]
    return sorted([*cues, *bare], key=lambda a: a.word)[:MAX_ANCHORS]


def roles(
    model: Model, read: Sequence[Seen], hung: Sequence[Sequence[Anchor]]
) -> list[list[tuple[int, int, str]]]:
    """For each anchor of all windows in turn the word ranges of its source and its content."""
    tables = []
    for (window, scores), own in zip(read, hung, strict=True):
        for anchor in own:
            fits = scores.pair_word @ scores.pair_anchor[anchor.word].T
            fits = np.round(fits + model.far[_places(window.sents, anchor.word)], DECIMALS)
            fits[anchor.word : anchor.end, 1:] = NOT_A_PART
            tables.append(fits)
    best = tags_of_all(tables, model.labels.moves["roles"])
    return [spans([model.labels.roles[i] for i in tags]) for tags in best]


def _places(sents: Sequence[int], anchor: int) -> NDArray[np.int64]:
    """Row of each word in the weights of distance: by steps, and apart for other sentences."""
    near = _steps()[MAX_PIECES - anchor : MAX_PIECES - anchor + len(sents)]
    start, end = bisect_left(sents, sents[anchor]), bisect_right(sents, sents[anchor])
    made = near + (2 * BUCKETS + 1)
    made[start:end] = near[start:end]
    return made


@cache
def _steps() -> NDArray[np.int64]:
    """The step of every distance in a window, from that of its last word to its first on."""
    distance = np.arange(-MAX_PIECES, MAX_PIECES + 1)
    size = np.clip(np.abs(distance), 1, 2 ** (BUCKETS - 1))
    step = (np.floor(np.log2(size)).astype(np.int64) + 1) * (distance != 0)
    near: NDArray[np.int64] = np.clip(step * np.sign(distance), -BUCKETS, BUCKETS) + BUCKETS
    return near


def _ranges(window: Window, parts: Sequence[Part], *, trim: bool) -> tuple[Range, ...]:
    made = [_range(window, a, b, trim=trim) for a, b in parts]
    return tuple(one for one in made if one is not None)


def _range(window: Window, start: int, end: int, *, trim: bool) -> Range | None:
    texts = window.texts
    while trim and start < end and (texts[start] in EDGES or texts[start].lower() == "that"):
        start += 1
    while trim and start < end and texts[end - 1] in EDGES:
        end -= 1
    return Range(start=window.begins[start], end=window.ends[end - 1]) if start < end else None


@cache
def _types() -> dict[str, str]:
    """Cue types by the forms a regular verb takes."""
    found: dict[str, str] = {}
    for row in read_table(CUES):
        if row["language"] == "en" and row["class"] in ("verb", "phrase"):
            first = row["cue"].split()[0]
            for ending in SUFFIXES:
                found.setdefault(first + ending, row["type"])
                found.setdefault(first.removesuffix("e") + ending, row["type"])
                found.setdefault(first.removesuffix("y") + "i" + ending, row["type"])
    return found


def cue_type(word: str) -> str:
    """The type of a cue by its first word: say, report, deny, accuse and so on."""
    return _types().get(word, UNTYPED)
