"""Dots: a sum or a product of one term at consecutive indices, or a refusal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbolic_bptt.core.binding import opened
from symbolic_bptt.core.linear import difference
from symbolic_bptt.core.terms import Add, Big, Compose, Letter, Negative, Symbol, Term, scalar
from symbolic_bptt.core.traversal import walk
from symbolic_bptt.core.types import SCALAR
from symbolic_bptt.notation.elaboration.dots import dotted_product, dotted_sum
from symbolic_bptt.notation.elaboration.errors import ElaborationError
from tests.notation.elaboration.terms import NOWHERE, SQUARE, at, meant, opening, step

TYPES = {("s", 1): SCALAR, ("A", 1): SQUARE, ("B", 1): SQUARE}


def moved(by: int) -> Term:
    """k + by."""
    return Add(SCALAR, (step("k"), scalar(by) if by >= 0 else Negative(SCALAR, scalar(-by))))


def factor(by: int, lag: int) -> Term:
    """A_{k+by} B_{k+by-lag}."""
    left, right = at(SQUARE, "A", moved(by)), at(SQUARE, "B", moved(by - lag))
    return Compose(SQUARE, left, right)


def steps(term: Term) -> list[Term]:
    return [node.indices[0] for node in walk(term) if isinstance(node, Symbol)]


def is_same(left: Term, right: Term) -> bool:
    """Whether two terms have equal indices, place by place."""
    pairs = zip(steps(left), steps(right), strict=True)
    return all(difference(a, b) == 0 for a, b in pairs)


@given(st.integers(-5, 5), st.integers(2, 6), st.sampled_from([1, -1]), st.integers(-3, 3))
def test_the_ends_of_a_product_are_its_body_at_its_bounds(
    start: int, length: int, direction: int, lag: int
) -> None:
    first, last = factor(start, lag), factor(start + direction * length, lag)
    second = factor(start + direction, lag)
    made, count = dotted_product(opening(), [first, second], last, NOWHERE)
    assert isinstance(made, Big)
    assert (made.kind, count, made.type) == ("product", 2, SQUARE)
    assert made.lower is not None
    assert made.upper is not None
    assert is_same(opened(made.body, made.lower), first)
    assert is_same(opened(made.body, made.upper), last)


@given(st.integers(-5, 5), st.integers(2, 6), st.sampled_from([1, -1]))
def test_a_sum_runs_from_the_lower_to_the_higher_end(
    start: int, length: int, direction: int
) -> None:
    first, second, last = (at(SCALAR, "s", moved(start + direction * by)) for by in (0, 1, length))
    made = dotted_sum(opening(), [first, second], last, NOWHERE)
    assert isinstance(made, Big)
    assert made.lower is not None
    assert made.upper is not None
    assert difference(made.upper, made.lower) == length


def test_the_letter_is_none_that_stands_there() -> None:
    made = meant(r"A_j A_{j-1} \cdots A_{k+1}", TYPES)
    assert isinstance(made, Big)
    assert made.hint not in {node.name for node in walk(made) if isinstance(node, Letter)}


def test_only_consecutive_factors_before_the_dots_belong_to_the_product() -> None:
    made = meant(r"B_1 A_t \cdots A_{k+1}", TYPES)
    assert isinstance(made, Compose)
    assert made.left == at(SQUARE, "B", scalar(1))
    assert isinstance(made.right, Big)


@pytest.mark.parametrize(
    "text",
    [
        r"s_1 + s_3 + \cdots + s_T",
        r"s_1 - s_2 + \cdots + s_T",
        r"s_0 - s_1 + s_2 + \cdots + s_T",
        r"A_t A_{t-1} \cdots B_{k+1}",
        r"A_t B_{t-1} \cdots A_{k+1} B_{k+1}",
        r"\cdots + s_T",
        r"s_1 + s_2 + \cdots",
        r"s_1 + \cdots + s_1",
    ],
)
def test_what_does_not_go_on_evenly_is_refused(text: str) -> None:
    with pytest.raises(ElaborationError) as caught:
        meant(text, TYPES)
    assert caught.value.kind == "unreadable"


@given(st.integers(-5, 5), st.integers(2, 5), st.sampled_from([1, -1]))
def test_all_factors_that_go_on_belong_to_the_product(
    start: int, count: int, direction: int
) -> None:
    before = [factor(start + direction * i, 1) for i in range(count)]
    last = factor(start + direction * (count + 3), 1)
    other = factor(start - 3 * direction, 1)
    made, taken = dotted_product(opening(), [other, *before], last, NOWHERE)
    assert taken == count
    assert isinstance(made, Big)
    assert made.lower is not None
    assert is_same(opened(made.body, made.lower), before[0])


@pytest.mark.parametrize("written", ["s_1 + s_2 + s_3 + s_4", "s_1 + s_2 + s_3", "s_1 + s_2"])
def test_all_terms_that_go_on_belong_to_the_sum(written: str) -> None:
    made = meant(rf"{written} + \dots + s_T", TYPES)
    assert made == meant(r"s_1 + s_2 + \dots + s_T", TYPES)


@pytest.mark.parametrize("written", ["s_1 + s_3", "s_1 + s_2 + s_4", "s_1 + s_1"])
def test_terms_that_do_not_go_on_by_one_step_are_refused(written: str) -> None:
    with pytest.raises(ElaborationError):
        meant(rf"{written} + \dots + s_T", TYPES)
