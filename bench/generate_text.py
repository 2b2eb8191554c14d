"""Pages as saved plain text: article and furniture lines, with the place of every trace and credit."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from generate_outlets import Outlet
from generate_prose import PARAGRAPH_GAP
from generate_story import Block, Story
from generate_truth import Credit, DocumentTruth, Range, Trace, merge_traces
from generate_words import MONTHS, Pick, lexicon


@dataclass(slots=True)
class Canvas:
    """Text under construction; `at` is its length so far."""

    parts: list[str] = field(default_factory=list)
    at: int = 0

    def add(self, text: str) -> Range:
        """Append text and return where it stands."""
        start = self.at
        self.parts.append(text)
        self.at += len(text)
        return start, self.at


@dataclass(slots=True)
class Rendered:
    """A text page with everything that points into it."""

    text: str = ""
    documents: list[DocumentTruth] = field(default_factory=list)
    traces: list[Trace] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)


def teasers(rnd: Pick, count: int) -> list[str]:
    """Return headlines of other articles, as lists of related stories show them."""
    words = lexicon()
    forms = words.templates["teaser.title"]
    made = [forms[int(rnd() * len(forms))].fill(words.pools, rnd) for _ in range(count)]
    return [title[0].upper() + title[1:] for title in made]


def date_words(outlet: Outlet, day: date, *, updated: bool) -> str:
    """Return a date line in the outlet's manner; `updated` for a date that is not the publication's."""
    forms = (
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
        day.isoformat(),
    )
    lead = "Updated: " if updated else ("Published ", "", "Posted on ")[outlet.number // 3 % 3]
    return lead + forms[outlet.number % 3]


def _block(canvas: Canvas, block: Block, traces: list[Trace], notes: dict[int, Range]) -> Range:
    """Write one paragraph."""
    start = canvas.at
    found: list[Trace] = []
    for number, sentence in enumerate(block.sentences):
        if number:
            canvas.add(" ")
        for piece in sentence:
            low, high = canvas.add(piece.text)
            if piece.note >= 0:
                notes[piece.note] = (low, high)
            elif piece.origin is not None:
                found.append(Trace(low, high, piece.origin, piece.start))
    traces += merge_traces(found)
    return start, canvas.at


def _article(canvas: Canvas, story: Story, date_line: str | None, out: Rendered, rnd: Pick) -> None:
    """Write headline, byline, date and body."""
    notes: dict[int, Range] = {}
    canvas.add(story.title + PARAGRAPH_GAP)
    if story.byline is not None:
        notes[story.byline.note] = canvas.add(story.byline.text)
        canvas.add("\n")
    if date_line is not None:
        canvas.add(date_line + "\n")
    canvas.add("\n")
    ranges: list[Range] = []
    ad_after = int(rnd() * 12) if story.outlet.ads else -1
    for number, block in enumerate(story.blocks):
        ranges.append(_block(canvas, block, out.traces, notes))
        canvas.add(PARAGRAPH_GAP)
        if number == ad_after:
            canvas.add("Advertisement" + PARAGRAPH_GAP)
    own = [r for r, b in zip(ranges, story.blocks, strict=True) if b.kind != "credit"]
    out.documents.append(
        DocumentTruth(
            own[0][0], own[-1][1], story.title, story.origins[0].id if story.origins else ""
        )
    )
    words = {piece.note: piece.text for piece in story.glue() if piece.note >= 0}
    for number, note in enumerate(story.notes):
        low, high = notes[number]
        covers = [ranges[at] for at in note.covers]
        out.credits.append(
            Credit(low, high, words[number], note.cited, note.kind, note.position, covers)
        )


def render_text(stories: Sequence[Story], date_line: str | None, rnd: Pick) -> Rendered:
    """Return the page as its outlet's site looks when saved as text."""
    outlet = stories[0].outlet
    canvas = Canvas()
    out = Rendered()
    menu = "\n".join(outlet.menu) if outlet.layout % 2 else " | ".join(outlet.menu)
    if outlet.layout != 4:
        canvas.add(f"{menu}\n{outlet.share}{PARAGRAPH_GAP}")
    if outlet.layout in (1, 3):
        canvas.add(f"{outlet.cookie}{PARAGRAPH_GAP}")
    for story in stories:
        _article(canvas, story, date_line, out, rnd)
    canvas.add(f"{outlet.category}\n{outlet.pager}{PARAGRAPH_GAP}{outlet.plea}{PARAGRAPH_GAP}")
    canvas.add(f"{outlet.related}\n" + "\n".join(teasers(rnd, 4)) + PARAGRAPH_GAP)
    canvas.add("\n".join((*outlet.comments, outlet.footer)) + "\n")
    out.text = "".join(canvas.parts)
    return out
