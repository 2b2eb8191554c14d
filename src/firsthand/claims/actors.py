"""Actors: who takes part in an event, by where they stand beside its predicate."""

from collections.abc import Sequence

from firsthand.claims.cast import MAX_ACTORS, PLURAL_PRONOUNS, SINGULAR_PRONOUNS, Cast, Memory
from firsthand.claims.clauses import Parsed
from firsthand.claims.event_types import noun_at
from firsthand.claims.happening import Happening
from firsthand.claims.known import Known
from firsthand.claims.lexicon import demonyms, source_nouns, word_set
from firsthand.claims.phrases import Phrase
from firsthand.claims.struck import HIT, is_struck
from firsthand.claims.tokens import Sentence
from firsthand.model.claim import Actor

FORCES = frozenset(("military", "belligerent"))
"""Source kinds of nouns for bodies that fight: "members of the armed forces"."""
SIEGES = frozenset(("siege_state", "siege_broken"))
BOMBS = frozenset(("planted_bomb", "suicide_car_bomb"))
BACKING = 8
"""Words behind an event noun in which those who back its actor are named."""


def actors_of(
    parsed: Parsed, happening: Happening, known: Known, memory: Memory
) -> tuple[Actor, ...]:
    """The actors of an event, in the order of the text."""
    cast = Cast(parsed, happening, known, memory)
    if happening.noun is not None:
        _of_noun(cast)
    if happening.clause is not None:
        _of_clause(cast)
    return tuple(sorted(cast.found[:MAX_ACTORS], key=lambda a: (a.start, a.end, a.role)))


def _of_clause(cast: Cast) -> None:
    clause, happening = cast.happening.clause, cast.happening
    if clause is None:
        return
    passive = clause.verb.passive
    subject = happening.object_role if passive else happening.subject_role
    cast.remember = True
    _with_complement(cast, clause.subject, subject)
    cast.remember = False
    if not passive:
        for phrase in clause.objects[:2]:
            _with_complement(cast, phrase, happening.object_role)
        if happening.object_role == "victim":
            _named_behind(cast, clause.objects[2:MAX_ACTORS])
    _prepositional(cast, clause.verb.end, happening.end, passive=passive)
    _supporters(cast, clause.start, clause.verb.start)


def _named_behind(cast: Cast, phrases: Sequence[Phrase]) -> None:
    """Further people by name: "killed X, head of the union, and Y"."""
    for phrase in phrases:
        span = (cast.sentence.begins[phrase.start], cast.sentence.ends[phrase.end - 1])
        if any(name.label == "PER" for name in cast.known.inside(span)):
            cast.take(phrase, cast.happening.object_role)


def _with_complement(cast: Cast, phrase: Phrase | None, role: str) -> None:
    """Take a phrase, or the people it counts: "dozens of locals", "one of the officers"."""
    if phrase is None:
        return
    sentence = cast.sentence
    if sentence.low[phrase.end : phrase.end + 1] == ["of"]:
        head = sentence.low[phrase.head]
        lone = word_set("groups") | word_set("lone_determiners")
        counts = sentence.tags[phrase.head] == "CD" or head in lone
        begin = phrase.end + 1
        while sentence.tags[begin : begin + 1] == ["AV"]:
            begin += 1
        inner = next((p for p in cast.parsed.phrases if p.start == begin), None)
        if inner is not None and (counts or _belonging(cast, head, inner)):
            begin = inner.start if head in word_set("of_many") else phrase.start
            cast.take(Phrase(begin, inner.end, inner.head), role)
            cast.take(_second(cast, inner, phrase), role)
            return
    cast.take(phrase, role)


def _second(cast: Cast, first: Phrase, of: Phrase | None = None) -> Phrase | None:
    """What "and" joins to a phrase: "between X and Y"; with `of`, only right before a verb."""
    sentence = cast.sentence
    if sentence.low[first.end : first.end + 1] != ["and"]:
        return None
    second = next((p for p in cast.parsed.phrases if p.start == first.end + 1), None)
    if second is None or of is None:
        return second
    clause = cast.happening.clause
    leads = clause is not None and clause.subject == of and second.end == clause.verb.start
    return second if leads else None


