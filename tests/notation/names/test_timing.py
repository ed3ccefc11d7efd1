r"""Which script is the step: k of `h_i^{(k)}`, from the whole line, with any letter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from symbolic_bptt.notation.names.types import Declared
from tests.notation.names.documents import ELMAN, document, understood

PAREN = tuple(replace(one, layout="paren") if one.indices else one for one in ELMAN)
ABOVE = tuple(replace(one, layout="bare") if one.indices else one for one in ELMAN)
TIED = r"\frac{\partial s_{i,k}}{\partial s_{j,k-1}} = W_{ij}"


@pytest.mark.parametrize(
    ("text", "item", "read"),
    [
        (TIED, "s_{i,k}", "s [k] (i)"),  # k is shifted, i stands below a matrix
        (TIED.replace("k", "q"), "s_{i,q}", "s [q] (i)"),
        (r"\sum_r W_{pr} s_{r,k-1} = x_{p,k}", "x_{p,k}", "x [k] (p)"),
        (r"\sum_r W_{pr} s^{k-1}_r = x^k_p", "x^k_p", "x [k] (p)"),
        (r"\sum_r W_{pr} s_r^{(k-1)} = x_p^{(k)}", "x_p^{(k)}", "x [k] (p)"),
        (r"V_{ij} = \hat y_i^{(k)} s_j^{(k)}", r"\hat y_i^{(k)}", r"\hat y [k] (i)"),
        (r"V_{ij} = \hat y_i^{(1)} s_j^{(1)}", "s_j^{(1)}", "s [1] (j)"),
        (r"V_{ij} = \hat y_{i,2} s_{j,2}", "s_{j,2}", "s [2] (j)"),
        (r"V_{ij} = \hat y_i(k) s_j(k)", "s_j(k)", "s [k] (j)"),
        (r"\hat y^k = V s^k", "s^k", "s [k]"),
        (r"E = \sum_{k=1}^T E^k", "E^k", "E [k]"),
        (r"E = \sum_{k=1}^T E(k)", "E(k)", "E [k]"),
        (r"E = \sum_{i=1}^K \hat y_{i,k}", r"\hat y_{i,k}", r"\hat y [k] (i)"),
        (r"E = \sum_{k=1}^K \hat y_{t,k}", r"\hat y_{t,k}", r"\hat y [t] (k)"),
    ],
)
def test_the_step_of_a_line(text: str, item: str, read: str) -> None:
    assert understood(document(text), item) == read


@pytest.mark.parametrize(
    ("declared", "text", "item", "read"),
    [
        (PAREN, r"s_2^{(3)} = x_2^{(3)}", "s_2^{(3)}", "s [3] (2)"),
        (PAREN, r"s_i^{(k)} = x_i^{(k)}", "x_i^{(k)}", "x [k] (i)"),
        (PAREN, r"\delta_i^{(k)} = x_i^{(k)}", r"\delta_i^{(k)}", r"\delta [k] (i)"),
        (ABOVE, "s^1 = x^0", "x^0", "x [0]"),
        (ABOVE, "s_2^3 = x_2^3", "s_2^3", "s [3] (2)"),
        (ELMAN, "s_1 = x_1^2", "x_1^2", "x [1] power 2"),
    ],
)
def test_the_layout_of_the_model(
    declared: tuple[Declared, ...], text: str, item: str, read: str
) -> None:
    assert understood(document(text, declared), item) == read


@pytest.mark.parametrize(
    ("text", "item", "read"),
    [
        ("s_t^{k} = 0", "s_t^{k}", "s^{k} [t]"),
        ("W^{k-1} s_k = 0", "W^{k-1}", "W power k-1"),
        (r"E = \sum_{k=1}^T \gamma^k E_k", r"\gamma^k", r"\gamma power k"),
        ("s_t = s_{t-1}^2", "s_{t-1}^2", "s [t-1] power 2"),
    ],
)
def test_a_power_stays_one(text: str, item: str, read: str) -> None:
    assert understood(document(text), item) == read
