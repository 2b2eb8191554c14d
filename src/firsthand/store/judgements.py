"""Judgements: an append-only log of human decisions, aimed at quoted words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import filelock
import msgspec

from firsthand.errors import ProjectBusyError
from firsthand.model.capture import Capture
from firsthand.model.ids import digest
from firsthand.model.judgement import Judgement, Target
from firsthand.store.files import append_line

LOCK_SECONDS: Final = 20.0
"""An append takes milliseconds; whoever waits longer is told, not kept."""


class Judgements:
    """The judgements of one project."""

    def __init__(self, folder: Path) -> None:
        """Judgements kept in `folder`, one log."""
        self.log = folder / "judgements.jsonl"

    def append(self, judgement: Judgement) -> Judgement:
        """Append one decision; it is on disk when this returns.

        A decision whose id the log holds already is not written again, and the same words
        about the same targets by the same person, still standing, are that decision: a form
        sent twice, or from two windows, is one row.
        """
        (kept,) = self.append_all([judgement])
        return kept

    def append_all(self, judgements: Iterable[Judgement]) -> list[Judgement]:
        """Append several decisions by the same rule, one after another."""
        kept: list[Judgement] = []
        with self._alone():
            every = self.all()
            known = {row.judgement_id: row for row in every}
            for judgement in judgements:
                row = known.get(judgement.judgement_id) or _repeated(judgement, _standing(every))
                if row is None:
                    append_line(self.log, msgspec.json.encode(judgement))
                    row = judgement
                    every.append(row)
                    known[row.judgement_id] = row
                kept.append(row)
        return kept

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other process or thread appends meanwhile; a run does not hold this lock."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(self.log.with_suffix(".lock"), timeout=LOCK_SECONDS)
        try:
            with lock:
                yield
        except filelock.Timeout as error:
            message = f"{self.log} is locked by another process; end that one, then try again"
            raise ProjectBusyError(message) from error

    def all(self) -> list[Judgement]:
        """Every decision ever made, oldest first, undone ones included."""
        if not self.log.exists():
            return []
        return judgements_in(self.log.read_bytes())

    def standing(self) -> list[Judgement]:
        """The decisions that have not been undone, oldest first."""
        return _standing(self.all())

    def by_page(self, captures: dict[str, Capture]) -> dict[str, list[Judgement]]:
        """The standing decisions that aim at a page's bytes, by page id; no second readings."""
        by_bytes: dict[str, list[str]] = defaultdict(list)
        for page, capture in captures.items():
            by_bytes[capture.sha256].append(page)
        aimed: dict[str, list[Judgement]] = defaultdict(list)
        for row in self.standing():
            if row.second:
                continue
            for page in sorted({page for t in row.targets for page in by_bytes[t.sha256 or ""]}):
                if any(_aims_at(target, captures[page]) for target in row.targets):
                    aimed[page].append(row)
        return dict(aimed)


def judgements_in(lines: bytes) -> list[Judgement]:
    """The decisions of a log or of an exported file; a line cut short by a crash is left out."""
    kept = [line for line in lines.splitlines() if line.endswith(b"}")]
    return [msgspec.json.decode(line, type=Judgement) for line in kept]


def _standing(every: Iterable[Judgement]) -> list[Judgement]:
    rows = list(every)
    undone = {row.undoes for row in rows if row.action == "undo"}
    return [row for row in rows if row.action != "undo" and row.judgement_id not in undone]


def _repeated(judgement: Judgement, standing: list[Judgement]) -> Judgement | None:
    """The standing decision that this one only says again.

    Where another decision about the same words came in between, saying it again counts: the
    last one wins.
    """
    if judgement.action == "undo":
        return None
    for known in reversed(standing):
        if known.targets != judgement.targets or known.second != judgement.second:
            continue
        if (known.action, known.value) != (judgement.action, judgement.value):
            return None
        if (known.by, known.reason) == (judgement.by, judgement.reason):
            return known
    return None


def _aims_at(target: Target, capture: Capture) -> bool:
    same_bytes = target.sha256 == capture.sha256
    return same_bytes and target.source in (None, capture.source)


def judgement_id(at: str, by: str, action: str, words: str) -> str:
    """Id of a decision: two decisions of one person at one moment differ by what they say."""
    return "j-" + digest(at, by, action, words)


def undoing(judgement: Judgement, at: str, by: str) -> Judgement:
    """The row that takes a decision back; there is one for each decision, whoever asks."""
    return Judgement(
        judgement_id="j-" + digest("undo", judgement.judgement_id),
        at=at,
        by=by,
        action="undo",
        targets=judgement.targets,
        undoes=judgement.judgement_id,
    )


def fitted(judgement: Judgement, captures: Mapping[str, Capture]) -> Judgement | None:
    """A decision as it holds in another pile, by the digest of the bytes it aims at.

    None where one of its targets is not there. A page that the pile knows by another address
    is named by that one.
    """
    sources: dict[str, list[str]] = defaultdict(list)
    for capture in captures.values():
        sources[capture.sha256].append(capture.source)
    targets: list[Target] = []
    for target in judgement.targets:
        known = sorted(sources.get(target.sha256 or "", ()))
        if not known:
            return None
        kept = target.source is None or target.source in known
        targets.append(target if kept else msgspec.structs.replace(target, source=known[0]))
    return msgspec.structs.replace(judgement, targets=tuple(targets))
