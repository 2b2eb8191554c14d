"""Raises the floors to what is measured now, less some room; lowers none.

usage: python tests/eval/update_floors.py [SUITE …]
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from eval import floors
from eval.scores import SUITES


def main() -> None:
    known = floors.read(floors.FILE.read_text("utf-8")) if floors.FILE.exists() else {}
    for name in sys.argv[1:] or SUITES:
        suite = SUITES[name]
        if not suite.there():
            sys.stderr.write(f"{name}: its corpus is not here; left as it was\n")
            continue
        scores = suite.scores()
        before = known.get(name)
        known[name] = floors.raised(before, scores, suite.digest())
        for figure, score in scores.items():
            old = before.figures.get(figure) if before else None
            sys.stdout.write(f"{name} {figure}: {score:.3f}, floor {old} -> "
                             f"{known[name].figures[figure]}\n")  # fmt: skip
    ordered = {name: known[name] for name in SUITES if name in known}
    floors.FILE.write_text(floors.written(ordered), encoding="utf-8")


if __name__ == "__main__":
    main()
