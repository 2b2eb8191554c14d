"""Invented news articles: a title, paragraphs of sentences, one long quotation, and who knew it at first hand."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from generate_words import MONTHS, WEEKDAYS, Lexicon, Pick, lexicon, pick

PARAGRAPH_GAP: Final = "\n\n"
QUOTE_WORDS: Final = (28, 47)  # the range issue 3 asks recall for
_TOPIC_SHARE: Final = 0.7  # sentences on the article's own topic; the rest are general
_ARTICLE: Final = re.compile(r"\ba (?=[aeio])")
_CAPS: Final = 3  # quotation clauses joined at most


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation inside an article: words between the marks, and where they start in its text."""

    text: str
    start: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Article:
    """One independent text; `text_id` names it and offsets run over `text`."""

    text_id: str
    title: str
    paragraphs: tuple[tuple[str, ...], ...]
    quote: Quote | None
    speaker: str
    role: str
    town: str
    day: str

    @property
    def text(self) -> str:
        """Return the paragraphs as one string: sentences joined by a space, paragraphs by a gap."""
        return PARAGRAPH_GAP.join(" ".join(sentences) for sentences in self.paragraphs)


def _capital(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


def day_phrases(day: date) -> list[str]:
    """Return the ways an article names its day, all of them true."""
    weekday = WEEKDAYS[day.weekday()]
    plain = f"{day.day} {MONTHS[day.month - 1]}"
    return [
        f"on {weekday}",
        f"on {weekday} morning",
        f"late on {weekday}",
        f"on {plain}",
        f"on {plain} {day.year}",
        f"on {weekday}, {plain},",
    ]


class Writer:
    """Fills templates for one article; the article's own slots keep one value throughout."""

    def __init__(self, rnd: Pick, day: date, words: Lexicon) -> None:
        self.rnd = rnd
        self.words = words
        self.pools = list(words.pools)
        self.topic = pick(words.topics, rnd)
        self.town = pick(words.pool("place"), rnd)
        self.speaker = pick(words.pool("person"), rnd)
        self.body = f"{pick(words.pool('place'), rnd)} {pick(words.pool('ministry'), rnd)}"
        self.role = f"the {pick(words.pool('title_of'), rnd)} for the {self.body}"
        self.days = day_phrases(day)
        sides = [f"{pick(words.pool('place'), rnd)} {kind}" for kind in self._kinds()]
        surname = self.speaker.split()[-1]
        own = {
            "town": [self.town],
            "body": [self.body],
            "voice": [self.speaker, surname, f"the {self.body}", f"{surname}, {self.role},"],
            "role": [self.role],
            "sidea": [f"the {sides[0]}", f"forces of the {sides[0]}"],
            "sideb": [f"the {sides[1]}", f"fighters of the {sides[1]}"],
            "sidea0": [sides[0]],
            "sideb0": [sides[1]],
            "day": self.days,
        }
        for name, values in own.items():
            self.pools[words.index[name]] = values

    def _kinds(self) -> list[str]:
        kinds = self.words.pool("unit_kind")
        return [pick(kinds, self.rnd), pick(kinds, self.rnd)]

    def sentence(self, key: str) -> str:
        """Return one sentence of the templates under `key`, first letter raised."""
        forms = self.words.templates[key]
        filled = forms[int(self.rnd() * len(forms))].fill(self.pools, self.rnd)
        tidy = filled.replace(",,", ",").replace(",.", ".").replace("..", ".")
        return _capital(_ARTICLE.sub("an ", tidy))

    def body_sentence(self) -> str:
        """Return one sentence of the article's topic or of the general ones."""
        return self.sentence(f"{self.topic}.body" if self.rnd() < _TOPIC_SHARE else "any.body")

    def quotation(self) -> str:
        """Return a quotation of 28 to 47 words, in one to three sentences."""
        low, high = QUOTE_WORDS
        while True:
            text, count = "", 0
            for _ in range(_CAPS):
                text = f"{text} {self.sentence('quote.body')}.".lstrip()
                count = text.count(" ") + 1
                if count >= low:
                    break
            if low <= count <= high:
                return text


def _quote_paragraph(writer: Writer, quotation: str) -> tuple[tuple[str, ...], int]:
    """Return the paragraph that carries the quotation and where its words start in it."""
    style = int(writer.rnd() * 3)
    follow = writer.body_sentence()
    lead = f"{writer.speaker}, {writer.role}, {pick(writer.words.pool('say'), writer.rnd)}: "
    if style == 0:
        return (f"{lead}“{quotation}”",), len(lead) + 1
    if style == 1:
        return (f"{lead}“{quotation}”", follow), len(lead) + 1
    tail = f"“{quotation[:-1]},” {writer.speaker} {pick(writer.words.pool('say'), writer.rnd)}."
    return (tail, follow), 1


def write_article(text_id: str, rng: Random, day: date, words: int) -> Article:
    """Write one article of about `words` words that shares no passage with any other."""
    rnd = rng.random
    writer = Writer(rnd, day, lexicon())
    title = writer.sentence(f"{writer.topic}.title")
    paragraphs: list[tuple[str, ...]] = [(writer.sentence(f"{writer.topic}.lead"),)]
    count = paragraphs[0][0].count(" ")
    quote_at = 1 + int(rnd() * 3)
    quote: Quote | None = None
    while count < words or quote is None:
        if quote is None and len(paragraphs) >= quote_at:
            spoken = writer.quotation()
            sentences, start = _quote_paragraph(writer, spoken)
            start += sum(sum(map(len, p)) + len(p) - 1 + len(PARAGRAPH_GAP) for p in paragraphs)
            quote = Quote(spoken.rstrip("."), start, len(paragraphs))
        else:
            sentences = tuple(writer.body_sentence() for _ in range(1 + int(rnd() * 4)))
        paragraphs.append(sentences)
        count += sum(sentence.count(" ") + 1 for sentence in sentences)
    return Article(
        text_id, title, tuple(paragraphs), quote, writer.speaker, writer.role, writer.town,
        writer.days[0],
    )  # fmt: skip


def nearby(day: date, rnd: Pick, most: int) -> date:
    """Return a day nought to `most` days later, near ones likelier."""
    return day + timedelta(days=int(rnd() * rnd() * (most + 1)))
