"""Modality and polarity of a clause by its own words and by how it is told."""

import pytest

from claims.reader import claims, words


@pytest.mark.parametrize(
    ("text", "word", "modality"),
    [
        ("Around 20 people are feared dead.", "dead", "unconfirmed"),
        ("Twelve miners are believed to be trapped underground.", "trapped", "possible"),
        ("Talks are to open in Norden on Monday.", "Talks", "forecast"),
        ("The aim is to open talks in Norden.", "aim", "asserted"),
        ("A convoy is due in Norden on Monday.", "convoy", "forecast"),
        ("Geologists expect strong aftershocks.", "aftershocks", "forecast"),
        ("Police suspect arson in the mill fire.", "arson", "possible"),
        ("If shells hit the wall, the dam could fail.", "dam", "hypothetical"),
        ("Had the gates stayed shut, the wall would have gone.", "wall", "hypothetical"),
        ("Reports of a second outbreak in Coss were not checked.", "outbreak", "unconfirmed"),
        ("An earlier version said 40 people were arrested.", "arrested", "unconfirmed"),
        ("The army denied shelling the market.", "shelling", "denied"),
        ("NORDEN (7:40 P.M.) – The army has denied shelling the market.", "shelling", "denied"),
        ("First trucks reach Norden, fewer than promised", "trucks", "asserted"),
    ],
)
def test_modality(text: str, word: str, modality: str) -> None:
    found = {c.modality for c in claims(text) if word in words(c.evidence) and c.type != "denial"}
    assert found == {modality}


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The company has not replied.", "negative"),
        ("Rebels never closed the road to Norden.", "negative"),
        ("No soldiers entered the town.", "negative"),
        ("Soldiers entered the town.", "positive"),
    ],
)
def test_polarity(text: str, polarity: str) -> None:
    assert [c.polarity for c in claims(text)] == [polarity]


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        ("Shells hit the mill.", "shelling_artillery"),
        ("Warplanes bombed the mill.", "airstrike"),
        ("", "battle"),
    ],
)
def test_words_of_several_types_follow_what_was_told_before(before: str, kind: str) -> None:
    text = f"{before} They fired on the town from the hills."
    assert claims(text)[-1].type == kind


def test_the_scope_is_the_finite_clause() -> None:
    text = "The ministry said on Friday that shells hit a school in Ghan on Monday, killing two."
    scopes = {words(c.evidence): c.scope.text for c in claims(text)}
    whole = "shells hit a school in Ghan on Monday, killing two"
    assert scopes["killing two"] == whole
    assert all("Friday" not in scope for scope in scopes.values())


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Should the road be cut, the town would starve.", "hypothetical"),
        ("A second tunnel would halve the journey.", "hypothetical"),
        ("The minister said a second tunnel would open in May.", "forecast"),
        ("The raid on the tower was a cowardly act.", "opinion"),
        ("The raid on the tower was the third in a week.", "asserted"),
    ],
)
def test_conditions_without_if_and_values_set_on_an_event(text: str, modality: str) -> None:
    assert claims(text)[-1].modality == modality
