"""Runs every quality measure and writes docs/quality.md and bench/results/quality.json.

usage: python bench/quality.py [--only NAME,…]     names: tessuk karsu carresk ostrey kabroso dolvec
                                                 velmar mutations
                                                 texts second seeds credits claims roles types linking
                                                 times places

What needs ../shared (or the folder that FIRSTHAND_SHARED names) is left out where that is
missing, and the figures of the last run that had it are kept, marked with their commit.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench" / "results" / "quality.json"
PAGE = ROOT / "docs" / "quality.md"
PREFACE = ROOT / "docs" / "quality-notes.md"
SHARED = Path(os.environ.get("FIRSTHAND_SHARED", ROOT.parent / "shared"))

Figures = dict[str, Any]


def script(name: str, *arguments: str) -> str:
    """What a script of this folder prints."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / name), *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return done.stdout


def lines(text: str) -> Figures:
    """Figures printed as "name value" lines."""
    return {row[0]: row[1] for line in text.splitlines() if len(row := line.split(None, 1)) == 2}


def pile(name: str, *arguments: str) -> Figures:
    """A pile of examples/ against its truth."""
    return lines(script("score_pile.py", str(ROOT / "examples" / name), *arguments))


def piles(name: str) -> Figures:
    """A pile without and with the dates that its pages do not show."""
    return {"no dates given": pile(name), "dates given": pile(name, "--dated")}


def mutations() -> Figures:
    """The shipped pile with something taken out of its pages."""
    return {
        what: pile("tessuk", "--dated", "--mutate", what)
        for what in ("credits", "dates", "quotations")
    }


def seeds() -> Figures:
    """Two real pages against their annotation."""
    found = {mode: json.loads(script("score_seeds.py", mode)) for mode in ("A", "B")}
    return {f"mode {mode}": flat(figures) for mode, figures in found.items()}


def flat(value: Any, name: str = "") -> Figures:
    """Numbers with dotted names."""
    if isinstance(value, dict):
        return {
            key: number
            for inner, below in value.items()
            for key, number in flat(below, f"{name}.{inner}" if name else inner).items()
        }
    return {name: round(value, 3)} if isinstance(value, int | float) else {}


def texts(*arguments: str) -> Figures:
    """Tables of short texts: the half that was read while mending, and the half kept aside."""
    halves = {"read while mending": "odd", "kept aside": "even"}
    return {
        name: flat(json.loads(script("score_tables.py", *arguments, "--half", half)))
        for name, half in halves.items()
    }


def roles() -> Figures:
    """Precision, recall and F1 of each role, in templates as the set counts them."""
    found = json.loads(script("score_muc.py"))["tmpl"]
    columns = zip(("P", "R", "F1"), zip(*found.values(), strict=True), strict=True)
    return {column: dict(zip(found, values, strict=True)) for column, values in columns}


def printed(name: str, *arguments: str) -> Callable[[], Figures]:
    """A measure whose script prints JSON."""

    def measure() -> Figures:
        text = script(name, *arguments)
        try:
            return flat(json.loads(text))
        except json.JSONDecodeError:  # one object a line
            rows = [json.loads(line) for line in text.splitlines()]
            return {key: value for row in rows for key, value in flat(row).items()}

    return measure


