"""Judgements: human decisions, appended and never edited; undoing is a new row."""

from firsthand.model.record import Part, Record


class Target(Part, frozen=True, kw_only=True):
    """What a judgement aims at: quoted words with context, so that it survives a re-run."""

    kind: str
    """document, claim, event (by the words of one of its claims), forecast (its result, by the
    words that foretell), quotation, words (any stretch of the page), page, place, actor."""
    words: str
    """The words aimed at, verbatim (for a page date: the article's title or first words)."""
    before: str = ""
    after: str = ""
    source: str | None = None
    """`page.source`, as a help to the reader; the digest decides."""
    sha256: str | None = None
    """Digest of the captured bytes the words stand in."""
    ordinal: int | None = None
    """Which article of the page, where that matters."""


class Judgement(Record, frozen=True, kw_only=True):
    """One human decision."""

    judgement_id: str
    at: str
    by: str
    action: str
    """date, withdraw, accept, reject, merge, split, correct, add (a claim of the words), furniture
    (the words are not article text), unsure, undo."""
    targets: tuple[Target, ...]
    value: str | None = None
    reason: str | None = None
    undoes: str | None = None
    batch: str | None = None
    """What decisions made with one click share, so that one click takes them back."""
    second: bool = False
    """A second reader's answer: it is compared with the first and changes no row."""
