"""Why a claim holds: how surely, where it was looked at, whether for every T and every size."""

from __future__ import annotations

from dataclasses import replace

from .claims import Judged
from .decide import decide
from .definitions import Definitions
from .guessing import unguessable
from .laboratory import Laboratory
from .lengths import EveryT, every_T
from .obligations.settled import EverySize, every_size
from .shield import shielded
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
    ground = laboratory.keyed(definitions.text)
    laboratory = unguessable(laboratory, definitions, judged.claim)
    every = prove_every_T(laboratory, definitions, judged)
    if judged.finding.outcome != "equal":
        return None
    bound = judged.finding.bound
    if every.lengths:
        sizes = prove_every_size(laboratory, definitions, judged, ground)
        if sizes.bound is not None and bound is not None:
            bound = max(bound, sizes.bound)
        return Evidence(
            "every T",
            judged.instances,
            bound,
            every_size=sizes.proved,
            size_reason=sizes.reason,
        )
    return Evidence("exact", judged.instances, bound, reason=every.reason)


def prove_every_size(
    laboratory: Laboratory, definitions: Definitions, judged: Judged, ground: Laboratory
) -> EverySize:
    """Whether a claim that holds for every T holds at every size as well; or why that is open.

    The points of `ground` hang on the definitions alone: what is said of these is proved there.
    """
    view = judged.finding.view
    if not laboratory.model.sizes:
        return EverySize(True)
    if view is None:
        return EverySize(False, "signs or targets were set one by one")
    trial = judged.trial(laboratory, definitions)
    return shielded(
        lambda: every_size(trial, judged.instances[0], view, ground),
        lambda error: EverySize(False, error.message),
    )


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
    every = every_T(laboratory, definitions, judged.claim, view, plan)
    seen = {instance.T for instance in judged.instances if instance.sizes == plan.sizes}
    more = [Instance(T, plan.sizes) for T in range(1, every.lengths + 1) if T not in seen]
    if not more:
        return every
    trial = judged.trial(laboratory, definitions)
    finding = decide(trial, more)
    if finding.bound is not None and judged.finding.bound is not None:
        bound = max(finding.bound, judged.finding.bound)
        judged.finding = replace(judged.finding, bound=bound)
    if finding.outcome in ("equal", "nowhere"):
        judged.plan = replace(plan, instances=(*plan.instances, *more))
        if finding.outcome == "nowhere" or finding.view != view:
            return EveryT(reason="it needs more than the lengths looked at")
        return every
    if finding.outcome == "different":
        judged.finding = finding
        judged.plan = replace(plan, instances=(*plan.instances, *more))
    return EveryT(reason="a limit was reached at the lengths that it needs")
