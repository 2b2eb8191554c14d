"""Event types: which rows of the predicate table fit a clause, a noun or an adjective."""

from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from firsthand.claims.clauses import Clause
from firsthand.claims.lexicon import word_set
from firsthand.claims.phrases import Phrase
from firsthand.claims.tokens import Sentence
from firsthand.resources import read_table

TYPES = "lexicons/event_types.tsv"
CLASSES = "lexicons/claim_classes.tsv"
SUPPORT = "lexicons/claim_support.tsv"
TOPICS = {
    "casualty": "casualties",
    "captive": "abduction",
    "ordnance": "shelling_artillery",
    "airpower": "airstrike",
    "firing": "battle",
    "displaced": "displacement",
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
    "custody": "arrest",
    "murder": "killing",
    "rioting": "riot",
    "abuse": "sexual_violence",
    "bombs": "planted_bomb",
    "suicide": "suicide_car_bomb",
    "wrecking": "destruction",
    "ring": "siege_state",
    "marching": "movement_of_forces",
}
"""The type of a clause without an event predicate, by what its words are about."""
LYING = frozenset(("lie", "lies"))
"""Words that blame nobody where a place follows: "who lie under the walls"."""
PARTITIVE = 4
"""Words behind "most", "parts" or "dozens" in which what is meant is named."""
DAYS = (["TM"], ["CD"])
"""Word classes behind "strike on" where it tells the day, not the target."""
TOPIC_ORDER = tuple(TOPICS)


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that a row asks for."""

    where: str
    """any (of the clause), after (its verb), subj (who does it), obj (a class of the object)."""
    single: frozenset[str]
    groups: tuple[tuple[str, ...], ...]
    """Phrases with blanks around them, of which in one alternative all must stand there."""

    def met(self, words: "Stretch") -> bool:
        """Whether some words have what is asked for."""
        if not self.single.isdisjoint(words.low):
            return True
        for group in self.groups:
            for word in group:
                if word not in words.text:
                    break
            else:
                return True
        return False


class Stretch:
    """Some lower-case words, of which many rows ask."""

    def __init__(self, low: Sequence[str]) -> None:
        """The words as they come."""
        self.low = low

    @cached_property
    def text(self) -> str:
        """The words with blanks around each, for look-ups of phrases."""
        return f" {' '.join(self.low)} "


@dataclass(frozen=True, slots=True)
class TypeRow:
    """One row of the predicate table."""

    type: str
    """For a predicate of several types the last, which holds where the text shows no other."""
    types: tuple[str, ...]
    """Types it may have: that of the latest event told before which is among them holds."""
    word_class: str
    words: tuple[str, ...]
    needs: tuple[Need, ...]
    subject: str
    object: str

    @property
    def name(self) -> str:
        """How the row is named in a claim's `rule`."""
        return f"event_types/{self.word_class}/{' '.join(self.words)}/{self.type}"


def _needs(text: str) -> tuple[Need, ...]:
    return tuple(_need(part) for part in text.split(" + ")) if text else ()


def _need(text: str) -> Need:
    where, _, listed = text.partition(":")
    single: set[str] = set()
    groups: list[tuple[str, ...]] = []
    for one in listed.split("|"):
        if one.startswith("@"):
            members = [word for word, classes in _classes().items() if one[1:] in classes]
            single.update(word for word in members if " " not in word)
            groups += [(word,) for word in members if " " in word]
        elif "," in one or " " in one:
            groups.append(tuple(one.split(",")))
        else:
            single.add(one)
    padded_groups = tuple(tuple(f" {word} " for word in group) for group in groups)
    return Need(where, frozenset(single), padded_groups)


