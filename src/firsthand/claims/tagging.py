"""The light tagger: coarse word classes from closed tables, verb forms and neighbours.

Tags: DT determiner, PP preposition, PR pronoun, AX be/have/do, MD modal, CC, SC, WH, TO, NG,
AV adverb, CD number, JJ adjective, TM day or month, NN noun, NP name, PS possessive,
VF finite verb, VI base verb, VN participle, VG -ing form, JN participle before its noun,
PU punctuation, QT quotation mark.
"""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from firsthand.claims.doubts import BE, SUBJECTS, is_plural, settled, unlisted_verb
from firsthand.claims.lexicon import cues, english_words, source_nouns, word_set
from firsthand.claims.tokens import QUOTE_MARKS, Sentence, lower
from firsthand.claims.verbs import verb_forms
from firsthand.resources import read_table

TABLE = "lexicons/claim_words.tsv"
COMPOUND_ENDINGS = ("ed", "en", "ing", "held", "run", "led", "made")
SHORT = 4
"""Words of up to this many letters get no tag from their ending."""
REMEMBERED = 50_000
"""Words kept per process for each kind of place, a few MB."""
FIXED = frozenset(["well", "such", "least", "most", "up", "than", "likely", "yet", "close", "far"])
"""Words of which each fixed phrase has one."""
PREPOSITIONAL = frozenset(["as", "since", "until", "till", "before", "after", "once"])


@cache
def closed_words() -> dict[str, str]:
    """Tag of each closed-class word."""
    return {row["word"]: row["tag"] for row in read_table(TABLE)}


NO_CLASSES: Mapping[int, str] = {}
"""Where no other reader tells the classes of words."""


def _shape_tag(word: str, low: str, *, first: bool) -> str:
    """The tag that a word's form alone gives."""
    if not word[0].isalpha():
        return "CD" if word[0].isdigit() else "QT" if word in QUOTE_MARKS else "PU"
    capital = word[0].isupper()
    if "-" in low and closed_words().get(low.rsplit("-", 1)[1]) == "TM":
        return "TM"
    if "-" in low and (low.rsplit("-", 1)[1] in verb_forms() or (not capital and _compound(low))):
        return "JN"
    if capital and first and not _odd_capitals(word):
        return "JN" if _compound(low) else _adverb_or_noun(low) if low in english_words() else "NN"
    return "NP" if word != low else _small_word(low)


def _compound(low: str) -> bool:
    return "-" in low and low.endswith(COMPOUND_ENDINGS)


def _odd_capitals(word: str) -> bool:
    return len(word) > 1 and word[1:] != word[1:].lower()


def _adverb_or_noun(low: str) -> str:
    return "AV" if low.endswith("ly") and len(low) > SHORT else "NN"


def _small_word(low: str) -> str:
    if low.endswith("ing") and len(low) > SHORT + 1:
        return "VG"
    if low.endswith("ed") and len(low) > SHORT:
        return "?DN"
    return _adverb_or_noun(low)


class _Alone(dict[str, tuple[str, str]]):
    """Tag and lemma that each word has by its form alone in one kind of place, kept once asked for.

    A tag may be left open: "?BZ" for a verb form, "N?" for a word that a capital opens.
    """

    def __init__(self, place: "_Place") -> None:
        """No words yet, for one kind of place."""
        super().__init__()
        self._place = place

    def __missing__(self, word: str) -> tuple[str, str]:
        """Read a word not met before."""
        found = _alone(word, self._place)
        if len(self) < REMEMBERED:
            self[word] = found
        return found


class _Place(NamedTuple):
    """Where a word stands, as far as its capital goes."""

    opens: bool
    """Whether it opens a sentence or a quotation, so that its capital may mean nothing."""
    heading: bool


@cache
def _words_at(place: _Place) -> _Alone:
    return _Alone(place)


def _alone(word: str, place: _Place) -> tuple[str, str]:
    """The tag of a word by the closed classes, the verb forms and its shape, and its lemma."""
    low = lower(word)
    form, tag = verb_forms().get(low), closed_words().get(low)
    capital = word[0].isupper()
    named = capital and not place.opens
    if named and (form is not None or tag in ("JJ", "AV", "CD")) and not place.heading:
        tag, form = "NP", None
    if named and tag in ("AX", "MD", "DT", "PR") and low != "i" and word.isupper():
        tag = "NP"
    if tag == "WH" and word.isupper() and not place.heading:
        tag = "NP"
    if named and low == "may" and not place.heading:
        tag = "TM"
    if tag is None and form is not None:
        tag = "?" + form.kinds
    elif tag is None:
        tag = _shape_tag(word, low, first=place.opens)
        if tag == "NN" and place.opens and capital:
            tag = "N?"
    return tag, form.lemma if form is not None else low


