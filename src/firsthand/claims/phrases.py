"""Phrases: noun phrases and verb groups of a tagged sentence."""

import msgspec
from msgspec.structs import replace

from firsthand.claims.doubts import BE, HAVE
from firsthand.claims.lexicon import word_set
from firsthand.claims.tokens import Sentence

INNER = frozenset(("DT", "JJ", "NN", "NP", "CD", "JN", "PS", "TM"))
HEADS = frozenset(("NN", "NP", "CD", "TM"))
VERBS = frozenset(("VF", "VN", "VG", "VI"))
LIGHT = frozenset(("AV", "NG"))
BRACKET = 10
"""Tokens of a bracket that a noun phrase may run through."""


class Phrase(msgspec.Struct, frozen=True, gc=False):
    """A noun phrase: token range and head index."""

    start: int
    end: int
    head: int


class VerbGroup(msgspec.Struct, frozen=True, gc=False):
    """Auxiliaries, chained verbs and the last lexical verb, which is the head."""

    start: int
    end: int
    head: int
    first: int
    """The first lexical verb: "managed" of "managed to capture"."""
    finite: bool
    passive: bool
    negated: bool
    modal: str
    chain: tuple[str, ...] = ()
    """Lemmas of the verbs before the head."""


def noun_phrases(sentence: Sentence) -> list[Phrase]:
    """Maximal runs of determiners, adjectives, numbers and nouns that end in a noun, in order."""
    found: list[Phrase] = []
    tags = sentence.tags
    i, n = 0, len(tags)
    while i < n:
        if tags[i] == "PR":
            found.append(Phrase(i, i + 1, i))
        elif tags[i] in INNER and tags[i] != "PS":
            stop, head = _run(sentence, i)
            if head >= 0:
                found.append(Phrase(i, head + 1, head))
            elif tags[i] == "DT" and sentence.low[i] in word_set("lone_determiners"):
                found.append(Phrase(i, i + 1, i))
            i = max(stop, i + 1)
            continue
        i += 1
    return found


def _run(sentence: Sentence, start: int) -> tuple[int, int]:
    """One past a run that may be a noun phrase, and its head (-1: it has none)."""
    tags, n = sentence.tags, len(sentence)
    j, head = start, -1
    while j < n and (tags[j] in INNER or _joins(sentence, j, start)):
        if sentence.low[j] == "(":
            j = _bracket_end(sentence, j)
        if j > start and tags[j] == "DT" and head >= 0:
            break
        if tags[j] in HEADS:
            head = j
        j += 1
    last = j - 1
    lone = tags[last] in ("JJ", "JN") or sentence.low[last] in word_set("lone_determiners")
    adjectival = tags[start] == "DT" and start + 1 < j < n and lone
    return j, (last if head < 0 and adjectival else head)


def _joins(sentence: Sentence, j: int, start: int) -> bool:
    """Whether a quotation mark or "&" stands inside a noun phrase."""
    if j == start or j + 1 >= len(sentence):
        return False
    tags = sentence.tags
    after = tags[j + 1]
    if sentence.low[j] == "(" and tags[j - 1] == "NP":
        return _bracket_end(sentence, j) > j
    if tags[j] == "QT":
        return after in INNER and after != "DT" and tags[j - 1] in ("DT", "JJ", "JN", "NN")
    if sentence.low[j] == "&":
        return tags[j - 1] == "NP" and after == "NP"
    return tags[j] == "AV" and tags[j - 1] in ("DT", "JJ") and after in ("JJ", "JN", "NN")


def _bracket_end(sentence: Sentence, j: int) -> int:
    """The token behind a short bracket inside a name ("Front (FF) fighters"), else `j`."""
    for k in range(j + 1, min(j + BRACKET, len(sentence) - 1)):
        if sentence.low[k] == ")":
            return k + 1 if sentence.tags[k + 1] in ("NN", "NP", "JJ", "JN") else j
    return j


def _absorb(sentence: Sentence, i: int) -> tuple[int, str, bool, bool, bool]:
    """Read auxiliaries from `i`: next index, modal, negated, be-form last, whether finite."""
    tags, low = sentence.tags, sentence.low
    modal, negated, passive, finite = "", False, False, False
    while i < len(tags):
        tag = tags[i]
        if tag == "MD":
            modal, finite = low[i].removesuffix("n't"), True
            passive = False
        elif tag == "AX":
            passive = low[i] in BE
            finite = finite or low[i] not in ("been", "being", "having", "be")
        elif tag == "PP" and low[i] == "for" and finite and (after := _after_span(tags, i)):
            i = after
            continue
        elif tag == "QT" and i + 1 < len(tags) and tags[i + 1] in ("AV", "VN", "VG"):
            pass
        elif tag not in LIGHT and not (tag == "TO" and i + 1 < len(tags) and low[i + 1] == "be"):
            break
        negated = negated or tag == "NG" or low[i].endswith("n't") or low[i] in ("cannot", "hardly")
        i += 1
    return i, modal, negated, passive, finite


