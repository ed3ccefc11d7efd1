"""Every misconception of the catalogue is diagnosed in its own example, and the cure is true."""

from __future__ import annotations

import pytest

from symbolic_bptt.atlas import load_known_model
from symbolic_bptt.checking.check import check_text
from symbolic_bptt.checking.diagnosis import CATEGORIES, Misconception, catalogue

EXAMPLES = [one for one in catalogue().values() if one.wrong]

PUBLISHED = {
    "time-index",
    "activation-derivative",
    "missing-path",
    "path-combination",
    "immediate-for-total",
    "transpose-or-layout",
    "sum-range",
    "product-node",
    "factor-order",
    "copy-paste",
    "loss-scale-or-sign",
    "shape",
}


def written(formula: str) -> str:
    return f"\\[ {formula} \\]\n"


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: one.name)
def test_an_example_is_diagnosed_as_what_it_is_an_example_of(one: Misconception) -> None:
    model = load_known_model(one.model)
    (claim,) = check_text(model, written(one.wrong), ".tex").claims
    assert claim.verdict in ("fails", "ill-shaped")
    categories = [found.category for found in claim.diagnosis]
    assert categories[:1] == [one.category], [found.message for found in claim.diagnosis]


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: one.name)
def test_what_it_should_have_been_holds_and_needs_no_diagnosis(one: Misconception) -> None:
    (claim,) = check_text(load_known_model(one.model), written(one.right), ".tex").claims
    assert claim.verdict == "holds"
    assert claim.diagnosis == ()


def test_every_class_of_published_mistakes_has_an_example() -> None:
    assert {one.category for one in EXAMPLES} >= PUBLISHED
    assert {one.category for one in catalogue().values()} <= set(CATEGORIES)


def test_a_sentence_leaves_no_hole_where_nothing_fills_it() -> None:
    for one in catalogue().values():
        assert "{" not in one.message(wrong="a", right="b")
