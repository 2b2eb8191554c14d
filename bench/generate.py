"""Seeded generator of news piles of any size whose lineage is known: the benches' one source of pages.

    python bench/generate.py --pages 10000 --seed 1 --out pile --format mixed
    python bench/generate.py --pages 200000 --seed 1 --jsonl pile.jsonl

The first writes `pile/pages/…` and `pile/truth.jsonl`, the second `pile.jsonl` and
`pile.truth.jsonl`. Pages stream; the first 1,000 of a larger pile are the pile of 1,000. Everything
in them is invented. `generate_truth` says what a row of truth means.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Final, Literal, NamedTuple, cast

import msgspec

from generate_compose import Edge, Job, compose, page_id
from generate_family import Family, Known, Member, Rates, schedule, weighted
from generate_html import render_html
from generate_outlets import Outlet
from generate_story import Story
from generate_text import Rendered, date_words, render_text
from generate_truth import Origin, PageTruth, Parent, Passage, Trace, shared_ranges
from generate_words import Pick

Format = Literal["html", "txt", "mixed", "jsonl"]
HTML_SHARE: Final = 0.7  # of a mixed pile
_ENCODER: Final = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """One page: its bytes as captured, its text rendition, and everything known about it."""

    source: str
    url: str
    media_type: str
    content: bytes
    text: str
    outlet: str
    shown: str | None
    truth: PageTruth


class PageDate(NamedTuple):
    """What the page says of its date; `shown` is None where it says nothing."""

    state: str
    shown: date | None
    where: str | None


def _page_date(member: Member, outlet: Outlet, form: str, rates: Rates, rnd: Pick) -> PageDate:
    state = weighted(rates.dates, rnd)
    wrong = member.day + timedelta(days=3 + int(rnd() * 200))
    if state == "missing":
        return PageDate(state, None, None)
    shown = member.day if state == "right" else wrong
    where = {"html": outlet.date_where, "txt": "text", "jsonl": "record"}[form]
    return PageDate(state, shown, where)


def _url(outlet: Outlet, title: str, page: str, dated: PageDate) -> str:
    slug = "-".join("".join(c for c in w if c.isalnum()) for w in title.lower().split()[:6])
    folder = f"news/{page[:2]}"
    if dated.where == "url" and dated.shown is not None:
        folder = f"{dated.shown:%Y/%m/%d}"
    return f"https://{outlet.host}/{folder}/{slug}-{page}"


def _passages(edge: Edge, traces: list[Trace], parent: Known | None) -> list[Passage]:
    if parent is None:
        return [Passage((t.start, t.end), None) for t in traces if t.origin == edge.report]
    return [Passage(derived, source) for derived, source in shared_ranges(traces, parent.traces)]


def _parent(edge: Edge, rendered: Rendered, family: Family) -> Parent:
    known = None if edge.parent is None else family.known[edge.parent]
    passages = _passages(edge, rendered.traces, known)
    words = sum(len(rendered.text[p.derived[0] : p.derived[1]].split()) for p in passages)
    source = None if known is None else known.source
    return Parent(
        source, edge.report, edge.outlet, edge.kind, edge.directed, edge.credit, words, passages
    )


def _origins(stories: list[Story]) -> list[Origin]:
    found: dict[str, Origin] = {}
    for story in stories:
        for origin in story.origins:
            found.setdefault(origin.id, origin)
    return list(found.values())


def _page(
    seed: int, form: Format, words: int, rates: Rates, family: Family, member: Member
) -> GeneratedPage:
    """Build one planned page."""
    page = page_id(seed, family.slot, member.index)
    stories, edge = compose(Job(seed, words, family, member, page, Random(f"page/{seed}/{page}")))
    # A second source of chance, so that the words of a page do not depend on its format.
    rnd = Random(f"look/{seed}/{page}").random
    kind = ("html" if rnd() < HTML_SHARE else "txt") if form == "mixed" else form
    outlet = member.outlet
    dated = _page_date(member, outlet, kind, rates, rnd)
    updated = dated.state == "misleading"
    line = None
    if dated.shown is not None and dated.where in ("text", "time"):
        line = date_words(outlet, dated.shown, updated=updated)
    rendered = render_text(stories, line, rnd)
    url = _url(outlet, stories[0].title, page, dated)
    content, media_type, source = rendered.text, "text/plain", url
    if kind == "html":
        content = render_html(stories, url, dated.shown, dated.where, rnd, updated=updated)
        media_type = "text/html"
    if kind != "jsonl":
        source = url.removeprefix("https://") + (".html" if kind == "html" else ".txt")
    if member.index in family.parents:
        family.known[member.index] = Known(source, outlet, stories[0], rendered.traces)
    shown = dated.shown.isoformat() if dated.shown else None
    truth = PageTruth(
        page=page, source=source, url=url, outlet=outlet.name, media_type=media_type,
        group=f"g-{page_id(seed, family.slot, 0)}", operation=member.operation,
        published=member.day.isoformat(), date_state=dated.state, date_shown=shown,
        date_where=dated.where, documents=rendered.documents, origins=_origins(stories),
        traces=rendered.traces, parents=[_parent(edge, rendered, family)] if edge else [],
        credits=rendered.credits, text=rendered.text if kind == "html" else None,
    )  # fmt: skip
    return GeneratedPage(
        source, url, media_type, content.encode(), rendered.text, outlet.name, shown, truth
    )


def generate(
    n: int, seed: int, *, form: Format = "mixed", words: int = 400, rates: Rates | None = None
) -> Iterator[GeneratedPage]:
    """Yield `n` pages: the same for the same arguments, and the first of any larger `n`."""
    chosen = rates or Rates()
    for family, member in islice(schedule(seed, chosen), n):
        yield _page(seed, form, words, chosen, family, member)


def write_folder(pages: Iterator[GeneratedPage], out: Path) -> int:
    """Write pages under `out/pages` and their truth to `out/truth.jsonl`; return how many."""
    count = 0
    (out / "pages").mkdir(parents=True, exist_ok=True)
    with (out / "truth.jsonl").open("wb") as truth:
        for page in pages:
            path = out / "pages" / page.source
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(page.content)
            truth.write(_ENCODER.encode(page.truth) + b"\n")
            count += 1
    return count


def write_jsonl(pages: Iterator[GeneratedPage], out: Path) -> int:
    """Write one page a line to `out`, truth beside it as `….truth.jsonl`; return how many."""
    count = 0
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("wb") as lines, out.with_suffix(".truth.jsonl").open("wb") as truth:
        for page in pages:
            field = "html" if page.media_type == "text/html" else "text"
            row = {"url": page.url, "outlet": page.outlet, field: page.content.decode()}
            if page.shown is not None and page.truth.date_where == "record":
                row["published"] = page.shown
            lines.write(_ENCODER.encode(row) + b"\n")
            truth.write(_ENCODER.encode(page.truth) + b"\n")
            count += 1
    return count


def main() -> None:
    """Read the command line and write the pile."""
    parser = argparse.ArgumentParser(
        description="Write a pile of invented news pages with known truth."
    )
    parser.add_argument("--pages", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="folder for pages/ and truth.jsonl")
    parser.add_argument(
        "--jsonl", type=Path, help="write one file, a page a line, instead of a folder"
    )
    parser.add_argument("--format", choices=("html", "txt", "mixed", "jsonl"), default=None)
    parser.add_argument("--words", type=int, default=400, help="words of an article on average")
    parser.add_argument("--rates", default="", help="name=weight,… replacing weights of Rates")
    args = parser.parse_args()
    form = cast("Format", args.format or ("jsonl" if args.jsonl else "mixed"))
    try:
        rates = Rates().changed(args.rates)
    except ValueError as error:
        parser.error(str(error))
    target = args.jsonl or (args.out / "pages.jsonl" if args.out and form == "jsonl" else None)
    if target is None and args.out is None:
        parser.error("nowhere to write: give --out FOLDER or --jsonl FILE")
    pages = generate(args.pages, args.seed, form=form, words=args.words, rates=rates)
    count = write_jsonl(pages, target) if target else write_folder(pages, args.out)
    sys.stderr.write(f"{count} pages written to {target or args.out}\n")


if __name__ == "__main__":
    main()
