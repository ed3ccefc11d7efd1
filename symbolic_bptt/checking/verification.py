"""`verify`: four gradients of the loss side by side, and the exact verdict on the closed form.

For each parameter: SymPy's derivative, lambdified; the closed form in matrix notation, evaluated by
NumPy; central differences; the complex step. The closed form and the formulas shipped with the
model are also decided exactly, like any claim: the deriver is never its own witness.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..derivation.closed_form import ClosedForm, closed_form
from ..derivation.numerical import central_differences, complex_step
from ..derivation.numpy_gradient import numpy_gradient
from ..derivation.staged import Point
from ..evaluation.errors import EvaluationError
from ..evaluation.evaluator import evaluate
from ..evaluation.reading import STRICT
from ..evaluation.value import resolve
from ..model.model import Model
from ..model.settle import settle, with_functions
from ..notation.extract import formulas
from ..notation.printer.latex import latex
from ..notation.printer.text import text
from ..notation.source import Source
from ..notation.tree import Expr, Statement, Symbol
from .claims import judge
from .comparison import Claim
from .definitions import Definitions, as_definition
from .degenerate import degenerate_parameters
from .environment import ClaimEnvironment
from .evidence import evidence
from .laboratory import Laboratory, close_laboratory, open_laboratory
from .reports import VERDICT_OF
from .sheet import examined
from .verdict import Evidence, Instance, Verdict

TOLERANCE = 1e-9
"""Largest relative difference in float64 between two right gradients of so small an instance."""

DIFFERENCE_TOLERANCE = 1e-5
"""The same for central differences, whose own error is about 1e-9."""


@dataclass(frozen=True)
class Row:
    """One formula: relative errors in float64 against SymPy's gradient, and the exact verdict.

    `wrt` is the parameter (in a shipped formula, its left side in LaTeX), `quantity` its tree.
    `formula` is `derived`, or the line of the formula file that ships with the model.
    `max_relative_error` is that of the formula; errors are None for what is not the derivative of
    the loss by a parameter.
    """

    wrt: str
    quantity: Expr
    formula: str
    verdict: Verdict
    max_relative_error: float | None
    finite_difference: float | None
    complex_step: float | None
    evidence: Evidence | None
    message: str = ""

    @property
    def error_bound_log2(self) -> int | None:
        """The chance of error of the exact verdict."""
        return self.evidence.error_bound_log2 if self.evidence else None

    @property
    def every_T(self) -> bool:
        """Whether the formula is proved for every number of steps."""
        return self.evidence is not None and self.evidence.every_T


@dataclass(frozen=True)
class Verification:
    """All rows of one model at one instance."""

    model: Model
    T: int
    seed: int
    sizes: Mapping[str, int]
    degenerate: tuple[str, ...]
    rows: tuple[Row, ...]

    def _repr_html_(self) -> str:
        from ..render.notebook import table_of_gradients

        return table_of_gradients(self)


def verify(model: Model, T: int = 3, seed: int = 0, form: ClosedForm | None = None) -> Verification:
    """The gradients of `model` over `T` steps held against each other.

    `form` is the closed form to be verified, the derived one unless given. Raises `UnrollError`
    for a T that the model does not have.
    """
    form = closed_form(model) if form is None else form
    laboratory = open_laboratory(model, seed)
    instance = laboratory.instance(T)
    numeric = _Numeric.of(model, instance, seed)
    definitions = _definitions(form.definitions)
    rows = [
        _row(name, form.gradients[name], definitions, form, numeric, laboratory, T)
        for name in model.parameters
    ]
    rows += _shipped(laboratory)
    degenerate = degenerate_parameters(laboratory)
    close_laboratory(laboratory)
    return Verification(model, T, seed, instance.sizes, degenerate, tuple(rows))


@dataclass(frozen=True)
class _Numeric:
    """The float64 instance: undetermined functions settled, and three gradients there."""

    laboratory: Laboratory
    point: Point
    settled: Mapping[str, str]
    sympy: Mapping[str, Any]
    differences: Mapping[str, Any]
    complex: Mapping[str, Any]

    @classmethod
    def of(cls, model: Model, instance: Instance, seed: int) -> _Numeric:
        defaults = {name: one.default for name, one in model.functions.items() if one.default}
        laboratory = Laboratory(settle(model, defaults), seed)
        at = laboratory.float_point(instance)
        given = {node.key: at.values[node.key] for node in at.graph.given}
        differences, steps = central_differences(at, seed), complex_step(at, seed)
        sympy = numpy_gradient(laboratory.model, instance.T, instance.sizes)(given)
        return cls(laboratory, at, defaults, sympy, differences, steps)


def _definitions(statements: Iterable[Statement]) -> Definitions:
    definitions = Definitions()
    for statement in statements:
        made = as_definition(statement.operands[0], statement.operands[1], statement.ranges, 0)
        if made is not None:
            definitions.add(made)
    return definitions


def _row(
    name: str,
    statement: Statement,
    definitions: Definitions,
    form: ClosedForm,
    numeric: _Numeric,
    laboratory: Laboratory,
    count: int,
) -> Row:
    claim = Claim(statement.operands[0], "=", statement.operands[1], statement.ranges)
    judged = judge(laboratory, definitions, claim, also=(count,))
    proof = evidence(laboratory, definitions, judged)
    verdict, message = VERDICT_OF[judged.finding.outcome], ""
    try:
        closed = _closed_value(claim, form, numeric, name)
        error = relative_error(closed, numeric.sympy[name])
    except EvaluationError as problem:
        error, message = float("inf"), problem.message
    differences = relative_error(numeric.differences[name], numeric.sympy[name])
    step = relative_error(numeric.complex[name], numeric.sympy[name])
    if verdict == "holds" and (error > TOLERANCE or step > TOLERANCE):
        verdict, message = "fails", "float64 disagrees with the exact verdict"
    if verdict == "holds" and differences > DIFFERENCE_TOLERANCE:
        verdict, message = "fails", "central differences disagree"
    if verdict != "holds" and not message:
        message = f"{text(claim.left)} is not {text(claim.right)}"
    return Row(name, Symbol(name), "derived", verdict, error, differences, step, proof, message)


def _shipped(laboratory: Laboratory) -> list[Row]:
    """The formulas of the model's source, claims like any others, at the lengths that suit them."""
    model = laboratory.model
    if not model.formulas:
        return []
    extraction = formulas(Source(model.formulas, f"{model.name}.formulas.tex"), "tex")
    sheet = examined(laboratory, extraction)
    rows = []
    for posed, judged in sheet.results:
        proof = evidence(sheet.bench, sheet.bound.definitions, judged)
        verdict = VERDICT_OF[judged.weightiest[1].outcome]
        rows.append(
            Row(
                latex(posed.claim.left),
                posed.claim.left,
                f"line {posed.line.formula.line}",
                verdict,
                None,
                None,
                None,
                proof,
                "" if verdict == "holds" else posed.line.formula.latex,
            )
        )
    return rows


def _closed_value(claim: Claim, form: ClosedForm, numeric: _Numeric, name: str) -> Any:
    """The right side of the closed form by NumPy, with the functions settled as they are there."""
    at = numeric.point
    definitions = _definitions(
        replace(one, operands=tuple(with_functions(x, numeric.settled) for x in one.operands))
        for one in form.definitions
    )
    environment = ClaimEnvironment(at, definitions, STRICT, numeric.laboratory.blocks)
    shape = at.graph.nodes[(name, None)].shape
    value = evaluate(with_functions(claim.right, numeric.settled), environment, STRICT, shape)
    return resolve(at.domain, value, shape).array


def relative_error(found: Any, expected: Any) -> float:
    """max |found − expected| / max(max |expected|, 1e-30), over all entries that are numbers."""
    difference = float(np.nanmax(np.abs(found - expected), initial=0.0))
    return difference / max(float(np.max(np.abs(expected), initial=0.0)), 1e-30)
