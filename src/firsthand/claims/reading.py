"""Reading: a document's sentences tagged and parsed, with its quotations and its names."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from firsthand.claims.attributions import reports_of
from firsthand.claims.clauses import Parsed, parse
from firsthand.claims.combine import combined
from firsthand.claims.continuations import continued
from firsthand.claims.entities import Name, canonical_names, names_in
from firsthand.claims.known import Known
from firsthand.claims.layers import names_of
from firsthand.claims.lexicon import demonyms
from firsthand.claims.named import completed
from firsthand.claims.quotes import Quotes, mark, outermost
from firsthand.claims.recase import body_start, recased
from firsthand.claims.registered import merged, registered_names
from firsthand.claims.roles import roles_of, titled_of
from firsthand.claims.said import Report
from firsthand.claims.speakers import speaking
from firsthand.claims.tagging import tag
from firsthand.claims.tokens import Sentence, tokenize
from firsthand.claims.topics import topics
from firsthand.model.document import Document, Segments
from firsthand.model.record import Range
from firsthand.nlp.reader import Layers, Reader, Word
from firsthand.registry import Registry

SHOUTING = 0.6
"""A text with a larger share of capital letters is an old wire: capitals mean nothing in it."""
SHOUT_SAMPLE = 2_000


@dataclass(frozen=True, slots=True)
class Reading:
    """One document as read: parsed sentences, attributions as found, names."""

    text: str
    parsed: tuple[Parsed, ...]
    quotes: Quotes
    reports: tuple[Report, ...]
    known: Known
    unread: str | None = None
    """What another reader could not read, so that the rules read it alone."""
    plain: str = ""
    """The text with the capitals of ordinary print, at the same offsets."""
    inferred: tuple[Report, ...] = ()
    """What the teller infers from a thing: "the move suggests that …"."""


def shouts(text: str, start: int, end: int) -> bool:
    """Whether most letters are capitals (old wires) or none is (stripped text)."""
    times = Counter(text[start : min(end, start + SHOUT_SAMPLE)])
    letters = sum(number for letter, number in times.items() if letter.isalpha())
    upper = sum(number for letter, number in times.items() if letter.isupper())
    return letters > 0 and (upper == 0 or upper / letters > SHOUTING)


def joined(ranges: Sequence[Range]) -> list[Range]:
    """Ranges in order, those that overlap or touch made one."""
    found: list[Range] = []
    for one in sorted(ranges, key=lambda r: (r.start, r.end)):
        if found and one.start <= found[-1].end:
            if one.end > found[-1].end:
                found[-1] = Range(start=found[-1].start, end=one.end)
        else:
            found.append(one)
    return found


def sentences_of(
    text: str,
    document: Document,
    segments: Segments,
    furniture: Sequence[Range],
    body: int = 0,
) -> list[Sentence]:
    """The sentences of a document as words, those inside furniture or before `body` left out."""
    runs = joined(furniture)
    ends = [run.end for run in runs]
    found: list[Sentence] = []
    paragraph = 0
    for one in segments.sentences:
        while (
            paragraph < len(segments.paragraphs) - 1
            and segments.paragraphs[paragraph].end <= one.start
        ):
            paragraph += 1
        block = segments.paragraphs[paragraph] if segments.paragraphs else None
        near = bisect_right(ends, one.start)
        beside = near < len(runs) and runs[near].start < one.end
        if (block is not None and block.furniture) or beside or one.end <= body:
            continue
        heading = (block is not None and block.heading) or _in_title(document, one)
        found.extend(tokenize(text, max(one.start, body), one.end, paragraph, heading=heading))
    return found


def tagged(sentences: Sequence[Sentence], words: Sequence[Word]) -> None:
    """Tags the sentences of a document; what another reader takes a word for settles doubts."""
    named = named_words(sentences)
    classes = {word.start: word.tag for word in words}
    for sentence in sentences:
        tag(sentence, named, classes)


def named_words(sentences: Sequence[Sentence]) -> frozenset[str]:
    """Words with a capital inside sentences and never without, and words of countries."""
    inside: set[str] = set()
    small: set[str] = set()
    for sentence in sentences:
        for i, (word, low) in enumerate(zip(sentence.words, sentence.low, strict=True)):
            if word == low:
                small.add(word)
            elif i and word[0].isupper() and not sentence.heading:
                inside.add(word)
    named = {word for word in inside if word.lower() not in small}
    of_countries = _demonyms_by_low()
    unnamed = [of_countries[low] for low in small if low in of_countries]
    return demonyms().difference(*unnamed) | named


@cache
def _demonyms_by_low() -> dict[str, frozenset[str]]:
    """Words of countries by their lower-case form."""
    found: dict[str, set[str]] = defaultdict(set)
    for word in demonyms():
        found[word.lower()].add(word)
    return {low: frozenset(words) for low, words in found.items()}


def _in_title(document: Document, one: Range) -> bool:
    start, end = document.title_start, document.title_end
    return start is not None and end is not None and start <= one.start < end


def _known(names: Sequence[Name], parsed: Sequence[Parsed], text: str, registry: Registry) -> Known:
    """The names of a document, by form and by the register, with what the register says."""
    pairs = registered_names(registry, text, [item.sentence for item in parsed])
    every = merged(names, [name for name, _ in pairs])
    canonical = canonical_names(every)
    kinds: dict[str, str] = {}
    for name, mention in pairs:
        canonical[name.text] = mention.entry.name
        kinds[name.text] = mention.entry.kind
        kinds[mention.entry.name] = mention.entry.kind
    roles = roles_of(every, canonical, parsed)
    titled = titled_of(every, parsed)
    starts = tuple(name.start for name in every)
    about = topics(parsed, every)
    return Known(tuple(every), canonical, kinds, roles, titled, starts, about)


def read(
    text: str,
    document: Document,
    segments: Segments,
    furniture: Sequence[Range],
    registry: Registry,
    reader: Reader | None = None,
) -> Reading:
    """A document's sentences, names and attributions as found.

    Layers that another `reader` has are joined with the rules' own.
    """
    quotes = outermost(segments.quotations)
    shown, body = text, document.start
    if shouts(text, document.start, document.end):
        body = body_start(text, document.start, document.end)
        begins = [Range(start=body, end=document.end), *segments.sentences]
        text = recased(text, document.start, document.end, begins)
    sentences = sentences_of(text, document, segments, furniture, body)
    layers = _layers(reader, text, sentences, quotes)
    tagged(sentences, layers.words or ())
    for sentence in sentences:
        mark(sentence, quotes)
    parsed = tuple(parse(sentence) for sentence in sentences)
    names = names_in(sentences, text)
    if layers.mentions is not None:
        read_names = names_of(layers.mentions, sentences, text)
        names = completed(read_names, names, sentences, text, layers.end)
    reports = [r for n, item in enumerate(parsed) for r in reports_of(item, n, quotes)]
    if layers.said is not None:
        reports = combined(reports, layers.said, parsed, quotes, text)
    known = _known(names, parsed, text, registry)
    reports, inferred = speaking(reports, parsed, known, text)
    full = continued(reports, parsed, quotes, text)
    return Reading(shown, parsed, quotes, tuple(full), known, layers.unread, text, tuple(inferred))


def _layers(
    reader: Reader | None, text: str, sentences: Sequence[Sentence], quotes: Quotes
) -> Layers:
    """What another reader finds in the sentences that are read; nothing without one."""
    if reader is None:
        return Layers()
    spans = [Range(start=s.start, end=s.end) for s in sentences]
    quoted = [Range(start=q.start, end=q.end) for q in quotes.spans]
    return reader.annotate(text, spans, quoted)
