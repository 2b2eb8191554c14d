"""Link: origins, same claims, events with their corroboration, conflicts, forecasts, states."""

from collections.abc import Iterable
from typing import Final

from firsthand.link.at_hand import THIN
from firsthand.link.facts import prepare_page
from firsthand.link.lexicons import RESOURCES
from firsthand.link.quoted import quoted_words
from firsthand.link.said_by import said_by
from firsthand.link.update import update
from firsthand.model.claim import Attribution, CanonicalActor, Claim, ResolvedClaim
from firsthand.model.document import Document, Segments
from firsthand.model.event import (
    ClaimLink,
    Conflict,
    Event,
    Forecast,
    Origin,
    SameOrigin,
    State,
    Statement,
    Telling,
)
from firsthand.model.judgement import Judgement
from firsthand.model.lineage import AlteredQuotation, Derivation, Node, Passage
from firsthand.model.linking import (
    CheckedQuotation,
    ClaimFacts,
    Decision,
    LineageSeen,
    PileDates,
    Placed,
    QuotationKeys,
    QuotedWords,
    SaidBy,
)
from firsthand.model.page import Page
from firsthand.model.problem import Problem
from firsthand.model.record import Record
from firsthand.nlp.wording import LEXICONS
from firsthand.stage import Context, Rows, Scope, Stage


def link_page(rows: Rows, context: Context) -> Iterable[Record]:
    """What the claims of one page are compared by, and whose words the page gives."""
    return [*prepare_page(rows, context), *said_by(rows), *quoted_words(rows)]


STAGE: Final = Stage(
    name="link",
    version=36,
    scope=Scope.CORPUS,
    prepare_reads=(
        Document,
        Segments,
        Claim,
        ResolvedClaim,
        Attribution,
        CanonicalActor,
        Judgement,
        Page,
    ),
    run=link_page,
    prepares=(ClaimFacts, SaidBy, QuotedWords, Decision, CheckedQuotation, Problem),
    reads=(
        ClaimFacts,
        Decision,
        CheckedQuotation,
        SaidBy,
        QuotedWords,
        Passage,
        Node,
        Derivation,
        AlteredQuotation,
    ),
    update=update,
    at_hand=THIN,
    writes=(
        ClaimLink,
        Placed,
        Origin,
        Event,
        Statement,
        SameOrigin,
        Conflict,
        Forecast,
        State,
        Telling,
        Node,
        Derivation,
        AlteredQuotation,
        QuotationKeys,
        LineageSeen,
        PileDates,
    ),
    resources=(*RESOURCES, *LEXICONS),
)
