"""Modality and polarity: how far the words themselves, and who tells them, vouch for an event."""

from functools import cache

from firsthand.claims.events import Happening
from firsthand.claims.lexicon import HEDGES
from firsthand.claims.said import Report
from firsthand.claims.tokens import Sentence
from firsthand.model.claim import Modality, Polarity
from firsthand.resources import read_table

WORDS = "lexicons/modality_words.tsv"
BY_CUE: dict[str, Modality] = {
    "deny": "denied",
    "reject": "denied",
    "fear": "possible",
    "intend": "forecast",
    "predict": "forecast",
    "order": "forecast",
    "propose": "forecast",
    "ask": "opinion",
}
"""What being told under a cue of this type makes of the event."""
BY_RULE: dict[str, Modality] = {"passive": "unconfirmed"}
SOFT_TYPES = frozenset(("other", "humanitarian_condition", "statement_accusation"))
"""Types that a word of judgement turns into opinion; reported events stay asserted."""
CLAUSE_LEAD = 4
"""Words before a clause in which a hedge still belongs to it."""


@cache
def _words(word_class: str) -> dict[str, Modality]:
    return {
        row["words"]: row["modality"]  # type: ignore[misc]  # the table holds only modalities
        for row in read_table(WORDS)
        if row["class"] == word_class
    }


@cache
def _hedges() -> tuple[tuple[str, Modality], ...]:
    return tuple((row["hedge"], row["modality"]) for row in read_table(HEDGES))  # type: ignore[misc]


def hedge_spans(sentence: Sentence, start: int, end: int) -> list[tuple[int, int, Modality]]:
    """Hedges in a token range: first and last token and the modality they give."""
    found: list[tuple[int, int, Modality]] = []
    low = sentence.low
    for hedge, modality in _hedges():
        words = hedge.split()
        if words[0] not in low:
            continue
        for i in range(start, end - len(words) + 1):
            if low[i : i + len(words)] == words:
                found.append((i, i + len(words), modality))
    return found


def modality_of(sentence: Sentence, happening: Happening, report: Report | None) -> Modality:
    """The modality of an event; the cue it is told under comes before its own words."""
    told = _told(report)
    if told in ("denied", "forecast", "opinion"):
        return told
    own = _own(sentence, happening)
    if own == "asserted" and told is not None:
        return told
    return own


def _told(report: Report | None) -> Modality | None:
    if report is None:
        return None
    if report.negated and report.type not in ("deny", "reject"):
        return "unconfirmed"
    if report.source_head in ("reports", "rumours", "rumors"):
        return "unconfirmed"
    return BY_CUE.get(report.type) or _words("cue").get(report.type) or BY_RULE.get(report.rule)


def _own(sentence: Sentence, happening: Happening) -> Modality:
    clause = happening.clause
    low = sentence.low
    if low[-1] == "?":
        return "opinion"
    start = happening.start if clause is None else min(clause.start, clause.verb.start)
    text = f" {' '.join(low[start : happening.end])} "
    if clause is not None:
        if clause.opener in _words("opener") or (start and low[start - 1] in _words("opener")):
            return "hypothetical"
        found = _verbal(clause.verb.modal, clause.verb.chain, text)
        if found is not None:
            return found
    for _, _, modality in hedge_spans(sentence, max(0, start - CLAUSE_LEAD), happening.end):
        return modality
    return _judged(happening, text)


def _verbal(modal: str, chain: tuple[str, ...], text: str) -> Modality | None:
    """What modal verbs, chained verbs and fixed phrases make of it."""
    soon = any(f" {word} " in text for word in _words("adverb"))
    if modal:
        found = _words("modal").get(modal)
        if found == "possible" and soon:
            return "forecast"
        if found is not None:
            return found
    for lemma in chain:
        if lemma in ("say", "report", "allege"):
            return "unconfirmed"
        if lemma in ("believe", "think", "suspect", "consider", "know"):
            return "possible"
        found = _words("chain").get(lemma)
        if found is not None:
            return found
    return next((m for p, m in _words("phrase").items() if f" {p} " in text), None)


def _judged(happening: Happening, text: str) -> Modality:
    if any(f" {phrase} " in text for phrase in _words("opinion_phrase")):
        return "opinion"
    if happening.type in SOFT_TYPES and happening.clause is not None:
        if any(f" {word} " in text for word in _words("opinion")):
            return "opinion"
    return "asserted"


def polarity_of(sentence: Sentence, happening: Happening) -> Polarity:
    """Whether the clause says that it happened or that it did not."""
    clause = happening.clause
    if clause is None:
        before = sentence.low[max(0, happening.start - 1) : happening.start + 1]
        return "negative" if "no" in before or "without" in before else "positive"
    if clause.verb.negated:
        return "negative"
    first = [p for p in (clause.subject, *clause.objects[:1]) if p is not None]
    none = any(
        sentence.low[p.start] in ("no", "nobody", "nothing", "none", "neither") for p in first
    )
    return "negative" if none else "positive"
