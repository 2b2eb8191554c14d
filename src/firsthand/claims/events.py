"""Events and states of a sentence: one for each predicate, with its words and its roles."""

from collections.abc import Sequence

from msgspec.structs import replace

from firsthand.claims.clauses import Clause, Parsed
from firsthand.claims.event_types import (
    TypeRow,
    adjective_at,
    adjectives,
    chain_row,
    classes_of,
    noun_at,
    noun_openers,
    support_verbs,
    verb_row,
)
from firsthand.claims.happening import Happening
from firsthand.claims.judgements import with_deed
from firsthand.claims.lexicon import word_set
from firsthand.claims.phrases import Phrase
from firsthand.claims.plain_clauses import PLAIN, plain
from firsthand.claims.tokens import Sentence

MAX_LINKS = 3
"""Prepositional phrases taken along with an event noun."""


def happenings(parsed: Parsed, skip: frozenset[int]) -> list[Happening]:
    """The events of a sentence; clauses in `skip` are cues of attributions."""
    found: list[Happening] = []
    used: set[int] = set()
    every = _nouns_of(parsed.sentence)
    for index, clause in enumerate(parsed.clauses):
        if index in skip:
            continue
        if index and _purpose(parsed, index):
            if found and _absorbs(found[-1], clause):
                found[-1] = replace(found[-1], end=max(found[-1].end, clause.end))
            continue
        nouns = [(i, row) for i, row in every if clause.start <= i < clause.end]
        act = chain_row(clause.verb.chain)
        found.extend([_act(clause, act)] if act is not None else [])
        if act is not None and act.words[0] in word_set("refusals"):
            continue
        happening = _of_clause(parsed, clause, nouns, used)
        if happening is not None and _says_little(parsed, index, happening, skip):
            continue
        if happening is not None and found and _goes_with(parsed, index, happening, found[-1]):
            found[-1] = replace(found[-1], end=max(found[-1].end, clause.end))
            continue
        if happening is not None:
            heard = index > 0 and _perceived(parsed, index)
            found.append(replace(happening, subject_role="subject") if heard else happening)
        elif found and _absorbs(found[-1], clause):
            found[-1] = replace(found[-1], end=max(found[-1].end, clause.end))
    found.extend(_of_nouns(parsed, every, used, found))
    found.extend(_of_adjectives(parsed))
    return sorted(with_deed(parsed, every, found), key=lambda h: (h.start, h.end, h.head))


def _meanwhile(happening: Happening) -> bool:
    """Whether a clause tells only what someone did while speaking: "she said as she rose"."""
    clause = happening.clause
    plain = happening.type == "other" and happening.rule.startswith(PLAIN)
    return plain and clause is not None and clause.opener in word_set("clause_openers")


def _goes_with(parsed: Parsed, index: int, happening: Happening, last: Happening) -> bool:
    """Whether a clause of no event only adds to such a one before it, with which it is told.

    "Led men into gas | we had not measured".
    """
    clause, before, sentence = happening.clause, last.clause, parsed.sentence
    if clause is None or before is None or before is not parsed.clauses[index - 1]:
        return False
    if any(one.type != "other" or not one.rule.startswith(PLAIN) for one in (happening, last)):
        return False
    if not {"CD", "NP"}.isdisjoint(sentence.tags[clause.start : clause.end]):
        return False
    return _contact_relative(sentence, clause)


