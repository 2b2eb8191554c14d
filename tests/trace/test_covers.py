"""What credits account for: the run below, the run above, quoted blocks, the whole text."""

import pytest

from firsthand.model.lineage import Credit
from firsthand.model.page import Link, Page, PageMetadata
from firsthand.segment.stage import segment_document
from firsthand.trace.credits import find_credits
from trace_credit_cases import BLOCK, BODY, OWN
from trace_factory import make_article, make_document, make_page

FIRST, SECOND, THIRD = BODY
CUT = f"{SECOND} […]"


def covers_of(text: str, *, title: str | None = None) -> dict[str, list[str]]:
    """Covered words by credit words."""
    page, document, segments = make_article(text, title=title)
    found = find_credits(page, [document], [segments])
    return {credit.text: [span.text for span in credit.covers] for credit in found}


def lines(*parts: str) -> str:
    return "\n\n".join(parts)


def test_leading_run_ends_at_the_next_credit() -> None:
    text = lines("Tarn Wire reports:", FIRST, SECOND, "Update from Harrow Post:", THIRD)
    assert covers_of(text) == {
        "Tarn Wire reports:": [lines(FIRST, SECOND)],
        "Update from Harrow Post:": [THIRD],
    }


def test_leading_and_trailing_credit_of_one_source_cover_the_same_run() -> None:
    text = lines(
        OWN, "Kestrel International reports…", FIRST, SECOND, "Continue this story at Kestrel", OWN
    )
    assert set(map(tuple, covers_of(text).values())) == {(lines(FIRST, SECOND),)}


def test_blank_lines_part_a_leading_from_anothers_trailing_credit() -> None:
    text = f"Tarn Wire reports:\n\n{FIRST}\n{SECOND}\n\n\n{THIRD}\n{OWN} […]\n\nRead in full A Long Road in Harrow Post"
    assert covers_of(text) == {
        "Tarn Wire reports:": [f"{FIRST}\n{SECOND}"],
        "Read in full A Long Road in Harrow Post": [f"{THIRD}\n{OWN} […]"],
    }


def test_without_a_break_the_trailing_credit_has_the_last_paragraph() -> None:
    text = lines("Tarn Wire reports:", FIRST, SECOND, THIRD, "Source: Harrow Post")
    assert covers_of(text) == {
        "Tarn Wire reports:": [lines(FIRST, SECOND)],
        "Source: Harrow Post": [THIRD],
    }


@pytest.mark.parametrize("rule", ["* * *", "-----", "***", "———"])
def test_rule_ends_a_run(rule: str) -> None:
    text = lines("Tarn Wire reports:", FIRST, rule, OWN)
    assert covers_of(text) == {"Tarn Wire reports:": [FIRST]}


@pytest.mark.parametrize("mark", ["Editor’s note:", "Our view:", "Comment:", "Ed. note:"])
def test_outlets_remark_ends_a_run(mark: str) -> None:
    text = lines("Tarn Wire reports:", FIRST, f"{mark} {OWN}")
    assert covers_of(text) == {"Tarn Wire reports:": [FIRST]}


def test_outlets_voice_mark_ends_a_run() -> None:
    text = lines("Tarn Wire reports:", FIRST, "Lantern Daily says…", OWN)
    assert covers_of(text) == {"Tarn Wire reports:": [FIRST]}


def test_words_left_out_then_comment_before_the_next_excerpt() -> None:
    text = lines("Tarn Wire reports:", FIRST, CUT, OWN, "Harrow Post reports:", THIRD)
    assert covers_of(text) == {
        "Tarn Wire reports:": [lines(FIRST, CUT)],
        "Harrow Post reports:": [THIRD],
    }


def test_words_left_out_inside_an_excerpt_do_not_end_it() -> None:
    text = lines("Tarn Wire reports:", FIRST, CUT, THIRD)
    assert covers_of(text) == {"Tarn Wire reports:": [lines(FIRST, CUT, THIRD)]}


def test_dateline_below_a_credit_belongs_to_its_run() -> None:
    dated = f"VELMAR, ORVELIA (4:05 P.M.) – {FIRST}"
    text = lines(OWN, "Update from Tarn Wire:", dated, SECOND)
    assert covers_of(text) == {"Update from Tarn Wire:": [lines(dated, SECOND)]}


def test_each_agency_dateline_begins_a_report() -> None:
    text = lines(f"VELMAR (MNA) — {FIRST}", SECOND, f"ORVEL (MNA) — {THIRD}")
    assert covers_of(text) == {
        "VELMAR (MNA) —": [lines(FIRST, SECOND)],
        "ORVEL (MNA) —": [THIRD],
    }