MEASURES: dict[str, tuple[str, bool, Callable[[], Figures]]] = {
    "tessuk": ("The shipped pile (examples/tessuk)", False, lambda: piles("tessuk")),
    "karsu": ("The second pile (examples/karsu)", False, lambda: piles("karsu")),
    "carresk": ("The third pile (examples/carresk)", False, lambda: piles("carresk")),
    "ostrey": ("The fourth pile (examples/ostrey)", False, lambda: piles("ostrey")),
    "kabroso": ("The fifth pile (examples/kabroso)", False, lambda: piles("kabroso")),
    "dolvec": ("The sixth pile (examples/dolvec)", False, lambda: piles("dolvec")),
    "velmar": ("The seventh pile (examples/velmar)", False, lambda: piles("velmar")),
    "texts": ("Short texts, written without looking at the code", False, texts),
    "second": (
        "More short texts, by two other writers",
        False,
        lambda: texts("--tables", "bench/tables/second"),
    ),
    "mutations": ("The shipped pile, spoilt: these must fall", False, mutations),
    "seeds": ("Two real pages, annotated by hand", True, seeds),
    "credits": ("Credits and voices on the same two pages", True, printed("score_credits.py")),
    "claims": ("Attributions and claims on public sets", True, printed("score_claims.py")),
    "roles": ("Attack roles, MUC-4 (development)", True, roles),
    "types": ("Types of events, PLOVER", True, printed("score_event_types.py", "plover")),
    "linking": (
        "Mentions of one event, ECB+ (development)",
        True,
        lambda: lines(script("score_linking.py", "ecb")),
    ),
    "times": ("Time expressions, GUM dates (development)", True, printed("score_times.py", "dev")),
    "places": ("Places, LGL and GeoVirus", True, printed("score_places.py")),
}

SHOWN = {
    "seeds": (
        "total", "furniture.f1", "articles.count", "articles.boundary", "articles.voice",
        "credits.p", "credits.r", "credits.covers_iou", "attributions.content_f1",
        "attributions.linked_f1", "attributions.implicit", "claims.recall", "claims.precision",
        "claims.f1", "claims.type", "claims.modality", "claims.modality_macro_f1",
        "claims.innermost", "claims.chain_set_f1", "claims.origin_level", "claims.place_f1",
        "claims.time", "claims.time_abstain", "claims.time_guessed", "claims.quantity_f1",
        "claims.actor_f1", "loaded.f1", "cross.same_origin", "cross.false_corroboration",
        "cross.conflicts_f1", "cross.forecast_f1", "cross.lineage_f1", "cross.origins_f1",
    ),
}  # fmt: skip
"""Where a measure prints more than a reader wants, the figures that the page shows."""


def commit() -> str:
    """The commit that was measured; `+` where the tree differs from it."""
    head = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    ).stdout.strip()
    dirty = subprocess.run(
        ["git", "status", "--porcelain", "src"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    ).stdout.strip()
    return head + ("+" if dirty else "")


def table(name: str, figures: Figures) -> list[str]:
    """Figures as a Markdown table; several runs side by side."""
    runs = figures if all(isinstance(v, dict) for v in figures.values()) else {"figure": figures}
    names = list(dict.fromkeys(key for run in runs.values() for key in run))
    names = [key for key in names if key in SHOWN.get(name, names)]
    rows = [f"| | {' | '.join(runs)} |", f"|---|{'---|' * len(runs)}"]
    rows += [
        f"| {key} | {' | '.join(str(run.get(key, '')) for run in runs.values())} |" for key in names
    ]
    return rows


def page(results: dict[str, Any]) -> str:
    """docs/quality.md."""
    notes = PREFACE.read_text(encoding="utf-8").rstrip() if PREFACE.exists() else "# Quality"
    parts = [notes, "", "<!-- Below: written by bench/quality.py; do not edit. -->"]
    for name, (title, _, _) in MEASURES.items():
        if name in results:
            made = results[name]
            parts += ["", f"## {title}", "", f"Measured at {made['commit']}.", ""]
            parts += table(name, made["figures"])
    return "\n".join(parts) + "\n"


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default=",".join(MEASURES))
    wanted = parser.parse_args().only.split(",")
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for name in wanted:
        title, needs_shared, measure = MEASURES[name]
        if needs_shared and not SHARED.is_dir():
            print(f"{name}: {SHARED} is not there; left out", file=sys.stderr)
            continue
        print(f"measuring: {title}", file=sys.stderr)
        results[name] = {"commit": commit(), "figures": measure()}
        RESULTS.parent.mkdir(parents=True, exist_ok=True)
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(results), encoding="utf-8")


if __name__ == "__main__":
    main()
