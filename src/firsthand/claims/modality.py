"""Modality and polarity: how far the words themselves, and who tells them, vouch for an event."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from firsthand.claims.clauses import Clause
from firsthand.claims.doubts import HAVE
from firsthand.claims.happening import Happening
from firsthand.claims.hedges import hedge_spans
from firsthand.claims.judgements import infers_motive, is_valued, is_voiced
from firsthand.claims.lexicon import word_set
from firsthand.claims.rejections import insists, rejections, turns_down
from firsthand.claims.said import Report
from firsthand.claims.tokens import Sentence
from firsthand.claims.verbs import verb_forms
from firsthand.model.claim import Modality, Polarity
from firsthand.resources import read_table

WORDS = "lexicons/modality_words.tsv"
BY_CUE: dict[str, Modality] = {
    "deny": "denied",
    "reject": "denied",
    "fear": "possible",
    "intend": "forecast",
    "predict": "forecast",
    "order": "forecast",
    "propose": "forecast",
    "ask": "opinion",
}
"""What being told under a cue of this type makes of the event."""
BY_RULE: dict[str, Modality] = {"passive": "unconfirmed"}
SOFT_TYPES = frozenset(("other", "humanitarian_condition", "statement_accusation"))
"""Types that a word of judgement turns into opinion; reported events stay asserted."""
BLAME = "topic/statement_accusation"
"""The rule of a clause that lays blame without a verb of accusing."""
TIME_OPENERS = frozenset(("when", "once", "until", "till", "after", "before"))
"""A clause they open shares the future of the main clause."""
INVERTED = frozenset(("had", "should", "were"))
"""What stands before its subject in a condition without "if"."""
REMOTE = frozenset(("would", "could", "might"))
PAST = frozenset(("was", "were", "had", "did"))
NOMINAL = frozenset(("PR", "DT", "NN", "NP"))
OPENING_WORDS = 6
"""A verb group that begins within so many words of a sentence is that of its inverted condition."""
NONE = frozenset(("no", "nobody", "nothing", "none", "neither"))
NOT_ONE = (["not", "one"], ["not", "a"])
"""What opens a subject or object of which there was none."""
CLAUSE_LEAD = 4
"""Words before a clause in which a hedge still belongs to it."""


@cache
def _words(word_class: str) -> dict[str, Modality]:
    return {
        row["words"]: row["modality"]  # type: ignore[misc]  # the table holds only modalities
        for row in read_table(WORDS)
        if row["class"] == word_class
    }


@cache
def _phrases(word_class: str) -> dict[str, list[tuple[str, Modality]]]:
    """The padded phrases of a class by their first word."""
    found: dict[str, list[tuple[str, Modality]]] = {}
    for phrase, modality in _words(word_class).items():
        found.setdefault(phrase.partition(" ")[0], []).append((f" {phrase} ", modality))
    return found


def modality_of(sentence: Sentence, happening: Happening, reports: Sequence[Report]) -> Modality:
    """The modality of an event; the cues it is told under come before its own words.

    `reports` are the attributions it stands in, innermost first.
    """
    report = reports[0] if reports else None
    if _rejected(sentence, happening, report) and not _conditional_clause(happening):
        return "denied"
    told = _told(report) or next((_hedge(r) for r in reports[1:] if r.hedged), None)
    if told == "denied" and report is not None and _turned_down(sentence, report):
        told = None
    if told in ("denied", "opinion") and not _conditional_clause(happening):
        return told
    own = _own(sentence, happening)
    if told == "forecast" and report is not None:
        return own if own == "hypothetical" or _looks_back(sentence, happening, report) else told
    if own == "forecast" and _imagined(sentence, happening, report):
        own = "hypothetical"
    if own == "asserted" and told is not None:
        return told
    viewed = _view(sentence, happening, report) or _voiced(sentence, happening, report)
    return "opinion" if own == "asserted" and viewed else own


def _voiced(sentence: Sentence, happening: Happening, report: Report | None) -> bool:
    """Whether it is told in a voice of judging."""
    if report is None or not sentence.start <= report.head < sentence.end:
        return False
    cue = sentence.lemmas[sentence.index_at(report.head)]
    head = report.source_head
    if _phrase("voice_phrase", sentence.low) is not None:
        head = "critic"
    return is_voiced(sentence, happening, cue, head)


def _rejected(sentence: Sentence, happening: Happening, report: Report | None) -> bool:
    """Whether it is what somebody says is not so."""
    head, clause = happening.head, happening.clause
    if happening.type == "denial":
        return False
    named = head if happening.noun is None else happening.noun.head
    if any(start <= head < end or start <= named < end for start, end in rejections(sentence)):
        return True
    if report is None or (clause is not None and clause.verb.modal):
        return False
    if not sentence.start <= report.head < sentence.end:
        return False
    if polarity_of(sentence, happening) != "negative":
        return False
    return insists(sentence, happening.start, head, happening.type)


def _turned_down(sentence: Sentence, report: Report) -> bool:
    """Whether a plan, an offer or a worker is rejected, not what somebody said."""
    start, end = report.content[0]
    if report.rule != "object" or not sentence.start <= start < end <= sentence.end:
        return False
    first, last = sentence.index_at(start), sentence.index_at(end - 1) + 1
    return turns_down(sentence, sentence.index_at(report.head), first, last)


def _conditional_clause(happening: Happening) -> bool:
    """Whether "if" or the like opens the clause."""
    return happening.clause is not None and happening.clause.opener in _words("opener")


def _imagined(sentence: Sentence, happening: Happening, report: Report | None) -> bool:
    """Whether "would" is the teller's own, not "will" as told by another: "one mine would cost …"."""
    clause = happening.clause
    if clause is None or clause.verb.modal != "would":
        return False
    return report is None or sentence.quoted[clause.verb.head]


