"""Numbers that change with the steps, and what is decided by them.

A dimension treats every application of a function as a fresh variable. Where its argument is a
number, 20 − t or a c_t with c_t = c_{t-1} + 1, it is none: its sign is known at each length, and
may be another one later. So a claim that asks for the sign of a number is right for the lengths at
which it was looked at, which go beyond all numbers named together, and no farther.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from ..derivation.staged import Point
from ..evaluation.domains.field import FieldDomain
from ..evaluation.errors import EvaluationError, LimitReached
from ..notation.functions import is_kinked
from ..notation.tree import (
    Add,
    Call,
    Expr,
    Indicator,
    Neg,
    Number,
    Power,
    Quotient,
    Symbol,
    walk,
)
from .comparison import Claim
from .decide import Trial
from .definitions import Definitions
from .extent import extent, reached
from .laboratory import ACTUAL, View
from .lengths import BROADEST, MIDDLE
from .reach import MOST, multiples
from .verdict import Instance

LONGEST = 200
"""A claim that would have to be looked at beyond this many steps is left open."""

ROOTS = frozenset({"sqrt", "norm"})
"""Functions that take a root, and so choose a sign."""


def asks_for_sign(trial: Trial, instance: Instance, view: View | None) -> bool:
    """Whether the sides, or what the model computes, ask for the sign of a number that is not 0."""
    nodes = [node for expr in _everything(trial) for node in walk(expr)]
    given = {name for name, timed in trial.laboratory.model.declarations if not timed}
    sizes = set(trial.laboratory.model.sizes)
    if any(_is_equality(node, sizes) or _compares_letters(node, given) for node in nodes):
        return True
    if not any(map(_has_sign, nodes)):
        return False
    try:
        at = trial.laboratory.fresh_point(instance, 0, view or ACTUAL)
        trial.places(at)
    except EvaluationError:
        return True
    assert isinstance(at.domain, FieldDomain)
    return at.domain.has_asked_number


def is_of_numbers(trial: Trial, instance: Instance) -> bool:
    """Whether somewhere the sides of a relation differ by a number alone."""
    at = trial.laboratory.field_point(instance, 0, ACTUAL)
    try:
        return any(_is_number(at, difference) for difference in trial.differences(at))
    except EvaluationError:
        return True


def _is_number(at: Point, value: object) -> bool:
    assert isinstance(at.domain, FieldDomain)
    return not at.domain.degree_of(value)


def _has_sign(node: object) -> bool:
    if isinstance(node, Call):
        return node.function in ROOTS or is_kinked(node.function)
    return isinstance(node, Indicator) or (
        isinstance(node, Power) and any(isinstance(n, Quotient) for n in walk(node.exponent))
    )


def _compares_letters(node: object, given: Collection[str]) -> bool:
    """𝟙[1/T < 0.04], 𝟙[0.9^t < 0.3]: more than the order of two steps."""
    if not isinstance(node, Indicator) or multiples(Add((node.left, Neg(node.right)))) is not None:
        return False
    symbols = [one for one in walk(node) if isinstance(one, Symbol)]
    return not any(one.indices or one.name in given for one in symbols)


def _is_equality(node: object, sizes: Collection[str]) -> bool:
    """𝟙[a = b] of a size, or of what is no index: whether two numbers meet hangs on no sign."""
    if not isinstance(node, Indicator) or node.op not in ("=", "!="):
        return False
    found = multiples(Add((node.left, Neg(node.right))))
    return found is None or not found.keys().isdisjoint(sizes)


def beyond_numbers(
    trial: Trial, instances: Sequence[Instance], sizes: Mapping[str, int]
) -> tuple[Instance, ...]:
    """Longer instances, up to beyond all numbers named, and sizes likewise where they are numbers.

    Raises `LimitReached` where that is too far.
    """
    wanted, longest = numbers_named(trial) + 2, max(one.T for one in instances)
    letters = extent(trial.claim, trial.definitions, trial.laboratory.model).powers
    farthest = BROADEST if letters else LONGEST
    if wanted > farthest:
        raise LimitReached(f"numbers decide, and one beyond {farthest} is named")
    return (
        *(Instance(T, sizes) for T in range(longest + 1, wanted + 1)),
        *(
            Instance(MIDDLE, {**sizes, name: size})
            for name in sorted(letters)
            for size in range(2, wanted + 1)
        ),
    )


def numbers_named(trial: Trial) -> int:
    """All numbers that the claim, its definitions and the model name, added: 1/25 counts as 25."""
    found = {value for expr in _everything(trial) for value in _values(expr)}
    return min(MOST, sum(_magnitude(value) for value in found))


def _everything(trial: Trial) -> list[Expr]:
    bodies = [equation.body for equation in trial.laboratory.model.equations]
    return [*_written(trial.claim, trial.definitions), *bodies]


def _written(claim: Claim, definitions: Definitions) -> list[Expr]:
    return [claim.left, claim.right, *(one.body for one in reached(claim, definitions))]


def _values(expr: Expr) -> Iterator[Fraction]:
    for node in walk(expr):
        match node:
            case Number(value=value):
                yield value
            case Power(base=Number(value=base), exponent=Number(value=exponent)):
                whole = int(abs(exponent))
                yield base**whole if whole < MOST.bit_length() else Fraction(MOST)


def _magnitude(value: Fraction) -> int:
    return abs(value.numerator) + value.denominator - 1
