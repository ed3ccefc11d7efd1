"""Products: the types decide, and no product is read by leaving a transpose out."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbolic_bptt.core.terms import (
    Compose,
    Diagonal,
    Elementwise,
    KroneckerProduct,
    Scale,
    Term,
    Transpose,
)
from symbolic_bptt.core.traversal import walk
from symbolic_bptt.core.types import SCALAR, Type, vector
from symbolic_bptt.notation.elaboration.choices import CHOICES, Oracle
from symbolic_bptt.notation.elaboration.errors import ElaborationError
from symbolic_bptt.notation.elaboration.products import (
    elementwise,
    juxtaposed,
    outer,
    transposed,
)
from tests.notation.elaboration.terms import (
    COLUMN,
    GRADIENT,
    NOWHERE,
    ROW,
    SQUARE,
    TALL,
    WIDE,
    M,
    N,
    named,
    opening,
)

BESIDE = [
    (SCALAR, SCALAR, Scale, SCALAR),
    (SCALAR, COLUMN, Scale, COLUMN),
    (WIDE, SCALAR, Scale, WIDE),
    (SQUARE, COLUMN, Compose, COLUMN),
    (WIDE, TALL, Compose, SQUARE),
    (ROW, COLUMN, Compose, SCALAR),
    (ROW, WIDE, Compose, Type((), (M,))),
    (COLUMN, ROW, Compose, SQUARE),
    (GRADIENT, ROW, Compose, SQUARE),
    (GRADIENT, WIDE, Compose, Type((M,), gradient=True)),
    (COLUMN, COLUMN, Elementwise, COLUMN),
    (ROW, ROW, Elementwise, ROW),
    (COLUMN, WIDE, Compose, WIDE),
]


@pytest.mark.parametrize(("left", "right", "made", "kind"), BESIDE)
def test_the_types_of_two_factors_decide_what_their_product_is(
    left: Type, right: Type, made: type[Term], kind: Type
) -> None:
    e = opening()
    term = juxtaposed(e, named(left, "a"), named(right, "b"), NOWHERE)
    assert type(term) is made
    assert e.type_of(term) == kind


MISFITS = [
    (WIDE, COLUMN),
    (TALL, TALL),
    (SQUARE, TALL),
    (ROW, TALL),
    (SQUARE, ROW),
    (COLUMN, vector(M)),
    (COLUMN, TALL),
]


@pytest.mark.parametrize(("left", "right"), MISFITS)
def test_what_does_not_fit_is_refused_with_both_shapes(left: Type, right: Type) -> None:
    with pytest.raises(ElaborationError, match="cannot be multiplied by") as caught:
        juxtaposed(opening(), named(left, "a"), named(right, "b"), NOWHERE)
    assert caught.value.kind == "ill-shaped"


KINDS = st.sampled_from([COLUMN, ROW, SQUARE, WIDE, TALL, vector(M), Type((), (M,))])
ANSWERS = st.fixed_dictionaries({kind: st.sampled_from(said) for kind, said in CHOICES.items()})


@given(KINDS, KINDS, ANSWERS)
def test_only_a_vector_beside_a_vector_is_ever_transposed(
    left: Type, right: Type, answers: dict[str, str]
) -> None:
    """Whatever is answered: only the inner product turns a factor, and the shapes contract."""
    e = opening(Oracle(answers))
    try:
        term = juxtaposed(e, named(left, "a"), named(right, "b"), NOWHERE)
    except ElaborationError:
        return
    turned = [node for node in walk(term) if isinstance(node, Transpose)]
    alike = (left.is_vector and right.is_vector) or (left.is_row and right.is_row)
    assert not turned or (alike and term.type == SCALAR)


@given(ANSWERS)
def test_a_dropped_transpose_is_never_a_reading(answers: dict[str, str]) -> None:
    """Aᵀ b with A m x n fits; A b does not, whatever is answered."""
    e = opening(Oracle(answers))
    tall, short = named(TALL, "A"), named(vector(M), "b")
    assert e.type_of(juxtaposed(e, transposed(e, tall), short, NOWHERE)) == COLUMN
    with pytest.raises(ElaborationError) as caught:
        juxtaposed(e, tall, short, NOWHERE)
    assert caught.value.kind == "ill-shaped"


@pytest.mark.parametrize(("writes_inner", "options"), [(True, 1), (False, 2)])
def test_inner_products_are_asked_about_only_where_the_document_writes_none(
    writes_inner: bool, options: int
) -> None:
    oracle = Oracle()
    e = opening(oracle, writes_inner=writes_inner)
    juxtaposed(e, named(COLUMN, "a"), named(COLUMN, "b"), NOWHERE)
    assert len(oracle.asked["vectors"]) == options


def test_a_gradient_before_a_jacobian_acts_as_a_row_and_that_is_told() -> None:
    oracle = Oracle()
    term = juxtaposed(opening(oracle), named(GRADIENT, "g"), named(WIDE, "J"), NOWHERE)
    assert isinstance(term, Compose)
    assert isinstance(term.left, Transpose)
    assert ("gradient", "row chained") in oracle.forced


def test_a_vector_that_stands_for_its_diagonal_is_told() -> None:
    oracle = Oracle()
    term = juxtaposed(opening(oracle), named(COLUMN, "v"), named(WIDE, "A"), NOWHERE)
    assert isinstance(term, Compose)
    assert isinstance(term.left, Diagonal)
    assert ("diagonal", "vector") in oracle.forced


def test_an_elementwise_product_takes_equal_types_alone() -> None:
    kinds = (COLUMN, ROW, SQUARE, TALL)
    for left, right in product(kinds, kinds):
        e = opening()
        if left == right:
            made = elementwise(e, named(left, "a"), named(right, "b"), NOWHERE)
            assert (type(made), made.type) == (Elementwise, left)
        elif {left, right} != {COLUMN, SQUARE}:  # which is a diagonal, and told
            with pytest.raises(ElaborationError, match="elementwise"):
                elementwise(e, named(left, "a"), named(right, "b"), NOWHERE)


def test_the_outer_product_of_vectors_is_a_matrix_and_of_matrices_is_kroneckers() -> None:
    e = opening()
    b = named(vector(M), "b")
    for right in (b, transposed(e, b)):
        made = outer(e, named(COLUMN, "a"), right, NOWHERE)
        assert (type(made), e.type_of(made)) == (Compose, Type((N,), (M,)))
    assert isinstance(outer(e, named(SQUARE, "A"), named(WIDE, "B"), NOWHERE), KroneckerProduct)
