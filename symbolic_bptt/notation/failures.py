"""What lark could not read, in words: what stands there, and what was expected."""

from __future__ import annotations

from lark import Token
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from .errors import NotationError
from .mapped import MappedText

_OPERANDS = frozenset({"WORD", "NUMBER", "CHARACTER", "COMMAND"})

_HINTS = {
    "!": "factorials are not part of the notation",
    "'": "a prime must follow a symbol",
    '"': "text in quotes is not mathematics",
    "$": "a $ cannot stand inside a formula",
    "#": "a # cannot stand inside a formula",
    "?": "write the formula without it",
    ":": "a colon only stands in slices such as W[:n, :]",
    "&": "an & only separates the columns of a matrix",
    "%": "write \\% only outside formulas",
    "^": "a superscript must follow a symbol",
    "_": "a subscript must follow a symbol",
    ",": "several formulas go on separate lines",
    "|": "bars come in pairs",
}


def failure(error: UnexpectedInput, text: MappedText) -> NotationError:
    """The error of the parser as a problem with a place, in a reader's words."""
    start, end = _place(error, text)
    written = text.text[start:end]
    if not text.text.strip():
        return text.error("the formula is empty", 0, 0, "write a formula")
    if start >= len(text.text.rstrip()):
        return text.error(f"the formula ends too early: expected {_expected(error)}", *_end(text))
    message = f"unexpected {written!r}: expected {_expected(error)}"
    return text.error(message.replace("\\\\", "\\"), start, end, _HINTS.get(written[:1], ""))


def _end(text: MappedText) -> tuple[int, int]:
    end = len(text.text.rstrip())
    return max(0, end - 1), end


def _place(error: UnexpectedInput, text: MappedText) -> tuple[int, int]:
    if isinstance(error, UnexpectedToken) and isinstance(error.token, Token):
        token = error.token
        if token.type == "$END":
            return len(text.text), len(text.text)
        return token.start_pos or 0, token.end_pos or len(text.text)
    start = error.pos_in_stream or 0
    return start, start + 1


def _expected(error: UnexpectedInput) -> str:
    if isinstance(error, UnexpectedCharacters):
        names = set(error.allowed or ())
    else:
        names = set(getattr(error, "accepts", None) or getattr(error, "expected", None) or ())
    if names & {"WORD", "COMMAND"} and "OPERATOR" not in names:
        return "a symbol, a number or a bracket"
    if "CHARACTER" in names:
        return "a letter, a digit or { … }"
    return "an operator, or the end of the expression"
