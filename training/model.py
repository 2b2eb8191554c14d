"""The network: a MiniLM encoder whose lower layers stay as they were, with light heads on top."""

# Run by hand, never imported by the package: types, seeds and messages may be plain.
# ruff: noqa: ANN001, ANN201, ANN204, B905, D102, FBT003, N812

import math

import labels
import torch
from batches import SETS
from kinds import KINDS
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

from firsthand.nlp.onnx_words import SHAPES

WIDTH, ATTENTION = 384, 12
BASE_INNER, BASE_LAYERS = 1536, 6
INNER, LAYERS = 1152, 5
"""The base's last layer and a quarter of each layer's inner neurons are left out: for speed."""
FROZEN = 2
"""Lower layers that are not trained: their output is computed once and kept."""
ARC, REL, PAIR, VECTOR = 128, 64, 96, 128
NAME_HIDDEN, CUE_HIDDEN, EVENT_HIDDEN, PART = 128, 64, 192, 64
CONVENTIONS = {"names_hidden": NAME_HIDDEN, "cues_hidden": CUE_HIDDEN,
               "pair_word": PAIR, "pair_anchor": PAIR}  # fmt: skip
"""Layers to which each set adds a vector of its own: what counts as a name's extent or a telling
differs between sets. When read, the vectors chosen in export.py are part of the layers' bias."""
BUCKETS = 15


class Layer(nn.Module):
    """One transformer layer as in BERT, parameters under the names of the base weights."""

    def __init__(self, inner=INNER):
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.output, self.norm = nn.Linear(WIDTH, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)
        self.up, self.down = nn.Linear(WIDTH, inner), nn.Linear(inner, WIDTH)
        self.last = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x, mask, drop):
        b, t, _ = x.shape
        q, k, v = (
            f(x).view(b, t, ATTENTION, WIDTH // ATTENTION).transpose(1, 2)
            for f in (self.query, self.key, self.value)
        )
        if mask is None:  # the exported form: one window, nothing padded
            scores = q @ k.transpose(-1, -2) / math.sqrt(WIDTH // ATTENTION)
            y = scores.softmax(-1) @ v
        else:
            y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=drop)
        y = self.output(y.transpose(1, 2).reshape(b, t, WIDTH))
        x = self.norm(x + dropped(y, drop))
        return self.last(x + dropped(self.down(F.gelu(self.up(x))), drop))


class Encoder(nn.Module):
    """Embeddings and layers; `lower` and `upper` are the frozen and the trained half."""

    def __init__(self, layers=LAYERS, inner=INNER):
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH), requires_grad=False)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(inner) for _ in range(layers))
        self.shapes = nn.Embedding(len(SHAPES) + 1, WIDTH)
        self.kinds = nn.Embedding(len(KINDS), WIDTH)
        self.stands = nn.Embedding(4, WIDTH)
        nn.init.normal_(self.kinds.weight, std=0.02)
        nn.init.normal_(self.shapes.weight, std=0.02)
        nn.init.normal_(self.stands.weight, std=0.02)

    def lower(self, pieces, mask=None):
        x = self.words(pieces) + self.positions.weight[: pieces.shape[1]] + self.kind
        x = self.norm(x)
        for layer in self.layers[:FROZEN]:
            x = layer(x, mask, 0.0)
        return x

    def upper(self, x, shapes, stands, mask=None, drop=0.0, kinds=None):
        x = x + self.shapes(shapes) + self.stands(stands)
        if kinds is not None:  # in the exported form they are rows of the table of shapes
            x = x + self.kinds(kinds)
        states = [x]
        for layer in self.layers[FROZEN:]:
            x = layer(x, mask, drop)
            states.append(x)
        return states


def load_base(encoder, path):
    """Copies the base weights into the encoder."""
    base = load_file(path)
    own = encoder.state_dict()
    own["words.weight"] = base["embeddings.word_embeddings.weight"]
    own["positions.weight"] = base["embeddings.position_embeddings.weight"]
    own["kind"] = base["embeddings.token_type_embeddings.weight"][0]
    parts = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "output": "attention.output.dense",
        "norm": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "last": "output.LayerNorm",
    }
    for end in ("weight", "bias"):
        own[f"norm.{end}"] = base[f"embeddings.LayerNorm.{end}"]
        for n in range(BASE_LAYERS):
            for mine, theirs in parts.items():
                own[f"layers.{n}.{mine}.{end}"] = base[f"encoder.layer.{n}.{theirs}.{end}"]
    encoder.load_state_dict(own)


