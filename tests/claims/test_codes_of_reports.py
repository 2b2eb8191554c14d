"""Codes: which sub-event of ACLED, or which type where it has none, short reports are given."""

import pytest

from claims.reader import claims

CODED = [
    (
        "Militants of the Carnel Front clashed with soldiers near Dolvano, leaving four fighters dead.",
        "Armed clash",
    ),
    (
        "Unidentified gunmen attacked a police checkpoint in Harrow district; one officer was wounded in the exchange of fire.",
        "Armed clash",
    ),
    ("Two rival militias exchanged heavy gunfire in the suburb of Osk on Tuesday.", "Armed clash"),
    (
        "An army convoy was ambushed by insurgents on the Pell road. Six soldiers died.",
        "Armed clash",
    ),
    ("Troops raided a rebel hideout in the Fen hills, killing nine militants.", "Armed clash"),
    (
        "Border guards repelled an infiltration attempt by armed men, and a gunfight followed.",
        "Armed clash",
    ),
    (
        "Government forces recaptured the town of Pell from the rebels after three days of fighting.",
        "Government regains territory",
    ),
    (
        "The army retook control of Harrow airport, which had been held by insurgents.",
        "Government regains territory",
    ),
    (
        "Military forces seized the villages of Osk and Lorne from the Carnel Front.",
        "Government regains territory",
    ),
    (
        "Rebels captured the town of Dolvano after the garrison was overrun.",
        "Non-state actor overtakes territory",
    ),
    (
        "Carnel Front fighters overran a military base and took control of the village of Osk.",
        "Non-state actor overtakes territory",
    ),
    (
        "Insurgents seized Pell from government troops on Friday.",
        "Non-state actor overtakes territory",
    ),
    (
        "Government helicopters dropped chlorine gas on a district of Osk, and dozens of people suffered breathing problems.",
        "Chemical weapon",
    ),
    ("A chemical attack on Pell killed 12 people, rescue workers said.", "Chemical weapon"),
    ("Warplanes bombed a market in Harrow, killing eleven civilians.", "Air/drone strike"),
    (
        "A drone strike targeted a vehicle near Dolvano, killing two members of the Carnel Front.",
        "Air/drone strike",
    ),
    (
        "The air force carried out airstrikes on militant positions in the Fen hills.",
        "Air/drone strike",
    ),
    ("Coalition jets hit an arms depot north of Pell.", "Air/drone strike"),
    ("An unmanned aircraft struck an oil refinery in Lorne overnight.", "Air/drone strike"),
    (
        "A suicide bomber detonated his explosive vest outside a mosque in Harrow, killing 20 worshippers.",
        "Suicide bomb",
    ),
    ("A suicide car bomb struck an army checkpoint in Pell.", "Suicide bomb"),
    ("Two suicide attackers blew themselves up at the gate of the base.", "Suicide bomb"),
    (
        "The army shelled rebel positions near Osk with artillery.",
        "Shelling/artillery/missile attack",
    ),
    (
        "Rockets fired from across the border hit a village in Lorne district.",
        "Shelling/artillery/missile attack",
    ),
    (
        "Mortar rounds landed on a residential area of Dolvano, wounding three children.",
        "Shelling/artillery/missile attack",
    ),
    (
        "Tank fire struck several houses on the outskirts of Pell.",
        "Shelling/artillery/missile attack",
    ),
    (
        "A roadside bomb hit a police patrol in Harrow, wounding two officers.",
        "Remote explosive/landmine/IED",
    ),
    (
        "A farmer was killed when he stepped on a landmine in Fen district.",
        "Remote explosive/landmine/IED",
    ),
    (
        "An improvised explosive device planted by unknown militants exploded near a school in Osk.",
        "Remote explosive/landmine/IED",
    ),
    (
        "A car bomb exploded in the market of Dolvano, killing five people.",
        "Remote explosive/landmine/IED",
    ),
    (
        "Unexploded ordnance left over from the war went off, killing two boys.",
        "Remote explosive/landmine/IED",
    ),
    ("Unidentified men threw a hand grenade at the house of a councillor in Lorne.", "Grenade"),
    ("A grenade exploded outside a bar in Pell, injuring four.", "Grenade"),
    ("Soldiers raped three women in the village of Osk.", "Sexual violence"),
    ("A girl of 14 was gang-raped by armed men near Dolvano.", "Sexual violence"),
    ("A woman was sexually assaulted by militiamen at a roadblock.", "Sexual violence"),
    ("Gunmen shot dead a journalist outside his home in Harrow.", "Attack"),
    (
        "Armed men attacked the village of Lorne, killing seven farmers and burning houses.",
        "Attack",
    ),
    ("The body of a teacher, shot several times, was found near Pell.", "Attack"),
    ("Militiamen beat and tortured a displaced man at a checkpoint.", "Attack"),
    ("A local politician was assassinated by unknown assailants on motorbikes.", "Attack"),
    ("Police officers beat a street vendor, who later died of his injuries.", "Attack"),
    ("Fighters opened fire on a bus, killing three passengers.", "Attack"),
    (
        "Armed men kidnapped a priest and his driver on the Pell road.",
        "Abduction/forced disappearance",
    ),
    (
        "Six aid workers were abducted by the Carnel Front near Osk.",
        "Abduction/forced disappearance",
    ),
    (
        "Soldiers took an activist from his house; his whereabouts are unknown.",
        "Abduction/forced disappearance",
    ),
    ("Hundreds of teachers demonstrated in Harrow to demand unpaid wages.", "Peaceful protest"),
    ("Farmers held a sit-in outside the ministry over fertiliser prices.", "Peaceful protest"),
    (
        "Students marched through Dolvano calling for the release of a detained activist.",
        "Peaceful protest",
    ),
    ("Nurses went on strike and rallied in front of the hospital.", "Peaceful protest"),
    (
        "Members of an opposition party staged a rally in Pell against the new tax.",
        "Peaceful protest",
    ),
    (
        "Police used tear gas to disperse protesters outside parliament in Harrow.",
        "Protest with intervention",
    ),
    (
        "Riot police dispersed a march of students with water cannon and arrested ten.",
        "Protest with intervention",
    ),
    (
        "Security forces broke up a sit-in in Osk and detained several demonstrators.",
        "Protest with intervention",
    ),
    (
        "Soldiers opened fire on demonstrators in Dolvano, killing four.",
        "Excessive force against protesters",
    ),
    (
        "Security forces fired live ammunition at protesters, wounding twelve.",
        "Excessive force against protesters",
    ),
    ("Rioters threw stones at police and set tyres on fire in Harrow.", "Violent demonstration"),
    (
        "Protesters clashed with police, hurling petrol bombs and smashing shop windows.",
        "Violent demonstration",
    ),
    ("Demonstrators stormed the town hall in Pell and burned furniture.", "Violent demonstration"),
    ("A mob lynched two men accused of theft in Lorne.", "Mob violence"),
    ("An angry crowd beat a suspected thief to death in the market.", "Mob violence"),
    ("Supporters of rival parties clashed with stones and machetes in Dolvano.", "Mob violence"),
    ("Police arrested twelve suspected members of the Carnel Front in Harrow.", "Arrests"),
    ("The opposition leader was detained at the airport.", "Arrests"),
    ("Security forces rounded up dozens of activists in Osk.", "Arrests"),
    ("Two rebel groups merged and announced a new coalition.", "Change to group/activity"),
    ("A new armed group announced its formation in Fen district.", "Change to group/activity"),
    ("The militia disbanded and its commander joined the army.", "Change to group/activity"),
    ("Security forces seized a cache of weapons in a village near Pell.", "Disrupted weapons use"),
    (
        "Bomb disposal experts defused an explosive device on the Harrow road.",
        "Disrupted weapons use",
    ),
    ("The army intercepted a drone over Dolvano.", "Disrupted weapons use"),
    ("Air defences shot down two missiles over the port.", "Disrupted weapons use"),
    ("Soldiers discovered and destroyed an IED near Osk.", "Disrupted weapons use"),
    ("The Carnel Front set up a base in the village of Lorne.", "Headquarters or base established"),
    ("The army established a new outpost on the Fen hills.", "Headquarters or base established"),
    ("Armed men looted shops in Osk and stole cattle.", "Looting/property destruction"),
    ("Militiamen burned down 30 houses in Lorne.", "Looting/property destruction"),
    (
        "Unknown persons vandalised the office of a political party in Pell.",
        "Looting/property destruction",
    ),
    ("Settlers uprooted olive trees and damaged cars.", "Looting/property destruction"),
    (
        "Rebels withdrew from the town of Pell, which the army entered without fighting.",
        "Non-violent transfer of territory",
    ),
    (
        "The peacekeepers handed over their base in Osk to the army.",
        "Non-violent transfer of territory",
    ),
    (
        "Government troops pulled out of Dolvano and militiamen took over the town peacefully.",
        "Non-violent transfer of territory",
    ),
    ("The government imposed a curfew in Harrow after the unrest.", "Other"),
    ("The army deployed 500 additional troops to the border.", "Other"),
    ("A mass grave with 30 bodies was found outside Lorne.", "Other"),
    ("Authorities declared a state of emergency in Fen district.", "Other"),
]

