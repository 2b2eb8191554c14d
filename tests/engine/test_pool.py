"""How batches are halved and timed, without any process being started."""

import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest

from firsthand.config import Settings
from firsthand.engine import pool
from firsthand.engine.pool import TimeIsUpError, halves
from firsthand.engine.work import Batch, Worker
from firsthand.model.problem import Problem
from firsthand.stage import Context
from firsthand.store.index import Written


def batch_of(*units: str) -> Batch:
    live = {Problem: [("part", unit) for unit in units]}
    return Batch(label="x", units=units, live=live, captures={}, judgements={})


@pytest.mark.parametrize("count", [2, 3, 7, 64])
def test_halves_hold_every_page_once_with_its_rows(count: int) -> None:
    units = tuple(f"p{number}" for number in range(count))
    parts = halves(batch_of(*units))
    assert len(parts) == 2
    assert sorted(unit for part in parts for unit in part.units) == sorted(units)
    for part in parts:
        assert part.units
        assert [unit for _, unit in part.live[Problem]] == list(part.units)


def work_carelessly() -> None:
    """Work without end that swallows every error."""
    while True:
        try:
            sum(range(1000))
        except Exception:  # noqa: BLE001 - as careless code would
            continue


def test_work_that_takes_too_long_is_broken_off_past_careless_code() -> None:
    signal.setitimer(signal.ITIMER_REAL, 0)  # the timer of a test runner
    with pytest.raises(TimeIsUpError), pool._time_limit(0.05):
        work_carelessly()
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_a_timer_of_someone_else_keeps_its_time() -> None:
    rung: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, _frame: rung.append(number))
    try:
        signal.setitimer(signal.ITIMER_REAL, 30)
        with pool._time_limit(5):
            assert signal.getitimer(signal.ITIMER_REAL)[0] <= 5
        assert 20 < signal.getitimer(signal.ITIMER_REAL)[0] <= 30
        signal.setitimer(signal.ITIMER_REAL, 0.02)
        with pool._time_limit(5):
            until = time.monotonic() + 5
            while not rung and time.monotonic() < until:
                pass
        assert rung == [signal.SIGALRM]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class Pool:
    """Stands for a pool of processes; does the work when its result is asked for."""

    made: ClassVar[list["Pool"]] = []

    def __init__(self, **how: object) -> None:
        self.how, self.ended = how, 0
        self.made.append(self)

    def schedule(
        self, function: Callable[..., object], args: list[object], timeout: float
    ) -> "Pool":
        assert timeout > 0
        self.result = lambda: function(*args)
        return self

    def stop(self) -> None:
        self.ended += 1

    def join(self) -> None:
        self.ended += 1


class Echo(Worker):
    """Says which pages it was given."""

    def work(self, batch: Batch) -> list[Written]:
        return [Written(batch.label, unit, "", "") for unit in batch.units]


def test_one_pool_serves_all_stages_and_ends_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool.pebble, "ProcessPool", Pool)
    Pool.made.clear()
    processes = pool.Processes(3)
    processes.close()  # nothing was started
    worker = Echo(Path(), lambda _rows, _context: (), (), Context(Settings()))
    for _stage in range(2):
        done = list(
            pool.run_batches(
                worker, [batch_of("p", "q")], processes=processes, seconds=9, guarded=True
            )
        )
        assert [row.unit for one in done for row in one.written] == ["p", "q"]
    assert [one.how["max_workers"] for one in Pool.made] == [3]
    processes.close()
    processes.close()
    assert Pool.made[0].ended == 2


def test_there_is_at_least_one_core() -> None:
    assert pool.cores() >= 1
