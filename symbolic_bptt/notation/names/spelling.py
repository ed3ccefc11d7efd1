r"""One spelling for each surface: canonical LaTeX that tells apart what is written differently.

The closed list of what is *not* told apart: spacing, braces that only group, the order of sub- and
superscripts, and, unless asked for, weight and slant. `folded` also takes `\mathrm{in}` for `in`.
The depth is that of the surface, which its parser bounds.
"""

from __future__ import annotations

import re
from typing import Literal

from ..surface.commands import FUNCTIONS
from ..surface.nodes import (
    Array,
    Big,
    Decoration,
    Dots,
    Group,
    Ignored,
    Item,
    Name,
    Number,
    Operator,
    Quotient,
    Relation,
    Root,
    Script,
    Scripted,
    Separator,
    Sequence,
    Unknown,
    Words,
)

Mode = Literal["exact", "plain", "folded"]
"""`exact` keeps weight and slant, `plain` drops them, `folded` drops `\\mathrm` of words too."""

_STYLES = {"bold": r"\mathbf{%s}", "upright": r"\mathrm{%s}"}
_UPRIGHT = re.compile(r"\\(?:mathrm|text|operatorname)\{([A-Za-z0-9]+)\}")
_FUNCTIONS = frozenset("\\" + name for name in FUNCTIONS)
_ORDER = {"'": 0, "_": 1, "^": 2, "|": 3}


def spelling(item: Item, mode: Mode = "plain") -> str:
    """The canonical LaTeX of an item."""
    match item:
        case Name():
            return name_text(item, mode)
        case Sequence():
            return joined([spelling(part, mode) for part in item.items])
        case Group(opening=opening, body=body, closing=closing):
            inside = spelling(body, mode)
            return inside if opening == "{" else joined([_fence(opening), inside, _fence(closing)])
        case Scripted():
            return _scripted(item, mode)
        case Script():
            return script_text(item, mode)
        case _:
            return _other(item, mode)


def name_text(name: Name, mode: Mode = "plain") -> str:
    """A base; a style of one that is upright already is no second style."""
    kept = mode == "exact" or name.text.isdigit()  # a digit that is a name is one by its weight
    is_word = name.text in _FUNCTIONS or name.text.startswith((r"\mathrm", r"\operatorname"))
    if kept and name.style and not is_word:
        return _STYLES[name.style] % name.text
    if mode == "folded" and (upright := _UPRIGHT.fullmatch(name.text)):
        return upright.group(1)
    return name.text


def script_text(script: Script, mode: Mode = "plain") -> str:
    """A script with its sign."""
    if script.place == "'":
        return "'" * script.primes
    inside = joined([script.wrapped, spelling(script.body, mode), CLOSING.get(script.wrapped, "")])
    return f"{script.place if script.place != '|' else '|_'}{{{inside}}}"


CLOSING = {"(": ")", "[": "]", r"\langle": r"\rangle", r"\{": r"\}", "|": "|", r"\|": r"\|"}
"""The partner of each bracket that may enclose a script."""


def joined(parts: list[str]) -> str:
    """Texts side by side, parted where two would run into one token."""
    result: list[str] = []
    for part in parts:
        if part and result and _runs_together(result[-1], part):
            result.append(" ")
        if part:
            result.append(part)
    return "".join(result)


def _runs_together(left: str, right: str) -> bool:
    if right[0].isalpha():
        return re.search(r"\\[A-Za-z]+$", left[-MAX_COMMAND:]) is not None
    return left[-1].isdigit() and right[0].isdigit()


MAX_COMMAND = 80
"""Letters that one control sequence is looked back for."""


def _fence(bracket: str) -> str:
    return "" if bracket == "." else bracket


def _scripted(item: Scripted, mode: Mode) -> str:
    base = spelling(item.base, mode)
    if isinstance(item.base, (Scripted, Sequence)) or _is_braces(item.base):
        base = f"{{{base}}}"
    scripts = sorted(item.scripts, key=lambda script: _ORDER[script.place])
    return base + "".join(script_text(script, mode) for script in scripts)


def _is_braces(item: Item) -> bool:
    """Whether braces hold more than one base: `{W^T}_{ij}` is not `W^T_{ij}`."""
    return (
        isinstance(item, Group)
        and item.opening == "{"
        and not (len(item.body.items) == 1 and isinstance(item.body.items[0], Name))
    )


def _other(item: Item, mode: Mode) -> str:
    match item:
        case Number(text=text) | Unknown(text=text):
            return text
        case Words(text=text):
            return text if mode == "folded" and text.isalnum() else rf"\text{{{text}}}"
        case Operator(sign=sign) | Dots(sign=sign) | Big(sign=sign):
            return sign
        case Relation(sign=sign, label=label):
            return sign if label is None else rf"\overset{{{spelling(label, mode)}}}{{{sign}}}"
        case Separator(mark=mark):
            return mark
        case Quotient(top=top, bottom=bottom):
            return rf"\frac{{{spelling(top, mode)}}}{{{spelling(bottom, mode)}}}"
        case Root(radicand=radicand, degree=degree):
            option = "" if degree is None else f"[{spelling(degree, mode)}]"
            return rf"\sqrt{option}{{{spelling(radicand, mode)}}}"
        case Decoration(kind=kind, body=body, label=label):
            under = "" if label is None else f"_{{{spelling(label, mode)}}}"
            return rf"\{kind.lstrip(chr(92))}{{{spelling(body, mode)}}}{under}"
        case Array():
            return _array(item, mode)
        case Ignored():
            return ""
        case _:
            raise TypeError(f"no surface node: {type(item).__name__}")


def _array(item: Array, mode: Mode) -> str:
    rows = (" & ".join(spelling(cell, mode) for cell in row) for row in item.rows)
    body = r" \\ ".join(rows)
    columns = f"{{{item.columns}}}" if item.columns else ""
    return rf"\begin{{{item.environment}}}{columns}{body}\end{{{item.environment}}}"
