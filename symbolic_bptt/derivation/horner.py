"""The closed form of a scalar model written out: every path from the loss, common parts factored.

δ_1 f'(z_1) x_1 + δ_0 f'(z_0) x_0 with δ_0 = δ_1 f'(z_1) w is δ_1 f'(z_1) (x_1 + w f'(z_0) x_0).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..notation.sizes import Size
from ..notation.tree import Add, Call, Expr, Neg, Quotient, Symbol, walk
from .accumulate import Accumulation
from .contributions import Use
from .indices import affine, compare, substitute
from .monomial import ONE, Monomial, joined

MOST_FACTORS = 80
"""Written-out forms with more factors than this are no longer read."""


@dataclass(frozen=True)
class Path:
    """coefficient · Π factors, from the loss to where the derivative is taken."""

    coefficient: Fraction
    factors: tuple[Expr, ...]


class NotScalarError(Exception):
    """An adjoint that is no scalar, or stands where no path can be followed through it."""


def written_out(found: Accumulation, uses: Sequence[Use]) -> Expr | None:
    """The sum of all uses of a scalar parameter; None where there is no adjoint to follow back."""
    if not any(_has_adjoint(found, use.value) for use in uses):
        return None
    try:
        paths = [path for use in uses for path in _of_use(found, use)]
    except NotScalarError:
        return None
    if not paths or sum(len(path.factors) for path in paths) > MOST_FACTORS:
        return None
    return factored(paths)


def _of_use(found: Accumulation, use: Use) -> list[Path]:
    if len(use.scope) > 1 or use.slice is not None or not found.algebra.is_scalar(use.value):
        raise NotScalarError
    if not use.scope:
        return _paths(found, use.value)
    (binder,) = use.scope
    steps = range(binder.steps.high.constant, binder.steps.low.constant - 1, -1)
    return [
        path
        for step in steps
        for path in _paths(found, substitute(use.value, {binder.index: Size(step)}))
    ]


def _paths(found: Accumulation, value: Expr) -> list[Path]:
    """The value as a sum of paths, adjoints replaced by what they are."""
    if isinstance(value, Add) and _has_adjoint(found, value):
        return [path for term in value.terms for path in _paths(found, term)]
    one = found.algebra.split(value)
    inverse = tuple(Quotient(ONE, factor) for factor in one.over)
    factors = (*one.scalars, *inverse, *(() if one.core is None else (one.core,)))
    carrying = [factor for factor in factors if _has_adjoint(found, factor)]
    rest = tuple(factor for factor in factors if factor not in carrying)
    after = tuple(sorted(rest, key=lambda factor: not _is_slope(factor)))
    if not carrying:
        return [Path(one.coefficient, after)]
    if len(carrying) > 1:
        raise NotScalarError
    return [
        Path(path.coefficient * one.coefficient, path.factors + after)
        for path in _through(found, carrying[0])
    ]


def _through(found: Accumulation, factor: Expr) -> list[Path]:
    match factor:
        case Symbol():
            if not found.algebra.is_scalar(factor):
                raise NotScalarError
            return _paths(found, _definition(found, factor))
        case Add():
            return _paths(found, factor)
    raise NotScalarError


def _definition(found: Accumulation, symbol: Symbol) -> Expr:
    """What an adjoint is at a literal step."""
    step = affine(symbol.indices[0]) if symbol.indices else None
    for statement in found.statements:
        target, value = statement.operands
        assert isinstance(target, Symbol)
        if target.name != symbol.name:
            continue
        if step is None or target.indices == symbol.indices:
            return value
        if target.indices != (Symbol(found.system.index),):
            continue
        bounds = [(affine(r.lower or ONE), affine(r.upper or ONE)) for r in statement.ranges]
        if all(a and b and compare(a, step) <= 0 <= compare(b, step) for a, b in bounds):
            return substitute(value, {found.system.index: step})
    raise NotScalarError


def _has_adjoint(found: Accumulation, value: Expr) -> bool:
    return any(isinstance(item, Symbol) and item.name in found.adjoints for item in walk(value))


def _is_slope(factor: Expr) -> bool:
    """Whether it is the derivative of a function, which comes right after the adjoint."""
    return isinstance(factor, Call | Add) or (
        isinstance(factor, Quotient) and _is_slope(factor.denominator)
    )


def factored(paths: Sequence[Path]) -> Expr:
    """Σ paths, with what neighbouring paths begin with taken out in front."""
    groups: dict[Expr, list[Path]] = {}
    for path in _merged(paths):
        first = path.factors[0] if path.factors else ONE
        groups.setdefault(first, []).append(path)
    terms = [_group(first, members) for first, members in groups.items()]
    return terms[0] if len(terms) == 1 else _sum(terms)


def _merged(paths: Sequence[Path]) -> list[Path]:
    """Equal paths added up."""
    totals: dict[tuple[Expr, ...], Fraction] = {}
    for path in paths:
        totals[path.factors] = totals.get(path.factors, Fraction(0)) + path.coefficient
    return [Path(total, factors) for factors, total in totals.items() if total] or [
        Path(Fraction(0), ())
    ]


def _group(first: Expr, paths: list[Path]) -> Expr:
    if len(paths) == 1:
        (path,) = paths
        return joined(Monomial(path.coefficient, path.factors))
    inner = factored([Path(path.coefficient, path.factors[1:]) for path in paths])
    sign = Fraction(-1 if isinstance(inner, Neg) else 1)
    body = inner.operand if isinstance(inner, Neg) else inner
    return joined(Monomial(sign, (first, body)))


def _sum(terms: list[Expr]) -> Expr:
    flat = [item for term in terms for item in (term.terms if isinstance(term, Add) else (term,))]
    return Add(tuple(flat))
