"""What one step hands to the next, and why that may have no finite memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..model.model import Equation, Model
from ..model.steps import LinearStep, linear_step
from ..notation.sizes import Shape
from ..notation.tree import Concat, Matrix, Node, Number, Slice, Symbol, children, walk


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
class Read:
    """A symbol that an equation reads: the step relative to its own, through a function or not."""

    name: str
    step: LinearStep | None
    spans_steps: bool
    through_function: bool


def is_timed(equation: Equation) -> bool:
    """Whether it computes a value at a step."""
    return equation.timed or equation.step is not None


def zigzag(timed: Mapping[str, list[Read]], carried: Mapping[str, Carried]) -> str:
    """Why a path may turn more than once; empty if what runs back never hands on to what runs on.

    A path that passes a step in one direction, again in the other, and once more in the first is
    remembered at that step three times over.
    """
    reads = {name: {read.name for read in found} for name, found in timed.items()}
    forwards = {name for name, one in carried.items() if one.before}
    backwards = {name for name, one in carried.items() if one.after}
    for first, second in ((forwards, backwards), (backwards, forwards)):
        if not any(reached_names(name, reads) & second for name in first):
            return ""
    return f"{min(forwards)} and {min(backwards)} run both ways through each other"


def moves_entries(model: Model) -> str:
    """Why entries may be handed on one by one; empty if each step mixes all of them.

    A shift written as a matrix of numbers, or as a slice of what another step gave, is a delay
    line: an entry may be 0 for as many steps as there are entries.
    """
    for equation in model.equations:
        for node in walk(equation.body) if is_timed(equation) else ():
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


def begins_at_zero(
    model: Model, timed: Mapping[str, list[Read]], carried: Mapping[str, Carried]
) -> str:
    """Why a state may be 0 again and again; empty if no state skips steps and begins at 0.

    a_t = tanh(a_{t-3}) hands on at which of three steps it began at 0, through any function.
    """
    zero = {state.name for state in model.initial if state.zero}
    for name, one in carried.items():
        fed = any(read.name not in timed for read in timed[name] if read.step is not None)
        if max(one.before, one.after) > 1 and name in zero and not fed:
            return f"{name} skips steps and begins at 0"
    return ""


def reached_names(start: str, reads: Mapping[str, set[str]]) -> set[str]:
    """Every name that a name reads, or that one of these reads."""
    pending, seen = [start], set[str]()
    while pending:
        for name in reads.get(pending.pop(), set()) - seen:
            seen.add(name)
            pending.append(name)
    return seen
