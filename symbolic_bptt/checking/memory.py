"""What a model carries from one step to the next, and whether that has a finite dimension.

Every application of a function is a fresh variable of its step, so what a step computes through a
function is a *letter*: it remembers nothing. A quantity that is a polynomial of itself at another
step (c_t = f_t ⊙ c_{t-1} + …) does remember. It is made a letter too by a disturbance, an input ξ_t
added to its equation: no derivative changes, and what holds for all ξ holds for ξ = 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from ..evaluation.surroundings import indexes_a_step
from ..model.model import Equation, Model
from ..model.steps import LinearStep, linear_step
from ..notation.functions import FUNCTIONS
from ..notation.sizes import Shape
from ..notation.tree import (
    Add,
    BigOperator,
    Call,
    Concat,
    Expr,
    Indicator,
    Matrix,
    Neg,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Range,
    Slice,
    Symbol,
    children,
    walk,
)
from .reach import Reach, reach


@dataclass(frozen=True)
class Carried:
    """A quantity that other steps read: its shape, and from how many steps before and after."""

    shape: Shape
    before: int
    after: int

    def entries(self, sizes: Mapping[str, int]) -> int:
        """How many numbers it is at these sizes."""
        return self.shape.rows.value(sizes) * self.shape.columns.value(sizes)


@dataclass(frozen=True)
class Memory:
    """How a model remembers.

    disturbed: the names to which a disturbance is added. gathered: names without a step that are
    sums over the steps; after_steps: all without a step that depend on steps. carried: what the
    steps hand on. reach: at how many steps near an end it may not do what it does elsewhere.
    numbers: whether T or the step is used as a number. reason: why no dimension can be had; empty
    if it can.
    """

    disturbed: frozenset[str]
    gathered: frozenset[str]
    after_steps: frozenset[str]
    carried: tuple[Carried, ...]
    reach: int
    numbers: bool
    reason: str

    def forward(self, sizes: Mapping[str, int]) -> int:
        """How many entries the steps hand on upwards."""
        return sum(one.before * one.entries(sizes) for one in self.carried)

    def backward(self, sizes: Mapping[str, int]) -> int:
        """How many entries they hand on downwards."""
        return sum(one.after * one.entries(sizes) for one in self.carried)


@dataclass(frozen=True)
class Read:
    """A symbol that an equation reads: the step relative to its own, through a function or not."""

    name: str
    step: LinearStep | None
    spans_steps: bool
    through_function: bool


def memory(model: Model) -> Memory:
    """The memory of a model."""
    timed = {one.target: _reads(one, model) for one in model.equations if _timed(one)}
    polynomial = {
        name: {
            read.name
            for read in reads
            if read.name in timed and not read.through_function and read.step is not None
        }
        for name, reads in timed.items()
    }
    offsets: dict[str, list[int]] = {}
    for reads in timed.values():
        for read in reads:
            if read.step is not None and read.step.t_multiple == 1 and read.step.constant:
                offsets.setdefault(read.name, []).append(read.step.constant)
    carried = {
        name: Carried(model.declarations[name, True].shape, max(0, -min(found)), max(0, *found))
        for name, found in offsets.items()
        if name in timed
    }
    return Memory(
        frozenset(_cutting(polynomial, list(carried)) | _read_sums(model)),
        frozenset(_sums(model)),
        frozenset(_depending_on_steps(model)),
        tuple(carried.values()),
        _reach(model, offsets),
        any(_numbers(equation.body, model.time.index) for equation in model.equations),
        _unbounded(model, timed)
        or _untimed(model)
        or _powers(model)
        or _zigzag(timed, carried)
        or _structured(model),
    )


def _reach(model: Model, offsets: Mapping[str, list[int]]) -> int:
    """What one name hands to the next takes a step each: a state that is 0 until it arrives."""
    literals = reduce(Reach.beside, (reach(e.body, {}) for e in model.equations), Reach())
    handed = sum(max(map(abs, found)) for found in offsets.values())
    return literals.start + literals.end + handed


def _zigzag(timed: Mapping[str, list[Read]], carried: Mapping[str, Carried]) -> str:
    """Why a path may turn more than once; empty if what runs back never hands on to what runs on.

    A path that passes a step in one direction, again in the other, and once more in the first is
    remembered at that step three times over.
    """
    reads = {name: {read.name for read in found} for name, found in timed.items()}
    forwards = {name for name, one in carried.items() if one.before}
    backwards = {name for name, one in carried.items() if one.after}
    for first, second in ((forwards, backwards), (backwards, forwards)):
        if not any(_reached(name, reads) & second for name in first):
            return ""
    return f"{min(forwards)} and {min(backwards)} run both ways through each other"


def _structured(model: Model) -> str:
    """Why entries may be handed on one by one; empty if each step mixes all of them.

    A shift written as a matrix of numbers, or as a slice of what another step gave, is a delay
    line: an entry may be 0 for as many steps as there are entries.
    """
    for equation in model.equations:
        for node in walk(equation.body) if _timed(equation) else ():
            written = isinstance(node, Matrix | Concat) and any(
                isinstance(part, Number) for part in children(node)
            )
            if written or (isinstance(node, Slice) and _reads_another_step(node, model)):
                return f"the equation of {equation.target} moves single entries"
    return ""


def _reads_another_step(node: Node, model: Model) -> bool:
    return any(
        (step := linear_step(part.indices[0], model.time.index)) is None or step.constant != 0
        for part in walk(node)
        if isinstance(part, Symbol) and part.indices
    )


def _timed(equation: Equation) -> bool:
    return equation.timed or equation.step is not None


def _reads(equation: Equation, model: Model) -> list[Read]:
    return list(_found(equation.body, model, frozenset(), through=False))


def _found(node: Node, model: Model, spanning: frozenset[str], *, through: bool) -> Iterator[Read]:
    match node:
        case Symbol(name=name, indices=indices):
            step = linear_step(indices[0], model.time.index) if indices else None
            spans = any(
                isinstance(part, Symbol) and part.name in spanning
                for index in indices
                for part in walk(index)
            )
            yield Read(name, step, spans, through)
            return
        case BigOperator(ranges=ranges, body=body):
            spanning = spanning | {
                span.index for span in ranges if indexes_a_step(span.index, body)
            }
        case Call(function=name) if getattr(FUNCTIONS.get(name), "kind", "smooth") != "structural":
            through = True
        case Indicator():
            through = True
    for child in children(node):
        yield from _found(child, model, spanning, through=through)


def _unbounded(model: Model, timed: Mapping[str, list[Read]]) -> str:
    """Why what a step reads has no bounded distance; empty if it has."""
    after_steps = _depending_on_steps(model)
    for name, reads in timed.items():
        for read in reads:
            if read.step is None and not read.spans_steps:
                if read.name in after_steps and read.name not in timed:
                    return f"{name} reads {read.name}, which gathers over the steps"
            elif read.name in timed and (read.spans_steps or _fixed(read.step, model)):
                where = "every step" if read.spans_steps else "a fixed step"
                return f"{name} reads {read.name} of {where}"
            elif read.step is not None and read.step.t_multiple not in (0, 1):
                return f"{name} reads {read.name} at a step that runs backwards"
    return ""


def _fixed(step: LinearStep | None, model: Model) -> bool:
    """Whether it is the same step for all, and one that an equation computes."""
    if step is None or step.t_multiple:
        return False
    initial = {(state.step, state.from_last) for state in model.initial}
    return (step.constant, bool(step.T_multiple)) not in initial


def _depending_on_steps(model: Model) -> set[str]:
    """Names without a step that depend on something with one."""
    found: set[str] = set()
    timed = {name for name, has_step in model.declarations if has_step}
    for _ in model.equations:
        for equation in model.equations:
            if not _timed(equation):
                reads = {node.name for node in walk(equation.body) if isinstance(node, Symbol)}
                if reads & (timed | found):
                    found.add(equation.target)
    return found


def _sums(model: Model) -> set[str]:
    """Names without a step whose equation sums over the steps."""
    return {e.target for e in model.equations if not _timed(e) and _sums_over_steps(e.body)}


def _read_sums(model: Model) -> set[str]:
    """Sums over the steps that are read by others: these are disturbed as well."""
    read = {
        node.name
        for equation in model.equations
        for node in walk(equation.body)
        if isinstance(node, Symbol) and not node.indices
    }
    return _sums(model) & read


def _untimed(model: Model) -> str:
    """Why a quantity without a step is no plain sum over the steps; empty if all are."""
    for equation in model.equations:
        if not _timed(equation) and not _is_sum(equation.body, frozenset()):
            return f"{equation.target} is no plain sum over the steps"
    return ""


def _powers(model: Model) -> str:
    """Why the equation of a step is no function of letters alone; empty if it is."""
    for equation in model.equations:
        for node in walk(equation.body):
            steps = set(walk(node.exponent)) if isinstance(node, Power) else set()
            if _timed(equation) and Symbol(model.time.index) in steps:
                return f"{equation.target} has the step as an exponent"
    return ""


def _numbers(node: Node, time_index: str) -> bool:
    """Whether T or the step stands outside of ranges and of the indices of symbols."""
    if isinstance(node, Symbol):
        return not node.indices and node.name in ("T", time_index)
    if isinstance(node, Range):
        return False
    return any(_numbers(child, time_index) for child in children(node))


def _is_sum(expr: Expr, spanning: frozenset[str]) -> bool:
    """Whether sums over steps stand only in sums and beside factors that have no step."""
    match expr:
        case BigOperator(kind="sum", ranges=ranges, body=body):
            over_steps = {span.index for span in ranges if indexes_a_step(span.index, body)}
            if not over_steps:
                return _is_sum(body, spanning)
            return not spanning and not _sums_over_steps(body)
        case Add(terms=terms):
            return all(_is_sum(term, spanning) for term in terms)
        case Neg(operand=inner) | Quotient(numerator=inner):
            below = expr.denominator if isinstance(expr, Quotient) else None
            return _is_sum(inner, spanning) and (below is None or not _has_steps(below))
        case Product(factors=factors):
            wide = [factor for factor in factors if _sums_over_steps(factor)]
            if not wide:
                return True
            others = [factor for factor in factors if factor is not wide[0]]
            return (
                len(wide) == 1
                and _is_sum(wide[0], spanning)
                and not any(_has_steps(factor) for factor in others)
            )
    return not _sums_over_steps(expr)


def _sums_over_steps(expr: Expr) -> bool:
    return any(
        isinstance(node, BigOperator)
        and any(indexes_a_step(span.index, node.body) for span in node.ranges)
        for node in walk(expr)
    )


def _has_steps(expr: Expr) -> bool:
    return any(isinstance(node, Symbol) and node.indices for node in walk(expr))


def _cutting(reads: Mapping[str, set[str]], carried: Sequence[str]) -> set[str]:
    """A few names without which no name reads itself, of those that are carried."""
    found: set[str] = set()
    for name in carried:
        kept = {one: below - found for one, below in reads.items() if one not in found}
        if _reads_itself(name, kept):
            found.add(name)
    return found


def _reads_itself(start: str, reads: Mapping[str, set[str]]) -> bool:
    return start in _reached(start, reads)


def _reached(start: str, reads: Mapping[str, set[str]]) -> set[str]:
    """Every name that a name reads, or that one of these reads."""
    pending, seen = [start], set[str]()
    while pending:
        for name in reads.get(pending.pop(), set()) - seen:
            seen.add(name)
            pending.append(name)
    return seen
