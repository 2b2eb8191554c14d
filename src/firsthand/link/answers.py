"""What a claim leaves to the words before it: what is denied by "denied it", what is counted."""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec.structs import replace

from firsthand.link.compare import NEXT_CHARS
from firsthand.link.figures import MISSING
from firsthand.link.incidents import PARAGRAPH_CHARS
from firsthand.link.lexicons import has_words, type_row
from firsthand.link.origins import plain_name
from firsthand.model.linking import ClaimFacts

ACCUSATION: Final = "statement_accusation"
TOLD: Final = frozenset({"asserted", "unconfirmed"})
SPEAKING: Final = frozenset({"agent", "subject"})
BARE: Final = frozenset({"people", "other", MISSING})
"""Kinds of figure that a figure without a noun can be of; what it counts is said before it."""
CARRIED: Final = frozenset({"killed", "injured", "arrested", "displaced", MISSING})
"""Kinds of figure that a later voice can put otherwise: "the union put the number at 31"."""


def answered(facts: Iterable[ClaimFacts]) -> list[ClaimFacts]:
    """The same claims, in the same order, with what the words before them say of them."""
    given = list(facts)
    by_document: dict[str, list[ClaimFacts]] = {}
    for claim in given:
        by_document.setdefault(claim.document_id, []).append(claim)
    found: dict[str, ClaimFacts] = {}
    for claims in by_document.values():
        ordered = sorted(claims, key=lambda c: (c.start, c.end, c.claim_id))
        found |= {claim.claim_id: claim for claim in _denying(_counting(ordered))}
    return [found[claim.claim_id] for claim in given]


def _counting(ordered: Sequence[ClaimFacts]) -> list[ClaimFacts]:
    """Figures without a noun count what the last figure before them counts."""
    done: list[ClaimFacts] = []
    last: ClaimFacts | None = None
    for claim in ordered:
        told = claim
        if last is not None and _bare(claim) and claim.start - last.end <= NEXT_CHARS:
            quantity = replace(claim.quantities[0], counted=last.quantities[0].counted)
            told = replace(claim, figures=last.figures, quantities=(quantity,))
        if len(told.figures) == 1 and told.figures[0] in CARRIED:
            last = told
        done.append(told)
    return done


def _bare(claim: ClaimFacts) -> bool:
    """Whether it gives one figure and no word for what it counts."""
    if len(claim.figures) != 1 or claim.figures[0] not in BARE:
        return False
    return not claim.quantities[0].counted and has_words("puts", claim.text)


def _denying(ordered: Sequence[ClaimFacts]) -> list[ClaimFacts]:
    """Denials of "it" deny what was told before; the denier's next words deny the same."""
    done: list[ClaimFacts] = []
    denial: ClaimFacts | None = None
    for claim in ordered:
        told = claim
        if claim.type == "denial":
            if claim.denies is None and has_words("denied_it", claim.text):
                told = replace(claim, denies=_charge(claim, done))
            denial = told
        elif denial is not None and _follows(claim, denial):
            told = replace(claim, denies=denial.denies)
        done.append(told)
    return done


def _follows(claim: ClaimFacts, denial: ClaimFacts) -> bool:
    """Whether the denier says right after it what was not: "no lorry was stopped"."""
    if claim.polarity != "negative" or claim.modality != "asserted" or claim.denies is not None:
        return False
    if denial.denies is None or claim.start - denial.end > NEXT_CHARS:
        return False
    return bool(_deniers(denial) & _voice(claim))


def _deniers(denial: ClaimFacts) -> frozenset[str]:
    names = frozenset(plain_name(a.name) for a in denial.actors if a.role in SPEAKING)
    return names or _voice(denial)


def _voice(claim: ClaimFacts) -> frozenset[str]:
    """The last teller of a claim, and whom he speaks for."""
    return frozenset({*claim.chain[-1:], plain_name(claim.origin.name)})


def _charge(denial: ClaimFacts, before: Sequence[ClaimFacts]) -> str | None:
    """What the last voice before a denial told first: the rest is detail."""
    deniers = _deniers(denial)
    found: ClaimFacts | None = None
    for claim in reversed(before):
        if denial.start - claim.end > PARAGRAPH_CHARS or claim.title:
            break
        if claim.type == ACCUSATION:
            return claim.claim_id if found is None else found.claim_id
        if claim.polarity == "negative" or claim.modality not in TOLD:
            continue
        if type_row(claim.type).group == "speech":
            continue
        if found is not None and claim.chain[-1:] != found.chain[-1:]:
            break
        if deniers & _voice(claim):
            break
        found = claim
    return None if found is None else found.claim_id
