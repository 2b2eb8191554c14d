"""Credits as the press of many countries writes them, and words that only look like credits."""

import pytest

from firsthand.segment.stage import segment_document
from firsthand.trace.credits import find_credits
from trace_factory import make_document, make_page
from trace_world_cases import END, FIRST, HEAD, LURES_AT_END, LURES_INSIDE, PARA

TEXT = (
    (
        "Heavy rain cut the road between Sarn and the coast on Tuesday and left some four thousand "
        "people without power for most of the night."
    ),
    (
        "Crews worked until dawn to clear the mud, and two bridges over the Lenn remain shut to "
        "lorries while engineers look at the piers."
    ),
    (
        "Schools in the valley stay closed until Friday. Shops in the old town had opened again by "
        "noon, and the market is expected to follow."
    ),
)


def sources(*paragraphs: str) -> tuple[str, ...]:
    """The sources credited in an article of a daily."""
    page = make_page("\n\n".join(paragraphs))
    document = make_document(page, outlet="Lantern Daily")
    found = find_credits(page, [document], [segment_document(page, document)])
    return tuple(dict.fromkeys(one.cited_source for one in found))


@pytest.mark.parametrize(("line", "named"), END)
def test_credit_below_a_text(line: str, named: tuple[str, ...]) -> None:
    assert sources(*TEXT, line) == named


@pytest.mark.parametrize(("line", "named"), FIRST)
def test_credit_above_a_text(line: str, named: tuple[str, ...]) -> None:
    assert sources(line, *TEXT) == named


@pytest.mark.parametrize(("opening", "named"), HEAD)
def test_dateline(opening: str, named: tuple[str, ...]) -> None:
    assert sources(opening + TEXT[0], *TEXT[1:]) == named


@pytest.mark.parametrize(("sentence", "named"), PARA)
def test_credit_inside_a_sentence(sentence: str, named: tuple[str, ...]) -> None:
    assert sources(TEXT[0], sentence, *TEXT[1:]) == named


@pytest.mark.parametrize("line", LURES_AT_END)
def test_line_below_a_text_that_credits_nobody(line: str) -> None:
    assert sources(*TEXT, line) == ()


@pytest.mark.parametrize("sentence", LURES_INSIDE)
def test_sentence_that_credits_nobody(sentence: str) -> None:
    assert sources(TEXT[0], sentence, *TEXT[1:]) == ()
