"""Windows as tensors: word pieces, first pieces, targets; and batches of about equal size."""

# Run by hand, never imported by the package: types, seeds and messages may be plain.
# ruff: noqa: ANN001, ANN201, ANN204, D102, D103

import json

import labels
import torch
from kinds import kind
from tokenizers import Tokenizer

from firsthand.nlp.onnx_words import SHAPE_OF, SHAPES

MAX_PIECES = 160
CLS, SEP, UNKNOWN = 101, 102, 100
PLAIN_SHAPE, PLAIN_STAND = len(SHAPES), 3
"""Shape and stand of the two marks at a window's edges."""
NAME_TAGS = {t: i for i, t in enumerate(labels.bio(labels.NAMES))}
MENTION_TAGS = {t: i for i, t in enumerate(labels.bio(labels.MENTIONS))}
UPOS = {t: i for i, t in enumerate(labels.UPOS)}
RELS = {t: i for i, t in enumerate(labels.RELATIONS)}
CUES = {t: i for i, t in enumerate(labels.CUES)}
ROLES = {t: i for i, t in enumerate(labels.ROLES)}
EVENTS = {t: i for i, t in enumerate(labels.EVENTS)}
MOODS = {t: i for i, t in enumerate(labels.MOODS)}
POLARITIES = {t: i for i, t in enumerate(labels.POLARITIES)}
PARTS = {t: i for i, t in enumerate(labels.PARTS)}
SETS = ["gum", "factappeal", "wikigold", "re3d", "paragraphs"]
"""Sets with names or attributions, each of its own convention; 0 is none of them."""
NO_SET_SHARE = 0.15
"""Of the windows in training that do not say which set they come from."""
LETTERS = [SHAPE_OF[n] for n in ("lower", "capital", "upper", "mixed", "letter")]


class Pieces:
    """Word pieces of words, remembered."""

    def __init__(self, path):
        self.tokenizer, self.known = Tokenizer.from_file(str(path)), {}
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()

    def __call__(self, word):
        if word not in self.known:
            found = self.tokenizer.encode(word, add_special_tokens=False).ids
            self.known[word] = found or [UNKNOWN]
        return self.known[word]


def prepare(row, pieces):
    """A window of the data file with its word pieces; cut at MAX_PIECES."""
    ids, first, owner = [CLS], [], [-1]
    for number, word in enumerate(row["words"]):
        own = pieces(word)[:12]
        if len(ids) + len(own) > MAX_PIECES:
            break
        first.append(len(ids))
        ids += own
        owner += [number] * len(own)
    ids.append(SEP)
    owner.append(-1)
    row["kinds"] = [kind(word) for word in row["words"]]
    row["pieces"], row["first"], row["owner"], row["count"] = ids, first, owner, len(first)
    return row


def load(path, tokenizer):
    pieces = Pieces(tokenizer)
    made = [prepare(json.loads(line), pieces) for line in path.open(encoding="utf-8")]
    return [row for row in made if row["count"]]


def batches(rows, size, rng):
    """Rows sorted by length within shuffled pools, packed to about `size` pieces."""
    order = list(rows)
    rng.shuffle(order)
    packed = []
    for start in range(0, len(order), 400):
        pool = sorted(order[start : start + 400], key=lambda r: len(r["pieces"]))
        batch, longest = [], 0
        for row in pool:
            longest = max(longest, len(row["pieces"]))
            if batch and longest * (len(batch) + 1) > size:
                packed.append(batch)
                batch, longest = [], len(row["pieces"])
            batch.append(row)
        packed.append(batch)
    rng.shuffle(packed)
    return packed


def shapes_of(row, disguise):
    """Shapes per word; `disguise` makes every letter a capital or a small one."""
    if disguise is None:
        return row["shapes"]
    return [SHAPE_OF[disguise] if s in LETTERS else s for s in row["shapes"]]


def inputs(batch, rng=None):
    """Tensors the network reads; a tenth of the windows lose their capitals in training."""
    t, w = max(len(r["pieces"]) for r in batch), max(r["count"] for r in batch)
    ids = torch.zeros(len(batch), t, dtype=torch.long)
    shapes, stands = torch.full_like(ids, PLAIN_SHAPE), torch.full_like(ids, PLAIN_STAND)
    kinds = torch.zeros_like(ids)
    mask = torch.zeros(len(batch), t, dtype=torch.bool)
    first = torch.zeros(len(batch), w, dtype=torch.long)
    for n, row in enumerate(batch):
        dice = rng.random() if rng else 1.0
        own = shapes_of(row, "upper" if dice < 0.06 else "lower" if dice < 0.1 else None)
        k = len(row["pieces"])
        ids[n, :k] = torch.tensor(row["pieces"])
        mask[n, :k] = True
        first[n, : row["count"]] = torch.tensor(row["first"])
        shapes[n, :k] = torch.tensor([PLAIN_SHAPE if o < 0 else own[o] for o in row["owner"]])
        kinds[n, :k] = torch.tensor([0 if o < 0 else row["kinds"][o] for o in row["owner"]])
        stands[n, :k] = torch.tensor(
            [PLAIN_STAND if o < 0 else row["stands"][o] for o in row["owner"]]
        )
    return {
        "ids": ids, "mask": mask, "first": first, "shapes": shapes, "stands": stands,
        "kinds": kinds, "sets": torch.tensor([set_of(row, rng) for row in batch]),
    }  # fmt: skip


def set_of(row, rng):
    """Number of the set whose convention a window follows; now and then untold in training."""
    name = row["origin"].removesuffix("-swapped")
    told = name in SETS and not (rng and rng.random() < NO_SET_SHARE)
    return SETS.index(name) + 1 if told else 0


def tag_mask(rows, key, tags):
    """[batch index, word, allowed tags as booleans] of every word with a layer."""
    where, allowed = [], []
    for n, row in enumerate(rows):
        for i, options in enumerate(row.get(key, [])[: row["count"]]):
            if options:
                where.append((n, i))
                line = [False] * len(tags)
                for option in options:
                    line[tags[option]] = True
                allowed.append(line)
    return where, allowed
