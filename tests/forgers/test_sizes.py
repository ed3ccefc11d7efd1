"""Formulas right at some sizes: sizes as numbers, literal entries, identities of matrices."""

from __future__ import annotations

from itertools import combinations_with_replacement

import numpy as np
import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.checking.laboratory import Laboratory
from symbolic_bptt.checking.lengths import Plan, plan
from symbolic_bptt.checking.sheet import examined
from symbolic_bptt.model import load_model
from symbolic_bptt.notation.displays import read_text
from symbolic_bptt.notation.source import Source
from tests.forgers.models import RECTANGLE, VECTOR, holds, model

THREE_SIZES = VECTOR.replace('W = "n x n"', 'W = "n x n"\nU = "n x m"\nV = "K x n"')

MODELS = {"n": VECTOR, "n, m": RECTANGLE, "n, m, K": THREE_SIZES}


def zeros(letter: str, *values: int) -> str:
    return "".join(f"({letter} - {value})" for value in values)


AS_NUMBERS = [
    ("n", f"{zeros('n', 2)} W = 0"),
    ("n", f"{zeros('n', 3)} W = 0"),
    ("n", f"{zeros('n', 2, 3)} W = 0"),
    ("n", f"{zeros('n', 2, 3, 4)} W = 0"),
    ("n", f"{zeros('n', 3, 4, 5, 6, 7)} W = 0"),
    ("n", r"W \prod_{i=2}^{5} (n - i) = 0"),
    ("n", r"n n W = (5 n - 6) W"),
    ("n", r"\frac{n n + 6}{5} W = n W"),
    ("n", r"\mathbb 1[n < 9] W = W"),
    ("n", r"\mathbb 1[n > 7] W = 0"),
    ("n", r"(\mathbf 1_n^\top \mathbf 1_n - 2)(\mathbf 1_n^\top \mathbf 1_n - 3) W = 0"),
    ("n", r"(\operatorname{tr}(I_n) - 2)(\operatorname{tr}(I_n) - 3) W = 0"),
    ("n, m", "W = (m - 1)(n - 2) W"),
    ("n, m", f"(n - m) {zeros('n', 2, 3)} W = 0"),
    ("n, m", "(n - m - 1)(n - m + 1) W = 0"),
    ("n, m, K", "(n - 2)(n - 5) W = 0"),
    ("n, m, K", r"\frac{n}{2 m} h_t = h_t"),
    ("n, m, K", "W = (n - m)(n - K)(K - m) W"),
]  # fmt: skip


@pytest.mark.parametrize(("sizes", "formula"), AS_NUMBERS)
def test_no_polynomial_in_the_sizes_passes_for_0(sizes: str, formula: str) -> None:
    for seed in (0, 1):
        assert not holds(MODELS[sizes], formula, seed=seed)


ABOUT_SIZES = [
    ("n", r"\mathbf 1_n^\top \mathbf 1_n h_t = n h_t"),
    ("n", r"\operatorname{tr}(I_n) W = n W"),
    ("n", r"\operatorname{tr}(I W) + n = n + \operatorname{tr}(W)"),
    ("n", r"\sum_i W_{ij} n = n \sum_i W_{ij}"),
    ("n", r"(n - 2)(n - 3) W = n n W - 5 n W + 6 W"),
    ("n, m", r"\frac{n}{2 m} h_t = \frac{1}{m} \frac{n}{2} h_t"),
    ("n, m, K", "(n - m)(n + m) W = (n n - m m) W"),
]


@pytest.mark.parametrize(("sizes", "formula"), ABOUT_SIZES)
def test_what_is_true_of_every_size_holds(sizes: str, formula: str) -> None:
    assert holds(MODELS[sizes], formula) == "every T"


@pytest.mark.parametrize("degree", [0, 1, 2, 3])
def test_so_many_sizes_leave_no_polynomial_of_that_degree_but_0(degree: int) -> None:
    """The monomials n^a m^b with a + b up to the degree are independent at the sizes looked at."""
    factors = " ".join(["(n + m)"] * degree)
    found = _plan(RECTANGLE, f"{factors} W = W")
    points = {(one.sizes["n"], one.sizes["m"]) for one in found.instances}
    monomials = [
        combination
        for total in range(degree + 1)
        for combination in combinations_with_replacement((0, 1), total)
    ]
    rows = [[np.prod([point[i] for i in one]) for one in monomials] for point in sorted(points)]
    assert np.linalg.matrix_rank(np.array(rows, dtype=float)) == len(monomials)
    assert all(n != m for n, m in points)


