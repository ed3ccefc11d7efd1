from __future__ import annotations

import pytest

from symbolic_bptt.notation.names.marks import mark_of, prime_order
from symbolic_bptt.notation.names.types import (
    Held,
    Inverse,
    InverseTranspose,
    Power,
    Transpose,
)
from symbolic_bptt.notation.names.written import written
from tests.notation.names.documents import parse

MARKS = (
    ("W^T", Transpose(parse("T"))),
    (r"W^\top", Transpose()),
    (r"W^{\mathsf T}", Transpose()),
    (r"W^{\mathrm T}", Transpose()),
    (r"W^\intercal", Transpose()),
    (r"W^\dagger", Transpose()),
    ("W^H", Transpose()),
    ("W^{-1}", Inverse()),
    ("W^{-T}", InverseTranspose()),
    (r"W^{-\top}", InverseTranspose()),
    (r"s^{\circ 2}", Power(parse("2"), elementwise=True)),
    (r"s|_{x = 0}", Held(parse("x = 0"))),
    ("W^2", None),
    ("W_T", None),
    ("W^{(T)}", None),
    ("W^{TT}", None),
)


@pytest.mark.parametrize(("text", "mark"), MARKS)
def test_marks(text: str, mark: object) -> None:
    name = written(parse(text))
    assert name is not None
    assert mark_of(name.pieces[0], frozenset(("T",))) == mark


def test_a_letter_that_is_a_number_is_no_transpose() -> None:
    name = written(parse("W^H"))
    assert name is not None
    assert mark_of(name.pieces[0], frozenset(("H",))) is None


@pytest.mark.parametrize(("text", "order"), [("f'", 1), ("f''", 2), (r"f^{\prime}", 1), ("f^2", 0)])
def test_primes(text: str, order: int) -> None:
    name = written(parse(text))
    assert name is not None
    assert prime_order(name.pieces[0]) == order
