"""Time expressions of a text: exact spans, TIMEX3 values, intervals, and why not."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.model.claim import Time
from firsthand.resolve.dates import (
    AnchoredRange,
    find_times,
    join_ranges,
    resolve_time,
    resolve_times,
)

ANCHOR = date(2016, 5, 12)
"""A Thursday."""


def only(text: str, anchor: date | None = ANCHOR) -> Time:
    """The single time of a text."""
    times = resolve_times(text, anchor)
    assert len(times) == 1, [item.as_written for item in times]
    return times[0]


ABSOLUTE = [
    ("Talks began in September 2014.", "September 2014", "2014-09", "2014-09-01", "2014-09-30"),
    ("On Tuesday, 3 May 2016, it rained.", "Tuesday, 3 May 2016", "2016-05-03", "2016-05-03", "2016-05-03"),
    ("It fell on March 3, 2015.", "March 3, 2015", "2015-03-03", "2015-03-03", "2015-03-03"),
    ("It fell on the 3rd of March 2015.", "the 3rd of March 2015", "2015-03-03", "2015-03-03", "2015-03-03"),
    ("Signed 2015-09-05 in Orvel.", "2015-09-05", "2015-09-05", "2015-09-05", "2015-09-05"),
    ("Signed 24/9/2015 in Orvel.", "24/9/2015", "2015-09-24", "2015-09-24", "2015-09-24"),
    ("The first week of September 2015 was calm.", "The first week of September 2015", "2015-09", "2015-09-01", "2015-09-07"),
    ("In early 2014 the mill closed.", "early 2014", "2014", "2014-01-01", "2014-05-02"),
    ("In mid-July 2015 it rained.", "mid-July 2015", "2015-07", "2015-07-11", "2015-07-21"),
    ("In late August 2015 it rained.", "late August 2015", "2015-08", "2015-08-21", "2015-08-31"),
    ("In the summer of 2015 it rained.", "the summer of 2015", "2015-SU", "2015-06-01", "2015-08-31"),
    ("In the third quarter of 2015 it grew.", "the third quarter of 2015", "2015-Q3", "2015-07-01", "2015-09-30"),
    ("In the first half of 2015 it grew.", "the first half of 2015", "2015-H1", "2015-01-01", "2015-07-02"),
    ("During the 1990s it grew.", "the 1990s", "199", "1990-01-01", "1999-12-31"),
    ("A 17th-century fort stands there.", "17th-century", "16", "1600-01-01", "1699-12-31"),
    ("Between 3 and 5 March 2015 it rained.", "3 and 5 March 2015", "2015-03-03/2015-03-05", "2015-03-03", "2015-03-05"),
    ("From 3–5 March 2015 it rained.", "3–5 March 2015", "2015-03-03/2015-03-05", "2015-03-03", "2015-03-05"),
    ("The budget for fiscal 2015 grew.", "fiscal 2015", "2015", "2014-01-01", "2015-12-31"),
    ("Held since July 2014 by the guard.", "July 2014", "2014-07", "2014-07-01", None),
    ("Held until July 2014 by the guard.", "July 2014", "2014-07", None, "2014-07-31"),
    ("Built in 347 AD by monks.", "347 AD", "0347", "0347-01-01", "0347-12-31"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "value", "earliest", "latest"), ABSOLUTE)
@pytest.mark.parametrize("anchor", [None, ANCHOR])
def test_absolute_times_need_no_anchor(
    text: str,
    words: str,
    value: str,
    earliest: str | None,
    latest: str | None,
    anchor: date | None,
) -> None:
    found = only(text, anchor)
    assert (found.as_written, found.timex_value) == (words, value)
    assert (found.earliest, found.latest) == (earliest, latest)
    assert found.basis == "absolute"
    assert found.anchor is None


ANCHORED = [
    ("Guards left on Tuesday.", "Tuesday", "2016-05-10", "2016-05-10"),
    ("Guards left on Thursday.", "Thursday", "2016-05-12", "2016-05-12"),
    ("Guards left last Thursday.", "last Thursday", "2016-05-05", "2016-05-05"),
    ("Guards will leave on Tuesday.", "Tuesday", "2016-05-17", "2016-05-17"),
    ("Guards left on Sunday night.", "Sunday night", "2016-05-08", "2016-05-08"),
    ("Guards left yesterday.", "yesterday", "2016-05-11", "2016-05-11"),
    ("Guards left three days ago.", "three days ago", "2016-05-09", "2016-05-09"),
    ("Guards left last week.", "last week", "2016-05-02", "2016-05-08"),
    ("Guards left this month.", "this month", "2016-05-01", "2016-05-31"),
    ("Guards left over the last 24 hours.", "the last 24 hours", "2016-05-11", "2016-05-12"),
    ("The town is 24 to 48 hours away from relief.", "24 to 48 hours away", "2016-05-13", "2016-05-14"),
    ("The town will fall within days.", "days", "2016-05-12", None),
    ("The town will fall within hours.", "hours", "2016-05-12", None),
    ("The end is only days away.", "days away", "2016-05-12", None),
    ("It will reopen in the coming weeks.", "the coming weeks", "2016-05-12", None),
    ("It will reopen in the weeks ahead.", "the weeks ahead", "2016-05-12", None),
    ("It will reopen within a few months.", "a few months", "2016-05-12", None),
    ("The town will fall within 48 hours.", "48 hours", "2016-05-12", "2016-05-14"),
    ("The town will be free in a week, at the most.", "a week", "2016-05-12", "2016-05-19"),
    ("It can be expected before the day is out.", "before the day is out", "2016-05-12", "2016-05-12"),
    ("It hopes to finish by the end of the year.", "the end of the year", "2016-05-12", "2016-12-31"),
    ("It fell in January.", "January", "2016-01-01", "2016-01-31"),
    ("It fell in November.", "November", "2015-11-01", "2015-11-30"),
    ("It will open in November.", "November", "2016-11-01", "2016-11-30"),
    ("It fell on 3 March.", "3 March", "2016-03-03", "2016-03-03"),
    ("It fell three years ago.", "three years ago", "2013-01-01", "2013-12-31"),
    ("It has been under siege for two and a half years.", "two and a half years", "2013-11-01", "2016-05-12"),
    ("It has been under siege for years.", "years", None, "2016-05-12"),
    ("It was shelled recently.", "recently", None, "2016-05-12"),
    ("It may end soon.", "soon", "2016-05-12", None),
    ("ORVEL (4:05 P.M.) - The road is open.", "4:05 P.M.", "2016-05-12", "2016-05-12"),
    ("Он сказал это в понедельник.", "понедельник", "2016-05-09", "2016-05-09"),
    ("Il est parti hier.", "hier", "2016-05-11", "2016-05-11"),
    ("وصل يوم الثلاثاء", "الثلاثاء", "2016-05-10", "2016-05-10"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "earliest", "latest"), ANCHORED)
def test_relative_times_count_from_the_anchor_or_stay_unresolved(
    text: str, words: str, earliest: str | None, latest: str | None
) -> None:
    found = only(text)
    assert (found.as_written, found.earliest, found.latest) == (words, earliest, latest)
    assert (found.basis, found.anchor) == ("anchored", "2016-05-12")
    without = only(text, None)
    assert (without.earliest, without.latest, without.basis) == (None, None, "unresolved")
    assert without.reason


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It flew 60-70 sorties per day.", "P1D"),
        ("It flies every two weeks.", "P2W"),
        ("It opens on Mondays.", "XXXX-WXX-1"),
        ("It reports daily.", "P1D"),
    ],
)
def test_sets_have_no_interval(text: str, value: str) -> None:
    found = only(text)
    assert (found.timex_type, found.timex_value) == ("SET", value)
    assert (found.earliest, found.latest) == (None, None)
    assert found.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("It fell on 30 February.", "no day 30"),
        ("It fell on 30 February 2015.", "no 2015-02-30"),
        ("By the year 20177 all is well.", "outside the calendar"),
        ("Signed 3/4/2015 in Orvel.", "may be swapped"),
        ("The day before the storm it was calm.", "counts from an event"),
        ("It lasted 4 years in all.", "without a stated start"),
        ("It fell the same day.", "not found before"),
    ],
)
def test_times_that_cannot_be_resolved_say_why(text: str, reason: str) -> None:
    found = only(text)
    assert (found.earliest, found.latest, found.basis) == (None, None, "unresolved")
    assert reason in str(found.reason)


LENGTHS = [
    ("A 14-year-old girl left.", "14-year-old", "P14Y"),
    ("It will take years.", "years", "PXY"),
    ("It was the worst in weeks.", "weeks", "PXW"),
    ("A weeklong truce held.", "weeklong", "P1W"),
    ("A months-long siege.", "months-long", "PXM"),
    ("A three-month-long siege.", "three-month-long", "P3M"),
    ("Talks may last 72 hours.", "72 hours", "PT72H"),
    ("Half fled within 24 hours of the attack.", "24 hours", "PT24H"),
]


@pytest.mark.parametrize(("text", "words", "value"), LENGTHS)
def test_lengths_and_ages_are_found_and_date_nothing(text: str, words: str, value: str) -> None:
    found = only(text)
    assert (found.as_written, found.timex_value, found.timex_type) == (words, value, "DURATION")
    assert found.basis == "unresolved"
    assert found.reason


VALUES = [
    ("It ends before June.", "2016-06"),
    ("It will open by summer.", "2016-SU"),
    ("This summer may be hot.", "2016-SU"),
    ("This winter was cold.", "2016-WI"),
    ("First-quarter profit rose.", "2016-Q1"),
    ("It rose in the second half of 2015.", "2015-H2"),
    ("It rose in the second quarter of 2015.", "2015-Q2"),
    ("It fell in the last quarter of 2015.", "2015-Q4"),
    ("It rained in the second week of April.", "2016-04"),
    ("Over the past week it rained.", "P1W"),
    ("It fell on the night of 3 March.", "2016-03-03TNI"),
    ("It fell in the early hours of Sunday.", "2016-05-08TMO"),
    ("It was shelled overnight.", "2016-05-11TNI"),
    ("It closed on Good Friday.", "2016-03-25"),
    ("It closed on Easter Monday 2015.", "2015-04-06"),
    ("It closed on Thanksgiving.", "2015-11-26"),
    ("It closed on Labor Day.", "2015-09-07"),
    ("It closed on Memorial Day.", "2016-05-30"),
    ("The law passed after 9/11.", "2001-09-11"),
    ("The trial opens Monday.", "2016-05-16"),
    ("Talks resume Monday.", "2016-05-16"),
    ("Voters go to the polls on Sunday.", "2016-05-15"),
    ("The group, which seized the town on Sunday, will hold a rally.", "2016-05-08"),
    ("It must end before June, the envoy said.", "2016-06"),
    ("Last Thursday, 5 May, troops left.", "2016-05-05"),
    ("It began at 0030 GMT.", "2016-05-12T00:30Z"),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_values_of_parts_of_years_days_and_feasts(text: str, value: str) -> None:
    assert only(text).timex_value == value


def test_deadlines_begin_at_the_anchor_and_end_with_the_unit() -> None:
    found = only("A deal will be reached before the month is out.")
    assert (found.earliest, found.latest) == ("2016-05-12", "2016-05-31")
    before = only("They must leave before June.")
    assert (before.earliest, before.latest) == ("2016-05-12", "2016-05-31")


def test_a_clock_time_takes_the_day_said_after_its_other_reading() -> None:
    times = resolve_times("It began at 8 a.m. local time (0500 GMT) on Tuesday.", ANCHOR)
    assert [item.earliest for item in times] == ["2016-05-10"] * 3


def test_feasts_of_the_islamic_calendar_are_a_day_either_side() -> None:
    found = only("Eid al-Fitr 2024 was quiet.")
    assert (found.earliest, found.latest) == ("2024-04-09", "2024-04-11")


@pytest.mark.parametrize(
    "text",
    [
        "May resigned.",
        "The march went on.",
        "A man aged 44 left.",
        "A second attack and a quarter of the town burnt.",
        "The years of plenty and our days.",
        "It entered its third week.",
        "Two T-72 tanks and a Mi-8 helicopter left.",
        "Some 2,000 people left.",
        "About 2000 people left.",
        "It cost $2015 a piece.",
        "Resolution No. 2015 passed.",
        "The Sunday Times wrote so.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert find_times(text) == ()


def test_now_is_a_state_dated_only_by_its_anchor() -> None:
    found = only("The road is now open.")
    assert (found.earliest, found.latest, found.basis) == ("2016-05-12", "2016-05-12", "as_of")
    assert found.timex_value == "PRESENT_REF"


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("It fell on 5 June 2014. The same day it rained.", "2014-06-05"),
        ("It fell on 5 June 2014. Two days later it rained.", "2014-06-07"),
        ("It fell on 5 June 2014. The following day it rained.", "2014-06-06"),
        ("It fell on 5 June 2014. The siege ended on 9 July.", "2014-07-09"),
    ],
)
def test_what_points_back_finds_the_time_before_it(text: str, last: str) -> None:
    assert resolve_times(text, ANCHOR)[-1].earliest == last


def test_dates_of_the_day_are_not_drawn_into_an_old_story() -> None:
    text = (
        "Guards left on Tuesday. Yesterday they came back, and last week they left again. "
        "The fort fell in May 2013.\nAid reached the town in April."
    )
    assert resolve_times(text, ANCHOR)[-1].earliest == "2016-04-01"


def test_the_ends_of_a_range_lend_each_other_their_year_and_join() -> None:
    text = "The fair ran from March to August 2011 there."
    times, expressions = resolve_times(text, None), find_times(text)
    assert [item.earliest for item in times] == ["2011-03-01", "2011-08-01"]
    (joined,) = join_ranges(times, expressions, text)
    assert (joined.as_written, joined.edtf) == ("March to August 2011", "2011-03-01/2011-08-31")


def test_two_years_joined_by_and_are_no_range() -> None:
    text = "It won in 2010 and 2014."
    assert len(join_ranges(resolve_times(text, None), find_times(text), text)) == 2


def test_a_clock_time_belongs_to_the_day_beside_it() -> None:
    clock = resolve_times("At 9 a.m. on Tuesday guards left.", ANCHOR)[0]
    assert (clock.timex_type, clock.timex_value) == ("TIME", "2016-05-10T09:00")


def test_a_clock_time_goes_on_with_the_day_told_last() -> None:
    text = "A tower fell on Monday.\n\nIt came down at 4:52 a.m. and blocked the road."
    told = resolve_times(text, ANCHOR)
    assert told[1].earliest == told[0].earliest == "2016-05-09"
    alone = resolve_times("It came down at 4:52 a.m. and blocked the road.", ANCHOR)
    assert alone[0].earliest == ANCHOR.isoformat()


def test_the_islamic_calendar_is_a_day_either_side() -> None:
    found = only("Signed on 15 Ramadan 1437 in Orvel.")
    assert str(found.earliest) <= "2016-06-20" <= str(found.latest)


def test_a_diary_that_says_which_day_it_is_moves_the_anchor() -> None:
    times = resolve_times("Today is Tuesday. We left yesterday.", ANCHOR)
    assert times[-1].earliest == "2016-05-09"


def test_a_gregorian_date_beside_an_islamic_one_settles_it() -> None:
    times = resolve_times("Signed on 15 Ramadan 1437 (20 June 2016) in Orvel.", None)
    assert [item.earliest for item in times] == ["2016-06-20", "2016-06-20"]


def test_a_quotation_counts_from_its_own_day() -> None:
    text = 'She said: "We left yesterday." They came yesterday.'
    quoted = AnchoredRange(start=10, end=30, anchor=date(2016, 5, 2))
    times = resolve_times(text, ANCHOR, ranges=[quoted])
    assert [item.earliest for item in times] == ["2016-05-01", "2016-05-11"]
    unknown = AnchoredRange(start=10, end=30, anchor=None)
    assert resolve_times(text, ANCHOR, ranges=[unknown])[0].basis == "unresolved"


def test_one_expression_resolves_against_a_given_reference() -> None:
    (expression,) = find_times("on Tuesday")
    assert resolve_time(expression, date(2016, 5, 3)).earliest == "2016-05-03"


def test_values_before_any_anchor_mark_unknown_digits() -> None:
    values = [item.value for item in find_times("On Tuesday, in January, on 3 March 2016.")]
    assert values == ["XXXX-WXX-2", "XXXX-01", "2016-03-03"]


# --- laws -----------------------------------------------------------------------------

VOCABULARY = (
    "in on since until before after by for within the a last next this two 3 30 2016 20177 "
    "1437 May March February Tuesday week weeks year days ago later night early late of and "
    "to - , . today now siege will has Ramadan century 15th 1990s 4:05 P.M. 9/9/99 first "
    "half second overnight Easter Thanksgiving weeklong before June Q3 марта вчера mars أمس said killed 24 hours away summer Christmas AD BC every "
    "per"
)
WORDS = st.sampled_from([*VOCABULARY.split(), "\n"])
TEXTS = st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=200)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.none() | st.dates())
def test_any_text_gives_ordered_spans_and_ordered_intervals(text: str, anchor: date | None) -> None:
    end = 0
    for item in resolve_times(text, anchor):
        assert text[item.start : item.end] == item.as_written
        assert end <= item.start < item.end
        end = item.end
        if item.earliest and item.latest:
            assert item.earliest <= item.latest
        if item.basis == "unresolved":
            assert item.earliest is item.latest is item.edtf is None
            assert item.reason


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["yesterday", "three days ago", "over the last 24 hours", "tomorrow"]),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.integers(-1000, 1000),
)
def test_shifting_the_anchor_shifts_what_counts_from_it(
    words: str, anchor: date, days: int
) -> None:
    here, there = only(words, anchor), only(words, anchor + timedelta(days=days))
    shifted = date.fromisoformat(str(here.earliest)) + timedelta(days=days)
    assert there.earliest == shifted.isoformat()


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_without_an_anchor_nothing_is_guessed(text: str) -> None:
    for item in resolve_times(text, None):
        assert item.basis in {"absolute", "anchored", "unresolved"}
        assert item.basis != "anchored" or item.anchor is not None


@pytest.mark.parametrize(
    "hostile",
    ["9" * 100_000, "in " * 33_000, "two and a half " * 7_000, "3 March " * 12_000,
     "1/" * 50_000, "a'" * 50_000, "\n \n" * 30_000, "a.m. " * 20_000, "- " * 50_000],
)  # fmt: skip
def test_hostile_texts_take_time_in_proportion_to_their_length(hostile: str) -> None:
    started = time.process_time()
    resolve_times(hostile, ANCHOR)
    assert time.process_time() - started < 10


def test_what_counts_on_from_a_date_in_days_or_weeks_is_open() -> None:
    times = resolve_times("It fell on 3 March 2031. In the following weeks it was rebuilt.", None)
    assert (times[-1].as_written, times[-1].earliest, times[-1].latest) == (
        "the following weeks",
        "2031-03-03",
        None,
    )


def test_years_before_the_calendar_are_said_and_not_dated() -> None:
    found = only("They came 5,000 years ago.")
    assert (found.earliest, found.latest, found.timex_value) == (None, None, "BC2985")
    assert found.reason


def test_today_in_a_text_about_other_ages_is_the_present_age() -> None:
    text = "It was built in 1871, burnt in 1902 and rebuilt in 1911. Today the quarter is a market."
    times = resolve_times(text, date(2016, 5, 12))
    assert (times[-1].as_written, times[-1].basis) == ("Today", "as_of")
