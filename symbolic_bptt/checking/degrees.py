"""How high a power of the sizes a formula may be, where sizes are numbers in it.

𝟙ᵀ𝟙, tr I and the sum of s⁰ are a size without naming it: 𝟙 counts as half of one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from ..notation.functions import NORMS
from ..notation.tree import (
    Add,
    BigOperator,
    Call,
    Constant,
    Entry,
    Expr,
    Indicator,
    KroneckerDelta,
    Node,
    Number,
    Power,
    Range,
    Slice,
    Symbol,
    children,
    walk,
)
from .definitions import Definitions
from .reach import magnitude

NOTHING = Number(Fraction(0))

NO_POLYNOMIAL = 4
"""What counts as twice the degree of n! or of 2^n, which no number of sizes decides."""


def counts_entries(node: Node) -> bool:
    """Whether sums over entries may be of ones alone, as 𝟙ᵀ𝟙, tr I and 𝟙ᵀs⁰ are."""
    return _ones(node) > 1 or any(_units(part) for part in walk(node))


def _ones(node: Node) -> int:
    parts = list(walk(node))
    ones = sum(isinstance(part, Constant) and part.kind == "ones" for part in parts)
    return ones + 2 * sum(isinstance(part, Power) and part.exponent == NOTHING for part in parts)


def _units(node: Node) -> bool:
    """Whether it is a trace or norm of a unit matrix."""
    if not isinstance(node, Call) or node.function not in ("tr", *NORMS):
        return False
    return any(isinstance(part, Constant) and part.kind == "identity" for part in walk(node))


@dataclass(frozen=True)
class Degrees:
    """The degree in some letters where they are numbers; `opaque` once it is no polynomial."""

    definitions: Definitions
    letters: frozenset[str]
    opaque: set[str] = field(default_factory=set)

    def _no_polynomial(self) -> int:
        """Noted, for no number of sizes decides it."""
        self.opaque.update(self.letters)
        return NO_POLYNOMIAL

    def halves(self, node: Node, within: frozenset[str]) -> int:
        """Twice the degree, or more."""
        if not self.letters:
            return 0
        parts = [self.halves(child, within) for child in children(node)]
        match node:
            case Symbol():
                return self._symbol(node, within)
            case Constant(kind=kind):
                return int(kind == "ones")
            case Power(exponent=exponent) if exponent == NOTHING:
                return 1
            case Number() | Range() | KroneckerDelta() | Indicator():
                return 0
            case Entry(of=whole) | Slice(of=whole):
                return self.halves(whole, within)
            case Power(base=base, exponent=exponent):
                raised = self.halves(base, within) * max(1, _literal(exponent))
                return self._no_polynomial() if self.halves(exponent, within) else raised
            case BigOperator(kind=kind, ranges=ranges, body=body):
                return self._operator(kind, ranges, self.halves(body, within))
            case Add():
                return max(parts, default=0)
            case Call() if _units(node):
                return sum(parts) + 2
        return sum(parts)

    def _operator(self, kind: str, ranges: tuple[Range, ...], inner: int) -> int:
        limits = [limit for span in ranges for limit in (span.lower, span.upper) if limit]
        if kind == "sum":
            return inner + sum(self.halves(limit, frozenset()) for limit in limits)
        if any(_letters(limit) & self.letters for limit in limits):
            return self._no_polynomial()
        if not inner or len(limits) < 2 or any(map(_letters, limits)):
            return self._no_polynomial() if inner else 0
        return inner * max(map(_literal, limits))

    def _symbol(self, node: Symbol, within: frozenset[str]) -> int:
        if not node.indices and node.name in self.letters:
            return 2
        bodies = [one.body for one in self.definitions.by_name.get(node.name, ())]
        if node.name in within:
            return 0
        inside = within | {node.name}
        found = max((self.halves(body, inside) for body in bodies), default=0)
        recurs = found and self.definitions.recursion(node.name)
        return self._no_polynomial() if recurs else found


def _literal(node: Node) -> int:
    return magnitude(node, {}) if isinstance(node, Expr) else 0


def _letters(node: Node) -> set[str]:
    return {part.name for part in walk(node) if isinstance(part, Symbol) and not part.indices}
