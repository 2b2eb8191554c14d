"""Settles whose each claim is: copies take the origin of the claim they were copied from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from firsthand.link.lexicons import LEVEL_ORDER
from firsthand.link.lineage import Lineage, copy_groups
from firsthand.link.origins import origin_id
from firsthand.link.views import View
from firsthand.model.event import ClaimOrigin


@dataclass(frozen=True, slots=True)
class Settled:
    """The origin of one claim after lineage, and every teller on the way to it."""

    origin: ClaimOrigin
    origin_id: str
    tellers: tuple[str, ...]
    first: str
    """The claim it is a copy of, or its own id."""


def settle(
    views: Mapping[str, View], pairs: Collection[tuple[str, str]], lineage: Lineage
) -> dict[str, Settled]:
    """Claim id to its origin; all copies of one passage have one origin."""
    found: dict[str, Settled] = {}
    for group in copy_groups(views, pairs):
        first = _first([views[member] for member in group], lineage)
        for member in group:
            found[member] = _settled(views[member], first)
    return found


def _first(group: list[View], lineage: Lineage) -> View:
    """The claim the others were copied from; where nothing tells, the one that names most."""
    documents = {view.facts.document_id for view in group}
    underived = [
        view
        for view in group
        if not lineage.sources.get(view.facts.document_id, frozenset()) & documents
    ]
    return min(underived or group, key=_rank)


def _rank(view: View) -> tuple[int, int, str, str]:
    facts = view.facts
    level = LEVEL_ORDER.index(facts.origin.level)
    return (level, -facts.chain_length, facts.published or "9", facts.claim_id)


def _settled(view: View, first: View) -> Settled:
    facts = first.facts
    if view is first:
        return Settled(facts.origin, origin_id(facts.origin_key), facts.tellers, facts.claim_id)
    reason = f"{facts.origin.reason}; these words are a copy of what {facts.outlet} published"
    origin = ClaimOrigin(
        name=facts.origin.name, kind=facts.origin.kind, level=facts.origin.level, reason=reason
    )
    path = tuple(dict.fromkeys((*view.facts.tellers, *facts.tellers)))
    return Settled(origin, origin_id(facts.origin_key), path, facts.claim_id)
