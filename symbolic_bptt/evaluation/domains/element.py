"""A value of a prime field with bounds on the polynomial that it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .field import FieldDomain


class Element:
    """`value` in GF(p), and what `field` proves about it.

    degree, power, divisors: d, m and S (as a bit set) of the theorem in `field`. height: log₂ of a
    bound on the sum of the absolute values of the integer coefficients.
    """

    __slots__ = ("degree", "divisors", "field", "height", "power", "value")

    def __init__(
        self,
        field: FieldDomain,
        value: Any,
        degree: int = 0,
        power: int = 0,
        divisors: int = 0,
        height: int = 0,
    ) -> None:
        self.field = field
        self.value = value
        self.degree = degree
        self.power = power
        self.divisors = divisors
        self.height = height

    def __add__(self, other: Any) -> Any:
        if other.__class__ is not self.__class__:
            other = self.field.element(other)
        zero = self.field.zero
        if self is zero:
            return other
        if other is zero:
            return self
        return self._sum(self.value + other.value, other)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        if other.__class__ is not self.__class__:
            other = self.field.element(other)
        if other is self.field.zero:
            return self
        return self._sum(self.value - other.value, other)

    def __rsub__(self, other: Any) -> Any:
        return self.field.element(other) - self

    def _sum(self, value: Any, other: Any) -> Any:
        return self.__class__(
            self.field,
            value,
            self.degree if self.degree > other.degree else other.degree,
            self.power if self.power > other.power else other.power,
            self.divisors | other.divisors,
            (self.height if self.height > other.height else other.height) + 1,
        )

    def __neg__(self) -> Any:
        return self.__class__(
            self.field, -self.value, self.degree, self.power, self.divisors, self.height
        )

    def __mul__(self, other: Any) -> Any:
        if other.__class__ is not self.__class__:
            other = self.field.element(other)
        zero = self.field.zero
        if self is zero or other is zero:
            return zero
        if self.divisors & other.divisors:
            power = self.power + other.power
        else:
            power = self.power if self.power > other.power else other.power
        return self.__class__(
            self.field,
            self.value * other.value,
            self.degree + other.degree,
            power,
            self.divisors | other.divisors,
            self.height + other.height,
        )

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        return self * self.field.inverse(self.field.element(other))

    def __rtruediv__(self, other: Any) -> Any:
        return self.field.element(other) * self.field.inverse(self)

    def __pow__(self, exponent: int) -> Any:
        if exponent < 0:
            return self.field.inverse(self) ** -exponent
        if exponent == 0:
            return self.field.element(1)
        return self.__class__(
            self.field,
            self.value**exponent,
            self.degree * exponent,
            self.power * exponent,
            self.divisors,
            self.height * exponent,
        )

    def __eq__(self, other: object) -> bool:
        found: Any = self.field.element(other)
        return bool(self.value == found.value)

    def __bool__(self) -> bool:
        return bool(self.value)

    def __hash__(self) -> int:
        return int(self.value)

    def __int__(self) -> int:
        return int(self.value)

    def __repr__(self) -> str:
        return f"<{int(self.value)}, degree {self.field.degree_of(self)}>"
