"""Speakers: sources that can tell something, those that cannot, and what is inferred from things."""

import pytest

from claims.reader import attributions, claims, words
from firsthand.claims.person_nouns import can_speak, is_person

HEAD = "{}\nThe bridge at Velm was closed to lorries in the night of Monday."


@pytest.mark.parametrize(
    "label", ["Video", "Photos", "Watch", "Exclusive", "Breaking", "Update", "Opinion", "Live",
              "Explainer", "Analysis"]
)  # fmt: skip
def test_a_label_before_a_colon_is_no_speaker(label: str) -> None:
    assert attributions(HEAD.format(f"{label}: bridge at Velm closed")) == []


def test_part_of_a_headline_before_a_dash_is_no_speaker() -> None:
    assert attributions(HEAD.format("Army breaks terrorist siege – bridge reopened")) == []


def test_a_speaker_behind_a_dash_is_one() -> None:
    (found,) = attributions(HEAD.format("Army breaks siege – witnesses"))
    assert found.source_name == "witnesses"


@pytest.mark.parametrize(
    "text",
    [
        "Nobody has yet explained why the gates were opened.",
        "The silence suggests that the rebels have left.",
        "The attack showed that the town was not safe.",
        "The actions of the fleet show that its captain feared a storm.",
    ],
)
def test_things_tell_nothing(text: str) -> None:
    assert attributions(text) == []


def test_what_a_thing_suggests_is_a_possible_claim_of_the_teller() -> None:
    (found,) = claims("The silence suggests that the rebels have left Velm.")
    assert found.modality == "possible"
    assert [link.name for link in found.chain] == ["Halden Post"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("A ferryman from the lowest part of the town said that the water rose.",
         "ferryman from the lowest part of the town", "witness"),
        ("A nurse at Marlo Infirmary said three patients died overnight.",
         "nurse at Marlo Infirmary", "witness"),
        ("One pharmacist said he had no insulin left.", "one pharmacist", "witness"),
        ("The fruit seller said the market was full.", "fruit seller", "witness"),
        ("The coast guard said two boats sank.", "coast guard", "official"),
        ("Doctors and local officials said the clinic had no water.",
         "doctors and local officials", "official"),
        ("Lena Osk, a retired engineer, said the wall was never finished.", "Lena Osk", "witness"),
        ("Lena Osk said the wall was never finished.", "Lena Osk", "person"),
        ("Velm Cement Company said the wall was sound.", "Velm Cement Company", "organisation"),
        ("Footage from inside the town shows soldiers at the gate.",
         "footage from inside the town", "outlet"),
    ],
)  # fmt: skip
def test_name_and_kind_of_speakers(text: str, name: str, kind: str) -> None:
    found = attributions(text)[0]
    assert (found.source_name, found.source_kind) == (name, kind)


def test_a_title_anywhere_gives_the_kind_everywhere() -> None:
    text = (
        "Ferrand said the bridge was safe.\n"
        "Works Minister Tobias Ferrand came to Velm on Friday.\nFerrand said it would rain."
    )
    kinds = {a.source_kind for a in attributions(text)}
    assert kinds == {"official"}


def test_an_office_is_not_the_last_official() -> None:
    text = "Police said two men were held. The governor said the road was open."
    assert [a.source_name for a in attributions(text)] == ["police", "governor"]


def test_they_in_a_quotation_is_not_the_speaker() -> None:
    text = "Governor Ilda Sand accused the rebels. Sand said: “They fired on the market.”"
    assert "Ilda Sand" not in {a.name for a in claims(text)[-1].actors}


@pytest.mark.parametrize("noun", ["ferryman", "seller", "pharmacists", "women", "ministry"])
def test_nouns_that_can_speak(noun: str) -> None:
    assert can_speak(noun)


@pytest.mark.parametrize("noun", ["shoulder", "river", "move", "action", "bodies", "part", "fee"])
def test_nouns_that_cannot(noun: str) -> None:
    assert not can_speak(noun)
    assert not is_person(noun)


def test_a_source_keeps_its_words() -> None:
    (found,) = attributions("A mother of two in the camp said there was no water.")
    assert words(found.source) == "A mother of two in the camp"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Energy Minister Rosa Telk came. Police closed the road. The minister said it was safe.",
         "Rosa Telk", "official"),
        ("The union said 12 men were held. The hospital said 20 were hurt.", "hospital",
         "organisation"),
        ("A crane operator said three men fell.", "crane operator", "witness"),
        ("The operator said three men fell.", "operator", "organisation"),
        ("According to the regional weather office, 40 trees fell.", "regional weather office",
         "official"),
    ],
)  # fmt: skip
def test_roles_stand_for_whom_the_text_calls_so(text: str, name: str, kind: str) -> None:
    found = attributions(text)[-1]
    assert (found.source_name, found.source_kind) == (name, kind)
