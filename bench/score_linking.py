"""Scores what link puts together on public sets: mentions of events, and bodies of one rumour.

    python bench/score_linking.py ecb [ROWS.jsonl] [--pairs OUT]
    python bench/score_linking.py rumours [BODIES.jsonl] [--labels LABELS.json]

ecb      Event coreference across documents (ECB+, the development part unless ROWS is given). A
         page is made of the annotated sentences of each document, all pages go into one project,
         and the pipeline runs. A mention takes the event of the shortest claim that covers it and
         stands in one; a mention that none covers stands alone. `covered` is the share of
         mentions that a claim with an event covers; `conll_f1` and the rest are the scorer's.
rumours  Real news bodies on some two hundred rumours. Two of them are linked where an event holds
         claims of both, or one is derived from the other, or both from one report. `linked` is
         over pairs so linked, `groups` over what they make when links are followed. The rumour of
         a body is read from its row (`rumour`, `label` or `topic`), or from LABELS.json,
         {body id: rumour}; bodies without one are run and not scored.

Both use `coref_score.py` of the shared folder, which needs numpy and scipy: it is run with the
interpreter that FIRSTHAND_SCORER names, else `python3`. The data are looked for in ../shared
beside the repository, or in the folder that FIRSTHAND_SHARED names; nothing of them is kept.
"""

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from firsthand import intake
from firsthand.intake import Custody
from firsthand.pipeline import run
from firsthand.publish.edition import connect
from firsthand.publish.export import EXPORTS
from firsthand.store.project import create

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("FIRSTHAND_SHARED", ROOT.parent / "shared"))
SCORER = os.environ.get("FIRSTHAND_SCORER", "python3")
CUSTODY = Custody(at="2031-01-01T00:00:00+00:00", by="bench")
LABELS = ("rumour", "label", "topic")
GLUED = frozenset(".,;:!?)]}'%")
"""Tokens before which no space is written."""

Row = dict[str, Any]
Tables = dict[str, list[Row]]
Pair = tuple[str, str]


def rows(path: Path) -> list[Row]:
    """The rows of a JSON lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def sentence(tokens: Iterable[str]) -> str:
    """Tokens as running text."""
    text = ""
    for word in tokens:
        text += word if not text or word[0] in GLUED or word == "n't" else f" {word}"
    return text


def tables_of(texts: dict[str, str], folder: Path) -> Tables:
    """Every export of a project whose pages are these texts, by file name."""
    pages = folder / "pages"
    pages.mkdir()
    for name, text in texts.items():
        (pages / name).write_text(text, encoding="utf-8")
    project = create(folder / "project")
    intake.add(project, [pages], CUSTODY)
    run(project)
    with closing(connect(project.edition)) as db:
        return {table: list(found(db)) for table, found in EXPORTS.items()}


def coref_scores(gold: dict[str, str], found: dict[str, str]) -> Row:
    """What the shared scorer prints for two clusterings."""
    with tempfile.TemporaryDirectory(prefix="firsthand-bench-") as name:
        files = [Path(name) / "gold.json", Path(name) / "found.json"]
        for path, clusters in zip(files, (gold, found), strict=True):
            path.write_text(json.dumps(clusters), encoding="utf-8")
        command = [SCORER, str(SHARED / "data" / "score" / "coref_score.py"), *map(str, files)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    scores: Row = json.loads(done.stdout)
    return scores


# mentions of events


def file_of(document: str) -> str:
    """The file of a document's page."""
    return f"{document}.txt"


def text_of(row: Row) -> str:
    """The annotated sentences of a document as a page."""
    return "\n\n".join(sentence(s["tokens"]) for s in row["sentences"]) + "\n"


def spans_of(row: Row, text: str) -> dict[str, tuple[int, int]]:
    """Mention to the characters of the page from its first to its last token.

    Tokens are found in order, so the page may have other white space than was written.
    """
    at = 0
    places: dict[tuple[int, int], tuple[int, int]] = {}
    for one in row["sentences"]:
        for number, token in enumerate(one["tokens"]):
            begin = text.find(token, at)
            if begin < 0:
                continue
            at = begin + len(token)
            places[one["sent_id"], number] = (begin, at)
    found = {}
    for event in row["events"]:
        spans = [
            places[event["sent_id"], n] for n in event["tokens"] if (event["sent_id"], n) in places
        ]
        if spans:
            found[mention_of(row, event)] = (spans[0][0], spans[-1][1])
    return found


def mention_of(row: Row, event: Row) -> str:
    """The key of a mention, as the shipped clusters have it."""
    return f"{row['doc_id']}|{event['sent_id']}|{'-'.join(map(str, event['tokens']))}"


def events_of_mentions(data: Iterable[Row], tables: Tables) -> dict[str, str]:
    """Mention to the event of the shortest claim that covers it and stands in one."""
    pages = {page["source"].rsplit("/", 1)[-1]: page for page in tables["pages"]}
    homes = {d["document_id"]: d["page_id"] for d in tables["documents"]}
    claims: dict[str, list[tuple[int, str, list[tuple[int, int]]]]] = defaultdict(list)
    for claim in tables["claims"]:
        if claim["event_id"] is not None:
            spans = [(s["start"], s["end"]) for s in claim["evidence"]]
            size = sum(end - start for start, end in spans)
            claims[homes[claim["document_id"]]].append((size, claim["event_id"], spans))
    found = {}
    for row in data:
        page = pages[file_of(row["doc_id"])]
        ordered = sorted(claims[page["page_id"]])
        for mention, (start, end) in spans_of(row, page["text"]).items():
            for _, event, spans in ordered:
                if any(low <= start and end <= high for low, high in spans):
                    found[mention] = event
                    break
    return found


