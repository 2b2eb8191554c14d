"""The shipped pile gives the rows that are committed, table by table.

After a change that is meant: `python -m pytest tests/golden --update-golden`, then read the diff.
"""

import difflib
import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from contracts.piles import finished, page_names
from firsthand.publish.edition import connect
from firsthand.publish.export import EXPORTS
from firsthand.publish.logs import log_rows
from golden.compact import lines_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

GOLDEN = Path(__file__).parent / "tessuk"
TABLES = sorted({"captures", "judgements", *EXPORTS})
MAX_BYTES = 150_000
MAX_DIFF = 60
"""Lines of a difference that are shown."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    project = finished(tmp_path_factory.mktemp("golden") / "p", page_names())
    with closing(connect(project.edition)) as db:
        rows = {name: list(reader(db)) for name, reader in EXPORTS.items()}
    logs = log_rows(project.captures.all(), project.judgements.all())
    return {name: json.loads(json.dumps(found)) for name, found in (rows | logs).items()}


@pytest.mark.parametrize("table", TABLES)
def test_table_is_as_committed(
    made: dict[str, list[dict[str, Any]]], table: str, update_golden: bool
) -> None:
    path = GOLDEN / f"{table}.json"
    lines = lines_of(table, made[table])
    text = "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"
    assert len(text.encode()) < MAX_BYTES, "leave more out in golden/compact.py"
    if update_golden:
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if text == before:
        return
    diff = list(
        difflib.unified_diff(
            before.splitlines(), text.splitlines(), "committed", "made now", lineterm="", n=0
        )
    )
    more = f"\n… and {len(diff) - MAX_DIFF} lines more" if len(diff) > MAX_DIFF else ""
    shown = "\n".join(line[:400] for line in diff[:MAX_DIFF])
    pytest.fail(
        f"{table} has changed; if it was meant: --update-golden\n{shown}{more}", pytrace=False
    )


def test_no_golden_file_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} <= set(TABLES)
