"""A real point with given signs, at which a claim that signs decide can be refuted.

Where free signs tell the sides apart, a random point may still have none of the patterns in which
they differ: max(−10⁶, x) is x nearly everywhere. So the arguments of the signs are driven to the
wanted sides of 0, one by one: an argument is piecewise affine in each single variable, and a secant
finds the value at which it crosses. The point is then looked at in balls, like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import isfinite
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from ..derivation.staged import Point, point
from ..evaluation.domains.ball import BallDomain
from ..evaluation.domains.domain import Array, entrywise, softmax_by_exp
from ..evaluation.domains.elementary import THROUGH_STEP, derivative
from ..evaluation.domains.floating import FLOAT64, FloatingDomain
from ..evaluation.errors import EvaluationError
from ..evaluation.graph import Key
from ..notation.functions import is_kinked
from .patterns import SignPatterns
from .verdict import Instance

if TYPE_CHECKING:
    from .decide import Trial

DRAWS = 40
"""Starting points; each costs a few evaluations for each sign."""

ROUNDS = 12
"""Signs that are turned from one starting point."""

PRECISION = 256


THROUGH_SIGN: dict[str, Callable[..., Any]] = {
    **THROUGH_STEP,
    "abs": lambda f, z: z * (2 * f("step", z) - 1),
}
"""With as many signs as the field asks for (`atoms`)."""


@dataclass(frozen=True)
class SignedFloats(FloatingDomain):
    """float64 entry by entry, noting the argument of each sign in the order of the field."""

    name: str = "float64 entry by entry"
    dtype: Any = object
    arguments: list[float] = field(default_factory=list)

    def number(self, value: Fraction) -> Any:
        return float(value)

    def apply(self, function: str, orders: tuple[int, ...], *arguments: Array) -> Array:
        return entrywise(lambda *entries: self.call(function, orders, *entries), *arguments)

    def call(self, function: str, orders: tuple[int, ...], *arguments: Any) -> Any:
        if function != "step" and not is_kinked(function):
            return float(FLOAT64.call(function, orders, *map(np.float64, arguments)))
        if any(orders):
            return derivative(self._signed, function, orders, *arguments)
        return self._signed(function, *arguments)

    def _signed(self, function: str, *arguments: Any) -> Any:
        if function in ("step", "relu"):
            self.arguments.append(float(arguments[0]))
            positive = float(arguments[0] > 0)
            return positive if function == "step" else positive * arguments[0]
        return THROUGH_SIGN[function](self._signed, *arguments)

    def softmax(self, vector: Array) -> Array:
        return softmax_by_exp(self, vector)


def realized(trial: Trial, instance: Instance, signs: SignPatterns) -> Point | None:
    """A point in balls with the pattern of signs in which the sides differ; None if none is found.

    Raises `LimitReached` when the budget of the trial is spent.
    """
    if signs.pattern is None:
        return None
    settings = {number: bool(value) for number, value in signs.pattern.items()}
    wanted = [
        None
        if sign.number is None or sign.number not in settings
        else settings[sign.number] != sign.flipped
        for sign in signs.asked
    ]
    search = _Search(trial, instance, wanted, Random(trial.laboratory.seed))
    for _ in range(DRAWS):
        found = search.run()
        if found is not None:
            return found
    return None


@dataclass
class _Search:
    trial: Trial
    instance: Instance
    wanted: Sequence[bool | None]
    random: Random

    def run(self) -> Point | None:
        """From one starting point, turn wrong signs until none is left."""
        prepared = self.trial.laboratory.prepared(self.instance)
        start = self.trial.laboratory.float_point(self.instance, self.random.randrange(1000))
        given = {node.key: start.values[node.key].copy() for node in prepared.graph.given}
        variables = [
            (node.key, place)
            for node in prepared.graph.given
            if not node.zero and not node.constraint
            for place in np.ndindex(*node.shape)
        ]
        for _ in range(ROUNDS):
            arguments = self._arguments(given)
            if arguments is None:
                return None
            wrong = [i for i, value in enumerate(arguments) if self._is_wrong(i, value)]
            if not wrong:
                return self._in_balls(given)
            self._turn(given, wrong[0], arguments[wrong[0]], variables)
        return None

    def _is_wrong(self, position: int, value: float) -> bool:
        wanted = self.wanted[position]
        return wanted is not None and (value > 0) != wanted

    def _turn(
        self,
        given: dict[Key, Array],
        position: int,
        value: float,
        variables: Sequence[tuple[Key, tuple[int, ...]]],
    ) -> None:
        """Move one variable, on which the argument depends, to where its sign is the wanted one."""
        target = 1.0 if self.wanted[position] else -1.0
        for key, place in self.random.sample(variables, len(variables)):
            old = given[key][place]
            given[key][place] = old + 1.0
            moved = self._arguments(given)
            slope = 0.0 if moved is None else moved[position] - value
            if slope and isfinite(slope):
                new = old + (target - value) / slope
                given[key][place] = round(new * 16) / 16 if abs(new) < 1e12 else new
                return
            given[key][place] = old

    def _arguments(self, given: dict[Key, Array]) -> list[float] | None:
        """The arguments of all signs at a point; None where something has no value."""
        domain = SignedFloats()
        prepared = self.trial.laboratory.prepared(self.instance)
        plain = {key: array.astype(object) for key, array in given.items()}
        try:
            with domain.scope():
                self.trial.places(point(prepared, domain, plain))
        except (EvaluationError, ZeroDivisionError, OverflowError):
            return None
        return domain.arguments if len(domain.arguments) == len(self.wanted) else None

    def _in_balls(self, given: dict[Key, Array]) -> Point | None:
        domain = BallDomain(PRECISION)
        prepared = self.trial.laboratory.prepared(self.instance)
        with domain.scope():
            exact = {
                key: entrywise(lambda entry: domain.number(Fraction(float(entry))), array)
                for key, array in given.items()
            }
            try:
                return point(prepared, domain, exact)
            except EvaluationError:
                return None
