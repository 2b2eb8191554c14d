"""Text of a PDF, page by page, as far as a maintained library reads it cheaply."""

import io
import logging
import re
from dataclasses import dataclass

MAX_PAGES = 300
"""Pages read; reports that are longer are cut and said to be."""

PAGE_BREAK = "\n\n"
BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class PdfText:
    """What was read, and what was not: `code` and `detail` of a problem, or empty."""

    text: str
    code: str = ""
    detail: str = ""


def pdf_text(content: bytes, max_chars: int) -> PdfText:
    """The text of a PDF file; empty, with a reason, where it is locked, damaged or an image."""
    # Few piles hold a PDF, and the library takes a quarter of a second to load.
    from pypdf import PdfReader  # noqa: PLC0415 - loaded only where it is needed
    from pypdf.errors import PyPdfError  # noqa: PLC0415 - loaded only where it is needed

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    parts: list[str] = []
    size = 0
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return PdfText("", "pdf_locked", "the PDF asks for a password; add an open copy")
        count = len(reader.pages)
        for number in range(min(count, MAX_PAGES)):
            parts.append(reader.pages[number].extract_text())
            size += len(parts[-1])
            if size > max_chars:
                break
    except (PyPdfError, ValueError, TypeError, AttributeError, LookupError, OSError,
            RecursionError, NotImplementedError, AssertionError, MemoryError) as error:  # fmt: skip
        if not any(parts):
            detail = f"the PDF cannot be read ({type(error).__name__}); add it as text instead"
            return PdfText("", "pdf_damaged", detail)
        detail = f"only {len(parts)} pages of the PDF can be read ({type(error).__name__})"
        return PdfText(PAGE_BREAK.join(parts), "pdf_damaged", detail)
    text = BLANK_LINES.sub(PAGE_BREAK, PAGE_BREAK.join(parts)).strip()
    if not text:
        return PdfText("", "pdf_without_text", "the PDF holds images, no text; add it as text")
    if len(parts) < count:
        return PdfText(text, "pdf_cut", f"{len(parts)} of {count} pages of the PDF were read")
    return PdfText(text)
