"""Scores credits, their covers and the voices against the hand annotation of two real pages.

Run: python bench/score_credits.py [--details]
     python bench/generate.py --pages 600 --seed 11 --out pile --format txt --words 300
     python bench/score_credits.py --generated pile
The annotation is read from ../shared beside the repository, or from $FIRSTHAND_SHARED.
Each run prints one JSON line; the committed ones are in score_credits.jsonl.
A credit counts as found where its words overlap a gold credit's by half of the shorter and both
name one source; pairs are one to one. Voices: share of the gold segments' characters with the
gold speaker. Documents are cut as the annotation cuts them, so that only trace is measured;
furniture is the annotation's `boilerplate`. On a generated pile, every credit of its truth must be
found (same words by half, same source); `extra` counts line credits that its truth lacks. Covers
of its excerpts are bounded by what no page shows (where a copied run ends), so IoU is lower there.
"""

import argparse
import json
import os
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from firsthand.model.document import Document, Segments
from firsthand.model.ids import document_id, page_id, sha256
from firsthand.model.lineage import Credit
from firsthand.model.page import Block, Furniture, Page
from firsthand.registry import packaged_registry
from firsthand.segment.stage import segment_document
from firsthand.trace.credit_grammar import all_rules
from firsthand.trace.credits import find_credits
from firsthand.trace.voices import find_voices

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("FIRSTHAND_SHARED", ROOT.parent / "shared"))


@dataclass(frozen=True)
class GoldPage:
    """A page as annotated, with the records that trace reads."""

    name: str
    gold: dict
    page: Page
    documents: list[Document]
    segments: list[Segments]


def plain_page(text: str, source: str, content: bytes, furniture: tuple[Furniture, ...]) -> Page:
    """A page of plain text, a block a line."""
    digest = sha256(content)
    lines = re.finditer(r"[^\r\n]*\S[^\r\n]*", text)
    return Page(
        page_id=page_id(digest, source),
        source=source,
        sha256=digest,
        media_type="text/plain",
        captured_at="",
        text_version=1,
        text=text,
        blocks=tuple(Block(start=m.start(), end=m.end(), path="") for m in lines),
        furniture=furniture,
    )


def plain_document(
    page: Page,
    span: tuple[int, int],
    title: tuple[int, int] | None,
    outlet: str | None,
    number: int,
) -> Document:
    """An article cut as the truth cuts it."""
    start, end = span
    first = page.text[start : start + 40]
    return Document(
        document_id=document_id(page.page_id, number, "", first),
        page_id=page.page_id,
        ordinal=number,
        start=start,
        end=end,
        title=page.text[title[0] : title[1]] if title else None,
        title_start=title[0] if title else None,
        title_end=title[1] if title else None,
        byline=None,
        outlet=outlet,
        outlet_basis=None,
        published=None,
        published_basis=None,
        published_reason="not given",
        dateline=None,
        language="en",
        url=None,
    )


