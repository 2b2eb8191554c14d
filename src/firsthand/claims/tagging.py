"""The light tagger: coarse word classes from closed tables, verb forms and neighbours.

Tags: DT determiner, PP preposition, PR pronoun, AX be/have/do, MD modal, CC, SC, WH, TO, NG,
AV adverb, CD number, JJ adjective, TM day or month, NN noun, NP name, PS possessive,
VF finite verb, VI base verb, VN participle, VG -ing form, JN participle before its noun,
PU punctuation, QT quotation mark.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from firsthand.claims.lexicon import cues, english_words, word_set
from firsthand.claims.tokens import QUOTE_MARKS, Sentence
from firsthand.claims.verbs import verb_forms
from firsthand.resources import read_table

TABLE = "lexicons/claim_words.tsv"
HAVE = frozenset(["has", "have", "had", "having", "'ve", "hasn't", "haven't", "hadn't"])
BE = frozenset(
    [
        "am",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "'s",
        "'re",
        "'m",
        "isn't",
        "aren't",
        "wasn't",
        "weren't",
    ]
)
DO = frozenset(["do", "does", "did", "don't", "doesn't", "didn't"])
SUBJECTS = frozenset(["i", "we", "you", "they", "he", "she", "it", "who", "which", "that", "there"])
OBJECT_PRONOUNS = frozenset(("them", "him", "us", "me", "himself", "herself", "themselves"))
NOMINAL = frozenset(("NN", "NP", "CD", "TM"))
NAMES = frozenset(("NN", "NP", "N?"))
BEFORE_VERB = NAMES | {"TM", "CD"}
VERB_PLACES = frozenset(("NN", "NP", "CC", "PU", "?B", "?Z", "CD", "TM"))
NOUN_PLACES = frozenset(("DT", "JJ", "PS", "PP", "CD", "JN", "SC"))
ADJECTIVE_PLACES = frozenset(("DT", "PS", "JJ", "CD", "JN"))
NOUN_TAGS = frozenset(("NN", "NP", "JJ", "?B", "?Z", "N?", "JN"))
OBJECT_TAGS = frozenset(("NP", "JJ", "NN", "CD", "VG", "TO"))
COMPOUND_ENDINGS = ("ed", "en", "ing", "held", "run", "led", "made")
SHORT = 4
"""Words of up to this many letters get no tag from their ending."""
PREPOSITIONAL = frozenset(["as", "since", "until", "till", "before", "after", "once"])
LOOKAHEAD = 25
"""Words searched for a later finite verb, before a participle is read as a reduced clause."""


@cache
def closed_words() -> dict[str, str]:
    """Tag of each closed-class word."""
    return {row["word"]: row["tag"] for row in read_table(TABLE)}


def _shape_tag(word: str, low: str, *, first: bool, shout: bool) -> str:
    """The tag that a word's form alone gives."""
    if not word[0].isalpha():
        return "CD" if word[0].isdigit() else "QT" if word in QUOTE_MARKS else "PU"
    capital = word[0].isupper()
    if "-" in low and (low.rsplit("-", 1)[1] in verb_forms() or (not capital and _compound(low))):
        return "JN"
    if capital and (shout or (first and not _odd_capitals(word))):
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


def _first_pass(sentence: Sentence, named_words: frozenset[str], *, shout: bool) -> None:
    """Closed words, shapes and verb candidates ("?BZ" style tags)."""
    closed, forms = closed_words(), verb_forms()
    start_of_text = True
    for word, low in zip(sentence.words, sentence.low, strict=True):
        form = forms.get(low)
        named = word[0].isupper() and not start_of_text and not shout
        tag = closed.get(low)
        if named and (form is not None or tag in ("JJ", "AV", "CD")) and not sentence.heading:
            tag, form = "NP", None
        if named and tag in ("AX", "MD", "DT", "PR") and low != "i" and word.isupper():
            tag = "NP"
        if tag is None:
            if form is not None:
                tag = "?" + form.kinds
            else:
                tag = _shape_tag(word, low, first=start_of_text, shout=shout)
                if tag == "NN" and start_of_text and word[0].isupper() and not shout:
                    tag = "NP" if word in named_words else "N?"
        sentence.tags.append(tag)
        sentence.lemmas.append(form.lemma if form is not None else low)
        if word[0].isalnum():
            start_of_text = False
        elif word in '“"«:':
            start_of_text = True


def _previous(tags: list[str], i: int) -> int:
    """Index of the nearest word before `i` that is no adverb, negation or quotation mark."""
    i -= 1
    while i >= 0 and tags[i] in ("AV", "NG", "QT"):
        i -= 1
    return i


def _next_tag(tags: list[str], i: int) -> str:
    i += 1
    while i < len(tags) and tags[i] in ("AV", "QT"):
        i += 1
    return tags[i] if i < len(tags) else "PU"


