"""Word classes in doubt: verb or noun, past or participle, and what "that" is, by ordered rules."""

from collections.abc import Callable
from typing import TypeAlias

import msgspec

from firsthand.claims.lexicon import cues, word_set
from firsthand.claims.tokens import Sentence
from firsthand.claims.verbs import verb_forms

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
OBJECTS = frozenset(("DT", "CD", "NP"))
"""What follows a past form that has an object: "killed two deminers"."""
CLAUSE_ENDS = frozenset(("PU", "PP", "CC", "SC"))
"""What follows a verb without an object."""
OPENED = frozenset(("PP", "MD", "AX", "VF"))
"""What follows a noun of doing that opens a sentence."""
LOOKAHEAD = 25
"""Words searched for a later finite verb, before a participle is read as a reduced clause."""


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
        if tag == "AX" and tags[j - 1] == "TO":
            continue
        if tag in ("AX", "MD"):
            return sentence.low[j] not in ("being", "having", "been", "be")
        if low[j] == "that":
            return False
        alone = tags[j - 1] not in ("AX", "TO", "MD")
        if alone and tag[0] == "?" and "D" in tag[:3] and _next_tag(tags, j) in OBJECTS:
            return True
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
    if sentence.low[i + 1 : i + 2] in ([","], [":"], ["."], [";"]):
        spoken = sentence.low[i + 1] == "," and tags[i + 2 : i + 3] != ["VG"]
        return "SC" if spoken and before[0] in "V?" else "DT"
    subject = (before in NOMINAL or before[0] in "V?") and _plural_subject(sentence, i + 1)
    described = after[:2] == "?D" and tags[i + 2 : i + 3] in (["NN"], ["NP"])
    if i and (subject or (described and before[0] in "V?")):
        return "SC"
    if i and (after in ("AX", "MD", "VF") or after.startswith(("?D", "?Z", "?BD"))):
        return "WH" if before in NOMINAL else "DT"
    return _that_complement(sentence, i, before, after)


def _that_complement(sentence: Sentence, i: int, before: str, after: str) -> str:
    """Whether "that" opens a complement or only points, by what stands before and behind it."""
    verbal = before[0] in "V?" or before in ("PU", "CC", "JJ") or before in NOMINAL
    verbal = verbal or (
        before == "PR" and sentence.low[_previous(sentence.tags, i)] in OBJECT_PRONOUNS
    )
    if i and verbal and after in ("DT", "PR", "NP", "JJ", "CD", "PP", "SC", "QT", "AV", "PU", "VG"):
        return "SC"
    if i and verbal and after in ("NN", "?B", "?Z"):
        told = before[0] in "V?" or before == "TM"
        return "SC" if told or is_plural(sentence.low[i + 1]) else "DT"
    return "DT"


def _plural_subject(sentence: Sentence, i: int) -> bool:
    """Whether a plural noun that could be a verb is the subject here: "that shells hit"."""
    if i + 1 >= len(sentence.tags):
        return False
    form = verb_forms().get(sentence.low[i])
    noun = form is not None and form.noun and is_plural(sentence.low[i])
    after = sentence.tags[i + 1]
    return noun and (after in ("AX", "MD") or (after[0] == "?" and "D" in after))


def is_plural(word: str) -> bool:
    """Whether a noun looks plural."""
    if word in word_set("plurals"):
        return True
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


class Around(msgspec.Struct, frozen=True, gc=False):
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


CLASSES = {"NOUN": "NN", "PROPN": "NN", "VERB": "VF", "ADJ": "JJ"}
"""What the universal class of a base or -s form makes of it."""


def unlisted_verb(sentence: Sentence, i: int) -> str:
    """The tag of a verb that no table lists, by its ending and the word before it."""
    if not sentence.words[i].islower():
        return "NN"
    if sentence.low[i].endswith("ing"):
        return "VG"
    p = _previous(sentence.tags, i)
    helped = p >= 0 and sentence.tags[p] == "AX" and sentence.low[p] in HAVE | BE
    return "VN" if helped and sentence.low[i].endswith("ed") else _present_verb(sentence, i)


def _present_verb(sentence: Sentence, i: int) -> str:
    """The tag of a base or -s form that is a verb."""
    p = _previous(sentence.tags, i)
    before = sentence.tags[p] if p >= 0 else "PU"
    helped = before == "AX" and sentence.low[p] in DO
    return "VI" if before in ("TO", "MD") or helped else "VF"


Rules: TypeAlias = tuple[tuple[Callable[[Around], bool], str], ...]


def _shows(a: Around) -> bool:
    """Whether an -s form after a singular noun tells: "footage from the town shows tanks"."""
    form = verb_forms().get(a.sentence.low[a.i])
    if form is None or a.kinds != "Z" or a.before != "NN" or form.lemma not in cues("en", "verb"):
        return False
    tags = a.sentence.tags
    told = a.after in ("NN", "JJ", "DT", "CD", "NP", "?B", "?Z", "SC") and not _numbers_differ(a)
    return told and not any(tag in ("VF", "AX", "MD", "?D", "WH") for tag in tags[: a.i])


def _counts(a: Around) -> bool:
    """Whether an -s form behind a comma gives a figure: ", counts 28", ", puts the toll at 9"."""
    form = verb_forms().get(a.sentence.low[a.i])
    counting = form is not None and form.lemma in word_set("counting_verbs")
    return counting and a.kinds == "Z" and a.word_before == "," and a.after in ("CD", "DT")


