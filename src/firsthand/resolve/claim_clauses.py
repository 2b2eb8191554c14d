"""Which clause of its sentence a claim is told in, and whose a time beside it is."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from firsthand.model.claim import Claim, Time
from firsthand.model.record import Span, overlaps
from firsthand.resources import read_table

OTHER_CLAUSE: Final = re.compile(
    r"\b(?:after|following|before|until|since|when|while|as|because|although|though|who|which|that|"
    r"whose|where|if|once|amid|despite)\s",
    re.IGNORECASE,
)
"""Words between a claim's own and a time that begin a clause or phrase of another happening."""


class Clauses:
    """Which clauses a document's claims are told in, and whose a time is."""

    def __init__(self, text: str, claims: Sequence[Claim]) -> None:
        """For the text of a page and the claims of one of its documents."""
        self._text = text
        self._spans = sorted(
            ((span.start, span.end, claim) for claim in claims for span in claim.evidence),
            key=lambda item: (item[0], item[1], item[2].claim_id),
        )
        self._longest = max((end - start for start, end, _ in self._spans), default=0)

    def shares(self, claim: Claim, time: Time) -> bool:
        """Whether a time in the scope of a claim and outside its words is of its clause."""
        if any(overlaps(span, time) for span in claim.evidence):
            return not self.moves_on(claim, time)
        first, last = claim.evidence[0].start, claim.evidence[-1].end
        gap = self._text[last : time.start] if time.start >= last else self._text[time.end : first]
        if OTHER_CLAUSE.search(gap) or _LATER.search(gap):
            return False
        holders = self._holders(time)
        if any(self._says_who(span, time) for one in holders for span in one.evidence):
            return False
        return all(
            any(overlaps(one, other) for one in claim.evidence for other in owner.evidence)
            for owner in holders
            if not self.moves_on(owner, time)
        )

    def moves_on(self, claim: Claim, time: Time) -> bool:
        """Whether a time in a claim's words is of another doing than the one it tells.

        Of a later one ("…, eventually leaving in May") or of one that only says who is meant
        ("gunmen who had robbed a bank on Sunday fired on the crowd").
        """
        return any(
            span.start <= time.start < span.end
            and (
                _LATER.search(self._text, span.start, time.start) is not None
                or self._says_who(span, time)
            )
            for span in claim.evidence
        )

    def _says_who(self, span: Span, time: Time) -> bool:
        """Whether a time ends a clause with "who" or "which", and the verb of the claim follows it."""
        if _WHO.search(self._text, span.start, time.start) is None:
            return False
        following = _NEXT_WORD.match(self._text, time.end, span.end)
        if following is None:
            return False
        word = following[1]
        return word.endswith("ed") or word in _FINITE or word in irregular_pasts()

    def lent(self, times: Mapping[str, Time | None]) -> dict[str, Time | None]:
        """The times by claim id; a result told right after what led to it has the time of that.

        As in "seized the post on Sunday, killing four and wounding nine".
        """
        found = dict(times)
        for start, _, claim in self._spans:
            if found[claim.claim_id] is None and self._goes_on(claim, start):
                before = self._before(start)
                if before is not None:
                    found[claim.claim_id] = found[before.claim_id]
        return found

    def _goes_on(self, claim: Claim, start: int) -> bool:
        """Whether a claim's words go on with what is told before them: a result, a further doing."""
        if _RESULT.match(self._text, start):
            return True
        doers = [actor for actor in claim.actors if actor.role in _DOERS]
        shared = bool(doers) and all(actor.start < start for actor in doers)
        return shared and _PARTICIPLE.match(self._text, start) is not None

    def _before(self, start: int) -> Claim | None:
        """The claim whose words end where another's begin."""
        at = bisect_left(self._spans, start, key=_first)
        for begin, end, claim in reversed(self._spans[max(0, at - _NEIGHBOURS) : at]):
            if begin < start and end <= start and _JOIN.fullmatch(self._text[end:start]):
                return claim
        return None

    def _holders(self, time: Time) -> list[Claim]:
        """Claims that have a time among their words."""
        at = bisect_left(self._spans, time.start - self._longest, key=_first)
        stop = bisect_left(self._spans, time.end, key=_first)
        return [claim for start, end, claim in self._spans[at:stop] if end > time.start]


_RESULT: Final = re.compile(
    r"(?:and\s)?(?:which\s)?(?:(?:leaving|killing|wounding|injuring|displacing|destroying|damaging|"
    r"burying|trapping)|(?<=which\s)(?:left|killed|wounded|injured|displaced|destroyed))\b"
)
"""What opens the words of a result told with its cause."""
_PARTICIPLE: Final = re.compile(
    r"(?:and\s)?(?!(?:saying|adding|accusing|according|including|following|citing|calling|warning|"
    r"claiming|denying|noting|insisting|having|being|during)\b)[a-z]{2,15}ing\b"
)
"""What opens the words of a further doing of the same subject: "…, cutting the road"."""
_LATER: Final = re.compile(
    r",\s(?:and\s)?(?:eventually|later|subsequently|ultimately|finally|in\sthe\send)\s(?!on\b)[a-z]"
)
"""What opens a further doing at a later time."""
_WHO: Final = re.compile(r"\w\s(?:who|which|that)\s(?!would\b|will\b)[^.!?;:,\n]{0,160}$")
_NEXT_WORD: Final = re.compile(r",?\s([a-z]{2,20})\b")
_FINITE: Final = frozenset({"was", "were", "is", "are", "has", "have", "had", "did"})
VERBS: Final = "lexicons/claim_verbs.tsv"


@cache
def irregular_pasts() -> frozenset[str]:
    """Past forms of verbs that do not end in -ed: "fell", "struck"."""
    return frozenset(row["past"] for row in read_table(VERBS) if row["past"])


_DOERS: Final = frozenset({"agent", "subject", "besieger"})
_JOIN: Final = re.compile(r"[\s,–—-]{1,3}(?:and\s)?")
_NEIGHBOURS: Final = 6


def _first(item: tuple[int, int, Claim]) -> int:
    return item[0]
