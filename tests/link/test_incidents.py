"""Incidents: the sentences of one article that tell facts of one happening."""

from dataclasses import replace

import pytest

from firsthand.link.incidents import AT_LENGTH, NEXT_CHARS, PARAGRAPH_CHARS
from firsthand.model.claim import Time
from firsthand.model.event import Event
from firsthand.model.linking import ClaimFacts
from link.factory import Article, Said, actor, day, linked, number, place, registered, said

VELM = (place("Velm"),)
AROUND = (place("Velm", inherited=True),)
LEAD = Said("lead", places=VELM, time=day("2031-05-02"))
DEAD = "Nine bodies were carried into the ward"


def told_with_lead(fact: Said, lead: Said = LEAD) -> bool:
    """Whether a claim in the sentence after the lead stands in the lead's event."""
    project = linked(Article("a", (lead, fact)))
    return any(
        set(event.claims) == {"c-a-lead", "c-a-fact"} for event in project.tables.rows(Event)
    )


@pytest.mark.parametrize(
    ("fact", "joins"),
    [
        (Said("fact", DEAD, "casualties", AROUND), True),
        (Said("fact", DEAD, "casualties", AROUND, day("2031-05-04")), True),
        (Said("fact", DEAD, "casualties", AROUND, day("2031-05-20")), False),
        (Said("fact", DEAD, "casualties", AROUND, day("2031-04-30")), False),
        (Said("fact", DEAD, "casualties", (place("Orsk Ford"),)), True),
        (Said("fact", "Nine people were killed", "casualties", (place("Orsk Ford"),)), False),
        (Said("fact", "The Reed Guard denied it", "denial", AROUND), True),
        (Said("fact", "The mayor blamed the Reed Guard", "statement_accusation", AROUND), True),
        (Said("fact", "Two pallets of flour were handed out", "aid_delivery", AROUND), False),
        (Said("fact", "Shells may follow tomorrow", places=AROUND, modality="forecast"), False),
        (Said("fact", "A gun fired on the mill", places=(place("Tarn"),)), False),
        (Said("fact", "Rockets fired from Tarn came down", places=(place("Tarn"),)), True),
        (Said("fact", "The roof came down", "other", AROUND), False),
    ],
)
def test_what_the_next_sentence_tells_of_an_incident(fact: Said, joins: bool) -> None:
    assert told_with_lead(fact) is joins


def test_another_doer_of_the_same_deed_is_another_incident() -> None:
    first = Said("lead", places=VELM, time=day("2031-05-02"), actors=(actor("Reed Guard"),))
    second = Said("fact", "The Hill Corps shelled it too", places=VELM, actors=(actor("Corps"),))
    project = linked(Article("a", (first, second)))
    facts = {row.claim_id: row for row in project.tables.rows(ClaimFacts)}
    assert facts["c-a-fact"].incident is None


def test_a_figure_of_the_incident_is_a_fact_whatever_its_type() -> None:
    lead = Said("lead", places=VELM, time=day("2031-05-02"), quantities=(number(9),))
    fact = Said("fact", "Four of them children", "other", AROUND, quantities=(number(4),))
    assert told_with_lead(fact, lead)


def test_a_survey_without_days_does_not_become_one_incident() -> None:
    """Without a day, only the very next words tell of the same happening."""
    lead = Said("lead", "Fighting went on", "battle", VELM)
    far = Said("fact", "Dozens died there", "casualties", AROUND)
    assert PARAGRAPH_CHARS > NEXT_CHARS
    assert not told_with_lead(far, lead)


def test_facts_take_time_and_place_of_their_incident_across_pages() -> None:
    """Two pages that share only what their leads say of when and where tell one event."""
    other = Said("lead", "Artillery hit a hall before noon", places=VELM, time=day("2031-05-02"))
    fact = Said("fact", DEAD, "casualties", AROUND, by=said(("Velm Hospital", "organisation")))
    project = linked(Article("a", (LEAD, fact)), Article("b", (other,), "Ridge Post"))
    event = project.event_of("a", "fact")
    assert event == project.event_of("b", "lead")
    assert (event.n_pages, event.n_origins, event.type) == (2, 1, "shelling_artillery")


def test_an_institution_both_described_and_named_counts_once() -> None:
    named = said(("Ministry of Works", "ministry"))
    described = said(("the ministry", "ministry"))
    first = Said("lead", places=VELM, time=day("2031-05-02"), by=named)
    second = Said("fact", DEAD, "casualties", AROUND, by=described)
    works = registered("Ministry of Works", "ministry", None, "the ministry")
    article = Article("a", (first, second), register=(works,))
    assert linked(article).event_of("a", "lead").n_origins == 1