PRESENT_RULES: Rules = (
    (lambda a: a.before in ("TO", "MD"), "VI"),
    (lambda a: a.before == "AX" and a.word_before in DO, "VI"),
    (lambda a: a.before == "AX", "NN"),
    (lambda a: a.before == "PR" and a.word_before in OBJECT_PRONOUNS and not a.base, "NN"),
    (lambda a: a.noun and a.word_before == "that" and a.after in ("AX", "MD"), "NN"),
    (lambda a: a.before in ("PR", "WH") or a.word_before == "that", "VF"),
    (lambda a: not a.noun and a.before in VERB_PLACES, "VF"),
    (lambda a: not a.noun or a.before in NOUN_PLACES, "NN"),
    (lambda a: a.before in NAMES and a.after in ("DT", "PR", "SC", "WH"), "VF"),
    (lambda a: _shows(a) or _counts(a), "VF"),
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
    (lambda a: a.sentence.lemmas[a.i - 1] in word_set("copular"), "VN"),
    (lambda a: a.kinds == "D", "VF"),
    (lambda a: a.before == "PP" and a.after in ("NN", "JJ", "NP", "?Z"), "JN"),
    (lambda a: a.before in ("SC", "MD"), "VN"),
    (lambda a: (a.after_nominal or a.before == "PU") and _reduced(a), "VN"),
    (lambda a: a.after_nominal and a.after in ("PP", "TO", "PU") and _earlier_verb(a), "VN"),
    (lambda a: a.after == "PP" and _done_by(a), "VN"),
    (lambda a: a.after_nominal and a.sentence.low[a.i] in word_set("reduced"), "VN"),
    (lambda a: a.before == "CC" and a.after in CLAUSE_ENDS and _passive_before(a), "VN"),
    (lambda a: a.before == "PU" and a.word_before != "" and _apart(a), "VN"),
    (lambda a: a.kinds == "N", "VN"),
)
"""How a past form is read, first match wins; "VF" where none fits."""


def _done_by(a: Around) -> bool:
    """Whether "by" follows, an adverb between left out: "the attack staged yesterday by"."""
    for j in range(a.i + 1, min(len(a.sentence), a.i + 4)):
        if a.sentence.tags[j] not in ("AV", "QT"):
            return a.sentence.low[j] == "by"
    return False


def _passive_before(a: Around) -> bool:
    """Whether a passive stands before "and": "was found guilty and executed"."""
    tags, low = a.sentence.tags, a.sentence.low
    for j in range(a.i - 1, max(0, a.i - LOOKAHEAD), -1):
        if tags[j] in ("VF", "MD", "SC", "WH", "VG"):
            return False
        if tags[j] in ("VN", "AX") or tags[j].startswith("?"):
            return tags[j] == "VN" and low[j - 1] in BE
    return False


def _numbers_differ(a: Around) -> bool:
    return a.before in ("NN", "N?") and a.base != is_plural(a.word_before)


def _agrees(a: Around) -> bool:
    return a.before == "NN" and a.word_before.endswith("s") == a.base


def _reduced(a: Around) -> bool:
    return a.after in ("PP", "TO", "PU", "CC") and _later_finite(a.sentence, a.i)


def _apart(a: Around) -> bool:
    """Whether a past form behind a comma only describes: ", held in a cell"; not ", shut down a mill"."""
    if a.after not in ("PP", "TO"):
        return False
    particle = a.sentence.low[a.i + 1] in word_set("particles")
    return not particle or a.sentence.tags[a.i + 2 : a.i + 3] in (["PP"], ["PU"], ["TO"])


def _first_rule(rules: Rules, around: Around, default: str) -> str:
    for holds, tag in rules:
        if holds(around):
            return tag
    return default


def _gerund(sentence: Sentence, i: int) -> str:
    tags = sentence.tags
    p = _previous(tags, i)
    before = tags[p] if p >= 0 else "PU"
    after = _next_tag(tags, i)
    if before in ("DT", "JJ", "PS") and after in ("NN", "NP", "?B", "?Z"):
        return "JN"
    if sentence.low[i] == "warning" and sentence.low[i + 1 : i + 2] in (["shot"], ["shots"]):
        return "NN"
    noun = sentence.low[i] in word_set("gerund_nouns") and after not in ("DT", "NP", "PR", "CD")
    if before in ("DT", "JJ", "PS") or (noun and before in ("PP", "NN", "NP", "CC")):
        return "NN"
    opens = before in ("PU", "SC", "VF", "VN") and (
        after in OPENED or (after[0] == "?" and "D" in after)
    )
    if noun and opens:  # "Fighting between …", "Shelling killed …"
        return "NN"
    return "VG"


def settled(sentence: Sentence, i: int, known: str = "") -> str:
    """The tag of a word that the first pass left open; `known` is its class by another reader."""
    tag = sentence.tags[i]
    if sentence.low[i] == "that":
        return _that(sentence, i)
    if tag == "N?":
        named = _next_tag(sentence.tags, i) in ("NP", "?Z", "?D", "AX", "MD")
        return "NP" if named else "NN"
    if tag == "VG" or "G" in tag[1:]:
        return _gerund(sentence, i)
    return _settled_verb(sentence, i, tag[1:], known) if tag[0] == "?" else tag


def _settled_verb(sentence: Sentence, i: int, kinds: str, known: str) -> str:
    if known in CLASSES and kinds in ("B", "Z"):
        return CLASSES[known] if known != "VERB" else _present_verb(sentence, i)
    around = _around(sentence, i, kinds)
    told = around.word_before == "that" and sentence.tags[i - 1] == "SC"
    if told and _plural_subject(sentence, i):
        return "NN"
    if kinds in ("B", "Z"):
        return _first_rule(PRESENT_RULES, around, "NN")
    if kinds[0] in "BZ" and around.before in ("TO", "MD"):
        return "VI"
    if kinds[0] in "BZ" and around.before in ("DT", "JJ", "PS", "PP"):
        return "NN"
    return _first_rule(PAST_RULES, around, "VF")
