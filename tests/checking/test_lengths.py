"""At how many steps, and at which sizes, a claim is looked at before it holds for all of them."""

from __future__ import annotations

from itertools import permutations

import pytest

from symbolic_bptt.checking.verdict import CheckedClaim
from tests.checking.sheets import claims

POINTS = r"""
loss = "E"
equations = '''
h_t = \tanh(w h_{t-1} + x_t)
E = \sum_t h_t y_t
'''
[parameters]
w = "scalar"
[inputs]
x_t = "scalar"
y_t = "scalar"
[initial]
h_0 = "scalar"
"""

RECTANGLES = r"""
loss = "E"
equations = '''
h_t = \tanh(A h_{t-1} + P x_t)
E = \sum_t y_t^\top Q h_t
'''
[parameters]
A = "n x n"
P = "n x m"
Q = "k x n"
R = "m x k"
[inputs]
x_t = "m"
y_t = "k"
[initial]
h_0 = "n"
"""


def one(text: str, *lines: str) -> CheckedClaim:
    return claims(text, *lines)[-1]


def lengths(claim: CheckedClaim) -> set[int]:
    assert claim.evidence is not None
    return {instance.T for instance in claim.evidence.instances}


def power_sums(last: str) -> dict[int, str]:
    """Σ x_t^j over the steps up to the last one, for j = 1, …, 6."""
    return {j: rf"(\sum_{{t=1}}^{{{last}}} x_t^{j})" for j in range(1, 7)}


def chosen(count: int, last: str = "T") -> str:
    """`count`! times the sum of all products of so many different x_t, by Newton's identities.

    It is 0 as long as there are not so many steps, and no literal and no nested sum says so.
    """
    p = power_sums(last)
    two = f"{p[1]} {p[1]} - {p[2]}"
    three = f"{p[1]} {p[1]} {p[1]} - 3 {p[1]} {p[2]} + 2 {p[3]}"
    four = (
        f"{p[1]} {p[1]} {p[1]} {p[1]} - 6 {p[1]} {p[1]} {p[2]} + 3 {p[2]} {p[2]}"
        f" + 8 {p[1]} {p[3]} - 6 {p[4]}"
    )
    five = (
        f"({four}) {p[1]} - 4 ({three}) {p[2]} + 12 ({two}) {p[3]} - 24 {p[1]} {p[4]} + 24 {p[5]}"
    )
    six = (
        f"({five}) {p[1]} - 5 ({four}) {p[2]} + 20 ({three}) {p[3]} - 60 ({two}) {p[4]}"
        f" + 120 {p[1]} {p[5]} - 120 {p[6]}"
    )
    return {2: two, 3: three, 4: four, 5: five, 6: six}[count]


@pytest.mark.parametrize("names", ["", "abcdfg", "p"], ids=["written", "named", "indexed"])
@pytest.mark.parametrize("count", [2, 3, 4, 5, 6])
def test_what_is_0_for_want_of_steps_is_not_0(count: int, names: str) -> None:
    """Guards: a product of sums is looked at beyond the number of its sums, if nothing else."""
    formula, lines = chosen(count), list[str]()
    for j, total in power_sums("T").items():
        if names == "p":
            formula = formula.replace(total, f"p_{j}")
        elif names:
            formula = formula.replace(total, names[j - 1])
            lines.append(f"{names[j - 1]} = {total}")
    if names == "p":
        lines.append(r"p_k = \sum_t x_t^k")
    found = one(POINTS, *lines, f"{formula} = 0")
    assert found.verdict == "fails"
    assert found.counterexample is not None
    assert count <= found.counterexample.T


@pytest.mark.parametrize(("count", "behind"), [(2, 5), (3, 5), (3, 20), (4, 40)])
def test_states_are_counted_beyond_the_steps_that_literals_single_out(
    count: int, behind: int
) -> None:
    """Guards: as many lengths as states are looked at behind those that the literals take."""
    whole = chosen(count, f"T-{behind}")
    assert one(POINTS, f"{whole} = 0").verdict == "fails"
    if count < 4:  # beyond, both sides together have more states than are looked at
        found = one(POINTS, f"{whole} = {whole}")
        assert found.evidence is not None
        assert found.evidence.kind == "every T"
        assert lengths(found) >= set(range(1, behind + count + 1))


STATES = [
    (r"\sum_t x_t", 2),
    (r"\sum_t t x_t", 2),
    (r"(\sum_t x_t)(\sum_t y_t)", 4),
    (r"(\sum_t x_t)(\sum_t y_t)(\sum_t x_t y_t)", 8),
    (r"(\sum_t x_t)(\sum_t y_t)(\sum_t x_t y_t)(\sum_t x_t^2)", 16),
    (r"\frac{\partial E}{\partial w}", 3),
]


@pytest.mark.parametrize(("formula", "states"), STATES)
def test_every_T_means_all_lengths_up_to_the_states_of_both_sides(
    formula: str, states: int
) -> None:
    """Guards: no claim holds for every T before all lengths from 1 to its dimension agreed."""
    found = one(POINTS, f"{formula} = {formula}")
    assert found.evidence is not None
    assert found.evidence.kind == "every T"
    assert lengths(found) >= set(range(1, 2 * states + 1))


@pytest.mark.parametrize("inside", [r"\sum_k x_k", r"(\sum_k x_k)(\sum_k y_k)"])
def test_what_has_no_dimension_does_not_hold_for_every_T(inside: str) -> None:
    """Guards: a function of all steps is no automaton, and nothing is said of other lengths."""
    found = one(POINTS, rf"w \tanh({inside}) = \tanh({inside}) w")
    assert found.verdict == "holds"
    assert found.evidence is not None
    assert found.evidence.kind == "exact"
    assert found.evidence.reason


