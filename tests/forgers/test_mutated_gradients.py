"""Gradients of random models are proved for every T; with one slip anywhere they never hold.

A slip that changes nothing is told by float64: at three random points, over one to six steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from symbolic_bptt.checking.claims import judge
from symbolic_bptt.checking.comparison import Claim
from symbolic_bptt.checking.decide import Trial
from symbolic_bptt.checking.definitions import Definitions, as_definition
from symbolic_bptt.checking.evidence import evidence
from symbolic_bptt.checking.laboratory import Laboratory
from symbolic_bptt.checking.verdict import Instance
from symbolic_bptt.derivation.closed_form import closed_form
from symbolic_bptt.evaluation.errors import EvaluationError
from symbolic_bptt.model.loader import model_from_source
from symbolic_bptt.model.model import Model
from symbolic_bptt.notation.source import Source
from symbolic_bptt.notation.tree import (
    Add,
    BigOperator,
    Expr,
    Neg,
    Number,
    Operation,
    Power,
    Product,
    Range,
    Statement,
    Symbol,
    Transpose,
)

ONE, TWO = Number(Fraction(1)), Number(Fraction(2))

TERMS = [
    "W h_{t-1}",
    r"W^\top h_{t-1}",
    "x_t",
    "b",
    r"b \odot h_{t-1}",
    r"x_t \odot h_{t-1}",
    r"\tanh(W h_{t-1})",
    r"\sigma(b) \odot (W x_t)",
    "a h_{t-1}",
    r"h_{t-1} (x_t^\top b)",
    r"\operatorname{relu}(W h_{t-1})",
]

STATES = {
    "tanh": [r"h_t = \tanh(%s)"],
    "sigmoid": [r"h_t = \sigma(%s)"],
    "leaky": [r"h_t = a h_{t-1} + (1 - a) \tanh(%s)"],
    "gated": [r"f_t = \sigma(W x_t + b)", r"h_t = f_t \odot h_{t-1} + \tanh(%s)"],
}

LOSSES = [
    r"y_t^\top h_t",
    r"\frac12 (h_t - y_t)^\top (h_t - y_t)",
    r"-y_t^\top \log \operatorname{softmax}(h_t)",
]

TOTALS = [r"E = \sum_{t=1}^{T} E_t", r"E = \frac1T \sum_{t=1}^{T} E_t", r"E = E_T"]


def written(state: str, terms: tuple[str, ...], loss: str, total: str) -> str:
    lines = [line % " + ".join(terms) if "%s" in line else line for line in STATES[state]]
    equations = "\n".join([*lines, f"E_t = {loss}", total])
    return (
        f"loss = \"E\"\nequations = '''\n{equations}\n'''\n"
        '[parameters]\nW = "n x n"\nb = "n"\na = "scalar"\n'
        '[inputs]\nx_t = "n"\ny_t = "n"\n[initial]\nh_0 = "n"\n'
    )


models = st.builds(
    written,
    st.sampled_from(sorted(STATES)),
    st.lists(st.sampled_from(TERMS), min_size=1, max_size=3, unique=True).map(tuple),
    st.sampled_from(LOSSES),
    st.sampled_from(TOTALS),
)


@dataclass(frozen=True)
class Gradient:
    """The closed form by one parameter: definitions, and the statement that uses them."""

    model: Model
    definitions: tuple[Statement, ...]
    statement: Statement

    @property
    def bound(self) -> Definitions:
        found = Definitions()
        for one in self.definitions:
            made = as_definition(one.operands[0], one.operands[1], one.ranges, 0)
            assert made is not None
            found.add(made)
        return found

    @property
    def claim(self) -> Claim:
        left, right = self.statement.operands
        return Claim(left, "=", right, self.statement.ranges)

    def slips(self) -> list[Gradient]:
        """The same with one slip: in the gradient, or in what it is written in."""
        found = [
            replace(self, statement=changed) for changed in _changed_statements(self.statement)
        ]
        for place, one in enumerate(self.definitions):
            for changed in _changed_statements(one):
                others = (*self.definitions[:place], changed, *self.definitions[place + 1 :])
                found.append(replace(self, definitions=others))
        return found


def gradient_of(text: str, parameter: str) -> Gradient:
    model = model_from_source(Source(text, "model.toml"), "model")
    form = closed_form(model)
    return Gradient(model, form.definitions, form.gradients[parameter])


def _changed_statements(statement: Statement) -> Iterator[Statement]:
    left, right = statement.operands
    for changed in slips(right):
        yield replace(statement, operands=(left, changed))


def slips(expr: Expr) -> Iterator[Expr]:
    """The expression with one slip somewhere."""
    yield Neg(expr)
    yield Product((TWO, expr))
    match expr:
        case Add(terms=terms):
            yield from _one_less(terms, Add)
            for place, term in enumerate(terms):
                for changed in slips(term):
                    yield Add((*terms[:place], changed, *terms[place + 1 :]))
        case Product(factors=factors):
            yield from _one_less(factors, Product)
            for place, factor in enumerate(factors):
                for changed in (*slips(factor), Transpose(factor)):
                    yield Product((*factors[:place], changed, *factors[place + 1 :]))
        case Operation(left=left, right=right):
            yield left
            yield right
            yield from (replace(expr, left=changed) for changed in slips(left))
            yield from (replace(expr, right=changed) for changed in slips(right))
        case Neg(operand=inner) | Transpose(operand=inner):
            yield inner
            yield from (replace(expr, operand=changed) for changed in slips(inner))
        case Power(base=base, exponent=Number()):
            yield base
        case Symbol(indices=(index,)):
            for by in (ONE, Neg(ONE)):
                yield replace(expr, indices=(_added(index, by),))
        case BigOperator(ranges=(span,), body=body):
            yield from (replace(expr, ranges=(cut,)) for cut in _cuts(span))
            yield from (replace(expr, body=changed) for changed in slips(body))


def _one_less(parts: tuple[Expr, ...], kind: type[Add] | type[Product]) -> Iterator[Expr]:
    for place in range(len(parts)):
        rest = (*parts[:place], *parts[place + 1 :])
        yield rest[0] if len(rest) == 1 else kind(rest)


def _added(index: Expr, by: Expr) -> Expr:
    return Add((*index.terms, by)) if isinstance(index, Add) else Add((index, by))


def _cuts(span: Range) -> Iterator[Range]:
    if span.lower is not None:
        yield replace(span, lower=_added(span.lower, ONE))
    if span.upper is not None:
        yield replace(span, upper=_added(span.upper, Neg(ONE)))
        yield replace(span, lower=_added(span.upper, Neg(Number(Fraction(4)))))


def verdict(one: Gradient) -> tuple[str, str]:
    """What comes out, and the kind of evidence."""
    laboratory = Laboratory(one.model)
    judged = judge(laboratory, one.bound, one.claim)
    proof = evidence(laboratory, one.bound, judged)
    return judged.finding.outcome, "" if proof is None else proof.kind


def equal_in_floats(one: Gradient) -> bool:
    """Whether both sides agree to nine digits wherever they are looked at."""
    laboratory = Laboratory(one.model)
    trial = Trial(laboratory, one.bound, one.claim, short=6)
    for count in range(1, 7):
        for point in range(3):
            at = laboratory.float_point(Instance(count, {"n": 3}), point)
            try:
                places = trial.places(at)
            except EvaluationError:
                return False
            for place in places:
                left, right = place.left.astype(float), place.right.astype(float)
                if not np.allclose(left, right, rtol=1e-9, atol=1e-9):
                    return False
    return True


@settings(max_examples=12)
@given(models, st.sampled_from(["W", "b", "a"]))
def test_the_derived_gradient_is_proved_for_every_number_of_steps(text: str, name: str) -> None:
    one = gradient_of(text, name)
    assert verdict(one) == ("equal", "every T")
    assert equal_in_floats(one)


@settings(max_examples=60)
@given(models, st.sampled_from(["W", "b", "a"]), st.integers(0, 10**6))
def test_with_one_slip_it_holds_only_if_floats_agree(text: str, name: str, choice: int) -> None:
    whole = gradient_of(text, name)
    found = whole.slips()
    assume(found)
    slip = found[choice % len(found)]
    outcome, _ = verdict(slip)
    assert outcome != "equal" or equal_in_floats(slip)


@pytest.mark.parametrize("name", ["W", "b", "a"])
def test_slips_that_change_nothing_are_few(name: str) -> None:
    """Nearly all slips in one gradient are real, so that the test above says something."""
    terms = ("W h_{t-1}", "b", "a h_{t-1}")
    one = gradient_of(written("tanh", terms, LOSSES[0], TOTALS[0]), name)
    harmless = [slip for slip in one.slips() if equal_in_floats(slip)]
    assert len(harmless) <= len(one.slips()) // 5
