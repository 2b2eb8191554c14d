"""Furniture by repetition: what one outlet prints under different articles, and nothing else."""

from articles_factory import article, page_of, put, traced
from firsthand.model.lineage import Passage, RepeatedFurniture
from firsthand.model.page import Page
from firsthand.store.memory import MemoryTables

PLEA = (
    "If you value what we do please help us reach our monthly target and keep independent "
    "reporting from the valley alive for another year"
)
STORIES = [
    (
        "Farmers near Ulm Vale said the harvest was lost when the river rose above the dykes in June. "
        "Nobody from the district office came to see the fields."
    ),
    (
        "The port of Zarrin opened again after eleven days and two grain ships left before noon. "
        "Pilots who had waited outside the bay spoke of mines adrift."
    ),
    (
        "A court in Kessel heard the first of forty witnesses about the fire at the cement works. "
        "Families stood outside with photographs and asked for the names."
    ),
]


def marked(tables: MemoryTables) -> set[str]:
    texts = {page.page_id: page.text for page in tables.rows(Page)}
    return {
        texts[row.page_id][mark.start : mark.end]
        for row in tables.rows(RepeatedFurniture)
        for mark in row.ranges
    }


def pages(host: str, plea: str = PLEA) -> list[list]:
    return [
        article(f"Title {number} of the day\n\n{story}\n\n{plea}", source=f"https://{host}/{number}",
                title=f"Title {number} of the day")
        for number, story in enumerate(STORIES)
    ]  # fmt: skip


def test_a_plea_under_three_articles_is_furniture() -> None:
    tables = traced(pages("valley.example"))
    assert marked(tables) == {PLEA}
    assert tables.rows(Passage) == []


def test_the_same_words_at_three_outlets_are_evidence() -> None:
    tables = traced([pages(f"{number}.example")[number] for number in range(3)])
    assert marked(tables) == set()
    assert len(tables.rows(Passage)) == 3


def test_captures_of_one_article_make_no_furniture() -> None:
    text = f"Title of the day\n\n{STORIES[0]}\n\n{STORIES[1]}"
    tables = traced(
        article(text, source=f"https://valley.example/{n}", title="Title of the day")
        for n in range(4)
    )
    assert marked(tables) == set()
    assert tables.rows(Passage)


def test_furniture_goes_when_the_articles_that_showed_it_go() -> None:
    three = pages("valley.example")
    tables = traced(three)
    put(tables, [], [page_of(three[0]), page_of(three[1])])
    assert marked(tables) == set()
