"""Why a claim holds: how surely, where it was looked at, and whether for every T."""

from __future__ import annotations

from dataclasses import replace

from .claims import Judged
from .decide import decide
from .definitions import Definitions
from .guessing import unguessable
from .laboratory import Laboratory
from .lengths import EveryT, every_T
from .verdict import Evidence, Instance


def evidence(laboratory: Laboratory, definitions: Definitions, judged: Judged) -> Evidence | None:
    """The evidence for a claim that holds, or agrees in digits; None for any other.

    A claim that has a dimension is looked at up to it. Where it turns out false at one of these
    lengths, that becomes its finding, and there is no evidence.
    """
    if judged.finding.outcome == "numeric":
        return Evidence("numeric", judged.instances, digits=judged.finding.digits)
    if judged.finding.outcome == "proved":
        return Evidence("exact", judged.instances, reason="an inequality has no dimension")
    if judged.finding.outcome != "equal":
        return None
    laboratory = unguessable(laboratory, definitions, judged.claim)
    every = prove_every_T(laboratory, definitions, judged)
    if judged.finding.outcome != "equal":
        return None
    bound = judged.finding.bound
    if every.lengths:
        return Evidence("every T", judged.instances, bound)
    return Evidence("exact", judged.instances, bound, reason=every.reason)


def prove_every_T(laboratory: Laboratory, definitions: Definitions, judged: Judged) -> EveryT:
    """Look at a claim that holds at all lengths up to its dimension; or why that proves nothing.

    The lengths looked at become part of the claim's plan.
    """
    if judged.only_T is not None:
        return EveryT(reason=f"it is about T = {judged.only_T}")
    if judged.said is not None:
        return EveryT(reason=f"it is about {judged.said.words}")
    if laboratory.model.literal_length is not None:
        return EveryT(reason="the model has a fixed number of steps")
    view, plan = judged.finding.view, judged.plan
    if view is None:
        return EveryT(reason="signs or targets were set one by one")
    if judged.numbers_decide:
        return EveryT(reason="the sign of a number is asked, which another T may change")
    every = every_T(laboratory, definitions, judged.claim, judged.reading, view, plan)
    seen = {instance.T for instance in judged.instances if instance.sizes == plan.sizes}
    more = [Instance(T, plan.sizes) for T in range(1, every.lengths + 1) if T not in seen]
    if not more:
        return every
    trial = judged.trial(laboratory, definitions, judged.reading)
    finding = decide(trial, more)
    if finding.bound is not None and judged.finding.bound is not None:
        bound = max(finding.bound, judged.finding.bound)
        judged.findings[judged.reading] = replace(judged.finding, bound=bound)
    if finding.outcome in ("equal", "nowhere"):
        judged.plan = replace(plan, instances=(*plan.instances, *more))
        if finding.outcome == "nowhere" or finding.view != view:
            return EveryT(reason="it needs more than the lengths looked at")
        return every
    if finding.outcome == "different":
        judged.findings[judged.reading] = finding
        judged.plan = replace(plan, instances=(*plan.instances, *more))
    return EveryT(reason="a limit was reached at the lengths that it needs")
