"""What people said of a page: dates of its articles, and words that are not article text."""

from collections.abc import Sequence

import msgspec

from firsthand.model.aiming import place_of
from firsthand.model.capture import Capture
from firsthand.model.document import Document
from firsthand.model.judgement import Judgement, Target
from firsthand.model.page import Furniture, Page

ACTION = "date"
FURNITURE = "furniture"


def standing(judgements: Sequence[Judgement], action: str = ACTION) -> list[Judgement]:
    """The dates, or others, that were not undone, in the order they were given."""
    undone = {one.undoes for one in judgements if one.action == "undo" and one.undoes}
    kept = [one for one in judgements if one.action == action and one.judgement_id not in undone]
    return sorted(kept, key=lambda one: one.at)


def _aims_at_page(target: Target, capture: Capture) -> bool:
    if target.sha256 is not None:
        return target.sha256 == capture.sha256
    return target.source == capture.source


def _same_words(target: Target, document: Document, text: str) -> bool:
    wanted = target.words.split()
    if not wanted:
        return False
    title = (document.title or "").split()
    first = text[document.start : document.end].split(maxsplit=len(wanted))[: len(wanted)]
    return wanted in (title, first)


def _aimed_at(target: Target, documents: Sequence[Document], text: str) -> list[Document]:
    """The documents a target means: by its words, else by its number, else all of the page."""
    by_words = [one for one in documents if _same_words(target, one, text)]
    if len(by_words) == 1:
        return by_words
    if target.ordinal is not None:
        return [one for one in documents if one.ordinal == target.ordinal]
    return by_words or list(documents)


def with_given_dates(
    documents: Sequence[Document], text: str, capture: Capture, judgements: Sequence[Judgement]
) -> list[Document]:
    """The documents with the dates people gave them; the latest judgement wins."""
    dated = {one.document_id: one for one in documents}
    for judgement in standing(judgements):
        for target in judgement.targets:
            if not _aims_at_page(target, capture):
                continue
            for document in _aimed_at(target, documents, text):
                dated[document.document_id] = msgspec.structs.replace(
                    dated[document.document_id],
                    published=judgement.value,
                    published_basis="given" if judgement.value else None,
                    published_reason=None if judgement.value else "set to unknown by a judgement",
                )
    return list(dated.values())


def with_given_furniture(page: Page, capture: Capture, judgements: Sequence[Judgement]) -> Page:
    """The page with the words marked that people say are not article text."""
    marks = [
        Furniture(start=found[0], end=found[1], kind="other", basis="given")
        for judgement in standing(judgements, FURNITURE)
        for target in judgement.targets
        if _aims_at_page(target, capture) and (found := place_of(target, page.text))
    ]
    if not marks:
        return page
    every = sorted({*page.furniture, *marks}, key=lambda one: (one.start, one.end, one.basis))
    return msgspec.structs.replace(page, furniture=tuple(every))
