"""Axes unify as sizes do: equal ones only, a hole with any, and nothing halfway."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbolic_bptt.core.axes import ONE, STEP, Axis, Unifier
from symbolic_bptt.core.types import SCALAR, Type, matrix, resolved, shown, vector
from symbolic_bptt.notation.sizes import Size

N, M, K = (Size.letter(name) for name in "nmK")


def test_different_sizes_are_never_one() -> None:
    sizes = Unifier()
    assert not sizes.unify(N, M)
    assert not sizes.unify(N, STEP)
    assert sizes.unify(N + M, M + N)


@given(st.lists(st.sampled_from([N, M, None]), min_size=1, max_size=5))
def test_unification_makes_equal_or_changes_nothing(axes: list[Size | None]) -> None:
    sizes = Unifier()
    left: tuple[Axis, ...] = tuple(axis or sizes.hole() for axis in axes)
    right: tuple[Axis, ...] = tuple(axis or sizes.hole() for axis in reversed(axes))
    before = dict(sizes.known)
    if sizes.unify_all(left, right):
        assert [sizes.find(a) for a in left] == [sizes.find(b) for b in right]
    else:
        assert sizes.known == before


def test_holes_that_are_one_stay_one() -> None:
    sizes = Unifier()
    a, b, c = sizes.hole(), sizes.hole(), sizes.hole()
    assert sizes.unify(a, b)
    assert sizes.unify(b, c)
    assert sizes.unify(a, N)
    assert sizes.find(c) == N
    assert not sizes.unify(c, M)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (SCALAR, "scalar"),
        (vector(N), "n"),
        (matrix(ONE, M), "1 x m"),
        (matrix(N, M), "n x m"),
        (Type((N,), (N, M)), "n x (n x m)"),
        (vector(N + M), "(m+n)"),
    ],
)
def test_types_in_words(kind: Type, words: str) -> None:
    assert shown(kind) == words


def test_an_axis_of_length_one_is_none() -> None:
    assert vector(ONE) == SCALAR
    sizes = Unifier()
    hole = sizes.hole()
    sizes.unify(hole, ONE)
    assert resolved(Type((hole,), (N,)), sizes) == Type((), (N,))
