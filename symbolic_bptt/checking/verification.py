"""`verify`: four gradients of the loss side by side, and the exact verdict on the closed form.

For each parameter: SymPy's derivative, lambdified; the closed form in matrix notation, evaluated by
NumPy; central differences; the complex step. The closed form and the formulas shipped with the
model are also decided exactly, like any claim: the deriver is never its own witness. Where a model
has no closed form, SymPy's derivative is held against the differences and the complex step alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..derivation.closed_form import ClosedForm, closed_form
from ..derivation.errors import NoRuleError
from ..derivation.numerical import central_differences, complex_step, summands
from ..derivation.numpy_gradient import Gradient, numpy_gradient
from ..derivation.staged import Point
from ..evaluation.budget import LINE_LIMIT, Budget
from ..evaluation.errors import EvaluationError
from ..evaluation.evaluator import evaluate
from ..evaluation.value import resolve
from ..model.model import Model
from ..model.settle import settle, with_functions
from ..notation.displays import read_text
from ..notation.errors import Problem
from ..notation.printer.latex import latex
from ..notation.printer.text import text
from ..notation.source import Source
from ..notation.tree import Expr, Statement, Symbol
from .binding import Line
from .claims import Judged, judge
from .comparison import Claim
from .definitions import Definitions, as_definition
from .degenerate import degenerate_parameters
from .environment import ClaimEnvironment
from .evidence import evidence
from .laboratory import Laboratory, close_laboratory, open_laboratory
from .relative import relative_error
from .reports import VERDICT_OF
from .sheet import Posed, Sheet, examined
from .shield import shielded
from .verdict import Evidence, Instance, Verdict

TOLERANCE = 1e-9
"""Largest relative difference in float64 between two right gradients of so small an instance."""

DIFFERENCE_TOLERANCE = 1e-5
"""The same for central differences, whose own error is about 1e-9."""

STEPS_OF_A_LINE = 100
"""For every so many steps that are asked for, a closed form may take the work of a line more."""

POINTS = 8
"""Points that are drawn until no gradient is 0 altogether."""


@dataclass(frozen=True)
class Row:
    """One formula: relative errors in float64 against SymPy's gradient, and the exact verdict.

    `wrt` is the parameter (in a shipped formula, its left side in LaTeX), `quantity` its tree.
    `formula` is `derived`, or the line of the formula file that ships with the model; `none` where
    the model has no closed form. `max_relative_error` is that of the formula; errors are None for
    what is not the derivative of the loss by a parameter or has no value, and infinite where one
    of the numbers is not finite.
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

    @property
    def every_size(self) -> bool:
        """Whether it is proved at every size as well."""
        return self.evidence is not None and self.evidence.every_size


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
    why = ""
    if form is None:
        try:
            form = closed_form(model)
        except NoRuleError as problem:
            why = str(problem)
    laboratory = open_laboratory(model, seed)
    instance = laboratory.instance(T)
    numeric = _Numeric.of(model, instance, seed)
    if form is None:
        rows = [_row_without_form(name, numeric, why) for name in model.parameters]
    else:
        definitions = _definitions(form.definitions)
        claims = {name: _claim(form.gradients[name]) for name in model.parameters}
        bench = laboratory.keyed(definitions.text, *map(repr, claims.values()))  # they share points
        rows = [
            _row(name, claim, definitions, form, numeric, bench, T)
            for name, claim in claims.items()
        ]
    rows += _shipped(laboratory)
    degenerate = degenerate_parameters(laboratory)
    close_laboratory(laboratory)
    return Verification(model, T, seed, instance.sizes, degenerate, tuple(rows))


@dataclass(frozen=True)
class _Numeric:
    """The float64 instance: undetermined functions settled, and three gradients there.

    `summands` are the sums of the absolute values of what is added up to each gradient.
    """

    laboratory: Laboratory
    point: Point
    settled: Mapping[str, str]
    sympy: Mapping[str, Any]
    differences: Mapping[str, Any]
    complex: Mapping[str, Any]
    summands: Mapping[str, Any]

    @classmethod
    def of(cls, model: Model, instance: Instance, seed: int) -> _Numeric:
        defaults = {name: one.default for name, one in model.functions.items() if one.default}
        laboratory = Laboratory(settle(model, defaults), seed)
        gradient = numpy_gradient(laboratory.model, instance.T, instance.sizes)
        at, sympy = _alive(laboratory, instance, gradient)
        differences, steps = central_differences(at, seed), complex_step(at, seed)
        return cls(laboratory, at, defaults, sympy, differences, steps, summands(at))

    def error(self, name: str, found: Any) -> float:
        """The relative error of a gradient by one parameter against SymPy's."""
        return relative_error(found, self.sympy[name], self.summands[name])

    def witnesses(self, name: str) -> tuple[float, float]:
        """The relative errors of the central differences and of the complex step."""
        return self.error(name, self.differences[name]), self.error(name, self.complex[name])


def _alive(
    laboratory: Laboratory, instance: Instance, gradient: Gradient
) -> tuple[Point, Mapping[str, Any]]:
    """A point with as few gradients that are 0 as can be had: units that are off show nothing."""
    best, failure = None, None
    for trial in range(POINTS):
        try:
            at = laboratory.float_point(instance, trial)
        except EvaluationError as error:
            failure = error
            continue
        found = gradient({node.key: at.values[node.key] for node in at.graph.given})
        if best is None or _zeros(found) < _zeros(best[1]):
            best = at, found
        if not _zeros(best[1]):
            break
    if best is None:
        assert failure is not None
        raise failure
    return best


