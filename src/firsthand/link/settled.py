"""Settles whose each claim is: copies take the origin of the claim they were copied from."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import msgspec
from msgspec.structs import replace

from firsthand.link.cluster import Components
from firsthand.link.compare import words_alike
from firsthand.link.lexicons import LEVEL_ORDER
from firsthand.link.lineage import Lineage, copy_groups
from firsthand.link.origins import INSTITUTIONS, is_unnamed, origin_id, plain_name
from firsthand.link.views import View
from firsthand.model.event import COUNTED_LEVELS, ClaimOrigin
from firsthand.model.linking import ClaimFacts


class Settled(msgspec.Struct, frozen=True, gc=False):
    """The origin of one claim after lineage, and every teller on the way to it."""

    origin: ClaimOrigin
    origin_id: str
    tellers: tuple[str, ...]
    first: str
    """The claim it is a copy of, or its own id."""


def settle(
    views: Mapping[str, View],
    pairs: Collection[tuple[str, str]],
    lineage: Lineage,
    statements: Collection[Sequence[str]] = (),
) -> dict[str, Settled]:
    """Claim id to its origin; all copies of one passage have one origin."""
    deeper = _deeper(views, statements)
    bodies = _bodies(views)
    found: dict[str, Settled] = {}
    groups = copy_groups(views, pairs)
    for group in groups:
        first = _first([views[member] for member in group], lineage)
        for member in group:
            settled = _settled(views[member], first, deeper.get(first.id))
            found[member] = _of_body(settled, deeper.get(first.id, first), bodies)
    return _one_witness(found, views, statements, groups)


BODY: Final = "body:"
"""How the key of an origin begins that is a body called only by what it is."""
HEARD: Final = "heard:"
"""How the key of an origin begins that is told by a description and by whoever heard it."""
IN_OTHER_WORDS: Final = 0.5
"""The share of words by which two claims of one statement are taken for one person's."""


def _one_witness(
    found: dict[str, Settled],
    views: Mapping[str, View],
    statements: Collection[Sequence[str]],
    copies: Collection[Sequence[str]],
) -> dict[str, Settled]:
    """The same origins where two outlets give one statement, in like words, to "a fruit seller".

    Each relay of a witness without a name is an origin of its own until then: another outlet may
    have found another one. Who is called so in a copy is the source's, whatever else he says there. "The hospital" is the one hospital that the statement is given to by name.
    """
    voices = Components()
    known, sources = _copied_voices(found, views, copies, voices)
    for group in statements:
        first = _named_bodies(group, found)
        for name in sorted(group, key=lambda name: _rank(views[name])):
            view = views[found[name].first]
            if not view.facts.origin_key.startswith((HEARD, BODY)):
                continue
            other = first.setdefault(_called(view.facts), name)
            mine, theirs = found[name], found[other]
            body = mine.origin.kind in INSTITUTIONS
            if mine.origin_id == theirs.origin_id:
                continue
            if body or words_alike(view, views[other], IN_OTHER_WORDS):
                voices.join(mine.origin_id, theirs.origin_id)
                known |= {mine.origin_id: mine, theirs.origin_id: theirs}
    if not known:
        return found
    named: dict[str, Settled] = {}

    def vagueness(name: str) -> tuple[bool, bool, bool, str]:
        origin = known[name].origin
        bare = origin.kind in INSTITUTIONS and is_unnamed(origin.name)
        return bare, name not in sources, " (" in origin.name, name

    for name in sorted(known, key=vagueness):
        named.setdefault(voices.find(name), known[name])
    chosen = {name: named[voices.find(name)] for name in known}
    return {
        name: _of_voice(settled, chosen[settled.origin_id])
        if settled.origin_id in chosen
        else settled
        for name, settled in found.items()
    }


def _called(facts: ClaimFacts) -> str:
    """What somebody without a name is called; whoever speaks for a body, what that is called."""
    key = facts.origin_key
    return key.removeprefix(BODY) if key.startswith(BODY) else facts.chain[-1]


def _copied_voices(
    found: Mapping[str, Settled],
    views: Mapping[str, View],
    copies: Collection[Sequence[str]],
    voices: Components,
) -> tuple[dict[str, Settled], set[str]]:
    """Joins witnesses called alike in copied words; those joined, and which are the sources'."""
    at = {found[name].origin_id: found[name] for name in sorted(found)}
    known: dict[str, Settled] = {}
    sources: set[str] = set()
    for group in copies:
        heard: dict[str, set[str]] = {}
        for facts in (views[name].facts for name in group):
            if facts.origin_key.startswith(HEARD):
                heard.setdefault(facts.chain[-1], set()).add(origin_id(facts.origin_key))
        for called in sorted(heard):
            first, *others = sorted(heard[called])
            for other in others:
                voices.join(first, other)
                sources.add(found[group[0]].origin_id)
                known |= {name: at[name] for name in (first, other) if name in at}
    return known, sources


