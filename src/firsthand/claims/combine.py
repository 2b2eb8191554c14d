"""Combination: the rules' attributions with those another reader found, one for each cue.

Which part is whose was chosen on development sets (`bench/score_claims.py`): the rules know
cue types, hedges and how contents run on over sentences; the other reader knows who speaks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from firsthand.claims.clauses import Parsed
from firsthand.claims.contents import is_backdrop
from firsthand.claims.doubts import BE
from firsthand.claims.layers import reports_from
from firsthand.claims.lexicon import cues, word_set
from firsthand.claims.phrases import VERBS
from firsthand.claims.quotes import Quotes
from firsthand.claims.said import Range, Report, describe
from firsthand.claims.tokens import QUOTE_MARKS, Sentence
from firsthand.nlp.reader import Said

UNSURE: Final = frozenset(("believe", "show"))
"""Cue types ("know", "find") that rules alone see too often."""
SPEAKERS: Final = frozenset(("i", "we", "you", "i'm", "we're", "i've", "we've"))
"""Inside a quotation they are whoever is quoted, so that they add no teller."""
DENYING: Final = frozenset(("deny", "reject"))
"""Types of cues by which a content that runs too far would be denied."""
NEAR: Final = 3
"""Characters between a role and the name it goes with: a comma and a blank."""
PLACED: Final = 40
"""Characters between a role and its name where a place stands between: "in Sarn, "."""
WITHIN: Final = frozenset(("in", "at", "of", "for", "from", "with"))
REFLEXIVE: Final = 12
"""Characters behind a cue in which "itself" stands: "calling itself the council"."""
LOOSE: Final = frozenset(("PP", "WH", "DT", "CC", "SC", "AX", "MD", "TO", "PS", "AV", "PU"))
"""Word classes that end no source."""
STOPS: Final = frozenset(("PU", "CC", "SC", "WH", "QT"))
"""Word classes before which a content may end."""


def combined(
    rules: Sequence[Report],
    said: Sequence[Said],
    parsed: Sequence[Parsed],
    quotes: Quotes,
    text: str,
) -> list[Report]:
    """Attributions of both, in the order of their cues."""
    read = [_own_part(one, parsed[one.sentence]) for one in reports_from(said, parsed, text)]
    by_sentence: dict[int, list[Report]] = {}
    for rule in rules:
        by_sentence.setdefault(rule.sentence, []).append(rule)
    found: list[Report] = []
    for one in read:
        if not one.content:
            continue
        beside = by_sentence.get(one.sentence, [])
        partner = _partner(one, beside)
        item = parsed[one.sentence]
        if partner is not None:
            beside.remove(partner)
            found.append(_apart(_merged(partner, one, rules, text), item.sentence))
        elif _adds(one, quotes, text) and not (
            _hearsay(one, item)
            or _deed(one, item, quotes)
            or any(_repeats(one, rule) for rule in rules)
        ):
            found.append(_apart(_whole(one, item.sentence), item.sentence))
    alone = (rule for rest in by_sentence.values() for rule in rest)
    found += [rule for rule in alone if _stands(rule, text)]
    return sorted(found, key=lambda report: (report.head, report.content[0]))


def _own_part(one: Report, item: Parsed) -> Report:
    """A report cut to the sentence of its cue; how a content runs on is left to the rules."""
    sentence = item.sentence
    bounds = (sentence.start, sentence.end)
    content = _clipped(one.content, bounds)
    spans = [_speaker(span, item) for span in _clipped(one.source, bounds)]
    source = [span for span in spans if span is not None]
    made = replace(one, source=source, content=content)
    return describe(made, sentence) if source else made


def _speaker(span: Range, item: Parsed) -> Range | None:
    """A source without loose words at its ends; None where it is more than a noun phrase."""
    sentence = item.sentence
    first, last = sentence.index_at(span[0]), sentence.index_at(span[1] - 1) + 1
    tags = sentence.tags
    while last > first and tags[last - 1] in LOOSE:
        last -= 1
    while first < last and tags[first] in ("CC", "SC", "WH", "PU", "PS"):
        first += 1
    verbs = [k for k in range(first, last) if tags[k] in ("VF", "AX", "MD")]
    clause = next((k for k in range(first + 1, last) if tags[k] in ("WH", "PR")), last)
    if first >= last or (verbs and verbs[0] < clause):
        return None
    return max(span[0], sentence.begins[first]), min(span[1], sentence.ends[last - 1])


def _clipped(ranges: Iterable[Range], bounds: Range) -> list[Range]:
    cut = ((max(start, bounds[0]), min(end, bounds[1])) for start, end in ranges)
    return [(start, end) for start, end in cut if start < end]


def _shared(one: Sequence[Range], other: Sequence[Range]) -> int:
    """How many code points two lists of ranges share."""
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


def _size(ranges: Sequence[Range]) -> int:
    return sum(end - start for start, end in ranges)


def _partner(one: Report, rules: Sequence[Report]) -> Report | None:
    """The rules' report with the same cue; where one has none, with most of the same content."""
    for rule in rules:
        if _shared(one.cue, rule.cue):
            return rule
    for rule in rules:
        least = min(_size(one.content), _size(rule.content))
        if not (one.cue and rule.cue) and 2 * _shared(one.content, rule.content) > least:
            return rule
    return None


