"""How often trace finds a short passage that two pages share, by its length in words.

    python bench/trace_short.py [--pairs 300] [--seed 1] [--shortest 12] [--longest 20]

Each pair of pages shares one run of equal words and nothing else; the words are drawn at random,
so no other two pages share a fingerprint. Found means: one passage over exactly these words.
"""

import argparse
from collections.abc import Iterator
from random import Random
from typing import Final

from firsthand.model.document import Document, Segments
from firsthand.model.ids import digest, document_id, page_id
from firsthand.model.lineage import Passage
from firsthand.model.page import Page
from firsthand.model.record import Record
from firsthand.stage import Rows
from firsthand.store.memory import MemoryTables
from firsthand.trace.stage import STAGE
from trace_pile import CONTEXT, RECORDS, change_of

WORDS: Final = 300
"""Words of a page."""
VOCABULARY: Final = 20_000


def draw(random: Random, count: int) -> list[str]:
    """So many words at random."""
    return [f"w{random.randrange(VOCABULARY)}" for _ in range(count)]


def pages(random: Random, length: int, count: int) -> Iterator[tuple[str, str, str]]:
    """Pairs of texts and the words they share."""
    for _ in range(count):
        shared = draw(random, length)
        texts = []
        for _side in range(2):
            own, at = draw(random, WORDS), random.randrange(WORDS)
            texts.append(" ".join([*own[:at], *shared, *own[at:]]))
        yield texts[0], texts[1], " ".join(shared)


def records_of(text: str, source: str) -> list[Record]:
    """A page of plain text as earlier stages would have written it."""
    page = Page(
        page_id=page_id(digest(text), source),
        source=source,
        sha256="",
        media_type="text/plain",
        captured_at="",
        text_version=1,
        text=text,
        blocks=(),
        furniture=(),
    )
    document = Document(
        document_id=document_id(page.page_id, 1, "", text[:60]),
        page_id=page.page_id,
        ordinal=1,
        start=0,
        end=len(text),
        title=None,
        title_start=None,
        title_end=None,
        byline=None,
        outlet=source,
        outlet_basis="metadata",
        published=None,
        published_basis=None,
        published_reason="no date on the page",
        dateline=None,
        language="en",
        url=None,
    )
    segments = Segments(
        document_id=document.document_id,
        page_id=page.page_id,
        paragraphs=(),
        sentences=(),
        quotations=(),
    )
    return [page, document, segments]


def found(pairs: list[tuple[str, str, str]]) -> float:
    """The share of pairs whose passage is found as it is."""
    tables = MemoryTables(RECORDS)
    units = []
    for number, (*texts, _) in enumerate(pairs):
        for side, text in enumerate(texts):
            rows = records_of(text, f"outlet-{number}-{side}")
            page = rows[0]
            assert isinstance(page, Page)
            units.append(page.page_id)
            tables.replace("earlier", {page.page_id: rows})
            by_type = {type(row): [row] for row in rows}
            assert STAGE.run is not None
            prepared = list(STAGE.run(Rows(page.page_id, by_type), CONTEXT))
            tables.replace("prepare", {page.page_id: prepared})
    assert STAGE.update is not None
    delta = STAGE.update(tables, change_of(frozenset(units)), CONTEXT)
    wanted = {shared for *_, shared in pairs}
    texts_of = {row.page_id: row.text for row in tables.rows(Page)}
    passages = [
        row
        for portion in delta.portions()
        for rows in portion.values()
        for row in rows
        if isinstance(row, Passage)
    ]
    ours = {texts_of[row.page_a][row.a_start : row.a_end] for row in passages}
    return len(ours & wanted) / len(wanted)


def main() -> None:
    """Print the share found for each length."""
    parser = argparse.ArgumentParser(description="Recall of short shared passages.")
    parser.add_argument("--pairs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shortest", type=int, default=12)
    parser.add_argument("--longest", type=int, default=20)
    args = parser.parse_args()
    random = Random(args.seed)
    for length in range(args.shortest, args.longest + 1):
        share = found(list(pages(random, length, args.pairs)))
        print(f"{length} words: {share:.3f} of {args.pairs} pairs found")


if __name__ == "__main__":
    main()
