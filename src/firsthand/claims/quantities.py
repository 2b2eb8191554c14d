"""Quantities of a text: how many of what, with bounds, unit and rate, as written.

Dates, clock times, ordinals, ages, numbers of units, pages and telephones are no quantities.
Kinds, units and the words that bound a number are tables (`quantity_*.tsv`).
"""

from typing import Final, NamedTuple

from firsthand.claims.lexicon import word_set
from firsthand.claims.quantity_context import (
    compared_kind,
    is_upright,
    is_whole,
    kind_again,
    partitive,
)
from firsthand.claims.quantity_lexicon import Noun, Unit, noun_of, nouns, starters, units, words
from firsthand.claims.quantity_numbers import (
    Amount,
    Tokens,
    is_name_or_date,
    limits,
    phrase_at,
    read_amount,
    tokenize,
)
from firsthand.claims.quantity_shares import share_at
from firsthand.model.claim import Quantity

__all__ = ["find_quantities"]

_REACH: Final = 5
"""Tokens between a number and the noun it counts: "16 all-terrain vehicles" has three."""
_BACK: Final = 7
"""Tokens before a number in which a verb may say what befell those counted."""
_AHEAD: Final = 6
"""Tokens after the noun in which "were killed" may stand."""
_CURRENCY: Final = frozenset("$€£₽₺₪¥")
_ENDS: Final = frozenset('.;:!?()[]\n|"“”')