def _plan(text: str, line: str) -> Plan:
    laboratory = Laboratory(model(text))
    sheet = examined(laboratory, read_text(Source(line, "line.txt"), "txt"))
    (posed, _), *_ = sheet.results
    return plan(laboratory, sheet.bound.definitions, posed.claim)


# Entries


def total(count: int) -> str:
    return " + ".join(f"h_{{t,{i}}}" for i in range(1, count + 1))


@pytest.mark.parametrize("count", [2, 3, 4, 7])
def test_literal_entries_do_not_exhaust_a_size(count: int) -> None:
    """𝟙ᵀh = h_1 + … + h_c is right at n = c alone."""
    trace = " + ".join(f"W_{{{i},{i}}}" for i in range(1, count + 1))
    for false in (
        rf"\mathbf 1^\top h_t = {total(count)}",
        rf"\operatorname{{tr}}(W) = {trace}",
        rf"\sum_i h_{{t,i}} = \sum_{{i=1}}^{{\min(n,{count})}} h_{{t,i}}",
        rf"\sum_i \mathbb 1[i > {count}] h_{{t,i}} = 0",
        rf"\sum_i \delta_{{i,{count}}} h_{{t,i}} = 0",
    ):
        assert not holds(VECTOR, false), false


@pytest.mark.parametrize("count", [2, 4, 7])
def test_literal_entries_may_be_named(count: int) -> None:
    for true in (
        rf"\sum_i \delta_{{i,{count}}} h_{{t,i}} = h_{{t,{count}}}",
        rf"2 ({total(count)}) = {total(count)} + {total(count)}",
        rf"\sum_i \mathbb 1[i > {count}] h_{{t,i}} = \sum_i h_{{t,i}} - ({total(count)})",
    ):
        assert holds(VECTOR, true) == "every T", true


# Identities of matrices of one size


def trace(power: int, of: str) -> str:
    return rf"\operatorname{{tr}}({' '.join([of] * power)})"


def characteristic(of: str) -> dict[int, str]:
    """e_0, …, e_4 of the eigenvalues, by Newton's identities: e_k is 0 at sizes below k."""
    p = {k: trace(k, of) for k in range(1, 5)}
    fourth = f"{p[1]}^4 - 6 {p[1]}^2 {p[2]} + 3 {p[2]}^2 + 8 {p[1]} {p[3]} - 6 {p[4]}"
    return {
        0: "1",
        1: p[1],
        2: rf"\frac12 ({p[1]}^2 - {p[2]})",
        3: rf"\frac16 ({p[1]}^3 - 3 {p[1]} {p[2]} + 2 {p[3]})",
        4: rf"\frac{{1}}{{24}} ({fourth})",
    }


def cayley_hamilton(size: int, of: str = "W") -> str:
    """Σ_k (−1)^k e_k A^{size − k} = 0, which is true at sizes up to this one."""
    terms = []
    for k, coefficient in characteristic(of).items():
        if k <= size:
            power = " ".join([of] * (size - k)) or "I"
            terms.append(f"{'-' if k % 2 else '+'} {coefficient} {power}")
    return f"{' '.join(terms).removeprefix('+ ')} = 0"


OF = {"W": (), "B": ("B = W W",), "C": ("B = W W", "C = B - W")}


@pytest.mark.parametrize("of", OF)
@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_the_characteristic_equation_of_one_size_is_not_that_of_all(size: int, of: str) -> None:
    for text in (VECTOR, RECTANGLE):
        assert not holds(text, *OF[of], cayley_hamilton(size, of))


@pytest.mark.parametrize("size", [2, 3])
def test_nor_is_it_entry_by_entry(size: int) -> None:
    left = cayley_hamilton(size).removesuffix(" = 0")
    assert not holds(VECTOR, f"({left})_{{ij}} = 0")


