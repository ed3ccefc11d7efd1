"""Every value lies in its interval, and what is never reached is no part of it."""

from __future__ import annotations

from fractions import Fraction
from math import inf
from operator import eq, ne

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from symbolic_bptt.derivation.prepared import prepare
from symbolic_bptt.derivation.staged import gradient, point
from symbolic_bptt.evaluation.admitted import admitted
from symbolic_bptt.evaluation.algebra import inverse
from symbolic_bptt.evaluation.domains.ball import BallDomain
from symbolic_bptt.evaluation.domains.domain import Domain
from symbolic_bptt.evaluation.domains.enclosing import IntervalDomain
from symbolic_bptt.evaluation.domains.form import Form
from symbolic_bptt.evaluation.domains.images import image, softmax
from symbolic_bptt.evaluation.domains.interval import (
    EXTREME,
    KEPT,
    LONGEST,
    ONE,
    REALS,
    UNIT,
    ZERO,
    Interval,
    bounds,
    hull,
    intersection,
    maximum,
)
from symbolic_bptt.evaluation.domains.interval import point as at
from symbolic_bptt.evaluation.errors import Undecidable, UndefinedValue
from symbolic_bptt.evaluation.functions import indicator
from symbolic_bptt.evaluation.instance import draw_point
from symbolic_bptt.evaluation.structure import spectral_norm
from symbolic_bptt.evaluation.unroll import unroll
from symbolic_bptt.evaluation.value import Value, scalar
from symbolic_bptt.model import load_model
from symbolic_bptt.notation.functions import FUNCTIONS

ELEMENTARY = [name for name, f in FUNCTIONS.items() if f.elementwise]
UNARY = [*(name for name in ELEMENTARY if name not in ("max", "min")), "step"]


def open_(low: float, high: float) -> Interval:
    return Interval(*(e if abs(e) == inf else Fraction(e) for e in (low, high)), True, True)


def closed(low: float, high: float) -> Interval:
    return Interval(Fraction(low), Fraction(high))


fractions = st.fractions(-20, 20, max_denominator=12)


