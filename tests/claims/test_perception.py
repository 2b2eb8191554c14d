"""Perception: who hears or sees an event is not who did it; and events that one word may be."""

import pytest

from claims.reader import claims

HEARERS = [
    "Marta Olin heard three explosions near the dam.",
    "Residents heard shelling all night.",
    "The farmer watched an attack on the convoy.",
    "Families fear an assault on the town.",
    "The Red Lions suffered an attack on their camp.",
]
TYPES = [
    ("The Belmore No. 2 colliery blew up on Friday.", "disaster_man_made"),
    ("The guerrillas blew up the bridge near Sarn.", "planted_bomb"),
    ("An explosion tore through the market in Sarn.", "planted_bomb"),
    ("Forty miners are still below ground.", "casualties"),
    ("Some 200 rioters took part in the unrest.", "riot"),
    ("The minister signed the audit report on 3 May.", "other"),
    ("The two sides signed a truce.", "agreement"),
    ("The constables were met with bricks.", "riot"),
    ("Police charged at the marchers.", "riot"),
    ("Police charged two men with theft.", "arrest"),
    ("Marchers and police clashed in Sarn.", "riot"),
    ("The mill hands will be on strike by Friday.", "protest"),
    ("The strike against rebel positions lasted an hour.", "airstrike"),
    ("The strike against pay cuts goes on.", "protest"),
    ("The hunger strike entered its tenth day.", "protest"),
    ("The union held the city to ransom.", "other"),
]


@pytest.mark.parametrize("text", HEARERS)
def test_who_hears_sees_or_suffers_is_no_agent(text: str) -> None:
    found = claims(text)
    assert found
    assert [a.name for c in found for a in c.actors if a.role == "agent"] == []


def test_who_launches_it_is_its_agent() -> None:
    (one,) = claims("The Fenland Front launched an attack on the camp.")
    assert [a.name for a in one.actors if a.role == "agent"] == ["Fenland Front"]


@pytest.mark.parametrize(("text", "kind"), TYPES)
def test_the_type_of_a_clause(text: str, kind: str) -> None:
    assert [c.type for c in claims(text)] == [kind]


def test_a_strike_on_a_target_is_an_attack_after_news_of_a_protest() -> None:
    text = "Workers marched in Sarn. Two drivers were hurt in a strike on Tolvan positions."
    assert [c.type for c in claims(text)] == ["protest", "casualties", "airstrike"]
