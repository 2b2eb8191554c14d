"""Answers are kept for one edition, and those of the edition before are let go."""

import sqlite3
from contextlib import closing
from pathlib import Path

from firsthand.publish import memo


def test_a_new_edition_lets_the_answers_of_the_old_one_go(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "e.sqlite", isolation_level=None)) as db:
        db.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)")
        db.execute("INSERT INTO meta VALUES ('edition', '1')")
        assert memo.remembered(db, ("a",), lambda: 1) == 1
        assert memo.remembered(db, ("a",), lambda: 2) == 1
        db.execute("UPDATE meta SET value = '2'")
        assert memo.remembered(db, ("a",), lambda: 3) == 3
        own = [key for key in memo._kept if key[0] == str(tmp_path / "e.sqlite")]
        assert [key[1] for key in own] == ["2"]
