"""Lowering: the tree of a term evaluates to what the term says, at random matrices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from symbolic_bptt.core.axes import STEP
from symbolic_bptt.core.binding import closed
from symbolic_bptt.core.terms import (
    Add,
    Big,
    BigKind,
    Bound,
    Compose,
    Constant,
    Diagonal,
    Divide,
    Elementwise,
    Entry,
    Letter,
    Lift,
    Negative,
    Number,
    Scale,
    Symbol,
    Term,
    Transpose,
    scalar,
)
from symbolic_bptt.core.types import SCALAR, Type
from symbolic_bptt.evaluation.evaluator import evaluate
from symbolic_bptt.evaluation.value import Value
from symbolic_bptt.notation.elaboration.lower import lowered
from tests.evaluation.surroundings import Table
from tests.notation.elaboration.terms import COLUMN, GRADIENT, ROW, SQUARE, N, at, named, step

Array = NDArray[np.float64]
SIZE, T = 3, 4
KEYS: Mapping[Type, str] = {SCALAR: "c", COLUMN: "a", ROW: "r", SQUARE: "A", GRADIENT: "g"}


def shape(kind: Type) -> tuple[int, int]:
    """Rows and columns: what contracts on the right is a row."""
    return SIZE if kind.out else 1, SIZE if kind.into else 1


def _drawn() -> dict[object, Array]:
    random = np.random.default_rng(7)
    drawn: dict[object, Array] = {}
    for kind, name in KEYS.items():
        for key in (name, *((name, number) for number in range(T + 1))):
            drawn[key] = random.uniform(0.5, 1.5, shape(kind))
    return drawn


DRAWN = _drawn()
NUMBERS = {"n": SIZE, "T": T, "t": 2}
TABLE = Table({key: Value(array) for key, array in DRAWN.items()}, NUMBERS)


def value(term: Term, bound: tuple[int, ...] = ()) -> Array:
    """What a term says, by NumPy."""

    def of(part: Term) -> Array:
        return value(part, bound)

    def index(part: Term) -> int:
        return int(of(part)[0, 0])

    match term:
        case Number(value=number):
            return np.array([[float(number)]])
        case Letter(name=name):
            return np.array([[float(NUMBERS[name])]])
        case Bound(depth=depth):
            return np.array([[float(bound[-1 - depth])]])
        case Symbol(name=name, indices=indices):
            return DRAWN[name, *map(index, indices)] if indices else DRAWN[name]
        case Constant(kind=kind):
            return np.eye(SIZE) if kind == "identity" else np.ones((SIZE, 1))
        case Add(terms=terms):
            return np.sum([of(part) for part in terms], axis=0)
        case Negative(body=body):
            return -of(body)
        case Scale(scalar=left, body=right) | Elementwise(left=left, right=right):
            return of(left) * of(right)
        case Compose(left=left, right=right):
            made = of(left) @ of(right)
            return made if made.shape == shape(term.type) else made.T
        case Transpose(body=body):
            return of(body).T
        case Diagonal(body=body):
            return np.diag(of(body)[:, 0])
        case Divide(top=top, bottom=bottom):
            return of(top) / of(bottom)
        case Lift(body=body):
            return np.full(shape(term.type), of(body)[0, 0])
        case Entry(body=body, indices=(row, column)):
            return of(body)[[[index(row) - 1]], index(column) - 1]
        case Big():
            return big(term, bound)
    raise AssertionError(term)


def big(term: Big, bound: tuple[int, ...]) -> Array:
    """The terms of a sum, or the factors of a product in their order."""
    first = int(value(term.lower, bound)[0, 0]) if term.lower else 1
    last = int(value(term.upper, bound)[0, 0]) if term.upper else SIZE
    found = [value(term.body, (*bound, number)) for number in range(first, last + 1)]
    if term.kind == "sum":
        return np.sum(found, axis=0) if found else np.zeros(shape(term.type))
    made = np.eye(shape(term.type)[0])
    for one in reversed(found) if term.descending else found:
        made = made @ one
    return made


def over(letter: str, kind: BigKind, body: Term, *, descending: bool = False) -> Big:
    """Σ or Π over the steps of a term in which the letter stands free."""
    bounds = scalar(1), step("T")
    return Big(body.type.plain, kind, letter, STEP, *bounds, (), closed(body, letter), descending)


@cache
def terms(kind: Type, depth: int, letters: tuple[str, ...] = ()) -> st.SearchStrategy[Term]:
    """Terms of a type, in which these letters of steps may stand free."""
    leaves = st.sampled_from([named(kind, KEYS[kind])])
    if letters:
        leaves |= st.sampled_from([at(kind, KEYS[kind], step(one)) for one in letters])
    if not depth:
        return leaves

    def below(other: Type, *more: str) -> st.SearchStrategy[Term]:
        return st.deferred(lambda: terms(other, depth - 1, (*letters, *more)))

    def two(left: Type, right: Type, make: Callable[[Term, Term], Term]) -> st.SearchStrategy[Term]:
        return st.tuples(below(left), below(right)).map(lambda pair: make(*pair))

    fresh = "jkl"[len(letters)]
    found = [
        leaves,
        two(kind, kind, lambda a, b: Add(kind, (a, Negative(kind, b)))),
        two(SCALAR, kind, lambda a, b: Scale(kind, a, b)),
        two(kind, SCALAR, lambda a, b: Divide(kind, a, named(SCALAR, "c"))),
        below(kind, fresh).map(lambda body: over(fresh, "sum", body)),
    ]
    if kind.axes:
        found += [
            two(kind, kind, lambda a, b: Elementwise(kind, a, b)),
            below(SCALAR).map(lambda a: Lift(kind, a)),
            below(kind.transposed).map(lambda a: Transpose(kind, a)),
        ]
    if kind in (COLUMN, SQUARE):
        found.append(two(SQUARE, kind, lambda a, b: Compose(kind, a, b)))
    if kind == SQUARE:
        found.append(two(COLUMN, ROW, lambda a, b: Compose(kind, a, b)))
        found.append(below(COLUMN).map(lambda a: Diagonal(kind, a)))
        found.append(below(SQUARE).map(lambda a: Add(kind, (a, Constant(kind, "identity")))))
    if kind == SCALAR:
        found.append(two(ROW, COLUMN, lambda a, b: Compose(kind, a, b)))
        found.append(below(SQUARE).map(lambda a: Entry(kind, a, (scalar(1), scalar(2)))))
    return st.one_of(found)


def check(term: Term) -> None:
    expected = value(term)
    found = evaluate(lowered(term), TABLE).array
    if found.shape == (1, 1):  # a number takes the shape of its place
        found = np.full(expected.shape, found[0, 0])
    assert found == pytest.approx(expected, rel=1e-9)


@given(st.sampled_from([SCALAR, COLUMN, ROW, SQUARE]).flatmap(lambda kind: terms(kind, 3)))
def test_a_tree_is_worth_what_its_term_says(term: Term) -> None:
    check(term)


@given(terms(SQUARE, 2, ("j",)), st.booleans())
def test_the_factors_of_a_product_stand_in_their_order(body: Term, descending: bool) -> None:
    check(over("j", "product", body, descending=descending))


@given(terms(SQUARE, 2))
def test_a_gradient_before_a_jacobian_is_a_row_and_the_product_a_gradient(jacobian: Term) -> None:
    row = Transpose(Type((), (N,), gradient=True), named(GRADIENT, "g"))
    check(Compose(GRADIENT, row, jacobian))


def test_letters_of_one_name_stay_apart() -> None:
    inner = over("k", "sum", Scale(COLUMN, at(SCALAR, "c", step("j")), at(COLUMN, "a", step("k"))))
    outer = over("j", "sum", inner)
    renamed = Big(outer.type, "sum", "k", STEP, outer.lower, outer.upper, (), outer.body)
    check(renamed)


def test_a_sum_over_entries_runs_over_the_size() -> None:
    letter = Letter(SCALAR, "i", N)
    body = Scale(SCALAR, letter, Entry(SCALAR, named(SQUARE, "A"), (letter, letter)))
    check(Big(SCALAR, "sum", "i", N, None, step("n"), (), closed(body, "i")))
