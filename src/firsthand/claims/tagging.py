"""The light tagger: coarse word classes from closed tables, verb forms and neighbours.

Tags: DT determiner, PP preposition, PR pronoun, AX be/have/do, MD modal, CC, SC, WH, TO, NG,
AV adverb, CD number, JJ adjective, TM day or month, NN noun, NP name, PS possessive,
VF finite verb, VI base verb, VN participle, VG -ing form, JN participle before its noun,
PU punctuation, QT quotation mark.
"""

from functools import cache

from firsthand.claims.tokens import QUOTE_MARKS, Sentence
from firsthand.claims.verbs import Form, verb_forms
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
NOMINAL = frozenset(("NN", "NP", "CD", "TM"))
PREPOSITIONAL = frozenset(["as", "since", "until", "till", "before", "after", "once"])
LOOKAHEAD = 25
"""Words searched for a later finite verb, before a participle is read as a reduced clause."""


@cache
def closed_words() -> dict[str, str]:
    """Tag of each closed-class word."""
    return {row["word"]: row["tag"] for row in read_table(TABLE)}


def _shape_tag(word: str, low: str, *, first: bool, shout: bool) -> str:
    if word[0].isdigit():
        return "CD"
    if not word[0].isalpha():
        return "QT" if word in QUOTE_MARKS else "PU"
    if word[0].isupper() and not first and not shout:
        return "NP"
    if "-" in low and low.endswith(("ed", "en", "ing", "held", "run", "led", "made")):
        return "JN"
    if low.endswith("ly") and len(low) > 4:
        return "AV"
    if low.endswith("ing") and len(low) > 5 and not word[0].isupper():
        return "VG"
    if low.endswith("ed") and len(low) > 4 and not word[0].isupper():
        return "?DN"
    if word[0].isupper() and not shout and len(word) > 1 and (word.isupper() or not low.islower()):
        return "NP"
    return "NN"


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
    tags = sentence.tags
    for j in range(i + 1, min(len(tags), i + LOOKAHEAD)):
        tag = tags[j]
        if tag in ("PU", "CC", "SC", "WH") and sentence.low[j] not in ("“", "”", '"'):
            return False
        if tag in ("AX", "MD"):
            return sentence.low[j] not in ("being", "having", "been", "be")
        if tag in ("?Z", "?D"):
            return True
    return False


def _earlier_verb(tags: list[str], low: list[str], i: int) -> bool:
    """Whether the stretch before `i` already has its finite verb, or opens with "with"."""
    for j in range(i - 1, max(-1, i - LOOKAHEAD), -1):
        if tags[j] in ("PU", "SC", "WH"):
            return j + 1 < i and low[j + 1] in ("with", "including")
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


def _present(sentence: Sentence, i: int, form: Form | None) -> str:
    """Whether a base or -s form is a verb or a noun here."""
    tags = sentence.tags
    p = _previous(tags, i)
    before = tags[p] if p >= 0 else "PU"
    word_before = sentence.low[p] if p >= 0 else ""
    after = _next_tag(tags, i)
    base = tags[i] == "?B"
    if before in ("TO", "MD"):
        return "VI"
    if before == "AX":
        return "VI" if word_before in DO else "NN"
    if before in ("PR", "WH") or word_before in ("that", "who", "which"):
        return "VF" if before != "PR" or word_before in SUBJECTS or base else "NN"
    if form is not None and not form.noun:
        return "VF" if before in ("NN", "NP", "CC", "PU", "?B", "?Z", "CD", "TM") or p < 0 else "NN"
    if before in ("DT", "JJ", "PS", "PP", "CD", "JN", "SC"):
        return "NN"
    if before in ("NN", "NP", "N?") and after in ("DT", "PR", "SC", "WH"):
        return "VF"
    if before == "NP" and not base and after in ("NP", "JJ", "NN", "CD", "VG", "TO"):
        return "VF"
    if before in ("NN", "N?") and after in ("NP", "CD") and base != _plural(sentence.low[p]):
        return "NN"
    if before == "NN" and after in ("NP", "CD", "TO") and sentence.low[p].endswith("s") == base:
        return "VF"
    return "NN"


def _plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _past_or_participle(sentence: Sentence, i: int, kinds: str) -> str:
    tags, low = sentence.tags, sentence.low
    p = _previous(tags, i)
    before = tags[p] if p >= 0 else "PU"
    after = _next_tag(tags, i)
    if before == "AX" and low[p] in HAVE | BE:
        return "VN"
    if before in ("DT", "PS", "JJ", "CD", "JN") and after in (
        "NN",
        "NP",
        "JJ",
        "?B",
        "?Z",
        "N?",
        "JN",
    ):
        return "JN"
    if kinds == "D":
        return "VF"
    if before == "PP" and after in ("NN", "JJ", "NP", "?Z"):
        return "JN"
    if before in ("SC", "MD"):
        return "VN"
    nominal = before in ("NN", "NP", "N?", "TM", "CD")
    if (nominal or before == "PU") and after not in ("DT", "PR") and _later_finite(sentence, i):
        return "VN"
    if nominal and after in ("PP", "TO", "PU") and _earlier_verb(tags, low, i):
        return "VN"
    if after == "PP" and low[min(i + 1, len(low) - 1)] == "by":
        return "VN"
    if before == "PU" and i > 0 and p > 0 and after in ("PP", "TO"):
        return "VN"
    if kinds == "N":
        return "VN"
    return "VF"


def _gerund(sentence: Sentence, i: int) -> str:
    tags = sentence.tags
    p = _previous(tags, i)
    before = tags[p] if p >= 0 else "PU"
    after = _next_tag(tags, i)
    if before in ("DT", "JJ", "PS") and after in ("NN", "NP", "?B", "?Z"):
        return "JN"
    if before in ("DT", "JJ", "PS"):
        return "NN"
    return "VG"


def _second_pass(sentence: Sentence) -> None:
    tags, forms = sentence.tags, verb_forms()
    for i, tag in enumerate(tags):
        if sentence.low[i] == "that":
            tags[i] = _that(sentence, i)
        elif tag == "N?":
            tags[i] = "NN" if _next_tag(tags, i) not in ("NP", "?Z", "?D", "AX", "MD") else "NP"
        elif tag[0] != "?":
            if tag == "VG":
                tags[i] = _gerund(sentence, i)
        elif "G" in tag:
            tags[i] = _gerund(sentence, i)
        elif tag in ("?B", "?Z"):
            tags[i] = _present(sentence, i, forms.get(sentence.low[i]))
        elif tag[1] in "BZ":
            before = tags[_previous(tags, i)] if i else "PU"
            if before in ("TO", "MD"):
                tags[i] = "VI"
            elif before in ("DT", "JJ", "PS", "PP"):
                tags[i] = "NN"
            else:
                tags[i] = _past_or_participle(sentence, i, tag[1:])
        else:
            tags[i] = _past_or_participle(sentence, i, tag[1:])


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


def _rescue_stretches(sentence: Sentence) -> None:
    """Find the verb of the sentence, and of each stretch that a subordinator opens."""
    tags = sentence.tags
    _rescue(sentence, 0, len(tags))
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
