"""The review queue: questions that only a person can answer, those with most effect first."""

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from firsthand.model.judgement import Judgement, Target
from firsthand.model.record import Part
from firsthand.publish.memo import remembered
from firsthand.publish.words import LANGUAGE, _, interval, with_days, without_days

MOST: Final = 200
"""Open questions of one kind that are listed; those behind them come up as these are answered."""
ALL: Final = 1_000_000
"""More than any edition asks."""
MOST_APART: Final = 2
"""Days between two events of one type at one place that may still be one: reports often give
the day of the news, the day before or the day after."""


class Question(Part, frozen=True, kw_only=True):
    """One question, before its words are read."""

    key: str
    """Its address: what is asked, and of which records."""
    asked: str
    """date, same_event, one_event, altered, denial or outcome."""
    ids: tuple[str, ...]
    line: str
    effect: int
    """How many claims, events or pages an answer touches; the order of the queue."""
    unit: str
    """What `effect` counts: claims, events, pages, forecasts or quotations."""


HEADINGS: Final = {
    "date": "Which date has this page?",
    "same_event": "Same event, or two?",
    "one_event": "One event, or several?",
    "altered": "Is this quotation altered?",
    "denial": "Does this deny that?",
    "outcome": "Did this follow?",
}


def queue(db: sqlite3.Connection, standing: Sequence[Judgement]) -> tuple[Question, ...]:
    """All open questions of an edition, most effect first; answered ones are not asked again."""
    answered = Answered(db, standing)
    found = [one for one in _asked(db, standing) if not answered.holds(db, one)]
    return tuple(sorted(found, key=lambda one: (-one.effect, one.asked, one.key)))


