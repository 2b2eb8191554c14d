"""Turns the open sets into training windows: words, shapes and whichever layers a set has.

python training/data.py SHARED_DATA OUT_FOLDER
"""

# Run by hand, never imported by the package: types, seeds and messages may be plain.
# ruff: noqa: ANN001, ANN201, B905, D103, RUF007, S311

import json
import random
import re
import sys
from collections import defaultdict
from dataclasses import replace
from functools import partial
from pathlib import Path

import conventions
import labels
import paragraphs
import swaps

from firsthand.nlp.onnx_words import FIRST, GLUED, SPACED, cut, shape
from firsthand.nlp.sentences import sentence_spans

CUE_WORD = re.compile(
    r"(?:sa(?:y|id)|t(?:ell|old)|report|claim|add|announc|stat(?:e|ed|es|ing)$|warn|insist|not(?:e|ed|es)$"
    r"|explain|confirm|den(?:y|ied|ies)|alleg|accus|argu|conced|suggest|reveal|wr(?:ote|ites?)|writ"
    r"|declar|acknowledg|admit|predict|recall|found|shows?$|according|estimat|believ|complain|tweet"
    r"|testif|contend|assert|indicat|caution|describ|post(?:ed|s)$|repl|respond|ask|call|hear|learn)"
)
"""Words that can be the cue of an annotated source and content where the set marks no cue."""
EVENT_FILES = "ev"
"""How the names of paragraphs begin whose events are marked."""
RE3D_HELD_OUT = 6
"""Every sixth document of re3d is kept for measuring: the set has no development part."""


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def window(words, stands, sentences, origin):
    """A window without layers; `sentences` gives each word's sentence."""
    return {
        "words": words,
        "stands": stands,
        "sents": sentences,
        "origin": origin,
        "shapes": [shape(w) for w in words],
    }


def cut_text(text):
    """A text's sentences as words by the reader's own rules: one flat list with offsets."""
    words, begins, ends, stands, sentences = [], [], [], [], []
    for number, (start, end) in enumerate(sentence_spans(text, 0, len(text), "en")):
        one = cut(text, start, end, 400)
        words += one.texts
        begins += one.begins
        ends += one.ends
        stands += one.stands
        sentences += [number] * len(one)
    return words, begins, ends, stands, sentences


def covered(begins, ends, start, end):
    """Indices of the words that overlap a span."""
    return [i for i, (a, b) in enumerate(zip(begins, ends)) if a < end and b > start]


def named(count, spans, begins, ends):
    """Tag sets per word from (start, end, [labels]); each word's list holds what is allowed.

    None leaves a word out of the loss.
    """
    tags = [["O"]] * count
    for start, end, allowed in sorted(spans, key=lambda s: s[0] - s[1]):
        inside = covered(begins, ends, start, end)
        if not inside or any(tags[i] != ["O"] for i in inside):
            continue
        for place, i in enumerate(inside):
            tags[i] = [f"{'I' if place else 'B'}-{label}" for label in allowed] or None
    return tags


def settle(text, allowed, countries):
    """Narrows a place's possible kinds by its words and by the list of states and capitals."""
    if not {"GPE", "FAC"} <= set(allowed):
        return allowed
    words = text.lower().replace(",", " ").split()
    if not words:
        return allowed
    if words[-1] in labels.FACILITY or words[0] in labels.FACILITY:
        return ["FAC"]
    if words[-1] in labels.NATURE or words[0] in labels.NATURE:
        return ["LOC"]
    if text.lower().removeprefix("the ") in countries:
        return ["GPE"]
    return ["GPE", "LOC"]


