"""One attribution inside another: who quotes, cites or was told by whom."""

import pytest

from claims.reader import attributions, claims, words


@pytest.mark.parametrize(
    ("text", "inner", "outer"),
    [
        ("The road was mined, the Courier quoted a farmer as saying.", "farmer", "Courier"),
        ("A farmer was quoted by the Courier as saying the road was mined.", "farmer", "Courier"),
        ("Two people died, according to activists cited by the Observatory.",
         "activists", "Observatory"),
        ("According to the health ministry, quoted by Meridian Press, 40 people have died.",
         "health ministry", "Meridian Press"),
        ("The governor told reporters he had been told by officers that the dam was safe.",
         "officers", "governor"),
        ("The Courier said the ministry had denied that the bridge was hit.",
         "ministry", "Courier"),
        ("Medics said witnesses had reported hearing shots.", "witnesses", "medics"),
    ],
)  # fmt: skip
def test_the_enclosing_attribution_is_the_parent(text: str, inner: str, outer: str) -> None:
    found = {row.source_name: row for row in attributions(text)}
    assert set(found) == {inner, outer}
    assert found[inner].parent == found[outer].attribution_id
    assert found[outer].parent is None


def test_a_claim_hangs_on_the_innermost_source() -> None:
    text = "The road was mined, the Courier quoted a farmer as saying."
    (claim,) = (row for row in claims(text) if "mined" in words(row.evidence))
    assert [link.name for link in claim.chain][-2:] == ["Courier", "farmer"]


def test_a_verb_of_motion_is_no_cue() -> None:
    assert attributions("Shells slammed into the market.") == []
