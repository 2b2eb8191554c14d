"""Known names: what a document knows of the names it mentions."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field

from firsthand.claims.entities import Name
from firsthand.claims.said import Range


@dataclass(frozen=True, slots=True)
class Topic:
    """Who a sentence is about: offsets of the subject, its head noun or its name."""

    start: int
    end: int
    sentence: int
    head: str
    name: Name | None
    person: bool
    several: bool = False
    """Whether the subject is several people: "The refugees"."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the document knows of names: mentions in order and their longest forms."""

    names: tuple[Name, ...]
    canonical: dict[str, str]
    kinds: dict[str, str]
    """Actor kind of names that the register knows."""
    roles: Mapping[str, str] = field(default_factory=dict)
    """The role that the text gives people, by their longest name."""
    titled: Mapping[str, Name] = field(default_factory=dict)
    """Who was last called by a title: "minister" after "Energy Minister Ada Fenn"."""
    starts: tuple[int, ...] = ()
    """Where the names begin, in their order."""
    topics: tuple[Topic, ...] = ()
    """Who the sentences are about, in their order."""

    def inside(self, span: Range) -> list[Name]:
        """Names that lie inside a range."""
        first, last = bisect_left(self.starts, span[0]), bisect_left(self.starts, span[1])
        return [n for n in self.names[first:last] if n.end <= span[1]]
