"""Attributions of one sentence: each cue verb or phrase with its source and its content."""

from dataclasses import dataclass, field

from firsthand.claims.clauses import Clause, Parsed
from firsthand.claims.doubts import OBJECT_PRONOUNS
from firsthand.claims.lexicon import Cue, cues, word_set
from firsthand.claims.phrases import Phrase
from firsthand.claims.quotes import Quotes
from firsthand.claims.tokens import Sentence

FINAL = frozenset(".!?…")
GAP = frozenset(["AV", "PP", "DT", "NN", "NP", "TM", "JJ", "AV", "CD", "PS", "PR", "JN", "QT"])
CLAUSAL = frozenset(("WH", "VF", "VG", "VN", "AX", "MD"))
"""Word classes that open a clause inside a source: "a woman waiting outside"."""
MEANWHILE = frozenset(("as", "while", "when", "before", "after"))
"""What may open a clause behind a closing cue: "…, she said as she packed the stall"."""
BACK = ("that", "this", "it")
"""Objects that stand for what was told before: "denied that, saying …", "disputes this: …"."""
MAX_GAP = 14
"""Words between a cue and its "that" ("said in a statement on Tuesday that")."""

Range = tuple[int, int]


@dataclass(slots=True)
class Report:
    """One attribution as found; ranges are offsets into the page's text."""

    source: list[Range]
    cue: list[Range]
    content: list[Range]
    type: str
    act: str
    rule: str
    sentence: int
    head: int
    """Offset of the cue, for ordering and nesting."""
    recipient: Range | None = None
    negated: bool = False
    hedged: str = ""
    """Modality of a hedge that stands beside the cue ("apparently show that")."""
    within: bool = False
    """Whether it tells the same as the report around it ("reported, citing a nurse, that …")."""
    implicit: bool = False
    block: bool = False
    source_head: str = ""
    """Lower-case head noun of the source."""
    named: tuple[int, int] = (0, 0)
    """Where the source has clauses or additions: ends of its first noun phrase and of those
    before its first clause."""
    previous: "Report | None" = None
    """For a source left out or an implicit continuation: the report it goes on from."""
    hedges: list[Range] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cue was found: the sentence, its number, the clause and the quotations."""

    parsed: Parsed
    number: int
    index: int
    quotes: Quotes

    @property
    def sentence(self) -> Sentence:
        """The sentence."""
        return self.parsed.sentence

    @property
    def clause(self) -> Clause:
        """The clause of the cue."""
        return self.parsed.clauses[self.index]


def last_word(sentence: Sentence) -> int:
    """One past the last token that is no final punctuation."""
    end = len(sentence)
    while end and (sentence.words[end - 1] in FINAL):
        end -= 1
    return end


def offsets(sentence: Sentence, start: int, end: int) -> Range | None:
    """Offsets of a token range without commas and stops at its edges; None where empty."""
    words = sentence.words
    while start < end and words[start] in ",;:.–—-…)":
        start += 1
    while end > start and words[end - 1] in ",;:–—-(":
        end -= 1
    return (sentence.begins[start], sentence.ends[end - 1]) if start < end else None


def cue_of(parsed: Parsed, clause: Clause) -> Cue | None:
    """The cue of a clause's verb, if its verb is one."""
    verbs = cues("en", "verb")
    sentence = parsed.sentence
    cue = verbs.get(sentence.lemmas[clause.verb.head])
    if cue is None or sentence.tags[clause.verb.head] == "AX":
        return None
    return cue


def own_subject(clause: Clause) -> Phrase | None:
    """The subject that stands before the verb inside the clause."""
    subject = clause.subject
    if subject is not None and clause.start <= subject.start < clause.verb.start:
        return subject
    return None


def inverted(place: Place) -> Phrase | None:
    """The source after the cue: ", said the mayor"; something must have been said before."""
    verb = place.clause.verb
    before = place.parsed.clauses[: place.index]
    if not place.sentence.quoted[0] and not any(clause.verb.finite for clause in before):
        return None
    for phrase in place.parsed.phrases:
        if phrase.start == verb.end and not verb.passive:
            return None if place.sentence.low[phrase.head] in OBJECT_PRONOUNS else phrase
        if phrase.start > verb.end:
            break
    return None


