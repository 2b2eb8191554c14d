"""The figures that are held by floors: what measures each, and what they are measured on."""

import functools
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from contracts.piles import CUSTODY
from firsthand import dating, intake
from firsthand.pipeline import run
from firsthand.publish.edition import connect
from firsthand.publish.export import export
from firsthand.publish.logs import log_rows
from firsthand.store.project import create

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("FIRSTHAND_SHARED", ROOT.parent / "shared"))
PILE = ROOT / "examples" / "tessuk"

Figures = dict[str, float]


@dataclass(frozen=True)
class Suite:
    """One corpus, its scorer, and the figures that count; every one is better when higher."""

    measure: Callable[[], Any]
    """Nested figures."""
    corpus: Callable[[], list[Path]]
    """The files that hold the truth; a change in any of them voids the floors."""
    figures: tuple[str, ...]

    def there(self) -> bool:
        """Whether the corpus is on this machine."""
        files = self.corpus()
        return bool(files) and all(path.is_file() for path in files)

    def digest(self) -> str:
        """SHA-256 over the names and bytes of the corpus."""
        state = hashlib.sha256()
        for path in self.corpus():
            content = path.read_bytes()
            state.update(f"{path.name} {len(content)}\n".encode() + content)
        return state.hexdigest()

    def scores(self) -> Figures:
        """The figures that count, by dotted name."""
        flat = dict(flattened(self.measure()))
        return {name: flat[name] for name in self.figures}


def flattened(value: Any, name: str = "") -> Iterable[tuple[str, float]]:
    """Nested figures by dotted name; items of lists by number, "7/15" as a share."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flattened(inner, f"{name}.{key}" if name else key)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from flattened(inner, f"{name}.{number}")
    elif isinstance(value, int | float):
        yield name, float(value)
    elif isinstance(value, str) and value.count("/") == 1:
        part, _, whole = value.partition("/")
        if part.isdecimal() and whole.isdecimal():
            yield name, round(int(part) / max(int(whole), 1), 3)


def bench(name: str) -> ModuleType:
    """A script of bench/ as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "bench" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@functools.cache
def tessuk(mutation: str | None = None) -> Any:
    """The shipped pile against its truth, its pages spoilt where asked."""
    scorer = bench("score_pile")
    tables = scorer.tables_of(PILE, dated=True, mutation=mutation)
    return scorer.Score(tables, json.loads((PILE / "truth.json").read_text("utf-8"))).all()


def printed(script: Path, *arguments: str | Path) -> Any:
    """The JSON that a scorer prints."""
    done = subprocess.run(
        [sys.executable, script, *arguments],
        env={**os.environ, "FIRSTHAND_SHARED": str(SHARED)},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def gold_pages() -> list[Path]:
    """The hand annotation of two real pages, and of what runs between them."""
    return [*sorted((SHARED / "gold").glob("0*.json")), SHARED / "gold" / "cross.json"]


def seeds(mode: str) -> Any:
    """An export of the two annotated pages; in mode B with the dates that the annotation gives."""
    golds = [json.loads(path.read_text("utf-8")) for path in gold_pages()[:-1]]
    with tempfile.TemporaryDirectory(prefix="firsthand-eval-") as name:
        project = create(Path(name) / "p")
        pages = [SHARED / "seeds" / gold["file"] for gold in golds]
        intake.add(project, pages, CUSTODY)
        if mode == "B":
            given = {
                gold["file"]: {
                    number: gold["anchors"][article["id"]]["date"]
                    for number, article in enumerate(gold["articles"], 1)
                }
                for gold in golds
            }
            dating.set_dates(project, given, CUSTODY)
        run(project)
        db = connect(project.edition)
        try:
            logs = log_rows(project.captures.all(), project.judgements.all())
            export(db, Path(name) / "out", form="jsonl", logs=logs)
        finally:
            db.close()
        scorer, result = SHARED / "gold" / "score" / "score_seeds.py", Path(name) / "score.json"
        subprocess.run(
            [sys.executable, scorer, Path(name) / "out", "--mode", mode, "--json", result,
             "--pages", ",".join(page.name[:3] for page in pages)],
            capture_output=True,
            check=True,
        )  # fmt: skip
        return json.loads(result.read_text("utf-8"))


SEED_FIGURES = (
    "total",
    "furniture.f1",
    "articles.boundary",
    "articles.voice",
    "credits.f1",
    "credits.covers_yield",
    "attributions.found_f1",
    "attributions.linked_f1",
    "attributions.parent_yield",
    "claims.f1",
    "claims.type_yield",
    "claims.modality_yield",
    "claims.innermost_yield",
    "claims.origin_level_yield",
    "claims.chain_beyond_f1",
    "claims.place_f1",
    "claims.time_abstain",
    "claims.time_yield",
    "claims.quantity_f1",
    "claims.actor_f1_yield",
    "loaded.f1",
    "cross.same_origin",
    "cross.false_corroboration",
    "cross.lineage_f1",
    "cross.origins_f1",
    "integrity",
)

SUITES: dict[str, Suite] = {
    "tessuk": Suite(
        tessuk,
        lambda: [PILE / "truth.json", PILE / "dates.toml", *sorted((PILE / "pages").iterdir())],
        (
            "articles.article_count",
            "articles.outlet",
            "articles.published",
            "credits.f1",
            "lineage.f1",
            "claims.found.f1",
            "claims.innermost",
            "claims.modality",
            "claims.origin_level",
            "claims.origin_name",
            "claims.polarity",
            "claims.type",
            "events.pairs.f1",
            "events.origin_count_exact",
            "events.origin_count_within_one",
            "origins.f1",
            "conflicts.f1",
            "forecasts.f1",
            "forecasts.verdict",
            "altered_quotations.f1",
        ),
    ),
    "seeds_a": Suite(lambda: seeds("A"), gold_pages, SEED_FIGURES),
    "seeds_b": Suite(lambda: seeds("B"), gold_pages, SEED_FIGURES),
    "times": Suite(
        lambda: printed(ROOT / "bench" / "score_times.py", "dev"),
        lambda: sorted((SHARED / "data" / "time").glob("*.dev*")),
        ("interval.relaxed.f1", "interval.interval_exact.f1", "interval.interval_hit.f1",
         "timex.relaxed.f1", "timex.value.f1"),
    ),
    "places": Suite(
        lambda: printed(ROOT / "bench" / "score_places.py"),
        lambda: [SHARED / "data" / "places" / f"{name}.jsonl" for name in ("lgl", "geovirus")],
        tuple(f"{name}.{figure}" for name in ("lgl", "geovirus")
              for figure in ("recog.2", "resol_acc161", "e2e.2")),
    ),
    "credits": Suite(
        lambda: printed(ROOT / "bench" / "score_credits.py"),
        lambda: gold_pages()[:-1],
        tuple(f"annotated.{figure}" for figure in
              ("precision", "recall", "covers_iou_mean", "kind", "voices")),
    ),
    "claims": Suite(
        lambda: printed(ROOT / "bench" / "score_claims.py", "gum", "entities", "factappeal"),
        lambda: [SHARED / "data" / folder / name for folder, name in (
            ("attribution", "gum_discourse.dev.jsonl"), ("attribution", "factappeal.dev.jsonl"),
            ("entities", "wikigold.dev.jsonl"))],
        ("gum.rel_found.f1", "gum.rel_link_source.f1", "entities.micro.f1",
         "entities.untyped.f1", "factappeal.exact"),
    ),
}  # fmt: skip
"""Name to suite; figures above 1 are per cent, or points of a hundred."""
