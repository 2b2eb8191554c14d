"""The stage as a whole: offsets, ids, order, languages and hostile input."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.reader import document_of, of, records
from firsthand.claims.readers import reader_named
from firsthand.claims.stage import STAGE, read_document
from firsthand.config import ClaimsSettings, Settings
from firsthand.model.claim import Attribution, Claim, Entity, LoadedTerm, Quantities
from firsthand.model.document import Document, Segments
from firsthand.model.page import Page
from firsthand.model.problem import Problem
from firsthand.model.record import Record, Span
from firsthand.nlp import onnx_model
from firsthand.nlp.reader import Layers
from firsthand.resources import digest, read_bytes, read_table
from firsthand.stage import Context, Rows

PIECES = (
    "The army said ", "rebels took Ghan", ", according to ", "the mayor", ".", " ", "\n", "“", "”",
    "killing nine people", "which ", "that ", "and ", "denied ", "if ", "Ana Sorel", "12 tanks",
    "(", ")", ":", "—", "’s ", "besieged city", "to ", "was ", "reports that ", "“No,” ", "?",
    "العربية", "😀", "\u200f", "ﬁ", "U.S. ", "Dr. ",
)  # fmt: skip


def spans_of(row: Record) -> list[Span]:
    if isinstance(row, Attribution):
        return [*row.source, *row.cue, *row.content, *row.hedges]
    if isinstance(row, Claim):
        return [*row.evidence, row.scope]
    return []


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_offsets_slice_and_ids_are_unique(text: str) -> None:
    rows = records(text)
    for row in rows:
        for span in spans_of(row):
            assert text[span.start : span.end] == span.text
            assert span.start < span.end
        if isinstance(row, Claim):
            for part in (*row.actors, *row.instruments, *row.quantities):
                assert text[part.start : part.end] == part.as_written
        if isinstance(row, Entity | LoadedTerm):
            assert text[row.start : row.end] == row.text
    ids = [row.attribution_id for row in rows if isinstance(row, Attribution)]
    ids += [row.claim_id for row in rows if isinstance(row, Claim)]
    assert len(ids) == len(set(ids))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_attributions_nest_without_a_circle(text: str) -> None:
    found = {r.attribution_id: r for r in records(text) if isinstance(r, Attribution)}
    for one in found.values():
        seen = set()
        step: Attribution | None = one
        while step is not None:
            assert step.attribution_id not in seen
            seen.add(step.attribution_id)
            step = found[step.parent] if step.parent is not None else None


def test_the_same_text_gives_the_same_records() -> None:
    text = "The mayor said rebels had taken Ghan. “We saw them,” said one resident."
    assert records(text) == records(text)


def test_a_language_without_tables_is_said_and_not_read() -> None:
    (found,) = records("Az árvíz elvitte a hidat.", language="hu")
    assert isinstance(found, Problem)
    assert found.code == "language_not_read"
    assert "'hu'" in found.detail


@pytest.mark.parametrize(
    "text",
    [
        "word " * 30_000,
        "“" * 3_000,
        "(" * 3_000 + "the army said",
        "a" * 200_000,
        "the army, " * 5_000,
        "that said " * 5_000,
        "-".join(["x"] * 20_000),
        "’s" * 10_000,
    ],
    ids=["words", "quotes", "brackets", "letters", "commas", "cues", "hyphens", "possessives"],
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    began = time.process_time()
    records(text)
    assert time.process_time() - began < 20


def test_an_empty_document_says_nothing() -> None:
    assert records("") == [Quantities(document_id="d-1", page_id="p-1", quantities=())]


def test_every_quantity_of_a_document_is_told() -> None:
    text = "Price of bread: 40 crowns. At least 12 people died."
    (found,) = of(Quantities, text)
    assert [one.as_written for one in found.quantities] == ["40 crowns", "At least 12 people"]
    assert all(text[one.start : one.end] == one.as_written for one in found.quantities)


def test_the_stage_reads_its_rows() -> None:
    page, document, segments = document_of("The army took Ghan.")
    rows = Rows("p-1", {Page: [page], Document: [document], Segments: [segments]})
    assert STAGE.run is not None
    by_rules = Settings(claims=ClaimsSettings(reader="rules"))
    made = list(STAGE.run(rows, Context(settings=by_rules)))
    assert made == list(read_document(page, document, segments))
    assert {type(row) for row in made} <= {*STAGE.writes, Problem}


def test_every_table_that_is_read_belongs_to_the_cache_key() -> None:
    for name in STAGE.resources:
        if name.endswith(".tsv"):
            assert read_table(name)


@pytest.mark.parametrize(("reader", "expected"), [("rules", False), ("reader-v1", True)])
def test_the_setting_says_who_reads(reader: str, expected: bool) -> None:
    pytest.importorskip("onnxruntime", reason="the trained reader needs onnxruntime")
    page, document, segments = document_of(
        "Families in the camp described bodies being taken away at night."
    )
    rows = Rows("p-1", {Page: [page], Document: [document], Segments: [segments]})
    context = Context(settings=Settings(claims=ClaimsSettings(reader=reader)))
    found = [r for r in STAGE.run(rows, context) if isinstance(r, Attribution)]  # type: ignore[misc]  # set for every such stage
    assert bool(found) == expected


def test_what_another_reader_did_not_read_is_told() -> None:
    class Blind:
        name = "blind"
        version = "1"

        def reads(self, language: str) -> bool:
            return bool(language)

        def annotate(self, text: str, sentences: object, quotations: object) -> Layers:
            del text, sentences, quotations
            return Layers(unread="the text is in another script", end=0)

    page, document, segments = document_of("The mayor said the bridge had fallen.")
    found = list(read_document(page, document, segments, reader=Blind()))
    (told,) = [r for r in found if isinstance(r, Problem)]
    assert told.code == "reader_left_off"
    assert "another script" in told.detail
    rest = [r for r in found if not isinstance(r, Problem)]
    assert rest == list(read_document(page, document, segments))


def test_the_cache_sees_the_weights_by_the_digest_that_their_card_carries() -> None:
    assert onnx_model.METRICS in STAGE.resources
    card = json.loads(read_bytes(onnx_model.METRICS))
    assert card["weights_sha256"] == digest(onnx_model.WEIGHTS)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_offsets_slice_and_ids_are_unique_with_the_network_too(text: str) -> None:
    pytest.importorskip("onnxruntime", reason="the trained reader needs onnxruntime")
    page, document, segments = document_of(text)
    rows = list(read_document(page, document, segments, reader=reader_named("reader-v1")))
    for row in rows:
        for span in spans_of(row):
            assert text[span.start : span.end] == span.text != ""
        if isinstance(row, Entity):
            assert text[row.start : row.end] == row.text != ""
    ids = [row.claim_id for row in rows if isinstance(row, Claim)]
    assert len(set(ids)) == len(ids)
