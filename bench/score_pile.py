"""Scores a run on a pile against its truth.json: articles, credits, lineage, claims, events.

usage: python bench/score_pile.py [PILE] [--dated] [--mutate credits|dates|quotations] [--json OUT]

PILE is a folder with pages/ and truth.json (default: examples/tessuk). With --dated the dates
of its dates.toml are given. --mutate spoils the pages first, to show that the figures fall.

Rules. Words of the truth are found in page.text with white space collapsed. A claim is found
where its evidence shares half the words of the shorter with a claim of ours on that page,
paired one to one by overlap. Events are compared as sets of found claims: pairwise F1 over
pairs of claims put together. An origin count is right where our event that holds most of the
claims of a true event has the same n_origins. Lineage edges count between documents and
reports, a report named by the source it is credited to; `kind` is not required to match.
"""

import argparse
import itertools
import json
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from firsthand import dating, intake
from firsthand.intake import Custody
from firsthand.pipeline import run
from firsthand.publish.edition import connect
from firsthand.publish.export import EXPORTS
from firsthand.store.project import create

ROOT = Path(__file__).parents[1]
Row = dict[str, Any]
Tables = dict[str, list[Row]]

MUTATIONS: dict[str, tuple[str, str]] = {
    "credits": (
        r"\((?:Lantern Wire|MNA|Irrel Press Bureau)\)|Source: \w+|[^.<>]{0,60} (?:reports|writes):",
        "",
    ),
    "dates": (r"\b20(2\d)\b", "2007"),
    "quotations": (r"[“”«»\"]", ""),
}
"""What each mutation takes out of the pages."""


PRESS = ("outlet", "agency")


def norm(text: str | None) -> str:
    """A name for comparison."""
    return re.sub(r"\W+", " ", (text or "").casefold()).removeprefix("the ").strip()


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are alike, or one holds the other."""
    a, b = norm(one), norm(other)
    return bool(a and b) and (a == b or f" {a} " in f" {b} " or f" {b} " in f" {a} ")


def f1(hits: float, ours: float, theirs: float) -> dict[str, float]:
    """Precision, recall and their harmonic mean."""
    precision = hits / ours if ours else 0.0
    recall = hits / theirs if theirs else 0.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"p": round(precision, 3), "r": round(recall, 3), "f1": round(both, 3)}


def _is_optional(row: Row) -> bool:
    """Whether a row of the truth may be found or left out."""
    return "optional" in (row.get("note") or "")


class Finder:
    """Finds words of the truth in a page's text."""

    def __init__(self, text: str) -> None:
        """Index a text with its white space collapsed."""
        self.at: list[int] = []
        letters: list[str] = []
        for number, found in enumerate(text):
            letter = " " if found.isspace() else found
            if letter == " " and letters and letters[-1] == " ":
                continue
            letters.append(letter)
            self.at.append(number)
        self.text = "".join(letters)

    def find(self, words: str, occurrence: int | None) -> tuple[int, int] | None:
        """The offsets of some words, or None."""
        wanted, at = " ".join(words.split()), -1
        for _ in range(occurrence or 1):
            at = self.text.find(wanted, at + 1)
            if at < 0:
                return None
        return self.at[at], self.at[at + len(wanted) - 1] + 1


def overlap(one: Iterable[tuple[int, int]], other: Iterable[tuple[int, int]]) -> float:
    """Shared characters over those of the shorter side."""
    a = set(itertools.chain.from_iterable(range(*span) for span in one))
    b = set(itertools.chain.from_iterable(range(*span) for span in other))
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def pair(
    ours: list[Row], theirs: list[Row], score: Callable[[Row, Row], float]
) -> list[tuple[Row, Row]]:
    """One-to-one pairs, best first, of rows that score above nothing."""
    found = [(score(a, b), i, j) for i, a in enumerate(ours) for j, b in enumerate(theirs)]
    used_a: set[int] = set()
    used_b: set[int] = set()
    pairs = []
    for value, i, j in sorted(found, key=lambda row: (-row[0], row[1], row[2])):
        if value > 0 and i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            pairs.append((ours[i], theirs[j]))
    return pairs