def test_blame_is_no_voice_for_the_incident() -> None:
    mayor = said(("Ada Lorn", "official"))
    ours = Said("lead", places=VELM, time=day("2031-05-02"), by=said(("Velm Guard", "military")))
    blame = Said("fact", "blamed the Reed Guard", "statement_accusation", AROUND, by=mayor)
    assert linked(Article("a", (ours, blame))).event_of("a", "lead").n_origins == 1


def test_an_effect_that_names_another_cause_is_no_fact_of_the_incident() -> None:
    ill = Said("lead", "Cholera spreads in the town", "disease", VELM, day("2031-05-02"))
    drowned = Said("fact", "Thirteen people drowned in the flood", "casualties", AROUND)
    died = Said("fact", "Thirteen people died of cholera", "casualties", AROUND)
    assert not told_with_lead(drowned, ill)
    assert told_with_lead(died, ill)


@pytest.mark.parametrize(
    ("text", "kin"),
    [
        ("Thirteen people drowned in the flood", "disaster"),
        ("Thirteen people were killed in an air strike", "bombardment"),
        ("Thirteen people died", None),
        ("Thirteen people died in shelling and clashes", None),
    ],
)
def test_an_effect_is_of_the_kind_that_its_words_name(text: str, kin: str | None) -> None:
    project = linked(Article("a", (Said("one", text, "casualties", VELM),)))
    (facts,) = project.tables.rows(ClaimFacts)
    assert facts.kin == kin


def test_an_outbreak_is_one_situation_for_weeks_on_many_pages() -> None:
    def page(key: str, cases: int, date: str) -> Article:
        said_then = Said(
            "lead",
            f"The clinic counts {cases} cases of cholera in the town",
            "disease",
            VELM,
            day(date),
            quantities=(number(cases, "cases"),),
        )
        return Article(key, (said_then,), published=date)

    project = linked(page("a", 40, "2031-05-02"), page("b", 90, "2031-06-20"))
    assert len(project.tables.rows(Event)) == 2  # counts of two days, weeks apart
    open_end = day("2031-05-02", None)
    first = Said("lead", "Cholera has spread in the town since May", "disease", VELM, open_end)
    later = Said("lead", "The outbreak of cholera in the town goes on", "disease", VELM)
    project = linked(
        Article("a", (first,), published="2031-05-09"),
        Article("b", (later,), published="2031-06-20"),
    )
    assert len(project.tables.rows(Event)) == 1


def test_a_town_named_later_places_the_incident_better_than_a_river() -> None:
    river = place("the Ebb", lat=10.0, lon=20.0, radius_km=300.0, precision="region")
    lead = Said("lead", "Troops attacked along the Ebb", "battle", (river,), day("2031-05-02"))
    fact = Said("fact", "Two of them died in the battle of Velm", "casualties", VELM)
    third = Said("third", "Three tanks burnt", "equipment_loss", AROUND)
    project = linked(Article("a", (lead, fact, third)))
    told = {row.claim_id: row.lead_places for row in project.tables.rows(ClaimFacts)}
    assert [p.as_written for p in told["c-a-third"]] == ["Velm"]


def test_a_deed_keeps_its_own_place_inside_an_incident() -> None:
    lead = Said("lead", "The army took the town", "advance_territorial_change", VELM)
    left = Said("fact", "Fighters withdrew to Tarn", "movement_of_forces", (place("Tarn"),))
    project = linked(Article("a", (lead, left)))
    told = {row.claim_id: row for row in project.tables.rows(ClaimFacts)}
    assert told["c-a-fact"].lead_places == ()


def test_a_figure_told_again_belongs_to_its_incident_however_far() -> None:
    lead = Said(
        "lead",
        "Shells killed 17 in the town",
        places=VELM,
        time=day("2031-05-02"),
        quantities=(number(17),),
    )
    taken = Said("taken", "Sailors took the base", "advance_territorial_change", AROUND)
    bodies = Said(
        "bodies",
        "We have received 17 bodies",
        "casualties",
        AROUND,
        quantities=(number(17, "bodies"),),
    )
    between = tuple(Said(f"filler{n}", "The road is long", "other") for n in range(3))
    project = linked(Article("a", (lead, *between, taken, bodies)))
    assert "c-a-bodies" in project.event_of("a", "lead").claims


