"""Formulas that are right nearly everywhere, or at all points that are usually drawn.

Signs, roots, one-hot targets, digits, inequalities: never *holds*, at any seed. The true formula
beside each of them does hold.
"""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import pytest

from symbolic_bptt.checking.laboratory import Laboratory
from symbolic_bptt.checking.verdict import Instance
from symbolic_bptt.evaluation.domains.field import FieldDomain
from symbolic_bptt.evaluation.instance import draw_point
from tests.forgers.models import ANY_FUNCTION, ONE_HOT, RELU, SCALAR, VECTOR, holds, last, model

SEEDS = range(3)


def relus(*arguments: str) -> str:
    return " ".join(rf"\operatorname{{relu}}({one})" for one in arguments)


SIX = ("x_1", "x_2", "x_3", "y_1", "y_2", "y_3")
BEFORE = r"\frac{\partial E}{\partial u} = \sum_t \frac{\partial E}{\partial h_t}"

FALSE_SIGNS = [
    *(f"{relus(*SIX[:k])} = 0" for k in (1, 2, 3, 6)),
    f"E = E + {relus('x_1', 'x_2', 'h_0')}",
    rf"{relus('x_1 + x_2')} = {relus('x_1')} + {relus('x_2')}",
    rf"{relus('w x_t')} = w {relus('x_t')}",
    rf"{relus('-2 x_t')} = -2 {relus('x_t')}",
    r"\max(-1000000, x_t) = x_t",
    r"|x_t + 10^9| = x_t + 10^9",
    r"\mathbb 1[x_t > -10^6] = 1",
    r"\max(x_t, y_t) = x_t",
    r"\min(x_t, y_t) + \max(x_t, y_t) = 2 x_t",
    r"\mathbb 1[x_t > 0] \mathbb 1[y_t > 0] = \mathbb 1[x_t y_t > 0]",
    r"|x_t y_t| = |x_t| y_t",
    r"\operatorname{sign}(x_t) = 1",
    r"\operatorname{relu}(h_t - 10^5) = 0",
    f"{BEFORE} x_t",
    rf"{BEFORE} \mathbb 1[x_t > 0] x_t",
]

TRUE_SIGNS = [
    (f"{relus('x_t', '-x_t')} = 0", "exact"),
    (rf"{relus('x_t')} - {relus('-x_t')} = x_t", "every T"),
    (rf"{relus('w^2 x_t')} = w^2 {relus('x_t')}", "every T"),
    (rf"{relus('2 x_t')} = 2 {relus('x_t')}", "every T"),
    (rf"{relus('x_t')}^2 = x_t {relus('x_t')}", "exact"),
    (r"\max(x_t, y_t) + \min(x_t, y_t) = x_t + y_t", "every T"),
    (r"\max(x_t, y_t) = \frac12 (x_t + y_t + |x_t - y_t|)", "every T"),
    (r"\operatorname{sign}(x_t)^2 = 1", "exact"),
    (rf"{BEFORE} \mathbb 1[h_t > 0] x_t", "every T"),
]

FALSE_ROOTS = [
    r"\sqrt{x_t^2} = x_t",
    r"\sqrt{4 x_t^2} = 2 x_t",
    r"\sqrt{x_1^2 x_2^2 x_3^2} = x_1 x_2 x_3",
    r"\sqrt{x_1^6} = x_1^3",
    r"\exp(\frac12 \log(x_t^2)) = x_t",
    r"\sqrt{x_t^2} + \sqrt{y_t^2} = \sqrt{(x_t + y_t)^2}",
    r"\sqrt{x_t^2 + 1} = x_t + 1",
    r"\log(x_t^2) = 2 \log(x_t)",
]

TRUE_ROOTS = [
    (r"\sqrt{x_t^2} = |x_t|", "every T"),
    (r"\sqrt{4 x_t^2} = 2 |x_t|", "every T"),
    (r"\sqrt{x_t^4} = x_t^2", "exact"),
    (r"\sqrt{e^{2 x_t}} = e^{x_t}", "every T"),
]


