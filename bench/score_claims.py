"""Scores attributions and claims with the scorers of the shared folder; prints JSON.

    python bench/score_claims.py [--reader rules|reader-v1] [TASK …]

gum         GUM discourse attributions, development part (`score_attribution.py`)
factappeal  FactAppeal, development part (`score_factappeal.py`): spans of content and source
pages       the two annotated pages (`score_seeds.py`): claims, attributions, loaded terms only
entities    WikiGold, development part (`score_ner.py`)
plover      PLOVER's hand-coded sentences: category of the best claim
factuality  UDS-IH2, development part (`score_factuality.py`): how far the modality and polarity of
            the claim that holds an event vouch for it, on the set's scale from -3 to 3
speed       milliseconds a document of about 500 words

Without --reader the one that the settings give is used.

The data are not part of this repository; they are looked for in `../shared` beside it, or in the
folder that FIRSTHAND_SHARED names. What is missing is said and left out.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from firsthand.capture.readers import read_file
from firsthand.claims.readers import reader_named
from firsthand.claims.stage import read_document
from firsthand.config import READERS, CaptureSettings, Settings
from firsthand.extract.plain import plain_lines
from firsthand.extract.stage import extract_capture
from firsthand.model.capture import Capture, CapturedPage
from firsthand.model.claim import Attribution, Claim, Entity, LoadedTerm
from firsthand.model.document import Document, Segments
from firsthand.model.ids import page_id, sha256
from firsthand.model.page import TEXT_VERSION, Block, Page
from firsthand.model.record import Record
from firsthand.segment.stage import segment_document
from firsthand.stage import Context
from firsthand.trace.credits import find_credits
from firsthand.trace.voices import find_voices

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("FIRSTHAND_SHARED", ROOT.parent / "shared"))
MERGED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
"""Categories that PLOVER's manual has since merged."""
PLACES = {"GPE": "LOC", "FAC": "LOC", "NORP": "MISC"}
"""Our entity labels as four-way data have them."""
CHOSEN = {"reader": Settings().claims.reader}
"""The reader that is scored; main() sets it."""
SURE = {
    "asserted": 1.5, "unconfirmed": 1.7, "possible": 0.5, "opinion": 0.0, "forecast": -0.9,
    "hypothetical": -0.9, "denied": -2.5,
}  # fmt: skip
"""The mean factuality of events under each modality in the training part of that set."""
UNCLAIMED = 0.8
"""The same for events of no claim of ours."""
NOT_SO = 0.2
"""The same for events of claims that something is not so."""
SPEAKERS = {"say", "report", "confirm", "claim", "predict", "deny", "reject", "quote", "show"}


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def plain(text: str, outlet: str | None = None) -> tuple[Page, Document, Segments]:
    """A plain text as one document, with the segments that the product makes."""
    identity = page_id(sha256(text.encode()), "text")
    blocks = tuple(Block(start=one.start, end=one.end, path="") for one in plain_lines(text))
    page = Page(
        page_id=identity, source="text", sha256="", media_type="text/plain", captured_at="",
        text_version=TEXT_VERSION, text=text, blocks=blocks, furniture=(),
    )  # fmt: skip
    document = Document(
        document_id="d-" + identity, page_id=identity, ordinal=1, start=0, end=len(text),
        title=None, title_start=None, title_end=None, byline=None, outlet=outlet,
        outlet_basis=None, published=None, published_basis=None, published_reason=None,
        dateline=None, language="en", url=None,
    )  # fmt: skip
    return page, document, segment_document(page, document)


def read_text(text: str, reader: str | None = None) -> list[Record]:
    """Everything the claims stage makes of a plain text."""
    return list(read_document(*plain(text), reader=reader_named(reader or CHOSEN["reader"])))


def pairs(spans: Iterable[Any]) -> list[list[int]]:
    """Spans as lists of offsets."""
    return [[span.start, span.end] for span in spans]


