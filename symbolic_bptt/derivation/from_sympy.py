"""SymPy expressions back to the syntax tree, in the order in which a person would write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import sympy

from ..evaluation.domains.symbolic import SoftmaxEntry
from ..notation.tree import Add, Call, Expr, Indicator, Neg, Number, Power, Product, Quotient
from .compile import function_of
from .symbols import Names


def from_sympy(expression: Any, names: Names) -> Expr:
    """The same mathematics as a tree: numbers first, then symbols in model order, then the rest.

    No factor −1, no negative exponent. Raises `TypeError` for what the language cannot write.
    """
    return _Writer(names).tree(expression)


Order = tuple[int, list[int]]


@dataclass(frozen=True)
class _Writer:
    """Writes expressions; what recurs is written once."""

    names: Names
    known: dict[Any, Expr] = field(default_factory=dict)
    orders: dict[Any, Order] = field(default_factory=dict)

    def tree(self, expression: Any) -> Expr:
        if expression not in self.known:
            self.known[expression] = self._written(expression)
        return self.known[expression]

    def _written(self, expression: Any) -> Expr:
        if expression.is_Symbol:
            return self.names.tree[expression]
        if expression.is_Rational:
            return _number(expression)
        if expression.is_Add:
            return self._sum(expression)
        if expression.is_Mul or expression.is_Pow:
            return self._term(expression)
        return self._function(expression)

    def _sum(self, expression: Any) -> Expr:
        terms = [self.tree(term) for term in sorted(expression.args, key=self._term_order)]
        first = next((i for i, term in enumerate(terms) if not isinstance(term, Neg)), 0)
        return Add((terms[first], *terms[:first], *terms[first + 1 :]))

    def _term(self, expression: Any) -> Expr:
        """± numerator / denominator."""
        top: list[Any] = []
        bottom: list[Any] = []
        coefficient = Fraction(1)
        for factor in sympy.Mul.make_args(expression):
            if factor.is_Rational:
                coefficient *= Fraction(int(factor.p), int(factor.q))
            elif factor.is_Pow and factor.exp.is_Rational and factor.exp < 0:
                bottom.append(factor.base ** (-factor.exp))
            else:
                top.append(factor)
        above = self._factors(abs(coefficient.numerator), top)
        below = self._factors(coefficient.denominator, bottom)
        whole = above if below == Number(Fraction(1)) else Quotient(above, below)
        return Neg(whole) if coefficient < 0 else whole

    def _factors(self, number: int, factors: Sequence[Any]) -> Expr:
        written = [self._factor(factor) for factor in sorted(factors, key=self._factor_order)]
        if number != 1 or not written:
            written.insert(0, Number(Fraction(number)))
        return written[0] if len(written) == 1 else Product(tuple(written))

    def _factor(self, factor: Any) -> Expr:
        if not factor.is_Pow:
            return self.tree(factor)
        base, exponent = factor.args
        if exponent == sympy.Rational(1, 2):
            return Call("sqrt", (self.tree(base),))
        return Power(self.tree(base), self.tree(exponent))

    def _function(self, expression: Any) -> Expr:
        if isinstance(expression, SoftmaxEntry):
            return self._softmax(*expression.args)
        name, orders = function_of(expression)
        arguments = tuple(self.tree(argument) for argument in expression.args)
        if name == "step":
            return Indicator(arguments[0], ">", Number(Fraction(0)))
        if not any(orders):
            return Call(name, arguments)
        if len(orders) == 1:
            return Call(name, arguments, orders[0])
        raise TypeError(f"no notation for a partial derivative of {name}, of several arguments")

    def _softmax(self, entry: Any, *arguments: Any) -> Expr:
        """e^{z_i} / (e^{z_1} + … + e^{z_K})."""
        exponentials = tuple(Call("exp", (self.tree(argument),)) for argument in arguments)
        return Quotient(exponentials[int(entry) - 1], Add(exponentials))

    def _term_order(self, expression: Any) -> Order:
        """Numbers first; then by the symbols in it, in model order; then as SymPy has them."""
        if expression not in self.orders:
            ranks = sorted(self.names.rank[symbol] for symbol in expression.free_symbols)
            self.orders[expression] = (0, ranks)
        return self.orders[expression]

    def _factor_order(self, expression: Any) -> Order:
        """Symbols and their powers, then functions, then sums."""
        base = expression.base if expression.is_Pow else expression
        ranks = self._term_order(expression)[1]
        return (0 if base.is_Symbol else 2 if base.is_Add else 1, ranks)


def _number(value: Any) -> Expr:
    number: Expr = Number(Fraction(abs(int(value.p))))
    if value.q != 1:
        number = Quotient(number, Number(Fraction(int(value.q))))
    return Neg(number) if value.p < 0 else number
