"""Actors of one text: the register's names, the text's own, people, offices and role words."""

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.model.claim import Actor, ActorKind
from firsthand.registry import Registry, RegistryEntry, RegistryMention, packaged_registry
from firsthand.resolve.actor_readings import ActorReading
from firsthand.resolve.actor_rows import canonical_actors
from firsthand.resolve.actor_ties import find_ties
from firsthand.resolve.actors import ActorResolver, resolve_actors
from firsthand.resolve.document_aliases import learn_aliases
from firsthand.resolve.metonyms import Government
from firsthand.resolve.person_names import People, same_person
from firsthand.resolve.places import read_places

REGISTRY = packaged_registry()
TEXT = (
    "The Northern Relief Front (NRF, formerly Eastvale Column) attacked Kenyan troops. "
    "NRF fighters fled. Kenyan Defence Minister Valeriy Ormond said the ministry would reply. "
    "Ormond added that the group had lost. Valery Ormond later met UN spokesman Farid Haddad. "
    "The army was silent. Norway backs Kenya."
)


def read(
    text: str,
    words: str,
    *,
    kind: ActorKind = "unknown",
    governments: Sequence[Government] = (),
) -> ActorReading:
    start = text.rindex(words)
    resolver = ActorResolver(text, REGISTRY, governments=governments)
    return resolver.read(start, start + len(words), kind)


def read_all(
    text: str,
    actors: Sequence[Actor],
    registry: Registry = REGISTRY,
    *,
    names: Sequence[RegistryMention] | None = None,
    home: str | None = None,
) -> tuple[tuple[Actor, ActorReading], ...]:
    return resolve_actors(
        actors, ActorResolver(text, registry, actors=actors, names=names, home=home)
    )


@pytest.mark.parametrize(
    ("words", "name", "basis"),
    [
        ("The Northern Relief Front", "Northern Relief Front", "document"),
        ("NRF", "Northern Relief Front", "document"),
        ("NRF fighters", "Northern Relief Front", "document"),
        ("Eastvale Column", "Northern Relief Front", "document"),
        ("Kenyan troops", "Kenyan armed forces", "register"),
        ("the ministry", "Kenyan Defence Ministry", "role"),
        ("the group", "Northern Relief Front", "role"),
        ("The army", "Kenyan armed forces", "role"),
        ("Ormond", "Valeriy Ormond", "document"),
        ("Valery Ormond", "Valeriy Ormond", "document"),
        ("Kenyan Defence Minister Valeriy Ormond", "Valeriy Ormond", "document"),
        ("Farid Haddad", "Farid Haddad", "document"),
        ("Norway", "Norway", "register"),
    ],
)
def test_mentions_lead_to_their_actor(words: str, name: str, basis: str) -> None:
    reading = read(TEXT, words)
    assert (reading.name, reading.basis) == (name, basis)
    assert reading.reason


def test_role_words_are_less_sure_than_names_and_rivals_lower_them() -> None:
    alone = read("The Taliban attacked. The group fled.", "The group")
    rival = read("The Taliban fought Boko Haram. The group fled.", "The group")
    assert rival.name == "Boko Haram"
    assert rival.confidence < alone.confidence < read(TEXT, "Norway").confidence


def test_role_words_with_nobody_before_stay_unread() -> None:
    reading = read("The group fled.", "The group")
    assert (reading.actor_id, reading.basis) == (None, "none")


def test_institutions_without_a_state_are_those_of_the_last_state_named() -> None:
    reading = read("Kenya mourned. The Foreign Ministry sent a note.", "The Foreign Ministry")
    assert reading.actor_id == "ministry:KE.foreign"
    assert reading.confidence <= 0.5


def test_unknown_people_and_groups_keep_their_words() -> None:
    reading = read("Villagers saw it.", "Villagers", kind="people")
    assert (reading.name, reading.kind, reading.basis) == ("Villagers", "people", "none")


def test_capitals_acting_as_governments_are_states() -> None:
    text = "Nairobi denied the report."
    reading = read(text, "Nairobi", governments=read_places(text).governments)
    assert reading.actor_id == "state:KE"


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("the Eastvale Rescue Committee (ERC) said", [("ERC", "Eastvale Rescue Committee")]),
        (
            "the Front for the Defence of Eastvale (FDE)",
            [("FDE", "Front for the Defence of Eastvale")],
        ),
        (
            "Islamic State (IS, formerly ISIS/ISIL)",
            [("IS", "Islamic State"), ("ISIS", "Islamic State"), ("ISIL", "Islamic State")],
        ),
        (
            "the Red Dawn Movement, also known as Harvest Guard,",
            [("Harvest Guard", "Red Dawn Movement")],
        ),
        ("Mary Holm (47) was hurt", []),
        ("the meeting in Eastvale (Norland)", []),
        ("He went home (Tuesday)", []),
        ("United Nations (UN)", [("UN", "United Nations")]),
    ],
)
def test_aliases_are_learnt_only_where_the_text_explains_them(
    text: str, pairs: list[tuple[str, str]]
) -> None:
    learnt = learn_aliases(text, REGISTRY).learnt
    assert [(item.alias, item.name) for item in learnt] == pairs


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Valery Ormond", "Valeriy Ormond"),
        ("Mohammed al-Haddad", "Muhammad Haddad"),
        ("Sergey Lovkoy", "Sergei Lovkoi"),
        ("Yousef Qassem", "Yusuf Kassem"),
        ("J. Ormond", "John Ormond"),
        ("Ormond", "Valery Ormond"),
    ],
)
def test_spellings_of_one_person_meet(one: str, other: str) -> None:
    assert same_person(one, other)
    assert same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Valery Ormond", "Viktor Ormond"),
        ("Valery Ormond", "Valery Osmund"),
        ("Ali Holm", "Ali Helm"),
        ("", "Ormond"),
        ("Angela Merrel", "Angela Merkur"),
    ],
)
def test_different_people_keep_apart(one: str, other: str) -> None:
    assert not same_person(one, other)


