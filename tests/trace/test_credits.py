"""Credits: the forms the grammar reads, what they name and cover, and what it must leave alone."""

import re

import pytest

from firsthand.model.lineage import Credit
from firsthand.segment.stage import segment_document
from firsthand.trace.credits import find_credits
from trace_credit_cases import (
    BLOCK,
    BODY,
    HEADS,
    LINES,
    NEAR_MISSES,
    OTHER_LANGUAGES,
    SENTENCES,
    TAILS,
    Case,
)
from trace_factory import make_article, make_document, make_page


def credits_of(
    text: str, *, outlet: str | None = "Lantern Daily", title: str | None = None
) -> list[Credit]:
    page, document, segments = make_article(text, outlet=outlet, title=title)
    return find_credits(page, [document], [segments])


def ends(words: str) -> tuple[str, str]:
    first, last = words.split(" ~ ")
    return first, last


@pytest.mark.parametrize("case", [*LINES, *TAILS, *HEADS, *SENTENCES], ids=lambda case: case.words)
def test_form_of_credit_is_read(case: Case) -> None:
    found = credits_of(case.text)
    assert [credit.text for credit in found] == [case.words]
    (credit,) = found
    assert (credit.cited_source, credit.source_kind) == (case.source, case.source_kind)
    assert (credit.kind, credit.position) == (case.kind, case.position)
    first, last = ends(case.covers)
    assert credit.covers[0].text.startswith(first)
    assert credit.covers[-1].text.endswith(last)


@pytest.mark.parametrize(("language", "line", "source"), OTHER_LANGUAGES, ids=lambda value: value)
def test_starters_in_other_languages_are_read(language: str, line: str, source: str) -> None:
    page = make_page(f"{line}\n\n{BLOCK}")
    document = make_document(page, language=language)
    found = find_credits(page, [document], [segment_document(page, document)])
    assert [(credit.text, credit.cited_source) for credit in found] == [(line, source)]
    assert [span.text for span in found[0].covers] == [BLOCK]


@pytest.mark.parametrize("sentence", NEAR_MISSES)
@pytest.mark.parametrize("place", ["line", "first", "sentence"])
def test_near_miss_is_no_credit(sentence: str, place: str) -> None:
    text = {
        "line": f"{BODY[0]}\n\n{sentence}\n\n{BODY[2]}",
        "first": f"{sentence}\n\n{BODY[2]}",
        "sentence": f"{BODY[0]} {sentence}",
    }[place]
    assert credits_of(text) == []


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Vesna TV",
        "Image credit: Kestrel",
        "Video: Tarn Wire",
        "Map courtesy of Kestrel",
        "Lorries queue at the ford. (Photo: Vesna TV)",
    ],
)
def test_picture_credit_is_no_credit_of_the_text(line: str) -> None:
    assert credits_of(f"{BODY[0]}\n\n{line}\n\n{BODY[2]}") == []


@pytest.mark.parametrize(
    "line",
    [
        "Lantern Daily says…",
        "Lantern Daily reports:",
        "Read more at Lantern Daily",
        "Source: Lantern Daily",
        "READ MORE VALLEY NEWS AT: Lantern Daily Valley Files",
    ],
)
def test_outlet_does_not_credit_itself(line: str) -> None:
    assert credits_of(f"{line}\n\n{BLOCK}") == []
    assert credits_of(f"{BLOCK}\n\n{line}") == []


def test_own_outlet_is_known_from_furniture_where_extraction_found_none() -> None:
    text = f"Tarn Wire says…\n\n{BLOCK}\n\nSEE MORE VALLEY NEWS AT: Tarn Wire Valley Files"
    page = make_page(text)
    document = make_document(page, end=text.index("SEE MORE"), outlet=None)
    assert find_credits(page, [document], [segment_document(page, document)]) == []


@pytest.mark.parametrize(
    ("line", "sources"),
    [
        ("Source: Tarn Wire and Harrow Post", ["Tarn Wire", "Harrow Post"]),
        ("Sources: Tarn Wire, Harrow Post", ["Tarn Wire", "Harrow Post"]),
        ("Additional reporting by Tarn Wire and Harrow Post", ["Tarn Wire", "Harrow Post"]),
        ("(Tarn Wire / Harrow Post)", ["Tarn Wire", "Harrow Post"]),
    ],
)
def test_two_sources_of_one_line_are_two_credits(line: str, sources: list[str]) -> None:
    found = credits_of(f"{BLOCK}\n\n{line}")
    assert [credit.cited_source for credit in found] == sources
    assert len({credit.credit_id for credit in found}) == 2


def test_source_that_the_register_knows_gets_its_canonical_name() -> None:
    (credit,) = credits_of(f"{BLOCK}\n\nSource: Thomson Reuters")
    assert (credit.cited_source, credit.source_kind) == ("Reuters", "agency")


@pytest.mark.parametrize(
    ("weak", "strong"),
    [("Kestrel reported that the ford was shut.", "Update from Kestrel:")],
)
def test_weak_form_counts_once_a_strong_one_names_the_source(weak: str, strong: str) -> None:
    assert credits_of(f"{BODY[0]}\n\n{weak}") == []
    found = credits_of(f"{weak}\n\n{strong}\n\n{BODY[0]}")
    assert [credit.cited_source for credit in found] == ["Kestrel", "Kestrel"]


def test_long_and_short_form_of_a_name_on_one_page_are_one_source() -> None:
    found = credits_of(
        f"Kestrel International reports…\n\n{BLOCK}\n\nContinue this story at Kestrel"
    )
    assert [credit.cited_source for credit in found] == ["Kestrel", "Kestrel"]


