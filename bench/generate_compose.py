"""From a planned page to its stories: the operations that make copies, excerpts, quotations and rewrites."""

from dataclasses import dataclass
from hashlib import blake2b
from random import Random
from typing import Final

from generate_edits import rewrite
from generate_family import Family, Member
from generate_outlets import Outlet
from generate_prose import Article, write_article
from generate_story import (
    Block,
    Note,
    Piece,
    Sentence,
    Story,
    add_credit,
    article_blocks,
    article_origin,
    block_origins,
    borrowed,
)
from generate_truth import Origin
from generate_words import Pick, lexicon, pick

KINDS: Final = {
    "copy_credit": "copy",
    "copy_uncredited": "copy",
    "excerpt_credit": "excerpt",
    "excerpt_uncredited": "excerpt",
    "quotation": "quotation",
    "rewrite": "paraphrase",
    "rewrite_credit": "paraphrase",
    "chain": "copy",
    "two_articles": "copy",
    "common_source": "common_source",
}
_HOST_SHARE: Final = 0.7  # own words of a page that also prints an excerpt or quotation


@dataclass(frozen=True, slots=True)
class Edge:
    """The planned page's parent: a member of its family, or the report of an agency."""

    kind: str
    parent: int | None
    report: str | None
    outlet: str
    credit: str | None
    directed: bool = True


@dataclass(frozen=True, slots=True)
class Job:
    """What composing one page needs."""

    seed: int
    words: int
    family: Family
    member: Member
    page: str
    rng: Random

    @property
    def rnd(self) -> Pick:
        """Return the page's source of chance."""
        return self.rng.random


def page_id(seed: int, slot: int, index: int) -> str:
    """Return the name of a page: the same in piles of every size."""
    return blake2b(f"{seed}/{slot}/{index}".encode(), digest_size=6).hexdigest()


def _root(job: Job) -> Article:
    """Return the family's first text, written on first use."""
    family = job.family
    if family.root is None:
        first = page_id(job.seed, family.slot, 0)
        text_id = f"t-{first}" if family.wire is None else f"r-{first}"
        rng = Random(f"text/{job.seed}/{family.slot}")
        length = int(job.words * (0.6 + 0.8 * rng.random()))
        family.root = write_article(text_id, rng, family.members[0].day, length)
    return family.root


def _story(job: Job, like: Article | Story, blocks: list[Block], origins: list[Origin]) -> Story:
    """Return a story of the page's outlet with the headline and place of `like`."""
    member = job.member
    found = block_origins(blocks, origins)
    return Story(f"t-{job.page}", member.outlet, member.day, like.title, blocks, found, like.town)


def _own(job: Job, share: float) -> Story:
    """Write a story of the outlet's own."""
    length = int(job.words * share * (0.6 + 0.8 * job.rnd()))
    article = write_article(f"t-{job.page}", job.rng, job.member.day, length)
    return _story(job, article, article_blocks(article), [article_origin(article)])


def _headline(job: Job, title: str) -> str:
    """Keep the headline or, as often, put another beside it."""
    if job.rnd() < 0.5:
        return title
    head = pick(("Report", "Update", "Video", "Watch", "Breaking"), job.rnd)
    return f"{head}: {title}"


def _credit_whole(job: Job, story: Story, cited: Outlet) -> str:
    style = job.member.outlet.whole_credits[int(job.rnd() ** 2 * 2)]
    return add_credit(story, cited, style, range(len(story.blocks)), job.rnd)


def _parent_edge(job: Job, kind: str, credit: str | None) -> Edge:
    parent = job.member.parent
    assert parent is not None
    return Edge(kind, parent, None, job.family.members[parent].outlet.name, credit)


def _copy(job: Job) -> tuple[list[Story], Edge]:
    """Print the parent's text whole, perhaps rewritten, perhaps with a credit."""
    operation = job.member.operation
    source = job.family.known[job.member.parent or 0]
    blocks = borrowed(source.story)
    if operation.startswith("rewrite"):
        blocks = rewrite(blocks, f"e-{job.page}", job.rnd)
    story = _story(job, source.story, blocks, source.story.origins)
    story.title = _headline(job, story.title)
    credit = None
    if operation in ("copy_credit", "rewrite_credit", "two_articles"):
        credit = _credit_whole(job, story, source.outlet)
    elif operation == "chain":
        # A copy of a copy names the page it took, or the first one, or nobody.
        draw = job.rnd()
        first = job.family.wire or job.family.members[0].outlet
        if draw < 0.7:
            credit = _credit_whole(job, story, source.outlet if draw < 0.45 else first)
    stories = [_own(job, _HOST_SHARE), story] if operation == "two_articles" else [story]
    return stories, _parent_edge(job, KINDS[operation], credit)


