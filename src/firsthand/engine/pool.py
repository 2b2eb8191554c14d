"""Single-threaded processes with a time limit; a page that kills one is told apart."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

import pebble

from firsthand.engine.work import Batch, Worker, begin, work
from firsthand.errors import PipelineError
from firsthand.store.index import Written

INLINE_PAGES = 24
"""So few pages are done in this process: starting a pool takes longer than the work.

If one takes too long the rest goes to a pool; if one kills this process, the next run uses a
pool from the start (the index notes at which pages a run was)."""
INLINE_BYTES = 1_500_000
"""…unless they are large, and so worth a process that can be stopped."""


@dataclass(frozen=True)
class Done:
    """A finished batch: what stands where, or why a single page could not be done."""

    batch: Batch
    written: Sequence[Written] = ()
    failure: str | None = None


def run_batches(
    worker: Worker,
    batches: Sequence[Batch],
    *,
    processes: "Processes",
    seconds: float,
    guarded: bool = False,
) -> Iterator[Done]:
    """Run batches, in any order of completion; a failing batch is halved down to the page.

    `guarded` gives even a few pages to processes of their own.
    """
    pages = sum(len(batch.units) for batch in batches)
    size = sum(capture.size for batch in batches for capture in batch.captures.values())
    if pages <= INLINE_PAGES and size <= INLINE_BYTES and not guarded:
        batches = yield from _run_here(worker, batches, seconds)
    if batches:
        yield from _drain(processes, worker, list(batches), seconds)


class TimeIsUpError(BaseException):
    """Work in this process took too long; no `except Exception` of a library stops it."""


def _run_here(
    worker: Worker, batches: Sequence[Batch], seconds: float
) -> Generator[Done, None, Sequence[Batch]]:
    """Run batches in this process; returns those left over once one proves too much for it."""
    for number, batch in enumerate(batches):
        try:
            with _time_limit(seconds + len(batch.units)):
                written = worker.work(batch)
        except (TimeIsUpError, MemoryError):
            return batches[number:]
        yield Done(batch, written)
    return ()


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise `TimeIsUpError` in the block after so long, where the system can (main thread, POSIX).

    A timer that someone else has set keeps its time, and where it ends sooner ours is not set.
    """
    here = threading.current_thread() is threading.main_thread()
    other = signal.getitimer(signal.ITIMER_REAL)[0] if hasattr(signal, "setitimer") else 0.0
    if not (here and hasattr(signal, "setitimer")) or 0.0 < other <= seconds:
        yield
        return
    began = time.monotonic()
    before = signal.signal(signal.SIGALRM, _time_is_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)
        if other:
            signal.setitimer(signal.ITIMER_REAL, max(other - (time.monotonic() - began), 0.001))


def _time_is_up(_number: int, _frame: FrameType | None) -> None:
    raise TimeIsUpError


def preload(modules: Collection[str]) -> None:
    """Have the server that worker processes are forked from import these modules, once for all.

    Without it every process of every stage imports them anew, a second each. It counts for the
    first pool that this process starts.
    """
    for name in SINGLE_THREADED:
        os.environ.setdefault(name, "1")
    if FORKSERVER:
        multiprocessing.set_forkserver_preload(["__main__", *sorted(modules)])


SINGLE_THREADED = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
"""Told to worker processes: each has one core, and a process with threads must not be forked."""

FORKSERVER = "forkserver" in multiprocessing.get_all_start_methods()


class Processes:
    """The processes that serve all stages of a run, so that each loads every table once.

    They are started when first needed, and end with the run.
    """

    def __init__(self, count: int) -> None:
        """So many processes, none of them started yet."""
        self.count = count
        self._pool: pebble.ProcessPool | None = None

    def schedule(self, worker: Worker, batch: Batch, timeout: float) -> Callable[[], list[Written]]:
        """Have a batch worked on; returns what waits for the rows and says where they stand."""
        if self._pool is None:
            self._pool = pebble.ProcessPool(
                max_workers=self.count,
                initializer=begin,
                context=multiprocessing.get_context("forkserver" if FORKSERVER else "spawn"),
            )
        return self._pool.schedule(work, args=[worker, batch], timeout=timeout).result

    def close(self) -> None:
        """End the processes, and what they are still at."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]  # pebble's stop has no types
            self._pool.join()
            self._pool = None


def _drain(
    processes: Processes, worker: Worker, waiting: list[Batch], seconds: float
) -> Iterator[Done]:
    waiting.reverse()
    flying: list[tuple[Batch, Callable[[], list[Written]]]] = []
    # Two batches a process keep it busy without holding many results at once.
    limit = 2 * processes.count
    while waiting or flying:
        while waiting and len(flying) < limit:
            batch = waiting.pop()
            timeout = seconds + len(batch.units)
            flying.append((batch, processes.schedule(worker, batch, timeout)))
        batch, result = flying.pop(0)
        try:
            yield Done(batch, result())
        except BrokenProcessPool as error:
            message = (
                f"worker processes cannot be started ({error}); a script that calls "
                'firsthand must do so under `if __name__ == "__main__":`'
            )
            raise PipelineError(message) from error
        except (FutureTimeoutError, pebble.ProcessExpired, MemoryError) as error:
            if len(batch.units) == 1:
                yield Done(batch, failure=_reason(error, seconds))
            else:
                waiting += halves(batch)


def _reason(error: BaseException, seconds: float) -> str:
    if isinstance(error, FutureTimeoutError):
        return f"took longer than {seconds:g} s and was stopped (extract.seconds_per_page)"
    return f"its process ended ({type(error).__name__}: {error}), most likely out of memory"


def halves(batch: Batch) -> list[Batch]:
    """A batch as two, so that the page that breaks it is found in few steps."""
    middle = len(batch.units) // 2
    return [_part(batch, batch.units[middle:]), _part(batch, batch.units[:middle])]


def _part(batch: Batch, units: tuple[str, ...]) -> Batch:
    kept = frozenset(units)
    return Batch(
        label=batch.label,
        units=units,
        live={
            record: [pair for pair in live if pair[1] in kept]
            for record, live in batch.live.items()
        },
        captures={unit: capture for unit, capture in batch.captures.items() if unit in kept},
        judgements={unit: rows for unit, rows in batch.judgements.items() if unit in kept},
    )


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
