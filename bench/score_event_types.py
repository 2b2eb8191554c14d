"""Scores types, codes, modality and polarity of events on marked text; prints JSON.

    python bench/score_event_types.py [--part held|rest|all] [--reader rules|reader-v1]
                                      [--confusion N] [--show TYPE] [paragraphs|plover …]

paragraphs  training/paragraphs, the files that mark events. An event is found where a claim of
            ours holds its words; the claim with the fewest words counts. Figures: events found,
            type, modality and polarity of those found (F1 by kind, macro, weighted by gold), and
            `snippet`: the code of a paragraph's first event against that of our first claim, over
            the sub-events of ACLED and the types that ACLED has none for, weighted F1.
plover      PLOVER's hand-coded sentences: the category of the best claim, weighted F1 by category

--part takes the paragraphs that training leaves out (every seventh: held), the others, or all.
--confusion prints the N commonest wrong types; --show prints the events of one type that were
not found or got another type. See `score_claims.py` for where PLOVER's sentences are looked for.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from firsthand.claims.codes import codes_of
from firsthand.config import READERS, Settings
from firsthand.model.claim import Claim
from score_claims import CHOSEN, MERGED, ROOT, SHARED, read_text, rows

sys.path.insert(0, str(ROOT / "training"))
UNCODED = frozenset(
    ("election", "disaster_natural", "disaster_man_made", "disease", "crime", "diplomacy",
     "sanction", "aid_delivery", "displacement", "humanitarian_condition")
)  # fmt: skip
"""Types that stand for themselves where ACLED has no sub-event."""
VAGUE = frozenset(("other", "statement_accusation", "denial", "force_size"))
"""Types that are a snippet's label only where it has no other."""


def label_figures(gold: Sequence[str], made: Sequence[str]) -> dict[str, Any]:
    """F1 of each label, their mean, and their mean weighted by how often each is right."""
    rows_: dict[str, dict[str, float]] = {}
    for label in sorted(set(gold)):
        both = sum(g == m == label for g, m in zip(gold, made, strict=True))
        told, true = made.count(label), gold.count(label)
        rows_[label] = {
            "p": round(both / told, 3) if told else 0.0,
            "r": round(both / true, 3),
            "f1": round(2 * both / (told + true), 3) if both else 0.0,
            "n": true,
        }
    total = sum(row["n"] for row in rows_.values()) or 1
    return {
        "accuracy": round(sum(g == m for g, m in zip(gold, made, strict=True)) / total, 3),
        "macro_f1": round(sum(row["f1"] for row in rows_.values()) / max(1, len(rows_)), 3),
        "weighted_f1": round(sum(row["f1"] * row["n"] for row in rows_.values()) / total, 3),
        "labels": rows_,
    }


def holding(claims: Iterable[Claim], spans: Sequence[Sequence[int]], kind: str) -> Claim | None:
    """The claim that holds the words of an event: of its type, else the one with fewest words."""
    start, end = spans[0]
    found = [c for c in claims if any(s.start <= start and end <= s.end for s in c.evidence)]
    return min(found, key=lambda c: (c.type != kind, size(c)), default=None)


def size(claim: Claim) -> int:
    """Characters of a claim's evidence."""
    return sum(s.end - s.start for s in claim.evidence)


def code(kind: str, claim: Claim | None = None) -> str:
    """The sub-event of a claim, or of a type alone; the type where ACLED has none."""
    if kind in UNCODED:
        return kind
    codes = claim.codes if claim is not None else codes_of(kind, "", "", ())[0]
    return codes.acled[1] if codes.acled is not None else kind


def snippet(claims: Sequence[Claim]) -> str:
    """The label of a snippet: that of the first claim which tells more than that someone spoke."""
    coded = [c for c in claims if c.codes.acled is not None or c.type in UNCODED]
    told = [c for c in coded if c.type not in VAGUE] or coded or list(claims)
    return code(told[0].type, told[0]) if told else "none"


def paragraphs(given: argparse.Namespace) -> Any:
    """Figures over the marked paragraphs."""
    from paragraphs import held_out, read_all  # noqa: PLC0415 - lives beside the training code

    kept = [p for p in read_all() if p.events]
    if given.part != "all":
        kept = [p for p in kept if held_out(p.name) == (given.part == "held")]
    wanted: dict[str, tuple[list[str], list[str]]] = {
        name: ([], []) for name in ("type", "modality", "polarity", "snippet")
    }
    wrong: Counter[tuple[str, str]] = Counter()
    found = total = 0
    for p in kept:
        claims = [r for r in read_text(p.text) if isinstance(r, Claim)]
        for event in p.events:
            total += 1
            claim = holding(claims, event.trigger, event.type)
            found += claim is not None
            kind = claim.type if claim is not None else "none"
            wrong[event.type, kind] += 1
            add(wanted["type"], event.type, kind)
            if claim is not None and kind == event.type:
                add(wanted["modality"], event.modality, claim.modality)
                add(wanted["polarity"], event.polarity, claim.polarity)
            if given.show in (event.type, kind) and kind != event.type:
                print(
                    event.type, "read as", kind, "|", said(p.text, event.trigger), file=sys.stderr
                )
        told = [e for e in p.events if e.type not in VAGUE]
        if told:
            first = min(told, key=lambda e: e.trigger[0][0])
            claim = holding(claims, first.trigger, first.type)
            exact = claim if claim is not None and claim.type == first.type else None
            add(wanted["snippet"], code(first.type, exact), snippet(claims))
    for (gold, made), n in wrong.most_common():
        if gold != made and given.confusion > 0:
            given.confusion -= 1
            print(f"{n:4d}  {gold} read as {made}", file=sys.stderr)
    figures = {name: label_figures(*both) for name, both in wanted.items()}
    return {"paragraphs": len(kept), "events": total, "found": round(found / total, 3)} | figures


def add(both: tuple[list[str], list[str]], gold: str, made: str) -> None:
    """Note one label as it should be and as it is."""
    both[0].append(gold)
    both[1].append(made)


def said(text: str, spans: Sequence[Sequence[int]]) -> str:
    """The words around an event, the event in brackets."""
    start, end = spans[0]
    return f"{text[max(0, start - 70) : start]}[{text[start:end]}]{text[end : end + 60]}"


def plover(_: argparse.Namespace) -> Any:
    """Figures over PLOVER's sentences: the category of the first claim that has one."""
    gold, made = [], []
    for row in rows(SHARED / "data" / "events" / "plover_gsr.jsonl"):
        claims = [r for r in read_text(row["text"]) if isinstance(r, Claim)]
        best = next((c for c in claims if c.codes.plover), None)
        gold.append(MERGED.get(row["event"], row["event"]))
        made.append(best.codes.plover[0] if best is not None and best.codes.plover else "none")
    return label_figures(gold, made)


TASKS = {"paragraphs": paragraphs, "plover": plover}


def main() -> None:
    """Run the tasks that are named, or all."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--reader", choices=READERS, default=Settings().claims.reader)
    parser.add_argument("--part", choices=("held", "rest", "all"), default="held")
    parser.add_argument("--confusion", type=int, default=0)
    parser.add_argument("--show", default="")
    parser.add_argument("tasks", nargs="*", choices=[*TASKS, []])
    given = parser.parse_args()
    CHOSEN["reader"] = given.reader
    print(json.dumps({name: TASKS[name](given) for name in given.tasks or TASKS}, indent=1))


if __name__ == "__main__":
    main()
