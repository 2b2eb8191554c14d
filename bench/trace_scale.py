"""Trace on large piles with its tables on disk: CPU time, growth, memory, adding one page.

    python bench/trace_scale.py --pages 5000 20000 [--seed 1] [--out bench/results/trace_scale.json]

Pages are made, read and written to a project's tables in portions, so that memory is that of the
stage and not of the pile. Times are CPU seconds of all threads; writing and making pages is left
out, and so are credits and voices, which are given apart. Growth is the exponent between the
first and the last size.
"""

import argparse
import functools
import itertools
import json
import math
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from firsthand.model.record import Record
from firsthand.store.index import Index, Written
from firsthand.store.parts import Parts
from firsthand.store.tables import DiskTables
from firsthand.trace.stage import STAGE
from firsthand.trace.words import words_of
from trace_cost import PASS, fingerprints, timed
from trace_pile import CONTEXT, RECORDS, PilePage, change_of, prepared, read_pile

PORTION: Final = 500
ADDED: Final = 8
"""Pages added one after another."""


@dataclass
class Cost:
    """What one size costs; seconds are CPU seconds."""

    pages: int
    megabytes: float = 0.0
    one_pass: float = 0.0
    fingerprints: float = 0.0
    credits_and_voices: float = 0.0
    corpus: float = 0.0
    corpus_wall: float = 0.0
    stage: float = 0.0
    times_pass: float = 0.0
    megabytes_a_second: float = 0.0
    peak_gigabytes: float = 0.0
    getting_ready: float = 0.0
    """The first page added after a full run: what small updates ask for is put in order then."""
    adding_one: float = 0.0
    """The middle one of the pages added after that; the longest follows."""
    adding_one_wall: float = 0.0
    adding_one_longest: float = 0.0


class Store:
    """The tables of a project on disk."""

    def __init__(self, folder: Path) -> None:
        """Empty tables in an empty folder."""
        self.index = Index(folder / "index.sqlite")
        self.parts = Parts(folder / "tables")
        self.tables = DiskTables(self.index, self.parts, RECORDS, folder / "scratch")
        self.begin()

    def begin(self) -> None:
        """A new run."""
        self.index.begin_generation()

    def write(self, stage: str, units: Mapping[str, Iterable[Record]]) -> None:
        """Replace the rows that a stage keeps under these units, in parts of some size."""
        names = iter(sorted(units))
        while portion := list(itertools.islice(names, PORTION)):
            made = {unit: list(units[unit]) for unit in portion}
            written = self.parts.write(stage, made)
            self.index.replace(stage, dict.fromkeys(portion, "made"), written)

    def close(self) -> None:
        """Close the files."""
        self.tables.close()
        self.index.close()


def portions(count: int, seed: int) -> Iterator[list[PilePage]]:
    """The pages of a pile, some at a time."""
    pages = read_pile(count, seed)
    while portion := list(itertools.islice(pages, PORTION)):
        yield portion


def prepare(store: Store, pages: Sequence[PilePage], cost: Cost) -> None:
    """The per-page part for some pages, timed, and its rows on disk."""
    texts = [one.page.text for one in pages]
    cost.megabytes += sum(len(text.encode()) for text in texts) / 1e6
    cost.one_pass += PASS["cpu_seconds_of_pass"](texts)
    alone, _ = timed(lambda: fingerprints(pages))
    whole, rows = timed(lambda: {one.page.page_id: prepared(one) for one in pages})
    cost.fingerprints += alone
    cost.credits_and_voices += whole - alone
    store.write("earlier", {one.page.page_id: one.records for one in pages})
    store.write("prepare", rows)


def update(store: Store, pages: frozenset[str]) -> tuple[float, float]:
    """CPU and wall seconds of the corpus part for some pages; writing its rows is left out."""
    store.begin()
    spent = wall = 0.0
    made: dict[str, str | None] = {}
    written: list[Written] = []
    rest: Iterator[Mapping[str, Sequence[Record]]] | None = None
    while True:
        began = time.perf_counter()
        if rest is None:
            more, delta = timed(lambda: STAGE.update(store.tables, change_of(pages), CONTEXT))  # type: ignore[misc]  # set for every such stage
            rest, portion = delta.portions(), {}
        else:
            more, found = timed(functools.partial(next, rest, None))
            if found is None:
                break
            portion = found
        spent, wall = spent + more, wall + time.perf_counter() - began
        written += store.parts.write(
            "trace", {unit: rows for unit, rows in portion.items() if rows}
        )
        made |= {unit: "made" if rows else None for unit, rows in portion.items()}
    store.index.replace("trace", made, written)
    return spent, wall


def measure(count: int, seed: int, folder: Path) -> Cost:
    """The cost of a full run over so many pages, and of some more, one after another."""
    store, cost = Store(folder), Cost(count)
    pages: list[str] = []
    waiting: list[PilePage] = []
    for portion in portions(count + ADDED, seed):
        waiting += portion
        ready, waiting = waiting[:-ADDED], waiting[-ADDED:]
        prepare(store, ready, cost)
        pages += [one.page.page_id for one in ready]
    cost.corpus, cost.corpus_wall = update(store, frozenset(pages))
    cost.peak_gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    times = []
    for one in waiting:
        prepare(store, [one], Cost(1))
        times.append(update(store, frozenset([one.page.page_id])))
    store.close()
    cost.getting_ready = times.pop(0)[0]
    cost.adding_one, cost.adding_one_wall = sorted(times)[len(times) // 2]
    cost.adding_one_longest = max(times)[0]
    cost.stage = cost.fingerprints + cost.corpus
    cost.times_pass = cost.stage / cost.one_pass
    cost.megabytes_a_second = cost.megabytes / cost.stage
    return cost


def main() -> None:
    """Print a line for each size and how the cost grows; write the figures if asked."""
    parser = argparse.ArgumentParser(description="Time trace on large generated piles.")
    parser.add_argument("--pages", type=int, nargs="+", default=[5000, 20000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    words_of("start-up")
    prepared(next(read_pile(1, args.seed)))
    costs: list[Cost] = []
    for count in args.pages:
        with tempfile.TemporaryDirectory() as folder:
            costs.append(measure(count, args.seed, Path(folder)))
        values = {name: round(value, 3) for name, value in asdict(costs[-1]).items()}
        print(json.dumps(values), flush=True)
    found = {"seed": args.seed, "sizes": [asdict(cost) for cost in costs]}
    if len(costs) > 1:
        first, last = costs[0], costs[-1]
        growth = math.log(last.stage / first.stage) / math.log(last.pages / first.pages)
        found["growth"] = growth
        print(f"growth exponent {growth:.2f}")
    if args.out:
        args.out.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
