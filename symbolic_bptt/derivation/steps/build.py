"""The whole derivation of a model as steps."""

from __future__ import annotations

from ...model.model import Model
from ..backward import fewest_steps, least_horizon
from .adjoints import adjoint_stage, local_stage
from .expansion import expansion_stage
from .gradients import gradient_stage
from .step import Manner, Prose, Steps
from .trace import DEFAULT, Trace


def derivation_steps(model: Model, count: int = 3, manner: Manner = DEFAULT) -> Steps:
    """Local derivatives, the backward pass, the gradients, and all written out for `count` steps.

    Raises `NoRuleError` where the derivative cannot be written in matrix notation.
    """
    count = model.literal_length or count
    trace = Trace(model, manner)
    stages = (
        local_stage(trace),
        adjoint_stage(trace),
        gradient_stage(trace),
        expansion_stage(trace, count),
    )
    assumptions: tuple[Prose, ...] = (
        *((symbol, " sums to one") for symbol in trace.totals()),
        *(() if model.literal_length else _least(trace)),
    )
    adjoints = {trace.names[key]: known.variable for key, known in trace.found.adjoints.items()}
    fewest = model.literal_length or fewest_steps(trace.system, trace.found)
    return Steps(model, count, stages, assumptions, adjoints, fewest, manner)


def _least(trace: Trace) -> tuple[Prose, ...]:
    return tuple((words,) for words in least_horizon(trace.system, trace.found))
