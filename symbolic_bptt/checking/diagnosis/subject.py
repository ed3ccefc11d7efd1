"""The claim that is to be explained, and quick answers to *would it hold like this?*"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from ...derivation.staged import Point
from ...evaluation.budget import Budget
from ...evaluation.environment import Environment
from ...evaluation.errors import EvaluationError, LimitReached
from ...evaluation.evaluator import evaluate
from ...evaluation.value import Pair
from ...notation.tree import Expr, Symbol, walk
from ..claims import Judged
from ..comparison import Claim, first_difference, places
from ..decide import Trial, agree
from ..definitions import Definition, Definitions
from ..environment import ClaimEnvironment
from ..laboratory import Laboratory
from .positions import Position

WORK = 250_000
"""Operations spent on repairs of one claim, about a second, of those that its line has left."""

TRIAL = 40_000
"""Operations that one trial may take at most, and those of the claim as it stands."""

OVERHEAD = 50
"""What one trial costs at least, in operations."""


class WorkSpent(Exception):  # noqa: N818
    """The work allowed for one claim is spent."""


@dataclass(frozen=True)
class Place:
    """Where an expression stands: on the right of the claim, or as the body of a definition."""

    expr: Expr
    letters: tuple[str, ...]
    definition: Definition | None = None


@dataclass
class Subject:
    """A claim that does not hold.

    `budget` is a share of the line's, which is that of `judged`.
    """

    laboratory: Laboratory
    definitions: Definitions
    claim: Claim
    judged: Judged
    budget: Budget
    measured: dict[tuple[Expr, tuple[str, ...]], Pair | None] = field(default_factory=dict)

    @property
    def point(self) -> Point:
        """A random point of the shortest instance, in the field."""
        return self.laboratory.field_point(self.judged.instances[0])

    def environment(self, budget: Budget, definitions: Definitions) -> ClaimEnvironment:
        """Where a claim is evaluated quickly, within a budget of its own."""
        blocks = self.laboratory.blocks
        return ClaimEnvironment(self.point, definitions, blocks, budget=budget)

    def allowance(self) -> Budget:
        """Work for one trial, taken from what is left. Raises `WorkSpent` if nothing is."""
        try:
            self.budget.spend(OVERHEAD)
        except LimitReached:
            raise WorkSpent from None
        return self.budget.share(min(TRIAL, 2_000 + 3 * self.extent[1]))

    def places(self) -> list[Place]:
        """The right side, and every definition of the file that it rests on."""
        letters = tuple(span.index for span in self.claim.ranges)
        found = [Place(self.claim.right, letters)]
        pending: list[Expr] = [self.claim.right]
        seen: set[str] = set()
        while pending:
            for node in walk(pending.pop()):
                if not isinstance(node, Symbol) or node.name in seen:
                    continue
                seen.add(node.name)
                for one in self.definitions.by_name.get(node.name, ()):
                    free = (n for p in one.patterns for n in walk(p) if isinstance(n, Symbol))
                    found.append(Place(one.body, tuple(n.name for n in free), one))
                    pending.append(one.body)
        return found

    def with_change(self, place: Place, new: Expr) -> tuple[Claim, Definitions]:
        """The claim and the definitions with another expression at that place."""
        if place.definition is None:
            return replace(self.claim, right=new), self.definitions
        old = place.definition
        changed = replace(old, body=new)
        families = {
            name: [changed if one is old else one for one in family]
            for name, family in self.definitions.by_name.items()
        }
        return self.claim, Definitions(families)

    def may_hold(self, claim: Claim, definitions: Definitions) -> bool:
        """Whether the claim holds at one random point, at as many places as it was made for."""
        around = self.environment(self.allowance(), definitions)
        seen, something = 0, False
        try:
            with self.point.domain.scope():
                for place in places(claim, around):
                    if first_difference(place, "=") is not None:
                        return False
                    seen += 1
                    something = something or not place.vanishes
        except (EvaluationError, RecursionError):
            return False
        return something and seen >= self.least_places

    @property
    def least_places(self) -> int:
        """At how many places the claim is made; a repair must not hold by being empty."""
        return self.extent[0]

    @cached_property
    def extent(self) -> tuple[int, int]:
        """At how many places the claim is made, and how many operations it takes."""
        whole = replace(self.claim, right=self.claim.left)
        counts, spent = [], 0
        for claim in (self.claim, whole):
            budget = self.judged.budget.share(TRIAL)
            try:
                around = self.environment(budget, self.definitions)
                with self.point.domain.scope():
                    counts.append(sum(1 for _ in places(claim, around)))
            except (EvaluationError, RecursionError):
                pass
            spent = max(spent, TRIAL - budget.left)
        if len(counts) == 2:
            return counts[0], spent
        return max(1, max(counts, default=1) // 2), spent

    def holds(self, claim: Claim, definitions: Definitions) -> bool:
        """Whether the claim is proved, at all its instances."""
        trial = Trial(
            self.laboratory,
            definitions,
            claim,
            self.judged.plan.short,
            budget=self.judged.budget,
        )
        return agree(trial, self.judged.instances)

    def measure(self, here: Position) -> Pair | None:
        """The shape of a subterm, at some values of the letters around it."""
        key = (here.node, here.letters)
        if key not in self.measured:
            self.measured[key] = self._measured(here)
        return self.measured[key]

    def _measured(self, here: Position) -> Pair | None:
        allowed = self.judged.budget.share(TRIAL // 4)
        for letters in _samples(here.letters, self.point.graph.steps):
            env: Environment = self.environment(allowed, self.definitions)
            for letter, number in letters.items():
                env = env.bind(letter, number)
            try:
                value = evaluate(here.node, env)
            except (EvaluationError, RecursionError):
                continue
            if not value.flexible:
                return value.shape
        return None

    def in_other_readings(self) -> Iterator[Subject]:
        """The same relation in its other readings."""
        budget = self.judged.budget.share(WORK // 2)
        for one in self.judged.others:
            yield replace(
                self, claim=one.claim, definitions=one.definitions, budget=budget, measured={}
            )


def _samples(letters: Sequence[str], steps: range) -> Iterator[dict[str, int]]:
    """Values at which most things exist: the first letter late, the others in the middle."""
    middle = steps[len(steps) // 2]
    for first in (steps[-1], middle):
        yield {letter: middle if i else first for i, letter in enumerate(letters)}