def gold_page(path: Path, *, outlet: bool) -> GoldPage:
    """The annotated page; `outlet`: whether its outlet is given, as extract may find it."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    content = (SHARED / "seeds" / gold["file"].rsplit("/", 1)[-1]).read_bytes()
    text = content.decode("utf-8")
    page = plain_page(
        text,
        gold["file"],
        content,
        tuple(
            Furniture(start=b["start"], end=b["end"], kind="other", basis="form")
            for b in gold["boilerplate"]
        ),
    )
    documents = [
        plain_document(
            page,
            (a["start"], a["end"]),
            (a["title"]["start"], a["title"]["end"]),
            a["outlet"] if outlet else None,
            number,
        )
        for number, a in enumerate(gold["articles"], 1)
    ]
    return GoldPage(
        path.stem[:3], gold, page, documents, [segment_document(page, d) for d in documents]
    )


def same(gold: dict, name: str) -> bool:
    """Whether a predicted name is the gold source: its words, spelling variants levelled."""
    theirs = gold["cited_source"].split(" (")[0]
    entry = packaged_registry().canonical(theirs)
    initials = "".join(word[0] for word in theirs.split())
    names = {gold["cited_source"], theirs, entry.name if entry else theirs, initials}
    mine = _words(name)
    return bool(mine) and any(mine <= _words(one) or _words(one) <= mine for one in names)


def _words(name: str) -> set[str]:
    level = {"defense": "defence", "sergey": "sergei"}
    words = re.findall(r"\w+", name.lower())
    return {level.get(word, word) for word in words} - {"of", "the", "international", "general"}


def chars(spans: list[dict] | tuple) -> set[int]:
    """The code points of spans, given as gold or as records."""
    out: set[int] = set()
    for span in spans:
        low, high = (
            (span["start"], span["end"]) if isinstance(span, dict) else (span.start, span.end)
        )
        out |= set(range(low, high))
    return out


def iou(one: set[int], other: set[int]) -> float:
    """Intersection over union; 1 for two empty sets."""
    return len(one & other) / len(one | other) if one | other else 1.0


def matched(golds: list[dict], found: list[Credit]) -> list[tuple[dict, Credit]]:
    """One-to-one pairs of gold and predicted credits, the best covered first."""
    pairs = []
    for at, gold in enumerate(golds):
        for index, credit in enumerate(found):
            overlap = min(gold["end"], credit.end) - max(gold["start"], credit.start)
            shorter = min(gold["end"] - gold["start"], credit.end - credit.start)
            if 2 * overlap >= shorter > 0 and same(gold, credit.cited_source):
                score = iou(chars(gold["covers"]), chars(credit.covers))
                pairs.append((-score, -overlap / shorter, at, index))
    used: tuple[set[int], set[int]] = (set(), set())
    out = []
    for _, _, at, index in sorted(pairs):
        if at not in used[0] and index not in used[1]:
            used[0].add(at)
            used[1].add(index)
            out.append((golds[at], found[index]))
    return out


def score(pages: list[GoldPage], *, details: bool) -> dict[str, float]:
    """Precision, recall, cover IoU, kind, position and voice accuracy."""
    n_gold = n_found = n_match = voice_right = voice_all = 0
    ious, kinds, positions = [], [], []
    for one in pages:
        found = find_credits(one.page, one.documents, one.segments)
        pairs = matched(one.gold["credits"], found)
        n_gold += len(one.gold["credits"])
        n_found += len(found)
        n_match += len(pairs)
        for gold, credit in pairs:
            ious.append(iou(chars(gold["covers"]), chars(credit.covers)))
            kinds.append(gold["kind"].replace("links-to", "linked") == credit.kind)
            positions.append(gold["position"] == credit.position)
        right, total = voices(one, found)
        voice_right, voice_all = voice_right + right, voice_all + total
        if details:
            show(one, found, pairs)
    return {
        "credits_gold": n_gold,
        "credits_found": n_found,
        "precision": round(n_match / max(n_found, 1), 3),
        "recall": round(n_match / max(n_gold, 1), 3),
        "covers_iou_mean": round(sum(ious) / max(len(ious), 1), 3),
        "covers_iou_min": round(min(ious, default=0.0), 3),
        "kind": round(sum(kinds) / max(len(kinds), 1), 3),
        "position": round(sum(positions) / max(len(positions), 1), 3),
        "voice_characters": voice_all,
        "voices": round(voice_right / max(voice_all, 1), 3),
    }


def voices(one: GoldPage, found: list[Credit]) -> tuple[int, int]:
    """Characters of gold segments with the gold speaker, and all of them."""
    right = total = 0
    given = [
        voice
        for document, parts in zip(one.documents, one.segments, strict=True)
        for voice in find_voices(one.page, document, parts, found).voices
    ]
    for article in one.gold["articles"]:
        for segment in article["segments"]:
            gold = {"cited_source": segment["voice"].split(" (")[0]}
            mine = [voice for voice in given if same(gold, voice.speaker)]
            right += len(chars([segment]) & chars(mine))
            total += segment["end"] - segment["start"]
    return right, total


def show(one: GoldPage, found: list[Credit], pairs: list[tuple[dict, Credit]]) -> None:
    """What was missed, what was found without need, and the covers of each pair."""
    print(f"== {one.name}")
    for gold, credit in pairs:
        value = iou(chars(gold["covers"]), chars(credit.covers))
        print(
            f"  {value:.2f} {credit.rule} {credit.kind}/{gold['kind']} "
            f"{credit.position}/{gold['position']} {credit.text!r} = {credit.cited_source}"
        )
    for gold in one.gold["credits"]:
        if not any(gold is pair[0] for pair in pairs):
            print(f"  MISSED {gold['text']!r} = {gold['cited_source']}")
    for credit in found:
        if not any(credit is pair[1] for pair in pairs):
            print(f"  EXTRA {credit.rule} {credit.text!r} = {credit.cited_source}")


def generated(folder: Path) -> dict[str, float]:
    """Score line credits on a pile of bench/generate.py, and time the stage's share on it."""
    rows = [json.loads(line) for line in (folder / "truth.jsonl").read_text("utf-8").splitlines()]
    on_lines = {rule.name for rule in all_rules() if rule.where != "inline"}
    n_gold = n_match = n_extra = words = 0
    ious = []
    seconds = 0.0
    for row in rows:
        page, documents = generated_page(folder, row)
        segments = [segment_document(page, document) for document in documents]
        started = time.process_time()
        found = find_credits(page, documents, segments)
        seconds += time.process_time() - started
        words += len(page.text.split())
        golds = [
            {
                "start": one["start"],
                "end": one["end"],
                "cited_source": one["cited"],
                "covers": [{"start": low, "end": high} for low, high in one["covers"]],
            }
            for one in row.get("credits", ())
        ]
        pairs = matched(golds, found)
        n_gold, n_match = n_gold + len(golds), n_match + len(pairs)
        ious += [iou(chars(gold["covers"]), chars(credit.covers)) for gold, credit in pairs]
        taken = {id(credit) for _, credit in pairs}
        n_extra += sum(c.rule in on_lines and id(c) not in taken for c in found)
    return {
        "pages": len(rows),
        "credits_gold": n_gold,
        "recall": round(n_match / max(n_gold, 1), 3),
        "extra_line_credits": n_extra,
        "covers_iou_mean": round(sum(ious) / max(len(ious), 1), 3),
        "cpu_ms_per_500_words": round(500_000 * seconds / max(words, 1), 2),
    }


