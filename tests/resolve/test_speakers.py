"""Rows of actors for persons who speak for a body, and for the bodies."""

from firsthand.model.claim import Attribution, CanonicalActor
from firsthand.model.record import Span
from firsthand.registry import packaged_registry
from firsthand.resolve.bodies import Body
from firsthand.resolve.speakers import speaker_actors, with_bodies

TEXT = "Ada Fenn came late. She said that the bridge was shut."


def _actor(actor_id: str, name: str, **given: str) -> CanonicalActor:
    kind = "person" if given.get("kind") is None else "organisation"
    return CanonicalActor(
        actor_id=actor_id,
        page_id="p-1",
        name=name,
        kind=kind,
        aliases=(),
        parent=given.get("parent"),
        basis="document",
    )


def test_a_pronoun_is_where_its_name_stands() -> None:
    said = Attribution(
        attribution_id="a-1",
        document_id="d-1",
        page_id="p-1",
        source=(Span(start=120, end=123, text="She"),),
        cue=(),
        content=(),
        parent=None,
        source_name="Ada Fenn",
        source_kind="witness",
        quotation="indirect",
        implicit=False,
    )
    (actor,) = speaker_actors(TEXT, [said], 100)
    assert (actor.start, actor.end, actor.as_written) == (0, 8, "Ada Fenn")


def test_a_body_that_no_register_knows_has_a_row() -> None:
    rows = list(
        with_bodies(
            "p-1",
            [_actor("p-1:Ada Fenn", "Ada Fenn")],
            {"Ada Fenn": Body("Harrow Hospital", "")},
            packaged_registry(),
        )
    )
    assert {row.name: row.parent for row in rows} == {
        "Ada Fenn": "p-1:Harrow Hospital",
        "Harrow Hospital": None,
    }


def test_every_parent_of_a_registered_body_has_a_row() -> None:
    registry = packaged_registry()
    child = next(e for e in registry.entries if e.parent and registry.get(e.parent))
    row = _actor("p-1:Ada Fenn", "Ada Fenn")
    rows = list(with_bodies("p-1", [row], {"Ada Fenn": Body(child.name, "")}, registry))
    ids = {row.actor_id for row in rows}
    assert child.actor_id in ids
    assert {row.parent for row in rows if row.parent} <= ids
