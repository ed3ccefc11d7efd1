"""`verify`: right closed forms are green in every column, broken ones are red."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from symbolic_bptt.checking.verification import Verification, relative_error, verify
from symbolic_bptt.derivation.closed_form import closed_form
from symbolic_bptt.model import Model, library_names, load_model
from symbolic_bptt.notation.tree import Expr, Neg, Number, Symbol, Transpose, map_children


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
    assert relative_error(np.array([1.0, np.nan]), np.array([1.0, 5.0])) == 0.0