def generated_page(folder: Path, row: dict) -> tuple[Page, list[Document]]:
    """A page of a generated pile with its documents as the truth cuts them."""
    content = (folder / "pages" / row["source"]).read_bytes()
    text = content.decode("utf-8")
    page = plain_page(text, row["source"], content, ())
    documents = []
    for number, one in enumerate(row["documents"], 1):
        at = text.rfind(one["title"], 0, one["start"])
        title = (at, at + len(one["title"])) if at >= 0 else None
        start = at if at >= 0 else one["start"]
        document = plain_document(page, (start, one["end"]), title, row["outlet"], number)
        documents.append(document)
    return page, documents


def main() -> None:
    """Score the annotated pages, or say that they are not there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--details", action="store_true")
    parser.add_argument("--no-outlet", action="store_true", help="documents without outlet")
    parser.add_argument("--generated", type=Path, help="a pile of bench/generate.py, as text")
    given = parser.parse_args()
    if given.generated is not None:
        print(json.dumps({"generated": generated(given.generated)}))
        return
    paths = sorted((SHARED / "gold").glob("[0-9]*.json")) if SHARED.is_dir() else []
    if not paths:
        sys.exit(
            f"{SHARED / 'gold'} holds no annotated pages; set FIRSTHAND_SHARED to their folder"
        )
    pages = [gold_page(p, outlet=not given.no_outlet) for p in paths]
    print(json.dumps({"annotated": score(pages, details=given.details)}))


if __name__ == "__main__":
    main()
