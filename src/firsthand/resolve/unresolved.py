"""Names that the text calls places but no gazetteer has: kept, inside what the text says."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rapidfuzz import fuzz

from firsthand.model.claim import Entity
from firsthand.registry.gazetteer import Gazetteer
from firsthand.registry.transliteration import name_key, skeleton_key
from firsthand.resolve.place_evidence import listed_as
from firsthand.resolve.place_tables import PlaceWords
from firsthand.resolve.toponyms import Mention, Token

_MAX_WORDS: Final = 4
_PLACE_LABELS: Final = {"GPE": None, "LOC": "region", "FAC": "site"}
_LOOSE_MAX_ROWS: Final = 4
"""More namesakes by consonants in the same country mean chance."""
_LONG_SKELETON: Final = 5
_WHERE: Final = frozenset(
    ["in", "near", "at", "outside", "around", "toward", "towards", "inside", "into"]
)
_ALIKE: Final = 80
_LENGTH_SLACK: Final = 2


def unknown_names(
    text: str,
    tokens: Sequence[Token],
    mentions: Sequence[Mention],
    words: PlaceWords,
    entities: Iterable[Entity] = (),
) -> list[Mention]:
    """Capitalised runs beside a word such as "village" or tagged as places, known to nobody."""
    taken = {n for m in mentions for n in range(m.first, m.last + 1)}
    firsts = {mention.first for mention in mentions}
    found: dict[int, Mention] = {}
    lowers = [token.lower for token in tokens]
    lists = not words.plurals.keys().isdisjoint(lowers)
    for place in [n for n, word in enumerate(lowers) if word in words.designators]:
        if tokens[place].capital and not tokens[place].initial:
            continue
        run = _run_after(tokens, place, words, taken) or _run_before(tokens, place, words, taken)
        if run:
            found.setdefault(run[0], _mention(text, tokens, run, words.designators[lowers[place]]))
    articles = words.classes["article"]
    names = [n for n, token in enumerate(tokens) if token.capital or token.lower in articles]
    for place in names:
        if place in taken:
            continue
        named = _in_list(text, tokens, place, words, taken) if lists else None
        if named is not None:
            found.setdefault(named.first, named)
            continue
        run = _listed(text, tokens, place, words, taken, firsts)
        if run:
            found.setdefault(run[0], _mention(text, tokens, run, None))
    for run, precision in _tagged(tokens, entities, taken, words):
        found.setdefault(run[0], _mention(text, tokens, run, precision))
    for mention in _again(text, tokens, list(found.values()), taken):
        found.setdefault(mention.first, mention)
    return [found[first] for first in sorted(found)]


def _again(
    text: str, tokens: Sequence[Token], found: Sequence[Mention], taken: set[int]
) -> Iterator[Mention]:
    """Where the text names an unknown place again; one word only where it says that it is one."""
    known = {tuple(t.lower for t in tokens[m.first : m.last + 1]): m for m in found if m.designator}
    firsts = {name[0] for name in known}
    over = taken | {n for m in found for n in range(m.first, m.last + 1)}
    for place, token in enumerate(tokens):
        if token.lower not in firsts or place in over:
            continue
        for name, mention in known.items():
            run = tokens[place : place + len(name)]
            if tuple(t.lower for t in run) != name or not all(t.joined for t in run[1:]):
                continue
            located = place > 0 and tokens[place - 1].lower in _WHERE
            if run[-1].capital and (located or (len(name) > 1 and not run[0].initial)):
                last = place + len(name) - 1
                yield _mention(text, tokens, (place, last), mention.designator)
                break


def _in_list(
    text: str, tokens: Sequence[Token], place: int, words: PlaceWords, taken: set[int]
) -> Mention | None:
    """The name that begins here in "the villages of A, B and al-C", or None."""
    precision = listed_as(text, tokens, place, words)
    last = place + 1 if _is_article(tokens, place, words) else place
    if precision is None or not _is_name(tokens, last, words, taken):
        return None
    while last + 1 < len(tokens) and tokens[last + 1].joined and last - place < _MAX_WORDS:
        if not _is_name(tokens, last + 1, words, taken):
            break
        last += 1
    mention = _mention(text, tokens, (place, last), precision)
    mention.listed = True
    return mention


def _mention(
    text: str, tokens: Sequence[Token], run: tuple[int, int], precision: str | None
) -> Mention:
    start, end = tokens[run[0]].start, tokens[run[1]].end
    mention = Mention(run[0], run[1], start, end, text[start:end], (), "unknown")
    mention.designator = precision
    return mention


def _run_after(
    tokens: Sequence[Token], place: int, words: PlaceWords, taken: set[int]
) -> tuple[int, int] | None:
    """The name in "village of NAME" or "village NAME"."""
    first = place + 1
    if first < len(tokens) and tokens[first].lower == "of":
        first += 1
    last = first + 1 if _is_article(tokens, first, words) else first
    if first >= len(tokens) or not _is_name(tokens, last, words, taken):
        return None
    while last + 1 < len(tokens) and last - first + 1 < _MAX_WORDS:
        if not tokens[last + 1].joined or not _goes_on(tokens, last + 1, words, taken):
            break
        last += 1
    return (first, last) if all(tokens[n].joined for n in range(place + 1, last + 1)) else None


def _goes_on(tokens: Sequence[Token], place: int, words: PlaceWords, taken: set[int]) -> bool:
    """Whether a word goes on with a name: an ordinary one too, where no headline follows it."""
    if _is_name(tokens, place, words, taken):
        return True
    token, after = tokens[place], tokens[place + 1] if place + 1 < len(tokens) else None
    ends = after is None or not after.capital or not after.joined
    told = words.has(token.lower, "title", "month", "direction", "organisation")
    return (
        token.capital
        and place not in taken
        and not told
        and (ends or _is_name(tokens, place + 1, words, taken))
    )


def _run_before(
    tokens: Sequence[Token], place: int, words: PlaceWords, taken: set[int]
) -> tuple[int, int] | None:
    """The name in "NAME village"."""
    last = place - 1
    if last < 0 or not tokens[place].joined or not _is_name(tokens, last, words, taken):
        return None
    first = last
    while first > 0 and last - first + 1 < _MAX_WORDS and tokens[first].joined:
        if _is_article(tokens, first - 1, words):
            first -= 1
            continue
        if tokens[first - 1].initial or not _is_name(tokens, first - 1, words, taken):
            break
        first -= 1
    return first, last


def _is_article(tokens: Sequence[Token], place: int, words: PlaceWords) -> bool:
    """A lower-case "al-" before a capital."""
    return (
        place + 1 < len(tokens)
        and tokens[place].lower in words.classes["article"]
        and tokens[place + 1].start == tokens[place].end + 1
        and tokens[place + 1].capital
    )


def _is_name(tokens: Sequence[Token], place: int, words: PlaceWords, taken: set[int]) -> bool:
    """A capitalised word of cased script that is no ordinary English word."""
    if place >= len(tokens) or place in taken:
        return False
    token = tokens[place]
    return (
        token.text[0].isupper()
        and len(token.text) > 2
        and (token.lower not in words.ordinary or words.has(token.lower, "prefix"))
        and not words.has(token.lower, "never", "title", "month", "direction", "organisation")
    )


def _listed(
    text: str,
    tokens: Sequence[Token],
    place: int,
    words: PlaceWords,
    taken: set[int],
    firsts: set[int],
) -> tuple[int, int] | None:
    """The name in "in al-NAME" or in a list of places ("A, NAME and B")."""
    article = _is_article(tokens, place, words)
    first = place + 1 if article else place
    if place == 0 or tokens[place].initial or not _is_name(tokens, first, words, taken):
        return None
    before = tokens[place - 1]
    if before.capital and place - 1 not in taken:
        return None
    last = first
    while last + 1 < len(tokens) and tokens[last + 1].joined and last - first < _MAX_WORDS:
        if not _is_name(tokens, last + 1, words, taken):
            break
        last += 1
    if article and before.lower in _WHERE:
        return place, last
    gap = text[before.end : tokens[place].start]
    after_place = place - 1 in taken and gap in {", ", " and "}
    listed = before.lower == "and" and place - 2 in taken
    before_place = last + 1 in firsts and text[tokens[last].end : tokens[last + 1].start] == ", "
    located = before.lower in _WHERE
    ends = last + 1 >= len(tokens) or not tokens[last + 1].capital or not tokens[last + 1].joined
    if ends and ((before_place and located) or (article and (after_place or listed))):
        return place, last
    return None


def _tagged(
    tokens: Sequence[Token], entities: Iterable[Entity], taken: set[int], words: PlaceWords
) -> Iterable[tuple[tuple[int, int], str | None]]:
    """Runs of tokens that an entity tagger calls places and no mention covers."""
    starts = {token.start: place for place, token in enumerate(tokens)}
    ends = {token.end: place for place, token in enumerate(tokens)}
    for entity in entities:
        first, last = starts.get(entity.start), ends.get(entity.end)
        if entity.label not in _PLACE_LABELS or first is None or last is None:
            continue
        while first < last and not _opens_name(tokens[first], words):
            first += 1  # "town of Marrowa"
        if tokens[first].lower in _STORMS or _is_acronym(tokens, first, last):
            continue
        if first == last and tokens[first].initial and tokens[first].lower in words.ordinary:
            continue
        if not any(place in taken for place in range(first, last + 1)):
            yield (first, last), _PLACE_LABELS[entity.label]


def _opens_name(token: Token, words: PlaceWords) -> bool:
    """Whether a name can begin with a word: with a capital, or an article as in "el-Obeid"."""
    return token.capital or token.lower in words.classes["article"] - {"the"}


_STORMS: Final = frozenset({"typhoon", "hurricane", "cyclone", "storm", "operation"})
_SHORT: Final = 10


def _is_acronym(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a single word in capitals stands among others that are not: a body, not a place."""
    token = tokens[first]
    beside = [*tokens[max(0, first - 2) : first], *tokens[last + 1 : last + 3]]
    return (
        first == last
        and token.text.isupper()
        and len(token.text) <= _SHORT
        and any(not other.text.isupper() for other in beside)
    )


def romanised(mention: Mention, gazetteer: Gazetteer, countries: Sequence[str]) -> tuple[int, ...]:
    """Rows with the same consonants in the countries that the text is about."""
    rows = [r for r in gazetteer.loose(mention.surface) if gazetteer.country(r) in countries]
    if len(rows) > _LOOSE_MAX_ROWS:
        return ()
    return tuple(row for row in rows if _alike(mention.surface, gazetteer.name(row)))


def _alike(one: str, other: str) -> bool:
    """Whether two romanisations differ by no more than vowels and an article usually do."""
    if len(skeleton_key(one)) >= _LONG_SKELETON:
        return True
    return fuzz.partial_ratio(name_key(one), name_key(other)) >= _ALIKE and (
        abs(len(name_key(one)) - len(name_key(other))) <= _LENGTH_SLACK
    )
