"""Compares two claims field by field; the sum of weights says whether they tell one event."""

import math
from functools import cache
from typing import Final

import msgspec

from firsthand.link.lexicons import UNSORTED, can_go_together, weights
from firsthand.link.spots import place_level
from firsthand.link.stories import WORDS
from firsthand.link.views import View, undated_formula, value_bounds

DAY_TOLERANCE: Final = 1
"""Nights and time zones put one happening on two dates."""
WEEK: Final = 7
NEAR_PUBLISHED: Final = 5
"""Days within which two pages report one fresh happening."""
FAR_PUBLISHED: Final = 14
"""Pages further apart are not taken to report one happening without a time in the text."""
FORBIDDING: Final = -99.0
"""Weight of a level that forbids a link whatever else agrees."""
RARE_VALUE: Final = 12
COPIED, ALIKE, SOME = 0.85, 0.5, 0.3
COPIED_WORDS, ALIKE_WORDS, SOME_WORDS = 6, 4, 3
STORY: Final = (("one", 6), ("like", 4), ("some", 2), ("hardly", 1), ("none", 0))
"""Levels of likeness of two articles, with how many of their sixteen words they share."""
UNSORTED_TIES: Final = frozenset(
    {("story", "one"), ("story", "like"), ("lineage", "twin"), ("words", "copied")}
)
"""What can tie a claim of no known type to one of another article."""
LIKE_STORIES: Final = frozenset({"one", "like"})
MAIN_TIES: Final = frozenset({("lead", "both"), ("story", "like")})
"""What together can tie the main incidents of two articles."""
CLAUSE_CHARS: Final = 60
NEXT_CHARS: Final = 200
"""About a clause, and about two sentences."""
ANCHORS: Final = frozenset(
    {
        ("time", "same_day"),
        ("time", "overlap"),
        ("time", "overlap_wide"),
        ("time", "adjacent"),
        ("time", "one_undated_near"),
        ("time", "both_undated_near"),
        ("quantities", "equal_rare"),
        ("quantities", "equal"),
        ("words", "copied"),
        ("words", "alike"),
        ("lineage", "twin"),
        ("story", "one"),
        ("document", "same"),
        ("document", "sentence"),
        ("document", "clause"),
        ("document", "next"),
        ("document", "title"),
        ("document", "incident"),
    }
)
"""What can tie two incidents; type, place and actors alone fit every raid of a war."""
OWN_PRIORS: Final = frozenset({"state", "condition", "situation", "other"})
"""Groups of types whose claims are put together more or less readily than incidents."""
LASTING: Final = frozenset({"state", "situation", "disease"})
OUTBREAKS: Final = frozenset({"disease"})
OUTBREAK_DAYS: Final = 45
LATEST: Final = ("news", "latest")
THERE: Final = frozenset({"same", "close", "inside"})
"""Levels of place at which a page without a day tells of the last thing of a kind there."""
GROUNDS: Final = frozenset(
    {
        "same",
        "same_wide",
        "close",
        "article",
        "inside",
        "same_words",
        "same_roles",
        "same_day",
        "overlap",
    }
    | {"equal", "equal_rare", "twin", "sentence", "clause", "next", "title", "incident"}
    | {"one", "like", "both"}
)
"""Levels of which one at least must stand beside likeness of wording."""


class Comparison(msgspec.Struct, frozen=True, gc=False):
    """The sum of weights, the field levels it is made of, and whether a field forbids a link."""

    total: float
    parts: tuple[tuple[str, str], ...]
    vetoed: bool

    @property
    def linked(self) -> bool:
        """Whether the two tell one event."""
        return not self.vetoed and self.total >= weights()["threshold", "event"]


def compare(one: View, other: View, event_km: float, *, twin: bool) -> Comparison:
    """How likely two claims tell one event; the order of the two does not matter."""
    table = weights()
    both = one.in_event and other.in_event
    when = ("time", _time_level(one, other))
    if both and table[when] <= FORBIDDING:
        return Comparison(FORBIDDING, (when,), vetoed=True)
    where = ("place", place_level(one, other, event_km))
    if both and table[where] <= FORBIDDING:
        return Comparison(FORBIDDING, (where,), vetoed=True)
    group = _group(one, other)
    story = _story_level(one, other, group)
    alike = story in LIKE_STORIES or when[1] == "same_day"
    parts = (
        ("prior", group),
        ("type", _type_level(one, other)),
        when,
        where,
        *[("actors", level) for level in _actor_levels(one, other, group)],
        ("quantities", _quantity_level(one, other)),
        ("words", _words_level(one, other)),
        ("document", _document_level(one, other)),
        ("story", story),
        ("lead", _lead_level(one, other) if alike else "none"),
        ("lineage", "twin" if twin else "none"),
    )
    if when[1] == "one_undated_near" and _latest_of_kind(parts):
        parts = (*parts, LATEST)
    found = [table[part] for part in parts]
    return Comparison(sum(found), parts, min(found) <= FORBIDDING or not _grounded(parts))


