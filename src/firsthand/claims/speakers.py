"""Speakers: whether the words of a source are someone who can tell something, or nobody."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from firsthand.claims.clauses import Parsed
from firsthand.claims.entities import Name
from firsthand.claims.known import Known
from firsthand.claims.lexicon import (
    capitals,
    demonyms,
    name_nouns,
    source_nouns,
    word_set,
)
from firsthand.claims.person_nouns import can_speak
from firsthand.claims.said import Report
from firsthand.claims.tellers import bare
from firsthand.claims.tokens import Sentence

PLACES: Final = frozenset(("GPE", "LOC", "FAC"))
NAMED: Final = frozenset(("NP", "N?"))
NOUNS: Final = frozenset(("NN", "NP", "N?", "JN", "JJ", "VG", "VN", "VF", "TM"))
SAYERS: Final = frozenset(("NN", "NP", "N?", "PR", "WH", "CD", "DT", "JJ", "JN"))
"""Word classes one of which a source has."""
SHOWN: Final = frozenset(("show", "believe", "predict", "fear"))
"""Types of cues under which a thing "tells": what the teller infers from it."""


def speaking(
    reports: Sequence[Report], parsed: Sequence[Parsed], known: Known, text: str
) -> tuple[list[Report], list[Report]]:
    """The reports whose source can speak, and those in which the teller infers from a thing."""
    kept: list[Report] = []
    inferred: list[Report] = []
    gone: set[int] = set()
    for report in reports:
        if (
            not report.source
            or report.sentence < 0
            or _speaks(report, parsed[report.sentence].sentence, known, text)
        ):
            kept.append(report)
        elif (whole := _whole(report, parsed[report.sentence])) is not None:
            kept.append(whole)
        else:
            gone.add(id(report))
            if report.type in SHOWN and report.rule != "colon":
                inferred.append(report)
    for report in kept:
        if report.previous is not None and id(report.previous) in gone:
            report.previous = None
    return kept, inferred


def _speaks(report: Report, sentence: Sentence, known: Known, text: str) -> bool:
    span = report.source[0]
    words = text[span[0] : span[1]]
    low = bare(words).lower()
    first, last = sentence.index_at(span[0]), sentence.index_at(span[1] - 1) + 1
    if low in word_set("headline_labels") and _marked(report, text):
        return False
    if report.cue and text[slice(*report.cue[-1])].rsplit(maxsplit=1)[-1].lower() in word_set(
        "no_cues"
    ):
        return False
    if sentence.low[first] in word_set("nobody") or low in word_set("no_speaker"):
        return False
    if SAYERS.isdisjoint(sentence.tags[first:last]) or low.replace(",", "").isdecimal():
        return False
    names = known.inside(span)
    if _place_alone(words, names, known):
        return _speech(report, text) and sentence.tags[first - 1 : first] not in (["PP"], ["TO"])
    head = head_of(sentence, first, last)
    return (
        (sentence.tags[head] == "NN" and _speech(report, text))
        or sentence.tags[head] not in NOUNS
        or _by_names(sentence, names, first, head)
        or can_speak(sentence.low[head])
        or _pair(sentence, head)
    )


def _speech(report: Report, text: str) -> bool:
    """Whether the cue is a verb of speech alone, before which whatever stands there can tell."""
    if report.rule not in ("clause", "trailing", "object") or not report.cue:
        return False
    return text[slice(*report.cue[-1])].rsplit(maxsplit=1)[-1].lower() in word_set("speech_only")


def _whole(report: Report, item: Parsed) -> Report | None:
    """The report of the speaker whom its source only describes: "a man from | the lower part"."""
    sentence, start = item.sentence, report.source[0][0]
    first = sentence.index_at(start)
    if first < 1 or sentence.low[first - 1] not in ("of", "from", "in", "at", "near", "with"):
        return None
    phrase = next((p for p in item.phrases if p.end == first - 1), None)
    if phrase is None or not can_speak(sentence.low[phrase.head]):
        return None
    span = (sentence.begins[phrase.start], report.source[0][1])
    head = sentence.low[phrase.head]
    return replace(report, source=[span, *report.source[1:]], source_head=head)


def _marked(report: Report, text: str) -> bool:
    """Whether the cue is a mark: a label stands before a colon or a dash."""
    return not report.cue or not any(c.isalnum() for c in text[slice(*report.cue[0])])


def head_of(sentence: Sentence, first: int, last: int) -> int:
    """The head of a source: the last word before what only describes it."""
    tags, low = sentence.tags, sentence.low
    stop = next(
        (
            k
            for k in range(first + 1, last)
            if tags[k] in ("PP", "WH", "PU", "VF", "VG", "VN", "AX", "MD", "SC", "TO")
            and low[k] not in ("’s", "'s")
        ),
        last,
    )
    head = stop - 1
    while head > first and tags[head] in ("AV", "PS", "QT", "TM", "CC", "DT"):
        head -= 1
    return head


def _by_names(sentence: Sentence, names: Sequence[Name], first: int, head: int) -> bool:
    """Whether the head is a name, or the end of one."""
    capital = sentence.words[head][:1].isupper()
    if capital and (sentence.tags[head] in NAMED or head > first):
        return True
    begin = sentence.begins[head]
    return any(n.label in ("PER", "ORG") and n.start <= begin < n.end for n in names)


def _place_alone(words: str, names: Sequence[Name], known: Known) -> bool:
    """Whether a source is nothing but a place that stands for no government."""
    name = next((n for n in names if n.text == bare(words)), None)
    if name is None or name.label not in PLACES:
        return False
    if name.text in known.kinds or name.text in capitals() | demonyms():
        return False
    last = name.text.lower().split()[-1]
    noun = name_nouns().get(last)
    return not (can_speak(last) or (noun is not None and noun.label == "ORG"))


def _pair(sentence: Sentence, head: int) -> bool:
    """Whether the head and the word before it are a body: "coast guard", "civil defence"."""
    return head > 0 and " ".join(sentence.low[head - 1 : head + 1]) in source_nouns()
