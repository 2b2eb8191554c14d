"""Counts that only a noun explains: read from the claim's own words, and set against one another."""

import pytest

from firsthand.link.named_counts import named_counts
from firsthand.model.claim import Quantity
from firsthand.model.event import Conflict
from firsthand.model.record import Span
from link.factory import Article, Said, day, linked, number, place, said

CASES = [
    ("casualties", "The service gave the number of missing as 21.", ("missing", 21.0)),
    ("casualties", "The death toll stood at 124 on Thursday", ("killed", 124.0)),
    ("casualties", "the toll from the landslide had risen to forty-two", ("killed", 42.0)),
    ("disaster_natural", "It had a magnitude of 6.4", ("magnitude", 6.4)),
    ("protest", "Police put the crowd at around 1,900.", ("people", 1900.0)),
    ("protest", "the number on strike was closer to 120", ("people", 120.0)),
    ("election", "Turnout there was 58 per cent.", ("turnout", 58.0)),
    ("election", "Turnout was low in the rain", None),
    ("other", "the number is of no matter to us", None),
    ("killing", "More than 20 killed in Velm", ("killed", 20.0)),
    ("casualties", "Thirty-one missing after the slide", ("missing", 31.0)),
    ("casualties", "Nobody killed in Velm", None),
    ("casualties", "They spoke of the toll. At 9 they left", None),
]


@pytest.mark.parametrize(("claim_type", "text", "found"), CASES)
def test_a_noun_says_what_a_bare_number_counts(
    claim_type: str, text: str, found: tuple[str, float] | None
) -> None:
    made = named_counts(claim_type, Span(start=7, end=7 + len(text), text=text), ())
    assert [(one.kind, one.value) for one in made] == ([found] if found else [])
    for one in made:
        assert text[one.start - 7 : one.end - 7] == one.as_written


def test_a_figure_that_was_read_keeps_its_kind_unless_it_has_none() -> None:
    text = "They put the death toll at 17"
    span = Span(start=0, end=len(text), text=text)
    bare = number(17, "people", start=27, end=29)
    (told,) = named_counts("casualties", span, (bare,))
    assert (told.kind, told.start) == ("killed", 27)
    known = number(17, "bodies", start=27, end=29)
    assert named_counts("casualties", span, (known,)) == (known,)


def strike(text: str, *figures: Quantity, **more: object) -> Said:
    values: dict[str, object] = {
        "type": "casualties",
        "places": (place("Velm"),),
        "time": day("2031-05-02"),
        "quantities": figures,
        "by": said(("a clinic", "organisation")),
    }
    return Said(text.replace(" ", "-"), text, **values | more)  # type: ignore[arg-type]  # a test's own values


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("The correct figure for the market of the old town is 41 dead", 1),
        ("There were 41 dead in the streets round the market of the old town", 0),
    ],
)
def test_one_voice_contradicts_itself_where_it_puts_a_figure_right(text: str, rows: int) -> None:
    first = strike("Some 14 dead lay in the market of the old town", number(14))
    article = Article("a", (first, strike(text, number(41))), published="2031-05-03")
    assert len([r for r in linked(article).tables.rows(Conflict) if r.field == "quantity"]) == rows


def denial(key: str, text: str) -> Article:
    claim = Said(
        "one",
        text,
        type="shelling_artillery",
        places=(place("Velm"),),
        time=day("2031-05-02"),
        by=said(("Ilse Marn", "official")),
        polarity="negative",
    )
    return Article(key, (claim,), "Ridge Post")


@pytest.mark.parametrize(
    ("text", "rows"),
    [("No shells fell on the grain market", 1), ("She could not see the grain market shells", 0)],
)
def test_whoever_could_not_see_denies_nothing(text: str, rows: int) -> None:
    told = strike("Shells fell on the grain market of the old town", type="shelling_artillery")
    found = linked(Article("a", (told,)), denial("b", text)).tables.rows(Conflict)
    assert len([row for row in found if row.kind == "denial"]) == rows
