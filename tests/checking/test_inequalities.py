"""An inequality holds if bounds prove it, fails at a point, and is undecided otherwise."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.checking.magnitudes import upper_bounds
from symbolic_bptt.checking.verdict import CheckedClaim
from symbolic_bptt.evaluation.domains.ball import BallDomain
from symbolic_bptt.evaluation.domains.domain import entrywise
from symbolic_bptt.evaluation.domains.enclosing import IntervalDomain, scaled_rows
from symbolic_bptt.evaluation.domains.interval import Interval
from symbolic_bptt.evaluation.errors import EvaluationError
from symbolic_bptt.evaluation.evaluator import evaluate
from symbolic_bptt.evaluation.graph import is_cut
from symbolic_bptt.evaluation.unroll import unroll
from symbolic_bptt.evaluation.value import Value
from symbolic_bptt.model import load_model
from symbolic_bptt.notation.tree import (
    Add,
    BigOperator,
    Call,
    Derivative,
    Expr,
    Neg,
    Number,
    Operation,
    Power,
    Product,
    Quotient,
    Range,
    Symbol,
    Transpose,
)
from tests.evaluation.surroundings import Table


def last(model: str, *lines: str, seed: int = 0) -> CheckedClaim:
    return check_text(load_model(model), "\n\n".join(lines), ".txt", seed=seed).claims[-1]


HOLDS = [
    ("elman", r"E \ge 0"),
    ("elman", r"E_t > 0"),
    ("elman", r"E \ne 0"),
    ("elman", r"E_t \le E"),
    ("elman", r"|s_{t,i}| < 1"),
    ("elman", r"-1 < s_t < 1"),
    ("elman", r"\hat y_{t,k} > 0"),
    ("elman", r"\hat y_{t,k} < 1"),
    ("elman", r"s_t^2 \ge 0"),
    ("elman", r"1 - s_t^2 > 0"),
    ("elman", r"1 - s_t^2 \le 1"),
    ("elman", r"s_t + 1 > s_t"),
    ("elman", r"\|s_t\| < \sqrt{n}"),
    ("elman", r"(\hat y_t - y_t)^\top (\hat y_t - y_t) \ge 0"),
    ("elman", r"\frac{1}{x_t^2} > 0"),
    ("elman", r"s_t - s_t^2 \le \frac14"),
    ("elman", r"x_t^2 + 2 x_t + 1 \ge 0"),
    ("elman", r"\|y_t\| \le 1"),
    ("elman", r"\tanh'(x_t) \le 1"),
    ("elman", r"\left|\frac{\partial s_{t,i}}{\partial s_{t-1,j}}\right| \le |W_{ij}|"),
    ("elman-mse", r"E \ge 0"),
    ("lstm", r"0 < f_t < 1"),
    ("lstm", r"|h_{t,i}| < 1"),
    ("scalar-multiplicative", r"(f(x_1))^2 \ge 0"),
]


@pytest.mark.parametrize(("model", "line"), HOLDS)
def test_what_bounds_prove_holds_without_a_chance_of_error(model: str, line: str) -> None:
    claim = last(model, line)
    assert claim.verdict == "holds", claim
    assert claim.evidence is not None
    assert claim.evidence.kind == "exact"
    assert claim.evidence.error_bound_log2 is None
    assert claim.evidence.instances


NORMS = [
    r"\|W s_t\| \le \|W\| \|s_t\|",
    r"\|s_t\| \|W\| \ge \|W s_t\|",
    r"\|W U x_t\| \le \|W\| \|U\| \|x_t\|",
    r"\|W U x_t\| \le \|W U\| \|x_t\|",
    r"\|W U x_t\| \le \|W\| \|U x_t\|",
    r"\|s_t + s_{t-1}\| \le \|s_{t-1}\| + \|s_t\|",
    r"\|s_t - s_{t-1}\| \le \|s_t\| + \|s_{t-1}\|",
    r"\|W s_{t-1} + U x_t\| \le \|W\| \|s_{t-1}\| + \|U\| \|x_t\|",
    r"\|2 W\| \le 2 \|W\|",
    r"\|W_{ij} U\| \le |W_{ij}| \|U\|",
    r"\|-W\| \le \|W\|",
    r"\|W^\top\| \le \|W\|",
    r"\|W^3\| \le \|W\|^3",
    r"\left\|\frac{W}{2}\right\| \le \|W\|",
    r"\|\sum_t s_t\| \le \sum_t \|s_t\|",
    r"\|s_t \odot s_{t-1}\| \le \|s_t\| \|s_{t-1}\|",
    r"|s_t^\top s_{t-1}| \le \|s_t\| \|s_{t-1}\|",
    r"|s_t + s_{t-1}| \le |s_t| + |s_{t-1}|",
    r"|s_t - s_{t-1}| \le |s_t| + |s_{t-1}|",
    r"\|W s_t\| + \|U x_t\| \le \|W\| \|s_t\| + \|U\| \|x_t\|",
    r"2 \|W s_t\| \le 2 \|W\| \|s_t\|",
    r"\|W s_t\|^2 \le \|W\|^2 \|s_t\|^2",
    r"\frac{\|W s_t\|}{2} \le \|W\| \|s_t\|",
    r"\sum_t \|W s_t\| \le \|W\| \sum_t \|s_t\|",
    r"\prod_t \|W s_t\| \le \prod_t \|W\| \|s_t\|",
]


@pytest.mark.parametrize("line", NORMS)
def test_rules_of_norms_prove_what_intervals_do_not_see(line: str) -> None:
    assert last("elman", line).verdict == "holds"


JACOBIANS = [
    ("elman", r"\left\|\frac{\partial s_t}{\partial s_{t-1}}\right\| \le \|W\|"),
    ("elman", r"\left\|\frac{\partial s_t}{\partial s_{t-1}}\right\|_2 \le \|W\|_2"),
    ("elman", r"\|\operatorname{diag}(1 - s_t^2)\|_2 \le 1"),
    ("elman", r"\|\operatorname{diag}(1 - s_t^2) W\|_2 \le \|W\|_2"),
    (
        "elman",
        (
            r"\left\|\frac{\partial s_t}{\partial s_k}\right\|_2 \le"
            r" \prod_{j=k+1}^{t} \left\|\frac{\partial s_j}{\partial s_{j-1}}\right\|_2"
        ),
    ),
    ("elman", r"\prod_{j=k+1}^{t} \|\frac{\partial s_j}{\partial s_{j-1}}\|_2 \le \|W\|_2^{t-k}"),
    (
        "elman",
        (
            r"\left\|\frac{\partial E_t}{\partial s_k}\right\|_2 \le"
            r" \left\|\frac{\partial E_t}{\partial s_t}\right\|_2"
            r" \left\|\frac{\partial s_t}{\partial s_k}\right\|_2"
        ),
    ),
    ("pascanu", r"\left\|\frac{\partial x_t}{\partial x_{t-1}}\right\| \le \frac14 \|W_{rec}\|"),
    (
        "pascanu",
        (
            r"\left\|\frac{\partial x_t}{\partial x_{t-1}}\right\| \le"
            r" \|W_{rec}\| \|\operatorname{diag}(\sigma'(x_{t-1}))\|"
        ),
    ),
]


@pytest.mark.parametrize(("model", "line"), JACOBIANS)
def test_bounds_of_jacobians_from_the_literature(model: str, line: str) -> None:
    assert last(model, line).verdict == "holds"


def test_not_every_state_cuts_every_path() -> None:
    elman = unroll(load_model("elman"), 3, {"n": 2, "m": 2, "K": 3})
    lstm = unroll(load_model("lstm"), 3, {"n": 2, "m": 2, "K": 3})
    assert is_cut(elman, ("s", 3), ("s", 2), ("s", 1))
    assert is_cut(elman, ("E", 3), ("s", 2), ("s", 1))
    assert not is_cut(elman, ("s", 3), ("s", 1), ("s", 2))
    assert not is_cut(elman, ("s", 1), ("s", 2), ("s", 3))
    assert not is_cut(elman, ("s", 3), ("s", 2), ("W", None))
    assert not is_cut(elman, ("s", 3), ("s", 2), ("W", 2))
    assert not is_cut(lstm, ("h", 3), ("h", 2), ("h", 1))
    assert is_cut(lstm, ("h", 3), ("c", 3), ("f", 3))
    assert not is_cut(lstm, ("h", 2), ("c", 2), ("c", 1))
    assert not is_cut(lstm, ("h", 2), ("c", 2), ("h", 1))


def test_the_norm_of_a_product_of_jacobians() -> None:
    jacobian = r"J_k = \frac{\partial s_k}{\partial s_{k-1}}"
    claim = last("elman", jacobian, r"\|\prod_k J_k\| \le \prod_k \|J_k\|")
    assert claim.verdict == "holds"


FAILS = [
    ("elman", r"E < 20"),
    ("elman", r"E < 10000"),
    ("elman", r"E \ge 0.001"),
    ("elman", r"W_{ij} \le 2"),
    ("elman", r"W_{ij} \le 2000000"),
    ("elman", r"W_{ij}^2 > 0"),
    ("elman", r"x_t \le 10"),
    ("elman", r"\|W\| < 100"),
    ("elman", r"\|W\| > 0"),
    ("elman", r"s_t \ge 0"),
    ("elman", r"|s_{t,i}| < 0.99"),
    ("elman", r"\mathbf 1^\top s_t < 3"),
    ("elman", r"\hat y_{t,k} < 0.99"),
    ("elman", r"\|s_t + 1\| \le \|s_t\| + 1"),
    ("elman", r"\|W s_t\| \le \|s_t\|"),
    ("elman", r"\|W s_t\| < \|W\| \|s_t\|"),
    ("elman", r"W \ne 0"),
    ("elman", r"W_{12} \ne W_{21}"),
    ("elman", r"E \ne \sum_t E_t"),
    ("lstm", r"c_t \le 1"),
    ("lstm", r"f_t < 0.999"),
]


@pytest.mark.parametrize(("model", "line"), FAILS)
@pytest.mark.parametrize("seed", [0, 1])
def test_what_is_false_somewhere_fails_there(model: str, line: str, seed: int) -> None:
    claim = last(model, line, seed=seed)
    assert claim.verdict == "fails"
    assert claim.counterexample is not None
    assert claim.evidence is None


OPEN = [
    r"\|\operatorname{softmax}(s_t)\| \le 1",
    r"\left\|\frac{\partial s_t}{\partial s_{t-1}}\right\| \le \|W_{11} W\| + \|W\|^2 + 1",
    r"s_t^2 + s_{t-1}^2 \ge 2 s_t \odot s_{t-1}",
    r"\sin^2 s_t + \cos^2 s_t \le 1",
    r"1 \le \sin^2 s_t + \cos^2 s_t",
    r"E \ne 5",
]


@pytest.mark.parametrize("line", OPEN)
def test_what_is_neither_proved_nor_refuted_is_undecided(line: str) -> None:
    claim = last("elman", line)
    assert claim.verdict == "undecided"
    assert claim.evidence is None
    assert claim.message == "no counterexample was found; that is no proof"


GROWING = [
    ("elman", r"\sum_{t=1}^{T} s_{t,1}^2 < 27"),
    ("elman", r"\sum_{t=1}^{T} |s_{t,1}| \le 9"),
    ("elman", r"\sum_{t=1}^{T} (1 + s_{t,1}^2) < 28"),
    ("elman", r"\|\sum_t s_t\| < 100"),
    ("elman", r"\sum_i s_{t,i}^2 < 7"),
    ("elman", r"s_t^\top s_t < 20"),
    ("elman", r"\|s_t\| < 4.5"),
    ("elman", "c_0 = 0\n\nc_t = c_{t-1} + 1\n\nc_T s_{T,1}^2 \\le 27 s_{T,1}^2"),
    ("elman", "c_0 = 0\n\nc_t = c_{t-1} + 1\n\nc_T + s_{T,1}^2 < 28"),
]


@pytest.mark.parametrize(("model", "line"), GROWING)
def test_what_grows_is_not_below_a_number_because_it_is_at_a_few_lengths(
    model: str, line: str
) -> None:
    """Guards: intervals at instances prove nothing of a sum, a norm or a counter elsewhere."""
    claim = last(model, line)
    assert claim.verdict == "undecided"
    assert "looked at up to T" in claim.message


GROWING_UPWARDS = [
    ("elman", r"1 + \|x_t\|^2 > 0"),
    ("elman", r"\sum_t \|s_t\| + 1 \ge 1"),
    ("elman", r"\|\frac{\partial s_t}{\partial s_{t-1}}\| \le 2 \|W\|"),
]


@pytest.mark.parametrize(("model", "line"), GROWING_UPWARDS)
def test_what_grows_away_from_a_number_stays_above_it(model: str, line: str) -> None:
    assert last(model, line).verdict == "holds"


def test_a_counterexample_can_be_recomputed_from_what_is_printed() -> None:
    found = last("elman", r"\|W\| < 100").counterexample
    assert found is not None
    assert np.linalg.norm(np.array(found.values["W"])) == pytest.approx(found.lhs)
    assert found.lhs > found.rhs == 100


SHAPES = {"a": (2, 1), "b": (3, 1), "A": (2, 2), "B": (2, 3), "c": (1, 1)}
NAMES = {shape: name for name, shape in SHAPES.items()}


@st.composite
def trees(draw: st.DrawFn, shape: tuple[int, int], depth: int) -> Expr:
    """A random sum, product, power, … of that shape."""
    rows, columns = shape

    def tree(rows: int, columns: int) -> Expr:
        return draw(trees((rows, columns), depth - 1))

    if depth == 0 or draw(st.booleans()):
        if shape in NAMES:
            name = NAMES[shape]
            return draw(st.sampled_from([Symbol(name), Symbol(name, (Symbol("t"),))]))
        if (columns, rows) in NAMES:
            return Transpose(Symbol(NAMES[columns, rows]))
        return Product((tree(rows, 2), tree(2, columns)))
    inner, more = draw(st.sampled_from([2, 3])), draw(st.sampled_from([2, 3]))
    kind = draw(st.sampled_from(["+", "-", "⊤", "sum", "*", "**", "c", "/", "⊙", "^", "Π"]))
    square = rows == columns > 1
    match kind:
        case "+":
            return Add((tree(rows, columns), tree(rows, columns)))
        case "-":
            return Neg(tree(rows, columns))
        case "⊤":
            return Transpose(tree(columns, rows))
        case "sum":
            return BigOperator("sum", (Range("t"),), tree(rows, columns))
        case "**":
            return Product((tree(rows, inner), tree(inner, more), tree(more, columns)))
        case "c":
            return Product((Number(Fraction(3, 2)), Symbol("c"), tree(rows, columns)))
        case "/":
            return Quotient(tree(rows, columns), Number(Fraction(2)))
        case "⊙":
            return Operation("hadamard", tree(rows, columns), tree(rows, columns))
        case "^" if square:
            return Power(tree(rows, columns), Number(Fraction(2)))
        case "Π" if square:
            return BigOperator("product", (Range("t"),), tree(rows, columns))
    return Product((tree(rows, inner), tree(inner, columns)))


def table(seed: int) -> Table:
    """Random matrices and vectors in balls, those with a step different at every step."""
    random, domain = np.random.default_rng(seed), BallDomain(128)

    def value(shape: tuple[int, int]) -> Value:
        array = np.empty(shape, dtype=object)
        array.ravel()[:] = [
            domain.number(Fraction(int(k), 8)) for k in random.integers(-9, 10, array.size)
        ]
        return Value(array)

    values: dict[object, Value] = {name: value(shape) for name, shape in SHAPES.items()}
    values |= {(name, t): value(shape) for name, shape in SHAPES.items() for t in (1, 2, 3)}
    return Table(values, {"t": 2}, domain)


MEASURES = ["norm", "spectral_norm", "abs"]


@given(
    st.sampled_from(list(SHAPES.values())).flatmap(lambda shape: trees(shape, 3)),
    st.integers(0, 10**6),
    st.sampled_from(MEASURES),
    st.sampled_from(["alone", "twice", "minus", "scaled", "inverse", "transposed"]),
)
def test_no_bound_is_below_what_it_bounds(tree: Expr, seed: int, measure: str, place: str) -> None:
    surroundings, size = table(seed), Call(measure, (tree,))
    expr = {
        "alone": size,
        "twice": Add((size, size)),
        "minus": Neg(Product((Symbol("c"), size))),
        "scaled": Product((Symbol("c"), size)),
        "inverse": Quotient(size, Symbol("c")),
        "transposed": Transpose(size),
    }[place]
    try:
        own = evaluate(expr, surroundings)
        found = upper_bounds(expr, surroundings)
    except EvaluationError:
        return
    with surroundings.domain.scope():
        for bound in found:
            assert bound.shape == own.shape
            for above, below in zip(bound.array.flat, own.array.flat, strict=True):
                assert not above < below


REPEATED = [
    Add((Symbol("a"), Number(Fraction(1)))),
    Add((Symbol("A"), Number(Fraction(-2)))),
    Product((Symbol("A"), Symbol("a"), Symbol("A"))),
    Product((Transpose(Symbol("a")), Symbol("a"), Symbol("a", (Number(Fraction(1)),)))),
]


@pytest.mark.parametrize("tree", REPEATED, ids=str)
@pytest.mark.parametrize("measure", MEASURES)
def test_bounds_of_what_is_repeated_or_regrouped(tree: Expr, measure: str) -> None:
    for seed in range(5):
        surroundings, expr = table(seed), Call(measure, (tree,))
        try:
            own = evaluate(expr, surroundings)
        except EvaluationError:
            continue
        with surroundings.domain.scope():
            for bound in upper_bounds(expr, surroundings):
                for above, below in zip(bound.array.flat, own.array.flat, strict=True):
                    assert not above < below


LAID_OUT = {
    "ds/dW": Value(np.array([[1.0, 0, 0, 1], [0, 0, 0, 0]]), columns_of=(2, 2)),
    "dE/dW": Value(np.eye(2), role="covector"),
    "I": Value(np.eye(2)),
    "B": Value(np.array([[1.0, 0], [0, 0], [0, 0], [1, 0]])),
}


@pytest.mark.parametrize("norm", ["norm", "spectral_norm"])
@pytest.mark.parametrize(("of", "other"), [("s", "I"), ("E", "B")])
def test_a_matrix_that_acts_as_the_row_or_column_of_its_entries(
    of: str, other: str, norm: str
) -> None:
    """‖J vec A‖ is not at most ‖J‖ ‖A‖ in the spectral norm; it is in that of Frobenius."""
    domain = BallDomain(128)
    exact = {
        name: replace(one, array=entrywise(lambda x: domain.number(Fraction(x)), one.array))
        for name, one in LAID_OUT.items()
    }
    derivative = Derivative("partial", Symbol(of), Symbol("W"))
    expr = Call(norm, (Product((derivative, Symbol(other))),))
    surroundings = Table(exact, {}, domain)
    found = upper_bounds(expr, surroundings)
    assert len(found) > 2
    with domain.scope():
        assert not any(bound.coefficient < found[0].coefficient for bound in found)


@given(st.lists(st.integers(-20, 20), min_size=12, max_size=12))
def test_scaled_rows_and_columns_come_out_of_a_norm(drawn: list[int]) -> None:
    numbers = [Fraction(one, 8) for one in drawn]
    domain = IntervalDomain()
    forms = [domain.variable(Interval(one, one)) for one in numbers]
    rows, columns, inner = forms[:3], forms[3:6], np.array(forms[6:9] * 3).reshape(3, 3)
    matrix = np.array(rows).reshape(3, 1) * inner * np.array(columns)
    scales, rest = scaled_rows(matrix)
    assert np.all(np.array(scales).reshape(3, 1) * rest == matrix)
    size = np.linalg.norm(np.array([[float(one.interval.low) for one in row] for row in matrix]))
    found = upper_bounds(Call("norm", (Symbol("A"),)), Table({"A": Value(matrix)}, {}, domain))
    assert len(found) == 5 or 0 in numbers
    for bound in found:
        assert float(bound.coefficient.interval.high) >= size * (1 - 1e-12)
