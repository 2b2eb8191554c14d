"""Headings of events: what the table names, what origins count, whose words are quoted."""

from types import SimpleNamespace

import pytest

from firsthand.link.days import iso_day
from firsthand.link.events import event_bounds
from firsthand.model.claim import ChainLink, Quantity
from link.factory import Article, Said, day, linked, number, place, said

VELM = (place("Velm"),)
WHEN = day("2031-05-02")
BAKER = said(("a baker", "witness"))
MINISTRY = said(("Ministry of the Interior", "ministry"))


def title(*claims: Said) -> str:
    project = linked(Article("a", claims, "The Lantern"))
    return project.event_of("a", claims[0].key).title


@pytest.mark.parametrize(
    ("kind", "text", "heading"),
    [
        ("disaster_natural", "The earthquake woke the whole town", "Earthquake reported at Velm"),
        ("disaster_natural", "The ground gave no warning", "Natural disaster reported at Velm"),
        ("disaster_man_made", "The ferry capsized in the night", "Sinking of a vessel reported at"),
        ("airstrike", "Jets hit the depot", "Airstrike reported at Velm, 2031-05-02"),
        ("humanitarian_condition", "There is no bread left in the shops", ": “There is no bread"),
    ],
)
def test_a_heading_names_what_happened(kind: str, text: str, heading: str) -> None:
    assert heading in title(Said("one", text, kind, places=VELM, time=WHEN))


def test_a_heading_gives_the_totals_of_origins_and_no_part_of_them() -> None:
    def told(key: str, by: tuple[ChainLink, ...], figure: Quantity) -> Said:
        words = f"The quake killed people in the old town, {key} was told"
        return Said(key, words, "casualties", VELM, WHEN, quantities=(figure,), by=by)

    children = told("two", BAKER, number(3, counted="children"))
    project = linked(
        Article("a", (told("one", BAKER, number(12)), children)),
        Article("b", (told("one", MINISTRY, number(15)),)),
    )
    event = project.event_of("a", "one")
    assert event.title.endswith("reported at Velm: 12 to 15 killed, 2031-05-02")


def test_words_in_a_heading_are_a_few_whole_words_without_inner_marks() -> None:
    words = "There is “no bread” and no flour in any of the shops of the lower town since the road was cut"
    heading = title(Said("one", words, "humanitarian_condition", places=VELM))
    assert heading.endswith(": “There is no bread and no flour in any…”")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([(None, None)] * 3 + [(100, 129)], (None, None)),
        ([(None, None), (100, 129)], (100, 129)),
        ([(100, 129), (110, 110), (111, 111)], (110, 111)),
    ],
)
def test_a_month_dates_an_event_only_where_no_day_does_and_many_tell_of_it(
    told: list[tuple[int | None, int | None]], expected: tuple[int | None, int | None]
) -> None:
    row = SimpleNamespace(group="incident")
    views = [
        SimpleNamespace(earliest=low, latest=high, dated=low is not None, against=False, row=row)
        for low, high in told
    ]
    found = event_bounds(views)  # type: ignore[arg-type]  # only what bounds are made of
    assert found == tuple(iso_day(one) for one in expected)
