"""Shared text in piles derived from real news bodies, whose truth is known.

    python bench/trace_reuse.py BODIES.jsonl [--bodies 300] [--seed 1]

BODIES.jsonl holds {"text": …} a line; it is only read, and nothing of it is kept. From each body
pages are derived by one operation: the whole text again, one to three paragraphs inside another
body, one sentence inside quotation marks in another body, or the text with words exchanged here
and there. Recall and precision count words of the derived page; bodies that share text of their
own with the body they are put into count against neither.
"""

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from firsthand.model.lineage import Passage
from firsthand.model.page import Page
from firsthand.stage import Rows
from firsthand.store.memory import MemoryTables
from firsthand.trace.stage import STAGE
from trace_pile import CONTEXT, RECORDS, change_of
from trace_short import records_of

_WORD: Final = re.compile(r"\w+")
_SENTENCE: Final = re.compile(r"[^.!?\n]+[.!?]")
OPERATIONS: Final = ("copy", "excerpt", "quotation", "rewrite")
LEAST: Final = 60
"""Words of a body that is used."""
SHORTEST: Final = 12
EXCHANGED: Final = 0.04
"""Part of the words that a light rewrite exchanges."""


@dataclass(frozen=True)
class Derived:
    """A page made out of a body: its text and where the body's words stand in it."""

    operation: str
    parent: int
    text: str
    start: int
    end: int


def bodies(path: Path, count: int, random: Random) -> list[str]:
    """Different bodies, drawn at random."""
    with path.open(encoding="utf-8") as lines:
        texts = sorted({json.loads(line)["text"].strip() for line in lines})
    long = [text for text in texts if len(_WORD.findall(text)) >= LEAST]
    return random.sample(long, min(count, len(long)))


def derive(known: list[str], number: int, operation: str, random: Random) -> Derived | None:
    """One page made of a body; None where the body has nothing fit for it."""
    text = known[number]
    if operation == "copy":
        return Derived(operation, number, text, 0, len(text))
    if operation == "rewrite":
        made = _WORD.sub(lambda m: "xqz" if random.random() < EXCHANGED else m.group(), text)
        return Derived(operation, number, made, 0, len(made))
    if operation == "excerpt":
        parts = [part for part in text.split("\n") if len(_WORD.findall(part)) >= SHORTEST]
        first = random.randrange(max(len(parts) - 2, 1))
        words = "\n".join(parts[first : first + random.randint(1, 3)])
    else:
        whole = [s.strip() for s in _SENTENCE.findall(text)]
        fit = [s for s in whole if SHORTEST <= len(_WORD.findall(s)) <= 40]
        words = random.choice(fit) if fit else ""
    if not words:
        return None
    host = known[random.choice([at for at in range(len(known)) if at != number])].split("\n")
    at = random.randrange(len(host) + 1)
    before = "\n".join(host[:at]) + "\n" + ("“" if operation == "quotation" else "")
    after = ("”" if operation == "quotation" else "") + "\n" + "\n".join(host[at:])
    return Derived(
        operation, number, f"{before}{words}{after}", len(before), len(before) + len(words)
    )


def pile(known: list[str], random: Random) -> Iterator[Derived]:
    """One derived page of every body, the operations in turn."""
    for number in range(len(known)):
        made = derive(known, number, OPERATIONS[number % len(OPERATIONS)], random)
        if made is not None:
            yield made


def trace(texts: list[str]) -> tuple[list[str], list[Passage]]:
    """Page ids of some texts, and the passages they share."""
    tables = MemoryTables(RECORDS)
    ids: list[str] = []
    for number, text in enumerate(texts):
        rows = records_of(text, f"outlet-{number}")
        page = rows[0]
        assert isinstance(page, Page)
        ids.append(page.page_id)
        tables.replace("earlier", {page.page_id: rows})
        assert STAGE.run is not None
        prepared = list(STAGE.run(Rows(page.page_id, {type(row): [row] for row in rows}), CONTEXT))
        tables.replace("prepare", {page.page_id: prepared})
    assert STAGE.update is not None
    delta = STAGE.update(tables, change_of(frozenset(ids)), CONTEXT)
    return ids, [
        row
        for portion in delta.portions()
        for rows in portion.values()
        for row in rows
        if isinstance(row, Passage)
    ]


def words_in(text: str, ranges: list[tuple[int, int]]) -> set[int]:
    """The words of a text that start in some ranges, by offset."""
    return {match.start() for low, high in ranges for match in _WORD.finditer(text, low, high)}


def main() -> None:
    """Trace a derived pile and print recall and precision for each operation."""
    parser = argparse.ArgumentParser(description="Shared text of pages derived from real bodies.")
    parser.add_argument("bodies", type=Path)
    parser.add_argument("--bodies", type=int, default=300, dest="count")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if not args.bodies.is_file():
        sys.exit(f"{args.bodies} is not there: these figures need real bodies, which are not kept")
    random = Random(args.seed)
    known = bodies(args.bodies, args.count, random)
    made = list(pile(known, random))
    ids, passages = trace([*known, *(one.text for one in made)])
    ranges: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for row in passages:
        ranges[row.page_a, row.page_b].append((row.a_start, row.a_end))
        ranges[row.page_b, row.page_a].append((row.b_start, row.b_end))
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    for one, page in zip(made, ids[len(known) :], strict=True):
        ours = words_in(one.text, ranges[page, ids[one.parent]])
        truth = words_in(one.text, [(one.start, one.end)])
        counts = (1, bool(truth & ours), len(truth), len(truth & ours), len(ours))
        sums[one.operation] = [a + b for a, b in zip(sums[one.operation], counts, strict=True)]
    for name, (pages, found, truth_words, right, our_words) in sorted(sums.items()):
        print(
            f"{name:10} {pages:4} pages, found {found / pages:.3f}; words: recall "
            f"{right / truth_words:.3f}, precision {right / max(our_words, 1):.3f}"
        )


if __name__ == "__main__":
    main()
