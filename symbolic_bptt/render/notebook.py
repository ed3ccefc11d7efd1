"""What a notebook shows for a result: formulas that MathJax sets.

Results are data; their `_repr_latex_` call this module when a notebook asks, and only then.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..model.model import Model
from ..notation.tree import Statement
from .description import equations
from .markdown import display


def formulas(statements: Sequence[Statement]) -> str:
    """One `$$` display of aligned equations."""
    return display(statements)


def equations_of(model: Model) -> str:
    """The model's equations, the same way."""
    return formulas(equations(model))
