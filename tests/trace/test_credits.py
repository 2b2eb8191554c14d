"""Credits: the forms the grammar reads, what they name and cover, and what it must leave alone."""

import re

import pytest
from credit_cases import (
    BLOCK,
    BODY,
    HEADS,
    LINES,
    NEAR_MISSES,
    OTHER_LANGUAGES,
    OWN,
    SENTENCES,
    TAILS,
    Case,
)
from factory import make_article, make_document, make_page

from firsthand.model.lineage import Credit
from firsthand.segment.stage import segment_document
from firsthand.trace.credits import find_credits


def credits_of(text: str, *, outlet: str | None = "Lantern Daily", title: str | None = None) -> list[Credit]:
    page, document, segments = make_article(text, outlet=outlet, title=title)
    return find_credits(page, [document], [segments])


def ends(words: str) -> tuple[str, str]:
    first, last = words.split(" ~ ")
    return first, last


@pytest.mark.parametrize("case", [*LINES, *TAILS, *HEADS, *SENTENCES], ids=lambda case: case.words)
def test_form_of_credit_is_read(case: Case) -> None:
    found = credits_of(case.text)
    assert [credit.text for credit in found] == [case.words]
    (credit,) = found
    assert (credit.cited_source, credit.source_kind) == (case.source, case.source_kind)
    assert (credit.kind, credit.position) == (case.kind, case.position)
    first, last = ends(case.covers)
    assert credit.covers[0].text.startswith(first)
    assert credit.covers[-1].text.endswith(last)
