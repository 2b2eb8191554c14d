"""Floors: figures that no change may fall below, and the digest of the corpus they hold for."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from eval.scores import Figures

FILE = Path(__file__).with_name("floors.toml")

ROOM = 0.02
"""How far below the measured figure a floor is set: what a harmless change may cost."""

EXACT = ("integrity",)
"""Figures that nothing harmless may lower at all."""

HEAD = """# Floors of quality, by suite; tests/eval/scores.py says what is measured on what.
# Raised by `python tests/eval/update_floors.py`. Lowered by hand only, in a commit of its own that
# says why. The digest is that of the corpus: another corpus needs floors measured anew.
"""


@dataclass(frozen=True)
class Floors:
    """The floors of one suite."""

    digest: str
    figures: Figures


def read(text: str) -> dict[str, Floors]:
    """Floors by suite, from the words of floors.toml."""
    return {
        name: Floors(str(table["digest"]), {k: float(v) for k, v in table["floors"].items()})
        for name, table in tomllib.loads(text).items()
    }


def written(floors: dict[str, Floors]) -> str:
    """Floors as the words of floors.toml."""
    parts = [HEAD]
    for name, one in floors.items():
        lines = [f'"{figure}" = {value}' for figure, value in one.figures.items()]
        parts.append(
            "\n".join([f"[{name}]", f'digest = "{one.digest}"', f"[{name}.floors]", *lines, ""])
        )
    return "\n".join(parts)


def breaches(floors: Floors, scores: Figures) -> list[str]:
    """One line for every figure that has no floor or fell below it."""
    found = [f"{name} has no floor" for name in scores if name not in floors.figures]
    found += [f"{name} is not measured any more" for name in floors.figures if name not in scores]
    found += [
        f"{name} is {scores[name]:.3f}, its floor {floor:.3f}"
        for name, floor in floors.figures.items()
        if name in scores and scores[name] < floor
    ]
    return found


def raised(floors: Floors | None, scores: Figures, digest: str) -> Floors:
    """Floors at the measured figures less some room; none is lowered on the same corpus."""
    old = floors.figures if floors is not None and floors.digest == digest else {}
    new = {
        name: max(old.get(name, 0.0), score if name in EXACT else _below(score))
        for name, score in scores.items()
    }
    return Floors(digest, new)


def _below(score: float) -> float:
    scale = 100.0 if score > 1.0 else 1.0
    return round(max(score - ROOM * scale, 0.0), 3)
