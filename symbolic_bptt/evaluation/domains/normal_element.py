"""Elements of the normal form: they keep how they were made, and the marks of roots and signs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .element import Element
from .monomials import Positive, Terms

if TYPE_CHECKING:
    from .normal_form import NormalDomain


class NormalElement(Element):
    """An element that knows how it was made.

    `made` is an operation and its operands; `marks` are the variables (roots and signs) that it is
    a multiple of; `terms` and `positive` are found once when they are asked for.
    """

    __slots__ = ("made", "marks", "positive", "terms")

    field: NormalDomain

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made: tuple[Any, ...] = ()
        self.marks: frozenset[int] = frozenset()
        self.terms: Terms | None = None
        self.positive: Positive | bool | None = None

    def _sum(self, value: Any, other: Any) -> Any:
        found = super()._sum(value, other)
        found.made = ("+", self, other) if value == self.value + other.value else ("-", self, other)
        found.marks = self.marks if self.marks == other.marks else frozenset()
        return found

    def __neg__(self) -> Any:
        found = super().__neg__()
        found.made, found.marks = ("-", self.field.zero, self), self.marks
        return found

    def __mul__(self, other: Any) -> Any:
        other = self.field.element(other)
        found = super().__mul__(other)
        if found is self.field.zero:
            return found
        if self.marks and other.marks:
            found = self.field.reduced(found, self.marks, other.marks)
        else:
            found.marks = self.marks or other.marks
        found.made = ("*", self, other)
        return found

    __rmul__ = __mul__

    def __pow__(self, exponent: int) -> Any:
        if self.marks and exponent > 0:
            half = self ** (exponent // 2) if exponent > 1 else self.field.element(1)
            return half * half * self if exponent % 2 else half * half
        found = super().__pow__(exponent)
        if exponent > 1:
            found.made = ("**", self, exponent)
        return found


def as_leaf(element: Any) -> Any:
    """The same value as a leaf without marks."""
    return NormalElement(
        element.field,
        element.value,
        element.degree,
        element.power,
        element.divisors,
        element.height,
    )
