"""Event types: which rows of the predicate table fit a clause, a noun or an adjective."""

from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cache

from firsthand.claims.clauses import Clause
from firsthand.claims.lexicon import word_set
from firsthand.claims.phrases import Phrase
from firsthand.claims.tokens import Sentence
from firsthand.resources import read_table

TYPES = "lexicons/event_types.tsv"
CLASSES = "lexicons/claim_classes.tsv"
SUPPORT = "lexicons/claim_support.tsv"
TOPICS = {
    "blame": "statement_accusation",
    "humanitarian": "humanitarian_condition",
    "disease": "disease",
    "natural": "disaster_natural",
    "manmade": "disaster_man_made",
    "politics": "election",
    "crime": "crime",
    "sanction": "sanction",
    "agreement": "agreement",
    "diplomacy": "diplomacy",
    "protest": "protest",
    "aid": "aid_delivery",
}
"""The type of a clause without an event predicate, by what its words are about."""
PARTITIVE = 4
"""Words behind "most", "parts" or "dozens" in which what is meant is named."""
TOPIC_ORDER = tuple(TOPICS)


@dataclass(frozen=True, slots=True)
class Needs:
    """What a row needs: words of the clause (groups of alternatives), or a class of the object."""

    any_of: tuple[tuple[str, ...], ...] = ()
    object_class: str = ""
    subject_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeRow:
    """One row of the predicate table."""

    type: str
    word_class: str
    words: tuple[str, ...]
    needs: Needs
    subject: str
    object: str

    @property
    def name(self) -> str:
        """How the row is named in a claim's `rule`."""
        return f"event_types/{self.word_class}/{' '.join(self.words)}/{self.type}"


def _needs(text: str) -> Needs:
    if text.startswith("obj:"):
        return Needs(object_class=text[4:])
    if text.startswith("subj:"):
        return Needs(subject_words=tuple(text[5:].split("|")))
    if text.startswith("any:"):
        groups = tuple(tuple(group.split(",")) for group in text[4:].split("|"))
        return Needs(any_of=groups)
    return Needs()


@cache
def _rows() -> dict[str, dict[str, list[TypeRow]]]:
    """Rows by word class and first word."""
    found: dict[str, dict[str, list[TypeRow]]] = defaultdict(lambda: defaultdict(list))
    for row in read_table(TYPES):
        words = tuple(row["words"].split())
        typed = TypeRow(
            row["type"], row["class"], words, _needs(row["needs"]), row["subject"], row["object"]
        )
        found[row["class"]][words[0]].append(typed)
    for by_word in found.values():
        for rows in by_word.values():
            rows.sort(key=lambda r: -len(r.words))
    return {name: dict(by_word) for name, by_word in found.items()}


@cache
def classes_of(word: str) -> frozenset[str]:
    """The classes of a word."""
    return _classes().get(word, frozenset())


@cache
def _classes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in read_table(CLASSES):
        found[row["word"]].add(row["class"])
    return {word: frozenset(classes) for word, classes in found.items()}


@cache
def support_verbs() -> frozenset[str]:
    """Verbs that leave the event to a noun."""
    return frozenset(row["lemma"] for row in read_table(SUPPORT))


def padded(sentence: Sentence, start: int, end: int) -> str:
    """Lower-case words with blanks around each, for look-ups of phrases."""
    return f" {' '.join(sentence.low[start:end])} "


def object_of(clause: Clause) -> Phrase | None:
    """What the verb acts on: the subject of a passive, else the first object."""
    if clause.verb.passive:
        return clause.subject
    return clause.objects[0] if clause.objects else None


def _object_fits(sentence: Sentence, clause: Clause, wanted: str) -> bool:
    found = object_of(clause)
    if found is None:
        return False
    if wanted == "name":
        return sentence.tags[found.head] == "NP"
    words = sentence.low[found.start : found.end]
    if wanted == "person" and words[-1] in word_set("personal_pronouns"):
        return True
    if sentence.low[found.end : found.end + 1] == ["of"]:
        words = sentence.low[found.start : found.end + PARTITIVE]
    if any(wanted in classes_of(word) for word in words):
        return True
    return wanted == "place" and sentence.tags[found.head] == "NP"


def _fits(sentence: Sentence, clause: Clause, row: TypeRow, words: str) -> bool:
    needs = row.needs
    if needs.object_class:
        return _object_fits(sentence, clause, needs.object_class)
    if needs.subject_words:
        doer = _doer(sentence, clause)
        return any(f" {word} " in doer for word in needs.subject_words)
    if needs.any_of:
        return any(all(f" {word} " in words for word in group) for group in needs.any_of)
    return True


def _doer(sentence: Sentence, clause: Clause) -> str:
    """The words of who does it: the subject, or what stands behind a passive verb."""
    if clause.verb.passive:
        return padded(sentence, clause.verb.end, clause.end)
    if clause.subject is None:
        return ""
    return padded(sentence, clause.subject.start, clause.subject.end)


def verb_row(sentence: Sentence, clause: Clause) -> TypeRow | None:
    """The first row that fits the clause's verb."""
    rows = _rows()["verb"].get(sentence.lemmas[clause.verb.head])
    if rows is None:
        return None
    start = min(clause.start, clause.subject.start) if clause.subject else clause.start
    words = padded(sentence, max(start, clause.start - 30), clause.end)
    return next((row for row in rows if _fits(sentence, clause, row, words)), None)


def noun_at(sentence: Sentence, i: int) -> TypeRow | None:
    """The row of an event noun that begins at a token, the longest first."""
    rows = _rows()["noun"].get(sentence.low[i])
    if rows is None or sentence.tags[i] not in ("NN", "NP", "JJ", "VG"):
        return None
    for row in rows:
        if tuple(sentence.low[i : i + len(row.words)]) == row.words:
            if not row.needs.any_of:
                return row
            words = padded(sentence, max(0, i - 8), i + 8)
            if any(all(f" {word} " in words for word in g) for g in row.needs.any_of):
                return row
    return None


def noun_openers() -> Container[str]:
    """First words of event nouns."""
    return _rows()["noun"]


def adjectives() -> Container[str]:
    """Adjectives that presuppose a state."""
    return _rows()["adjective"]


def chain_row(lemmas: Sequence[str]) -> TypeRow | None:
    """The speech act in a chain of verbs: "threatened to close", "agreed to share"."""
    rows = _rows().get("chain", {})
    return next((rows[lemma][0] for lemma in lemmas if lemma in rows), None)


def adjective_at(sentence: Sentence, i: int) -> TypeRow | None:
    """The row of "besieged", "rebel-held" and the like before a noun."""
    if sentence.tags[i] not in ("JN", "JJ", "VN", "NN", "NP"):
        return None
    low = sentence.low[i]
    if sentence.tags[i] != "NN" and low in _rows()["adjective"]:
        return _rows()["adjective"][low][0]
    if "-" in low:
        rows = _rows()["suffix"].get(low.rsplit("-", 1)[1])
        return rows[0] if rows else None
    return None


def topic(sentence: Sentence, start: int, end: int) -> str:
    """The type that a clause's words are about; "other" where none is."""
    counts: dict[str, int] = {}
    for word in sentence.low[start:end]:
        for name in classes_of(word):
            if name in TOPICS:
                counts[name] = counts.get(name, 0) + 1
    if not counts:
        return "other"
    best = max(counts, key=lambda name: (counts[name], -TOPIC_ORDER.index(name)))
    return TOPICS[best]
