"""Decisions of people bind linking: they hold after any run, and taking one back restores all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.link.rules import rules_of
from firsthand.model.event import Event, Forecast, Origin, Statement
from firsthand.model.judgement import Judgement, Target
from firsthand.model.linking import ClaimFacts, Decision
from firsthand.model.problem import Problem
from link.factory import (
    Article,
    Project,
    Said,
    actor,
    day,
    decision,
    linked,
    number,
    place,
    said,
)
from link.test_stage_laws import piles, relaxed

VELM = (place("Velm"),)
MARKET = "Shells fell on the grain market of the old town during the morning"


def strike(key: str, text: str = MARKET, when: str = "2031-05-02", **more: object) -> Said:
    return Said(key, text, places=VELM, time=day(when), actors=(actor("Northern League"),), **more)  # type: ignore[arg-type]  # a test's own values


A = Article("a", (strike("one"),), "The Lantern", "2031-05-03")
B = Article(
    "b", (strike("two", "Artillery hit the grain market in Velm"),), "Ridge Post", "2031-05-03"
)
C = Article("c", (strike("three", "The grain market was under fire"),), "Gazette", "2031-05-03")
FAR = Article("f", (strike("four", "Rockets fell on the harbour", "2031-06-11"),), "Ridge Post")


def events(project: Project) -> list[tuple[str, ...]]:
    return sorted(row.claims for row in project.tables.rows(Event))


def full(project: Project) -> Project:
    """The same pile with the same decisions, linked from nothing."""
    made = Project(judgements=list(project.judgements))
    return made.change(project.pile.values())


MERGE = decision("merge", A.aimed("one", "event"), FAR.aimed("four", "event"), reason="one siege")
SPLIT = decision("split", B.aimed("two", "event"))
APART = decision("reject", A.aimed("one", "event"), B.aimed("two", "event"))
WRONG = decision("reject", B.aimed("two"), reason="misread")
DECISIONS = (MERGE, SPLIT, APART, WRONG)


def test_without_decisions_the_three_are_one_event() -> None:
    assert events(linked(A, B, C, FAR)) == [("c-a-one", "c-b-two", "c-c-three"), ("c-f-four",)]


@pytest.mark.parametrize(
    ("judged", "expected"),
    [
        (MERGE, [("c-a-one", "c-b-two", "c-c-three", "c-f-four")]),
        (SPLIT, [("c-a-one", "c-c-three"), ("c-b-two",), ("c-f-four",)]),
        (WRONG, [("c-a-one", "c-c-three"), ("c-f-four",)]),
    ],
)
def test_a_decision_binds_and_is_named(judged: Judgement, expected: list[tuple[str, ...]]) -> None:
    project = linked(A, B, C, FAR).judge(judged)
    assert events(project) == expected
    aimed = project.link_of("f", "four") if judged is MERGE else project.link_of("b", "two")
    assert "judged by Ana on 2031-07-01" in aimed.reason
    assert judged.reason is None or judged.reason in aimed.reason


def test_what_is_kept_apart_is_in_two_events() -> None:
    for _pages, more in enumerate(((), (C,), (C, FAR))):
        project = linked(A, B, *more).judge(APART)
        one, two = project.event_of("a", "one"), project.event_of("b", "two")
        assert one.event_id != two.event_id


@pytest.mark.parametrize("judged", DECISIONS)
def test_a_decision_holds_when_pages_come_and_go(judged: Judgement) -> None:
    project = linked(A, B, FAR).judge(judged)
    copy = Article("z", B.claims, "Copycat Daily", "2031-05-03", "b")
    for step in ([C], [copy], [A], [B]):
        assert project.change(step).written() == full(project).written()
    if judged in (SPLIT, APART):
        assert project.event_of("a", "one").event_id != project.event_of("b", "two").event_id
    project.change(remove=["c", "z"])
    assert project.written() == linked(A, B, FAR).judge(judged).written()


@pytest.mark.parametrize("judged", DECISIONS)
def test_taking_it_back_restores_every_row(judged: Judgement) -> None:
    project = linked(A, B, C, FAR)
    before = project.written()
    assert project.judge(judged).written() != before
    assert project.judge().written() == before


def test_a_claim_that_leaves_takes_its_copies_along() -> None:
    copy = Article("z", B.claims, "Copycat Daily", "2031-05-03", "b")
    assert events(linked(A, B, C, copy).judge(SPLIT)) == [
        ("c-a-one", "c-c-three"),
        ("c-b-two", "c-z-two"),
    ]


def test_the_later_of_two_decisions_holds() -> None:
    pile = linked(A, B, C, FAR)
    left = decision("split", FAR.aimed("four", "event"), at=2)
    assert ("c-f-four",) in events(pile.judge(MERGE, left))
    again = decision("merge", *MERGE.targets, at=3)
    assert ("c-f-four",) not in events(pile.judge(MERGE, left, again))


def test_a_wrong_claim_stands_in_no_count_or_statement() -> None:
    clerk = said(("a clerk", "witness"))
    b = Article("b", (strike("two", by=clerk),), "Ridge Post", "2031-05-03")
    project = linked(A, b, C)
    assert any("c-b-two" in row.claims for row in project.tables.rows(Origin))
    project.judge(decision("reject", b.aimed("two")))
    for table in (Event, Origin, Statement):
        assert not any("c-b-two" in row.claims for row in project.tables.rows(table))
    link = project.link_of("b", "two")
    assert link.event_id is None
    assert "found wrong" in link.reason
    accepted = decision("accept", b.aimed("two"), at=2)
    project.judge(decision("reject", b.aimed("two")), accepted)
    assert project.link_of("b", "two").event_id is not None


@pytest.mark.parametrize(
    ("value", "field", "expected"),
    [
        ("type=siege state", "type", "siege_state"),
        ("modality=Denied", "modality", "denied"),
        ("time=2031-05-20", "time", "2031-05-20"),
        ("time=2031-05-20/2031-05-22", "time", "2031-05-20"),
        ("place=velm", "places", "Velm"),
        ("place=Nowhere", "places", "Nowhere"),
    ],
)
def test_a_corrected_value_is_used_and_says_whose_it_is(
    value: str, field: str, expected: str
) -> None:
    project = linked(A, B).judge(decision("correct", A.aimed("one"), value=value))
    (facts,) = (row for row in project.tables.rows(ClaimFacts) if row.claim_id == "c-a-one")
    found = getattr(facts, field)
    if field == "time":
        assert (found.earliest, found.reason) == (expected, "judged by Ana on 2031-07-01")
    elif field == "places":
        assert [found[0].as_written, found[0].reason] == [expected, "judged by Ana on 2031-07-01"]
    else:
        assert found == expected
    assert "judged by Ana" in project.link_of("a", "one").reason


@pytest.mark.parametrize(
    ("judged", "code"),
    [
        (decision("split", Target(**{**_t, "words": "Other words"})), "judgement_not_found")
        for _t in [{"kind": "event", "source": A.source, "sha256": "sha-a"}]
    ]
    + [
        (decision("correct", A.aimed("one"), value="time=someday"), "judgement_not_applied"),
        (decision("correct", A.aimed("one"), value="colour=red"), "judgement_not_applied"),
    ],
)
def test_what_cannot_be_applied_is_a_problem_and_nothing_else(judged: Judgement, code: str) -> None:
    project = linked(A, B, C)
    before = project.written()
    project.judge(judged)
    assert [row.code for row in project.tables.rows(Problem)] == [code]
    assert project.written() == before


def test_a_result_that_is_not_accepted_is_kept_and_said() -> None:
    hope = Said(
        "hope",
        "Two hundred sacks will reach Velm by Friday",
        "aid_delivery",
        VELM,
        day("2031-05-05"),
        quantities=(number(200, "items"),),
        modality="forecast",
    )
    came = Said(
        "came",
        "Two hundred sacks reached Velm",
        "aid_delivery",
        VELM,
        day("2031-05-04"),
        quantities=(number(200, "items"),),
    )
    a = Article("a", (hope,), "The Lantern", "2031-05-02")
    b = Article("b", (came,), "Ridge Post", "2031-05-06")
    project = linked(a, b)
    (row,) = project.tables.rows(Forecast)
    assert row.verdict == "met"
    (row,) = project.judge(decision("reject", a.aimed("hope", "forecast"))).tables.rows(Forecast)
    assert row.verdict == "cannot_be_scored"
    assert "Scored as met by the pile, and not accepted: judged by Ana" in row.reason


ACTIONS = ("merge", "reject", "split", "wrong", "accept")


@given(piles, st.lists(st.tuples(st.sampled_from(ACTIONS), *[st.integers(0, 20)] * 2), max_size=4))
@relaxed
def test_update_equals_a_full_run_with_decisions(
    pile: tuple[Article, ...], drawn: list[tuple[str, int, int]]
) -> None:
    every = [(article, claim.key) for article in pile for claim in article.claims]
    made: list[Judgement] = []
    project = linked(*pile)
    for at, (action, one, other) in enumerate(drawn, 1):
        (a, mine), (b, theirs) = every[one % len(every)], every[other % len(every)]
        if action in ("split", "wrong"):
            kind = "event" if action == "split" else "claim"
            targets = [a.aimed(mine, kind)]
        else:
            targets = [a.aimed(mine, "event"), b.aimed(theirs, "event")]
        made.append(decision("reject" if action == "wrong" else action, *targets, at=at))
        project.judge(*made)
        assert project.written() == full(project).written()
        rules = rules_of(project.tables.rows(Decision))
        for row in project.tables.rows(Event):
            held = set(row.claims)
            put = {name for pair in rules.together for name in pair}
            assert not any(held >= set(pair) and not put & held for pair in rules.apart)
    project.change(remove=["a"]).change([pile[0]])
    assert project.written() == full(project).written()
    assert project.judge().written() == linked(*pile).written()


def test_a_decision_follows_a_claim_to_its_new_words() -> None:
    old, new = "An earlier stretch of words", B.claims[0].text
    before = Target(kind="claim", words=old, source=B.source, sha256="sha-b")
    moved = decision("correct", before, B.aimed("two", "words"), value=f"span={new}")
    wrong = decision("reject", before, at=2)
    project = linked(A, B, C, FAR).judge(moved, wrong)
    assert events(project) == [("c-a-one", "c-c-three"), ("c-f-four",)]
    assert project.tables.rows(Problem) == []


def test_a_speaker_that_was_set_is_named_in_the_reason() -> None:
    spoken = decision("correct", B.aimed("two"), value="speaker=Ana Ruel")
    project = linked(A, B, C, FAR).judge(spoken)
    assert "speaker set to Ana Ruel, judged by Ana" in project.link_of("b", "two").reason
    assert project.tables.rows(Problem) == []
