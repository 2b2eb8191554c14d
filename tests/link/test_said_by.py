"""Edges to the persons, institutions and tellers that a page gives words of."""

from firsthand.link.said_by import edge_rows, said_by
from firsthand.model.claim import Attribution, ChainLink
from firsthand.model.record import Record, Span
from firsthand.stage import Rows
from link.factory import Article, Said, page_rows

WIRE = ChainLink(name="Delta Wire", kind="agency", credit_id="cr-1")
RADIO = ChainLink(name="Radio Ebb", kind="outlet")
MAYOR = ChainLink(name="Ilse Marn", kind="official", attribution_id="a-1")


def edges(*chain: ChainLink, attributed: bool = True) -> set[tuple[str, str]]:
    """Edges by name, the article's own as its id."""
    article = Article("a", (Said("one", by=chain),))
    rows: list[Record] = page_rows(article)
    if attributed:
        rows.append(
            Attribution(
                attribution_id="a-1",
                document_id="d-a",
                page_id="p-a",
                source=(Span(start=1, end=10, text="Ilse Marn"),),
                cue=(),
                content=(),
                parent=None,
                source_name="Ilse Marn",
                source_kind="official",
                quotation="indirect",
                implicit=False,
            )
        )
    by_type: dict[type[Record], list[Record]] = {}
    for row in rows:
        by_type.setdefault(type(row), []).append(row)
    heard = list(said_by(Rows("p-a", by_type)))
    names = {row.node_id: row.name for row in heard} | {"d-a": "d-a"}
    _, made = edge_rows("p-a", heard)
    return {(names[row.derived], names[row.source]) for row in made}  # type: ignore[attr-defined]  # rows of a type the test knows


def test_who_is_quoted_hangs_on_the_article() -> None:
    assert edges(MAYOR) == {("d-a", "Ilse Marn")}


def test_words_told_to_a_teller_hang_on_it_and_it_on_the_article() -> None:
    assert edges(RADIO, MAYOR) == {("d-a", "Radio Ebb"), ("Radio Ebb", "Ilse Marn")}


def test_a_credited_teller_has_its_edge_from_the_credit() -> None:
    assert edges(WIRE, MAYOR) == {("Delta Wire", "Ilse Marn")}


def test_tellers_hang_on_one_another() -> None:
    assert edges(WIRE, RADIO, MAYOR) == {("Delta Wire", "Radio Ebb"), ("Radio Ebb", "Ilse Marn")}


def test_a_chain_of_the_publisher_alone_has_no_edge() -> None:
    assert edges(attributed=False) == set()