def test_a_surname_shared_by_two_people_is_nobody() -> None:
    people = People(["Valery Ormond", "Viktor Ormond", "Valeriy Ormond"])
    assert people.names == ("Valery Ormond", "Viktor Ormond")
    assert people.find("Ormond") is None
    assert people.find("Viktor Ormond") == "Viktor Ormond"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kenyan Foreign Minister Ana Holm left.",
            ("Ana Holm", "foreign minister", "ministry:KE.foreign"),
        ),
        (
            "Kenya's health minister, Ana Holm, left.",
            ("Ana Holm", "health minister", "ministry:KE.health"),
        ),
        (
            "the defence minister of Kenya Ana Holm",
            ("Ana Holm", "defense minister", "ministry:KE.defense"),
        ),
        ("UN spokesman Ana Holm said", ("Ana Holm", "spokesman", "org:united-nations")),
        (
            "a spokeswoman for the Kenyan Interior Ministry",
            (None, "spokeswoman", "ministry:KE.interior"),
        ),
        ("Ana Holm, a spokeswoman for UNICEF, said", ("Ana Holm", "spokeswoman", "org:unicef")),
        ("President Ana Holm said", ("Ana Holm", "president", None)),
    ],
)
def test_offices_tie_people_to_their_bodies(text: str, expected: object) -> None:
    (tie,) = find_ties(text, REGISTRY)
    body = tie.institution.actor_id if tie.institution else None
    assert (tie.person, tie.office, body) == expected


def _actor(text: str, words: str, kind: str) -> Actor:
    start = text.index(words)
    return Actor(
        name=words,
        actor_kind=kind,
        role="agent",
        as_written=words,
        start=start,
        end=start + len(words),
    )


def test_actor_records_are_filled_and_listed_once() -> None:
    actors = [
        _actor(TEXT, "NRF fighters", "armed_group"),
        _actor(TEXT, "Kenyan troops", "military"),
        _actor(TEXT, "The army", "military"),
        _actor(TEXT, "Farid Haddad", "person"),
    ]
    pairs = read_all(TEXT, actors)
    assert [actor.actor_id for actor, _ in pairs] == [
        None,
        "military:KE.forces",
        "military:KE.forces",
        None,
    ]
    rows = canonical_actors("page-1", pairs, REGISTRY)
    by_name = {row.name: row for row in rows}
    assert by_name["Kenyan armed forces"].aliases == ("Kenyan troops", "The army")
    assert by_name["Kenyan armed forces"].basis == "register"
    assert by_name["Farid Haddad"].parent == "org:united-nations"
    assert by_name["Northern Relief Front"].basis == "document"


def test_a_pronoun_is_no_alias() -> None:
    text = "Farid Haddad of the United Nations came. He spoke."
    (pair,) = read_all(text, [_actor(text, "Farid Haddad", "person")])
    spoke = msgspec.structs.replace(pair[0], as_written="He")
    (row,) = canonical_actors("page-1", [pair, (spoke, pair[1])], REGISTRY)
    assert row.aliases == ()


def test_a_projects_own_actors_are_marked_as_such() -> None:
    own = RegistryEntry(actor_id="own:locals", name="Eastvale Guard", kind="armed_group")
    registry = REGISTRY.extended([own])
    text = "Eastvale Guard men met Kenyan troops."
    actors = [
        _actor(text, "Eastvale Guard", "armed_group"),
        _actor(text, "Kenyan troops", "military"),
    ]
    rows = canonical_actors("page-1", read_all(text, actors, registry), registry)
    assert [(row.actor_id, row.basis) for row in rows] == [
        ("military:KE.forces", "register"),
        ("own:locals", "project"),
    ]


def test_names_scanned_before_give_the_same_readings() -> None:
    actors = [_actor(TEXT, "The army", "military")]
    scanned = read_all(TEXT, actors, names=REGISTRY.scan(TEXT))
    assert scanned == read_all(TEXT, actors)


_PIECES = st.sampled_from(
    [
        "Kenya",
        "(NRF)",
        "the",
        "ministry",
        "Ormond's",
        "spokesman",
        "for",
        "UN",
        "also",
        "known",
        "as",
        ",",
        ".",
        "(",
        ")",
        "formerly",
        "Gen",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=6), max_size=30).map(" ".join), st.data())
def test_any_span_of_any_text_has_a_reading(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    reading = ActorResolver(text, REGISTRY).read(start, end)
    assert 0 < reading.confidence <= 1
    assert reading == ActorResolver(text, REGISTRY).read(start, end)


def test_the_government_is_that_of_the_country_the_text_is_about() -> None:
    text = "Kenyan troops met Norway's envoys. The government was silent."
    actors = [_actor(text, "The government", "state")]
    ((at_home, reading),) = read_all(text, actors, home="KE")
    assert (at_home.actor_id, reading.basis) == ("state:KE", "role")
    ((last, _),) = read_all(text, actors, home="UG")
    assert last.actor_id == "state:NO"


def test_the_army_is_no_air_force() -> None:
    text = "Kenyan soldiers left. Kenyan warplanes came. The army was silent."
    ((army, _),) = read_all(text, [_actor(text, "The army", "military")])
    assert army.actor_id == "military:KE.forces"


def test_a_name_in_a_hyphened_word_is_not_the_actor() -> None:
    text = "The Red Cross-backed group left."
    ((actor, _),) = read_all(text, [_actor(text, "Red Cross-backed group", "unknown")])
    assert actor.actor_id != "org:international-committee-of-the-red-cross"
