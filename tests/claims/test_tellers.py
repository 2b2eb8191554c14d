"""Tellers: forms in which a paper says who told it something, beside the plain "X said"."""

import pytest

from claims.reader import attributions, claims, words

TOLD = [
    ("A lad who works the pump tells me the wheel has stood still since June.", "lad", "the wheel"),
    (
        "Rice stocks in Belmore will last until the end of May, the Ministry of Trade said.",
        "Ministry of Trade",
        "Rice stocks",
    ),
    (
        "The well had been foul, he says, and two goats had died of it.",
        "he",
        "two goats had died",
    ),
    (
        "Governor Ines Falk’s reply, “No order was given to leave,” came late.",
        "Ines Falk",
        "No order was given",
    ),
    (
        "Sources close to the ministry say that the deal was signed in May.",
        "sources close to the ministry",
        "the deal was signed",
    ),
    ("Belmore Steel said 19 on the first day.", "Belmore Steel", "19 on the first day"),
    ("The Fenland Clinic gave the number of missing as 14.", "Fenland Clinic", "as 14"),
    (
        "None of the men on the ledge was alive, according to the notice.",
        "notice",
        "None of the men",
    ),
    (
        "The Sarn Herald printed 26. The paper told us it was a slip.",
        "Sarn Herald",
        "it was a slip",
    ),
    (
        "The coroner of Sarn, Olga Renn, spoke on Monday. Three women are dead, the coroner says.",
        "Olga Renn",
        "Three women",
    ),
]


@pytest.mark.parametrize(("text", "name", "content"), TOLD)
def test_who_tells_what(text: str, name: str, content: str) -> None:
    found = [(a.source_name, words(a.content)) for a in attributions(text)]
    assert any(who == name and content in what for who, what in found), found


def test_the_paper_itself_is_no_source_of_a_figure_it_corrects() -> None:
    text = "An earlier version of this item gave the turnout as 85 per cent."
    assert attributions(text) == []


def test_a_forecast_behind_a_report_is_the_same_speaker_s() -> None:
    text = "“We are safe,” the mayor, Ina Holt, said. The drills would reach the well by noon."
    assert [c.chain[-1].name for c in claims(text)][-1] == "Ina Holt"


@pytest.mark.parametrize(
    "text",
    [
        "The mayor, Ina Holt, said 40 had left. It would be the first such flight.",
        "The mayor, Ina Holt, said 40 had left. The town would be lost if the dam broke.",
    ],
)
def test_the_writer_s_own_reasoning_stays_the_writer_s(text: str) -> None:
    assert [c.chain[-1].name for c in claims(text)][-1] == "Halden Post"


def test_i_outside_quotation_marks_is_the_writer() -> None:
    text = "Marta Olin said the pump was broken. I think the owners are frightened already."
    assert [c.chain[-1].name for c in claims(text)] == ["Marta Olin", "Halden Post"]


def test_a_paper_s_short_name_is_the_paper() -> None:
    (one,) = claims("A baker told the Post that the mill was shut.")
    assert [link.name for link in one.chain] == ["Halden Post", "baker"]