def _later_finite(sentence: Sentence, i: int) -> bool:
    """Whether a finite verb follows in the same stretch, with nothing that opens a clause."""
    tags, low = sentence.tags, sentence.low
    for j in range(i + 1, min(len(tags), i + LOOKAHEAD)):
        tag = tags[j]
        if tag in ("PU", "CC", "SC", "WH") and sentence.low[j] not in ("“", "”", '"'):
            return False
        if tag in ("AX", "MD"):
            return sentence.low[j] not in ("being", "having", "been", "be")
        if low[j] == "that":
            return False
        if tag == "?D" or (tag == "?Z" and not verb_forms()[low[j]].noun):
            return True
    return False


def _earlier_verb(a: "Around") -> bool:
    """Whether the stretch before already has its finite verb, or opens with "with"."""
    tags, low, i = a.sentence.tags, a.sentence.low, a.i
    for j in range(i - 1, max(-1, i - LOOKAHEAD), -1):
        if tags[j] in ("PU", "SC", "WH"):
            return j + 1 < i and low[j + 1] in ("with", "including")
        if tags[j] == "VF" and a.sentence.lemmas[j] in cues("en", "verb"):
            return False
        if tags[j] in ("VF", "MD") or (tags[j] == "AX" and low[j] not in ("being", "having")):
            return True
    return low[0] == "with"


def _that(sentence: Sentence, i: int) -> str:
    """Whether "that" opens a complement (SC), a relative clause (WH) or is a determiner."""
    tags = sentence.tags
    p = _previous(tags, i)
    before = tags[p] if p >= 0 else "PU"
    after = _next_tag(tags, i)
    if i and (after in ("AX", "MD", "VF") or after.startswith(("?D", "?Z", "?BD"))):
        return "WH" if before in NOMINAL else "DT"
    verbal = before[0] in "V?" or before in ("PU", "CC", "JJ") or before in NOMINAL
    if i and verbal and after in ("DT", "PR", "NP", "JJ", "CD", "PP", "SC", "QT", "AV", "PU", "VG"):
        return "SC"
    if i and verbal and after in ("NN", "?B", "?Z"):
        return "SC" if before[0] in "V?" or _plural(sentence.low[i + 1]) else "DT"
    return "DT"


def _plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


@dataclass(frozen=True, slots=True)
class Around:
    """A verb form in doubt, and what stands beside it (adverbs and quotation marks left out)."""

    sentence: Sentence
    i: int
    kinds: str
    noun: bool
    """Whether the form may be a noun."""
    before: str
    word_before: str
    after: str

    @property
    def base(self) -> bool:
        """Whether it is a base form."""
        return self.kinds == "B"

    @property
    def after_nominal(self) -> bool:
        """Whether a noun stands before it."""
        return self.before in BEFORE_VERB


def _around(sentence: Sentence, i: int, kinds: str) -> Around:
    p = _previous(sentence.tags, i)
    form = verb_forms().get(sentence.low[i])
    return Around(
        sentence,
        i,
        kinds,
        form.noun if form is not None else True,
        sentence.tags[p] if p >= 0 else "PU",
        sentence.low[p] if p >= 0 else "",
        _next_tag(sentence.tags, i),
    )


Rules: TypeAlias = tuple[tuple[Callable[[Around], bool], str], ...]

PRESENT_RULES: Rules = (
    (lambda a: a.before in ("TO", "MD"), "VI"),
    (lambda a: a.before == "AX" and a.word_before in DO, "VI"),
    (lambda a: a.before == "AX", "NN"),
    (lambda a: a.before == "PR" and a.word_before in OBJECT_PRONOUNS and not a.base, "NN"),
    (lambda a: a.before in ("PR", "WH") or a.word_before == "that", "VF"),
    (lambda a: not a.noun and a.before in VERB_PLACES, "VF"),
    (lambda a: not a.noun or a.before in NOUN_PLACES, "NN"),
    (lambda a: a.before in NAMES and a.after in ("DT", "PR", "SC", "WH"), "VF"),
    (lambda a: a.before == "NP" and not a.base and a.after in OBJECT_TAGS, "VF"),
    (lambda a: _numbers_differ(a) and a.after in ("NP", "CD"), "NN"),
    (lambda a: _agrees(a) and a.after in ("NP", "CD", "TO"), "VF"),
)
"""How a base or -s form is read, first match wins; "NN" where none fits."""

PAST_RULES: Rules = (
    (lambda a: a.before == "DT" and a.after in ("PP", "PU", "AX", "MD", "CC"), "NN"),
    (lambda a: a.i == 0 and a.kinds != "D" and a.after in NOUN_TAGS - {"JJ"}, "JN"),
    (lambda a: a.before == "AX" and a.word_before in HAVE | BE, "VN"),
    (lambda a: a.before in ADJECTIVE_PLACES and a.after in NOUN_TAGS, "JN"),
    (lambda a: a.kinds == "D", "VF"),
    (lambda a: a.before == "PP" and a.after in ("NN", "JJ", "NP", "?Z"), "JN"),
    (lambda a: a.before in ("SC", "MD"), "VN"),
    (lambda a: (a.after_nominal or a.before == "PU") and _reduced(a), "VN"),
    (lambda a: a.after_nominal and a.after in ("PP", "TO", "PU") and _earlier_verb(a), "VN"),
    (lambda a: a.after == "PP" and "by" in a.sentence.low[a.i + 1 : a.i + 2], "VN"),
    (lambda a: a.before == "PU" and a.word_before != "" and a.after in ("PP", "TO"), "VN"),
    (lambda a: a.kinds == "N", "VN"),
)
"""How a past form is read, first match wins; "VF" where none fits."""


