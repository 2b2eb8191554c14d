"""What a pair is found to weigh at most is never less than what it weighs."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.link.bounds import Bounds
from firsthand.link.candidates import worth_comparing
from firsthand.link.compare import Comparison, compare
from firsthand.link.marks import Glance
from firsthand.link.pairs import Comparer, find_pairs
from firsthand.link.views import View, view_of
from firsthand.model.linking import ClaimFacts
from link.factory import Article, Said, actor, day, linked, number, place, said
from link.test_stage_laws import articles, relaxed

HIT = "Shells fell on the grain market of the old town during the morning"
BESIDE = "Shells fell on the grain market of the old town later that morning, and on the harbour"
ELSEWHERE = "Boats left the northern harbour with flour for the islands"


def views_of(*pile: Article) -> list[View]:
    """The claims of a pile as they are compared, by id."""
    facts = linked(*pile).tables.rows(ClaimFacts)
    return sorted(map(view_of, facts), key=lambda view: view.id)


@given(st.lists(st.sampled_from("abcdef"), min_size=2, max_size=4, unique=True), st.data())
@relaxed
def test_no_pair_weighs_more_than_its_bound(keys: list[str], data: st.DataObject) -> None:
    views = views_of(*(data.draw(articles(key)) for key in keys))
    bounds = Bounds([view.facts for view in views])
    ones, others = np.triu_indices(len(views), 1)
    fits = bounds.fitting(ones, others)
    most = bounds.most(ones, others)
    worth = bounds.worth(ones, others)
    for one, other, fit, bound, kept in zip(ones, others, fits, most, worth, strict=True):
        a, b = views[one], views[other]
        if a.in_event and b.in_event and fit:
            found: Comparison = compare(a, b, 25.0, twin=False)
            assert found.vetoed or found.total <= bound
            assert kept or not found.linked


@given(st.lists(st.sampled_from("abcd"), min_size=2, max_size=3, unique=True), st.data())
@relaxed
def test_pairs_that_are_set_aside_would_not_be_linked(keys: list[str], data: st.DataObject) -> None:
    views = views_of(*(data.draw(articles(key)) for key in keys))
    kept = {
        frozenset((one.claim_id, other.claim_id))
        for one, other in worth_comparing(
            [(a.facts, b.facts) for at, a in enumerate(views) for b in views[at + 1 :]]
        )
    }
    linked_pairs = find_pairs(Comparer({view.id: view for view in views}, (), 25.0)).all()
    assert {frozenset(pair) for pair in linked_pairs} <= kept


@pytest.mark.parametrize(
    ("text", "where", "when", "kept"),
    [
        (BESIDE, "Velm", "2031-05-02", True),
        (ELSEWHERE, "Velm", "2031-05-02", False),
        (BESIDE, "Tarn", "2031-05-02", True),  # a place far away is seen only in full
        (BESIDE, "Velm", "2031-06-20", False),
    ],
)
def test_unlike_pairs_are_set_aside_unread(text: str, where: str, when: str, kept: bool) -> None:
    one = Said("one", HIT, places=(place("Velm"),), time=day("2031-05-02"))
    other = Said("two", text, "battle", places=(place(where),), time=day(when))
    views = views_of(Article("a", (one,)), Article("b", (other,), "Ridge Post"))
    bounds = Bounds([view.facts for view in views])
    at = np.array([0]), np.array([1])
    assert bool((bounds.fitting(*at) & bounds.worth(*at))[0]) is kept


def test_a_glance_shows_what_all_facts_show() -> None:
    claims = (
        Said("one", HIT, places=(place("Velm"),), actors=(actor("Northern League"),)),
        Said("two", HIT, "casualties", quantities=(number(14),), by=said(("a nurse", "witness"))),
        Said("three", ELSEWHERE, "aid_delivery", time=day("2031-05-02"), title=True),
    )
    facts = [view.facts for view in views_of(Article("a", claims), Article("b", claims))]
    glances = [Glance(*(getattr(f, name) for name in Glance._fields)) for f in facts]
    ones, others = np.triu_indices(len(facts), 1)
    told, seen = Bounds(facts).most(ones, others), Bounds(glances).most(ones, others)
    assert all(math.isclose(a, b) for a, b in zip(told, seen, strict=True))
