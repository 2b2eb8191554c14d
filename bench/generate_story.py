"""A story is an article as one outlet prints it: blocks of pieces, each piece knowing where its words come from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from generate_outlets import CreditStyle, Outlet
from generate_prose import PARAGRAPH_GAP, Article
from generate_truth import Origin
from generate_words import MONTHS, Pick


class Piece(NamedTuple):
    """Words that came unbroken from one text; `origin` is None for glue such as credits and edits."""

    text: str
    origin: str | None = None
    start: int = 0
    note: int = -1

    def slice(self, start: int, end: int) -> "Piece":
        """Return a part of the piece with its place in the origin kept."""
        return Piece(self.text[start:end], self.origin, self.start + start, self.note)


Sentence = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a story; `kind` is p, blockquote or credit."""

    sentences: tuple[Sentence, ...]
    kind: str = "p"


@dataclass(frozen=True, slots=True)
class Note:
    """A credit that the story prints: its words are the pieces that carry its number."""

    cited: str
    kind: str
    position: str
    covers: tuple[int, ...]


@dataclass(slots=True)
class Story:
    """One article of a page as printed."""

    text_id: str
    outlet: Outlet
    day: date
    title: str
    blocks: list[Block]
    origins: list[Origin]
    town: str
    byline: Piece | None = None
    notes: list[Note] = field(default_factory=list)

    def glue(self) -> list[Piece]:
        """Return the pieces without origin: credits, edits and quotation marks."""
        found = [p for b in self.blocks for s in b.sentences for p in s if p.origin is None]
        return found if self.byline is None else [self.byline, *found]


def article_blocks(article: Article) -> list[Block]:
    """Return an article's paragraphs as blocks whose pieces point at the article itself."""
    blocks = []
    at = 0
    for paragraph in article.paragraphs:
        sentences = []
        for sentence in paragraph:
            sentences.append((Piece(sentence, article.text_id, at),))
            at += len(sentence) + 1
        blocks.append(Block(tuple(sentences)))
        at += len(PARAGRAPH_GAP) - 1
    return blocks


def article_origin(article: Article) -> Origin:
    """Return who is behind an article at first hand."""
    return Origin(article.text_id, f"{article.speaker}, {article.role}", "institution")


def borrowed(story: Story) -> list[Block]:
    """Return a story's blocks as another outlet would take them: without credits and other glue."""
    taken = []
    for block in story.blocks:
        sentences = tuple(
            kept for s in block.sentences if (kept := tuple(p for p in s if p.origin is not None))
        )
        if sentences:
            taken.append(Block(sentences))
    return taken


def block_origins(blocks: Sequence[Block], known: Sequence[Origin]) -> list[Origin]:
    """Return those of `known` that the blocks still hold words of, in their order."""
    present = {p.origin for block in blocks for s in block.sentences for p in s}
    return [origin for origin in known if origin.id in present]


def shown_name(outlet: Outlet, rnd: Pick) -> str:
    """Return the name used in a credit: agencies often by their letters."""
    return outlet.short if outlet.is_agency and rnd() < 0.7 else outlet.name


def _credit_words(style: CreditStyle, story: Story, cited: Outlet, title: str, rnd: Pick) -> str:
    form = style.form.replace("{src}", shown_name(cited, rnd)).replace("{title}", title)
    return form.replace("{town}", story.town.upper()).replace(
        "{day}", f"{MONTHS[story.day.month - 1][:3]} {story.day.day}"
    )


def add_credit(
    story: Story, cited: Outlet, style: CreditStyle, covers: range, rnd: Pick, title: str = ""
) -> str:
    """Print a credit for the blocks in `covers`, in the manner of `style`; return its words."""
    words = _credit_words(style, story, cited, title, rnd)
    number = len(story.notes)
    piece = Piece(words, None, 0, number)
    first = covers.start
    if style.position == "byline":
        story.byline = piece
    elif style.position == "dateline":
        block = story.blocks[first]
        head = (piece, Piece(" "), *block.sentences[0])
        story.blocks[first] = Block((head, *block.sentences[1:]), block.kind)
    elif style.position == "leading":
        story.blocks.insert(first, Block(((piece,),), "credit"))
        covers = range(first + 1, covers.stop + 1)
    else:
        story.blocks.insert(covers.stop, Block(((piece,),), "credit"))
    story.notes.append(Note(cited.name, "republished", style.position, tuple(covers)))
    return words
