"""A name that stands alone: which script is its step, and what is part of the name."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symbolic_bptt.notation.errors import NotationError
from symbolic_bptt.notation.names.key import key_of
from symbolic_bptt.notation.tree import Add, Expr, Layout, Neg, Number, Symbol

T = Symbol("t")
ONE = Number(Fraction(1))


@pytest.mark.parametrize(
    ("key", "name", "indices", "layout"),
    [
        ("W_{hh}", "W_{hh}", (), "sub"),
        ("W_hh", "W_{hh}", (), "sub"),
        (r"W_{\mathrm{hh}}", "W_{hh}", (), "sub"),
        ("x_t", "x", (T,), "sub"),
        ("h^{(t)}", "h", (T,), "paren"),
        ("h^{(0)}", "h", (Number(Fraction(0)),), "paren"),
        ("s_{t-1}", "s", (Add((T, Neg(ONE))),), "sub"),
        ("s_{-1}", "s", (Neg(ONE),), "sub"),
        ("g_{T+1}", "g", (Add((Symbol("T"), ONE)),), "sub"),
        ("b^t", "b", (T,), "bare"),
        ("b^0", "b^0", (), "sub"),
        (r"\gamma_{f,t}", r"\gamma_f", (T,), "sub"),
        ("k_t^{(1)}", "k^{(1)}", (T,), "sub"),
        ("h_{t,j}", "h", (T, Symbol("j")), "sub"),
        (r"\mathcal{L}", r"\mathcal L", (), "sub"),
        (r"\hat{\mathbf y}_t", r"\hat y", (T,), "sub"),
        ("dh_{raw}", "dh_{raw}", (), "sub"),
        (r"d\gamma_{o,t}", r"d\gamma_o", (T,), "sub"),
        ("V'", "V'", (), "sub"),
    ],
)
def test_a_key_is_a_name_with_its_step(
    key: str, name: str, indices: tuple[Expr, ...], layout: Layout
) -> None:
    assert key_of(key) == Symbol(name, indices, layout)


def test_a_parameter_has_no_step() -> None:
    assert key_of(r"\beta_1", indexed=False) == Symbol(r"\beta_1")


def test_of_two_numbers_the_step_is_the_one_without_which_the_name_is_known() -> None:
    two = Number(Fraction(2))
    assert key_of("h^{(2)}_1", known={"h_1"}) == Symbol("h_1", (two,), "paren")
    assert key_of("h_2^{(1)}", known={"h^{(1)}"}) == Symbol("h^{(1)}", (two,))


@pytest.mark.parametrize("key", ["", "3", "x + y", "W^T", "W^{-1}", "(", "a b", "x_{2t}", "1"])
def test_what_is_no_name_is_refused(key: str) -> None:
    with pytest.raises(NotationError):
        key_of(key)
