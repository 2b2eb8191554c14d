"""Conflicts, forecasts, states and tellings on small piles."""

import pytest

from firsthand.model.event import Conflict, Forecast, State, Telling
from link.factory import Article, Said, actor, day, linked, number, place, said

VELM = (place("Velm"),)
MARKET = "Shells fell on the grain market of the old town during the morning"


def strike(key: str = "one", text: str = MARKET, **more: object) -> Said:
    return Said(key, text, **{"places": VELM, "time": day("2031-05-02"), **more})  # type: ignore[arg-type]  # a test's own values


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        (number(14), number(17), ["contradiction"]),
        (number(14), number(14), []),
        (number(14, approximate=True), number(15), []),
        (number(14), number(None, low=10, high=20), []),  # type: ignore[arg-type]  # a test's own values
        (number(14), number(30, "injured"), []),
        (number(14), number(None, low=20), ["contradiction"]),  # type: ignore[arg-type]  # a test's own values
    ],
)
def test_figures_conflict_only_where_their_ranges_do_not_meet(
    one: object, other: object, kinds: list[str]
) -> None:
    project = linked(
        Article("a", (strike(quantities=(one,), by=said(("a clinic", "organisation"))),)),
        Article("b", (strike(quantities=(other,), by=said(("a mayor", "official"))),)),
    )
    found = [c.kind for c in project.tables.rows(Conflict) if c.field == "quantity"]
    assert found == kinds


def test_headline_against_its_own_text_is_tension() -> None:
    project = linked(
        Article(
            "a",
            (strike(title=True, quantities=(number(20),)), strike("two", quantities=(number(14),))),
        )
    )
    (row,) = project.tables.rows(Conflict)
    assert (row.kind, row.field) == ("tension", "quantity")


def test_a_denial_is_tied_to_what_it_denies_on_another_page() -> None:
    league = (actor("Northern League"),)
    project = linked(
        Article("a", (strike(actors=league, by=said(("Ilse Marn", "official"))),)),
        Article(
            "b",
            (
                strike(
                    actors=league, modality="denied", by=said(("Northern League", "belligerent"))
                ),
            ),
        ),
    )
    (row,) = project.tables.rows(Conflict)
    assert (row.kind, row.field, row.claims) == ("denial", "occurrence", ("c-a-one", "c-b-one"))
    assert row.explanation == "Northern League denies what Ilse Marn says."


NURSE = said(("Ada Voss", "witness"))
CLINIC = said(("Velm Clinic", "organisation"))


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        ((number(11, "bodies"), "Eleven bodies lay there"), (number(14), "14 killed"), 1),
        ((number(11, "bodies"), "Eleven bodies lay there"), (number(11), "11 killed"), 0),
        (
            (number(11), "11 killed"),
            (number(13, "people"), "Thirteen people lost their lives at the market"),
            1,
        ),
        (
            (number(11), "11 killed"),
            (number(13, "people"), "Thirteen people were hurt at the market"),
            0,
        ),
    ],
)
def test_the_dead_are_one_figure_in_whatever_words(
    one: tuple[object, str], other: tuple[object, str], kinds: int
) -> None:
    facts = [
        Said(
            "fact",
            f"{words} at the grain market",
            "casualties",
            VELM,
            day("2031-05-02"),
            quantities=(figure,),  # type: ignore[arg-type]  # a test's own values
            by=by,
        )
        for (figure, words), by in ((one, NURSE), (other, CLINIC))
    ]
    project = linked(
        *(Article(key, (strike(), fact)) for key, fact in zip("ab", facts, strict=True))
    )
    rows = [row for row in project.tables.rows(Conflict) if row.field == "quantity"]
    assert len(rows) == kinds


@pytest.mark.parametrize(
    ("denial", "rows"),
    [
        ("No shells fell on the market", 1),
        ("The clinic could not be reached", 0),
        ("Nothing happened at Velm", 0),
    ],
)
def test_what_did_not_happen_denies_what_is_told_in_the_same_words(denial: str, rows: int) -> None:
    project = linked(
        Article(
            "a",
            (
                strike(by=NURSE),
                strike("no", polarity="negative", by=CLINIC, text=denial),
            ),
        )
    )
    assert len([r for r in project.tables.rows(Conflict) if r.kind == "denial"]) == rows


COUNT = "Fourteen people died at the grain market"


def dead(value: int, by: object, text: str = COUNT, **more: object) -> Said:
    return Said(
        "one",
        text,
        "casualties",
        **{
            "places": VELM,
            "time": day("2031-05-02"),
            "quantities": (number(value),),
            "by": by,
            **more,
        },  # type: ignore[arg-type]  # a test's own values
    )


def test_counts_that_differ_are_one_row_with_all_values() -> None:
    people = ("Ilse Marn", "Ada Voss", "Oda Hill")
    project = linked(
        *(
            Article(key, (dead(value, said((name, "official"))),))
            for key, value, name in zip("abc", (14, 17, 60), people, strict=True)
        )
    )
    (row,) = project.tables.rows(Conflict)
    assert (row.kind, len(row.claims)) == ("contradiction", 3)


