"""Idle clauses: what an outlet says in its own voice that is no statement about the world."""

from firsthand.claims.clauses import Clause, Parsed
from firsthand.claims.happening import Happening
from firsthand.claims.lexicon import word_set
from firsthand.claims.phrases import Phrase
from firsthand.claims.plain_clauses import PLAIN, TOLD
from firsthand.claims.tokens import Sentence

US = frozenset(("we", "us", "our"))


def is_idle(parsed: Parsed, happening: Happening) -> bool:
    """Whether a clause without an event speaks of the publication itself or asks the reader.

    "An earlier version of this item was published by …", "This site sets one cookie", "Please use
    the figure above", "He asked us not to give his name"; also a relative clause without a number or name.
    Only meant for clauses that no one else is said to have said.
    """
    clause = happening.clause
    if clause is None or not happening.rule.startswith(PLAIN) or happening.type != "other":
        return False
    sentence = parsed.sentence
    if sentence.low[clause.start] == "please" or _ours(sentence, clause):
        return True
    if _only_seen(sentence, clause):
        return True
    if clause.relative and TOLD.isdisjoint(sentence.tags[clause.start : clause.end]):
        return sentence.low[clause.start] in ("who", "which", "where")
    return any(_publication(sentence, phrase) for phrase in _phrases(parsed, clause))


def _only_seen(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause only says who got hold of a thing: "a memo seen by this paper"."""
    subject, verb = clause.subject, clause.verb
    reduced = not verb.finite and verb.passive and subject is not None and subject.end == verb.start
    return reduced and sentence.lemmas[verb.head] in word_set("made_verbs")


def calls_itself(sentence: Sentence, happening: Happening) -> bool:
    """Whether a clause only tells what some call themselves."""
    clause = happening.clause
    if clause is None or not clause.objects:
        return False
    return sentence.low[clause.objects[0].head] in word_set("reflexives")


def _ours(sentence: Sentence, clause: Clause) -> bool:
    """Whether the outlet itself acts or is acted on."""
    subject, objects = clause.subject, clause.objects[:1]
    ours = subject is not None and sentence.low[subject.start] in US
    return ours or any(sentence.low[p.head] == "us" for p in objects)


def _phrases(parsed: Parsed, clause: Clause) -> list[Phrase]:
    """The subject with what "of" adds to it, and the first object."""
    found = [p for p in (clause.subject, *clause.objects[:1]) if p is not None]
    if clause.subject is not None:
        after = clause.subject.end + 1
        found += [p for p in parsed.phrases if p.start == after]
    return found


def _publication(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a phrase names a piece of the publication: "this item", "an earlier version"."""
    return sentence.low[phrase.head] in word_set("publications")
