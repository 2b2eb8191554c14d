"""Fingerprints: equal runs of words keep equal ones, wherever they stand."""

from hypothesis import given
from hypothesis import strategies as st

from firsthand.trace.fingerprints import first_of_each, shingle_hashes, winnow
from firsthand.trace.words import words_of

WORDS = st.lists(
    st.sampled_from(["ash", "birch", "cedar", "elm", "fir", "oak", "pine", "yew"]), max_size=30
)


def prints(words: list[str]) -> set[int]:
    hashes = shingle_hashes(words_of(" ".join(words)).numbers, 5)
    return set(hashes[winnow(hashes, 4)].tolist())


@given(WORDS, WORDS, WORDS, WORDS)
def test_eight_words_in_a_row_share_a_fingerprint(
    a: list[str], b: list[str], c: list[str], d: list[str]
) -> None:
    shared = ["one", "two", "three", "four", "five", "six", "seven", "eight"]
    assert prints([*a, *shared, *b]) & prints([*c, *shared, *d])


def test_other_order_is_another_fingerprint() -> None:
    assert not prints(["a", "b", "c", "d", "e"]) & prints(["b", "a", "c", "d", "e"])


def test_fewer_words_than_a_shingle_have_none() -> None:
    assert prints(["a", "b", "c", "d"]) == set()


def test_a_repeated_sentence_counts_once() -> None:
    hashes = shingle_hashes(words_of("we saw smoke over the bridge " * 1000).numbers, 5)
    assert len(first_of_each(hashes)) == 6
