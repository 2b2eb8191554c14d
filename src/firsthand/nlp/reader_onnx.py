"""The trained reader: words with arcs, names, attributions, factuality and sentence vectors."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from firsthand.model.claim import EntityLabel
from firsthand.model.record import Range
from firsthand.nlp.arcs import best_heads
from firsthand.nlp.onnx_model import DECIMALS, Model, Scores, open_model
from firsthand.nlp.onnx_said import Seen, attributions
from firsthand.nlp.onnx_windows import Window, windows
from firsthand.nlp.onnx_words import Cut, cut, latin_share
from firsthand.nlp.reader import Layers, Mention, Word
from firsthand.nlp.viterbi import spans, tags_of_all

LANGUAGES: Final = ("en",)
MAX_SENTENCE_WORDS: Final = 600
"""A longer "sentence" is a list, a table or an attack; the rest of it is left unread."""
MAX_WORDS: Final = 40_000
"""Words read of one text: about ten seconds; the rest is left unread and said so."""
MIN_LATIN: Final = 0.5
"""A text with a smaller share of Latin letters is in a script the encoder cannot read."""
NEVER: Final = np.float32(-1e5)
NEEDED: Final = ("names", "cues", "pair_word", "pair_anchor", "pos")
"""The scores that names, attributions and classes of words are made from."""


@dataclass(frozen=True, slots=True)
class Noun:
    """A mention, named or not, with the type its head has: PERSON, WEAPON, TIME and so on."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class ReaderLayers(Layers):
    """The port's layers and those that only the trained reader has."""

    nouns: tuple[Noun, ...] = ()
    """Persons, organisations, places, weapons, platforms, quantities, times as noun phrases."""
    factuality: tuple[float, ...] = ()
    """One number a word, -3 (surely not) to 3 (surely); it means something at verbs only."""
    vectors: tuple[tuple[float, ...], ...] = ()
    """One vector of length 1 a sentence read, for proposing candidates; it settles nothing."""


class OnnxReader:
    """Reads English with the packaged network; opens it at the first text."""

    name = "onnx"

    def __init__(self, *, trim: bool = True, whole: bool = True) -> None:
        """Leave "that" and edge marks out of parts (`trim`); make every layer (`whole`).

        Names and attributions alone take a fifth less time.
        """
        self._trim = trim
        self._whole = whole

    @property
    def version(self) -> str:
        """The start of the weights' digest."""
        return open_model().version

    def reads(self, language: str) -> bool:
        """English only."""
        return language.lower().split("-")[0] in LANGUAGES

    def annotate(
        self, text: str, sentences: Sequence[Range], quotations: Sequence[Range] = ()
    ) -> ReaderLayers:
        """All layers of the sentences of a text, in reading order."""
        budget = MAX_WORDS
        cuts: list[Cut] = []
        unread = None
        for one in sentences:
            made = cut(text, one.start, one.end, min(budget, MAX_SENTENCE_WORDS))
            if made.ends and text[made.ends[-1] : min(one.end, made.ends[-1] + 200)].strip():
                unread = "a sentence or the text is longer than the reader reads"
            budget -= len(made)
            cuts.append(made)
            if budget <= 0:
                unread = f"only the first {MAX_WORDS} words were read"
                break
        if latin_share([word for one in cuts[:40] for word in one.texts]) < MIN_LATIN:
            return ReaderLayers(unread="the text is in another script", end=0)
        end = cuts[-1].ends[-1] if budget <= 0 and cuts[-1].ends else None
        return replace(self.read(cuts, quotations), unread=unread, end=end)

    def read(
        self,
        cuts: Sequence[Cut],
        quotations: Sequence[Range] = (),
    ) -> ReaderLayers:
        """The layers of sentences that are words already."""
        model = open_model()
        marked = sorted(quotations, key=lambda q: (q.start, q.end))
        wanted = None if self._whole else NEEDED
        seen = [(one, model.run(one, wanted)) for one in windows(cuts, model.pieces)]
        quoted = [_inside(window, marked) for window, _ in seen]
        made = ReaderLayers(
            mentions=tuple(Mention(*one) for one in _spans(model, seen, "names")),  # type: ignore[arg-type]  # trained on these labels only
            said=tuple(attributions(model, seen, quoted, trim=self._trim)),
        )
        if self._whole:
            return _whole(model, seen, made)
        return replace(made, words=tuple(w for one in seen for w in _classed(model, *one)))


def _whole(model: Model, seen: Sequence[Seen], made: ReaderLayers) -> ReaderLayers:
    """The layers with those that names and attributions do not need."""
    words: list[Word] = []
    for window, scores in seen:
        words += _words(model, window, scores, len(words))
    fact = [float(value) for _, scores in seen for value in np.clip(scores.fact, -3, 3)]
    vectors = [tuple(float(v) for v in row) for _, scores in seen for row in scores.vectors]
    return replace(
        made,
        words=tuple(words),
        nouns=tuple(Noun(*one) for one in _spans(model, seen, "mentions")),
        factuality=tuple(fact),
        vectors=tuple(vectors),
    )


def _inside(window: Window, quotations: Sequence[Range]) -> Sequence[Range]:
    """The quotations that begin in a window; `quotations` are in order."""
    first = bisect_left(quotations, window.begins[0], key=lambda q: q.start)
    last = bisect_right(quotations, window.begins[-1], key=lambda q: q.start)
    return quotations[first:last]


def _spans(
    model: Model, seen: Sequence[Seen], layer: str
) -> Iterator[tuple[int, int, EntityLabel | str]]:
    """The spans of a layer in a text's windows."""
    tags = model.labels.names if layer == "names" else model.labels.mentions
    tables = [scores.names if layer == "names" else scores.mentions for _, scores in seen]
    best = tags_of_all(tables, model.labels.moves[layer])
    for (window, _), numbers in zip(seen, best, strict=True):
        for start, end, label in spans([tags[i] for i in numbers]):
            yield window.begins[start], window.ends[end - 1], label


def _classed(model: Model, window: Window, scores: Scores) -> Iterator[Word]:
    """The words of a window with their classes alone."""
    for where, tag in enumerate(scores.pos.argmax(1)):
        lemma = window.texts[where].lower()
        yield Word(window.begins[where], window.ends[where], model.labels.upos[int(tag)], lemma)


def _words(model: Model, window: Window, scores: Scores, base: int) -> list[Word]:
    """The words of a window with tag, head and relation; heads count from the text's first word."""
    made = []
    tags = scores.pos.argmax(1)
    for start, stop in _sentences(window.sents):
        block = np.concatenate(
            [scores.arcs[start:stop, :1], scores.arcs[start:stop, start + 1 : stop + 1]], 1
        )
        heads = best_heads(block)
        at = np.array([0 if h == 0 else start + h for h in heads])
        fits = (scores.rel_word[start:stop] * scores.rel_head[at][:, None]).sum(2).round(DECIMALS)
        for k, head in enumerate(heads):
            best = int(fits[k].argmax())
            where = start + k
            governor = base + start + head - 1 if head else None
            tag, relation = model.labels.upos[int(tags[where])], model.labels.relations[best]
            lemma = window.texts[where].lower()
            begin, end = window.begins[where], window.ends[where]
            made.append(Word(begin, end, tag, lemma, governor, relation))
    return made


def _sentences(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for i in range(1, len(numbers) + 1):
        if i == len(numbers) or numbers[i] != numbers[start]:
            yield start, i
            start = i
