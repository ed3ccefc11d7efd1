"""The right derivation of an exercise, as a student could hand it in."""

from __future__ import annotations

from ..derivation.closed_form import Backward
from ..model.model import Model
from ..notation.printer.latex import latex
from ..notation.tree import Derivative, Expr, Statement, Symbol
from .scoring import Quantity


def model_answer(model: Model, quantities: tuple[Quantity, ...]) -> list[Statement]:
    """The equations of the closed form: adjoints first, then one for every target that it has.

    A target that is no derivative of the loss by a parameter or a variable is left out.
    """
    backward = Backward(model, None)
    answers: list[Statement] = []
    for one in quantities:
        wrt = _wrt(one.expr, model)
        if wrt is not None:
            partial = backward.partial(wrt)
            answers.append(Statement((one.expr, partial.statement.operands[1]), ("=",), ()))
    return [*backward.definitions, *answers]


def _wrt(expr: Expr, model: Model) -> Symbol | None:
    loss = Symbol(model.loss)
    if not isinstance(expr, Derivative) or expr.of != loss or not isinstance(expr.wrt, Symbol):
        return None
    known = (expr.wrt.name, bool(expr.wrt.indices)) in model.declarations
    return expr.wrt if known or expr.wrt.name in model.parameters else None


def as_text(statements: list[Statement]) -> str:
    """The statements as the text of a `.tex` file."""
    return "".join(f"\\[ {latex(one)} \\]\n" for one in statements)
