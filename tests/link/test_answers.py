"""What claims leave to the words before them: denials of "it", and figures without a noun."""

import pytest

from firsthand.model.event import ClaimLink, Conflict
from link.factory import Article, Said, actor, linked, number, place, said

TARN = (place("Tarn"),)
UNION = said(("Ferrymen's Union", "organisation"))
OWNERS = said(("Tarn Lines", "organisation"))
PORT = said(("Harbour Office", "organisation"))
DIVER = said(("a diver", "witness"))
KEPT = "the divers were kept on the quay until dusk"


def told(key: str, text: str, **more: object) -> Said:
    values = {"type": "other", "places": TARN, **more}
    return Said(key, text, **values)  # type: ignore[arg-type]  # a test's own values


def denied(text: str = "A speaker for Tarn Lines denied it", **more: object) -> Said:
    return told("denial", text, type="denial", actors=(actor("Tarn Lines"),), **more)


def own(text: str = "No diver was stopped", **more: object) -> Said:
    return told("own", text, **{"polarity": "negative", "by": OWNERS, **more})


def denials(*claims: Said) -> list[set[str]]:
    project = linked(Article("a", claims))
    rows = [row for row in project.tables.rows(Conflict) if row.kind == "denial"]
    return [{claim.rpartition("-")[2] for claim in row.claims} for row in rows]


@pytest.mark.parametrize(
    ("claims", "sides"),
    [
        ((told("kept", KEPT, by=DIVER), denied(), own()), [{"kept", "own"}]),
        ((told("kept", KEPT, by=DIVER), denied()), [{"kept", "denial"}]),
        ((told("kept", KEPT, by=DIVER), denied("Tarn Lines denied all guilt"), own()), []),
        ((told("kept", KEPT, by=DIVER), denied(), own(by=PORT)), [{"kept", "denial"}]),
        ((told("kept", KEPT, by=OWNERS), denied(), own()), []),
        (
            (
                told("kept", KEPT, by=DIVER),
                told("rope", "They coiled rope and smoked", by=DIVER),
                denied("Tarn Lines rejected the account"),
                own(),
            ),
            [{"kept", "own"}],
        ),
    ],
)
def test_a_denial_of_it_denies_what_the_last_voice_told_first(
    claims: tuple[Said, ...], sides: list[set[str]]
) -> None:
    assert denials(*claims) == sides


def test_the_reason_says_that_one_denies_the_other() -> None:
    project = linked(Article("a", (told("kept", KEPT, by=DIVER), denied(), own())))
    reasons = [row.reason for row in project.tables.rows(ClaimLink) if row.event_id]
    assert len(reasons) == 2
    assert all("one denies the other" in str(reason) for reason in reasons)


def test_a_charge_is_what_is_denied_and_nothing_before_it() -> None:
    charge = told(
        "charge", "The union accused the owners of selling the boats", type="statement_accusation"
    )
    before = told("kept", KEPT, by=DIVER)
    assert denials(before, charge, denied(), own("No boat was sold")) == [{"charge", "own"}]


@pytest.mark.parametrize(
    ("first", "second", "figure", "found"),
    [
        ("nineteen men were still trapped", "The union put the number at 24", 24, 1),
        ("nineteen men were still trapped", "The union put the number at 19", 19, 0),
        ("nineteen men were still trapped", "The union wrote to 24 of them", 24, 0),
        ("nineteen men were still at work", "The union put the number at 24", 24, 0),
    ],
)
def test_a_figure_without_a_noun_counts_what_the_last_one_counts(
    first: str, second: str, figure: int, found: int
) -> None:
    men = number(19, "people", counted="men")
    bare = number(figure, "people", counted=None)
    deep = "In the long gallery behind the second lock of the old canal tunnel under Tarn hill"
    claims = (
        told(
            "one",
            f"{deep}, as the owners said in the evening, {first}",
            by=OWNERS,
            quantities=(men,),
        ),
        told("two", second, by=UNION, quantities=(bare,)),
    )
    project = linked(Article("a", claims))
    rows = [row for row in project.tables.rows(Conflict) if row.field == "quantity"]
    assert len(rows) == found


@pytest.mark.parametrize(
    ("words", "conflicts"),
    [("Three bodies were brought up", 0), ("Three bodies lay on the quay", 1)],
)
def test_bodies_brought_up_are_some_of_the_dead(words: str, conflicts: int) -> None:
    claims = (
        told("dead", "Ten killed", type="casualties", by=OWNERS, quantities=(number(10),)),
        told("up", words, type="casualties", by=PORT, quantities=(number(3, "bodies"),)),
    )
    project = linked(Article("a", claims))
    rows = [row for row in project.tables.rows(Conflict) if row.field == "quantity"]
    assert len(rows) == conflicts


def test_an_explosion_is_one_with_the_accident_that_it_is_told_as() -> None:
    blast = "A blast tore through the grain mill at Tarn"
    pages = [
        Article(key, (told("it", blast, type=kind, by=by),), f"The {key.title()}", "2031-05-03")
        for key, kind, by in (
            ("moth", "planted_bomb", UNION),
            ("wren", "disaster_man_made", PORT),
        )
    ]
    links = {row.event_id for row in linked(*pages).tables.rows(ClaimLink)}
    assert len(links) == 1
    assert None not in links
