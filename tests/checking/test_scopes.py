"""How far Σ and Π reach, what stands for a diagonal, what is a power: each reading and its limits.

Every right formula here stands beside neighbours that are wrong by a factor, a sign, a transpose or
an index, and that no reading may save.
"""

from __future__ import annotations

from functools import cache

import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.checking.verdict import CheckedClaim
from symbolic_bptt.model import Model, load_model
from symbolic_bptt.model.loader import model_from_source
from symbolic_bptt.notation.source import Source

MEAN = r"""
title = "regularised, mean"
loss = "E"
equations = '''
z_t = U x_t + W s_{t-1}
s_t = \tanh(z_t)
E_t = \frac12 \| V s_t - y_t \|^2
E = \frac1T \sum_{t=1}^{T} E_t + \frac{\lambda}{2} \| W \|_F^2
'''
[parameters]
U = "n x m"
W = "n x n"
V = "K x n"
'\lambda' = "scalar"
[inputs]
x_t = "m"
y_t = "K"
[initial]
s_0 = "n"
"""

LINEAR = r"""
title = "autonomous, linear"
loss = "L"
equations = '''
h_t = W h_{t-1}
L = \frac12 \| h_T - y \|^2
'''
[parameters]
W = "n x n"
[inputs]
y = "n"
[initial]
h_0 = "n"
"""

OWN = {"mean": MEAN, "linear": LINEAR}


@cache
def model(name: str) -> Model:
    own = OWN.get(name)
    return load_model(name) if own is None else model_from_source(Source(own, name), name)


def claim(name: str, formula: str) -> CheckedClaim:
    (found,) = check_text(model(name), f"$${formula}$$\n", ".md").claims
    return found


BEHIND_A_SUM = (
    r"\frac{\partial E}{\partial W} = "
    r"\sum_t (\frac{\partial E}{\partial s_t} \odot (1-s_t^2)) s_{t-1}^\top"
)
FLOW = (
    r"\frac{\partial E_t}{\partial W} = \sum_{k=1}^t \frac{\partial E_t}{\partial s_t}"
    r"\prod_{j=%s}^{%s}%s\frac{\partial^+ s_%s}{\partial W}"
)
STEP = r"\frac{\partial s_j}{\partial s_{j-1}}"

BOTH_SUMS = (
    r"\frac{\partial E}{\partial W} = \sum_{k=1}^T\sum_{t=k}^T \frac{\partial E_t}{\partial s_t}"
    r"\left(\prod_{j=%s}^{%s}" + STEP + r"\right)\frac{\partial^+ s_k}{\partial W}"
)
ALONG = r"\frac{\partial s_t}{\partial s_k} = \prod_{%s}^{%s}"
BACK = r"\frac{\partial g_t}{\partial g_i} = \prod_{j=%s}^{%s}\frac{\partial g_j}{\partial g_{j+1}}"
OFFSET = r"\frac{\partial s_{k+i}}{\partial s_{k+i-1}}"
DIAGONAL_STEP = r"\operatorname{diag}(1-s_{t-i}^2) W"

JACOBIAN = r"\frac{\partial s_t}{\partial s_{t-1}} = "
AS_DIAGONAL = "vector behind a matrix as diag"
POWER = "^T as the power T"

SAME = r"\frac{\partial s_{t,k}}{\partial s_{t,j}} = "
BY_BIAS = (
    r"\frac{\partial a_i^{(t)}}{\partial b_j} = %s"
    r" + \sum_k W_{%s} \frac{\partial h_k^{(t-1)}}{\partial b_j}"
)

