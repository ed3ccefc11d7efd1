"""Steps as marks of a word: at which mark one stands, and which comparisons need no states.

Two single steps may be compared, and a step with a number: that is the order of the marks. Of a sum
of two steps no automaton with finitely many states knows how large it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...model.steps import linear_step
from ...notation.printer.text import text
from ...notation.tree import Add, Expr, Neg, Range, Symbol
from ..definitions import Definition, free_letter
from ..reach import alternatives, multiples
from .profile import END, ONE, START, Profile, letter
from .surroundings import NoDimension, Surroundings

OWN = "its own step"
"""The mark of the step at which a name is asked for."""


def mark_of(expr: Symbol, letters: Mapping[str, str]) -> str:
    """The mark of a step; the start or the end for a literal one."""
    index = expr.indices[0]
    named = free_letter(index)
    step = linear_step(index, named or "")
    if step is None or step.t_multiple not in (0, 1) or (named and step.T_multiple):
        raise NoDimension(f"the step of {text(expr)} is no letter with a number")
    if named is None:
        return END if step.T_multiple else START
    if named not in letters:
        raise NoDimension(f"{named} in {text(expr)} is no step")
    return letters[named]


def check_range(around: Surroundings, span: Range, letters: Mapping[str, str]) -> None:
    """Raise `NoDimension` unless an index is held against single steps and numbers."""
    if span.index not in letters:
        return
    for limit in (span.lower, span.upper, *span.unequal):
        for one in alternatives(limit) if limit is not None else ():
            comparison(around, Symbol(span.index), one, letters)


def compares_steps(around: Surroundings, left: Expr, right: Expr) -> bool:
    """Whether both sides are made of numbers, sizes and indices alone."""
    found = multiples(Add((left, Neg(right))))
    model, defined = around.model, around.definitions.by_name
    return found is not None and not any(
        (name, False) in model.declarations or name in defined for name in found
    )


def comparison(
    around: Surroundings, left: Expr, right: Expr, letters: Mapping[str, str]
) -> Profile:
    """Whether one step is before another, or near an end: the order of the marks."""
    found = multiples(Add((left, Neg(right))))
    steps = {name: k for name, k in (found or {}).items() if name in letters or name == "T"}
    others = (found or {}).keys() - steps.keys() - set(around.model.sizes)
    if found is None or (steps and (others or sorted(steps.values()) not in ([1], [-1], [-1, 1]))):
        shown = f"{text(left)} and {text(right)}"
        raise NoDimension(f"of {shown} an automaton cannot tell which is the larger")
    return letter(*(letters[name] for name in steps if name != "T"), shape=ONE)


def own_letters(one: Definition) -> dict[str, str]:
    """The step letter of a definition, with its own step as the mark; none without a letter."""
    named = free_letter(one.symbol.indices[0]) if one.symbol.indices else None
    return {} if named is None else {named: OWN}
