"""Lines of plain text are blocks as written, unless a program wrapped them."""

from hypothesis import given
from hypothesis import strategies as st

from firsthand.extract.plain import plain_lines

WRAPPED = """The road through the valley was opened on Wednesday after nine days, the
ministry said. Forty lorries had passed by noon, and two drivers said they
had seen no mines.

A council speaker said that flour would reach the upper villages by Friday
if the road stayed open, and that the mill at Holm had grain for a month of
bread.
"""


def test_wrapped_lines_are_joined_to_paragraphs() -> None:
    lines = plain_lines(WRAPPED)
    assert [line.text.split()[-1] for line in lines] == ["mines.", "bread."]


def test_written_lines_stay_apart() -> None:
    text = "By Ann Okar\nSource: Northern Wire\n" + "The road was opened on Monday. " * 8
    assert [line.text[:6] for line in plain_lines(text)] == ["By Ann", "Source", "The ro"]


def test_empty_lines_are_counted_for_any_line_end() -> None:
    lines = plain_lines("a\r\n\r\n\r\nb\rc\n\n d ")
    assert [(line.text, line.gap) for line in lines] == [("a", 0), ("b", 2), ("c", 0), ("d", 1)]


@given(st.text(alphabet=st.sampled_from("aB.“”\n\r\t #\u00a0"), max_size=400))
def test_lines_slice_the_text_and_leave_no_word_out(text: str) -> None:
    lines = plain_lines(text)
    at = 0
    for line in lines:
        assert text[line.start : line.end] == line.text == line.text.strip()
        assert not text[at : line.start].strip()
        at = line.end
    assert not text[at:].strip()
