"""Every domain knows every function, and they agree on what it is."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from symbolic_bptt.derivation.compile import compile_expressions
from symbolic_bptt.derivation.program import run
from symbolic_bptt.evaluation.domains.atoms import small_fraction
from symbolic_bptt.evaluation.domains.ball import BallDomain, agreeing_digits, disjoint
from symbolic_bptt.evaluation.domains.domain import Domain
from symbolic_bptt.evaluation.domains.field import FieldDomain
from symbolic_bptt.evaluation.domains.floating import COMPLEX128, FLOAT64
from symbolic_bptt.evaluation.domains.symbolic import CLASSES, Exp, SoftmaxEntry, SymbolicDomain
from symbolic_bptt.evaluation.errors import Undecidable, UndefinedValue, Unsupported
from symbolic_bptt.notation.functions import FUNCTIONS

ONE_ARGUMENT = [
    name for name, f in FUNCTIONS.items() if f.elementwise and name not in ("max", "min")
]
SMOOTH = [name for name in ONE_ARGUMENT if FUNCTIONS[name].kind == "smooth"]
NUMERIC: list[Domain] = [FLOAT64, COMPLEX128, BallDomain(128)]
seeds = st.integers(0, 10**6)


def value(domain: Domain, name: str, *arguments: Fraction, orders: tuple[int, ...] = ()) -> complex:
    with domain.scope():
        elements = [domain.number(argument) for argument in arguments]
        return complex(domain.call(name, orders or (0,) * len(arguments), *elements))


@pytest.mark.parametrize("name", ONE_ARGUMENT)
def test_numeric_domains_agree_on_every_function(name: str) -> None:
    for numerator in (3, 5, 11):
        z = Fraction(numerator, 8)
        for orders in ((0,), (1,), (2,)):
            found = [value(domain, name, z, orders=orders) for domain in NUMERIC]
            assert np.allclose(found, found[0], rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("name", SMOOTH)
@pytest.mark.parametrize("order", [1, 2, 3])
def test_derivatives_are_those_of_the_complex_step(name: str, order: int) -> None:
    z, h = 0.375, 1e-30
    below = COMPLEX128.call(name, (order - 1,), np.array([[z + 1j * h]]))[0, 0].imag / h
    assert FLOAT64.call(name, (order,), np.array([[z]]))[0, 0] == pytest.approx(below, rel=1e-12)


@pytest.mark.parametrize("name", ["max", "min"])
def test_max_and_min_pick_one_side(name: str) -> None:
    picked = max if name == "max" else min
    for a, b in ((Fraction(1, 2), Fraction(2)), (Fraction(2), Fraction(1, 2))):
        for domain in NUMERIC:
            assert value(domain, name, a, b) == picked(a, b)
            slopes = [value(domain, name, a, b, orders=orders) for orders in ((1, 0), (0, 1))]
            assert slopes == [float(picked(a, b) == a), float(picked(a, b) == b)]


@pytest.mark.parametrize("name", [*ONE_ARGUMENT, "step"])
def test_sympy_derives_what_the_table_says(name: str) -> None:
    z = sympy.Symbol("z")
    program = compile_expressions([CLASSES[name](z).diff(z)], {z: 0}, {})
    field = FieldDomain(1)
    at = field.draw(Random(0))
    assert run(program, field, [at]) == [field.call(name, (1,), at)]


def test_the_softmax_rule_is_the_derivative_of_exponentials() -> None:
    logits = sympy.symbols("z1:4")
    written = [Exp(z) / sympy.Add(*map(Exp, logits)) for z in logits]
    inputs = {z: i for i, z in enumerate(logits)}
    field = FieldDomain(2)
    at = [field.draw(Random(i)) for i in range(3)]
    for entry in range(3):
        for z in logits:
            rule = SoftmaxEntry(entry + 1, *logits).diff(z)
            program = compile_expressions([rule, written[entry].diff(z)], inputs, {})
            left, right = run(program, field, at)
            assert left == right


@given(seeds)
def test_field_atoms_satisfy_what_is_promised(seed: int) -> None:
    field, generator = FieldDomain(seed), Random(seed)
    a, b = field.draw(generator), field.draw(generator)

    def f(name: str, z: object, order: int = 0) -> object:
        return field.call(name, (order,), z)

    tanh, sigma = f("tanh", a), f("sigmoid", a)
    assert f("tanh", a, 1) == 1 - tanh**2
    assert f("sigmoid", a, 1) == sigma * (1 - sigma)
    assert f("tanh", -a) == -tanh
    assert f("sigmoid", -a) == 1 - sigma
    assert f("exp", -a) * f("exp", a) == 1
    assert f("log", f("exp", a)) == a
    assert f("exp", f("log", b)) == b
    assert f("log", 1 / b) == -f("log", b)
    assert f("sin", a) ** 2 + f("cos", a) ** 2 == 1
    assert f("cosh", a) ** 2 - f("sinh", a) ** 2 == 1
    assert f("relu", a) - f("relu", -a) == a
    assert f("abs", a) == f("abs", -a) == f("sign", a) * a
    assert f("relu", a, 1) == f("step", a) == f("step", f("relu", a))
    assert f("step", f("exp", b)) == 1
    assert field.call("max", (0, 0), a, b) + field.call("min", (0, 0), a, b) == a + b
    assert f("softplus", a, 1) == sigma


@given(seeds)
def test_field_atoms_are_otherwise_independent(seed: int) -> None:
    field, generator = FieldDomain(seed), Random(seed)
    a, b = field.draw(generator), field.draw(generator)
    different = [
        field.call(name, (0,), z)
        for z in (a, b, a + b, 3 * a)
        for name in ("exp", "tanh", "sigmoid", "log", "sqrt", "step", "f", "g")
    ]
    different += [field.call("f", (order,), a) for order in (1, 2, 3)]
    different += [field.call("h", orders, a, b) for orders in ((0, 0), (1, 0), (0, 1), (1, 1))]
    different.append(field.call("h", (0, 0), b, a))
    assert len(set(map(int, different))) == len(different)


def test_field_knows_the_numbers_it_is_given() -> None:
    field = FieldDomain(0)

    def at(name: str, z: Fraction) -> object:
        return field.call(name, (0,), field.number(z))

    for seed in range(8):
        field = FieldDomain(seed)
        assert at("relu", Fraction(3, 7)) == field.number(Fraction(3, 7))
        assert at("relu", Fraction(-3, 7)) == 0
        assert at("sqrt", Fraction(9, 16)) == field.number(Fraction(3, 4))
        assert at("exp", Fraction(0)) == at("cos", Fraction(0)) == 1
        assert at("tanh", Fraction(0)) == at("log", Fraction(1)) == 0
        assert at("sigmoid", Fraction(0)) == field.number(Fraction(1, 2))
    with pytest.raises(UndefinedValue):
        at("log", Fraction(0))


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**9))
def test_small_fractions_are_recognised_in_the_field(top: int, bottom: int) -> None:
    q = Fraction(top, bottom)
    field = FieldDomain()
    assert small_fraction(int(field.number(q)), field.prime) == q


@given(seeds)
def test_random_elements_are_not_taken_for_numbers(seed: int) -> None:
    field = FieldDomain()
    assert small_fraction(int(field.draw(Random(seed))), field.prime) is None


def test_balls_refute_and_measure_agreement() -> None:
    domain = BallDomain(128)
    with domain.scope():
        tanh = domain.call("tanh", (0,), domain.number(Fraction(1, 3)))
        exp = domain.call("exp", (0,), domain.number(Fraction(2, 3)))
        same, other = (exp - 1) / (exp + 1), (exp - 1) / exp
        assert disjoint(tanh, other)
        assert not disjoint(tanh, same)
        assert agreeing_digits(tanh, same) >= 30


def test_a_ball_around_zero_has_no_sign() -> None:
    domain = BallDomain(64)
    with domain.scope():
        third = domain.number(Fraction(1, 3))
        with pytest.raises(Undecidable):
            domain.call("relu", (0,), 3 * third - 1)


@pytest.mark.parametrize("domain", NUMERIC, ids=lambda domain: domain.name)
def test_one_seed_draws_the_same_short_decimals_everywhere(domain: Domain) -> None:
    generator, reference = Random(7), Random(7)
    with domain.scope():
        drawn = [complex(domain.draw(generator)) for _ in range(20)]
    assert drawn == [FLOAT64.draw(reference) for _ in range(20)]
    assert all(0 < abs(z) < 1.5 and (16 * z) == round(16 * z.real) for z in drawn)


@pytest.mark.parametrize("domain", NUMERIC, ids=lambda domain: domain.name)
def test_the_stand_in_for_f_is_differentiable_and_generic(domain: Domain) -> None:
    z = Fraction(1, 4)
    step = Fraction(1, 10**6)
    ahead, behind = value(domain, "f", z + step), value(domain, "f", z - step)
    slope = value(domain, "f", z, orders=(1,))
    assert slope == pytest.approx((ahead - behind) / float(2 * step), rel=1e-6)
    assert value(domain, "g", z) != value(domain, "f", z)
    assert abs(slope - (1 - value(domain, "f", z) ** 2)) > 1e-3
    partials = [value(domain, "f", z, 2 * z, orders=orders) for orders in ((1, 0), (0, 1))]
    assert partials[0] != partials[1]


def test_what_has_no_derivative_in_the_tables_says_so() -> None:
    with pytest.raises(Unsupported):
        FieldDomain().call("max", (2, 0), *[FieldDomain().draw(Random(0))] * 2)
    with pytest.raises(Unsupported):
        FLOAT64.call("tanh", (50,), np.array([[0.5]]))


def test_exponentials_stay_apart_in_sympy() -> None:
    a, b = sympy.symbols("a b")
    exp = SymbolicDomain().call
    assert (exp("exp", (0,), a) * exp("exp", (0,), b)).has(Exp(a))
    assert exp("exp", (0,), sympy.Integer(0)) == 1
