"""What an evaluation asks of its surroundings: symbols, index values, derivatives, and a budget."""

from __future__ import annotations

from typing import Any, Protocol

from ..notation.tree import BigOperator, Derivative, Entry, Expr, Range, Symbol
from .budget import Budget
from .domains.domain import Domain
from .errors import OutOfRange
from .value import Value


class Environment(Protocol):
    """Where symbols get their values. `bind` and `holding` give a new environment."""

    @property
    def domain(self) -> Domain: ...

    @property
    def budget(self) -> Budget: ...

    def number(self, name: str) -> int | None:
        """The value of T, of a size letter or of a bound index; None for any other name."""

    def letter(self, name: str) -> Any:
        """The same as an element of the domain; None for a name that stands for no number."""

    def bind(self, name: str, value: int) -> Environment:
        """The same, with an index bound."""

    def symbol(self, node: Symbol, indices: tuple[int, ...]) -> Value:
        """The value of a symbol. Raises `UndefinedSymbol` or `OutOfRange`."""

    def entry(self, node: Entry, indices: tuple[int, ...]) -> Value | None:
        """The value of an entry that is defined as such; None to take it from the whole."""

    def runs_down(self, span: Range, low: int, high: int) -> bool:
        """Whether a range is written from its high end: Π_{j=t}^{k+1}."""

    def leaves_out(self, operator: BigOperator, error: OutOfRange) -> bool:
        """Whether a term that does not exist is left out of this sum, instead of being an error."""

    def with_zeros(self) -> Environment | None:
        """The same, in which what does not exist is 0 as far as that is meant; None if never."""

    def derivative(self, node: Derivative) -> Value:
        """The value of ∂a/∂b."""

    def holding(self, fixed: tuple[Expr, ...]) -> Environment:
        """The same, with derivatives taken while these quantities are held constant."""

    def index_range(self, index: str, body: Expr) -> tuple[int, int] | None:
        """The own range of a bare index: the steps for a time index; None if it has none."""
