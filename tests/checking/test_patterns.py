"""Signs one by one: every pattern is looked at, and a real point is sought for one that differs."""

from __future__ import annotations

import pytest

from tests.forgers.models import RELU, holds, last

SIX = r"\operatorname{relu}(x_1) \operatorname{relu}(x_2) \operatorname{relu}(x_3)"
SIX += r" \operatorname{relu}(y_1) \operatorname{relu}(y_2) \operatorname{relu}(y_3)"


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(
    "formula",
    [
        r"\max(0, x_1 - 10^6) \max(0, y_1 - 10^6) = 0",
        f"{SIX} = 0",
        f"{SIX} = x_1 x_2 x_3 y_1 y_2 y_3",
        r"\max(x_1, \max(x_2, \max(x_3, y_1))) = x_1",
        r"\max(x_1, \max(x_2, \max(x_3, y_1))) = y_1",
    ],
)
def test_what_differs_in_one_pattern_never_holds(formula: str, seed: int) -> None:
    """Guards: all patterns of signs are set, the first and the last among them."""
    assert not holds(RELU, formula, seed=seed)


@pytest.mark.parametrize(
    "formula",
    [r"|x_t + 10^9| = x_t + 10^9", r"\max(-1000000, x_t) = x_t", r"\mathbb 1[x_t > -10^6] = 1"],
)
def test_a_point_with_the_pattern_is_sought(formula: str) -> None:
    """Guards: where no random point has the signs that tell the sides apart, one is made."""
    found = last(RELU, formula)
    assert found.verdict == "fails"
    assert found.counterexample is not None
