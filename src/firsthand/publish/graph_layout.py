"""Places the nodes of a lineage in columns: origins, tellers, pages, pages that took from pages."""

import itertools
from collections.abc import Mapping, Sequence

import msgspec

from firsthand.model.record import Part
from firsthand.publish.lineage_views import Lineage, LineageEdge, LineageNode
from firsthand.publish.words import DERIVATION, _, label, n_

WIDTH, HEIGHT = 164, 44
"""Size of a node in pixels."""
GAP_X, GAP_Y = 62, 14
TOP = 34
LANE = 12
"""Height of the lane in which an edge passes a column that is not its own."""
MOST_WORD = 9
"""Longer words do not fit between two columns; the table has them."""
SWEEPS = 4
"""Passes of the barycentre method (Sugiyama 1981); more change nothing on such graphs."""
CHARS = {"name": 21, "note": 28}
"""What fits into a node at the type sizes of the style sheet."""
MOST_PAGES = 24
"""More pages with the very same sources are drawn as one stack."""


class PlacedNode(Part, frozen=True, kw_only=True):
    """A node with its place; the words are shortened to fit."""

    node: LineageNode
    x: int
    y: int
    name: str
    note: str


class PlacedEdge(Part, frozen=True, kw_only=True):
    """An edge with its curve and where its word stands."""

    edge: LineageEdge
    path: str
    x: int
    y: int
    word: str


class Column(Part, frozen=True, kw_only=True):
    """A heading over a column."""

    x: int
    title: str


class Graph(Part, frozen=True, kw_only=True):
    """A lineage ready to be drawn."""

    width: int
    height: int
    columns: tuple[Column, ...]
    nodes: tuple[PlacedNode, ...]
    edges: tuple[PlacedEdge, ...]


def draw(lineage: Lineage) -> Graph:
    """The graph of a lineage; the same lineage gives the same drawing."""
    nodes, edges = _stacked(lineage)
    columns = _columns(nodes, edges)
    ways = {(edge.source, edge.derived): _lanes(edge, columns) for edge in edges}
    layers = _layers(nodes, ways, columns)
    places = _places(layers)
    count = max(columns.values(), default=0) + 1
    placed = tuple(
        PlacedNode(
            node=node,
            x=places[node.key][0],
            y=places[node.key][1],
            name=_short(node.name, CHARS["name"]),
            note=_short(node.note, CHARS["note"]),
        )
        for node in nodes
    )
    return Graph(
        width=count * WIDTH + (count - 1) * GAP_X + 4,
        height=max((y + _height(key) for key, (_x, y) in places.items()), default=TOP) + 6,
        columns=_headings(nodes, columns, count),
        nodes=placed,
        edges=_edges(edges, ways, places),
    )


Way = tuple[str, ...]


def _lanes(edge: LineageEdge, columns: Mapping[str, int]) -> Way:
    """Keys of the lanes by which an edge passes the columns between its ends, in order.

    Edges that lead to one node share its lanes: they are one strand from there on.
    """
    between = range(columns[edge.source] + 1, columns[edge.derived])
    return tuple(f"~{column}~{edge.derived}" for column in between)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _stacked(lineage: Lineage) -> tuple[list[LineageNode], list[LineageEdge]]:
    """The graph with equal pages drawn as one where there are many."""
    pages = [node for node in lineage.nodes if node.kind == "document"]
    if len(pages) <= MOST_PAGES:
        return list(lineage.nodes), list(lineage.edges)
    into: dict[tuple[tuple[str, ...], tuple[str, ...]], list[LineageNode]] = {}
    for page in pages:
        sources = tuple(sorted(e.source for e in lineage.edges if e.derived == page.key))
        takers = tuple(sorted(e.derived for e in lineage.edges if e.source == page.key))
        into.setdefault((sources, takers), []).append(page)
    head = {page.key: some[0].key for some in into.values() for page in some}
    stacks = [
        some[0]
        if len(some) == 1
        else LineageNode(
            key=some[0].key,
            kind="document",
            name=n_("{n} page", "{n} pages", len(some)),
            note=", ".join(sorted({page.name for page in some})),
            look="document",
            captured=True,
        )
        for some in into.values()
    ]
    others = [node for node in lineage.nodes if node.kind != "document"]
    kept: dict[tuple[str, str], LineageEdge] = {}
    for edge in lineage.edges:
        ends = (head.get(edge.source, edge.source), head.get(edge.derived, edge.derived))
        moved = msgspec.structs.replace(edge, source=ends[0], derived=ends[1])
        kept.setdefault(ends, moved)
    return others + stacks, list(kept.values())


def _depths(keys: set[str], edges: Sequence[LineageEdge]) -> dict[str, int]:
    """Longest way from a node without sources to each node, among `keys` only."""
    depth = dict.fromkeys(keys, 0)
    inner = [edge for edge in edges if edge.source in keys and edge.derived in keys]
    for _pass in range(len(keys)):
        moved = False
        for edge in inner:
            if depth[edge.derived] <= depth[edge.source] < len(keys):
                depth[edge.derived] = depth[edge.source] + 1
                moved = True
        if not moved:
            break
    return depth


