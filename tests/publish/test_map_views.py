"""Where things are drawn: nothing is moved, nothing is dropped."""

import pytest

from firsthand.model.claim import Place
from firsthand.model.event import Event
from firsthand.publish.map_views import KM_PER_DEGREE, draw, frame_of, mostly
from firsthand.publish.timelines import timeline


def event(
    key: str,
    lat: float | None,
    lon: float | None,
    *,
    radius: float = 2.0,
    n: int = 1,
    dispute: str = "none",
    precision: str = "town",
    days: tuple[str | None, str | None] = (None, None),
) -> Event:
    place = Place(
        as_written=key,
        start=None,
        end=None,
        name=key,
        gazetteer_id=key,
        country=None,
        lat=lat,
        lon=lon,
        radius_km=radius,
        precision=precision,
    )  # type: ignore[arg-type]
    return Event(
        event_id=key,
        type="battle",
        title=key,
        actors=(),
        place=place,
        earliest=days[0],
        latest=days[1],
        claims=(),
        n_pages=1,
        n_outlets=1,
        n_origins=n,
        n_first_hand=0,
        n_tellers_without_knowledge=0,
        conduits=(),
        corroboration="none",
        dispute=dispute,
        accounts=(),
    )  # type: ignore[arg-type]


def test_a_disc_has_the_radius_that_is_known() -> None:
    view = draw([event("a", 10.0, 20.0, radius=5.0), event("b", 11.0, 20.0)], [], 2)
    frame = frame_of([(10.0, 20.0, 5.0), (11.0, 20.0, 2.0)], view.width, view.height)
    assert view.discs[0].radius == pytest.approx(5.0 / frame.km_per_px, abs=0.1)
    a, b = (next(pin for pin in view.pins if pin.name == name) for name in "ab")
    assert (a.y - b.y) * frame.km_per_px == pytest.approx(KM_PER_DEGREE, rel=0.01)


def test_events_at_one_place_are_one_pin_and_never_fanned_out() -> None:
    view = draw([event(f"e{n}", 10.0, 20.0) for n in range(7)], [], 7)
    assert len(view.pins) == 1
    assert len(view.pins[0].events) == 7


def test_the_short_way_round_the_globe_is_taken() -> None:
    view = draw([event("west", -17.0, 179.5), event("east", -17.0, -179.5)], [], 2)
    x = {pin.name: pin.x for pin in view.pins}
    assert 0 < x["west"] < x["east"] < view.width


def test_one_far_place_does_not_shrink_all_others() -> None:
    near = [event(f"n{at}", 10 + at / 10, 20.0) for at in range(9)]
    far = event("far", 50.0, 8.0)
    view = draw([*near, far], [], 10, whole=False)
    assert [row.event_id for row in view.outside] == ["far"]
    assert draw([*near, far], [], 10).outside == ()
    assert mostly([(0.0, 0.0, 1.0), (40.0, 0.0, 1.0)]) == [(0.0, 0.0, 1.0), (40.0, 0.0, 1.0)]


@pytest.mark.parametrize(
    ("dispute", "n", "status"),
    [
        ("denied", 3, "denied"),
        ("accounts_differ", 3, "differ"),
        ("none", 0, "none"),
        ("none", 1, "single"),
        ("none", 2, "several"),
    ],
)
def test_a_mark_shows_what_most_needs_looking_at(dispute: str, n: int, status: str) -> None:
    assert draw([event("a", 1.0, 1.0, dispute=dispute, n=n)], [], 1).pins[0].status == status


def test_a_map_without_places_is_still_a_map() -> None:
    view = draw([], [event("a", None, None)], 1)
    assert view.pins == ()
    assert len(view.unplaced) == 1


@pytest.mark.parametrize("lat", [-90.0, 0.0, 89.9])
def test_poles_are_drawn(lat: float) -> None:
    assert draw([event("a", lat, 0.0)], [], 1).pins


def test_bars_span_what_is_possible_and_undated_events_are_counted() -> None:
    view = timeline(
        [
            event("a", 1, 1, days=("2031-05-01", "2031-05-10")),
            event("b", 1, 1, days=("2031-05-05", "2031-05-05")),
            event("c", 1, 1, days=("2031-05-20", None)),
            event("d", 1, 1),
        ]
    )
    bars = {bar.title: bar for bar in view.bars}
    assert view.undated == 1
    assert bars["a"].width > bars["b"].width
    assert bars["a"].y != bars["b"].y
    assert bars["a"].x < bars["b"].x < bars["c"].x
    assert all(bar.x + bar.width <= view.width for bar in view.bars)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2031-05-01", "2031-05-01"),
        ("0001-01-02", "9999-12-30"),
        ("2031-05-01", "2031-07-10"),
        ("2029-01-01", "2031-07-10"),
    ],
)
def test_the_axis_has_a_few_dates_at_any_span(first: str, last: str) -> None:
    view = timeline([event("a", 1, 1, days=(first, first)), event("b", 1, 1, days=(last, last))])
    assert 1 <= len(view.ticks) <= 60
