"""The stage: an update gives the rows of a full run, order is nothing, hostile piles are bounded."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles_factory import (
    CONTEXT,
    RECORDS,
    article,
    document_of,
    dump,
    page_of,
    put,
    small,
    traced,
)
from firsthand.config import Settings
from firsthand.model.lineage import Derivation, Passage
from firsthand.model.page import Page
from firsthand.model.record import Record
from firsthand.model.reuse import Body
from firsthand.stage import Context
from firsthand.store.memory import MemoryTables
from firsthand.trace import at_hand, lineage
from firsthand.trace.articles import Article
from firsthand.trace.lineage import Neighbourhood

NOUNS = [
    "bridge",
    "convoy",
    "harbour",
    "market",
    "clinic",
    "school",
    "dam",
    "depot",
    "tunnel",
    "mill",
]
VERBS = [
    "burned",
    "opened",
    "closed",
    "flooded",
    "shook",
    "emptied",
    "filled",
    "moved",
    "slept",
    "waited",
]
OUTLETS = ("Aar Post", "Brig Post", "Chur Voice", None)
PLEA = "Please help us keep this page alive with a small gift before the end of the year comes"


def sentence(seed: int) -> str:
    rnd = random.Random(seed)
    return " ".join(
        f"the {rnd.choice(NOUNS)} {rnd.choice(VERBS)} {rnd.randrange(99)}" for _ in range(6)
    )


def story(parts: Sequence[int], outlet: int, day: int, credit: int, quoted: int) -> list[Record]:
    """An article of numbered sentences: equal numbers are equal words."""
    body = "\n".join(f"“{sentence(n)}”" if n == quoted else f"{sentence(n)}." for n in parts)
    name = OUTLETS[outlet]
    text = f"Day {parts[0]} at the {NOUNS[parts[0] % 10]}\n\n{body}\n\n{PLEA}"
    cited = OUTLETS[credit]
    given_credit = None
    if cited is not None:
        text = f"Source: {cited}\n\n{text}"
        given_credit = (f"Source: {cited}", cited, body)
    return article(
        text, source=f"https://h{outlet}.example/{day}/{'-'.join(map(str, parts))}/{credit}{quoted}",
        outlet=name, published=f"2031-05-0{day}" if day else None, credit=given_credit,
        title=f"Day {parts[0]} at the {NOUNS[parts[0] % 10]}",
        language="fr" if outlet == 2 else "en",
        credited={"kind": "cited"} if quoted % 2 else None,
    )  # fmt: skip


PARTS = st.lists(st.integers(0, 7), min_size=1, max_size=5, unique=True)
STORIES = st.builds(
    story, PARTS, st.integers(0, 3), st.integers(0, 3), st.integers(0, 3), st.integers(0, 9)
)
PILES = st.lists(STORIES, min_size=2, max_size=9, unique_by=page_of)
SLOW = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@SLOW
@given(PILES, st.data(), st.sampled_from([1, 2, 64]), st.sampled_from([-1, 2, 256]))
def test_an_update_gives_the_rows_of_a_full_run(
    pile: list[list[Record]], data: st.DataObject, most: int, few: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(at_hand, "FEW", few)
        add_and_remove(pile, data, small(most))


def add_and_remove(pile: list[list[Record]], data: st.DataObject, context: Context) -> None:
    tables = MemoryTables(RECORDS)
    inside: dict[str, list[Record]] = {}
    for _ in range(2):
        chosen = data.draw(st.lists(st.sampled_from(pile), unique_by=page_of, max_size=4))
        added = [one for one in chosen if page_of(one) not in inside]
        removed = [page_of(one) for one in chosen if page_of(one) in inside]
        put(tables, added, removed, context)
        inside = {page: one for page, one in inside.items() if page not in removed}
        inside |= {page_of(one): one for one in added}
        assert dump(tables) == dump(traced(inside.values(), context))


@SLOW
@given(PILES, st.randoms(use_true_random=False))
def test_the_order_of_pages_is_nothing(pile: list[list[Record]], rnd: random.Random) -> None:
    before = dump(traced(pile))
    rnd.shuffle(pile)
    assert dump(traced(pile)) == before


@SLOW
@given(PILES)
def test_active_directed_edges_make_no_circle(pile: list[list[Record]]) -> None:
    rows = [
        row
        for row in traced(pile).rows(Derivation)
        if row.directed and row.status == "active" and row.kind not in ("published_by", "said_by")
    ]
    left = {(row.derived, row.source) for row in rows}
    while left:
        sources = {source for _, source in left}
        fewer = {(derived, source) for derived, source in left if derived in sources}
        assert len(fewer) < len(left)
        left = fewer


def test_a_new_date_turns_an_edge() -> None:
    one = story([1, 2, 3], 0, 1, 3, 9)
    other = story([1, 2, 3], 1, 2, 3, 9)
    tables = traced([one, other])
    later = [row for row in tables.rows(Derivation) if row.kind == "copy"]
    assert [(row.derived, row.source) for row in later] == [(document_of(other), document_of(one))]
    put(tables, [], [page_of(one)])
    assert not [row for row in tables.rows(Derivation) if row.kind == "copy"]


def test_many_identical_pages_are_linked_without_squares(monkeypatch: pytest.MonkeyPatch) -> None:
    count, looks = 10_000, 0
    precedence = lineage._precedence

    def counted(hood: Neighbourhood, one: Article) -> tuple[int, bool, int, str]:
        nonlocal looks
        looks += 1
        return precedence(hood, one)

    monkeypatch.setattr(lineage, "_precedence", counted)
    text = "\n".join(sentence(n) for n in range(6))
    pages = [
        article(text, source=f"https://h{n}.example/1", outlet=f"Post {n}") for n in range(count)
    ]
    tables = traced(pages)
    assert len(tables.rows(Passage)) < 2 * count
    joined = {e.derived for e in tables.rows(Derivation) if e.kind == "shared"}
    joined |= {e.source for e in tables.rows(Derivation) if e.kind == "shared"}
    assert joined == {document_of(page) for page in pages}
    assert looks < 10 * count


def test_one_long_line_and_one_endless_sentence_are_bounded() -> None:
    line = " ".join(f"w{n}" for n in range(60_000))
    endless = f"{sentence(1)}. " * 4_000
    tables = traced(
        [article(line, source="a/1"), article(endless, source="b/1"),
         article(f"{sentence(1)}. {sentence(2)}.", source="c/1")]
    )  # fmt: skip
    assert len(tables.rows(Passage)) == 1


def test_settings_reach_the_stage() -> None:
    assert CONTEXT.settings == Settings()


@pytest.mark.parametrize("length", [12, 13, 15])
def test_the_shortest_passages_are_found_wherever_they_stand(length: int) -> None:
    rnd = random.Random(length)
    pages, wanted = [], set()
    for number in range(30):
        shared = [f"s{rnd.randrange(9_999)}" for _ in range(length)]
        wanted.add(" ".join(shared))
        for side in range(2):
            own = [f"o{rnd.randrange(9_999)}" for _ in range(60)]
            at = rnd.randrange(60)
            text = " ".join([*own[:at], *shared, *own[at:]])
            pages.append(article(text, source=f"h{side}/{number}", outlet=f"Post {number} {side}"))
    tables = traced(pages)
    texts = {row.page_id: row.text for row in tables.rows(Page)}
    found = {texts[row.page_a][row.a_start : row.a_end] for row in tables.rows(Passage)}
    assert found == wanted


def test_a_megabyte_on_one_line_and_a_sentence_a_hundred_thousand_times() -> None:
    line = " ".join(f"w{n}" for n in range(160_000))
    assert len(line) > 1_000_000
    few = "The river rose. " * 3 + "Then it fell again and left two boats on the northern bank."
    pages = [line, "The river rose. " * 100_000, few]
    tables = traced([article(text, source=f"h{n}/1") for n, text in enumerate(pages)])
    assert tables.rows(Passage) == []
    assert len({row.page_id for row in tables.rows(Body)}) == len(pages)


def crediting(number: int, outlet: str, cited: str, body: str) -> list[Record]:
    """A page of one outlet that prints a text and credits another for it."""
    return article(
        f"Source: {cited}\n\n{body}", source=f"https://h{number}.example/1", outlet=outlet,
        credit=(f"Source: {cited}", cited, body),
    )  # fmt: skip


@pytest.mark.parametrize("count", [2, 3, 12])
def test_outlets_that_credit_each_other_in_a_ring_make_no_circle(count: int) -> None:
    body = "\n".join(f"{sentence(n)}." for n in range(5))
    names = [f"Ring Post {chr(65 + n)}" for n in range(count)]
    pages = [crediting(n, names[n], names[(n + 1) % count], body) for n in range(count)]
    tables = traced(pages)
    between = [row for row in tables.rows(Derivation) if row.derived[0] == row.source[0] == "d"]
    standing = [row for row in between if row.status == "active"]
    assert len({(row.derived, row.source) for row in standing if row.directed}) < count
    joined = {end for row in standing for end in (row.derived, row.source)}
    assert joined == {document_of(page) for page in pages}
    assert all(row.reason for row in between if row.status == "set_aside")


def test_credits_to_oneself_and_to_names_nobody_has_lead_nowhere_in_the_pile() -> None:
    bodies = ["\n".join(f"{sentence(10 * k + n)}." for n in range(5)) for k in range(2)]
    own = crediting(0, "Aar Post", "Aar Post", bodies[0])
    unknown = crediting(1, "Brig Post", "Xyzzy Zzyzx", bodies[1])
    tables = traced([own, unknown])
    edges = [row for row in tables.rows(Derivation) if row.kind not in ("published_by", "said_by")]
    by_page = {row.derived: row for row in edges}
    assert by_page[document_of(own)].status == "set_aside"
    assert by_page[document_of(unknown)].source.startswith("r-")
    assert not [row for row in edges if row.source.startswith("d-")]