def _after_span(tags: list[str], i: int) -> int:
    """Index of the participle in "has for years tried", or 0."""
    for j in range(i + 2, min(len(tags), i + 5)):
        if tags[j] == "VN":
            return j
        if tags[j] not in ("NN", "CD", "DT", "JJ", "TM"):
            return 0
    return 0


def _chain(sentence: Sentence, head: int) -> tuple[int, list[str], bool, bool]:
    """Follow "managed to capture", "started moving": last head, lemmas passed, passive, negated."""
    tags, low, lemmas = sentence.tags, sentence.low, sentence.lemmas
    passed: list[str] = []
    passive = negated = False
    chained, be_to = word_set("chain_verbs"), word_set("be_to")
    copular = word_set("copular")
    while (
        lemmas[head] in chained
        or lemmas[head] in be_to
        or lemmas[head] in copular
        or (tags[head] == "VN" and not passed)
    ):
        j = head + 1
        while j < len(tags) and tags[j] in LIGHT:
            negated = negated or tags[j] == "NG"
            j += 1
        if j + 1 < len(tags) and tags[j] == "TO":
            k = j + 1
            while k + 1 < len(tags) and (tags[k] in LIGHT or low[k] in ("be", "have", "been")):
                k += 1
            if low[k - 1] in ("be", "been") and tags[k] == "VN":
                passive = True
            if tags[k] in VERBS:
                passed.append(lemmas[head])
                head = k
                continue
        if j < len(tags) and tags[j] == "VN" and lemmas[head] in word_set("copular"):
            return j, [lemmas[head]], True, negated
        if j < len(tags) and tags[j] == "VG" and lemmas[head] in word_set("chain_verbs"):
            passed.append(lemmas[head])
            head = j
            continue
        break
    return head, passed, passive, negated


def verb_groups(sentence: Sentence) -> list[VerbGroup]:
    """Every verb group, in order; a lone be or have is its own head."""
    groups: list[VerbGroup] = []
    tags = sentence.tags
    i, n = 0, len(tags)
    while i < n:
        tag = tags[i]
        if tag not in VERBS and tag not in ("AX", "MD", "TO"):
            i += 1
            continue
        start = i
        i, modal, negated, be_last, finite = _absorb(sentence, i)
        if be_last and not modal and finite and _is_to(sentence, start, i):
            modal, i, be_last = "to", i + 1, False
            i, _, negated_too, be_last, _ = _absorb(sentence, i)
            negated = negated or negated_too
        if i < n and tags[i] == "TO" and i == start:
            i += 1
            i, modal, negated, be_last, _ = _absorb(sentence, i)
            finite = False
        if i < n and (tags[i] in VERBS or (be_last and _leads_on(sentence, i))):
            group = _lexical(sentence, start, i, (modal, negated, be_last, finite))
        else:
            head = i - 1
            while head > start and tags[head] not in ("AX", "MD"):
                head -= 1
            if tags[head] == "AX":
                lemma = "be" if sentence.low[head] in BE else "have"
                sentence.lemmas[head] = lemma
                group = VerbGroup(
                    start, head + 1, head, head, finite, passive=False, negated=negated, modal=modal
                )
            else:
                i = max(i, start + 1)
                continue
        if start and tags[start - 1] == "NG":
            group = replace(group, negated=True)
        groups.append(group)
        i = max(group.end, start + 1)
    return groups


def _is_to(sentence: Sentence, start: int, i: int) -> bool:
    """Whether "are to open" stands here, what is arranged; "the aim is to open" is not it."""
    tags = sentence.tags
    verb = i + 1 < len(tags) and tags[i] == "TO" and tags[i + 1] in ("VI", "AX")
    return verb and start > 0 and sentence.low[start - 1] not in word_set("aims")


def _leads_on(sentence: Sentence, i: int) -> bool:
    """Whether "likely to", "due to", "set to" with a verb stands here behind a form of be."""
    tags = sentence.tags
    verb = i + 2 < len(tags) and tags[i + 1] == "TO" and tags[i + 2] in ("VI", "AX")
    return verb and sentence.low[i] in word_set("be_to")


def lone_past(sentence: Sentence, i: int) -> bool:
    """Whether a past form in a heading tells what was done: "Two villagers killed in raid"."""
    if not sentence.heading or sentence.lemmas[i] not in word_set("undergone"):
        return False
    return sentence.tags[i] == "VF" and sentence.tags[i + 1 : i + 2] in (
        [], ["PP"], ["SC"], ["PU"], ["TM"], ["AV"]
    )  # fmt: skip


def _lexical(
    sentence: Sentence, start: int, first: int, state: tuple[str, bool, bool, bool]
) -> VerbGroup:
    modal, negated, be_last, finite = state
    tags = sentence.tags
    head, passed, passive_chain, negated_chain = _chain(sentence, first)
    if passed:
        passive = passive_chain
    else:
        lone = start == first and tags[first] == "VN"
        passive = tags[first] == "VN" and (be_last or lone)
        if first > start and sentence.low[first - 1] in HAVE:
            passive = False
        passive = passive or (lone_past(sentence, first) and start == first)
    return VerbGroup(
        start,
        head + 1,
        head,
        first,
        finite or tags[first] == "VF",
        passive,
        negated or negated_chain,
        modal,
        tuple(passed),
    )
