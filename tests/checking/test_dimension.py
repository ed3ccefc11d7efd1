"""No formula needs more states than its dimension says: ranks of Hankel matrices by brute force."""

from __future__ import annotations

import pytest

from symbolic_bptt.checking.automata.surroundings import NoDimension
from tests.checking.automata import Automaton, laboratory_of

GIVEN = """
[parameters]
W = "n x n"
V = "n x n"
[inputs]
A_t = "n x n"
B_t = "n x n"
C_t = "n x n"
D_t = "n x n"
M_t = "n x m"
N_t = "m x n"
x_t = "n"
q_t = "n"
r_t = "n"
z_t = "m"
g_t = "scalar"
[initial]
"""


def linear(equations: str, *initial: str) -> str:
    """A model whose Jacobians are letters that can be chosen freely."""
    states = "\n".join(f'"{name}" = "n"' for name in initial)
    return f"loss = \"E\"\nequations = '''\n{equations}\n'''\n{GIVEN}{states}\n"


MODELS = {
    "one lag": linear(
        r"""
h_t = A_t W h_{t-1} + x_t
E_t = r_t^\top h_t
E = \sum_{t=1}^{T} E_t""",
        "h_0",
    ),
    "two lags": linear(
        r"""
h_t = A_t W h_{t-1} + B_t h_{t-2} + x_t
E_t = r_t^\top h_t
E = \sum_t E_t""",
        "h_0",
        "h_{-1}",
    ),
    "two layers": linear(
        r"""
f_t = A_t W f_{t-1} + x_t
h_t = D_t h_{t-1} + B_t f_t
E_t = q_t^\top h_t
E = \sum_t E_t""",
        "f_0",
        "h_0",
    ),
    "two directions": linear(
        r"""
f_t = A_t W f_{t-1} + x_t
b_t = B_t V b_{t+1} + x_t
E_t = r_t^\top f_t + q_t^\top b_t
E = \sum_t E_t""",
        "f_0",
        "b_{T+1}",
    ),
    "there and back": linear(
        r"""
f_t = A_t W f_{t-1} + x_t
b_t = B_t b_{t+1} + C_t f_t
E_t = q_t^\top b_t
E = \sum_t E_t""",
        "f_0",
        "b_{T+1}",
    ),
    "there and back and there": linear(
        r"""
f_t = A_t W f_{t-1} + x_t
b_t = B_t b_{t+1} + C_t f_t
k_t = D_t k_{t-1} + A_t b_t
E_t = q_t^\top k_t
E = \sum_t E_t""",
        "f_0",
        "k_0",
        "b_{T+1}",
    ),
    "tanh": linear(
        r"""
h_t = \tanh(W h_{t-1} + x_t)
E_t = r_t^\top h_t
E = \sum_t E_t""",
        "h_0",
    ),
    "gated": linear(
        r"""
f_t = \sigma(W h_{t-1} + x_t)
c_t = f_t \odot c_{t-1} + q_t
h_t = \tanh(c_t)
E_t = r_t^\top h_t
E = \sum_t E_t""",
        "h_0",
        "c_0",
    ),
}

SIZES = {"n": 2, "m": 3}

Lines = tuple[str, ...]


def automaton(
    model: str,
    *lines: str,
    free_letters: bool = False,
    descending: bool = False,
    window: int = 1,
) -> Automaton:
    """What the last line is, with its range behind a comma; the other lines define names."""
    formula, comma, span = lines[-1].partition(", ")
    written = (*lines[:-1], f"{formula} = 0{comma}{span}")
    return Automaton(
        laboratory_of(MODELS[model]), written, SIZES, free_letters, descending, window=window
    )


def rank_and_promise(one: Automaton, most: int = 8) -> tuple[int, int]:
    """The rank of a matrix one larger than promised, but for very large ones; what is promised."""
    promised = one.promised
    return max(one.ranks(min(promised, most) + 1, longest=3)), promised


# What the table of the rules says, and nothing less

