"""What a reader is told about a model: its equations as statements, its symbols as rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from ..derivation.result import Derivation
from ..model.model import Declaration, Equation, InitialState, Model
from ..notation.tree import Add, Expr, Neg, Number, Statement, Symbol


@dataclass(frozen=True)
class SymbolRow:
    """One name of a model: how it is written, what it is, and what is known of it."""

    symbol: Symbol
    role: str
    shape: str
    constraint: str = ""


def equations(model: Model) -> tuple[Statement, ...]:
    """The model's equations, in the order in which they are computed.

    A timed one holds at every step; the steps are told once, by `steps`.
    """
    return tuple(_statement(model, equation) for equation in model.equations)


def symbols(model: Model) -> tuple[SymbolRow, ...]:
    """Parameters, inputs, initial states, then what the equations define."""
    declared = list(model.declarations.values())
    rows = [_row(model, declaration) for declaration in declared if declaration.role != "initial"]
    initial = [_initial_row(model, state) for state in model.initial]
    order = ("parameter", "input", "initial", "defined")
    return tuple(sorted((*rows, *initial), key=lambda row: order.index(row.role)))


def steps(model: Model) -> str:
    """`t = 1, …, T` in words that are no formula: steps t from 1 to T."""
    if model.literal_length is not None:
        return f"written out for {model.literal_length} steps"
    time = model.time
    return f"steps {time.index} from {time.first} to {_last(model)}"


def functions(model: Model) -> Iterator[tuple[str, str]]:
    """Each undetermined function and what is used for numbers."""
    for function in model.functions.values():
        letters = ", ".join("xyzuvw"[: function.arguments])
        yield f"{function.name}({letters})", function.default or "no default"


def length(derivation: Derivation) -> str:
    """For how many steps the derivation holds."""
    if derivation.count is None:
        return "any number of steps"
    return "1 step" if derivation.count == 1 else f"{derivation.count} steps"


def timed_symbol(model: Model, name: str, step: Expr) -> Symbol:
    """The symbol of a timed name at a step, in the model's own layout."""
    declaration = model.declarations.get((name, True))
    return Symbol(name, (step,), declaration.layout if declaration else "sub")


def _statement(model: Model, equation: Equation) -> Statement:
    if equation.timed:
        index = model.time.index
        target = timed_symbol(model, equation.target, Symbol(index))
        return Statement((target, equation.body), ("=",))
    if equation.step is not None:
        target = timed_symbol(model, equation.target, equation.step)
    else:
        target = Symbol(equation.target)
    return Statement((target, equation.body), ("=",))


def _row(model: Model, declaration: Declaration) -> SymbolRow:
    symbol = Symbol(declaration.name)
    if declaration.timed:
        symbol = timed_symbol(model, declaration.name, Symbol(model.time.index))
    return SymbolRow(symbol, declaration.role, str(declaration.shape), declaration.constraint or "")


def _initial_row(model: Model, state: InitialState) -> SymbolRow:
    step: Expr = step_number(state.step)
    if state.from_last:
        step = _shifted(Symbol("T"), state.step)
    constraint = "zero" if state.zero else ""
    return SymbolRow(timed_symbol(model, state.name, step), "initial", str(state.shape), constraint)


def _last(model: Model) -> str:
    offset = model.time.last_offset
    return "T" if offset == 0 else f"T {'+' if offset > 0 else '−'} {abs(offset)}"


def step_number(value: int) -> Expr:
    """A step as the tree writes it: a negative one is a `Neg`."""
    number = Number(Fraction(abs(value)))
    return number if value >= 0 else Neg(number)


def _shifted(symbol: Symbol, offset: int) -> Expr:
    return symbol if offset == 0 else Add((symbol, step_number(offset)))
