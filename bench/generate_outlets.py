"""Invented outlets and agencies: host, house style, furniture, and each one's manner of crediting others."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Final

from generate_words import Pick, pick, read_table

N_OUTLETS: Final = 84
_HOUSE_SEED: Final = "outlets, edition 1"  # outlets are the same in every pile
_FIRST: Final = (
    "Orvane", "Kestrel Bay", "Marrow Hill", "Tolvan", "Issarene", "Brackwater", "Dunmarrow", "Pelagia",
    "Quillon", "Harrowden Plain", "Veska", "Nordale Reach", "Sulim", "Ostrel Ford", "Cindra Vale",
    "Lowmere", "Zavrin", "Amberlyn", "Thornwick", "Ruvello", "Calder Sound", "Yelmont",
)  # fmt: skip
_KINDS: Final = (
    "Courier", "Observer", "Dispatch", "Monitor", "Chronicle", "Gazette", "Review", "Today", "Post",
    "Tribune", "Voice", "Insider", "Watch", "Herald", "Mirror", "Online",
)  # fmt: skip
_AGENCIES: Final = (
    ("Meridian Press Agency", "MPA"), ("Transkar News Agency", "TNA"), ("Vesk Telegraph Agency", "VTA"),
    ("Highland Wire", "HW"), ("Sulim Information Service", "SIS"), ("Blue Delta Press", "BDP"),
    ("Continental News Pool", "CNP"), ("Agency Orvane", "AGO"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CreditStyle:
    """One way to credit: where it stands, whether it is for a whole text or a part, and its words."""

    position: str
    extent: str
    form: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher with its house style; `weight_kb` is the furniture its HTML pages carry."""

    name: str
    short: str
    host: str
    is_agency: bool
    number: int
    layout: int
    weight_kb: int
    menu: tuple[str, ...]
    share: str
    cookie: str
    plea: str
    comments: tuple[str, ...]
    related: str
    pager: str
    category: str
    footer: str
    ads: bool
    date_where: str
    whole_credits: tuple[CreditStyle, ...]
    part_credits: tuple[CreditStyle, ...]


@lru_cache(maxsize=1)
def credit_styles() -> tuple[CreditStyle, ...]:
    """Read credits.txt."""
    rows = [(key.split("."), form) for key, form in read_table("credits.txt")]
    return tuple(CreditStyle(position, extent, form) for (position, extent), form in rows)


def _names() -> list[tuple[str, str]]:
    """Return (name, short name): agencies first, then outlets."""
    pairs = [(a, b) for b in range(len(_KINDS)) for a in range(len(_FIRST)) if (a + b) % 4 == 0]
    outlets = [f"{_FIRST[a]} {_KINDS[b]}" for a, b in pairs][: N_OUTLETS - len(_AGENCIES)]
    return [*_AGENCIES, *((name, name) for name in outlets)]


def _few(items: Sequence[str], rnd: Pick, low: int, high: int) -> tuple[str, ...]:
    """Draw `low` to `high` different items, in the order of the list."""
    want = low + int(rnd() * (high - low + 1))
    keyed = sorted((rnd(), at) for at in range(len(items)))[:want]
    return tuple(items[at] for at in sorted(at for _, at in keyed))


def _styles(extent: str, rnd: Pick) -> tuple[CreditStyle, ...]:
    styles = [style for style in credit_styles() if style.extent == extent]
    first = int(rnd() * len(styles))
    second = (first + 1 + int(rnd() * (len(styles) - 1))) % len(styles)
    return styles[first], styles[second]


def _make(number: int, name: str, short: str, furniture: dict[str, list[str]]) -> Outlet:
    rnd = Random(f"{_HOUSE_SEED}/{name}").random

    def draw(kind: str) -> str:
        return pick(furniture[kind], rnd).replace("{outlet}", name)

    return Outlet(
        name=name,
        short=short,
        host=name.lower().replace(" ", "-") + ".example",
        is_agency=number < len(_AGENCIES),
        number=number,
        layout=int(rnd() * 6),
        weight_kb=38 + int(rnd() * rnd() * 120) - 20 * int(rnd() < 0.15),
        menu=_few(furniture["menu"], rnd, 6, 18),
        share=draw("share"),
        cookie=draw("cookie"),
        plea=draw("plea"),
        comments=_few(furniture["comment"], rnd, 1, 4),
        related=draw("related"),
        pager=draw("pager"),
        category=draw("category"),
        footer=draw("footer"),
        ads=rnd() < 0.5,
        date_where=pick(("meta", "jsonld", "time", "text", "url"), rnd),
        whole_credits=_styles("whole", rnd),
        part_credits=_styles("part", rnd),
    )


@lru_cache(maxsize=1)
def outlets() -> tuple[Outlet, ...]:
    """Return every outlet; the agencies (which publish too) come first."""
    furniture: dict[str, list[str]] = {}
    for kind, text in read_table("furniture.txt"):
        furniture.setdefault(kind, []).append(text)
    return tuple(_make(n, name, short, furniture) for n, (name, short) in enumerate(_names()))


def agencies() -> tuple[Outlet, ...]:
    """Return the agencies."""
    return outlets()[: len(_AGENCIES)]


def draw_outlet(rnd: Pick, other_than: Outlet | None = None) -> Outlet:
    """Draw an outlet, some far more often than others (agencies seldom), never `other_than`."""
    every = outlets()
    number = len(every) - 1 - int(rnd() ** 1.6 * len(every))
    if other_than is not None and every[number].number == other_than.number:
        number = (number + 1) % len(every)
    return every[number]
