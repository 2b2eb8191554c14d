"""Quotations: nested, unclosed, unopened, over paragraphs, in any style of marks."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from firsthand.segment.quotations import quotations_of


def laid_out(paragraphs: list[str]) -> tuple[str, list[tuple[int, int]]]:
    bounds, at = [], 0
    for paragraph in paragraphs:
        bounds.append((at, at + len(paragraph)))
        at += len(paragraph) + 2
    return "\n\n".join(paragraphs), bounds


def quoted(*paragraphs: str) -> list[tuple[str, int, str]]:
    """Words, depth, and flags: u unclosed, c continues."""
    text, bounds = laid_out(list(paragraphs))
    return [
        (
            text[one.start : one.end],
            one.depth,
            ("" if one.closed else "u") + ("c" if one.continues else ""),
        )
        for one in quotations_of(text, bounds)
    ]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["“Go,” he said. “Now.”"], [("“Go,”", 0, ""), ("“Now.”", 0, "")]),
        (['"Go," he said. "Now."'], [('"Go,"', 0, ""), ('"Now."', 0, "")]),
        (["«Идите», — сказал он."], [("«Идите»", 0, "")]),
        (["„Geht“, sagte er. »Jetzt«, sagte sie."], [("„Geht“", 0, ""), ("»Jetzt«", 0, "")]),
        (["「行け」と言った。『今』"], [("「行け」", 0, ""), ("『今』", 0, "")]),
        (["“He told me ‘never’ and left.”"],
         [("“He told me ‘never’ and left.”", 0, ""), ("‘never’", 1, "")]),
        (["«Он сказал: “никогда”»"], [("«Он сказал: “никогда”»", 0, ""), ("“никогда”", 1, "")]),
        (["“A “moderate” group,” he said."],
         [("“A “moderate” group,”", 0, ""), ("“moderate”", 1, "")]),
        (["“Mixed marks,\" he said."], [("“Mixed marks,\"", 0, "")]),
        (["the area,”the ministry said"], [("the area,”", 0, "")]),
        (["the so-called ‘valley war’"], [("‘valley war’", 0, "")]),
        (["‘The fighters’ camp burned,’ she said."], [("‘The fighters’ camp burned,’", 0, "")]),
        (["It’s the fighters’ camp, don’t go."], []),
        (["In the ’90s and the '80s they didn't go."], []),
        (["He said 'no' to the fighters' camp."], [("'no'", 0, "")]),
        (["The pipe is 12\" wide."], []),
    ],
)  # fmt: skip
def test_quotations_in_one_paragraph(
    paragraphs: list[str], expected: list[tuple[str, int, str]]
) -> None:
    assert quoted(*paragraphs) == expected


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["“One.", "“Two.", "“Three,” he said."],
         [("“One.", 0, "u"), ("“Two.", 0, "uc"), ("“Three,”", 0, "c")]),
        (["He said: “One.", "Two.", "Three.” He left."],
         [("“One.", 0, "u"), ("Two.", 0, "uc"), ("Three.”", 0, "c")]),
        (["“One, he said.", "She left.", "“Three,” she said."],
         [("“One, he said.", 0, "u"), ("“Three,”", 0, "")]),
        (["“One, he said. “Two,” she said."], [("“One, he said.", 0, "u"), ("“Two,”", 0, "")]),
        (["“One.", "Nothing more."], [("“One.", 0, "u")]),
    ],
)  # fmt: skip
def test_quotations_over_paragraphs(
    paragraphs: list[str], expected: list[tuple[str, int, str]]
) -> None:
    assert quoted(*paragraphs) == expected


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("We live like this here,” one of them said.", ["We live like this here,”"]),
        ("He left. “No,” he said. There is no road,” she said.",
         ["“No,”", "There is no road,”"]),
        ("so called moderate” groups", []),
    ],
)  # fmt: skip
def test_a_missing_opening_mark_is_placed_where_speech_begins(
    paragraph: str, expected: list[str]
) -> None:
    assert [words for words, _, _ in quoted(paragraph)] == expected


@example(["«. “ «"])
@example(["«a. “b” «"])
@given(st.lists(st.text(alphabet="ab .,’‘“”\"'«»„「」", max_size=40), max_size=8))
def test_quotations_lie_in_one_paragraph_and_nest(paragraphs: list[str]) -> None:
    text, bounds = laid_out(paragraphs)
    found = quotations_of(text, bounds)
    starts = [one.start for one in found]
    assert starts == sorted(starts)
    for one in found:
        assert one.start <= one.inner_start <= one.inner_end <= one.end
        assert any(start <= one.start and one.end <= end for start, end in bounds)
        assert one.depth == 0 or any(
            other.depth == one.depth - 1 and other.start <= one.start and one.end <= other.end
            for other in found
        )
    assert not found or not found[0].continues
