"""Numbers, differences, forecasts and wording of a dossier, and documents as read."""

import sqlite3

import pytest
from msgspec.structs import replace

from edition_factory import MARKET, ROAD
from firsthand.model.document import Document
from firsthand.publish import home, read
from firsthand.publish.document_views import DocumentView, document_view
from firsthand.publish.dossiers import Dossier, alike_of, dossier, nearest_first
from firsthand.publish.shared_text import beside


@pytest.fixture
def market(db: sqlite3.Connection) -> Dossier:
    view = dossier(db, MARKET)
    assert view is not None
    return view


def read_page(db: sqlite3.Connection, outlet: str) -> DocumentView:
    row = next(read.select(db, Document, "outlet=?", (outlet,)))
    view = document_view(db, row.document_id)
    assert view is not None
    return view


def test_an_origin_gives_a_number_once_and_numbers_are_never_averaged(market: Dossier) -> None:
    (group,) = market.numbers
    assert group.several
    assert group.differ
    assert [(row.origin, row.value, len(row.claims)) for row in group.rows] == [
        ("Orlan City Hospital", 23.0, 3),
        ("a rescue worker", 30.0, 1),
    ]
    assert group.rows[0].bar_x < group.rows[1].bar_x


def test_one_account_gets_no_bar(db: sqlite3.Connection) -> None:
    view = dossier(db, ROAD)
    assert view is not None
    assert all(not row.bar_width for group in view.numbers for row in group.rows)


def test_accounts_say_whether_they_count(market: Dossier) -> None:
    said = {row.account.origin: (row.counts, row.pages) for row in market.accounts}
    assert said == {
        "Orlan City Hospital": (True, 3),
        "a rescue worker": (True, 1),
        "Army of Sarnia": (False, 1),
    }
    assert sum(row.counts for row in market.accounts) == market.event.n_origins


def test_differences_hold_one_answer_an_origin(market: Dossier) -> None:
    by_field = {row.conflict.field: row for row in market.differences}
    assert [answer.value for answer in by_field["quantity"].answers] == ["23 killed", "30 killed"]
    days = by_field["time"].answers
    assert days[0].bar_x is not None
    assert days[1].bar_x is not None
    assert days[0].bar_x < days[1].bar_x


def test_loaded_words_stand_beside_their_neutral_ones_only_in_these_sentences(
    market: Dossier,
) -> None:
    assert market.wording == ()  # the loaded word stands in a headline, not in a claim


def test_tellings_of_one_statement_from_one_origin_stand_together(market: Dossier) -> None:
    first, *between, last = market.claims
    assert between
    origin = {"origin_id": first.origin_id, "statement_id": "s-one"}
    shown = nearest_first([replace(first, **origin), *between, replace(last, **origin)])
    assert [view.number for view in shown] == list(range(1, len(shown) + 1))
    assert [view.claim_id for view in shown[:2]] == [first.claim_id, last.claim_id]
    found = alike_of(shown)
    assert [view.claim_id for view in found[first.claim_id]] == [last.claim_id]
    assert last.claim_id not in found
    told = [name for key, rest in found.items() for name in (key, *(v.claim_id for v in rest))]
    assert told == [view.claim_id for view in shown]


def test_the_same_statement_of_two_origins_keeps_two_rows(market: Dossier) -> None:
    first, *_between, last = market.claims
    views = [
        replace(first, origin_id="o-one", statement_id="s-one"),
        replace(last, origin_id="o-two", statement_id="s-one"),
    ]
    assert all(rest == () for rest in alike_of(views).values())


def test_forecasts_keep_their_verdict_and_outcome(db: sqlite3.Connection) -> None:
    view = dossier(db, ROAD)
    assert view is not None
    verdicts = {row.forecast.verdict: row for row in view.forecasts}
    assert set(verdicts) == {"missed", "cannot_be_scored"}
    assert len(verdicts["missed"].outcomes) == 1
    assert verdicts["cannot_be_scored"].forecast.deadline is None


def test_the_first_screen_counts_what_the_tables_hold(db: sqlite3.Connection) -> None:
    view = home.home(db)
    assert (view.totals.pages, view.totals.events, view.totals.claims) == (5, 3, 8)
    assert [row.event_id for row in view.repeated] == [ROAD]
    assert [row.event_id for row in view.disputed] == [MARKET]
    assert [(row.name, row.credited_by) for row in view.missing] == [("Tern Agency", 2)]
    assert view.forecasts[0].forecast.verdict == "missed"


def test_shares_leave_furniture_out_and_add_up(db: sqlite3.Connection) -> None:
    view = read_page(db, "Harbour News")
    assert sum(share.percent for share in view.shares) == pytest.approx(100, abs=0.2)
    article = view.document.end - view.document.start
    assert sum(share.chars for share in view.shares) <= article
    assert view.shares[0].speaker == "Tern Agency"


def test_furniture_is_kept_and_folded(db: sqlite3.Connection) -> None:
    view = read_page(db, "Harbour News")
    assert [block.folded for block in view.blocks] == [False, False, True]
    assert next(line.pieces[0].text for line in view.blocks[2].lines) == "Share this story"
    assert all(line.speaker is None for line in view.blocks[2].lines)


def test_the_gutter_names_a_speaker_when_it_changes(db: sqlite3.Connection) -> None:
    view = read_page(db, "Harbour News")
    said = [line.speaker for line in view.blocks[1].lines if line.says_so]
    assert said == ["Harbour News", "Tern Agency"]
    assert view.blocks[1].lines[0].heading


def test_shared_words_are_marked_on_both_sides(db: sqlite3.Connection) -> None:
    one, other = read_page(db, "Quay Post"), read_page(db, "Harbour News")
    assert beside(db, one.document.document_id, "d-none") is None
    none = beside(db, one.document.document_id, other.document.document_id)
    assert none is not None
    assert none.passages == ()
    daily = read_page(db, "Northgate Daily")
    both = beside(db, daily.document.document_id, other.document.document_id)
    assert both is not None
    (passage,) = both.passages
    assert both.direction == "from"
    left = [piece.text for line in passage.one.lines for piece in line if "copy" in piece.kinds]
    right = [piece.text for line in passage.other.lines for piece in line if "copy" in piece.kinds]
    assert left == right != []
