"""Attributions by a fixed phrase: "according to X", "citing X", "per X"."""

from collections.abc import Sequence
from functools import cache

from firsthand.claims.clauses import Parsed
from firsthand.claims.lexicon import Cue, cues
from firsthand.claims.phrases import Phrase
from firsthand.claims.relays import through
from firsthand.claims.said import Range, Report, apposition, extended, last_word, offsets, some
from firsthand.claims.tokens import Sentence


def phrasal(parsed: Parsed, number: int, verbal: Sequence[Report]) -> list[Report]:
    """Reads "According to X", and the like."""
    sentence = parsed.sentence
    found: list[Report] = []
    by_first = _phrases_by_first()
    for i, word in enumerate(sentence.low):
        for words, cue in by_first.get(word, ()):
            j = i + len(words)
            if j >= len(sentence) or sentence.low[i:j] != words:
                continue
            report = _according(parsed, number, i, j, cue)
            if report is not None:
                found.append(_within(report, verbal))
                found.extend(through(parsed, number, found[-1]))
    return found


@cache
def _phrases_by_first() -> dict[str, list[tuple[list[str], Cue]]]:
    """The fixed phrases and their words, by the first of these."""
    found: dict[str, list[tuple[list[str], Cue]]] = {}
    for text, cue in cues("en", "phrase").items():
        words = text.split()
        found.setdefault(words[0], []).append((words, cue))
    return found


def _within(report: Report, verbal: Sequence[Report]) -> Report:
    """What is told "citing X" is what the verb beside it tells, not that verb itself."""
    for other in verbal:
        if report.type == "quote" and not other.content[0][0] <= report.head < other.content[-1][1]:
            report.content = list(other.content)
            report.within = True
    return report


def _according(parsed: Parsed, number: int, i: int, j: int, cue: Cue) -> Report | None:
    sentence = parsed.sentence
    phrase = next((p for p in parsed.phrases if p.start in (j, j + 1)), None)
    if sentence.low[j] == "her" and sentence.tags[j + 1 : j + 2] == ["PU"]:
        phrase = Phrase(j, j + 1, j)
    if phrase is None or (cue.cue == "per" and not _per(sentence, i)):
        return None
    stop = last_word(sentence)
    end = extended(parsed, phrase, stop)
    end = apposition(parsed, end, stop)
    source = offsets(sentence, phrase.start, end)
    content: list[Range] = []
    opened = i > 2 and sentence.low[i - 1] == "," and sentence.tags[i - 2] in ("WH", "SC")
    if i > 2 and not opened:  # not "unrest in which, according to X, nine died"
        content += some(offsets(sentence, 0, i))
    if end + 2 < stop and (sentence.low[end] == "," or i <= 2):
        content += some(offsets(sentence, end, stop))
    if source is None or not content:
        return None
    cue_span = (sentence.begins[i], sentence.ends[j - 1])
    return Report([source], [cue_span], content, cue.type, cue.act, "phrase", number, cue_span[0],
                  source_head=sentence.low[phrase.head])  # fmt: skip


def _per(sentence: Sentence, i: int) -> bool:
    """Whether "per" opens who says it ("Per the council, …"), not a rate ("10 per day")."""
    opens = i == 0 or sentence.low[i - 1] == ","
    return opens and (sentence.tags[i + 1] == "NP" or sentence.low[i + 1] in ("the", "a", "an"))
