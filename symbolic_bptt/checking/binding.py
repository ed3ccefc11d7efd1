"""A first pass over a file: what each formula is, which names it introduces, what it assumes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from ..evaluation.errors import EvaluationError, UndefinedSymbol
from ..model.model import Model
from ..model.steps import linear_step
from ..notation.errors import Problem
from ..notation.tree import Number, Statement, Symbol
from .definitions import Definition, Definitions
from .formula import Placed

ZERO = Number(Fraction(0))


@dataclass(frozen=True)
class Line:
    """One formula of the file: its statement, or why there is none.

    `defines`: its first relation is a definition, which is of no use where a name is `missing`.
    `assumes`: it sets an initial state to zero.
    """

    formula: Placed
    statement: Statement | None
    problems: tuple[Problem, ...] = ()
    defines: Definition | None = None
    missing: UndefinedSymbol | None = None
    assumes: str = ""

    def open_because(self, error: EvaluationError) -> Line:
        """The same line, with the reason why it stays open."""
        formula = self.formula
        problem = Problem(error.message, formula.source, formula.span, kind="limit")
        return replace(self, problems=(*self.problems, problem))


@dataclass
class Bound:
    """A file whose names are bound: its lines, its definitions, and the model as it assumes it."""

    model: Model
    lines: list[Line] = field(default_factory=list)
    definitions: Definitions = field(default_factory=Definitions)
    assumptions: list[str] = field(default_factory=list)


def assumed_zero(formula: Placed, statement: Statement, bound: Bound) -> Line:
    """`s_0 = 0`, said of an initial state, is taken as an assumption for the rest of the file."""
    target, value = statement.operands[:2]
    indices = target.indices if isinstance(target, Symbol) else ()
    step = linear_step(indices[0], "") if len(indices) == 1 else None
    states = [
        state
        for state in bound.model.initial
        if step is not None
        and isinstance(target, Symbol)
        and (state.name, state.step, int(state.from_last))
        == (target.name, step.constant, step.T_multiple)
    ]
    if not states or value != ZERO:
        return Line(formula, statement)
    changed = tuple(
        replace(state, zero=True) if state in states else state for state in bound.model.initial
    )
    bound.model = replace(bound.model, initial=changed)
    bound.assumptions.append(formula.latex)
    return Line(formula, statement, assumes=formula.latex)
