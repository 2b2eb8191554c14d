"""Scores the trained reader alone, with the scorers of the shared folder; prints JSON.

    python bench/score_reader.py [gum|factappeal|wikigold|re3d|syntax|factuality|own|speed …]

gum         GUM discourse attributions, development part (`score_attribution.py`)
factappeal  FactAppeal, development part (`score_factappeal.py`): contents and sources
wikigold    names on WikiGold's development part; place kinds count as LOC (`score_ner.py`)
own         names of the held-out paragraphs of training/paragraphs, scored alike
re3d        mentions on every sixth document of re3d, which training leaves out (`score_ner.py`)
syntax      POS, UAS and LAS on EWT and GUM, development parts (`score_dep.py`)
factuality  UDS-IH2, development part (`score_factuality.py`)
combined    attributions by the rules, by the reader, and by both together
speed       start-up and documents of 500 words a second on one core

The data are not part of this repository; see `score_claims.py` for where they are looked for.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from firsthand.model.claim import Attribution, Entity
from firsthand.model.record import Range
from firsthand.nlp.onnx_words import FIRST, GLUED, SPACED, Cut
from firsthand.nlp.reader import Mention, Said
from firsthand.nlp.reader_onnx import OnnxReader, ReaderLayers
from firsthand.nlp.sentences import sentence_spans
from score_claims import ROOT, SHARED, pairs, plain, read_text, rows, scored

sys.path.insert(0, str(ROOT / "training"))
PLACES = {"GPE": "LOC", "FAC": "LOC"}
RE3D = {"PERSON": "Person", "ORGANISATION": "Organisation", "LOCATION": "Location",
        "WEAPON": "Weapon", "PLATFORM": "MilitaryPlatform", "QUANTITY": "Quantity",
        "TIME": "Temporal", "NATIONALITY": "Nationality", "MONEY": "Money"}  # fmt: skip
RE3D_HELD_OUT = 6
MIN_CONFIDENCE = 0.5


def layers(text: str, *, trim: bool = False) -> ReaderLayers:
    """What the reader makes of a plain text; untrimmed parts are as the treebanks mark them."""
    _, _, segments = plain(text)
    spans = [Range(start=s.start, end=s.end) for s in segments.sentences]
    quotations = [Range(start=q.start, end=q.end) for q in segments.quotations]
    return OnnxReader(trim=trim).annotate(text, spans, quotations)


def pretokenized(forms: Sequence[str], offsets: Sequence[Sequence[int]]) -> Cut:
    """A sentence in the words of its treebank."""
    stands = [FIRST] + [GLUED if a[1] >= b[0] else SPACED for a, b in pairwise(offsets)]
    begins, ends = zip(*offsets, strict=True)
    return Cut(tuple(forms), begins, ends, tuple(stands))


def attribution(said: Sequence[Said | Attribution]) -> list[dict[str, Any]]:
    """Attributions in the scorer's form."""
    return [
        {"source": pairs(s.source), "cue": pairs(s.cue), "content": pairs(s.content)} for s in said
    ]


def brief(gold: Path, predicted: list[dict[str, Any]]) -> Any:
    """The attribution scorer's figures that the targets name."""
    found = scored("score_attribution", gold, predicted)
    kept = {r: {m: found[r][m]["f1"] for m in ("exact", "overlap", "char")}
            for r in ("source", "cue", "content")}  # fmt: skip
    kept |= {k: found[k]["f1"] for k in ("rel_strict", "rel_soft", "rel_found")}
    return kept | {k: found[k] for k in ("n_gold", "n_pred")}


def gum() -> Any:
    """Attributions on GUM, over all genres and over news alone."""
    gold = SHARED / "data/attribution/gum_discourse.dev.jsonl"
    documents = rows(gold)
    made = [
        {"doc_id": d["doc_id"], "attributions": attribution(layers(d["text"]).said or ())}
        for d in documents
    ]
    news = [d for d in documents if d["genre"] == "news"]
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "news.jsonl"
        part.write_text("".join(json.dumps(d) + "\n" for d in news), encoding="utf-8")
        return {"all": brief(gold, made), "news": brief(part, made)}


def factappeal() -> Any:
    """Contents as appeals and sources as sources."""
    gold = SHARED / "data/attribution/factappeal.dev.jsonl"
    predicted = []
    for row in rows(gold):
        spans = []
        for said in layers(row["text"]).said or ():
            for tag, parts in (("Fact_Appeal", said.content), ("Source", said.source)):
                spans += [
                    {"start": p.start, "end": p.end, "tag": tag, "modifiers": []} for p in parts
                ]
        predicted.append({"id": row["id"], "spans": spans})
    found = scored("score_factappeal", gold, predicted)
    return {k: found["char_per_tag"].get(k) for k in ("Fact_Appeal", "Source")}


