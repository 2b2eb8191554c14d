"""Packaged tables as they are read."""

import pytest

from firsthand import resources
from firsthand.errors import ResourceError


@pytest.mark.parametrize("name", ["gazetteers/english_words.tsv", "gazetteers/given_names.tsv"])
def test_a_list_has_the_words_of_its_table(name: str) -> None:
    rows = resources.read_table(name)
    assert resources.read_words(name) == {row["word"].lower() for row in rows}
    assert len(rows) > 1_000


def test_a_table_of_two_columns_is_no_list_of_words() -> None:
    with pytest.raises(ResourceError, match="second column"):
        resources.read_words("gazetteers/capitals.tsv")
