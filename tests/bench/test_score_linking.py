"""The scorer of linking: which mention a claim covers, and which bodies are linked."""

import sys
from pathlib import Path
from typing import Any

BENCH = Path(__file__).parents[2] / "bench"
sys.path.insert(0, str(BENCH))

import score_linking as scorer  # noqa: E402 - after the path is set

ROW: dict[str, Any] = {
    "doc_id": "1_a",
    "sentences": [{"sent_id": 3, "tokens": ["Rain", ",", "then", "floods", "hit", "Velm", "."]}],
    "events": [
        {"sent_id": 3, "tokens": [0], "chain": "x"},
        {"sent_id": 3, "tokens": [3, 4], "chain": "y"},
    ],
}
TEXT = "Rain, then floods hit Velm."


def claim(name: str, event: str | None, *words: str, document: str = "d-1") -> dict[str, Any]:
    """A claim whose evidence is these words of the text."""
    spans = [{"start": TEXT.index(w), "end": TEXT.index(w) + len(w)} for w in words]
    return {"claim_id": name, "event_id": event, "document_id": document, "evidence": spans}


def tables(*claims: dict[str, Any], **more: list[dict[str, Any]]) -> scorer.Tables:
    pages = [{"page_id": "p-1", "source": "/in/1_a.txt", "text": TEXT}]
    documents = [{"document_id": "d-1", "page_id": "p-1"}]
    empty: scorer.Tables = {"nodes": [], "derivations": []}
    return {**empty, "pages": pages, "documents": documents, "claims": list(claims), **more}


def test_a_page_is_the_sentences_in_running_text() -> None:
    assert scorer.text_of(ROW) == TEXT + "\n"


def test_a_mention_takes_the_event_of_the_shortest_claim_that_stands_in_one() -> None:
    long = claim("c-1", "e-long", TEXT)
    short = claim("c-2", "e-short", "floods hit")
    none = claim("c-3", None, "Rain")
    found = scorer.events_of_mentions([ROW], tables(long, short, none))
    assert found == {"1_a|3|0": "e-long", "1_a|3|3-4": "e-short"}


def test_a_mention_that_no_claim_covers_has_no_event() -> None:
    assert scorer.events_of_mentions([ROW], tables(claim("c-1", "e", "hit Velm"))) == {}


def test_bodies_are_linked_by_an_event_or_by_one_source() -> None:
    names = ("a", "b", "c", "d")
    pages = [{"page_id": f"p-{n}", "source": f"/in/{n}.txt", "text": TEXT} for n in names]
    documents = [{"document_id": f"d-{n}", "page_id": f"p-{n}"} for n in names]
    claims = [claim(f"c-{n}", "e-1", "Rain", document=f"d-{n}") for n in ("a", "b")]
    nodes = [{"node_id": f"n-{n}", "kind": "document", "document_id": f"d-{n}"} for n in names]
    nodes += [{"node_id": "n-r", "kind": "report", "document_id": None}]
    derivations = [
        {"derived": "n-c", "source": "n-r", "status": "active"},
        {"derived": "n-b", "source": "n-r", "status": "active"},
        {"derived": "n-d", "source": "n-a", "status": "set_aside"},
    ]
    found = scorer.linked_bodies(
        tables(*claims, pages=pages, documents=documents, nodes=nodes, derivations=derivations)
    )
    assert found == {("a", "b"), ("b", "c")}
    assert scorer.groups_of(names, found) == {"a": "a", "b": "a", "c": "a", "d": "d"}


def test_pairs_of_bodies_are_scored_where_both_have_a_rumour() -> None:
    gold = {"a": "1", "b": "1", "c": "2", "d": "1"}
    linked = [("a", "b"), ("a", "c"), ("a", "z")]
    assert scorer.score_pairs(gold, linked) == {"p": 0.5, "r": 0.333, "f1": 0.4}
