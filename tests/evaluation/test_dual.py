"""Dual numbers differentiate; atoms are equal only where everything is."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbolic_bptt.evaluation.domains.ball import BallDomain
from symbolic_bptt.evaluation.domains.dual import Dual, DualDomain
from symbolic_bptt.evaluation.domains.floating import COMPLEX128, FLOAT64
from symbolic_bptt.evaluation.domains.opaque import OpaqueDomain
from symbolic_bptt.evaluation.errors import UndefinedValue
from symbolic_bptt.notation.functions import FUNCTIONS

SMOOTH = [name for name, f in FUNCTIONS.items() if f.elementwise and f.kind == "smooth"]
H = 1e-30


STEPS: dict[str, Callable[[Any, Any], tuple[Any, Any]]] = {
    "sums": lambda a, b: (a + b, 1 + b),
    "differences": lambda a, b: (a - b, 2 - b),
    "products": lambda a, b: (a * b, 3 * b),
    "quotients": lambda a, b: (a / b, 2 / b),
    "square": lambda a, b: (a**2, b),
    "inverse": lambda a, b: (-a, b**-1),
    "one": lambda a, b: (a**0 + b, b / 2),
    "exchange": lambda a, b: (b, a + 1),
    "cube": lambda a, b: (a - 1, b**3),
}


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=8), st.integers(0, 10**6))
def test_dual_arithmetic_is_the_complex_step(steps: list[str], seed: int) -> None:
    random = Random(seed)
    point, direction = ([random.uniform(0.5, 2) for _ in range(2)] for _ in range(2))
    duals: Any = tuple(Dual(x, v) for x, v in zip(point, direction, strict=True))
    numbers: Any = tuple(x + 1j * H * v for x, v in zip(point, direction, strict=True))
    for step in steps:
        duals, numbers = STEPS[step](*duals), STEPS[step](*numbers)
        if not all(1e-3 < abs(number) < 1e3 for number in numbers):
            return
    for dual, number in zip(duals, numbers, strict=True):
        assert dual.value == pytest.approx(number.real, rel=1e-9)
        assert dual.slope == pytest.approx(number.imag / H, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("name", SMOOTH)
@pytest.mark.parametrize("order", [0, 1])
def test_the_slope_of_a_function_is_its_derivative(name: str, order: int) -> None:
    domain, z = DualDomain(FLOAT64), 0.375
    found = domain.call(name, (order,), Dual(z, 2.0))
    wanted = COMPLEX128.call(name, (order,), np.array([[z + 2j * H]]))[0, 0].imag / H
    assert float(found.slope) == pytest.approx(wanted, rel=1e-12)
    assert found.value == FLOAT64.call(name, (order,), z)


@pytest.mark.parametrize("name", ["max", "min"])
def test_the_slope_of_two_arguments_is_that_of_one_of_them(name: str) -> None:
    domain = DualDomain(BallDomain())
    with domain.scope():
        a, b = (Dual(domain.base.number(Fraction(k)), domain.base.number(v)) for k, v in PAIRS)
        larger, smaller = (b, a) if name == "max" else (a, b)
        assert domain.call(name, (0, 0), a, b).slope == larger.slope
        assert larger.slope != smaller.slope


PAIRS = ((1, Fraction(3)), (2, Fraction(5)))


def test_atoms_are_equal_only_if_their_arguments_are() -> None:
    domain, random = OpaqueDomain(), Random()
    x, y = domain.draw(random), domain.draw(random)
    exp = [domain.call("exp", (0,), z) for z in (x, y, x + y, x + y - y, 2 * x / 2)]
    assert exp[0] == exp[3] == exp[4]
    assert exp[0] != exp[1]
    assert exp[0] * exp[1] != exp[2]
    assert domain.call("exp", (0,), x) != domain.call("tanh", (0,), x)
    assert domain.call("f", (1,), x) != domain.call("f", (0,), x)
    assert domain.call("tanh", (1,), x) == 1 - domain.call("tanh", (0,), x) ** 2
    assert OpaqueDomain().call("exp", (0,), x) != exp[0]


def test_a_root_squared_is_its_argument_and_has_either_sign() -> None:
    signs = set()
    for _ in range(64):
        domain = OpaqueDomain()
        x = domain.draw(Random())
        root = domain.call("sqrt", (0,), x)
        assert root**2 == x
        signs.add(str(domain.call("sqrt", (0,), x**2) / x))
    assert len(signs) == 2


def test_nothing_new_is_asked_of_a_sealed_domain() -> None:
    domain = OpaqueDomain()
    x = domain.draw(Random())
    known = domain.call("exp", (0,), x)
    sealed = domain.sealed()
    assert sealed.call("exp", (0,), x) == known
    for name, argument in (("exp", -x), ("log", x)):
        with pytest.raises(UndefinedValue):
            sealed.call(name, (0,), argument)
