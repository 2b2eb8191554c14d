"""Rejections: the words of a sentence that somebody says are not so, by what rejects them."""

from functools import cache

from firsthand.claims.lexicon import word_set
from firsthand.claims.tokens import Sentence
from firsthand.resources import read_table

WORDS = "lexicons/rejection_words.tsv"
OPENERS = frozenset(("that", "of", "about", "according", "in", "on"))
"""What stands between "reports" and what is reported; a comma may stand between too."""
FAR = 8
"""Words between a rejecting verb and the assertion it rejects, and between that and its content."""
PREDICATE = 4
"""Words behind "was" in which the judgement "without foundation" begins."""
LONGEST = 60
"""Words of content in which what is said of an assertion is looked for."""
SUBJECT = frozenset(("DT", "NP", "PR", "CD"))
FINITE = frozenset(("VF", "MD", "AX"))
NOT = frozenset(("not", "n't", "never", "neither", "nor", "without", "cannot"))
"""Words that turn a rejection round, as verbs of holding back do: "declined to deny"."""
GOES_ON = frozenset(("VG", "CC", "WH", "VF"))
"""Word classes behind the comma that ends what was asserted: ", calling it a fable"."""
CLOSED = frozenset(("PU", "WH", "SC", "VF", "AX", "MD"))
BOUNDS = frozenset(("that", "in", "after", "before", "since", "during"))
"""What ends the noun phrase of what is ruled out."""
SPEAKERS = frozenset(
    ("i", "we", "he", "she", "it", "they", "my", "our", "his", "her", "its", "their")
)
"""Words of one who speaks of himself."""
LACKS = frozenset(("aid_delivery", "humanitarian_condition", "other"))
"""Types of which whoever says that nothing was done complains, and denies nothing."""
STOPS = frozenset((".", ";", ":", "?", "!", "—", "–"))


@cache
def _phrases(word_class: str) -> dict[str, tuple[list[str], ...]]:
    """The phrases of a class by their first word, longest first."""
    found: dict[str, list[list[str]]] = {}
    for row in read_table(WORDS):
        if row["class"] == word_class:
            words = row["words"].split()
            found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(rows, key=lambda r: (-len(r), r))) for first, rows in found.items()}


def _match(sentence: Sentence, i: int, word_class: str) -> int:
    """One past a phrase of a class that begins at a token, by its lemma or form; 0 where none."""
    by_first = _phrases(word_class)
    for first in (sentence.lemmas[i], sentence.low[i]):
        for words in by_first.get(first, ()):
            if sentence.low[i + 1 : i + len(words)] == words[1:]:
                return i + len(words)
    return 0


def _upheld(sentence: Sentence, i: int) -> bool:
    """Whether a word before turns a rejection round: "did not deny", "refused to rule out"."""
    before = range(max(0, i - 3), i)
    held = word_set("held_back")
    return any(sentence.low[j] in NOT or sentence.lemmas[j] in held for j in before)


def rejections(sentence: Sentence) -> list[tuple[int, int]]:
    """The token ranges that are said not to be so."""
    found: list[tuple[int, int]] = []
    nouns = word_set("assertions")
    if not nouns.isdisjoint(sentence.low):
        for i, word in enumerate(sentence.low):
            if word in nouns and (content := _content(sentence, i)):
                found.extend(_rejected(sentence, i, content))
    for i in range(len(sentence)):
        after = _match(sentence, i, "excludes")
        if after and not _upheld(sentence, i):
            found.append((after, _excluded_end(sentence, after)))
    return found


def _excluded_end(sentence: Sentence, start: int) -> int:
    """One past what is ruled out itself: "arson" of "arson in the blaze that killed six"."""
    if "that" in sentence.low[start - 1 : start + 1]:
        return _end(sentence, start)
    for j in range(start, len(sentence)):
        if sentence.tags[j] in CLOSED or sentence.low[j] in BOUNDS:
            return j
    return len(sentence)