def wikigold() -> Any:
    """Names by the reader on the set's own words, and by the rules on its text."""
    gold = SHARED / "data/entities/wikigold.dev.jsonl"
    reader, rules = [], []
    for row in rows(gold):
        found = OnnxReader().read([pretokenized(row["tokens"], row["offsets"])])
        reader.append({"id": row["id"], "entities": named(found.mentions or ())})
        names = [r for r in read_text(row["text"], "rules") if isinstance(r, Entity)]
        rules.append({"id": row["id"], "entities": named(names)})
    three = ("--only", "PER,ORG,LOC")
    return {
        "reader": entity_figures(gold, reader, *three),
        "rules": entity_figures(gold, rules, *three),
    }


def named(found: Sequence[Mention | Entity]) -> list[dict[str, Any]]:
    """Names in the scorer's form, every kind of place as LOC."""
    return [{"start": m.start, "end": m.end, "type": PLACES.get(m.label, m.label)} for m in found]


def re3d() -> Any:
    """Mentions on the held-out documents; all types, and persons, organisations, places alone."""
    held = rows(SHARED / "data/entities/re3d.train.jsonl")[::RE3D_HELD_OUT]
    predicted = []
    for row in held:
        found = layers(row["text"]).nouns
        entities = [{"start": n.start, "end": n.end, "type": RE3D[n.type]} for n in found]
        predicted.append({"doc_id": row["doc_id"], "entities": entities})
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "gold.jsonl"
        gold.write_text("".join(json.dumps(d) + "\n" for d in held), encoding="utf-8")
        least = ("--min-conf", str(MIN_CONFIDENCE))
        return {
            "all": entity_figures(gold, predicted, *least),
            "three": entity_figures(gold, predicted, *least, "--only", "Person,Organisation,Location"),
        }  # fmt: skip


def entity_figures(gold: Path, predicted: list[dict[str, Any]], *options: str) -> Any:
    """Micro figures and F1 by type."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.writelines(json.dumps(row) + "\n" for row in predicted)
        file.flush()
        command = [sys.executable, "score_ner.py", str(gold), file.name, *options]
        folder = SHARED / "data/score"
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    kinds = {k: v["f1"] for k, v in found["per_type"].items()}
    micro = {k: found["micro"][k] for k in ("p", "r", "f1")}
    return {"micro": micro, "untyped": found["untyped"]["f1"], "types": kinds}


def syntax() -> Any:
    """Tags and arcs on the treebanks' own words, sentence by sentence."""
    made = {}
    for name in ("ewt", "gum"):
        gold = SHARED / f"data/treebank/{name}.dev.jsonl"
        predicted = []
        for row in rows(gold):
            words = OnnxReader().read([pretokenized(row["forms"], row["offsets"])]).words
            short = len(row["forms"]) - len(words)
            predicted.append({
                "sent_id": row["sent_id"], "xpos": row["xpos"], "lemmas": row["lemmas"],
                "upos": [w.tag for w in words] + ["X"] * short,
                "heads": [0 if w.head is None else w.head + 1 for w in words] + [0] * short,
                "deprels": [w.relation or "dep" for w in words] + ["dep"] * short,
            })  # fmt: skip
        found = scored("score_dep", gold, predicted)
        made[name] = {k: found[k] for k in ("UPOS", "UAS", "LAS")}
    return made


def factuality() -> Any:
    """Factuality at the set's events."""
    gold = SHARED / "data/factuality/uds_ih2.dev.jsonl"
    predicted = []
    for row in rows(gold):
        tokens = row["text"].split(" ")
        offsets, at = [], 0
        for token in tokens:
            offsets.append([at, at + len(token)])
            at += len(token) + 1
        found = OnnxReader().read([pretokenized(tokens, offsets)]).factuality
        events = [
            {"factuality": found[e["tok"][0]] if e["tok"][0] < len(found) else 0.0}
            for e in row["events"]
        ]
        predicted.append({"events": events})
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.writelines(json.dumps(row) + "\n" for row in predicted)
        file.flush()
        command = [sys.executable, "score_factuality.py", str(gold), file.name]
        folder = SHARED / "data/score"
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.replace("'", '"'))


