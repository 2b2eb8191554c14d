"""Stories: which words stand for an article, and what articles on one matter are taken for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.link.hashing import hashed
from firsthand.link.stories import RARE, WORDS, story_of, word_bits
from firsthand.model.event import Statement
from link.factory import Article, Said, linked, place, said

QUARRY = (
    "Dozens of quarrymen at Hollin Pike were trapped when the Marwick incline gave way, the "
    "Tessaly Quarry Company said. Pumps from Ormsk and divers of the Brindle brigade searched the "
    "flooded gallery, and the Hollin chapel took in the families of the missing quarrymen."
)
RETOLD = (
    "Divers from the Brindle brigade went down into the flooded gallery of the Hollin Pike quarry "
    "on Monday. The Tessaly Quarry Company has not said why the Marwick incline gave way over the "
    "heads of the quarrymen."
)
BAKERS = (
    "Bakers in Lower Venn shut their ovens over the price of flour, said the millers of Castry. "
    "Ration cards for paraffin, loaves and lentils will be stamped at the Orlan depot instead."
)
VELM = (place("Velm"),)


def test_common_words_never_stand_for_an_article_while_rare_ones_are_left() -> None:
    story = set(story_of(QUARRY))
    assert hashed("word", "quarry") in story
    assert hashed("word", "marwic") in story
    assert not story & {hashed("word", word) for word in ("from", "when", "said", "were")}


def test_a_word_that_is_not_listed_tells_more_than_any_that_is() -> None:
    bits = word_bits()
    assert max(bits.values()) < RARE
    assert bits[hashed("word", "people")] < bits[hashed("word", "hospit")]


@given(st.text(max_size=400))
def test_a_story_is_a_sorted_set_of_a_few_words(text: str) -> None:
    story = story_of(text)
    assert list(story) == sorted(set(story))
    assert len(story) <= WORDS
    assert story == story_of(text)


@pytest.mark.parametrize(
    ("about", "published", "together"),
    [
        (RETOLD, "2031-05-02", True),
        (BAKERS, "2031-05-02", False),
        ("", "2031-05-02", False),
        (RETOLD, None, True),
    ],
)
def test_without_days_what_articles_are_about_ties_claims_of_one_kind_and_place(
    about: str, published: str | None, *, together: bool
) -> None:
    first = Said("one", "Dozens of quarrymen were trapped", "disaster_man_made", places=VELM)
    second = Said("one", "The gallery came down over them", "disaster_man_made", places=VELM)
    project = linked(
        Article("a", (first,), "The Lantern", published, about=QUARRY),
        Article("b", (second,), "Ridge Post", published, about=about),
    )
    assert (project.event_of("a", "one") == project.event_of("b", "one")) is together


def test_two_articles_of_one_outlet_without_dates_may_be_its_formula_for_two_days() -> None:
    first = Said("one", "Dozens of quarrymen were trapped", "disaster_man_made", places=VELM)
    second = Said("one", "The gallery came down over them", "disaster_man_made", places=VELM)
    project = linked(Article("a", (first,), about=QUARRY), Article("b", (second,), about=RETOLD))
    assert project.event_of("a", "one") != project.event_of("b", "one")


def test_a_claim_of_no_known_type_is_an_event_only_with_another_article() -> None:
    told = Said("one", "Nobody has paid the harbour pilots of the Orlan wharf since July", "other")
    alone = linked(Article("a", (told,), about=BAKERS))
    assert alone.link_of("a", "one").event_id is None
    both = linked(
        Article("a", (told,), "The Lantern", about=BAKERS),
        Article("b", (told,), "Ridge Post", copied_from="a", about=BAKERS),
    )
    assert both.event_of("a", "one") == both.event_of("b", "one")
    assert both.event_of("a", "one").n_origins == 0


@pytest.mark.parametrize(
    ("by", "text", "expected"),
    [
        ("Delta Agency", "Parcels dropped from the air are all that Velm lives on", 1),
        ("River Agency", "Parcels dropped from the air are all that Velm lives on", 0),
    ],
)
def test_what_one_source_tells_again_of_what_goes_on_is_one_statement(
    by: str, text: str, expected: int
) -> None:
    first = Said(
        "one",
        "Planes keep the town fed",
        "aid_delivery",
        places=VELM,
        by=said(("Delta Agency", "agency")),
    )
    second = Said("one", text, "aid_delivery", places=VELM, by=said((by, "agency")))
    project = linked(Article("a", (first,), "The Lantern"), Article("b", (second,), "Ridge Post"))
    assert len(list(project.tables.rows(Statement))) == expected


@pytest.mark.parametrize(("published", "together"), [("2031-05-04", True), ("2031-06-20", False)])
def test_what_two_articles_on_one_matter_tell_most_of_is_one(
    published: str, together: bool
) -> None:
    one = Said("one", "Dozens were trapped when a gallery fell", "disaster_man_made")
    other = Said("one", "The roof gave way over them at the noon shift", "disaster_man_made")
    project = linked(
        Article("a", (one,), "The Lantern", published="2031-05-03", about=QUARRY),
        Article("b", (other,), "Ridge Post", published=published, about=RETOLD),
    )
    assert (project.event_of("a", "one") == project.event_of("b", "one")) is together


@pytest.mark.parametrize(("about", "together"), [(RETOLD, True), (BAKERS, False)])
def test_pages_on_unlike_matters_may_tell_of_two_days_of_one_war(
    about: str, *, together: bool
) -> None:
    first = Said("one", "Shells fell on the mill", places=VELM)
    second = Said("one", "The eastern quarter came under fire", "airstrike", places=VELM)
    project = linked(
        Article("a", (first,), "The Lantern", published="2031-05-03", about=QUARRY),
        Article("b", (second,), "Ridge Post", published="2031-05-05", about=about),
    )
    assert (project.event_of("a", "one") == project.event_of("b", "one")) is together