def _belonging(cast: Cast, head: str, body: Phrase) -> bool:
    """Whether people are told by the body they are of: "guerrillas of the Carnel Front"."""
    if head not in word_set("fighters") | word_set("sent_people"):
        return False
    noun = source_nouns().get(cast.sentence.low[body.head])
    if noun is not None and noun.source_kind in FORCES:
        return True
    span = (cast.sentence.begins[body.start], cast.sentence.ends[body.end - 1])
    return any(n.label == "ORG" and n.end == span[1] for n in cast.known.inside(span))


def _prepositional(cast: Cast, start: int, end: int, *, passive: bool) -> None:
    sentence = cast.sentence
    for phrase in cast.parsed.phrases:
        if not start < phrase.start < end or phrase.start == 0:
            continue
        word = _governor(sentence, phrase.start)
        if word == "by":
            _with_complement(cast, phrase, cast.happening.subject_role if passive else "agent")
        elif word in ("against", "on", "at") or (
            word == "with" and cast.happening.type == "battle"
        ):
            victims = cast.happening.object_role == "victim"
            cast.things = word == "against" or not any(a.role in HIT for a in cast.found)
            if not (victims and word == "at"):
                cast.take(phrase, "victim" if victims else "target")
            cast.things = True
        elif word == "to" and cast.happening.object_role == "recipient":
            cast.take(phrase, "recipient")
        elif word == "between" and cast.happening.type in word_set("two_sided"):
            cast.take(phrase, "agent")
            cast.take(_second(cast, phrase), "agent")
        elif word in ("in", "under") and cast.happening.type == "control_of_territory":
            _holder(cast, phrase)
        elif word == "of" and _noun_before(cast, phrase):
            cast.take(phrase, cast.happening.object_role)


def _holder(cast: Cast, phrase: Phrase) -> None:
    """Who holds a place by "in the hands of X", "in government hands", "under X's control"."""
    sentence, last = cast.sentence, phrase.end - 1
    if sentence.low[last] not in word_set("holding"):
        return
    if sentence.low[phrase.end : phrase.end + 1] == ["of"]:
        whose = next((p for p in cast.parsed.phrases if p.start == phrase.end + 1), None)
    elif last > phrase.start:
        end = last - (sentence.tags[last - 1] == "PS")
        start = phrase.start + (sentence.low[phrase.start] in word_set("fillers"))
        whose = Phrase(start, end, end - 1) if start < end else None
    else:
        return
    cast.take(whose, "agent")


def _governor(sentence: Sentence, start: int) -> str:
    """The word before a phrase, adverbs left out: "by heavily armed men"."""
    i = start - 1
    while i > 0 and sentence.tags[i] in ("AV", "QT"):
        i -= 1
    return sentence.low[i]


def _noun_before(cast: Cast, phrase: Phrase) -> bool:
    """Whether "of" hangs on an event noun, whose object then follows: "the murder of a judge"."""
    if cast.happening.type not in word_set("of_is_object"):
        return False
    return noun_at(cast.sentence, phrase.start - 2) is not None


def _supporters(cast: Cast, start: int, end: int) -> None:
    """Reads "forces supported by planes": who backs the subject."""
    sentence = cast.sentence
    for i in range(start, end):
        if sentence.low[i] == "by" and sentence.lemmas[i - 1] in word_set("support_verbs"):
            phrase = next((p for p in cast.parsed.phrases if p.start == i + 1), None)
            cast.take(phrase, "supporter")


def _of_noun(cast: Cast) -> None:
    happening, sentence = cast.happening, cast.sentence
    phrase = happening.noun
    if phrase is None:
        return
    _modifiers(cast, phrase)
    end = phrase.end
    for following in cast.parsed.phrases:
        if following.start <= phrase.start or following.end > max(happening.end, end):
            continue
        word = sentence.low[following.start - 1]
        if word == "of" and following.start - 1 != end:
            continue
        if word == "of":
            whose = any(actor.role == happening.noun_role for actor in cast.found)
            object_like = whose or happening.type in word_set("of_is_object") | SIEGES
            object_like = object_like or is_struck(
                sentence.low[following.head], happening.type, happening.thing_role
            )
            cast.take(following, happening.thing_role if object_like else happening.noun_role)
        elif word in ("by", "from", "between"):
            _with_complement(cast, following, happening.noun_role)
            if word == "between":
                cast.take(_second(cast, following), happening.noun_role)
        elif word in ("against", "on", "at", "with") or _blown(happening.type, word):
            cast.take(following, happening.thing_role)
    if happening.clause is None:
        _backers_behind(cast, end)
        _answerable(cast)


