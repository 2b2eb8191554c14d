"""What people add and correct stands in the claims after a run, and goes when it is taken back."""

import pytest
from msgspec.structs import replace

from claims.reader import document_of
from firsthand.claims.stage import read_document
from firsthand.model.claim import Attribution, Claim
from firsthand.model.judgement import Judgement, Target
from firsthand.model.problem import Problem
from firsthand.model.record import Record

TEXT = (
    "The mayor said rebels had taken Ghan. Smoke stood over the mill of Ghan on Sunday. "
    "Smoke stood over the mill of Ghan on Monday."
)


def judged(action: str, value: str, *words: str, at: int = 1, before: str = "") -> Judgement:
    page = document_of(TEXT)[0]
    return Judgement(
        judgement_id=f"j-{at}",
        at=f"2031-05-0{at}T08:00:00+00:00",
        by="Ana",
        action=action,
        value=value,
        targets=tuple(
            Target(
                kind="words",
                words=one,
                before=before,
                source=page.source,
                sha256=page.sha256,
            )
            for one in words
        ),
    )


def read(*judgements: Judgement, language: str = "en") -> list[Record]:
    page, document, segments = document_of(TEXT)
    document = replace(document, language=language)
    return list(read_document(page, document, segments, judgements=judgements))


def claims(rows: list[Record]) -> list[Claim]:
    return [row for row in rows if isinstance(row, Claim)]


PLAIN = claims(read())
TAKEN = next(claim for claim in PLAIN if "taken Ghan" in claim.evidence[0].text)
SMOKE = "Smoke stood over the mill of Ghan"


def test_an_added_claim_has_its_words_its_sentence_and_its_type() -> None:
    added = judged("add", "type=destruction", SMOKE)
    made = [claim for claim in claims(read(added)) if claim not in PLAIN]
    assert [claim.type for claim in made] == ["destruction"]
    (claim,) = made
    assert claim.evidence[0].text == SMOKE
    assert claim.scope.text == SMOKE + " on Sunday."
    assert claim.chain == PLAIN[0].chain[:1]
    assert claim.rule == "given"
    assert claims(read()) == PLAIN


def test_of_equal_words_those_with_the_same_words_before_are_meant() -> None:
    added = judged("add", "type=destruction", SMOKE, before="on Sunday. ")
    (claim,) = [claim for claim in claims(read(added)) if claim not in PLAIN]
    assert claim.scope.text.endswith("on Monday.")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Orlan Defence Ministry", "ministry"),
        ("Ana Ruel", "person"),
        ("local residents", "witness"),
        ("the fishermen's hearsay", "anonymous"),
    ],
)
def test_a_corrected_speaker_ends_the_chain_and_is_heard(name: str, kind: str) -> None:
    corrected = judged("correct", f"speaker={name}", TAKEN.evidence[0].text)
    rows = read(corrected)
    (claim,) = [claim for claim in claims(rows) if claim.claim_id == TAKEN.claim_id]
    assert [link.name for link in claim.chain] == [TAKEN.chain[0].name, name]
    assert claim.chain[-1].kind == kind
    heard = {row.attribution_id: row for row in rows if isinstance(row, Attribution)}
    assert claim.attribution in heard
    assert heard[claim.attribution or ""].source_name == name


def test_a_claim_given_to_the_publisher_has_no_other_teller() -> None:
    corrected = judged("correct", f"speaker={TAKEN.chain[0].name}", TAKEN.evidence[0].text)
    (claim,) = [claim for claim in claims(read(corrected)) if claim.claim_id == TAKEN.claim_id]
    assert claim.chain == TAKEN.chain[:1]
    assert claim.attribution is None


def test_the_last_speaker_given_holds_and_no_other_is_heard() -> None:
    words = TAKEN.evidence[0].text
    rows = read(
        judged("correct", "speaker=Ana Ruel", words, at=1),
        judged("correct", "speaker=Tobias Ferrand", words, at=2),
    )
    (claim,) = [claim for claim in claims(rows) if claim.claim_id == TAKEN.claim_id]
    assert claim.chain[-1].name == "Tobias Ferrand"
    names = {row.source_name for row in rows if isinstance(row, Attribution)}
    assert "Ana Ruel" not in names


def test_words_set_anew_keep_the_id_and_later_decisions_find_the_claim() -> None:
    words = TAKEN.evidence[0].text
    moved = judged("correct", "span=taken Ghan", words, "taken Ghan")
    spoken = judged("correct", "speaker=Ana Ruel", words, at=2)
    (claim,) = [c for c in claims(read(moved, spoken)) if c.claim_id == TAKEN.claim_id]
    assert claim.evidence[0].text == "taken Ghan"
    assert claim.chain[-1].name == "Ana Ruel"


def test_a_claim_can_be_added_to_a_page_that_the_rules_cannot_read() -> None:
    (claim,) = claims(
        read(judged("add", "type=destruction; speaker=Ana Ruel", SMOKE), language="hu")
    )
    assert [link.name for link in claim.chain[1:]] == ["Ana Ruel"]


def test_words_that_are_gone_are_said_and_change_nothing() -> None:
    rows = read(judged("add", "type=destruction", "no such words"))
    assert claims(rows) == PLAIN
    assert [row.code for row in rows if isinstance(row, Problem)] == ["judgement_not_found"]
