"""Mending: small gaps close, quotations and sentence ends are whole, other parts stay free."""

import pytest

from firsthand.model.record import Range
from firsthand.nlp.onnx_mend import local, mended, nearest
from firsthand.nlp.onnx_windows import Window


def window(*sentences: str) -> Window:
    made, at = Window(), 0
    for number, sentence in enumerate(sentences):
        for word in sentence.split():
            made.texts.append(word)
            made.begins.append(at)
            made.ends.append(at + len(word))
            made.sents.append(number)
            at += len(word) + 1
    return made


LONG = "he said the bridge was down and the road to the old port was closed by the army"


@pytest.mark.parametrize(
    ("contents", "taken", "expected"),
    [
        ([], [(1, 2)], []),
        ([(2, 6), (7, 10)], [(1, 2)], [(2, 10)]),
        ([(2, 6), (9, 11)], [(1, 2)], [(2, 6), (9, 11)]),
        ([(2, 6), (7, 10)], [(6, 7)], [(2, 6), (7, 10)]),
        ([(2, 14)], [(1, 2)], [(2, 18)]),
        ([(2, 14)], [(15, 16)], [(2, 14)]),
        ([(2, 9)], [(1, 2)], [(2, 9)]),
    ],
)
def test_gaps_and_ends(
    contents: list[tuple[int, int]],
    taken: list[tuple[int, int]],
    expected: list[tuple[int, int]],
) -> None:
    assert mended(window(LONG), contents, taken, []) == expected


def test_a_quotation_that_is_mostly_content_is_content_as_a_whole() -> None:
    one = window("“ we saw nothing at all ” he said on the phone last night to us")
    quotation = Range(start=0, end=one.ends[6])
    assert mended(one, [(1, 5)], [(7, 9)], [quotation]) == [(0, 7)]
    assert mended(one, [(1, 3)], [(7, 9)], [quotation]) == [(1, 3)]


def test_a_quotation_with_the_cue_inside_is_left_alone() -> None:
    one = window("“ we , he said , saw nothing ” and went away over the hill again")
    assert mended(one, [(6, 8)], [(3, 5)], [Range(start=0, end=one.ends[8])]) == [(6, 8)]


@pytest.mark.parametrize(
    ("parts", "word", "expected"),
    [([], 3, []), ([(0, 2), (5, 7)], 3, [(0, 2)]), ([(0, 1), (5, 7)], 4, [(5, 7)])],
)
def test_the_source_is_the_nearest_part(
    parts: list[tuple[int, int]], word: int, expected: list[tuple[int, int]]
) -> None:
    assert nearest(parts, word) == expected


TWO = ("mayor said the road was shut", "“ it is shut ” she said", "“ for good ” too")


@pytest.mark.parametrize(
    ("parts", "word", "cued", "expected"),
    [
        ([(2, 6), (7, 10)], 1, [0, 1], [(2, 6), (7, 10)]),
        ([(2, 6), (14, 17)], 1, [0, 1], [(2, 6)]),
        ([(6, 11), (13, 17)], 12, [1], [(6, 11), (13, 17)]),
        ([(6, 11), (0, 2)], 12, [1], [(6, 11)]),
        ([(2, 6)], 12, [1], [(2, 6)]),
        ([], 1, [0], []),
    ],
)
def test_a_content_stays_near_its_cue_unless_it_goes_on_quoting(
    parts: list[tuple[int, int]], word: int, cued: list[int], expected: list[tuple[int, int]]
) -> None:
    assert local(window(*TWO), parts, word, cued) == expected
