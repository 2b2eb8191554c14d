"""Copies word for word are compared once, and take the links of the one that is."""

import pytest

from firsthand.link.candidates import candidate_pairs
from firsthand.link.lineage import Lineage, twins
from firsthand.link.tellings import stand_ins
from firsthand.link.views import View, view_of
from firsthand.model.event import Event, Forecast
from firsthand.model.linking import ClaimFacts, Placed, TwinRange
from link.factory import Article, Project, Said, day, linked, number, place

HIT = "Shells fell on the grain market of the old town during the morning"
DEAD = "The shelling of the grain market in the old town killed 14 people"
OTHER = "Rockets and shells fell on the grain market of the old town this morning"
CLAIMS = (
    Said("one", HIT, places=(place("Velm"),), time=day("2031-05-02")),
    Said("two", DEAD, "casualties", quantities=(number(14),)),
)
FIRST = Article("m", CLAIMS, "The Lantern", "2031-05-03")
APART = Article(
    "x",
    (Said("one", OTHER, places=(place("Velm"),), time=day("2031-05-02")),),
    "Ridge Post",
    "2031-05-03",
)


def copy(key: str, published: str | None = "2031-05-04") -> Article:
    """A copy of the first article."""
    return Article(key, CLAIMS, f"Copying {key}", published, "m")


def views_of(project: Project) -> list[View]:
    """The claims of a pile as they are compared, by id."""
    return sorted(map(view_of, project.tables.rows(ClaimFacts)), key=lambda view: view.id)


def stood_for(project: Project) -> dict[str, str]:
    """What was kept of which claim is compared for which."""
    rows = project.tables.rows(Placed)
    return {row.claim_id: row.stand_in for row in rows if row.stand_in is not None}


def test_the_copy_published_first_is_compared_for_all() -> None:
    project = linked(FIRST, copy("a"), copy("b", None))
    assert stood_for(project) == {
        f"c-{key}-{claim}": f"c-m-{claim}" for key in "ab" for claim in ("one", "two")
    }


def test_a_copy_with_another_figure_is_compared_itself() -> None:
    views = {view.id: view for view in views_of(linked(FIRST, copy("a")))}
    changed = Said("two", DEAD, "casualties", quantities=(number(14, approximate=True),))
    edited = Article("e", (CLAIMS[0], changed), "Harbour Gazette", "2031-05-04", "m")
    views |= {view.id: view for view in views_of(linked(FIRST, edited))}
    pairs = [(f"c-{key}-{claim}", f"c-m-{claim}") for key in "ae" for claim in ("one", "two")]
    assert stand_ins(views, pairs) == {
        "c-a-one": "c-m-one",
        "c-a-two": "c-m-two",
        "c-e-one": "c-m-one",
    }


def test_comparisons_do_not_grow_with_copies() -> None:
    def compared(copies: int) -> int:
        project = linked(FIRST, APART, *(copy(f"n{at}") for at in range(copies)))
        return len(list(candidate_pairs(views_of(project), stands=stood_for(project))))

    assert compared(1) == compared(12) > 0


def test_two_claims_told_together_only_in_copies_are_compared_once() -> None:
    one, two = Article("p", CLAIMS[:1], published="2031-05-03"), Article("q", CLAIMS[1:])
    both = [Article(key, CLAIMS, f"Digest {key}", "2031-05-05") for key in ("r", "s", "t")]
    views = views_of(linked(one, two, *both))
    stands = {f"c-{a.key}-one": "c-p-one" for a in both}
    stands |= {f"c-{a.key}-two": "c-q-two" for a in both}
    names = [(views[a].id, views[b].id) for a, b in candidate_pairs(views, stands=stands)]
    assert [pair for pair in names if pair[0] in stands] == [("c-r-one", "c-r-two")]


def test_copies_stand_in_the_events_of_the_one_that_is_compared() -> None:
    project = linked(FIRST, APART, copy("a"), copy("b"))
    (event,) = project.tables.rows(Event)
    assert {claim.split("-")[1] for claim in event.claims} == {"m", "x", "a", "b"}


def test_another_copy_takes_over_when_the_first_goes() -> None:
    project = linked(FIRST, APART, copy("a"), copy("b"))
    project.change(remove=["m"])
    assert project.written() == linked(*project.pile.values()).written()


def test_a_copy_of_a_forecast_has_its_outcomes() -> None:
    foretold = Said(
        "one",
        "The road to the grain market will be shelled by 10 May",
        places=(place("Velm"),),
        time=day("2031-05-10"),
        modality="forecast",
    )
    told = Article("f", (foretold,), "The Lantern", "2031-05-01")
    again = Article("g", (foretold,), "Harbour Gazette", "2031-05-01", "f")
    later = Said("one", HIT, places=(place("Velm"),), time=day("2031-05-09"))
    came = Article("h", (later,), "Ridge Post", "2031-05-11")
    rows = linked(told, again, came).tables.rows(Forecast)
    assert [row.outcomes for row in rows] == [("c-h-one",), ("c-h-one",)]
    assert {row.verdict for row in rows} == {"met"}


@pytest.mark.parametrize(("long", "copies"), [(False, 0), (True, 4)])
def test_a_page_printed_twice_is_told_once_though_it_has_no_date(long: bool, copies: int) -> None:
    words = (
        "Shells fell on the grain market of the old town during the morning",
        "Rockets struck the bus station near the river and set two coaches alight",
        "The road from the harbour to the fort was shelled as the coaches left",
        "A shell went off under a lorry of flour beside the northern gate",
    )
    claims = tuple(Said(f"n{at}", text, places=(place("Velm"),)) for at, text in enumerate(words))
    pages = [Article(key, claims, "The Lantern", None) for key in "ab"]
    stretches = [(0, 2000)] if long else [(200 * at + 50, 200 * at + 240) for at in range(4)]
    ranges = tuple(
        TwinRange(
            document_a="d-a",
            document_b="d-b",
            page_a="p-a",
            page_b="p-b",
            a_start=start,
            a_end=end,
            b_start=start,
            b_end=end,
            quotation=False,
        )
        for start, end in stretches
    )
    found = twins(views_of(linked(*pages)), Lineage(ranges, {}))
    assert len(found) == copies