def score_ecb(path: Path, pairs: Path | None) -> Row:
    """Figures on event coreference."""
    data = rows(path)
    gold = {mention_of(row, e): e["chain"] for row in data for e in row["events"]}
    with tempfile.TemporaryDirectory(prefix="firsthand-bench-") as name:
        tables = tables_of({file_of(row["doc_id"]): text_of(row) for row in data}, Path(name))
    found = events_of_mentions(data, tables)
    if pairs is not None:
        pairs.write_text(json.dumps(found, indent=0), encoding="utf-8")
    covered = round(len(found) / len(gold), 3)
    return {"mentions": len(gold), "covered": covered, **coref_scores(gold, found)}


# bodies of one rumour


def linked_bodies(tables: Tables) -> set[Pair]:
    """Pairs of bodies, by file stem, that share an event or a derivation."""
    pages = {p["page_id"]: Path(p["source"]).stem for p in tables["pages"]}
    body = {d["document_id"]: pages[d["page_id"]] for d in tables["documents"]}
    groups: dict[str, set[str]] = defaultdict(set)
    for claim in tables["claims"]:
        if claim["event_id"] is not None:
            groups[claim["event_id"]].add(body[claim["document_id"]])
    nodes = {n["node_id"]: n for n in tables["nodes"] if n["kind"] in ("document", "report")}
    for row in tables["derivations"]:
        if row["status"] == "active" and row["derived"] in nodes and row["source"] in nodes:
            for name in (row["derived"], row["source"]):
                document = nodes[name].get("document_id")
                if document in body:
                    groups[f"from {row['source']}"].add(body[document])
    return {pair for group in groups.values() for pair in itertools.combinations(sorted(group), 2)}


def groups_of(names: Collection[str], linked: Iterable[Pair]) -> dict[str, str]:
    """Each name with the smallest of those that links lead to."""
    parent = {name: name for name in names}

    def find(name: str) -> str:
        while parent[name] != name:
            name = parent[name] = parent[parent[name]]
        return name

    for one, other in linked:
        low, high = sorted((find(one), find(other)))
        parent[high] = low
    return {name: find(name) for name in names}


def labels_of(data: Iterable[Row], labels: Path | None) -> dict[str, str]:
    """The rumour of each body that has one, by file stem."""
    if labels is not None:
        known = json.loads(labels.read_text(encoding="utf-8"))
        return {stem(name): str(rumour) for name, rumour in known.items()}
    return {
        stem(row["id"]): str(row[name])
        for row in data
        for name in LABELS
        if row.get(name) is not None
    }


def stem(name: str) -> str:
    """A body's file name without its ending."""
    return name.replace(":", "_")


def score_pairs(gold: dict[str, str], linked: Iterable[Pair]) -> Row:
    """Precision and recall over pairs of bodies with a rumour."""
    found = {pair for pair in linked if pair[0] in gold and pair[1] in gold}
    sizes: dict[str, int] = defaultdict(int)
    for rumour in gold.values():
        sizes[rumour] += 1
    should = sum(size * (size - 1) // 2 for size in sizes.values())
    hits = sum(gold[one] == gold[other] for one, other in found)
    p, r = hits / max(len(found), 1), hits / max(should, 1)
    return {"p": round(p, 3), "r": round(r, 3), "f1": round(2 * p * r / (p + r or 1), 3)}


def score_rumours(path: Path, labels: Path | None) -> Row:
    """Figures on bodies of one rumour."""
    data = rows(path)
    gold = labels_of(data, labels)
    with tempfile.TemporaryDirectory(prefix="firsthand-bench-") as name:
        texts = {f"{stem(row['id'])}.txt": row["text"] for row in data}
        linked = linked_bodies(tables_of(texts, Path(name)))
    if not gold:
        return {"bodies": len(data), "linked_pairs": len(linked), "scored": "no body has a rumour"}
    groups = groups_of({stem(row["id"]) for row in data}, linked)
    return {
        "bodies": len(data),
        "scored": len(gold),
        "linked": score_pairs(gold, linked),
        "groups": coref_scores(gold, {name: groups[name] for name in gold})["pairwise"],
    }


def flat(value: Row, name: str = "") -> Iterator[tuple[str, Any]]:
    """Figures with dotted names; precision, recall and F1 of a list by name."""
    for key, inner in value.items():
        full = f"{name}.{key}" if name else key
        if isinstance(inner, list):
            yield from flat(dict(zip(("p", "r", "f1"), inner, strict=True)), full)
        elif isinstance(inner, dict):
            yield from flat(inner, full)
        else:
            yield full, inner


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("ecb", "rumours"))
    parser.add_argument("rows", nargs="?", type=Path)
    parser.add_argument("--pairs", type=Path, help="write each mention's event here")
    parser.add_argument("--labels", type=Path, help="the rumour of each body")
    given = parser.parse_args()
    scores: dict[str, Callable[[], Row]] = {
        "ecb": lambda: score_ecb(
            given.rows or SHARED / "data" / "linking" / "ecbplus.dev.jsonl", given.pairs
        ),
        "rumours": lambda: score_rumours(
            given.rows or SHARED / "data" / "reuse" / "news_bodies.jsonl", given.labels
        ),
    }
    for name, value in flat(scores[given.what]()):
        sys.stdout.write(f"{name:<20} {value}\n")


if __name__ == "__main__":
    main()