def extended(parsed: Parsed, phrase: Phrase, stop: int) -> int:
    """One past a source noun phrase with its "of", "for", "from" phrases, before `stop`."""
    sentence, end = parsed.sentence, phrase.end
    for following in parsed.phrases:
        if following.start < end or following.end > stop:
            continue
        gap = sentence.low[end : following.start]
        if (
            gap
            and gap[0] in ("of", "for", "from", "in", "at", "with", "and", "on")
            and len(gap) == 1
        ):
            if sentence.tags[following.head] == "TM":
                break
            end = following.end
        else:
            break
    return end


def apposition(parsed: Parsed, end: int, stop: int) -> int:
    """One past ", head of the agency" after a name; `end` where there is none."""
    sentence = parsed.sentence
    if end >= stop or sentence.low[end] != ",":
        return end
    for phrase in parsed.phrases:
        if phrase.start == end + 1 and sentence.tags[phrase.head] != "TM":
            far = extended(parsed, phrase, stop)
            closed = far >= last_word(sentence) or sentence.low[far] in (",", ";", "–", "—")
            return far if closed and far <= stop else end
    return end


def cue_range(place: Place) -> Range:
    """Offsets of the cue: auxiliaries and verb, adverbs before them left out."""
    sentence, verb = place.sentence, place.clause.verb
    start = verb.start
    while sentence.tags[start] in ("AV", "NG", "TO") and start < verb.head:
        start += 1
    return sentence.begins[start], sentence.ends[verb.head]


def complement_start(place: Place, cue: Cue) -> tuple[int, Phrase | None]:
    """Token where the content begins after the cue (-1: none), and the person told."""
    sentence, verb = place.sentence, place.clause.verb
    tags, low = sentence.tags, sentence.low
    k, n = verb.end, len(sentence)
    recipient = _recipient(place, cue)
    if recipient is not None:
        k = extended(place.parsed, recipient, n)
    if k + 1 < n and low[k] in BACK and low[k + 1] in (",", ":", "."):
        return -1, recipient
    for j in range(k, min(n, k + MAX_GAP)):
        if tags[j] == "SC" and low[j] in ("that", "how", "why", "whether", "where"):
            return (j + 1 if low[j] == "that" else j), recipient
        if tags[j] == "QT" and (j == k or low[j - 1] in (",", ":") or tags[j - 1] in GAP):
            return j, recipient
        if low[j] == ":" and j + 1 < n:
            return j + 1, recipient
        if tags[j] == "VG" and low[j] in cues("en", "phrase") and low[j - 1] == ",":
            continue
        if tags[j] not in GAP and low[j] not in (",", "as"):
            break
    start = _contact(place, k)
    if start < 0 and k < n and low[k] == "," and place.index == 0:
        start = _contact(place, k + 1)
    return start, recipient


def _recipient(place: Place, cue: Cue) -> Phrase | None:
    if (
        place.sentence.lemmas[place.clause.verb.head] not in word_set("tell_verbs")
        or place.clause.verb.passive
    ):
        return None
    if "i" in cue.takes:
        return None
    first = place.clause.verb.end
    return next((p for p in place.parsed.phrases if p.start == first), None)


def _contact(place: Place, k: int) -> int:
    """A clause right after the cue without "that": "said the bridge was closed"."""
    clauses, sentence = place.parsed.clauses, place.sentence
    if place.index + 1 >= len(clauses) or k >= len(sentence):
        return -1
    following = clauses[place.index + 1]
    if not following.verb.finite and place.index + 2 < len(clauses):
        following = clauses[place.index + 2]
    subject = own_subject(following) or following.subject
    while k < len(sentence) and sentence.tags[k] == "AV":
        k += 1
    if subject is None or k >= len(sentence) or following.relative:
        return -1
    skipped = sentence.low[k : subject.start]
    near = subject.start >= k and "," not in skipped and len(skipped) <= MAX_GAP
    near = near and "SC" not in sentence.tags[k : subject.start]
    if k and sentence.low[k - 1] == "," and cue_of(place.parsed, following) is not None:
        return -1  # "Management never replied, he said"
    return k if near and (following.verb.finite or sentence.low[k] == "there") else -1


