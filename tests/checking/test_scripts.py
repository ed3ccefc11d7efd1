r"""Which script is the step and which the entry: verdicts, each with a false twin."""

from __future__ import annotations

import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.model import load_model


def seen(model: str, *formulas: str) -> list[str]:
    text = " ".join(f"${one}$" for one in formulas)
    return [claim.verdict for claim in check_text(load_model(model), text, ".tex").claims]


@pytest.mark.parametrize(
    "false", ["W_{1k} = W_{2k}", "V_{1j} = V_{2j}", "V_{i1} = V_{i2}", "W_{1k} = W_{k1}"]
)
def test_a_digit_beside_a_letter_is_no_step_of_a_copy(false: str) -> None:
    assert seen("elman", false) == ["fails"]


@pytest.mark.parametrize("entry", ["V_{1j} = V", "s_{1k} = s_k"])
def test_an_entry_is_no_whole(entry: str) -> None:
    assert seen("elman", entry) == ["ill-shaped"]


@pytest.mark.parametrize(
    ("left", "right", "wrong"),
    [
        (
            r"\frac{\partial E}{\partial V_{2j}}",
            r"\sum_t (\hat y_{t,2}-y_{t,2})s_{t,j}",
            r"\sum_t (\hat y_{t,1}-y_{t,1})s_{t,j}",
        ),
        (
            r"\frac{\partial E_t}{\partial V_{i1}}",
            r"(\hat y_{t,i}-y_{t,i})s_{t,1}",
            r"(\hat y_{t,1}-y_{t,1})s_{t,i}",
        ),
        (
            r"\frac{\partial E_t}{\partial V_{ij}}",
            r"(\hat y_{ti} - y_{ti})s_{tj}",
            r"(\hat y_{tj} - y_{tj})s_{ti}",
        ),
        (
            r"\frac{\partial E_t}{\partial V_{kj}}",
            r"(\hat y_{kt} - y_{kt})s_{jt}",
            r"(\hat y_{jt} - y_{jt})s_{kt}",
        ),
        (
            "s_{ti}",
            r"\tanh(\sum_q U_{iq}x_{tq} + \sum_j W_{ij}s_{t-1,j})",
            r"\tanh(\sum_q U_{iq}x_{tq} + \sum_j W_{ji}s_{t-1,j})",
        ),
    ],
)
def test_indices_side_by_side(left: str, right: str, wrong: str) -> None:
    assert seen("elman", f"{left} = {right}") == ["holds"]
    assert seen("elman", f"{left} = {wrong}") == ["fails"]


BESIDE = {
    "elman-bias": [
        (
            r"\frac{\partial a_i^{(k)}}{\partial h_j^{(k-1)}}",
            "W_{ij}",
            "W_{ji}",
        ),
        ("h_2^{(3)}", r"\tanh(a_2^{(3)})", r"\tanh(a_3^{(2)})"),
        ("h_{[p]}^{(k)}", r"\tanh(a_{[p]}^{(k)})", r"\tanh(a_{[p]}^{(k-1)})"),
        (
            r"\hat y_i^{(1)}",
            r"\frac{\exp(o_i^{(1)})}{\sum_j \exp(o_j^{(1)})}",
            r"\frac{\exp(o_1^{(1)})}{\sum_j \exp(o_j^{(1)})}",
        ),
    ],
    "elman": [
        (
            r"\frac{\partial s_{i,k}}{\partial s_{j,k-1}}",
            "(1-s_{i,k}^2)W_{ij}",
            "(1-s_{j,k}^2)W_{ij}",
        ),
        (
            "s^k_p",
            r"\tanh(\sum_q U_{pq} x^k_q + \sum_r W_{pr} s^{k-1}_r)",
            r"\tanh(\sum_q U_{pq} x^k_q + \sum_r W_{pr} s^k_r)",
        ),
        (
            r"\frac{\partial E(k)}{\partial V_{ij}}",
            r"(\hat y_i(k) - y_i(k)) s_j(k)",
            r"(\hat y_j(k) - y_j(k)) s_i(k)",
        ),
        (
            r"\frac{\partial E^k}{\partial V}",
            r"(\hat y^k - y^k)(s^k)^\top",
            r"(\hat y^k + y^k)(s^k)^\top",
        ),
    ],
}


@pytest.mark.parametrize(
    ("model", "left", "right", "wrong"),
    [(model, *rows) for model, several in BESIDE.items() for rows in several],
)
def test_step_and_entry(model: str, left: str, right: str, wrong: str) -> None:
    assert seen(model, f"{left} = {right}") == ["holds"]
    assert seen(model, f"{left} = {wrong}") == ["fails"]


DELTA = r"\delta_{s_t} = \frac{\partial E}{\partial s_t}"


def test_a_label_with_a_step_in_it() -> None:
    told = r"V^\top(\hat y_{t-1}-y_{t-1}) + W^\top(\delta_{s_t}\odot(1-s_t^2))"
    assert seen("elman", DELTA, rf"\delta_{{s_{{t-1}}}} = {told}") == ["definition", "holds"]
    assert seen("elman", DELTA, rf"\delta_{{s_{{t-1}}}} = 7 {told}") == ["definition", "fails"]


def test_a_label_with_a_step_is_summed_over_it() -> None:
    total = r"\frac{\partial E}{\partial W} = \sum_k (\delta_{s_k}\odot(1-s_k^2))"
    assert seen("elman", DELTA, rf"{total} s_{{k-1}}^\top") == ["definition", "holds"]
    assert seen("elman", DELTA, rf"{total} s_k^\top") == ["definition", "fails"]


@pytest.mark.parametrize("name", ["p^k_{ij}(t)", "p^k_{ij,t}", "p_{kij}^t"])
def test_the_names_of_real_time_learning(name: str) -> None:
    before = name.replace("k", "l").replace("t", "t-1")
    if "^t-1" in before:
        before = before.replace("^t-1", "^{t-1}")
    begin = rf"{name} = \frac{{\partial s_{{t,k}}}}{{\partial W_{{ij}}}}"
    step = r"%s = (1-s_{t,k}^2)(\delta_{ki}s_{t-1,j} + \sum_l W_{%s} %s)"
    assert seen("elman", begin, step % (name, "kl", before)) == ["definition", "holds"]
    assert seen("elman", begin, step % (name, "lk", before)) == ["definition", "fails"]
