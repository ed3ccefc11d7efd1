"""What can stop an evaluation: each kind of failure is a type of its own, and none is a verdict."""

# ruff: noqa: N818  (the names say what happened; none of them is a defect of the program)

from __future__ import annotations

from collections.abc import Sequence

from ..notation.tree import Expr


class EvaluationError(ValueError):
    """An expression has no value here; `node` is the innermost expression concerned, once known."""

    def __init__(self, message: str, node: Expr | None = None) -> None:
        self.message = message
        self.node = node
        super().__init__(message)


class ShapeMismatch(EvaluationError):
    """The operands of an operation do not fit: `left` and `right` describe their shapes."""

    def __init__(self, operation: str, left: str, right: str, node: Expr | None = None) -> None:
        self.operation, self.left, self.right = operation, left, right
        super().__init__(f"{operation}: {left} does not fit {right}", node)


class UndefinedSymbol(EvaluationError):
    """A symbol that nothing has introduced."""

    def __init__(self, name: str, node: Expr | None = None) -> None:
        self.name = name
        super().__init__(f"{name} is not defined", node)


class Circular(UndefinedSymbol):
    """A symbol whose definition meets itself at the same indices."""

    def __init__(self, name: str, through: Sequence[str], node: Expr | None = None) -> None:
        by_way_of = f", by way of {', '.join(through)}" if through else ""
        self.name = name
        EvaluationError.__init__(self, f"{name} is defined by itself{by_way_of}", node)


class OutOfRange(EvaluationError):
    """A quantity that exists, but not at this step or with this entry index."""

    def __init__(self, name: str, index: int, node: Expr | None = None) -> None:
        self.name, self.index = name, index
        super().__init__(f"{name} has no index {index}", node)


class UnboundIndex(EvaluationError):
    """An index letter without a value: the caller binds free indices."""

    def __init__(self, name: str, node: Expr | None = None) -> None:
        self.name = name
        super().__init__(f"the index {name} is free", node)


class NotAnInteger(EvaluationError):
    """An index, bound or matrix exponent that is not a whole number."""


class UndefinedValue(EvaluationError):
    """No number at this point: a division by zero, the logarithm of 0. Draw another point."""


class Undecidable(EvaluationError):
    """A sign that this precision does not settle. Raise the precision or draw another point."""


class Unsupported(EvaluationError):
    """Well-formed, but beyond what the evaluator does in this domain."""


class LimitReached(EvaluationError):
    """The work budget is spent. The honest verdict is *undecided*."""


class BeyondTheAxis(EvaluationError):
    """A sum is written to run to steps that do not exist."""
