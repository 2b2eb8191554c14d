"""The tables: every value is one that records.md or the field allows."""

import typing

import pytest

from firsthand.claims import codes, event_types, lexicon, modality
from firsthand.claims.verbs import verb_forms
from firsthand.model.claim import ActorKind, EntityLabel, Modality, Role, SourceKind
from firsthand.resources import read_table

TYPES = {
    "battle", "shelling_artillery", "airstrike", "suicide_car_bomb", "planted_bomb", "killing",
    "sexual_violence", "abduction", "arrest", "advance_territorial_change",
    "control_of_territory", "siege_state", "siege_broken", "movement_of_forces", "force_size",
    "equipment_loss", "casualties", "destruction", "protest", "riot", "displacement",
    "humanitarian_condition", "aid_delivery", "disease", "disaster_natural",
    "disaster_man_made", "crime", "statement_accusation", "denial", "agreement", "diplomacy",
    "sanction", "election", "other",
}  # fmt: skip
SUB_EVENTS = {
    "Battles": {"Armed clash", "Government regains territory",
                "Non-state actor overtakes territory"},
    "Explosions/Remote violence": {
        "Chemical weapon", "Air/drone strike", "Suicide bomb",
        "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade"},
    "Violence against civilians": {"Sexual violence", "Attack",
                                   "Abduction/forced disappearance"},
    "Protests": {"Peaceful protest", "Protest with intervention",
                 "Excessive force against protesters"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Strategic developments": {
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction",
        "Non-violent transfer of territory", "Other"},
}  # fmt: skip
PLOVER = {
    "AGREE": set(), "CONSULT": {"visit", "third-party", "multilateral", "phone"},
    "SUPPORT": set(), "CONCEDE": set(), "COOPERATE": set(), "AID": set(),
    "RETREAT": {"withdraw", "release", "disarm", "ceasefire", "access", "resign"},
    "REQUEST": {"assist", "change", "yield", "meet"},
    "ACCUSE": {"disapprove", "investigate", "allege"},
    "REJECT": {"assist", "change", "yield", "meet"},
    "THREATEN": {"restrict", "arrest", "relations", "expel", "territory", "violence"},
    "PROTEST": {"demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"},
    "SANCTION": {"convict", "expel", "withdraw", "discontinue"},
    "MOBILIZE": {"troops", "weapons", "police", "militia"},
    "COERCE": {"seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport",
               "withhold", "misinformation", "cyber"},
    "ASSAULT": {"abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive",
                "firearms", "explosives", "suicide-attack", "aerial", "drone", "heavy-weapons",
                "crowd-control", "unconventional"},
}  # fmt: skip


def column(table: str, name: str) -> set[str]:
    return {row[name] for row in read_table(table)}


@pytest.mark.parametrize(
    ("table", "name", "allowed"),
    [
        (event_types.TYPES, "type", TYPES | {"topic"}),
        (event_types.TYPES, "class", {"verb", "noun", "adjective", "suffix", "chain"}),
        (event_types.TYPES, "subject", set(typing.get_args(Role))),
        (event_types.TYPES, "object", set(typing.get_args(Role))),
        (codes.TABLE, "type", TYPES),
        (lexicon.HEDGES, "modality", set(typing.get_args(Modality))),
        (modality.WORDS, "modality", set(typing.get_args(Modality))),
        (lexicon.SOURCES, "source_kind", set(typing.get_args(SourceKind))),
        (lexicon.SOURCES, "actor_kind", set(typing.get_args(ActorKind))),
        (lexicon.TITLES, "source_kind", set(typing.get_args(SourceKind))),
        (lexicon.NAMES, "label", set(typing.get_args(EntityLabel))),
        (lexicon.NAMES, "actor_kind", set(typing.get_args(ActorKind))),
        (lexicon.INSTRUMENTS, "label", {"WEAPON", "PLATFORM"}),
        (lexicon.CUES, "act", TYPES | {""}),
        (lexicon.CUES, "class", {"verb", "noun", "phrase", "adverb"}),
    ],
)
def test_values_are_allowed(table: str, name: str, allowed: set[str]) -> None:
    given = {part for value in column(table, name) for part in value.split("|")}
    assert given <= allowed


def test_acled_codes_are_of_the_code_book() -> None:
    for row in read_table(codes.TABLE):
        if row["acled_event"]:
            assert row["acled_sub_event"] in SUB_EVENTS[row["acled_event"]]


def test_each_of_the_25_sub_events_can_be_given() -> None:
    given = {(row["acled_event"], row["acled_sub_event"]) for row in read_table(codes.TABLE)}
    assert {(e, s) for e, subs in SUB_EVENTS.items() for s in subs} <= given


def test_plover_codes_are_of_the_manual() -> None:
    for row in read_table(codes.TABLE):
        if row["plover"]:
            assert row["plover_mode"] in PLOVER[row["plover"]] | {""}


def test_every_type_has_a_code_row_that_always_applies() -> None:
    always = {row["type"] for row in read_table(codes.TABLE) if not row["when"]}
    assert always == TYPES


@pytest.mark.parametrize("table", [lexicon.CUES, event_types.CLASSES, lexicon.WORD_SETS])
def test_no_row_stands_twice(table: str) -> None:
    rows = [tuple(row.values())[:3] for row in read_table(table)]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("table", [event_types.TYPES, lexicon.CUES])
def test_verbs_of_the_tables_have_forms(table: str) -> None:
    known = {form.lemma for form in verb_forms().values()}
    rows = [row for row in read_table(table) if row["class"] == "verb"]
    wanted = {
        verb
        for row in rows
        if row.get("language", "en") == "en"
        for verb in (row["words"] if "words" in row else row["cue"]).split("|")
    }
    assert wanted - known == set()