def _zeros(gradients: Mapping[str, Any]) -> int:
    return sum(not np.any(gradient) for gradient in gradients.values())


def _definitions(statements: Iterable[Statement]) -> Definitions:
    definitions = Definitions()
    for statement in statements:
        made = as_definition(statement.operands[0], statement.operands[1], statement.ranges, 0)
        if made is not None:
            definitions.add(made)
    return definitions


def _claim(statement: Statement) -> Claim:
    return Claim(statement.operands[0], "=", statement.operands[1], statement.ranges)


def _row(
    name: str,
    claim: Claim,
    definitions: Definitions,
    form: ClosedForm,
    numeric: _Numeric,
    laboratory: Laboratory,
    count: int,
) -> Row:
    work = Budget(LINE_LIMIT * (1 + count // STEPS_OF_A_LINE))
    judged = judge(laboratory, definitions, claim, also=(count,), budget=work)
    proof = evidence(laboratory, definitions, judged)
    verdict, message = VERDICT_OF[judged.finding.outcome], ""
    differences, step = numeric.witnesses(name)
    error: float | None = None
    try:
        error = numeric.error(name, _closed_value(claim, form, numeric, name))
    except EvaluationError as problem:
        message = problem.message
    if verdict == "holds":
        verdict, message = _against_numbers(error, differences, step, message)
    if verdict != "holds" and not message:
        message = f"{text(claim.left)} is not {text(claim.right)}"
    return Row(name, Symbol(name), "derived", verdict, error, differences, step, proof, message)


def _row_without_form(name: str, numeric: _Numeric, why: str) -> Row:
    """SymPy's gradient against the two witnesses that know nothing of derivatives."""
    differences, step = numeric.witnesses(name)
    verdict, message = _against_numbers(0.0, differences, step, "")
    if verdict == "holds":
        verdict, message = (
            "undecided",
            f"no closed form; SymPy's derivative agrees with NumPy: {why}",
        )
    return Row(name, Symbol(name), "none", verdict, None, differences, step, None, message)


def _against_numbers(
    error: float | None, differences: float, step: float, message: str
) -> tuple[Verdict, str]:
    """What float64 leaves of `holds`: a number that is missing or not finite settles nothing."""
    if error is None:
        return "undecided", message
    if not np.isfinite([error, differences, step]).all():
        return "undecided", "a gradient is not finite in float64"
    if error > TOLERANCE:
        return "fails", "float64 disagrees with the exact verdict"
    if step > TOLERANCE:
        return "fails", "the complex step disagrees"
    if differences > DIFFERENCE_TOLERANCE:
        return "fails", "central differences disagree"
    return "holds", ""


def _shipped(laboratory: Laboratory) -> list[Row]:
    """The formulas of the model's source, claims like any others, at the lengths that suit them."""
    model = laboratory.model
    if not model.formulas:
        return []
    text = read_text(Source(model.formulas, f"{model.name}.formulas.tex"), "tex")
    sheet = examined(laboratory, text)
    unread = [(line, problem) for line in sheet.bound.lines for problem in line.problems]
    return [
        *(_unread_row(model, line, problem) for line, problem in unread),
        *(_shipped_row(sheet, posed, judged) for posed, judged in sheet.results),
    ]


def _unread_row(model: Model, line: Line, problem: Problem) -> Row:
    verdict: Verdict = "undecided" if problem.kind == "limit" else "unreadable"
    return _exact_row(Symbol(model.loss), line, verdict, None, str(problem))


def _shipped_row(sheet: Sheet, posed: Posed, judged: Judged) -> Row:
    def proved() -> Row:
        proof = evidence(sheet.bench, posed.definitions or sheet.bound.definitions, judged)
        verdict = VERDICT_OF[judged.finding.outcome]
        message = "" if verdict == "holds" else posed.line.formula.latex
        return _exact_row(posed.claim.left, posed.line, verdict, proof, message)

    return shielded(
        proved,
        lambda error: _exact_row(posed.claim.left, posed.line, "undecided", None, error.message),
    )


def _exact_row(
    left: Expr, line: Line, verdict: Verdict, proof: Evidence | None, message: str
) -> Row:
    """A formula that ships with the model: decided exactly, and not held against float64."""
    return Row(
        latex(left),
        left,
        f"line {line.formula.line}",
        verdict,
        None,
        None,
        None,
        proof,
        message,
    )


def _closed_value(claim: Claim, form: ClosedForm, numeric: _Numeric, name: str) -> Any:
    """The right side of the closed form by NumPy, with the functions settled as they are there."""
    at = numeric.point
    definitions = _definitions(
        replace(one, operands=tuple(with_functions(x, numeric.settled) for x in one.operands))
        for one in form.definitions
    )
    environment = ClaimEnvironment(at, definitions, numeric.laboratory.blocks)
    shape = at.graph.nodes[(name, None)].shape
    value = evaluate(with_functions(claim.right, numeric.settled), environment)
    return resolve(at.domain, value, shape).array
