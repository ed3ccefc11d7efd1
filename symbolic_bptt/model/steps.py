"""Step indices as arithmetic: `t`, `t-1`, `T-1`, `-1` are whole linear functions of t and T."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from ..notation.tree import Add, BigOperator, Expr, Neg, Number, Symbol, map_children


@dataclass(frozen=True)
class LinearStep:
    """constant + t_multiple · t + T_multiple · T."""

    constant: int
    t_multiple: int = 0
    T_multiple: int = 0

    def at(self, t: int, letter_T: int) -> int:
        """The step it stands for."""
        return self.constant + self.t_multiple * t + self.T_multiple * letter_T


def linear_step(index: Expr, time_index: str) -> LinearStep | None:
    """The index as a linear function of t and T; None if it is anything else."""
    match index:
        case Number(value=value) if value.denominator == 1:
            return LinearStep(int(value))
        case Symbol(name="T", indices=()):
            return LinearStep(0, 0, 1)
        case Symbol(name=name, indices=()) if name == time_index:
            return LinearStep(0, 1)
        case Neg(operand=operand):
            inner = linear_step(operand, time_index)
            return inner and LinearStep(-inner.constant, -inner.t_multiple, -inner.T_multiple)
        case Add(terms=terms):
            total = LinearStep(0)
            for term in terms:
                part = linear_step(term, time_index)
                if part is None:
                    return None
                total = LinearStep(
                    total.constant + part.constant,
                    total.t_multiple + part.t_multiple,
                    total.T_multiple + part.T_multiple,
                )
            return total
    return None


def offset(index: Expr, time_index: str) -> int | None:
    """d where the index is t + d; None if it is anything else."""
    step = linear_step(index, time_index)
    if step is None or step.t_multiple != 1 or step.T_multiple:
        return None
    return step.constant


def step_expr(step: LinearStep, time_index: str) -> Expr:
    """The index as a reader writes it: `t-1`, `T`, `3`, `-1`."""
    terms: list[Expr] = []
    for letter, multiple in ((time_index, step.t_multiple), ("T", step.T_multiple)):
        if multiple:
            terms.append(Symbol(letter) if multiple == 1 else Neg(Symbol(letter)))
    if step.constant or not terms:
        number = Number(Fraction(abs(step.constant)))
        terms.append(Neg(number) if step.constant < 0 else number)
    return terms[0] if len(terms) == 1 else Add(tuple(terms))


def shifted(expr: Expr, time_index: str, by: int) -> Expr:
    """The expression with t replaced by t + by wherever it is free."""
    return replace_symbol(expr, time_index, lambda: step_expr(LinearStep(by, 1), time_index))


def replace_symbol(expr: Expr, name: str, value: Callable[[], Expr]) -> Expr:
    """The expression with the plain symbol `name` replaced where it is free, steps tidied."""
    if isinstance(expr, Symbol) and not expr.indices:
        return value() if expr.name == name else expr
    if isinstance(expr, BigOperator) and any(span.index == name for span in expr.ranges):
        return expr
    changed = map_children(expr, lambda child: replace_symbol(child, name, value))
    if isinstance(changed, Symbol):
        return _tidy_indices(changed, name)
    return changed


def _tidy_indices(symbol: Symbol, time_index: str) -> Symbol:
    tidy = []
    for index in symbol.indices:
        step = linear_step(index, time_index)
        simple = step is not None and abs(step.t_multiple) <= 1 and abs(step.T_multiple) <= 1
        tidy.append(step_expr(step, time_index) if step is not None and simple else index)
    return Symbol(symbol.name, tuple(tidy), symbol.layout, span=symbol.span)
