"""The trained reader: offsets, determinism, the parts it is there for, and hostile input."""

import sys
import time

import pytest

from firsthand.model.record import Range
from firsthand.nlp.sentences import sentence_spans

pytest.importorskip("onnxruntime", reason="the trained reader needs onnxruntime")
pytest.importorskip("tokenizers", reason="the trained reader needs tokenizers")

from firsthand.errors import ResourceError
from firsthand.nlp.onnx_model import WEIGHTS, open_model
from firsthand.nlp.onnx_words import cut, shape
from firsthand.nlp.reader import Reader
from firsthand.nlp.reader_onnx import MAX_SENTENCE_WORDS, OnnxReader, ReaderLayers
from firsthand.resources import read_bytes

try:
    read_bytes(WEIGHTS)
except ResourceError:
    pytest.skip("this checkout has no trained weights", allow_module_level=True)

NEWS = (
    "Prime Minister Anna Berg said on Monday that the dam had failed. "
    "“We had no warning,” a farmer from Ostfeld told The Harrow Courier. "
    "Police spokesman Emil Sorens told reporters that at least 30 people drowned. "
    "The ministry denied the report."
)
MARKS = "".join(map(chr, (0, 7, 27, 127, 0x200B, 0x202E, 0xFEFF)))


def annotate(text: str) -> ReaderLayers:
    spans = sentence_spans(text, 0, len(text), "en")
    return OnnxReader().annotate(text, [Range(start=a, end=b) for a, b in spans])


def test_the_reader_is_a_reader_and_says_what_it_reads() -> None:
    reader = OnnxReader()
    assert isinstance(reader, Reader)
    assert reader.reads("en")
    assert reader.reads("en-GB")
    assert not any(map(reader.reads, ("ar", "ru", "fr", "eng")))


def test_torch_is_not_loaded() -> None:
    annotate(NEWS)
    assert "torch" not in sys.modules


@pytest.mark.parametrize(
    ("number", "source", "cue", "content"),
    [
        (0, "Anna Berg", "said", "the dam had failed"),
        (1, "a farmer from Ostfeld", "told", "We had no warning"),
        (2, "Emil Sorens", "told", "at least 30 people drowned"),
        (3, "The ministry", "denied", "the report"),
    ],
)
def test_who_said_what(number: int, source: str, cue: str, content: str) -> None:
    found = (annotate(NEWS).said or ())[number]
    assert any(source in NEWS[r.start : r.end] for r in found.source)
    assert [NEWS[r.start : r.end] for r in found.cue] == [cue]
    assert any(content in NEWS[r.start : r.end] for r in found.content)
    assert not any(NEWS[r.start : r.end].startswith("that ") for r in found.content)


def test_persons_are_named() -> None:
    found = {(NEWS[m.start : m.end], m.label) for m in annotate(NEWS).mentions or ()}
    assert {("Anna Berg", "PER"), ("Emil Sorens", "PER")} <= found


def test_every_layer_lies_inside_the_text_and_in_order() -> None:
    layers = annotate(NEWS)
    starts = [w.start for w in layers.words]
    assert starts == sorted(starts)
    assert all(0 <= w.start < w.end <= len(NEWS) for w in layers.words)
    assert all(NEWS[w.start : w.end].lower() == w.lemma for w in layers.words)
    assert len(layers.factuality) == len(layers.words)
    assert len(layers.vectors) == 4
    assert all(
        sum(v * v for v in vector) == pytest.approx(1, abs=0.02) for vector in layers.vectors
    )
    for part in (r for s in layers.said or () for r in (*s.source, *s.cue, *s.content)):
        assert NEWS[part.start : part.end] == NEWS[part.start : part.end].strip() != ""


def test_each_sentence_is_one_tree() -> None:
    layers = annotate(NEWS)
    assert sum(w.head is None for w in layers.words) == 4
    assert all(w.head != i for i, w in enumerate(layers.words))


def test_repeated_reading_is_the_same_bit_for_bit() -> None:
    first = annotate(NEWS)
    annotate("Something else was read in between, at length, by somebody who said so.")
    assert annotate(NEWS) == first


def test_a_document_reads_the_same_whatever_was_read_with_it() -> None:
    other = "Police said two cars burned. " * 30
    alone = annotate(NEWS)
    both = [annotate(text) for text in (other, NEWS, other)]
    assert both[1] == alone
    assert both[0] == both[2]


@pytest.mark.parametrize(
    "text",
    [
        "", " ", ".", MARKS, "🚒🔥👩‍🚒 " * 200, "a" * 5_000, "“" * 3_000, "n't" * 2_000,
        "THE MINISTRY SAID TODAY THAT THE BRIDGE AT OSTFELD WAS DESTROYED",
        f"The may{MARKS}or said{MARKS} no.", "é" * 500 + " said it was cold", "1,2.3:4," * 800,
    ],
)  # fmt: skip
def test_odd_text_is_read_without_harm(text: str) -> None:
    layers = OnnxReader().annotate(text, [Range(start=0, end=len(text))] if text else [])
    assert all(0 <= w.start < w.end <= len(text) for w in layers.words)


@pytest.mark.parametrize(
    "text",
    ["قال المتحدث إن الجسر انهار صباح اليوم في المدينة القديمة", "Министр сказал, что мост разрушен", "知事は橋が崩れたと述べた"],
)  # fmt: skip
def test_another_script_is_said_to_be_unread(text: str) -> None:
    layers = annotate(text)
    assert layers.unread is not None
    assert "script" in layers.unread
    assert not layers.words
    assert (layers.said, layers.mentions) == (None, None)
    assert layers.end == 0


def test_one_endless_sentence_takes_bounded_time_and_says_so() -> None:
    text = "the officer said that " * 240_000
    assert len(text) > 5_000_000
    annotate(NEWS)
    started = time.process_time()
    layers = OnnxReader().annotate(text, [Range(start=0, end=len(text))])
    assert time.process_time() - started < 5
    assert len(layers.words) == MAX_SENTENCE_WORDS
    assert layers.unread is not None


def test_a_text_read_to_its_end_has_no_remark() -> None:
    assert annotate(NEWS).unread is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They didn't go.", ["They", "did", "n't", "go", "."]),
        ("the U.S. army’s 1,200 men", ["the", "U.S.", "army", "’s", "1,200", "men"]),
        ("Mr. Vesk-Holm", ["Mr.", "Vesk", "-", "Holm"]),
    ],
)
def test_words_are_cut_as_in_the_treebanks(text: str, words: list[str]) -> None:
    assert list(cut(text, 0, len(text), 100).texts) == words


def test_shapes_tell_capitals_apart() -> None:
    assert (
        len({shape(w) for w in ("mayor", "Mayor", "MAYOR", "McMayor", "7", "T72", "“", ",")}) == 8
    )


def test_the_network_is_opened_once() -> None:
    assert open_model() is open_model()
