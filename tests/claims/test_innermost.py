"""Innermost sources: who stands at the end of a chain, over asides, pronouns, brackets, conduits."""

import pytest

from claims.reader import attributions, claims

SPEAKERS = [
    (
        "Lieutenant Oran Pike, as the rebels call him, said two frigates shelled the district.",
        "shelled",
        "Oran Pike",
    ),
    (
        "A woman who washes the floor gave no name. She says they drank from the ditch.",
        "drank",
        "woman",
    ),
    (
        "The head of the police, Chief Abel Kruse, received us. “We stopped cars,” he affirmed.",
        "We stopped",
        "Abel Kruse",
    ),
    (
        "The air force of Tarn has been more careful. It says that the aircraft struck a cable.",
        "struck",
        "air force of Tarn",
    ),
    (
        "Hydro AG said it fell. Men left, the office of Ozrin said. Nobody was compelled, it said.",
        "compelled",
        "office of Ozrin",
    ),
    ("Seven dead and 41 hurt (St Ann's Hospital); three dead (police).", "Seven", "St Ann's Hospital"),
    ("The figure of 60 goes back to the Sailors' Council.", "60", "Sailors' Council"),
    ("The Ministry of Works confirmed the collapse of a bridge.", "collapse", "Ministry of Works"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "name"), SPEAKERS)
def test_the_end_of_the_chain(text: str, words: str, name: str) -> None:
    found = [c for c in claims(text) if any(words in span.text for span in c.evidence)]
    assert found
    assert found[0].chain[-1].name == name


def test_a_conduit_stands_before_whom_it_quotes() -> None:
    (claim,) = claims("A nurse quoted by Velm Wire spoke of nine bodies in the square.")
    assert [link.name for link in claim.chain[1:]] == ["Velm Wire", "nurse"]


def test_what_happened_days_before_is_the_writers_own() -> None:
    text = (
        "Shells struck the port on Tuesday, hospital officials said, two days after sailors"
        " seized the base."
    )
    seized = next(c for c in claims(text) if "seized" in c.evidence[0].text)
    assert len(seized.chain) == 1


def test_she_is_nobody_the_text_called_he() -> None:
    text = (
        "“We stood there,” a rescuer said. He asked not to be named, he added."
        " Liska Thorne had an answer. “We could not send men in,” she told the wire."
    )
    assert [row.source_name for row in attributions(text)][-1] == "Liska Thorne"


def test_who_heads_a_body_is_no_witness() -> None:
    for text in (
        "It saw 130 patients, said Lena Tord, who runs the mission.",
        "The charity's head of mission, Lena Tord, said: “They needed twenty hours.”",
    ):
        assert attributions(text)[0].source_kind == "official"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The refugees tell it otherwise. Soldiers, they say, waved them on.", "refugees"),
        (
            "Lars Ohm is glad. His rival, Gitte Rand, is not: she expects a bank to fail.",
            "Gitte Rand",
        ),
        ("Residents contacted by phone said the market was shelled.", "residents"),
    ],
)
def test_whom_the_text_has_told_of_before(text: str, name: str) -> None:
    assert attributions(text)[-1].source_name == name


PORTRAIT = """Mirren Cade hands out lamps at the gate.

“I wrote the hour in the book,” she says. She wrote 5.40. There was a cloud over the shaft.

Of her 118 lamps, 87 came back, she says."""


def test_a_portrait_tells_what_its_person_lived_through() -> None:
    found = {c.evidence[0].text: c.chain[-1].name for c in claims(PORTRAIT)}
    assert found["There was a cloud over the shaft"] == "Mirren Cade"


def test_a_report_in_the_past_tense_tells_in_its_own_voice() -> None:
    text = "Governor Ann Hale said the dam held. She flew over it. “It is safe,” she said. It rose."
    assert [row.implicit for row in attributions(text)] == [False, False]


def test_the_role_before_a_comma_and_a_title_makes_a_witness() -> None:
    text = "A trader at the tram stop, Mr Tom Ilda, said that the shots came from above."
    assert attributions(text)[0].source_kind == "witness"
