"""Trains the reader; stops and goes on where the last checkpoint stands.

    python training/train.py --data DATA --base BASE --out OUT [--pieces N] [--threads N]

DATA holds train.jsonl and dev.jsonl from data.py, BASE the base weights' model folder. The learning
rate falls to zero over N word pieces seen, so the same N and data give the same weights.
"""

# Run by hand, never imported by the package: types, seeds and messages may be plain.
# ruff: noqa: ANN001, ANN201, ANN204, B905, D102, D103, FBT003, S311

import argparse
import copy
import json
import random
import time
import zlib
from pathlib import Path

import batches as b
import torch
from losses import WEIGHTS, losses
from model import FROZEN, VECTOR, Reader, base_encoder, narrow

SEED = 20
SHARES = {
    "ewt": 0.3,
    "gum": 1.5,
    "factappeal": 1.0,
    "wikigold": 1.5,
    "wikigold-swapped": 0.8,
    "re3d": 2.0,
    "paragraphs": 0.8,
    "paragraphs-swapped": 0.5,
}
"""How often a window of each set is seen in a round; a fraction draws anew each round."""
TEACHER_SHARE = {"gum": 0.08, "factappeal": 0.2, "wikigold": 0.1, "paragraphs": 1.0}
BATCH, ENCODER_RATE, HEAD_RATE = 1100, 2.5e-4, 1.5e-3
WARMUP, DECAY = 56_000, 0.4
"""Pieces in which the rates rise, and the last share of all in which they fall to zero."""
CHECKPOINT_SECONDS = 600


def recall(model, rows, x):
    """The frozen layers' output, which never changes: kept with each window once computed."""
    fresh = [n for n, row in enumerate(rows) if "lower" not in row]
    if fresh:
        with torch.no_grad():
            out = model.encoder.lower(x["ids"][fresh], x["mask"][fresh][:, None, None])
        for k, n in enumerate(fresh):
            rows[n]["lower"] = out[k, : len(rows[n]["pieces"])].half().clone()
    low = torch.zeros(*x["ids"].shape, 384)
    for n, row in enumerate(rows):
        low[n, : len(row["pieces"])] = row["lower"].float()
    return low


class Teacher:
    """The untrained base: its sentence vectors, in their VECTOR main directions, are targets."""

    def __init__(self, encoder, rows, path):
        self.encoder = encoder
        if not path.exists():
            rng = random.Random(SEED)
            sample = rng.sample([r for r in rows if r["origin"] in TEACHER_SHARE], 150)
            every = [v for row in sample for _, v in self.vectors([row])[0]]
            every = torch.stack(every)
            torch.save(torch.linalg.eigh(every.T @ every)[1][:, -VECTOR:].clone(), path)
        self.basis = torch.load(path)

    def vectors(self, rows):
        """For each window: its sentences' pieces and vectors."""
        x = b.inputs(rows)
        with torch.no_grad():
            out = self.encoder.lower(x["ids"], x["mask"][:, None, None])
            for layer in self.encoder.layers[FROZEN:]:
                out = layer(out, x["mask"][:, None, None], 0.0)
        made = []
        for n, row in enumerate(rows):
            owners = [
                [i for i, o in enumerate(row["owner"]) if o >= 0 and row["sents"][o] == sent]
                for sent in sorted(set(row["sents"][: row["count"]]))
            ]
            made.append([(own, out[n, own].mean(0)) for own in owners])
        return made

    def teach(self, rows):
        """Gives the chosen windows of a batch their targets."""
        chosen = [
            r
            for r in rows
            if "teacher" not in r and share_of(r) < TEACHER_SHARE.get(r["origin"], 0)
        ]
        if chosen:
            for row, found in zip(chosen, self.vectors(chosen)):
                row["teacher"] = [(own, vector @ self.basis) for own, vector in found]


def share_of(row):
    """A number in [0, 1) that depends on the window's words alone."""
    return zlib.crc32(" ".join(row["words"]).encode()) / 2**32


def states_of(model, batch, rng=None, drop=0.0):
    x = b.inputs(batch, rng)
    low = recall(model, batch, x)
    mask = x["mask"][:, None, None]
    states = model.encoder.upper(low, x["shapes"], x["stands"], mask, drop, x["kinds"])
    return states, model.word_heads(states, x["first"], drop, x["sets"])


def round_of(rows, rng):
    """The windows of one round."""
    chosen = []
    for row in rows:
        share = SHARES[row["origin"]]
        chosen += [row] * (int(share) + (rng.random() < share % 1))
    return chosen


def rate(seen, total):
    """Share of the top rate: rises, stays, and falls over the last DECAY of the training."""
    return min(seen / WARMUP, 1.0, max(0.0, (1 - seen / total) / DECAY))


def measure(model, rows):
    """Mean losses and plain accuracies on the development windows."""
    sums, hits = {}, {}
    model.eval()
    with torch.no_grad():
        for batch in b.batches(rows, 4096, random.Random(1)):
            states, out = states_of(model, batch)
            for key, value in losses(model, out, states, batch).items():
                total = sums.setdefault(key, [0.0, 0])
                total[0] += value.item()
                total[1] += 1
            for n, row in enumerate(batch):
                for key, tags, gold in (("pos", b.UPOS, "upos"), ("arcs", None, "heads")):
                    if gold in row:
                        guess = out[key][n, : row["count"]].argmax(-1).tolist()
                        want = [tags[g] if tags else g + 1 for g in row[gold][: row["count"]]]
                        hit = hits.setdefault(key, [0, 0])
                        hit[0] += sum(a == c for a, c in zip(guess, want))
                        hit[1] += len(want)
    model.train()
    return {k: round(v[0] / v[1], 4) for k, v in sums.items()} | {
        f"{k}_hit": round(v[0] / v[1], 4) for k, v in hits.items()
    }


