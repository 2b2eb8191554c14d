"""The losses of all heads on one batch; a head without targets in the batch adds nothing."""

# Run by hand, never imported by the package: types, seeds and messages may be plain.
# ruff: noqa: ANN001, ANN201, B905, D103, N812

import batches as b
import torch
from torch.nn import functional as F

WEIGHTS = {
    "pos": 0.6,
    "arcs": 1.0,
    "rels": 0.6,
    "names": 1.0,
    "mentions": 0.5,
    "cues": 1.0,
    "roles": 1.2,
    "events": 0.8,
    "moods": 0.3,
    "parts": 0.5,
    "fact": 0.25,
    "vector": 2.0,
}


def losses(model, out, states, rows):
    """Losses by head."""
    found = {}
    syntax(model, out, rows, found)
    spans(out, rows, "names", b.NAME_TAGS, found)
    spans(out, rows, "mentions", b.MENTION_TAGS, found)
    said(model, out, rows, found)
    happened(model, out, rows, found)
    fact = [
        (n, int(i), v)
        for n, r in enumerate(rows)
        for i, v in r.get("fact", {}).items()
        if int(i) < r["count"]
    ]
    if fact:
        n, i, v = zip(*fact)
        found["fact"] = F.smooth_l1_loss(out["fact"][n, i], torch.tensor(v))
    vectors(model, states, rows, found)
    return found


def syntax(model, out, rows, found):
    parsed = [
        (n, i, b.UPOS[row["upos"][i]], row["heads"][i] + 1, b.RELS[row["rels"][i]])
        for n, row in enumerate(rows)
        if "upos" in row
        for i in range(row["count"])
        if row["heads"][i] < row["count"]
    ]
    if not parsed:
        return
    n, i, pos, head, rel = (list(x) for x in zip(*parsed))
    found["pos"] = F.cross_entropy(out["pos"][n, i], torch.tensor(pos))
    arcs = out["arcs"].masked_fill(outside(rows, out["arcs"].shape), -1e4)
    found["arcs"] = F.cross_entropy(arcs[n, i], torch.tensor(head))
    scores = model.relations(out["rel_word"][n, i], out["rel_head"][n, head])
    found["rels"] = F.cross_entropy(scores, torch.tensor(rel))


def outside(rows, size):
    """True where a head would stand in another sentence; the root is never outside."""
    sents = torch.full((size[0], size[1]), -1)
    for n, row in enumerate(rows):
        sents[n, : row["count"]] = torch.tensor(row["sents"][: row["count"]])
    other = sents.unsqueeze(2) != sents.unsqueeze(1)
    return torch.cat([torch.zeros_like(other[:, :, :1]), other], 2)


def spans(out, rows, key, tags, found):
    """Minus log of the summed probability of the allowed tags."""
    where, allowed = b.tag_mask(rows, key, tags)
    if where:
        n, i = (list(x) for x in zip(*where))
        logits = out[key][n, i]
        inside = logits.masked_fill(~torch.tensor(allowed), -1e4)
        found[key] = (logits.logsumexp(-1) - inside.logsumexp(-1)).mean()


def said(model, out, rows, found):
    marked = [
        (n, i, b.CUES[c])
        for n, row in enumerate(rows)
        for i, c in enumerate(row.get("cues", [])[: row["count"]])
        if c is not None
    ]
    if marked:
        n, i, c = (list(x) for x in zip(*marked))
        found["cues"] = F.cross_entropy(out["cues"][n, i], torch.tensor(c)) * 4
    pairs = [
        (n, i, int(anchor), b.ROLES[tag])
        for n, row in enumerate(rows)
        for anchor, tags in row.get("anchors", {}).items()
        if int(anchor) < row["count"]
        for i, tag in enumerate(tags[: row["count"]])
    ]
    if pairs:
        n, i, anchor, tag = (list(x) for x in zip(*pairs))
        distance = torch.tensor(i) - torch.tensor(anchor)
        other = torch.tensor([
            int(rows[r]["sents"][w] != rows[r]["sents"][a]) for r, w, a in zip(n, i, anchor)
        ])  # fmt: skip
        scores = model.roles(out["pair_word"][n, i], out["pair_anchor"][n, anchor], distance, other)
        found["roles"] = F.cross_entropy(scores, torch.tensor(tag))


def happened(model, out, rows, found):
    """Types and moods of the words that tell events, and who takes part in each."""
    typed = [
        (n, i, b.EVENTS[e])
        for n, row in enumerate(rows)
        for i, e in enumerate(row.get("events", [])[: row["count"]])
    ]
    if typed:
        n, i, e = (list(x) for x in zip(*typed))
        found["events"] = F.cross_entropy(out["events"][n, i], torch.tensor(e)) * 4
    told = [
        (n, int(i), b.MOODS[mood], b.POLARITIES[polarity])
        for n, row in enumerate(rows)
        for i, (mood, polarity) in row.get("moods", {}).items()
        if int(i) < row["count"]
    ]
    if told:
        n, i, mood, polarity = (list(x) for x in zip(*told))
        scores = out["moods"][n, i]
        found["moods"] = F.cross_entropy(scores[:, : len(b.MOODS)], torch.tensor(mood))
        found["moods"] += F.cross_entropy(scores[:, len(b.MOODS) :], torch.tensor(polarity))
    parts = [
        (n, i, int(anchor), b.PARTS[part])
        for n, row in enumerate(rows)
        for anchor, line in row.get("parts", {}).items()
        if int(anchor) < row["count"]
        for i, part in enumerate(line[: row["count"]])
        if row["sents"][i] == row["sents"][int(anchor)]
    ]
    if parts:
        n, i, anchor, part = (list(x) for x in zip(*parts))
        distance = torch.tensor(i) - torch.tensor(anchor)
        scores = model.parts(out["part_word"][n, i], out["part_anchor"][n, anchor], distance)
        found["parts"] = F.cross_entropy(scores, torch.tensor(part)) * 2


def vectors(model, states, rows, found):
    """Cosine distance between our sentence vectors and those of the untrained base."""
    ours, theirs = [], []
    for n, row in enumerate(rows):
        if "teacher" in row:
            for owners, teacher in row["teacher"]:
                ours.append(states[-1][n, owners].mean(0))
                theirs.append(teacher)
    if ours:
        made = model.vector(torch.stack(ours))
        found["vector"] = (1 - F.cosine_similarity(made, torch.stack(theirs))).mean()