def _common_source(job: Job) -> tuple[list[Story], Edge]:
    """Print an agency report that is itself not in the pile, cut from below."""
    root = _root(job)
    wire = job.family.wire
    assert wire is not None
    blocks = article_blocks(root)
    least = 1 + (root.quote.paragraph if root.quote else 0)
    keep = max(least, int(len(blocks) * (0.6 + 0.5 * job.rnd())))
    blocks = blocks[:keep]
    story = _story(job, root, blocks, [article_origin(root)])
    story.title = _headline(job, root.title)
    credit = _credit_whole(job, story, wire) if job.rnd() < 0.7 else None
    return [story], Edge("common_source", None, root.text_id, wire.name, credit)


def _excerpt(job: Job) -> tuple[list[Story], Edge]:
    """Put one to three of the parent's paragraphs into an article of the outlet's own."""
    source = job.family.known[job.member.parent or 0]
    blocks = borrowed(source.story)
    count = min(len(blocks), 1 + int(job.rnd() * 3))
    first = int(job.rnd() * (len(blocks) - count + 1))
    kind = "blockquote" if job.rnd() < 0.4 else "p"
    taken = [Block(block.sentences, kind) for block in blocks[first : first + count]]
    story = _own(job, _HOST_SHARE)
    at = 1 + int(job.rnd() * len(story.blocks))
    story.blocks[at:at] = taken
    story.origins += block_origins(taken, source.story.origins)
    credit = None
    if job.member.operation == "excerpt_credit":
        style = job.member.outlet.part_credits[int(job.rnd() ** 2 * 2)]
        covers = range(at, at + count)
        credit = add_credit(story, source.outlet, style, covers, job.rnd, source.story.title)
    return [story], _parent_edge(job, "excerpt", credit)


def _quotation(job: Job) -> tuple[list[Story], Edge]:
    """Quote the root's speaker in an article of the outlet's own, often run into a neighbour."""
    root = _root(job)
    source = job.family.known[0]
    story = _own(job, _HOST_SHARE)
    assert root.quote is not None
    words = Piece(root.quote.text, root.text_id, root.quote.start)
    say = pick(lexicon().pool("say"), job.rnd)
    told = Piece(f"told {source.outlet.name}", None, 0, 0) if job.rnd() < 0.5 else None
    who = root.speaker.split()[-1] if job.rnd() < 0.5 else root.speaker
    sentence: Sentence
    if told is not None:
        sentence = (Piece("“"), words, Piece(f",” {who} "), told, Piece("."))
    elif job.rnd() < 0.5:
        sentence = (Piece("“"), words, Piece(f",” {say} {who}, {root.role}."))
    else:
        sentence = (Piece(f"In {root.town}, {who} {say}: “"), words, Piece(".”"))
    at = 1 + int(job.rnd() * len(story.blocks))
    if job.rnd() < 0.5 and at < len(story.blocks):
        story.blocks[at] = Block((sentence, *story.blocks[at].sentences))
    else:
        story.blocks.insert(at, Block((sentence,)))
    if told is not None:
        story.notes.append(Note(source.outlet.name, "quoted", "medial", (at,)))
    story.origins += block_origins([Block(((words,),))], [article_origin(root)])
    credit = told.text if told else None
    edge = Edge("quotation", 0, None, source.outlet.name, credit, directed=told is not None)
    return [story], edge


def compose(job: Job) -> tuple[list[Story], Edge | None]:
    """Return the stories of a planned page, in page order, and its parent."""
    operation = job.member.operation
    if operation == "original":
        root = _root(job)
        return [_story(job, root, article_blocks(root), [article_origin(root)])], None
    if operation == "common_source":
        return _common_source(job)
    if operation.startswith("excerpt"):
        return _excerpt(job)
    return _quotation(job) if operation == "quotation" else _copy(job)
