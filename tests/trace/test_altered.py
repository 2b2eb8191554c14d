"""Altered quotations: what a quotation changed against its source, and what it marked itself."""

import pytest

from articles_factory import article, traced
from firsthand.model.lineage import AlteredQuotation
from firsthand.trace.altered import changes
from firsthand.trace.nearest import placed_words

SOURCE = (
    "The general staff said the pictures show trucks without any guard, which could indicate "
    "that their crews feel absolutely safe in the area, and about 40 of them were counted."
)
FROM = (
    "show trucks without any guard, which could indicate that their crews feel absolutely safe "
    "in the area"
)


@pytest.mark.parametrize(
    ("quoted", "names"),
    [
        (FROM, []),
        (FROM.replace("could indicate", "indicate"), ["hedge dropped"]),
        (FROM.replace("crews", "crews (mercenaries all)"), ["insertion"]),
        (FROM.replace("absolutely", "wholly"), ["words not in the source"]),
        (FROM.replace("absolutely ", ""), ["truncation"]),
        (FROM.replace("without any guard", "with a guard"), ["words not in the source"]),
        (FROM.replace("that their crews feel", "how well all feel"), ["words not in the source"]),
        (FROM.replace("absolutely", "…"), []),
        (FROM + ", and about 60 of them", ["number changed"]),
    ],
)
def test_alterations_are_named(quoted: str, names: list[str]) -> None:
    text = f"As the Brig Post had it, the trucks stood alone, “{quoted}” on that day."
    tables = traced(
        [
            article(text, source="a/1", outlet="A", credit=("As the Brig Post had it", "Brig Post", text)),
            article(SOURCE, source="b/1", outlet="Brig Post"),
        ]
    )  # fmt: skip
    found = tables.rows(AlteredQuotation)
    assert [row.alteration for row in found] == names
    for row in found:
        assert row.quotation.text == quoted
        assert row.source_span is not None
        assert row.source_span.text in SOURCE


@pytest.mark.parametrize(
    ("quoted", "names"),
    [
        ("we go with all the force we can before the tide turns on them", ["words not in the source"]),
        ("we go with as much force as we can before the tide turns", ["words not in the source",
                                                                     "truncation"]),
    ],
)  # fmt: skip
def test_a_word_left_out_beside_a_rewording_is_part_of_it(quoted: str, names: list[str]) -> None:
    source = "we go with as little force as we can before the very tide turns on them"
    source = source.replace("very ", "") if len(names) == 1 else source
    here, there = placed_words(quoted, 0, len(quoted)), placed_words(source, 0, len(source))
    assert [one.name for one in changes(here, there, quoted)] == names
