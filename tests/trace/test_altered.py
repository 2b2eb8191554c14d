"""Altered quotations: what a quotation changed against its source, and what it marked itself."""

import pytest

from articles_factory import article, traced
from firsthand.model.lineage import AlteredQuotation

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
