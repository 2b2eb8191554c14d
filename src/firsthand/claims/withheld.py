"""Withheld: clauses that only tell what someone would not say, or ask what they do not tell."""

from firsthand.claims.clauses import Clause, Parsed
from firsthand.claims.happening import Happening
from firsthand.claims.lexicon import word_set
from firsthand.claims.plain_clauses import PLAIN
from firsthand.claims.tokens import Sentence


def is_withheld(parsed: Parsed, happening: Happening) -> bool:
    """Whether a clause without an event tells of silence, or asks: it says nothing of the world.

    "She asked not to be named", "he is not allowed to speak to reporters", "the mill did not say
    when", and the "when the pump failed" that was not said; "How many were below?".
    """
    clause = happening.clause
    if clause is None or happening.type != "other" or not happening.rule.startswith(PLAIN):
        return False
    sentence = parsed.sentence
    asked = sentence.words[-1] == "?" and sentence.low[0] in word_set("question_words")
    if asked or _silent(sentence, clause):
        return True
    return _not_said(parsed, clause)


def _silent(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause says that someone keeps a name or an answer back."""
    verb = clause.verb
    if not verb.negated:
        return False
    lemma = sentence.lemmas[verb.head]
    before = sentence.low[verb.start : verb.head]
    if lemma in word_set("naming"):
        return not word_set("asking").isdisjoint(before)
    if lemma in word_set("speaking") and not word_set("allowed").isdisjoint(before):
        return True
    if lemma in word_set("answering"):
        rest = sentence.low[verb.end : clause.end]
        return not (word_set("requests").isdisjoint(rest) or verb.passive)
    return lemma in word_set("disclosing") and not verb.passive and _bare(clause)


def _bare(clause: Clause) -> bool:
    """Whether what was not said is left out, or follows as a question."""
    return not any(phrase.start == clause.verb.end for phrase in clause.objects)


def _not_said(parsed: Parsed, clause: Clause) -> bool:
    """Whether a clause is the question that the clause before it leaves open."""
    sentence = parsed.sentence
    if clause.opener not in word_set("question_words") or not clause.start:
        return False
    before = next((c for c in reversed(parsed.clauses) if c.verb.head < clause.start), None)
    if before is None or not clause.start - before.verb.end <= 2:
        return False
    lemma = sentence.lemmas[before.verb.head]
    return lemma in word_set("disclosing") and before.verb.negated
