"""A project's own actors: merged, written and found again by likeness."""

import pytest

from firsthand.errors import ResourceError
from firsthand.registry import packaged_registry, project_registry
from firsthand.registry.own_actors import (
    actors_csv,
    actors_tsv,
    merged,
    nearest_names,
    own_actors,
)
from refusals import refused_whole

TSV = b"""name\tkind\taliases\tparent\tside\tvalid_from
Norland Relief Front\tarmed_group\tNRF|Relief Front\t\tnorth\t2029-03
NRF Media Office\torganisation\t\tNorland Relief Front\t\t
"""


def test_what_is_written_reads_back_the_same() -> None:
    found = merged(None, "groups.tsv", TSV)
    assert (found.added, found.replaced) == (2, 0)
    assert own_actors(actors_tsv(found.entries)) == found.entries
    assert merged(None, "groups.csv", actors_csv(found.entries)).entries == found.entries
    office = next(entry for entry in found.entries if "Media" in entry.name)
    assert office.parent == "own:norland-relief-front"


def test_a_row_replaces_the_one_of_its_id() -> None:
    before = actors_tsv(merged(None, "groups.tsv", TSV).entries)
    again = merged(before, "again.csv", b"name,kind,note\nNRF Media Office,outlet,renamed\n")
    assert (again.added, again.replaced, len(again.entries)) == (0, 1, 2)
    assert {entry.kind for entry in again.entries} == {"armed_group", "outlet"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"title\tkind\nA\tstate\n", ["row 1", "missing columns ['name']", "'title'"]),
        (b"", ["row 1", "missing columns"]),
        (b"name\tkind\nA\tking\n", ["row 2", "kind 'king'"]),
        (b"name\tkind\nA\n", ["row 2", "1 cells"]),
        (
            b"name,kind,aliases\nAlpha Wing,armed_group,AW\nArmy West,military,AW\n",
            ["row 3", "alias 'AW' belongs to 'own:alpha-wing' (row 2) too"],
        ),
        (b"name,kind,aliases\nX Agency,agency,UNICEF\n", ["row 2", "'UNICEF' belongs to"]),
        (b"name,kind,parent\nX Wing,armed_group,Nobody Known\n", ["row 2", "'Nobody Known'"]),
        (b"name,kind,valid_from\nX Wing,armed_group,2031-02-30\n", ["row 2", "no date"]),
        (b"name,kind,valid_to\nX Wing,armed_group,20177\n", ["row 2", "no date"]),
        (b"name\tkind\n" + b"A" * 10_000_000 + b"\tstate\n", ["row 2", "longer than"]),
        (b"name,kind\n" + b"A" * 10_000_000 + b",state\n", ["row 2"]),
        (b"name,kind\n+X,state\n", ["row 2", "formula"]),
    ],
)
def test_a_bad_file_is_refused_whole_with_its_row(content: bytes, words: list[str]) -> None:
    refused_whole(merged, content, words)


def test_ten_megabytes_of_names_are_read_whole_or_not_at_all() -> None:
    long = "a" * 180
    rows = "".join(f"Front{n}{long},armed_group,\n" for n in range(52_000))
    content = b"name,kind,aliases\n" + rows.encode()
    assert len(content) > 10_000_000
    with pytest.raises(ResourceError, match="row 52002: kind 'king' is none of"):
        merged(None, "many.csv", content + b"Last Front,king,\n")
    assert len(merged(None, "some.csv", content[: content.index(b"Front9999")]).entries) == 9_999


def test_an_alias_of_the_projects_other_actor_is_refused() -> None:
    before = actors_tsv(merged(None, "groups.tsv", TSV).entries)
    with pytest.raises(ResourceError, match="row 2: alias 'Relief Front' belongs to"):
        merged(before, "more.csv", b"name,kind,aliases\nOther Front,armed_group,Relief Front\n")


def test_names_like_an_unknown_one_are_offered() -> None:
    assert "Unicef" in nearest_names(packaged_registry(), "UNICEFF")
    assert nearest_names(packaged_registry(), "Qqxzzv Wwkpt") == ()


def test_initials_that_the_register_knows_belong_to_the_project_s_own_body() -> None:
    known = packaged_registry().canonical("INA")
    assert known is not None
    own = b"name,kind,aliases\nIsle News Agency,agency,INA\n"
    found = project_registry(own).canonical("INA")
    assert found is not None
    assert found.name == "Isle News Agency"
    assert found.actor_id != known.actor_id
