"""Decisions of people found again on one page: which claims they mean, and values they correct."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, get_args

from msgspec.structs import replace

from firsthand.link.days import first_day
from firsthand.link.lexicons import types
from firsthand.link.views import joins_events
from firsthand.model.aiming import closest, stands_on
from firsthand.model.claim import Claim, Modality, Place, ResolvedClaim, Time
from firsthand.model.ids import digest
from firsthand.model.judgement import Judgement, Target
from firsthand.model.linking import CheckedQuotation, ClaimFacts, Decision
from firsthand.model.page import Page
from firsthand.model.problem import Problem, problem
from firsthand.stage import Rows

ACTIONS: Final = frozenset({"merge", "split", "reject", "accept", "correct"})
"""What link acts on; `unsure` changes nothing, and dates are read where pages are."""
KINDS: Final = frozenset({"claim", "event", "forecast"})
QUOTATION: Final = "quotation"
EARLIER: Final = ("speaker", "span")
"""Corrections that were made where claims are read; here they are only named."""
MOST_MOVES: Final = 8
"""How often the words of one claim are followed to where people set them anew."""
_INTERVAL: Final = re.compile(r"\s{0,3}(?:/|\.\.)\s{0,3}")


@dataclass
class Decided:
    """What people decided about the claims of one page."""

    rows: list[Decision] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    judged: dict[str, list[str]] = field(default_factory=dict)
    """Claim to who decided what, in words."""
    rejected: set[str] = field(default_factory=set)
    corrected: dict[str, list[Judgement]] = field(default_factory=dict)
    checked: dict[str, CheckedQuotation] = field(default_factory=dict)
    """Quotations that people looked at, by their words' key."""


def decided(rows: Rows) -> Decided:
    """The decisions aimed at a page, in the order they were made; the last one wins."""
    found = Decided()
    judgements = [row for row in rows.of(Judgement) if row.action in ACTIONS]
    if not judgements:
        return found
    page = rows.one(Page)
    moves = _moves(judgements)
    for row in sorted(judgements, key=lambda row: (row.at, row.judgement_id)):
        for number, target in enumerate(row.targets):
            if not stands_on(target, page):
                continue
            if target.kind in KINDS:
                _aim(found, row, number, _aimed_at(_followed(target, moves), rows, page))
            elif target.kind == QUOTATION and row.action in ("accept", "reject"):
                _check(found, row, target, page)
    return found


def _moves(judgements: Iterable[Judgement]) -> dict[tuple[str, str], Target]:
    """Where people set the words of claims anew, by the words and those before them."""
    moved = [row for row in judgements if row.action == "correct" and len(row.targets) > 1]
    ordered = sorted(moved, key=lambda row: (row.at, row.judgement_id))
    return {(row.targets[0].words, row.targets[0].before): row.targets[1] for row in ordered}


def _followed(target: Target, moves: Mapping[tuple[str, str], Target]) -> Target:
    """The words that a claim begins with now, where people have set them anew."""
    for _ in range(MOST_MOVES):
        moved = moves.get((target.words, target.before))
        if moved is None:
            break
        target = replace(target, words=moved.words, before=moved.before, after=moved.after)
    return target


def _check(found: Decided, row: Judgement, target: Target, page: Page) -> None:
    key = digest(page.page_id, target.words)
    found.checked[key] = CheckedQuotation(
        checked_id="k-" + key,
        page_id=page.page_id,
        words=target.words,
        altered=row.action == "accept",
        judged=judged_by(row.by, row.at, row.reason),
    )


def _aimed_at(target: Target, rows: Rows, page: Page) -> list[Claim]:
    """Claims that begin with the words; of several places, those with the same words before."""
    alike = [c for c in rows.of(Claim) if c.evidence and c.evidence[0].text == target.words]
    places = closest(target, {claim.evidence[0].start for claim in alike}, page.text)
    return sorted((c for c in alike if c.evidence[0].start in places), key=_rank)


def _rank(claim: Claim) -> tuple[bool, int, str]:
    joins = joins_events(claim.type, claim.modality, None)
    return not joins, claim.evidence[0].start, claim.claim_id


def _aim(found: Decided, row: Judgement, number: int, claims: Sequence[Claim]) -> None:
    target = row.targets[number]
    names = [claim.claim_id for claim in claims]
    if not names:
        detail = (
            f"{row.judgement_id} ({row.action}) aims at “{target.words[:80]}” in {target.source}; "
            "no claim there begins with these words now, so it changes nothing; decide again on "
            "the claim as it stands, or take the decision back"
        )
        found.problems.append(problem("link", row.judgement_id, "judgement_not_found", detail))
    elif row.action == "correct":
        for name in names if number == 0 else ():
            found.corrected.setdefault(name, []).append(row)
    elif len(row.targets) == 1 and target.kind == "claim":
        _weigh(found, row, names)
    else:
        found.rows.append(_decision(row, number, claims))