class Score:
    """One run beside its truth."""

    def __init__(self, tables: Tables, truth: Row) -> None:
        """Match pages and locate the words of the truth."""
        self.tables, self.truth = tables, truth
        files = {page["source"].rsplit("/", 1)[-1]: page for page in tables["pages"]}
        self.page_of = {p["id"]: files[p["file"]] for p in truth["pages"] if p["file"] in files}
        self.finders = {key: Finder(page["text"]) for key, page in self.page_of.items()}
        self.truth_page = {page["page_id"]: key for key, page in self.page_of.items()}
        self.documents = {d["document_id"]: d for d in tables["documents"]}

    def spans(self, page: str, words: str, occurrence: int | None) -> list[tuple[int, int]]:
        """Where words of the truth stand."""
        found = self.finders[page].find(words, occurrence) if page in self.finders else None
        return [found] if found else []

    def ours_on(self, table: str) -> dict[str, list[Row]]:
        """Our rows of a table by page of the truth."""
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in self.tables[table]:
            page = self.documents[row["document_id"]]["page_id"]
            rows[self.truth_page.get(page, "?")].append(row)
        return rows

    def articles(self) -> dict[str, float]:
        """How many pages have as many articles as they should, and rightly known facts."""
        counts, outlets, dates, guessed, total = 0, 0, 0, 0, 0
        by_page: dict[str, list[Row]] = defaultdict(list)
        for document in self.tables["documents"]:
            by_page[self.truth_page.get(document["page_id"], "?")].append(document)
        for page in self.truth["pages"]:
            found = sorted(by_page[page["id"]], key=lambda row: int(row["ordinal"]))
            counts += len(found) == len(page["articles"])
            for document, article in zip(found, page["articles"], strict=False):
                total += 1
                outlets += same_name(document["outlet"], page["outlet"])
                dates += document["published"] in (article["published"], article.get("given"))
                guessed += document["published"] is not None and not dates
        pages = len(self.truth["pages"])
        return {
            "article_count": round(counts / pages, 3),
            "outlet": round(outlets / max(total, 1), 3),
            "published": round(dates / max(total, 1), 3),
        }

    def credits(self) -> dict[str, float]:
        """Credits by words and source; `any`: also those that the truth calls optional.

        Credits of institutions and persons count where the truth has them, and are not wrong
        where it lists them as attributions. What a note calls optional (an outlet's words about
        itself, credits inside copied text) may be found or not.
        """
        ours, hits, optional, found, press = self.ours_on("credits"), 0, 0, 0, 0
        for page in self.page_of:
            theirs = [row for row in self.truth["credits"] if row["page"] == page]

            def score(a: Row, b: Row, page: str = page) -> float:
                near = overlap(
                    [(a["start"], a["end"])], self.spans(page, b["text"], b["occurrence"])
                )
                return (
                    near if near >= 0.5 and same_name(a["cited_source"], b["cited_source"]) else 0
                )

            pairs = pair(ours.get(page, []), theirs, score)
            left = [b for _, b in pairs if not _is_optional(b)]
            optional += sum(map(_is_optional, theirs))
            hits, found = hits + len(left), found + len(pairs)
            matched = {a["credit_id"] for a, _ in pairs}
            others = [r for r in ours.get(page, []) if r["credit_id"] not in matched]
            press += sum(row["source_kind"] in PRESS for row in others)
        total = len(self.truth["credits"])
        every = f1(found, found + press, total)
        strict = f1(hits, hits + press, total - optional)
        return {**strict, **{f"any_{name}": value for name, value in every.items()}}

    def pairs_of_claims(self) -> list[tuple[Row, Row]]:
        """Our claims paired with true ones."""
        ours, found = self.ours_on("claims"), []
        for page in self.page_of:
            theirs = [row for row in self.truth["claims"] if row["page"] == page]

            def score(a: Row, b: Row, page: str = page) -> float:
                spans = [(s["start"], s["end"]) for s in a["evidence"]]
                near = overlap(spans, self.spans(page, b["evidence"], b.get("occurrence")))
                right = a["type"] in (b["type"], *b.get("also_acceptable_types", []))
                return near + right + 0.2 * (a["modality"] == b["modality"]) if near >= 0.5 else 0.0

            found += pair(ours[page], theirs, score)
        return found

    def claims(self, pairs: list[tuple[Row, Row]]) -> dict[str, Any]:
        """Claims found, and how often each field is right on those found."""
        fields: Counter[str] = Counter()
        for mine, true in pairs:
            origin = mine["origin"] or {}
            fields["type"] += mine["type"] in (true["type"], *true.get("also_acceptable_types", []))
            fields["modality"] += mine["modality"] == true["modality"]
            fields["polarity"] += mine["polarity"] == true["polarity"]
            chain = [link["name"] for link in mine["chain"]]
            fields["innermost"] += bool(chain) and same_name(chain[-1], true["chain"][-1])
            fields["origin_name"] += same_name(origin.get("name"), true["origin"]["name"])
            fields["origin_level"] += origin.get("level") == true["origin"]["level"]
        count = max(len(pairs), 1)
        return {
            "found": f1(len(pairs), len(self.tables["claims"]), len(self.truth["claims"])),
            **{name: round(hits / count, 3) for name, hits in sorted(fields.items())},
        }

    def events(self, pairs: list[tuple[Row, Row]]) -> dict[str, Any]:
        """Claims put together as in the truth, and origin counts."""
        mine = {true["id"]: ours["event_id"] for ours, true in pairs}
        true_event = {t["id"]: t["event"] for t in self.truth["claims"]}
        together = {
            frozenset(two)
            for two in itertools.combinations(sorted(mine), 2)
            if mine[two[0]] and mine[two[0]] == mine[two[1]]
        }
        should = {
            frozenset(two)
            for two in itertools.combinations(sorted(mine), 2)
            if true_event[two[0]] and true_event[two[0]] == true_event[two[1]]
        }
        events = {row["event_id"]: row for row in self.tables["events"]}
        right, near, seen, over = 0, 0, 0, 0
        for event in self.truth["events"]:
            homes = Counter(mine[c] for c in event["claims"] if mine.get(c))
            if not homes:
                continue
            seen += 1
            count = events[homes.most_common(1)[0][0]]["n_origins"]
            right += count == event["n_origins"]
            near += abs(count - event["n_origins"]) <= 1
            over += count > event["n_origins"]
        return {
            "pairs": f1(len(together & should), len(together), len(should)),
            "origin_count_exact": round(right / max(seen, 1), 3),
            "origin_count_within_one": round(near / max(seen, 1), 3),
            "origin_count_too_high": round(over / max(seen, 1), 3),
            "events_seen": f"{seen}/{len(self.truth['events'])}",
        }

    def edges(self) -> dict[str, float]:
        """Lineage between documents and reports."""
        return f1(*self._edge_counts())

    def _edge_counts(self) -> tuple[int, int, int]:
        reports = {row["id"]: norm(row["source"]) for row in self.truth["reports"]}
        texts = {a["id"] for page in self.truth["pages"] for a in page["articles"]}

        def true_key(node: str) -> str | None:
            return node if node in texts else reports.get(node)

        should = set()
        for row in self.truth["lineage"]:
            ends = true_key(row["derived"]), true_key(row["source"])
            if None not in ends:
                should.add(ends)
        names = {}
        for node in self.tables["nodes"]:
            if node["kind"] == "document":
                document = self.documents.get(node["document_id"])
                if document:
                    page = self.truth_page.get(document["page_id"], "?")
                    names[node["node_id"]] = f"{page}#{document['ordinal']}"
            elif node["kind"] == "report":
                names[node["node_id"]] = norm(node["outlet"] or node["name"])
        ours = {
            (names[row["derived"]], names[row["source"]])
            for row in self.tables["derivations"]
            if row["status"] == "active" and row["derived"] in names and row["source"] in names
        }
        hits = sum(any(self._same_edge(a, b) for b in should) for a in ours)
        recalled = sum(any(self._same_edge(a, b) for a in ours) for b in should)
        return min(hits, recalled), len(ours), len(should)

    @staticmethod
    def _same_edge(a: tuple[str, str], b: tuple[str | None, str | None]) -> bool:
        return a[0] == b[0] and (a[1] == b[1] or ("#" not in a[1] and same_name(a[1], b[1])))

    def origins(self) -> dict[str, float]:
        """Origins by name."""
        ours = [
            row for row in self.tables["origins"] if row["level"] not in ("none", "relay_unknown")
        ]
        pairs = pair(
            ours, self.truth["origins"], lambda a, b: float(same_name(a["name"], b["name"]))
        )
        return f1(len(pairs), len(ours), len(self.truth["origins"]))

    def conflicts(self, pairs: list[tuple[Row, Row]]) -> dict[str, float]:
        """Conflicts that hold two claims of a true one."""
        true_id = {ours["claim_id"]: true["id"] for ours, true in pairs}
        sets = [{true_id.get(c, c) for c in row["claims"]} for row in self.tables["conflicts"]]
        wanted = [set(row["claims"]) for row in self.truth["conflicts"]]
        hits = sum(any(len(one & two) >= 2 for one in sets) for two in wanted)
        good = sum(any(len(one & two) >= 2 for two in wanted) for one in sets)
        precision = good / len(sets) if sets else 0.0
        recall = hits / len(wanted) if wanted else 0.0
        both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {"p": round(precision, 3), "r": round(recall, 3), "f1": round(both, 3)}

    def forecasts(self, pairs: list[tuple[Row, Row]]) -> dict[str, Any]:
        """Forecasts found, and verdicts right on those."""
        ours = {row["claim_id"]: row for row in self.tables["forecasts"]}
        true = {row["claim"]: row for row in self.truth["forecasts"]}
        both = [
            (ours[a["claim_id"]], true[b["id"]])
            for a, b in pairs
            if a["claim_id"] in ours and b["id"] in true
        ]
        right = sum(a["verdict"] == b["verdict"] for a, b in both)
        return {**f1(len(both), len(ours), len(true)), "verdict": f"{right}/{len(both)}"}

    def altered(self) -> dict[str, float]:
        """Altered quotations by their words."""
        ours = self.ours_on("altered_quotations")
        hits = 0
        for page in self.page_of:
            theirs = [row for row in self.truth["altered_quotations"] if row["page"] == page]

            def score(a: Row, b: Row, page: str = page) -> float:
                span = (a["quotation"]["start"], a["quotation"]["end"])
                near = overlap([span], self.spans(page, b["quotation"], b.get("occurrence")))
                return near if near >= 0.5 else 0.0

            hits += len(pair(ours[page], theirs, score))
        return f1(
            hits, len(self.tables["altered_quotations"]), len(self.truth["altered_quotations"])
        )

    def all(self) -> dict[str, Any]:
        """Every figure."""
        pairs = self.pairs_of_claims()
        return {
            "articles": self.articles(),
            "credits": self.credits(),
            "lineage": self.edges(),
            "claims": self.claims(pairs),
            "events": self.events(pairs),
            "origins": self.origins(),
            "conflicts": self.conflicts(pairs),
            "forecasts": self.forecasts(pairs),
            "altered_quotations": self.altered(),
        }


