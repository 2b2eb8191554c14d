"""Suppositions: which captured report a credit may speak of when no words are shared."""

from collections.abc import Sequence

import pytest

from articles_factory import article, document_of, page_of, put, traced
from firsthand.model.lineage import AlteredQuotation, Derivation, Node
from firsthand.model.record import Record
from firsthand.store.memory import MemoryTables

REPORT = (
    "Eighteen trucks carrying flour and fuel reached Ostrel on Friday, fewer than the 40 promised "
    "by Governor Ilda Kren. The clinic of Lower Sedden counted 27 patients and had beds for 12."
)
FRENCH = (
    "Source : Brig Post. Des camions sont arrives vendredi a Ostrel, moins que les 40 promis. "
    "La clinique compte 27 malades pour 12 lits."
)
CITED = "Brig Post reported that Governor Kren had promised 40 trucks to Ostrel"


def captured(day: str = "2031-05-02", text: str = REPORT, number: int = 1) -> list[Record]:
    return article(text, source=f"https://brig.example/{number}", outlet="Brig Post", published=day)


def translated(day: str = "2031-05-03", text: str = FRENCH) -> list[Record]:
    return article(text, source="https://v.example/1", outlet="La Vigie", published=day,
                   language="fr", credit=("Source : Brig Post", "Brig Post", text))  # fmt: skip


def citing(day: str = "2031-05-03", text: str = CITED, **credited: str) -> list[Record]:
    return article(f"{text}. Nobody answered the phone in the capital.", source="https://c.example/1",
                   outlet="Chur Voice", published=day, credit=("Brig Post reported", "Brig Post", text),
                   credited={"kind": "cited", **credited})  # fmt: skip


def edges(tables: MemoryTables) -> list[tuple[str, str, str]]:
    """Active edges between documents."""
    return [
        (row.kind, row.derived, row.source)
        for row in tables.rows(Derivation)
        if row.status == "active" and row.derived[:2] == row.source[:2] == "d-"
    ]


def test_the_same_figures_in_another_language_are_a_translation() -> None:
    source, derived = captured(), translated()
    tables = traced([source, derived])
    assert edges(tables) == [("translation", document_of(derived), document_of(source))]
    (aside,) = [row for row in tables.rows(Derivation) if row.status == "set_aside"]
    assert "may be" in (aside.reason or "")
    assert aside.source in {node.node_id for node in tables.rows(Node) if node.kind == "report"}


def test_the_same_names_in_the_same_days_are_a_citation() -> None:
    source, derived = captured(), citing()
    assert edges(traced([source, derived])) == [
        ("citation", document_of(derived), document_of(source))
    ]


def test_the_only_report_of_the_weeks_before_is_meant_until_there_is_another() -> None:
    source, derived = captured("2031-04-14"), citing()
    other = captured("2031-04-19", "In Halm the harbour opened again after two days.", number=2)
    tables = traced([source, derived])
    found = [("citation", document_of(derived), document_of(source))]
    assert edges(tables) == found
    put(tables, [other])
    assert edges(tables) == []
    put(tables, [], [page_of(other)])
    assert edges(tables) == found


def test_a_report_of_those_days_is_meant_whatever_was_printed_weeks_before() -> None:
    source, derived = captured(), citing()
    older = captured("2031-04-14", "In Halm the harbour opened again.", number=2)
    tables = traced([source, older, derived])
    assert edges(tables) == [("citation", document_of(derived), document_of(source))]
    put(tables, [], [page_of(source)])
    assert edges(tables) == []


@pytest.mark.parametrize(
    ("source", "derived"),
    [
        (captured("2031-04-02"), translated()),
        (captured("2031-05-04"), translated()),
        (captured(), translated(text=FRENCH.replace("27", "31").replace("12", "19"))),
        (captured(), citing(text="Brig Post reported that Dorvan had lost 9 boats near Halm")),
        (captured(), citing(kind="republished")),
        (captured("2031-04-20"), citing(text=f"{CITED} on Thursday")),
    ],
    ids=[
        "a month before",
        "a day after",
        "other figures",
        "other names",
        "reprint without words",
        "a day named, weeks before",
    ],
)
def test_what_does_not_fit_is_not_supposed(
    source: Sequence[Record], derived: Sequence[Record]
) -> None:
    tables = traced([source, derived])
    assert edges(tables) == []
    (report,) = [node for node in tables.rows(Node) if node.kind == "report"]
    assert report.outlet == "Brig Post"