def _first_pass(sentence: Sentence, named_words: frozenset[str]) -> None:
    """Closed words, shapes and verb candidates, word by word."""
    inside = _words_at(_Place(opens=False, heading=sentence.heading))
    opening = _words_at(_Place(opens=True, heading=sentence.heading))
    known = opening
    for word in sentence.words:
        tag, lemma = known[word]
        if tag == "N?" and word in named_words:
            tag = "NP"
        sentence.tags.append(tag)
        sentence.lemmas.append(lemma)
        if word[0].isalnum():
            known = inside
        elif word in '“"«:':
            known = opening


def _second_pass(sentence: Sentence, classes: Mapping[int, str]) -> None:
    for i, tag in enumerate(sentence.tags):
        if tag[0] == "?" or tag in ("N?", "VG") or sentence.low[i] == "that":
            known = classes.get(sentence.begins[i], "")
            sentence.tags[i] = settled(sentence, i, known)
        elif tag == "NN" and i and _read_as_verb(sentence, i, classes):
            sentence.tags[i] = unlisted_verb(sentence, i)
        elif i and (tag == "NN" or sentence.low[i] == "last") and _behind_modal(sentence, i):
            sentence.tags[i] = "VI"


def _read_as_verb(sentence: Sentence, i: int, classes: Mapping[int, str]) -> bool:
    """Whether another reader takes a noun for a verb, and it names nobody: "spokeswoman" does."""
    return classes.get(sentence.begins[i]) == "VERB" and sentence.low[i] not in source_nouns()


def _behind_modal(sentence: Sentence, i: int) -> bool:
    """Whether an unknown word follows "will", "could" or the like and so is a verb."""
    tags, j = sentence.tags, i - 1
    while j > 0 and tags[j] in ("AV", "NG"):
        j -= 1
    if tags[j] != "MD" or (sentence.low[j] == "may" and sentence.words[j] != sentence.low[j]):
        return False
    return j > 0 and tags[j - 1] in ("NN", "NP", "PR", "PS", "CD", "NG", "WH", "JN", "DT", "PU")


def _adjectival(sentence: Sentence) -> None:
    """An adjective that is a participle too is one behind a form of be: "had been wounded"."""
    tags, forms = sentence.tags, verb_forms()
    for i in range(1, len(tags)):
        if tags[i] != "JJ":
            continue
        form = forms.get(sentence.low[i])
        before = i - 2 if tags[i - 1] == "AV" and i > 1 else i - 1
        be = tags[before] == "AX" and sentence.low[before] in BE
        if be and form is not None and "N" in form.kinds:
            tags[i] = "VN"


def _possessive(sentence: Sentence) -> None:
    """Tell the possessive 's from the verb."""
    tags, low = sentence.tags, sentence.low
    if "'s" not in low and "'" not in low:
        return
    for i, word in enumerate(low):
        if word == "'s":
            before = low[i - 1] if i else ""
            verbal = before in SUBJECTS or before in ("what", "here", "where", "how")
            tags[i] = "AX" if verbal else "PS"
        elif word == "'" and i and low[i - 1].endswith("s") and tags[i - 1] in ("NN", "NP", "N?"):
            tags[i] = "PS"


def _rescue(sentence: Sentence, start: int, end: int) -> None:
    """In a stretch without a finite verb, take the first -s or base form after a noun as one."""
    tags = sentence.tags
    if any(tag in ("VF", "AX", "MD") for tag in tags[start:end]):
        return
    forms = verb_forms()
    for i in range(start + 1, end):
        form = forms.get(sentence.low[i])
        if form is None or tags[i] not in ("NN", "NP") or tags[i - 1] not in ("NN", "NP"):
            continue
        if sentence.low[i + 1 : i + 2] in (["no"], ["number"]) and "CD" in tags[i + 2 : i + 4]:
            continue  # "Situation report No. 11"
        plural = is_plural(sentence.low[i - 1])
        if ("Z" in form.kinds and not plural) or ("B" in form.kinds and plural):
            tags[i] = "VF"
            sentence.lemmas[i] = form.lemma
            return


def _rescue_cue(sentence: Sentence) -> None:
    """The verb of a closing ", court records show"."""
    last = len(sentence) - 1
    while last > 0 and not sentence.words[last][0].isalnum():
        last -= 1
    form = verb_forms().get(sentence.low[last])
    if form is None or sentence.tags[last] != "NN" or form.lemma not in cues("en", "verb"):
        return
    for j in range(last - 1, max(0, last - 8), -1):
        if sentence.low[j] == ",":
            sentence.tags[last] = "VF"
            sentence.lemmas[last] = form.lemma
            return
        if sentence.tags[j] not in ("NN", "NP", "DT", "JJ", "PS", "JN"):
            return


