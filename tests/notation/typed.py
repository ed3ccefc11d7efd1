"""Random trees whose shapes fit, over names of known types, and their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from zlib import crc32

import numpy as np
from hypothesis import strategies as st

from symbolic_bptt.checking.quantities import quantity
from symbolic_bptt.evaluation.errors import UndefinedValue
from symbolic_bptt.evaluation.evaluator import evaluate
from symbolic_bptt.evaluation.value import Value
from symbolic_bptt.model.loader import model_from_source
from symbolic_bptt.notation.source import Source
from symbolic_bptt.notation.tree import (
    Add,
    BigOperator,
    Call,
    Entry,
    Expr,
    Indicator,
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

SIZE = 3
"""n, in the values."""

STEPS = range(-4, 20)
"""The steps at which timed names have values."""

TIMED = ("s", "x", r"\hat y", r"\delta", r"\Gamma_f")
VECTORS, MATRICES, SCALARS = ("b", "c_f"), ("W", "U", "W_{hh}"), ("E", "w", r"\lambda")

MODEL = model_from_source(
    Source(
        """
loss = "E"
equations = 'E = w \\lambda \\sum_t b^T (s_t + x_t + \\hat y_t + \\delta_t + \\Gamma_{f,t})'
[parameters]
W = "n x n"
U = "n x n"
"W_{hh}" = "n x n"
b = "n"
"c_f" = "n"
w = "scalar"
"\\\\lambda" = "scalar"
[inputs]
s_t = "n"
x_t = "n"
"\\\\hat y_t" = "n"
"\\\\delta_t" = "n"
"\\\\Gamma_{f,t}" = "n"
"""
    ),
    "names",
)
"""A model that has all the names."""


def read_back(printed: str) -> Expr:
    """The tree of what was printed."""
    return quantity(MODEL, printed)


class Values(Mapping[object, Value]):
    """A value for every name and step, the same whenever it is asked for."""

    def __getitem__(self, key: object) -> Value:
        name = key[0] if isinstance(key, tuple) else key
        random = np.random.default_rng(crc32(repr(key).encode()))
        shape = (SIZE, SIZE) if name in MATRICES else (1 if name in SCALARS else SIZE, 1)
        return Value(random.uniform(0.5, 1.5, shape))

    def __iter__(self) -> Iterator[object]:
        return iter([*VECTORS, *MATRICES, *SCALARS, *((n, k) for n in TIMED for k in STEPS)])

    def __len__(self) -> int:
        return len(list(iter(self)))


def value(tree: Expr) -> np.ndarray:
    """Its value where t = 2, k = 3 and n = 3; NaN where it has none."""
    table = Table(Values(), {"t": 2, "k": 3, "n": SIZE, "T": 3})
    try:
        return np.asarray(evaluate(tree, table).array)
    except UndefinedValue:
        return np.array(np.nan)


def steps() -> st.SearchStrategy[Expr]:
    """t, t-1, k+2, 3."""
    letters = st.sampled_from([Symbol("t"), Symbol("k")])
    shifted = st.builds(_shifted, letters, st.integers(-2, 2).filter(bool))
    return st.one_of(letters, shifted, st.integers(1, 5).map(whole))


def _shifted(letter: Symbol, by: int) -> Expr:
    return Add((letter, Number(Fraction(by)) if by > 0 else Neg(Number(Fraction(-by)))))


def whole(number: int) -> Expr:
    """A number that is not negative."""
    return Number(Fraction(number))


@st.composite
def scalars(draw: st.DrawFn, depth: int = 3) -> Expr:
    """Expressions whose value is a number."""
    kinds = ["name", "number", "entry"]
    kinds += ["sum", "product", "inner", "quotient", "call", "minus", "power", "over", "sign"] * (
        depth > 0
    )
    match draw(st.sampled_from(kinds)):
        case "name":
            return Symbol(draw(st.sampled_from(SCALARS)))
        case "number":
            return whole(draw(st.integers(1, 12)))
        case "entry":
            return Entry(draw(vectors(0)), (whole(draw(st.integers(1, SIZE))),))
        case "sum":
            return _added(draw, scalars(depth - 1))
        case "product":
            return Product((draw(scalars(depth - 1)), draw(scalars(depth - 1))))
        case "inner":
            return Product((Transpose(draw(vectors(depth - 1))), draw(vectors(depth - 1))))
        case "quotient":
            return Quotient(draw(scalars(depth - 1)), draw(scalars(depth - 1)))
        case "call":
            name = draw(st.sampled_from(["tanh", "sigmoid", "exp", "relu"]))
            return Call(name, (draw(scalars(depth - 1)),))
        case "power":
            return Power(draw(scalars(depth - 1)), whole(draw(st.integers(2, 3))))
        case "over":
            return _summed(draw, scalars(depth - 1))
        case "sign":
            return Indicator(draw(scalars(0)), draw(st.sampled_from([">", "<="])), whole(1))
    return Neg(draw(scalars(depth - 1)))


@st.composite
def vectors(draw: st.DrawFn, depth: int = 3) -> Expr:
    """Expressions whose value is a column of n."""
    kinds = ["name", "timed", "timed"]
    kinds += ["sum", "scaled", "matrix", "hadamard", "call", "minus", "over"] * (depth > 0)
    match draw(st.sampled_from(kinds)):
        case "name":
            return Symbol(draw(st.sampled_from(VECTORS)))
        case "timed":
            return Symbol(draw(st.sampled_from(TIMED)), (draw(steps()),))
        case "sum":
            return _added(draw, vectors(depth - 1))
        case "scaled":
            return Product((draw(scalars(depth - 1)), draw(vectors(depth - 1))))
        case "matrix":
            return Product((draw(matrices(depth - 1)), draw(vectors(depth - 1))))
        case "hadamard":
            return Operation("hadamard", draw(vectors(depth - 1)), draw(vectors(depth - 1)))
        case "call":
            name = draw(st.sampled_from(["tanh", "sigmoid", "softmax", "exp"]))
            return Call(name, (draw(vectors(depth - 1)),))
        case "over":
            return _summed(draw, vectors(depth - 1))
    return Neg(draw(vectors(depth - 1)))


@st.composite
def matrices(draw: st.DrawFn, depth: int = 3) -> Expr:
    """Expressions whose value is n × n."""
    kinds = ["name"]
    kinds += ["sum", "scaled", "product", "outer", "diag", "turned", "minus", "over"] * (depth > 0)
    match draw(st.sampled_from(kinds)):
        case "name":
            return Symbol(draw(st.sampled_from(MATRICES)))
        case "sum":
            return _added(draw, matrices(depth - 1))
        case "scaled":
            return Product((draw(scalars(depth - 1)), draw(matrices(depth - 1))))
        case "product":
            return Product((draw(matrices(depth - 1)), draw(matrices(depth - 1))))
        case "outer":
            return Product((draw(vectors(depth - 1)), Transpose(draw(vectors(depth - 1)))))
        case "diag":
            return Call("diag", (draw(vectors(depth - 1)),))
        case "turned":
            return Transpose(draw(matrices(depth - 1)))
        case "over":
            return _summed(draw, matrices(depth - 1))
    return Neg(draw(matrices(depth - 1)))


def _added(draw: st.DrawFn, parts: st.SearchStrategy[Expr]) -> Expr:
    several = draw(st.lists(parts, min_size=2, max_size=3))
    return Add(tuple(Neg(one) if isinstance(one, Add) else one for one in several))


def _summed(draw: st.DrawFn, body: st.SearchStrategy[Expr]) -> Expr:
    letter = draw(st.sampled_from(["j", "k"]))
    return BigOperator("sum", (Range(letter, whole(1), draw(steps())),), draw(body))


def trees() -> st.SearchStrategy[Expr]:
    """Expressions of every shape."""
    return st.one_of(scalars(), vectors(), matrices())