@pytest.mark.parametrize("formula", [*FALSE_SIGNS, *FALSE_ROOTS])
def test_what_is_wrong_in_some_signs_never_holds(formula: str) -> None:
    assert not any(holds(RELU, formula, seed=seed) for seed in SEEDS)


@pytest.mark.parametrize(("formula", "kind"), [*TRUE_SIGNS, *TRUE_ROOTS])
def test_what_is_right_in_all_signs_holds(formula: str, kind: str) -> None:
    assert {holds(RELU, formula, seed=seed) for seed in SEEDS} == {kind}


FAR_AWAY = [
    r"\max(-1000000, x_t) = x_t",
    r"|x_t + 10^9| = x_t + 10^9",
    r"\mathbb 1[x_t > -10^6] = 1",
]


@pytest.mark.parametrize("formula", FAR_AWAY)
def test_a_kink_far_from_every_usual_point_is_found(formula: str) -> None:
    """A point is sought at which the signs are those that tell the sides apart."""
    found = last(RELU, formula)
    assert found.verdict == "fails"


# Targets

FALSE_TARGETS = [
    "y_{t,1} = 0",
    "y_{1,1} y_{2,2} = 0",
    "y_{1,1} y_{2,2} y_{3,3} = 0",
    "E = E + y_{1,1} y_{2,2} y_{3,3}",
    "y_{t,1} + y_{t,2} = 1",
    "y_{t,1} y_{t,2} = y_{t,3}",
    r"y_t^\top y_{t-1} = 0",
    r"\frac{\partial E}{\partial v} = \sum_t (p_t - y_t) h_t + y_{1,1} y_{2,2} v",
]

TRUE_TARGETS = [
    ("y_{t,1} y_{t,2} = 0", "exact"),
    ("y_{t,1}^2 = y_{t,1}", "exact"),
    (r"\sum_k y_{t,k} = 1", "every T"),
    (r"\frac{\partial E}{\partial v} = \sum_t (p_t - y_t) h_t", "every T"),
]


@pytest.mark.parametrize("formula", FALSE_TARGETS)
def test_what_is_wrong_for_some_targets_never_holds(formula: str) -> None:
    assert not any(holds(ONE_HOT, formula, seed=seed) for seed in range(6))


@pytest.mark.parametrize(("formula", "kind"), TRUE_TARGETS)
def test_what_is_right_for_all_targets_holds(formula: str, kind: str) -> None:
    assert holds(ONE_HOT, formula) == kind


@pytest.mark.parametrize("count", [1, 2, 3])
def test_targets_on_their_hull_hide_a_difference_as_rarely_as_the_field_says(count: int) -> None:
    """∏_j y_{j,3}: 0 at one vertex with chance 1 − 3^{−k}, on the hull with at most k/(p − 1)."""
    graph = Laboratory(model(ONE_HOT)).prepared(Instance(3, {})).graph
    seeds, accepted, bound = 3000, 0, Fraction(0)
    for seed in range(seeds):
        field = FieldDomain(seed, prime=101)
        drawn = draw_point(graph, field, seed, "sums to one")
        difference = field.element(1)
        for step in range(1, count + 1):
            difference = difference * drawn["y", step][2, 0]
        accepted += not difference
        bound = max(bound, field.error_chances([difference])[0])
    rate = accepted / seeds
    assert rate <= bound + 4 * sqrt(bound / seeds)
    assert bound <= 10 * rate


# Digits

CLOSE = [
    "x_t = (1 + 10^{-200}) x_t",
    r"\exp(x_t) = \exp(x_t) + 10^{-300}",
    r"\tanh(x_t) = \tanh(x_t + 10^{-400})",
    r"\sin(10^{-9} x_t) = 10^{-9} x_t",
    "2^{127} w = w",
    "170141183460469231731687303715884105727 w = 0",
    r"\tanh(x_t) = x_t - \frac13 x_t^3",
    r"(1 + 10^{-30}) E = E",
]


