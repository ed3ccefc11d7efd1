"""Ranges as they are written under a sum, in cases, and after a formula."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..order import consecutive, descends
from ..tree import Add, Expr, Neg, Number, Range, Symbol

Script = Callable[[Expr], str]


@dataclass(frozen=True)
class RangeSigns:
    """How one way of writing spells what ranges need."""

    relations: Mapping[str, str]
    dots: str
    for_all: str
    before_clause: str


class RangePrinter:
    """Prints ranges; `script` prints a bound without spaces."""

    def __init__(self, signs: RangeSigns, script: Script) -> None:
        self._signs = signs
        self._script = script

    def limits(self, ranges: tuple[Range, ...]) -> str:
        r"""What stands below and above a sum: `_{t=1}^{T}`, `_{k \le t}`, `_t`."""
        match ranges:
            case (Range(index, None, None, ()),):
                return f"_{self._braced(index)}"
            case (Range(index, Expr() as lower, Expr() as upper, ()),):
                return f"_{{{self._letter(index)}={self._script(lower)}}}^{{{self._script(upper)}}}"
            case _:
                return "_{" + ", ".join(map(self.condition, ranges)) + "}"

    def condition(self, node: Range) -> str:
        r"""The range as inequalities: `1 \le t < T`, `t = T`, `j \ne i`."""
        index = self._letter(node.index)
        others = [self._related(index, "!=", value) for value in node.unequal]
        match node.lower, node.upper:
            case None, None:
                return ", ".join(others) or index
            case Expr() as lower, Expr() as upper if lower == upper:
                bounds = self._related(index, "=", lower)
            case Expr() as lower, Expr() as upper:
                bounds = f"{self._script(lower)} {self._signs.relations['<=']} "
                bounds += self._related(index, "<=", upper)
            case None, Expr() as upper:
                strict = _one_more(upper)
                bounds = self._related(index, "<" if strict else "<=", strict or upper)
            case lower, _:
                assert lower is not None
                strict = _one_less(lower)
                bounds = self._related(index, ">" if strict else ">=", strict or lower)
        return ", ".join([bounds, *others])

    def clause(self, ranges: tuple[Range, ...]) -> str:
        r"""What follows a formula: `\quad t = 1, \dots, T-1`."""
        return "".join(self._signs.before_clause + self.listed(node) for node in ranges)

    def listed(self, node: Range) -> str:
        r"""`t = 1, \dots, T-1` where both ends are known, else as inequalities."""
        match node:
            case Range(index, Expr() as lower, Expr() as upper, ()) if _ascends(lower, upper):
                dots = () if consecutive((lower, upper)) else (self._signs.dots,)
                steps = ", ".join((self._script(lower), *dots, self._script(upper)))
                return f"{self._letter(index)} = {steps}"
            case Range(index, None, None, ()):
                return f"{self._signs.for_all} {self._letter(index)}"
            case _:
                return self.condition(node)

    def _related(self, index: str, op: str, value: Expr) -> str:
        return f"{index} {self._signs.relations[op]} {self._script(value)}"

    def _letter(self, index: str) -> str:
        return self._script(Symbol(index))

    def _braced(self, index: str) -> str:
        letter = self._letter(index)
        return letter if len(letter) == 1 else f"{{{letter}}}"


def _ascends(lower: Expr, upper: Expr) -> bool:
    """Whether `lower, …, upper` is read upwards: t = T, …, 1 is the same steps downwards."""
    return lower != upper and not descends(lower, upper)


def _one_more(upper: Expr) -> Expr | None:
    """X of X - 1, so that `t ≤ X - 1` can be written `t < X`."""
    match upper:
        case Add((Symbol() as bound, Neg(Number(value)))) if value == 1:
            return bound
        case _:
            return None


def _one_less(lower: Expr) -> Expr | None:
    match lower:
        case Add((Symbol() as bound, Number(value))) if value == 1:
            return bound
        case _:
            return None
