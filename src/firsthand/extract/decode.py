"""Bytes to characters: which encoding, and what could not be read."""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

REPLACEMENT = "\ufffd"

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 before UTF-16, whose little-endian mark is a prefix of the other's."""

META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,8}=\s{0,8}[\"']?\s{0,8}([\w.:-]{2,40})", re.IGNORECASE
)
META_WINDOW = 4096
"""HTML asks for the declaration in the first 1,024 bytes; real pages are laxer."""

GUESS_WINDOW = 65_536
"""Bytes from which an undeclared encoding is told; more adds time, not certainty."""

UNREADABLE = re.compile("[\x00\ud800-\udfff]")
CONTROL = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])

BINARY_SHARE = 0.1
"""Share of control and unreadable characters above which bytes are not a text."""

WEB_NAMES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
             "gb2312": "gb18030", "gbk": "gb18030", "ks_c_5601-1987": "cp949", "iso-8859-9": "cp1254",
             "tis-620": "cp874", "x-sjis": "cp932", "shift_jis": "cp932"}  # fmt: skip
"""What the web means by these labels (WHATWG Encoding Standard, section 4.2)."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, the encoding they were read in, and how many could not be read."""

    text: str
    encoding: str
    basis: str
    """bom, header, declared, valid (it is UTF-8, at least mostly), guessed or none."""
    unreadable: int

    @property
    def binary(self) -> bool:
        """Whether so much is unreadable that the bytes are not a text at all."""
        sample = self.text[:GUESS_WINDOW]
        unlike = count_of(sample, CONTROL) + sample.count(REPLACEMENT)
        return unlike > BINARY_SHARE * max(len(sample), 1)


def count_of(text: str, marks: bytes) -> int:
    """How often a text holds one of some ASCII characters; quicker told at bytes than by a pattern."""
    data = text.encode("utf-8", "replace")
    return len(data) - len(data.translate(None, marks))


def known_encoding(label: str | None) -> str | None:
    """The codec for a charset label as the web reads it; None where there is none."""
    if not label:
        return None
    name = label.strip().strip("\"'").lower()
    name = WEB_NAMES.get(name, name)
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return found.name if found._is_text_encoding else None  # noqa: SLF001 - codecs tell it in no other way


def _by_mark(content: bytes) -> tuple[str, int] | None:
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return encoding, len(mark)
    return None


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mostly(content: bytes, encoding: str) -> bool:
    """Whether more characters beyond ASCII are well-formed in an encoding than not."""
    text = content[:GUESS_WINDOW].decode(encoding, "replace")
    broken = text.count(REPLACEMENT)
    return sum(c > "\x7f" for c in text) > 2 * broken


def _guessed(content: bytes) -> str | None:
    best = from_bytes(content[:GUESS_WINDOW]).best()
    return None if best is None else known_encoding(best.encoding)


def _encoding(content: bytes, charset: str | None, *, html: bool) -> tuple[str, str]:
    """The encoding and how it was told; a wrong label loses against bytes that are UTF-8."""
    declared = META_CHARSET.search(content[:META_WINDOW]) if html else None
    labels = [("header", known_encoding(charset))]
    if declared is not None:
        labels.append(("declared", known_encoding(declared[1].decode("ascii", "replace"))))
    for basis, encoding in labels:
        if encoding is not None and _decodes(content, encoding):
            return encoding, basis
    known = [(encoding, basis) for basis, encoding in labels if encoding is not None]
    if _is_utf8(content) or (not known and _mostly(content, "utf-8")):
        return "utf-8", "valid"
    fitting = [(encoding, basis) for encoding, basis in known if _mostly(content, encoding)]
    if fitting:
        return fitting[0]
    guess = _guessed(content)
    if guess:
        return guess, "guessed"
    return known[0] if known else ("utf-8", "none")


def _decodes(content: bytes, encoding: str) -> bool:
    """Whether every byte fits; a single-byte label on bytes that are UTF-8 does not count."""
    if encoding.startswith("cp") and not content.isascii() and _is_utf8(content):
        return False
    try:
        content.decode(encoding)
    except (UnicodeError, ValueError):
        return False
    return True


def _readable(text: str) -> bool:
    """Whether nothing in a text is `UNREADABLE`; encoding tells many times as quickly."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


def decode(content: bytes, charset: str | None, *, html: bool = False) -> Decoded:
    """Characters of captured bytes; byte order mark dropped, the unreadable as U+FFFD."""
    marked = _by_mark(content)
    if marked is not None:
        encoding, skip = marked
        basis = "bom"
    else:
        (encoding, basis), skip = _encoding(content, charset, html=html), 0
    text = content[skip:].decode(encoding, "replace")
    genuine = text.count(REPLACEMENT)
    text, replaced = (text, 0) if _readable(text) else UNREADABLE.subn(REPLACEMENT, text)
    return Decoded(text=text, encoding=encoding, basis=basis, unreadable=genuine + replaced)
