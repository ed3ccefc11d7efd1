"""Why a claim holds: how surely, at which instances, and whether for every T."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from ..derivation.staged import sweep
from ..evaluation.errors import EvaluationError
from ..evaluation.evaluator import evaluate
from ..evaluation.value import resolve
from ..model.steps import LinearStep, step_expr
from ..notation.tree import Derivative, Symbol, walk
from .claims import Judged, bound_of
from .definitions import Definitions
from .environment import ClaimEnvironment
from .induction import holds_for_every_T, proposition
from .laboratory import Laboratory
from .verdict import Evidence


def evidence(laboratory: Laboratory, definitions: Definitions, judged: Judged) -> Evidence | None:
    """The evidence for a claim that holds; None for any other."""
    finding = judged.finding
    if finding.outcome == "numeric":
        return Evidence("numeric", judged.instances, digits=finding.digits)
    if finding.outcome == "proved":
        return Evidence("exact", judged.instances)
    if finding.outcome != "equal":
        return None
    every = _for_every_T(laboratory, definitions, judged) if judged.only_T is None else None
    return Evidence(
        "exact", judged.instances, bound_of(laboratory, definitions, judged), every_T=every
    )


def _for_every_T(laboratory: Laboratory, definitions: Definitions, judged: Judged) -> bool | None:
    """Whether the induction settles a gradient of the loss by a parameter; None for other claims.

    That the induction fails says nothing about a claim whose adjoints it guessed; so that is None.
    """
    parameter = _parameter(laboratory, judged)
    if parameter is None or judged.claim.ranges:
        return None
    adjoints = adjoint_names(laboratory, definitions, judged)
    goal = proposition(judged.claim, parameter, definitions, adjoints, judged.reading)
    return holds_for_every_T(laboratory, goal) or None


def _parameter(laboratory: Laboratory, judged: Judged) -> str | None:
    left = judged.claim.left
    model = laboratory.model
    if (
        isinstance(left, Derivative)
        and left.of == Symbol(model.loss)
        and isinstance(left.wrt, Symbol)
        and left.wrt == Symbol(left.wrt.name)
        and left.wrt.name in model.parameters
    ):
        return left.wrt.name
    return None


def adjoint_names(
    laboratory: Laboratory, definitions: Definitions, judged: Judged
) -> Mapping[str, str]:
    """The names that the file gives to derivatives of the loss by a variable at each step."""
    at = laboratory.field_point(judged.instances[0])
    true = sweep(at, at.graph.loss)
    environment = ClaimEnvironment(at, definitions, judged.reading, laboratory.blocks)
    found: dict[str, str] = {}
    used = {node.name for node in walk(judged.claim.right) if isinstance(node, Symbol)}
    for name in _reachable(used, definitions):
        for variable in {key[0] for key in at.graph.nodes if key[1] is not None}:
            steps = [step for step in at.graph.steps if (variable, step) in true]
            if steps and all(
                _is_adjoint(environment, name, variable, step, true) for step in steps
            ):
                found[name] = variable
                break
    return found


def _reachable(names: set[str], definitions: Definitions) -> Iterator[str]:
    """Of these names and those they are defined by, the ones defined with one index."""
    pending, seen = sorted(names), set(names)
    while pending:
        name = pending.pop()
        if definitions.family(name, 1):
            yield name
        for one in definitions.by_name.get(name, ()):
            more = {node.name for node in walk(one.body) if isinstance(node, Symbol)} - seen
            seen |= more
            pending.extend(sorted(more))


def _is_adjoint(
    environment: ClaimEnvironment,
    name: str,
    variable: str,
    step: int,
    true: Mapping[tuple[str, int | None], object],
) -> bool:
    at = environment.point
    shape = at.graph.nodes[(variable, step)].shape
    symbol = Symbol(name, (step_expr(LinearStep(step), ""),))
    try:
        value = evaluate(symbol, environment, environment.reading, shape)
        array = resolve(at.domain, value, shape).array
    except EvaluationError:
        return False
    wanted = np.asarray(true[variable, step]).reshape(shape)
    return not np.any(array != wanted)
