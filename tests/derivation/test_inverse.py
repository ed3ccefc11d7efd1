"""A matrix that is inverted: elimination in stages, so that its derivative stays as small as it."""

from __future__ import annotations

import numpy as np
import pytest

from symbolic_bptt.derivation.numerical import complex_step
from symbolic_bptt.derivation.prepared import Prepared, prepare
from symbolic_bptt.derivation.staged import gradient, point
from symbolic_bptt.evaluation.domains.floating import FLOAT64
from symbolic_bptt.evaluation.instance import draw_point
from symbolic_bptt.evaluation.unroll import unroll
from tests.derivation.witness import model_of

FORMULAS = [
    r"a^\top (I + A)^{-1} b",
    r"a^\top (I + A)^{-1} (I - A) b",
    r"a^\top (I + A)^{-2} b",
    r"\log \det(3 I + A A^\top) + a^\top b",
]


def prepared(formula: str, size: int) -> Prepared:
    model = model_of(
        f"loss = 'E'\nequations = '''\nE = {formula}\n'''\n"
        "[parameters]\nA = 'n x n'\na = 'n'\nb = 'n'\n"
    )
    return prepare(unroll(model, 1, {"n": size}))


@pytest.mark.parametrize("formula", FORMULAS)
def test_its_derivative_agrees_with_the_complex_step(formula: str) -> None:
    ready = prepared(formula, 4)
    here = point(ready, FLOAT64, draw_point(ready.graph, FLOAT64, 3))
    steps = complex_step(here)
    for name, found in gradient(here).items():
        assert np.allclose(found, steps[name], rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("formula", FORMULAS)
def test_its_program_grows_like_elimination(formula: str) -> None:
    """O(n³) instructions; a derivative of the inverse written out has more than n!."""
    counts = {}
    for size in (3, 6):
        ready = prepared(formula, size)
        (block,) = {id(block): block for block in ready.block_of.values()}.values()
        counts[size] = len(block.program.instructions)
    assert counts[6] < 2**3.5 * counts[3]