def _asked(db: sqlite3.Connection, standing: Sequence[Judgement]) -> Iterator[Question]:
    """The questions of most effect of every kind, so many that the answered ones hide none."""
    # In steps, so that the same few lists serve while questions are being answered.
    most = MOST * (2 + len(standing) // MOST)
    for name, read in READERS.items():
        yield from remembered(
            db, ("questions", LANGUAGE.get(), name, most), partial(_read, read, db, most)
        )


def _read(
    read: Callable[[sqlite3.Connection, int], Iterator[Question]], db: sqlite3.Connection, most: int
) -> tuple[Question, ...]:
    return tuple(read(db, most))


def second_queue(
    db: sqlite3.Connection, standing: Sequence[Judgement], reader: str
) -> tuple[Question, ...]:
    """The questions that others have answered and this reader has not, most effect first."""
    answered = Answered(db, standing)
    found: list[Question] = []
    for one in _asked(db, standing):
        rows = answered.answers(db, one)
        if any(not row.second for row in rows) and all(row.by != reader for row in rows):
            found.append(one)
    return tuple(sorted(found, key=lambda one: (-one.effect, one.asked, one.key)))


def question(db: sqlite3.Connection, key: str) -> Question | None:
    """The question with that address, answered or not; None where the edition does not ask it."""
    read = READERS.get(key.partition("~")[0])
    return next((one for one in read(db, ALL) if one.key == key), None) if read else None


def _question(asked: str, ids: Sequence[str], line: str, effect: int, unit: str) -> Question:
    key = "~".join((asked, *ids))
    return Question(key=key, asked=asked, ids=tuple(ids), line=line, effect=effect, unit=unit)


def _of_date(db: sqlite3.Connection, most: int) -> Iterator[Question]:
    sql = (
        "SELECT document.id, ifnull(document.outlet, ''), ifnull(document.title, ''), "
        "(SELECT count(*) FROM claim WHERE claim.document_id = document.id) AS n FROM document "
        f"WHERE document.published IS NULL ORDER BY n DESC, document.id LIMIT {most:d}"
    )
    for key, outlet, title, claims in db.execute(sql):
        line = f"{outlet}: {title}" if outlet else title
        yield _question("date", (key,), line or _("untitled page"), claims, "claims")


def _of_same_event(db: sqlite3.Connection, most: int) -> Iterator[Question]:
    """Neighbours in time among events of one type at one point."""
    sql = (
        "SELECT * FROM (SELECT id, lead(id) OVER near AS other, title, lead(title) OVER near, "
        "n_pages + lead(n_pages) OVER near, earliest, latest, "
        "lead(earliest) OVER near, lead(latest) OVER near "
        "FROM event WHERE place_lat IS NOT NULL "
        "WINDOW near AS (PARTITION BY type, place_lat, place_lon ORDER BY earliest, id)) "
        "WHERE other IS NOT NULL ORDER BY 5 DESC, 1"
    )
    found = 0
    for one, other, title, next_title, pages, *days in db.execute(sql):
        if found >= most:
            return
        if _near(days[1] or days[0], days[2]):
            found += 1
            names = dict.fromkeys((without_days(title), without_days(next_title)))
            when = dict.fromkeys((interval(days[0], days[1]), interval(days[2], days[3])))
            line = f"{' / '.join(names)} · {' / '.join(when)}"
            yield _question("same_event", (one, other), line, pages, "pages")


def _near(one: str | None, other: str | None) -> bool:
    """Whether two days may be one event's; unknown days may."""
    if one is None or other is None:
        return True
    try:
        apart = dt.date.fromisoformat(other) - dt.date.fromisoformat(one)
    except ValueError:
        return False
    return apart.days <= MOST_APART


def _of_one_event(db: sqlite3.Connection, most: int) -> Iterator[Question]:
    sql = (
        "SELECT event.id, event.title, event.n_pages FROM event WHERE event.id IN "
        "(SELECT event_id FROM conflict WHERE kind = 'contradiction' AND field IN "
        f"('time', 'quantity', 'place')) ORDER BY event.n_pages DESC, event.id LIMIT {most:d}"
    )
    for key, title, pages in db.execute(sql):
        yield _question("one_event", (key,), with_days(title), pages, "pages")


def _of_altered(db: sqlite3.Connection, most: int) -> Iterator[Question]:
    sql = (
        "SELECT altered_quotation.id, json_extract(altered_quotation.body, '$.quotation.text') "
        f"FROM altered_quotation ORDER BY id LIMIT {most:d}"
    )
    for key, words in db.execute(sql):
        yield _question("altered", (key,), words or "", 1, "quotations")


def _of_denial(db: sqlite3.Connection, most: int) -> Iterator[Question]:
    sql = (
        "SELECT conflict.id, event.title, event.n_pages FROM conflict "
        "JOIN event ON event.id = conflict.event_id WHERE conflict.kind = 'denial' "
        f"ORDER BY event.n_pages DESC, conflict.id LIMIT {most:d}"
    )
    for key, title, pages in db.execute(sql):
        yield _question("denial", (key,), with_days(title), pages, "pages")


def _of_outcome(db: sqlite3.Connection, most: int) -> Iterator[Question]:
    sql = (
        "SELECT forecast.id, resolved_claim.summary FROM forecast LEFT JOIN resolved_claim "
        "ON resolved_claim.id = forecast.id WHERE verdict IN ('met', 'missed', 'partly') "
        f"ORDER BY forecast.id LIMIT {most:d}"
    )
    for key, words in db.execute(sql):
        yield _question("outcome", (key,), words or "", 1, "forecasts")


READERS: Final[dict[str, Callable[[sqlite3.Connection, int], Iterator[Question]]]] = {
    "date": _of_date,
    "same_event": _of_same_event,
    "one_event": _of_one_event,
    "altered": _of_altered,
    "denial": _of_denial,
    "outcome": _of_outcome,
}


class Answered:
    """What the standing judgements have answered, found again in this edition by its words."""

    def __init__(self, db: sqlite3.Connection, standing: Iterable[Judgement]) -> None:
        """Read the judgements; those whose words are not in this edition answer nothing."""
        self._records: dict[str, list[Judgement]] = {}
        self._groups: dict[frozenset[str], list[Judgement]] = {}
        for row in standing:
            found = [records_at(db, target) for target in row.targets]
            if len(found) == 1:
                for key in found[0]:
                    self._records.setdefault(key, []).append(row)
            elif found:
                for group in {frozenset((a, b)) for a in found[0] for b in found[1]}:
                    self._groups.setdefault(group, []).append(row)

    def answers(self, db: sqlite3.Connection, one: Question) -> list[Judgement]:
        """The standing answers to a question, oldest first."""
        if one.asked == "same_event":
            return self._groups.get(frozenset(one.ids), [])
        if one.asked == "denial":
            return self._groups.get(frozenset(claims_of(db, one.ids[0])), [])
        return self._records.get(one.ids[0], [])

    def holds(self, db: sqlite3.Connection, one: Question) -> bool:
        """Whether a person has answered this; a second reading is no answer by itself."""
        return any(not row.second for row in self.answers(db, one))


def claims_of(db: sqlite3.Connection, conflict: str) -> tuple[str, ...]:
    """The first two claims of a conflict."""
    sql = (
        "SELECT json_extract(body, '$.claims[0]'), json_extract(body, '$.claims[1]') "
        "FROM conflict WHERE id = ?"
    )
    return tuple(db.execute(sql, (conflict,)).fetchone() or ())


def records_at(db: sqlite3.Connection, target: Target) -> set[str]:
    """Ids of the records of this edition that a judgement's words mean."""
    pages = "SELECT id FROM page WHERE source = ? AND sha256 = ?"
    at = (target.source or "", target.sha256 or "")
    if target.kind == "document":
        sql = f"SELECT id FROM document WHERE page_id IN ({pages}) AND ordinal = ?"
        return {row[0] for row in db.execute(sql, (*at, target.ordinal or 1))}
    if target.kind == "quotation":
        sql = (
            "SELECT id FROM altered_quotation WHERE document_id IN (SELECT id FROM document "
            f"WHERE page_id IN ({pages})) AND json_extract(body, '$.quotation.text') = ?"
        )
        return {row[0] for row in db.execute(sql, (*at, target.words))}
    sql = (
        "SELECT claim.id, claim_link.event_id FROM claim LEFT JOIN claim_link "
        "ON claim_link.id = claim.id WHERE claim.document_id IN (SELECT id FROM document "
        f"WHERE page_id IN ({pages})) AND "
        "json_extract(claim.body, '$.evidence[0].text') = ?"
    )
    rows = db.execute(sql, (*at, target.words)).fetchall()
    return {row[1] if target.kind == "event" else row[0] for row in rows} - {None}
