"""No change lowers a figure below its floor, and the figures fall when the pages are spoilt.

After a change that raises figures: `python tests/eval/update_floors.py`.
"""

import pytest

from eval import floors
from eval.floors import Floors, breaches, raised, read, written
from eval.scores import SUITES, flattened, tessuk

# the gate itself


def test_a_figure_below_its_floor_or_without_one_is_a_breach() -> None:
    gate = Floors("x", {"a": 0.5, "b": 0.5, "gone": 0.1})
    assert breaches(gate, {"a": 0.5, "b": 0.49, "new": 1.0}) == [
        "new has no floor",
        "gone is not measured any more",
        "b is 0.490, its floor 0.500",
    ]


def test_floors_are_raised_and_never_lowered_on_the_same_corpus() -> None:
    before = Floors("x", {"a": 0.5, "b": 0.5, "percent": 60.0})
    after = raised(
        before, {"a": 0.9, "b": 0.3, "percent": 70.0, "new": 0.01, "integrity": 1.0}, "x"
    )
    assert after.figures == {
        "a": 0.88,
        "b": 0.5,
        "percent": 68.0,
        "new": 0.0,
        "integrity": 1.0,
    }
    assert raised(before, {"a": 0.3}, "another corpus").figures == {"a": 0.28}


def test_floors_are_read_as_they_were_written() -> None:
    one = {"tessuk": Floors("abc", {"claims.found.f1": 0.7}), "times": Floors("d", {"f1": 0.5})}
    assert read(written(one)) == one


def test_shares_and_lists_are_figures() -> None:
    found = dict(flattened({"a": {"verdict": "7/14", "name": "x"}, "e2e": [1, 2.5]}))
    assert found == {"a.verdict": 0.5, "e2e.0": 1.0, "e2e.1": 2.5}


# the floors


@pytest.fixture(scope="module")
def known() -> dict[str, Floors]:
    return read(floors.FILE.read_text("utf-8"))


@pytest.mark.parametrize("name", SUITES)
def test_every_suite_has_floors_for_its_figures(known: dict[str, Floors], name: str) -> None:
    assert list(known[name].figures) == list(SUITES[name].figures)
    assert any(floor > 0 for floor in known[name].figures.values())


@pytest.mark.parametrize("name", SUITES)
def test_the_corpus_is_the_one_the_floors_hold_for(known: dict[str, Floors], name: str) -> None:
    suite = SUITES[name]
    if not suite.there():
        pytest.skip(f"the corpus of {name} is not here (FIRSTHAND_SHARED)")
    assert suite.digest() == known[name].digest, (
        f"the corpus of {name} has changed: measure anew with "
        f"python tests/eval/update_floors.py {name}"
    )


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", SUITES)
def test_no_figure_is_below_its_floor(known: dict[str, Floors], name: str) -> None:
    suite = SUITES[name]
    if not suite.there():
        pytest.skip(f"the corpus of {name} is not here (FIRSTHAND_SHARED)")
    assert breaches(known[name], suite.scores()) == []


# the mutation check

FALLS = {
    "credits": ("credits.f1", "lineage.f1", "claims.innermost"),
    "dates": ("articles.published", "events.pairs.f1"),
    "quotations": ("altered_quotations.f1", "credits.f1", "claims.innermost"),
}
"""What is spoilt, and the figures that rest on it."""

CLEAR = 0.02
"""A fall smaller than this proves nothing."""


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("mutation", FALLS)
def test_figures_fall_when_what_they_rest_on_is_spoilt(mutation: str) -> None:
    whole, spoilt = dict(flattened(tessuk())), dict(flattened(tessuk(mutation)))
    held = {name: (whole[name], spoilt[name]) for name in FALLS[mutation]
            if spoilt[name] > whole[name] - CLEAR}  # fmt: skip
    assert held == {}