def base_encoder(path):
    """The base as it comes, all layers at full width."""
    encoder = Encoder(BASE_LAYERS, BASE_INNER)
    load_base(encoder, path)
    return encoder.requires_grad_(False)


def narrow(encoder, samples, layers=LAYERS, inner=INNER):
    """Cuts an encoder in place to its first layers and its `inner` most telling neurons a layer.

    A neuron tells as much as it varies, times the weight it goes on with; what a dropped neuron
    gives on average goes into the bias. `samples` are (pieces, mask) of some text.
    """
    encoder.layers = encoder.layers[:layers]
    with torch.no_grad():
        at = [(encoder.norm(encoder.words(p) + encoder.positions.weight[: p.shape[1]] + encoder.kind), m)
              for p, m in samples]  # fmt: skip
        for number, layer in enumerate(encoder.layers):
            seen = []
            keep_inner = layer.up
            layer.up = Watched(keep_inner, seen)
            for x, mask in at:
                seen.append(mask)
                layer(x, mask[:, None, None], 0.0)
            layer.up = keep_inner
            acts = torch.cat([s for s in seen if s.dtype != torch.bool])
            score = acts.std(0) * layer.down.weight.norm(dim=0)
            kept = score.topk(inner).indices.sort().values
            rest = torch.ones(len(score), dtype=torch.bool)
            rest[kept] = False
            slim = Layer(inner)
            own = layer.state_dict()
            own["down.bias"] = own["down.bias"] + own["down.weight"][:, rest] @ acts.mean(0)[rest]
            own["up.weight"], own["up.bias"] = own["up.weight"][kept], own["up.bias"][kept]
            own["down.weight"] = own["down.weight"][:, kept]
            slim.load_state_dict(own)
            encoder.layers[number] = slim
            at = [(slim(x, mask[:, None, None], 0.0), mask) for x, mask in at]


class Watched(nn.Module):
    """A linear map that notes what comes out after the activation, for the places of the mask."""

    def __init__(self, inner, seen) -> None:
        super().__init__()
        self.inner, self.seen = inner, seen

    def forward(self, x):
        out = self.inner(x)
        mask = self.seen.pop()
        self.seen.append(F.gelu(out)[mask])
        return out


class Mix(nn.Module):
    """A learnt weighted mean of the layers."""

    def __init__(self):
        super().__init__()
        start = torch.zeros(LAYERS - FROZEN + 1)
        start[-1] = 1.0
        self.weights = nn.Parameter(start)

    def forward(self, states):
        shares = self.weights.softmax(0)
        return sum(share * state for share, state in zip(shares, states))


def bucket(distance):
    """Signed distance in words as one of BUCKETS buckets, growing by powers of two."""
    size = distance.abs().clamp(max=64).float()
    step = (size.clamp(min=1).log2().floor() + 1).long() * (size > 0)
    return (step * distance.sign()).clamp(-7, 7) + 7


