"""Cutting page text by marks loses nothing and shows nothing twice."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from firsthand.publish.pieces import Mark, cut, lines

TEXTS = st.text(alphabet="ab \n\r😀ق\u202e", max_size=60)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    ends = st.integers(min_value=0, max_value=len(text))
    spans = draw(st.lists(st.tuples(ends, ends), max_size=6))
    marks = [
        Mark(start=min(pair), end=max(pair), kind=f"k{number % 3}", note=str(number))
        for number, pair in enumerate(spans)
        if pair[0] != pair[1]
    ]
    return text, marks


@given(marked())
def test_pieces_join_to_the_text_they_were_cut_from(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    pieces = cut(text, 0, len(text), marks)
    assert "".join(piece.text for piece in pieces) == text
    for piece in pieces:
        assert text[piece.start : piece.end] == piece.text
        for mark in marks:
            covered = mark.start <= piece.start and piece.end <= mark.end
            assert not covered or mark.kind in piece.kinds


@given(marked())
def test_every_note_is_shown_once(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    notes = [note.label for piece in cut(text, 0, len(text), marks) for note in piece.notes]
    assert sorted(notes) == sorted(mark.note or "" for mark in marks)


@given(TEXTS)
def test_lines_hold_all_that_is_not_white_space(text: str) -> None:
    found = lines(text, 0, len(text))
    assert all(text[a:b] and text[a:b] == text[a:b].strip() for a, b in found)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(found))
    kept = "".join(text[a:b] for a, b in found)
    assert "".join(kept.split()) == "".join(text.split())


def test_overlapping_marks_share_their_middle() -> None:
    marks = [Mark(start=0, end=4, kind="what"), Mark(start=2, end=6, kind="num", note="1")]
    shown = [(piece.text, piece.kinds, len(piece.notes)) for piece in cut("abcdefgh", 0, 8, marks)]
    assert shown == [
        ("ab", ("what",), 0),
        ("cd", ("num", "what"), 0),
        ("ef", ("num",), 1),
        ("gh", (), 0),
    ]
