"""Light rewriting: typos, changed numbers, dropped clauses and sentences, new order; unedited words keep their origin."""

import re
from typing import Final

from generate_story import Block, Piece, Sentence
from generate_words import Pick

_NUMBER: Final = re.compile(r"\d[\d,]*")
_WORD: Final = re.compile(r"[a-z]{4,20}")
_MIN_CLAUSE: Final = 25  # characters that must be left before a dropped clause


def _replace(sentence: Sentence, at: int, start: int, end: int, new: str) -> Sentence:
    """Replace `[start, end)` of piece `at` by new words without origin."""
    piece = sentence[at]
    parts = (piece.slice(0, start), Piece(new), piece.slice(end, len(piece.text)))
    return (*sentence[:at], *(part for part in parts if part.text), *sentence[at + 1 :])


def _longest(sentence: Sentence) -> int:
    return max(range(len(sentence)), key=lambda at: (len(sentence[at].text), -at))


def typo(sentence: Sentence, rnd: Pick) -> Sentence:
    """Swap two letters of one word."""
    at = _longest(sentence)
    text = sentence[at].text
    word = _WORD.search(text, int(rnd() * len(text) * 0.7))
    if word is None:
        return sentence
    old = word[0]
    k = 1 + int(rnd() * (len(old) - 2))
    new = old[:k] + old[k + 1] + old[k] + old[k + 2 :]
    return sentence if new == old else _replace(sentence, at, word.start(), word.end(), new)


def change_number(sentence: Sentence, rnd: Pick) -> Sentence:
    """Change the first number of the sentence; a sentence without one gets a typo."""
    for at, piece in enumerate(sentence):
        number = _NUMBER.search(piece.text)
        if number is not None:
            value = int(number[0].replace(",", ""))
            new = f"{value + 1 + int(rnd() * (value // 2 + 2)):,}"
            return _replace(sentence, at, number.start(), number.end(), new)
    return typo(sentence, rnd)


def drop_clause(sentence: Sentence, rnd: Pick) -> Sentence:
    """Cut the last clause after a comma; a sentence without one is left with a typo."""
    at = len(sentence) - 1
    text = sentence[at].text
    cut = text.rfind(", ")
    # A cut inside quotation marks would leave them open.
    if cut < _MIN_CLAUSE or "”" in text[cut:]:
        return typo(sentence, rnd)
    return (*sentence[:at], sentence[at].slice(0, cut), Piece("."))


def _sign(blocks: list[Block], edit_id: str) -> list[Block]:
    """Give edited words an origin of their own, so that copies of the rewrite share them with it."""
    at = 0
    signed = []
    for block in blocks:
        sentences = []
        for sentence in block.sentences:
            pieces = []
            for piece in sentence:
                if piece.origin is None:
                    piece = Piece(piece.text, edit_id, at)  # noqa: PLW2901 - the row as it is from here on
                    at += len(piece.text) + 1
                pieces.append(piece)
            sentences.append(tuple(pieces))
        signed.append(Block(tuple(sentences), block.kind))
    return signed


def rewrite(blocks: list[Block], edit_id: str, rnd: Pick) -> list[Block]:
    """Rewrite lightly: about two sentences in three change a little, few vanish, some swap places.

    `edit_id` names the new words as an origin; it is no first-hand text.
    """
    rewritten = []
    for block in blocks:
        sentences: list[Sentence] = []
        for sentence in block.sentences:
            draw = rnd()
            if draw < 0.35:
                sentences.append(sentence)
            elif draw < 0.55:
                sentences.append(typo(sentence, rnd))
            elif draw < 0.75:
                sentences.append(change_number(sentence, rnd))
            elif draw < 0.93 or len(block.sentences) == 1:
                sentences.append(drop_clause(sentence, rnd))
        if len(sentences) > 1 and rnd() < 0.3:
            k = int(rnd() * (len(sentences) - 1))
            sentences[k], sentences[k + 1] = sentences[k + 1], sentences[k]
        if sentences:
            rewritten.append(Block(tuple(sentences), block.kind))
    return _sign(rewritten, edit_id)
