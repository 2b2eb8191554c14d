"""Events: what is put together, what is kept apart, and how many origins stand behind it."""

import pytest

from firsthand.model.event import Event, SameOrigin, Statement
from link.factory import (
    Article,
    Said,
    actor,
    day,
    linked,
    number,
    place,
    registered,
    said,
)

VELM = (place("Velm"),)
MARKET = "Shells fell on the grain market of the old town during the morning"
STATION = "Artillery hit a market hall and the houses behind it before noon"
WITNESS = said(("a baker", "witness"))
MINISTRY = said(("Ministry of the Interior", "ministry"))


def strike(key: str = "one", text: str = MARKET, **more: object) -> Said:
    return Said(key, text, **{"places": VELM, "time": day("2031-05-02"), **more})  # type: ignore[arg-type]  # a test's own values


def test_two_outlets_with_witnesses_of_their_own_are_two_origins() -> None:
    project = linked(
        Article("a", (strike(by=WITNESS),), "The Lantern"),
        Article("b", (strike(text=STATION, by=WITNESS),), "Ridge Post"),
    )
    event = project.event_of("a", "one")
    assert event == project.event_of("b", "one")
    assert (event.n_pages, event.n_outlets, event.n_origins, event.n_first_hand) == (2, 2, 2, 2)
    assert event.corroboration == "several_origins"


def test_copies_of_one_report_are_one_origin_also_without_credit() -> None:
    project = linked(
        Article("a", (strike(by=WITNESS),), "The Lantern"),
        Article("b", (strike(by=WITNESS),), "Ridge Post", copied_from="a"),
        Article("c", (strike(by=WITNESS),), "Harbour Gazette", copied_from="a", undirected=True),
    )
    event = project.event_of("a", "one")
    assert (event.n_pages, event.n_origins, event.conduits) == (3, 1, ("The Lantern",))
    (statement,) = project.tables.rows(Statement)
    (same,) = project.tables.rows(SameOrigin)
    assert statement.claims == same.claims == ("c-a-one", "c-b-one", "c-c-one")
    assert same.origin == "a baker (The Lantern)"


def test_two_reports_of_one_agency_a_month_apart_are_two_events() -> None:
    text = "Units of the army repelled an attack on the village and destroyed four trucks"
    project = linked(
        Article("a", (Said("one", text, "battle", places=VELM),), published="2031-05-12"),
        Article("b", (Said("one", text, "battle", places=VELM),), published="2031-06-12"),
    )
    assert project.event_of("a", "one") != project.event_of("b", "one")


def test_an_undated_formula_of_one_agency_is_kept_apart_without_evidence() -> None:
    claim = (Said("one", MARKET, places=VELM),)
    project = linked(
        Article("a", claim, "Delta Agency"),
        Article("b", claim, "Delta Agency", copied_from="a", undirected=True),
    )
    assert project.event_of("a", "one") != project.event_of("b", "one")
    directed = linked(
        Article("a", claim, "Delta Agency"), Article("b", claim, "Delta Agency", copied_from="a")
    )
    assert directed.event_of("a", "one") == directed.event_of("b", "one")


@pytest.mark.parametrize(
    ("more", "same"),
    [
        ({}, False),
        ({"quantities": (number(37),)}, True),
        ({"text": MARKET}, True),
        ({"actors": (actor("Northern League"),)}, False),
        ({"text": MARKET, "places": (place("Tarn"),)}, False),
    ],
)
def test_undated_incidents_need_more_than_type_and_place(
    more: dict[str, object], *, same: bool
) -> None:
    first = {"text": MARKET, "quantities": (number(37),), "actors": (actor("Northern League"),)}
    project = linked(
        Article("a", (strike(time=None, **first),), "The Lantern"),
        Article("b", (strike(**{"text": STATION, "time": None, **more}),), "Ridge Post"),
    )
    assert (project.event_of("a", "one") == project.event_of("b", "one")) is same


def test_one_undated_claim_does_not_chain_two_dated_incidents() -> None:
    project = linked(
        Article("a", (strike(),)),
        Article("b", (strike(time=day("2031-07-09")),)),
        Article("c", (strike(time=None),)),
    )
    assert project.event_of("a", "one") != project.event_of("b", "one")


@pytest.mark.parametrize(
    ("published", "more", "same"),
    [
        ("2031-05-04", {}, True),
        ("2031-05-12", {}, False),
        ("2031-05-04", {"type": "protest"}, False),
        ("2031-05-04", {"places": (place("Tarn"),)}, False),
    ],
)
def test_a_page_without_a_day_tells_of_the_latest_thing_of_its_kind_there(
    published: str, more: dict[str, object], *, same: bool
) -> None:
    project = linked(
        Article("a", (strike(text=MARKET),), "The Lantern", published="2031-05-03"),
        Article(
            "b", (strike(**{"text": STATION, "time": None, **more}),), "Post", published=published
        ),
    )
    assert (project.event_of("a", "one") == project.event_of("b", "one")) is same