HOLDS = [
    *(
        ("elman", SAME + one, ())
        for one in (
            r"\mathbb{1}_{k=j}",
            r"\mathbf 1_{\{k = j\}}",
            r"\mathbb I(k = j)",
            r"\mathbb{1}\{k = j\}",
            r"1_{[k=j]}",
            r"[k = j]",
            r"1 - \mathbb{1}_{k \ne j}",
        )
    ),
    ("elman-bias", BY_BIAS % (r"\mathbb 1[i = j]", "ik"), ()),
    ("elman-bias", BY_BIAS % (r"\mathbb{1}_{i=j}", "ik"), ()),
    ("elman", JACOBIAN + r"W^\top (1 - s_t^2)", (AS_DIAGONAL,)),
    ("elman", JACOBIAN + r"W^\top \cdot (1 - s_t^2)", (AS_DIAGONAL,)),
    ("elman", JACOBIAN + r"-W^\top (s_t^2 - 1)", (AS_DIAGONAL,)),
    ("elman", JACOBIAN + r"W^\top \tanh'(U x_t + W s_{t-1})", (AS_DIAGONAL,)),
    ("elman", JACOBIAN + r"(1 - s_t^2) W", ("vector beside a matrix as diag",)),
    ("mean", r"\frac{\partial z_t}{\partial z_{t-1}} = W (1 - s_{t-1}^2)", (AS_DIAGONAL,)),
    ("mean", r"\frac{\partial E_t}{\partial z_t} = (1 - s_t^2) \odot V^\top (V s_t - y_t)", ()),
    ("elman-row", r"\frac{\partial h_t}{\partial a_t} = 1 - h_t^2", ("vector beside a matrix",)),
    ("linear", r"h_T = W^T h_0", (POWER,)),
    ("linear", r"\frac{\partial h_T}{\partial h_0} = W^T", (POWER,)),
    ("linear", r"\frac{\partial L}{\partial h_0} = (W^\top)^T (h_T - y)", (POWER,)),
    ("linear", r"\frac{\partial L}{\partial h_{T-1}} = W^T (h_T - y)", ()),
    ("elman", BOTH_SUMS % ("t", "k+1"), ()),
    ("elman", BOTH_SUMS % ("k+1", "t"), ("factors in descending order",)),
    ("elman", ALONG % ("i=0", "t-k-1") + DIAGONAL_STEP, ()),
    ("elman", ALONG % ("i=1", "t-k") + OFFSET, ()),
    ("elman", ALONG % ("j=k+1", "t") + STEP + r", \quad t \ge k", ()),
    ("elman", ALONG % ("j=k+1", "t") + STEP + r", \quad k \ge 1", ()),
    ("elman", ALONG % ("j=t", "k+1") + STEP + r", \quad t > k", ()),
    ("elman", r"\frac{\partial E_k}{\partial s_t} = 0, \quad 1 \le k < t \le T", ()),
    ("bidirectional", BACK % ("t", "i-1"), ()),
    ("mean", BEHIND_A_SUM + r" + \lambda W", ()),
    (
        "elman",
        r"\frac{\partial E}{\partial V} = \sum_t \hat y_t s_t^\top - y_t s_t^\top",
        ("the sum reaches to the end",),
    ),
    ("elman", r"2 E = \sum_t 2 E_t + E_t - E", ("the sum reaches to the end",)),
    ("elman", FLOW % ("k+1", "t", STEP, "k"), ("the product ends with its last factor",)),
    (
        "elman",
        FLOW % ("k+1", "t", r"\operatorname{diag}(1-s_j^2) W", "k"),
        ("the product ends one factor further on",),
    ),
    (
        "linear",
        r"\frac{\partial L}{\partial h_0} = \prod_{t=1}^T W^\top (h_T - y)",
        ("the product ends one factor further on",),
    ),
]