EXACT = [
    ("one lag", "W", 1),
    ("one lag", "x_t", 2),
    ("one lag", r"\sum_t x_t", 2),
    ("one lag", r"\sum_t A_t x_t", 2),
    ("one lag", r"\prod_j A_j + \prod_j B_j", 4),
    ("one lag", r"E \sum_t x_t", 4),
    ("one lag", r"\sum_t \sum_k A_t x_k", 6),
    ("one lag", r"\sum_t \sum_k x_t^\top W q_k", 6),
    ("one lag", r"\sum_t \sum_{j \ne t} x_t^\top q_j", 6),
    ("one lag", r"\sum_t \sum_k A_t B_k B_t", 10),
    ("one lag", r"\prod_j A_j", 2),
    ("one lag", r"\sum_t \prod_{j=t}^{T} A_j", 3),
    ("one lag", r"\frac{\partial E_t}{\partial W}", 4),
    ("one lag", r"\frac{\partial h_t}{\partial W}", 4),
    ("one lag", r"\frac{\partial E}{\partial h_t}", 4),
    ("one lag", r"\frac{\partial E}{\partial W}", 4),
    ("one lag", r"\sum_t \frac{\partial h_T}{\partial h_t} x_t", 3),
    ("one lag", r"T \sum_t x_t", 4),
    ("one lag", r"\sum_t t x_t", 3),
    ("two lags", r"\frac{\partial E}{\partial W}", 6),
    ("two lags", r"\frac{\partial E}{\partial h_t}", 6),
    ("two layers", r"\frac{\partial E}{\partial W}", 6),
    ("there and back", r"\frac{\partial E}{\partial W}", 10),
    ("tanh", r"\frac{\partial E}{\partial W}", 4),
    ("tanh", r"\sum_t \frac{\partial E}{\partial h_t} h_{t-1}^\top", 4),
]


@pytest.mark.parametrize(("model", "formula", "states"), EXACT)
def test_so_many_states_are_needed_and_promised(model: str, formula: str, states: int) -> None:
    assert rank_and_promise(automaton(model, formula), states) == (states, states)


RECURSION = (r"a_0 = x_1", r"a_t = A_t a_{t-1} + q_t")
BACKWARDS = (r"b_T = x_T", r"b_t = B_t b_{t+1} + r_t")
TWO_LAGS = (r"a_0 = x_1", r"a_{-1} = 0", r"a_t = A_t a_{t-1} + B_t a_{t-2} + q_t")
MUTUAL = (r"a_0 = x_1", r"b_0 = 0", r"a_t = A_t b_{t-1} + q_t", r"b_t = B_t a_{t-1} + x_t")
IN_ONE_STEP = (r"a_0 = x_1", r"a_t = A_t b_t + q_t", r"b_t = B_t a_{t-1} + x_t")
SECOND = (r"c_0 = x_1", r"c_t = B_t c_{t-1} + r_t")

RECURSIONS: list[tuple[Lines, int]] = [
    ((*RECURSION, r"a_T"), 3),
    ((*RECURSION, r"a_t"), 4),
    ((*RECURSION, r"\sum_t a_t"), 4),
    ((*BACKWARDS, r"\sum_t b_t x_t^\top"), 4),
    ((*TWO_LAGS, r"\sum_t a_t"), 6),
    ((*MUTUAL, r"\sum_t a_t"), 6),
    ((*IN_ONE_STEP, r"\sum_t b_t"), 4),
    ((*RECURSION, *SECOND, r"\sum_t a_t^\top c_t"), 10),
    ((*RECURSION, *BACKWARDS, r"\sum_t a_t \odot b_t"), 6),
]


@pytest.mark.parametrize(("lines", "states"), RECURSIONS)
def test_so_many_states_are_needed_and_promised_of_a_recursion(lines: Lines, states: int) -> None:
    assert rank_and_promise(automaton("one lag", *lines), states) == (states, states)


# Never more than is promised

BOTH = r"\sum_t \sum_{k=1}^{t}"
CHAINS = (r"\prod_{j=k+1}^{t} A_j", r"\prod_{j=t}^{k+1} A_j")


@pytest.mark.parametrize("descending", [False, True], ids=["ascending", "descending"])
@pytest.mark.parametrize("chain", CHAINS, ids=["upwards", "downwards"])
@pytest.mark.parametrize("sides", [(r"x_t^\top", "q_k"), (r"x_k^\top", "q_t"), ("", "q_k")])
def test_products_of_matrices_in_every_order(
    descending: bool, chain: str, sides: tuple[str, str]
) -> None:
    before, behind = sides
    one = automaton("one lag", f"{BOTH} {before} ({chain}) {behind}", descending=descending)
    rank, promised = rank_and_promise(one)
    assert 0 < rank <= promised


JACOBIAN = r"\frac{\partial h_t}{\partial h_k}"


@pytest.mark.parametrize(
    "formula",
    [
        f"{JACOBIAN} x_k",
        rf"({JACOBIAN})^\top x_k",
        rf"x_t^\top {JACOBIAN} q_k",
        r"A_t \frac{\partial E_t}{\partial h_k}",
    ],
)
def test_jacobians_beside_what_comes_in_at_either_end(formula: str) -> None:
    rank, promised = rank_and_promise(automaton("one lag", f"{BOTH} {formula}"))
    assert 0 < rank <= promised


