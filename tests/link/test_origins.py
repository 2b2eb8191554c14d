"""Rolling a chain down: who the origin is, how much it could have known, and what makes it one."""

import pytest

from firsthand.link.origins import Register, Spoken, is_unnamed, plain_name, roll_down
from firsthand.model.claim import ChainLink
from link.factory import actor, registered, said

PAPER = ChainLink(name="The Lantern", kind="outlet")


def spoken(**more: object) -> Spoken:
    values = {
        "type": "shelling_artillery",
        "modality": "asserted",
        "text": "Shells fell on the market",
        "around": "",
        "actors": (),
        "publisher": "The Lantern",
        "document_id": "d-1",
    }
    return Spoken(**values | more)  # type: ignore[arg-type]  # a test's own values


@pytest.mark.parametrize(
    ("chain", "more", "level", "name"),
    [
        ((), {}, "none", "The Lantern"),
        ((), {"modality": "opinion"}, "inference", "The Lantern"),
        ((), {"modality": "unconfirmed"}, "relay_unknown", "The Lantern"),
        ((("Delta Agency", "agency"),), {}, "relay_unknown", "Delta Agency"),
        ((("a Lantern reporter", "outlet"),), {}, "first_hand", "a Lantern reporter"),
        ((("residents", "witness"),), {}, "first_hand", "residents (The Lantern)"),
        ((("local sources", "anonymous"),), {}, "relay_unknown", "local sources (The Lantern)"),
        ((("Ministry", "ministry"),), {}, "institutional", "Ministry"),
        ((("Ministry", "ministry"),), {"modality": "forecast"}, "self_report", "Ministry"),
        ((("Ministry", "ministry"),), {"modality": "denied"}, "institutional", "Ministry"),
        (
            (("Ministry", "ministry"),),
            {"type": "statement_accusation"},
            "inference",
            "Ministry",
        ),
        (
            (("Ministry", "ministry"),),
            {"type": "statement_accusation", "actors": (actor("Ministry"),)},
            "inference",
            "Ministry",
        ),
        ((("Ana Voss", "activist"),), {"modality": "opinion"}, "inference", "Ana Voss"),
        ((("Ana Voss", "activist"),), {}, "relay_unknown", "Ana Voss"),
        ((("Ana Voss", "activist"),), {"text": "I saw the roof fall"}, "first_hand", "Ana Voss"),
        ((("A Thing", "unheard of"),), {}, "relay_unknown", "A Thing"),
        (
            (),
            {"around": "When our correspondents visited, two taps served the field"},
            "first_hand",
            "The Lantern",
        ),
        ((), {"text": "The council had not answered our questions"}, "self_report", "The Lantern"),
        ((), {"text": "He saw who fired"}, "none", "The Lantern"),
        ((("Ana Voss", "person"),), {"text": "she had seen two bodies"}, "first_hand", "Ana Voss"),
        ((("Ministry", "ministry"),), {"modality": "possible"}, "inference", "Ministry"),
        (
            (("Ministry", "ministry"),),
            {"modality": "possible", "text": "up to 90 are missing"},
            "institutional",
            "Ministry",
        ),
        (
            (("Weather Service", "official"),),
            {"modality": "forecast", "text": "Temperatures will fall below zero"},
            "inference",
            "Weather Service",
        ),
    ],
)
def test_levels_of_the_last_teller(
    chain: tuple[tuple[str, str], ...], more: dict[str, object], level: str, name: str
) -> None:
    rolled = roll_down((PAPER, *said(*chain)), spoken(**more), Register(()))
    assert (rolled.origin.level, rolled.origin.name) == (level, name)
    assert rolled.origin.reason


def test_a_spokesman_is_his_institution_but_never_the_state() -> None:
    register = Register(
        (
            registered("Ansel Brome", "person", "Ministry of War", "Colonel Brome"),
            registered("Ministry of War", "ministry", "Government of Tarn"),
            registered("Government of Tarn", "state"),
        )
    )
    rolled = roll_down((PAPER, *said(("Colonel Brome", "official"))), spoken(), register)
    direct = roll_down((PAPER, *said(("Ministry of War", "ministry"))), spoken(), register)
    assert rolled.origin.name == direct.origin.name == "Ministry of War"
    assert rolled.key == direct.key
    assert "speaks for" in rolled.origin.reason


def test_other_names_of_one_institution_are_one_origin() -> None:
    register = Register(
        (registered("Ministry of War of Tarn", "ministry", None, "the war ministry", "MoW"),)
    )
    rolled = [
        roll_down((PAPER, *said((name, "ministry"))), spoken(), register)
        for name in ("Ministry of War of Tarn", "the war ministry", "MoW", "The MoW")
    ]
    assert {one.origin.name for one in rolled} == {"Ministry of War of Tarn"}
    assert len({one.key for one in rolled}) == 1