def _named_bodies(group: Sequence[str], found: Mapping[str, Settled]) -> dict[str, str]:
    """What an institution may be called ("hospital") to a claim of the only one so named here."""
    called: dict[str, dict[str, str]] = {}
    for name in sorted(group):
        settled = found[name]
        if settled.origin.kind in INSTITUTIONS and settled.origin_id == origin_id(
            "name:" + plain_name(settled.origin.name)
        ):
            for word in plain_name(settled.origin.name).split():
                called.setdefault(word, {}).setdefault(settled.origin_id, name)
    return {word: next(iter(some.values())) for word, some in called.items() if len(some) == 1}


def _of_voice(settled: Settled, chosen: Settled) -> Settled:
    if settled.origin_id == chosen.origin_id:
        return settled
    reason = f"{settled.origin.reason}; the same words are given to {chosen.origin.name}"
    origin = ClaimOrigin(
        name=chosen.origin.name, kind=chosen.origin.kind, level=settled.origin.level, reason=reason
    )
    return replace(settled, origin=origin, origin_id=chosen.origin_id)


PERSONS: Final = frozenset({"official", "witness", "activist", "person"})
FULL_NAME: Final = 2
"""Words of a name from which it is taken for one person on every page."""


def _bodies(views: Mapping[str, View]) -> dict[str, ClaimOrigin]:
    """Full name of each person whom exactly one institution is tied to on any of the pages."""
    tied: dict[str, dict[str, ClaimOrigin]] = {}
    for name in sorted(views):
        facts = views[name].facts
        if facts.chain and len(facts.chain[-1].split()) >= FULL_NAME and _is_tied(facts):
            tied.setdefault(facts.chain[-1], {}).setdefault(facts.origin_key, facts.origin)
    return {name: next(iter(some.values())) for name, some in tied.items() if len(some) == 1}


def _is_tied(facts: ClaimFacts) -> bool:
    own = "name:" + facts.chain[-1]
    return facts.origin_key.startswith("name:") and facts.origin_key != own


def _of_body(settled: Settled, told: View, bodies: Mapping[str, ClaimOrigin]) -> Settled:
    """The institution of a person whom another page ties to it and this one only names."""
    facts = told.facts
    body = bodies.get(facts.chain[-1]) if facts.chain else None
    if body is None or _is_tied(facts) or facts.origin.kind not in PERSONS:
        return settled
    level = "institutional" if settled.origin.level == "relay_unknown" else settled.origin.level
    reason = f"{settled.origin.reason}; {settled.origin.name} speaks for {body.name} elsewhere"
    origin = ClaimOrigin(name=body.name, kind=body.kind, level=level, reason=reason)
    return replace(settled, origin=origin, origin_id=origin_id("name:" + plain_name(body.name)))


def _deeper(views: Mapping[str, View], statements: Collection[Sequence[str]]) -> dict[str, View]:
    """For claims without an origin that counts: where their own page shows who said the same.

    A headline or a lead drops its source; where the page's text gives the same statement with
    the same tellers and one more behind them, that one is whose it is.
    """
    found: dict[str, View] = {}
    for group in statements:
        members = [views[name] for name in group]
        pages: dict[str, list[View]] = {}
        for view in members:
            pages.setdefault(view.facts.page_id, []).append(view)
        for view in members:
            if view.facts.origin.level in COUNTED_LEVELS:
                continue
            better = [other for other in pages[view.facts.page_id] if _extends(view, other)]
            if better:
                found[view.id] = min(better, key=_rank)
    return found


def _extends(view: View, other: View) -> bool:
    mine, theirs = view.facts, other.facts
    return (
        mine.page_id == theirs.page_id
        and len(theirs.chain) > len(mine.chain)
        and theirs.chain[: len(mine.chain)] == mine.chain
        and theirs.origin.level in COUNTED_LEVELS
    )


def _first(group: list[View], lineage: Lineage) -> View:
    """The claim the others were copied from; where nothing tells, the one that names most."""
    if len(group) == 1:
        return group[0]
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
    return (level, -len(facts.chain), facts.published or "9", facts.claim_id)


def _settled(view: View, first: View, deeper: View | None) -> Settled:
    facts = first.facts if deeper is None else deeper.facts
    reason = facts.origin.reason
    if deeper is not None:
        reason = f"{reason}; said without a source here, and with it elsewhere on the page"
    if view is not first:
        reason = f"{reason}; these words are a copy of what {first.facts.outlet} published"
    origin = ClaimOrigin(
        name=facts.origin.name, kind=facts.origin.kind, level=facts.origin.level, reason=reason
    )
    path = tuple(dict.fromkeys((*view.facts.tellers, *facts.tellers)))
    return Settled(origin, origin_id(facts.origin_key), path, first.id)