def scored(scorer: str, gold: Path, predicted: list[dict[str, Any]], *options: str) -> Any:
    """What a scorer of the shared folder prints."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False) as file:
        file.writelines(json.dumps(row) + "\n" for row in predicted)
    command = [sys.executable, f"{scorer}.py", str(gold), file.name, *options]
    folder = SHARED / "data" / "score"
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    Path(file.name).unlink()
    return json.loads(done.stdout)


def gum() -> Any:
    """Attributions of GUM; the scorer's brief figures over all genres and over news alone."""
    gold = SHARED / "data" / "attribution" / "gum_discourse.dev.jsonl"
    predicted = []
    for row in rows(gold):
        found = [r for r in read_text(row["text"]) if isinstance(r, Attribution)]
        made = [
            {"source": pairs(a.source), "cue": pairs(a.cue), "content": pairs(a.content)}
            for a in found
        ]
        predicted.append({"doc_id": row["doc_id"], "attributions": made})
    return scored("score_attribution", gold, predicted)


def factappeal() -> Any:
    """FactAppeal: contents are appeals, sources are sources."""
    gold = SHARED / "data" / "attribution" / "factappeal.dev.jsonl"
    predicted = []
    for row in rows(gold):
        spans = []
        records = read_text(row["text"])
        found = [r for r in records if isinstance(r, Attribution) and r.cue_type in SPEAKERS]
        for a in found:
            kind = "Indirect_Quote" if a.quotation == "indirect" else "Direct_Quote"
            spans += [
                {"start": s.start, "end": s.end, "tag": "Fact_Appeal", "modifiers": [kind]}
                for s in a.content
            ]
            spans += [
                {"start": s.start, "end": s.end, "tag": "Source", "modifiers": []} for s in a.source
            ]
        if not found and any(isinstance(r, Claim) for r in records):
            stop = len(row["text"])
            fact = {"start": 0, "end": stop, "tag": "Fact_No_Appeal", "modifiers": []}
            spans.append(fact)
        predicted.append({"id": row["id"], "spans": spans})
    return scored("score_factappeal", gold, predicted)


def entities() -> Any:
    """WikiGold, development part: PER, ORG and LOC with exact spans (`score_ner.py`)."""
    gold = SHARED / "data" / "entities" / "wikigold.dev.jsonl"
    predicted = []
    for row in rows(gold):
        found = [r for r in read_text(row["text"]) if isinstance(r, Entity)]
        made = [
            {"start": e.start, "end": e.end, "type": PLACES.get(e.label, e.label)} for e in found
        ]
        predicted.append({"id": row.get("id") or row.get("doc_id"), "entities": made})
    return scored("score_ner", gold, predicted, "--only", "PER,ORG,LOC")


def captured(path: Path) -> Iterator[CapturedPage]:
    """The pages of a file as captured."""
    for item in read_file(path, path.name, CaptureSettings()):
        content = getattr(item, "content", None)
        if content is None:
            continue
        digest = sha256(content)
        capture = Capture(
            capture_id="k", page_id=page_id(digest, path.name), sha256=digest, size=len(content),
            source=path.name, media_type="text/plain", at="", by="", tool="",
        )  # fmt: skip
        yield CapturedPage(capture=capture, content=content)


