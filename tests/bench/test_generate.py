"""The generator's promises: the same pile for a seed, prefixes kept, real sizes, and a truth that holds to the letter."""

import json
import re
import statistics
import subprocess
import sys
from collections import Counter
from itertools import islice, pairwise
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench"
sys.path.insert(0, str(BENCH))

from generate import Format, GeneratedPage, generate, write_folder, write_jsonl  # noqa: E402 - after the path is set
from generate_family import Rates  # noqa: E402 - after the path is set
from generate_outlets import agencies, outlets  # noqa: E402 - after the path is set
from generate_truth import shared_ranges, widen  # noqa: E402 - after the path is set

_WORD = re.compile(r"\w+")


@pytest.fixture(scope="module")
def text_pile() -> list[GeneratedPage]:
    return list(generate(2_000, 7, form="txt"))


@pytest.mark.parametrize("form", ["txt", "html", "mixed", "jsonl"])
def test_a_seed_gives_the_same_bytes_and_a_prefix_of_every_larger_pile(form: Format) -> None:
    small = list(generate(150, 3, form=form))
    large = list(islice(generate(10_000, 3, form=form), 150))
    assert small == large
    assert [p.content for p in small] != [p.content for p in generate(150, 4, form=form)]


def test_the_bytes_do_not_depend_on_the_process() -> None:
    command = "import hashlib, generate as g; print(hashlib.sha256(b''.join(p.content for p in g.generate(80, 2))).hexdigest())"
    digests = {
        subprocess.run(
            [sys.executable, "-c", command],
            cwd=BENCH,
            env={"PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(digests) == 1


def test_html_pages_are_of_real_size_and_hold_the_article_words() -> None:
    pages = list(generate(200, 5, form="html"))
    assert statistics.median(len(page.content) for page in pages) >= 40_000
    for page in pages[:40]:
        source = page.content.decode()
        trace = page.truth.traces[0]
        assert page.text[trace.start : trace.end] in source


def test_sources_are_unique_and_the_cast_is_large(text_pile: list[GeneratedPage]) -> None:
    assert len({page.source for page in text_pile}) == len(text_pile)
    assert len({page.outlet for page in text_pile}) >= 60
    assert len(agencies()) >= 6
    assert len({outlet.host for outlet in outlets()}) == len(outlets()) >= 60


def test_every_operation_date_state_and_family_size_occurs(text_pile: list[GeneratedPage]) -> None:
    operations = Counter(page.truth.operation for page in text_pile)
    assert set(operations) == {
        "original",
        "common_source",
        *(name for name, _ in Rates().operations),
    }
    assert {page.truth.date_state for page in text_pile} == {"right", "missing", "misleading"}
    sizes = Counter(Counter(page.truth.group for page in text_pile).values())
    assert sizes[1] > sum(count for size, count in sizes.items() if size > 1)
    assert max(sizes) >= 20
    assert any(2 <= size <= 20 for size in sizes)


def test_dates_say_what_the_truth_says(text_pile: list[GeneratedPage]) -> None:
    for page in text_pile:
        truth = page.truth
        assert (truth.date_shown is None) == (truth.date_state == "missing")
        assert (truth.date_shown == truth.published) == (truth.date_state == "right")


def test_parent_passages_slice_to_the_same_words_on_both_pages(
    text_pile: list[GeneratedPage],
) -> None:
    texts = {page.source: page.content.decode() for page in text_pile}
    seen = Counter[str]()
    for page in text_pile:
        for parent in page.truth.parents:
            assert parent.passages
            seen[parent.kind] += 1
            for passage in parent.passages:
                if parent.source is None or passage.source is None:
                    assert parent.report is not None
                    continue
                derived = page.text[slice(*passage.derived)]
                assert derived == texts[parent.source][slice(*passage.source)] != ""
    assert set(seen) == {"copy", "excerpt", "quotation", "paraphrase", "common_source"}


def test_quotations_are_of_28_to_47_words(text_pile: list[GeneratedPage]) -> None:
    shared = [
        len(page.text[slice(*passage.derived)].split())
        for page in text_pile
        for parent in page.truth.parents
        if parent.kind == "quotation"
        for passage in parent.passages
    ]
    assert 28 <= min(shared) <= max(shared) <= 47


def test_traces_give_the_shared_words_of_any_two_pages(text_pile: list[GeneratedPage]) -> None:
    groups: dict[str, list[GeneratedPage]] = {}
    for page in text_pile:
        groups.setdefault(page.truth.group, []).append(page)
    compared = 0
    for members in groups.values():
        for one, two in pairwise(members):
            for a, b in shared_ranges(one.truth.traces, two.truth.traces):
                assert one.text[slice(*a)] == two.text[slice(*b)]
                wide_a, wide_b = widen(one.text, two.text, (a, b))
                words_a, words_b = (
                    _WORD.findall(page.text[slice(*wide)].lower())
                    for page, wide in ((one, wide_a), (two, wide_b))
                )
                assert words_a == words_b
                compared += 1
    assert compared > 1_000


def test_credits_and_documents_stand_where_the_truth_says(text_pile: list[GeneratedPage]) -> None:
    credited = 0
    for page in text_pile:
        for document in page.truth.documents:
            assert page.text[: document.start].count(document.title)
        for credit in page.truth.credits:
            credited += 1
            assert page.text[credit.start : credit.end] == credit.text
            for start, end in credit.covers:
                assert any(t.start < end and start < t.end for t in page.truth.traces)
    assert credited > 300


def test_copies_come_after_their_parents_and_origins_are_known(
    text_pile: list[GeneratedPage],
) -> None:
    seen: set[str] = set()
    for page in text_pile:
        for parent in page.truth.parents:
            assert parent.source is None or parent.source in seen
        seen.add(page.source)
        firsthand = {t.origin for t in page.truth.traces if not t.origin.startswith("e-")}
        assert firsthand == {origin.id for origin in page.truth.origins}


def test_independent_articles_share_no_twelve_words(text_pile: list[GeneratedPage]) -> None:
    first: dict[int, str] = {}
    for page in text_pile:
        for trace in page.truth.traces:
            if trace.origin.startswith("e-"):
                continue
            words = _WORD.findall(page.text[trace.start : trace.end].lower())
            for at in range(len(words) - 11):
                window = " ".join(words[at : at + 12])
                assert first.setdefault(hash(window), trace.origin) == trace.origin, window


def test_rates_can_be_changed_and_a_wrong_name_lists_the_right_ones() -> None:
    rates = Rates().changed("single=1,missing=1,right=0,misleading=0")
    pages = list(generate(50, 1, form="txt", rates=rates))
    assert {page.truth.operation for page in pages} == {"original"}
    assert {page.truth.date_state for page in pages} == {"missing"}
    with pytest.raises(ValueError, match=r"'copyed'.*copy_credit"):
        Rates().changed("copyed=2")


def test_files_hold_the_pages_and_one_row_of_truth_each(tmp_path: Path) -> None:
    assert write_folder(generate(30, 1), tmp_path / "pile") == 30
    rows = [
        json.loads(line) for line in (tmp_path / "pile" / "truth.jsonl").read_bytes().splitlines()
    ]
    for row, page in zip(rows, generate(30, 1), strict=True):
        assert (tmp_path / "pile" / "pages" / row["source"]).read_bytes() == page.content
        assert ("text" in row) == (row["media_type"] == "text/html")
    assert write_jsonl(generate(30, 1, form="jsonl"), tmp_path / "pile.jsonl") == 30
    lines = [json.loads(line) for line in (tmp_path / "pile.jsonl").read_bytes().splitlines()]
    truth = (tmp_path / "pile.truth.jsonl").read_bytes().splitlines()
    for line, row in zip(lines, map(json.loads, truth), strict=True):
        assert line["url"] == row["source"]
        assert line.get("published") == row.get("date_shown")