def test_people_who_drowned_and_the_killed_are_one_figure_in_a_comparison() -> None:
    drowned = Said(
        "one",
        "Nineteen people drowned in the flood of the lower town",
        "casualties",
        VELM,
        quantities=(number(19, "people"),),
    )
    killed = Said("one", "The river killed 19", "casualties", VELM, quantities=(number(19),))
    project = linked(Article("a", (drowned,)), Article("b", (killed,)))
    assert project.event_of("a", "one").n_pages == 2


def test_bodies_found_elsewhere_do_not_move_the_incident() -> None:
    found = Said("fact", DEAD, "casualties", (place("Orsk Ford"),))
    later = Said("later", "Eleven were dead in all, doctors told us", "casualties", AROUND)
    lead = Said("lead", places=AROUND, time=day("2031-05-02"))
    project = linked(Article("a", (lead, found, later)))
    facts = {row.claim_id: row for row in project.tables.rows(ClaimFacts)}
    assert [p.as_written for p in facts["c-a-later"].lead_places] == ["Velm"]


def event_of_beside(members: int, text: str, time: Time | None = None) -> str | None:
    """The event of a claim of no type after an incident told in so many claims."""
    lead = Said("lead", places=VELM, time=day("2031-05-02"))
    dead = tuple(
        Said(f"dead{at}", f"Body {at} was carried into the ward", "casualties", AROUND)
        for at in range(members - 1)
    )
    project = linked(Article("a", (lead, *dead, Said("beside", text, "other", AROUND, time))))
    return project.link_of("a", "beside").event_id


def test_what_stands_beside_a_happening_told_at_length_is_of_it() -> None:
    assert event_of_beside(AT_LENGTH, "The floor jumped under the whole row")
    assert not event_of_beside(AT_LENGTH - 1, "The floor jumped under the whole row")
    assert not event_of_beside(AT_LENGTH, "The council has opened an inquiry into the mill")
    later = day("2031-05-03")
    assert not event_of_beside(AT_LENGTH, "The floor jumped under the whole row", later)


def test_the_day_of_a_count_is_not_the_day_of_what_is_counted() -> None:
    blast = Said("one", "A car bomb went off", "planted_bomb", VELM, day("2031-05-02"))
    counted = Said("one", "The death toll stood at 31", "casualties", VELM, day("2031-05-06"))
    killed = Said("one", "Gunmen killed 31 people", "casualties", VELM, day("2031-05-06"))
    first = Said("two", "It killed 31", "casualties", VELM, quantities=(number(31),))
    for later, together in ((counted, True), (killed, False)):
        told = replace(later, quantities=(number(31),))
        project = linked(
            Article("a", (blast, first), "The Lantern"), Article("b", (told,), "Ridge Post")
        )
        assert (project.event_of("a", "two") == project.event_of("b", "one")) is together


@pytest.mark.parametrize(("second", "together"), [("2031-05-20", True), ("2031-08-20", False)])
def test_counts_of_one_outbreak_on_other_days_are_of_it(second: str, together: bool) -> None:
    project = linked(
        Article("a", (Said("one", "63 people fell ill", "disease", VELM, day("2031-05-02")),)),
        Article(
            "b",
            (Said("one", "188 patients lay in the wards", "disease", VELM, day(second)),),
            "Ridge Post",
        ),
    )
    assert (project.event_of("a", "one") == project.event_of("b", "one")) is together


def test_an_hour_without_a_day_may_be_of_the_days_before_its_page() -> None:
    hour = day("2031-05-06", as_written="4:40 p.m.", timex_type="TIME", basis="anchored",
               anchor="2031-05-06")  # fmt: skip
    lead = replace(LEAD, quantities=(number(14),))
    for when, together in ((hour, True), (day("2031-05-06"), False)):
        told = replace(lead, key="one", text="A mill was hit by 14 shells", time=when)
        project = linked(Article("a", (lead,), "The Lantern"), Article("b", (told,), "Ridge Post"))
        assert (project.event_of("a", "lead") == project.event_of("b", "one")) is together


def test_a_figure_told_before_is_spoken_of_beside_its_incident() -> None:
    dead = Said("dead", "Shells killed 14", places=VELM, time=day("2031-05-02"),
                quantities=(number(14),))  # fmt: skip
    spoken = Said("spoken", "The figure goes back to a leaflet of the guild", "other", AROUND)
    project = linked(Article("a", (dead, spoken)))
    assert project.link_of("a", "spoken").event_id == project.link_of("a", "dead").event_id
