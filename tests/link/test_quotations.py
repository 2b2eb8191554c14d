"""Altered quotations as conflicts between the claims on both sides."""

import pytest

from firsthand.link.quotations import altered_rows
from firsthand.model.event import Conflict
from firsthand.model.judgement import Target
from firsthand.model.lineage import AlteredQuotation
from firsthand.model.linking import CheckedQuotation, ClaimFacts
from firsthand.model.record import Record, Span
from firsthand.stage import Change
from link.factory import Article, Said, decision, linked

SAID = "The road could be open by Sunday"
QUOTED = "The road is open by Sunday"


def altered(**more: object) -> AlteredQuotation:
    values: dict[str, object] = {
        "altered_id": "q-1",
        "document_id": "d-b",
        "page_id": "p-b",
        "quotation": Span(start=100, end=126, text=QUOTED),
        "source_document": "d-a",
        "source_span": Span(start=300, end=332, text=SAID),
        "alteration": "hedge dropped",
        "explanation": "“could” is left out",
    }
    return AlteredQuotation(**values | more)  # type: ignore[arg-type]  # a test's own values


def conflicts(row: AlteredQuotation, change: dict[type[Record], frozenset[str]]) -> list[Record]:
    project = linked(
        Article("a", (Said("lead"), Said("one", SAID, "other"))),
        Article("b", (Said("one", QUOTED, "other"),)),
    )
    project.tables.replace("trace", {"p-b": [row]})
    units = altered_rows(project.tables, Change(change), {}, fresh=not change)
    return [made for rows in units.values() for made in rows]


@pytest.mark.parametrize(
    "change",
    [
        {},
        {AlteredQuotation: frozenset({"p-b"})},
        {ClaimFacts: frozenset({"p-b"})},
        {ClaimFacts: frozenset({"p-a"})},
    ],
)
def test_a_change_on_either_side_gives_the_same_conflict(
    change: dict[type[Record], frozenset[str]],
) -> None:
    (row,) = conflicts(altered(), change)
    assert isinstance(row, Conflict)
    assert (row.kind, row.field, row.claims) == ("contradiction", "wording", ("c-a-one", "c-b-one"))
    assert {value.value for value in row.values} == {SAID, QUOTED}


def test_words_left_out_pull_apart() -> None:
    (row,) = conflicts(altered(alteration="truncation"), {})
    assert isinstance(row, Conflict)
    assert row.kind == "tension"


def test_without_a_source_or_a_claim_nothing_conflicts() -> None:
    assert conflicts(altered(source_document=None, source_span=None), {}) == []
    nowhere = Span(start=9000, end=9010, text="elsewhere!")
    assert conflicts(altered(source_span=nowhere), {}) == []


def test_what_is_gone_leaves_no_row() -> None:
    project = linked(Article("a", (Said("one"),)))
    units = altered_rows(
        project.tables, Change({AlteredQuotation: frozenset({"p-b"})}), {}, fresh=False
    )
    assert units == {"l:altered:p-b": []}


def test_a_quotation_found_not_to_be_altered_makes_no_conflict_until_that_is_taken_back() -> None:
    project = linked(
        Article("a", (Said("lead"), Said("one", SAID, "other"))),
        Article("b", (Said("one", QUOTED, "other"),)),
    )
    project.tables.replace("trace", {"p-b": [altered()]})
    aimed = Target(kind="quotation", words=QUOTED, source="https://b.example/", sha256="sha-b")
    change = Change({CheckedQuotation: frozenset({"p-b"})})
    for judged, expected in (("reject", 0), ("accept", 1), ("unsure", 1)):
        project.judge(decision(judged, aimed))
        rows = altered_rows(project.tables, change, {}, fresh=False)
        assert len(rows["l:altered:p-b"]) == expected
    project.judge(decision("reject", aimed))
    project.judge()
    assert len(altered_rows(project.tables, change, {}, fresh=False)["l:altered:p-b"]) == 1
