"""How many steps decide whether a formula is what it seems: those that its literals single out.

x_3 reads the third letter from the start, Σ_{t=1}^{T-5} leaves out five at the end, h_{t-2} reads
two before its own, Σ_{t=n}^T begins at a size. Beyond all of them together a formula does at every
length the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, prod

from ..evaluation.surroundings import indexes_a_step
from ..notation.tree import (
    Add,
    BigOperator,
    Call,
    Entry,
    Expr,
    Indicator,
    KroneckerDelta,
    Neg,
    Node,
    Number,
    Operation,
    Power,
    Product,
    Quotient,
    Range,
    Symbol,
    children,
    walk,
)

NUMERIC = (Number, Neg, Add, Product, Operation, Quotient, Power)
"""What a number may be made of."""

MOST = 10**6
"""Larger numbers are this one: no formula is looked at so far."""


@dataclass(frozen=True)
class Reach:
    """Letters at the start, at the end, and around any other step."""

    start: int = 0
    end: int = 0
    around: int = 0

    @property
    def total(self) -> int:
        """Beyond so many steps none of them meets another."""
        return self.start + self.end + self.around

    def beside(self, other: Reach) -> Reach:
        """That of two parts of which neither stands in the other."""
        return Reach(
            max(self.start, other.start),
            max(self.end, other.end),
            max(self.around, other.around),
        )

    def through(self, other: Reach) -> Reach:
        """That of one part seen from the steps of another."""
        return Reach(
            max(self.start, other.start), max(self.end, other.end), self.around + other.around
        )


NOWHERE = Reach()


def reach(node: Node, sizes: Mapping[str, int], first: int = 1) -> Reach:
    """The reach of an expression or a range at these sizes; steps are counted from `first`."""
    match node:
        case Symbol(indices=indices):
            return _all(_step(index, sizes, 1 - first) for index in indices)
        case Range(lower=lower, upper=upper, unequal=unequal):
            ends = [_step(limit, sizes, 1 - first) for limit in (upper, *unequal) if limit]
            return _all([*ends, _step(lower, sizes, -first) if lower else NOWHERE])
        case BigOperator(ranges=ranges, body=body):
            found = reach(body, sizes, first)
            for span in ranges:
                if is_step(span.index, body) or _ends_at_a_step(span, sizes):
                    found = found.through(reach(span, sizes, first))
            return found
        case KroneckerDelta(left=left, right=right):
            return _comparison(left, right, sizes)
        case Indicator(left=left, right=right) if not (_has_steps(left) or _has_steps(right)):
            return _comparison(left, right, sizes)
        case Power(base=base, exponent=exponent) if _letters(exponent, sizes):
            return reach(base, sizes, first).through(Reach(around=magnitude(exponent, sizes)))
    return _all(reach(child, sizes, first) for child in children(node))


def _all(parts: Iterator[Reach] | list[Reach]) -> Reach:
    found = NOWHERE
    for part in parts:
        found = found.beside(part)
    return found


def _step(index: Expr, sizes: Mapping[str, int], literal: int) -> Reach:
    """Of a step or bound: letters near the start if it is literal, `literal` more than it says."""
    found = NOWHERE
    for one in alternatives(index):
        letters, size = _letters(one, sizes), magnitude(one, sizes)
        if not letters:
            found = found.beside(Reach(start=max(0, size + literal)))
        else:
            found = found.beside(
                Reach(
                    end=size if "T" in letters else 0,
                    around=size if letters - {"T"} else 0,
                )
            )
    return found


def _ends_at_a_step(span: Range, sizes: Mapping[str, int]) -> bool:
    """Whether an index, perhaps of entries, runs from or to a step: Σ_{i=1}^{t-9} W_{ii}."""
    limits = (span.lower, span.upper, *span.unequal)
    return any(_letters(limit, sizes) for limit in limits if limit is not None)


def _comparison(left: Expr, right: Expr, sizes: Mapping[str, int]) -> Reach:
    both = Add((left, Neg(right)))
    letters, size = _letters(both, sizes), magnitude(both, sizes)
    return Reach(
        start=size if len(letters) == 1 else 0,
        end=size if "T" in letters and len(letters) > 1 else 0,
        around=size if len(letters - {"T"}) > 1 else 0,
    )


def alternatives(bound: Expr) -> Iterator[Expr]:
    """The bounds of which a max or min takes one."""
    if isinstance(bound, Call) and bound.function in ("max", "min"):
        for argument in bound.arguments:
            yield from alternatives(argument)
    else:
        yield bound


def _letters(expr: Expr, sizes: Mapping[str, int]) -> set[str]:
    names = {part.name for part in walk(expr) if isinstance(part, Symbol) and not part.indices}
    return names - sizes.keys()


def _has_steps(expr: Expr) -> bool:
    return any(isinstance(part, Symbol) and part.indices for part in walk(expr))


def multiples(expr: Expr) -> Counter[str] | None:
    """How often each letter is added in a sum of letters and numbers; None of anything else."""
    match expr:
        case _ if all(isinstance(part, NUMERIC) for part in walk(expr)):
            return Counter()
        case Symbol(name=name, indices=()):
            return Counter({name: 1})
        case Neg(operand=inner):
            found = multiples(inner)
            return None if found is None else Counter({k: -count for k, count in found.items()})
        case Add(terms=terms):
            total: Counter[str] = Counter()
            for term in terms:
                found = multiples(term)
                if found is None:
                    return None
                total.update(found)
            return Counter({name: count for name, count in total.items() if count})
    return None


def magnitude(expr: Expr, sizes: Mapping[str, int]) -> int:
    """A bound on the numbers in a step: t − 3 is 3 away from t, 6t at least 6 times as far."""
    plain = multiples(expr)
    more = sum(abs(k) - 1 for name, k in (plain or {}).items() if name not in sizes)
    return min(MOST, _bound(expr, sizes, 0) + more)


def _bound(expr: Expr, sizes: Mapping[str, int], letter: int) -> int:
    """|expr| with every letter put for `letter`, and a plus for every minus."""

    def product(parts: tuple[Expr, ...]) -> int:
        found = 1
        for part in parts:
            found = min(MOST, found * max(1, _bound(part, sizes, 1)))
        return found

    known = _exact(expr)
    if known is not None:
        return min(MOST, ceil(abs(known)))
    match expr:
        case Symbol(name=name, indices=()):
            return sizes.get(name, letter)
        case Neg(operand=inner):
            return _bound(inner, sizes, letter)
        case Add(terms=terms):
            return min(MOST, sum(_bound(term, sizes, letter) for term in terms))
        case Product(factors=factors):
            return product(factors)
        case Operation(left=left, right=right) | Quotient(numerator=left, denominator=right):
            return product((left, right))
        case Power(base=base, exponent=exponent):
            below, above = _bound(base, sizes, 1), _bound(exponent, sizes, 1)
            return MOST if above > MOST.bit_length() and below > 1 else min(MOST, below**above)
        case Call(arguments=arguments):
            return max((_bound(one, sizes, letter) for one in arguments), default=0)
    return 0


def _exact(expr: Expr) -> Fraction | None:
    """The number that literals make; None where there is a letter, or no small number."""
    parts = [_exact(part) for part in children(expr) if isinstance(part, Expr)]
    values = [part for part in parts if part is not None]
    if isinstance(expr, Number):
        return expr.value
    if not isinstance(expr, NUMERIC) or len(values) < len(parts):
        return None
    match expr:
        case Neg():
            return -values[0]
        case Add():
            return sum(values, Fraction(0))
        case Product():
            return prod(values, start=Fraction(1))
        case Quotient() if values[1]:
            return values[0] / values[1]
        case Power() if values[1].denominator == 1 and abs(values[1]) < MOST.bit_length():
            return values[0] ** int(values[1]) if values[0] else Fraction(0)
    return Fraction(MOST)


def is_step(index: str, body: Node) -> bool:
    """Whether an index of a sum or product runs over steps; else it runs over entries."""
    if not isinstance(body, Expr):
        return True
    return indexes_a_step(index, body) or not is_entry(index, body)


def is_entry(index: str, body: Node) -> bool:
    """Whether an index is that of an entry."""
    return any(
        (isinstance(node, Entry) and Symbol(index) in node.indices)
        or (isinstance(node, KroneckerDelta) and Symbol(index) in (node.left, node.right))
        for node in walk(body)
    )
