"""The two append-only logs as exported rows: captures and judgements."""

from collections.abc import Iterable

from firsthand.model.capture import Capture
from firsthand.model.judgement import Judgement
from firsthand.publish.read import Row, plain


def log_rows(captures: Iterable[Capture], judgements: Iterable[Judgement]) -> dict[str, list[Row]]:
    """Rows of `captures` and `judgements`, sorted by id."""
    return {
        "captures": sorted(map(plain, captures), key=lambda row: str(row["capture_id"])),
        "judgements": sorted(map(plain, judgements), key=lambda row: str(row["judgement_id"])),
    }
