"""Where a time expression can begin, read off its rule."""

import re

import pytest

from firsthand.resolve.timex_grammar import first_letters, grammar


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        ("abc", "a"),
        ("a?bc", "ab"),
        ("a*b+c", "ab"),
        ("a{0,2}b", "ab"),
        ("a{1,2}b", "a"),
        ("[ab]c", "ab"),
        ("a|b?c", "abc"),
        ("(?:a|b)?c", "abc"),
        ("(?<=j)(?:e?X)?~*U", "eX~U"),
        ("(?!z)a(?=b)", "a"),
        (r"\.a", "."),
    ],
)
def test_letters_that_a_match_can_begin_with(pattern: str, letters: str) -> None:
    assert first_letters(pattern) == frozenset(letters)


def test_no_rule_is_lost_by_looking_only_where_one_can_begin() -> None:
    whole = grammar().pattern
    _, _, anywhere = whole.pattern.partition(")")
    anyhow = re.compile(r"(?![.|!,&f])" + anywhere)
    for classes in ("eLRUf.|N-N,Y!", "ieoxdMY~dnvU&akG", "LXU.TUP@DPQdU5UV", "MfN|Me?S,Y"):
        assert [m.span() for m in whole.finditer(classes)] == [
            m.span() for m in anyhow.finditer(classes)
        ]
