"""Bytes become the characters that were meant, and what could not be read is counted."""

import pytest

from firsthand.extract.decode import decode, known_encoding

RUSSIAN = "Армия заявила, что взяла город под контроль во вторник после боёв у моста. "


@pytest.mark.parametrize(
    ("content", "charset", "html", "text", "basis"),
    [
        ("Dâl".encode(), None, False, "Dâl", "valid"),
        ("Dâl".encode("cp1252"), "iso-8859-1", False, "Dâl", "header"),
        ("Dâl – “x”".encode("cp1252"), "latin-1", False, "Dâl – “x”", "header"),
        ("Dâl".encode(), "iso-8859-1", False, "Dâl", "valid"),
        ("\ufeffDâl".encode("utf-8"), "cp1251", False, "Dâl", "bom"),
        ("Dâl".encode("utf-16"), None, False, "Dâl", "bom"),
        (b'<meta charset="windows-1251"><p>' + "Да".encode("cp1251"), None, True,
         '<meta charset="windows-1251"><p>Да', "declared"),
        ((RUSSIAN * 5).encode("cp1251"), None, False, RUSSIAN * 5, "guessed"),
    ],
)  # fmt: skip
def test_the_encoding_that_fits_is_used(
    content: bytes, charset: str | None, html: bool, text: str, basis: str
) -> None:
    found = decode(content, charset, html=html)
    assert (found.text, found.basis, found.unreadable) == (text, basis, 0)


def test_what_cannot_be_read_becomes_a_replacement_and_is_counted() -> None:
    found = decode(b"a\x00b\xffc", "utf-8")
    assert found.text == "a\ufffdb\ufffdc"
    assert found.unreadable == 2


def test_line_ends_are_left_as_they_are() -> None:
    assert decode(b"a\r\nb\rc\n", None).text == "a\r\nb\rc\n"


@pytest.mark.parametrize("label", ["hex", "base64", "no-such", "", None, "zlib"])
def test_labels_that_are_no_text_encoding_are_not_used(label: str | None) -> None:
    assert known_encoding(label) is None


def test_noise_is_not_a_text() -> None:
    assert decode(bytes(range(256)) * 40, None).binary
    assert not decode(b"Ordinary words.\r\n\tIndented.", None).binary


def test_a_label_that_fits_few_bytes_gives_way_to_a_guess() -> None:
    words = "Министерство сообщило, что мост через реку Оррел закрыт до конца недели. " * 8
    found = decode(f'<meta charset="utf-8"><p>{words}</p>'.encode("cp1251"), None, html=True)
    assert "Министерство сообщило" in found.text
