"""The typed steps of a derivation: data, from which it is checked and printed alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ...model.model import Model
from ...notation.tree import Node, Statement, Symbol

Prose = tuple[str | Node, ...]
"""A sentence: words, and formulas between them."""

Rule = Literal[
    "local derivative",
    "definition",
    "chain rule",
    "softmax and logarithm",
    "outermost function",
    "no effect",
    "use of a parameter",
    "sum over the steps",
    "written out",
]


@dataclass(frozen=True)
class Step:
    """One statement, the rule that gives it, and why the rule applies here.

    `count` is the number of steps for which it is claimed, None for every number. A statement
    that introduces a name is a `definition`; every other one is a claim, relation by relation.
    """

    rule: Rule
    statement: Statement
    because: Prose = ()
    count: int | None = None


@dataclass(frozen=True)
class Stage:
    """Steps that belong together: those about one quantity, or a whole part of the derivation."""

    key: str
    title: Prose
    intro: Prose = ()
    about: Symbol | None = None
    parts: tuple[Stage | Step, ...] = ()


@dataclass(frozen=True)
class Manner:
    """In which of the usual ways a derivation is written.

    `layout`: whether ∂a_i/∂b_j stands in row i (numerator) or in column i of a local derivative.
    `inner`: the adjoint that a recurrence is written in is that of the pre-activation.
    """

    layout: Literal["numerator", "denominator"] = "numerator"
    inner: bool = False


@dataclass(frozen=True)
class Steps:
    """The whole derivation of a model's gradients, for every T and written out over `count` steps.

    The stages are `local`, `adjoints`, `gradients` and `expansion`, in this order. `adjoints` maps
    the name of an adjoint to its variable. What is said for every T holds from `fewest` steps on.
    """

    model: Model
    count: int
    stages: tuple[Stage, ...]
    assumptions: tuple[Prose, ...] = ()
    adjoints: Mapping[str, str] = field(default_factory=dict)
    fewest: int = 1
    manner: Manner = Manner()

    def stage(self, key: str) -> Stage:
        """The stage of that key. Raises `KeyError`."""
        for stage in self.stages:
            if stage.key == key:
                return stage
        raise KeyError(key)


def every_step(part: Steps | Stage | Step) -> Iterator[Step]:
    """All steps, in the order of reading."""
    match part:
        case Step():
            yield part
        case Stage(parts=parts) | Steps(stages=parts):
            for inner in parts:
                yield from every_step(inner)
