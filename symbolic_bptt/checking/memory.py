"""What a model carries from one step to the next, and whether that has a finite dimension.

Every application of a function is a fresh variable of its step, so what a step computes through a
function is a *letter*: it remembers nothing. A quantity that is a polynomial of itself at another
step (c_t = f_t ⊙ c_{t-1} + …) does remember. It is made a letter too by a disturbance, an input ξ_t
added to its equation: no derivative changes, and what holds for all ξ holds for ξ = 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..evaluation.surroundings import indexes_a_step
from ..model.model import Equation, Model
from ..model.steps import LinearStep, linear_step
from ..notation.functions import FUNCTIONS
from ..notation.tree import (
    Add,
    BigOperator,
    Call,
    Expr,
    Indicator,
    Neg,
    Node,
    Power,
    Product,
    Quotient,
    Range,
    Symbol,
    children,
    walk,
)
from .handed_on import (
    Carried,
    Read,
    begins_at_zero,
    is_timed,
    moves_entries,
    reached_names,
    zigzag,
)
from .model_reach import model_reach


@dataclass(frozen=True)
class Memory:
    """How a model remembers.

    disturbed: the names to which a disturbance is added. gathered: names without a step that are
    sums over the steps; after_steps: all without a step that depend on steps. carried: what the
    steps hand on. remembering, counting: names that hang on disturbed ones, on T or t as a number.
    handed: how many steps a state may be 0 until something arrives. numbers: whether T or the step
    is used as a number. reason: why no dimension can be had; empty if it can.
    """

    disturbed: frozenset[str]
    gathered: frozenset[str]
    after_steps: frozenset[str]
    carried: tuple[Carried, ...]
    remembering: frozenset[str]
    counting: frozenset[str]
    handed: int
    numbers: bool
    reason: str
    model: Model

    def reach(self, sizes: Mapping[str, int]) -> int:
        """At how many steps near an end the model may not do what it does elsewhere."""
        return model_reach(self.model.equations, self.handed, sizes, self.model.time.index)

    def forward(self, sizes: Mapping[str, int]) -> int:
        """How many entries the steps hand on upwards."""
        return sum(one.before * one.entries(sizes) for one in self.carried)

    def backward(self, sizes: Mapping[str, int]) -> int:
        """How many entries they hand on downwards."""
        return sum(one.after * one.entries(sizes) for one in self.carried)


def memory(model: Model) -> Memory:
    """The memory of a model."""
    timed = {one.target: _reads(one, model) for one in model.equations if is_timed(one)}
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
    disturbed = frozenset(_cutting(polynomial, list(carried)) | _read_sums(model))
    return Memory(
        disturbed,
        frozenset(_sums(model)),
        frozenset(_depending_on_steps(model)),
        tuple(carried.values()),
        _hanging(model, disturbed),
        _hanging(model, _counting(model)),
        sum(max(map(abs, found)) for found in offsets.values()),
        any(_numbers(equation.body, model.time.index) for equation in model.equations),
        _unbounded(model, timed)
        or _untimed(model)
        or _powers(model)
        or zigzag(timed, carried)
        or moves_entries(model)
        or begins_at_zero(model, timed, carried),
        model,
    )


def _hanging(model: Model, names: Iterable[str]) -> frozenset[str]:
    """These names, and all that are computed from them."""
    found = set(names)
    for _ in model.equations:
        for one in model.equations:
            if found & {node.name for node in walk(one.body) if isinstance(node, Symbol)}:
                found.add(one.target)
    return frozenset(found)


def _counting(model: Model) -> list[str]:
    """The names whose equations use T or the step as a number."""
    index = model.time.index
    return [one.target for one in model.equations if _numbers(one.body, index)]


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
            through = through or not _undone(node)
        case Indicator():
            through = True
    for child in children(node):
        yield from _found(child, model, spanning, through=through)


def _undone(node: Call) -> bool:
    """Whether a function undoes another: exp log c is c, which remembers."""
    inverse = {"exp": "log", "log": "exp"}.get(node.function)
    return any(isinstance(part, Call) and part.function == inverse for part in walk(node))


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
            if not is_timed(equation):
                reads = {node.name for node in walk(equation.body) if isinstance(node, Symbol)}
                if reads & (timed | found):
                    found.add(equation.target)
    return found


def _sums(model: Model) -> set[str]:
    """Names without a step whose equation sums over the steps."""
    return {e.target for e in model.equations if not is_timed(e) and _sums_over_steps(e.body)}


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
        if not is_timed(equation) and not _is_sum(equation.body, frozenset()):
            return f"{equation.target} is no plain sum over the steps"
    return ""


def _powers(model: Model) -> str:
    """Why the equation of a step is no function of letters alone; empty if it is."""
    for equation in model.equations:
        for node in walk(equation.body):
            steps = set(walk(node.exponent)) if isinstance(node, Power) else set()
            if is_timed(equation) and Symbol(model.time.index) in steps:
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
    return start in reached_names(start, reads)
