"""Laws of decisions over the whole pipeline: they hold after any run, and can be taken back."""

from contextlib import closing
from pathlib import Path

import pytest

from contracts.piles import Dump, add_pages, differing, edition_rows, page_names, project_of
from firsthand.model.event import Event
from firsthand.model.judgement import Judgement, Target
from firsthand.pipeline import run
from firsthand.publish import read
from firsthand.publish.dossiers import claims_by_id
from firsthand.publish.edition import connect
from firsthand.publish.targets import claim_target
from firsthand.store.judgements import fitted, undoing
from firsthand.store.project import Project

pytestmark = pytest.mark.slow
PAGES = page_names()[:5]
LATER = page_names()[5]


def events_of(project: Project) -> list[Event]:
    with closing(connect(project.edition)) as db:
        return sorted(read.select(db, Event, "1"), key=lambda row: (-len(row.claims), row.event_id))


def aimed(project: Project, claim: str, kind: str) -> Target:
    with closing(connect(project.edition)) as db:
        (view,) = claims_by_id(db, [claim])
        return claim_target(db, view, kind)


def decided(number: int, action: str, *targets: Target) -> Judgement:
    return Judgement(
        judgement_id=f"j-{number}",
        at=f"2031-07-0{number}T00:00:00+00:00",
        by="Ana",
        action=action,
        targets=targets,
    )


def rows_after(project: Project, *, rebuild: bool = False) -> Dump:
    run(project, rebuild=rebuild)
    return edition_rows(project)


def test_decisions_hold_after_any_run_and_can_be_taken_back(tmp_path: Path) -> None:
    project = project_of(tmp_path / "p")
    add_pages(project, PAGES)
    before = rows_after(project)
    big, second, third, *_, lone = events_of(project)
    left, wrong = big.claims[0], third.claims[0]
    with closing(connect(project.edition)) as db:
        words = {view.claim_id: view.evidence[0].text for view in claims_by_id(db, big.claims)}
    parted = (left, next(name for name in big.claims if words[name] != words[left]))
    lost = Target(kind="event", words="no such words", **_place(aimed(project, left, "event")))
    made = (
        decided(1, "split", aimed(project, left, "event")),
        decided(2, "merge", *(aimed(project, row.claims[0], "event") for row in (second, lone))),
        decided(3, "reject", aimed(project, wrong, "claim")),
        decided(4, "split", lost),
    )
    for row in made:
        project.judgements.append(row)
    after = rows_after(project)
    _check(project, parted, (second.claims[0], lone.claims[0]), wrong)
    assert [row for row in after["problem"] if "judgement_not_found" in str(row)]
    assert not differing(rows_after(project), after)
    assert not differing(rows_after(project, rebuild=True), after)

    other = project_of(tmp_path / "other")
    add_pages(other, PAGES)
    captures = other.captures.current()
    for row in made:
        found = fitted(row, captures)
        assert found is not None
        other.judgements.append(found)
    assert not differing(rows_after(other), after)

    add_pages(other, [LATER])
    grown = rows_after(other)
    _check(other, parted, (second.claims[0], lone.claims[0]), wrong)
    assert not differing(rows_after(other, rebuild=True), grown)

    for row in made:
        project.judgements.append(undoing(row, "2031-08-01T00:00:00+00:00", "Ana"))
    assert not differing(rows_after(project), before)


def _place(target: Target) -> dict[str, str | None]:
    return {"source": target.source, "sha256": target.sha256}


def _check(project: Project, left: tuple[str, str], together: tuple[str, str], wrong: str) -> None:
    """Whether events are as decided: one claim left another's, two are one, one is nowhere."""
    homes = {claim: row.event_id for row in events_of(project) for claim in row.claims}
    assert homes[left[0]] != homes[left[1]]
    assert homes[together[0]] == homes[together[1]]
    assert wrong not in homes
