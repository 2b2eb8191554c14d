"""Who got it from whom: paths, copies, drawing."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from edition_factory import MARKET, ROAD
from firsthand.publish import edition
from firsthand.publish.dossiers import dossier
from firsthand.publish.graph_layout import HEIGHT, MOST_PAGES, WIDTH, draw
from firsthand.publish.lineage_views import Lineage, LineageEdge, LineageNode
from firsthand.store.project import Project


@pytest.fixture
def db(project: Project) -> Iterator[sqlite3.Connection]:
    with closing(edition.connect(project.edition)) as opened:
        yield opened


def test_a_copy_goes_through_the_page_it_was_taken_from(db: sqlite3.Connection) -> None:
    view = dossier(db, MARKET)
    assert view is not None
    ways = {
        (view.lineage.names[e.source], view.lineage.names[e.derived]) for e in view.lineage.edges
    }
    assert ("Harbour News", "Northgate Daily") in ways
    assert ("Orlan City Hospital", "Northgate Daily") not in ways
    assert ("a rescue worker", "Quay Post") in ways


def test_one_origin_has_one_node_however_many_pages_repeat_it(db: sqlite3.Connection) -> None:
    view = dossier(db, ROAD)
    assert view is not None
    assert [node.name for node in view.lineage.nodes if node.kind == "origin"] == [
        "Governor Ana Ruel"
    ]
    assert len(view.lineage.edges) == 2


def test_every_edge_is_also_a_sentence_and_shows_its_words(db: sqlite3.Connection) -> None:
    view = dossier(db, MARKET)
    assert view is not None
    assert len(view.lineage.sentences) == len(view.lineage.edges)
    assert all(edge.start < edge.end for edge in view.lineage.edges)


def node(key: str, kind: str) -> LineageNode:
    return LineageNode(key=key, kind=kind, name=key, note="", look=kind, captured=True)


def edge(source: str, derived: str) -> LineageEdge:
    return LineageEdge(
        source=source,
        derived=derived,
        verb="copy",
        basis="text",
        directed=True,
        detail="",
        document_id="d",
        start=0,
        end=1,
    )


def lineage(nodes: list[LineageNode], edges: list[LineageEdge]) -> Lineage:
    return Lineage(nodes=tuple(nodes), edges=tuple(edges), sentences=(), set_aside=())


def test_nodes_never_overlap() -> None:
    nodes = [node(f"o{n}", "origin") for n in range(5)] + [
        node(f"p{n}", "document") for n in range(9)
    ]
    edges = [edge(f"o{n % 5}", f"p{n}") for n in range(9)] + [edge("p0", "p1"), edge("p1", "p2")]
    placed = draw(lineage(nodes, edges)).nodes
    assert len(placed) == 14
    for one in placed:
        for other in placed:
            apart = abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT
            assert one is other or apart


def test_sources_stand_left_of_what_was_derived_from_them() -> None:
    nodes = [node(key, "document") for key in "abc"]
    x = {
        one.node.key: one.x for one in draw(lineage(nodes, [edge("c", "b"), edge("b", "a")])).nodes
    }
    assert x["c"] < x["b"] < x["a"]


def test_a_circle_of_pages_is_drawn_all_the_same() -> None:
    nodes = [node(key, "document") for key in "abc"]
    edges = [edge("a", "b"), edge("b", "c"), edge("c", "a")]
    assert len(draw(lineage(nodes, edges)).nodes) == 3


def test_many_equal_pages_become_one_stack() -> None:
    pages = [node(f"p{n:02}", "document") for n in range(MOST_PAGES + 6)]
    graph = draw(lineage([node("o", "origin"), *pages], [edge("o", page.key) for page in pages]))
    assert [one.name for one in graph.nodes] == ["o", "30 pages"]
    assert len(graph.edges) == 1


def test_an_empty_lineage_is_an_empty_drawing() -> None:
    graph = draw(lineage([], []))
    assert graph.nodes == ()
    assert graph.height > 0


def test_no_edge_passes_through_a_node() -> None:
    nodes = [node(f"o{at}", "origin") for at in range(6)]
    nodes += [node(f"t{at}", "teller") for at in range(4)]
    nodes += [node(f"d{at}", "document") for at in range(5)]
    edges = [edge(f"o{at}", f"t{at % 4}") for at in range(3)]
    edges += [edge(f"o{at}", f"d{at - 1}") for at in range(3, 6)]
    edges += [edge(f"t{at}", f"d{at}") for at in range(4)]
    graph = draw(lineage(nodes, edges))
    boxes = [(one.x, one.y) for one in graph.nodes]
    passed = 0
    for one in graph.edges:
        for x, y in re.findall(r"L(\d+) (\d+)", one.path):
            passed += 1
            inside = [
                box
                for box in boxes
                if box[0] + WIDTH == int(x) and box[1] <= int(y) <= box[1] + HEIGHT
            ]
            assert inside == []
    assert passed == 3
