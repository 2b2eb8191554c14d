"""The trained network and what belongs to it: opened once, run one window at a time."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from firsthand.errors import ResourceError
from firsthand.nlp.onnx_windows import Feed, Kinds, Window, feed
from firsthand.nlp.viterbi import weights
from firsthand.resources import digest, read_bytes

FOLDER: Final = "models/reader-v1"
WEIGHTS: Final = f"{FOLDER}/reader.onnx"
TOKENIZER: Final = f"{FOLDER}/tokenizer.json"
LABELS: Final = f"{FOLDER}/labels.json"
HEADS: Final = f"{FOLDER}/heads.npz"
RESOURCES: Final = (WEIGHTS, TOKENIZER, LABELS, HEADS)
METRICS: Final = f"{FOLDER}/metrics.json"
KEYS: Final = (METRICS, TOKENIZER, LABELS, HEADS)
"""What a cache must watch: METRICS holds the digest of the weights, which are long to read."""
DECIMALS: Final = 3
"""Scores are rounded before decoding, so that noise in the last bits decides nothing."""
REMEMBERED: Final = 50_000
"""Words whose pieces are kept; a hostile text cannot fill the memory."""

MARKS: Final = ("[CLS]", "[SEP]", "[UNK]")

Floats = NDArray[np.float32]


def _nothing() -> Floats:
    """Scores that were not asked for."""
    return np.zeros(0, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Scores:
    """The network's answer for one window, rounded; axes are words, then labels.

    `rel_word[w, r] * rel_head[h]` and `pair_word[w] * pair_anchor[a, r]`, summed over their last
    axis, score relation r of word w to head h, and role r of word w for the cue at a.
    """

    names: Floats
    cues: Floats
    pair_word: Floats
    pair_anchor: Floats
    pos: Floats = field(default_factory=_nothing)
    arcs: Floats = field(default_factory=_nothing)
    rel_word: Floats = field(default_factory=_nothing)
    rel_head: Floats = field(default_factory=_nothing)
    mentions: Floats = field(default_factory=_nothing)
    fact: Floats = field(default_factory=_nothing)
    vectors: Floats = field(default_factory=_nothing)


@dataclass(frozen=True)
class Labels:
    """Label inventories, decoding weights and thresholds as trained."""

    upos: tuple[str, ...]
    relations: tuple[str, ...]
    names: tuple[str, ...]
    mentions: tuple[str, ...]
    cues: tuple[str, ...]
    roles: tuple[str, ...]
    moves: dict[str, Floats]
    cue_bias: float
    kinds: Kinds


@dataclass
class Model:
    """Session, tokenizer, labels and weights of distance between a word and its cue."""

    session: Any
    tokenizer: Any
    labels: Labels
    far: Floats
    edges: tuple[int, int]
    unknown: int
    version: str
    _pieces: dict[str, Sequence[int]] = field(default_factory=dict)

    def pieces(self, word: str) -> Sequence[int]:
        """The word pieces of one word; a word of none (control characters) is the unknown one."""
        known = self._pieces.get(word)
        if known is None:
            known = self.tokenizer.encode(word, add_special_tokens=False).ids or [self.unknown]
            if len(self._pieces) < REMEMBERED:
                self._pieces[word] = known
        return known

    def run(self, window: Window, wanted: Sequence[str] | None = None) -> Scores:
        """The scores of one window: those `wanted`, or all."""
        one: Feed = feed(window, self.edges, self.labels.kinds)
        given = {
            "ids": one.ids, "shapes": one.shapes, "stands": one.stands,
            "first": one.first, "pool": one.pool,
        }  # fmt: skip
        names = wanted or [output.name for output in self.session.get_outputs()]
        answers = dict(zip(names, self.session.run(names, given), strict=True))
        return Scores(**{name: _rounded(value) for name, value in answers.items()})


def _rounded(value: Any) -> Floats:
    made: Floats = np.round(value, DECIMALS)
    return made


@cache
def open_model() -> Model:
    """The packaged network; ResourceError says what to install where its runtime is missing."""
    try:
        import onnxruntime  # type: ignore[import-untyped]  # noqa: PLC0415 - opened when first asked for, never at import
        import tokenizers  # noqa: PLC0415 - loaded only where it is needed
    except ImportError as error:
        message = (
            f"the trained reader needs {error.name}, which is not installed; install"
            " onnxruntime and tokenizers, or use the rules reader"
        )
        raise ResourceError(message) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        read_bytes(WEIGHTS), options, providers=["CPUExecutionProvider"]
    )
    tokenizer = tokenizers.Tokenizer.from_str(read_bytes(TOKENIZER).decode("utf-8"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    heads = np.load(io.BytesIO(read_bytes(HEADS)), allow_pickle=False)
    opening, closing, unknown = (tokenizer.token_to_id(m) or 0 for m in MARKS)
    return Model(
        session, tokenizer, _labels(heads), heads["far"], (opening, closing), unknown, digest(WEIGHTS)[:12],
    )  # fmt: skip


def _labels(heads: Any) -> Labels:
    table = json.loads(read_bytes(LABELS))
    tags = {name: tuple(table[name]) for name in ("names", "mentions", "cues", "roles")}
    moves = {name: weights(tags[name], heads[f"moves_{name}"]) for name in tags}
    return Labels(
        tuple(table["upos"]), tuple(table["relations"]), tags["names"], tags["mentions"],
        tags["cues"], tags["roles"], moves, float(table["cue_bias"]),
        Kinds(table.get("kinds", {}), int(table.get("kind_count", 1))),
    )  # fmt: skip
