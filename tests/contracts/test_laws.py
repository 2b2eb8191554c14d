"""Laws of the whole pipeline, on the pile that ships with firsthand."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.piles import (
    CUSTODY,
    PAGES,
    add_pages,
    differing,
    edition_rows,
    finished,
    page_names,
    project_of,
)
from firsthand import intake
from firsthand.pipeline import PIPELINE, check_pipeline, run
from firsthand.publish.edition import connect
from firsthand.publish.export import export
from firsthand.publish.logs import log_rows
from firsthand.store.project import Project

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return finished(tmp_path_factory.mktemp("whole") / "p", page_names())


@pytest.fixture(scope="module")
def exported(whole: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    out = tmp_path_factory.mktemp("export")
    with closing(connect(whole.edition)) as db:
        logs = log_rows(whole.captures.all(), whole.judgements.all())
        export(db, out, form="jsonl", logs=logs)
    return {
        path.stem: [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for path in out.glob("*.jsonl")
    }


def test_stages_fit_together() -> None:
    check_pipeline(PIPELINE)
    assert len(PIPELINE) == 8


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every {start, end, text} in a row, however deep."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys() and value["start"] is not None:
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def test_every_exported_span_slices_its_page(exported: dict[str, Any]) -> None:
    texts = {row["page_id"]: row["text"] for row in exported["pages"]}
    homes = {row["document_id"]: row["page_id"] for row in exported["documents"]}
    seen = 0
    for name in ("documents", "credits", "attributions", "claims", "loaded_terms"):
        for row in exported[name]:
            text = texts[homes[row["document_id"]]]
            for span in spans(row):
                assert text[span["start"] : span["end"]] == span["text"], (name, span)
                seen += 1
            for part in (
                *row.get("actors", []),
                *row.get("places", []),
                *row.get("quantities", []),
            ):
                if part["start"] is not None:
                    assert text[part["start"] : part["end"]] == part["as_written"], (name, part)
    for row in exported["pages"]:
        for span in row["furniture"]:
            assert row["text"][span["start"] : span["end"]] == span["text"]
    assert seen > 100


def test_no_claim_lies_in_furniture(exported: dict[str, Any]) -> None:
    homes = {row["document_id"]: row["page_id"] for row in exported["documents"]}
    furniture = {row["page_id"]: row["furniture"] for row in exported["pages"]}
    for claim in exported["claims"]:
        for span in claim["evidence"]:
            for mark in furniture[homes[claim["document_id"]]]:
                assert not (span["start"] < mark["end"] and mark["start"] < span["end"]), claim


def test_every_id_that_is_named_is_there(exported: dict[str, Any]) -> None:
    ids = {
        name: {row[key] for row in exported[name]}
        for name, key in (
            ("claims", "claim_id"),
            ("documents", "document_id"),
            ("attributions", "attribution_id"),
            ("events", "event_id"),
            ("credits", "credit_id"),
            ("nodes", "node_id"),
        )
    }
    for claim in exported["claims"]:
        assert claim["document_id"] in ids["documents"]
        assert claim["attribution"] is None or claim["attribution"] in ids["attributions"]
        assert claim["event_id"] is None or claim["event_id"] in ids["events"]
        assert claim["origin"] is not None
        for link in claim["chain"]:
            assert link["credit_id"] is None or link["credit_id"] in ids["credits"]
    for event in exported["events"]:
        assert set(event["claims"]) <= ids["claims"]
    for edge in exported["derivations"]:
        assert {edge["derived"], edge["source"]} <= ids["nodes"], edge
    for conflict in exported["conflicts"]:
        assert len(conflict["claims"]) >= 2
        assert set(conflict["claims"]) <= ids["claims"]


def test_lineage_of_documents_and_reports_has_no_cycle(exported: dict[str, Any]) -> None:
    kinds = {row["node_id"]: row["kind"] for row in exported["nodes"]}
    after: dict[str, set[str]] = {}
    for edge in exported["derivations"]:
        both = {kinds[edge["derived"]], kinds[edge["source"]]}
        if edge["status"] == "active" and edge["directed"] and both <= {"document", "report"}:
            after.setdefault(edge["derived"], set()).add(edge["source"])
    done: set[str] = set()
    for start in sorted(after):
        path: list[str] = []
        stack = [(start, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                path.pop()
                done.add(node)
            elif node not in done:
                assert node not in path, f"cycle through {node}"
                path.append(node)
                stack.append((node, True))
                stack += [(source, False) for source in sorted(after.get(node, ()))]
    assert after


def test_counts_of_an_event_follow_from_its_accounts(exported: dict[str, Any]) -> None:
    counted = {"first_hand", "institutional", "self_report"}
    claims = {row["claim_id"]: row for row in exported["claims"]}
    for event in exported["events"]:
        supporting = [a for a in event["accounts"] if a["stance"] == "supports"]
        origins = {a["origin_id"] for a in supporting if a["level"] in counted}
        assert event["n_origins"] == len(origins), event["title"]
        documents = {claims[claim]["document_id"] for claim in event["claims"]}
        assert event["n_pages"] <= len(documents)
        assert event["n_first_hand"] <= event["n_origins"]


def test_running_again_changes_nothing(whole: Project) -> None:
    before = edition_rows(whole)
    report = run(Project(whole.folder))
    assert {stage.stage: (stage.done, stage.removed) for stage in report.stages} == {
        stage.stage: (0, 0) for stage in report.stages
    }
    assert differing(before, edition_rows(whole)) == {}


def test_rebuilt_edition_holds_the_same_rows(whole: Project) -> None:
    before = edition_rows(whole)
    run(Project(whole.folder), rebuild=True)
    assert differing(before, edition_rows(whole)) == {}


def test_ids_and_rows_do_not_depend_on_the_order_of_input(whole: Project, tmp_path: Path) -> None:
    other = finished(tmp_path / "q", page_names()[::-1])
    assert differing(edition_rows(whole), edition_rows(other)) == {}


def test_any_split_of_the_pages_gives_the_same_rows(whole: Project, tmp_path: Path) -> None:
    other = finished(tmp_path / "q", page_names(), **{"run.batch_pages": "3", "run.workers": "2"})
    assert differing(edition_rows(whole), edition_rows(other)) == {}


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_update_equals_full_run(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    names = page_names()
    order = data.draw(st.permutations(names).map(lambda found: found[:10]))
    cuts = sorted(data.draw(st.sets(st.integers(1, 9), min_size=1, max_size=3)))
    gone = data.draw(st.sets(st.sampled_from(order), max_size=3))
    folder = tmp_path_factory.mktemp("update")
    step_by_step = project_of(folder / "p")
    for begin, end in zip([0, *cuts], [*cuts, len(order)], strict=True):
        add_pages(step_by_step, order[begin:end])
        run(step_by_step)
    if gone:
        intake.withdraw(step_by_step, sorted(gone), CUSTODY)
        run(step_by_step)
    at_once = finished(folder / "q", sorted(set(order) - gone))
    assert differing(edition_rows(step_by_step), edition_rows(at_once)) == {}


def origin_counts(project: Project) -> dict[str, int]:
    """The largest origin count of any event, by claim."""
    with closing(connect(project.edition)) as db:
        bodies = [json.loads(row[0]) for row in db.execute("SELECT body FROM event")]
    return {claim: event["n_origins"] for event in bodies for claim in event["claims"]}


@pytest.mark.parametrize("name", page_names()[::4])
def test_copies_of_a_page_never_raise_an_origin_count(
    whole: Project, tmp_path: Path, name: str
) -> None:
    project = finished(tmp_path / "p", page_names())
    copies = tmp_path / "copies"
    for number in range(10):
        (copies / f"mirror-{number}").mkdir(parents=True)
        (copies / f"mirror-{number}" / name).write_bytes((PAGES / name).read_bytes())
    intake.add(project, [copies], CUSTODY)
    run(project)
    before, after = origin_counts(whole), origin_counts(project)
    raised = {c: (n, after[c]) for c, n in before.items() if after.get(c, 0) > n}
    assert raised == {}