def _numbers_differ(a: Around) -> bool:
    return a.before in ("NN", "N?") and a.base != _plural(a.word_before)


def _agrees(a: Around) -> bool:
    return a.before == "NN" and a.word_before.endswith("s") == a.base


def _reduced(a: Around) -> bool:
    return a.after in ("PP", "TO", "PU", "CC") and _later_finite(a.sentence, a.i)


def _first_rule(rules: Rules, around: Around, default: str) -> str:
    return next((tag for holds, tag in rules if holds(around)), default)


def _gerund(sentence: Sentence, i: int) -> str:
    tags = sentence.tags
    p = _previous(tags, i)
    before = tags[p] if p >= 0 else "PU"
    after = _next_tag(tags, i)
    if before in ("DT", "JJ", "PS") and after in ("NN", "NP", "?B", "?Z"):
        return "JN"
    noun = sentence.low[i] in word_set("gerund_nouns") and after not in ("DT", "NP", "PR", "CD")
    if before in ("DT", "JJ", "PS") or (noun and before in ("PP", "NN", "NP", "CC")):
        return "NN"
    return "VG"


def _settled(sentence: Sentence, i: int) -> str:
    """The tag of a word that the first pass left open."""
    tag = sentence.tags[i]
    if sentence.low[i] == "that":
        return _that(sentence, i)
    if tag == "N?":
        named = _next_tag(sentence.tags, i) in ("NP", "?Z", "?D", "AX", "MD")
        return "NP" if named else "NN"
    if tag == "VG" or "G" in tag[1:]:
        return _gerund(sentence, i)
    return _settled_verb(sentence, i, tag[1:]) if tag[0] == "?" else tag


def _settled_verb(sentence: Sentence, i: int, kinds: str) -> str:
    around = _around(sentence, i, kinds)
    if kinds in ("B", "Z"):
        return _first_rule(PRESENT_RULES, around, "NN")
    if kinds[0] in "BZ" and around.before in ("TO", "MD"):
        return "VI"
    if kinds[0] in "BZ" and around.before in ("DT", "JJ", "PS", "PP"):
        return "NN"
    return _first_rule(PAST_RULES, around, "VF")


def _second_pass(sentence: Sentence) -> None:
    for i, tag in enumerate(sentence.tags):
        if tag[0] == "?" or tag in ("N?", "VG") or sentence.low[i] == "that":
            sentence.tags[i] = _settled(sentence, i)


def _possessive(sentence: Sentence) -> None:
    """Tell the possessive 's from the verb."""
    tags, low = sentence.tags, sentence.low
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
    for i in range(start + 1, end - 1):
        form = forms.get(sentence.low[i])
        if form is None or tags[i] not in ("NN", "NP") or tags[i - 1] not in ("NN", "NP"):
            continue
        plural = _plural(sentence.low[i - 1])
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


def _rescue_stretches(sentence: Sentence) -> None:
    """Find the verb of the sentence, and of each stretch that a subordinator opens."""
    tags = sentence.tags
    _rescue(sentence, 0, len(tags))
    _rescue_cue(sentence)
    for i, tag_ in enumerate(tags):
        if tag_ in ("SC", "WH"):
            end = i + 1
            while end < len(tags) and tags[end] not in ("PU", "SC", "WH"):
                end += 1
            _rescue(sentence, i + 1, end)


def _fixed(sentence: Sentence) -> None:
    """Reads "as well as" joins like "and"; "such as" is a preposition."""
    low, tags = sentence.low, sentence.tags
    for i in range(len(low) - 2):
        if low[i] == "as" and low[i + 1] == "well" and low[i + 2] == "as":
            tags[i : i + 3] = ["CC", "CC", "CC"]
        elif low[i] == "such" and low[i + 1] == "as":
            tags[i : i + 2] = ["PP", "PP"]
        elif (
            (low[i] == "at" and low[i + 1] in ("least", "most"))
            or (low[i] == "up" and low[i + 1] == "to" and tags[i + 2] == "CD")
            or (
                low[i + 1] == "than" and low[i] in ("more", "less", "fewer") and tags[i + 2] == "CD"
            )
        ):
            tags[i : i + 2] = ["AV", "AV"]
        elif low[i + 1] == "likely" and tags[i] == "MD":
            tags[i + 1] = "AV"


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
    sentence: Sentence, named_words: frozenset[str] = frozenset(), *, shout: bool = False
) -> None:
    """Fill the tags and lemmas of a sentence.

    `named_words` are words that the document writes with a capital inside sentences; `shout`
    says that capitals mean nothing.
    """
    _first_pass(sentence, named_words, shout=shout)
    _fixed(sentence)
    _possessive(sentence)
    _second_pass(sentence)
    _rescue_stretches(sentence)
    _prepositional(sentence)