ZERO = r"a_0 = 0"
WIDE = (ZERO, r"a_t = A_t a_{t-1} + B_t p_t", r"p_0 = 0", r"p_t = B_t p_{t-1} + q_t")
RTRL = (r"P_0 = 0", r"P_t = A_t W P_{t-1} + \frac{\partial^+ h_t}{\partial W}")
LOCAL = r"\frac{\partial^+ h_k}{\partial W}"
FULL = rf"{BOTH} \frac{{\partial E_t}}{{\partial h_t}} {JACOBIAN} {LOCAL}"

BOUNDED: dict[str, list[Lines]] = {
    "products over steps": [
        (rf"{BOTH} \prod_{{j=k}}^{{t}} (M_j N_j)",),
        (r"\sum_t \prod_{j \ne t} A_j",),
        (r"(\prod_j g_j)(\prod_j A_j)",),
    ],
    "derivatives": [
        (JACOBIAN,),
        (r"\sum_t A_t \frac{\partial E_t}{\partial W}",),
        (r"\sum_t \frac{\partial E_t}{\partial W} A_t",),
        (r"\sum_t A_t \frac{\partial E}{\partial W}",),
        (r"\frac{\partial E}{\partial h_t}\Big|_{h_k}",),
        (r"\sum_t \frac{\partial E}{\partial W_t}",),
        (r"\sum_t \frac{\partial E_t}{\partial h_t} \frac{\partial h_t}{\partial W}",),
        (rf"{BOTH} \sum_{{l \le k}} {JACOBIAN} A_k \frac{{\partial h_k}}{{\partial h_l}}",),
        (FULL,),
        (r"(\nabla_W E) W",),
    ],
    "axes longer than that of a vector": [
        (r"\sum_t \sum_k [x_t; z_t]^\top [q_k; z_k]",),
        (r"\sum_t \sum_k \operatorname{vec}(M_t)^\top \operatorname{vec}(N_k^\top)",),
        (r"\sum_t \sum_k (x_t \otimes z_t)(z_k \otimes q_k)",),
        (r"\sum_t \sum_k (A_t \otimes B_t) \operatorname{vec}(A_k)",),
        (r"\sum_t \sum_k x_k^\top \operatorname{diag}(q_t^\top) A_k",),
        (r"a_{t,i} = x_{t,i} g_t", r"\sum_t \sum_k a_t^\top r_k"),
    ],
    "entry by entry": [
        (r"\sum_t \sum_k \operatorname{tr}(A_t B_k)",),
        (r"\sum_t \sum_k \sum_{i,j} A_{t,i,j} B_{k,j,i}",),
        (r"\sum_t \sum_k (x_t \odot q_k)^\top r_k",),
        (r"(\sum_t x_t)^\top (\sum_t x_t)",),
        (r"E^3",),
    ],
    "numbers of steps": [
        (r"t x_t",),
        (r"\sum_t t^2 x_t",),
        (r"\sum_t \sum_k (t - k) g_t x_k",),
        (r"\sum_t W^{T-t} x_t",),
        (r"\sum_t \sum_{k \le t} 2^{t-k} x_k",),
    ],
    "bounds": [
        (r"\sum_{k=1}^{t} x_k",),
        (r"x_t, t < T",),
        (r"a_t = \sum_{k=1}^{t} x_k", r"\sum_t \sum_k a_t^\top q_k"),
        (r"\sum_t \sum_{k<t} \sum_{l>t} x_k^\top A_t q_l",),
    ],
    "recursions": [
        (ZERO, r"a_t = A_t a_{t-1} + q_t", r"a_T"),
        (*WIDE, r"\sum_t a_t"),
        (ZERO, r"a_t = A_t a_{t-1} B_t + \frac{\partial h_t}{\partial h_1}", r"a_T"),
        (*RTRL, r"\sum_t r_t^\top P_t"),
        (*RECURSION, r"\sum_t \sum_k a_t^\top r_k"),
        (*RECURSION, rf"{BOTH} {JACOBIAN} a_k"),
        (*BACKWARDS, rf"{BOTH} {JACOBIAN} b_k"),
    ],
}


@pytest.mark.parametrize("lines", [one for kind in BOUNDED.values() for one in kind])
def test_no_more_states_are_needed_than_promised(lines: Lines) -> None:
    rank, promised = rank_and_promise(automaton("one lag", *lines))
    assert 0 < rank <= promised