def test_digest_of_credited_paragraphs() -> None:
    text = lines(f"{FIRST} (Tarn Wire)", SECOND, f"{THIRD} (Vesna TV)")
    assert covers_of(text) == {
        "(Tarn Wire)": [FIRST],
        "(Vesna TV)": [lines(SECOND, THIRD)],
    }


def test_single_credit_amid_the_text_covers_its_paragraph() -> None:
    text = lines(FIRST, f"{SECOND} (Tarn Wire)", THIRD)
    assert covers_of(text) == {"(Tarn Wire)": [SECOND]}


def test_picture_credit_neither_covers_nor_ends_a_run() -> None:
    text = lines("Tarn Wire reports:", FIRST, "Photo: Vesna TV", SECOND)
    assert covers_of(text)["Tarn Wire reports:"] == [FIRST, SECOND]


def test_headings_stay_inside_a_run() -> None:
    text = lines("Source: Tarn Wire", FIRST, "The ford and the mill", SECOND)
    assert covers_of(text) == {"Source: Tarn Wire": [lines(FIRST, "The ford and the mill", SECOND)]}


def test_byline_and_date_above_the_text_are_not_covered() -> None:
    text = f"Ford shut\nBy Ada Quill\n3 May 2031\nSource: Tarn Wire\n{FIRST}\n{SECOND}"
    assert covers_of(text, title="Ford shut") == {"Source: Tarn Wire": [f"{FIRST}\n{SECOND}"]}


def test_title_credit_covers_title_and_the_sources_run() -> None:
    title = "Footage shot by Kestrel from the besieged toll house"
    text = lines(title, OWN, "Kestrel reports:", FIRST)
    assert covers_of(text, title=title) == {
        "Footage shot by Kestrel": [title, FIRST],
        "Kestrel reports:": [FIRST],
    }


def test_caption_that_ends_with_its_source() -> None:
    text = lines("Lorries queue at the ford. Tarn Wire report", OWN)
    assert covers_of(text) == {"Tarn Wire report": ["Lorries queue at the ford."]}


@pytest.mark.parametrize(
    "parts",
    [
        (
            "“Who pays for the diesel that crosses the ford each night, and who signs for it?",
            "Nobody has asked.”",
        ),
        (
            "“Who pays for the diesel that crosses the ford each night, and who signs for it?",
            "“Nobody has asked.”",
        ),
        ("“Who pays for the diesel that crosses the ford each night, and who signs for it?”",),
    ],
)
def test_persons_block_runs_to_its_closing_mark(parts: tuple[str, ...]) -> None:
    lead = "Ada Quill of Bridge Watch raised some questions:"
    text = lines(OWN, lead, *parts, THIRD)
    assert covers_of(text) == {lead: [lines(*parts)]}


def test_line_with_a_colon_but_no_quoted_block_is_no_credit() -> None:
    assert covers_of(lines("Ada Quill of Bridge Watch raised some questions:", FIRST)) == {}


def test_reaction_to_a_report_covers_what_was_said() -> None:
    quote = "“Who pays for the diesel that crosses the ford each night, and who signs for it?”"
    text = lines("Ada Quill of Bridge Watch wrote after reading the Tarn Wire report:", quote)
    assert covers_of(text) == {
        "Ada Quill of Bridge Watch wrote": [quote],
        "after reading the Tarn Wire report": [quote],
    }


def html(parts: list[tuple[str, str]], **more: object) -> list[Credit]:
    """Credits of a page of blocks, each with the path of its element."""
    page = make_page("\n".join(words for words, _ in parts), paths=[path for _, path in parts])
    fields = {name: getattr(page, name) for name in Page.__struct_fields__}
    page = Page(**{**fields, **more})
    document = make_document(page)
    return find_credits(page, [document], [segment_document(page, document)])


QUOTE = "/html/body/blockquote[1]"


def test_blockquote_bounds_a_leading_credit() -> None:
    (credit,) = html(
        [
            (OWN, "/html/body/p[1]"),
            ("Tarn Wire reports:", "/html/body/p[2]"),
            (FIRST, f"{QUOTE}/p[1]"),
            (SECOND, f"{QUOTE}/p[2]"),
            (THIRD, "/html/body/p[3]"),
        ]
    )
    assert [span.text for span in credit.covers] == [f"{FIRST}\n{SECOND}"]