class _Counted(NamedTuple):
    """What a number counts: kind, unit, the words, and the token after them."""

    kind: str
    unit: Unit | None
    name: str | None
    people: bool
    after: int
    whole: int = 0
    """Where a whole that a part is told of ends, behind which stands what befell the part."""


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Every quantity of a text in order, without overlaps."""
    tokens = tokenize(text)
    begins = starters()
    found: list[Quantity] = []
    previous: Quantity | None = None
    position = 0
    while position < len(tokens.words):
        word = tokens.words[position]
        if not (word in begins or word[0].isdecimal()):
            position += 1
            continue
        share = _share(tokens, position, text)
        amount = None if share else read_amount(tokens, position)
        quantity = _quantity(tokens, amount, text, previous) if amount else share
        position = max(position + 1, amount.after if amount else 0)
        if quantity is not None and (not found or quantity.start >= found[-1].end):
            found.append(quantity)
            previous = quantity
    return tuple(found)


def _quantity(
    tokens: Tokens, amount: Amount, text: str, previous: Quantity | None
) -> Quantity | None:
    """The quantity of an amount, or None where it counts nothing this product knows."""
    if amount.digits and is_name_or_date(tokens, amount, text):
        return None
    counted = _money(tokens, amount) or _counted(tokens, amount)
    event = _event(tokens, amount, counted, previous)
    if counted is None and event is None:
        counted = _number_of(tokens, amount) or _as_before(tokens, amount, previous)
    if (counted is None and event is None) or _one_or_year(tokens, amount, counted, event):
        return None
    first, bound = _bound(tokens, amount.first)
    after = counted.after if counted else amount.after
    rate = phrase_at(tokens, after, words().rates)
    after += rate[1] if rate else 0
    kind = _kind(counted, event, tokens, first, previous)
    if counted is not None and is_upright(tokens, first, after, counted.unit):
        kind = "metres"
    return _build(tokens, text, amount, (first, after, bound, rate and rate[0]), (kind, counted))


def _share(tokens: Tokens, position: int, text: str) -> Quantity | None:
    """A share in words, of what is named after it: "half the city", "one in five"."""
    amount = share_at(tokens, position)
    if amount is None:
        return None
    _, name = _of_what(tokens, amount.after)
    first, bound = _bound(tokens, position)
    counted = _Counted("percent", units()["percent"], name, people=False, after=amount.after)
    return _build(tokens, text, amount, (first, amount.after, bound, None), ("percent", counted))


def _one_or_year(
    tokens: Tokens, amount: Amount, counted: _Counted | None, event: str | None
) -> bool:
    """Whether a bare "one" is a pronoun, or four digits are a year before a noun."""
    if amount.value == 1 and not amount.digits and event is None:
        return counted is None or (counted.unit is None and counted.people)
    word = tokens.words[amount.first]
    if counted is None or counted.unit is not None or len(word) != 4 or not word.isdecimal():
        return False
    if amount.value is None or not _YEARS[0] <= amount.value < _YEARS[1]:
        return False
    before = tokens.words[amount.first - 1] if amount.first else ""
    noun = tokens.words[counted.after - 1]
    return counted.kind == "other" or before in _YEAR_LEADS or not noun.endswith(("s", "e", "n"))


_YEARS: Final = (1500, 2200)
_YEAR_LEADS: Final = frozenset(
    {"in", "since", "until", "during", "from", "by", "the", "late", "early"}
)


def _kind(
    counted: _Counted | None,
    event: str | None,
    tokens: Tokens,
    first: int,
    previous: Quantity | None,
) -> str:
    """What befell people outranks who they were: "12 soldiers killed" is killed."""
    if counted is not None and not (counted.people and counted.unit is None):
        return counted.kind
    if event is not None:
        return event
    if counted is None:
        return "other"
    part = any(
        tuple(tokens.words[max(0, first - len(form)) : first]) == form for form in words().parts
    )
    return previous.kind if part and previous is not None else counted.kind


# --- what is counted ------------------------------------------------------------------


def _money(tokens: Tokens, amount: Amount) -> _Counted | None:
    """A currency sign before the number: "$3 million"."""
    before = tokens.words[amount.first - 1] if amount.first else ""
    unit = units().get(before)
    if before in _CURRENCY and unit is not None:
        return _Counted(unit.kind, unit, None, people=False, after=amount.after)
    return None


def _counted(tokens: Tokens, amount: Amount) -> _Counted | None:
    """The unit or noun after the number, within reach and before any word that ends it."""
    at = amount.after
    if at < len(tokens.words) and tokens.words[at] in {"-", "‑"}:
        at += 1
    unit = units().get(tokens.words[at]) if at < len(tokens.words) else None
    if unit is not None:
        if _is_age(tokens, at):
            return None
        at, name = _of_what(tokens, at + 1)
        return _Counted(unit.kind, unit, name, people=False, after=at)
    return _noun(tokens, amount, at)


def _is_age(tokens: Tokens, at: int) -> bool:
    """Whether "14 years" is followed by "old" or "of age": an age, not a quantity."""
    tail = [word for word in tokens.words[at + 1 : at + 4] if word != "-"]
    return bool(tail) and (tail[0] == "old" or tail[:2] == ["of", "age"])


def _of_what(tokens: Tokens, at: int) -> tuple[int, str | None]:
    """What a measure is of ("tons of food"): words only; the quantity itself ends before them."""
    if at + 1 >= len(tokens.words) or tokens.words[at] != "of":
        return at, None
    taken: list[str] = []
    for word in tokens.words[at + 1 : at + 1 + _REACH]:
        if word in _ENDS or not (word.isalpha() or word == "'"):
            break
        if taken and word in words().stops:
            break
        taken.append(word)
    return at, " ".join(taken) or None


def _noun(tokens: Tokens, amount: Amount, at: int) -> _Counted | None:
    """The counted noun: the last of a run of known nouns ("pickup trucks"), else a plural."""
    start = at
    whole = partitive(tokens, at)
    if whole is not None:
        name = tokens.words[whole]
        noun = noun_of(name) or _THING
        return _Counted(noun.kind or "other", None, name, noun.people, amount.after, whole + 1)
    if tokens.words[at : at + 1] == ["of"]:
        at += 2 if tokens.words[at + 1 : at + 2] and tokens.words[at + 1] in _ARTICLES else 1
    first = at
    for index in range(at, min(at + _REACH, len(tokens.words))):
        word = tokens.words[index]
        if noun_of(word) is not None:
            return _run(tokens, first, index)
        blocked = word in words().stops or word in words().events
        if blocked or not (word.isalpha() or word in "-'‑"):
            break
    return _plural(tokens, amount, start)


_ARTICLES: Final = frozenset(
    {"the", "its", "their", "those", "these", "his", "her", "our", "them", "whom"}
)
_THING: Final = Noun("other", people=False)


def _run(tokens: Tokens, first: int, index: int) -> _Counted:
    known = nouns()
    noun: Noun = noun_of(tokens.words[index]) or _THING
    after = index + 1
    while after < len(tokens.words) and (following := known.get(tokens.words[after])) is not None:
        noun = Noun(
            following.kind or noun.kind, following.people if following.kind else noun.people
        )
        after += 1
    name = " ".join(tokens.words[first:after]).replace(" - ", "-")
    return _Counted(noun.kind or "other", None, name, noun.people, after)


def _plural(tokens: Tokens, amount: Amount, at: int) -> _Counted | None:
    """A plural that no table knows, right after digits or one word on: kind other."""
    if amount.value is None or (amount.value < _FEW and not amount.digits):
        return None
    for index in range(at, min(at + 2, len(tokens.words))):
        word = tokens.words[index]
        if not word.isalpha() or word in words().stops or word in words().events:
            return None
        if not amount.digits and word in word_set("uncounted"):
            return None
        if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
            name = " ".join(tokens.words[at : index + 1])
            return _Counted("other", None, name, people=False, after=index + 1)
    return None


_FEW: Final = 2


def _number_of(tokens: Tokens, amount: Amount) -> _Counted | None:
    """The noun of "the number of sorties to 60-70": named before the number."""
    low = max(0, amount.first - _BACK - 4)
    window = tokens.words[low : amount.first]
    if _ENDS & set(window[window.index("number") :] if "number" in window else window):
        return None
    for index in range(len(window) - 2, 0, -1):
        if window[index] == "of" and window[index - 1] in {"number", "total"}:
            for word in window[index + 1 : index + 4]:
                noun = nouns().get(word)
                if noun is not None and noun.kind:
                    return _Counted(noun.kind, None, word, noun.people, amount.after)
            return None
    return None


def _as_before(tokens: Tokens, amount: Amount, previous: Quantity | None) -> _Counted | None:
    """What "counts 28" and "puts the figure at 31" count."""
    first = _bound(tokens, amount.first)[0]
    kind = compared_kind(tokens, first, amount, previous)
    kind = kind or kind_again(tokens, first, amount, previous)
    return _Counted(kind, None, None, people=False, after=amount.after) if kind else None


# --- what befell those counted ---------------------------------------------------------


def _event(
    tokens: Tokens, amount: Amount, counted: _Counted | None, previous: Quantity | None
) -> str | None:
    """killed, injured, killed_or_injured, displaced …, by the words after or before."""
    if counted is not None and (not counted.people or is_whole(tokens, amount.first, previous)):
        return None
    at = max(counted.after, counted.whole) if counted else amount.after
    if tokens.words[at : at + 1] == ["of"] and tokens.words[at + 1 : at + 2] in (
        ["them"],
        ["whom"],
    ):
        at += 2
    after = _event_after(tokens, at)
    return after or _event_before(tokens, amount.first)


def _event_after(tokens: Tokens, at: int) -> str | None:
    events, between = words().events, words().between
    for index in range(at, min(at + _AHEAD, len(tokens.words))):
        word = tokens.words[index]
        if word in events:
            return _both(tokens, index, events[word])
        if word not in between:
            return None
    return None


def _both(tokens: Tokens, index: int, kind: str) -> str:
    """As in "dead or injured" is one sum: killed_or_injured."""
    events = words().events
    if index + 2 < len(tokens.words) and tokens.words[index + 1] in {"or", "and", "/"}:
        other = events.get(tokens.words[index + 2])
        if other is not None and {kind, other} == {"killed", "injured"}:
            return "killed_or_injured"
    return kind


def _event_before(tokens: Tokens, first: int) -> str | None:
    """The nearest verb before in the same clause: "killing at least 20", "wounded 30"."""
    events = words().events
    index = first - 1
    while index >= max(0, first - _BACK):
        word = tokens.words[index]
        if word in _ENDS or word == "," or word[0].isdecimal():
            return None
        if word in events and word not in {"dead", "missing", "homeless", "lives"}:
            return _unless_passive(tokens, index, events[word])
        if word in _BREAKS:
            return None
        index -= 1
    return None


_BREAKS: Final = frozenset({"by", "in", "with", "from", "that", "who", "which", "after", "when"})
"""Between a verb and a number these mean that the number is not the verb's object."""


