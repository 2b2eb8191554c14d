"""Objects that are told: noun phrases, infinitives and "of" phrases behind a cue."""

from collections.abc import Sequence

from firsthand.claims.contents import forward, preposed, report_at
from firsthand.claims.figures import FIGURE
from firsthand.claims.lexicon import Cue, word_set
from firsthand.claims.person_nouns import is_person
from firsthand.claims.said import BACK, MAX_GAP, Place, Range, Report, offsets, some
from firsthand.claims.tokens import Sentence

CALLED = 8
"""Words behind "called the move" in which what it was called is quoted."""


def object_content(place: Place, cue: Cue, earlier: list[Report]) -> Report | None:
    """Content that is a noun phrase or an object with its infinitive or "of" phrase."""
    sentence, verb = place.sentence, place.clause.verb
    source, head = preposed(place, earlier)
    if source is None and not earlier:
        return None
    start = verb.end
    report = report_at(place, cue, "object", source, head)
    report.content = _infinitive(place) or _back(place, cue)
    if report.content:
        return report if source is not None else None
    if sentence.lemmas[verb.head] == "call" and sentence.tags[start : start + 1] != ["PP"]:
        return _called(place, cue, source, head)
    if "i" in cue.takes and sentence.low[start : start + 1] in (["on"], ["for"]):
        start += 1
    wished = cue.type == "order" and sentence.low[start - 1] == "for" and start > verb.end
    if start >= len(sentence) or not (wished or _object_fits(place, cue, start, head)):
        return None
    if source is None:
        report.previous = earlier[-1]
    if cue.type == "predict" and sentence.low[start] == "of":
        start += 1
    report.content = forward(place, start)
    if "n" in cue.takes and sentence.tags[start] != "VG":
        report.content = _noun_only(place, start, report.content)
    return report if report.content else None


def _is_person(place: Place) -> bool:
    """Whether the object is someone, who was sent away: "dismissed the minister"."""
    first = next(iter(place.clause.objects), None)
    return first is not None and (
        place.sentence.tags[first.head] == "NP" or is_person(place.sentence.low[first.head])
    )


def _back(place: Place, cue: Cue) -> list[Range]:
    """The word that stands for what is denied: "denied that, saying …"."""
    sentence, start = place.sentence, place.clause.verb.end
    if cue.act != "denial" or sentence.low[start : start + 1] not in ([word] for word in BACK):
        return []
    return some(offsets(sentence, start, start + 1)) if _alone(sentence, start) else []


def _alone(sentence: Sentence, i: int) -> bool:
    """Whether nothing follows a word that belongs to it: "denied that, saying …"."""
    return i + 1 >= len(sentence) or sentence.tags[i + 1] in ("PU", "SC", "AV", "TM", "PP")


def _noun_only(place: Place, start: int, content: list[Range]) -> list[Range]:
    """Content that is a noun phrase, up to where a clause begins: "rejects result | as count ends"."""
    sentence = place.sentence
    for j in range(start + 1, len(sentence)):
        apart = sentence.low[j] == ";" or (sentence.tags[j] == "SC" and sentence.low[j] != "that")
        apart = apart or (j == start + 1 and sentence.low[start] in BACK)
        if apart and not sentence.quoted[j]:
            found = offsets(sentence, start, j)
            return some(found) if found and content and found[1] <= content[0][1] else content
    return content


def _called(place: Place, cue: Cue, source: Range | None, head: str) -> Report | None:
    """Reads "called the move “a gift”": a judgement in the caller's words, no order."""
    sentence, start = place.sentence, place.clause.verb.end
    ahead = range(start, min(start + CALLED, len(sentence)))
    opening = next((j for j in ahead if sentence.tags[j] == "QT"), None)
    if opening is None or source is None:
        return None
    report = report_at(place, cue, FIGURE, source, head)
    report.type, report.act = "say", ""
    report.content = forward(place, opening)
    return report if report.content else None


def _object_fits(place: Place, cue: Cue, start: int, head: str) -> bool:
    """Whether what follows the cue is the kind of object it takes."""
    if "i" in cue.takes:
        return _has(place.sentence, start, ("to",), place)
    if cue.type == "predict" and place.sentence.low[start] == "of":
        return True
    if place.sentence.tags[start] == "VG" and "c" in cue.takes:
        return bool(cue.act) or cue.type == "report"
    if cue.takes == "n" and place.sentence.low[start] in word_set("motion_prepositions"):
        return False
    if cue.takes == "o":
        return _has(place.sentence, start, ("of",), place)
    named = cue.takes == "n" or (cue.takes == "cn" and _media_or_act(head, cue))
    sent_away = place.sentence.lemmas[place.clause.verb.head] == "dismiss" and _is_person(place)
    return named and bool(place.clause.objects) and not sent_away


def _has(sentence: Sentence, start: int, words: Sequence[str], place: Place) -> bool:
    nouns = any(p.start >= start for p in place.parsed.phrases)
    return nouns and any(word in words for word in sentence.low[start : start + 12])


def _media_or_act(head: str, cue: Cue) -> bool:
    return head in word_set("media") or cue.act != "" or cue.type == "confirm"


def _infinitive(place: Place) -> list[Range]:
    """The words "to have left" behind "claimed on Monday"."""
    sentence, start = place.sentence, place.clause.verb.end
    if sentence.lemmas[place.clause.verb.head] not in word_set("claims_to"):
        return []
    for j in range(start, min(len(sentence), start + MAX_GAP)):
        if sentence.tags[j] == "TO":
            return forward(place, j)
        if sentence.tags[j] not in ("PP", "TM", "AV"):
            break
    return []
