"""Lineage: what is an edge, which way it points, and what says so."""

from collections.abc import Sequence

import pytest

from articles_factory import article, document_of, traced
from firsthand.model.lineage import Derivation, Node, Passage
from firsthand.model.record import Record
from firsthand.store.memory import MemoryTables

BODY = (
    "Crews from three districts fought the fire at the Tessin oil depot until Sunday noon. "
    "Two tanks had burst before the first hoses were laid, a foreman who asked not to be named "
    "told reporters at the gate. Nobody could say how many drivers slept in the yard."
)
QUOTE = (
    "We have asked for boats and for lamps since Tuesday and what came was a truck with forms "
    "for us to fill in by candle light"
)
OWN = "Our reporter walked along the northern bank and counted seven boats without owners there."
OWN2 = "In the capital the cabinet met for a second evening and sent no word to the press at all."


def edges(tables: MemoryTables, status: str = "active") -> list[Derivation]:
    """Edges between documents."""
    return [
        row
        for row in tables.rows(Derivation)
        if row.status == status and row.derived[:2] == row.source[:2] == "d-"
    ]


def one_edge(*pages: Sequence[Record]) -> tuple[Derivation, list[str]]:
    """The only active edge between documents, and the documents of the pages given."""
    (edge,) = edges(traced(pages))
    return edge, [document_of(page) for page in pages]


def test_a_later_copy_is_derived_from_the_earlier() -> None:
    edge, (a, b) = one_edge(
        article(BODY, source="https://a.example/1", outlet="A", published="2031-05-03"),
        article(f"{OWN}\n{BODY}", source="https://b.example/1", outlet="B", published="2031-05-01"),
    )
    assert (edge.derived, edge.source, edge.direction_basis) == (a, b, "date")
    assert edge.kind == "copy"
    assert edge.spans[0].derived is not None
    assert edge.spans[0].derived.text == BODY.rstrip(".")


def test_a_credit_beats_dates() -> None:
    edge, (a, b) = one_edge(
        article(f"From Brig Post:\n\n{BODY}", source="https://a.example/1", outlet="A",
                published="2031-05-01", credit=("From Brig Post:", "Brig Post", BODY)),
        article(BODY, source="https://b.example/1", outlet="The Brig Post", published="2031-05-03"),
    )  # fmt: skip
    assert (edge.derived, edge.source, edge.direction_basis) == (a, b, "credit")
    assert "From Brig Post:" in (edge.explanation or "")


@pytest.mark.parametrize("dates", [(None, None), ("2031-05-01", "2031-05-01"), ("2031", "2031-05")])
def test_without_evidence_both_readings_are_kept(dates: tuple[str | None, str | None]) -> None:
    edge, documents = one_edge(
        article(BODY, source="https://a.example/1", outlet="A", published=dates[0]),
        article(f"{OWN}\n{BODY}", source="https://b.example/1", outlet="B", published=dates[1]),
    )
    assert (edge.kind, edge.directed, edge.direction_basis) == ("shared", False, "none")
    assert {reading.derived for reading in edge.readings} == set(documents)


def test_words_in_quotation_marks_come_from_where_they_have_none() -> None:
    edge, (a, b) = one_edge(
        article(f"{OWN} The paper wrote: “{BODY[:170]}” {OWN2}", source="a/1", outlet="A"),
        article(BODY, source="b/1", outlet="B"),
    )
    assert (edge.derived, edge.source) == (a, b)
    assert (edge.kind, edge.direction_basis) == ("quotation", "quotation_marks")


def test_two_outlets_that_quote_one_speaker_share_a_quotation_only() -> None:
    tables = traced(
        [
            article(f"{OWN} “{QUOTE},” Mayor Ilda Kren said.", source="a/1", outlet="A",
                    published="2031-05-03"),
            article(f"“{QUOTE},” said Kren on Friday. {OWN2}", source="b/1", outlet="B",
                    published="2031-05-01"),
        ]
    )  # fmt: skip
    assert {passage.kind for passage in tables.rows(Passage)} == {"quotation"}
    (edge,) = edges(tables)
    assert not edge.directed


WHO = "Ilda Kren, the deputy mayor of the lower town of Tessin"
FORMS = "and nobody at the town hall could tell me whom to give them to once they are filled in"


@pytest.mark.parametrize(
    ("beside", "kind", "directed"),
    [("", "shared", False), (f" {OWN2}", "paraphrase", True)],
)
def test_the_name_and_office_of_who_is_quoted_are_no_copied_words(
    beside: str, kind: str, directed: bool
) -> None:
    tables = traced(
        [
            article(f"{OWN} {WHO}, noted: “{QUOTE} {FORMS}.”{beside}", source="a/1", outlet="A",
                    published="2031-05-03"),
            article(f"“{QUOTE} {FORMS},” said {WHO}.{beside} No more came.", source="b/1", outlet="B",
                    published="2031-05-01"),
        ]
    )  # fmt: skip
    assert {passage.kind for passage in tables.rows(Passage)} == {"quotation", "copy"}
    (edge,) = edges(tables)
    assert (edge.kind, edge.directed) == (kind, directed)