def content_end(place: Place, start: int) -> int:
    """Token where content that begins at `start` ends."""
    sentence, parsed = place.sentence, place.parsed
    end = last_word(sentence)
    for clause in parsed.clauses[place.index + 1 :]:
        if clause.verb.start <= start or cue_of(parsed, clause) is None:
            continue
        before = clause.start - 1
        opener = sentence.low[before] if before >= 0 else ""
        trailing = opener in (",", "”", '"') and closes(sentence, clause.verb.end)
        subject = own_subject(clause)
        joined = opener in ("but", "while", "and", "although", ";") and clause.verb.finite
        contrast = joined and (subject is not None or not sentence.quoted[before])
        contrast = contrast or (opener == "," and sentence.tags[clause.verb.first] == "VG")
        if before > start and (trailing or contrast):
            end = min(end, before)
            break
    if place.clause.relative and not place.sentence.quoted[place.clause.verb.head]:
        end = _relative_end(place, start, end)
    return end


def _relative_end(place: Place, start: int, end: int) -> int:
    """A cue inside ", who said …, " ends at the comma before the main verb."""
    for j in range(start, end):
        comma = place.sentence.low[j] == "," and j + 1 < end
        if comma and place.sentence.tags[j + 1] in ("VF", "AX", "MD"):
            return j
    return end


def closes(sentence: Sentence, k: int) -> bool:
    """Whether nothing that could be content follows a cue at `k`."""
    tags, low = sentence.tags, sentence.low
    aside = False
    for j in range(k, len(sentence)):
        if low[j] in FINAL or low[j] in (",", ";", ")") or tags[j] in ("QT", "WH"):
            return True
        if low[j] in MEANWHILE and tags[j] == "SC":
            return True
        if low[j] == ":" or tags[j] == "SC" or (tags[j] in ("AX", "VF", "MD") and not aside):
            return False
        aside = aside or tags[j] == "PP"
    return True


def goes_on(place: Place, k: int) -> bool:
    """Whether "and" at `k` goes on with what "he says" before it tells: "…, he says, and two …"."""
    own = own_subject(place.clause)
    if own is None or place.sentence.tags[own.head] != "PR":
        return False
    following = next((c for c in place.parsed.clauses[place.index + 1 :] if c.verb.head > k), None)
    return (
        following is not None
        and following.verb.finite
        and own_subject(following) is not None
        and cue_of(place.parsed, following) is None
    )


def is_trailing(place: Place) -> bool:
    """Whether the cue clause follows its content: "…, the ministry said"."""
    sentence, clause = place.sentence, place.clause
    if clause.relative:
        return False
    first = clause.start
    if sentence.low[first - 1] == "as" and first > 1:
        first -= 1
    if first <= 0 or first - 1 < 1:
        return False
    before = sentence.low[first - 1]
    quoted = sentence.tags[first - 1] == "QT" or before == ","
    if before in ("–", "—", "-"):
        quoted = any(one.verb.finite for one in place.parsed.clauses[: place.index])
    return quoted and closes(sentence, clause.verb.end)


def describe(report: Report, sentence: Sentence) -> Report:
    """Notes which part of a long source names the speaker, and the head noun of that part."""
    start, end = report.source[0]
    first, last = sentence.index_at(start), sentence.index_at(end - 1) + 1
    tags = sentence.tags
    clause = next(
        (
            k
            for k in range(first + 1, last)
            if tags[k] in CLAUSAL and not _of_name(sentence, k, last)
        ),
        last,
    )
    phrase = next((k for k in range(first + 1, clause) if sentence.low[k] == ","), clause)
    while phrase > first + 1 and tags[phrase - 1] in ("PP", "AV", "TM", "CC", "PU"):
        phrase -= 1
    report.named = (sentence.ends[phrase - 1], sentence.ends[clause - 1])
    nouns = (k for k in range(first, phrase) if tags[k] == "PP")
    report.source_head = sentence.low[max(first, next(nouns, phrase) - 1)]
    return report


def _of_name(sentence: Sentence, k: int, last: int) -> bool:
    """Whether an -ing form goes with the noun of a body behind it: "the monitoring group"."""
    return (
        sentence.tags[k] == "VG"
        and k + 1 < last
        and sentence.tags[k + 1] == "NN"
        and sentence.low[k + 1] in word_set("generic_bodies")
    )


def some(found: Range | None) -> list[Range]:
    """A range as a list of none or one."""
    return [found] if found else []
