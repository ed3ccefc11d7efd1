"""The Python interface: a few names, results that a notebook shows as formulas."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from symbolic_bptt import Derivation, Model, derive, load_model, verify


def test_the_whole_path() -> None:
    model = load_model("elman")
    derivation = derive(model, T=3)
    assert isinstance(model, Model)
    assert isinstance(derivation, Derivation)
    assert [str(partial.shape) for partial in derivation.partials] == ["n x m", "n x n", "K x n"]
    rows = verify(model, T=3, seed=0).rows
    assert {row.verdict for row in rows} == {"holds"}


def test_a_notebook_shows_formulas() -> None:
    derivation = derive(load_model("elman"), T=3, wrt=["W"])
    for result in (derivation, derivation.partials[0]):
        shown = result._repr_latex_()
        assert shown.startswith("$$")
        assert shown.rstrip().endswith("$$")
        assert r"\frac{\partial E}{\partial W}" in shown
        assert r"\begin{align" in shown
    assert r"\tanh" in derivation.model._repr_latex_()


def test_results_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        load_model("elman").loss = "F"


def test_bad_input_raises_typed_errors() -> None:
    with pytest.raises(ValueError, match="elman"):
        load_model("elmann")
    with pytest.raises(ValueError, match="Q"):
        derive(load_model("elman"), T=3, wrt=["Q"])


def test_unknown_names_are_attribute_errors() -> None:
    import symbolic_bptt

    with pytest.raises(AttributeError, match="nosuch"):
        symbolic_bptt.nosuch  # noqa: B018