def test_a_few_paragraphs_of_a_longer_text_are_an_excerpt() -> None:
    long = f"{BODY}\n{OWN}\n" + "\n".join(f"Line {n} of {OWN2} Then {n} more." for n in range(12))
    edge, _ = one_edge(
        article(f"{BODY}\n" + "\n".join(f"Note {n}: the {n}th day passed." for n in range(40)),
                source="a/1", outlet="A", published="2031-05-03"),
        article(long, source="b/1", outlet="B", published="2031-05-01"),
    )  # fmt: skip
    assert edge.kind == "excerpt"


def test_an_uncaptured_report_is_one_node_for_two_copies_of_it() -> None:
    credit = ("Source: Valley Wire", "Valley Wire", BODY)
    tables = traced(
        [
            article(f"Source: Valley Wire\n\n{BODY}", source=f"{n}/1", outlet=n, credit=credit)
            for n in ("A", "B")
        ]
    )
    (report,) = [node for node in tables.rows(Node) if node.kind == "report"]
    assert len(report.credited_by) == 2
    assert not report.captured
    assert {e.source for e in tables.rows(Derivation) if e.basis == "credit"} >= {report.node_id}
    (edge,) = edges(tables)
    assert edge.kind == "common_source"


def test_two_reports_of_one_agency_are_two_nodes() -> None:
    tables = traced(
        article(f"Source: Valley Wire\n\n{text}", source=f"{n}/1", outlet=n,
                credit=("Source: Valley Wire", "Valley Wire", text))
        for n, text in (("A", BODY), ("B", f"{OWN} {OWN2}"))
    )  # fmt: skip
    reports = [node for node in tables.rows(Node) if node.kind == "report"]
    assert len(reports) == 2
    assert len({e.source for e in tables.rows(Derivation) if e.derived in
                {report.node_id for report in reports}}) == 1  # fmt: skip


def test_each_crediting_the_other_leaves_no_direction() -> None:
    tables = traced(
        article(f"From {theirs}:\n\n{BODY}", source=f"{mine}/1", outlet=mine,
                credit=(f"From {theirs}:", theirs, BODY))
        for mine, theirs in (("Aar Post", "Brig Post"), ("Brig Post", "Aar Post"))
    )  # fmt: skip
    (edge,) = edges(tables)
    assert not edge.directed
    assert len(edges(tables, "set_aside")) == 2


def test_a_credit_to_the_own_outlet_is_set_aside() -> None:
    tables = traced(
        [article(f"From Aar Post:\n\n{BODY}", source="a/1", outlet="Aar Post",
                 credit=("From Aar Post:", "Aar Post", BODY))]
    )  # fmt: skip
    (row,) = [e for e in tables.rows(Derivation) if e.status == "set_aside"]
    assert row.reason
    assert not [node for node in tables.rows(Node) if node.kind == "report"]


def test_a_link_to_a_captured_page_is_an_edge() -> None:
    edge, (a, b) = one_edge(
        article(f"{OWN} See this report.", source="https://a.example/1", outlet="A",
                links=[("this report", "https://www.b.example/news/7/?ref=1")]),
        article(BODY, source="https://b.example/news/7", outlet="B"),
    )  # fmt: skip
    assert (edge.kind, edge.derived, edge.source) == ("link", a, b)


def test_of_a_chain_the_nearest_link_is_kept() -> None:
    first = article(BODY, source="a/1", outlet="Aar Post")
    second = article(f"From Aar Post:\n\n{BODY}", source="b/1", outlet="Brig Post",
                     credit=("From Aar Post:", "Aar Post", BODY))  # fmt: skip
    third = article(f"From Brig Post:\n\n{BODY}", source="c/1", outlet="Chur Post",
                    credit=("From Brig Post:", "Brig Post", BODY))  # fmt: skip
    found = {(edge.derived, edge.source) for edge in edges(traced([first, second, third]))}
    a, b, c = map(document_of, (first, second, third))
    assert found == {(b, a), (c, b)}


def test_a_date_that_a_credit_belies_gives_no_direction() -> None:
    updated = article(BODY, source="https://a.example/1", outlet="Aar Post", published="2031-05-06")
    crediting = article(
        f"From Aar Post:\n{BODY}",
        source="https://b.example/1",
        outlet="Brig Post",
        published="2031-05-03",
        credit=("From Aar Post:", "Aar Post", BODY),
    )
    silent = article(
        BODY, source="https://c.example/1", outlet="Chur Voice", published="2031-05-04"
    )
    found = edges(traced([updated, crediting, silent]))
    assert all(row.derived != document_of(updated) for row in found if row.directed)
    # Without the credit the dates stand as they are shown.
    (alone,) = edges(traced([updated, silent]))
    assert (alone.derived, alone.direction_basis) == (document_of(updated), "date")