def treebank(data, part, countries):
    """EWT with factuality, GUM with names and attributions, as sentences grouped by document."""
    fact = {}
    for row in rows(data / f"factuality/uds_ih2.{part}.jsonl"):
        fact[row["text"]] = {e["tok"][0]: e["factuality"] for e in row["events"]}
    entities = {r["id"]: r for r in rows(data / f"entities/gum_entities.{part}.jsonl")}
    said = {r["doc_id"]: r for r in rows(data / f"attribution/gum_discourse.{part}.jsonl")}
    documents = defaultdict(list)
    for name in ("ewt", "gum"):
        for row in rows(data / f"treebank/{name}.{part}.jsonl"):
            one = syntax(row, name)
            joined = " ".join(row["forms"])
            if joined in fact:
                one["fact"] = fact[joined]
            if row["sent_id"] in entities:
                one["names"] = gum_names(row, entities[row["sent_id"]], countries)
            documents[row["doc_id"]].append(one)
    for doc_id, sentences in documents.items():
        if doc_id in said:
            attach(sentences, said[doc_id])
    return documents


def parted(forms, offsets):
    """Offsets with the words of one written token ("don't") set apart by their lengths."""
    found = [list(o) for o in offsets]
    for i in range(1, len(found)):
        if found[i][0] < found[i - 1][1]:
            cut_at = min(found[i - 1][0] + len(forms[i - 1]), found[i][1] - 1)
            found[i - 1][1] = found[i][0] = max(cut_at, found[i - 1][0] + 1)
    return found


def syntax(row, name):
    offsets = row["offsets"] = parted(row["forms"], row["offsets"])
    stands = [FIRST] + [GLUED if a[1] >= b[0] else SPACED for a, b in zip(offsets, offsets[1:])]
    one = window(row["forms"], stands, [0] * len(offsets), name)
    one["upos"], one["heads"] = row["upos"], [h - 1 for h in row["heads"]]
    one["rels"] = [r.split(":")[0] for r in row["deprels"]]
    one["offsets"], one["text"], one["sent_id"] = offsets, row["text"], row["sent_id"]
    return one


def gum_names(row, entities, countries):
    """GUM's named mentions cut down to the proper name around their head."""
    spans = []
    upos, offsets = row["upos"], row["offsets"]
    for e in entities["entities"]:
        inside = covered(*zip(*offsets), e["start"], e["end"])
        if not e["named"] or not inside:
            continue
        proper = [i for i in inside if upos[i] == "PROPN"]
        if not proper:
            spans.append((e["start"], e["end"], []))
            continue
        first = proper[0]
        last = first
        while last + 1 <= inside[-1] and (
            upos[last + 1] == "PROPN"
            or (
                last + 2 <= inside[-1]
                and upos[last + 2] == "PROPN"
                and row["forms"][last + 1].lower()
                in ("of", "the", "and", "-", "&", "for", "de", "'s")
            )
        ):
            last += 1
        if e["type"] == "person":
            first = conventions.without_titles(row["forms"], first, last)
            if all(map(conventions.titled, row["forms"][first : last + 1])):
                continue
        start, end = offsets[first][0], offsets[last][1]
        allowed = conventions.people(row["text"][start:end], labels.GUM[e["type"]])
        if e["type"] == "organization" and row["text"][start:end].lower() in countries:
            allowed = ["GPE"]
        spans.append((start, end, settle(row["text"][start:end], allowed, countries)))
    return named(
        len(offsets),
        [s for s in spans if s[2]] + [s for s in spans if not s[2]],
        [o[0] for o in offsets],
        [o[1] for o in offsets],
    )


def attach(sentences, document):
    """Gives a document's sentences their attributions; spans are shared out by sentence."""
    text, at, base = document["text"], 0, 0
    for one in sentences:
        start = text.index(one["text"], at)
        at = start + len(one["text"])
        one["base"] = base
        one["at"] = [[a + start, b + start] for a, b in one["offsets"]]
        base += len(one["words"])
    begins = [a for one in sentences for a, _ in one["at"]]
    ends = [b for one in sentences for _, b in one["at"]]
    upos = [u for one in sentences for u in one["upos"]]
    found = []
    for a in document["attributions"]:
        roles = {
            r: [i for s in a[r] for i in covered(begins, ends, *s)]
            for r in ("source", "cue", "content")
        }
        if not roles["cue"]:
            clause = [i for s in a["clause"] for i in covered(begins, ends, *s)]
            verbs = [i for i in clause if upos[i] == "VERB" and i not in roles["source"]]
            roles["cue"] = verbs[-1:]
        found.append(roles)
    sentences[0]["said"] = found
    for one in sentences:
        one["has_said"] = True


