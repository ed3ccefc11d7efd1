"""The profile of an expression: one rule for each kind of node."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ...notation.printer.text import text
from ...notation.tree import (
    Add,
    BigOperator,
    Call,
    Cases,
    Concat,
    Constant,
    Derivative,
    Entry,
    Expr,
    Held,
    Indicator,
    KroneckerDelta,
    Matrix,
    Neg,
    Number,
    Operation,
    Power,
    Product,
    Quotient,
    Slice,
    Symbol,
    Transpose,
)
from ..extent import uses_numbers
from .functions import call, letter_of, one_letter, power
from .jacobians import derivative
from .matrices import block_matrix, contraction, outer
from .profile import ONE, UNKNOWN, Profile, added, letter, scaled
from .steps import check_range, compares_steps, comparison
from .sums import chain, sum_over
from .surroundings import NoDimension, Surroundings
from .symbols import symbol


@dataclass
class ProfileReader:
    """Reads profiles; remembers those of names, and which of them are being read."""

    around: Surroundings
    known: dict[str, Profile] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)

    def profile(self, expr: Expr, letters: Mapping[str, str]) -> Profile:
        """The profile of an expression; `letters` are the step letters with their marks."""

        def of(child: Expr) -> Profile:
            return self.profile(child, letters)

        match expr:
            case Number():
                return letter(shape=ONE)
            case Constant():
                return letter()
            case Symbol():
                return symbol(self, expr, letters)
            case Entry(of=whole):
                return replace(of(whole), shape=ONE)
            case Slice(of=whole):
                return replace(of(whole), shape=UNKNOWN)
            case Neg(operand=inner):
                return of(inner)
            case Transpose(operand=inner):
                found = of(inner)
                return Profile(found.states, found.columns, found.rows, found.shape[::-1])
            case Add(terms=terms):
                return added([of(term) for term in terms])
            case Concat(parts=parts, separator=separator):
                return block_matrix(
                    self.around, [[of(one)] for one in parts], beside=separator == ","
                )
            case Matrix(rows=rows):
                return block_matrix(self.around, [[of(part) for part in row] for row in rows])
            case Cases(branches=branches):
                for _, ranges in branches:
                    for span in ranges:
                        check_range(self.around, span, letters)
                return added([of(body) for body, _ in branches])
            case Product(factors=factors):
                return contraction(self.around, [of(factor) for factor in factors])
            case Operation(op="outer", left=left, right=right):
                return outer(self.around, of(left), of(right))
            case Operation(left=left, right=right):
                return scaled(of(left), of(right))
            case Quotient(numerator=top, denominator=bottom):
                return scaled(of(top), letter_of(self, bottom, letters, "a divisor"))
            case Power():
                return power(self, expr, letters)
            case Call():
                return call(self, expr, letters)
            case Indicator(left=left, right=right) if compares_steps(self.around, left, right):
                return comparison(self.around, left, right, letters)
            case Indicator(left=left, right=right):
                if uses_numbers(expr, {*letters, "T"}):
                    raise NoDimension(f"{text(expr)} compares numbers that change with the steps")
                sides = [letter_of(self, side, letters, "a sign") for side in (left, right)]
                return one_letter(sides, expr)
            case KroneckerDelta(left=left, right=right):
                return comparison(self.around, left, right, letters)
            case BigOperator(kind="sum"):
                return sum_over(self, expr, letters)
            case BigOperator():
                return chain(self, expr, letters)
            case Derivative():
                return derivative(self, expr, letters, held=False)
            case Held(body=Derivative() as body):
                return derivative(self, body, letters, held=True)
        raise NoDimension(f"{text(expr)} has no rule")