def _rescue_relative(sentence: Sentence) -> None:
    """The verb right behind "who": "a boy who minds the gate"."""
    tags, low = sentence.tags, sentence.low
    for i in range(len(tags) - 2):
        if low[i] != "who" or tags[i] != "WH" or tags[i + 1] != "NN":
            continue
        form = verb_forms().get(low[i + 1])
        if form is not None and tags[i + 2] in ("DT", "PR", "NP", "PP", "PS", "CD"):
            tags[i + 1] = "VF"
            sentence.lemmas[i + 1] = form.lemma


def _rescue_stretches(sentence: Sentence) -> None:
    """Find the verb of the sentence, and of each stretch that a subordinator opens."""
    tags = sentence.tags
    _rescue_relative(sentence)
    _rescue(sentence, 0, len(tags))
    _rescue_cue(sentence)
    for i, tag_ in enumerate(tags):
        if tag_ in ("SC", "WH"):
            end = i + 1
            while end < len(tags) and tags[end] not in ("PU", "SC", "WH"):
                end += 1
            _rescue(sentence, i + 1, end)


def _clock(sentence: Sentence) -> None:
    """The "am" of "2:15am" is no form of be."""
    for i, word in enumerate(sentence.low):
        if word == "am" and i and sentence.tags[i - 1] in ("CD", "PU", "TM"):
            sentence.tags[i] = "TM"


def _fixed(sentence: Sentence) -> None:
    """Reads "as well as" joins like "and"; "such as" is a preposition."""
    low, tags = sentence.low, sentence.tags
    if FIXED.isdisjoint(low):
        return
    for i in range(len(low) - 2):
        if low[i] == "as" and low[i + 1] == "well" and low[i + 2] == "as":
            tags[i : i + 3] = ["CC", "CC", "CC"]
        elif low[i] == "such" and low[i + 1] == "as":
            tags[i : i + 2] = ["PP", "PP"]
        elif (
            (low[i] == "at" and low[i + 1] in ("least", "most"))
            or (low[i] == "so" and low[i + 1] == "far")
            or (low[i] == "up" and low[i + 1] == "to" and tags[i + 2] == "CD")
            or (
                low[i + 1] == "than" and low[i] in ("more", "less", "fewer") and tags[i + 2] == "CD"
            )
        ):
            tags[i : i + 2] = ["AV", "AV"]
        elif low[i] == "close" and low[i + 1] == "to" and i and tags[i - 1] in ("NN", "N?"):
            if tags[i + 2] in ("DT", "NP", "PR"):
                tags[i : i + 2] = ["AV", "PP"]
        elif (low[i + 1] == "likely" and tags[i] == "MD") or (
            low[i + 1] == "yet" and tags[i] in ("AX", "MD", "NG")
        ):
            tags[i + 1] = "AV"


def _in_names(sentence: Sentence) -> None:
    """A preposition with a capital between two names is a part of one: "Aid Without Borders"."""
    tags, words = sentence.tags, sentence.words
    if sentence.heading:
        return
    for i in range(1, len(tags) - 1):
        capitals = all(word[0].isupper() for word in words[i - 1 : i + 2])
        if tags[i] == "PP" and capitals and tags[i - 1] in ("NN", "NP", "N?"):
            tags[i - 1] = tags[i] = "NP"


def _particles(sentence: Sentence) -> None:
    """The particle of "taking out the guard post" governs nothing."""
    tags, low = sentence.tags, sentence.low
    particles = word_set("particles")
    if particles.isdisjoint(low):
        return
    for i in range(1, len(tags) - 1):
        verbal = tags[i - 1] in ("VF", "VI", "VN", "VG")
        nominal = tags[i + 1] in ("DT", "NP", "NN", "PR", "CD", "JJ")
        if low[i] in particles and tags[i] == "PP" and verbal and nominal:
            tags[i] = "AV"


def _prepositional(sentence: Sentence) -> None:
    """A subordinator with no verb in its stretch is a preposition: "as hostages", "after dark"."""
    tags = sentence.tags
    for i, tag_ in enumerate(tags):
        if tag_ != "SC" or sentence.low[i] not in PREPOSITIONAL:
            continue
        end = i + 1
        while end < len(tags) and tags[end] not in ("PU", "SC", "WH"):
            end += 1
        if not any(t in ("VF", "AX", "MD", "VN", "VG") for t in tags[i:end]):
            tags[i] = "PP"


def tag(
    sentence: Sentence,
    named_words: frozenset[str] = frozenset(),
    classes: Mapping[int, str] = NO_CLASSES,
) -> None:
    """Fill the tags and lemmas of a sentence.

    `named_words` are words that the document writes with a capital inside sentences; `classes`
    are the universal classes ("NOUN", "VERB") that another reader gives words, by offset.
    """
    _first_pass(sentence, named_words)
    _clock(sentence)
    _fixed(sentence)
    _in_names(sentence)
    _possessive(sentence)
    _second_pass(sentence, classes)
    _adjectival(sentence)
    _rescue_stretches(sentence)
    _prepositional(sentence)
    _particles(sentence)