@cache
def _rows() -> dict[str, dict[str, list[TypeRow]]]:
    """Rows by word class and first word."""
    found: dict[str, dict[str, list[TypeRow]]] = defaultdict(lambda: defaultdict(list))
    for row in read_table(TYPES):
        types, needs = tuple(row["type"].split("|")), _needs(row["needs"])
        for one in row["words"].split("|"):
            words = tuple(one.split())
            typed = TypeRow(
                types[-1], types, row["class"], words, needs, row["subject"], row["object"]
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


def _object_fits(sentence: Sentence, clause: Clause, wanted: frozenset[str]) -> bool:
    found = object_of(clause)
    if found is None:
        return False
    named = sentence.tags[found.head] == "NP"
    if named and not wanted.isdisjoint(("name", "place")):
        return True
    words = sentence.low[found.start : found.end]
    if "person" in wanted and words[-1] in word_set("personal_pronouns"):
        return True
    if sentence.low[found.end : found.end + 1] == ["of"]:
        words = sentence.low[found.start : found.end + PARTITIVE]
    return any(not wanted.isdisjoint(classes_of(word)) for word in words)


def _fits(sentence: Sentence, clause: Clause, row: TypeRow, stretches: dict[str, Stretch]) -> bool:
    for need in row.needs:
        if need.where == "obj":
            if not _object_fits(sentence, clause, need.single):
                return False
        elif not need.met(stretches[need.where]):
            return False
    return True


def _doer(sentence: Sentence, clause: Clause) -> Sequence[str]:
    """The words of who does it: the subject, or what stands behind a passive verb."""
    if clause.verb.passive:
        return sentence.low[clause.verb.end : clause.end]
    subject = clause.subject
    if subject is None:
        return ()
    end = subject.end
    if sentence.low[end : end + 1] == ["of"] and end < clause.verb.start:
        end = min(clause.verb.start, end + PARTITIVE)
    return sentence.low[subject.start : end]


def verb_row(sentence: Sentence, clause: Clause) -> TypeRow | None:
    """The first row that fits the clause's verb."""
    rows = _rows()["verb"].get(sentence.lemmas[clause.verb.head])
    if rows is None:
        return None
    start = min(clause.start, clause.subject.start) if clause.subject else clause.start
    stretches = {
        "any": Stretch(sentence.low[max(start, clause.start - 30) : clause.end]),
        "after": Stretch(sentence.low[clause.verb.end : clause.end]),
        "subj": Stretch(_doer(sentence, clause)),
    }
    for row in rows:
        if _fits(sentence, clause, row, stretches):
            return row
    return None


def noun_at(sentence: Sentence, i: int) -> TypeRow | None:
    """The row of an event noun that begins at a token, the longest first."""
    rows = _rows()["noun"].get(sentence.low[i])
    if rows is None or sentence.tags[i] not in ("NN", "NP", "JJ", "VG") or _is_month(sentence, i):
        return None
    around = Stretch(sentence.low[max(0, i - 8) : i + 8])
    for row in rows:
        end = i + len(row.words)
        same = tuple(sentence.low[i:end]) == row.words
        if same and row.words[-1] == "on" and sentence.tags[end : end + 1] in DAYS:
            continue
        if same and all(need.met(around) for need in row.needs):
            return row
    return None


def _is_month(sentence: Sentence, i: int) -> bool:
    return sentence.low[i] == "march" and i > 0 and sentence.words[i][0].isupper()


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
    """The type that a clause's words are about; "other" where none is.

    Words inside names ("Dam Street", the month of March) say nothing about it.
    """
    counts: dict[str, int] = {}
    for i in range(start, end):
        about = classes_of(sentence.low[i])
        if not about or sentence.tags[i] in ("NP", "TM") or _is_month(sentence, i):
            continue
        bare = sentence.tags[i - 1 : i] == ["DT"]
        if sentence.low[i] in word_set("topics_alone") and not bare:
            continue  # "a probe body", "its governing body"
        if sentence.low[i] in LYING and sentence.tags[i + 1 : i + 2] in (["PP"], ["AV"]):
            continue
        for name in about:
            plain = name == "airpower" and sentence.low[i] in word_set("plain_aircraft")
            if name in TOPICS and not plain:
                counts[name] = counts.get(name, 0) + 1
    if not counts:
        return "other"
    best = max(counts, key=lambda name: (counts[name], -TOPIC_ORDER.index(name)))
    return TOPICS[best]
