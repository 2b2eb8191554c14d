"""Scores credits, attributions, claims and times on short texts written without looking at the code.

Run: python bench/score_tables.py [--half odd|even] [--details NAME] [--tables FOLDER]
Rows with odd numbers were read while the code was mended; those with even numbers were kept aside.
What a row marks as optional, or as also right, counts neither as missed nor as false; the
conventions are in bench/tables/README.md. Prints one JSON object.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from firsthand.annotate import Text, annotate
from firsthand.config import Settings
from firsthand.segment.stage import segment_document
from firsthand.stage import Context
from firsthand.trace.credits import find_credits
from score_credits import plain_document, plain_page
from table_rows import (
    Row,
    any_overlaps,
    covered,
    figures,
    named,
    overlaps,
    rows_of,
    share,
    span_in,
)

TABLES = Path(__file__).parent / "tables"
CONTEXT = Context(settings=Settings())
PUBLISHER = "The Publisher"
UNSTATED = ("", PUBLISHER, "unnamed source")
"""Names of nobody in particular."""


class Tally:
    """Counts by name, and what went wrong where details are asked for."""

    def __init__(self, *, details: bool) -> None:
        """`details` prints what is wrong as it is found."""
        self.counts: Counter[str] = Counter()
        self.details = details

    def add(self, name: str, number: float = 1) -> None:
        """Counts something."""
        self.counts[name] += int(number)

    def tell(self, *what: object) -> None:
        """Prints a detail."""
        if self.details:
            print(*what)

    def share(self, name: str, of: str) -> float:
        """One count as a share of another."""
        return share(self.counts[name], self.counts[of])

    def figures(self) -> dict[str, float]:
        """Precision, recall and F1 of what is right among what is found and wanted."""
        return figures(self.counts["right"], self.counts["found"], self.counts["wanted"])


def score_credits(rows: list[Row], tally: Tally) -> Row:
    """Credits by the name of their source, and whether they cover the right paragraphs."""
    for row in rows:
        page = plain_page(row["text"], row["id"], row["text"].encode(), ())
        title = (0, row["text"].find("\n"))
        document = plain_document(page, (0, len(row["text"])), title, row["outlet"], 1)
        made = list(find_credits(page, [document], [segment_document(page, document)]))
        tally.add("wanted", sum(not gold["optional"] for gold in row["credits"]))
        if not row["credits"]:
            tally.add("lures")
            tally.add("lured", bool(made))
        _credits_of(row, made, tally)
    taken = {"covers": tally.share("covers", "right"), "lures_taken": tally.share("lured", "lures")}
    return {**tally.figures(), **taken, "pages": len(rows)}


def _credits_of(row: Row, made: list, tally: Tally) -> None:
    """One page: a source credited twice counts once."""
    left, seen = list(row["credits"]), []
    for credit in made:
        name = credit.cited_source
        gold = next((g for g in left if named(g["source"], name)), None)
        if gold is None:
            if not any(named(one, name) for one in seen):
                tally.add("found")
                tally.tell(row["id"], "EXTRA", credit.rule, repr(credit.text), name)
            continue
        left.remove(gold)
        seen.append(gold["source"])
        if gold["optional"]:
            continue
        right = covered(row["text"], credit.covers, gold["covers"])
        for count, number in (("found", 1), ("right", 1), ("covers", right)):
            tally.add(count, number)
        if not right:
            tally.tell(row["id"], "COVERS", gold["source"], gold["covers"], credit.rule)
    for gold in left:
        if not gold["optional"]:
            tally.tell(row["id"], "MISSED", gold["source"], f"({row['manner']})")


def score_attributions(rows: list[Row], tally: Tally) -> Row:
    """Attributions by content and cue; of those found, their sources and innermost speakers."""
    for row in rows:
        made = annotate(Text(id=row["id"], text=row["text"], outlet=PUBLISHER), CONTEXT)
        left = list(made["attributions"])
        if not row["attributions"]:
            tally.add("lures")
            tally.add("lured", bool(left))
        for gold in row["attributions"]:
            match = next((one for one in left if _same_attribution(row, gold, one)), None)
            if match is not None:
                left.remove(match)
            if not gold.get("optional"):
                _attribution(row, gold, match, tally)
        tally.add("found", len(left))
        for one in left:
            tally.tell(row["id"], "EXTRA", [c["text"] for c in one["cue"]], "|", row["text"])
    parts = {name: tally.share(name, "right") for name in ("source", "innermost")}
    taken = tally.share("lured", "lures")
    return {**tally.figures(), **parts, "lures_taken": taken, "texts": len(rows)}


def _attribution(row: Row, gold: Row, match: Row | None, tally: Tally) -> None:
    """One attribution that must be found."""
    tally.add("wanted")
    if match is None:
        tally.tell(row["id"], "MISSED", gold["source"], "|", gold["cue"], "|", row["text"])
        return
    tally.add("found")
    tally.add("right")
    source = span_in(row, gold, "source")
    whole = any_overlaps(source, match["source"]) if source else not match["source"]
    who = named(gold["innermost"], match["source_name"])
    nobody = gold["innermost"] is None and (match["source_name"] or "") in UNSTATED
    tally.add("source", whole or (source is None and nobody))
    tally.add("innermost", who or nobody)
    if not (who or nobody):
        tally.tell(
            row["id"], "SPEAKER", gold["innermost"], "!=", match["source_name"], "|", row["text"]
        )


def _same_attribution(row: Row, gold: Row, one: Row) -> bool:
    content, cue = span_in(row, gold, "content"), span_in(row, gold, "cue")
    if content is None or not any_overlaps(content, one["content"]):
        return False
    return any_overlaps(cue, one["cue"]) if cue is not None else not one["cue"]


def score_claims(rows: list[Row], tally: Tally) -> Row:
    """The best claim of each text: its type, modality, polarity, actors and quantities."""
    modalities = sorted({row["modality"] for row in rows})
    for row in rows:
        made = annotate(Text(id=row["id"], text=row["text"], outlet=PUBLISHER), CONTEXT)["claims"]
        best = max(made, key=lambda claim: _fits(row, claim), default=None)
        tally.add("claims", len(made))
        tally.add(f"of.{row['modality']}")
        if best is None:
            tally.tell(row["id"], "NONE", row["type"], row["modality"], "|", row["text"])
            best = {"type": "", "modality": "", "polarity": "", "actors": [], "quantities": []}
        _claim(row, best, tally)
    n = len(rows)
    whole = {name: share(tally.counts[name], n) for name in ("type", "modality", "polarity")}
    each = {f"modality.{m}": tally.share(f"right.{m}", f"of.{m}") for m in modalities}
    parts = {
        "actors": tally.share("actor", "actors"),
        "roles": tally.share("role", "actors"),
        "quantities": tally.share("quantity", "quantities"),
        "claims_a_text": share(tally.counts["claims"], n),
    }
    return {**whole, **each, **parts, "texts": n}


def _claim(row: Row, best: Row, tally: Tally) -> None:
    """The parts of one claim."""
    parts = _parts(row, best)
    for name, right in zip(("type", "modality", "polarity"), parts, strict=True):
        tally.add(name, right)
    tally.add(f"right.{row['modality']}", parts[1])
    if not all(parts):
        tally.tell(row["id"], row["type"], row["modality"], row["polarity"], "!=", best["type"],
                   best["modality"], best["polarity"], "|", row["text"])  # fmt: skip
    for gold in (one for one in row["actors"] if not one.get("optional")):
        roles = {a["role"] for a in best["actors"] if named(gold["name"], a["name"])}
        tally.add("actors")
        tally.add("actor", bool(roles))
        tally.add("role", bool(roles & {gold["role"], *gold.get("also_roles", ())}))
        if not roles:
            tally.tell(row["id"], "ACTOR", gold["name"], "|", row["text"])
    for gold in (one for one in row["quantities"] if not one.get("optional")):
        right = any(_same_quantity(gold, one) for one in best["quantities"])
        tally.add("quantities")
        tally.add("quantity", right)
        if not right:
            tally.tell(row["id"], "QUANTITY", gold["value"], gold["what"], "|", row["text"])


def _same_quantity(gold: Row, one: Row) -> bool:
    if gold["value"] is not None:
        return one["value"] == gold["value"]
    return (one["low"], one["high"]) == (gold["low"], gold["high"])


def _parts(row: Row, claim: Row) -> tuple[bool, bool, bool]:
    kind = claim["type"] in (row["type"], *row.get("also_acceptable_types", ()))
    modality = claim["modality"] in (row["modality"], *row.get("also_acceptable_modalities", ()))
    return kind, modality, bool(row.get("polarity_free")) or claim["polarity"] == row["polarity"]


def _fits(row: Row, claim: Row) -> tuple[int, int]:
    kind, modality, polarity = _parts(row, claim)
    return 2 * kind + modality + polarity, len(claim["actors"])


def score_times(rows: list[Row], tally: Tally) -> Row:
    """Time expressions found, and their days; a day where there is none to know is invented."""
    for row in rows:
        made = annotate(Text(id=row["id"], text=row["text"], published=row["anchor"]), CONTEXT)
        for gold in row["times"]:
            if gold.get("optional") or gold.get("set"):
                continue
            start = gold.get("start", row["text"].find(gold["text"]))
            span = (start, start + len(gold["text"]))
            fits = [t for t in made["times"] if overlaps(span, (t["start"], t["end"]))]
            days = [(t["earliest"], t["latest"]) for t in fits]
            accepted = [(gold["earliest"], gold["latest"]), *map(tuple, gold.get("also", ()))]
            unknown = accepted == [(None, None)]
            right = not any(map(any, days)) if unknown else any(d in accepted for d in days)
            for name, number in (("wanted", 1), ("found", bool(fits)), ("right", right)):
                tally.add(name, number)
            tally.add("invented", unknown and not right)
            if not right:
                tally.tell(
                    row["id"], gold["text"], accepted, "!=", days, row["anchor"], row["text"]
                )
    days = tally.share("right", "wanted")
    found = tally.share("found", "wanted")
    return {"found": found, "days": days, "invented": tally.counts["invented"]}


SCORERS = {
    "credits": score_credits,
    "attributions": score_attributions,
    "claims": score_claims,
    "times": score_times,
}


def main() -> None:
    """Score every table, or one with its details."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=Path, default=TABLES)
    parser.add_argument("--half", choices=("odd", "even"), help="rows by number; all without it")
    parser.add_argument("--details", choices=sorted(SCORERS), help="one table, with what is wrong")
    given = parser.parse_args()
    scores = {
        name: SCORERS[name](
            rows_of(given.tables, name, given.half), Tally(details=bool(given.details))
        )
        for name in ([given.details] if given.details else SCORERS)
        if (given.tables / f"{name}.jsonl").exists()
    }
    print(json.dumps(scores, indent=1))


if __name__ == "__main__":
    main()
