"""Codes: a snippet of each of ACLED's 25 sub-events, and of types that have none."""

import pytest

from claims.reader import claims
from firsthand.claims.codes import codes_of
from firsthand.model.claim import Actor

SNIPPETS = [
    (
        "Armed clash",
        "Militants ambushed an army patrol near Ghan, sparking a gun battle that left four dead.",
    ),
    (
        "Armed clash",
        "Fighters of the Northern Front and soldiers exchanged fire along the river; casualties unknown.",
    ),
    (
        "Government regains territory",
        "Military forces regained control of the town of Dellan from rebels after heavy fighting.",
    ),
    (
        "Government regains territory",
        "Army troops, supported by militia, retook Sura village from the Front.",
    ),
    (
        "Non-state actor overtakes territory",
        "Rebels took control of the district headquarters after clashes with the police.",
    ),
    (
        "Non-state actor overtakes territory",
        "Insurgents captured Quinto town from government forces.",
    ),
    (
        "Chemical weapon",
        "Government aircraft dropped a chlorine bomb on the town, injuring 20 people.",
    ),
    ("Air/drone strike", "A drone strike killed two suspected militants in Zeru."),
    ("Air/drone strike", "Coalition jets carried out air raids on rebel positions near Vell."),
    ("Suicide bomb", "A suicide bomber detonated his vest at a mosque in Karsk, killing six."),
    ("Shelling/artillery/missile attack", "Rebels fired mortar shells at an army base."),
    ("Shelling/artillery/missile attack", "Government forces shelled the outskirts of Dellan."),
    (
        "Remote explosive/landmine/IED",
        "A landmine exploded under a truck, killing three villagers.",
    ),
    (
        "Remote explosive/landmine/IED",
        "An IED planted by unknown militants went off near a police vehicle.",
    ),
    ("Grenade", "Unidentified men threw a hand grenade into a bar, wounding five."),
    ("Sexual violence", "Soldiers raped two women in a village in Zeru."),
    ("Attack", "Gunmen on motorcycles shot dead a journalist in Karsk."),
    (
        "Attack",
        "Suspected militia men attacked a village, killing nine civilians and burning houses.",
    ),
    ("Attack", "Police beat a street vendor to death."),
    ("Abduction/forced disappearance", "Armed men abducted a local councillor from his home."),
    (
        "Peaceful protest",
        "Hundreds of teachers held a demonstration in Orlan to demand unpaid wages.",
    ),
    ("Peaceful protest", "Residents staged a sit-in against power cuts."),
    ("Protest with intervention", "Police dispersed students protesting over fees with tear gas."),
    (
        "Excessive force against protesters",
        "Security forces opened fire on protesters, killing two.",
    ),
    (
        "Violent demonstration",
        "Demonstrators burned tyres and threw stones at police during a rally.",
    ),
    ("Violent demonstration", "Rioters set fire to a government building."),
    ("Mob violence", "A mob lynched a man accused of theft."),
    ("Agreement", "The government and the Front signed a ceasefire agreement."),
    ("Arrests", "Police arrested 30 opposition members in Karsk."),
    (
        "Change to group/activity",
        "Two rebel factions merged to form a new group, the Eastern Front.",
    ),
    ("Disrupted weapons use", "Security forces defused a bomb found near a market."),
    ("Disrupted weapons use", "The army seized a weapons cache from militants."),
    ("Headquarters or base established", "The army established a new base near the border."),
    ("Looting/property destruction", "Militiamen looted shops and burned houses in Sura."),
    ("Looting/property destruction", "Army bulldozers demolished three houses in the village."),
    ("Other", "The authorities imposed a curfew in the province."),
    ("election", "Voters went to the polls on Sunday in a runoff."),
    ("disaster_natural", "An earthquake of magnitude 6 struck the coast, killing 40."),
    ("disaster_man_made", "A bus crashed into a ravine, killing 12."),
    ("crime", "Thieves robbed a bank of two million crowns."),
    ("diplomacy", "The foreign ministers met in Vell for talks."),
    ("disease", "Health officials reported 12 new cases of ebola."),
    ("Non-violent transfer of territory", "Rebels withdrew from the town under a deal."),
]


@pytest.mark.parametrize(("wanted", "text"), SNIPPETS)
def test_the_first_claim_of_a_snippet_has_the_code(wanted: str, text: str) -> None:
    first = claims(text)[0]
    assert (first.codes.acled[1] if first.codes.acled else first.type) == wanted


def test_a_condition_on_the_agent_looks_at_kinds() -> None:
    def taker(kind: str) -> Actor:
        return Actor(name="x", actor_kind=kind, role="agent", as_written="x", start=0, end=1)  # type: ignore[arg-type]  # a test's own values

    state, _ = codes_of("advance_territorial_change", " took ghan ", "take", [taker("military")])
    rebel, reason = codes_of(
        "advance_territorial_change", " took ghan ", "take", [taker("armed_group")]
    )
    unknown, _ = codes_of("advance_territorial_change", " took ghan ", "take", [])
    assert state.acled == ("Battles", "Government regains territory")
    assert rebel.acled == ("Battles", "Non-state actor overtakes territory")
    assert unknown.acled == ("Battles", "Armed clash")
    assert "agent:armed_group" in reason


def test_a_type_without_rows_has_no_codes_and_says_so() -> None:
    codes, reason = codes_of("unheard_of", " ", "x", [])
    assert (codes.acled, codes.plover, codes.ucdp) == (None, None, None)
    assert "no row" in reason
