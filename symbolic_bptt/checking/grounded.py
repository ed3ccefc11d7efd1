"""Whether all that a definition reads has a value, and none of it by way of the definition."""

from __future__ import annotations

from ..evaluation.errors import Circular, EvaluationError, OutOfRange, UndefinedSymbol
from ..evaluation.evaluator import evaluate
from ..evaluation.ranges import assignments
from ..evaluation.unroll import UnrollError
from ..notation.tree import Add, BigOperator, Range
from .definitions import Definition, Definitions, literal_steps
from .environment import ClaimEnvironment
from .laboratory import Laboratory

LENGTH = 3
"""Steps of the instance at which a definition is looked at, if it names no later one."""


def what_is_missing(
    laboratory: Laboratory,
    definitions: Definitions,
    definition: Definition,
    ranges: tuple[Range, ...],
) -> UndefinedSymbol | None:
    """The name for want of which the definition gives a value at no step of an instance.

    `Circular` if at some step that name is its own. None where it gives a value, or fails for
    another reason.
    """
    try:
        at = laboratory.field_point(laboratory.instance(_length(laboratory, definition)))
        environment = ClaimEnvironment(at, definitions, laboratory.blocks)
        return _missing(definition, ranges, environment)
    except (EvaluationError, UnrollError, RecursionError, MemoryError):
        return None


def _length(laboratory: Laboratory, definition: Definition) -> int:
    time, fixed = laboratory.model.time, laboratory.model.literal_length
    named = literal_steps([definition.symbol, definition.body], time.index)
    return fixed or max([LENGTH, *(step - time.first + 1 for step in named)])


def _missing(
    definition: Definition, ranges: tuple[Range, ...], environment: ClaimEnvironment
) -> UndefinedSymbol | None:
    missing, valued = None, False
    both = BigOperator("sum", ranges, Add((definition.symbol, definition.body)))
    for here in assignments(both, environment, evaluate) if ranges else (environment,):
        try:
            evaluate(definition.symbol, here)
            valued = True
        except Circular as error:
            return error
        except UndefinedSymbol as error:
            missing = missing or error
        except OutOfRange:
            continue
    return None if valued else missing
