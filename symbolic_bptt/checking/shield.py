"""A fault of this program costs the line at which it shows, and nothing else.

What is done for one line of a document is done behind this shield: reading it, judging it, looking
for evidence and for reasons. With the logger `symbolic_bptt` at level DEBUG the traceback is shown
(the commands do so where SYMBOLIC_BPTT_DEBUG is set).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from ..evaluation.errors import EvaluationError, LimitReached
from ..evaluation.unroll import UnrollError

T = TypeVar("T")

LOGGER = logging.getLogger("symbolic_bptt")


class Defect(EvaluationError):  # noqa: N818
    """An exception that nobody expected. It says nothing about the line: the verdict is open."""

    def __init__(self, error: Exception) -> None:
        kind = type(error).__name__
        super().__init__(
            f"a defect of bptt itself ({kind}), not of this line; please report it "
            "(with SYMBOLIC_BPTT_DEBUG=1 it shows where)"
        )


def shielded(action: Callable[[], T], otherwise: Callable[[EvaluationError], T]) -> T:
    """What the action gives, or what is made of the reason why it gives nothing.

    The reason is the `EvaluationError` that it raised, `LimitReached` for a limit of the machine or
    of the model, and a `Defect` for any other exception.
    """
    try:
        return action()
    except EvaluationError as error:
        return otherwise(error)
    except (UnrollError, MemoryError, RecursionError) as error:
        return otherwise(LimitReached(str(error) or type(error).__name__))
    except Exception as error:
        LOGGER.debug("a defect at one line", exc_info=error)
        return otherwise(Defect(error))