def _merged(rule: Report, one: Report, rules: Sequence[Report], text: str) -> Report:
    """The rules' report with the other source, unless it is a part of theirs, and more content."""
    part = _shared(one.source, rule.source) and _size(one.source) <= _size(rule.source)
    told = rule.recipient is not None and _shared(one.source, [rule.recipient]) > 0
    told = told or (_shared(one.source, rule.content) > 0 and not _shared(one.source, rule.source))
    cited = any(
        _shared(one.source, r.source) for r in rules if r is not rule and (r.within or rule.within)
    )
    whole = _with_name(one.source, rule.source, rule.head, text)
    if whole is not None:
        rule.source = [whole]
    elif one.source and not (part or told or cited or _aside(one, rule, text)):
        rule.source, rule.source_head, rule.named = one.source, one.source_head, one.named
    noun = rule.type in DENYING and rule.rule == "object"
    longer = _size(one.content) > _size(rule.content)
    if longer and not (noun or _runs_over(one, rule, rules)):
        rule.content = one.content
    return rule


def _with_name(role: Sequence[Range], name: Sequence[Range], cue: int, text: str) -> Range | None:
    """Role and name as one source: "Our reporter in Sarn" and "Ada Fenn" behind it."""
    if not (role and name and role[-1][1] < name[0][0] and name[-1][1] <= cue):
        return None
    between = text[role[-1][1] : name[0][0]]
    beside = len(between) <= NEAR and between.startswith(",")
    placed = len(between) <= PLACED and between.endswith(", ") and between.split()[0] in WITHIN
    return (role[0][0], name[-1][1]) if beside or placed else None


def _aside(one: Report, rule: Report, text: str) -> bool:
    """Whether a source stands in what only tells of the rules' own: "Orr, reading a note, said"."""
    if not rule.source:
        return False
    behind = rule.source[-1][1]
    return text[behind] == "," and behind < one.source[0][0] and one.source[-1][1] < rule.head


def _runs_over(one: Report, rule: Report, rules: Sequence[Report]) -> bool:
    """Whether a content takes in what a second cue of the sentence tells: "denied A, saying B"."""
    return any(
        not DENYING.isdisjoint((rule.type, other.type)) and _shared(one.content, other.content)
        for other in rules
        if other is not rule and other.sentence == rule.sentence
    )


def _repeats(one: Report, rule: Report) -> bool:
    """Whether a report says again what a rule's says of the same words: "rejected | reports that"."""
    same = one.sentence == rule.sentence and bool(_shared(one.source, rule.source))
    denied = rule.type in DENYING and one.head > rule.head
    return (
        same
        and (denied or not one.cue)
        and 2 * _shared(one.content, rule.content) > _size(one.content)
    )


def _adds(one: Report, quotes: Quotes, text: str) -> bool:
    """Whether what only the other reader found says who tells something."""
    if not one.source:
        return False
    after = text[one.cue[-1][1] : one.cue[-1][1] + REFLEXIVE].split() if one.cue else []
    if after and after[0] in word_set("reflexives"):
        return False
    if one.type == "ask" and "not" in after:
        return False  # "asked us not to give her name"
    start, end = one.source[0]
    return text[start:end].lower() not in SPEAKERS or quotes.at(one.head) is None


