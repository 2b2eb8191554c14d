"""What came of a forecast: told with its day, told without one, or told as not come yet."""

from functools import cache
from typing import Final

from firsthand.link.blocking import CAME, OUTCOME_DAYS, unchanged
from firsthand.link.compare import comparable
from firsthand.link.hashing import STEM, hashed
from firsthand.link.lexicons import UNSORTED, gone_by, has_words, knowledge
from firsthand.link.origins import plain_name
from firsthand.link.spots import spot_distance_km
from firsthand.link.stories import RARE, word_bits
from firsthand.link.views import Spot, View

OUTCOME_KM: Final = 25.0
MATTER_WORDS: Final = 2
MATTER_BITS: Final = 15.0
"""Words of the matter, and what they tell, by which a claim of any type answers a forecast."""
AGREED: Final = 2
"""Words of the matter that a later forecast shares with the one it puts off."""


@cache
def _forms() -> frozenset[int]:
    """Words that say nothing of the matter: auxiliaries, prepositions, units of time."""
    return frozenset(hashed("word", word[:STEM]) for word in knowledge("form"))


def is_outcome(forecast: View, later: View) -> bool:
    """Whether a claim can tell what came of a forecast: same kind, same place, said later."""
    if forecast.facts.modality != "forecast" or forecast.latest is None:
        return False
    if _told_in_its_words(forecast, later):
        return True
    if not comparable(forecast, later):
        return False
    if tells_unmet(forecast, later):
        return True
    told = later.in_event and later.row.family != UNSORTED
    if not told or not _in_reach(forecast, later):
        return False
    return _near(forecast, later) and _same_matter(forecast, later)


def is_held_up(view: View) -> bool:
    """Whether it tells of something shut or waiting: that says nothing of what was to come."""
    return has_words("held_up", view.facts.text)


def is_off(forecast: View, later: View) -> bool:
    """Whether a page tells that what was to come was called off or put off."""
    return has_words("called_off", later.facts.text) and not has_words(
        "called_off", forecast.facts.text
    )


def _told_in_its_words(forecast: View, later: View) -> bool:
    """Whether a later page tells what came of it in the words of its matter, whatever its type.

    Words of places count once: two of one town are not of one matter for that.
    """
    if later.facts.modality not in CAME or not _in_reach(forecast, later):
        return False
    if later.words & unchanged() or (is_held_up(later) and not is_held_up(forecast)):
        return False
    shared = _matter(forecast, later)
    bits = sum(word_bits().get(word, RARE) for word in shared)
    if len(shared) < MATTER_WORDS or bits < MATTER_BITS:
        return False
    return _near(forecast, later) or not forecast.spots or not later.spots


def day_told(view: View) -> int | None:
    """The day on which it was, by its words.

    A present tense on a page's day names none, nor do words of what had begun before.
    """
    time, begun = view.facts.time, begun_by(view)
    if begun is not None:
        return begun
    if _goes_on(view.facts.text):
        return None
    if view.facts.lead_time is None and time is not None and time.basis == "as_of":
        return None
    return view.earliest


def begun_by(view: View) -> int | None:
    """The last day on which it can have begun, by words of how long it had gone on by its day.

    "Entered their second week on Friday" says that they began at least seven days before.
    """
    if view.latest is None:
        return None
    words = f" {' '.join(view.facts.text.casefold().split())} "
    gone = [days for mark, days in gone_by().items() if f" {mark} " in words]
    return view.latest - max(gone) if gone else None


def came_by(view: View) -> int | None:
    """The day from which it is told as having come: the first of its time, or since when it was."""
    begun = begun_by(view)
    return view.earliest if begun is None else begun


def _goes_on(text: str) -> bool:
    words = f" {' '.join(text.casefold().split())} "
    return any(f" {mark} " in words for mark in knowledge("ongoing"))


def _in_reach(forecast: View, later: View) -> bool:
    """Whether it was after the forecast; for one of a day, a page since then may name no day.

    Without a day only words of the matter tie the two.
    """
    if forecast.latest is None or _as_yet_untold(forecast, later):
        return False
    if later.earliest is None:
        told = later.published
        of_a_day = forecast.earliest == forecast.latest
        if told is None or not of_a_day or later.facts.modality != "asserted" or later.dated:
            return False
        since = forecast.latest <= told <= forecast.latest + OUTCOME_DAYS
        return since and _shared(forecast, later) > 0
    if forecast.published is not None and later.earliest < forecast.published:
        return False
    return later.earliest <= forecast.latest + OUTCOME_DAYS


def _as_yet_untold(forecast: View, later: View) -> bool:
    """Whether a page is no later than the one that foretells what for it lies ahead."""
    if forecast.published is None or later.published is None or forecast.latest is None:
        return False
    return forecast.latest > forecast.published >= later.published


def tells_unmet(forecast: View, later: View) -> bool:
    """Whether a page from after the deadline says that the matter still had not come.

    It does where it tells it as unchanged, or says that it will not be before some day. A plain
    forecast may be of the next of its kind.
    """
    when, by = later.published, forecast.latest
    if when is None or by is None or not by < when <= by + OUTCOME_DAYS:
        return False
    if forecast.facts.type != later.facts.type or not _places(forecast) & _places(later):
        return False
    same = bool(later.words & unchanged())
    if later.facts.modality == "forecast":
        put_off = same or later.facts.polarity == "negative"
        enough = 1 if later.facts.polarity == "negative" and not same else AGREED
        return put_off and _shared(forecast, later) >= enough
    same = same and later.facts.modality == "asserted"
    if not same or later.inherited or (later.earliest is not None and later.earliest < by):
        return False
    return _shared(forecast, later) > 0


def _shared(one: View, other: View) -> int:
    """How many words of the matter two claims share."""
    return len(_matter(one, other))


def _matter(one: View, other: View) -> frozenset[int]:
    """The words of the matter that two claims share, the names of places aside."""
    names = {
        hashed("word", word[:STEM])
        for view in (one, other)
        for place in view.facts.places
        for name in (place.as_written, place.name or "")
        for word in plain_name(name).split()
    }
    return (one.words & other.words) - names - _forms()


def _same_matter(forecast: View, later: View) -> bool:
    """Whether a forecast of a figure is answered by one of its kind, or by the same parties."""
    kinds = {kind for kind, _ in forecast.figures} - {"duration"}
    if not kinds or forecast.named.keys() & later.named.keys():
        return True
    return any(kind in kinds for kind, _ in later.figures)


def _places(view: View) -> frozenset[str]:
    return frozenset(p.gazetteer_id for p in view.facts.places if p.gazetteer_id is not None)


def _near(one: View, other: View) -> bool:
    if _places(one) & _places(other):
        return True
    return any(_within(a, b) for a in one.spots for b in other.spots)


def _within(one: Spot, other: Spot) -> bool:
    apart = spot_distance_km(one, other)
    return apart is not None and apart <= max(OUTCOME_KM, one.radius_km, other.radius_km)