POINTERS = (
    "“The ford is open,” the Orvelian interior ministry said in a statement.",
    "It added that lorries must wait.",
    "The ministry said further that the toll house is empty.",
    "Nine lorries were counted, the statement says.",
)


def test_words_that_point_back_are_the_institution_last_named() -> None:
    found = credits_of("\n\n".join(POINTERS))
    assert [credit.text for credit in found] == [
        "the Orvelian interior ministry said in a statement",
        "It added that",
        "The ministry said further that",
        "the statement says",
    ]
    assert {credit.cited_source for credit in found} == {"Orvelian interior ministry"}


def test_the_agency_pointed_back_to_is_the_one_last_named() -> None:
    text = f"The ford is shut, Marrow News Agency reported.\n\nVillagers told the news agency that {BODY[2]}"
    found = credits_of(text)
    assert [credit.cited_source for credit in found] == ["Marrow News Agency"] * 2


def test_continuation_with_also_belongs_to_the_credit_before() -> None:
    text = "The army left the ford, Tarn Wire reported. Guns were also seen near the toll house. It rained."
    (credit,) = credits_of(text)
    assert [span.text for span in credit.covers] == [
        "The army left the ford",
        "Guns were also seen near the toll house",
    ]


def test_sentence_with_a_speaker_of_its_own_is_no_continuation() -> None:
    text = "The army left the ford, Tarn Wire reported. A ferryman also said that guns were seen."
    (credit,) = credits_of(text)
    assert len(credit.covers) == 1


def test_pronoun_points_to_the_sentence_before() -> None:
    (credit,) = credits_of("The ford was sold in May. It was first reported by Tarn Wire.")
    assert [span.text for span in credit.covers] == ["The ford was sold in May"]


def test_headline_of_the_credited_report_is_kept() -> None:
    (credit,) = credits_of(f"{BLOCK}\n\nRead in full The Long Road to Velmar in Harrow Post")
    assert credit.cited_title == "The Long Road to Velmar"


def test_ids_do_not_depend_on_where_the_words_stand() -> None:
    (one,) = credits_of(f"{BLOCK}\n\nSource: Tarn Wire")
    page = make_page(f"{BLOCK}\n\nSource: Tarn Wire")
    document = make_document(page)
    (again,) = find_credits(page, [document], [segment_document(page, document)])
    assert one.credit_id == again.credit_id


def test_credits_of_two_articles_stay_apart() -> None:
    first, second = f"{BLOCK}\n\nSource: Tarn Wire", f"Source: Harrow Post\n\n{BLOCK}"
    page = make_page(f"{first}\n\n\n{second}")
    cut = page.text.index("Source: Harrow")
    one = make_document(page, end=len(first))
    two = make_document(page, start=cut, ordinal=2)
    parts = [segment_document(page, document) for document in (two, one)]
    found = find_credits(page, [two, one], parts)
    assert [(c.document_id, c.cited_source) for c in found] == [
        (one.document_id, "Tarn Wire"),
        (two.document_id, "Harrow Post"),
    ]
    assert found[0].covers[0].end <= cut <= found[1].covers[0].start


def test_document_without_segments_has_no_credits() -> None:
    page = make_page(f"{BLOCK}\n\nSource: Tarn Wire")
    assert find_credits(page, [make_document(page)], []) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "told " * 200_000,
        "Aa " * 350_000,
        "(" * 1_000_000,
        "Source: " * 120_000,
        "said Tarn Wire reported by " * 40_000,
        "“" * 60_000,
    ],
    ids=lambda text: text[:12] or "empty",
)
@pytest.mark.timeout(60)
def test_hostile_text_of_one_line_ends_soon(text: str) -> None:
    page = make_page(text)
    document = make_document(page)
    segments = segment_document(page, document)
    for credit in find_credits(page, [document], [segments]):
        assert page.text[credit.start : credit.end] == credit.text


@pytest.mark.parametrize(
    "line", ["Source: Tarn Wire", "VELMAR (MNA) — Shells fell. (MNA)", "(Tarn Wire)"]
)
@pytest.mark.timeout(60)
def test_thousands_of_credit_lines_end_soon(line: str) -> None:
    page = make_page("\n".join(f"{line}\nShells fell near the ford at {n}." for n in range(3_000)))
    document = make_document(page)
    found = find_credits(page, [document], [segment_document(page, document)])
    assert len(found) >= 3_000


def test_every_rule_of_the_table_has_a_case() -> None:
    texts = [case.text for case in (*LINES, *TAILS, *HEADS, *SENTENCES)]
    seen = {credit.rule for text in texts for credit in credits_of(text)}
    families = {re.split(r"[._]", rule)[0] for rule in seen}
    assert {"leading", "trailing", "around", "head", "tail", "line"} <= families


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("The ford is shut, according to the Sunday Wire.", ["Sunday Wire"]),
        ("On Sunday Tarn Wire reported that the ford is shut.", ["Tarn Wire"]),
        ("The ford is shut, the ferryman told Vesna TV Wednesday.", ["Vesna TV"]),
        ("The ford is shut. (Ada Quill / Tarn Wire)", []),
        ("Ada Quill writes: the ford is shut.", []),
        ("MORE TARN CORRECTIONS", []),
        ("Additional reporting by Ada Quill", []),
        ("However, the Orvelian newspaper Al-Vesna reported the ford is shut.", ["Al-Vesna"]),
        (
            "The ferryman told the Kurdish media outlet that the ford is shut.",
            ["Kurdish media outlet"],
        ),
        ("A Velmarian website, according to a Velmarian website, is shut.", []),
    ],
)
def test_edges_of_names(text: str, sources: list[str]) -> None:
    found = credits_of(f"{BODY[0]}\n\n{text}\n\n{BODY[2]}")
    assert [credit.cited_source for credit in found] == sources
