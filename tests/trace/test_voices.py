"""Voices: whose words each stretch of a document is."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.model.lineage import Voice
from firsthand.segment.stage import segment_document
from firsthand.trace.credits import find_credits
from firsthand.trace.voices import find_voices
from trace_credit_cases import BLOCK, BODY, OWN
from trace_factory import make_article, make_document, make_page

QUOTE = (
    "“Who pays for the diesel? Somebody signs for every lorry that crosses the ford at night.\n\n"
    "The lists exist. They hang in the toll house, and nobody has asked to see them so far.”"
)


def voices_of(text: str, *, outlet: str | None = "Lantern Daily") -> list[tuple[str, str]]:
    page, document, segments = make_article(text, outlet=outlet)
    found = find_voices(page, document, segments, find_credits(page, [document], [segments]))
    return [(voice.speaker, page.text[voice.start : voice.end].strip()) for voice in found.voices]


def test_article_without_credits_is_the_outlets_own() -> None:
    assert voices_of(BLOCK) == [("Lantern Daily", BLOCK)]


def test_outlet_that_no_one_names_is_unknown() -> None:
    page, document, segments = make_article(BLOCK, outlet=None)
    (voice,) = find_voices(page, document, segments, []).voices
    assert (voice.speaker, voice.kind) == ("unknown outlet", "unnamed")


def test_republished_run_is_its_sources_voice() -> None:
    text = f"{OWN}\n\nTarn Wire reports:\n\n{BLOCK}"
    assert voices_of(text) == [
        ("Lantern Daily", f"{OWN}\n\nTarn Wire reports:"),
        ("Tarn Wire", BLOCK),
    ]


def test_quoted_block_inside_a_republished_text_is_the_persons_voice() -> None:
    lead = "Ada Quill of Bridge Watch raised some questions:"
    text = f"Source: Tarn Wire\n\n{BODY[0]}\n\n{lead}\n\n{QUOTE}\n\n{BODY[2]}"
    assert [speaker for speaker, _ in voices_of(text)] == [
        "Lantern Daily",
        "Tarn Wire",
        "Ada Quill",
        "Tarn Wire",
    ]
    assert ("Ada Quill", QUOTE) in voices_of(text)


def test_citation_of_one_sentence_changes_no_voice() -> None:
    assert [
        speaker for speaker, _ in voices_of(f"{BODY[0]}\n\nThe ford is shut, Tarn Wire reported.")
    ] == ["Lantern Daily"]


def test_voice_names_the_credit_that_gives_it() -> None:
    page, document, segments = make_article(f"{BLOCK}\n\nSource: Tarn Wire")
    (credit,) = find_credits(page, [document], [segments])
    voices = find_voices(page, document, segments, [credit]).voices
    assert [voice.credit_id for voice in voices] == [credit.credit_id, None]


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Tarn Wire reported on 3 May 2031:", "2031-05-03"),
        ("Tarn Wire reported on Monday:", None),
        ("Tarn Wire reported on 31 June 2031:", None),
    ],
)
def test_date_in_the_credit_dates_the_embedded_report(line: str, published: str | None) -> None:
    page, document, segments = make_article(f"{line}\n\n{BLOCK}")
    voices = find_voices(page, document, segments, find_credits(page, [document], [segments]))
    assert [voice.published for voice in voices.voices] == [None, published]


def test_segments_of_another_document_are_refused() -> None:
    page, _, segments = make_article(BLOCK)
    other = make_document(page, ordinal=2)
    with pytest.raises(ValueError, match="given for"):
        find_voices(page, other, segments, [])


PIECES = st.sampled_from(
    [
        *BODY,
        OWN,
        "Tarn Wire reports:",
        "Update from Harrow Post:",
        "Source: Kestrel",
        "Read more at Vesna TV",
        "[…]",
        "* * *",
        "Shells fell. (MNA)",
        "VELMAR (MNA) — Shells fell.",
        "Ada Quill of Bridge Watch wrote:",
        QUOTE,
        "Originally published by Harrow Post.",
        "The ford is shut, Tarn Wire reported.",
        "",
    ]
)


def partitions(voices: tuple[Voice, ...], start: int, end: int) -> bool:
    edges = [start, *(voice.end for voice in voices)]
    return [voice.start for voice in voices] == edges[:-1] and edges[-1] == end


@given(st.lists(PIECES, min_size=1, max_size=14), st.sampled_from(["\n", "\n\n", "\n\n\n"]))
def test_voices_partition_the_document_and_covers_lie_inside_it(
    pieces: list[str], gap: str
) -> None:
    page = make_page(gap.join(pieces) or ".")
    document = make_document(page)
    segments = segment_document(page, document)
    found = find_credits(page, [document], [segments])
    for credit in found:
        assert page.text[credit.start : credit.end] == credit.text
        ends = [0]
        for span in credit.covers:
            assert document.start <= span.start < span.end <= document.end
            assert span.text == page.text[span.start : span.end]
            assert span.start >= ends[-1]
            ends.append(span.end)
    voices = find_voices(page, document, segments, found).voices
    assert partitions(voices, document.start, document.end)
    assert all(a.credit_id != b.credit_id for a, b in pairwise(voices))
    assert found == find_credits(page, [document], [segments])