def _latest_of_kind(parts: tuple[tuple[str, str], ...]) -> bool:
    """Whether one tells, without a day, what a page of the days before told of the same place.

    News that gives no day tells of the latest thing of its kind.
    """
    levels = dict(parts)
    there = levels["place"] in THERE
    counted = levels["place"] == "article" and levels["quantities"] != "unknown"
    return levels["type"] == "same" and (there or counted) and levels["prior"] not in LASTING


@cache
def _grounds() -> frozenset[tuple[str, str]]:
    """The levels of `GROUNDS` in the fields that say more than what kind of thing is told."""
    return frozenset(
        (field, level)
        for field, level in weights()
        if level in GROUNDS and field not in {"prior", "type"}
    )


def _grounded(parts: tuple[tuple[str, str], ...]) -> bool:
    incident = parts[0][1] not in LASTING
    anchors = UNSORTED_TIES if parts[0][1] == UNSORTED and _apart(parts) else ANCHORS
    tied = not incident or not anchors.isdisjoint(parts) or set(parts) >= MAIN_TIES
    return tied and not _grounds().isdisjoint(parts)


def _apart(parts: tuple[tuple[str, str], ...]) -> bool:
    return ("document", "other") in parts


def _group(one: View, other: View) -> str:
    if one.kin == other.kin and ("prior", one.kin) in weights():
        return one.kin
    mine, theirs = one.row.group, other.row.group
    if UNSORTED in (mine, theirs):
        return UNSORTED
    return mine if mine == theirs and mine in OWN_PRIORS else "incident"


def _type_level(one: View, other: View) -> str:
    if UNSORTED in (one.row.family, other.row.family):
        return "unsorted"
    if one.facts.type == other.facts.type:
        return "same"
    if one.row.family == other.row.family:
        return "same_family"
    return "related" if comparable(one, other) else "unrelated"


def comparable(one: View, other: View) -> bool:
    """Whether two claims can tell parts of one happening, by their own types or their incidents'."""
    mine, theirs = one.row.family, other.row.family
    if mine == theirs or one.kin in (theirs, other.kin) or mine == other.kin:
        return True
    return can_go_together(mine, theirs) or can_go_together(one.kin, other.kin)


def _time_level(one: View, other: View) -> str:
    if one.dated and other.dated:
        return _overlap_level(one, other)
    if one.dated or other.dated:
        dated, undated = (one, other) if one.dated else (other, one)
        same_text = one.facts.document_id == other.facts.document_id
        return (
            "undated"
            if same_text
            else _half_dated_level(dated, undated, lasts=not _happens(one, other))
        )
    if one.published is None or other.published is None:
        return "undated"
    apart = abs(one.published - other.published)
    if apart <= NEAR_PUBLISHED:
        return "both_undated_near"
    return "published_far" if apart > FAR_PUBLISHED and _happens(one, other) else "undated"


def _happens(one: View, other: View) -> bool:
    mine, theirs = one.row.group, other.row.group
    return mine not in LASTING and theirs not in LASTING and _group(one, other) not in LASTING


def _overlap_level(one: View, other: View) -> str:
    begins, ends = (_low(one), _low(other)), (_high(one), _high(other))
    low, high = max(begins), min(ends)
    if low > high + DAY_TOLERANCE:
        return "outbreak" if _one_outbreak(one, other, low - high) else "disjoint"
    narrow, widest = sorted((ends[0] - begins[0], ends[1] - begins[1]))
    if low > high:
        return "adjacent" if widest <= DAY_TOLERANCE else "disjoint"
    if widest <= DAY_TOLERANCE:
        return "same_day"
    if narrow <= DAY_TOLERANCE and widest > WEEK and _happens(one, other):
        return "period"
    return "overlap" if widest <= WEEK else "overlap_wide"


def _one_outbreak(one: View, other: View, apart: float) -> bool:
    """Whether both tell of a disease within weeks: its counts are told day after day."""
    return one.kin == other.kin and one.kin in OUTBREAKS and apart <= OUTBREAK_DAYS


def _low(view: View) -> float:
    return -math.inf if view.earliest is None else view.earliest


def _high(view: View) -> float:
    return math.inf if view.latest is None else view.latest


def _half_dated_level(dated: View, undated: View, *, lasts: bool) -> str:
    if undated.published is None or dated.row.group == "state":
        return "undated"
    early = _low(dated) - undated.published
    if early > DAY_TOLERANCE:
        return "undated" if _one_outbreak(dated, undated, early) else "before"
    late = undated.published - _high(dated)
    if late <= NEAR_PUBLISHED:
        return "one_undated_near"
    return "published_far" if late > FAR_PUBLISHED and not lasts else "undated"


