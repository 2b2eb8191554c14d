"""Claims: types, modality, actors, chains and codes of what invented texts report."""

import pytest

from claims.reader import Furniture, attributions, claims, words
from firsthand.model.lineage import Voice

TYPES = [
    ("Troops clashed with rebels near Ghan.", "battle"),
    ("Artillery shelled the village of Ghan.", "shelling_artillery"),
    ("Warplanes bombed a market in Ghan.", "airstrike"),
    ("A suicide bomber blew up a checkpoint.", "suicide_car_bomb"),
    ("A roadside bomb exploded near the school.", "planted_bomb"),
    ("Gunmen shot two farmers in the valley.", "killing"),
    ("Rebels kidnapped five engineers on Friday.", "abduction"),
    ("Police arrested 112 demonstrators.", "arrest"),
    ("The army recaptured the town of Ghan.", "advance_territorial_change"),
    ("Rebels control most of the province.", "control_of_territory"),
    ("Rebels besieged the town for a year.", "siege_state"),
    ("The army lifted the siege of Ghan.", "siege_broken"),
    ("The army sent tanks to the border.", "movement_of_forces"),
    ("The rebels destroyed four tanks.", "equipment_loss"),
    ("Nine civilians were killed in Ghan.", "casualties"),
    ("Rioters burned two shops in the capital.", "riot"),
    ("Thousands marched in a protest against the law.", "protest"),
    ("More than 300 residents were evacuated.", "displacement"),
    ("The charity delivered 30 tonnes of food.", "aid_delivery"),
    ("Cholera spread to three districts.", "disease"),
    ("Floods swept away two bridges.", "disaster_natural"),
    ("A freight train derailed near Osk.", "disaster_man_made"),
    ("Thieves robbed a bank in Osk.", "crime"),
    ("The governments signed a peace deal.", "agreement"),
    ("The union imposed sanctions on the bank.", "sanction"),
    ("The minister met his counterpart for talks.", "diplomacy"),
    ("The party won the election in May.", "election"),
    ("The mayor accused the army of negligence.", "statement_accusation"),
    ("Residents lack water and electricity.", "humanitarian_condition"),
    ("The baker opened a second shop.", "other"),
]


@pytest.mark.parametrize(("text", "kind"), TYPES)
def test_type_of_the_first_claim(text: str, kind: str) -> None:
    assert claims(text)[0].type == kind


MODALITIES = [
    ("The army took Ghan.", "asserted", "positive"),
    ("The army did not take Ghan.", "asserted", "negative"),
    ("The army reportedly took Ghan.", "unconfirmed", "positive"),
    ("The army may take Ghan.", "possible", "positive"),
    ("The army will take Ghan.", "forecast", "positive"),
    ("The army plans to take Ghan.", "forecast", "positive"),
    ("The army tried to take Ghan.", "asserted", "positive"),
    ("If the army takes Ghan, the road opens.", "hypothetical", "positive"),
    ("The army is believed to have taken Ghan.", "possible", "positive"),
    ("The mayor said the army had taken Ghan.", "asserted", "positive"),
    ("The mayor said the army had apparently taken Ghan.", "possible", "positive"),
    ("Residents fear the army has taken Ghan.", "possible", "positive"),
    ("Amid reports that the army took Ghan, shops closed.", "unconfirmed", "positive"),
    ("The decision of the council is a shameful mistake.", "opinion", "positive"),
    ("Did the council warn the village in time?", "opinion", "positive"),
]


@pytest.mark.parametrize(("text", "modality", "polarity"), MODALITIES)
def test_modality_and_polarity(text: str, modality: str, polarity: str) -> None:
    found = claims(text)[0]
    assert (found.modality, found.polarity) == (modality, polarity)


def test_a_denial_is_a_claim_and_so_is_what_it_denies() -> None:
    denial, denied = claims("The army denied that its planes had hit the bridge.")
    assert (denied.type, denied.modality) == ("airstrike", "denied")
    assert (denial.type, denial.modality) == ("denial", "asserted")
    assert denial.denies == denied.claim_id
    assert denial.evidence[0].text.startswith("The army denied")