def page_rows(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The export rows of one page that concern this stage, made by the stages before it."""
    context = Context(settings=Settings())
    out: dict[str, list[dict[str, Any]]] = {
        n: [] for n in ("pages", "documents", "claims", "attributions", "loaded_terms")
    }
    for one in captured(path):
        records = list(extract_capture(one, (), context))
        page = next(r for r in records if isinstance(r, Page))
        documents = [r for r in records if isinstance(r, Document)]
        segments = [segment_document(page, document) for document in documents]
        credits_ = find_credits(page, documents, segments)
        out["pages"].append(msgspec.to_builtins(page))
        for document, parts in zip(documents, segments, strict=True):
            voices = find_voices(
                page, document, parts,
                [c for c in credits_ if c.document_id == document.document_id],
            )  # fmt: skip
            row = msgspec.to_builtins(document)
            out["documents"].append(row | {"voices": msgspec.to_builtins(voices.voices)})
            reader = reader_named(CHOSEN["reader"])
            for r in read_document(page, document, parts, voices, reader=reader):
                name = {
                    Claim: "claims",
                    Attribution: "attributions",
                    LoadedTerm: "loaded_terms",
                }.get(type(r))
                if name is not None:
                    out[name].append(msgspec.to_builtins(r) | {"places": [], "time": None})
    return out


def pages(export: Path | None = None) -> Any:
    """Figures of `score_seeds.py` for what this stage writes, on the annotated pages."""
    folder = export or Path(tempfile.mkdtemp())
    out: dict[str, list[dict[str, Any]]] = {}
    names = sorted(path.stem.split("_")[0] for path in (SHARED / "gold").glob("0*_*.json"))
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        if path.name.split("_")[0] in names:
            for name, found in page_rows(path).items():
                out.setdefault(name, []).extend(found)
    for name, found in out.items():
        text = "".join(json.dumps(row) + "\n" for row in found)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    result = folder / "score.json"
    command = [sys.executable, str(SHARED / "gold" / "score" / "score_seeds.py"), str(folder),
               "--mode", "A", "--json", str(result)]  # fmt: skip
    subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(result.read_text(encoding="utf-8"))
    found = found.get("metrics", found)
    return {name: found[name] for name in ("attributions", "claims", "quantities", "loaded")
            if name in found}  # fmt: skip


def plover() -> Any:
    """Share of PLOVER's sentences where some claim has the category; and the first one alone."""
    gold = rows(SHARED / "data" / "events" / "plover_gsr.jsonl")
    some = first = none = 0
    for row in gold:
        claims = [r for r in read_text(row["text"]) if isinstance(r, Claim)]
        coded = [c.codes.plover[0] for c in claims if c.codes.plover]
        wanted = MERGED.get(row["event"], row["event"])
        some += wanted in coded
        first += coded[:1] == [wanted]
        none += not coded
    n = len(gold)
    return {"some": round(some / n, 3), "first": round(first / n, 3), "none": round(none / n, 3)}


def vouched(claims: Sequence[Claim], start: int, end: int) -> float:
    """How sure an event at some words is by the shortest claim that holds them."""
    held = [c for c in claims if any(s.start <= start and end <= s.end for s in c.evidence)]
    if not held:
        return UNCLAIMED
    claim = min(held, key=lambda c: sum(s.end - s.start for s in c.evidence))
    return NOT_SO if claim.polarity == "negative" else SURE[claim.modality]


def factuality() -> Any:
    """Factuality at the set's events, by claims alone."""
    gold = SHARED / "data" / "factuality" / "uds_ih2.dev.jsonl"
    predicted = []
    for row in rows(gold):
        claims = [r for r in read_text(row["text"]) if isinstance(r, Claim)]
        made = [{"factuality": vouched(claims, e["start"], e["end"])} for e in row["events"]]
        predicted.append({"events": made})
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False) as file:
        file.writelines(json.dumps(row) + "\n" for row in predicted)
    command = [sys.executable, "score_factuality.py", str(gold), file.name]
    folder = SHARED / "data" / "score"
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    Path(file.name).unlink()
    return json.loads(done.stdout.replace("'", '"'))


def speed() -> Any:
    """CPU milliseconds a document of about 500 words, over the longer GUM documents."""
    texts = [row["text"] for row in rows(SHARED / "data/attribution/gum_discourse.dev.jsonl")]
    ready = [plain(" ".join(text.split()[:500])) for text in texts]
    reader = reader_named(CHOSEN["reader"])
    list(read_document(*ready[0], reader=reader))
    began = time.process_time()
    for one in ready:
        list(read_document(*one, reader=reader))
    return {"ms": round((time.process_time() - began) / len(ready) * 1000, 1), "n": len(ready)}


TASKS = {
    "gum": gum,
    "entities": entities,
    "factappeal": factappeal,
    "pages": pages,
    "plover": plover,
    "factuality": factuality,
    "speed": speed,
}


def main() -> None:
    """Run the tasks that are named, or all."""
    if not SHARED.is_dir():
        print(f"no folder {SHARED}: set FIRSTHAND_SHARED to where the shared data lies")
        return
    parser = argparse.ArgumentParser()
    parser.add_argument("--reader", choices=READERS, default=CHOSEN["reader"])
    parser.add_argument("tasks", nargs="*", choices=[*TASKS, []])
    arguments = parser.parse_args()
    CHOSEN["reader"] = arguments.reader
    print(json.dumps({name: TASKS[name]() for name in arguments.tasks or TASKS}, indent=1))


if __name__ == "__main__":
    main()
