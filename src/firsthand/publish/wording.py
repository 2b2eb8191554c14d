"""Same thing, different words: loaded terms beside their neutral ones, counted by page."""

from collections.abc import Sequence

from firsthand.model.claim import LoadedTerm
from firsthand.model.record import Part
from firsthand.publish.told import Sources, Told


class Variant(Part, frozen=True, kw_only=True):
    """One way of putting it."""

    words: str
    times: int
    pages: int
    language: str | None
    document_id: str
    start: int
    end: int
    """Where it stands first."""


class Wording(Part, frozen=True, kw_only=True):
    """A neutral term and what stands in its place."""

    neutral: str
    variants: tuple[Variant, ...]


def wording_of(claims: Sequence[Told], sources: Sources) -> tuple[Wording, ...]:
    """The loaded terms that stand in the sentences of these claims."""
    scopes: dict[str, list[tuple[int, int]]] = {}
    for one in claims:
        scope = one.claim.scope
        scopes.setdefault(one.claim.document_id, []).append((scope.start, scope.end))
    found: dict[str, dict[str, list[LoadedTerm]]] = {}
    for document_id, terms in sorted(sources.loaded.items()):
        for term in terms:
            if any(a <= term.start and term.end <= b for a, b in scopes.get(document_id, ())):
                neutral = found.setdefault(term.neutral, {})
                neutral.setdefault(term.text.casefold(), []).append(term)
    return tuple(
        Wording(
            neutral=neutral,
            variants=tuple(_variant(some, sources) for _words, some in _most_first(variants)),
        )
        for neutral, variants in sorted(found.items())
    )


def _most_first(variants: dict[str, list[LoadedTerm]]) -> list[tuple[str, list[LoadedTerm]]]:
    return sorted(variants.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def _variant(terms: Sequence[LoadedTerm], sources: Sources) -> Variant:
    first = terms[0]
    document = sources.documents.get(first.document_id)
    return Variant(
        words=first.text,
        times=len(terms),
        pages=len({term.page_id for term in terms}),
        language=document.language if document else None,
        document_id=first.document_id,
        start=first.start,
        end=first.end,
    )
