"""Plain clauses: those without an event predicate, by what they are about, and idle ones left out."""

from firsthand.claims.clauses import Clause
from firsthand.claims.event_types import topic
from firsthand.claims.happening import Happening
from firsthand.claims.lexicon import cues, word_set
from firsthand.claims.tokens import Sentence

PLAIN = "topic/"
"""Opens the rule of a clause without an event predicate."""
MIN_WORDS = 3
"""A clause of fewer words without an event predicate says too little to be a claim."""
AGAIN = ("again",)
"""The types of "the rest followed": that of the event told before."""
BACK_WORDS = frozenset(("i", "he", "she", "it", "they", "we", "you", "them", "this", "that"))
"""Words that say nothing without what stands before."""
BARE_WORDS = 4
"""A clause of no event with up to this many words, none of them a name or a number, is looked at."""
SHORT_RELATIVE = 3
"""A relative clause of up to this many words, of no event, says too little to be a claim."""
SPEAKERS = frozenset(("i", "we", "you"))
BARE = frozenset(("CD", "CC", "PU", "AV", "TM", "PP"))
"""Word classes behind "counts" where a figure stands without what it counts."""
EMPTY_VERBS = frozenset(("do", "let"))
TOLD = frozenset(("CD", "NP"))
"""A relative clause of no event is a claim only with a number or a name in it."""
EMPTY_SUBJECTS = frozenset(("it", "this", "that", "which", "what"))


def plain(sentence: Sentence, clause: Clause) -> Happening | None:
    """A clause without an event predicate: its type is what its words are about."""
    verb = clause.verb
    if _made_by_name(sentence, clause):
        return Happening(
            "other", clause.start, clause.end, verb.head, sentence.lemmas[verb.head],
            "clause/by-name", clause, subject_role="agent", object_role="subject",
        )  # fmt: skip
    subject = clause.subject
    lemma = sentence.lemmas[verb.head]
    if not verb.finite or subject is None:
        return None
    rest = sentence.tags[verb.end : clause.end]
    bare = "CD" in rest[:1] and lemma in word_set("counting_verbs") and BARE.issuperset(rest)
    bare = bare or (lemma == "say" and is_bare_figure(sentence, clause))
    if clause.end - clause.start < MIN_WORDS and not bare:
        return None
    mute = lemma in cues("en", "verb") and not (clause.objects or verb.passive or verb.negated)
    empty = lemma == "be" and sentence.low[subject.head] in EMPTY_SUBJECTS and not clause.objects
    if mute or empty:
        return None
    kind = topic(sentence, clause.start, clause.end)
    again = kind == "other" and (bare or sentence.low[subject.head] in word_set("same_again"))
    idle = clause.relative and lemma in word_set("offices")
    if idle or (kind == "other" and _describes(sentence, clause)):
        return None
    return Happening(
        kind, clause.start, clause.end, verb.head, lemma, f"{PLAIN}{kind}", clause,
        subject_role=_part(sentence, clause), object_role="target", types=AGAIN if again else (),
    )  # fmt: skip


def _part(sentence: Sentence, clause: Clause) -> str:
    """The role of who stands before a plain verb: who does something to something acts."""
    verb = clause.verb
    if verb.passive:
        return "agent"
    things = any(sentence.tags[phrase.head] != "TM" for phrase in clause.objects)
    acts = things and sentence.lemmas[verb.head] not in word_set("undergoing_verbs")
    return "agent" if acts else "subject"


def is_bare_figure(sentence: Sentence, clause: Clause) -> bool:
    """Whether a number and nothing counted stands right behind the verb: "said 19 on Friday"."""
    start = clause.verb.end
    if clause.verb.passive or sentence.tags[start : start + 1] != ["CD"]:
        return False
    after = sentence.tags[start + 1 : start + 2]
    return not after or after[0] in ("PP", "AV", "TM", "PU", "CC")


def _says_nothing(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause of no event tells nothing: "I would say", "they do", "who came along"."""
    lemma = sentence.lemmas[clause.verb.head]
    subject = clause.subject
    if (
        subject is not None
        and sentence.low[subject.head] in SPEAKERS
        and lemma in cues("en", "verb")
    ):
        return True
    if lemma in EMPTY_VERBS and not clause.objects:
        return True
    return clause.relative and TOLD.isdisjoint(sentence.tags[clause.start : clause.end])


def _bare(sentence: Sentence, clause: Clause) -> bool:
    """Whether so few words tell nothing by themselves: "it did not", "he shut it", "I am wet"."""
    if clause.end - clause.start > BARE_WORDS or not TOLD.isdisjoint(
        sentence.tags[clause.start : clause.end]
    ):
        return False
    subject = clause.subject
    empty = sentence.lemmas[clause.verb.head] in word_set("bare_verbs")
    if subject is not None and sentence.low[subject.head] not in BACK_WORDS:
        return False
    if any(sentence.tags[p.head] == "NN" for p in clause.objects):
        return False
    handed = bool(clause.objects) and clause.end - clause.start < BARE_WORDS
    return empty or (handed and sentence.low[clause.objects[0].head] in BACK_WORDS)


def _describes(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause tells nothing, or only says who someone is: "who runs the clinic"."""
    if _says_nothing(sentence, clause) or _bare(sentence, clause):
        return True
    if not clause.relative or "CD" in sentence.tags[clause.start : clause.end]:
        return False
    lemma = sentence.lemmas[clause.verb.head]
    return lemma in word_set("describing") or clause.end - clause.start <= SHORT_RELATIVE


def _made_by_name(sentence: Sentence, clause: Clause) -> bool:
    """Whether a participle says who made something: "footage obtained by the Herald"."""
    verb = clause.verb
    lemma = sentence.lemmas[verb.head]
    if verb.finite or not verb.passive or lemma == "see" or lemma not in word_set("made_verbs"):
        return False
    after = sentence.low[verb.end : verb.end + 1]
    named = "NP" in sentence.tags[verb.end + 1 : verb.end + 4]
    return after == ["by"] and named
