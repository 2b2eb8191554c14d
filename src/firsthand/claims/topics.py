"""Topics: the person or body that each sentence of a text opens with, whether or not it speaks."""

from bisect import bisect_left
from collections.abc import Sequence

from firsthand.claims.clauses import Parsed
from firsthand.claims.entities import Name
from firsthand.claims.known import Topic
from firsthand.claims.lexicon import source_nouns, titles, word_set
from firsthand.claims.person_nouns import is_person
from firsthand.claims.phrases import Phrase
from firsthand.claims.said import extended
from firsthand.claims.source_kinds import are_people
from firsthand.claims.tokens import Sentence

LABELS = ("PER", "ORG")
OPENS = 6
"""Words that may stand before the person a sentence opens with: "Green campaigner Ada Fenn"."""
OPENING = frozenset(("DT", "NN", "NP", "N?", "JJ", "JN", "PS", "TM", "CD", "VN"))
APART = frozenset(("VF", "MD", "AX", "WH", "SC"))
"""Word classes behind which a name is no longer the subject's own."""


def topics(parsed: Sequence[Parsed], names: Sequence[Name]) -> tuple[Topic, ...]:
    """Who the main clause of every sentence is about, in reading order."""
    by_start = [name.start for name in names]
    found: list[Topic] = []
    for number, item in enumerate(parsed):
        sentence = item.sentence
        first, last = bisect_left(by_start, sentence.start), bisect_left(by_start, sentence.end)
        topic = _topic(item, number, names[first:last])
        if topic is not None:
            found.append(topic)
    return tuple(found)


def _topic(item: Parsed, number: int, names: Sequence[Name]) -> Topic | None:
    """Who opens the sentence by name, else the subject of its first finite clause."""
    sentence = item.sentence
    first = next((n for n in names if n.label == "PER" and n.first <= OPENS), None)
    plain = first is not None and not (sentence.heading or sentence.quoted[first.first])
    if first is not None and plain and OPENING.issuperset(sentence.tags[: first.first]):
        return Topic(sentence.begins[0], first.end, number, "", first, person=True)
    for clause in item.clauses:
        subject = clause.subject if clause.verb.finite and not clause.relative else None
        if subject is None or subject.start > clause.verb.start or sentence.heading:
            continue
        if sentence.quoted[subject.start]:
            return None
        return _named(item, number, subject, names) or _described(item, number, subject)
    return None


def _named(item: Parsed, number: int, subject: Phrase, names: Sequence[Name]) -> Topic | None:
    """A subject that is a name, or has one right behind it: "The coroner of Sarn, Olga Renn, …"."""
    sentence = item.sentence
    for name in names:
        if name.label not in LABELS or name.first < subject.start:
            continue
        inside = name.last <= subject.end and name.last > subject.head
        far = extended(item, subject, len(sentence))
        beside = sentence.low[far : far + 1] == [","] and name.label == "PER"
        title = name.first - far - 1 if beside else -1
        behind = beside and 0 <= title <= 2 and APART.isdisjoint(sentence.tags[far : name.first])
        if inside or (behind and _is_someone(sentence, subject)):
            start = sentence.begins[subject.start]
            return Topic(start, name.end, number, "", name, name.label == "PER")
    return None


def _described(item: Parsed, number: int, subject: Phrase) -> Topic | None:
    """A subject that is called by what it is: "A woman who …", "The army has …"."""
    sentence = item.sentence
    head, first = sentence.low[subject.head], sentence.low[subject.start]
    someone = _is_someone(sentence, subject)
    body = head in word_set("bodies") | word_set("generic_bodies") or _is_body(head)
    several = not (someone or body) and head.endswith(("s", "men", "people")) and are_people(head)
    if not (someone or body or several) or sentence.tags[subject.start] not in ("DT", "PS"):
        return None
    far = extended(item, subject, len(sentence))
    begin = sentence.begins[subject.start]
    if first in ("no", "every", "each", "any"):
        return None
    return Topic(begin, sentence.ends[far - 1], number, head, None, someone, several)


def _is_someone(sentence: Sentence, subject: Phrase) -> bool:
    """Whether a noun phrase is one person: "a nurse", "the deputy commander"."""
    head = sentence.low[subject.head]
    if sentence.tags[subject.head] == "PR" or sentence.low[subject.start] in ("two", "some"):
        return False
    noun = source_nouns().get(head)
    if noun is not None and head not in word_set("bodies"):
        single = noun.actor_kind in ("official", "people", "military") and not head.endswith("s")
        return single and (is_person(head) or head in titles() or noun.actor_kind != "military")
    return head in titles() or is_person(head) or head in ("woman", "man", "girl", "boy")


def _is_body(head: str) -> bool:
    noun = source_nouns().get(head)
    return noun is not None and noun.actor_kind in ("ministry", "organisation", "police")
