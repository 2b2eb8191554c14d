"""Invented reports of many kinds of crisis, with claims listed by hand: a floor for each figure."""

import tomllib
from pathlib import Path
from typing import Any

from claims.reader import claims

FOLDER = Path(__file__).parent / "reports"
HALF = 0.5
"""Share of the shorter evidence that must be common to both."""

FLOOR = {"found": 0.97, "precision": 0.86, "type": 0.95, "modality": 0.97, "polarity": 0.98}
"""Least share of each; raised when the rules get better."""


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Common characters over those of the shorter stretch."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, common) / min(one[1] - one[0], other[1] - other[0])


def scored(path: Path) -> tuple[dict[str, int], list[str]]:
    """Counts of one report, and what is wrong in words."""
    report: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    text = report["text"].strip()
    free = list(claims(text))
    counts = dict.fromkeys(("true", "ours", "found", "type", "modality", "polarity"), 0)
    counts |= {"true": len(report["claims"]), "ours": len(free)}
    wrong: list[str] = []
    for true in report["claims"]:
        start = text.index(true["words"])
        span = (start, start + len(true["words"]))
        types = {true["type"], *true.get("also", ())}
        modalities = {true.get("modality", "asserted"), *true.get("modality_also", ())}
        rated = [
            (overlap(span, (c.evidence[0].start, c.evidence[-1].end)) + (c.type in types), i)
            for i, c in enumerate(free)
            if overlap(span, (c.evidence[0].start, c.evidence[-1].end)) >= HALF
        ]
        if not rated:
            wrong.append(f"{path.stem}: not found: {true['words']}")
            continue
        mine = free.pop(max(rated)[1])
        right = {
            "found": True,
            "type": mine.type in types,
            "modality": mine.modality in modalities,
            "polarity": mine.polarity == true.get("polarity", "positive"),
        }
        for name, good in right.items():
            counts[name] += good
        if not all(right.values()):
            said = f"{mine.type}, {mine.modality}, {mine.polarity} ({mine.rule})"
            wrong.append(f"{path.stem}: {true['words']}: {said}, not {sorted(types)}")
    return counts, wrong


def total() -> tuple[dict[str, int], list[str]]:
    """The counts of all reports together."""
    sums: dict[str, int] = {}
    wrong: list[str] = []
    for path in sorted(FOLDER.glob("*.toml")):
        counts, lines = scored(path)
        wrong += lines
        for name, value in counts.items():
            sums[name] = sums.get(name, 0) + value
    return sums, wrong


def test_the_claims_of_the_reports_are_found_and_typed() -> None:
    sums, wrong = total()
    found = sums["found"]
    shown = "\n".join(wrong)
    assert found >= FLOOR["found"] * sums["true"], shown
    assert found >= FLOOR["precision"] * sums["ours"], shown
    for name in ("type", "modality", "polarity"):
        assert sums[name] >= FLOOR[name] * found, shown