def test_blockquote_bounds_a_trailing_credit() -> None:
    (credit,) = html(
        [
            (OWN, "/html/body/p[1]"),
            (FIRST, f"{QUOTE}/p[1]"),
            ("Read more at Tarn Wire", "/html/body/p[2]"),
            (THIRD, "/html/body/p[3]"),
        ]
    )
    assert [span.text for span in credit.covers] == [FIRST]


def link(text: str, words: str, url: str, element: str = "a") -> Link:
    at = text.index(words)
    return Link(start=at, end=at + len(words), url=url, element=element)


def test_link_behind_credit_words_gives_the_address() -> None:
    text = f"{FIRST}\nSource: Tarn Wire"
    (credit,) = html(
        [(FIRST, "/p[1]"), ("Source: Tarn Wire", "/p[2]")],
        links=(link(text, "Tarn Wire", "https://tarnwire.example.com/a/1"),),
    )
    assert credit.cited_url == "https://tarnwire.example.com/a/1"


@pytest.mark.parametrize(
    ("url", "sources"),
    [
        ("https://tarnwire.example.com/a/1", ["tarnwire.example.com"]),
        ("https://web.archive.org/web/20310503/https://tarnwire.com/a/1", ["tarnwire.com"]),
        ("https://lanterndaily.com/more", []),
        ("https://twitter.com/someone/status/1", []),
        ("http://[broken", []),
    ],
)
def test_bare_link_line_credits_the_site_it_leads_to(url: str, sources: list[str]) -> None:
    text = f"{FIRST}\nRead more"
    found = html(
        [(FIRST, "/p[1]"), ("Read more", "/p[2]")],
        source="https://www.lanterndaily.com/ford",
        links=(link(text, "Read more", url),),
    )
    assert [credit.cited_source for credit in found] == sources
    assert [credit.kind for credit in found] == ["linked"] * len(sources)


def test_cite_address_of_a_blockquote_is_a_credit() -> None:
    text = f"{OWN}\n{FIRST}"
    (credit,) = html(
        [(OWN, "/p[1]"), (FIRST, f"{QUOTE}/p[1]")],
        links=(link(text, FIRST, "https://tarnwire.com/a/1", "blockquote"),),
    )
    assert (credit.cited_source, credit.kind) == ("tarnwire.com", "quoted")
    assert [span.text for span in credit.covers] == [FIRST]


@pytest.mark.parametrize(
    ("metadata", "sources"),
    [
        (PageMetadata(canonical_url="https://tarnwire.com/a/1"), ["tarnwire.com"]),
        (PageMetadata(canonical_url="https://lanterndaily.com/ford"), []),
        (PageMetadata(based_on=("https://tarnwire.com/a/1",)), ["tarnwire.com"]),
        (PageMetadata(source_organization="Tarn Wire"), ["Tarn Wire"]),
        (PageMetadata(source_organization="Lantern Daily"), []),
        (PageMetadata(credit_text="Tarn Wire"), ["Tarn Wire"]),
        (PageMetadata(publisher="Lantern Holding"), []),
    ],
)
def test_metadata_that_names_another_origin_covers_the_text(
    metadata: PageMetadata, sources: list[str]
) -> None:
    found = html(
        [(FIRST, "/p[1]"), (SECOND, "/p[2]")],
        source="https://www.lanterndaily.com/ford",
        metadata=metadata,
    )
    assert [credit.cited_source for credit in found] == sources
    for credit in found:
        assert [span.text for span in credit.covers] == [f"{FIRST}\n{SECOND}"]


def test_credit_line_just_after_the_article_still_counts() -> None:
    text = f"{BLOCK}\n\nContinue this story at Kestrel\n\nGet our magazine"
    page = make_page(text)
    document = make_document(page, end=len(BLOCK))
    (credit,) = find_credits(page, [document], [segment_document(page, document)])
    assert [span.text for span in credit.covers] == [BLOCK]


@pytest.mark.parametrize("kind", ["share", "navigation", "cookie", "comment_form", "copyright"])
def test_furniture_names_sources_without_crediting_them(kind: str) -> None:
    line = "via Tarn Wire"
    page = make_page(f"{BLOCK}\n\n{line}", furniture=[(line, kind)])
    document = make_document(page)
    assert find_credits(page, [document], [segment_document(page, document)]) == []


def test_furniture_inside_a_run_is_left_out_of_it() -> None:
    advertisement = "Get our magazine today"
    text = lines("Tarn Wire reports:", FIRST, advertisement, SECOND)
    page = make_page(text, furniture=[(advertisement, "advertisement")])
    document = make_document(page)
    (credit,) = find_credits(page, [document], [segment_document(page, document)])
    assert [span.text for span in credit.covers] == [FIRST, SECOND]
