r"""Text of mathematics to tokens, once: every character belongs to the place of exactly one token.

The places of the tokens, each counted once, tile the text without its skipped stretches. Nothing is
dropped: a character outside the notation is a `sign` with a problem, an invisible one a `space`
with a note. What a sequence of tokens means is decided elsewhere. In LaTeX `\frac12` has the number
12, of which a command takes one digit: see `digits.split`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from . import beyond, plain, words
from .patterns import pattern
from .plain import Dialect, dialect_of
from .remark import Remark
from .roots import braced_roots
from .state import State
from .token import Kind, Token

__all__ = ["Dialect", "Lexed", "dialect_of", "lex", "tokens"]


@dataclass(frozen=True, slots=True)
class Lexed:
    """The tokens of a text, what in it cannot be read, and what is worth telling."""

    tokens: tuple[Token, ...]
    problems: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()


def tokens(
    text: str,
    start: int = 0,
    end: int | None = None,
    *,
    dialect: Dialect = "latex",
    skipped: Iterable[tuple[int, int]] = (),
) -> tuple[Token, ...]:
    """The tokens of `text[start:end]` without the skipped stretches; see `lex` for the problems."""
    return lex(text, start, end, dialect=dialect, skipped=skipped).tokens


def lex(
    text: str,
    start: int = 0,
    end: int | None = None,
    *,
    dialect: Dialect = "latex",
    skipped: Iterable[tuple[int, int]] = (),
) -> Lexed:
    """The tokens of `text[start:end]` without the skipped stretches, with problems and notes."""
    end = len(text) if end is None else min(end, len(text))
    state = State(text)
    for first, last in _stretches(max(start, 0), end, skipped):
        ascii_only = text.isascii() or text[first:last].isascii()
        matches = pattern(dialect, ascii_only).finditer(text, first, last)
        (_read_latex if dialect == "latex" else _read_plain)(state, matches)
    found = braced_roots(state.found, state.roots) if state.roots else state.found
    return Lexed(tuple(found), tuple(state.problems), tuple(state.notes))


def _stretches(
    start: int, end: int, skipped: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    for first, last in sorted(skipped):
        if first > start:
            yield start, min(first, end)
        start = max(start, last)
        if start >= end:
            return
    if start < end:
        yield start, end


_EXPONENT = re.compile(r"e[-+]?[0-9]")
_AS_WRITTEN: Mapping[str | None, Kind] = {
    "letter": "letter",
    "command": "command",
    "sign": "sign",
    "space": "space",
    "comment": "comment",
}
"""The groups of the pattern whose text is a token as it stands."""


def _read_latex(state: State, matches: Iterator[re.Match[str]]) -> None:
    found = state.found
    for match in matches:
        kind = _AS_WRITTEN.get(match.lastgroup)
        if kind is not None:
            found.append(Token(kind, match[0], match.start(), match.end()))
        else:
            _read_other(state, match)


def _read_plain(state: State, matches: Iterator[re.Match[str]]) -> None:
    for match in matches:
        if words.joins(state, match):
            continue
        closing, kind = state.closing, _AS_WRITTEN.get(match.lastgroup)
        if match.lastgroup in words.READERS:
            words.READERS[match.lastgroup](state, match)
        elif kind is not None:
            state.add(kind, match[0], *match.span())
        else:
            _read_other(state, match)
        if closing:
            state.close(match)


def _read_other(state: State, match: re.Match[str]) -> None:
    kind, place = match.lastgroup, match.span()
    if kind == "symbol":
        state.add("command", "\\ " if match[0][1].isspace() else match[0], *place)
    elif kind == "row":
        state.add("command", "\\\\", *place)
    elif kind == "number":
        state.add_number(match[0], *place)
        if _EXPONENT.match(state.text, match.end(), match.endpos):
            message = f"{match[0]}e… is a product with e in LaTeX"
            state.complain(Remark(message, *place, r"write 10^{-3}, or blanks around e"))
    elif kind == "several":
        state.add_all(plain.SIGNS[match[0]], *place)
    elif kind == "module":  # np.tanh is tanh
        state.add("space", match[0], *place)
    elif kind == "lone":
        state.refuse_backslash(*place)
    else:
        beyond.read(state, match)