def _content(sentence: Sentence, i: int) -> int:
    """Where what an assertion says begins; 0 where nothing is said of it."""
    low, tags = sentence.low, sentence.tags
    for j in range(i + 1, min(len(sentence), i + FAR)):
        if low[j] in STOPS or tags[j] in FINITE:
            return 0
        if low[j] == "that":
            return j + 1
        if j == i + 1 and tags[j] in SUBJECT and _verb_near(sentence, j):
            return j
        if low[j] in OPENERS and (j == i + 1 or low[j] in ("of", "according")):
            later = low[j + 1 : j + FAR]
            return j + 2 + later.index("that") if low[j] == "of" and "that" in later else j + 1
    return 0


def _verb_near(sentence: Sentence, start: int) -> bool:
    """Whether a clause follows without "that": "claims the rebels had seized the airfield"."""
    behind = sentence.tags[start + 1 : start + FAR]
    ends = next((k for k, tag in enumerate(behind) if tag in ("PU", "SC", "WH", "PP")), len(behind))
    return not FINITE.isdisjoint(behind[:ends])


def _rejected(sentence: Sentence, i: int, content: int) -> list[tuple[int, int]]:
    for r in range(i - 1, max(-1, i - FAR - 1), -1):
        after = _match(sentence, r, "rejects")
        if after and after <= i:
            return [] if _upheld(sentence, r) else [(content, _end(sentence, content))]
        if sentence.low[r] in STOPS or sentence.tags[r] in FINITE - {"VF"}:
            break
    called = any(sentence.lemmas[r] in word_set("judging_lemmas") for r in range(max(0, i - 4), i))
    end = _called_false(sentence, content) if called else _said_false(sentence, content)
    return [(content, end)] if end else []


def _called_false(sentence: Sentence, start: int) -> int:
    """Where "called the report of a raid “a lie”" has its judgement; 0 where there is none."""
    for k in range(start + 1, min(len(sentence), start + LONGEST)):
        if sentence.low[k] in STOPS:
            return 0
        if _match(sentence, k, "false"):
            return k
    return 0


def _said_false(sentence: Sentence, start: int) -> int:
    """Where "was without foundation" or "were dismissed" begins behind an assertion; 0 for none."""
    low = sentence.low
    for k in range(start + 1, min(len(sentence), start + LONGEST)):
        if low[k] in STOPS:
            return 0
        if sentence.lemmas[k] not in word_set("judging_verbs"):
            continue
        if not NOT.isdisjoint(low[k + 1 : k + 3]) and low[k + 1 : k + 2] != ["without"]:
            continue
        for j in range(k + 1, min(len(sentence), k + 1 + PREDICATE)):
            passive = sentence.tags[j] == "VN" and _match(sentence, j, "rejects")
            if passive or _match(sentence, j, "false"):
                return k
    return 0


def _end(sentence: Sentence, start: int) -> int:
    """One past what was asserted: before a stop, or a comma behind which someone goes on."""
    for j in range(start, len(sentence)):
        if sentence.low[j] in STOPS:
            return j
        after = sentence.tags[j + 1 : j + 2]
        if sentence.low[j] == "," and after and after[0] in GOES_ON:
            return j
    return len(sentence)


def insists(sentence: Sentence, start: int, head: int, kind: str) -> bool:
    """Whether a sentence holds words that make what it says was not into a denial.

    "Insisted that it had not fired", "brushing aside the boast, said that nothing was lost"; not
    "residents insist that no bread has come".
    """
    own = not SPEAKERS.isdisjoint(sentence.low[start:head])
    for i in range(len(sentence)):
        near = _match(sentence, i, "rejects")
        if own or kind not in LACKS:
            near = near or _match(sentence, i, "insists")
        if near and not near > head >= i and not _upheld(sentence, i):
            return True
    return False


def turns_down(sentence: Sentence, cue: int, start: int, end: int) -> bool:
    """Whether what is rejected is no assertion: "rejected the plan", "dismissed 40 workers"."""
    if sentence.lemmas[cue] not in word_set("turning_down"):
        return False
    words = sentence.low[start:end]
    return "as" not in words and word_set("assertions").isdisjoint(words)