def test_casualties_belong_to_the_shelling_of_the_sentence_before() -> None:
    dead = Said("two", "Fourteen people were killed", "casualties", quantities=(number(14),))
    project = linked(Article("a", (strike(), dead)))
    event = project.event_of("a", "two")
    assert event == project.event_of("a", "one")
    assert (event.type, event.title) == (
        "shelling_artillery",
        "Shelling reported at Velm: 14 killed, 2031-05-02",
    )


def test_a_ministry_and_its_spokesman_count_once() -> None:
    register = (
        registered("Ministry of the Interior", "ministry"),
        registered("Ansel Brome", "person", "Ministry of the Interior"),
    )
    project = linked(
        Article("a", (strike(by=MINISTRY),), "The Lantern", register=register),
        Article(
            "b",
            (strike(text=STATION, by=said(("Ansel Brome", "official"))),),
            "Ridge Post",
            register=register,
        ),
    )
    event = project.event_of("a", "one")
    assert len(event.claims) == 2
    assert event.n_origins == 1


def test_several_witnesses_through_one_outlet_name_the_outlet_as_conduit() -> None:
    nurse = strike("two", STATION, by=said(("a nurse", "witness")))
    project = linked(Article("a", (strike(by=WITNESS), nurse), "The Lantern"))
    event = project.event_of("a", "one")
    assert (event.n_origins, event.conduits) == (2, ("The Lantern",))


def test_a_denial_is_no_support_and_makes_the_event_disputed() -> None:
    project = linked(
        Article("a", (strike(by=MINISTRY, actors=(actor("Northern League"),)),)),
        Article(
            "b",
            (
                strike(
                    by=said(("Northern League", "belligerent")),
                    actors=(actor("Northern League"),),
                    modality="denied",
                ),
            ),
        ),
    )
    event = project.event_of("a", "one")
    assert (event.n_origins, event.dispute) == (1, "denied")
    assert sorted(account.stance for account in event.accounts) == ["denies", "supports"]


def test_an_account_that_names_another_doer_differs_and_does_not_count() -> None:
    league = said(("Northern League", "belligerent"))
    project = linked(
        Article("a", (strike(by=MINISTRY, actors=(actor("Northern League"),)),)),
        Article(
            "b",
            (
                strike(by=league, actors=(actor("Northern League"),), modality="denied"),
                strike("two", by=league, actors=(actor("River Guard"),)),
            ),
        ),
    )
    event = project.event_of("b", "two")
    assert event.n_origins == 1
    assert "differs" in {account.stance for account in event.accounts}


def test_forecasts_opinions_and_accusations_belong_to_no_event() -> None:
    project = linked(
        Article(
            "a",
            (
                strike(modality="forecast"),
                strike("two", modality="opinion"),
                Said("three", "The League starves the town", "statement_accusation"),
            ),
        )
    )
    assert not project.tables.rows(Event)


def test_one_siege_of_a_place_is_one_situation_whatever_its_dates() -> None:
    ring = Said(
        "one",
        "a ring of posts since February",
        "siege_state",
        places=VELM,
        actors=(actor("Northern League", "besieger"),),
        time=day("2031-02-01", None, granularity="month"),
    )
    later = Said(
        "one",
        "cut off since the middle of March",
        "siege_state",
        places=VELM,
        actors=(actor("Northern League", "besieger"),),
        time=day("2031-03-15", None),
    )
    other = Said(
        "one",
        "held by the Guard before",
        "siege_state",
        places=VELM,
        actors=(actor("River Guard", "besieger"),),
        time=day("2029-01-01", "2029-06-01"),
    )
    project = linked(Article("a", (ring,)), Article("b", (later,)), Article("c", (other,)))
    assert project.event_of("a", "one") == project.event_of("b", "one")
    assert project.event_of("a", "one") != project.event_of("c", "one")


def test_every_link_says_why() -> None:
    project = linked(
        Article("a", (strike(by=WITNESS),), "The Lantern"),
        Article("b", (strike(text=STATION, by=WITNESS),), "Ridge Post"),
    )
    assert "the same day" in project.link_of("a", "one").reason
    assert "the same place" in project.link_of("a", "one").reason


def test_who_speaks_for_whom_on_one_page_holds_on_another() -> None:
    works = (
        registered("Ilse Marn", "person", "Ministry of Works"),
        registered("Ministry of Works", "ministry"),
    )
    when = day("2031-05-02")
    tied = Said("one", places=VELM, time=when, by=said(("Ilse Marn", "official")))
    same = Said("one", places=VELM, time=when, by=said(("Ministry of Works", "ministry")))
    project = linked(
        Article("a", (tied,), register=works), Article("b", (tied,)), Article("c", (same,))
    )
    event = project.event_of("b", "one")
    assert (event.n_pages, event.n_origins) == (3, 1)
    assert {account.origin for account in event.accounts} == {"Ministry of Works"}
    surname = Said("one", places=VELM, time=when, by=said(("Marn", "official")))
    project = linked(Article("a", (tied,), register=works), Article("b", (surname,)))
    assert project.event_of("b", "one").n_origins == 2


