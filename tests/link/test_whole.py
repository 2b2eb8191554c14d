"""A pile linked a portion at a time: the same rows, whatever is held at once."""

import pytest

from firsthand.link.candidates import candidate_pairs
from firsthand.link.views import view_of
from firsthand.model.linking import ClaimFacts
from link.factory import Article, Said, day, linked, number, place

HIT = "Shells fell on the grain market of the old town during the morning"
ROAD = "The road from the harbour to the fort has been closed for many days"
PILE = tuple(
    Article(
        key,
        (
            Said("one", HIT, "shelling_artillery", (place("Velm"),), day("2031-05-02")),
            Said("two", f"{HIT}, killing 14", "casualties", quantities=(number(14),)),
            Said("three", ROAD, "other"),
        ),
        outlet,
        "2031-05-03",
        copy,
    )
    for key, outlet, copy in (
        ("a", "The Lantern", None),
        ("b", "Harbour Gazette", "a"),
        ("c", "Ridge Post", None),
    )
)


@pytest.mark.parametrize("portion", [1, 4])
def test_portions_change_no_row(monkeypatch: pytest.MonkeyPatch, portion: int) -> None:
    at_once = linked(*PILE).written()
    monkeypatch.setattr("firsthand.link.whole.SMALL_PILE", 0)
    monkeypatch.setattr("firsthand.link.whole.PORTION", portion)
    assert linked(*PILE).written() == at_once


def test_candidates_come_once_in_order_and_cross_when_told() -> None:
    facts = linked(*PILE).tables.rows(ClaimFacts)
    views = sorted(map(view_of, facts), key=lambda view: view.id)
    pairs = list(candidate_pairs(views))
    assert pairs == sorted(set(pairs))
    assert all(one < other for one, other in pairs)
    inside = {view.id for view in views if view.facts.page_id == "p-a"}
    crossing = list(candidate_pairs(views, inside))
    expected = [p for p in pairs if len({views[p[0]].id, views[p[1]].id} & inside) == 1]
    assert crossing == expected
    assert crossing
