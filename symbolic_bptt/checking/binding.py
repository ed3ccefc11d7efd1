"""A first pass over a file: what each formula is, which names it introduces, what it assumes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from ..evaluation.errors import EvaluationError, UndefinedSymbol
from ..model.model import Model
from ..model.settle import with_functions
from ..model.steps import linear_step
from ..notation.elaborate import elaborate
from ..notation.errors import NotationError, Problem
from ..notation.extract import Formula
from ..notation.functions import SPELLINGS
from ..notation.scalars import is_scalar
from ..notation.shapes import MaybeShape, ShapeError
from ..notation.tree import Expr, Number, Statement, Symbol
from ..notation.vocabulary import NameRecord, Vocabulary
from .cases import is_new_case
from .definitions import Definition, Definitions, as_definition
from .formula import Placed
from .shield import shielded

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
    vocabulary: Vocabulary
    lines: list[Line] = field(default_factory=list)
    definitions: Definitions = field(default_factory=Definitions)
    assumptions: list[str] = field(default_factory=list)


def bind(model: Model, formulas: tuple[Formula, ...]) -> Bound:
    """Every formula read in order, with all the names known that some formula defines.

    A recursion may read a name that is defined further down. What turns out to define nothing
    says nothing about how a name is written either: A_{ij} is an entry where A = W stands.
    """
    vocabulary = model.vocabulary
    for formula in formulas:
        target = _target(formula, vocabulary)
        if target is not None and not _is_given(target, model, vocabulary):
            vocabulary = vocabulary.with_names(_record(target, vocabulary))
    bound = _bound(model, formulas, vocabulary)
    defined = model.vocabulary
    for line in bound.lines:
        if line.defines is not None:
            defined = defined.with_names(_record(line.defines.symbol, defined))
    return bound if defined.names == vocabulary.names else _bound(model, formulas, defined)


def _bound(model: Model, formulas: tuple[Formula, ...], vocabulary: Vocabulary) -> Bound:
    bound = Bound(model, vocabulary)
    for formula in formulas:
        bound.lines.append(_read(formula, bound))
    return bound


def _read(formula: Formula, bound: Bound) -> Line:
    return shielded(
        lambda: _line(formula, bound), lambda error: Line(formula, None).open_because(error)
    )


def _target(formula: Formula, vocabulary: Vocabulary) -> Symbol | None:
    return shielded(lambda: formula.target(vocabulary), lambda _: None)


def _line(formula: Formula, bound: Bound) -> Line:
    target = formula.target(bound.vocabulary)
    new = target is not None and not _is_given(target, bound.model, bound.vocabulary)
    vocabulary = bound.vocabulary
    if target is not None and new:
        vocabulary = vocabulary.with_names(_record(target, vocabulary))
    try:
        statement = _settled(formula.parse(vocabulary), bound.model)
        definition = _definition(target, statement, formula.line, bound) if new else None
        if definition is None and vocabulary != bound.vocabulary:
            statement = _settled(formula.parse(bound.vocabulary), bound.model)
    except NotationError as error:
        return Line(formula, None, error.problems)
    if definition is not None:
        bound.definitions.add(definition)
        bound.vocabulary = _knowing_scalar(definition, vocabulary)
        return Line(formula, statement, defines=definition)
    if target is None or new or statement.operators[:1] != ("=",):
        return Line(formula, statement)
    return assumed_zero(formula, statement, bound)


def _definition(
    target: Symbol | None, statement: Statement, line: int, bound: Bound
) -> Definition | None:
    """What the statement defines; None for a claim about what is bound already."""
    if target is None or statement.operators[:1] != ("=",):
        return None
    body = statement.operands[1]
    made = as_definition(target, body, statement.ranges, line)
    if made is None or _is_kronecker(made, bound.model.time.index):
        return None
    made = replace(made, rank=_rank_of(body, bound.model))
    return made if is_new_case(made, bound.definitions, bound.model.time) else None


def _is_kronecker(made: Definition, time_index: str) -> bool:
    """δ_{ij}, of which neither index is a step, is a symbol of the language."""
    return (
        made.symbol.name == r"\delta"
        and len(made.patterns) == 2
        and not made.literal_indices
        and not any(made.is_step(position, time_index) for position in (0, 1))
    )


def _knowing_scalar(made: Definition, vocabulary: Vocabulary) -> Vocabulary:
    """α = 2 is a scalar, and α^T its power."""
    if made.symbol.indices or not (made.rank == 0 or is_scalar(made.body, vocabulary)):
        return vocabulary
    record = vocabulary.names[made.symbol.name]
    return vocabulary if record.timed else vocabulary.with_names(replace(record, rank=0))


def _rank_of(body: Expr, model: Model) -> int | None:
    """The rank of an expression in quantities of the model; None where that is not known."""

    def lookup(symbol: Symbol) -> MaybeShape:
        timed = bool(symbol.indices)
        for slot in ((symbol.name, timed), (symbol.name, False)):
            if slot in model.declarations:
                return model.declarations[slot].shape
        raise ShapeError(symbol.name, symbol.span)

    try:
        shape = elaborate(body, lookup).shape
    except ShapeError:
        return None
    return None if shape is None else shape.rank


def _settled(statement: Statement, model: Model) -> Statement:
    """The statement with functions that the model leaves open replaced as they were settled."""
    if not model.settled:
        return statement
    operands = tuple(with_functions(operand, model.settled) for operand in statement.operands)
    return replace(statement, operands=operands)


def _is_given(target: Symbol, model: Model, vocabulary: Vocabulary) -> bool:
    """Whether the model or the language has this name, with a step or as a parameter's copy.

    A letter of a size or a function may be that of another quantity where it has a step: n_t.
    """
    timed = bool(target.indices)
    if (target.name, timed) in model.declarations:
        return True
    if timed and any(state.name == target.name for state in model.initial):
        return True
    whole = model.declarations.get((target.name, False))
    if timed and whole is not None:
        return whole.role == "parameter" or len(target.indices) == whole.shape.rank
    if timed:
        return _is_identity(target, vocabulary)
    numbers = {"T", model.time.index, *model.sizes}
    return target.name in {"I", *numbers, *model.functions, *SPELLINGS}


def _is_identity(target: Symbol, vocabulary: Vocabulary) -> bool:
    """I_n and I_3, unless there is an I_t."""
    if target.name != "I" or "I" in vocabulary.names or len(target.indices) > 1:
        return False
    (size,) = target.indices
    return isinstance(size, Number) or (isinstance(size, Symbol) and size.name in vocabulary.sizes)


def _record(target: Symbol, vocabulary: Vocabulary) -> NameRecord:
    old = vocabulary.names.get(target.name)
    count = len(target.indices)
    if old is not None and old.indices >= count:
        return old
    return NameRecord(target.name, count > 0, target.layout, None, count)


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
