"""Upper bounds on norms and absolute values, by the rules that every norm of the notation has.

‖A B‖ ≤ ‖A‖ ‖B‖, ‖A + B‖ ≤ ‖A‖ + ‖B‖, ‖c A‖ = |c| ‖A‖, ‖Aᵀ‖ = ‖A‖, ‖−A‖ = ‖A‖, |a + b| ≤ |a| + |b|,
‖∂a/∂b‖ ≤ ‖∂a/∂c‖ ‖∂c/∂b‖ where all of b acts through c, ‖diag(r) A‖ ≤ max |r_i| ‖A‖.

The norm of a vector is the Euclidean one, that of a matrix the Frobenius or the spectral one, of a
number its absolute value. Each is submultiplicative for whatever the language calls a product:
matrix product, outer, elementwise, inner (Cauchy and Schwarz), scaling; the spectral norm only
where no derivative is laid out anew as a matrix. All values are in the domain of bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, islice, pairwise, product
from typing import Any, Literal

import numpy as np

from ..evaluation.algebra import add, hadamard
from ..evaluation.domains.domain import Array, Domain
from ..evaluation.domains.enclosing import IntervalDomain, scaled_rows
from ..evaluation.domains.form import Form
from ..evaluation.environment import Environment
from ..evaluation.errors import OutOfRange
from ..evaluation.evaluator import evaluate
from ..evaluation.graph import is_cut
from ..evaluation.integers import integer, rational
from ..evaluation.ranges import assignments
from ..evaluation.structure import WHOLE, norm
from ..evaluation.value import Value, literal, scalar
from ..model.steps import LinearStep, step_expr
from ..notation.tree import (
    Add,
    BigOperator,
    Call,
    Derivative,
    Expr,
    Neg,
    Number,
    Operation,
    Power,
    Product,
    Quotient,
    Symbol,
    Transpose,
)
from .environment import ClaimEnvironment

Measure = Literal["norm", "spectral_norm", "abs"]
MEASURES: Mapping[str, Measure] = {"norm": "norm", "spectral_norm": "spectral_norm", "abs": "abs"}
Size = Callable[[Domain, Value], Value]
Part = tuple[Expr, Environment]

ONE = Number(Fraction(1))

MOST_BOUNDS = 48
"""So many bounds of one expression are looked at."""

MOST_CHOICES = 8
"""So many combinations of the bounds of its parts are taken from one rule."""

MOST_FACTORS = 64
"""No power is taken for a product of more factors."""


@dataclass(frozen=True)
class Split:
    """expr is the sum (product) of the parts, so that its size is at most that of their sizes.

    A part that is `whole` is not split further: another split has its pieces.
    """

    kind: Literal["sum", "product"]
    parts: tuple[Part, ...]
    whole: frozenset[int] = frozenset()


def _groupings(count: int) -> Iterator[list[tuple[int, int]]]:
    """Ways to cut 0 … count into spans: everywhere, once, or everywhere before or after a place."""
    cuts = [tuple(range(1, count))]
    for place in range(1, count):
        cuts += [(place,), tuple(range(1, place + 1)), tuple(range(place, count))]
    for chosen in dict.fromkeys(cuts):
        yield list(pairwise((0, *chosen, count)))


def _factors(expr: Product, env: Environment) -> Iterator[Split]:
    """Each factor by itself; where they are a chain of matrix products, also groups of them."""
    yield Split("product", tuple((factor, env) for factor in expr.factors))
    if _is_chain(expr.factors, env):
        for spans in _groupings(len(expr.factors)):
            groups = (expr.factors[low:high] for low, high in spans)
            parts = (group[0] if len(group) == 1 else Product(group) for group in groups)
            whole = frozenset(i for i, (low, high) in enumerate(spans) if high - low > 1)
            yield Split("product", tuple((part, env) for part in parts), whole)


def _is_chain(factors: Sequence[Expr], env: Environment) -> bool:
    """Whether the factors that are no numbers may be multiplied in any order of brackets."""
    if len(factors) < 3:
        return False
    values = [evaluate(factor, env) for factor in factors]
    arrays = [value for value in values if value.flexible != "number" and not value.is_scalar]
    plain = not any(value.flexible or _is_tagged(value) for value in arrays)
    return plain and all(a.shape[1] == b.shape[0] for a, b in pairwise(arrays))


def _copies(expr: Power, env: Environment) -> Iterator[Split]:
    exponent = rational(expr.exponent, env)
    if exponent is not None and exponent in range(1, MOST_FACTORS):
        yield Split("product", ((expr.base, env),) * int(exponent))


def _terms(expr: BigOperator, env: Environment) -> Iterator[Split]:
    parts: list[Part] = []
    for place in assignments(expr, env, evaluate):
        try:
            evaluate(expr.body, place)
        except OutOfRange:
            if expr.kind == "product":
                raise
            continue
        parts.append((expr.body, place))
    yield Split(expr.kind, tuple(parts))


def _stages(expr: Derivative, env: Environment) -> Iterator[Split]:
    """∂a_t/∂b_k = ∂a_t/∂c_j ∂c_j/∂b_k, where every path from b_k to a_t passes c_j."""
    of, wrt, total = expr.of, expr.wrt, replace(expr, kind="total")
    if not (isinstance(env, ClaimEnvironment) and isinstance(of, Symbol)):
        return
    if not (isinstance(wrt, Symbol) and len(of.indices) == len(wrt.indices) == 1):
        return
    if not _is_same(evaluate(expr, env), evaluate(total, env)):
        return
    last, first = (integer(one.indices[0], env) for one in (of, wrt))
    for name in dict.fromkeys((wrt.name, of.name)):
        steps = [
            step
            for step in range(last, first - 1, -1)
            if (name, step) not in ((of.name, last), (wrt.name, first))
            and is_cut(env.point.graph, (of.name, last), (name, step), (wrt.name, first))
        ]
        between = [replace(of, name=name, indices=(_numbered(step),)) for step in steps]
        stops = [of, *between, wrt]
        for spans in _groupings(len(stops) - 1) if between else ():
            parts = (replace(total, of=stops[low], wrt=stops[high]) for low, high in spans)
            whole = frozenset(range(len(spans)))
            yield Split("product", tuple((part, env) for part in parts), whole)


def _numbered(step: int) -> Expr:
    return step_expr(LinearStep(step), "")


Rule = Callable[[Any, Environment], Iterator[Split] | list[Split]]

RULES: dict[type[Expr], Rule] = {
    Neg: lambda e, env: [Split("sum", ((e.operand, env),))],
    Transpose: lambda e, env: [Split("product", ((e.operand, env),))],
    Add: lambda e, env: [Split("sum", tuple((term, env) for term in e.terms))],
    Product: _factors,
    Operation: lambda e, env: [Split("product", ((e.left, env), (e.right, env)))],
    Quotient: lambda e, env: [] if e.numerator == ONE else [Split("product", _fraction(e, env))],
    Power: _copies,
    BigOperator: _terms,
    Derivative: _stages,
}
"""What an expression is the sum or product of, as far as its size goes."""


def _fraction(expr: Quotient, env: Environment) -> tuple[Part, Part]:
    return (expr.numerator, env), (Quotient(ONE, expr.denominator), env)


def upper_bounds(expr: Expr, env: Environment) -> list[Value]:
    """Values that the expression never exceeds in any entry; the first is its own.

    Norms and absolute values in it are bounded, and so are sums of them and products of what is
    never negative. Raises an `EvaluationError` where a value is missing.
    """
    own = evaluate(expr, env)
    found = [own]
    if isinstance(expr, Call) and expr.function in MEASURES:
        found += _sizes(MEASURES[expr.function], expr.arguments[0], env)
    elif type(expr) in RULES and not isinstance(expr, Neg | Transpose):
        for split in RULES[type(expr)](expr, env):
            options = [upper_bounds(part, at) for part, at in split.parts]
            if split.kind == "sum" or all(_never_negative(option[0]) for option in options):
                found += _combined(env.domain, split.kind, options)
    return _different(found)


def _sizes(measure: Measure, expr: Expr, env: Environment, *, whole: bool = False) -> list[Value]:
    """Bounds on ‖expr‖, or on |expr| entry by entry; the first is that itself."""
    value = evaluate(expr, env)
    if value.flexible in ("number", "identity"):
        return [literal(env.domain, env.domain.call("abs", (0,), value.coefficient))]
    if value.is_scalar and measure == "abs":
        measure = "norm"
    found = [evaluate(Call(measure, (expr,)), env)]
    if measure != "abs" and value.is_plain_matrix and isinstance(env.domain, IntervalDomain):
        found += _of_scaled(env.domain, value.array, WHOLE[measure])
    if type(expr) in RULES and not whole:
        for split in RULES[type(expr)](expr, env):
            for by in _measures(measure, value):
                if _applies(by, value, split):
                    options = [
                        _sizes(by, part, at, whole=i in split.whole)
                        for i, (part, at) in enumerate(split.parts)
                    ]
                    found += _combined(env.domain, split.kind, options)
    return _different(found)


def _measures(measure: Measure, value: Value) -> tuple[Measure, ...]:
    """In which its parts may be measured: ‖A v‖ ≤ ‖A‖ ‖v‖ is true of both norms of a matrix."""
    either = measure != "abs" and not value.is_plain_matrix
    return ("norm", "spectral_norm") if either else (measure,)


def _of_scaled(domain: IntervalDomain, matrix: Array, size: Size) -> Iterator[Value]:
    """‖diag(r) B diag(c)‖ ≤ ‖diag(r)‖ ‖B‖ ‖diag(c)‖, with max |r_i| or ‖r‖ for the first."""
    rows, rest = scaled_rows(matrix)
    columns, inner = scaled_rows(rest.T)
    sides = [side for side in (rows, columns) if any(scale.constant != 1 for scale in side)]
    whole = size(domain, Value(inner.T))
    for scales in product(*(_of_diagonal(domain, side) for side in sides)) if sides else ():
        yield _total(domain, "product", [whole, *scales])


def _of_diagonal(domain: IntervalDomain, scales: Sequence[Form]) -> list[Value]:
    entries = np.array([scales], dtype=object)
    return [scalar(domain, domain.largest(scales)), norm(domain, Value(entries))]


def _applies(measure: Measure, whole: Value, split: Split) -> bool:
    """Whether the size of the whole is at most the sum (product) of those of the parts.

    A sum must not repeat a number or a row for every entry; |a b| is not |a| |b| for matrices.
    """
    values = [evaluate(part, at) for part, at in split.parts]
    if split.kind == "sum":
        return all(not one.flexible and one.shape == whole.shape for one in values)
    tagged = any(_is_tagged(one) for one in (whole, *values))
    return measure == "norm" or (measure == "spectral_norm" and not tagged)


def _combined(
    domain: Domain, kind: Literal["sum", "product"], options: Sequence[Sequence[Value]]
) -> list[Value]:
    """The sums (products) of bounds of the parts: first of the same bound of each, then others."""
    if not options:
        return []
    longest = max(len(bounds) for bounds in options)
    alike = ([bounds[min(i, len(bounds) - 1)] for bounds in options] for i in range(longest))
    choices = islice(chain(alike, product(*options)), MOST_CHOICES)
    return [_total(domain, kind, choice) for choice in choices]


def _total(domain: Domain, kind: Literal["sum", "product"], values: Sequence[Value]) -> Value:
    if kind == "sum":
        return add(domain, values)
    result = values[0]
    for value in values[1:]:
        result = hadamard(domain, result, value)
    return result


def _never_negative(value: Value) -> bool:
    """Whether it is a number that is nowhere below 0."""
    if not value.is_scalar and value.flexible != "number":
        return False
    return bool(value.coefficient >= 0)


def _is_tagged(value: Value) -> bool:
    """Whether it is a matrix laid out anew, or a gradient that may act as a row."""
    as_row = value.role == "covector" and value.is_plain_matrix
    return as_row or bool(value.rows_of or value.columns_of)


def _different(values: Sequence[Value]) -> list[Value]:
    """The values without those that are written like an earlier one, and not too many."""
    kept: dict[Hashable, Value] = {}
    for value in values:
        kept.setdefault((value.shape, *map(_written, value.array.flat)), value)
    return list(kept.values())[:MOST_BOUNDS]


def _written(entry: Any) -> Hashable:
    return entry.key if isinstance(entry, Form) else id(entry)


def _is_same(one: Value, other: Value) -> bool:
    pairs = zip(one.array.flat, other.array.flat, strict=False)
    return one.shape == other.shape and all(a == b for a, b in pairs)
