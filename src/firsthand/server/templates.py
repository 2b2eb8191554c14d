"""The templates, and how values are made safe on their way into them.

Everything is escaped. What is not page text also has its direction overrides shown by name,
so that a title cannot turn the words around it. Page text keeps every code point, because
offsets count them.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final
from urllib.parse import quote

import jinja2
import markupsafe

from firsthand.publish import words
from firsthand.publish.pieces import Piece

BIDI: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates (Unicode UAX 9); plain marks are left: Arabic needs them."""
ADDRESSES: Final = 4096
"""Addresses kept: one screen holds the same ones many times."""
CLAIM_ID: Final = re.compile(r"\bc-[0-9a-f]{20}\b")
RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur", "ckb", "ps", "sd", "ug", "yi", "dv"})


def shown(value: object) -> object:
    """A value as it is printed into a template; direction controls become visible."""
    if value is None:
        return ""
    if isinstance(value, str) and not value.isascii() and not isinstance(value, markupsafe.Markup):
        return BIDI.sub(lambda found: f"[U+{ord(found[0]):04X}]", value)
    return value


def page_text(text: str) -> markupsafe.Markup:
    """Page text, every code point kept: carriage returns survive, overrides are boxed in."""
    escaped = str(markupsafe.escape(text)).replace("\r", "&#13;")
    if not escaped.isascii():
        escaped = BIDI.sub(_boxed, escaped)
    return markupsafe.Markup(escaped)  # noqa: S704  escaped just before


def pieces(some: Iterable[Piece]) -> markupsafe.Markup:
    """Pieces of page text, each in the looks of its marks."""
    return markupsafe.Markup("").join(map(_piece, some))


def _piece(piece: Piece) -> markupsafe.Markup:
    text = page_text(piece.text)
    if not piece.kinds:
        return text
    return markupsafe.Markup('<span class="w {}">{}</span>').format(" ".join(piece.kinds), text)


def marked(line: Iterable[Piece]) -> bool:
    """Whether something of a line is marked."""
    return any(piece.kinds for piece in line)


def _boxed(found: re.Match[str]) -> str:
    return f'<span class="ctl" data-cp="U+{ord(found[0]):04X}">{found[0]}</span>'


def linked(text: str) -> markupsafe.Markup:
    """A sentence of a stage; the claims it names by their ids are links."""
    escaped = str(markupsafe.escape(shown(text)))
    link = rf'<a href="/claims/\g<0>">{markupsafe.escape(words._("another claim"))}</a>'
    return markupsafe.Markup(CLAIM_ID.sub(link, escaped))  # noqa: S704  escaped just before


def direction(language: str | None) -> str:
    """The direction of a language's script; `auto` where the language is not known."""
    if language is None:
        return "auto"
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


@lru_cache(ADDRESSES)
def address(*parts: object) -> str:
    """A path of this server; ids are percent-encoded, whatever a project holds."""
    return "/" + "/".join(quote(str(part), safe="") for part in parts)


def initials(name: str) -> str:
    """Up to two letters that stand for an outlet."""
    found = [word[0] for word in re.findall(r"\w+", name)]
    return "".join(found[:2]).upper()


@cache
def environment() -> jinja2.Environment:
    """The environment of all screens."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("firsthand", "web/templates"),
        autoescape=True,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    tables = {
        name: getattr(words, name)
        for name in (
            "CORROBORATION",
            "DISPUTE",
            "STATUS",
            "MODALITY",
            "VERDICT",
            "LEVEL",
            "STANCE",
            "DERIVATION",
            "BASIS",
            "FIELD",
            "CONFLICT",
            "PRECISION",
            "ACTION",
            "DATED_BY",
        )
    }
    made.globals.update(
        tables=tables,
        language=words.LANGUAGE.get,
        _=words._,
        n_=words.n_,
        label=words.label,
        kind=words.kind,
        day=words.day,
        with_days=words.with_days,
        without_days=words.without_days,
        interval=words.interval,
        moment=words.moment,
        number=words.number,
        address=address,
        initials=initials,
        direction=direction,
    )
    made.filters["page_text"] = page_text
    made.filters["pieces"] = pieces
    made.filters["marked"] = marked
    made.filters["linked"] = linked
    return made


def render(template: str, /, **values: object) -> str:
    """A template filled in."""
    return environment().get_template(template).render(**values)