def _decision(row: Judgement, number: int, claims: Sequence[Claim]) -> Decision:
    return Decision(
        judgement_id=row.judgement_id,
        at=row.at,
        by=row.by,
        action=row.action,
        reason=row.reason,
        kind=row.targets[number].kind,
        number=number,
        targets=len(row.targets),
        page_id=claims[0].page_id,
        claims=tuple(claim.claim_id for claim in claims),
    )


def _weigh(found: Decided, row: Judgement, names: Iterable[str]) -> None:
    """A claim taken for right or wrong."""
    for name in names:
        if row.action == "reject":
            found.rejected.add(name)
            words = judged_by(row.by, row.at, row.reason)
            found.judged.setdefault(name, []).append(f"found wrong, {words}")
        elif row.action == "accept":
            found.rejected.discard(name)


def judged_by(by: str, at: str, reason: str | None) -> str:
    """Who decided and when, in words, with the reason where one was given."""
    return f"judged by {by} on {at[:10]}" + (f": {reason}" if reason else "")


def apply(facts: ClaimFacts, found: Decided, places: Mapping[str, Place]) -> ClaimFacts:
    """The facts of a claim with a person's values in place of those read."""
    judged: list[str] = []
    for row in found.corrected.get(facts.claim_id, ()):
        name, _, value = (row.value or "").partition("=")
        words = judged_by(row.by, row.at, row.reason)
        given = (name.strip(), value.strip())
        changed = facts if given[0] in EARLIER else _corrected(facts, given, words, places)
        if changed is None:
            found.problems.append(_not_applied(row, name, value))
        else:
            facts = changed
            judged.append(f"{name.strip()} set to {value.strip()}, {words}")
    rejected = facts.claim_id in found.rejected
    if rejected:
        judged += found.judged[facts.claim_id][-1:]
    return replace(facts, judged="; ".join(judged) or None, rejected=rejected)


def _not_applied(row: Judgement, name: str, value: str) -> Problem:
    detail = (
        f"{row.judgement_id} sets {name or 'nothing'} to “{value[:80]}”, which changes nothing: a "
        f"type is one of {', '.join(sorted(types())[:3])}, …; a time a date like 2031-05-04 or two "
        "with a slash; a modality one of " + ", ".join(get_args(Modality)) + "; a place or a "
        "speaker a name"
    )
    return problem("link", row.judgement_id, "judgement_not_applied", detail)


def _corrected(
    facts: ClaimFacts, given: tuple[str, str], words: str, places: Mapping[str, Place]
) -> ClaimFacts | None:
    name, value = given
    if not value:
        return None
    if name == "type":
        kind = _type_named(value)
        return replace(facts, type=kind, kin=None) if kind else None
    if name == "modality":
        modality = value.casefold()
        return replace(facts, modality=modality) if modality in get_args(Modality) else None
    if name == "time":
        time = _time(facts, value, words)
        return replace(facts, time=time) if time else None
    if name == "place":
        return replace(facts, places=(_place(value, words, places),))
    return None


def _type_named(value: str) -> str | None:
    """A type by its name, with spaces or underscores, or by the title it is shown with."""
    wanted = " ".join(value.casefold().replace("_", " ").split())
    for name, row in sorted(types().items()):
        if wanted in (name.replace("_", " "), row.title.casefold()):
            return name
    return None


def _time(facts: ClaimFacts, value: str, words: str) -> Time | None:
    low, *rest = _INTERVAL.split(value)
    high = rest[0] if rest else low
    first, last = first_day(low), first_day(high)
    if first is None or last is None or first > last or len(rest) > 1:
        return None
    return Time(
        as_written=value,
        start=facts.start,
        end=facts.end,
        earliest=low,
        latest=high,
        basis="absolute",
        anchor=None,
        granularity=None,
        reason=words,
    )


def _place(value: str, words: str, places: Mapping[str, Place]) -> Place:
    """The place of that name as the page has it; without a position where it names no such."""
    known = places.get(value.casefold())
    if known is not None:
        return replace(known, inherited=False, relation=None, demonym=False, reason=words)
    return Place(
        as_written=value,
        start=None,
        end=None,
        name=None,
        gazetteer_id=None,
        country=None,
        lat=None,
        lon=None,
        radius_km=None,
        precision=None,
        reason=words,
    )


def places_named(resolved: Iterable[ResolvedClaim]) -> dict[str, Place]:
    """The resolved places of a page by every name it gives them, the first claim's first."""
    found: dict[str, Place] = {}
    for place in _resolved_places(resolved):
        for name in (place.name, place.as_written):
            if name:
                found.setdefault(name.casefold(), place)
    return found


def _resolved_places(resolved: Iterable[ResolvedClaim]) -> Iterator[Place]:
    for row in sorted(resolved, key=lambda row: row.claim_id):
        yield from (place for place in row.places if place.lat is not None)
