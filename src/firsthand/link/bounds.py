"""The most that pairs of claims can weigh, in columns: the rest is never compared in full.

Each field gives no less than `compare` would, from what numbers and bit sets show of the two.
Weights are those of the table, so a bound moves with them.
"""

from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np

from firsthand.link.awaited import MATTER_WORDS
from firsthand.link.boxes import Boxes
from firsthand.link.columns import Bits, Flags, Floats, Ints, flags_of, ints_of, numbers_of, ones_of
from firsthand.link.compare import (
    ALIKE,
    ALIKE_WORDS,
    CLAUSE_CHARS,
    COPIED,
    COPIED_WORDS,
    DAY_TOLERANCE,
    FAR_PUBLISHED,
    LASTING,
    LATEST,
    NEAR_PUBLISHED,
    NEXT_CHARS,
    OUTBREAKS,
    OWN_PRIORS,
    SOME,
    SOME_WORDS,
    STORY,
)
from firsthand.link.days import first_day
from firsthand.link.lexicons import UNSORTED, can_go_together, families, standing, type_row, weights
from firsthand.link.marks import (
    BOX,
    COUNT,
    DOERS,
    FIRST_STORY,
    FIRST_WORDS,
    FLAGS,
    INHERITED,
    KINDS,
    MAIN,
    NAMED,
    PLACED,
    PLACES,
    REACH,
    SIZE,
    STORY_SIZE,
    TIMED,
    VALUES,
    Looked,
)
from firsthand.link.stories import WORDS

EVER: Final = 10**7
"""A day number after all others, for intervals that are open; below zero before all others."""
LIKE: Final = dict(STORY)["like"]
SLACK: Final = 1e-6
"""Sums in another order differ in the last digits."""


def _most(field: str, *levels: str) -> float:
    return max(weights()[field, level] for level in levels)


@cache
def _related() -> Flags:
    """Whether two families, by number, are one or can tell parts of one happening."""
    names = families()
    return np.array([[can_go_together(one, other) for other in names] for one in names], np.bool_)