@pytest.mark.parametrize(
    ("later", "text", "rows"),
    [
        (CLINIC, COUNT, 0),
        (NURSE, COUNT, 1),
        (NURSE, "The number of the dead at the grain market rose to 17", 0),
    ],
)
def test_a_later_count_of_one_source_or_told_to_have_grown_is_no_contradiction(
    later: object, text: str, rows: int
) -> None:
    project = linked(
        Article("a", (dead(14, CLINIC),), "The Lantern", published="2031-05-03"),
        Article("b", (dead(17, later, text, time=None),), "Post", published="2031-05-04"),
    )
    found = [row for row in project.tables.rows(Conflict) if row.field == "quantity"]
    assert len(found) == rows


def test_two_holders_of_one_place_at_one_time_contradict() -> None:
    project = linked(
        *(
            Article(
                key,
                (
                    Said(
                        "one",
                        "holds the fort",
                        "control_of_territory",
                        places=VELM,
                        time=day("2031-05-02"),
                        actors=(actor(name),),
                    ),
                ),
            )
            for key, name in (("a", "Northern League"), ("b", "River Guard"))
        )
    )
    (row,) = project.tables.rows(Conflict)
    assert (row.kind, row.field, row.event_id) == ("contradiction", "control", None)


def test_beginnings_of_a_siege_conflict_beyond_their_granularity() -> None:
    def siege(start: str, grain: str) -> Said:
        return Said(
            "one",
            "ringed the town",
            "siege_state",
            places=VELM,
            actors=(actor("Northern League", "besieger"),),
            time=day(start, "2031-12-31", granularity=grain),
        )

    for start, grain, expected in (("2031-02-01", "month", 1), ("2031-03-20", "day", 0)):
        project = linked(
            Article("a", (siege("2031-03-11", "day"),)),
            Article("b", (siege(start, grain),)),
        )
        rows = [c for c in project.tables.rows(Conflict) if c.field == "time"]
        if grain == "month":
            assert len(rows) == expected
        states = project.tables.rows(State)
        assert {s.earliest for s in states} == {"2031-03-11", start}
        assert {s.besieger for s in states} == {"Northern League"}


def aid(key: str, when: str, modality: str = "asserted", amount: float = 40) -> Said:
    return Said(
        key,
        "A convoy of trucks with flour reached the town",
        "aid_delivery",
        places=VELM,
        time=day(when),
        modality=modality,
        quantities=(number(amount, "vehicles"),),
    )


@pytest.mark.parametrize(
    ("came", "amount", "last", "verdict"),
    [
        ("2031-05-18", 40, "2031-06-01", "met"),
        ("2031-05-18", 18, "2031-06-01", "partly"),
        ("2031-05-29", 40, "2031-06-01", "missed"),
        (None, 0, "2031-05-18", "pending"),
        (None, 0, "2031-06-01", "cannot_be_scored"),
    ],
)
def test_verdicts_of_a_dated_forecast(
    came: str | None, amount: float, last: str, verdict: str
) -> None:
    pages = [
        Article("a", (aid("one", "2031-05-20", "forecast"),), published="2031-05-10"),
        Article("z", (Said("one", "A fair opened", "other"),), published=last),
    ]
    if came is not None:
        pages.append(Article("b", (aid("one", came, amount=amount),), published=came))
    (row,) = linked(*pages).tables.rows(Forecast)
    assert row.verdict == verdict
    assert (row.outcomes == ("c-b-one",)) is (came is not None)


def test_an_undated_forecast_cannot_be_scored_and_says_what_would_help() -> None:
    vague = Said(
        "one",
        "Help will come within a week",
        "aid_delivery",
        places=VELM,
        modality="forecast",
        time=day(None, None, basis="unresolved"),
    )
    (row,) = linked(Article("a", (vague,))).tables.rows(Forecast)
    assert (row.verdict, row.deadline) == ("cannot_be_scored", None)
    assert "supply the date" in row.reason


def test_a_later_page_changes_an_open_verdict() -> None:
    pages = Article("a", (aid("one", "2031-05-20", "forecast"),), published="2031-05-10")
    project = linked(pages)
    assert [row.verdict for row in project.tables.rows(Forecast)] == ["pending"]
    project.change([Article("z", (Said("one", "A fair opened", "other"),), published="2031-08-01")])
    assert [row.verdict for row in project.tables.rows(Forecast)] == ["cannot_be_scored"]


def test_a_figure_that_grows_is_told_in_order() -> None:
    by = said(("a clinic", "organisation"))
    project = linked(
        Article(
            "b",
            (strike(quantities=(number(20, approximate=True),), modality="unconfirmed"),),
            "Ridge Post",
            "2031-05-04",
        ),
        Article("a", (strike(quantities=(number(14),), by=by),), "The Lantern", "2031-05-03"),
        Article("c", (strike(quantities=(number(25),)),), "Harbour Gazette", "2031-05-05"),
    )
    (row,) = project.tables.rows(Telling)
    assert [step.value for step in row.steps] == ["14", "20", "25"]
    assert row.steps[0].change is None
    assert row.steps[2].change is not None
    assert row.steps[2].change.startswith("number raised, became exact, hedge dropped")
