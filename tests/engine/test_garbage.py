"""That Python's own habits come back after a run."""

import gc

import pytest

from firsthand.engine import garbage


def fail() -> None:
    assert gc.get_threshold() == garbage.SELDOM
    raise LookupError


@garbage.collecting_seldom()
def fail_in_a_run() -> None:
    fail()


def test_habits_come_back_even_after_an_error() -> None:
    before = gc.get_threshold()
    assert before != garbage.SELDOM
    with pytest.raises(LookupError):
        fail_in_a_run()
    assert gc.get_threshold() == before


def test_a_process_of_the_pool_looks_at_nothing_that_stands() -> None:
    before, stood = gc.get_threshold(), gc.get_freeze_count()
    try:
        garbage.collect_seldom()
        assert gc.get_threshold() == garbage.SELDOM
        assert gc.get_freeze_count() > stood
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
