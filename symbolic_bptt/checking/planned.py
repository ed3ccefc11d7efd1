"""The lengths that a claim is about: those it says, the one that it names, or all."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..evaluation.surroundings import indexes_a_step
from ..model.steps import linear_step
from ..notation.tree import BigOperator, Expr, Range, Symbol, walk
from .comparison import Claim
from .counters import LONGEST
from .definitions import Definitions, literal_steps
from .laboratory import Laboratory
from .lengths import Plan, plan, plan_at
from .said_lengths import said_lengths


def planned(
    laboratory: Laboratory,
    definitions: Definitions,
    claim: Claim,
    only: Sequence[int],
    also: Sequence[int],
) -> Plan:
    """Where the claim is looked at: at the lengths of `only`, or at all it is about and `also`."""
    fixed = laboratory.model.literal_length
    said = said_lengths(claim, laboratory.model)
    single = only_length(laboratory, definitions, claim)
    if only:
        first = laboratory.instance(only[0] if fixed is None else fixed)
        return Plan((first,), 0, first.sizes)
    count = single if fixed is None else fixed
    if count is not None and count > LONGEST:
        return Plan((), 0, {}, f"a step beyond {LONGEST} is named")
    if count is not None:
        return plan_at(laboratory, definitions, claim, count)
    found = plan(laboratory, definitions, claim)
    more = tuple(laboratory.instance(count) for count in also)
    if not found.instances:
        return found
    meant = (*more, *found.instances)
    if said is not None:
        meant = said.instances(meant)
        if max((one.T for one in meant), default=0) > LONGEST:
            return Plan((), 0, {}, f"a step beyond {LONGEST} is named")
    reason = "" if meant else "what is said about T is true of no number of steps looked at"
    return Plan(meant, found.short, found.sizes, reason)


def only_length(laboratory: Laboratory, definitions: Definitions, claim: Claim) -> int | None:
    """The number of steps that a claim says, or whose last step it names literally.

    Sums over all steps name none, unless the other side writes out every step.
    """
    time, said = laboratory.model.time, said_lengths(claim, laboratory.model)
    if said is not None:
        return said.only
    exprs, sides = _with_definitions(claim, definitions), (claim.left, claim.right)
    is_free = any(indexes_a_step(span.index, side) for span in claim.ranges for side in sides)
    if is_free or any(Symbol("T") in walk(expr) for expr in exprs):
        return None
    inside = [step for step in literal_steps(exprs, time.index) if step >= time.first]
    last = max(inside, default=0)
    written_out = any(
        last > time.first
        and _all_among(time.first, last, literal_steps([side], time.index))
        and not _has_open_steps(side, definitions)
        for side in sides
    )
    if any(_has_open_steps(side, definitions) for side in sides) and not written_out:
        return None
    return max(inside) - time.first + 1 if inside else None


def _all_among(first: int, last: int, named: Collection[int]) -> bool:
    count = last - first + 1
    return count <= len(named) and all(step in named for step in range(first, last + 1))


def _has_open_steps(side: Expr, definitions: Definitions) -> bool:
    """Whether a step runs over all there are, of what is not defined step by step."""
    return any(
        isinstance(node, BigOperator)
        and any(_is_open(span) and indexes_a_step(span.index, node.body) for span in node.ranges)
        and not _step_by_step(node.body, definitions)
        for node in walk(side)
    )


def _is_open(span: Range) -> bool:
    limits = (span.lower, span.upper)
    return any(limit is None or linear_step(limit, "") is None for limit in limits)


def _step_by_step(expr: Expr, definitions: Definitions) -> bool:
    """Whether it reads a name that is defined for literal steps alone."""
    return any(
        isinstance(node, Symbol)
        and node.name in definitions.by_name
        and all(one.literal_indices for one in definitions.by_name[node.name])
        for node in walk(expr)
    )


def _with_definitions(claim: Claim, definitions: Definitions) -> list[Expr]:
    pending, seen, found = [claim.left, claim.right], set(), []
    while pending:
        expr = pending.pop()
        found.append(expr)
        for node in walk(expr):
            if isinstance(node, Symbol) and node.name not in seen:
                seen.add(node.name)
                for one in definitions.by_name.get(node.name, ()):
                    pending.extend([one.symbol, one.body])
    return found
