"""At which numbers of steps and sizes a claim is looked at, and what they prove together.

A claim speaks of every T and every size. It is looked at beyond every number that it contains, at
sizes in both orders, and at all lengths up to its dimension, where it has one: then it holds for
every T (`dimension`). Where it has none, the lengths looked at are what is promised.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from ..evaluation.errors import EvaluationError, LimitReached
from ..evaluation.evaluator import evaluate
from ..evaluation.instance import ordered_sizes
from ..model.model import Model
from ..model.steps import LinearStep, step_expr
from ..notation.tree import Symbol
from .automata.surroundings import NoDimension, Surroundings
from .comparison import Claim
from .definitions import Definitions
from .dimension import MOST, dimension
from .environment import ClaimEnvironment
from .extent import Extent, extent, reach_of
from .known import known_at
from .laboratory import Laboratory, View
from .letters import downward_ranges
from .size_orders import MOST_LETTERS, every_order
from .verdict import Instance

MIDDLE = 3
"""The first length that is looked at: shorter ones hide the commonest errors."""

SHORTEST = 4
"""All lengths up to this one are looked at, whatever a claim says."""

LONGEST = 64
"""A formula that would have to be looked at beyond this many steps is left undecided."""

LARGEST = 12
"""The largest size at which a formula with literal entries or long products is looked at."""

BROADEST = 20
"""The largest size at which a formula is looked at in which sizes are numbers."""


@dataclass(frozen=True)
class Plan:
    """Where a claim is looked at.

    short: below this many steps not everything in it need exist. sizes: those of the lengths in a
    row. reason: why it cannot be looked at far enough; empty if it can.
    """

    instances: tuple[Instance, ...]
    short: int
    sizes: Mapping[str, int]
    reason: str = ""


def plan(laboratory: Laboratory, definitions: Definitions, claim: Claim) -> Plan:
    """Lengths beyond every literal of the claim, at sizes beyond every literal, in both orders.

    Where sizes are numbers, so many of them that no polynomial of their degree vanishes at all.
    """
    model = laboratory.model
    found = extent(claim, definitions, model)
    try:
        rising, falling, *lattice = size_choices(model, found)
    except LimitReached as error:
        return Plan((), 0, {}, error.message)
    sizes = laboratory.smallest_sizes(found.entries)
    short = reach_of(claim, definitions, model, sizes).total + laboratory.memory.reach(sizes)
    longest = max(SHORTEST, short + 2, found.depth + 2, found.numbers + 2)
    if longest > LONGEST:
        return Plan((), short, sizes, f"a step or number beyond {LONGEST} is named")
    instances = [
        *(Instance(count, sizes) for count in (MIDDLE, *range(1, longest + 1))),
        Instance(MIDDLE, rising),
        Instance(MIDDLE, falling),
        Instance(longest, rising),
        *(Instance(MIDDLE, one) for one in lattice),
    ]
    return Plan(tuple(_each_once(instances)), short, sizes)


def plan_at(laboratory: Laboratory, definitions: Definitions, claim: Claim, count: int) -> Plan:
    """One length, at the same sizes beyond every literal. Raises `LimitReached`."""
    model = laboratory.model
    choices = size_choices(model, extent(claim, definitions, model))
    first = laboratory.instance(count)
    instances = [first, *(Instance(count, one) for one in choices)]
    return Plan(tuple(_each_once(instances)), 0, first.sizes)


def size_choices(model: Model, found: Extent) -> list[dict[str, int]]:
    """Sizes beyond every literal, rising, falling, and a lattice where sizes are numbers.

    Raises `LimitReached` where that is too far.
    """
    least = max(3, found.letters, found.entries and found.entries + max(2, found.letters))
    if max(least, found.degree) > LARGEST:
        raise LimitReached(f"an entry, a size or a product beyond {LARGEST} is named")
    choices = [
        ordered_sizes(model, least, falling=False),
        ordered_sizes(model, least, falling=True),
        *_lattice(model, least, found.powers, found.degree),
        *_orders(model, found, least),
    ]
    if max((size for one in choices for size in one.values()), default=0) > BROADEST:
        raise LimitReached(f"sizes are numbers to a power beyond {BROADEST}")
    return choices


def _orders(model: Model, found: Extent, least: int) -> list[dict[str, int]]:
    """Every order of the sizes, where they are compared. Raises `LimitReached`."""
    if found.compared == "not" or len(model.sizes) < 2:
        return []
    if found.compared == "otherwise":
        raise LimitReached("sizes are compared in a way that no number of them decides")
    if len(model.sizes) <= MOST_LETTERS:
        return list(every_order(model.sizes, least))
    if found.compared == "by rank":
        return []
    raise LimitReached(f"more than {MOST_LETTERS} sizes are compared")


def _lattice(
    model: Model, least: int, letters: Collection[str], degree: int
) -> Iterator[dict[str, int]]:
    """Sizes at which no polynomial of that degree in these letters vanishes but 0.

    They are the points of a simplex: a + i, b + j, … with i + j + … up to the degree. The letters
    are so far apart that no two of them meet.
    """
    chosen = sorted(letters) if degree else []
    corner = {name: least + (degree + 1) * place for place, name in enumerate(chosen)}
    others = sorted(set(model.sizes) - set(chosen))
    above = least + (degree + 1) * len(chosen)
    fixed = {name: above + place for place, name in enumerate(others)}
    for more in product(range(degree + 1), repeat=len(chosen)):
        if degree and sum(more) <= degree:
            moved = {name: corner[name] + k for name, k in zip(chosen, more, strict=True)}
            yield {**fixed, **moved}


def _each_once(instances: Sequence[Instance]) -> Iterator[Instance]:
    seen: list[Instance] = []
    for instance in instances:
        if instance not in seen:
            seen.append(instance)
            yield instance


@dataclass(frozen=True)
class EveryT:
    """Whether agreement at a few lengths proves a claim for all: at how many, or why not."""

    lengths: int = 0
    reason: str = ""


def every_T(
    laboratory: Laboratory,
    definitions: Definitions,
    claim: Claim,
    view: View,
    plan: Plan,
) -> EveryT:
    """All lengths from 1 to `lengths` prove the claim for every T, at the plan's sizes."""
    index = laboratory.model.time.index
    downward = downward_ranges([claim.left, claim.right, *definitions.bodies], index)

    def entries(name: str) -> int:
        at = laboratory.field_point(Instance(max(SHORTEST, plan.short + 2), plan.sizes))
        known = known_at(at, definitions)
        environment = ClaimEnvironment(
            at, definitions, laboratory.blocks, known=known, downward=downward
        )
        return _entries(environment, name, plan)

    around = Surroundings(
        laboratory.model,
        laboratory.memory,
        definitions,
        plan.sizes,
        entries,
        view.disturbed,
        view.free_letters,
        downward,
    )
    try:
        found = dimension(claim, around)
    except NoDimension as reason:
        return EveryT(reason=str(reason))
    if found > MOST:
        return EveryT(reason=f"its dimension, {found}, is beyond {MOST}")
    return EveryT(plan.short + found)


def _entries(environment: ClaimEnvironment, name: str, plan: Plan) -> int:
    """How many entries a name that the file defines has at one step."""
    families = environment.definitions.by_name[name]
    counts: list[int] = [
        max(plan.sizes.values(), default=1) ** len(one.entries) for one in families
    ]
    if any(one.entries for one in families):
        return max(counts)
    for step in environment.point.graph.steps:
        symbol = Symbol(name, (step_expr(LinearStep(step), ""),))
        try:
            value = evaluate(symbol, environment)
        except EvaluationError:
            continue
        if not value.flexible:
            return int(value.array.size)
    raise NoDimension(f"{name} has no value")
