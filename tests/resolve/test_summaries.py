"""Neutral wording of claims: numbers said once, kinds where the words leave them out."""

import pytest

from firsthand.model.claim import Actor, Claim, Codes, Quantity
from firsthand.model.record import Span
from firsthand.resolve.summaries import summary_of


def quantity(words: str, kind: str, counted: str | None, unit: str | None = None) -> Quantity:
    return Quantity(
        kind=kind,
        value=1.0,
        low=1.0,
        high=1.0,
        approximate=False,
        unit=unit,
        as_written=words,
        start=0,
        end=len(words),
        counted=counted,
    )


def claim_of(kind: str, *quantities: Quantity) -> Claim:
    return Claim(
        claim_id="c",
        document_id="d",
        page_id="p",
        evidence=(Span(start=0, end=1, text="x"),),
        scope=Span(start=0, end=1, text="x"),
        type=kind,
        codes=Codes(),
        codes_reason="",
        predicate="deliver",
        actors=(),
        instruments=(),
        quantities=quantities,
        attribution=None,
        chain=(),
        modality="asserted",
        polarity="positive",
        rule="",
    )


@pytest.mark.parametrize(
    ("counted", "told"),
    [
        (quantity("40 trucks", "vehicles", "trucks"), "40 trucks"),
        (quantity("170 tonnes", "tonnes", "flour", "tonnes"), "170 tonnes"),
        (quantity("six kilometers", "kilometres", None, "kilometres"), "six kilometers"),
        (quantity("three explosions", "attacks", "explosions"), "three explosions"),
        (quantity("seven fighters", "killed", "fighters"), "seven fighters killed"),
        (quantity("38", "injured", None), "38 injured"),
        (quantity("60-70 per day", "sorties", "sorties", "per day"), "60-70 sorties per day"),
    ],
)
def test_a_summary_says_what_is_counted_once(counted: Quantity, told: str) -> None:
    claim = claim_of("aid_delivery", counted)
    assert summary_of(claim, (), ()) == f"Delivery of aid: {told}"


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("people", "People were shelled"),
        ("residents of Velm", "Residents of Velm were shelled"),
        ("Ebb Relief", "Ebb Relief was shelled"),
        ("Army of Tarn", "Army of Tarn was shelled"),
        ("fortress", "Fortress was shelled"),
    ],
)
def test_a_summary_speaks_of_one_or_of_several(target: str, told: str) -> None:
    hit = Actor(name=target, role="target", as_written=target, start=0, end=len(target))
    assert summary_of(claim_of("shelling_artillery"), (hit,), ()) == told
