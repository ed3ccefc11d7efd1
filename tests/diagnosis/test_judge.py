"""The judge is judged: planted mistakes are found where they are, and nobody is accused falsely."""

from __future__ import annotations

from random import Random

import pytest

from symbolic_bptt.checking.laboratory import open_laboratory
from symbolic_bptt.grading.generator import Workshop, student_derivation
from symbolic_bptt.grading.generator.planting import MUTATIONS
from symbolic_bptt.grading.generator.trial import Score, checked_right, score
from symbolic_bptt.model import load_model

QUICK = ("elman", "scalar-tanh", "gru")


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return score(QUICK, 8, seed=3)


@pytest.mark.parametrize("model", QUICK)
def test_no_false_accusation_and_nothing_wrong_accepted(
    scores: dict[str, Score], model: str
) -> None:
    assert scores[model].wrong == 4
    assert (scores[model].false_accusations, scores[model].wrongly_accepted) == (0, 0)


def test_first_wrong_lines_are_found(scores: dict[str, Score]) -> None:
    assert min(one.f1 for one in scores.values()) >= 0.9


def test_most_mistakes_are_explained_as_what_they_are(scores: dict[str, Score]) -> None:
    explained = sum(one.explained for one in scores.values())
    assert explained >= 0.7 * sum(one.wrong for one in scores.values())


def test_a_right_derivation_in_any_hand_holds_line_by_line() -> None:
    laboratory = open_laboratory(load_model("lstm"), 0)
    workshop, random = Workshop.of(laboratory), Random(5)
    for _ in range(4):
        derivation = student_derivation(workshop, random, mistaken=False)
        assert derivation is not None
        assert derivation.mistake is None
        assert checked_right(laboratory, derivation), derivation.text


def test_the_same_seed_writes_the_same_derivation() -> None:
    workshop = Workshop.of(open_laboratory(load_model("elman"), 0))
    first, second = (student_derivation(workshop, Random("seed"), mistaken=True) for _ in range(2))
    assert first == second
    assert first is not None
    assert first.mistake is not None
    assert 1 <= first.mistake.line <= first.text.count("\n")


def test_every_mutation_belongs_to_a_class_of_the_catalogue() -> None:
    assert all(mutation.categories for mutation in MUTATIONS)
