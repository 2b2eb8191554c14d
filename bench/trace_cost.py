"""What trace costs: CPU time against one plain pass over the same text, growth, memory.

    python bench/trace_cost.py --pages 2000 8000 [--seed 1] [--profile]

Times the per-page part and the corpus part of a full run, then of adding one page. Credits and
voices are timed apart. Start-up is left out, and so is the store: tables are held in memory.
"""

import argparse
import cProfile
import math
import pstats
import resource
import runpy
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import pyarrow as pa

from firsthand.model.record import Record
from firsthand.stage import Tables
from firsthand.store.memory import MemoryTables
from firsthand.trace.prepare import Reading, block_prints, fingerprint_document
from firsthand.trace.stage import STAGE
from firsthand.trace.words import words_of
from trace_pile import CONTEXT, RECORDS, PilePage, change_of, prepared, read_pile

T = TypeVar("T")
PASS: Final = runpy.run_path(str(Path(__file__).with_name("pass.py")))


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """CPU seconds of all threads, and what the work gave."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def fingerprints(pages: Sequence[PilePage]) -> None:
    """The per-page part without credits and voices."""
    for one in pages:
        words = words_of(one.page.text)
        block_prints(one.page, words, one.documents)
        for document, segments in zip(one.documents, one.segments, strict=True):
            reading = Reading(document, segments)
            fingerprint_document(one.page, words, reading, CONTEXT.settings.trace)


def made(tables: Tables, units: frozenset[str]) -> list[Mapping[str, Sequence[Record]]]:
    """What the corpus part gives for some pages that changed."""
    assert STAGE.update is not None
    return list(STAGE.update(tables, change_of(units), CONTEXT).portions())


class WarmTables(MemoryTables):
    """Tables in memory that keep their Arrow form until they change, as a store on disk does."""

    def __init__(self) -> None:
        """Empty tables of trace."""
        super().__init__(RECORDS)
        self._known: dict[type[Record], pa.Table] = {}

    def replace(self, stage: str, units: Mapping[str, Iterable[Record]]) -> None:
        """Replace rows, and make the Arrow form anew when it is asked for."""
        super().replace(stage, units)
        self._known.clear()

    def _arrow(self, record: type[Record]) -> pa.Table:
        if record not in self._known:
            self._known[record] = super()._arrow(record)
        return self._known[record]

    def warm(self) -> None:
        """Make the Arrow forms now, so that they are not timed with the stage."""
        for record in RECORDS:
            self._arrow(record)


def measure(count: int, seed: int, *, profile: bool) -> float:
    """Print the figures for one size; return the CPU seconds of the whole stage."""
    pages = list(read_pile(count + 1, seed))
    *most, last = pages
    texts = [one.page.text for one in most]
    size = sum(len(text.encode()) for text in texts) / 1e6
    base = PASS["cpu_seconds_of_pass"](texts)
    words_of("start-up")
    first, _ = timed(lambda: fingerprints(most))
    whole, rows = timed(lambda: {one.page.page_id: prepared(one) for one in most})
    tables = WarmTables()
    tables.replace("earlier", {one.page.page_id: one.records for one in most})
    tables.replace("prepare", rows)
    tables.warm()
    units = frozenset(rows)
    profiler = cProfile.Profile()
    if profile:
        profiler.enable()
    corpus, portions = timed(lambda: made(tables, units))
    profiler.disable()
    for portion in portions:
        tables.replace("trace", portion)
    tables.replace("earlier", {last.page.page_id: last.records})
    tables.replace("prepare", {last.page.page_id: prepared(last)})
    tables.warm()
    one = frozenset([last.page.page_id])
    start = time.perf_counter()
    added, _ = timed(lambda: made(tables, one))
    wall = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    total = first + corpus
    print(
        f"{count} pages, {size:.1f} MB: pass {base:.2f} s; fingerprints {first:.2f}, credits and "
        f"voices {whole - first:.2f}, corpus {corpus:.2f}; stage {total:.2f} CPU s = "
        f"{total / base:.2f} x pass, {size / total:.2f} MB/s; peak {peak:.2f} GB; "
        f"adding one page {added:.2f} CPU s, {wall:.2f} s"
    )
    if profile:
        pstats.Stats(profiler).sort_stats("tottime").print_stats(40)
    return total


def main() -> None:
    """Print a line for each size and how the cost grows."""
    parser = argparse.ArgumentParser(description="Time trace on generated piles.")
    parser.add_argument("--pages", type=int, nargs="+", default=[2000, 8000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--profile", action="store_true")
    args = parser.parse_args()
    costs: list[Any] = [measure(count, args.seed, profile=args.profile) for count in args.pages]
    if len(costs) > 1:
        growth = math.log(costs[-1] / costs[0]) / math.log(args.pages[-1] / args.pages[0])
        print(f"growth exponent {growth:.2f}")


if __name__ == "__main__":
    main()