def own() -> Any:
    """Names of our held-out paragraphs, by the reader and by the rules."""
    from paragraphs import held_out, read_all  # noqa: PLC0415 - lives beside the training code

    labels = {"PER", "ORG", "GPE", "LOC", "FAC", "NORP"}
    kept = [p for p in read_all() if held_out(p.name)]
    reader, rules, gold = [], [], []
    for p in kept:
        spans = [(a, b, t) for a, b, t in p.entities if t in labels]
        entities = [{"start": a, "end": b, "type": PLACES.get(t, t)} for a, b, t in spans]
        gold.append({"id": p.name, "entities": entities})
        reader.append({"id": p.name, "entities": named(layers(p.text).mentions or ())})
        names = [r for r in read_text(p.text, "rules") if isinstance(r, Entity)]
        rules.append({"id": p.name, "entities": named(names)})
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "gold.jsonl"
        file.write_text("".join(json.dumps(d) + "\n" for d in gold), encoding="utf-8")
        three = ("--only", "PER,ORG,LOC")
        return {
            "reader": entity_figures(file, reader, *three),
            "rules": entity_figures(file, rules, *three),
        }


def combined() -> Any:
    """Attributions by the rules, by the reader, and by one filled up with the other's cues."""
    from paragraphs import held_out, read_all  # noqa: PLC0415 - lives beside the training code

    documents = rows(SHARED / "data/attribution/gum_discourse.dev.jsonl")
    paragraphs = [
        {"doc_id": p.name, "text": p.text, "attributions": p.attributions}
        for p in read_all()
        if held_out(p.name)
    ]
    news = [d for d in documents if d["genre"] == "news"]
    return {
        "gum": ways(documents),
        "gum_news": ways(news),
        "own": ways(paragraphs, trim=True),
    }


def ways(documents: list[dict[str, Any]], *, trim: bool = False) -> Any:
    """Figures of each way of combining on some documents."""
    made: dict[str, list[dict[str, Any]]] = {}
    for d in documents:
        rules = attribution(
            [r for r in read_text(d["text"], "rules") if isinstance(r, Attribution)]
        )
        reader = attribution(layers(d["text"], trim=trim).said or ())
        found = {
            "rules": rules,
            "reader": reader,
            "reader_then_rules": reader + [a for a in rules if not met(a, reader)],
            "rules_then_reader": rules + [a for a in reader if not met(a, rules)],
            "both": [a for a in reader if met(a, rules)],
        }
        for way, attributions in found.items():
            row = {"doc_id": d["doc_id"], "attributions": attributions}
            made.setdefault(way, []).append(row)
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "gold.jsonl"
        gold.write_text("".join(json.dumps(d) + "\n" for d in documents), encoding="utf-8")
        return {way: short(brief(gold, rows_)) for way, rows_ in made.items()}


def met(one: dict[str, Any], others: list[dict[str, Any]]) -> bool:
    """Whether an attribution shares a word of its cue, or without cues of its content."""
    part = "cue" if one["cue"] else "content"
    return any(a < d and c < b for a, b in one[part] for other in others for c, d in other[part])


def short(found: dict[str, Any]) -> dict[str, Any]:
    """Overlap of the three parts and the relation figures."""
    made = {role: found[role]["overlap"] for role in ("source", "cue", "content")}
    return made | {k: found[k] for k in ("rel_strict", "rel_soft", "rel_found", "n_gold", "n_pred")}


def speed() -> Any:
    """Processor time of names and attributions: start-up, and documents a second."""
    start = time.process_time()
    layers("The mayor said the bridge had fallen.")
    opened = time.process_time() - start
    texts = [r["text"] for r in rows(SHARED / "data/attribution/gum_discourse.dev.jsonl")]
    reader = OnnxReader(whole=False)
    words = " ".join(texts).split()
    documents = [" ".join(words[i : i + 500]) for i in range(0, 10_000, 500)]
    spans = [
        [Range(start=a, end=b) for a, b in sentence_spans(t, 0, len(t), "en")] for t in documents
    ]
    start = time.process_time()
    for text, sentences in zip(documents, spans, strict=True):
        reader.annotate(text, sentences)
    took = time.process_time() - start
    return {"start_up_s": round(opened, 2), "documents_per_s": round(len(documents) / took, 2)}


# Speed comes first: after any other part the network is open already.
PARTS = {"speed": speed, "gum": gum, "factappeal": factappeal, "wikigold": wikigold, "re3d": re3d,
         "syntax": syntax, "factuality": factuality, "own": own, "combined": combined}  # fmt: skip

if __name__ == "__main__":
    chosen = sys.argv[1:] or list(PARTS)
    print(json.dumps({name: PARTS[name]() for name in chosen}, indent=1))