class Reader(nn.Module):
    """The encoder with its heads."""

    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.syntax, self.spans, self.said = Mix(), Mix(), Mix()
        self.pos = nn.Linear(WIDTH, len(labels.UPOS))
        self.arc_word, self.arc_head = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.root = nn.Parameter(torch.randn(WIDTH) * 0.02)
        self.rel_word, self.rel_head = nn.Linear(WIDTH, REL), nn.Linear(WIDTH, REL)
        self.rel = nn.Parameter(torch.zeros(len(labels.RELATIONS), REL + 1, REL + 1))
        self.names = nn.Linear(WIDTH, len(labels.bio(labels.NAMES)))
        self.mentions = nn.Linear(WIDTH, len(labels.bio(labels.MENTIONS)))
        self.names_hidden = nn.Linear(WIDTH, NAME_HIDDEN)
        self.names_more = nn.Linear(NAME_HIDDEN, len(labels.bio(labels.NAMES)), bias=False)
        self.cues = nn.Linear(WIDTH, len(labels.CUES))
        self.cues_hidden = nn.Linear(WIDTH, CUE_HIDDEN)
        self.cues_more = nn.Linear(CUE_HIDDEN, len(labels.CUES), bias=False)
        self.fact_hidden, self.fact = nn.Linear(WIDTH, 64), nn.Linear(64, 1)
        self.pair_word, self.pair_anchor = nn.Linear(WIDTH, PAIR), nn.Linear(WIDTH, PAIR)
        self.pair = nn.Parameter(torch.zeros(len(labels.ROLES), PAIR + 1, PAIR + 1))
        self.far = nn.Parameter(torch.zeros(2 * BUCKETS, len(labels.ROLES)))
        self.told = Mix()
        self.events_hidden = nn.Linear(WIDTH, EVENT_HIDDEN)
        self.events = nn.Linear(EVENT_HIDDEN, len(labels.EVENTS))
        self.moods = nn.Linear(EVENT_HIDDEN, len(labels.MOODS) + len(labels.POLARITIES))
        self.part_word, self.part_anchor = nn.Linear(WIDTH, PART), nn.Linear(WIDTH, PART)
        self.part = nn.Parameter(torch.zeros(len(labels.PARTS), PART + 1, PART + 1))
        self.part_far = nn.Parameter(torch.zeros(BUCKETS, len(labels.PARTS)))
        self.conventions = nn.ModuleDict({
            part: nn.Embedding(len(SETS) + 1, width, padding_idx=0)
            for part, width in CONVENTIONS.items()
        })  # fmt: skip
        self.vector = nn.Linear(WIDTH, VECTOR)
        for one in self.conventions.values():
            nn.init.zeros_(one.weight)
        for one in (self.arc, self.rel, self.pair, self.part):
            nn.init.normal_(one, std=0.05)

    def hidden(self, part, x, sets):
        """A layer of CONVENTIONS with the vectors of the windows' sets."""
        own = getattr(self, part)(x)
        if sets is not None:
            own = own + self.conventions[part](sets)[:, None]
        return F.gelu(own)

    def word_heads(self, states, first, drop=0.0, sets=None):
        """Scores per word from the layers' states at each word's first piece.

        `first` is [batch, words]; word 0 of the arc scores' last axis is the root.
        """
        index = first.unsqueeze(-1).expand(-1, -1, WIDTH)
        return self.heads([s.gather(1, index) for s in states], drop, sets)

    def heads(self, at, drop=0.0, sets=None):
        """Scores per word from the layers' states at the words."""
        syn, sem, said = (dropped(m(at), drop) for m in (self.syntax, self.spans, self.said))
        out = {"pos": self.pos(syn), "mentions": self.mentions(sem)}
        more = self.hidden("names_hidden", sem, sets)
        out["names"] = self.names(sem) + self.names_more(dropped(more, drop))
        headed = torch.cat([self.root.expand(len(syn), 1, WIDTH), syn], 1)
        word = one_more(F.gelu(self.arc_word(syn)))
        out["arcs"] = word @ self.arc @ F.gelu(self.arc_head(headed)).transpose(1, 2)
        out["rel_word"] = one_more(F.gelu(self.rel_word(syn)))
        out["rel_head"] = one_more(F.gelu(self.rel_head(headed)))
        more = self.hidden("cues_hidden", said, sets)
        out["cues"] = self.cues(said) + self.cues_more(dropped(more, drop))
        out["fact"] = self.fact(F.gelu(self.fact_hidden(sem))).squeeze(-1)
        out["pair_word"] = one_more(self.hidden("pair_word", said, sets))
        out["pair_anchor"] = one_more(self.hidden("pair_anchor", said, sets))
        told = dropped(self.told(at), drop)
        more = dropped(F.gelu(self.events_hidden(told)), drop)
        out["events"], out["moods"] = self.events(more), self.moods(more)
        out["part_word"] = one_more(F.gelu(self.part_word(told)))
        out["part_anchor"] = one_more(F.gelu(self.part_anchor(told)))
        return out

    def relations(self, words, heads):
        """Relation scores of words with their heads, both [n, REL + 1]."""
        return torch.einsum("ni,rij,nj->nr", words, self.rel, heads)

    def roles(self, words, anchors, distance, other):
        """Role scores of words for anchors, both [n, PAIR + 1].

        `distance` is in words; `other` is 1 where the word stands in another sentence.
        """
        near = self.far[bucket(distance) + BUCKETS * other]
        return torch.einsum("ni,rij,nj->nr", words, self.pair, anchors) + near

    def parts(self, words, anchors, distance):
        """Scores of words as taking part in events, both [n, PART + 1]; `distance` in words."""
        near = self.part_far[bucket(distance)]
        return torch.einsum("ni,rij,nj->nr", words, self.part, anchors) + near


def dropped(x, share):
    """Drop-out, left out of the exported network."""
    return F.dropout(x, share) if share else x


def one_more(x):
    """A constant 1 added to every vector, so that a bilinear form also scores each side alone."""
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)