def _actor_levels(one: View, other: View, group: str) -> tuple[str, ...]:
    shared = one.named.keys() & other.named.keys() if one.named and other.named else ()
    if shared:
        same = sum(1 for name in shared if one.named[name] & other.named[name])
        if same:
            return ("same_roles",) * min(2, same)
        return ("differ_state" if group == "state" else "shared",)
    if one.doers and other.doers:
        return ("differ_state" if group == "state" else "differ",)
    if "control_of_territory" in (one.facts.type, other.facts.type):
        return ("holder_unknown",)
    return ("unknown",)


def _quantity_level(one: View, other: View) -> str:
    if not one.figures or not other.figures:
        return "unknown"
    found: set[str] = set()
    for mine, a in one.figures:
        for theirs, b in other.figures:
            low, high = value_bounds(a), value_bounds(b)
            if mine == theirs and (a.unit or "") == (b.unit or "") and low and high:
                found.add(_value_level(a.value, b.value, low, high))
    order = ("equal_rare", "equal", "compatible", "differ")
    return next((level for level in order if level in found), "unknown")


def _value_level(
    mine: float | None, theirs: float | None, a: tuple[float, float], b: tuple[float, float]
) -> str:
    if mine is not None and mine == theirs:
        return "equal_rare" if mine > RARE_VALUE else "equal"
    return "compatible" if a[0] <= b[1] and b[0] <= a[1] else "differ"


def _words_level(one: View, other: View) -> str:
    if undated_formula(one, other):
        return "few"
    common = len(one.words & other.words)
    if common < SOME_WORDS:
        return "few"
    share = common / min(len(one.words), len(other.words))
    if share >= COPIED and common >= COPIED_WORDS:
        return "copied"
    if share >= ALIKE and common >= ALIKE_WORDS:
        return "alike"
    return "some" if share >= SOME else "few"


def words_alike(one: View, other: View, share: float) -> bool:
    """Whether two claims have three words in common, and this share of the shorter's."""
    common = len(one.words & other.words)
    return common >= SOME_WORDS and common >= share * min(len(one.words), len(other.words))


def _story_level(one: View, other: View, group: str) -> str:
    """How far two articles are about one matter, by the rarest words of each."""
    if one.facts.document_id == other.facts.document_id or undated_formula(one, other):
        return "unknown"
    if not one.story or not other.story or group in LASTING:
        return "unknown"  # every article on a war tells of its siege
    most = min(len(one.story), len(other.story))
    common = len(one.story & other.story) * WORDS / most
    found = next(level for level, least in STORY if common >= least)
    if found == "one" and (one.published is None or other.published is None):
        return "like"  # pages without a day may be of any month of one war
    return found


def _lead_level(one: View, other: View) -> str:
    """Whether two claims lead what their articles tell most of, and that is of one kind.

    Asked of articles on one day or on like matters: others may tell of two days of one war.
    """
    mains = one.main and other.main and one.facts.document_id != other.facts.document_id
    return "both" if mains and one.kin == other.kin and _happens(one, other) else "none"


def _document_level(one: View, other: View) -> str:
    if one.facts.document_id != other.facts.document_id:
        return "other"
    if one.facts.incident is not None and one.facts.incident == other.facts.incident:
        return "incident"
    if UNSORTED in (one.row.family, other.row.family):
        return "beside"
    return "title" if one.facts.title != other.facts.title else _nearness(one, other)


def _nearness(one: View, other: View) -> str:
    """How near two claims of one article's text stand."""
    if one.facts.sentence == other.facts.sentence:
        return "sentence"
    gap = max(one.facts.start, other.facts.start) - min(one.facts.end, other.facts.end)
    if gap <= CLAUSE_CHARS:
        return "clause"
    return "next" if gap <= NEXT_CHARS else "same"


_WORDS: Final = {
    "same": "the same {}",
    "same_roles": "the same named actor in the same role",
    "same_day": "the same day",
    "overlap": "times that overlap",
    "equal_rare": "the same figure",
    "equal": "the same figure",
    "copied": "nearly the same words",
    "alike": "like words",
    "twin": "the same passage, copied",
    "denies": "one denies the other",
    "incident": "told as facts of one happening",
    "title": "headline and text of one article",
    "sentence": "told in one sentence",
    "clause": "told in one breath",
    "next": "told within a few lines",
    "close": "places within each other's uncertainty",
    "inside": "one place inside the other",
    "same_words": "a place written alike",
    "one": "articles on one matter",
    "like": "articles on like matters",
    "related": "types that go together",
    "same_family": "types of one family",
    "one_undated_near": "a page from the days after",
    "both_undated_near": "pages from the same days",
    "both": "what both articles tell most of",
}


def in_words(comparison: Comparison) -> str:
    """Why two claims are linked: the levels that spoke for it, strongest first."""
    table = weights()
    told = {part for part in comparison.parts if table[part] > 0 and part[1] in _WORDS}
    found = sorted(told, key=lambda part: (-table[part], part[1], part[0]))
    return ", ".join(_WORDS[level].format(field) for field, level in found)
