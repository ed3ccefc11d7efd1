"""What a derivation is: definitions and partial derivatives, as syntax trees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..model.model import Model
from ..notation.sizes import Shape
from ..notation.tree import Derivative, Expr, RelationOp, Statement

Style = Literal["named", "general", "expanded", "entries"]


@dataclass(frozen=True)
class Partial:
    """of-by-wrt = forms[0] = forms[1] = …, each more explicit than the one before."""

    derivative: Derivative
    shape: Shape
    forms: tuple[Expr, ...]

    @property
    def statement(self) -> Statement:
        """The chain `∂E/∂W = forms[0] = …` as one statement."""
        equals: tuple[RelationOp, ...] = tuple("=" for _ in self.forms)
        return Statement((self.derivative, *self.forms), equals)

    def _repr_latex_(self) -> str:
        from ..render.notebook import formulas

        return formulas([self.statement])


@dataclass(frozen=True)
class Derivation:
    """Every requested partial derivative of a loss, with the quantities they are written in.

    `count` is the number of steps, None for a symbolic T. `definitions` come in the order in which
    a reader needs them. `assumptions` are what the forms rest on (`y_t sums to one`); `notes` are
    warnings a reader must see, such as that the model is degenerate. For a symbolic T, `fewest` is
    the number of steps from which on the forms hold.
    """

    model: Model
    count: int | None
    style: Style
    definitions: tuple[Statement, ...]
    partials: tuple[Partial, ...]
    assumptions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fewest: int = 1

    def _repr_latex_(self) -> str:
        from ..render.notebook import formulas

        return formulas([*self.definitions, *(partial.statement for partial in self.partials)])
