"""Scores time expressions on the GUM date annotation and prints the figures as JSON.

    python bench/score_times.py [train|dev]

The annotation is not part of this repository; it is looked for in `../shared` beside it, or in
the folder that FIRSTHAND_SHARED names. Without it the script says so and ends with status 0.
Predictions are the times with an interval of the rules that GUM's guideline covers: it marks
calendar dates and stretches ("the last five years"), leaves lengths, sets, deadlines and "now"
unmarked, and gives hours without a day, which the interval scorer leaves out.
`timex` compares TIMEX3 values with GUM's `when`; ranges have no value of that kind and are left
out on both sides, GUM's with what overlaps them; ours lose the part of the day, and GUM's years
are written as TIMEX3 has them.
"""

import importlib.util
import json
import os
import re
import sys
import time
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from firsthand.model.claim import Time
from firsthand.resolve.dates import find_times, resolve_times

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("FIRSTHAND_SHARED", ROOT.parent / "shared"))


def scorer(name: str) -> ModuleType:
    """A scorer of the shared folder, loaded from its file."""
    folder = SHARED / "data" / "score"
    sys.path.insert(0, str(folder))
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


UNMARKED = {
    "reference", "the_past", "for_length", "within", "away", "duration", "bare_units", "clock",
}  # fmt: skip
"""Rules whose times GUM leaves unmarked, or marks as hours without a day; so are "years ago"
(PAST_REF), "many years later" (a value of all unknown digits) and "five minutes later"."""


def calendar_times(text: str, anchor: date) -> list[Time]:
    """The times of a text that GUM would mark: calendar dates and stretches with an interval."""
    rules = [expression.rule for expression in find_times(text)]
    return [
        item
        for item, rule in zip(resolve_times(text, anchor), rules, strict=True)
        if item.basis in {"absolute", "anchored"}
        and rule not in UNMARKED
        and not (rule in {"ago", "offset"} and item.timex_type == "TIME")
        and not str(item.timex_value).endswith("_REF")
        and item.timex_value != "XXXX"
    ]


def predicted(item: Time) -> dict[str, Any]:
    """A time in the form that both scorers read."""
    value = str(item.timex_value)
    return {
        "start": item.start,
        "end": item.end,
        "type": "DATE",
        "value": re.sub(r"(?<=\d)T.*$", "", value),
        "interval": [item.earliest or "0000-00-00", item.latest or "9999-99-99"],
    }


RANGE = re.compile(r"^P|/")
"""Values that stand for a stretch of time, which GUM never dates with `when`."""


def _timex3(when: str) -> str:
    """A bare year of GUM as TIMEX3 writes it: "-400" is BC0400, "900" is 0900."""
    year = re.fullmatch(r"(-?)(\d{1,4})", when)
    if year is None or (not year[1] and len(year[2]) == 4):
        return when
    return f"{'BC' if year[1] else ''}{int(year[2]):04d}"


def marked_days(document: dict[str, Any], found: list[dict[str, Any]]) -> tuple[Any, Any]:
    """Gold and predictions of one text for the TIMEX3 scorer: only what GUM dates with `when`."""
    single = [t for t in document["timex"] if "when" in t["attrs"] and t["tag"] == "date"]
    other = [t for t in document["timex"] if t not in single]
    gold = [
        {**t, "type": "DATE", "value": _timex3(re.sub(r"(?<=\d)T.*$", "", t["attrs"]["when"]))}
        for t in single
    ]
    kept = [
        t
        for t in found
        if not RANGE.search(t["value"])
        and not any(t["start"] < o["end"] and o["start"] < t["end"] for o in other)
    ]
    return (
        {"doc_id": document["doc_id"], "timex": gold},
        {"doc_id": document["doc_id"], "timex": kept},
    )


def main() -> None:
    """Scores the split named on the command line, dev by default."""
    split = sys.argv[1] if len(sys.argv) > 1 else "dev"
    path = SHARED / "data" / "time" / f"gum_dates.{split}.jsonl"
    if not path.exists():
        print(json.dumps({"skipped": f"no annotation at {path}"}))
        return
    gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    clock = time.process_time()
    for doc in gold:
        resolve_times(doc["text"], date.fromisoformat(doc["dct"]))
    seconds = time.process_time() - clock
    times = [calendar_times(doc["text"], date.fromisoformat(doc["dct"])) for doc in gold]
    found = [
        {"doc_id": doc["doc_id"], "timex": [predicted(t) for t in items]}
        for doc, items in zip(gold, times, strict=True)
    ]
    pairs = [marked_days(doc, result["timex"]) for doc, result in zip(gold, found, strict=True)]
    words = sum(len(doc["text"].split()) for doc in gold)
    print(
        json.dumps(
            {
                "split": split,
                "interval": scorer("score_interval").score(gold, found),
                "timex": scorer("score_timex").score([g for g, _ in pairs], [p for _, p in pairs]),
                "ms_per_500_words": round(seconds / words * 500 * 1000, 3),
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
