"""What every file that a person adds is held to: refused whole, with its row, in few words."""

from collections.abc import Callable, Sequence

import pytest

from firsthand.errors import ResourceError


def refused_whole(
    merged: Callable[[bytes | None, str, bytes], object], content: bytes, words: Sequence[str]
) -> None:
    """Check that a bad file is refused in a short message that holds its name and these words."""
    with pytest.raises(ResourceError) as caught:
        merged(None, "bad.csv", content)
    for word in ["bad.csv", *words]:
        assert word in str(caught.value)
    assert len(str(caught.value)) < 2000
