"""Idle clauses: what an outlet says in its own voice that is no statement about the world."""

from firsthand.claims.clauses import Clause, Parsed
from firsthand.claims.happening import Happening
from firsthand.claims.lexicon import word_set
from firsthand.claims.phrases import Phrase
from firsthand.claims.plain_clauses import PLAIN
from firsthand.claims.tokens import Sentence

COUNTED = frozenset(("CD", "TM"))
"""Word classes that make even such a clause a statement: a number, a day."""
WEAK = frozenset(("he", "she", "it"))
"""Subjects that say nothing without the sentence before."""
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
    tags = sentence.tags[clause.start : clause.end]
    if COUNTED.isdisjoint(tags) and (_relative(sentence, clause) or _musing(sentence, clause)):
        return True
    return _only_seen(sentence, clause) or any(
        _publication(sentence, phrase) for phrase in _phrases(parsed, clause)
    )


def _only_seen(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause only says who got hold of a thing: "a memo seen by this paper"."""
    subject, verb = clause.subject, clause.verb
    reduced = not verb.finite and verb.passive and subject is not None and subject.end == verb.start
    return reduced and sentence.lemmas[verb.head] in word_set("made_verbs")


def _relative(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause hangs on a noun, with "who" or without: "the deadline the governor had set"."""
    if clause.relative:
        named = "NP" in sentence.tags[clause.start : clause.end]
        return not named and sentence.low[clause.start] in ("who", "which", "where")
    subject = clause.subject
    if subject is None or clause.objects or not clause.start == subject.start > 0:
        return False
    return sentence.tags[subject.start - 1] == "NN" and subject.end == clause.verb.start


def _musing(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause tells what the writer feels, or what someone named before does by the way."""
    subject = clause.subject
    if subject is None:
        return False
    word = sentence.low[subject.start]
    plain = not clause.verb.negated and not clause.verb.modal
    named = "NP" in sentence.tags[clause.start : clause.end]
    return word in ("i", "you") or (word in WEAK and plain and not named)


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
