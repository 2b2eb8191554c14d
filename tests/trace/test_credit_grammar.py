"""A form's pattern is compiled when words fit its outline, and what fits the pattern fits that."""

import re

import pytest

from firsthand.errors import ResourceError
from firsthand.trace import credit_grammar
from firsthand.trace.credit_grammar import Form, Rule, all_rules, compile_template


def rule_of(template: str) -> Rule:
    return Rule(
        name="made.up",
        language="en",
        where="line",
        triggers=("from",),
        position="leading",
        kind="republished",
        covers="following",
        names="any",
        voice=True,
        opens="-",
        ends_in_mark=False,
        template=template,
    )


FORMS = (
    ("from {srcs}: {item}", "From Tarn Wire and the Orvel Gazette: report"),
    ("{who} {say} that", "Orvel's interior ministry said that"),
    ("according to {who}", "according to Ada Marl, spokeswoman for the Orvel fire service"),
    ("by {person} in {city}", "by Ada Marl in Port Sella"),
)


@pytest.mark.parametrize(("template", "words"), FORMS)
def test_what_fits_the_pattern_fits_the_outline(template: str, words: str) -> None:
    assert compile_template(template).fullmatch(words)
    assert compile_template(template, outline=True).fullmatch(words)
    assert Form(rule_of(template)).fullmatch(words, 0, len(words))


def test_no_pattern_is_compiled_for_words_that_lack_the_forms(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[bool] = []

    def counting(template: str, *, at_name: bool, outline: bool) -> object:
        made.append(outline)
        return compile_template(template, at_name=at_name, outline=outline)

    monkeypatch.setattr(credit_grammar, "compile_template", counting)
    form = Form(rule_of("from {src}: {item}"))
    assert form.fullmatch("From here it is far", 0, 19) is None
    assert form.fullmatch("From there it is far", 0, 20) is None
    assert made == [True]
    assert form.fullmatch("From Tarn Wire: report", 0, 22) is not None
    assert made == [True, False]


def test_no_template_forbids_a_name() -> None:
    """Any words in place of a forbidden name would keep out what the pattern lets in."""
    for rule in all_rules():
        for found in re.finditer(r"\(\?<?!", rule.template):
            assert not re.search(r"\{[a-z]", _group(rule.template, found.start())), rule.name


def _group(template: str, begin: int) -> str:
    depth = 0
    for at in range(begin, len(template)):
        depth += (template[at] == "(") - (template[at] == ")")
        if depth == 0:
            return template[begin : at + 1]
    return template[begin:]


def test_a_broken_template_names_its_rule() -> None:
    with pytest.raises(ResourceError, match=r"made\.up"):
        Form(rule_of("from (")).match("from", 0, 4)