def _blown(kind: str, word: str) -> bool:
    """Whether a word leads to what a bomb was meant for: "a blast in the workshop"."""
    return kind in BOMBS and word in ("in", "inside", "outside", "under", "beneath")


def _answerable(cast: Cast) -> None:
    """Who is said to have done what a noun tells: "X claimed responsibility for", "blamed X for"."""
    sentence, head = cast.sentence, cast.happening.head
    clause = next((c for c in cast.parsed.clauses if c.start <= head < c.end), None)
    if clause is None or clause.verb.negated:
        return
    lemma = sentence.lemmas[clause.verb.head]
    if lemma in word_set("owning_up"):
        words = sentence.low[clause.verb.end : head]
        if not word_set("answers").isdisjoint(words):
            _with_complement(cast, clause.subject, cast.happening.noun_role)
    elif lemma in word_set("blaming"):
        whom = clause.subject if clause.verb.passive else next(iter(clause.objects), None)
        _with_complement(cast, whom, cast.happening.noun_role)


def _backers_behind(cast: Cast, end: int) -> None:
    """Who backs an event noun's actor: "the offensive of forces supported by planes"."""
    sentence = cast.sentence
    for i in range(end, min(end + BACKING, len(sentence) - 1)):
        if sentence.low[i + 1] == "by" and sentence.lemmas[i] in word_set("support_verbs"):
            _supporters(cast, i, i + 2)
            return


def _modifiers(cast: Cast, phrase: Phrase) -> None:
    """Actors before the event noun: "a rebel siege", "the army's advance", "its offensive"."""
    sentence, happening = cast.sentence, cast.happening
    start, head = phrase.start, happening.head if happening.clause is None else phrase.head
    if sentence.low[start] in PLURAL_PRONOUNS | SINGULAR_PRONOUNS:
        cast.take(Phrase(start, start + 1, start), happening.noun_role)
    for i in range(start, min(head, phrase.end)):
        word = sentence.low[i]
        if sentence.tags[i] == "PS":
            suffers = happening.type in word_set("of_is_object")
            whose = suffers and sentence.low[phrase.end : phrase.end + 1] != ["of"]
            cast.take(
                Phrase(start, i, i - 1), happening.thing_role if whose else happening.noun_role
            )
            return
        if word in word_set("attributes"):
            continue
        if word in source_nouns() and sentence.tags[i] in ("NN", "JJ"):
            cast.take(Phrase(i, i + 1, i), happening.noun_role)
        elif "-" in word and word.rsplit("-", 1)[1] in ("held", "controlled", "besieged", "run"):
            _compound(cast, i)
        elif sentence.words[i] in demonyms():
            end = i + 2 if sentence.low[i + 1] in source_nouns() else i + 1
            cast.take(Phrase(i, end, end - 1), happening.noun_role)
            return
    for name in cast.known.inside((sentence.begins[start], sentence.ends[head])):
        if name.label in ("ORG", "PER") and name.last <= head:
            cast.take(Phrase(name.first, name.last, name.last - 1), happening.noun_role)


def _compound(cast: Cast, i: int) -> None:
    """The actor inside "rebel-held"."""
    word = cast.sentence.words[i].rsplit("-", 1)[0]
    noun = source_nouns().get(word.lower())
    if noun is None and not word[:1].isupper():
        return
    kind = noun.actor_kind if noun is not None else "organisation"
    begin = cast.sentence.begins[i]
    cast.found.append(
        Actor(
            name=word,
            actor_kind=kind,  # type: ignore[arg-type]  # a table's word, checked by its test
            role=cast.happening.noun_role,  # type: ignore[arg-type]  # a table's word, checked by its test
            as_written=word,
            start=begin,
            end=begin + len(word),
        )
    )


def as_written(actors: Sequence[Actor], text: str) -> tuple[Actor, ...]:
    """The actors with their words cut out of the page's text."""
    return tuple(
        Actor(
            name=" ".join(actor.name.split()),
            actor_id=actor.actor_id,
            actor_kind=actor.actor_kind,
            role=actor.role,
            as_written=text[actor.start : actor.end],
            start=actor.start,
            end=actor.end,
        )
        for actor in actors
    )
