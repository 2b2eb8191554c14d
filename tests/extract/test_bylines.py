"""Bylines and datelines as pages write them, and prose that only looks like one."""

import pytest

from firsthand.extract.bylines import byline_in, dateline_in
from firsthand.extract.lines import Line


def line(text: str, role: str = "") -> Line:
    return Line(start=0, end=len(text), text=text, role=role)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("By Ann Okar", "Ann Okar"),
        ("by Ann Okar ( – Home – Ann Okar)", "Ann Okar"),
        ("By Ann Okar and Tom de Brand | 12 March 2031", "Ann Okar and Tom de Brand"),
        ("BY ANN OKAR", "ANN OKAR"),
        ("As told to Ann Okar of Radio Dale", "Ann Okar"),
        ("By Order of the Court", None),
        ("By Ann Okar Wednesday, 12 March 2031", "Ann Okar"),
        ("Written by: Ann Okar", "Ann Okar"),
        ("Words: Ann Okar", "Ann Okar"),
        ("Text: Ann Okar. Upper Holm, 12 March 2031", "Ann Okar"),
        ("By Prof. Ann Okar", "Prof. Ann Okar"),
        ("Words: nobody had any", None),
        ("Posted by Ann Okar on 12 March 2031", "Ann Okar"),
        ("Par Anne Ocar", "Anne Ocar"),
        ("Автор: Анна Окар", "Анна Окар"),
        ("بقلم سلمى ناجي", "سلمى ناجي"),
        ("Dale Post correspondents", "Dale Post correspondents"),
        ("Staff and agencies", "Staff and agencies"),
        ("From our own correspondent", "From our own correspondent"),
        ("Two Dale Post reporters were held", None),
        ("Hospital staff leave Holm", None),
        ("By Tuesday the road was open", None),
        ("By noon the road was open", None),
        ("By the river stood a burnt lorry", None),
        ("By 2031 the road will be open", None),
        ("By Ann Okar's account the road was open for nine days and nine nights", None),
        ("Ann Okar", None),
    ],
)
def test_bylines(text: str, name: str | None) -> None:
    assert byline_in(line(text)) == name


def test_an_element_that_is_a_byline_needs_no_by() -> None:
    assert byline_in(line("Ann Okar", role="byline")) == "Ann Okar"


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("TARSK – The road was opened.", "TARSK"),
        ("TARSK, UPPER SARAT (4:05 P.M.) – The road was opened.", "TARSK, UPPER SARAT (4:05 P.M.)"),
        ("TARSK, March 12, 2031 (NW) — The road", "TARSK, March 12, 2031 (NW)"),
        ("Tarsk, 12 March (Northern Wire) - The road", "Tarsk, 12 March (Northern Wire)"),
        ("Tarsk (NW) — The road was opened", "Tarsk (NW)"),
        ("ТАРСК, 12 марта. /Лента/. Дорога открыта.", "ТАРСК, 12 марта. /Лента/."),
        ("The road – the only one – was opened.", None),
        ("Tarsk was quiet – too quiet – on Monday.", None),
    ],
)
def test_datelines(text: str, dateline: str | None) -> None:
    assert dateline_in(line(text)) == dateline
