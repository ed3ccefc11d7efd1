r"""Indices side by side: `\hat y_{ti}` is `\hat y_{t,i}`, `W_{1k}` is `W_{1,k}`, `2t` a product."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.names.types import Declared
from tests.notation.names.documents import ELMAN, document, understood


@pytest.mark.parametrize(
    ("text", "item", "read"),
    [
        ("W_{1k} = W_{2k}", "W_{1k}", "W (1, k)"),
        ("W_{3k} = W_{2j}", "W_{2j}", "W (2, j)"),
        ("V_{i1} = V_{i2}", "V_{i1}", "V (i, 1)"),
        (r"\sum_q V_{q1} = 0", "V_{q1}", "V (q, 1)"),
        ("W_{1p} x_{t,p} = 0", "W_{1p}", "W (1, p)"),
        ("s_{1k} = s_k", "s_{1k}", "s [k] (1)"),
    ],
)
def test_a_digit_and_a_letter(text: str, item: str, read: str) -> None:
    assert understood(document(text), item) == read


@pytest.mark.parametrize(
    ("text", "item", "read"),
    [
        (r"\hat y_{ti} = s_{tj}", r"\hat y_{ti}", r"\hat y [t] (i)"),
        (r"\hat y_{kt} = s_{jt}", r"\hat y_{kt}", r"\hat y [t] (k)"),
        (r"\sum_q U_{iq} x_{tq} = 0", "x_{tq}", "x [t] (q)"),
        (r"\hat y_{t1} = s_{t2}", "s_{t2}", "s [t] (2)"),
        (r"\delta_{ti} = s_{ti}", r"\delta_{ti}", r"\delta [t] (i)"),
    ],
)
def test_a_step_and_an_entry(text: str, item: str, read: str) -> None:
    assert understood(document(text), item) == read


@pytest.mark.parametrize(
    ("text", "item", "read"),
    [
        ("s_{2t} = x_{2t}", "s_{2t}", "s [2t]"),  # nothing else is written so: a product
        ("s_{2t} = x_{1t}", "s_{2t}", "s [t] (2)"),  # nobody writes 1t for t
        (r"s_{2t} = \hat y_{ti}", "s_{2t}", "s [t] (2)"),
        ("E_{2t} = E_t", "E_{2t}", "E [2t]"),  # a number has no entries
        ("W_{h1} = W", "W_{h1}", "W_{h1}"),  # h is no index: a name
        ("W_{12} = W_{21}", "W_{12}", "W (1, 2)"),
        ("W_{in} = V", "W_{in}", "W_{in}"),
        (r"\delta_{ij} = 1", r"\delta_{ij}", r"\delta (i, j)"),
        (r"\delta_{at} = E", r"\delta_{at}", r"\delta_{at}"),
    ],
)
def test_what_stays_together(text: str, item: str, read: str) -> None:
    assert understood(document(text), item) == read


def test_a_script_is_the_same_in_every_line() -> None:
    sign = document("U_{1q} x_{t,q} = 0\nU_{1q} = 3")
    assert understood(sign, "U_{1q}", 1) == "U (1, q)"


FOUR = (*ELMAN, Declared("p", 0, 4, "variable"))
RTRL = r"%s = \delta_{ki} s_{t-1,j} + \sum_l W_{kl} %s"


@pytest.mark.parametrize("declared", [ELMAN, FOUR], ids=["new", "known"])
@pytest.mark.parametrize(
    "name",
    ["p^{k}_{ij}(t)", "p_{ij}^{k}(t)", "p^k_{ij,t}", "p_{ijk}^t", "p_{t,i,j,k}"],
)
def test_many_indices_have_one_order(declared: tuple[Declared, ...], name: str) -> None:
    sign = document(RTRL % (name, name.replace("k", "l")), declared)
    assert understood(sign, name) == "p [t, i, j, k]"
    assert understood(sign, name.replace("k", "l")) == "p [t, i, j, l]"
