"""Nothing derived is handed out that was not evaluated: `derive`, with every formula confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..derivation import derive as derivation
from ..derivation.indices import HORIZON, affine, at, index_tree, substitute
from ..derivation.result import Derivation, Style
from ..evaluation.unroll import UnrollError
from ..model.model import Model
from ..notation.sizes import Size
from ..notation.tree import Expr, Range, Statement, Symbol
from .laboratory import Laboratory, close_laboratory, open_laboratory
from .verdict import Instance
from .witness import MORE_STEPS, Witness

LONGEST = 40
"""Over more steps the form for every T is evaluated, if what is printed is that with T put in."""


def derive(
    model: Model,
    T: int | None = None,
    wrt: Iterable[str | Symbol] = (),
    style: Style = "named",
) -> Derivation:
    """∂loss/∂θ for every parameter θ, or for what `wrt` names, over T steps; each one confirmed.

    named: in matrix form, for T steps; general: the same for any T; expanded: everything
    substituted, by SymPy; entries: one formula an entry, by SymPy. `wrt` may name a parameter `W`,
    the copy `u_0` of one that a step uses, or a variable, input or state at a step, `s_1`.

    Raises `DeriveError`, `NoRuleError`, `RequestError`, `UnconfirmedError`.
    """
    wrt = tuple(wrt)
    found = derivation.derive(model, T, wrt, style)
    if style == "named" and found.count is not None and found.count > LONGEST:
        general = derivation.derive(model, None, wrt, "general")
        if found.count >= general.fewest and _with_steps(general, found.count) == _formulas(found):
            confirm(general)
            return found
    confirm(found)
    return found


def _formulas(found: Derivation) -> tuple[Statement, ...]:
    return (*found.definitions, *(partial.statement for partial in found.partials))


def _with_steps(general: Derivation, count: int) -> tuple[Statement, ...]:
    """The formulas of a form for every T, with a number in place of T."""
    value = Size(general.model.time.letter_T(count))

    def limit(expr: Expr | None) -> Expr | None:
        index = None if expr is None else affine(expr)
        return expr if index is None else index_tree(at(index, HORIZON, value))

    def span(one: Range) -> Range:
        return replace(one, lower=limit(one.lower), upper=limit(one.upper))

    return tuple(
        replace(
            one,
            operands=tuple(substitute(operand, {HORIZON: value}) for operand in one.operands),
            ranges=tuple(map(span, one.ranges)),
        )
        for one in _formulas(general)
    )


def confirm(found: Derivation, seed: int = 0) -> None:
    """Every formula of a derivation evaluated. Raises `UnconfirmedError`, `UnrollError`."""
    laboratory = open_laboratory(found.model, seed)
    witness = Witness(laboratory)
    for statement in found.definitions:
        witness.define(statement)
    instance = laboratory.instance(found.count or found.fewest + MORE_STEPS)
    if found.style in ("expanded", "entries"):
        instance = Instance(instance.T, dict.fromkeys(found.model.sizes, 2))
    for statement in _formulas(found):
        witness.confirm(statement, instance)
    if found.count is None and _has_steps(laboratory, found.fewest):
        for partial in found.partials:
            witness.confirm(partial.statement, laboratory.instance(found.fewest), fewest=True)
    close_laboratory(laboratory)


def _has_steps(laboratory: Laboratory, count: int) -> bool:
    """Whether the model has an instance over so few steps: one that names a later step has none."""
    try:
        laboratory.prepared(laboratory.instance(count))
    except UnrollError:
        return False
    return True