def _columns(nodes: Sequence[LineageNode], edges: Sequence[LineageEdge]) -> dict[str, int]:
    columns: dict[str, int] = {}
    first = 0
    for kind in ("origin", "teller", "document"):
        keys = {node.key for node in nodes if node.kind == kind}
        if not keys:
            continue
        depths = dict.fromkeys(keys, 0) if kind == "origin" else _depths(keys, edges)
        used = {depth: at for at, depth in enumerate(sorted(set(depths.values())))}
        columns |= {key: first + used[depth] for key, depth in depths.items()}
        first += len(used)
    return columns


def _layers(
    nodes: Sequence[LineageNode],
    ways: Mapping[tuple[str, str], Way],
    columns: Mapping[str, int],
) -> list[list[str]]:
    """Nodes and lanes of each column in the order of the mean row of their neighbours."""
    count = max(columns.values(), default=0) + 1
    layers: list[list[str]] = [[] for _column in range(count)]
    for node in sorted(nodes, key=lambda node: (node.look, node.name, node.key)):
        layers[columns[node.key]].append(node.key)
    neighbours: dict[str, list[str]] = {node.key: [] for node in nodes}
    for (source, derived), lanes in sorted(ways.items()):
        for lane in lanes:
            if lane not in neighbours:
                neighbours[lane] = []
                layers[int(lane.split("~")[1])].append(lane)
        stops = (source, *lanes, derived)
        for one, other in itertools.pairwise(stops):
            neighbours[one].append(other)
            neighbours[other].append(one)
    row = {key: float(at) for layer in layers for at, key in enumerate(layer)}
    for sweep in range(SWEEPS):
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            layer.sort(key=lambda key: (_mean(neighbours[key], row), row[key], key))
            middle = (len(layer) - 1) / 2
            row |= {key: at - middle for at, key in enumerate(layer)}
    return layers


def _mean(keys: Sequence[str], row: Mapping[str, float]) -> float:
    return sum(row[key] for key in keys) / len(keys) if keys else 0.0


def _places(layers: Sequence[Sequence[str]]) -> dict[str, tuple[int, int]]:
    """Left and top of every node and lane; columns are centred on one another."""
    heights = [sum(_height(key) + GAP_Y for key in layer) for layer in layers]
    tallest = max(heights, default=0)
    found: dict[str, tuple[int, int]] = {}
    for column, layer in enumerate(layers):
        y = TOP + (tallest - heights[column]) // 2
        for key in layer:
            found[key] = (2 + column * (WIDTH + GAP_X), y)
            y += _height(key) + GAP_Y
    return found


def _height(key: str) -> int:
    return LANE if key.startswith("~") else HEIGHT


def _headings(
    nodes: Sequence[LineageNode], columns: Mapping[str, int], count: int
) -> tuple[Column, ...]:
    titles = {
        "origin": _("Origin"),
        "teller": _("Told through"),
        "document": _("In your pile"),
    }
    kinds: dict[int, str] = {columns[node.key]: node.kind for node in nodes}
    found: list[Column] = []
    for column in range(count):
        kind = kinds.get(column, "document")
        again = column > 0 and kinds.get(column - 1) == kind
        title = _("Taken over by") if again and kind == "document" else titles[kind]
        found.append(
            Column(
                x=2 + column * (WIDTH + GAP_X), title="" if again and kind == "teller" else title
            )
        )
    return tuple(found)


def _edges(
    edges: Sequence[LineageEdge],
    ways: Mapping[tuple[str, str], Way],
    places: Mapping[str, tuple[int, int]],
) -> tuple[PlacedEdge, ...]:
    """Every edge with its curve; a word stands once at each node that tells in that way."""
    said: set[tuple[str, str]] = set()
    found: list[PlacedEdge] = []
    for edge in edges:
        placed = _edge(edge, ways[edge.source, edge.derived], places)
        told = (edge.source, placed.word)
        found.append(msgspec.structs.replace(placed, word="") if told in said else placed)
        said.add(told)
    return tuple(found)


def _edge(edge: LineageEdge, lanes: Way, places: Mapping[str, tuple[int, int]]) -> PlacedEdge:
    x1, y1 = places[edge.source]
    x2, y2 = places[edge.derived]
    y1, y2 = y1 + HEIGHT // 2, y2 + HEIGHT // 2
    if x1 >= x2:
        side = max(x1, x2) + WIDTH
        path = f"M{x1 + WIDTH} {y1}C{side + 40} {y1} {side + 40} {y2} {x2 + WIDTH + 2} {y2}"
        return PlacedEdge(edge=edge, path=path, x=side + 8, y=(y1 + y2) // 2, word="")
    path, at = f"M{x1 + WIDTH} {y1}", (x1 + WIDTH, y1)
    for lane in lanes:
        x, y = places[lane]
        path += f"{_curve(at, (x, y + LANE // 2))}L{x + WIDTH} {y + LANE // 2}"
        at = (x + WIDTH, y + LANE // 2)
    path += _curve(at, (x2 - 7, y2))
    word = label(DERIVATION, edge.verb)
    fits = not lanes and len(word) <= MOST_WORD
    return PlacedEdge(edge=edge, path=path, x=x1 + WIDTH + 5, y=y1 - 5, word=word if fits else "")


def _curve(one: tuple[int, int], other: tuple[int, int]) -> str:
    bend = (other[0] - one[0]) // 2
    return f"C{one[0] + bend} {one[1]} {other[0] - bend} {other[1]} {other[0]} {other[1]}"
