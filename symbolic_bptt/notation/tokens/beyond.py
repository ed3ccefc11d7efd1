"""Reads what stands outside ASCII: a sign by its table, a letter with its accents, a script."""

from __future__ import annotations

import re
import unicodedata

from ..limits import MAX_ACCENTS
from . import unicode
from .remark import Remark
from .state import State
from .token import Kind
from .unicode import Meaning


def read(state: State, match: re.Match[str]) -> None:
    """Adds what one match of `cluster`, `raised`, `lowered`, `wide` or `other` means."""
    start, end = match.span()
    if state.context() == "text" and match.lastgroup != "wide":
        _read_words(state, start, end)
    elif match.lastgroup == "raised":
        _read_script(state, "^", unicode.RAISED, start, end)
    elif match.lastgroup == "lowered":
        _read_script(state, "_", unicode.LOWERED, start, end)
    elif match.lastgroup == "wide":
        state.add_number(match[0].translate(unicode.FULL_WIDTH), start, end)
    elif match.lastgroup == "cluster":
        _read_cluster(state, match[0], start, end)
    else:
        _read_sign(state, match[0], start, end)


def _read_words(state: State, start: int, end: int) -> None:
    """Signs inside text are letters as they stand."""
    for place in range(start, end):
        char = state.text[place]
        if char in unicode.SPACES or char in unicode.INVISIBLE:
            _read_sign(state, char, place, place + 1)
        else:
            state.add("letter", char, place, place + 1)


def _read_script(
    state: State, sign: str, table: dict[str, tuple[Kind, str]], start: int, end: int
) -> None:
    """A run of raised or lowered signs is one script; each token stands at its own sign."""
    begun = state.last() == sign or (state.last() == "{" and state.context() == sign)
    opening: Meaning = (("sign", "{"),) if begun else (("sign", sign), ("sign", "{"))
    table = table | {",": ("sign", ",")}
    plain = "".join(table[char][1][0] for char in state.text[start:end])
    for run in re.finditer(r"[0-9]+|[^0-9]", plain):
        first, last = start + run.start(), start + run.end()
        state.add_all(opening, first, last)
        opening = ()
        kind, value = table[state.text[first]]
        if kind == "number":
            state.add_number(run[0], first, last)
        else:
            state.add(kind, value, first, last)
    state.add("sign", "}", state.found[-1].start, end)


def _read_cluster(state: State, cluster: str, start: int, end: int) -> None:
    """A letter with its combining accents; marks that are no accents are refused one by one."""
    composed = unicodedata.normalize("NFC", cluster)
    meaning = unicode.meaning(composed) if len(composed) == 1 else None
    split = next(i for i, char in enumerate(cluster) if unicode.is_mark(char))
    base, marks = cluster[:split], list(cluster[split:])
    if meaning is None and len(marks) <= MAX_ACCENTS:
        inner = _base(base)
        meaning = None if inner is None else unicode.accented(inner, marks)
    if meaning is not None:
        state.add_all(meaning, start, end)
        return
    _read_base(state, base, start)
    for offset, mark in enumerate(marks, start + split):
        _refuse(state, mark, offset)


def _base(base: str) -> Meaning | None:
    return (("command", base),) if base.startswith("\\") else unicode.meaning(base)


def _read_base(state: State, base: str, start: int) -> None:
    inner = _base(base)
    if inner is None:
        _read_sign(state, base, start, start + len(base))
    else:
        state.add_all(inner, start, start + len(base))


def _read_sign(state: State, char: str, start: int, end: int) -> None:
    if char in unicode.SPACES:
        state.add("space", " ", start, end)
    elif char in unicode.INVISIBLE:
        state.add("space", " ", start, end)
        state.notes.append(unicode.invisible(char, start, end))
    elif char in unicode.ROOTS:
        state.add_root(unicode.ROOTS[char], start, end)
    elif char in unicode.TRANSPOSES:
        bare = state.last() == "^" or state.context() == "^"
        state.add_all((() if bare else (("sign", "^"),)) + unicode.command("top"), start, end)
    elif char in unicode.SUMS:
        operator, letter = unicode.SUMS[char]
        state.add_all(unicode.command(operator if _heads(state, end) else letter), start, end)
    elif char in unicode.FRACTIONS and state.text[start - 1 : start].isdigit():
        hint = "write it as one fraction, 3/2"
        state.complain(Remark("a number and a fraction side by side", start - 1, end, hint))
        state.add("sign", char, start, end)
    elif meaning := _meaning(char):
        state.add_all(meaning, start, end)
    else:
        _refuse(state, char, start)


def _meaning(char: str) -> Meaning | None:
    return None if char < "\x80" else unicode.meaning(char)


_HEADED = frozenset("_([{\\|∂−-½√∇‖")


def _heads(state: State, end: int) -> bool:
    """Whether a limit or an operand stands behind a Greek capital, as behind a sum."""
    following = state.text[end : end + 8].lstrip()[:1]
    return following in unicode.LOWERED or following.isalnum() or following in _HEADED


def _refuse(state: State, char: str, start: int) -> None:
    state.complain(unicode.refusal(char, start, start + 1))
    state.add("sign", char, start, start + 1)