TYPED = [
    ("The ruling party won 61 of 110 seats in the parliamentary election.", "election"),
    ("President Ada Brantu was sworn in for a second term.", "election"),
    ("Voters in Harrow went to the polls on Sunday.", "election"),
    ("The prime minister resigned after losing a confidence vote.", "election"),
    ("Parliament passed a bill to change the constitution.", "election"),
    ("The opposition candidate conceded defeat.", "election"),
    (
        "An earthquake of magnitude 6.2 struck the Fen coast, killing at least 40.",
        "disaster_natural",
    ),
    ("Heavy rain caused flooding in Osk, and 2,000 homes were under water.", "disaster_natural"),
    ("A cyclone made landfall near Dolvano on Monday.", "disaster_natural"),
    ("A landslide buried four houses in Lorne.", "disaster_natural"),
    ("Wildfires spread across the northern hills.", "disaster_natural"),
    ("A train derailed near Pell, killing 12 passengers.", "disaster_man_made"),
    ("A ferry carrying 200 people capsized on the Carnel river.", "disaster_man_made"),
    ("A building collapsed in Harrow, trapping several people.", "disaster_man_made"),
    ("Two buses collided head-on on the coastal highway.", "disaster_man_made"),
    ("A gas explosion in an apartment block injured nine.", "disaster_man_made"),
    ("Thieves robbed a bank in Dolvano and fled with cash.", "crime"),
    ("Customs officers seized 300 kilograms of cocaine at the port.", "crime"),
    ("Police broke up a human trafficking ring in Harrow.", "crime"),
    ("A man stabbed his neighbour in a dispute over land.", "crime"),
    ("Hackers stole data of two million customers.", "crime"),
]


@pytest.mark.parametrize(("text", "sub_event"), CODED)
def test_a_report_is_coded_by_what_it_tells(text: str, sub_event: str) -> None:
    coded = [c.codes.acled[1] for c in claims(text) if c.codes.acled is not None]
    assert coded[:1] == [sub_event]


@pytest.mark.parametrize(("text", "kind"), TYPED)
def test_what_has_no_code_is_told_by_its_type(text: str, kind: str) -> None:
    assert claims(text)[0].type == kind
