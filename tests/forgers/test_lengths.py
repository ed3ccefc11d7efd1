"""Formulas that are right up to a number of steps: no length is missed, whatever it is hidden in.

Nothing is left to chance here. Each family says from how many steps on it is false, and has the
true formula beside it, which is proved for every number of steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest

from tests.forgers.models import RECTANGLE, SCALAR, VECTOR, holds, last


@dataclass(frozen=True)
class Forged:
    """The last lines are false and true; the lines before them define names."""

    false: tuple[str, ...]
    true: tuple[str, ...]
    model: str = SCALAR


def forged(false: str, true: str, model: str = SCALAR) -> Forged:
    return Forged((false,), (true,), model)


LOCAL = r"\frac{\partial^+ h_k}{\partial w}"
ABOVE = r"\frac{\partial E}{\partial h_t}"
GRADIENT = r"\frac{\partial E}{\partial w}"
JACOBIAN = r"\frac{\partial h_t}{\partial h_k}"
SUM = r"\sum_t x_t"


def gradient(first: str, between: str = JACOBIAN) -> str:
    return rf"{GRADIENT} = \sum_{{t=1}}^T \sum_{{k={first}}}^t y_t {between} {LOCAL}"


def chain(first: str) -> str:
    return rf"(\prod_{{j={first}}}^t w (1 - h_j^2))"


def truncated(c: int) -> list[Forged]:
    return [
        forged(rf"{SUM} = \sum_{{t=\max(1,T-{c})}}^T x_t", rf"{SUM} = \sum_{{t=1}}^T x_t"),
        forged(gradient(rf"\max(1,t-{c})"), gradient("1")),
        forged(gradient("1", chain(rf"\max(k+1,t-{c})")), gradient("1", chain("k+1"))),
    ]


def polynomial(c: int) -> list[Forged]:
    in_T = "".join(f"(T-{i})" for i in range(1, c + 1))
    in_t = in_T.replace("T", "t")
    total = rf"\sum_t {ABOVE} \frac{{\partial^+ h_t}}{{\partial w}}"
    return [
        forged(f"w {in_T} = 0", f"w {in_T} - {in_T} w = 0"),
        forged(f"x_t = (1 + {in_t}) x_t", f"x_t + {in_t} x_t = (1 + {in_t}) x_t"),
        forged(f"{GRADIENT} = (1 + {in_T}) {total}", f"{GRADIENT} = {total}"),
    ]


def indicator(c: int) -> list[Forged]:
    far = rf"\sum_t \sum_k \mathbb 1[k > t + {c}] x_t y_k"
    return [
        forged(
            rf"\sum_t x_t \mathbb 1[t \le {c}] = {SUM}", rf"\sum_t x_t \mathbb 1[t \le T] = {SUM}"
        ),
        forged(rf"\mathbb 1[T > {c}] x_t = 0", r"\mathbb 1[T > 0] x_t = x_t"),
        forged(
            rf"\sum_t \mathbb 1[t > {c}] \mathbb 1[t < T - {c}] x_t = 0",
            rf"\sum_t \mathbb 1[t > 0] \mathbb 1[t \le T] x_t = {SUM}",
        ),
        forged(f"{far} = 0", rf"{far} = \sum_t \sum_{{k=t+{c + 1}}}^T x_t y_k"),
        forged(rf"\sum_t \delta_{{t,{c}}} x_t = 0", rf"\sum_t \sum_k \delta_{{t,k}} x_k = {SUM}"),
        forged(
            rf"\sum_t \mathbb 1[t > 3 \cdot {c}] x_t = 0",
            rf"\sum_t \mathbb 1[t > 3 \cdot {c}] x_t = \sum_{{t=3 \cdot {c}+1}}^T x_t",
        ),
    ]


def empty(c: int) -> list[Forged]:
    inner, doubled = rf"{{t={c}}}^{{T-{c}}}", rf"\sum_t \sum_{{k=t+{c}}}^T x_t y_k"
    return [
        forged(rf"\sum_{{t={c}}}^T x_t = 0", r"\sum_{t=T+1}^T x_t = 0"),
        forged(rf"\sum_{inner} x_t = 0", rf"2 \sum_{inner} x_t = \sum_{inner} (x_t + x_t)"),
        forged(rf"\prod_{{t={c}}}^T 2 = 1", r"\prod_{t=T+1}^T 2 = 1"),
        forged(rf"\prod_{inner} 2 = 1", r"\prod_t 2 = 2 \prod_{t=2}^T 2"),
        forged(f"{doubled} = 0", rf"{doubled} = \sum_k \sum_{{t=1}}^{{k-{c}}} x_t y_k"),
        forged(rf"\sum_{{t=3 \cdot {c}}}^T x_t = 0", rf"\sum_{{t=3-2}}^T x_t = {SUM}"),
        forged(rf"\sum_{{t=2^{{{c // 2}}}}}^T x_t = 0", rf"\sum_{{t=2^0}}^T x_t = {SUM}"),
        forged(rf"\sum_{{t={c}+{c}}}^T x_t = 0", rf"\sum_{{t=2-1}}^T x_t = {SUM}"),
    ]


def cases(name: str, first: str, condition: str, other: str) -> str:
    body = rf"{first} & {condition} \\ {other} & \text{{otherwise}}"
    return rf"{name}_t = \begin{{cases}} {body} \end{{cases}}"


def defined(c: int) -> list[Forged]:
    early, late = rf"t \le {c}", r"t \le T - 4"
    recursion = r"d_t = y_t + w (1 - h_{t+1}^2) d_{t+1}"
    return [
        Forged(
            (cases("a", "x_t", early, "0"), rf"\sum_t a_t = {SUM}"),
            (cases("a", "x_t", early, "1 x_t"), rf"\sum_t a_t = {SUM}"),
        ),
        Forged(
            (cases("a", "0", early, "x_t"), cases("b", "a_t", late, "0"), r"\sum_t b_t = 0"),
            (
                *(cases("a", "0", early, "x_t"), cases("b", "a_t", late, "0")),
                rf"\sum_t b_t = \sum_{{t={c + 1}}}^{{T-4}} x_t",
            ),
        ),
        Forged(
            ("d_T = y_T", rf"{recursion} \mathbb 1[t > T - {c}], t < T", f"{ABOVE} = d_t"),
            ("d_T = y_T", rf"{recursion} \mathbb 1[t > 0], t < T", f"{ABOVE} = d_t"),
        ),
    ]


def nested(depth: int) -> list[Forged]:
    """Σ over t > k > l > …, which is empty below so many steps."""
    letters = "tklji"[:depth]
    sums = "".join(rf"\sum_{{{inner}=1}}^{{{outer}-1}} " for outer, inner in pairwise(letters))
    terms = " ".join(f"x_{letter}" for letter in letters)
    whole = rf"\sum_t {sums}"
    return [forged(f"{whole} {terms} = 0", f"{whole} (w - w) {terms} = 0")]


def counted(c: int) -> list[Forged]:
    """Steps added up, which no literal betrays."""
    steps, fewer = " + ".join(["t"] * c), " - ".join(["T", *["t"] * c])
    return [
        forged(rf"\sum_t \mathbb 1[{steps} < T] x_t = 0", r"\sum_t \mathbb 1[T < t] x_t = 0"),
        forged(rf"\sum_t \delta_{{{steps},T}} x_t = 0", r"\sum_t \delta_{t,T} x_t = x_T"),
        forged(
            rf"\sum_t \sum_{{k=1}}^{{{fewer}}} x_k = 0",
            rf"\sum_t \sum_{{k=1}}^T x_k = T {SUM}",
        ),
        forged(
            rf"\sum_t \sum_{{k={c} t}}^T x_k = 0",
            r"\sum_t \sum_{k=t}^T x_k = \sum_k k x_k",
        ),
    ]


def as_long_as_wide(c: int) -> list[Forged]:
    """Sizes in the place of steps; a literal entry makes them large."""
    entry = f"0 h_{{1,{c}}}"
    late = r"\sum_{t=n+1}^T h_{t,1}"
    return [
        forged(r"\sum_{t=n+n+n}^T h_t = 0", r"\sum_{t=n}^T h_t = \sum_{k=n}^T h_k", VECTOR),
        forged(f"{late} = {entry}", f"{late} - {late} = {entry}", VECTOR),
        forged(r"\sum_{t=n+m}^T h_t = 0", r"\sum_{t=T+1}^T h_t = 0", RECTANGLE),
        forged(
            rf"\sum_t \mathbb 1[t > n] h_{{t,1}} = {entry}",
            rf"\sum_t \mathbb 1[t > n] h_{{t,1}} = {late} + {entry}",
            VECTOR,
        ),
    ]


DELAYED = r"""
loss = "E"
equations = '''
a_t = %s
b_t = %s
c_t = %s
d_t = %s
e_t = %s
f_t = %s
E = \sum_t w f_t y_t
'''
[parameters]
w = "scalar"
[inputs]
x_t = "scalar"
y_t = "scalar"
[initial]
x_0 = "scalar, zero"
a_0 = "scalar, zero"
b_0 = "scalar, zero"
c_0 = "scalar, zero"
d_0 = "scalar, zero"
e_0 = "scalar, zero"
"""


def delayed(through: str) -> str:
    """A chain of states that are 0 until an input arrives."""
    return DELAYED % tuple(through % f"{name}_{{t-1}}" for name in "xabcde")


BURNT_IN = SCALAR.replace(r"\sum_t h", r"\sum_{t=7}^T h")

HIDDEN_IN_THE_MODEL = [
    *(
        forged(f"{claim} = 0", f"{claim} = {claim}", delayed(through))
        for through in ("%s", r"\tanh(%s)")
        for claim in ("f_t", GRADIENT, r"\sum_t y_t f_t")
    ),
    *(
        forged(f"{claim} = 0", f"{claim} + {claim} = 2 {claim}", BURNT_IN)
        for claim in ("E", GRADIENT, ABOVE)
    ),
]

FAMILIES = [
    *(one for c in (4, 7) for one in truncated(c)),
    *(one for c in (4, 6) for one in polynomial(c)),
    *(one for c in (5, 9) for one in indicator(c)),
    *(one for c in (6, 10) for one in empty(c)),
    *(one for c in (5, 8) for one in defined(c)),
    *(one for depth in (2, 3, 4) for one in nested(depth)),
    *(one for c in (3, 6) for one in counted(c)),
    *as_long_as_wide(6),
    *HIDDEN_IN_THE_MODEL,
]


@pytest.mark.parametrize("one", [*FAMILIES, *nested(5)], ids=lambda one: one.false[-1])
def test_what_is_right_up_to_some_length_never_holds(one: Forged) -> None:
    for seed in (0, 1):
        assert not holds(one.model, *one.false, seed=seed)


@pytest.mark.parametrize("one", FAMILIES, ids=lambda one: one.true[-1])
def test_its_true_neighbour_holds_for_every_length(one: Forged) -> None:
    assert holds(one.model, *one.true) == "every T"


def test_what_is_not_proved_for_every_length_says_how_far_it_was_looked_at() -> None:
    """Without a dimension the lengths go beyond every literal, offset and bound."""
    inside, bound = r"\sum_k \mathbb 1[k > t + 9] x_k", r"\sum_{k=t+10}^T x_k"
    found = last(SCALAR, rf"\sum_t \tanh({inside}) = \sum_t \tanh({bound})")
    assert found.verdict == "holds"
    assert found.evidence is not None
    assert found.evidence.kind == "exact"
    assert max(instance.T for instance in found.evidence.instances) > 11
    assert "tanh" in found.evidence.reason


@pytest.mark.parametrize("c", [4, 9])
def test_without_a_dimension_too_no_literal_is_missed(c: int) -> None:
    whole = rf"\sum_t \tanh(\sum_{{k=\max(1,t-{c})}}^t x_k)"
    assert not holds(SCALAR, rf"{whole} = \sum_t \tanh(\sum_{{k=1}}^t x_k)")
    assert holds(SCALAR, rf"{whole} = {whole}")
