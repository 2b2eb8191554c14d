"""News wording: common ways to tell and deny things, each read once as something else."""

import pytest

from claims.reader import attributions, claims, words

SOURCES = [
    ("Corvan's ministry of trade said prices had doubled.", "Corvan's ministry of trade"),
    ("Orla's spokesman, Henri Dask, said she had left.", "Henri Dask"),
    (
        "Colonel Tesk Adou, reading a note on state TV, said the head of state had gone.",
        "Tesk Adou",
    ),
    ("The owner, Sarn Ferries, said the ship was sound.", "Sarn Ferries"),
    ("The company, Halm Energi, shut down two kilns and said it would reopen.", "Halm Energi"),
    ("Relief teams in Wurra, however, said 23 patients had come.", "Relief teams in Wurra"),
    ("Dr Ines Falk spoke. According to her, no well was safe.", "Ines Falk"),
    (
        "The clinic's director denied the report. She said one man had died before.",
        "clinic's director",
    ),
    (
        "The hospital director gave no figure. The government said two people had died.",
        "government",
    ),
]


@pytest.mark.parametrize(("text", "name"), SOURCES)
def test_who_speaks(text: str, name: str) -> None:
    assert name in {a.source_name for a in attributions(text)}


def test_she_is_a_woman_told_of_before_not_a_man_who_spoke_last() -> None:
    text = "Mrs Ines Falk left. Mr Oran Tesk said the pit was dry. She said the pumps had failed."
    assert [a.source_name for a in attributions(text)] == ["Oran Tesk", "Ines Falk"]


DENIED = [
    (
        "The mill denied its men had fired first, saying that shots hit a shed.",
        "denied",
        "asserted",
    ),
    ("The council rejected reports that its men had fired first.", "denied", None),
]


@pytest.mark.parametrize(("text", "first", "second"), DENIED)
def test_only_what_is_denied_is_denied(text: str, first: str, second: str | None) -> None:
    told = [c.modality for c in claims(text) if c.type != "denial"]
    assert told == [m for m in (first, second) if m is not None]


@pytest.mark.parametrize(
    "text",
    [
        "The agency called the claim false.",
        "The ministry described the reports as baseless.",
        "A source told us this was untrue.",
        "The council denied that, saying it had paid.",
        "Orr disputes this: the note was read out, he said.",
    ],
)
def test_calling_something_false_is_a_denial(text: str) -> None:
    assert "denial" in {c.type for c in claims(text)}


def test_an_object_denied_ends_where_a_clause_begins() -> None:
    (report,) = attributions("The league rejects the result as the count ends.")
    assert words(report.content) == "the result"


def test_whose_claim_is_denied_is_told_too() -> None:
    text = "The mayor rejected the ministry's claim that the army had taken the gate."
    gate = next(c for c in claims(text) if "taken" in words(c.evidence) and c.type != "denial")
    assert [link.name for link in gate.chain][1:] == ["mayor", "ministry"]


MODALITY = [
    ("Rescuers could not reach the village.", "asserted"),
    ("The union warned that staff had been cut.", "asserted"),
    ("The union warned that staff would be cut.", "forecast"),
    ("If the lake overflows, the mayor warned, the mill will drown.", "hypothetical"),
    ("“We are digging with our hands,” said a man in Isk.", "asserted"),
    ("“There are people under the stones,” said a man in Isk.", "asserted"),
    ("“It is a shame,” said a man in Isk.", "opinion"),
    ("A truce is unlikely before the rains.", "forecast"),
]


@pytest.mark.parametrize(("text", "modality"), MODALITY)
def test_modality(text: str, modality: str) -> None:
    assert claims(text)[0].modality == modality


WHOLE = [
    (
        "The fire that tore through a mill at Isk was put out on Monday morning.",
        "The fire that tore",
    ),
    ("Nine of the trucks it sent to Isk were turned back.", "trucks it sent"),
    ("The minister has so far declined to step in.", "so far declined"),
    ("Schools will stay shut until Monday.", "Schools will stay shut until"),
    ("Residents said shelling lasted two hours.", "shelling lasted two hours"),
]


@pytest.mark.parametrize(("text", "part"), WHOLE)
def test_a_statement_is_one_claim_with_its_subject(text: str, part: str) -> None:
    assert any(part in words(c.evidence) for c in claims(text))


TYPES = [
    ("Some 400 residents were moved to higher ground.", "displacement"),
    ("The dam broke, sending a wall of water through Isk.", "disaster_natural"),
    ("The crew had taken on 100 extra passengers.", "other"),
    ("Electricity is out in 900 homes.", "humanitarian_condition"),
    ("Shots were heard near the palace.", "battle"),
    ("The seven walked out of the hospital on their own.", "other"),
    ("Corvan supplied the rebels with missiles.", "other"),
    ("The president dismissed his defence minister.", "election"),
]


@pytest.mark.parametrize(("text", "kind"), TYPES)
def test_type(text: str, kind: str) -> None:
    assert claims(text)[-1].type == kind


PLOVER = [
    ("Corvan will send food aid to Isk.", "AGREE"),
    ("Corvan will impose sanctions on Isk.", "THREATEN"),
    ("Corvan must send food aid to Isk.", "REQUEST"),
    ("Corvan imposed sanctions on Isk.", "SANCTION"),
    ("The rebels released 40 prisoners.", "RETREAT"),
    ("Corvan lifted the curfew.", "CONCEDE"),
]


@pytest.mark.parametrize(("text", "category"), PLOVER)
def test_plover_tells_what_is_done_from_what_is_announced(text: str, category: str) -> None:
    plover = claims(text)[0].codes.plover
    assert plover is not None
    assert plover[0] == category


def test_the_writer_s_own_musing_is_no_claim() -> None:
    assert claims("I have had my quarrels with the league. She put her hand on the bell.") == []


def test_lines_that_a_bullet_opens_have_sentences_too() -> None:
    text = "• The army said it had killed two men. Elders said the dead were shepherds."
    assert [a.source_name for a in attributions(text)] == ["army", "elders"]


def test_what_was_refused_is_not_told_as_done() -> None:
    assert [c.type for c in claims("The union refused to meet the company.")] == [
        "statement_accusation"
    ]