def test_one_claim_for_each_event_of_a_sentence() -> None:
    found = claims("The army took Ghan, killing nine rebels, and shelled two villages.")
    assert [c.type for c in found] == [
        "advance_territorial_change", "casualties", "shelling_artillery",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "evidence"),
    [
        ("Shops closed in its stronghold of Ghan.", "control_of_territory",
         "its stronghold of Ghan"),
        ("Shops closed in the rebel-held town.", "control_of_territory", "the rebel-held town"),
        ("Shops closed in the besieged city.", "siege_state", "the besieged city"),
        ("Shops closed after the offensive of the army.", "advance_territorial_change",
         "the offensive of the army"),
        ("The rebels lost the fight, with around 800 fighters killed in the valley.",
         "casualties", "with around 800 fighters killed in the valley"),
    ],
)  # fmt: skip
def test_presupposed_events_are_claims(text: str, kind: str, evidence: str) -> None:
    assert (kind, evidence) in [(c.type, words(c.evidence)) for c in claims(text)]


def test_saying_the_same_presupposition_again_adds_nothing() -> None:
    text = "Shops closed in the besieged city. Schools closed in the besieged city."
    assert [c.type for c in claims(text)].count("siege_state") == 1


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("The army attacked the rebels.", [("army", "agent"), ("rebels", "target")]),
        ("The rebels were attacked by the army.", [("rebels", "target"), ("army", "agent")]),
        ("Two soldiers were killed.", [("soldiers", "victim")]),
        ("Troops clashed with rebels.", [("Troops", "agent"), ("rebels", "target")]),
        ("The town has been under a rebel siege.",
         [("town", "besieged"), ("rebel", "besieger")]),
        ("Police and soldiers clashed with rebels.",
         [("Police", "agent"), ("soldiers", "agent"), ("rebels", "target")]),
        ("The army's howitzers shelled the orphanage on Sunday.",
         [("army", "agent"), ("orphanage", "target")]),
        ("Youths overturned two police vans.", [("Youths", "agent"), ("police", "target")]),
        ("No group claimed responsibility for it.", []),
        ("None of his members had attacked the rebels.",
         [("members", "agent"), ("rebels", "target")]),
        ("Some 240 soldiers and at least nine tanks crossed the river.",
         [("soldiers", "agent")]),
        ("A mob of several hundred villagers attacked the police.",
         [("mob of several hundred villagers", "agent"), ("police", "target")]),
        ("Gunmen shot dead the editor outside her home.",
         [("Gunmen", "agent"), ("editor", "victim")]),
        ("The port is in the hands of mutinous cadets.", [("mutinous cadets", "agent")]),
        ("The customs post is in government hands.", [("government", "agent")]),
        ("The siege of the hospital has begun.", [("hospital", "besieged")]),
        ("Soldiers backed by militias attacked the rebels.",
         [("Soldiers", "agent"), ("militias", "supporter"), ("rebels", "target")]),
    ],
)  # fmt: skip
def test_actors_have_roles_by_where_they_stand(text: str, actors: list[tuple[str, str]]) -> None:
    assert [(a.name, a.role) for a in claims(text)[-1].actors] == actors


def test_a_pronoun_stands_for_the_last_actor() -> None:
    found = claims("The rebels took Ghan. They burned two shops.")[1].actors[0]
    assert (found.name, found.as_written) == ("rebels", "They")


def test_instruments_and_quantities_belong_to_their_claim() -> None:
    first, second = claims("Tanks shelled Ghan, killing 14 people.")
    assert [i.as_written for i in first.instruments] == ["Tanks"]
    assert first.quantities == ()
    assert [q.value for q in second.quantities] == [14]


def test_the_chain_runs_from_the_publisher_to_the_innermost_source() -> None:
    text = (
        "Local sources told the Orel News Agency that looters had emptied shops,"
        " the Morning Post reported."
    )
    (found,) = claims(text)
    names = [link.name for link in found.chain]
    assert names == ["Halden Post", "Morning Post", "Orel News Agency", "local sources"]
    assert found.chain[-1].attribution_id == found.attribution