REFUSED = [
    ("elman", SAME + r"\mathbb{1}_{k \ne j}"),
    ("elman", SAME + r"2 \cdot \mathbb{1}_{k=j}"),
    ("elman", SAME + r"\mathbb I(k \le j)"),
    ("elman-bias", BY_BIAS % (r"\mathbb 1[i = j]", "ki")),
    ("elman-bias", BY_BIAS % (r"\mathbb 1[i \ne j]", "ik")),
    ("elman", JACOBIAN + r"W (1 - s_t^2)"),
    ("elman", JACOBIAN + r"W^\top (1 + s_t^2)"),
    ("elman", JACOBIAN + r"W^\top (s_t^2 - 1)"),
    ("elman", JACOBIAN + r"W^\top (1 - s_{t-1}^2)"),
    ("elman", JACOBIAN + r"(1 - s_t^2) W^\top"),
    ("elman", JACOBIAN + r"2 W^\top (1 - s_t^2)"),
    ("mean", r"\frac{\partial z_t}{\partial z_{t-1}} = W (1 - s_t^2)"),
    ("mean", r"\frac{\partial z_t}{\partial z_{t-1}} = W^\top (1 - s_t^2)"),
    ("elman", r"\frac{\partial E}{\partial W} = W^\top (1 - s_T^2)"),
    ("elman-row", r"\frac{\partial h_t}{\partial a_t} = 1 - h_{t-1}^2"),
    ("elman-row", r"\frac{\partial h_t}{\partial a_t} = 1 + h_t^2"),
    ("elman", r"\frac{\partial s_t}{\partial s_t} = s_t^\top"),
    ("linear", r"h_T = W^\top h_0"),
    ("linear", r"h_T = W^T h_1"),
    ("linear", r"h_T = W^{T-1} h_0"),
    ("linear", r"h_{T-1} = W^T h_0"),
    ("linear", r"\frac{\partial h_T}{\partial h_{T-1}} = W^T W"),
    ("linear", r"\frac{\partial L}{\partial h_0} = W^T (h_T - y)"),
    ("linear", r"h_T = W^T h_{T-1}"),
    ("linear", r"h_T = W^T h_{T-1}, \quad T = 1"),
    ("elman", r"s_T = \tanh(U x_T + W^T s_{T-1})"),
    ("elman", BOTH_SUMS % ("t", "k")),
    ("elman", BOTH_SUMS % ("t-1", "k+1")),
    ("elman", BOTH_SUMS % ("t", "k+2")),
    ("elman", ALONG % ("i=0", "t-k") + DIAGONAL_STEP),
    ("elman", ALONG % ("i=0", "t-k-2") + DIAGONAL_STEP),
    ("elman", ALONG % ("i=2", "t-k") + OFFSET),
    ("elman", ALONG % ("j=k", "t") + STEP + r", \quad t \ge k"),
    ("elman", ALONG % ("j=t", "k-1") + STEP),
    ("elman", r"\frac{\partial E_k}{\partial s_t} = 0, \quad k \le t"),
    ("bidirectional", BACK % ("t", "i")),
    ("bidirectional", BACK % ("t+1", "i-1")),
    ("mean", BEHIND_A_SUM + r" + \frac{\lambda}{T} W"),
    ("mean", BEHIND_A_SUM + r" - \lambda W"),
    ("mean", r"E = \sum_t \frac1T E_t + \frac{\lambda}{2T} \|W\|_F^2"),
    ("elman", r"\frac{\partial E}{\partial V} = \sum_t \hat y_t s_t^\top + y_t s_t^\top"),
    ("elman", r"2 E = \sum_t 2 E_t + E_t - \frac1T E"),
    ("elman", FLOW % ("k", "t", STEP, "k")),
    ("elman", FLOW % ("k+1", "t", STEP, "t")),
    ("elman", FLOW % ("k+1", "t-1", STEP, "k")),
    ("elman", FLOW % ("k+1", "t", r"W \operatorname{diag}(1-s_j^2)", "k")),
    ("linear", r"\frac{\partial L}{\partial h_0} = \prod_{t=1}^T W (h_T - y)"),
    ("linear", r"\frac{\partial L}{\partial h_0} = \prod_{t=2}^T W^\top (h_T - y)"),
]


@pytest.mark.parametrize(("name", "formula", "named"), HOLDS)
def test_a_right_formula_holds_and_its_reading_is_named(
    name: str, formula: str, named: tuple[str, ...]
) -> None:
    found = claim(name, formula)
    assert found.verdict == "holds", found
    for words in named:
        assert any(one.startswith(words) for one in found.reading), found.reading


@pytest.mark.parametrize(("name", "formula"), REFUSED)
def test_no_reading_saves_a_wrong_neighbour(name: str, formula: str) -> None:
    assert claim(name, formula).verdict in ("fails", "ill-shaped")


FITTING = [
    r"(1 \times n) = (1 \times n) \times (n \times n)",
    r"(l \times n) = (l \times 1) \times (1 \times n)",
    r"(n \times 1) = (n \times n)(n \times 1) + (n \times m)(m \times 1)",
]

NUMBERS = [
    r"(1 \times n) = (1 \times m) \times (n \times n)",
    r"(1 \times n) = (1 \times n) \times (n \times n) + (n \times n)",
    r"(2 \times 3) = (2 \times 4)",
    r"(n \times m) = (m \times m)",
]


@pytest.mark.parametrize("note", FITTING)
def test_how_shapes_fit_is_a_note_and_hides_no_claim(note: str) -> None:
    found = check_text(model("elman"), f"$${note}$$\n\n$$E = 2 E$$\n", ".md")
    assert [one.verdict for one in found.claims] == ["fails"]
    assert found.displays.read == 2


@pytest.mark.parametrize("formula", NUMBERS)
def test_what_does_not_fit_as_shapes_is_said_of_numbers(formula: str) -> None:
    assert claim("elman", formula).verdict == "fails"
