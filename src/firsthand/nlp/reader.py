"""The port to language analysis: what a reader of text gives back, whichever way it reads.

A reader marks words, mentions and who-said-what in one text. The rules reader needs nothing
installed; a trained model or an endpoint is another class with the same `annotate`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from firsthand.model.claim import EntityLabel
from firsthand.model.record import Range


@dataclass(frozen=True, slots=True)
class Word:
    """One word with its coarse class, lemma and, where the reader knows it, its head."""

    start: int
    end: int
    tag: str
    lemma: str
    head: int | None = None
    """Index of the governing word in the same list."""
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Something named, with its label."""

    start: int
    end: int
    label: EntityLabel


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution as read from its own sentence: who, by which words, what.

    Ranges are half-open offsets into the text; source and cue may be empty.
    """

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    cue_type: str
    rule: str
    recipient: Range | None = None
    """Whom it was told to."""


@dataclass(frozen=True, slots=True)
class Layers:
    """Everything a reader found in one text, each layer in reading order.

    `mentions` or `said` is None where the reader has no such layer; the rules then fill it.
    """

    words: tuple[Word, ...] = ()
    mentions: tuple[Mention, ...] | None = None
    said: tuple[Said, ...] | None = None
    unread: str | None = None
    """Why the text, or its end, was not read; None where all of it was."""
    end: int | None = None
    """Offset behind which nothing was read; None where all of it was."""


@runtime_checkable
class Reader(Protocol):
    """A reader of text: pure, deterministic, and safe on any input."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def version(self) -> str:
        """Changes wherever its layers may change."""

    def reads(self, language: str) -> bool:
        """Whether the reader can read this language (ISO 639-1)."""

    def annotate(
        self, text: str, sentences: Sequence[Range], quotations: Sequence[Range]
    ) -> Layers:
        """The layers of one text; offsets are into `text`."""
