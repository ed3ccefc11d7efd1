"""Bytes become text once, and what is no text is refused in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbolic_bptt.notation.errors import NotationError
from symbolic_bptt.notation.files import decoded

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-32"]
FORMULA = "$δ_t = ŷ_t − y_t$\n"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_gives_the_same_text(encoding: str) -> None:
    read = decoded(FORMULA.encode(encoding), "a.tex")
    assert (read.text, read.notes) == (FORMULA, ())


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe" + FORMULA.encode("utf-16-le"),
        b"\xfe\xff" + FORMULA.encode("utf-16-be"),
        b"\xff\xfe\0\0" + FORMULA.encode("utf-32-le"),
        b"\0\0\xfe\xff" + FORMULA.encode("utf-32-be"),
    ],
)
def test_either_order_of_bytes_is_read_by_its_mark(content: bytes) -> None:
    assert decoded(content, "a.tex").text == FORMULA


def test_what_is_not_utf_8_is_latin_1_and_is_told() -> None:
    read = decoded("é $a = b$".encode("latin-1"), "a.tex")
    assert read.text == "é $a = b$"
    assert "Latin-1" in read.notes[0]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7 \x80", "PDF"),
        (b"PK\x03\x04...", "ZIP"),
        (b"a = b\0c", "NUL at character 6"),
        ("a = b".encode("utf-16-le"), "UTF-16 without its mark"),
        (b"\xff\xfea\0b", "broken"),
        (b"x" * 4_100_000, "characters"),
    ],
)
def test_what_is_no_text_is_refused_by_name(content: bytes, what: str) -> None:
    with pytest.raises(NotationError, match=what) as caught:
        decoded(content, "answer.tex")
    assert "answer.tex" in str(caught.value)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_only_the_ends_of_lines_change(text: str) -> None:
    """Guards: no normal form is applied, lines are counted as an editor counts them."""
    read = decoded(b"\xef\xbb\xbf" + text.encode(), "a.md").text
    assert "\r" not in read
    assert read.replace("\n", "") == text.replace("\r", "").replace("\n", "")
    assert read.count("\n") == text.count("\n") + text.count("\r") - text.count("\r\n")
