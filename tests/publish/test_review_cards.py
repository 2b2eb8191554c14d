"""The cards of the review: what stands side by side."""

import sqlite3

import msgspec

from firsthand.model.event import Conflict
from firsthand.publish.read import select
from firsthand.publish.review_cards import apart


def test_the_two_sides_of_a_contradiction_give_different_answers(db: sqlite3.Connection) -> None:
    found = 0
    for row in select(db, Conflict):
        said = {value.claim_id: value.value for value in row.values}
        if len({said.get(claim) for claim in row.claims}) > 1:
            order = sorted(row.claims, key=lambda claim: said.get(claim, ""))
            one, other = apart(msgspec.structs.replace(row, claims=tuple(order)))
            assert said.get(one) != said.get(other)
            found += 1
    assert found