@pytest.mark.parametrize("formula", CLOSE)
def test_a_difference_is_never_overruled_by_digits(formula: str) -> None:
    assert not any(holds(SCALAR, formula, seed=seed) for seed in SEEDS)


def test_agreement_in_digits_is_said_to_be_that_alone() -> None:
    found = last(SCALAR, r"w \sqrt{3 + 2 \sqrt 2} = w + w \sqrt 2")
    assert found.verdict == "undecided"
    assert found.evidence is not None
    assert found.evidence.kind == "numeric"


@pytest.mark.parametrize(
    "formula",
    [
        "f''''''(h_t) = 0",
        "f(x_t) = f(x_t + 10^{-50})",
        "f'(x_t) = 1 - f(x_t)^2",
        "f(2 x_t) = 2 f(x_t)",
    ],
)
def test_nothing_is_known_of_a_function_that_nobody_chose(formula: str) -> None:
    assert not any(holds(ANY_FUNCTION, formula, seed=seed) for seed in SEEDS)


# Inequalities

FALSE_BOUNDS = [
    *(rf"w \le {10**k}" for k in (0, 3, 9)),
    *(rf"h_t^2 > 10^{{-{k}}}" for k in (1, 9, 30)),
    *(rf"h_t < 1 - 10^{{-{k}}}" for k in (1, 9)),
    "E < 20",
    r"\exp(x_t) > 10^{-12}",
    r"x_t^2 + 1 > 1",
    r"x_t \ne w",
    r"|x_t| \le 10^{12}",
    r"\sigma(x_t) < 1 - 10^{-12}",
]

TRUE_BOUNDS = [
    "h_t < 1",
    r"h_t^2 \le 1",
    r"x_t^2 + 1 \ge 1",
    r"\exp(x_t) > 0",
    r"\sigma(x_t) < 1",
    "x_t^2 > -10^{-30}",
]


@pytest.mark.parametrize("formula", FALSE_BOUNDS)
def test_an_inequality_is_not_shown_by_points(formula: str) -> None:
    assert not any(holds(SCALAR, formula, seed=seed) for seed in range(2))


@pytest.mark.parametrize("formula", TRUE_BOUNDS)
def test_an_inequality_that_bounds_show_holds(formula: str) -> None:
    assert holds(SCALAR, formula) == "exact"


# Readings: no reading makes a false line true

WRONG_SHAPES = [
    r"\frac{\partial h_t}{\partial h_{t-1}} = W \operatorname{diag}(1 - h_t^2)",
    r"\frac{\partial h_t}{\partial h_{t-1}} = \operatorname{diag}(1 - h_t^2) W^\top",
    r"\frac{\partial E_t}{\partial h_{t-1}} = W (y_t \odot (1 - h_t^2))",
    r"\frac{\partial E}{\partial W} = \prod_t \frac{\partial E_t}{\partial W}",
    r"E = \prod_t E_t",
    r"W h_t = W^\top h_t",
    r"h_t y_t^\top = y_t h_t^\top",
    r"\frac{\partial E_t}{\partial W} = \prod_{k=1}^t \frac{\partial^+ E_t}{\partial W}",
]

RIGHT_SHAPES = [
    r"\frac{\partial h_t}{\partial h_{t-1}} = \operatorname{diag}(1 - h_t^2) W",
    r"\frac{\partial E_t}{\partial h_{t-1}} = W^\top (y_t \odot (1 - h_t^2))",
    r"\frac{\partial E}{\partial W} = \sum_t \frac{\partial E_t}{\partial W}",
    r"E = \sum_t E_t",
    r"h_t^\top W^\top = (W h_t)^\top",
    r"y_t^\top h_t = h_t^\top y_t",
]


@pytest.mark.parametrize("formula", WRONG_SHAPES)
def test_no_reading_makes_a_product_of_a_sum_or_drops_a_transpose(formula: str) -> None:
    assert not any(holds(VECTOR, formula, seed=seed) for seed in range(2))


@pytest.mark.parametrize("formula", RIGHT_SHAPES)
def test_the_line_without_the_slip_holds(formula: str) -> None:
    assert holds(VECTOR, formula) == "every T"
