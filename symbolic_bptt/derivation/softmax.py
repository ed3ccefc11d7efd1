"""The cotangents of softmax and of the logistic function, which undo a logarithm before them."""

from __future__ import annotations

from collections.abc import Callable

from ..notation.tree import Add, Call, Expr, Product
from .algebra import Algebra
from .functions import derivative
from .monomial import ONE, ZERO, joined
from .products import elementwise_factors


def softmax_cotangent(
    a: Algebra, g: Expr, output: Expr, unit_total: Callable[[Expr], bool]
) -> Expr:
    """(diag(ŷ) − ŷ ŷᵀ) g, where a part p / ŷ of g becomes p − (1ᵀp) ŷ.

    With g = −y / ŷ, the cotangent of cross-entropy, that is (1ᵀy) ŷ − y, and ŷ − y where y is
    known to sum to one. The softmax of one logit is constant: its cotangent is 0.
    """
    shape = a.shape(output)
    if shape.is_scalar:
        return ZERO
    collapsed, others = [], []
    for term in g.terms if isinstance(g, Add) else (g,):
        one = a.split(term)
        if one.core is not None and output in elementwise_factors(one.core)[1]:
            collapsed.append(_collapsed(a, a.hadamard(term, output), output, unit_total))
        else:
            others.append(term)
    if others:
        rest = a.add(*others)
        column = shape.is_column
        turned = a.transpose(output)
        square = Product((output, turned) if column else (turned, output))
        jacobian = a.subtract(Call("diag", (output,)), square)
        collapsed.append(a.matmul(jacobian, rest) if column else a.matmul(rest, jacobian))
    return a.add(*collapsed)


def _collapsed(a: Algebra, part: Expr, output: Expr, unit_total: Callable[[Expr], bool]) -> Expr:
    """part − (1ᵀpart) ŷ, with the scalars of the part in front."""
    one = a.split(part)
    if one.core is None:
        return part
    total = ONE if unit_total(one.core) else a.total(one.core)
    rest = a.split(a.subtract(one.core, a.scale(total, output)))
    return joined(one.times(rest, rest.core))


def logistic_cotangent(a: Algebra, call: Call, g: Expr, output: Expr) -> Expr:
    """g ⊙ σ ⊙ (1 − σ), where parts p / σ and q / (1 − σ) of g become p ⊙ (1 − σ) and q ⊙ σ."""
    rest = a.subtract(ONE, output)
    parts, others = [], []
    for term in g.terms if isinstance(g, Add) else (g,):
        below = _denominators(a, term)
        if output in below:
            parts.append(a.hadamard(a.hadamard(term, output), rest))
        elif rest in below:
            parts.append(a.hadamard(a.hadamard(term, rest), output))
        else:
            others.append(term)
    if not parts:
        return a.hadamard(g, derivative(a, call, output))
    if others:
        parts.append(a.hadamard(a.add(*others), derivative(a, call, output)))
    return a.expanded(a.add(*parts))


def _denominators(a: Algebra, term: Expr) -> tuple[Expr, ...]:
    one = a.split(term)
    return (*one.over, *(elementwise_factors(one.core)[1] if one.core is not None else ()))
