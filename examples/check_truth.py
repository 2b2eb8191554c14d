"""Check that the truth of an example pile quotes its pages exactly and that its counts follow."""

import csv
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import html

HIDDEN = {"script", "style", "noscript", "template", "head"}
INLINE = {"a", "abbr", "b", "cite", "em", "i", "input", "q", "span", "strong", "svg", "time"}
COUNTED = {"first_hand", "institutional", "self_report"}
LEVELS = COUNTED | {"relay_unknown", "inference", "none"}
MODALITIES = {"asserted", "denied", "forecast", "hypothetical", "opinion", "possible"}
MODALITIES |= {"unconfirmed"}
VERDICTS = {"met", "missed", "partly", "pending", "cannot_be_scored"}
POINTING = {"said_by", "published_by"}


def visible_text(path: Path) -> str:
    """Text a reader sees, white space collapsed; every block of HTML starts a new word."""
    raw = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        raw = "".join(_pieces(html.document_fromstring(raw)))
    return " ".join(raw.split())


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    tag = element.tag if isinstance(element.tag, str) else "script"
    if tag not in HIDDEN and "hidden" not in element.attrib:
        edge = "" if tag in INLINE else " "
        yield edge + (element.text or "")
        for child in element:
            yield from _pieces(child)
        yield edge
    yield element.tail or ""


