"""Laws of link: order does not matter, copies never count, and an update equals a full run."""

from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from firsthand.model.event import COUNTED_LEVELS, ClaimLink, Event
from link.factory import Article, Project, Said, actor, day, linked, number, place, said

DAYS = ("2031-05-02", "2031-05-03", "2031-05-20", "2031-06-11")
SOURCES = (
    (),
    said(("Ministry of the Interior", "ministry")),
    said(("residents", "witness")),
    said(("a nurse", "witness")),
    said(("Delta Agency", "agency"), ("local sources", "anonymous")),
    said(("Delta Agency", "agency"), ("Northern League", "belligerent")),
)
TEXTS = (
    "Shells fell on the grain market of the old town during the morning",
    "Rockets struck the bus station near the river and set two coaches alight",
    "The road from the harbour to the fort has been closed for many days",
)
TYPES = ("shelling_artillery", "casualties", "siege_state", "control_of_territory", "aid_delivery")

claims = st.builds(
    Said,
    key=st.sampled_from(("one", "two", "three")),
    text=st.sampled_from(TEXTS),
    type=st.sampled_from(TYPES),
    places=st.sampled_from(((), (place("Velm"),), (place("Tarn"),))),
    time=st.sampled_from((None, *(day(value) for value in DAYS))),
    actors=st.sampled_from(((), (actor("Northern League"),), (actor("River Guard"),))),
    quantities=st.sampled_from(((), (number(14),), (number(20),), (number(2),))),
    by=st.sampled_from(SOURCES),
    modality=st.sampled_from(("asserted", "asserted", "denied", "unconfirmed", "forecast")),
    title=st.booleans(),
)


def _article(key: str, found: list[Said], outlet: str, published: str | None, copy: Any) -> Article:
    unique = {claim.key: claim for claim in found}
    return Article(key, tuple(unique.values()), outlet, published, copy)


def articles(key: str) -> st.SearchStrategy[Article]:
    return st.builds(
        _article,
        st.just(key),
        st.lists(claims, min_size=1, max_size=3),
        st.sampled_from(("The Lantern", "Harbour Gazette", "Ridge Post")),
        st.sampled_from((None, "2031-05-03", "2031-05-21", "2031-06-12")),
        st.sampled_from((None, "a", "b")) if key > "b" else st.none(),
    )


piles = st.tuples(*(articles(key) for key in "abcdef"))
relaxed = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
"""Without shrinking: a run of the stage takes tenths of a second, and piles are small as they are."""


@given(piles, st.permutations("abcdef"))
@relaxed
def test_order_of_pages_changes_nothing(pile: tuple[Article, ...], order: list[str]) -> None:
    by_key = {article.key: article for article in pile}
    assert linked(*pile).written() == linked(*(by_key[key] for key in order)).written()


@given(piles, piles, st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 2)), max_size=6))
@relaxed
def test_update_equals_a_full_run(
    pile: tuple[Article, ...], other: tuple[Article, ...], steps: list[tuple[str, int]]
) -> None:
    first = {article.key: article for article in pile}
    second = {article.key: article for article in other}
    project = Project().change(pile[:3])
    for key, action in steps:
        if action == 0:
            project.change(remove=[key])
        else:
            project.change(add=[(first if action == 1 else second)[key]])
    assert project.written() == linked(*project.pile.values()).written()


@given(piles)
@relaxed
def test_removing_what_was_added_restores_every_row(pile: tuple[Article, ...]) -> None:
    before = linked(*pile[:4])
    expected = before.written()
    before.change(add=pile[4:]).change(remove=[article.key for article in pile[4:]])
    assert before.written() == expected


@given(piles, st.sampled_from("abcdef"))
@relaxed
def test_a_copy_never_raises_a_count(pile: tuple[Article, ...], key: str) -> None:
    project = linked(*pile)
    before = {claim: row.n_origins for row in project.tables.rows(Event) for claim in row.claims}
    source = project.pile[key]
    copy = Article("z", source.claims, "Copycat Daily", source.published, key)
    project.change([copy])
    for row in project.tables.rows(Event):
        had = [before[claim] for claim in row.claims if claim in before]
        assert row.n_origins <= max(had)


@given(piles)
@relaxed
def test_counts_follow_from_the_accounts(pile: tuple[Article, ...]) -> None:
    project = linked(*pile)
    links = {row.claim_id: row for row in project.tables.rows(ClaimLink)}
    for event in project.tables.rows(Event):
        counted = {
            account.origin_id
            for account in event.accounts
            if account.stance == "supports"
            and any(links[claim].origin.level in COUNTED_LEVELS for claim in account.claims)
        }
        assert event.n_origins == len(counted)
        told = sorted(claim for account in event.accounts for claim in account.claims)
        assert told == sorted(event.claims)
        assert all(links[claim].event_id == event.event_id for claim in event.claims)


@given(piles)
@relaxed
def test_a_denial_never_supports(pile: tuple[Article, ...]) -> None:
    project = linked(*pile)
    denied = {
        article.claim_id(claim.key)
        for article in project.pile.values()
        for claim in article.claims
        if claim.modality == "denied"
    }
    for event in project.tables.rows(Event):
        for account in event.accounts:
            assert account.stance == "denies" or not denied & set(account.claims)
