"""From the bytes of a file to its text."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from ..errors import NotationError, Problem
from ..limits import MAX_FILE_CHARACTERS
from ..source import Source
from ..tree import Span

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_BINARY = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"PK\x03\x04", "a ZIP archive (a word processor's file, perhaps)"),
    (b"\xd0\xcf\x11\xe0", "an old word processor's file"),
    (b"\x1f\x8b", "a compressed file"),
)
_AS_TEXT = "save it as text in UTF-8"
_BYTES_A_CHARACTER = 4


@dataclass(frozen=True)
class Text:
    """The text of a file, and what is to be told about how it was read."""

    text: str
    notes: tuple[str, ...] = ()


def decoded(content: bytes, name: str) -> Text:
    r"""The text of a file: UTF-8, UTF-16 or UTF-32 where a mark says so, else Latin-1 with a note.

    The mark is no part of the text. Every end of a line (`\r\n`, `\r`, `\n`) is one `\n` in the
    text, so that lines and columns count as an editor counts them; nothing else is changed, and
    what is decomposed (NFD) stays so. The regions of a file tile this text.

    Raises `NotationError` for what is no text (NUL, known binary files, broken UTF-16) or too long.
    """
    if len(content) > _BYTES_A_CHARACTER * (MAX_FILE_CHARACTERS + 1):
        raise _refusal(name, f"has more than {MAX_FILE_CHARACTERS} characters", "cut it in parts")
    for mark, what in _BINARY:
        if content.startswith(mark):
            raise _refusal(name, f"is {what}, no text", _AS_TEXT)
    text, notes = _characters(content, name)
    if "\0" in text:
        raise _refusal(name, _nul(text), _AS_TEXT)
    return Text(text.replace("\r\n", "\n").replace("\r", "\n"), notes)


def _characters(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    encoding = next((known for mark, known in _MARKS if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding), ()
    except UnicodeDecodeError as error:
        if encoding in ("utf-16", "utf-32"):
            problem = f"has the mark of {encoding.upper()} but is broken at byte {error.start}"
            raise _refusal(name, problem, _AS_TEXT) from None
        note = f"{name} is not UTF-8 (byte {error.start}); it was read as Latin-1"
        return content.decode("latin-1"), (note,)


def _nul(text: str) -> str:
    if text.count("\0") * 3 > len(text):
        return "has a NUL in every second place: UTF-16 without its mark"
    return f"is no text: it has a NUL at character {text.index(chr(0)) + 1}"


def _refusal(name: str, what: str, hint: str) -> NotationError:
    return NotationError(Problem(f"{name} {what}", Source("", name), Span(0, 0), hint))
