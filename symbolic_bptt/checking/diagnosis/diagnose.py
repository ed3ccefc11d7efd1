"""Why a claim does not hold: paths, mistakes on the way back, and the smallest repair."""

from __future__ import annotations

from dataclasses import replace

from ...notation.tree import Expr
from ..claims import HOLDING, Judged, judge
from ..comparison import Claim
from ..definitions import Definitions
from ..laboratory import Laboratory
from ..verdict import Diagnosis
from .backward import backward_mistake
from .contributions import combination
from .repair import Repair, repair, repair_pair
from .subject import WORK, Subject
from .words import of_backward, of_combination, of_repair

PLAIN_COST = 3
"""A repair up to this cost is a common slip, and the likeliest reason."""

SAME_AS_REPAIR = ("coefficient", "sign")
"""What a combination says no better than a repair."""


def diagnose(
    laboratory: Laboratory,
    definitions: Definitions,
    claim: Claim,
    judged: Judged,
    head: Expr | None = None,
) -> tuple[Diagnosis, ...]:
    """The reasons that are proved, the likeliest first; none where nothing fits.

    `head` is the first member of a chain a = b = c: a later member is compared with it, so that
    what is right is not blamed for an error before it.
    """
    if claim.op != "=":
        return ()
    if head is not None and head != claim.left:
        claim = replace(claim, left=head)
        judged = judge(laboratory, definitions, claim, budget=judged.budget)
        if judged.finding.outcome in HOLDING:
            return ()
    if judged.finding.outcome not in ("different", "mismatch"):
        return ()
    work = judged.budget.share(WORK)
    return _reasons(Subject(laboratory, definitions, claim, judged, work))


def _reasons(subject: Subject) -> tuple[Diagnosis, ...]:
    graph = subject.point.graph
    if subject.judged.finding.outcome == "mismatch":
        found = repair(subject)
        return (of_repair(found),) if found else ()
    paths = combination(subject)
    by_paths = of_combination(paths, graph) if paths else None
    found = repair(subject)
    reasons = [of_repair(found)] if found else []
    if by_paths is not None and not (reasons and by_paths.kind in SAME_AS_REPAIR):
        reasons.insert(0 if _is_far_fetched(found) else 1, by_paths)
    if by_paths is None and _is_far_fetched(found):
        mistake = backward_mistake(subject)
        if mistake is not None:
            reasons.insert(0, of_backward(mistake))
    if not reasons:
        both = repair_pair(subject)
        reasons = [of_repair(one) for one in both or ()]
    return tuple(reasons)


def _is_far_fetched(found: Repair | None) -> bool:
    return found is None or found.edit.cost > PLAIN_COST
