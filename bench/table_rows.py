"""Rows of the tables of short texts, and when what is found is what a row asks for."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Bounds = tuple[int, int]
HALF = 0.5
SLIGHT = 130
"""A paragraph of fewer characters may be a line that only credits: in or out of a cover is right."""
LOOSE = frozenset(("the", "a", "an", "of", "and", "news", "agency", "radio", "newspaper", "daily"))
"""Words in which two forms of one name may differ."""


def rows_of(folder: Path, name: str, half: str | None) -> list[Row]:
    """The rows of one table: all, or those with odd or even numbers."""
    lines = (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    wanted = {"odd": 1, "even": 0}.get(half or "")
    return [row for row in rows if wanted is None or int(row["id"][1:]) % 2 == wanted]


def _words(name: str | None) -> frozenset[str]:
    """The telling words of a name."""
    every = frozenset(re.findall(r"\w+", (name or "").lower()))
    return every - LOOSE or every


def named(one: str | None, other: str | None) -> bool:
    """Whether two names are one: the words of either hold those of the other."""
    mine, theirs = _words(one), _words(other)
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def overlaps(one: Bounds, other: Bounds) -> bool:
    """Whether two spans share half of the shorter."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0 and shared >= HALF * min(one[1] - one[0], other[1] - other[0])


def spans_of(parts: Iterable[Row]) -> Iterator[Bounds]:
    """Bounds of spans as they are exported."""
    for part in parts:
        yield part["start"], part["end"]


def any_overlaps(span: Bounds, parts: Iterable[Row]) -> bool:
    """Whether any part shares half with a span."""
    return any(overlaps(span, one) for one in spans_of(parts))


def span_in(row: Row, gold: Row, field: str) -> Bounds | None:
    """Where a row's words stand in its text; None where they are left out."""
    if gold.get(field) is None:
        return None
    start = gold.get(f"{field}_start", row["text"].find(gold[field]))
    return start, start + len(gold[field])


def covered(text: str, covers: Sequence[Any], wanted: str | list[int]) -> bool:
    """Whether a credit covers the paragraphs it should; slight ones are left open."""
    blocks = [m.span() for m in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text)][1:]
    for number, (start, end) in enumerate(blocks):
        inside = sum(max(0, min(end, c.end) - max(start, c.start)) for c in covers)
        mine = inside >= HALF * (end - start)
        if end - start >= SLIGHT and mine != (wanted == "all" or number in wanted):
            return False
    return True


def share(right: int, of: int) -> float:
    """A share to three places; 0 of nothing."""
    return round(right / of, 3) if of else 0.0


def figures(right: int, found: int, wanted: int) -> dict[str, float]:
    """Precision, recall and F1."""
    p, r = share(right, found), share(right, wanted)
    return {"p": p, "r": r, "f1": round(2 * p * r / (p + r), 3) if p + r else 0.0}