class Checker:
    """One pile and the faults found in it."""

    def __init__(self, folder: Path) -> None:
        """Read the truth and every page's visible text."""
        self.folder = folder
        self.truth: dict[str, Any] = json.loads((folder / "truth.json").read_text("utf-8"))
        self.faults: list[str] = []
        self.pages = {page["id"]: page for page in self.truth["pages"]}
        self.texts = {k: visible_text(folder / "pages" / p["file"]) for k, p in self.pages.items()}
        self.claims = {claim["id"]: claim for claim in self.truth["claims"]}
        self.origins = {origin["name"]: origin for origin in self.truth["origins"]}
        self.articles = {a["id"]: a for page in self.truth["pages"] for a in page["articles"]}
        self.spans: dict[str, tuple[int, int]] = {}

    def check(self) -> None:
        """Run every check, pages first: claims need the bounds of their articles."""
        self.check_pages()
        self.check_claims()
        self.check_events()
        self.check_lineage()
        self.check_rest()

    def expect(self, fine: object, where: str, fault: str) -> None:
        """Record a fault unless `fine` holds."""
        if not fine:
            self.faults.append(f"{where}: {fault}")

    def locate(self, where: str, page: str, words: str, occurrence: int | None = None) -> int:
        """Offset of the words: the only place, or the numbered one; else 0 and a fault."""
        found = [match.start() for match in re.finditer(re.escape(words), self.texts[page])]
        fine = 0 < (occurrence or 1) <= len(found) and (occurrence is not None or len(found) == 1)
        self.expect(fine, where, f"{len(found)} places, occurrence {occurrence}: {words!r}")
        return found[(occurrence or 1) - 1] if fine else 0

    def range(self, where: str, page: str, item: dict[str, Any]) -> tuple[int, int]:
        """Offsets from the first words of an item to the end of its last words."""
        start = self.locate(where, page, **item["start_words"])
        end = self.locate(where, page, **item["end_words"]) + len(item["end_words"]["words"])
        self.expect(start < end, where, "ends before it starts")
        return start, end

    def check_pages(self) -> None:
        """Files, articles, furniture and given dates."""
        files = sorted(path.name for path in (self.folder / "pages").iterdir())
        named = sorted(page["file"] for page in self.pages.values())
        self.expect(files == named, "pages", f"files {files} but truth names {named}")
        dates = tomllib.loads((self.folder / "dates.toml").read_text("utf-8"))
        given = {p["file"]: p["given"] for p in self.pages.values() if p["given"]}
        read = json.loads(json.dumps(dates, default=str))
        self.expect(read == given, "dates.toml", f"holds {read} but truth says {given}")
        for key, page in self.pages.items():
            for article in page["articles"]:
                self.spans[article["id"]] = self.range(article["id"], key, article)
            for item in page["furniture"]:
                self.locate(f"{key} furniture", key, **item)

    def check_claims(self) -> None:
        """Evidence, codes, chains, times, quantities and places of every claim."""
        rows = csv.DictReader((self.folder / "gazetteer.csv").read_text("utf-8").splitlines())
        places = {row["name"] for row in rows} | set(self.truth["world_places"])
        for key, claim in self.claims.items():
            page, words = claim["page"], claim["evidence"]
            at = self.locate(key, page, words, claim["occurrence"])
            start, end = self.spans[claim["article"]]
            self.expect(start <= at <= end - len(words), key, "outside its article")
            self.expect(claim["origin"]["name"] in self.origins, key, "unknown origin")
            coded = claim["modality"] in MODALITIES and claim["origin"]["level"] in LEVELS
            self.expect(coded, key, "unknown modality or level")
            self.expect(claim["chain"][0] == self.pages[page]["outlet"], key, "chain start")
            self.expect(set(claim["places"]) <= places, key, f"place in {claim['places']}")
            time = claim["time"] or {"as_written": "", "earliest": None, "latest": None}
            for value in [time["as_written"], *(q["as_written"] for q in claim["quantities"])]:
                self.expect(value in self.texts[page], key, f"not on the page: {value!r}")
            self.expect((time["earliest"] or "") <= (time["latest"] or "9999"), key, "time order")

    def check_events(self) -> None:
        """Each event holds the claims that name it, and its counts follow from them."""
        for event in self.truth["events"]:
            listed = sorted(k for k, c in self.claims.items() if c["event"] == event["id"])
            derived = self.counts(event["id"], [self.claims[key] for key in listed])
            for field, value in {"claims": listed, **derived}.items():
                self.expect(event[field] == value, event["id"], f"{field} should be {value}")

    def counts(self, event_id: str, members: list[Any]) -> dict[str, object]:
        """Every derived field of an event, by the rules of the data dictionary."""
        support = [claim["origin"] for claim in members if claim["stance"] == "supports"]
        counted = {origin["name"] for origin in support if origin["level"] in COUNTED}
        stances = {claim["stance"] for claim in members}
        stances |= {c["kind"] for c in self.truth["conflicts"] if c["event"] == event_id}
        differs = "accounts_differ" if stances & {"differs", "contradiction"} else "none"
        return {
            "n_pages": len({claim["page"] for claim in members}),
            "n_outlets": len({self.pages[claim["page"]]["outlet"] for claim in members}),
            "n_origins": len(counted),
            "n_first_hand": len({o["name"] for o in support if o["level"] == "first_hand"}),
            "n_tellers_without_knowledge": len({o["name"] for o in support} - counted),
            "conduits": sorted({c for name in counted for c in self.origins[name]["conduits"]}),
            "corroboration": ["none", "single_origin", "several_origins"][min(len(counted), 2)],
            "dispute": "denied" if "denies" in stances else differs,
        }

    def check_lineage(self) -> None:
        """Credits and edges resolve; directed edges between texts hold no cycle."""
        texts = set(self.articles) | {report["id"] for report in self.truth["reports"]}
        parties = set(self.origins) | {page["outlet"] for page in self.pages.values()}
        parties |= {report["source"] for report in self.truth["reports"]}
        for credit in self.truth["credits"]:
            self.locate("credit", credit["page"], credit["text"], credit["occurrence"])
            self.expect(credit["resolves_to"] in texts, credit["text"], "resolves to nothing")
            for cover in credit["covers"]:
                self.range(credit["text"], credit["page"], cover)
        sources: dict[str, set[str]] = {}
        for edge in self.truth["lineage"]:
            pointing = edge["kind"] in POINTING
            known = edge["source"] in (parties if pointing else texts)
            self.expect(known and edge["derived"] in texts, "edge does not resolve", str(edge))
            if edge["directed"] and not pointing:
                sources.setdefault(edge["derived"], set()).add(edge["source"])
        while free := {n for n in sources if not sources[n] & set(sources)}:
            sources = {node: found for node, found in sources.items() if node not in free}
        self.expect(not sources, "lineage", f"cycle among {sorted(sources)}")

    def check_rest(self) -> None:
        """Same-origin groups, conflicts, forecasts, quotations and loaded terms."""
        for group in self.truth["same_origin"]:
            members = [self.claims[key] for key in group["claims"]]
            same = {(claim["origin"]["name"], claim["statement"]) for claim in members}
            self.expect(same == {(group["origin"], group["statement"])}, "group", str(same))
        for conflict in self.truth["conflicts"]:
            self.expect(
                len(set(conflict["claims"]) & set(self.claims)) > 1, conflict["id"], "claims"
            )
        for forecast in self.truth["forecasts"]:
            known = {forecast["claim"], *forecast["outcomes"]} <= set(self.claims)
            self.expect(known and forecast["verdict"] in VERDICTS, "forecast", str(forecast))
        for item in self.truth["altered_quotations"] + self.truth["faithful_quotations"]:
            self.locate("quotation", item["page"], item["quotation"])
            self.locate("quotation", item["source_page"], item["source_words"])
        for term in self.truth["loaded_terms"]:
            self.locate("loaded term", term["page"], term["text"], term["occurrence"])


def main() -> int:
    """Check the folders named, or every pile beside this file; exit status 1 on any fault."""
    beside = sorted(path.parent for path in Path(__file__).parent.glob("*/truth.json"))
    faults = 0
    for folder in [Path(name) for name in sys.argv[1:]] or beside:
        checker = Checker(folder)
        checker.check()
        sys.stderr.writelines(f"{folder.name}: {fault}\n" for fault in checker.faults)
        faults += len(checker.faults)
        sys.stdout.write(f"{folder.name}: {len(checker.claims)} claims checked\n")
    return int(faults > 0)


if __name__ == "__main__":
    raise SystemExit(main())