def save(path, model, optimizer, seen, round_number, log):
    temporary = path.with_suffix(".tmp")
    torch.save(
        {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "seen": seen,
            "round": round_number,
            "log": log,
        },
        temporary,
    )
    temporary.replace(path)


def optimizer_of(model):
    """Two rates; frozen parts have none."""
    for part in (
        model.encoder.words,
        model.encoder.positions,
        model.encoder.norm,
        *model.encoder.layers[:FROZEN],
    ):
        part.requires_grad_(False)
    base = [
        p for n, p in model.named_parameters() if p.requires_grad and n.startswith("encoder.layers")
    ]
    heads = [
        p
        for n, p in model.named_parameters()
        if p.requires_grad and not n.startswith("encoder.layers")
    ]
    return torch.optim.AdamW(
        [
            {"params": base, "lr": ENCODER_RATE, "top": ENCODER_RATE},
            {"params": heads, "lr": HEAD_RATE, "top": HEAD_RATE},
        ],
        weight_decay=0.01,
        betas=(0.9, 0.98),
    )


def main():
    ask = argparse.ArgumentParser()
    for name in ("data", "base", "out"):
        ask.add_argument(f"--{name}", type=Path, required=True)
    ask.add_argument("--pieces", type=int, default=2_600_000)
    ask.add_argument("--threads", type=int, default=1)
    a = ask.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(SEED)
    a.out.mkdir(parents=True, exist_ok=True)
    train(a, base_encoder(a.base / "model.safetensors"))


def new_model(base, rows):
    """A reader on the narrowed base; the sample that decides is fixed by the seed."""
    model = Reader()
    encoder = copy.deepcopy(base)
    sample = random.Random(SEED).sample([r for r in rows if r["origin"] != "ewt"], 120)
    narrow(
        encoder,
        [(x["ids"], x["mask"]) for x in map(b.inputs, b.batches(sample, 2000, random.Random(1)))],
    )
    own = model.encoder.state_dict()
    kept = {
        k: v
        for k, v in encoder.state_dict().items()
        if not k.startswith(("shapes", "stands", "kinds"))
    }
    model.encoder.load_state_dict(own | kept)
    return model


def train(a, base):
    """Rounds over the sets until the pieces are spent."""
    rows = b.load(a.data / "train.jsonl", a.base / "tokenizer.json")
    dev = b.load(a.data / "dev.jsonl", a.base / "tokenizer.json")
    teacher = Teacher(base, rows, a.out / "basis.pt")
    run = Run(new_model(base, rows), teacher, a.out / "checkpoint.pt", a.pieces)
    while run.seen < a.pieces:
        run.round(rows)
        run.log.append({"round": run.number, "seen": run.seen, "cpu_seconds": round(time.process_time()),
                        "dev": measure(run.model, dev[::4])})  # fmt: skip
        print(json.dumps(run.log[-1]), flush=True)
        run.save()
        run.number += 1


class Run:
    """A training as it stands: model, optimizer, pieces seen; goes on from its checkpoint.

    After a stop the round that was cut short is not finished: the next begins, with its own seed.
    """

    def __init__(self, model, teacher, path, total) -> None:
        self.model, self.teacher, self.path, self.total = model, teacher, path, total
        self.optimizer = optimizer_of(model)
        self.seen, self.number, self.log, self.saved = 0, 0, [], time.monotonic()
        if path.exists():
            kept = torch.load(path)
            model.load_state_dict(kept["model"])
            if kept["optimizer"]:
                self.optimizer.load_state_dict(kept["optimizer"])
            self.seen, self.number, self.log = kept["seen"], kept["round"] + 1, kept["log"]
        model.train()

    def round(self, rows):
        """One pass over a draw of the windows."""
        rng = random.Random(SEED + self.number)
        torch.manual_seed(SEED + self.number)
        sums = {}
        for step, batch in enumerate(b.batches(round_of(rows, rng), BATCH, rng)):
            if self.seen >= self.total:
                break
            for key, value in self.step(batch, rng).items():
                sums[key] = 0.95 * sums.get(key, value) + 0.05 * value
            if step % 40 == 0:
                means = {k: round(v, 3) for k, v in sums.items()}
                print(
                    self.number, step, self.seen, f"{time.process_time():.0f}s", means, flush=True
                )
            if time.monotonic() - self.saved > CHECKPOINT_SECONDS:
                self.save()

    def step(self, batch, rng):
        """One batch; its losses by head."""
        for group in self.optimizer.param_groups:
            group["lr"] = group["top"] * rate(self.seen, self.total)
        self.teacher.teach(batch)
        states, out = states_of(self.model, batch, rng, 0.1)
        parts = losses(self.model, out, states, batch)
        sum(WEIGHTS[k] * v for k, v in parts.items()).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.seen += sum(len(r["pieces"]) for r in batch)
        return {k: v.item() for k, v in parts.items()}

    def save(self):
        save(self.path, self.model, self.optimizer, self.seen, self.number, self.log)
        self.saved = time.monotonic()


if __name__ == "__main__":
    main()
