"""Who is heard in a document: edges from documents to the persons and institutions they quote."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from firsthand.link.columns import column_of, strings
from firsthand.link.origins import Register, is_unnamed, plain_name
from firsthand.model.claim import Attribution, CanonicalActor, ChainLink, Claim, ResolvedClaim
from firsthand.model.document import Document
from firsthand.model.ids import digest
from firsthand.model.lineage import Derivation, Node, NodeKind, SpanPair
from firsthand.model.linking import SaidBy
from firsthand.model.record import Record, Span
from firsthand.stage import Rows, Tables

NODE_KINDS: Final[Mapping[str, NodeKind]] = {
    "outlet": "outlet",
    "agency": "agency",
    "ministry": "institution",
    "military": "institution",
    "belligerent": "institution",
    "organisation": "institution",
    "institution": "institution",
    "official": "person",
    "witness": "person",
    "activist": "person",
    "author": "person",
    "person": "person",
    "anonymous": "unnamed",
    "unnamed": "unnamed",
}
EDGE_PREFIX: Final = "l:said:"
NODE_PREFIX: Final = "l:node:"

TRACE_NODES: Final = (
    "SELECT DISTINCT node_id, name FROM node "
    "WHERE kind IN ('outlet', 'agency', 'institution', 'person') AND unit NOT LIKE 'l:%'"
)
CHANGED_SOURCES: Final = (
    "SELECT DISTINCT name FROM node WHERE unit IN (SELECT unit FROM changed) "
    "AND kind IN ('outlet', 'agency', 'institution', 'person')"
)
TAKEN_IN: Final = (
    "SELECT DISTINCT m.node_id FROM "
    "(SELECT node_id, UNNEST(members) AS member FROM node WHERE unit LIKE 'l:%') AS m "
    "WHERE m.member IN (SELECT unit FROM changed)"
)
SOURCE_KINDS: Final = frozenset({"outlet", "agency", "institution", "person"})
STILL_HEARD: Final = (
    "SELECT DISTINCT s.node_id, s.name, s.node_kind FROM said_by AS s "
    "JOIN wanted AS w ON s.node_id = w.node_id"
)


def speaker_id(name: str, document_id: str) -> str:
    """The node of a speaker: one for each name, and for unnamed ones one in each document."""
    if is_unnamed(name):
        return "v-" + digest(plain_name(name), document_id)
    return "v-" + digest(plain_name(name))


def said_by(rows: Rows) -> Iterator[SaidBy]:
    """The speakers of a page, in order: those of its attributions, and tellers of its chains.

    A teller that only stands in chains ("residents told the agency") is a speaker too, so that
    what is told through it hangs on it; where a credit names it, the credit's own edge leads there.
    """
    publishers = {d.document_id: d.outlet for d in rows.of(Document)}
    register = Register(rows.of(CanonicalActor))
    before = _tellers_before(rows)
    heard: set[tuple[str, str]] = set()
    for row in sorted(rows.of(Attribution), key=lambda a: (a.document_id, a.attribution_id)):
        name = _register_name(register, row.source_name)
        if row.document_id not in publishers or name == publishers[row.document_id]:
            continue
        span = row.source[0] if row.source else None
        heard.add((row.document_id, name))
        yield SaidBy(
            document_id=row.document_id,
            page_id=row.page_id,
            node_id=speaker_id(name, row.document_id),
            name=name,
            node_kind="unnamed" if is_unnamed(name) else NODE_KINDS.get(row.source_kind, "person"),
            through=_through(register, before.get(row.attribution_id)),
            start=span.start if span else 0,
            end=span.end if span else 0,
            text=span.text if span else "",
            attribution_id=row.attribution_id,
        )
    yield from _tellers(rows, register, heard)


def _through(register: Register, teller: ChainLink | None) -> str | None:
    return None if teller is None else _register_name(register, teller.name)


def _tellers(rows: Rows, register: Register, heard: set[tuple[str, str]]) -> Iterator[SaidBy]:
    """Tellers between publisher and source whom no attribution of the document gives words of."""
    found: dict[tuple[str, str], tuple[ChainLink, str | None]] = {}
    pages: dict[str, str] = {}
    for row in sorted(rows.of(Claim), key=lambda claim: claim.claim_id):
        pages[row.document_id] = row.page_id
        for at, teller in enumerate(row.chain[1:-1], 1):
            key = (row.document_id, _register_name(register, teller.name))
            if key not in heard and not is_unnamed(key[1]):
                before = _through(register, row.chain[at - 1] if at > 1 else None)
                found.setdefault(key, (teller, before))
    for (document, name), (teller, before) in sorted(found.items(), key=lambda item: item[0]):
        yield SaidBy(
            document_id=document,
            page_id=pages[document],
            node_id=speaker_id(name, document),
            name=name,
            node_kind=NODE_KINDS.get(teller.kind, "person"),
            through=before,
            start=0,
            end=0,
            text="",
            attribution_id=None,
            credited=teller.credit_id is not None,
        )


def _register_name(register: Register, name: str) -> str:
    actor = register.find(name)
    return name if actor is None else actor.name


def _tellers_before(rows: Rows) -> dict[str, ChainLink]:
    """Attribution id to the teller that stands before it in some claim's chain, publisher aside."""
    chains = {row.claim_id: row.chain for row in rows.of(Claim)}
    chains |= {row.claim_id: row.chain for row in rows.of(ResolvedClaim)}
    found: dict[str, ChainLink] = {}
    for claim in sorted(chains):
        chain = chains[claim]
        for at in range(2, len(chain)):
            name = chain[at].attribution_id
            if name is not None:
                found.setdefault(name, chain[at - 1])
    return found