def _hearsay(one: Report, item: Parsed) -> bool:
    """Whether the words before a cue are whom it tells of: "two drivers are believed to have fled"."""
    sentence = item.sentence
    if not one.cue:
        return False
    cue = sentence.index_at(one.cue[-1][1] - 1)
    if cue == 0 and sentence.low[0] in word_set("told_first"):
        return one.source[0][0] > one.head  # "Told that the vote was void, she …"
    clause = next((c for c in item.clauses if c.verb.start <= cue < c.verb.end), None)
    if one.source[0][0] > one.head:
        return False
    if clause is None or clause.verb.first > cue or sentence.tags[cue] != "VN":
        return False
    told = sentence.low[cue + 1 : cue + 2] == ["to"]
    return told and any(word in BE for word in sentence.low[clause.verb.start : cue])


def _deed(one: Report, item: Parsed, quotes: Quotes) -> bool:
    """Whether someone quoted tells what another did to a thing: "“He ignored the warnings.”"."""
    sentence = item.sentence
    if not one.cue or one.act or quotes.at(one.head) is None:
        return False
    cue = sentence.index_at(one.cue[-1][1] - 1)
    known = cues("en", "verb").keys() | word_set("counting_verbs")
    if sentence.tags[cue] not in VERBS or sentence.lemmas[cue] in known:
        return False
    inside = (sentence.begins[c.verb.head] for c in item.clauses if c.verb.head != cue)
    return not any(start <= head < end for head in inside for start, end in one.content)


def _apart(report: Report, sentence: Sentence) -> Report:
    """A report whose content stops where its own source begins: "A is shut, the mayor, B, said".

    What stands behind a speaker who is quoted word for word tells of the speaker.
    """
    source = min((start for start, _ in report.source), default=-1)
    made: list[Range] = []
    for start, end in report.content:
        first, stop = sentence.index_at(start), end
        if start < source < end:
            last = sentence.index_at(source)
            while last > first and sentence.tags[last - 1] in LOOSE:
                last -= 1
            stop = sentence.ends[last - 1] if last > first else start
        behind = bool(made) and made[-1][1] <= source < start
        if behind and (_beside(made[-1], start, sentence) or is_backdrop(sentence, first)):
            continue
        if start < stop:
            made.append((start, stop))
    report.content = made or report.content  # in place: others may go on from it
    return report


def _beside(before: Range, start: int, sentence: Sentence) -> bool:
    """Whether words outside quotation marks follow a quotation's speaker in the same sentence."""
    first = sentence.index_at(start)
    if start >= sentence.end or sentence.low[first - 1] in ("and", "but"):
        return False
    return sentence.quoted[sentence.index_at(before[0]) + 1] and not sentence.quoted[first]


def _judged(rule: Report, text: str) -> bool:
    """Whether a judgement is quoted: "deemed the vote “free and fair”"."""
    verb = text[slice(*rule.cue[0])].lower().split()[-1] if rule.cue else ""
    return verb in word_set("judging") and text[rule.content[0][0]] in QUOTE_MARKS


def _stands(rule: Report, text: str) -> bool:
    """Whether a report holds that only the rules found."""
    if rule.type in UNSURE and rule.rule != "trailing" and not _judged(rule, text):
        return False
    if not rule.source:
        goes_on = rule.previous is not None and text[slice(*rule.cue[-1])].endswith("ing")
        return rule.rule != "clause" or goes_on
    start, end = rule.source[0]
    return text[start:end].lower() not in SPEAKERS


def _whole(one: Report, sentence: Sentence) -> Report:
    """A report whose contents neither break off inside a phrase nor end in a mark."""
    cue = sentence.index_at(one.cue[0][0]) if one.cue else len(sentence)
    made: list[Range] = []
    for start, end in one.content:
        first, k = sentence.index_at(start), sentence.index_at(end - 1) + 1
        stop = cue if k <= cue else len(sentence)
        while k < stop and sentence.tags[k] not in STOPS:
            k += 1
        while k > first + 1 and sentence.tags[min(k, len(sentence)) - 1] == "PU":
            k -= 1
        made.append((start, sentence.ends[min(k, len(sentence)) - 1]))
    return replace(one, content=made)