def test_a_voice_stands_between_publisher_and_source() -> None:
    text = "Orel Wire reports:\nThe army took Ghan, the mayor said."
    voice = Voice(start=19, end=len(text), speaker="Orel Wire", kind="agency", credit_id="k-1")
    found = claims(text, voices=(voice,))[-1]
    assert [(x.name, x.credit_id) for x in found.chain] == [
        ("Halden Post", None), ("Orel Wire", "k-1"), ("mayor", None),
    ]  # fmt: skip


def test_an_unknown_publisher_is_said_to_be_unknown() -> None:
    found = claims("The army took Ghan.", outlet=None)[0]
    assert [link.name for link in found.chain] == ["unknown publisher"]


def test_furniture_makes_no_claims() -> None:
    text = "The army took Ghan.\nPolice arrested a man."
    mark = Furniture(start=20, end=len(text), kind="teaser", basis="form")
    assert [c.type for c in claims(text, furniture=(mark,))] == ["advance_territorial_change"]


def test_an_infinitive_of_purpose_is_no_event() -> None:
    assert [c.type for c in claims("The army moved tanks to shell the town.")] == [
        "movement_of_forces"
    ]


@pytest.mark.parametrize(
    ("text", "acled"),
    [
        ("The army recaptured the town of Ghan.", ("Battles", "Government regains territory")),
        ("Rebels captured the town of Ghan.",
         ("Battles", "Non-state actor overtakes territory")),
        ("Police fired tear gas at protesters.", ("Protests", "Protest with intervention")),
        ("A suicide bomber detonated a vest.", ("Explosions/Remote violence", "Suicide bomb")),
        ("Floods swept away two bridges.", None),
    ],
)  # fmt: skip
def test_acled_codes_where_one_fits(text: str, acled: tuple[str, str] | None) -> None:
    found = claims(text)[0]
    assert found.codes.acled == acled
    assert found.codes_reason


def test_views_of_one_sentence_are_one_claim() -> None:
    text = "“Who opened the gates and who will rebuild what the water took from us?” asked Dahl."
    assert [c.modality for c in claims(text)] == ["opinion"]


def test_claim_ids_do_not_depend_on_where_the_text_stands() -> None:
    text = "The army took Ghan."
    assert claims(text)[0].claim_id == claims("It rained all day.\n" + text)[-1].claim_id


def test_claims_point_to_attributions_that_exist() -> None:
    text = "The mayor said the army had taken Ghan. Police deny that shops were looted."
    known = {a.attribution_id for a in attributions(text)}
    assert {c.attribution for c in claims(text)} <= known | {None}


@pytest.mark.parametrize(
    ("text", "kind", "evidence", "modality"),
    [
        ("The army claimed on Monday to have retaken Hessel.", "advance_territorial_change",
         "to have retaken Hessel", "asserted"),
        ("Officials expect the river to flood the town.", "disaster_natural",
         "the river to flood the town", "forecast"),
        ("The rebels threatened to shell the airport unless the prisoners were freed.", "arrest",
         "unless the prisoners were freed", "hypothetical"),
        ("Two drivers are believed to have been abducted near Sorrin.", "abduction",
         "Two drivers are believed to have been abducted near Sorrin", "possible"),
    ],
)  # fmt: skip
def test_infinitives_behind_a_cue_tell_what_is_claimed_or_expected(
    text: str, kind: str, evidence: str, modality: str
) -> None:
    found = {(c.type, words(c.evidence), c.modality) for c in claims(text)}
    assert (kind, evidence, modality) in found


def test_what_opens_a_sentence_is_done_by_whom_it_tells_of() -> None:
    shelled = claims("By shelling the bazaar at noon, the junta won nothing.")[0]
    actors = [(actor.name, actor.role) for actor in shelled.actors]
    assert actors == [("bazaar", "target"), ("junta", "agent")]


def test_whom_one_accuses_is_who_did_it() -> None:
    looted = next(c for c in claims("Residents accused guards of looting the clinic.")
                  if c.type == "destruction")  # fmt: skip
    assert [(a.name, a.role) for a in looted.actors] == [
        ("guards", "agent"), ("clinic", "target")
    ]  # fmt: skip
