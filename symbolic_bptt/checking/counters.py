"""Claims that numbers decide: by their sign, or by when they are 0.

A dimension treats every application of a function as a fresh variable. Where its argument is a
number, 20 − t or a c_t with c_t = c_{t-1} + 1, it is none: its sign is known at each length, and
may be another one later. A number that is compared as a sum of steps and literals (T − 20) has one
sign beyond them: so far such a claim is looked at, and holds there. Of any other number no length
is far enough: a point at which it makes the claim false refutes it, and none proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ..derivation.staged import Point
from ..evaluation.domains.field import FieldDomain
from ..evaluation.errors import EvaluationError, LimitReached
from ..notation.tree import BigOperator, Expr, Number, Power, Product, walk
from .comparison import Claim
from .constant import Constants
from .decide import Finding, Trial, decide
from .definitions import Definitions
from .extent import extent, reached, uses_numbers
from .growth import grows, undivided
from .laboratory import ACTUAL, View
from .lengths import BROADEST, MIDDLE, EveryT
from .reach import MOST
from .shield import shielded
from .signs_of_numbers import Signed, plain
from .verdict import Instance

LONGEST = 200
"""A claim that would have to be looked at beyond this many steps is left open."""


MOST_FACTORS = 2
"""More factors that are numbers of steps than this may be 0 at all lengths that are looked at."""


class BeyondSight(LimitReached):
    """No number of lengths that can be looked at decides the claim."""


@dataclass(frozen=True)
class Looked:
    """A finding, the further instances at which it was looked at, and whether numbers decide it."""

    finding: Finding
    more: tuple[Instance, ...] = ()
    numbers: bool = False


def looked_beyond(
    trial: Trial,
    finding: Finding,
    instances: Sequence[Instance],
    means: Callable[[int], bool],
    every: Callable[[], EveryT],
) -> Looked:
    """What is left of a claim that holds at the instances once numbers are asked for their signs.

    `means` says which lengths the claim is about, `every` whether lengths can prove all.
    """
    signed = Signed.of(trial)
    if finding.outcome == "proved":
        numbers = any(is_of_numbers(trial, one) for one in instances[:1])
    else:
        numbers = bool(signed.compared) or asks_for_sign(trial, instances, finding.view)
    found = Looked(finding, numbers=numbers)
    if numbers:
        found = _further(trial, found, instances, means, signed)
    if found.finding.outcome != finding.outcome:
        return found
    reason = _why_not(trial, found, instances, signed, every)
    if reason:
        error = BeyondSight(f"{reason} (looked at up to T = {_longest(instances, found.more)})")
        left = Finding("limit", notes=finding.notes, error=error)
        return replace(found, finding=left)
    return found


def _longest(*instances: Sequence[Instance]) -> int:
    return max((one.T for part in instances for one in part), default=0)


def _why_not(
    trial: Trial,
    found: Looked,
    instances: Sequence[Instance],
    signed: Signed,
    every: Callable[[], EveryT],
) -> str:
    """Why the instances say nothing of other lengths and sizes; empty if they do."""
    if found.finding.outcome == "proved":
        return "" if signed.sides_are_linear else _growing(trial, instances, signed.constants)
    if found.numbers and (signed.unclear or _asks_otherwise(trial, instances, found.finding.view)):
        return "the sign of a number decides that is no sum of steps and literals"
    if found.numbers and signed.is_polynomial:
        return ""
    one_by_one, view = found.finding.view is None, found.finding.view or ACTUAL
    if signed.opaque and not view.free_letters:
        return "it hangs on what number a size is"
    reason = _memory_of_numbers(trial, signed.constants, view)
    return reason if reason and (one_by_one or not every().lengths) else ""


def _growing(trial: Trial, instances: Sequence[Instance], constants: Constants) -> str:
    """What grows beside a literal, unless what is stronger holds and nothing does there."""
    reason, stronger = grows(trial.claim, trial, constants), undivided(trial.claim)
    if reason and stronger != trial.claim and not grows(stronger, trial, constants):
        proved = decide(replace(trial, claim=stronger), instances).outcome == "proved"
        return "" if proved else reason
    return reason


def _memory_of_numbers(trial: Trial, constants: Constants, view: View) -> str:
    """Which numbers need all lengths up to a dimension; empty if none do.

    A polynomial in T that is written out has been looked at beyond its degree and its literals; one
    that a product runs through, or that the model multiplies, has not.
    """
    model = trial.laboratory.model
    nodes: list[Expr] = _written(trial.claim, trial.definitions)
    letters = {"T", model.time.index, *(span.index for span in trial.claim.ranges)}
    if not view.disturbed:
        nodes = [*nodes, *(equation.body for equation in model.equations)]
    if not view.free_letters:
        steps = letters - set(model.sizes)
        written = _written(trial.claim, trial.definitions)
        if any(_multiplies(node, steps, written=node in written) for node in nodes):
            return "it hangs on what number T or a step is"
    return constants.memory(nodes, equations=not view.disturbed)


def _multiplies(expr: Expr, steps: set[str], *, written: bool) -> bool:
    """Whether some product runs over factors that are numbers of steps, or multiplies several.

    Those written in a claim are counted where it is planned.
    """
    for node in walk(expr):
        match node:
            case BigOperator(kind="product", ranges=ranges, body=body):
                if uses_numbers(body, steps | {span.index for span in ranges}):
                    return True
            case Product(factors=factors) if not written:
                if sum(uses_numbers(factor, steps) for factor in factors) > MOST_FACTORS:
                    return True
    return False


def _asks_otherwise(trial: Trial, instances: Sequence[Instance], view: View | None) -> bool:
    """Whether signs of numbers are asked beside those of sums of steps and literals."""
    return asks_for_sign(plain(trial), instances, view)


def asks_for_sign(trial: Trial, instances: Sequence[Instance], view: View | None) -> bool:
    """Whether the sides, or what the model computes, ask for the sign of a number that is not 0."""
    if not any(True for expr in _everything(trial) for _ in Signed.nodes(expr)):
        return False
    return any(_asks_at(trial, one, view) for one in instances)


def _asks_at(trial: Trial, instance: Instance, view: View | None) -> bool:
    try:
        at = trial.laboratory.fresh_point(instance, 0, view or ACTUAL)
        trial.places(at)
    except LimitReached:
        raise
    except EvaluationError:
        return False
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


def _further(
    trial: Trial,
    found: Looked,
    instances: Sequence[Instance],
    means: Callable[[int], bool],
    signed: Signed,
) -> Looked:
    """What comes out beyond all numbers named; where that is too far, the claim is left open."""
    finding = found.finding
    try:
        beyond = beyond_numbers(trial, instances, signed)
    except LimitReached as error:
        return replace(found, finding=Finding("limit", error=error))
    more = tuple(one for one in beyond if means(one.T))
    if not more:
        return found
    further = shielded(lambda: decide(trial, more), lambda error: Finding("limit", error=error))
    if further.outcome not in (finding.outcome, "nowhere"):
        finding = further
    elif further.bound is not None and finding.bound is not None:
        finding = replace(finding, bound=max(further.bound, finding.bound))
    return replace(found, finding=finding, more=more)


def beyond_numbers(
    trial: Trial, instances: Sequence[Instance], signed: Signed
) -> tuple[Instance, ...]:
    """Longer instances, up to beyond all numbers named, and sizes likewise where they are numbers.

    Raises `LimitReached` where that is too far.
    """
    wanted, longest = (
        max(numbers_named(trial), signed.farthest) + signed.degree + 2,
        _longest(instances),
    )
    found = extent(trial.claim, trial.definitions, trial.laboratory.model)
    letters, sizes = found.powers | signed.sizes, trial.laboratory.smallest_sizes(found.entries)
    farthest = BROADEST if letters else LONGEST
    if wanted > farthest:
        raise LimitReached(f"numbers decide, and one beyond {farthest} is named")
    return (
        *(Instance(T, sizes) for T in range(longest + 1, wanted + 1)),
        *(
            Instance(MIDDLE, {**sizes, name: size})
            for name in sorted(letters)
            for size in range(1, wanted + 1)
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