def _unless_passive(tokens: Tokens, index: int, kind: str) -> str | None:
    """None after "was killed"; "toll rose to 45" and "wounding or killing 7" keep their kind."""
    before = tokens.words[index - 1] if index else ""
    if before in {"was", "were", "been", "be", "being"}:
        return None
    other = words().events.get(tokens.words[index - 2]) if index > 1 else None
    if before in {"or", "and"} and other and {other, kind} == {"killed", "injured"}:
        return "killed_or_injured"
    return kind


# --- bounds and building ---------------------------------------------------------------


def _bound(tokens: Tokens, first: int) -> tuple[int, str]:
    """Where the quantity starts with the words that bound it, and which bound they set."""
    if first and tokens.words[first - 1] in _CURRENCY:
        first -= 1
        if first and tokens.words[first - 1] == "us":
            first -= 1
    if first and tokens.words[first - 1] == "between":
        return first - 1, ""
    for length in (4, 3, 2, 1):
        found = words().bounds.get(tuple(tokens.words[max(0, first - length) : first]))
        if found is not None and length <= first:
            return first - length, found
    return first, ""


def _build(
    tokens: Tokens,
    text: str,
    amount: Amount,
    frame: tuple[int, int, str, str | None],
    what: tuple[str, _Counted | None],
) -> Quantity:
    first, after, bound, rate = frame
    kind, counted = what
    value, low, high = limits(amount, bound)
    start, end = tokens.starts[first], tokens.ends[after - 1]
    unit = counted.unit if counted else None
    factor = unit.factor if unit and value is not None else None
    named = unit.unit if unit else None
    return Quantity(
        kind=kind,
        value=value,
        low=low,
        high=high,
        approximate=bool(bound in {"about", "above", "below"} or amount.vague),
        unit=" ".join(item for item in (named, rate) if item) or None,
        as_written=text[start:end],
        start=start,
        end=end,
        counted=counted.name if counted else None,
        normalised_value=round(value * factor, 9) if value is not None and factor else None,
        normalised_unit=unit.normalised if unit and factor else None,
    )
