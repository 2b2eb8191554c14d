"""Posts: which body somebody without a name speaks for, and which bodies there is but one of."""

import pytest

from firsthand.link.origins import Register, Spoken, roll_down
from firsthand.link.posts import body_behind, is_body
from firsthand.model.claim import ChainLink
from link.factory import registered, said

PAPER = ChainLink(name="The Lantern", kind="outlet")
WORDS = Spoken("other", "asserted", "The road was shut", "", (), "The Lantern", "d-1")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("hospital director", "hospital"),
        ("city police spokeswoman", "city police"),
        ("spokesman for the Energy Ministry", "Energy Ministry"),
        ("commander of the city's police", "city's police"),
        ("ministry's press service", "ministry"),
        ("director of Velm Hospital", "Velm Hospital"),
        ("former police commander", None),
        ("police officer", None),
        ("spokesman for the families", None),
        ("nurse at the hospital", None),
    ],
)
def test_the_body_behind_a_post(name: str, body: str | None) -> None:
    assert body_behind(name) == body


@pytest.mark.parametrize(
    ("name", "one"),
    [("police", True), ("town council of Sarn", True), ("some police", False), ("officers", False)],
)
def test_bodies_there_is_one_of(name: str, *, one: bool) -> None:
    assert is_body(name) is one


def test_a_bare_noun_is_the_only_body_of_the_page_that_it_can_mean() -> None:
    hospital = registered("Velm Hospital", "organisation")
    director = said(("hospital director", "official"))
    rolled = roll_down((PAPER, *director), WORDS, Register((hospital,)))
    assert rolled.origin.name == "Velm Hospital"
    two = Register((hospital, registered("Tarn Hospital", "organisation")))
    assert roll_down((PAPER, *director), WORDS, two).key == "body:hospital"
