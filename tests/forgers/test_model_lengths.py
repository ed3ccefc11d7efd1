"""Models that behave in their first or last steps otherwise than later: no length is missed."""

from __future__ import annotations

import pytest

from tests.forgers.models import SCALAR, VECTOR, holds, last

STATE = r"h_t = \tanh(w h_{t-1} + u x_t)"


def scalar(more: str, initial: str = "") -> str:
    """The scalar model with further equations, and what they begin at."""
    return SCALAR.replace(STATE, f"{STATE}\n{more}") + initial


def vector(more: str) -> str:
    return VECTOR.replace("E_t =", f"{more}\nE_t =")


FROM_ZERO = 'p_0 = "scalar, zero"\n'
COUNT = "p_t = p_{t-1} + 1\n"
TURNING = "\n".join(
    f"{name}_t = \\tanh(w {name}_{{t-{lag}}})" for name, lag in (("a", 2), ("b", 3), ("c", 5))
)
BEGUN = "".join(
    f'"{name}_{{{step}}}" = "scalar{"" if step == 0 else ", zero"}"\n'
    for name, lag in (("a", 2), ("b", 3), ("c", 5))
    for step in range(1 - lag, 1)
)

LATE = [
    (scalar(r"q_t = h_t + \sum_{k=1}^{t-9} h_t x_k"), "q_t = h_t"),
    (scalar(r"q_t = h_t + \sum_{k=t+9}^{T} h_t"), "q_t = h_t"),
    (scalar("r_t = \\sum_{k=1}^{t-4} x_k\nq_t = h_t + \\sum_{k=1}^{t-4} h_t r_k^2"), "q_t = h_t"),
    (vector(r"q_t = h_t + \mathbb 1[t > n + n + n + n] h_t"), "q_t = h_t"),
    (vector(r"q_t = h_t + \sum_{k=n \cdot n}^{t} h_t"), "q_t = h_t"),
    (
        scalar(COUNT + "q_t = h_t + (p_t - 1)(p_t - 2)(p_t - 3)(p_t - 4) h_t", FROM_ZERO),
        "q_t = h_t",
    ),
    (scalar("q_t = h_t + (t - 1)(t - 2)(t - 3)(t - 4)(t - 5) h_t"), "q_t = h_t"),
    (
        scalar("p_t = 2 - \\exp(\\log(p_{t-1} + 1))\nq_t = h_t + p_t h_t - h_t", FROM_ZERO),
        "p_t = 1",
    ),
    (scalar(TURNING, BEGUN), "a_t b_t c_t = 0"),
]


@pytest.mark.parametrize(("model", "formula"), LATE)
def test_what_a_model_does_late_is_never_missed(model: str, formula: str) -> None:
    """Guards: what equations reach adds up, at these sizes; what counts is no letter."""
    assert holds(model, formula) != "every T"
    assert "every" not in holds(model, formula, seed=1)


ENTRIES_BY_STEPS = [
    r"\sum_{i=1}^{t-9} W_{ii} = 0",
    r"h_t = h_t + \sum_{i=1}^{t-7} (h_t)_i h_t",
]


@pytest.mark.parametrize("formula", ENTRIES_BY_STEPS)
def test_a_sum_over_entries_that_ends_at_a_step_is_looked_at_beyond_it(formula: str) -> None:
    assert not holds(VECTOR, formula)


def test_a_number_spelled_out_in_definitions_does_not_vanish() -> None:
    """Guards: the points of a claim hang on the definitions that it uses."""
    from symbolic_bptt.checking.definitions import Definitions
    from symbolic_bptt.checking.guessing import unguessable
    from tests.forgers.models import laboratory

    assert last(SCALAR, "o = 1", "a = o + o", "w a = 2 w").verdict == "holds"
    known = laboratory(SCALAR, 0)
    plain, other = Definitions(), Definitions()
    from symbolic_bptt.checking.comparison import Claim
    from symbolic_bptt.checking.typed import Examination
    from symbolic_bptt.notation.displays import read_text
    from symbolic_bptt.notation.source import Source
    from symbolic_bptt.notation.tree import Symbol

    text = read_text(Source("a = 1\nb = a + a\n", "f.txt"), "txt")
    other = Examination(known, text).bound.definitions
    claim = Claim(Symbol("b"), "=", Symbol("w"), ())
    assert unguessable(known, plain, claim) is known
    assert unguessable(known, other, claim).content != known.content
