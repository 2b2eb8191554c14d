"""Pronouns: whom "he", "she", "it", "they" and "we" mean as the source of what is told."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final

from firsthand.claims.genders import gender_of, may_be
from firsthand.claims.known import Known, Topic
from firsthand.claims.said import Report
from firsthand.claims.source_kinds import name_kind
from firsthand.claims.tellers import Source, Told, by_name, nameless

HE: Final = frozenset(("he", "she", "him", "her"))
FIRST: Final = frozenset(("i", "we"))
BODY: Final = frozenset(("it", "they", "which", "who"))
PRONOUNS: Final = HE | FIRST | BODY
SENTENCES: Final = 2
"""Sentences before a pronoun in which whom it means is looked for, where somebody spoke since."""
FAR: Final = 12
"""Sentences before it in which whom "he" means is looked for, where nobody spoke who fits."""
TITLE: Final = 6
"""Characters before a name in which "Mrs" or "Mr" stands."""


def meant(low: str, words: str, report: Report, known: Known, text: str, told: Told) -> Source:
    """Whom a pronoun means; the pronoun itself where nobody fits."""
    if low in HE:
        found = _person(low, report, known, text, told)
        if found is not None and found.name != words:
            told.genders.setdefault(found.name, "she" if low in ("she", "her") else "he")
    elif low in FIRST:
        found = _last(told, person=True)
    else:
        found = _body(low, report, known, text, told)
    if found is None and low in BODY:
        return told.sources[-1] if told.sources else Source(words, "anonymous")
    return found or Source(words, "anonymous", low, person=True)


def _person(low: str, report: Report, known: Known, text: str, told: Told) -> Source | None:
    """The person who spoke or was told of last."""
    topic = _topic_before(low, report, known, text, told)
    for source, head in zip(reversed(told.sources), reversed(told.heads), strict=True):
        if topic is not None and topic.start > head and topic.sentence >= _near(report):
            break
        if _is_person(source) and _may_be(low, f"{source.called} {source.name}", source.name, told):
            return source
    if topic is not None:
        return _of(topic, known, text)
    return _named_before(low, report, known, text, told) or _last(told, person=True)


def _named_before(low: str, report: Report, known: Known, text: str, told: Told) -> Source | None:
    """The person named last in the sentences right before whom the pronoun may mean."""
    for name in reversed(known.names[: bisect_left(known.starts, report.source[0][0])]):
        if name.sentence < _near(report):
            return None
        if name.label == "PER":
            found = by_name(name, (name.start, name.end), known, text, "")
            if _may_be(low, text[max(0, name.start - TITLE) : name.end], found.name, told):
                return found
    return None


def _near(report: Report) -> int:
    return report.sentence - SENTENCES


def _is_person(source: Source) -> bool:
    if source.name.lower() in PRONOUNS:
        return False
    return source.person or source.kind in ("witness", "activist")


def _may_be(low: str, called: str, name: str, told: Told) -> bool:
    """Whether "he" may mean someone: by name and title, and by how the text spoke of him before."""
    before = told.genders.get(name)
    if before is not None and not gender_of(called):
        return (before == "she") == (low in ("she", "her"))
    return may_be(low, called)


def _topic_before(low: str, report: Report, known: Known, text: str, told: Told) -> Topic | None:
    """The person whom one of the sentences before is about, and whom the pronoun may mean."""
    for topic in _topics_to(known, report.source[0][0]):
        if not topic.person:
            continue
        if topic.sentence < report.sentence - FAR:
            return None
        name = _of(topic, known, text).name
        if _may_be(low, text[max(0, topic.start - TITLE) : topic.end], name, told):
            return topic
    return None


def _topics_to(known: Known, offset: int) -> Iterator[Topic]:
    """Who the text was about up to an offset, the last first."""
    last = bisect_right(known.topics, offset, key=lambda topic: topic.end)
    return (known.topics[n] for n in range(last - 1, -1, -1))


def _body(low: str, report: Report, known: Known, text: str, told: Told) -> Source | None:
    """The body that spoke last, or that the sentence right before is about."""
    if low in ("it", "they"):
        before = _topics_to(known, report.source[0][0])
        topic = next((t for t in before if low == "they" or not t.several), None)
        spoke = told.heads[-1] if told.heads else -1
        near = topic is not None and topic.sentence >= report.sentence - 1
        if topic is not None and near and not topic.person and topic.start > spoke:
            return _of(topic, known, text)
    return _last(told, person=False)


def _of(topic: Topic, known: Known, text: str) -> Source:
    """Who a sentence is about, as a source."""
    name = topic.name
    if name is None:
        return nameless(text[topic.start : topic.end], topic.head)
    if topic.person:
        return by_name(name, (topic.start, topic.end), known, text, "")
    return Source(known.canonical.get(name.text, name.text), name_kind(name, known, None))


def _last(told: Told, *, person: bool) -> Source | None:
    for source in reversed(told.sources):
        if person and _is_person(source):
            return source
        if not person and not source.person:
            return source
    return told.sources[-1] if told.sources and person else None
