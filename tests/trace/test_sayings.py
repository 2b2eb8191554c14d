"""Sayings: a speaker inside another teller's report hangs on that report, all others on the page."""

from msgspec.structs import replace

from articles_factory import article, document_of, make_credit, page_of, put, traced
from firsthand.model.document import Document
from firsthand.model.lineage import Credit, Derivation, Node
from firsthand.model.page import Page
from firsthand.model.record import Record
from firsthand.store.memory import MemoryTables

OPENING = "According to the mayor, the ferry was late."
LEAD = "Brig Post reports:"
REPORT = (
    "The bridge at Ostrel was closed on Monday. "
    "According to the Ministry of Works, it opens again on Friday. Traders waited at the ramp."
)
TEXT = f"{OPENING}\n\n{LEAD}\n\n{REPORT}"


def page(text: str = TEXT, *, rule: str = "leading.reports", number: int = 1) -> list[Record]:
    """A page that says what a mayor said, and prints a report with a ministry's words in it."""
    rows = article(text, source=f"https://a{number}.example/1", outlet=f"Aar Post {number}")
    own = next(row for row in rows if isinstance(row, Page))
    document = next(row for row in rows if isinstance(row, Document))

    def said(words: str, who: str, covered: str) -> Credit:
        credit = make_credit(own, document, words, who, covered)
        return replace(credit, kind="cited", source_kind="institution", rule="test")

    report = replace(make_credit(own, document, LEAD, "Brig Post", REPORT), rule=rule)
    mayor = said("According to the mayor", "Mayor of Halm", "the ferry was late")
    works = said("According to the Ministry of Works", "Ministry of Works", "it opens again")
    return [*rows, report, mayor, works]


def said_edges(tables: MemoryTables) -> set[tuple[str, str]]:
    """Who has whose words: documents by id, reports and speakers by name."""
    names = {row.node_id: row.name for row in tables.rows(Node) if row.kind != "document"}
    return {
        (names.get(row.derived, row.derived), names[row.source])
        for row in tables.rows(Derivation)
        if row.kind == "said_by"
    }


def test_a_speaker_inside_a_report_hangs_on_the_report() -> None:
    one = page()
    assert said_edges(traced([one])) == {
        (document_of(one), "Mayor of Halm"),
        ("a report by Brig Post", "Ministry of Works"),
    }


def test_a_credit_that_changes_no_voice_is_no_teller() -> None:
    one = page(rule="test")
    assert said_edges(traced([one])) == {
        (document_of(one), "Mayor of Halm"),
        (document_of(one), "Ministry of Works"),
    }


def test_two_pages_with_one_report_keep_an_edge_each_and_lose_it_alone() -> None:
    one, other = page(), page(number=2)
    tables = traced([one, other])
    edges = [row for row in tables.rows(Derivation) if row.kind == "said_by"]
    inside = [row for row in edges if not row.derived.startswith("d-")]
    assert len({row.derivation_id for row in inside}) == 2
    assert len({(row.derived, row.source) for row in inside}) == 1
    put(tables, [], [page_of(other)])
    left = [row for row in tables.rows(Derivation) if row.kind == "said_by"]
    assert {row.derivation_id for row in left} == {
        row.derivation_id for row in traced([one]).rows(Derivation) if row.kind == "said_by"
    }