def pages_of(pile: Path, mutation: str | None, folder: Path) -> Path:
    """The pages, spoilt where asked."""
    if mutation is None:
        return pile / "pages"
    pattern, put = MUTATIONS[mutation]
    target = folder / "pages"
    target.mkdir()
    for path in sorted((pile / "pages").iterdir()):
        text = re.sub(pattern, put, path.read_text(encoding="utf-8"))
        (target / path.name).write_text(text, encoding="utf-8")
    return target


def tables_of(pile: Path, *, dated: bool, mutation: str | None) -> Tables:
    """Run the pipeline on a pile and read every export."""
    custody = Custody(at="2031-01-01T00:00:00+00:00", by="bench")
    with tempfile.TemporaryDirectory(prefix="firsthand-bench-") as name:
        project = create(Path(name) / "project")
        for own in ("gazetteer.csv", "actors.tsv"):
            if (pile / own).exists():
                (project.folder / own).write_bytes((pile / own).read_bytes())
        intake.add(project, [pages_of(pile, mutation, Path(name))], custody)
        if dated and (pile / "dates.toml").exists():
            dating.set_dates(project, dating.read_dates_file(pile / "dates.toml"), custody)
        run(project)
        with closing(connect(project.edition)) as db:
            return {table: list(rows(db)) for table, rows in EXPORTS.items()}


def flat(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Figures with dotted names."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(inner, f"{name}.{key}" if name else key)
    else:
        yield name, value


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pile", nargs="?", type=Path, default=ROOT / "examples" / "tessuk")
    parser.add_argument("--dated", action="store_true")
    parser.add_argument("--mutate", choices=sorted(MUTATIONS))
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    truth = json.loads((arguments.pile / "truth.json").read_text(encoding="utf-8"))
    tables = tables_of(arguments.pile, dated=arguments.dated, mutation=arguments.mutate)
    figures = Score(tables, truth).all()
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n")
    for name, value in flat(figures):
        sys.stdout.write(f"{name:<32} {value}\n")


if __name__ == "__main__":
    main()
