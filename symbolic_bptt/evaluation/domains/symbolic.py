"""SymPy expressions as a domain: evaluating a model over symbols is what unrolling means.

Functions with a derivative that SymPy would rewrite (exp(a) exp(b) → exp(a + b)) or lacks (sigmoid,
relu, an undetermined f) are function classes of their own here; everything else is SymPy's.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

import numpy as np
import sympy

from ...notation.functions import FUNCTIONS
from ..errors import Unsupported
from .domain import Array, entrywise
from .elementary import derivative


class Atom(sympy.Function):  # type: ignore[misc]
    """A function of the language that stays as it was written. `key` is its name in `FUNCTIONS`."""

    key = ""
    orders: tuple[int, ...] = (0,)


class Exp(Atom):
    """e^z, kept apart: products of exponentials are not gathered."""

    key = "exp"

    @classmethod
    def eval(cls, z: Any) -> Any:
        return sympy.Integer(1) if z == 0 else None

    def fdiff(self, argindex: int = 1) -> Any:
        return self


class Sigmoid(Atom):
    """σ(z), σ′ = σ (1 − σ)."""

    key = "sigmoid"

    @classmethod
    def eval(cls, z: Any) -> Any:
        return sympy.Rational(1, 2) if z == 0 else None

    def fdiff(self, argindex: int = 1) -> Any:
        return self * (1 - self)


class Softplus(Atom):
    """log(1 + e^z), with derivative σ(z)."""

    key = "softplus"

    def fdiff(self, argindex: int = 1) -> Any:
        return Sigmoid(self.args[0])


class Step(Atom):
    """1 where z > 0, else 0."""

    key = "step"

    @classmethod
    def eval(cls, z: Any) -> Any:
        return sympy.Integer(1 if z > 0 else 0) if z.is_Rational else None

    def fdiff(self, argindex: int = 1) -> Any:
        return sympy.Integer(0)


class Sign(Atom):
    """−1, 0 or 1."""

    key = "sign"

    @classmethod
    def eval(cls, z: Any) -> Any:
        return sympy.sign(z) if z.is_Rational else None

    def fdiff(self, argindex: int = 1) -> Any:
        return sympy.Integer(0)


class Absolute(Atom):
    """|z|, with derivative sign z."""

    key = "abs"

    def fdiff(self, argindex: int = 1) -> Any:
        return Sign(self.args[0])


class Relu(Atom):
    """max(0, z), with derivative step z."""

    key = "relu"

    def fdiff(self, argindex: int = 1) -> Any:
        return Step(self.args[0])


class Maximum(Atom):
    """max(a, b); where a = b the slope is that of b."""

    key = "max"
    orders = (0, 0)

    def fdiff(self, argindex: int = 1) -> Any:
        step = Step(self.args[0] - self.args[1])
        return step if argindex == 1 else 1 - step


class Minimum(Atom):
    """min(a, b); where a = b the slope is that of a."""

    key = "min"
    orders = (0, 0)

    def fdiff(self, argindex: int = 1) -> Any:
        step = Step(self.args[0] - self.args[1])
        return 1 - step if argindex == 1 else step


class SoftmaxEntry(Atom):
    """SoftmaxEntry(i, z_1, …, z_K) = e^{z_i} / Σ_j e^{z_j}, with ∂ŷ_i/∂z_j = ŷ_i (δ_ij − ŷ_j)."""

    key = "softmax"

    def fdiff(self, argindex: int = 1) -> Any:
        if argindex == 1:
            raise Unsupported("the entry of a softmax is no variable")
        entry, *arguments = self.args
        other = SoftmaxEntry(argindex - 1, *arguments)
        return self * (1 - self) if entry == argindex - 1 else -self * other

    def _eval_derivative(self, s: Any) -> Any:
        """The chain rule over those arguments alone that contain the symbol."""
        terms = [
            self.fdiff(position) * (1 if argument == s else argument.diff(s))
            for position, argument in enumerate(self.args[1:], 2)
            if argument == s or s in argument.free_symbols
        ]
        return sympy.Add(*terms)


class Undetermined(Atom):
    """f^{(orders)}(arguments) of a function that the model leaves open."""

    def fdiff(self, argindex: int = 1) -> Any:
        orders = tuple(o + (i == argindex - 1) for i, o in enumerate(self.orders))
        return undetermined(self.key, orders)(*self.args)


@cache
def undetermined(name: str, orders: tuple[int, ...]) -> type[Undetermined]:
    """The function class of one derivative; its own name is an identifier whatever `name` is."""
    title = f"u{name.encode().hex()}_{'_'.join(map(str, orders))}"
    return type(title, (Undetermined,), {"key": name, "orders": orders})


CLASSES: dict[str, Any] = {
    "tanh": sympy.tanh,
    "log": sympy.log,
    "sqrt": sympy.sqrt,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "sinh": sympy.sinh,
    "cosh": sympy.cosh,
    "sech": sympy.sech,
    "arctan": sympy.atan,
    **{c.key: c for c in (Exp, Sigmoid, Softplus, Step, Sign, Absolute, Relu, Maximum, Minimum)},
}

NAMES: dict[Any, str] = {made: name for name, made in CLASSES.items() if name != "sqrt"}
"""SymPy's function classes back to the names of the language."""


@dataclass(frozen=True)
class SymbolicDomain:
    """SymPy expressions."""

    name: str = "sympy"
    dtype: Any = object

    def number(self, value: Fraction) -> Any:
        return sympy.Rational(value.numerator, value.denominator)

    def letter(self, name: str, value: int, *, index: bool) -> Any:
        return self.number(Fraction(value))

    def apply(self, function: str, orders: tuple[int, ...], *arguments: Array) -> Array:
        return entrywise(lambda *entries: self.call(function, orders, *entries), *arguments)

    def call(self, function: str, orders: tuple[int, ...], *arguments: Any) -> Any:
        if function not in FUNCTIONS and function != "step":
            return undetermined(function, orders)(*arguments)
        if any(orders):
            return derivative(_call, function, orders, *arguments)
        if function == "log" and isinstance(arguments[0], SoftmaxEntry):
            return _log_softmax(*arguments[0].args)
        return CLASSES[function](*arguments)

    def softmax(self, vector: Array) -> Array:
        if vector.size == 1:
            return np.array([[sympy.Integer(1)]], dtype=object)
        entries = [SoftmaxEntry(i + 1, *vector.flat) for i in range(vector.size)]
        result = np.empty(vector.shape, dtype=object)
        result.ravel()[:] = entries
        return result

    def draw(self, generator: Random) -> Any:
        raise Unsupported("a SymPy expression is not drawn at random")

    def is_zero(self, element: Any) -> bool:
        return bool(element == 0)

    def total(self, terms: Sequence[Array]) -> Array:
        if len(terms) == 1:
            return terms[0]
        return entrywise(sympy.Add, *(np.broadcast_to(term, terms[0].shape) for term in terms))

    def scope(self) -> AbstractContextManager[object]:
        return nullcontext()


def _log_softmax(entry: Any, *arguments: Any) -> Any:
    """log(e^{z_i} / Σ_j e^{z_j}) = z_i − log Σ_j e^{z_j}."""
    return arguments[int(entry) - 1] - sympy.log(sympy.Add(*(Exp(z) for z in arguments)))


def _call(function: str, *arguments: Any) -> Any:
    return CLASSES[function](*arguments)