@st.composite
def inside(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    """An interval and a number in it."""
    number = draw(fractions)
    low, high = (draw(st.fractions(0, 3, max_denominator=6) | st.just(inf)) for _ in range(2))
    low_open = low == inf or (low > 0 and draw(st.booleans()))
    high_open = high == inf or (high > 0 and draw(st.booleans()))
    below = -inf if low == inf else number - low
    above = inf if high == inf else number + high
    return Interval(below, above, low_open, high_open), number


@given(inside(), inside(), st.integers(-3, 4))
def test_arithmetic_stays_inside(
    one: tuple[Interval, Fraction], other: tuple[Interval, Fraction], k: int
) -> None:
    (x, a), (y, b) = one, other
    assert a + b in x + y
    assert a - b in x - y
    assert a * b in x * y
    assert abs(a) in abs(x)
    assert max(a, b) in maximum(x, y)
    assert a in hull(x, y)
    assert b in hull(x, y)
    if a in y:
        assert a in intersection(x, y)
    if a or k >= 0:
        assert a**k in x**k
    if b:
        assert a / b in x / y


SHARP = [
    (UNIT * open_(-inf, 0), Interval(-inf, Fraction(0), True, False)),
    (open_(0, 1) * open_(1, inf), open_(0, inf)),
    (ZERO * REALS, ZERO),
    (closed(-1, 2) * closed(-3, 1), closed(-6, 3)),
    (open_(-1, 1) ** 2, Interval(Fraction(0), Fraction(1), False, True)),
    (closed(-2, 1) ** 3, closed(-8, 1)),
    (REALS**2, Interval(Fraction(0), inf, False, True)),
    (REALS**-2, open_(0, inf)),
    (open_(-1, 1) ** 0, ONE),
    (abs(closed(-3, 2)), closed(0, 3)),
    (abs(open_(-2, 2)), Interval(Fraction(0), Fraction(2), False, True)),
    (Interval(Fraction(-2), Fraction(2), True, False) ** 2, closed(0, 4)),
    (open_(1, inf).reciprocal(), open_(0, 1)),
    (UNIT.reciprocal(), Interval(Fraction(1), inf, False, True)),
    (closed(-2, 0).reciprocal(), Interval(-inf, Fraction(-1, 2), True, False)),
    (closed(-1, 1).reciprocal(), REALS),
    (maximum(open_(0, 2), closed(1, 2)), closed(1, 2)),
    (hull(open_(0, 1), closed(1, 2)), Interval(Fraction(0), Fraction(2), True, False)),
    (image("tanh", REALS), open_(-1, 1)),
    (image("sigmoid", REALS), open_(0, 1)),
    (image("exp", REALS), open_(0, inf)),
    (image("softplus", REALS), open_(0, inf)),
    (image("sech", REALS), Interval(Fraction(0), Fraction(1), True, False)),
    (image("cosh", REALS), Interval(Fraction(1), inf, False, True)),
    (image("log", open_(0, 1)), open_(-inf, 0)),
    (image("log", REALS), REALS),
    (image("sqrt", REALS), Interval(Fraction(0), inf, False, True)),
    (image("relu", REALS), Interval(Fraction(0), inf, False, True)),
    (image("relu", open_(-2, -1)), ZERO),
    (image("step", open_(0, 1)), ONE),
    (image("step", UNIT), UNIT),
    (image("sign", REALS), closed(-1, 1)),
    (image("min", UNIT, closed(-1, 2)), closed(-1, 1)),
    (image("exp", ZERO), ONE),
    (image("tanh", ZERO), ZERO),
    (image("sigmoid", ZERO), at(Fraction(1, 2))),
    (softmax([REALS, REALS])[1], open_(0, 1)),
    (softmax([REALS])[0], ONE),
    (softmax([ZERO, ZERO])[0], at(Fraction(1, 2))),
]


@pytest.mark.parametrize(("found", "wanted"), SHARP)
def test_ends_are_as_near_and_as_open_as_can_be(found: Interval, wanted: Interval) -> None:
    assert found == wanted


def test_nothing_is_in_no_interval() -> None:
    for nowhere in (
        lambda: ZERO.reciprocal(),
        lambda: image("log", closed(-2, 0)),
        lambda: image("sqrt", closed(-2, -1)),
        lambda: intersection(open_(0, 1), closed(1, 2)),
    ):
        with pytest.raises(UndefinedValue):
            nowhere()


@given(st.sampled_from(UNARY), inside())
def test_images_contain_the_values(name: str, drawn: tuple[Interval, Fraction]) -> None:
    interval, number = drawn
    domain = BallDomain(200)
    with domain.scope():
        try:
            value = domain.call(name, (0,), domain.number(number))
        except UndefinedValue:
            assume(False)
        low, high = bounds(value)
    found = image(name, interval)
    assert found.low <= high
    assert low <= found.high
    if value.is_exact():
        assert low in found


@given(st.lists(inside(), min_size=1, max_size=4))
def test_a_softmax_contains_its_values(logits: list[tuple[Interval, Fraction]]) -> None:
    found = softmax([interval for interval, _ in logits])
    balls = BallDomain(200)
    with balls.scope():
        vector = np.array([[balls.number(number)] for _, number in logits])
        for value, interval in zip(balls.softmax(vector).flat, found, strict=True):
            low, high = bounds(value)
            assert interval.low <= high
            assert low <= interval.high


@pytest.mark.parametrize("size", [-3 * EXTREME, -LONGEST, -7, 7, LONGEST, 3 * EXTREME])
@pytest.mark.parametrize("sign", [1, -1])
def test_long_ends_are_rounded_outwards(size: int, sign: int) -> None:
    number = sign * Fraction(3**LONGEST, 5**LONGEST) * Fraction(2) ** size
    found = at(number)
    assert number in found
    for end in (found.low, found.high):
        assert end in (-inf, inf) or max(abs(end).as_integer_ratio()).bit_length() <= EXTREME + KEPT
    if abs(size) < EXTREME:
        assert found.low * found.high > 0
        assert 1 - Fraction(found.low) / Fraction(found.high) < Fraction(1, 2**200)


def test_powers_of_great_numbers_end() -> None:
    found = (at(Fraction(10) ** 300) ** 10_000) ** 10_000
    assert found.low > 10**2000
    assert found.high == inf


OPERATIONS = ["+", "-", "*", "/", "2", "3", "-1", *ELEMENTARY, "tanh'", "sigmoid''", "sqrt'", "f"]


def applied(domain: Domain, operation: str, a: object, b: object) -> object:
    """One step of a random formula, in any domain."""
    match operation:
        case "+" | "-" | "*":
            return {"+": a + b, "-": a - b, "*": a * b}[operation]  # type: ignore[operator]
        case "/":
            if domain.is_zero(b):
                raise UndefinedValue("0")
            return a / b  # type: ignore[operator]
        case "2" | "3" | "-1":
            if operation == "-1" and domain.is_zero(a):
                raise UndefinedValue("0")
            return a ** int(operation)  # type: ignore[operator]
        case "max" | "min":
            return domain.call(operation, (0, 0), a, b)
    name = operation.rstrip("'")
    return domain.call(name, (len(operation) - len(name),), a)


steps = st.lists(
    st.tuples(st.sampled_from(OPERATIONS), st.integers(0, 30), st.integers(0, 30)), max_size=12
)


@given(st.lists(inside(), min_size=1, max_size=3), steps)
def test_a_random_formula_at_a_random_point_lies_in_its_bounds(
    variables: list[tuple[Interval, Fraction]], formula: list[tuple[str, int, int]]
) -> None:
    bounding, balls = IntervalDomain(), BallDomain(300)
    everywhere: list[Form] = [bounding.variable(interval) for interval, _ in variables]
    with balls.scope():
        here = [balls.number(number) for _, number in variables]
        for operation, i, j in formula:
            left, right = i % len(here), j % len(here)
            try:
                value = applied(balls, operation, here[left], here[right])
            except (UndefinedValue, Undecidable, ZeroDivisionError):
                continue
            here.append(value)
            everywhere.append(applied(bounding, operation, everywhere[left], everywhere[right]))
            low, high = bounds(value)
            interval = everywhere[-1].interval
            assert interval.low <= high
            assert low <= interval.high
            if value.is_exact():  # type: ignore[attr-defined]
                assert low in interval


def variables(count: int, interval: Interval = REALS) -> tuple[IntervalDomain, list[Form]]:
    domain = IntervalDomain()
    return domain, [domain.variable(interval) for _ in range(count)]


is_same, is_different = eq, ne
"""Of forms neither needs to be true."""


def test_the_same_quantity_is_the_same_number() -> None:
    domain, (x, y) = variables(2)
    half = domain.number(Fraction(1, 2))
    assert (x * x).interval == REALS**2
    assert ((x - y) * (x - y)).interval == REALS**2
    assert ((x - y) * (y - x)).interval == -(REALS**2)
    assert (-x * x).interval == -(REALS**2)
    assert ((x * y) * (y * x)).interval == REALS**2
    assert (x - x) == 0
    assert x / x == 1
    assert x + y - x == y
    assert x * half * 2 == x
    assert x + 1 > x
    assert x * y == y * x
    assert (x + y) * 3 / 3 - y == x
    assert domain.call("exp", (0,), x - y) == domain.call("exp", (0,), x + 0 - y)


def test_different_quantities_are_not() -> None:
    domain, (x, y) = variables(2)
    f, g = (domain.call("f", (0,), z) for z in (x, y))
    for one, other in ((x, y), (f, g), (domain.call("f", (1,), x), f), (x, x * y)):
        assert not is_same(one, other)
        assert not is_different(one, other)
        assert (one * other).interval == REALS
        assert (one - other).interval == REALS
    first, second = domain.softmax(np.array([[x], [y]])).flat
    assert (first - second).interval == open_(-1, 1)
    norms = [spectral_norm(domain, Value(np.array([[a, b], [b, a]]))) for a, b in ((x, y), (y, x))]
    assert not is_same(*(norm.coefficient for norm in norms))
    assert norms[0].coefficient >= 0
    zero = domain.number(Fraction(0))
    beside, diagonal = (np.array([row, row[::-1]]) for row in ([zero, x], [x, zero]))
    assert not is_same(spectral_norm(domain, Value(beside)).coefficient, zero)
    size = domain.call("abs", (0,), x)
    assert spectral_norm(domain, Value(diagonal)).coefficient == size
    s, t = (domain.call("tanh", (0,), z) for z in (x, y))
    assert (s * t).interval == open_(-1, 1)


def test_roots_and_absolute_values_of_squares() -> None:
    domain, (x, y) = variables(2)
    positive = domain.variable(open_(0, inf))

    def root(z: Form) -> Form:
        return domain.call("sqrt", (0,), z)

    def size(z: Form) -> Form:
        return domain.call("abs", (0,), z)

    assert root(x * x) == size(x)
    assert root(x * x * y * y * 4) == 2 * size(x) * size(y)
    assert root(x * x * 9 + x * x * y * y * 9) == 3 * size(x) * root(1 + y * y)
    assert root(positive * positive) == positive
    assert size(-positive) == positive
    assert size(x * -y) == size(y) * size(x)
    assert root(2 * x * x) == root(domain.number(Fraction(2))) * size(x)
    assert not is_same(root(x * x), x)
    assert root(x**3) == size(x) * root(x)


def test_a_sign_that_is_known_decides() -> None:
    domain, (x,) = variables(1)
    above = 1 + x * x
    assert domain.call("relu", (0,), above) == above
    assert domain.call("relu", (0,), -above) == 0
    assert domain.call("abs", (0,), -above) == above
    assert domain.call("max", (0, 0), x, x + 1) == x + 1
    assert domain.call("max", (0, 0), x + 1, x) == x + 1
    assert domain.call("min", (0, 0), x, x + 1) == x
    assert domain.call("min", (0, 0), x + 1, x) == x
    assert domain.call("step", (0,), above) == 1
    assert domain.call("relu", (1,), x).interval == UNIT


def test_means_of_one_hot_vectors_are_means() -> None:
    domain = IntervalDomain()
    y, z = domain.simplex(3), domain.simplex(3)
    assert sum(y[1:], y[0]) == 1
    values = [domain.variable(closed(k, k + 1)) for k in range(3)]
    mean = sum((a * b for a, b in zip(y, values, strict=True)), domain.number(Fraction(0)))
    assert mean.interval == closed(0, 3)
    assert (y[0] * values[2]).interval == closed(0, 3)
    assert (y[0] * z[0] + y[1] * z[1] + y[2] * z[2]).interval == UNIT
    assert (y[0] ** 2).interval == UNIT
    assert (y[0] ** 2 + y[1] ** 2 + y[2] ** 2).interval == UNIT
    assert (y[0] * y[1] * values[2]).interval == closed(0, 3)
    assert 1 / y[0] >= 1
    assert (y[0] + z[0]).interval == closed(0, 2)


def test_long_sums_and_numbers_stay_bounded() -> None:
    domain, xs = variables(200, closed(0, 1))
    whole = sum(xs[1:], xs[0])
    assert len(whole.terms) <= 65
    assert whole.interval == closed(0, 200)
    number = domain.number(Fraction(10) ** 2000)
    assert (number * xs[0]).interval.high >= 10**2000
    assert number >= 10**1999


def test_what_may_be_zero_is_no_pivot_and_no_equality() -> None:
    domain, (x, y) = variables(2)
    with pytest.raises(Undecidable):
        inverse(domain, Value(np.array([[x, y], [y, x]], dtype=object)))
    triangle = Value(np.array([[1 + x * x, domain.number(Fraction(0))], [y, 2 + x * x]]))
    assert inverse(domain, triangle)[0, 1] == 0
    with pytest.raises(Undecidable):
        indicator(domain, scalar(domain, x), "=", scalar(domain, y))
    assert indicator(domain, scalar(domain, x), "=", scalar(domain, x)).coefficient == 1


@pytest.mark.parametrize("name", ["elman", "elman-mse", "lstm", "gru", "deep", "linear-rnn"])
def test_a_model_at_a_random_point_lies_in_its_bounds(name: str) -> None:
    model = load_model(name)
    sizes = {letter: 2 + i for i, letter in enumerate(sorted(model.sizes))}
    prepared = prepare(unroll(model, 2, sizes))
    bounding, balls = IntervalDomain(), BallDomain(128)
    everywhere = point(prepared, bounding, admitted(prepared.graph, bounding))
    slopes = gradient(everywhere)
    with balls.scope():
        for seed in range(4):
            here = point(prepared, balls, draw_point(prepared.graph, balls, seed))
            pairs = [(everywhere.values[key], here.values[key]) for key in here.values]
            pairs += [(slopes[key], array) for key, array in gradient(here).items()]
            for forms, numbers in pairs:
                for form, number in zip(forms.flat, numbers.flat, strict=True):
                    low, high = bounds(number)
                    assert form.interval.low <= high
                    assert low <= form.interval.high


def test_targets_and_zero_states_are_what_the_model_says() -> None:
    domain = IntervalDomain()
    graph = unroll(load_model("elman"), 2, {"n": 2, "m": 2, "K": 3})
    values = admitted(graph, domain)
    for key, array in values.items():
        for entry in array.flat:
            assert entry.interval == (UNIT if key[0] == "y" else REALS)
    assert sum(values["y", 1].flat) == 1
    zero = unroll(load_model("scalar-tanh"), 2, {})
    for node in zero.given:
        found = admitted(zero, domain)[node.key][0, 0].interval
        assert found == (ZERO if node.zero else REALS)