def test_of_two_reports_that_may_be_meant_none_is_chosen() -> None:
    other = captured(text=REPORT.replace("reached", "left").replace("flour", "rice"), number=2)
    assert ("translation", document_of(translated())) not in {
        edge[:2] for edge in edges(traced([captured(), other, translated()]))
    }


def test_of_two_reports_the_one_with_the_names_that_are_credited_is_meant() -> None:
    source, derived = captured(), citing()
    far = captured(text="In Halm the harbour opened again after a storm of two days.", number=2)
    assert edges(traced([source, far, derived])) == [
        ("citation", document_of(derived), document_of(source))
    ]
    near = captured(text=REPORT.replace("reached", "left").replace("flour", "rice"), number=2)
    assert {kind for kind, *_ in edges(traced([source, near, derived]))} == {"shared"}


@pytest.mark.parametrize(
    ("quoted", "captured_too"),
    [("Eighteen trucks carrying flour and fuel", True), ("The harbour was shut for a week", False)],
)
def test_a_report_linked_and_quoted_again_is_no_further_report(
    quoted: str, captured_too: bool
) -> None:
    text = f"It had counted lorries before. What Brig Post was told is “{quoted}”, and no more."
    source = captured()
    derived = article(
        text,
        source="https://c.example/1",
        outlet="Chur Voice",
        published="2031-05-03",
        links=[("counted lorries", "https://brig.example/1")],
        credit=("What Brig Post was told", "Brig Post", f"“{quoted}”"),
        credited={"kind": "quoted"},
    )
    tables = traced([source, derived])
    assert edges(tables) == [("link", document_of(derived), document_of(source))]
    (row,) = [row for row in tables.rows(Derivation) if row.source[:2] == "r-"
              and row.derived == document_of(derived)]  # fmt: skip
    assert (row.status == "set_aside") == captured_too


def test_a_further_report_takes_a_supposition_back() -> None:
    tables = traced([captured(), translated()])
    far = captured(text="In Halm the harbour opened again after a storm of two days.", number=2)
    put(tables, [far])
    assert edges(tables) == []
    put(tables, [], [page_of(far)])
    assert len(edges(tables)) == 1


def test_a_quotation_nearly_in_a_named_report_is_one_with_a_changed_number() -> None:
    text = "Brig Post reported “eight trucks carrying flour and fuel” at the gate of the town"
    source, derived = captured(), citing(text=text)
    tables = traced([source, derived])
    assert edges(tables) == [("quotation", document_of(derived), document_of(source))]
    (altered,) = tables.rows(AlteredQuotation)
    assert altered.alteration == "number changed"
    assert altered.source_span is not None
    assert altered.source_span.text == "Eighteen trucks carrying flour and fuel"


def test_what_a_ministry_said_is_an_edge_to_the_ministry_and_no_report() -> None:
    derived = citing(source_kind="institution", cited_source="Ministry of Works")
    tables = traced([derived])
    (edge,) = [row for row in tables.rows(Derivation) if row.kind == "said_by"]
    (source,) = [node for node in tables.rows(Node) if node.name == "Ministry of Works"]
    assert (edge.derived, edge.source) == (document_of(derived), source.node_id)
    assert not [node for node in tables.rows(Node) if node.kind == "report"]


def test_an_outlets_own_set_phrases_are_no_derivation() -> None:
    phrase = (
        "the ministry said in a statement that its units control all heights above the old road"
    )
    pages = [
        article(
            f"{other} In {place}, {phrase}. {other.replace('the', 'a')}",
            source=f"https://m.example/{day}", outlet="Aar Post", published=f"2031-{day}",
        )
        for place, day, other in (
            ("Halm", "05-02", "Rain fell on the ferry and nobody crossed before the noon bell rang."),
            ("Ostrel", "06-09", "Bakers of the lower town opened four shops while boys sold kites."),
        )
    ]  # fmt: skip
    tables = traced(pages)
    assert edges(tables) == []
    (aside,) = [row for row in tables.rows(Derivation) if row.status == "set_aside"]
    assert "own words" in (aside.reason or "")