def _looks_back(sentence: Sentence, happening: Happening, report: Report) -> bool:
    """Whether who warns or predicts tells of the past by the way: "warned that staff were cut"."""
    clause = happening.clause
    if clause is None or report.type != "predict" or clause.verb.modal or not clause.verb.finite:
        return False
    return _past(sentence, clause) and not sentence.quoted[clause.verb.head]


def _view(sentence: Sentence, happening: Happening, report: Report | None) -> bool:
    """Whether it is a speaker's quoted view: in the present tense, of no event in particular."""
    clause = happening.clause
    if clause is not None and happening.rule == BLAME:
        return True
    if report is None or clause is None or happening.type != "other":
        return False
    i = clause.verb.head
    if clause.verb.start < i and sentence.low[clause.verb.start] in HAVE:
        return False  # "has lost", "has been taken": what happened
    quoted = sentence.quoted[i] if sentence.quoted else False
    return quoted and _present(sentence.low[clause.verb.start]) and not _seen(sentence, clause)


def _seen(sentence: Sentence, clause: Clause) -> bool:
    """Whether a present tense tells what goes on or where someone is, no judgement.

    "We are digging with our hands", "nobody has come", "there are people under the stones".
    """
    verb, tags = clause.verb, sentence.tags
    if verb.head > verb.start:
        perfect = tags[verb.head] == "VN" and sentence.low[verb.start] in ("has", "have", "'ve")
        return not verb.modal and (perfect or tags[verb.head] == "VG")
    if sentence.lemmas[verb.head] not in ("be", "have"):
        return False
    behind = range(verb.end, clause.end)
    placed = any(
        sentence.low[j] in word_set("whereabouts")
        or (sentence.low[j] == "in" and sentence.tags[j + 1 : j + 2] == ["NP"])
        for j in behind
    )
    counted = "CD" in tags[verb.end : verb.end + 2]
    return placed or counted


def _present(word: str) -> bool:
    """Whether a verb group that begins with this word is in the present tense."""
    form = verb_forms().get(word)
    return word in word_set("present_auxiliaries") or (form is not None and form.kinds == "Z")


def _told(report: Report | None) -> Modality | None:
    if report is None:
        return None
    if report.negated:
        return "unconfirmed"
    if report.source_head in _words("source"):
        return _words("source")[report.source_head]
    if report.hedged:
        return _hedge(report)
    return BY_CUE.get(report.type) or _words("cue").get(report.type) or BY_RULE.get(report.rule)


def _hedge(report: Report) -> Modality:
    return report.hedged  # type: ignore[return-value]  # set from the hedge table


def _own(sentence: Sentence, happening: Happening) -> Modality:
    clause = happening.clause
    if "?" in sentence.low[-2:] or "?" in sentence.low[happening.end : happening.end + 2]:
        return "opinion"
    start = happening.start if clause is None else min(clause.start, clause.verb.start)
    words = sentence.low[start : happening.end]
    if clause is not None:
        found = _opened(sentence, clause, start, words) or _verbal(clause, words)
        if found in ("forecast", "possible") and _conditional(sentence, clause):
            return "hypothetical"
        found = found or _headed(sentence, clause)
        if found is not None:
            return found
    hedges = hedge_spans(sentence, max(0, start - CLAUSE_LEAD), happening.end)
    return hedges[0][2] if hedges else _judged(sentence, happening, words)


