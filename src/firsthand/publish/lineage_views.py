"""Who got it from whom, for the claims of one event: nodes and edges, as table and sentences too.

The paths are those of the claims themselves: from the page through every credited or quoted
teller to the origin. Where one captured page took the words from another one, the path goes
through that page.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from firsthand.model.claim import ChainLink
from firsthand.model.document import Document
from firsthand.model.lineage import Derivation
from firsthand.model.record import Part, overlaps
from firsthand.publish.claim_views import same_teller
from firsthand.publish.told import Told
from firsthand.publish.words import BASIS, DERIVATION, LEVEL, _, label, n_


class LineageNode(Part, frozen=True, kw_only=True):
    """A page, a teller on the way, or an origin."""

    key: str
    kind: str
    """origin, teller or document."""
    name: str
    note: str
    look: str
    """first_hand, known, unnamed, teller (a report not captured), quoted or document."""
    captured: bool
    document_id: str | None = None
    origin_id: str | None = None


class LineageEdge(Part, frozen=True, kw_only=True):
    """One step of the way the words went, from `source` to `derived`."""

    source: str
    derived: str
    verb: str
    basis: str
    """text, credit, attribution, …"""
    directed: bool
    detail: str
    document_id: str
    start: int
    end: int
    """The words of the derived page that show it."""


class Lineage(Part, frozen=True, kw_only=True):
    """The graph, and every step of it as a sentence."""

    nodes: tuple[LineageNode, ...]
    edges: tuple[LineageEdge, ...]
    sentences: tuple[str, ...]
    set_aside: tuple[str, ...]
    """Steps considered and not used, each with its reason."""

    @property
    def names(self) -> dict[str, str]:
        """Node key to its name."""
        return {node.key: node.name for node in self.nodes}

    @property
    def reports(self) -> tuple[LineageNode, ...]:
        """Tellers between the pages and the origins."""
        return tuple(node for node in self.nodes if node.kind == "teller")


def lineage_of(
    claims: Sequence[Told],
    documents: Mapping[str, Document],
    edges: Sequence[Derivation],
    homes: Mapping[str, str],
) -> Lineage:
    """The lineage of these claims; `homes` maps node ids of captured pages to document ids."""
    draft = _Draft(documents)
    copies = _copies(edges, homes, documents)
    for derived, steps in sorted(copies.items()):
        for source, edge in steps:
            draft.copy(source, derived, edge)
    for one in claims:
        if one.claim.document_id in documents:
            draft.path(one, copies.get(one.claim.document_id, ()))
    return draft.finished(_set_aside(edges, homes, documents))


Steps = Sequence[tuple[str, Derivation]]


def _copies(
    edges: Iterable[Derivation], homes: Mapping[str, str], documents: Mapping[str, Document]
) -> dict[str, list[tuple[str, Derivation]]]:
    """Derived document to the captured documents it took words from, with the edge."""
    found: dict[str, list[tuple[str, Derivation]]] = {}
    for edge in edges:
        derived, source = homes.get(edge.derived), homes.get(edge.source)
        if edge.status != "active" or derived is None or source is None or derived == source:
            continue
        if derived in documents and source in documents:
            found.setdefault(derived, []).append((source, edge))
    return found


def _set_aside(
    edges: Iterable[Derivation], homes: Mapping[str, str], documents: Mapping[str, Document]
) -> tuple[str, ...]:
    rows = []
    for edge in edges:
        derived, source = homes.get(edge.derived, ""), homes.get(edge.source, "")
        if edge.status == "set_aside" and derived in documents and source in documents:
            rows.append(
                _(
                    "{derived} {verb} {source}: set aside, {reason}",
                    derived=documents[derived].outlet or derived,
                    verb=label(DERIVATION, edge.kind),
                    source=documents[source].outlet or source,
                    reason=edge.reason or _("no reason given"),
                )
            )
    return tuple(sorted(set(rows)))


class _Draft:
    """The graph while it is put together."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self.documents = documents
        self.nodes: dict[str, LineageNode] = {}
        self.edges: dict[tuple[str, str], LineageEdge] = {}
        self.claims: dict[str, int] = {}

    def copy(self, source: str, derived: str, edge: Derivation) -> None:
        """One captured page took words from another."""
        span = next((pair.derived for pair in edge.spans if pair.derived), None)
        document = self.documents[derived]
        detail = n_("{n} shared word", "{n} shared words", edge.shared_words)
        self._join(
            LineageEdge(
                source=self._document(source),
                derived=self._document(derived),
                verb=edge.kind,
                basis=edge.basis,
                directed=edge.directed,
                detail=detail if edge.shared_words else edge.explanation or "",
                document_id=derived,
                start=span.start if span else document.start,
                end=span.end if span else document.start,
            )
        )

    def path(self, one: Told, copies: Steps) -> None:
        """One claim's way from its page to its origin, unless another page was on the way."""
        at = self._document(one.claim.document_id)
        self.claims[at] = self.claims.get(at, 0) + 1
        if any(edge.directed and _accounts_for(edge, one) for _source, edge in copies):
            return
        origin = one.link.origin if one.link else None
        for station in one.chain[1:]:
            if origin and same_teller(station.name, origin.name):
                continue
            verb, basis = ("credits", "credit") if station.credit_id else ("quotes", "attribution")
            teller = self._teller(station)
            self._join(self._step(one, teller, at, verb, basis))
            at = teller
        if one.link is not None:
            last = one.chain[-1] if one.chain else None
            basis = "credit" if last and last.credit_id else "attribution"
            self._join(self._step(one, self._origin(one), at, "told by", basis))

    def _step(self, one: Told, source: str, derived: str, verb: str, basis: str) -> LineageEdge:
        return LineageEdge(
            source=source,
            derived=derived,
            verb=verb,
            basis=basis,
            directed=True,
            detail="",
            document_id=one.claim.document_id,
            start=one.start,
            end=one.end,
        )

    def _join(self, edge: LineageEdge) -> None:
        if edge.source != edge.derived and (edge.derived, edge.source) not in self.edges:
            self.edges.setdefault((edge.source, edge.derived), edge)

    def _document(self, document_id: str) -> str:
        document = self.documents[document_id]
        key = f"document {document_id}"
        self.nodes.setdefault(
            key,
            LineageNode(
                key=key,
                kind="document",
                name=document.outlet or _("outlet not given"),
                note=document.title or "",
                look="document",
                captured=True,
                document_id=document_id,
            ),
        )
        return key

    def _teller(self, station: ChainLink) -> str:
        name, kind = station.name, station.kind
        key = f"teller {name}"
        unnamed = kind in ("anonymous", "unnamed")
        known = _("not captured") if station.credit_id else _("quoted")
        self.nodes.setdefault(
            key,
            LineageNode(
                key=key,
                kind="teller",
                name=name,
                note=_("unnamed") if unnamed else known,
                look="unnamed" if unnamed else "teller" if station.credit_id else "quoted",
                captured=False,
            ),
        )
        return key

    def _origin(self, one: Told) -> str:
        if one.link is None:
            return ""
        origin, key = one.link.origin, f"origin {one.link.origin_id}"
        counted = origin.level in ("institutional", "self_report")
        look = "first_hand" if origin.level == "first_hand" else "known" if counted else "unnamed"
        self.nodes.setdefault(
            key,
            LineageNode(
                key=key,
                kind="origin",
                name=origin.name,
                note=label(LEVEL, origin.level),
                look=look,
                captured=False,
                origin_id=one.link.origin_id,
            ),
        )
        return key

    def finished(self, set_aside: tuple[str, ...]) -> Lineage:
        """The graph in a fixed order."""
        for key, count in self.claims.items():
            node = self.nodes[key]
            note = n_("{n} claim", "{n} claims", count)
            self.nodes[key] = msgspec.structs.replace(node, note=note)
        edges = tuple(self.edges[key] for key in sorted(self.edges))
        nodes = tuple(self.nodes[key] for key in sorted(self.nodes))
        return Lineage(
            nodes=nodes,
            edges=edges,
            sentences=tuple(self._sentence(edge) for edge in edges),
            set_aside=set_aside,
        )

    def _sentence(self, edge: LineageEdge) -> str:
        source, derived = self.nodes[edge.source], self.nodes[edge.derived]
        verb = _("has it from") if edge.verb == "told by" else label(DERIVATION, edge.verb)
        missing = _(" (not captured)") if source.look == "teller" else ""
        return _(
            "{derived} {verb} {source}{missing}; shown by {basis}.",
            derived=derived.name,
            verb=verb,
            source=source.name,
            missing=missing,
            basis=label(BASIS, edge.basis),
        )


def _accounts_for(edge: Derivation, one: Told) -> bool:
    """Whether the words of the claim lie in what the edge shows to be taken over."""
    spans = [pair.derived for pair in edge.spans if pair.derived is not None]
    return not spans or any(overlaps(span, part) for span in spans for part in one.claim.evidence)
