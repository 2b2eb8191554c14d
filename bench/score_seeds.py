"""Runs the product on the two annotated real pages and prints the annotation's own score.

usage: python bench/score_seeds.py [A|B]

Mode A: no dates are given, and any date is a guess. Mode B: the annotation's dates are given.
The pages and the scorer are not part of this repository; they are looked for in ../shared
beside it, or in the folder that FIRSTHAND_SHARED names. Without them the script says so.
"""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from firsthand import dating, intake
from firsthand.intake import Custody
from firsthand.pipeline import run
from firsthand.publish.edition import connect
from firsthand.publish.export import export
from firsthand.publish.logs import log_rows
from firsthand.store.project import create

SHARED = Path(os.environ.get("FIRSTHAND_SHARED", Path(__file__).parents[1].parent / "shared"))
PAGES = ("000", "002")
CUSTODY = Custody(at="2031-01-01T00:00:00+00:00", by="bench")


def gold_dates() -> dict[str, str | dict[int, str]]:
    """The date that the annotation gives each page, by file name."""
    dates: dict[str, str | dict[int, str]] = {}
    for path in sorted((SHARED / "gold").glob("0*_*.json")):
        anchors = json.loads(path.read_text(encoding="utf-8"))["anchors"]
        dates[f"{path.stem}.txt"] = next(iter(anchors.values()))["date"]
    return dates


def score(mode: str) -> dict[str, Any]:
    """Every figure of the scorer, by block and name."""
    with tempfile.TemporaryDirectory(prefix="firsthand-bench-") as name:
        folder = Path(name)
        project = create(folder / "project")
        pages = [p for p in sorted((SHARED / "seeds").iterdir()) if p.name[:3] in PAGES]
        intake.add(project, pages, CUSTODY)
        if mode == "B":
            dating.set_dates(project, gold_dates(), CUSTODY)
        run(project)
        with closing(connect(project.edition)) as db:
            logs = log_rows(project.captures.all(), project.judgements.all())
            export(db, folder / "out", form="jsonl", logs=logs)
        scorer = SHARED / "gold" / "score" / "score_seeds.py"
        command = [sys.executable, str(scorer), str(folder / "out"), "--mode", mode]
        command += ["--pages", ",".join(PAGES), "--json", str(folder / "score.json")]
        subprocess.run(command, check=True, capture_output=True)
        found: dict[str, Any] = json.loads((folder / "score.json").read_text(encoding="utf-8"))
        return found


def main() -> None:
    """Print the figures as JSON."""
    if not (SHARED / "gold" / "score").is_dir():
        print(f"{SHARED} is not there: the annotated pages cannot be scored")
        return
    mode = sys.argv[1] if len(sys.argv) > 1 else "A"
    print(json.dumps(score(mode), indent=1))


if __name__ == "__main__":
    main()