def _contact_relative(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause tells of a noun right before it: "gas we had not measured"."""
    subject = clause.subject
    if subject is None or clause.objects or subject.end != clause.verb.start:
        return False
    i = subject.start
    pronoun = sentence.tags[i] == "PR" and subject.end - i == 1
    return pronoun and clause.start < i and sentence.tags[i - 1] == "NN"


def _purpose(parsed: Parsed, index: int) -> bool:
    """Whether a clause is an infinitive that nothing caused: what for, not what happened."""
    clause, before = parsed.clauses[index], parsed.clauses[index - 1]
    sentence = parsed.sentence
    infinitive = not clause.verb.finite and sentence.tags[clause.verb.start] == "TO"
    lemma = sentence.lemmas[before.verb.head]
    return infinitive and lemma not in word_set("causatives") | word_set("claims_to")


def _perceived(parsed: Parsed, index: int) -> bool:
    """Whether a participle is what someone heard or saw: "residents heard shelling"."""
    clause, before = parsed.clauses[index], parsed.clauses[index - 1]
    sentence = parsed.sentence
    near = clause.start == before.verb.end and clause.subject == before.subject
    participle = sentence.tags[clause.verb.first] == "VG" and not clause.verb.finite
    return near and participle and sentence.lemmas[before.verb.head] in word_set("perceive")


def _says_little(parsed: Parsed, index: int, happening: Happening, skip: frozenset[int]) -> bool:
    """Whether a clause tells only what a speaker did by the way, or that someone looked on."""
    if index - 1 in skip and _meanwhile(happening):
        return True
    return _only_seen(parsed, index, happening) or _taken_up(parsed, index, happening)


def _taken_up(parsed: Parsed, index: int, happening: Happening) -> bool:
    """Whether the next clause tells all this one does: "the trucks it sent | were turned back"."""
    clause = parsed.clauses[index]
    if happening.type != "other" or index + 1 >= len(parsed.clauses):
        return False
    following = parsed.clauses[index + 1]
    return following.start <= clause.start and clause.end <= following.verb.start


def _only_seen(parsed: Parsed, index: int, happening: Happening) -> bool:
    """Whether a clause says only that someone saw what the next one tells: "she saw | a man fall"."""
    clause = parsed.clauses[index]
    if happening.type != "other" or index + 1 >= len(parsed.clauses) or clause.verb.negated:
        return False
    if parsed.sentence.lemmas[clause.verb.head] not in word_set("senses"):
        return False
    following = parsed.clauses[index + 1]
    return clause.end == clause.verb.end and following.start == clause.end


def _act(clause: Clause, row: TypeRow) -> Happening:
    """The act of threatening, agreeing, refusing itself, which did happen."""
    verb = replace(clause.verb, chain=(), negated=False, modal=clause.verb.modal)
    done = replace(clause, verb=verb)
    return Happening(
        row.type,
        clause.start,
        clause.end,
        clause.verb.first,
        row.words[0],
        row.name,
        done,
        subject_role=row.subject,
        object_role=row.object,
    )


def _absorbs(last: Happening, clause: Clause) -> bool:
    """Whether an infinitive or participle without an event of its own goes with the one before."""
    gap = clause.start - last.end
    return last.clause is not None and not clause.verb.finite and 0 <= gap <= 2


def _of_clause(
    parsed: Parsed, clause: Clause, nouns: Sequence[tuple[int, TypeRow]], used: set[int]
) -> Happening | None:
    sentence = parsed.sentence
    row = verb_row(sentence, clause)
    lemma = sentence.lemmas[clause.verb.head]
    if row is not None and not row.needs and lemma in word_set("undergo"):
        place = _main_noun(parsed, clause, [(i, n) for i, n in nouns if i > clause.verb.head])
        if place is not None:
            used.add(place[0])
            return _supported(parsed, clause, place)
    if row is not None:
        used.update(i for i, noun in nouns if noun.type == row.type)
        if row.type == "topic":
            return plain(sentence, clause)
        made = _happening(clause, row, lemma)
        perceives = lemma in word_set("perceive") and row.subject == "agent"
        return replace(made, subject_role="subject") if perceives else made
    names = lemma in word_set("judging_lemmas")
    if nouns and not names and (lemma in support_verbs() or clause.verb.finite):
        place = _main_noun(parsed, clause, nouns)
        if place is not None:
            used.update(i for i, noun in nouns if noun.type == place[1].type)
            used.add(place[0])
            return _supported(parsed, clause, place)
    return plain(sentence, clause)


def _happening(clause: Clause, row: TypeRow, lemma: str) -> Happening:
    return Happening(
        row.type,
        clause.start,
        clause.end,
        clause.verb.head,
        lemma,
        row.name,
        clause,
        subject_role=row.subject,
        object_role=row.object,
        types=row.types,
    )


def _supported(parsed: Parsed, clause: Clause, place: tuple[int, TypeRow]) -> Happening:
    """The event of a noun under a verb like "launched"."""
    index, row = place
    phrase = _phrase_at(parsed, index)
    after = index > clause.verb.head
    made = _happening(clause, row, " ".join(row.words))
    sentence = parsed.sentence
    lemma = sentence.lemmas[clause.verb.head]
    undergoes = lemma in word_set("undergo")
    if phrase is not None and phrase.start and sentence.low[phrase.start - 1] == "under":
        undergoes = True
    if lemma in word_set("involved"):
        return replace(
            made, noun=phrase, subject_role="subject", object_role=row.subject,
            noun_role=row.subject, noun_object=row.object,
        )  # fmt: skip
    does = lemma in support_verbs() or clause.verb.passive
    subject_role = row.subject if does and (after or clause.verb.passive) else "subject"
    if after and undergoes:
        subject_role = row.object
    if lemma in word_set("perceive") and after and _is_someone(sentence, clause.subject):
        subject_role = "subject"
    return replace(made, noun=phrase, subject_role=subject_role, noun_role=row.subject)


def _is_someone(sentence: Sentence, subject: Phrase | None) -> bool:
    """Whether who hears or sees is a person told by a noun, who stood by and was no target."""
    return subject is not None and "person" in classes_of(sentence.low[subject.head])


def _main_noun(
    parsed: Parsed, clause: Clause, nouns: Sequence[tuple[int, TypeRow]]
) -> tuple[int, TypeRow] | None:
    """The event noun that the clause is about: in an object, in the subject, behind a verb."""
    for phrase in (*clause.objects, *(p for p in (clause.subject,) if p is not None)):
        for index, row in nouns:
            inside = phrase.start <= index < phrase.end
            if inside and _names_event(parsed.sentence, phrase, index, row):
                return index, row
    lemma = parsed.sentence.lemmas[clause.verb.head]
    if lemma not in support_verbs():
        return None
    return next(((i, row) for i, row in nouns if i > clause.verb.head), None)


def _nouns_of(sentence: Sentence) -> list[tuple[int, TypeRow]]:
    """The event nouns of a sentence with their places."""
    found: list[tuple[int, TypeRow]] = []
    first = noun_openers()
    after = 0
    for i, word in enumerate(sentence.low):
        if word in first and i >= after and (row := noun_at(sentence, i)) is not None:
            if sentence.tags[i] == "NP" and sentence.tags[i + 1 : i + 2] == ["NP"]:
                continue  # inside a name: "the Carnel Liberation Front"
            found.append((i, row))
            after = i + len(row.words)
    return found


def _phrase_at(parsed: Parsed, index: int) -> Phrase | None:
    return next((p for p in parsed.phrases if p.start <= index < p.end), None)


def _of_nouns(
    parsed: Parsed,
    every: Sequence[tuple[int, TypeRow]],
    used: set[int],
    before: Sequence[Happening],
) -> list[Happening]:
    """Event nouns that no clause used: presupposed events ("following the offensive of …")."""
    found: list[Happening] = []
    seen: set[tuple[int, str]] = set()
    for index, row in every:
        if index in used:
            continue
        phrase = _phrase_at(parsed, index)
        if phrase is None or (phrase.start, row.type) in seen:
            continue
        if not _names_event(parsed.sentence, phrase, index, row):
            continue
        end, links = _linked(parsed, phrase)
        if phrase.end - phrase.start == len(row.words) and not links:
            continue
        if any(h.type == row.type and h.start <= index < h.end and not links for h in before):
            continue
        seen.add((phrase.start, row.type))
        found.append(
            Happening(
                row.type,
                _counted_from(parsed, phrase),
                end,
                index,
                " ".join(row.words),
                row.name,
                None,
                phrase,
                anchored=links > 0,
                noun_role=row.subject,
                subject_role=row.subject,
                object_role=row.object,
                types=row.types,
            )
        )
    return found


def _names_event(sentence: Sentence, phrase: Phrase, index: int, row: TypeRow) -> bool:
    """Whether the event noun heads its phrase: "riot police" are no riot."""
    last = index + len(row.words) - 1
    return last >= phrase.head or sentence.low[phrase.head] in word_set("event_heads")


def _counted_from(parsed: Parsed, phrase: Phrase) -> int:
    """Where "40 new cases of" before an event noun begins."""
    sentence = parsed.sentence
    if phrase.start < 2 or sentence.low[phrase.start - 1] != "of":
        return phrase.start
    before = next((p for p in parsed.phrases if p.end == phrase.start - 1), None)
    counted = before is not None and sentence.tags[before.start] == "CD"
    return before.start if counted and before is not None else phrase.start


def _linked(parsed: Parsed, phrase: Phrase) -> tuple[int, int]:
    """One past the prepositional phrases that go with an event noun, and how many."""
    sentence, end, count = parsed.sentence, phrase.end, 0
    for following in parsed.phrases:
        if following.start <= phrase.start:
            continue
        gap = sentence.low[end : following.start]
        if (
            sentence.tags[following.start] == "CD"
            or len(gap) != 1
            or gap[0] not in word_set("event_links")
            or count == MAX_LINKS
        ):
            break
        end, count = following.end, count + 1
    return end, count


def _of_adjectives(parsed: Parsed) -> list[Happening]:
    """Reads "the besieged city", "rebel-held villages", presupposed by any sentence."""
    found: list[Happening] = []
    sentence = parsed.sentence
    single = adjectives()
    for i, word in enumerate(sentence.low[:-1]):
        if word not in single and "-" not in word:
            continue
        row = adjective_at(sentence, i)
        if row is None or sentence.tags[i + 1] not in ("NN", "NP", "JJ", "JN"):
            continue
        phrase = _phrase_at(parsed, i) or _phrase_at(parsed, i + 1)
        if phrase is None:
            continue
        end, _ = (
            _linked(parsed, phrase)
            if sentence.low[phrase.end : phrase.end + 1] == ["of"]
            else (phrase.end, 0)
        )
        found.append(
            Happening(
                row.type,
                min(i, phrase.start),
                end,
                i,
                row.words[0],
                row.name,
                None,
                phrase,
                presupposed=True,
                noun_role=row.subject,
                subject_role=row.subject,
                object_role=row.object,
            )
        )
    return found