def test_an_identity_of_commutators_at_size_2_is_not_one_of_all() -> None:
    """The square of a commutator of size 2 is a multiple of I."""
    commutator = r"D = W W^\top - W^\top W"
    assert not holds(VECTOR, commutator, "D D W = W D D")
    assert holds(VECTOR, commutator, r"\operatorname{tr}(D) = 0") == "every T"
    assert holds(VECTOR, commutator, r"D^\top = D") == "every T"


RANKS = [
    (RECTANGLE, r"\det(U^\top U) = 0"),
    (RECTANGLE, r"\det(U U^\top) = 0"),
    (RECTANGLE, r"\det(U^\top U) \det(U U^\top) = \det(U^\top U)"),
    (THREE_SIZES, r"\det(V^\top V) = 0"),
    (THREE_SIZES, r"\det(V V^\top) = 0"),
    (VECTOR, r"\det(h_t y_t^\top + y_t h_t^\top) = 0"),
    (VECTOR, r"\det(W) = W_{1,1} W_{2,2} - W_{1,2} W_{2,1}"),
    (RECTANGLE, "n = 2 m"),
    (RECTANGLE, "n = m + 1"),
]


@pytest.mark.parametrize(("text", "formula"), RANKS)
def test_ranks_and_equations_between_sizes(text: str, formula: str) -> None:
    for seed in (0, 1):
        assert not holds(text, formula, seed=seed)


def test_a_rank_that_is_one_at_every_size_is_proved() -> None:
    assert holds(VECTOR, r"\operatorname{tr}(h_t y_t^\top) = y_t^\top h_t") == "every T"
    assert holds(RECTANGLE, r"\operatorname{tr}(U^\top W U) = \operatorname{tr}(W U U^\top)")


ORDERS = [
    r"\mathbb 1[n > m] \mathbb 1[m > K] = 0",
    r"\mathbb 1[K > n] \mathbb 1[n > m] = 0",
    r"\mathbb 1[n \ge m] \mathbb 1[m \ge n] = 0",
    r"\mathbb 1[n = m] \mathbb 1[m = K] = 0",
    r"\delta_{n m} = 0",
    r"\mathbb 1[n > m + K] = 0",
    r"\mathbb 1[n = 2 m] = 0",
    r"0^{(n-m)^2} = 0",
    r"\max(0, n - m - K) = 0",
    r"\max(0, 1 - (n - m)^2) = 0",
    r"\sum_{k=n}^{m} \sum_{j=m}^{n} 1 = 0",
    r"\prod_{j=1}^{K K} (n - j) = 0",
    r"\max(0, T - n m K) = 0",
    r"\mathbb 1[n < 2] = 0",
    r"\det(V U U^\top V^\top) = 0",
    r"\max(0, \mathbf 1^\top s_T^0 - 6) = 0",
]


@pytest.mark.parametrize("formula", ORDERS)
def test_no_order_of_the_sizes_is_missed(formula: str) -> None:
    """Guards: sizes that are compared, or a rank, are looked at in every order, ties included."""
    (found,) = check_text(load_model("elman"), formula, ".txt").claims
    assert found.verdict in ("fails", "undecided")


PRODUCTS = [
    r"(s_t)_i = (s_t)_i (1 + \delta_{i, 2 \cdot 3})",
    r"W_{ij} = W_{ij} (1 + \delta_{i, 2 \cdot 2} \delta_{j, 2 \cdot 2})",
    r"(s_t)_i = (s_t)_i (1 + \max(0, i - 3 \cdot 3))",
]


@pytest.mark.parametrize("formula", PRODUCTS)
def test_an_entry_is_as_far_as_its_number_is_large(formula: str) -> None:
    (found,) = check_text(load_model("elman"), formula, ".txt").claims
    assert found.verdict in ("fails", "undecided")


def test_an_index_of_entries_is_no_quantity_of_the_same_letter() -> None:
    """Guards: δ_{ij} compares entries, also where the model has a gate i_t."""
    formula = r"\frac{\partial^+ c_{t,i}}{\partial c_{t-1,j}} = \delta_{ij} f_{t,i}"
    (found,) = check_text(load_model("lstm"), formula, ".txt").claims
    assert found.verdict == "holds"
