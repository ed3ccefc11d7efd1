"""Reverse accumulation through functions of a whole vector or matrix."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..notation.printer.text import text
from ..notation.tree import Call, Constant, Expr, Neg, Power
from .context import Context, Pull
from .errors import NoRuleError
from .indices import index_tree
from .monomial import ONE
from .softmax import softmax_cotangent


def _softmax(context: Context, x: Expr, g: Expr, output: Expr) -> Pull:
    yield x, softmax_cotangent(context.algebra, g, output, context.unit_total)


def _diag(context: Context, x: Expr, g: Expr, output: Expr) -> Pull:
    a = context.algebra
    shape = a.shape(x)
    if shape.is_column:
        yield x, a.diagonal(g)
    elif shape.is_row:
        yield x, a.transpose(a.diagonal(g))
    else:
        yield x, Call("diag", (g,))


def _trace(context: Context, x: Expr, g: Expr, output: Expr) -> Pull:
    a = context.algebra
    yield x, a.scale(g, Constant("identity", (index_tree(a.shape(x).rows),)))


def _norm(context: Context, x: Expr, g: Expr, output: Expr) -> Pull:
    yield x, context.algebra.divide(context.algebra.scale(g, x), output)


def _det(context: Context, x: Expr, g: Expr, output: Expr) -> Pull:
    a = context.algebra
    yield x, a.scale(a.scale(g, output), Power(a.transpose(x), Neg(ONE)))


def _vec(context: Context, x: Expr, g: Expr, output: Expr) -> Pull:
    raise NoRuleError(f"vec({text(x)}) has no derivative in matrix notation")


def _spectral_norm(context: Context, x: Expr, g: Expr, output: Expr) -> Pull:
    raise NoRuleError(f"the spectral norm of {text(x)} has no derivative in matrix notation")


STRUCTURAL: Mapping[str, Callable[[Context, Expr, Expr, Expr], Pull]] = {
    "softmax": _softmax,
    "diag": _diag,
    "tr": _trace,
    "norm": _norm,
    "spectral_norm": _spectral_norm,
    "det": _det,
    "vec": _vec,
}
