"""Ties of people to bodies that only the text knows."""

import pytest

from firsthand.model.claim import Entity, EntityLabel
from firsthand.resolve.bodies import bodies_of


def _entity(text: str, words: str, label: EntityLabel) -> Entity:
    start = text.index(words)
    return Entity(
        entity_id=f"n-{start}",
        document_id="d-1",
        page_id="p-1",
        start=start,
        end=start + len(words),
        label=label,
        text=words,
        name=words.removeprefix("Dr ").removeprefix("Inspector ").split("Minister ")[-1],
    )


@pytest.mark.parametrize(
    ("text", "person", "bodies", "tied"),
    [
        (
            "“Eleven,” said Dr Ada Fenn, chief physician of the Harrow Hospital.",
            "Dr Ada Fenn",
            ["Harrow Hospital"],
            "Harrow Hospital",
        ),
        (
            "Ada Fenn, who runs the Harrow Hospital, was not there.",
            "Ada Fenn",
            ["Harrow Hospital"],
            "Harrow Hospital",
        ),
        (
            "Inspector Lon Pike of the Sarn Police said so.",
            "Inspector Lon Pike",
            ["Sarn Police"],
            "Sarn Police",
        ),
        ("Sarn Police chief Lon Pike said so.", "Lon Pike", ["Sarn Police"], "Sarn Police"),
        (
            "The Ebb Water Authority kept quiet. Rain fell. Lon Pike, the authority’s spokesman, said no.",
            "Lon Pike",
            ["Ebb Water Authority"],
            "Ebb Water Authority",
        ),
        (
            "The Ministry of Roads agreed. Its minister, Lon Pike, was late.",
            "Lon Pike",
            ["Ministry of Roads"],
            "Ministry of Roads",
        ),
        ("Roads Minister Lon Pike was late.", "Roads Minister Lon Pike", [], "Ministry of Roads"),
        (
            "Roads Minister Lon Pike was late, said the Ministry of Roads of Ebba.",
            "Roads Minister Lon Pike",
            ["Ministry of Roads of Ebba"],
            "Ministry of Roads of Ebba",
        ),
    ],
)
def test_tied(text: str, person: str, bodies: list[str], tied: str) -> None:
    people = _entity(text, person, "PER")
    found = bodies_of(text, [people, *(_entity(text, body, "ORG") for body in bodies)])
    assert found[people.name].name == tied


@pytest.mark.parametrize(
    ("text", "person", "body"),
    [
        ("Ada Fenn was driven to the Harrow Hospital.", "Ada Fenn", "Harrow Hospital"),
        ("Ada Fenn, a patient at the Harrow Hospital, said so.", "Ada Fenn", "Harrow Hospital"),
        (
            "The Harrow Hospital told reporters that Ada Fenn had died.",
            "Ada Fenn",
            "Harrow Hospital",
        ),
        (
            "Prime Minister Ada Fenn spoke. The Harrow Hospital did not.",
            "Ada Fenn",
            "Harrow Hospital",
        ),
        (
            "The Ebb Water Authority kept quiet. Lon Pike, the union’s secretary, said no.",
            "Lon Pike",
            "Ebb Water Authority",
        ),
    ],
)
def test_not_tied(text: str, person: str, body: str) -> None:
    assert not bodies_of(text, [_entity(text, person, "PER"), _entity(text, body, "ORG")])