class Bounds:
    """What is known of some claims in columns, and what a pair of them can come to at most."""

    def __init__(self, looks: Sequence[Looked]) -> None:
        """Claims in any order; pairs are named by their places in it."""
        self._where_and_when(looks)
        self._what(looks)
        self._who(looks)

    def _where_and_when(self, looks: Sequence[Looked]) -> None:
        days = [first_day(look.published) for look in looks]
        self.document = numbers_of(look.document_id for look in looks)
        self.outlet = numbers_of(look.outlet for look in looks)
        self.sentence = ints_of(look.sentence for look in looks)
        self.start = ints_of(look.start for look in looks)
        self.end = ints_of(look.end for look in looks)
        self.title = flags_of(look.title for look in looks)
        self.incident = numbers_of(look.incident for look in looks)
        self.low = ints_of(-EVER if look.earliest is None else look.earliest for look in looks)
        self.high = ints_of(EVER if look.latest is None else look.latest for look in looks)
        self.dated: Flags = (self.low > -EVER) | (self.high < EVER)
        self.known = flags_of(day is not None for day in days)
        self.published = ints_of(day or 0 for day in days)

    def _what(self, looks: Sequence[Looked]) -> None:
        table, rows = weights(), [type_row(look.type) for look in looks]
        kins = [look.kin or row.family for look, row in zip(looks, rows, strict=True)]
        numbers = {name: number for number, name in enumerate(families())}
        own = {level for field, level in table if field == "prior"}
        self.type = numbers_of(look.type for look in looks)
        self.modality = numbers_of(look.modality for look in looks)
        self.family = ints_of(numbers[row.family] for row in rows)
        self.kin = ints_of(numbers[kin] for kin in kins)
        self.outbreak = flags_of(kin in OUTBREAKS for kin in kins)
        self.own_kin = flags_of(kin in own for kin in kins)
        self.kin_prior = np.array([table.get(("prior", kin), 0.0) for kin in kins])
        self.group = numbers_of(row.group for row in rows)
        self.own_group = flags_of(row.group in OWN_PRIORS for row in rows)
        self.group_prior = np.array([table.get(("prior", row.group), 0.0) for row in rows])
        lasts = (r.group in LASTING or kin in LASTING for r, kin in zip(rows, kins, strict=True))
        self.lasts = flags_of(lasts)
        self.unsorted = flags_of(row.family == UNSORTED for row in rows)
        self.standing = flags_of(row.family in standing() for row in rows)
        self.in_event = flags_of(look.in_event for look in looks)
        self.forecast = flags_of(look.modality == "forecast" for look in looks)
        self.sure = flags_of(look.denies is not None for look in looks)
        self.control = flags_of(look.type == "control_of_territory" for look in looks)
        self.origin = numbers_of(look.origin_key for look in looks)

    def _who(self, looks: Sequence[Looked]) -> None:
        flat = ints_of(mark for look in looks for mark in look.marks)
        marks = flat.reshape(len(looks), COUNT).view(np.uint64)
        flags = marks[:, FLAGS]
        self.doers: Flags = (flags & np.uint64(DOERS)) > 0
        self.placed: Flags = (flags & np.uint64(PLACED)) > 0
        self.inherited: Flags = (flags & np.uint64(INHERITED)) > 0
        self.named, self.places = marks[:, NAMED], marks[:, PLACES]
        self.kinds, self.values = marks[:, KINDS], marks[:, VALUES]
        self.timed: Flags = (flags & np.uint64(TIMED)) > 0
        self.main: Flags = (flags & np.uint64(MAIN)) > 0
        self.boxes = Boxes(marks[:, BOX], marks[:, REACH])
        self.words: Bits = np.ascontiguousarray(marks[:, FIRST_WORDS:FIRST_STORY])
        self.size: Ints = marks[:, SIZE].astype(np.int64)
        self.hidden = self.size - ones_of(self.words)
        self.story: Bits = np.ascontiguousarray(marks[:, FIRST_STORY:])
        self.story_size: Ints = marks[:, STORY_SIZE].astype(np.int64)
        self.story_hidden = self.story_size - ones_of(self.story)

    def fitting(self, one: Ints, other: Ints) -> Flags:
        """Which pairs could be linked at all, by their kinds and days."""
        both = self.in_event[one] & self.in_event[other]
        related = self._comparable(one, other)
        meets = self.low[one] <= self.high[other] + DAY_TOLERANCE
        meets &= self.low[other] <= self.high[one] + DAY_TOLERANCE
        meets |= self._one_outbreak(one, other)
        alike = self._alike(one, other)
        foretold = self.forecast[one] != self.forecast[other]
        foretold &= related | (self._common(one, other)[0] >= MATTER_WORDS)
        fits: Flags = np.where(both, related & meets, alike | foretold)
        return fits

    def _one_outbreak(self, one: Ints, other: Ints) -> Flags:
        """Whether the days of two claims need not meet, since both tell of a disease."""
        found: Flags = self.outbreak[one] & (self.kin[one] == self.kin[other])
        return found

    def _comparable(self, one: Ints, other: Ints) -> Flags:
        """As `compare.comparable`, by number."""
        mine, theirs = self.family[one], self.family[other]
        kin, other_kin = self.kin[one], self.kin[other]
        found: Flags = _related()[mine, theirs] | _related()[kin, other_kin]
        found |= (kin == theirs) | (mine == other_kin)
        return found

    def _alike(self, one: Ints, other: Ints) -> Flags:
        same: Flags = self.type[one] == self.type[other]
        same &= self.modality[one] == self.modality[other]
        return same

    def worth(self, one: Ints, other: Ints) -> Flags:
        """Which pairs, among those that fit, may come to anything if compared."""
        both = self.in_event[one] & self.in_event[other]
        kept = np.empty(len(one), np.bool_)
        kept[both] = self._may_happen(one[both], other[both])
        kept[~both] = self._may_be_said(one[~both], other[~both])
        return kept

    def most(self, one: Ints, other: Ints) -> Floats:
        """No less than the weight of each pair of claims that stand in events."""
        total = self._prior(one, other) + self._kind(one, other) + self._time(one, other)
        total += self._place(one, other) + self._actors(one, other)
        total += self._quantities(one, other) + self._document(one, other)
        total += self._words(one, other) + self._story(one, other) + self._lead(one, other)
        return total + weights()["lineage", "none"] + SLACK

    def _may_happen(self, one: Ints, other: Ints) -> Flags:
        """Two claims of happenings: enough weight, or a denial, a holder of ground, a source again."""
        found = self._grounded(one, other)
        found[found] = self.most(one[found], other[found]) >= weights()["threshold", "event"]
        found |= self.sure[one] | self.sure[other]
        again = (self.origin[one] == self.origin[other]) & (self.type[one] == self.type[other])
        found |= again & self.standing[one] & ~self.timed[one] & ~self.timed[other]
        return found | (self.control[one] & self.control[other])

    def _grounded(self, one: Ints, other: Ints) -> Flags:
        """Whether something other than likeness of words may tie two, and hold them to one time."""
        both = self.unsorted[one] | self.unsorted[other]
        apart = self.document[one] != self.document[other]
        told: Flags = ~apart & (~both | (self.incident[one] == self.incident[other]))
        dated = self.dated[one] & self.dated[other]
        equal = (self.values[one] & self.values[other]) > 0
        shared, _ = self._story_shared(one, other)
        like: Flags = apart & (shared >= LIKE)
        ground = told | dated | equal | like | self._at_one_place(one, other)
        ground |= (self.named[one] & self.named[other]) > 0
        common, least = self._common(one, other)
        alike = (common >= ALIKE_WORDS) & (common >= ALIKE * least)
        anchor = told | dated | equal | alike | like
        anchor |= self.lasts[one] | self.lasts[other]
        known, other_known = self.known[one], self.known[other]
        anchor |= np.where(self.dated[one], other_known, known & (other_known | self.dated[other]))
        found: Flags = ground & anchor
        return found

    def _at_one_place(self, one: Ints, other: Ints) -> Flags:
        """Whether a place of one may be a place of the other, or hold it."""
        found: Flags = (self.places[one] & self.places[other]) > 0
        return found | self.boxes.near(one, other)

    def _may_be_said(self, one: Ints, other: Ints) -> Flags:
        """Other claims: like words where both are of one kind, else a forecast and its outcome."""
        alike = self._alike(one, other)
        common, least = self._common(one, other)
        share = np.where(self.origin[one] == self.origin[other], SOME, COPIED)
        worded: Flags = (common >= SOME_WORDS) & (common >= share * least)
        return np.where(alike, worded | self.forecast[one], self._may_come(one, other))

    def _may_come(self, one: Ints, other: Ints) -> Flags:
        """A forecast with a last day, and what can tell of it."""
        first = self.forecast[one]
        forecast, later = np.where(first, one, other), np.where(first, other, one)
        sorted_in = self.in_event[later] & ~self.unsorted[later]
        told = sorted_in | (self.type[one] == self.type[other])
        told |= self._common(one, other)[0] >= MATTER_WORDS
        found: Flags = (self.high[forecast] < EVER) & told
        return found

    def _common(self, one: Ints, other: Ints) -> tuple[Ints, Ints]:
        """The most words two claims can share, and how many the shorter has."""
        least = np.minimum(self.size[one], self.size[other])
        shared = ones_of(self.words[one] & self.words[other])
        shared += np.minimum(self.hidden[one], self.hidden[other])
        return np.minimum(shared, least), least

    def _prior(self, one: Ints, other: Ints) -> Floats:
        kin = (self.kin[one] == self.kin[other]) & self.own_kin[one]
        group = (self.group[one] == self.group[other]) & self.own_group[one]
        rest = np.where(group, self.group_prior[one], weights()["prior", "incident"])
        unsorted = self.unsorted[one] | self.unsorted[other]
        rest = np.where(unsorted, weights()["prior", UNSORTED], rest)
        found: Floats = np.where(kin, self.kin_prior[one], rest)
        return found

    def _kind(self, one: Ints, other: Ints) -> Floats:
        family = self.family[one] == self.family[other]
        rest = np.where(family, weights()["type", "same_family"], weights()["type", "related"])
        same = self.type[one] == self.type[other]
        unsorted = self.unsorted[one] | self.unsorted[other]
        known = np.where(same, weights()["type", "same"], rest)
        found: Floats = np.where(unsorted, weights()["type", "unsorted"], known)
        return found

    def _time(self, one: Ints, other: Ints) -> Floats:
        mine, theirs = self.dated[one], self.dated[other]
        found = np.where(mine & theirs, self._both_dated(one, other), 0.0)
        apart = self.document[one] != self.document[other]
        told = np.where(apart, self._half_dated(one, other), weights()["time", "undated"])
        found = np.where(mine ^ theirs, told, found)
        neither = self._undated(one, other)
        return np.where(mine | theirs, found, neither)

    def _both_dated(self, one: Ints, other: Ints) -> Floats:
        widest = np.maximum(self.high[one] - self.low[one], self.high[other] - self.low[other])
        meets = np.maximum(self.low[one], self.low[other]) <= np.minimum(
            self.high[one], self.high[other]
        )
        wide = _most("time", "overlap", "overlap_wide", "period")
        met = np.where(widest <= DAY_TOLERANCE, weights()["time", "same_day"], wide)
        found: Floats = np.where(meets, met, weights()["time", "adjacent"])
        spread = np.maximum(found, _most("time", "outbreak", "adjacent"))
        return np.where(self._one_outbreak(one, other), spread, found)

    def _half_dated(self, one: Ints, other: Ints) -> Floats:
        """A page that came before what it would tell of, or weeks after it, tells of another."""
        dated = np.where(self.dated[one], one, other)
        undated = np.where(self.dated[one], other, one)
        said, known = self.published[undated], self.known[undated]
        happens = ~(self.lasts[one] | self.lasts[other])
        late = said - self.high[dated]
        found = np.full(len(one), _most("time", "undated", "one_undated_near"))
        found[known & (late > FAR_PUBLISHED) & happens] = weights()["time", "published_far"]
        latest = (self.type[one] == self.type[other]) & known & (late <= NEAR_PUBLISHED)
        latest &= self._at_one_place(one, other)
        found[latest] += max(0.0, weights()[LATEST])
        early = known & (said < self.low[dated] - DAY_TOLERANCE) & ~self.lasts[dated]
        early &= ~self._one_outbreak(one, other)
        found[early] = weights()["time", "before"]
        return found

    def _undated(self, one: Ints, other: Ints) -> Floats:
        known = self.known[one] & self.known[other]
        apart = np.abs(self.published[one] - self.published[other])
        happens = ~(self.lasts[one] | self.lasts[other])
        found = np.full(len(one), weights()["time", "undated"])
        found[known & (apart <= NEAR_PUBLISHED)] = _most("time", "undated", "both_undated_near")
        found[known & (apart > FAR_PUBLISHED) & happens] = weights()["time", "published_far"]
        return found

    def _place(self, one: Ints, other: Ints) -> Floats:
        least = _most("place", "near", "unknown")
        apart = max(least, _most("place", "close", "inside", "inside_wide"))
        same = max(apart, _most("place", "same", "same_wide", "same_words"))
        shared = (self.places[one] & self.places[other]) > 0
        found = np.where(shared, same, apart)
        around = self.inherited[one] | self.inherited[other]
        found = np.where(around, _most("place", "article", "unknown"), found)
        found = np.where(self._at_one_place(one, other), found, least)
        known = self.placed[one] & self.placed[other]
        return np.where(known, found, weights()["place", "unknown"])

    def _actors(self, one: Ints, other: Ints) -> Floats:
        same = weights()["actors", "same_roles"]
        some = max(same, 2 * same, weights()["actors", "shared"])
        differ = _most("actors", "differ", "differ_state")
        none = _most("actors", "unknown", "holder_unknown")
        doers = self.doers[one] & self.doers[other]
        shared = (self.named[one] & self.named[other]) > 0
        found: Floats = np.where(shared, max(some, none, differ), np.where(doers, differ, none))
        return found

    def _quantities(self, one: Ints, other: Ints) -> Floats:
        none = weights()["quantities", "unknown"]
        unlike = max(none, _most("quantities", "compatible", "differ"))
        like = max(unlike, _most("quantities", "equal", "equal_rare"))
        kinds = (self.kinds[one] & self.kinds[other]) > 0
        values = (self.values[one] & self.values[other]) > 0
        found: Floats = np.where(kinds, np.where(values, like, unlike), none)
        return found

    def _words(self, one: Ints, other: Ints) -> Floats:
        common, least = self._common(one, other)
        found = np.full(len(one), weights()["words", "few"])
        most = weights()["words", "few"]
        for level, words, share in (
            ("some", SOME_WORDS, SOME),
            ("alike", ALIKE_WORDS, ALIKE),
            ("copied", COPIED_WORDS, COPIED),
        ):
            most = max(most, weights()["words", level])
            found[(common >= words) & (common >= share * least)] = most
        return found

    def _story(self, one: Ints, other: Ints) -> Floats:
        """How many words of two articles can be shared, where that says anything."""
        shared, least = self._story_shared(one, other)
        found = np.full(len(one), weights()["story", "none"])
        for level, words in sorted(STORY, key=lambda item: item[1]):
            found[(least > 0) & (shared >= words)] = weights()["story", level]
        # One outlet's formula, a siege and a single article may count as not known.
        open_to = (self.document[one] == self.document[other]) | (least == 0)
        open_to |= self.lasts[one] | self.lasts[other] | (self.outlet[one] == self.outlet[other])
        unknown = weights()["story", "unknown"]
        return np.where(open_to, np.maximum(found, unknown), found)

    def _lead(self, one: Ints, other: Ints) -> Floats:
        """Whether both may lead what their articles tell most of."""
        both = self.main[one] & self.main[other] & (self.kin[one] == self.kin[other])
        return np.where(both, max(0.0, weights()["lead", "both"]), 0.0)

    def _story_shared(self, one: Ints, other: Ints) -> tuple[Floats, Ints]:
        """The most of sixteen words that two articles can share, and how many the shorter gives."""
        least = np.minimum(self.story_size[one], self.story_size[other])
        common = ones_of(self.story[one] & self.story[other])
        common += np.minimum(self.story_hidden[one], self.story_hidden[other])
        return common * WORDS / np.maximum(1, least), least

    def _document(self, one: Ints, other: Ints) -> Floats:
        """As `compare` finds it: all of it is known in numbers."""
        gap = np.maximum(self.start[one], self.start[other])
        gap = gap - np.minimum(self.end[one], self.end[other])
        choices: list[tuple[Flags, str]] = [
            (self.document[one] != self.document[other], "other"),
            (self.incident[one] == self.incident[other], "incident"),
            (self.unsorted[one] | self.unsorted[other], "beside"),
            (self.title[one] != self.title[other], "title"),
            (self.sentence[one] == self.sentence[other], "sentence"),
            (gap <= CLAUSE_CHARS, "clause"),
            (gap <= NEXT_CHARS, "next"),
        ]
        return np.select(
            [flags for flags, _ in choices],
            [weights()["document", level] for _, level in choices],
            weights()["document", "same"],
        )