def _opened(sentence: Sentence, clause: Clause, start: int, words: list[str]) -> Modality | None:
    """What "if", "as if" and "when … will" make of a clause."""
    low = sentence.low
    if clause.opener in TIME_OPENERS and "will" in low and not _past(sentence, clause):
        return "forecast"
    if _inverted(sentence) and clause.verb.start <= OPENING_WORDS:
        return "hypothetical"
    if low[max(0, start - 2) : start] == ["as", "if"] or _follow(words, "as", "if"):
        return "opinion"
    openers = _words("opener")
    conditional = clause.opener in openers or (start > 0 and low[start - 1] in openers)
    return "hypothetical" if conditional else None


def _past(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause tells of the past."""
    first = sentence.low[clause.verb.start]
    if first in PAST:
        return True
    form = verb_forms().get(first)
    return form is not None and form.kinds[0] == "D"


def _conditional(sentence: Sentence, clause: Clause) -> bool:
    """Whether "would", "could" or "might" hangs on a condition told in the same sentence."""
    if clause.verb.modal not in REMOTE:
        return False
    return _inverted(sentence) or any(
        low in ("if", "unless") and tag == "SC"
        for low, tag in zip(sentence.low, sentence.tags, strict=True)
    )


def _inverted(sentence: Sentence) -> bool:
    """Whether a sentence opens with a condition without "if": "Should the road be cut, …"."""
    first = 1 if sentence.tags[0] == "QT" else 0
    opening = sentence.tags[first + 1 : first + 2]
    asked = "?" in sentence.low[-2:]
    return sentence.low[first] in INVERTED and not asked and not NOMINAL.isdisjoint(opening)


def _headed(sentence: Sentence, clause: Clause) -> Modality | None:
    """What the verb itself makes of its object: "expect rain", "police suspect arson"."""
    if clause.verb.passive:
        return None
    subject = clause.subject
    if subject is not None and sentence.low[subject.head] in _words("source"):
        return _words("source")[sentence.low[subject.head]]
    return _words("head").get(sentence.lemmas[clause.verb.head])


def _follow(words: list[str], one: str, other: str) -> bool:
    """Whether one word stands behind another somewhere."""
    return other in words and (one, other) in pairwise(words)


def _verbal(clause: Clause, words: list[str]) -> Modality | None:
    """What modal verbs, chained verbs and fixed phrases make of it."""
    modal = clause.verb.modal
    if modal == "would" and _follow(words, "would", "have"):
        return "hypothetical"
    if modal == "could" and _was_able(clause, words):
        return _phrase("phrase", words)
    found = _words("modal").get(modal)
    if found == "possible" and not _words("adverb").keys().isdisjoint(words):
        return "forecast"
    if found is not None:
        return found
    chained = (_words("chain").get(lemma) for lemma in clause.verb.chain)
    found = next((modality for modality in chained if modality is not None), None)
    if found is not None:
        return found
    return _phrase("phrase", words)


def _was_able(clause: Clause, words: list[str]) -> bool:
    """Whether "could" tells what was or was not done: "could not reach the village", "could see"."""
    if _follow(words, "not", "have") or _follow(words, "could", "have"):
        return False
    return clause.verb.negated or not word_set("senses").isdisjoint(words)


def _phrase(word_class: str, words: list[str]) -> Modality | None:
    """The modality of the first phrase of a class that stands among some words."""
    by_first = _phrases(word_class)
    if by_first.keys().isdisjoint(words):
        return None
    text = f" {' '.join(words)} "
    for word in words:
        for phrase, modality in by_first.get(word, ()):
            if phrase in text:
                return modality
    return None


def _judged(sentence: Sentence, happening: Happening, words: list[str]) -> Modality:
    if happening.judged:
        return "opinion"
    if happening.clause is not None and is_valued(sentence, happening.clause):
        return "opinion"
    if happening.clause is not None and infers_motive(words):
        return "opinion"
    if _phrase("opinion_phrase", words) is not None:
        return "opinion"
    soft = happening.type in SOFT_TYPES and happening.clause is not None
    if soft and not _words("opinion").keys().isdisjoint(words):
        return "opinion"
    return "asserted"


def polarity_of(sentence: Sentence, happening: Happening) -> Polarity:
    """Whether the clause says that it happened or that it did not."""
    clause = happening.clause
    if happening.type == "humanitarian_condition" and not (clause and clause.verb.negated):
        return "positive"
    if clause is None:
        before = sentence.low[max(0, happening.start - 1) : happening.start + 1]
        return "negative" if "no" in before or "without" in before else "positive"
    if clause.verb.negated:
        return "negative"
    first = [p for p in (clause.subject, *clause.objects[:1]) if p is not None]
    none = any(
        sentence.low[p.start] in NONE or sentence.low[p.start : p.start + 2] in NOT_ONE
        for p in first
    )
    return "negative" if none else "positive"
