"""Second readings: the same questions answered blind by another person, and how far both agree."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from firsthand.model.judgement import Judgement
from firsthand.model.record import Part

FEW: Final = 20
"""With fewer answers compared no rate is shown, as everywhere else."""

Key = tuple[tuple[str, str, str, int], ...]


class Compared(Part, frozen=True, kw_only=True):
    """One question as two people answered it."""

    first: Judgement
    second: Judgement
    alike: bool


class Agreement(Part, frozen=True, kw_only=True):
    """How far first and second answers agree."""

    compared: tuple[Compared, ...]
    alike: int
    percent: float | None
    """Null where fewer than `FEW` were compared."""
    kappa: float | None
    """Cohen's kappa over the actions chosen (Cohen 1960): agreement beyond what the two readers'
    own habits would give by chance; null as above, and where both only ever chose one action."""

    @property
    def apart(self) -> tuple[Compared, ...]:
        """Those answered differently."""
        return tuple(one for one in self.compared if not one.alike)


def key_of(judgement: Judgement) -> Key:
    """What a decision is about: its targets without the words around them."""
    return tuple(
        (target.kind, target.words, target.sha256 or "", target.ordinal or 0)
        for target in judgement.targets
    )


def agreement(standing: Iterable[Judgement]) -> Agreement:
    """First answers beside second ones by another person, in the order of the second."""
    firsts: dict[Key, Judgement] = {}
    seconds: dict[Key, Judgement] = {}
    for row in standing:
        (seconds if row.second else firsts)[key_of(row)] = row
    compared = tuple(
        Compared(first=firsts[key], second=row, alike=_alike(firsts[key], row))
        for key, row in seconds.items()
        if key in firsts and firsts[key].by != row.by
    )
    alike = sum(one.alike for one in compared)
    enough = len(compared) >= FEW
    return Agreement(
        compared=compared,
        alike=alike,
        percent=round(100 * alike / len(compared), 1) if enough else None,
        kappa=_kappa(compared) if enough else None,
    )


def _alike(one: Judgement, other: Judgement) -> bool:
    return (one.action, one.value) == (other.action, other.value)


def _kappa(compared: Sequence[Compared]) -> float | None:
    count = len(compared)
    mine = Counter(one.first.action for one in compared)
    theirs = Counter(one.second.action for one in compared)
    chance = sum(mine[name] * theirs[name] for name in mine) / count**2
    if chance == 1.0:
        return None
    seen = sum(one.alike for one in compared) / count
    return round((seen - chance) / (1 - chance), 2)