SELLER = said(("a fruit seller", "witness"))
ROOF = "The roof of the cloth hall came down behind the scales of the fruit stalls"


@pytest.mark.parametrize(
    ("by", "text", "expected"),
    [
        (SELLER, ROOF, 1),
        (said(("a baker", "witness")), ROOF, 2),
        (SELLER, "Twelve people were carried out of the arcade on doors", 2),
    ],
)
def test_one_witness_heard_by_two_outlets_in_the_same_words_counts_once(
    by: object, text: str, expected: int
) -> None:
    project = linked(
        Article("a", (strike(text=ROOF, by=SELLER),), "The Lantern"),
        Article("b", (strike(text=text, by=by),), "Ridge Post"),
    )
    assert project.event_of("a", "one").n_origins == expected
    assert project.event_of("b", "one").n_origins == expected


def test_the_hospital_is_the_only_hospital_that_the_statement_is_given_to_by_name() -> None:
    dead = {"type": "casualties", "quantities": (number(14),)}
    named, bare = said(("Velm Hospital", "organisation")), said(("hospital", "organisation"))
    other = said(("Tarn Hospital", "organisation"))
    first = Article("a", (strike(text="Fourteen bodies came in", by=named, **dead),), "The Lantern")
    second = Article("b", (strike(text="It counted 14 dead", by=bare, **dead),), "Ridge Post")
    third = Article(
        "c", (strike(text="14 people died there", by=other, **dead),), "Harbour Gazette"
    )
    assert linked(first, second).event_of("b", "one").n_origins == 1
    assert linked(first, second, third).event_of("b", "one").n_origins == 3


@pytest.mark.parametrize(("amount", "expected"), [((number(40, "tonnes"),), 0), ((), 1)])
def test_a_claim_with_a_figure_does_not_say_the_same_as_one_without(
    amount: tuple[object, ...], expected: int
) -> None:
    who = (actor("River Guard"),)
    kind = {"type": "aid_delivery", "actors": who}
    first = strike(text="Lorries of the guard kept the bakeries going", **kind)
    second = strike(text="The guard brought flour", quantities=amount, **kind)
    project = linked(Article("a", (first,), "The Lantern"), Article("b", (second,), "Ridge Post"))
    assert project.event_of("a", "one") == project.event_of("b", "one")
    assert len(list(project.tables.rows(Statement))) == expected


@pytest.mark.parametrize(("role", "together"), [("agent", True), ("target", False)])
def test_who_is_held_off_from_a_place_does_not_hold_it_in_the_same_account(
    role: str, *, together: bool
) -> None:
    def held(text: str, role: str) -> Said:
        guard = (actor("River Guard", role),)
        return Said("one", text, "control_of_territory", places=VELM, actors=guard)

    first = Article("a", (held("Velm is in the hands of the guard", "agent"),), "The Lantern")
    second = Article("b", (held("Its road is closed to the guard", role),), "Ridge Post")
    project = linked(first, second)
    assert (project.event_of("a", "one") == project.event_of("b", "one")) is together


def test_a_witness_called_alike_in_copied_words_is_one_also_in_other_words() -> None:
    seller = said(("fruit seller", "witness"))
    copied = strike(by=seller)
    project = linked(
        Article("a", (copied,), "The Lantern"),
        Article(
            "b", (copied, strike("two", text=STATION, by=seller)), "Ridge Post", copied_from="a"
        ),
    )
    assert project.event_of("b", "two").n_origins == 1


def test_the_same_words_are_one_copy_whatever_type_they_were_read_as() -> None:
    seller = said(("fruit seller", "witness"))
    project = linked(
        Article("a", (strike(by=seller),), "The Lantern"),
        Article("b", (strike(type="planted_bomb", by=seller),), "Ridge Post", copied_from="a"),
    )
    assert project.event_of("a", "one") == project.event_of("b", "one")
    assert project.event_of("a", "one").n_origins == 1


def test_that_something_is_lacking_is_supported_by_those_who_say_so() -> None:
    unpaid = Said(
        "one", "The dock crews have not been paid since July", "other", VELM, by=MINISTRY,
        polarity="negative",
    )  # fmt: skip
    project = linked(
        Article("a", (unpaid,), "The Lantern", "2031-05-02"),
        Article("b", (unpaid,), "Ridge Post", "2031-05-02"),
    )
    event = project.event_of("a", "one")
    assert [account.stance for account in event.accounts] == ["supports"]
    assert (event.n_origins, event.dispute) == (1, "none")


@pytest.mark.parametrize("town", ["Velm", "Orsk Ford", "Tarn", "Marwick", "Hollin"])
def test_a_body_that_one_page_names_has_its_name_on_all(town: str) -> None:
    named = said((f"{town} General Hospital", "organisation"))
    bare = said(("hospital", "organisation"))
    project = linked(
        Article("a", (strike(by=bare),), "The Lantern", "2031-05-03"),
        Article("b", (strike(by=named),), "Ridge Post", "2031-05-03"),
    )
    event = project.event_of("a", "one")
    assert [account.origin for account in event.accounts] == [f"{town} General Hospital"]
