"""Chains: from the publisher through the voices of the page to the innermost source."""

from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.claims.lexicon import name_nouns, word_set
from firsthand.model.claim import Attribution, ChainLink
from firsthand.model.document import Document
from firsthand.model.lineage import Voice, Voices

UNKNOWN_PUBLISHER = "unknown publisher"
VAGUE = frozenset(("institution", "person", "unnamed"))
"""Kinds of a voice of which an attribution to the same speaker tells more."""


@dataclass(frozen=True, slots=True)
class Relay:
    """Through whom something was told: "told an agency's reporter"."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Chains:
    """What is needed to build the chain of any offset of a document."""

    publisher: ChainLink
    voices: tuple[Voice, ...]
    attributions: dict[str, Attribution]
    relays: dict[str, Relay]
    told: tuple[tuple[int, int, Attribution], ...]
    """What attributions tell, by the length of their content, shortest first, the enclosed one
    before."""

    def innermost(self, offset: int) -> Attribution | None:
        """The attribution with the least content that holds `offset`."""
        for start, end, attribution in self.told:
            if start <= offset < end:
                return attribution
        return None

    def at(self, offset: int, attribution: Attribution | None) -> tuple[ChainLink, ...]:
        """The chain of a claim at `offset` under an attribution."""
        links = [self.publisher]
        for voice in self.voices:
            if voice.credit_id is not None and voice.start <= offset < voice.end:
                _add(
                    links, ChainLink(name=voice.speaker, kind=voice.kind, credit_id=voice.credit_id)
                )
        for step in self.path(attribution):
            relay = self.relays.get(step.attribution_id)
            if relay is not None and not self._is_publisher(relay.name):
                _add(links, ChainLink(name=relay.name, kind=relay.kind))
            _add(
                links,
                ChainLink(
                    name=step.source_name,
                    kind=step.source_kind,
                    attribution_id=step.attribution_id,
                ),
            )
        return tuple(links)

    def _is_publisher(self, name: str) -> bool:
        """Whether a name is a part of the publisher's own: "told the Beacon" in the Sarn Beacon."""
        own = self.publisher.name.casefold().split()
        words = name.casefold().removeprefix("the ").split()
        return len(words) < len(own) and words in (own[-len(words) :], own[: len(words)])

    def path(self, attribution: Attribution | None) -> list[Attribution]:
        """An attribution and those that enclose it, outermost first."""
        path: list[Attribution] = []
        while attribution is not None and attribution not in path:
            path.insert(0, attribution)
            parent = attribution.parent
            attribution = self.attributions.get(parent) if parent is not None else None
        return path


def _add(links: list[ChainLink], link: ChainLink) -> None:
    """Add a link; a teller named twice in a row is one, as where "she told X" stands in X."""
    last = links[-1]
    if last.name == link.name:
        links[-1] = ChainLink(
            name=link.name,
            kind=link.kind if last.kind in VAGUE else last.kind,
            attribution_id=link.attribution_id or last.attribution_id,
            credit_id=last.credit_id or link.credit_id,
        )
        return
    links.append(link)


def chains(
    document: Document,
    voices: Voices | None,
    attributions: Sequence[Attribution],
    relays: dict[str, Relay],
) -> Chains:
    """The chains of a document."""
    publisher = ChainLink(name=document.outlet or UNKNOWN_PUBLISHER, kind="outlet")
    spoken = voices.voices if voices is not None else ()
    depths = _depths(attributions)
    order = sorted(
        attributions, key=lambda a: (_length(a), -depths[a.attribution_id], a.attribution_id)
    )
    return Chains(
        publisher,
        tuple(v for v in spoken if not (_signs(v, document) or _is_anybody(v))),
        {a.attribution_id: a for a in attributions},
        relays,
        tuple((span.start, span.end, a) for a in order for span in a.content),
    )


def _signs(voice: Voice, document: Document) -> bool:
    """Whether a voice is only the person who signs the text, who is no source of it."""
    name = document.byline
    return (
        name is not None and voice.speaker == name and name.split()[-1].lower() not in name_nouns()
    )


def _is_anybody(voice: Voice) -> bool:
    """Whether a voice names nobody: "and agencies" says not which words are whose."""
    return voice.speaker.lower() in word_set("anybody")


def _depths(attributions: Sequence[Attribution]) -> dict[str, int]:
    """How many attributions enclose each one."""
    known = {a.attribution_id: a for a in attributions}
    depths: dict[str, int] = {}
    for one in attributions:
        seen = {one.attribution_id}
        step = known.get(one.parent or "")
        while step is not None and step.attribution_id not in seen:
            seen.add(step.attribution_id)
            step = known.get(step.parent or "")
        depths[one.attribution_id] = len(seen) - 1
    return depths


def _length(attribution: Attribution) -> int:
    return sum(span.end - span.start for span in attribution.content)
