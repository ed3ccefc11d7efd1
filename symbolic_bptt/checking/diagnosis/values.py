"""The entries of an answer, and of the derivative it claims to be as altered Jacobians give it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ...derivation.staged import Point
from ...evaluation.domains.domain import Array
from ...evaluation.graph import Key
from ...model.steps import linear_step
from ...notation.tree import Derivative, Entry, Expr, Symbol, walk
from ..comparison import Claim, places
from ..environment import ClaimEnvironment
from .opened import with_local
from .subject import TRIAL, Subject

Letters = tuple[tuple[str, int], ...]
"""The values of the free letters at one place."""

Values = dict[Letters, list[Any]]
"""The entries at every place."""

Jacobians = dict[Key, Array]


def symbol(expr: Expr) -> Symbol | None:
    """The symbol that is differentiated, or by which, also where only an entry of it is."""
    inner = expr.of if isinstance(expr, Entry) else expr
    return inner if isinstance(inner, Symbol) else None


def answer(subject: Subject, at: Point) -> Values:
    """The right side. Raises `EvaluationError`."""
    return _values(subject, at, subject.claim)


def derivative(subject: Subject, at: Point, changed: Callable[[Key | None], Jacobians]) -> Values:
    """The left side with other local Jacobians. Raises `EvaluationError`.

    `changed` gives them for the quantity by which is differentiated where that has a step: an
    alteration of the first edges of a path must not touch the edges that the path meets later.
    """
    claim = replace(subject.claim, right=subject.claim.left)
    left = subject.claim.left
    assert isinstance(left, Derivative)
    wrt = symbol(left.wrt)
    steps = variable_steps(subject)
    if wrt is None or not steps:
        return _values(subject, with_local(at, changed(None)), claim)
    found: Values = {}
    for step in steps:
        values = _values(subject, with_local(at, changed((wrt.name, step))), claim)
        for letters, entries in values.items():
            if step_at(wrt, letters, subject) == step:
                found[letters] = entries
    return found


def variable_steps(subject: Subject) -> tuple[int, ...]:
    """The steps of the variable by which is differentiated; none for a parameter."""
    left = subject.claim.left
    wrt = symbol(left.wrt) if isinstance(left, Derivative) else None
    if wrt is None or not wrt.indices:
        return ()
    nodes = subject.point.graph.nodes
    return tuple(step for name, step in nodes if name == wrt.name and step is not None)


def step_at(of: Symbol, letters: Letters, subject: Subject) -> int | None:
    """The step that a symbol names at a place; None if it has none."""
    if not of.indices:
        return None
    known = dict(letters)
    index = of.indices[0]
    letter = next((n.name for n in walk(index) if isinstance(n, Symbol) and n.name in known), "")
    step = linear_step(index, letter)
    letter_T = subject.point.graph.numbers["T"]
    return None if step is None else step.at(known.get(letter, 0), letter_T)


def _values(subject: Subject, at: Point, claim: Claim) -> Values:
    blocks = subject.laboratory.blocks
    budget = subject.judged.budget.share(TRIAL)
    around = ClaimEnvironment(at, subject.definitions, blocks, budget=budget)
    with at.domain.scope():
        return {
            tuple(sorted(place.letters.items())): list(place.right.flat)
            for place in places(claim, around)
        }