SEVERAL_STATES = [
    ("two lags", JACOBIAN),
    ("two lags", r"\frac{\partial h_t}{\partial W}"),
    ("two layers", r"\frac{\partial h_t}{\partial f_k}"),
    ("two layers", r"\frac{\partial E}{\partial f_t}"),
    ("gated", r"\frac{\partial E}{\partial W}"),
    ("gated", r"\frac{\partial E}{\partial c_t}"),
    ("two directions", r"\frac{\partial E}{\partial W}"),
    ("two directions", r"\frac{\partial E}{\partial b_t}"),
    ("there and back", r"\frac{\partial E}{\partial f_t}"),
    ("there and back", r"\frac{\partial b_t}{\partial W}"),
]


@pytest.mark.parametrize(("model", "formula"), SEVERAL_STATES)
def test_no_more_states_are_needed_than_promised_of_several_states(
    model: str, formula: str
) -> None:
    rank, promised = rank_and_promise(automaton(model, formula))
    assert 0 < rank <= promised


WITH_LITERALS = [
    (r"\sum_t \sum_{k=\max(1,t-2)}^{t} g_t x_k", 3),
    (r"\sum_t \sum_{k=1}^{\min(T,t+2)} g_t x_k", 3),
    (r"\sum_t \sum_k \mathbb 1[t < k+2] g_t x_k", 2),
    (r"\sum_t \sum_k \delta_{t,k+2} g_t x_k", 3),
    (r"\sum_{t=2}^{T-2} x_t", 3),
]


@pytest.mark.parametrize(("formula", "window"), WITH_LITERALS)
def test_literals_cost_no_states_but_length(formula: str, window: int) -> None:
    rank, promised = rank_and_promise(automaton("one lag", formula, window=window))
    assert 0 < rank <= promised


@pytest.mark.parametrize(
    "formula", [r"\frac1T \sum_t x_t", r"\sum_t t x_t", r"\sum_t (t - 1)(T - t)^2 x_t", r"t x_t"]
)
def test_a_free_letter_in_place_of_a_number_costs_nothing(formula: str) -> None:
    assert rank_and_promise(automaton("one lag", formula, free_letters=True)) == (2, 2)


NONE: list[Lines] = [
    # that one sum of two steps exceeds another, no finite memory tells
    (r"\sum_t \sum_{k=1}^{T-t} g_t r_k",),
    (r"\sum_t \mathbb 1[t + t < T] x_t",),
    (r"\sum_t \sum_k \delta_{t+k,T} x_t g_k",),
    (r"\sum_t \sum_{k=1}^{t+t} x_k",),
    (r"g_t x_k, k < T - t",),
    # what grows beyond any power, and what is a function of all steps
    (r"2^{\sum_k g_k}",),
    (r"\tanh(\sum_t g_t)",),
    (r"\frac{1}{\sum_t g_t}",),
    (r"\sum_t \mathbb 1[E > 0] x_t",),
    (r"\prod_j (g_j + \sum_k g_k)",),
    (r"2^{2 T}",),
    # recursions through what is not linear in the entries of a matrix
    ("v_1 = x_1", r"v_t = \lVert v_{t-1} x_t + x_t \rVert x_t", "v_T"),
    ("v_1 = g_1", r"v_t = \det(v_{t-1} x_t x_t^\top + x_t x_t^\top)", "v_T"),
]


@pytest.mark.parametrize("lines", NONE)
def test_what_has_no_finite_memory_has_no_dimension(lines: Lines) -> None:
    for free_letters in (False, True):
        with pytest.raises(NoDimension):
            _ = automaton("one lag", *lines, free_letters=free_letters).promised


def test_a_sum_of_two_steps_against_a_third_needs_ever_more_states() -> None:
    one = automaton("one lag", r"\sum_t \sum_{k=1}^{T-t} x_t g_k")
    assert [max(one.ranks(count, longest=count)) for count in (4, 6, 8)] == [4, 6, 8]


def test_paths_that_turn_twice_are_not_counted() -> None:
    one = automaton("there and back and there", r"\frac{\partial E}{\partial W}")
    with pytest.raises(NoDimension):
        _ = one.promised
    up, down = 4, 2
    assert max(one.ranks(18, longest=4)) > (up + 1) * (down + 1) + 1


def test_a_quantity_that_remembers_has_no_dimension_unless_it_is_free() -> None:
    gated = laboratory_of(MODELS["gated"])
    free = Automaton(gated, (r"\sum_t c_t = 0",), SIZES)
    remembering = Automaton(gated, (r"\sum_t c_t = 0",), SIZES, disturbed=False)
    assert free.promised == 2
    with pytest.raises(NoDimension):
        _ = remembering.promised
