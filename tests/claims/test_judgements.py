"""What somebody says is not so, and what is a judgement: neither is an asserted event."""

import pytest

from claims.reader import claims, words


def moods(text: str, word: str) -> set[str]:
    return {c.modality for c in claims(text) if word in words(c.evidence) and c.type != "denial"}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The mayor scoffed at suggestions that rebels had seized the airfield.", "seized"),
        ("The claim that the dam had burst was false, the water board said.", "burst"),
        (
            "There is no truth in the rumour that General Osk was arrested, an aide said.",
            "arrested",
        ),
        ("The army insisted that its gunners had not shelled the market.", "shelled"),
        ("Police ruled out arson in the blaze that killed six people at the depot.", "arson"),
        ("He ridiculed claims the rebels had seized the airfield.", "seized"),
    ],
)
def test_what_is_rejected_is_denied(text: str, word: str) -> None:
    assert moods(text, word) == {"denied"}


@pytest.mark.parametrize(
    ("text", "word", "modality"),
    [
        ("The ministry did not deny that four boats had been sunk.", "sunk", "unconfirmed"),
        ("Residents insisted that no aid had reached the valley.", "reached", "asserted"),
        (
            "The union dismissed 40 workers after the strike at the Korda mill.",
            "strike",
            "asserted",
        ),
        ("Police ruled out arson in the blaze that killed six people.", "killed", "asserted"),
        ("The army confirmed reports that the bridge was destroyed.", "destroyed", "asserted"),
        ("Repairing the dam is difficult, the engineer said.", "dam", "asserted"),
        ("The mill was shelled on Friday, scoffed the mayor.", "shelled", "asserted"),
    ],
)
def test_what_is_told_beside_it_is_not(text: str, word: str, modality: str) -> None:
    assert moods(text, word) <= {modality}


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("Shelling a clinic is a disgrace, the nurse said.", "clinic", "shelling_artillery"),
        ("The accord amounts to a betrayal, the union said.", "accord", "agreement"),
        ("The arrest of the editor was meant to intimidate us, he said.", "arrest", "arrest"),
    ],
)
def test_a_valued_deed_is_an_opinion_of_its_type(text: str, word: str, kind: str) -> None:
    assert {(c.type, c.modality) for c in claims(text) if word in words(c.evidence)} == {
        (kind, "opinion")
    }
