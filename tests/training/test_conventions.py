"""Training windows: names of different sets brought to one convention, and swapped for others."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "training"))

import conventions
import swaps


@pytest.mark.parametrize(
    ("words", "person", "expected"),
    [
        ("the Ostine Ministry of Health", False, "Ostine Ministry of Health"),
        ("President Anna Berg of Ostland", True, "Anna Berg of Ostland"),
        ("He", True, None),
        ("Our brave soldiers", False, None),
        ("the river", False, None),
    ],
)
def test_a_noun_phrase_is_cut_to_its_name(words: str, person: bool, expected: str | None) -> None:
    cut = words.split()
    run = conventions.cropped(cut, list(range(len(cut))), person)
    assert (run and " ".join(cut[run[0] : run[1] + 1])) == expected


@pytest.mark.parametrize(
    ("text", "allowed", "expected"),
    [
        ("Norwegian", ["NORP", "EVENT", "MISC"], ["NORP"]),
        ("Anna Berg", ["PER", "NORP"], ["PER"]),
        ("Ostines", ["PER", "NORP"], ["PER", "NORP"]),
        ("Harvest Cup", ["NORP", "EVENT", "MISC"], ["EVENT", "MISC"]),
        ("Hult Society", ["ORG"], ["ORG"]),
    ],
)
def test_a_people_is_told_from_a_person_by_its_words(
    text: str, allowed: list[str], expected: list[str]
) -> None:
    assert conventions.people(text, allowed) == expected


def test_a_swapped_text_keeps_its_marks_and_its_repeated_names() -> None:
    text = "Anna Berg spoke in Ostfeld. Berg left Ostfeld."
    spans = [(0, 9, "PER"), (19, 26, "GPE"), (28, 32, "PER"), (38, 45, "GPE")]
    names = {"PER": ["Ilya Drom", "Ilya"], "GPE": ["Port Lisle"]}
    made, move = swaps.swapped_text(text, spans, names)
    found = [made[move(start) : move(end)] for start, end, _ in spans]
    assert found[3] == found[1]
    assert found[2] == found[0].split()[-1]
    assert found[0] in ("Ilya Drom", "Anna Berg")
    assert found[1] in ("Port Lisle", "Ostfeld")
    assert made != text
    assert made == f"{found[0]} spoke in {found[1]}. {found[2]} left {found[3]}."
    assert swaps.swapped_text(text, spans, names)[0] == made