def test_an_aid_group_that_publishes_knows_its_own_work() -> None:
    register = Register((registered("Ebb Relief", "organisation"), registered("Post", "outlet")))
    own = ChainLink(name="Ebb Relief", kind="outlet")
    assert roll_down((own,), spoken(), register).origin.level == "institutional"
    paper = ChainLink(name="Post", kind="outlet")
    assert roll_down((paper,), spoken(), register).origin.level == "none"


def test_witnesses_called_like_a_body_stay_witnesses() -> None:
    register = Register((registered("Army of Tarn", "military", None, "two soldiers"),))
    rolled = roll_down((PAPER, *said(("two soldiers", "witness"))), spoken(), register)
    assert (rolled.origin.level, rolled.origin.kind) == ("first_hand", "witness")


def test_a_register_loop_ends() -> None:
    register = Register((registered("A", "ministry", "B"), registered("B", "ministry", "A")))
    assert roll_down((PAPER, *said(("A", "ministry"))), spoken(), register).origin.name in "AB"


def test_unnamed_ones_are_one_only_through_the_same_teller() -> None:
    heard = said(("residents", "witness"))
    through = said(("Delta Agency", "agency"), ("residents", "witness"))
    own = roll_down((PAPER, *heard), spoken(), Register(()))
    again = roll_down((PAPER, *heard), spoken(document_id="d-2"), Register(()))
    agency = roll_down((PAPER, *through), spoken(), Register(()))
    assert own.key == again.key != agency.key
    assert agency.tellers == ("The Lantern", "Delta Agency")


def test_a_body_that_is_not_named_is_one_whoever_tells_of_it() -> None:
    through = said(("Delta Agency", "agency"), ("police", "official"))
    own = roll_down((PAPER, *said(("police", "official"))), spoken(), Register(()))
    agency = roll_down((PAPER, *through), spoken(), Register(()))
    assert own.key == agency.key
    assert own.origin.name == "police"
    officer = said(("police officer", "official"))
    assert roll_down((PAPER, *officer), spoken(), Register(())).key.startswith("heard:")


@pytest.mark.parametrize(
    ("name", "unnamed"),
    [
        ("residents", True),
        ("A resident of Velm", True),
        ("the ministry", True),
        ("two soldiers", True),
        ("Ansel Brome", False),
        ("The Lantern", False),
        ("", True),
    ],
)
def test_a_description_is_no_name(name: str, *, unnamed: bool) -> None:
    assert is_unnamed(name) is unnamed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Al-Noor News", "Al Noor News"),
        ("the U.N. Office", "UN office"),
        ("Sana\u2019a Post", "Sanaa Post"),
        ("Ruhl\u2013Odra Agency", "ruhl-odra agency"),
    ],
)
def test_a_name_is_one_however_its_parts_are_joined(one: str, other: str) -> None:
    assert plain_name(one) == plain_name(other)


def test_an_article_without_an_outlet_is_an_unnamed_publisher_of_its_own() -> None:
    (first, second) = (
        roll_down(
            (ChainLink(name="unknown publisher", kind="outlet"),),
            spoken(publisher=f"publisher of {name}", document_id=name),
            Register(()),
        )
        for name in ("d-1", "d-2")
    )
    assert first.origin.name == "unknown publisher"
    assert first.key != second.key


@pytest.mark.parametrize(
    ("publisher", "source", "kind", "name"),
    [
        ("The Velm Courier", "Courier", "organisation", "The Velm Courier"),
        ("Velm News Desk", "VND", "organisation", "Velm News Desk"),
        ("The Velm Courier", "Velm", "organisation", "Velm"),
        ("The Northern Guard", "Guard", "armed_group", "Guard"),
        ("The Velm Courier", "a courier", "anonymous", "a courier (The Velm Courier)"),
    ],
)
def test_an_outlet_that_names_itself_is_no_source_behind_itself(
    publisher: str, source: str, kind: str, name: str
) -> None:
    chain = (ChainLink(name=publisher, kind="outlet"), ChainLink(name=source, kind=kind))
    rolled = roll_down(chain, spoken(publisher=publisher), Register(()))
    assert rolled.origin.name == name


def test_who_speaks_for_an_office_is_one_with_it() -> None:
    register = Register(
        (
            registered("Harbour Inspectorate", "official", None, "the inspectorate"),
            registered("Ilse Marn", "person", "Harbour Inspectorate"),
        )
    )
    keys = {
        roll_down((PAPER, ChainLink(name=name, kind="official")), spoken(), register).key
        for name in ("Ilse Marn", "the inspectorate", "Harbour Inspectorate")
    }
    assert keys == {"name:harbour inspectorate"}
