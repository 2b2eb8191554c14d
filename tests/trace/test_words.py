"""Words as numbers: where they start and end, and which count as equal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.trace.words import kept_ranges, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        (" … ", []),
        ("Tarnok fell.", ["Tarnok", "fell"]),
        ("the army’s 1,200 men", ["the", "army", "s", "1", "200", "men"]),
        ("Штаб «Вега» сообщил", ["Штаб", "Вега", "сообщил"]),
        ("漢字a", ["漢", "字", "a"]),
        ("a😀b", ["a", "b"]),
    ],
)
def test_words_of_many_scripts(text: str, words: list[str]) -> None:
    found = words_of(text)
    spans = zip(found.starts.tolist(), found.ends.tolist(), strict=True)
    assert [text[low:high] for low, high in spans] == words


@given(st.text(max_size=60))
def test_words_slice_the_text_and_do_not_overlap(text: str) -> None:
    found = words_of(text)
    bounds = [at for span in zip(found.starts, found.ends, strict=True) for at in span]
    assert bounds == sorted(bounds)
    assert all(0 <= at <= len(text) for at in bounds)


@given(st.text(alphabet="abcXYZ ", max_size=30), st.text(alphabet="abc ,", max_size=30))
def test_a_word_has_its_number_wherever_it_stands(text: str, before: str) -> None:
    alone = words_of(text).numbers.tolist()
    after = words_of(f"{before} {text}").numbers.tolist()
    assert after[len(after) - len(alone) :] == alone


def test_capitals_are_no_difference_and_order_is() -> None:
    assert words_of("SANDBAG").numbers.tolist() == words_of("sandbag").numbers.tolist()
    assert words_of("ab").numbers.tolist() != words_of("ba").numbers.tolist()


@pytest.mark.parametrize(
    ("skips", "kept"),
    [
        ([], [(0, 10)]),
        ([(2, 4)], [(0, 2), (4, 10)]),
        ([(5, 12), (0, 3)], [(3, 5)]),
        ([(0, 10)], []),
        ([(2, 6), (4, 8)], [(0, 2), (8, 10)]),
    ],
)
def test_furniture_is_taken_out(skips: list[tuple[int, int]], kept: list[tuple[int, int]]) -> None:
    assert kept_ranges(0, 10, skips) == kept
