"""The register of actors: names that meet, names that must not, and refusals by row."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand import resources
from firsthand.errors import ResourceError
from firsthand.registry import (
    Registry,
    RegistryEntry,
    load_register,
    name_key,
    packaged_registry,
)
from firsthand.registry.files import FOLDER, TABLES, entry_of


@pytest.fixture(scope="module")
def registry() -> Registry:
    return packaged_registry()


@pytest.mark.parametrize(
    ("name", "actor_id"),
    [
        ("Kenya", "state:KE"),
        ("the Kenyan government", "state:KE"),
        ("Kenyan Foreign Ministry", "ministry:KE.foreign"),
        ("Kenya's Ministry of Foreign Affairs", "ministry:KE.foreign"),
        ("Kenyan Ministry of Defence", "ministry:KE.defense"),
        ("Kenyan Defense Ministry", "ministry:KE.defense"),
        ("Norwegian troops", "military:NO.forces"),
        ("Norwegian coast guard", "military:NO.coast_guard"),
        ("Norwegian air forces", "military:NO.air_force"),
        ("Kenyan Finance Ministry", "ministry:KE.finance"),
        ("Ugandan special forces", "military:UG.special_operations"),
        ("US special forces", "military:US.special_operations"),
        ("Kenyan border guards", "police:KE.border_guard"),
        ("U.S.", "state:US"),
        ("the Pentagon", "ministry:US.defense"),
        ("Nato", "org:nato"),
        ("United Nations", "org:united-nations"),
        ("Agence France Presse", "agency:agence-france-presse"),
        ("BBC News", "outlet:bbc"),
        ("Guardian", "outlet:the-guardian"),
        ("Médecins sans frontières", "org:medecins-sans-frontieres"),
    ],
)
def test_names_lead_to_one_actor(registry: Registry, name: str, actor_id: str) -> None:
    assert registry.canonical(name).actor_id == actor_id


@pytest.mark.parametrize(
    "name", ["", "is", "who", "us", "Congolese army", "Nairobi", "Eastvale Herald", "the"]
)
def test_words_and_shared_names_lead_to_nobody(registry: Registry, name: str) -> None:
    assert registry.canonical(name) is None


@pytest.mark.parametrize("table", TABLES)
def test_packaged_rows_are_whole_and_sides_are_unset(registry: Registry, table: str) -> None:
    for row in resources.read_table(FOLDER + table):
        entry = entry_of(row)
        assert entry.side is None
        assert entry.source
        assert entry.parent is None or registry.get(entry.parent)
        assert registry.get(entry.actor_id).kind == entry.kind


def test_no_written_name_belongs_to_two_actors() -> None:
    owners = {}
    for table in TABLES:
        for row in resources.read_table(FOLDER + table):
            entry = entry_of(row)
            for name in (entry.name, *entry.aliases):
                assert owners.setdefault(name_key(name), entry.actor_id) == entry.actor_id, name


def test_every_state_has_its_institutions(registry: Registry) -> None:
    states = [entry for entry in registry.entries if entry.kind == "state"]
    assert len(states) > 190
    for state in states:
        assert registry.institution(state.actor_id, "defense").parent == state.actor_id
        assert registry.institution(state.actor_id, "forces").kind == "military"
    assert registry.institution("state:KE", "") == registry.state("KE")
    assert registry.institution("state:KE", "nothing") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenyan troops met UN envoys.", ["Kenyan troops", "UN"]),
        ("He is, they say, with us.", []),
        ("IS claimed it; this is unclear.", ["IS"]),
        ("THIS IS WHAT HAPPENED", []),
        ("NOBODY WHO CAME TO US HAD BEEN ARMED", []),
        ("WHOEVER CAME TO THE US AND WAS HEARD", []),
        ("envoys of the US AND the UN met", ["US", "UN"]),
        ("The Times said times change.", ["Times"]),
        ("Times change.", []),
        ("Norway's Foreign Ministry", ["Norway's Foreign Ministry"]),
        ("Kenyan\nForeign Ministry", []),
        ("Syrian Democratic Forces", ["Syrian Democratic Forces"]),
    ],
)
def test_scan_finds_the_longest_names(registry: Registry, text: str, expected: object) -> None:
    assert [text[found.start : found.end] for found in registry.scan(text)] == expected


HEADER = "actor_id\tname\taliases\tkind\tparent\tvalid_from\tvalid_to\tnote\tsource\tside\n"


def load(text: str, **given: Any) -> tuple[RegistryEntry, ...]:
    return load_register("actors.tsv", text.encode(), **given)


def row(
    actor_id: str = "group:x",
    name: str = "Red Dawn Front",
    aliases: str = "RDF",
    kind: str = "armed_group",
    side: str = "north",
) -> str:
    return f"{actor_id}\t{name}\t{aliases}\t{kind}\t\t2001\t\t\tsurvey\t{side}\n"


def test_a_projects_actors_extend_the_register(registry: Registry) -> None:
    more = registry.extended(load(HEADER + row(), base=registry))
    assert more.canonical("RDF").side == "north"
    assert more.canonical("Red Dawn front").actor_id == "group:x"
    assert registry.canonical("RDF") is None
    assert [m.entry.actor_id for m in more.scan("The RDF fled.")] == ["group:x"]


def test_a_project_row_adds_to_a_packaged_actor(registry: Registry) -> None:
    own = row("state:KE", "Kenya", "Republic of Kenya", "state", side="east")
    more = registry.extended(load(HEADER + own, base=registry))
    assert more.canonical("Republic of Kenya").side == "east"
    assert more.canonical("Kenyan government").side == "east"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "row 1: missing columns"),
        ("actor_id\tname\tkind\tcolour\n", "unknown columns ['colour']"),
        (HEADER + "group:x\tRed\n", "row 2: 2 cells, the header has 10"),
        (HEADER + row(kind="gang"), "row 2: kind 'gang' is none of"),
        (HEADER + row(name=""), "row 2: name is empty"),
        (HEADER + row(name="x" * 300), "row 2: a name longer than"),
        (HEADER + row() + row(), "row 3: actor_id 'group:x' is also in row 2"),
        (
            HEADER + row() + row("group:y", "Blue Front"),
            "row 3: alias 'RDF' belongs to 'group:x' (row 2)",
        ),
        (HEADER + row(aliases="Red Cross"), "alias 'Red Cross' belongs to 'org:"),
    ],
)
def test_bad_files_are_refused_with_their_row(registry: Registry, text: str, said: str) -> None:
    with pytest.raises(ResourceError, match=r"^actors\.tsv: ") as caught:
        load(text, base=registry)
    assert said in str(caught.value)


def test_wrong_encoding_is_said() -> None:
    with pytest.raises(ResourceError, match="not UTF-8 at byte 0"):
        load_register("actors.tsv", b"\xff")


@given(st.text(max_size=200))
def test_scan_of_any_text_gives_slices_in_order(text: str) -> None:
    found = packaged_registry().scan(text)
    ends = [(mention.start, mention.end) for mention in found]
    assert all(one[1] <= other[0] for one, other in pairwise(ends))
    for mention in found:
        assert packaged_registry().canonical(text[mention.start : mention.end]) == mention.entry


def test_entries_are_sorted_and_known(registry: Registry) -> None:
    ids = [entry.actor_id for entry in registry.entries]
    assert ids == sorted(ids)
    assert registry.get("no:body") is None
    assert isinstance(registry.get("org:nato"), RegistryEntry)
