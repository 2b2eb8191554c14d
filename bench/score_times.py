"""Scores time expressions on the GUM date annotation and prints the figures as JSON.

    python bench/score_times.py [train|dev]

The annotation is not part of this repository; it is looked for in `../shared` beside it, or in
the folder that FIRSTHAND_SHARED names. Without it the script says so and ends with status 0.
Predictions are the times with an interval of the rules that GUM's guideline covers: it marks
calendar dates and stretches ("the last five years"), leaves lengths, sets, deadlines and "now"
unmarked, and gives hours without a day, which the interval scorer leaves out.
`timex` compares TIMEX3 values: gold values are GUM's `when`, and what its ranges stand for
(century, decade, season, week, weekend, part of a year); ours lose the part of the day.
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


UNMARKED = {"reference", "the_past", "for_length", "within", "away", "duration", "clock"}
"""Rules whose times GUM leaves unmarked, or marks as hours without a day; so are "years ago"
(PAST_REF) and "five minutes later"."""


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
    ]


def predicted(item: Time) -> dict[str, object]:
    """A time in the form that both scorers read."""
    value = str(item.timex_value)
    return {
        "start": item.start,
        "end": item.end,
        "type": "DATE",
        "value": re.sub(r"(?<=\d)T.*$", "", value),
        "interval": [item.earliest or "0000-00-00", item.latest or "9999-99-99"],
    }


def gold_value(attrs: dict[str, str]) -> str:
    """GUM's attributes as a TIMEX3 value."""
    if "when" in attrs:
        return re.sub(r"(?<=\d)T.*$", "", attrs["when"])
    first = attrs.get("from") or attrs.get("notBefore") or ""
    last = attrs.get("to") or attrs.get("notAfter") or ""
    years = re.match(r"(\d{4})", first), re.match(r"(\d{4})", last)
    if years[0] and years[1]:
        low, high = int(years[0][1]), int(years[1][1])
        if low % 100 == 0 and high == low + 99:
            return f"{low // 100:02d}"
        if low // 10 == high // 10 and (high - low >= 3 or first[4:] == last[4:] == ""):
            return f"{low // 10:03d}"
        for code, (start, ends) in {
            "SP": ("-03", ("-05", "-06")),
            "SU": ("-06", ("-08", "-09")),
            "FA": ("-09", ("-11", "-12")),
            "WI": ("-12", ("-02", "-03")),
        }.items():
            if first[4:7] == start and last[4:7] in ends:
                return f"{low}-{code}"
    return _week_value(first, last)


def _week_value(first: str, last: str) -> str:
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return first or last
    year, week, day = start.isocalendar()
    if day == 1 and (end - start).days == 6:
        return f"{year}-W{week:02d}"
    if day == 6 and (end - start).days == 1:
        return f"{year}-W{week:02d}-WE"
    return first


def main() -> None:
    """Scores the split named on the command line, dev by default."""
    split = sys.argv[1] if len(sys.argv) > 1 else "dev"
    path = SHARED / "data" / "time" / f"gum_dates.{split}.jsonl"
    if not path.exists():
        print(json.dumps({"skipped": f"no annotation at {path}"}))
        return
    gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    clock = time.perf_counter()
    times = [calendar_times(doc["text"], date.fromisoformat(doc["dct"])) for doc in gold]
    seconds = time.perf_counter() - clock
    found = [
        {"doc_id": doc["doc_id"], "timex": [predicted(t) for t in items]}
        for doc, items in zip(gold, times, strict=True)
    ]
    as_timex = [
        {
            "doc_id": doc["doc_id"],
            "timex": [
                {**t, "type": "DATE", "value": gold_value(t["attrs"])}
                for t in doc["timex"]
                if t["tag"] == "date"
            ],
        }
        for doc in gold
    ]
    words = sum(len(doc["text"].split()) for doc in gold)
    dates = [{**doc, "timex": [t for t in doc["timex"] if "type" in t]} for doc in found]
    print(
        json.dumps(
            {
                "split": split,
                "interval": scorer("score_interval").score(gold, found),
                "timex": scorer("score_timex").score(as_timex, dates),
                "ms_per_500_words": round(seconds / words * 500 * 1000, 3),
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
