"""Times the server on generated editions: dossier, search, map marks, timeline; and its memory.

python bench/serve_scale.py [--save] [--keep FOLDER] [CLAIMS …]     # default 10000 100000 1000000

`--save` writes the figures to bench/results/serve_scale.json, `--keep` keeps the editions there
for another run. A million claims are ten copies of a hundred thousand, which is made in a minute
instead of ten. Requests come one after another, cold ones included. Beside the wall time stands
the processor time that the server spent on each, which other work on the machine does not change.
"""

# ruff: noqa: S608 - table names and numbers of ours
import contextlib
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlencode

import httpx

from edition_copies import grow
from edition_rows import LESS, NOUNS, OUTLETS, VERBS, Generated
from firsthand.publish.edition import connect, update_edition
from firsthand.publish.words import claim_types
from firsthand.store.project import Project, create

RESULTS = Path(__file__).parent / "results" / "serve_scale.json"
SEED = 5
ASKED = 40
"""Requests of each kind."""
LARGEST_MADE = 100_000
WARM_SECONDS = 8.0
"""The map's shapes are read in the background as the server starts."""
Figures: TypeAlias = dict[str, float | int | dict[str, float]]


def main() -> None:
    """Make, serve and time each size."""
    arguments = [one for one in sys.argv[1:] if not one.startswith("--")]
    kept = None
    if "--keep" in sys.argv:
        kept = Path(sys.argv[sys.argv.index("--keep") + 1])
        arguments.remove(str(kept))
    sizes = [int(one) for one in arguments] or [10_000, 100_000, 1_000_000]
    found = [measured(size, kept) for size in sizes]
    text = json.dumps({"command": "python bench/serve_scale.py --save", "sizes": found}, indent=2)
    print(text)
    if "--save" in sys.argv:
        RESULTS.write_text(text + "\n", encoding="utf-8")


def measured(size: int, kept: Path | None) -> Figures:
    """The figures of one size."""
    with tempfile.TemporaryDirectory() as scratch:
        project = create((kept or Path(scratch)) / f"pile-{size}")
        figures: Figures = {"claims": size}
        if not project.edition.exists():
            began = time.process_time()
            small = Generated(min(size, LARGEST_MADE))
            facts = {"generation": "1", "name": "generated"}
            update_edition(project.edition, small, small.change(), facts)
            if size > LARGEST_MADE:
                grow(project.edition, size // LARGEST_MADE)
            figures["made_cpu_s"] = round(time.process_time() - began, 1)
        figures["edition_mb"] = round(project.edition.stat().st_size / 1e6)
        return figures | served(project)


def served(project: Project) -> Figures:
    """The times of all kinds of requests, in milliseconds, and the server's memory after them."""
    program = "from firsthand.cli.app import main; main()"
    command = [sys.executable, "-c", program, "serve", str(project.folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            base = next(word for word in line.split() if word.startswith("http"))
            found: Figures = {}
            with httpx.Client(base_url=base, timeout=600) as client:
                client.get("/openapi.json")
                time.sleep(WARM_SECONDS)
                for kind in (
                    "dossier",
                    "search",
                    "map",
                    "timeline",
                    "document",
                    "events",
                    "review",
                ):
                    addresses = list(_addresses(kind, project.edition))
                    found[kind] = timed(client, addresses, process.pid)
            found["server_peak_mb"] = _peak_mb(process.pid)
            return found
        finally:
            process.kill()


def timed(client: httpx.Client, addresses: list[str], pid: int) -> dict[str, float]:
    """Median, 95th percentile and worst of some requests, by the clock and by processor time."""
    wall: list[float] = []
    cpu: list[float] = []
    slowest = ""
    for address in addresses:
        before, began = _cpu_ms(pid), time.perf_counter()
        answer = client.get(address)
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append(_cpu_ms(pid) - before)
        slowest = address if cpu[-1] == max(cpu) else slowest
        answer.raise_for_status()
    print(f"{len(addresses)} requests, slowest {slowest}", file=sys.stderr)
    return _spread(cpu, "cpu") | _spread(wall, "wall")


def _spread(taken: list[float], name: str) -> dict[str, float]:
    ordered = sorted(taken)
    place = round(0.95 * (len(ordered) - 1))
    found = {"p50": ordered[len(ordered) // 2], "p95": ordered[place], "worst": ordered[-1]}
    return {f"{key}_{name}_ms": round(value, 1) for key, value in found.items()}


def _cpu_ms(pid: int) -> float:
    """Processor time of all threads of a process (Linux keeps it to the nanosecond)."""
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError):
            total += int((task / "schedstat").read_text(encoding="ascii").split()[0])
    return total / 1e6


def _addresses(kind: str, path: Path) -> Iterator[str]:
    chance = random.Random(SEED)
    ids = _some(path, {"dossier": "event", "document": "document"}.get(kind, "event"), chance)
    for at in range(ASKED if kind != "review" else 5):
        if kind == "dossier":
            yield f"/e/{ids[at]}"
        elif kind == "document":
            yield f"/d/{ids[at]}"
        elif kind == "search":
            yield f"/search?{urlencode(_asked(chance))}"
        elif kind == "events":
            yield f"/events?{urlencode({'type': chance.choice(claim_types())})}"
        elif kind == "review":
            yield "/review"
        else:
            west, south = chance.uniform(0, 50), chance.uniform(15, 40)
            wide = chance.choice((2, 8, 25))
            box = f"{west:.3f},{south:.3f},{west + wide:.3f},{south + wide / 2:.3f}"
            more = {"type": chance.choice(claim_types())} if at % 3 == 0 else {}
            if kind == "map":
                yield f"/map/marks.json?{urlencode({'bbox': box, 'w': 1100, 'h': 560, **more})}"
            else:
                year = chance.randrange(2014, 2025)
                yield f"/map?{urlencode({'from': f'{year}-01', 'to': f'{year}-06', **more})}"


def _some(path: Path, table: str, chance: random.Random) -> list[str]:
    """Ids to ask for: of events first the most told ones, then any."""
    with closing(connect(path)) as db:
        (last,) = db.execute(f"SELECT max(key) FROM {table}").fetchone()
        found: list[str] = []
        if table == "event":
            sql = f"SELECT id FROM event ORDER BY n_pages DESC, id LIMIT {ASKED // 10}"
            found = [str(row[0]) for row in db.execute(sql)]
        while len(found) < ASKED:
            key = 1 + int(last * chance.random())
            row = db.execute(f"SELECT id FROM {table} WHERE key = ?", (key,)).fetchone()
            found += [str(row[0])] if row else []
        return found


def _asked(chance: random.Random) -> dict[str, str]:
    """One or two words, rare and common ones, and sometimes a filter."""
    words = chance.choice((NOUNS, VERBS, LESS, LESS))
    asked = {"q": chance.choice(words)}
    if chance.random() < 0.5:
        asked["q"] += " " + chance.choice(NOUNS)
    if chance.random() < 0.5:
        name, value = chance.choice(
            (
                ("modality", "denied"),
                ("level", "first_hand"),
                ("outlet", f"Outlet {chance.randrange(OUTLETS)}"),
                ("type", chance.choice(claim_types())),
            )
        )
        asked[name] = value
    return asked


def _peak_mb(pid: int) -> int:
    """The most memory the server has held, as the system counts it."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    peak = next(line for line in lines if line.startswith("VmHWM"))
    return round(int(peak.split()[1]) / 1024)


if __name__ == "__main__":
    main()
