"""Reverse accumulation through one equation: the cotangents of all that it reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..notation.sizes import Shape, Size
from ..notation.tree import (
    BigOperator,
    Call,
    Expr,
    Product,
    Range,
    Slice,
    Symbol,
    children,
    walk,
)
from .context import Context
from .errors import NoRuleError
from .indices import index_tree, letters, spare_letter, substitute
from .monomial import ZERO
from .products import Ranges
from .rules import pull
from .system import Scope, System

SMALL = 2
"""An adjoint of up to so many different symbols is written out wherever it is used."""


@dataclass(frozen=True)
class Reach:
    """A symbol (or a slice of it) that an equation reads, with its cotangent there."""

    symbol: Symbol
    slice: Ranges | None
    value: Expr
    scope: Scope


@dataclass(frozen=True)
class Reverse:
    """Walks one equation from its value down to its symbols.

    `wanted` says which symbols matter, `counted` which of them are always asked for;
    `name_it(value, inner, uses, node)` gives the adjoint of a node a name, or returns it as it is;
    `reached` takes what is found.
    """

    system: System
    context: Context
    wanted: Callable[[Symbol], bool]
    counted: Callable[[Symbol], bool]
    name_it: Callable[[Expr, bool, int, Expr], Expr]
    reached: Callable[[Reach], None]
    shape: Shape
    depth: int

    def run(
        self, body: Expr, g: Expr, scope: Scope, output: Symbol | None, *, may_name: bool
    ) -> None:
        """Give every wanted symbol in the body its cotangent.

        `output` is the name of what the body is, if it has one. `may_name`: whether the cotangent
        of the body itself may get a name.
        """
        self._visit(body, g, scope, output, inside=False, may_name=may_name)

    def _visit(
        self,
        node: Expr,
        g: Expr,
        scope: Scope,
        output: Symbol | None,
        *,
        inside: bool,
        may_name: bool = False,
    ) -> None:
        if g == ZERO or not self._wants(node):
            return
        match node:
            case Symbol():
                self.reached(Reach(node, None, g, scope))
                return
            case Slice(of=Symbol() as of, ranges=ranges):
                self.reached(Reach(of, ranges, g, scope))
                return
            case BigOperator():
                self._under_binder(node, g, scope, inside)
                return
        if self._used_often(node) and len(scope) == self.depth:
            fits = inside and self.context.algebra.shape(node) == self.shape
            if may_name or fits:
                g = self.name_it(g, inside, self._uses(node), node)
        inside = inside or isinstance(node, Call)
        for operand, cotangent in pull(self.context, node, g, output):
            self._visit(operand, cotangent, scope, None, inside=inside)

    def _wants(self, node: Expr) -> bool:
        return any(isinstance(item, Symbol) and self.wanted(item) for item in walk(node))

    def _used_often(self, node: Expr) -> bool:
        parts = node.factors if isinstance(node, Product) else _operands(node)
        return sum(self._uses(part) > 0 for part in parts) > 1

    def _uses(self, node: Expr) -> int:
        return sum(isinstance(item, Symbol) and self.counted(item) for item in walk(node))

    def _under_binder(self, node: BigOperator, g: Expr, scope: Scope, inside: bool) -> None:
        body, inner = self.system.opened(node, scope)
        if node.kind == "product":
            if not self.context.algebra.is_scalar(body):
                raise NoRuleError("the derivative of a product of matrices over an index")
            g = self.context.algebra.hadamard(g, self._others(body, inner[len(scope) :]))
        self._visit(body, g, inner, None, inside=inside)

    def _others(self, body: Expr, ranges: Scope) -> Expr:
        """The product over all other values of the index."""
        (binder,) = ranges
        other = spare_letter(letters(body) | {binder.index} | self.system.names)
        value = substitute(body, {binder.index: Size.letter(other)})
        low, high = index_tree(binder.steps.low), index_tree(binder.steps.high)
        return BigOperator("product", (Range(other, low, high, (Symbol(binder.index),)),), value)


def _operands(node: Expr) -> tuple[Expr, ...]:
    return tuple(child for child in children(node) if isinstance(child, Expr))


def is_small(value: Expr, uses: int, is_number: Callable[[Symbol], bool]) -> bool:
    """Whether an adjoint is short enough to be written out at each of its uses."""
    symbols = {
        (item.name, item.indices)
        for item in walk(value)
        if isinstance(item, Symbol) and not is_number(item)
    }
    return len(symbols) <= SMALL or (uses <= SMALL and len(symbols) <= SMALL + 1)
