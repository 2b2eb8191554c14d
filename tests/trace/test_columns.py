"""Columns of numbers."""

import numpy as np
import pytest

from firsthand.trace.columns import distinct
from firsthand.trace.fingerprints import first_places


@pytest.mark.parametrize("listed", [[], [4], [3, 1, 3, 2, 1], [-(1 << 63), (1 << 63) - 1, 0, 0]])
def test_distinct_numbers_and_their_first_places(listed: list[int]) -> None:
    values = np.array(listed, np.int64)
    known, first = np.unique(values, return_index=True)
    assert distinct(values).tolist() == known.tolist()
    found, places = first_places(values)
    assert (found.tolist(), places.tolist()) == (known.tolist(), first.tolist())
