"""How often Python looks for garbage while a run goes on: seldom, since rows hold no cycles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

SELDOM: Final = (50_000, 20, 50)
"""New containers before a first look, and looks before an older generation is looked through.

Python's own 700 cost an eighth of an update's time, for nothing found."""


def collect_seldom() -> None:
    """Look seldom from now on, in a process that does nothing else, and never at what stands."""
    gc.set_threshold(*SELDOM)
    gc.freeze()


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Look seldom inside the block."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
