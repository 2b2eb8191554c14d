"""Judgements: an append-only log of human decisions, aimed at quoted words."""

from collections import defaultdict
from pathlib import Path

import msgspec

from firsthand.model.capture import Capture
from firsthand.model.ids import digest
from firsthand.model.judgement import Judgement, Target
from firsthand.store.files import append_line


class Judgements:
    """The judgements of one project."""

    def __init__(self, folder: Path) -> None:
        """Judgements kept in `folder`, one log."""
        self.log = folder / "judgements.jsonl"

    def append(self, judgement: Judgement) -> Judgement:
        """Append one decision; it is on disk when this returns."""
        append_line(self.log, msgspec.json.encode(judgement))
        return judgement

    def all(self) -> list[Judgement]:
        """Every decision ever made, oldest first, undone ones included."""
        if not self.log.exists():
            return []
        lines = self.log.read_bytes().splitlines()
        return [msgspec.json.decode(line, type=Judgement) for line in lines if line.endswith(b"}")]

    def standing(self) -> list[Judgement]:
        """The decisions that have not been undone, oldest first."""
        every = self.all()
        undone = {row.undoes for row in every if row.action == "undo"}
        return [row for row in every if row.action != "undo" and row.judgement_id not in undone]

    def by_page(self, captures: dict[str, Capture]) -> dict[str, list[Judgement]]:
        """The standing decisions that aim at a page's bytes, by page id."""
        by_bytes: dict[str, list[str]] = defaultdict(list)
        for page, capture in captures.items():
            by_bytes[capture.sha256].append(page)
        aimed: dict[str, list[Judgement]] = defaultdict(list)
        for row in self.standing():
            for page in sorted({page for t in row.targets for page in by_bytes[t.sha256 or ""]}):
                if any(_aims_at(target, captures[page]) for target in row.targets):
                    aimed[page].append(row)
        return dict(aimed)


def _aims_at(target: Target, capture: Capture) -> bool:
    same_bytes = target.sha256 == capture.sha256
    return same_bytes and target.source in (None, capture.source)


def judgement_id(at: str, by: str, action: str, words: str) -> str:
    """Id of a decision: two decisions of one person at one moment differ by what they say."""
    return "j-" + digest(at, by, action, words)
