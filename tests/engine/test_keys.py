"""Rows are made anew only where the stage, its settings or what it read has changed."""

from pathlib import Path

import pytest

from firsthand import intake
from firsthand.engine.keys import context_of, stage_key
from firsthand.engine.run import Runner, StageReport
from firsthand.intake import Custody
from firsthand.model.problem import Problem
from firsthand.stage import Context, ProjectFile, Stage
from firsthand.store.project import Project, create
from hostile.bad_stages import STAGE

CUSTODY = Custody(at="2031-05-04T00:00:00+00:00", by="tester")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    pile = tmp_path / "pile"
    pile.mkdir()
    for name in ("a", "b"):
        (pile / f"{name}.txt").write_text(f"page {name}")
    made = create(tmp_path / "p")
    intake.add(made, [pile], CUSTODY)
    return made


def ran(project: Project, stage: Stage = STAGE) -> StageReport:
    runner = Runner(project, (Problem,))
    try:
        (report,) = runner.run(stage, lambda _stage, _done, _todo: None)
    finally:
        runner.close()
    return report


def changed(**fields: object) -> Stage:
    """The stage with some fields changed."""
    kept = {name: getattr(STAGE, name) for name in Stage.__dataclass_fields__}
    return Stage(**{**kept, **fields})  # type: ignore[arg-type]  # a test's own values


def test_a_second_run_does_nothing_and_a_new_version_everything(project: Project) -> None:
    assert ran(project) == StageReport("bad", done=2, kept=0, removed=0)
    assert ran(project) == StageReport("bad", done=0, kept=2, removed=0)
    assert ran(project, changed(version=2)) == StageReport("bad", done=2, kept=0, removed=0)


def test_a_new_page_is_done_alone_and_a_removed_one_is_forgotten(
    project: Project, tmp_path: Path
) -> None:
    ran(project)
    (tmp_path / "c.txt").write_text("page c")
    intake.add(project, [tmp_path / "c.txt"], CUSTODY)
    assert ran(project) == StageReport("bad", done=1, kept=2, removed=0)
    intake.withdraw(project, ["a.txt"], CUSTODY)
    assert ran(project) == StageReport("bad", done=0, kept=2, removed=1)


def test_a_table_of_the_project_counts_only_where_it_is_used(project: Project) -> None:
    user = changed(project_files=("actors.tsv",))
    plain = context_of(project)
    table = ProjectFile(name="actors.tsv", sha256="1", content=b"")
    with_table = Context(settings=plain.settings, project_files={"actors.tsv": table})
    assert stage_key(STAGE, plain) == stage_key(STAGE, with_table)
    assert stage_key(user, plain) != stage_key(user, with_table)


def test_settings_of_one_stage_leave_the_others_alone(project: Project) -> None:
    (project.folder / "firsthand.toml").write_text("[trace]\nmin_words = 13\n")
    before, after = context_of(project), context_of(Project(project.folder))
    assert stage_key(STAGE, before) == stage_key(STAGE, after)
    trace = changed(name="trace")
    assert stage_key(trace, before) != stage_key(trace, after)