def edge_rows(page: str, heard: Iterable[SaidBy]) -> tuple[str, list[Record]]:
    """The edges of one page with the unit they are kept under; one edge for each pair of nodes."""
    rows = list(heard)
    speakers = {row.node_id for row in rows}
    grouped: dict[tuple[str, str], list[SaidBy]] = {}
    for row in rows:
        source = row.document_id
        if row.credited:
            continue
        through = speaker_id(row.through, row.document_id) if row.through is not None else source
        if through in speakers:  # a teller who is no speaker of the page has no node
            source = through
        if source != row.node_id:
            grouped.setdefault((source, row.node_id), []).append(row)
    return EDGE_PREFIX + page, [_edge(pair, grouped[pair]) for pair in sorted(grouped)]


def _edge(pair: tuple[str, str], heard: list[SaidBy]) -> Derivation:
    spans = sorted({(r.start, r.end, r.text) for r in heard if r.text})
    first = heard[0]
    through = "" if first.through is None else f" through {first.through}"
    return Derivation(
        derivation_id="q-" + digest(first.document_id, *pair),
        derived=pair[0],
        source=pair[1],
        kind="said_by",
        basis="attribution",
        spans=tuple(_span_pair(*span) for span in spans),
        direction_basis="none",
        explanation=f"the text gives words of {first.name}{through}",
    )


def _span_pair(start: int, end: int, text: str) -> SpanPair:
    return SpanPair(derived=Span(start=start, end=end, text=text), source=None)


def node_rows(
    heard: Iterable[tuple[str, str, str]], wanted: Collection[str], known: Mapping[str, list[str]]
) -> dict[str, list[Record]]:
    """The nodes of speakers by unit; a speaker whom no page gives words of any more has no row.

    `heard` gives (node, name, kind) as the pages stand, `known` the nodes that credits made of
    named sources, by name in comparable form: those are taken into the speaker's node.
    """
    found: dict[str, list[Record]] = {NODE_PREFIX + node: [] for node in sorted(wanted)}
    names: dict[str, set[tuple[str, str]]] = {}
    for node, name, kind in heard:
        names.setdefault(node, set()).add((name, kind))
    for node in sorted(names):
        name, kind = min(names[node], key=lambda item: (_kind_rank(item[1]), item[0]))
        members = [] if kind == "unnamed" else known.get(plain_name(name), [])
        found[NODE_PREFIX + node] = [_node(node, name, kind, tuple(sorted(members)))]
    return found


def heard_now(tables: Tables, wanted: Collection[str]) -> list[tuple[str, str, str]]:
    """Which of some speakers are heard on any page, under which names and kinds."""
    found = tables.query(STILL_HEARD, wanted=column_of("node_id", wanted)).to_pylist()
    return [(row["node_id"], row["name"], row["node_kind"]) for row in found]


def credited_sources(found: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Nodes of named sources, given as (node, name), by name in comparable form."""
    by_name: dict[str, list[str]] = {}
    for node, name in found:
        by_name.setdefault(plain_name(name), []).append(node)
    return by_name


def sources_in(nodes: Iterable[Node]) -> list[tuple[str, str]]:
    """The named sources among nodes, as (node, name)."""
    return [(node.node_id, node.name) for node in nodes if node.kind in SOURCE_KINDS]


def sources_now(tables: Tables) -> list[tuple[str, str]]:
    """The named sources that credits and outlets made, as (node, name)."""
    table = tables.query(TRACE_NODES)
    return list(zip(strings(table, "node_id"), strings(table, "name"), strict=True))


def speakers_like(tables: Tables, units: Collection[str]) -> set[str]:
    """Speakers' nodes that some changed nodes of sources are, or were, taken into."""
    if not units:
        return set()
    named = column_of("unit", units)
    names = strings(tables.query(CHANGED_SOURCES, changed=named), "name")
    before = strings(tables.query(TAKEN_IN, changed=named), "node_id")
    return {speaker_id(name, "") for name in names if not is_unnamed(name)} | set(before)


def _kind_rank(kind: str) -> int:
    return ("institution", "agency", "outlet", "person", "unnamed").index(kind)


def _node(node: str, name: str, kind: str, members: tuple[str, ...]) -> Node:
    kinds: dict[str, NodeKind] = {value: value for value in NODE_KINDS.values()}
    return Node(node_id=node, kind=kinds[kind], name=name, captured=False, members=members)