def grouped(documents, size, rng, origin_single):
    """Windows of consecutive sentences up to `size` words; a share of a set stays single."""
    made = []
    for sentences in documents.values():
        said = sentences[0].get("said", [])
        run, limit = [], size
        for one in sentences:
            if run and sum(len(s["words"]) for s in run) + len(one["words"]) > limit:
                made.append(join(run, said))
                run, limit = [], rng.choice((1, size // 2, size)) if origin_single else size
            run.append(one)
        made.append(join(run, said))
    return made


def join(run, said):
    """One window of some sentences with all their layers."""
    whole = {
        k: [x for one in run for x in one[k]] for k in ("words", "stands", "shapes", "upos", "rels")
    }
    whole["origin"] = run[0]["origin"]
    whole["sents"] = [n for n, one in enumerate(run) for _ in one["words"]]
    heads, fact, start = [], {}, 0
    for one in run:
        heads += [h + start if h >= 0 else -1 for h in one["heads"]]
        fact |= {str(start + int(i)): v for i, v in one.get("fact", {}).items()}
        start += len(one["words"])
    whole["heads"] = heads
    if fact:
        whole["fact"] = fact
    if "names" in run[0]:
        whole["names"] = [t for one in run for t in one["names"]]
    if "has_said" in run[0]:
        base, count = run[0]["base"], len(whole["words"])
        local = [
            {r: [i - base for i in idx if 0 <= i - base < count] for r, idx in a.items()}
            for a in said
        ]
        tag_said(
            whole,
            [
                a
                for a, b in zip(local, said)
                if a["cue"]
                or (a["source"] and not b["cue"])
                or (a["content"] and not b["cue"] and not b["source"])
            ],
        )
    return whole


def runs(indices):
    """Maximal runs of consecutive indices."""
    found = []
    for i in sorted(set(indices)):
        if found and found[-1][-1] == i - 1:
            found[-1].append(i)
        else:
            found.append([i])
    return found


def tag_said(one, attributions):
    """Cue tags of a window and, for each anchor, the role of every word."""
    count = len(one["words"])
    cues, anchors = ["O"] * count, {}
    for a in attributions:
        if a["cue"]:
            for run in runs(a["cue"])[:1]:
                anchor = run[0]
                for i in run:
                    cues[i] = "B" if i == anchor else "I"
        else:
            anchor = min(a["source"] or a["content"])
            cues[anchor] = "A" if cues[anchor] == "O" else cues[anchor]
        tags = anchors.setdefault(anchor, ["O"] * count)
        for role in ("content", "source"):
            for run in runs(a[role]):
                for i in run:
                    tags[i] = f"{'B' if i == run[0] else 'I'}-{role.upper()}"
    one["cues"] = cues
    one["anchors"] = {str(k): v for k, v in anchors.items()}


def from_text(text, origin):
    words, begins, ends, stands, sentences = cut_text(text)
    one = window(words, stands, sentences, origin)
    return one, begins, ends


def factappeal(data, part):
    """FactAppeal sentences: appeals as attributions with a cue found between the parts."""
    made = []
    for row in rows(data / f"attribution/factappeal.{part}.jsonl"):
        one, begins, ends = from_text(row["text"], "factappeal")
        if not one["words"]:
            continue
        spans = {
            tag: [
                covered(begins, ends, s["start"], s["end"]) for s in row["spans"] if s["tag"] == tag
            ]
            for tag in ("Source", "Fact_Appeal", "Source_Attribute")
        }
        cues = [i for i, w in enumerate(one["words"]) if CUE_WORD.match(w.lower())]
        sources, contents = spans["Source"], spans["Fact_Appeal"]
        inside = {i for group in sources + contents for i in group}
        free = [i for i in cues if i not in inside]
        if not contents:
            if not cues and not any(w in '"“”' for w in one["words"]):
                tag_said(one, [])
                made.append(one)
            continue
        if len(sources) != 1:
            continue
        anchor = min(free, key=lambda i: abs(i - sources[0][-1])) if free else None
        if anchor is None:
            continue
        cue = [anchor]
        if one["words"][anchor].lower() == "according":
            cue.append(anchor + 1)
        content = [i for group in contents for i in group]
        tag_said(one, [{"source": sources[0], "cue": cue, "content": content}])
        # What the set does not mark is unknown, not absent: a nested or second cue is left out.
        one["cues"] = [None if c == "O" and i in cues else c for i, c in enumerate(one["cues"])]
        made.append(one)
    return made


def wikigold_kinds(entity, countries):
    """The labels that a name of WikiGold may have."""
    allowed = conventions.people(entity["text"], labels.WIKIGOLD[entity["type"]])
    return settle(entity["text"], allowed, countries)


def wikigold(data, part, countries):
    made = []
    for row in rows(data / f"entities/wikigold.{part}.jsonl"):
        begins, ends = zip(*row["offsets"])
        stands = [FIRST] + [SPACED] * (len(begins) - 1)
        one = window(row["tokens"], stands, [0] * len(begins), "wikigold")
        one["names"] = named(
            len(begins),
            [(e["start"], e["end"], wikigold_kinds(e, countries)) for e in row["entities"]],
            begins,
            ends,
        )
        made.append(one)
    return made


RE3D_NAMES = {"Person": ["PER"], "Organisation": ["ORG"], "Location": ["GPE", "LOC", "FAC"]}
"""Mentions of re3d whose proper part is a name."""


def re3d_kinds(kind, countries, text):
    """The labels that a name of re3d may have; what a state does is told of a place here."""
    if kind == "Organisation" and text.lower() in countries:
        return ["GPE"]
    return settle(text, RE3D_NAMES[kind], countries)


def re3d(data, part, countries):
    """re3d by paragraph; each sixth document is the development part."""
    made = []
    for number, row in enumerate(rows(data / "entities/re3d.train.jsonl")):
        if (number % RE3D_HELD_OUT == 0) != (part == "dev"):
            continue
        spans = [
            (e["start"], e["end"], [labels.RE3D[e["type"]]])
            for e in row["entities"]
            if e["type"] in labels.RE3D and e["confidence"] >= labels.RE3D_MIN_CONFIDENCE
        ]
        words, begins, ends, stands, sentences = cut_text(row["text"])
        tags = named(len(words), spans, begins, ends)
        nouns = [
            (
                covered(begins, ends, e["start"], e["end"]),
                e["type"] == "Person",
                partial(re3d_kinds, e["type"], countries),
            )
            for e in row["entities"]
            if e["type"] in RE3D_NAMES and e["confidence"] >= labels.RE3D_MIN_CONFIDENCE
        ]
        names = conventions.re3d_names(words, [n for n in nouns if n[0]], sentences)
        for a, b in chunks(sentences, 90):
            one = window(
                words[a:b], stands[a:b], [s - sentences[a] for s in sentences[a:b]], "re3d"
            )
            one["mentions"], one["names"] = tags[a:b], names[a:b]
            made.append(one)
    return made


def chunks(sentences, size):
    """Ranges of whole sentences of at most `size` words, or one longer sentence."""
    start, found = 0, []
    for i in range(1, len(sentences) + 1):
        if i == len(sentences) or (sentences[i] != sentences[i - 1] and i - start > size // 2):
            found.append((start, i))
            start = i
    return found


def own(part):
    """The paragraphs written for this reader; every seventh is held out."""
    kept = [p for p in paragraphs.read_all() if paragraphs.held_out(p.name) == (part == "dev")]
    return [written(p, "paragraphs") for p in kept]


def written(p, origin):
    """The window of one paragraph."""
    one, begins, ends = from_text(p.text, origin)
    one["names"] = named(
        len(begins), [(a, b, [t]) for a, b, t in p.entities if t in labels.NAMES], begins, ends
    )
    tag_said(
        one,
        [
            {
                r: [i for s in a[r] for i in covered(begins, ends, *s)]
                for r in ("source", "cue", "content")
            }
            for a in p.attributions
        ],
    )
    if p.name.startswith(EVENT_FILES):
        tag_events(one, p.events, begins, ends)
    one["text"], one["attributions"], one["id"] = p.text, p.attributions, p.name
    return one


def tag_events(one, events, begins, ends):
    """Types of the words that tell events, their moods, and who takes part by event's first word."""
    count = len(begins)
    one["events"], one["moods"], one["parts"] = ["O"] * count, {}, {}
    for event in events:
        told = sorted({i for s in event.trigger for i in covered(begins, ends, *s)})
        told = [i for i in told if one["events"][i] == "O"]
        for i in told:
            one["events"][i] = event.type
            one["moods"][str(i)] = [event.modality, event.polarity]
        if told:
            row = one["parts"][str(told[0])] = ["O"] * count
            for part, start, end in event.roles:
                for i in covered(begins, ends, start, end):
                    row[i] = labels.PART_OF.get(part, part)


def moved(event, move):
    """An event at the places its words have after a swap."""
    return replace(
        event,
        trigger=[[move(a), move(b)] for a, b in event.trigger],
        roles=[(part, move(a), move(b)) for part, a, b in event.roles],
    )


def with_other_names(made):
    """Copies of the paragraphs and of WikiGold with their names swapped, for training only."""
    names = swaps.pools(made)
    wiki = [swaps.swapped_words(one, names, shape) for one in made if one["origin"] == "wikigold"]
    again = []
    for p in paragraphs.read_all():
        if paragraphs.held_out(p.name):
            continue
        text, move = swaps.swapped_text(p.text, p.entities, names)
        if text == p.text:
            continue
        parts = [
            {r: [[move(a), move(b)] for a, b in spans] for r, spans in one.items()}
            for one in p.attributions
        ]
        entities = [(move(a), move(b), t) for a, b, t in p.entities]
        events = [moved(event, move) for event in p.events]
        other = paragraphs.Paragraph(p.name, p.crisis, p.manner, text, parts, entities, events)
        again.append(written(other, "paragraphs-swapped"))
    return [one for one in wiki if one] + again


def countries_and_capitals(root):
    """Lower-case names of states and capitals from the packaged tables."""
    found = set()
    for name in ("countries", "capitals"):
        lines = (root / f"src/firsthand/data/gazetteers/{name}.tsv").read_text("utf-8").splitlines()
        for line in lines:
            if not line.startswith("#"):
                cells = line.split("\t")
                found |= (
                    {a.lower() for a in cells[-1].split("|")}
                    if name == "countries"
                    else {cells[0].lower()}
                )
    for line in (root / "src/firsthand/data/registers/states.tsv").read_text("utf-8").splitlines():
        if line.startswith("state:"):
            found.add(line.split("\t")[1].lower())
    found |= {
        "usa",
        "uk",
        "russia",
        "china",
        "india",
        "france",
        "germany",
        "japan",
        "israel",
        "iran",
        "iraq",
        "syria",
        "turkey",
        "egypt",
        "england",
        "scotland",
        "wales",
        "ireland",
        "australia",
        "canada",
        "mexico",
        "brazil",
        "spain",
        "italy",
        "greece",
        "poland",
        "ukraine",
        "sweden",
        "norway",
        "california",
        "texas",
        "florida",
        "new york",
        "chicago",
        "boston",
        "sydney",
    }
    return found - {""}


def build(data, out, part):
    rng = random.Random(7)
    countries = countries_and_capitals(Path(__file__).parent.parent)
    documents = treebank(data, part, countries)
    made = grouped(documents, 90, rng, part == "train")
    made += factappeal(data, part) + wikigold(data, part, countries)
    made += re3d(data, part, countries) + own(part)
    if part == "train":
        made += with_other_names(made)
    out.mkdir(parents=True, exist_ok=True)
    with (out / f"{part}.jsonl").open("w", encoding="utf-8") as file:
        for one in made:
            file.write(json.dumps(one, ensure_ascii=False) + "\n")
    counts = defaultdict(lambda: [0, 0])
    for one in made:
        counts[one["origin"]][0] += 1
        counts[one["origin"]][1] += len(one["words"])
    print(part, dict(counts))


if __name__ == "__main__":
    for which in ("train", "dev"):
        build(Path(sys.argv[1]), Path(sys.argv[2]), which)
