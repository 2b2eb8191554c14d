"""The part of somebody by the words beside the name."""

import pytest

from firsthand.model.claim import ActorKind
from firsthand.resolve.roles import acts_by_noun, role_by_neighbours


@pytest.mark.parametrize(
    ("text", "kind", "role"),
    [
        ("Warplanes struck [rebels] in the hills", "armed_group", "target"),
        ("Shells killed at least 12 [soldiers] there", "military", "victim"),
        ("Dozens of [soldiers] were killed there", "military", "victim"),
        ("Eight [soldiers] killed in the raid", "military", "victim"),
        ("The [rebels] attacked in the east", "armed_group", "agent"),
        ("The [rebels] attacked by warplanes fled", "armed_group", "target"),
        ("the advance of the [army] on the town", "military", "agent"),
        ("the shelling of [villagers] there", "people", "target"),
        ("positions of the [rebels] were quiet", "armed_group", "subject"),
        ("a strike hit positions of the [rebels]", "armed_group", "target"),
        ("He lay dead. [Rebels] were silent", "armed_group", "subject"),
        ("the north of [Norland] was quiet", "state", None),
        ("farmers left [rebel]-held hills", "armed_group", "agent"),
        ("farmers left [rebel]-like hills", "armed_group", None),
    ],
)
def test_a_part_is_told_by_the_words_beside(text: str, kind: ActorKind, role: str | None) -> None:
    start, end = text.index("["), text.index("]") - 1
    plain = text.replace("[", "").replace("]", "")
    assert role_by_neighbours(kind, start, end, plain) == role


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("rebel shelling killed two", True),
        ("rebel-held hills", True),
        ("rebel base camp", True),
        ("rebel leader", False),
        ("rebel attacked", False),
    ],
)
def test_what_a_side_does_stands_after_the_word_for_it(text: str, acts: bool) -> None:
    assert acts_by_noun(len("rebel"), text) is acts
