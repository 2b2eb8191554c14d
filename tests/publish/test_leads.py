"""The words that tell events of one heading apart."""

import sqlite3

from firsthand.model.claim import Claim
from firsthand.model.event import Event
from firsthand.publish.leads import LONGEST, leads
from firsthand.publish.read import get, select


def test_each_event_leads_with_the_words_of_a_claim_of_its_own(db: sqlite3.Connection) -> None:
    events = list(select(db, Event))
    found = leads(db, events)
    assert found.keys() == {event.event_id for event in events if event.claims}
    for event in events:
        lead = found[event.event_id]
        assert lead.claim_id in event.claims
        assert lead.more == len(event.claims) - 1
        claim = get(db, Claim, lead.claim_id)
        assert claim is not None
        assert " ".join(claim.scope.text.split()).startswith(lead.text.removesuffix("…"))
        assert len(lead.text) <= LONGEST + 1


def test_an_account_that_supports_leads_before_one_that_denies(db: sqlite3.Connection) -> None:
    denied = [
        e for e in select(db, Event) if {a.stance for a in e.accounts} >= {"supports", "denies"}
    ]
    assert denied
    for event in denied:
        lead = leads(db, [event])[event.event_id]
        (stance,) = {a.stance for a in event.accounts if lead.claim_id in a.claims}
        assert stance == "supports"
