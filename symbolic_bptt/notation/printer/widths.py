"""How wide printed mathematics is: Computer Modern at 10pt, in points, rounded up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase

SCRIPT_SCALE = 0.83
"""Width of a sign in a script, as a part of its width on the line."""

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\s+|.", re.DOTALL)

_ITALIC_WIDTHS = """
5.3 4.3 4.4 5.3 4.7 6.0 5.2 5.8 3.5 4.7 5.6 3.2 8.8
6.1 4.9 5.1 4.9 4.8 4.7 3.7 5.8 5.3 7.5 5.8 5.3 5.1
"""

_ROMAN_WIDTHS = """
5.0 5.6 4.5 5.6 4.5 3.1 5.0 5.6 2.8 3.1 5.3 2.8 8.4
5.6 5.0 5.6 5.3 4.0 4.0 3.9 5.6 5.3 7.3 5.3 5.3 4.5
"""

_ITALIC = dict(zip(ascii_lowercase, map(float, _ITALIC_WIDTHS.split()), strict=True))
_ROMAN = dict(zip(ascii_lowercase, map(float, _ROMAN_WIDTHS.split()), strict=True))

_CAPITAL = 9.3
_DIGIT = 5.0
_COMMAND = 8.4

_SIGNS = {
    **dict.fromkeys("MW", 10.9),
    **dict.fromkeys("+-", 12.3),
    **dict.fromkeys("=<>", 13.4),
    **dict.fromkeys("()", 3.9),
    **dict.fromkeys("[]|.", 2.8),
    ":": 8.4,
    **dict.fromkeys(",;", 4.5),
    "'": 2.9,
    "/": 5.0,
    r"\cdot": 7.3,
    **dict.fromkeys((r"\odot", r"\otimes"), 12.3),
    **dict.fromkeys((r"\le", r"\ge", r"\ne"), 13.4),
    r"\mathrel": 0.0,
    **dict.fromkeys((r"\left", r"\right", r"\Big", r"\Bigl", r"\Bigr"), 5.0),
    r"\dots": 15.0,
    r"\quad": 10.0,
    r"\forall": 5.6,
    r"\partial": 5.9,
    r"\top": 7.8,
    **dict.fromkeys((r"\langle", r"\rangle"), 3.9),
    **dict.fromkeys((r"\lVert", r"\rVert"), 5.0),
    **dict.fromkeys((r"\hat", r"\tilde", r"\bar", r"\dot"), 0.0),
    **dict.fromkeys((r"\mathbf", r"\mathbb", r"\mathcal"), 2.3),
    **dict.fromkeys((r"\alpha", r"\kappa", r"\pi", r"\mu", r"\epsilon", r"\varphi"), 6.6),
    **dict.fromkeys((r"\beta", r"\eta", r"\nu", r"\rho", r"\sigma", r"\phi", r"\theta"), 6.0),
    **dict.fromkeys((r"\delta", r"\gamma", r"\zeta", r"\xi", r"\tau", r"\ell", r"\iota"), 5.6),
}

_OPERATORS = frozenset(
    {r"\tanh", r"\exp", r"\log", r"\sin", r"\cos", r"\sinh", r"\cosh", r"\arctan", r"\max", r"\min"}
    | {r"\det"}
)
_UPRIGHT = frozenset({r"\operatorname", r"\mathrm", r"\text"})
_THIN = 3.4
"""The spaces on both sides of an operator name."""


def width(latex: str) -> float:
    r"""An upper estimate of the width of display mathematics, in points.

    It knows what the printer prints; a command it does not know counts as a wide letter.
    """
    return _Reader(latex).row("", scale=1.0)


class _Reader:
    """Reads a row of signs once, adding widths up."""

    def __init__(self, latex: str) -> None:
        self._tokens = [token for token in _TOKEN.findall(latex) if not token.isspace()]
        self._next = 0
        self._bars = 0

    def _take(self) -> str:
        token = self._tokens[self._next] if self._next < len(self._tokens) else ""
        self._next += 1
        return token

    def _peek(self) -> str:
        return self._tokens[self._next] if self._next < len(self._tokens) else ""

    def row(self, end: str, scale: float) -> float:
        """Everything up to the token `end`, which is consumed."""
        total = 0.0
        while self._next < len(self._tokens):
            token = self._take()
            if token == end:
                break
            total += self._sign(token, scale)
        return total

    def _argument(self, scale: float) -> float:
        return self.row("}", scale) if self._skip("{") else self._sign(self._take(), scale)

    def _skip(self, token: str) -> bool:
        if self._peek() != token:
            return False
        self._next += 1
        return True

    def _sign(self, token: str, scale: float) -> float:
        match token:
            case "{":
                return self.row("}", scale)
            case "^" | "_":
                return self._argument(scale * SCRIPT_SCALE) + 0.6
            case r"\frac":
                return self._fraction(scale)
            case r"\sqrt":
                return self._argument(scale) + 10.0
            case r"\sum" | r"\prod":
                return self._big(scale)
            case r"\begin":
                return self._table(self._word(), scale)
            case _ if token in _UPRIGHT:
                return sum(_ROMAN.get(letter, 7.8) for letter in self._word()) * scale + _THIN
            case _ if token in _OPERATORS:
                return sum(_ROMAN[letter] for letter in token[1:]) * scale + _THIN
            case _:
                return _letter(token) * scale

    def _big(self, scale: float) -> float:
        """A sum with its limits above and below, or beside it inside a fraction."""
        limits = [0.0]
        while self._peek() in {"_", "^"}:
            self._next += 1
            limits.append(self._argument(scale * SCRIPT_SCALE))
        return (10.6 + max(limits) if self._bars else max(14.5, *limits)) + 1.7

    def _fraction(self, scale: float) -> float:
        self._bars += 1
        wider = max(self._argument(scale), self._argument(scale))
        self._bars -= 1
        return wider + 2.6

    def _word(self) -> str:
        self._skip("{")
        return "".join(iter(self._take, "}")) if self._next < len(self._tokens) else ""

    def _table(self, kind: str, scale: float) -> float:
        """Columns as wide as their widest entry, with the space between them and the brackets."""
        columns: dict[int, float] = {}
        for column, entry in self._entries(scale):
            columns[column] = max(columns.get(column, 0.0), entry)
        return sum(columns.values()) + 10.0 * len(columns) + (10.0 if kind == "cases" else 2.0)

    def _entries(self, scale: float) -> Iterator[tuple[int, float]]:
        column, total = 0, 0.0
        while self._next < len(self._tokens):
            token = self._take()
            if token in {"&", r"\\", r"\end"}:
                yield column, total
                column, total = (column + 1 if token == "&" else 0), 0.0
                if token == r"\end":
                    self._word()
                    return
            else:
                total += self._sign(token, scale)


def _letter(token: str) -> float:
    if token in _SIGNS:
        return _SIGNS[token]
    if token in _ITALIC:
        return _ITALIC[token]
    if token.isdigit():
        return _DIGIT
    return _COMMAND if token.startswith("\\") else _CAPITAL
