"""What an inequality that intervals prove at some lengths and sizes says of all others.

A bound that each entry of a step obeys is the same at every length and size. A sum over steps or
entries, a norm, a trace, a product of matrices or a counter is not: below 27 at a few lengths it
may be above at others. Where such a thing stands beside a literal other than 0, on the side that
must not grow, the instances prove nothing beyond themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeGuard

from ..evaluation.surroundings import indexes_a_step
from ..notation.functions import FUNCTIONS, NORMS
from ..notation.printer.text import text
from ..notation.tree import (
    Add,
    BigOperator,
    Call,
    Derivative,
    Entry,
    Expr,
    Indicator,
    KroneckerDelta,
    Neg,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Range,
    Slice,
    Symbol,
    Transpose,
    children,
    walk,
)
from .comparison import Claim
from .constant import NOTHING, Constants
from .reach import NUMERIC

if TYPE_CHECKING:
    from .decide import Trial

BOUNDED = frozenset({"tanh", "sigmoid", "sin", "cos", "sech", "softmax", "arctan", "sign"})
"""Functions whose values have the same bounds whatever they are asked for."""

NEVER_NEGATIVE = NORMS | frozenset({"abs", "exp", "sigmoid", "softmax", "softplus", "relu", "cosh"})
"""Functions that are at least 0."""


def grows(claim: Claim, trial: Trial, constants: Constants) -> str:
    """What may grow beyond a literal, in words; empty if the instances prove every length."""
    smaller, larger = (
        (claim.left, claim.right) if claim.op in ("<", "<=") else (claim.right, claim.left)
    )
    look = _Growth(trial, constants)
    if smaller == NOTHING:
        written = look.is_beside_literal(larger, frozenset())
    else:
        written = any(look.has_literal(side, frozenset()) for side in (smaller, larger))
    if not written or _is_bound_of_jacobian(smaller, larger):
        return ""
    terms = _terms(larger) if claim.op != "!=" else [larger]
    kept = [one for one in terms if claim.op == "!=" or not look.is_at_least_0(one, frozenset())]
    for part in (smaller, *kept):
        found = look.growing(part, frozenset())
        if found is not None:
            return f"{text(found)} may grow with T or a size, beside a number"
    return ""


def undivided(claim: Claim) -> Claim:
    """The claim with a smaller side that no number divides: a / 2 ≤ b follows from a ≤ b."""

    def whole(expr: Expr) -> Expr:
        match expr:
            case Quotient(numerator=top, denominator=Number(value=value)) if value >= 1:
                return whole(top)
            case Call(function="norm" | "spectral_norm" | "abs", arguments=(inner,)):
                return replace(expr, arguments=(whole(inner),))
        return expr

    if claim.op in ("<", "<="):
        return replace(claim, left=whole(claim.left))
    return replace(claim, right=whole(claim.right)) if claim.op in (">", ">=") else claim


def _is_bound_of_jacobian(smaller: Expr, larger: Expr) -> bool:
    """Whether it is ‖∂s_t/∂s_k‖ ≤ ¼ ‖W‖: both sides are as large as W, whatever the size is."""
    if not isinstance(smaller, Call) or smaller.function not in (*NORMS, "abs"):
        return False
    inner = smaller.arguments[0]
    if not isinstance(inner, Derivative) or not isinstance(larger, Product | Quotient | Call):
        return False
    names = [node.name for side in (inner.of, inner.wrt) for node in walk(side) if _is_timed(node)]
    sizes = [node for node in walk(larger) if isinstance(node, Call)]
    plain = Number | Call | Product | Quotient | Symbol | Entry | Power
    return (
        len(set(names)) == 1
        and any(node.function == smaller.function for node in sizes)
        and all(isinstance(node, plain) and not _is_timed(node) for node in walk(larger))
    )


def _is_literal(expr: Expr) -> bool:
    return all(isinstance(part, NUMERIC) for part in walk(expr))


def _is_clipped(call: Call) -> bool:
    """Whether it lies between two numbers: max(-5, min(5, z))."""
    other = {"max": "min", "min": "max"}.get(call.function)
    return any(map(_is_literal, call.arguments)) and any(
        isinstance(one, Call) and one.function == other and any(map(_is_literal, one.arguments))
        for one in call.arguments
    )


def _is_timed(node: Node) -> TypeGuard[Symbol]:
    return isinstance(node, Symbol) and bool(node.indices)


def _terms(expr: Expr) -> list[Expr]:
    return list(expr.terms) if isinstance(expr, Add) else [expr]


@dataclass(frozen=True)
class _Growth:
    trial: Trial
    constants: Constants

    def has_literal(self, node: Node, within: frozenset[str]) -> bool:
        """Whether a number other than 0 is written as a value, and not as a step or an exponent."""
        match node:
            case Number(value=value):
                return value != 0
            case Symbol(name=name):
                bodies = self._defined(name)
                inner = within | {name}
                return name not in within and any(self.has_literal(one, inner) for one in bodies)
            case Range() | KroneckerDelta() | Indicator():
                return False
            case Power(base=inside) | Entry(of=inside) | Slice(of=inside):
                return self.has_literal(inside, within)
            case Product(factors=factors):
                return any(
                    self.has_literal(one, within) for one in factors if not isinstance(one, Number)
                )
            case Call(function=name) if name in BOUNDED:
                return False
            case Call(function="diag", arguments=(inner,)) if self._is_whole(inner):
                return False
        return any(self.has_literal(child, within) for child in children(node))

    def is_beside_literal(self, expr: Expr, within: frozenset[str]) -> bool:
        """Whether a literal matters where the expression is held against 0: no factor does."""
        match expr:
            case Neg(operand=inner) | BigOperator(body=inner):
                return self.is_beside_literal(inner, within)
            case Quotient(numerator=inner, denominator=bottom) if _is_literal(bottom):
                return not _is_literal(inner) and self.is_beside_literal(inner, within)
            case Product(factors=factors):
                others = [one for one in factors if not _is_literal(one)]
                alone = len(others) == 1
                return any(
                    self.is_beside_literal(one, within) if alone else self.has_literal(one, within)
                    for one in others
                )
            case Symbol(name=name) if name not in within:
                inside = within | {name}
                return any(self.is_beside_literal(one, inside) for one in self._defined(name))
        return self.has_literal(expr, within)

    def _is_whole(self, inner: Expr) -> bool:
        """Whether an expression is bounded entry by entry, and no number makes it small."""
        small = any(
            isinstance(part, Quotient) or (isinstance(part, Number) and part.value < 1)
            for part in walk(inner)
        )
        return not small and self.growing(inner, frozenset()) is None

    def is_at_least_0(self, expr: Expr, within: frozenset[str]) -> bool:
        """Whether what it is made of shows that it is never negative, whatever grows in it."""

        def all_of(parts: Iterable[Expr]) -> bool:
            return all(self.is_at_least_0(part, within) for part in parts)

        match expr:
            case Number():
                return True
            case Call(function=name):
                return name in NEVER_NEGATIVE
            case Power(exponent=Number(value=value)) if not self._is_matrix(expr):
                return value.denominator == 1 and not value.numerator % 2
            case BigOperator(body=body):
                return self.is_at_least_0(body, within)
            case Add(terms=parts) | Product(factors=parts):
                return all_of(parts)
            case Quotient(numerator=top, denominator=bottom):
                return all_of((top, bottom))
            case Symbol(name=name) if name not in within and self._defined(name):
                inner = within | {name}
                return all(self.is_at_least_0(body, inner) for body in self._defined(name))
        return False

    def growing(self, node: Node, within: frozenset[str]) -> Expr | None:
        """The first part whose size hangs on how many steps or entries there are."""
        if isinstance(node, Call) and _is_clipped(node):
            return None
        match node:
            case Call(function=name) if name in BOUNDED:
                return None
            case Call(function="norm" | "spectral_norm", arguments=(inner,)):
                return None if self._has_one_entry(node.function, inner) else node
            case Call(function=name) if name in ("tr", "det") or name not in FUNCTIONS:
                return node if name in FUNCTIONS else None
            case BigOperator() | Derivative():
                return node
            case Symbol():
                return self._named(node, within)
            case Entry(of=inside) | Slice(of=inside) | Transpose(operand=inside):
                return self.growing(inside, within)
            case Product(factors=factors) if sum(map(self._is_wide, factors)) > 1:
                return node
            case Power(base=base) if self._is_matrix(base):
                return node
            case Range():
                return None
        found = (self.growing(child, within) for child in children(node))
        return next((one for one in found if one is not None), None)

    def _named(self, node: Symbol, within: frozenset[str]) -> Expr | None:
        """A name stands for what it is computed from; one that is computed from itself grows."""
        model = self.constants.model
        if not node.indices and (node.name == "T" or node.name in model.sizes):
            return node
        if not node.indices and any(s.index == node.name for s in self.trial.claim.ranges):
            sides = (self.trial.claim.left, self.trial.claim.right)
            return node if any(indexes_a_step(node.name, side) for side in sides) else None
        bodies = self._defined(node.name)
        if node.name in within:
            return node
        found = (self.growing(body, within | {node.name}) for body in bodies)
        return node if any(one is not None for one in found) else None

    def _defined(self, name: str) -> list[Expr]:
        bodies = [one.body for one in self.trial.definitions.by_name.get(name, ())]
        model = self.constants.model
        return [*bodies, *(one.body for one in model.equations if one.target == name)]

    def _is_wide(self, expr: Expr) -> bool:
        """Whether it has entries, so that a product of two such may add them up."""
        match expr:
            case Number() | Entry() | KroneckerDelta():
                return False
            case Symbol(name=name, indices=indices):
                item = self.constants.model.declarations.get((name, bool(indices)))
                return not (item is not None and item.shape.is_scalar)
            case Call(function="norm" | "spectral_norm" | "tr" | "det"):
                return False
        return any(self._is_wide(one) for one in children(expr) if isinstance(one, Expr))

    def _is_matrix(self, expr: Expr) -> bool:
        if isinstance(expr, Symbol):
            item = self.constants.model.declarations.get((expr.name, bool(expr.indices)))
            return item is not None and item.shape.rank == 2
        return any(self._is_matrix(one) for one in children(expr) if isinstance(one, Expr))

    def _has_one_entry(self, norm: str, inner: Expr) -> bool:
        """Whether a norm is that of one entry: of a one-hot vector, or of the largest in diag."""
        if isinstance(inner, Symbol):
            item = self.constants.model.declarations.get((inner.name, bool(inner.indices)))
            return item is not None and (item.constraint == "one-hot" or item.shape.is_scalar)
        if isinstance(inner, Call) and inner.function == "diag" and norm == "spectral_norm":
            return self.growing(inner.arguments[0], frozenset()) is None
        return False