@pytest.mark.parametrize("length", range(2, 8))
def test_nor_one_that_no_automaton_tells(length: int) -> None:
    """Guards: without a dimension, too, all lengths up to the last are looked at."""
    steps = " + ".join(["t"] * length)
    assert one(POINTS, rf"\sum_t \delta_{{{steps},T}} x_t = 0").verdict == "fails"


@pytest.mark.parametrize("degree", range(2, 5))
def test_no_polynomial_in_T_or_in_a_size_is_0(degree: int) -> None:
    """Guards: lengths and sizes are more than the zeros of a polynomial in them can be."""
    zeros = "".join(f"(T - {i})" for i in range(1, degree + 1))
    assert one(POINTS, f"w {zeros} = 0").verdict == "fails"
    for size in "nm":
        zeros = "".join(f"({size} - {i})" for i in range(2, degree + 2))
        assert one(RECTANGLES, f"P {zeros} = 0").verdict == "fails"


@pytest.mark.parametrize("length", range(1, 8))
def test_no_length_in_the_middle_is_left_out(length: int) -> None:
    """Guards: all lengths up to the last are looked at, not some of them."""
    assert one(POINTS, rf"\delta_{{T,{length}}} w = 0").verdict == "fails"
    assert one(POINTS, rf"\delta_{{T,{length}}} w = w \delta_{{T,{length}}}").verdict == "holds"


@pytest.mark.parametrize("power", [1, 3, 6, 7, 9])
def test_a_chance_of_error_is_small_whatever_the_degree(power: int) -> None:
    """Guards: where a degree is so high that a prime says little, a larger one is taken."""
    high = "x_t"
    for _ in range(power):
        high = f"({high})^{{1000}}"
    found = one(POINTS, f"{high} w = w {high}")
    assert found.evidence is not None
    assert found.evidence.error_bound_log2 is not None
    assert found.evidence.error_bound_log2 <= -60
    assert one(POINTS, f"{high} w = 2 w {high}").verdict != "holds"


@pytest.mark.parametrize("line", ["x_{9-T} w = w x_{9-T}", "x_{T+1} w = w x_{T+1}"])
def test_what_exists_at_some_lengths_alone_holds_at_none(line: str) -> None:
    """Guards: a step that is missing is excused in short words only, not in long ones."""
    assert one(POINTS, line).verdict not in ("holds", "fails")


LINEAR = POINTS.replace(r"\tanh(w h_{t-1} + x_t)", "w h_{t-1} + x_t")

REMEMBERED = [
    r"h_{T-1} = w^{T-1} h_0 + \sum_{t=1}^{T-1} w^{T-1-t} x_t",
    r"5 T y_T \sum_{t=1}^{T-1} h_t = 5 T y_T \sum_{t=1}^{T-1} (w h_{t-1} + x_t)",
]


@pytest.mark.parametrize("line", REMEMBERED)
def test_what_is_true_of_free_states_at_one_step_alone_needs_their_equation(line: str) -> None:
    """Guards: a claim counts as true of free states only if it is at every length."""
    found = one(LINEAR, line)
    assert found.verdict == "holds"
    assert found.evidence is not None
    assert found.evidence.kind == "exact"


@pytest.mark.parametrize("power", [2, 3])
def test_where_T_is_a_number_and_no_variable_its_states_are_counted(power: int) -> None:
    """Guards: a claim counts as true of a free T only if it is at every length.

    Here it is at T = 1, where both sides are empty; T has two states, and the sum has two.
    """
    left = rf"T^{power} \sum_{{t=1}}^{{T-1}} x_t"
    right = rf"\sum_{{t=1}}^{{T-1}} \sum_{{k=1}}^{{T}} T^{power - 1} x_t"
    found = one(POINTS, f"{left} = {right}")
    assert found.evidence is not None
    assert found.evidence.kind == "every T"
    assert lengths(found) >= set(range(1, 2 * 2**power * 2 + 1))


EMPTY = ["x_t = 0, t > T", "h_t = 0, 5 < t < 3", "h_t = h_t, t > T", "x_t = y_t, t = T + 1"]


@pytest.mark.parametrize("line", EMPTY)
def test_a_range_that_no_instance_meets_proves_nothing(line: str) -> None:
    """Guards: what says nothing at any length is not true for that."""
    assert one(POINTS, line).verdict not in ("holds", "fails")


@pytest.mark.parametrize(("rows", "columns"), list(permutations("nmk", 2)))
def test_of_two_sizes_either_may_be_the_larger(rows: str, columns: str) -> None:
    """Guards: sizes are looked at in both orders; a Gram matrix is singular in one of them."""
    matrix = {"nm": "P", "kn": "Q", "mk": "R"}
    long = matrix.get(rows + columns) or matrix[columns + rows] + r"^\top"
    gram = rf"(({long})^\top {long})"
    assert one(RECTANGLES, rf"\det{gram} = 0").verdict == "fails"


def test_one_size_may_be_that_of_every_literal_entry_and_more() -> None:
    """Guards: sizes are beyond the entries that are named."""
    for count in (2, 3, 5):
        named = " + ".join(f"h_{{t,{i}}}" for i in range(1, count + 1))
        assert one(RECTANGLES, rf"\mathbf 1^\top h_t = {named}").verdict == "fails"
