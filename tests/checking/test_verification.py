"""`verify`: right closed forms are green in every column, broken ones are red."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from symbolic_bptt.checking.relative import relative_error
from symbolic_bptt.checking.verification import Verification, verify
from symbolic_bptt.derivation.closed_form import closed_form
from symbolic_bptt.model import Model, library_names, load_model
from symbolic_bptt.notation.tree import Expr, Neg, Number, Symbol, Transpose, map_children
from tests.derivation.witness import model_of


@pytest.mark.parametrize("name", library_names())
def test_every_library_model_is_green(name: str) -> None:
    found = verify(load_model(name), 3)
    assert {row.verdict for row in found.rows} == {"holds"}
    derived = [row for row in found.rows if row.formula == "derived"]
    assert [row.wrt for row in derived] == list(found.model.parameters)
    assert all((row.max_relative_error or 0) < 1e-9 for row in derived)
    assert all((row.complex_step or 0) < 1e-9 for row in derived)
    assert all((row.finite_difference or 0) < 1e-5 for row in derived)
    if not found.degenerate:
        assert all(row.every_T for row in derived)


def test_the_formulas_shipped_with_a_model_are_verified_too() -> None:
    found = verify(load_model("elman-bias"), 3)
    shipped = [row for row in found.rows if row.formula != "derived"]
    assert len(shipped) == 9
    assert {row.verdict for row in shipped} == {"holds"}


def broken(model: Model, change: object) -> Verification:
    form = closed_form(model)
    changed = tuple(
        replace(one, operands=(one.operands[0], change(one.operands[1])))  # type: ignore[operator]
        for one in form.definitions
    )
    return verify(model, 3, form=replace(form, definitions=changed))


def without_transposes(expr: Expr) -> Expr:
    if isinstance(expr, Transpose) and expr.operand == Symbol("W"):
        return expr.operand
    return map_children(expr, without_transposes)


def later(expr: Expr) -> Expr:
    """Every step one too late."""
    if isinstance(expr, Symbol) and expr.name == "\\hat y":
        return replace(expr, indices=(Symbol("t"),))
    return map_children(expr, later)


@pytest.mark.parametrize("change", [without_transposes, Neg, later])
def test_a_broken_closed_form_is_red(change: object) -> None:
    found = broken(load_model("elman"), change)
    verdicts = {row.wrt: row.verdict for row in found.rows if row.formula == "derived"}
    assert verdicts["W"] != "holds"
    assert verdicts["U"] != "holds"
    assert verdicts["V"] == "holds"


def test_a_broken_gradient_is_red_in_its_row_alone() -> None:
    model = load_model("elman-bias")
    form = closed_form(model)
    wrong = replace(
        form.gradients["b"], operands=(form.gradients["b"].operands[0], Number(Fraction(0)))
    )
    found = verify(model, 3, form=replace(form, gradients={**form.gradients, "b": wrong}))
    assert {row.wrt for row in found.rows if row.verdict != "holds"} == {"b"}


def test_the_instance_is_sound() -> None:
    found = verify(load_model("elman"), 4)
    assert len(set(found.sizes.values())) == len(found.sizes)
    assert found.sizes["K"] >= 3


def test_entries_left_out_do_not_count() -> None:
    found = np.ma.array([1.0, 9.0], mask=[False, True])
    assert relative_error(found, np.array([1.0, 5.0]), np.ones(2)) == 0.0


@pytest.mark.parametrize("broken_number", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("place", ["found", "expected"])
def test_what_is_not_finite_is_an_error_and_never_none(broken_number: float, place: str) -> None:
    right, wrong = np.array([1.0, 5.0]), np.array([1.0, broken_number])
    pair = (wrong, right) if place == "found" else (right, wrong)
    assert relative_error(*pair, np.ones(2)) == np.inf


def test_rounding_errors_of_summands_that_cancel_are_relative_to_the_summands() -> None:
    zero, rounding = np.zeros(1), np.array([2.0**-52])
    assert relative_error(rounding, zero, np.ones(1)) < 1e-9
    assert relative_error(np.array([1e-9]), zero, np.ones(1)) > 1e-9
    assert relative_error(rounding, zero, zero) > 1


def averaged(gate: str) -> Model:
    """h_t is the mean of the inputs, weighted by a gate: a common factor of the gate cancels."""
    return model_from(
        f"i_t = {gate}",
        r"c_t = c_{t-1} + i_t x_t",
        r"n_t = n_{t-1} + i_t",
        r"h_t = c_t / n_t",
        r"L = \sum_t \frac12 \|h_t - y_t\|^2",
    )


def model_from(*equations: str) -> Model:
    return model_of(
        "loss = 'L'\nequations = '''\n"
        + "\n".join(equations)
        + "'''\n[parameters]\nw = 'm'\nb = 'scalar'\n[inputs]\nx_t = 'm'\ny_t = 'm'\n"
        + "[initial]\nc_0 = 'm, zero'\nn_0 = 'scalar, zero'\n"
    )


@pytest.mark.parametrize("seed", range(4))
def test_a_gradient_that_is_zero_because_its_summands_cancel_holds(seed: int) -> None:
    found = verify(averaged(r"\exp(w^\top x_t + b)"), 3, seed=seed)
    assert found.degenerate == ("b",)
    assert {row.verdict for row in found.rows} == {"holds"}


def test_a_wrong_zero_is_red_beside_summands_that_do_not_cancel() -> None:
    model = averaged(r"\exp(w^\top x_t) + b^2")
    form = closed_form(model)
    wrong = replace(
        form.gradients["b"], operands=(form.gradients["b"].operands[0], Number(Fraction(0)))
    )
    found = verify(model, 3, form=replace(form, gradients={**form.gradients, "b": wrong}))
    assert {row.wrt for row in found.rows if row.verdict == "fails"} == {"b"}


def test_a_model_without_a_closed_form_is_checked_by_sympy_and_numpy_alone() -> None:
    found = verify(
        model_from(
            r"c_t = \begin{cases} x_t & t = 1 \\ \tanh(w \odot c_1 + b x_t) & t > 1 \end{cases}",
            r"L = \sum_t \frac12 \|c_t - y_t\|^2",
        ),
        3,
    )
    assert {row.verdict for row in found.rows} == {"undecided"}
    assert all("reads c_1" in row.message for row in found.rows)
    assert all(row.max_relative_error is None for row in found.rows)
    assert all(0 <= (row.complex_step or 0) < 1e-9 for row in found.rows)
