"""Walking numbers back to words and bytes, and showing records."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from edition_factory import MARKET
from firsthand.errors import FirsthandError, ProjectError
from firsthand.model.page import Page
from firsthand.publish import edition, read, show, why
from firsthand.publish.tables import EDITION_TABLES
from firsthand.publish.why import Step
from firsthand.store.project import Project


@pytest.fixture
def db(project: Project) -> Iterator[sqlite3.Connection]:
    with closing(edition.connect(project.edition)) as opened:
        yield opened


def steps(step: Step) -> Iterator[Step]:
    yield step
    for inner in step.steps:
        yield from steps(inner)


def test_an_event_leads_to_words_that_slice_and_bytes_that_hash(
    db: sqlite3.Connection, project: Project
) -> None:
    step = why.why(db, MARKET, project.captures.content)
    found = list(steps(step))
    texts = {page.page_id: page.text for page in read.select(db, Page)}
    words = [one.words for one in found if one.words]
    assert len(words) >= 5
    for span in words:
        assert any(text[span.start : span.end] == span.text for text in texts.values())
    assert len({one.sha256 for one in found if one.sha256}) == 4
    assert why.all_hold(step)
    assert step.steps[1].says.startswith("2 origins")
    assert len(step.steps[1].steps) == 2


def test_every_record_has_a_way_back(db: sqlite3.Connection, project: Project) -> None:
    for table in EDITION_TABLES:
        for (key,) in db.execute(f"SELECT id FROM {table.name}").fetchall():
            step = why.why(db, key, project.captures.content)
            assert list(why.lines_of(step))


def test_missing_and_changed_bytes_are_told(db: sqlite3.Connection) -> None:
    def gone(sha: str) -> bytes:
        raise ProjectError(sha)

    missing = why.why(db, MARKET, gone)
    assert not why.all_hold(missing)
    assert "BYTES CHANGED OR MISSING" in "\n".join(why.lines_of(missing))
    assert not why.all_hold(why.why(db, MARKET, lambda _sha: b"other"))


def test_an_unknown_id_is_an_error_that_says_where_ids_are(
    db: sqlite3.Connection, project: Project
) -> None:
    with pytest.raises(FirsthandError, match="no record has the id 'e-none'"):
        why.why(db, "e-none", project.captures.content)


def test_a_claim_names_each_teller_with_its_words(db: sqlite3.Connection, project: Project) -> None:
    key = next(
        str(row[0])
        for row in db.execute(
            "SELECT claim.id FROM claim JOIN document ON document.id=document_id "
            "WHERE outlet='Northgate Daily'"
        )
    )
    text = "\n".join(why.lines_of(why.why(db, key, project.captures.content)))
    assert "credited to Tern Agency" in text
    assert "“Tern Agency reports:” at [46, 66)" in text
    assert "said by Orlan City Hospital" in text


def test_a_record_is_shown_as_exported_and_as_lines(db: sqlite3.Connection) -> None:
    record = show.found(db, MARKET)
    row = show.row_of(db, record)
    assert row["n_origins"] == 2
    lines = list(show.lines_of(db, record))
    assert lines[0] == "event"
    assert any(line.split() == ["n_origins", "2"] for line in lines)


def test_long_texts_are_cut_for_reading_only(db: sqlite3.Connection) -> None:
    bad = next(page for page in read.select(db, Page) if page.media_type == "text/html")
    line = next(one for one in show.lines_of(db, bad) if one.strip().startswith("text "))
    assert line.endswith("…")
    assert show.row_of(db, bad)["text"] == bad.text
