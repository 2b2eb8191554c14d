"""Figures: who counts, puts a number at so much, or by whose count something is so."""

from collections.abc import Sequence
from typing import Final

from firsthand.claims.clauses import Clause, Parsed
from firsthand.claims.lexicon import word_set
from firsthand.claims.phrases import Phrase
from firsthand.claims.plain_clauses import is_bare_figure
from firsthand.claims.said import Range, Report, extended, last_word, offsets, own_subject, some
from firsthand.claims.tokens import Sentence

FIGURE = "figure"
"""The rule of an attribution whose cue and content are one clause: "the army put it at 9"."""
REACH = 6
"""Words behind "at" among which the number stands."""

_LINKS: Final = {
    "at": frozenset(("at", "above", "over", "below", "under", "around", "near", "between")),
    "as": frozenset(("as",)),
    "of": frozenset(("of",)),
}
"""What stands between what is counted and its number, by the set that the verb is in."""


def figures(parsed: Parsed, number: int, before: Sequence[Report]) -> list[Report]:
    """Reads "the ministry counts 28", "puts the toll at 31", "by the army's own count"."""
    taken = {report.head for report in before}
    found: list[Report] = []
    for clause in parsed.clauses:
        report = _counted(parsed, number, clause) or _owned(parsed, number, clause)
        if report is not None and report.head not in taken:
            found.append(report)
    return found + _by_count(parsed, number)


def _counted(parsed: Parsed, number: int, clause: Clause) -> Report | None:
    """The report of a clause that says whose figure it gives."""
    sentence, verb = parsed.sentence, clause.verb
    lemma = sentence.lemmas[verb.head]
    if verb.passive or verb.modal or verb.negated or not verb.finite:
        return None
    if not _numbered(sentence, clause, lemma):
        return None
    subject = own_subject(clause) or clause.subject
    if subject is None or subject.start > verb.start:
        return None
    if sentence.low[subject.head] in word_set("publications"):
        return None
    end = extended(parsed, subject, verb.start) if subject.end <= verb.start else subject.end
    name = _called(parsed, end, verb.start)
    if name is not None:
        subject, end = name, name.end
    source = offsets(sentence, subject.start, end)
    content = offsets(sentence, verb.end, max(clause.end, verb.end))
    if source is None or content is None:
        return None
    cue = (sentence.begins[verb.head], sentence.ends[verb.head])
    return Report([source], [cue], [content], "report", "", FIGURE, number, cue[0],
                  source_head=sentence.low[subject.head])  # fmt: skip


def _owned(parsed: Parsed, number: int, clause: Clause) -> Report | None:
    """The report of "The figure of 60 is the ministry's", "The toll comes from the coroner"."""
    sentence, verb, subject = parsed.sentence, clause.verb, own_subject(clause)
    if subject is None or sentence.low[subject.head] not in word_set("figure_heads"):
        return None
    if verb.negated or verb.modal or not verb.finite:
        return None
    phrase = _owner(parsed, clause)
    end = extended(parsed, phrase, clause.end) if phrase is not None else 0
    source = offsets(sentence, phrase.start, end) if phrase is not None else None
    content = offsets(sentence, subject.start, verb.start)
    if phrase is None or source is None or content is None:
        return None
    cue = (sentence.begins[verb.head], sentence.ends[verb.head])
    return Report([source], [cue], [content], "report", "", FIGURE, number, cue[0],
                  source_head=sentence.low[phrase.head])  # fmt: skip


def _owner(parsed: Parsed, clause: Clause) -> Phrase | None:
    """Whose a figure is: X of "is X's", or of "comes from X", "goes back to X"."""
    sentence, verb = parsed.sentence, clause.verb
    after = next((p for p in parsed.phrases if p.start >= verb.end), None)
    if after is None:
        return None
    if sentence.lemmas[verb.head] == "be":
        far = next((k for k in range(after.start, after.end + 1)
                    if sentence.tags[k : k + 1] == ["PS"]), -1)  # fmt: skip
        closed = sentence.tags[far + 1 : far + 2] in ([], ["PU"])
        return Phrase(after.start, far, far - 1) if far > after.start and closed else None
    between = sentence.low[verb.end : after.start]
    sent = sentence.lemmas[verb.head] in word_set("stems_from")
    return after if sent and between[-1:] in (["from"], ["to"], ["with"]) else None


def _called(parsed: Parsed, end: int, stop: int) -> Phrase | None:
    """The name behind a source: "The operator, Borun Coal, put …"."""
    sentence = parsed.sentence
    if sentence.low[end : end + 1] != [","]:
        return None
    phrase = next((p for p in parsed.phrases if p.start == end + 1), None)
    if phrase is None or phrase.end != stop - 1 or sentence.low[phrase.end] != ",":
        return None
    return phrase if sentence.tags[phrase.head] == "NP" else None


def _numbered(sentence: Sentence, clause: Clause, lemma: str) -> bool:
    """Whether a number is what is counted, or stands behind "at", "as" or a bare "said"."""
    tags, low, start = sentence.tags, sentence.low, clause.verb.end
    links = next((_LINKS[w] for w in _LINKS if lemma in word_set(f"figure_{w}")), None)
    if links is not None:
        for k in range(start, min(clause.end, len(low))):
            if low[k] in links:
                return "CD" in tags[k : min(k + REACH, clause.end)]
        return False
    if lemma == "say":
        return is_bare_figure(sentence, clause)
    if lemma not in word_set("counting_verbs"):
        return False
    first = clause.objects[0] if clause.objects else None
    end = first.end if first is not None else start + 1
    return "CD" in tags[start:end]


def _by_count(parsed: Parsed, number: int) -> list[Report]:
    """Reads "by the army's own count", "by its own gauge": the rest of the sentence is so."""
    sentence, found = parsed.sentence, []
    for phrase in parsed.phrases:
        i = phrase.start - 1
        if i < 0 or sentence.low[i] not in ("by", "on"):
            continue
        if sentence.low[phrase.end - 1] not in word_set("count_nouns"):
            continue
        owner = next((k for k in range(phrase.start, phrase.end) if sentence.tags[k] == "PS"), None)
        if owner is None or owner == phrase.start:
            continue
        content = _rest(sentence, i, phrase.end)
        source = offsets(sentence, phrase.start, owner)
        if source is None or not content:
            continue
        cue = (sentence.begins[owner + 1], sentence.ends[phrase.end - 1])
        found.append(Report([source], [cue], content, "say", "", "phrase", number, cue[0],
                            source_head=sentence.low[owner - 1]))  # fmt: skip
    return found


def _rest(sentence: Sentence, start: int, end: int) -> list[Range]:
    """The sentence without the words from `start` to `end`."""
    stop, content = last_word(sentence), []
    if start > 1:
        content += some(offsets(sentence, 0, start))
    if end + 1 < stop and (sentence.low[end] == "," or start <= 1):
        content += some(offsets(sentence, end, stop))
    return content
