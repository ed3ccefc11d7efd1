"""Exercises and submissions for the tests of grading."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from symbolic_bptt.grading.exercise_file import parse_exercise
from symbolic_bptt.grading.grade import Desk, Graded, grade, prepare_desk
from symbolic_bptt.notation.displays import read_text
from symbolic_bptt.notation.source import Source

CLASS = Path(__file__).parent / "class"

ELMAN = r"""
title = "Elman"
model = "elman"
[[targets]]
name = "V"
quantity = '\frac{\partial E}{\partial V}'
points = 2
[[targets]]
name = "W"
quantity = '\frac{\partial E}{\partial W}'
points = 4
"""

Grading = Callable[..., Graded]


def desk_for(text: str) -> Desk:
    return prepare_desk(parse_exercise(text), Path("exercise.toml"))


@pytest.fixture(scope="session")
def elman_desk() -> Desk:
    return desk_for(ELMAN)


@pytest.fixture(scope="session")
def graded(elman_desk: Desk) -> Grading:
    """graded(text) → the text graded; `more` is added to the exercise."""
    desks = {"": elman_desk}

    def run(text: str, more: str = "", kind: str = "txt") -> Graded:
        if more not in desks:
            desks[more] = desk_for(more if "title" in more else ELMAN + more)
        return grade(desks[more], read_text(Source(text, f"answer.{kind}"), kind))  # type: ignore[arg-type]

    return run


def relations(found: Graded) -> list[str]:
    return [step.relation for step in found.judgement.steps]


def statuses(found: Graded) -> list[str]:
    return [one.status for one in found.mark.results]
