"""Subjects: the noun phrase before a verb that no preposition governs, and those joined to it."""

from firsthand.claims.lexicon import word_set
from firsthand.claims.phrases import Phrase, VerbGroup
from firsthand.claims.tokens import Sentence

JOINERS = frozenset(
    ("and", "or", ",", "&", "as", "well", "at", "least", "about", "around", "nearly", "almost",
     "over", "more", "than", "roughly")
)  # fmt: skip


def free_subject(
    sentence: Sentence, group: VerbGroup, begin: int, phrases: list[Phrase]
) -> Phrase | None:
    """The leftmost noun phrase of the clause that no preposition governs, nearest to the verb."""
    inside = [p for p in phrases if begin <= p.start and p.end <= group.start]
    free = [p for p in inside if not (governed(sentence, p) or _bracketed(sentence, p))]
    timeless = [p for p in free if sentence.tags[p.head] != "TM"]
    pool = timeless or free
    if not pool:
        return None
    best = pool[-1]
    merged = False
    for candidate in reversed(pool[:-1]):
        gap = sentence.low[candidate.end : best.start]
        joined = gap and all(word in JOINERS for word in gap)
        if joined and (merged or gap != [","]):
            best = Phrase(candidate.start, best.end, best.head)
            merged = True
        elif gap[:1] == [","] and sentence.low[group.start - 1] == ",":
            best = candidate
        else:
            break
    return best


def _bracketed(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a phrase is a bracket: the "(NRF)" behind what it stands for."""
    before = sentence.low[phrase.start - 1] if phrase.start else ""
    return before == "(" and sentence.low[phrase.end : phrase.end + 1] == [")"]


def governed(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a preposition stands before the phrase, quantifier words ("around 20") left out."""
    i = phrase.start - 1
    while i >= 0 and sentence.tags[i] in ("AV", "QT"):
        i -= 1
    if i < 0 or sentence.tags[i] != "PP":
        return i >= 0 and sentence.tags[i] == "CC" and _governed_left(sentence, i)
    number = sentence.tags[phrase.start] == "CD"
    if number and sentence.low[i] in ("around", "about", "over", "under", "up"):
        return False
    return sentence.low[i] != "with" or phrase.end >= len(sentence)


def _governed_left(sentence: Sentence, conjunction: int) -> bool:
    """For "of X and Y": whether a preposition stands a few words before the conjunction."""
    for i in range(conjunction - 1, max(-1, conjunction - 6), -1):
        if sentence.tags[i] == "PP":
            return True
        if sentence.tags[i] in ("PU", "VF", "VI", "VN", "AX", "VG"):
            return False
    return False


def last_joined(sentence: Sentence, phrases: list[Phrase]) -> Phrase | None:
    """The last noun phrase, with those that "and" joins to it."""
    if not phrases:
        return None
    best = phrases[-1]
    for candidate in reversed(phrases[:-1]):
        if sentence.low[candidate.end : best.start] != ["and"]:
            break
        best = Phrase(candidate.start, best.end, best.head)
    return best


def taken_up(sentence: Sentence, phrases: list[Phrase]) -> list[Phrase]:
    """The phrases up to the one that "who" takes up: "the mayor of Harrow, in Fenland, who"."""
    last = len(phrases)
    while last > 1:
        phrase = phrases[last - 1]
        word = sentence.low[phrase.start - 1] if phrase.start else ""
        named = sentence.tags[phrase.head] == "NP"
        if not (word in word_set("locative") or (word == "of" and named)):
            break
        last -= 1
    return phrases[:last] if last else phrases
