"""Actors: groups, bodies, described people, and whom claims of responsibility and blame name."""

import pytest

from claims.reader import claims

CAST = [
    ("Nine men were abducted by a group of heavily armed men.", "agent", "a group of heavily armed men"),
    ("Two farmers were murdered by members of the armed forces.", "agent",
     "members of the armed forces"),
    ("Ada Fenn, mayor of Harrow, was murdered on Monday.", "victim", "Ada Fenn"),
    ("Ivo Brantu, mayor of Pell, in the Fen district, who was kidnapped in May, is free.", "victim",
     "Ivo Brantu"),
    ("Gunmen killed Ada Fenn, head of the union, and her deputy Ivo Brantu.", "victim", "her deputy Ivo Brantu"),
    ("Ada Fenn's assassination shocked the town of Pell.", "victim", "Ada Fenn"),
    ("The Carnel Front claimed responsibility for the attack on the town hall.", "agent",
     "The Carnel Front"),
    ("The ministry blamed rebels for the murder of a judge.", "agent", "rebels"),
    ("Five soldiers were involved in the murder of a judge.", "agent", "Five soldiers"),
    ("Soldiers found and killed two rebels.", "victim", "two rebels"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "role", "who"), CAST)
def test_who_takes_part(text: str, role: str, who: str) -> None:
    found = [(a.role, " ".join(a.as_written.split())) for c in claims(text) for a in c.actors]
    assert (role, who) in found


@pytest.mark.parametrize(
    ("text", "role", "who"),
    [
        ("A terrorist attack shook the town of Pell.", "agent", "terrorist"),
        ("The police are investigating the attack on Pell.", "agent", "The police"),
        ("Rebels shot a farmer of the Fen district.", "victim", "the Fen district"),
    ],
)
def test_who_does_not(text: str, role: str, who: str) -> None:
    found = [(a.role, " ".join(a.as_written.split())) for c in claims(text) for a in c.actors]
    assert (role, who) not in found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The two armies have agreed on a truce.", ["armies"]),
        ("Police arrested 23 dockers in Castellan.", ["Police", "dockers"]),
        ("Some of the detainees were beaten by their guards.", ["detainees", "guards"]),
        ("Troops clashed with deserters near the works.", ["Troops", "deserters"]),
        ("Fighting between the two brigades went on.", ["brigades"]),
    ],
)
def test_people_and_bodies_are_actors_by_their_singular_and_by_how_they_end(
    text: str, names: list[str]
) -> None:
    assert [actor.name for actor in claims(text)[0].actors] == names


def test_she_is_the_person_named_last_and_no_court() -> None:
    text = "A court freed Teresa Moyo on Friday, a month after she was arrested."
    arrest = next(claim for claim in claims(text) if claim.type == "arrest")
    assert [actor.name for actor in arrest.actors] == ["Teresa Moyo"]


def test_he_is_nobody_whom_the_text_calls_a_woman() -> None:
    text = "Adam Holt met spokeswoman Anna Tarn. He was arrested on Friday."
    arrest = next(claim for claim in claims(text) if claim.type == "arrest")
    assert [actor.name for actor in arrest.actors if actor.role == "target"] == ["Adam Holt"]
