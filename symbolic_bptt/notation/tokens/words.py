r"""Reads what only plain text has: words, digits behind them, and powers without braces.

Digits behind a word are its subscript, and one with what else is written below: `x1_t` is
`x_{1,t}`. In a script they belong to the word: `W_h1`. Two letters there that
spell a Greek one are two letters: `W_{xi}`, from x to i.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from . import plain
from .state import State

_BELOW = re.compile(r"_[A-Za-z0-9{]")


def _read_word(state: State, match: re.Match[str]) -> None:
    text, (start, end) = match[0], match.span()
    letters = text.rstrip("0123456789")
    if state.too_long(text, start, end):
        return
    if text in plain.ROOTS:
        state.add_root(plain.ROOTS[text], start, end)
    elif text in plain.PAIRS and state.in_script():
        state.add("word", text, start, end)
    elif "_" in text and plain.word(text)[0][0] == "word":
        _read_parts(state, text, start)
    elif letters == text or not letters.isalpha() or state.in_script():
        state.add_all(plain.word(text), start, end)
    else:
        _read_numbered(state, match, letters)


def _read_parts(state: State, text: str, start: int) -> None:
    """`hh_hat` is no accented letter: a word below a word."""
    name, _, below = text.partition("_")
    middle = start + len(name)
    state.add_all(plain.word(name), start, middle)
    state.add("sign", "_", middle, middle + 1)
    state.add("word", below, middle + 1, start + len(text))


def _read_numbered(state: State, match: re.Match[str], letters: str) -> None:
    start, end = match.span()
    middle, digits = start + len(letters), match[0][len(letters) :]
    if letters in plain.ROOTS:
        state.add_root(plain.ROOTS[letters], start, middle)
        state.add_number(digits, middle, end)
        return
    state.add_all(plain.word(letters), start, middle)
    state.add_all((("sign", "_"), ("sign", "{")), middle, end)
    state.add_number(digits, middle, end)
    if _BELOW.match(match.string, end, match.endpos):
        state.joining = True
    else:
        state.add("sign", "}", middle, end)


def joins(state: State, match: re.Match[str]) -> bool:
    """Whether a match was the sign or brace by which a second subscript joins the first.

    The sign is a comma then, and an own brace of the second means nothing.
    """
    if not state.joining:
        return False
    if match[0] == "_":
        state.add("sign", ",", *match.span())
        return True
    state.joining = False
    if match[0] == "{":
        state.add("space", "{", *match.span())
        return True
    state.closing = True
    return False


def _read_inverse(state: State, match: re.Match[str]) -> None:
    """`^-1` is `^{-1}`: the brace is closed behind the next token."""
    start, end = match.span()
    state.add("sign", "^", start, end - 1)
    state.add_all((("sign", "{"), ("sign", "-")), end - 1, end)
    state.closing = True


def _read_foreign(state: State, match: re.Match[str]) -> None:
    state.add("word", match[0], *match.span())


READERS: dict[str | None, Callable[[State, re.Match[str]], None]] = {
    "word": _read_word,
    "inverse": _read_inverse,
    "foreign": _read_foreign,
}
