"""Judgements: clauses that value a deed, infer a motive or mock, and state nothing to be checked."""

from collections.abc import Container, Sequence
from functools import cache

from msgspec.structs import replace

from firsthand.claims.clauses import Clause, Parsed
from firsthand.claims.event_types import TypeRow, topic, verb_row
from firsthand.claims.happening import Happening
from firsthand.claims.lexicon import word_set
from firsthand.claims.plain_clauses import PLAIN
from firsthand.claims.tokens import Sentence
from firsthand.resources import read_table

WORDS = "lexicons/modality_words.tsv"
PREDICATES = frozenset(("DT", "NN", "JN", "PS", "WH"))
"""What stands behind "is" where a deed is called something: "is an outrage", "was pure spite"."""
FACTS = frozenset(("CD", "TM"))
"""Word classes of what can be counted and dated, which a judge may tell by the way."""
OPENS = frozenset(("“", "”", '"', ":", ";", "that"))
"""What stands before the deed that a sentence values, where it is not the first word."""
PASTS = frozenset(("was", "were", "had", "did"))
REASONS = frozenset(("for", "out", "because", "from", "to", "by"))
"""What stands behind "not" and "but" where motives are weighed: "not for their policies but …"."""


@cache
def values() -> Container[str]:
    """Words that call something good or bad."""
    rows = read_table(WORDS)
    return frozenset(row["words"] for row in rows if row["class"] in ("opinion", "evaluation"))


def _values_any(words: Sequence[str]) -> bool:
    return any(word in values() for word in words)


def judged_deed(parsed: Parsed, nouns: Sequence[tuple[int, TypeRow]]) -> Happening | None:
    """The deed that a sentence only names to value it, with what it says of it.

    "Shelling a clinic is a disgrace", "To starve a town is medieval".
    """
    found = _deed(parsed)
    if found is None:
        return None
    sentence, (verbal, main) = parsed.sentence, found
    row = verb_row(sentence, verbal)
    inside = (noun for i, noun in nouns if verbal.verb.end <= i < main.verb.start)
    row = row if row is not None else next(inside, None)
    kind = row.type if row is not None and row.type != "topic" else ""
    kind = kind or topic(sentence, verbal.start, main.verb.start)
    return Happening(
        kind, verbal.start, max(main.end, main.verb.end), main.verb.head,
        sentence.lemmas[verbal.verb.head], row.name if row is not None else f"{PLAIN}{kind}",
        verbal, subject_role=row.subject if row is not None else "subject",
        object_role=row.object if row is not None else "target", judged=True,
    )  # fmt: skip


def with_deed(
    parsed: Parsed, nouns: Sequence[tuple[int, TypeRow]], every: Sequence[Happening]
) -> list[Happening]:
    """The happenings of a sentence, those in the judgement of a deed taken as that judgement."""
    deed = judged_deed(parsed, nouns)
    if deed is None:
        return list(every)
    others = (h for h in every if h.presupposed or not deed.start <= h.head < deed.end)
    return [deed, *others]


def _deed(parsed: Parsed) -> tuple[Clause, Clause] | None:
    """The -ing form or infinitive that a clause has for its subject, with its object, and the clause."""
    sentence, clauses = parsed.sentence, parsed.clauses
    for k, verbal in enumerate(clauses[:-1]):
        first = verbal.verb.start
        if verbal.verb.finite or sentence.tags[first] not in ("VG", "TO"):
            continue
        if first and sentence.low[first - 1] not in OPENS:
            continue
        main = next((c for c in clauses[k + 1 :] if c.verb.finite and not c.relative), None)
        if main is None or "," in sentence.low[verbal.verb.end : main.verb.start]:
            continue
        opened = sentence.tags[main.start] in ("SC", "WH", "CC")
        if not opened and _calls(sentence, main):
            return _whole(parsed, verbal, main), main
    return None


def _whole(parsed: Parsed, verbal: Clause, main: Clause) -> Clause:
    """A verbal clause with the object that stands before the main verb."""
    end = main.verb.start
    objects = tuple(
        p for p in parsed.phrases
        if verbal.verb.end <= p.start < end and parsed.sentence.tags[p.start - 1] not in ("PP", "TO")
    )  # fmt: skip
    return replace(verbal, start=verbal.verb.start, end=end, objects=objects, subject=None)


def _calls(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause says what something is, not what it costs, brings or allows."""
    verb = clause.verb
    if verb.passive or verb.modal in ("will", "may", "might") or verb.chain:
        return False
    if sentence.lemmas[verb.head] not in word_set("judging_verbs"):
        return False
    words = sentence.low[verb.end : max(clause.end, verb.end)]
    if not word_set("feasible").isdisjoint(words[:4]):
        return False
    named = bool(words) and sentence.tags[verb.end] in PREDICATES
    return named or _values_any(words)


def is_voiced(sentence: Sentence, happening: Happening, cue: str, head: str) -> bool:
    """Whether a clause is told in a voice of judging and holds nothing to count or date.

    "…, scoffed the premier", "…, the columnist writes".
    """
    clause = happening.clause
    if clause is None or not FACTS.isdisjoint(sentence.tags[happening.start : happening.end]):
        return False
    if cue in word_set("mocking_verbs") or head in word_set("opinion_writers"):
        return True
    return cue in word_set("judging_cues") and _timeless(sentence, clause)


def _timeless(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause says how things are: "embargoes hurt the washerwoman"."""
    verb = clause.verb
    word = sentence.low[verb.head]
    if verb.passive or verb.head > verb.start or word in PASTS or word.endswith("ed"):
        return False
    return sentence.tags[verb.head] in ("VF", "AX")


def is_valued(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause calls something good or bad, or says what it shows of somebody's character.

    "The raid was a cowardly act", "the accord amounts to a betrayal", "showed its contempt".
    """
    lemma = sentence.lemmas[clause.verb.head]
    if clause.verb.passive:
        return False
    said = sentence.low[clause.verb.end : max(clause.end, clause.verb.end)]
    if lemma in word_set("revealing_verbs"):
        return not word_set("vices").isdisjoint(said)
    return lemma in word_set("judging_verbs") and _values_any(said)


def infers_motive(words: Sequence[str]) -> bool:
    """Whether words say what somebody was after: "meant to humiliate", "not for bread but for show"."""
    if not word_set("aiming").isdisjoint(words) and not word_set("motives").isdisjoint(words):
        return True
    if "not" not in words or "but" not in words:
        return False
    first, second = words.index("not"), words.index("but")
    after = (words[first + 1 : first + 2], words[second + 1 : second + 2])
    return first < second and after[0] == after[1] and not REASONS.isdisjoint(after[0])
