"""A first pass over a file: what each formula is, which names it introduces, what it assumes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from ..evaluation.errors import EvaluationError
from ..model.model import Model
from ..model.settle import with_functions
from ..model.steps import linear_step
from ..notation.errors import NotationError, Problem
from ..notation.extract import Formula
from ..notation.tree import Number, Statement, Symbol
from ..notation.vocabulary import NameRecord, Vocabulary
from .definitions import Definition, Definitions, as_definition, is_new_case
from .shield import shielded

ZERO = Number(Fraction(0))


@dataclass(frozen=True)
class Line:
    """One formula of the file: its statement, or why there is none.

    `defines`: its first relation is a definition. `assumes`: it sets an initial state to zero.
    """

    formula: Formula
    statement: Statement | None
    problems: tuple[Problem, ...] = ()
    defines: Definition | None = None
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
    vocabulary: Vocabulary
    lines: list[Line] = field(default_factory=list)
    definitions: Definitions = field(default_factory=Definitions)
    assumptions: list[str] = field(default_factory=list)


def bind(model: Model, formulas: tuple[Formula, ...]) -> Bound:
    """Every formula read in order, with the names known that the ones before introduced."""
    bound = Bound(model, _with_all_targets(model, formulas))
    for formula in formulas:
        bound.lines.append(_read(formula, bound))
    return bound


def _read(formula: Formula, bound: Bound) -> Line:
    return shielded(
        lambda: _line(formula, bound), lambda error: Line(formula, None).open_because(error)
    )


def _with_all_targets(model: Model, formulas: tuple[Formula, ...]) -> Vocabulary:
    """The names of all left sides: a recursion may read one that is defined further down."""
    vocabulary = model.vocabulary
    for formula in formulas:
        target = _target(formula, vocabulary)
        if target is not None and not _is_given(target, model):
            vocabulary = vocabulary.with_names(_record(target, vocabulary))
    return vocabulary


def _target(formula: Formula, vocabulary: Vocabulary) -> Symbol | None:
    return shielded(lambda: formula.target(vocabulary), lambda _: None)


def _line(formula: Formula, bound: Bound) -> Line:
    target = formula.target(bound.vocabulary)
    new = target is not None and not _is_given(target, bound.model)
    vocabulary = bound.vocabulary
    if target is not None and new:
        vocabulary = vocabulary.with_names(_record(target, vocabulary))
    try:
        statement = _settled(formula.parse(vocabulary), bound.model)
    except NotationError as error:
        return Line(formula, None, error.problems)
    if target is None or statement.operators[:1] != ("=",):
        return Line(formula, statement)
    if not new:
        return _assumption(formula, statement, target, bound)
    definition = as_definition(target, statement.operands[1], statement.ranges, formula.line)
    if definition is None or not is_new_case(definition, bound.definitions):
        return Line(formula, statement)
    bound.definitions.add(definition)
    bound.vocabulary = vocabulary
    return Line(formula, statement, defines=definition)


def _settled(statement: Statement, model: Model) -> Statement:
    """The statement with functions that the model leaves open replaced as they were settled."""
    if not model.settled:
        return statement
    operands = tuple(with_functions(operand, model.settled) for operand in statement.operands)
    return replace(statement, operands=operands)


def _is_given(target: Symbol, model: Model) -> bool:
    """Whether the model itself has this name, with a step or as a parameter's copy."""
    timed = bool(target.indices)
    if (target.name, timed) in model.declarations:
        return True
    if any(state.name == target.name for state in model.initial) and timed:
        return True
    whole = model.declarations.get((target.name, False))
    if timed and whole is not None:
        return whole.role == "parameter" or len(target.indices) == _rank(model, target.name)
    return target.name == "T" or target.name in model.sizes or _is_number_letter(target, model)


def _is_number_letter(target: Symbol, model: Model) -> bool:
    return target.name == model.time.index and not target.indices


def _rank(model: Model, name: str) -> int:
    shape = model.declarations[name, False].shape
    return 0 if shape.is_scalar else 1 if shape.is_column or shape.is_row else 2


def _record(target: Symbol, vocabulary: Vocabulary) -> NameRecord:
    old = vocabulary.names.get(target.name)
    count = len(target.indices)
    if old is not None and old.indices >= count:
        return old
    return NameRecord(target.name, count > 0, target.layout, None, count)


def _assumption(formula: Formula, statement: Statement, target: Symbol, bound: Bound) -> Line:
    """`s_0 = 0`, said of an initial state, is taken as an assumption for the rest of the file."""
    value = statement.operands[1]
    step = linear_step(target.indices[0], "") if len(target.indices) == 1 else None
    states = [
        state
        for state in bound.model.initial
        if step is not None
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
