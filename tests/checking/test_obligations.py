"""Letters are counted as the theorem needs them; evidence says how far a claim was proved."""

from __future__ import annotations

import json
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.checking.obligations.counted import CountedField
from symbolic_bptt.evaluation.domains.domain import Array
from symbolic_bptt.evaluation.domains.field import prime_of
from symbolic_bptt.model.loader import load_model
from symbolic_bptt.render.check import how_far
from symbolic_bptt.render.json import check as as_json

SIZES = {"n": 3, "m": 4}


@pytest.fixture
def domain() -> CountedField:
    return CountedField("letters", prime_of("letters"), SIZES)


def drawn(domain: CountedField, *shape: int) -> Array:
    """Variables with the indices of their places."""
    generator, array = Random(str(shape)), np.empty(shape, dtype=object)
    for position in np.ndindex(*shape):
        array[position] = domain.draw(generator)
        domain.label(array[position], domain.place_of(shape, position))
    return array


def most(domain: CountedField, array: Array) -> tuple[int, ...]:
    """The letters of n and of m that a term of some entry has."""
    counted = [
        domain.letters_of(array[place], domain.place_of(array.shape, place))
        for place in np.ndindex(*array.shape)
    ]
    return tuple(map(max, zip(*counted, strict=True)))


def test_every_contraction_adds_a_letter(domain: CountedField) -> None:
    W, U = drawn(domain, 3, 3), drawn(domain, 3, 4)
    s, x = drawn(domain, 3, 1), drawn(domain, 4, 1)
    assert most(domain, s) == (1, 0)
    assert most(domain, W @ s) == (2, 0)
    assert most(domain, W @ W @ s) == (3, 0)
    assert most(domain, W @ s + U @ x) == (2, 1)
    assert most(domain, s.T @ W @ s) == (2, 0)


def test_entry_by_entry_no_letter_is_added(domain: CountedField) -> None:
    s, h = drawn(domain, 3, 1), drawn(domain, 3, 1)
    assert most(domain, s * h) == (1, 0)
    assert most(domain, 1 - s * s) == (1, 0)
    assert most(domain, domain.apply("tanh", (0,), s + h)) == (1, 0)


def test_a_function_asks_for_the_letters_of_its_argument(domain: CountedField) -> None:
    domain.apply("tanh", (0,), drawn(domain, 3, 3) @ drawn(domain, 3, 1))
    assert domain.most == (2, 0)


def test_a_divisor_adds_its_letters_to_what_is_not_divided(domain: CountedField) -> None:
    """p_i = e_i/Σ_j e_j has the letter i; beside it y_i is multiplied by Σ_j e_j."""
    z, y = drawn(domain, 3, 1), drawn(domain, 3, 1)
    p = domain.softmax(z)
    assert most(domain, p) == (1, 0)
    assert most(domain, p - y) == (2, 0)
    assert most(domain, p * (1 - p)) == (2, 0)


def test_an_inverse_of_one_term_may_cancel_its_letter(domain: CountedField) -> None:
    y = drawn(domain, 3, 1)
    whole: Any = (y.T @ (1 / y))[0, 0]
    assert whole == domain.number(Fraction(3))
    assert whole.cancels == (1, 0)
    assert (y.T @ y)[0, 0].cancels == (0, 0)


def test_an_axis_of_no_size_is_refused(domain: CountedField) -> None:
    domain.apply("tanh", (0,), drawn(domain, 7, 1))
    assert domain.refused


FORMULAS = r"""
\[ \frac{\partial E_t}{\partial V} = (\hat y_t - y_t) s_t^\top \]
\[ (s_t)_2 + (s_t)_2 = 2 (s_t)_2 \]
"""


def test_evidence_says_at_which_sizes_a_claim_holds() -> None:
    report = check_text(load_model("elman"), FORMULAS, "tex")
    gradient, entry = (claim.evidence for claim in report.claims)
    assert gradient is not None
    assert gradient.every_T
    assert gradient.every_size
    assert how_far(gradient) == "for every T and every size"
    assert entry is not None
    assert entry.every_T
    assert not entry.every_size
    assert entry.size_reason == "a literal entry is named"
    assert how_far(entry) == "for every T"
    told = [claim["evidence"] for claim in json.loads(as_json(report))["claims"]]
    assert [one["every_size"] for one in told] == [True, False]
    assert [one["size_reason"] for one in told] == ["", "a literal entry is named"]
