"""The derivative of each elementwise function, written from its output where that has a name."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from ..notation.tree import Call, Expr, Indicator, Number, Symbol
from .algebra import Algebra
from .monomial import ONE, ZERO

Rule = Callable[[Algebra, Expr, Expr], Expr]
"""(algebra, argument x, output y) to the derivative of y with respect to x."""

DERIVATIVES: dict[str, Rule] = {
    "tanh": lambda a, x, y: a.subtract(ONE, a.square(y)),
    "sigmoid": lambda a, x, y: (
        a.hadamard(y, a.subtract(ONE, y)) if isinstance(y, Symbol) else _prime(y)
    ),
    "exp": lambda a, x, y: y,
    "log": lambda a, x, y: a.divide(ONE, x),
    "sqrt": lambda a, x, y: a.divide(ONE, a.scale(Number(Fraction(2)), y)),
    "sin": lambda a, x, y: Call("cos", (x,)),
    "cos": lambda a, x, y: a.neg(Call("sin", (x,))),
    "sinh": lambda a, x, y: Call("cosh", (x,)),
    "cosh": lambda a, x, y: Call("sinh", (x,)),
    "sech": lambda a, x, y: a.neg(a.hadamard(y, Call("tanh", (x,)))),
    "softplus": lambda a, x, y: Call("sigmoid", (x,)),
    "arctan": lambda a, x, y: a.divide(ONE, a.add(ONE, a.square(x))),
    "relu": lambda a, x, y: Indicator(y if isinstance(y, Symbol) else x, ">", ZERO),
    "abs": lambda a, x, y: Call("sign", (x,)),
    "sign": lambda a, x, y: ZERO,
}
"""Functions of one argument, each entry on its own."""


def derivative(algebra: Algebra, call: Call, output: Expr) -> Expr:
    """f'(x) of y = f(x), where `output` is y: its name if it has one, else f(x) itself."""
    if call.primes or call.function not in DERIVATIVES:
        return _prime(call)
    return DERIVATIVES[call.function](algebra, call.arguments[0], output)


def _prime(call: Expr) -> Expr:
    assert isinstance(call, Call)
    return Call(call.function, call.arguments, call.primes + 1)
