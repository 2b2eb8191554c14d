"""Scores place recognition and resolution on public news sets kept outside the repository.

Prints one JSON object; the committed run is score_places.json. e2e: exact span and at most 161 km. The sets and their scorer are looked for in ../shared (or
$FIRSTHAND_SHARED): data/places/{lgl,geovirus}.jsonl and data/score/geo_score.py.

    python bench/score_places.py
"""

import importlib.util
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from firsthand.model.claim import Place
from firsthand.registry.gazetteer import packaged_gazetteer
from firsthand.resolve.places import find_places

SHARED = Path(os.environ.get("FIRSTHAND_SHARED", Path(__file__).parents[1].parent / "shared"))
SETS = ("lgl", "geovirus")


def load_scorer(path: Path) -> Any:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("geo_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def row(document: str, places: tuple[Place, ...]) -> dict[str, Any]:
    """One prediction row of the scorer; unresolved places make no prediction."""
    resolved = [place for place in places if place.lat is not None]
    spans = [{"start": p.start, "end": p.end, "lat": p.lat, "lon": p.lon} for p in resolved]
    return {"docid": document, "toponyms": spans}


def main() -> int:
    """Score every set that is there."""
    scorer_path = SHARED / "data/score/geo_score.py"
    if not scorer_path.exists():
        print(json.dumps({"skipped": f"no evaluation data at {SHARED}; set FIRSTHAND_SHARED"}))
        return 0
    scorer = load_scorer(scorer_path)
    started = time.perf_counter()
    packaged_gazetteer()
    figures: dict[str, Any] = {"load_seconds": round(time.perf_counter() - started, 3)}
    find_places("warm up: Paris, France")
    for name in SETS:
        path = SHARED / f"data/places/{name}.jsonl"
        gold = scorer.load(path)
        words = sum(len(document["text"].split()) for document in gold.values())
        started = time.process_time()
        found = {key: find_places(document["text"]) for key, document in gold.items()}
        seconds = time.process_time() - started
        figures[name] = scorer.score(gold, {k: row(k, places) for k, places in found.items()})
        figures[name]["ms_per_500_words"] = round(seconds * 1000 / words * 500, 2)
        named = {key: tuple(p for p in f if not p.demonym) for key, f in found.items()}
        figures[name]["e2e_without_demonyms"] = scorer.score(
            gold, {k: row(k, places) for k, places in named.items()}
        )["e2e"]
        figures[name]["unresolved"] = sum(p.lat is None for f in found.values() for p in f)
    print(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
