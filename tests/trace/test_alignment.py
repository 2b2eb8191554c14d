"""Alignment: equal runs joined over light edits, whatever the order, bounded for hostile texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.trace.alignment import align, text_to_align
from firsthand.trace.words import words_of

SHARED = (
    "the bridge over the Salm was hit twice on Monday night and rescue teams from Orvel reached "
    "it only at dawn because the road was mined"
)
OWN = "nothing here has to do with any other page that was ever written about the town"
OTHER = "quite different words stand on this page and they go on for a while until they stop"


def passages(one: str, other: str, least: int = 12) -> list[tuple[str, str]]:
    """Shared passages as the words of both sides."""
    a, b = text_to_align(words_of(one)), text_to_align(words_of(other))
    return [
        (
            one[a.words.starts[m.a_first] : a.words.ends[m.a_last - 1]],
            other[b.words.starts[m.b_first] : b.words.ends[m.b_last - 1]],
        )
        for m in align(a, b, least)
    ]


def test_a_passage_is_found_to_the_character() -> None:
    assert passages(f"{OWN}. {SHARED}. End.", f"{SHARED}! {OTHER}") == [(SHARED, SHARED)]


@pytest.mark.parametrize(
    "edited",
    [
        SHARED.replace("rescue", "resuce"),
        SHARED.replace("twice", "3 times"),
        SHARED.replace("Monday night", "Monday"),
        SHARED.replace("Orvel", "far Orvel"),
        SHARED.replace("mined", "mnied").replace("road", "raod"),
    ],
)
def test_light_edits_do_not_cut_a_passage(edited: str) -> None:
    ((one, other),) = passages(f"{OWN} {SHARED} {OWN}", f"{OTHER} {edited} {OTHER}")
    assert one[:30] == SHARED[:30]
    assert len(other) > 0.75 * len(edited)


def test_sentences_in_another_order_are_all_found() -> None:
    first, second = (
        SHARED,
        "Aid trucks waited south of the river for three days before guns fell silent",
    )
    found = passages(f"{first}. {second}.", f"{second}. {first}.")
    assert sorted(found) == sorted([(first, first), (second, second)])


def test_few_shared_words_are_no_passage() -> None:
    assert passages(f"{OWN} the bridge over the Salm was hit {OWN}",
                    f"{OTHER} the bridge over the Salm was hit {OTHER}") == []  # fmt: skip


def test_a_sentence_printed_endlessly_is_matched_once() -> None:
    assert len(passages((SHARED + ". ") * 3000, f"{OTHER} {SHARED} {OTHER}")) == 1
    assert len(passages(f"{OTHER} {SHARED} {OTHER}", (SHARED + ". ") * 3000)) == 1


def test_furniture_inside_cuts_a_passage() -> None:
    words = words_of(SHARED)
    a, b = text_to_align(words, (10,)), text_to_align(words)
    assert [(m.a_first, m.a_last) for m in align(a, b, 12)] == [(0, 10), (10, len(words))]


@given(st.lists(st.sampled_from(["ash", "elm", "fir", "oak", "the", "of"]), max_size=60),
       st.lists(st.sampled_from(["ash", "elm", "fir", "oak", "the", "of"]), max_size=60))  # fmt: skip
def test_passages_lie_inside_and_do_not_overlap_on_the_first_side(
    one: list[str], other: list[str]
) -> None:
    a, b = text_to_align(words_of(" ".join(one))), text_to_align(words_of(" ".join(other)))
    found = align(a, b, 12)
    bounds = [at for match in found for at in (match.a_first, match.a_last)]
    assert bounds == sorted(bounds)
    for match in found:
        assert 0 <= match.a_first < match.a_last <= len(one)
        assert 0 <= match.b_first < match.b_last <= len(other)
        assert match.shared > 0
