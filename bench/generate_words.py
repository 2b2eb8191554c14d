"""Word pools and sentence templates of the generator: files in words/ read once and compiled for fast filling."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Final

WORDS: Final = Path(__file__).parent / "words"
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Slots that keep one value through an article; `generate_prose` fills them.
ARTICLE_SLOTS: Final = (
    "town", "body", "voice", "role", "sidea", "sideb", "sidea0", "sideb0", "day",
)  # fmt: skip
_ONSETS: Final = (
    "b",
    "d",
    "dr",
    "f",
    "g",
    "h",
    "k",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "z",
    "sh",
)
_NUCLEI: Final = ("a", "e", "i", "o", "u", "a", "e", "o", "ai", "ia")
_CODAS: Final = ["", "", "", "", "", "l", "n", "r", "m", "s"]
_PLACE_ENDS: Final = (
    "ova",
    "esh",
    "mar",
    "itz",
    "anka",
    "ul",
    "bruk",
    "ora",
    "den",
    "ask",
    "ivo",
    "um",
    "olm",
    "ary",
)
_SURNAME_ENDS: Final = (
    "enko",
    "ari",
    "un",
    "etz",
    "ovan",
    "ir",
    "as",
    "olli",
    "ard",
    "emi",
    "ush",
    "inko",
)
_WORD_SEED: Final = "invented words, edition 1"  # the vocabulary never depends on the pile's seed
_VARIANTS: Final = 80  # of each sentence template, with its phrases opened
_SLOT: Final = re.compile(r"\{(\w+)\}")

Pool = Sequence[str]
Pick = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with its slots as positions in the pools; `fill` draws one phrase for each."""

    form: str
    slots: tuple[int, ...]

    def fill(self, pools: Sequence[Pool], rnd: Pick) -> str:
        """Return the sentence with every slot drawn by `rnd` (a source of floats in [0, 1))."""
        return self.form % tuple([(p := pools[i])[int(rnd() * len(p))] for i in self.slots])


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All pools by position, the names of the positions, and the templates by topic and part."""

    pools: tuple[Pool, ...]
    index: dict[str, int]
    templates: dict[str, tuple[Template, ...]]
    topics: tuple[str, ...]

    def pool(self, name: str) -> Pool:
        """Return the phrases of one slot."""
        return self.pools[self.index[name]]


def pick(items: Sequence[str], rnd: Pick) -> str:
    """Draw one item; `Random.choice` is slower and its draws are not promised across versions."""
    return items[int(rnd() * len(items))]


def read_table(name: str) -> list[tuple[str, str]]:
    """Read the `key: text` lines of one word file, without comments and empty lines."""
    rows = []
    for line in (WORDS / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            key, _, text = line.partition(": ")
            rows.append((key, text))
    return rows


def flatten(text: str, phrases: dict[str, list[str]], rnd: Pick) -> str:
    """Replace every `{phrase}` slot by one of its forms, until only slots of plain words are left."""
    while True:
        flat = _SLOT.sub(lambda m: pick(phrases[m[1]], rnd) if m[1] in phrases else m[0], text)
        if flat == text:
            return flat
        text = flat


def compile_template(text: str, index: dict[str, int]) -> Template:
    """Turn `{slot}` marks into positions; an unknown slot is a KeyError naming it."""
    form = _SLOT.sub("%s", text.replace("%", "%%"))
    return Template(form, tuple(index[name] for name in _SLOT.findall(text)))


def _syllables(rnd: Pick, count: int) -> str:
    return "".join(
        pick(_ONSETS, rnd) + pick(_NUCLEI, rnd) + pick(_CODAS, rnd) for _ in range(count)
    )


def names(rnd: Pick, count: int, ends: Sequence[str]) -> list[str]:
    """Invent `count` different names of two or three syllables."""
    found: dict[str, None] = {}
    while len(found) < count:
        stem = _syllables(rnd, 1 + int(rnd() * 1.6)) + pick(_ONSETS, rnd)
        found[(stem + pick(ends, rnd)).capitalize()] = None
    return list(found)


def _numbers() -> list[str]:
    plain = [f"{n:,}" for n in (*range(61, 1_000), *range(1_000, 30_000, 3))]
    words = ("about", "some", "nearly", "over")
    return plain + [f"{word} {n:,}" for word in words for n in range(70, 20_000, 70)]


def _clocks() -> list[str]:
    forms = ("at {h}:{m:02d}", "around {h}:{m:02d}", "before {h}:{m:02d}", "after {h}:{m:02d}")
    halves = [form.format(h=h, m=m) for form in forms for h in range(1, 13) for m in range(60)]
    return [f"{time} {half}" for time in halves for half in ("a.m.", "p.m.")] + [
        form.format(h=h, m=m) for form in forms for h in range(13, 24) for m in range(60)
    ]


def _generated_pools(rnd: Pick) -> dict[str, list[str]]:
    surnames = names(rnd, 16_000, _SURNAME_ENDS)
    given = names(rnd, 500, ("a", "en", "im", "o", "is", "el"))
    towns = names(rnd, 14_000, _PLACE_ENDS)
    kinds = ("Upper", "Lower", "Old", "New", "Port", "Camp", "Mount", "Fort")
    return {
        "surname": surnames,
        "person": [f"{pick(given, rnd)} {pick(surnames, rnd)}" for _ in range(32_768)],
        "place": towns + [f"{pick(kinds, rnd)} {town}" for town in towns[::7]],
        "number": _numbers(),
        "small": [str(n) for n in range(10, 90)]
        + ["two", "three", "four", "five", "six", "seven", "eight", "nine"],
        "clock": _clocks(),
        "date": [f"{day} {month}" for month in MONTHS for day in range(1, 29)],
        "month": list(MONTHS),
        "ordinal": [
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
        ],
    }


def _read_slots() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Read slots.txt: lists of words (`name = …`) and of phrases with slots (`name := …`)."""
    lists: dict[str, list[str]] = {}
    phrases: dict[str, list[str]] = {}
    for line in (WORDS / "slots.txt").read_text(encoding="utf-8").splitlines():
        name, mark, tail = line.partition(" = ")
        if line.startswith("#") or not line:
            continue
        if mark:
            lists[name] = tail.split(" | ")
        else:
            name, _, tail = line.partition(" := ")
            phrases[name] = tail.split(" | ")
    return lists, phrases


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Read and expand the word files once a process (about half a second)."""
    rnd = Random(_WORD_SEED).random
    pools = _generated_pools(rnd)
    lists, phrases = _read_slots()
    pools.update(lists)
    pools.update({name: [""] for name in ARTICLE_SLOTS})
    index = {name: at for at, name in enumerate(pools)}
    grouped: dict[str, list[Template]] = {}
    for key, text in read_table("sentences.txt"):
        # Variants with the phrases already opened are filled in one step, which is what makes it fast.
        variants = sorted({flatten(text, phrases, rnd) for _ in range(_VARIANTS)})
        repeated = [variants[n % len(variants)] for n in range(_VARIANTS)]
        grouped.setdefault(key, []).extend(compile_template(v, index) for v in repeated)
    topics = tuple(sorted({k.split(".")[0] for k in grouped} - {"any", "quote", "teaser"}))
    templates = {key: tuple(forms) for key, forms in grouped.items()}
    return Lexicon(tuple(pools.values()), index, templates, topics)
