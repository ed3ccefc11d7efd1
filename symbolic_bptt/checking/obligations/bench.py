"""The obligations of one claim at one choice of sizes, and what they need of the sizes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np

from ...evaluation.budget import Budget
from ...evaluation.domains.domain import Array
from ...evaluation.errors import EvaluationError, LimitReached, OutOfRange, UndefinedValue
from ...evaluation.evaluator import evaluate
from ...evaluation.graph import Graph
from ...evaluation.value import Value, resolve
from ...notation.tree import Expr
from ..agreement import LEAST_BOUND
from ..comparison import Claim, Place, places
from ..decide import Trial
from ..environment import ClaimEnvironment
from ..known import Known, Notes
from ..laboratory import Laboratory, View
from .counted import CountedField
from .errors import NotSettled
from .window import Placed, Window, placed

BUDGET = 2_000_000
"""Operations for all the obligations of a claim at one choice of sizes."""

TRIES = 3


@dataclass
class Scene:
    """A window with the values of names in it."""

    placed: Placed
    environment: ClaimEnvironment
    trial: Trial

    @property
    def window(self) -> Window:
        return self.placed.window

    @property
    def graph(self) -> Graph:
        return self.placed.graph

    @property
    def steps(self) -> range:
        return self.graph.steps

    def value(self, expr: Expr) -> Value:
        """The value of an expression without free letters. Raises `OutOfRange` truly beyond."""
        try:
            return evaluate(expr, self.environment)
        except OutOfRange as error:
            self.check_beyond(error)
            raise

    def exists(self, expr: Expr) -> bool:
        """Whether everything in an expression exists."""
        try:
            self.value(expr)
        except OutOfRange:
            return False
        return True

    def places(self, claim: Claim) -> list[Place]:
        """Both sides of a claim about entries; none where not everything in it exists."""
        first = self.environment
        for span in claim.ranges:
            first = first.bind(span.index, 1)
        try:
            for side in (claim.left, claim.right):
                evaluate(side, first)
            return list(places(claim, self.environment))
        except OutOfRange as error:
            self.check_beyond(error)
            return []

    def check_beyond(self, error: OutOfRange) -> None:
        """Raise `NotSettled` where a step is missing just because the window ends."""
        late = error.index > self.steps[-1] and self.window.far_end
        early = error.index < self.steps[0] and not self.window.start
        if late or early:
            raise NotSettled("it looks further than the steps that are looked at") from error

    def give(self, name: str, step: int, found: Value | EvaluationError) -> None:
        """What a name is at a step."""
        self.environment.known[name, (step,)] = Known(found, Notes())

    def without(self, name: str, step: int, names: Iterable[str]) -> Scene:
        """The same, where one of the given values is not known, nor what came from it."""
        kept = {
            memo: known
            for memo, known in self.environment.known.items()
            if memo[0] in names and memo != (name, (step,))
        }
        return replace(self, environment=replace(self.environment, known=kept))

    def close(self, name: str, known: Collection[int]) -> None:
        """Nothing is known of a name at other steps, but what its definition says beyond the ends
        of the model.
        """
        beyond = LimitReached("beyond the steps that are looked at")
        first, last = self.steps[0], self.steps[-1]
        low = first if self.window.start else first - 3
        high = last + 3 if self.window.far_end else last
        for step in range(low, high + 1):
            if step not in known:
                self.give(name, step, beyond)


@dataclass
class Needs:
    """Letters and powers of each size, and log₂ of the chance of an error."""

    letters: dict[str, int] = field(default_factory=dict)
    cancels: dict[str, int] = field(default_factory=dict)
    bound: int = -(10**9)

    def add(self, other: Needs) -> None:
        """What both need."""
        for mine, theirs in ((self.letters, other.letters), (self.cancels, other.cancels)):
            for name, count in theirs.items():
                mine[name] = max(mine.get(name, 0), count)
        self.bound = max(self.bound, other.bound)


@dataclass
class Bench:
    """Compares sides, and gathers what was needed: letters and powers of each size, the chance.

    ground: where what is said of definitions is looked at. counted: whether letters are counted.
    """

    trial: Trial
    sizes: Mapping[str, int]
    view: View
    ground: Laboratory
    counted: bool
    needs: Needs = field(default_factory=lambda: Needs())
    compared: int = 0
    scenes: dict[Window, Scene] = field(default_factory=dict)

    @classmethod
    def at(
        cls,
        trial: Trial,
        sizes: Mapping[str, int],
        view: View,
        ground: Laboratory | None = None,
        *,
        counted: bool,
    ) -> Bench:
        """A bench with a budget of its own."""
        own = replace(trial, budget=Budget(BUDGET), notes=Notes(), missing="refused")
        return cls(own, sizes, view, ground or trial.laboratory, counted)

    def scene(self, window: Window) -> Scene:
        """A window at a random point, made once."""
        if window not in self.scenes:
            at = self._placed(window)
            environment = replace(self.trial.environment(at.point), known={})
            if isinstance(at.field, CountedField):
                self._need(at.field)
            self.scenes[window] = Scene(at, environment, self.trial)
        return self.scenes[window]

    def _placed(self, window: Window) -> Placed:
        place = partial(
            placed,
            self.trial.laboratory,
            window,
            self.sizes,
            self.view,
            counted=self.counted,
        )
        for attempt in range(TRIES):
            try:
                return place(attempt=attempt)
            except UndefinedValue:
                continue
        raise NotSettled("the model has no value at random points")

    def compare(self, scene: Scene, left: Array, right: Array) -> None:
        """Raise `NotSettled` unless both are equal, and count what that needs."""
        domain, differences = scene.placed.field, []
        self.compared += 1
        for position in np.ndindex(*left.shape):
            found: Any = domain.element(left[position] - right[position])
            if found.value != 0:
                raise NotSettled("one step does not agree")
            differences.append(found)
            if isinstance(domain, CountedField):
                self._count(domain, found, left.shape, position)
        if isinstance(domain, CountedField):
            self._need(domain)
        bound = domain.error_bound_log2(differences)
        if bound > LEAST_BOUND:
            raise NotSettled("the chance of an error is too large")
        self.needs.bound = max(self.needs.bound, bound)

    def _need(self, domain: CountedField) -> None:
        """What the arguments of functions need."""
        if domain.refused:
            raise NotSettled(domain.refused)
        self.needs.add(Needs(dict(zip(self.sizes, domain.most, strict=True))))

    def _count(
        self, domain: CountedField, found: Any, shape: tuple[int, ...], position: tuple[int, ...]
    ) -> None:
        known = [size == 1 or size in domain.axes for size in shape]
        place = domain.place_of(
            tuple(size if one else 1 for size, one in zip(shape, known, strict=True)), position
        )
        more = 2 * known.count(False)
        letters = [one + more for one in domain.letters_of(found, place)]
        self.needs.add(
            Needs(
                dict(zip(self.sizes, letters, strict=True)),
                dict(zip(self.sizes, found.cancels, strict=True)),
            )
        )

    def compare_values(self, scene: Scene, left: Value, right: Value) -> None:
        """The same of values, one of which may take the shape of the other."""
        shape = right.shape if left.flexible else left.shape
        sides = [resolve(scene.placed.field, one, shape) for one in (left, right)]
        self.compare(scene, sides[0].array, sides[1].array)
