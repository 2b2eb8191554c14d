"""Second readings: what is compared, when a rate is shown, and Cohen's kappa by hand."""

import pytest

from firsthand.model.judgement import Judgement, Target
from firsthand.publish.second_reading import agreement


def said(words: str, action: str, by: str, *, second: bool = False) -> Judgement:
    return Judgement(
        judgement_id=f"j-{words}-{by}-{action}",
        at="2031-05-06T08:00:00+00:00",
        by=by,
        action=action,
        targets=(Target(kind="claim", words=words, sha256="x"),),
        second=second,
    )


def pairs(*counts: tuple[str, str, int]) -> list[Judgement]:
    """So many questions that amira answered with the first and jo with the second action."""
    rows: list[Judgement] = []
    for one, other, count in counts:
        for at in range(count):
            words = f"{one}-{other}-{at}"
            rows += [said(words, one, "amira"), said(words, other, "jo", second=True)]
    return rows


def test_only_answers_of_two_people_to_one_question_are_compared() -> None:
    rows = [
        said("a", "accept", "amira"),
        said("a", "accept", "amira", second=True),
        said("b", "accept", "amira"),
        said("c", "accept", "jo", second=True),
    ]
    assert agreement(rows).compared == ()


def test_few_answers_have_no_rate() -> None:
    found = agreement(pairs(("accept", "accept", 18), ("accept", "reject", 1)))
    assert (len(found.compared), found.alike, found.percent, found.kappa) == (19, 18, None, None)
    assert [one.second.action for one in found.apart] == ["reject"]


@pytest.mark.parametrize(
    ("counts", "percent", "kappa"),
    [
        # Seen 35/50 alike; by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5.
        (
            (
                ("accept", "accept", 20),
                ("accept", "reject", 5),
                ("reject", "accept", 10),
                ("reject", "reject", 15),
            ),
            70.0,
            0.4,
        ),
        ((("accept", "accept", 20),), 100.0, None),
        ((("accept", "accept", 10), ("reject", "reject", 10)), 100.0, 1.0),
    ],
)
def test_rate_and_kappa(
    counts: tuple[tuple[str, str, int], ...], percent: float, kappa: float | None
) -> None:
    found = agreement(pairs(*counts))
    assert (found.percent, found.kappa) == (percent, kappa)


def test_the_last_answer_of_each_counts() -> None:
    rows = [
        *pairs(("accept", "reject", 1)),
        said("accept-reject-0", "accept", "jo", second=True),
    ]
    assert agreement(rows).alike == 1
