"""A prime field whose values also say how many index letters a term of them can have.

Setting. Write every quantity with indices: s_i, W_{ij}, and every function of a quantity as a
variable with the indices of its place, tanh(z_i) = a_i. An entry of an expression is then a sum of
terms Π factors over letters i, j, …, one sum for each contraction.

Theorem. Let P_n be the polynomial that an entry is at size n, and let no term of it have more than
q letters, those of the entry's own place included. If P_N = 0 for one N ≥ q, then P_n = 0 for every
n. *Proof.* No index value is singled out, so P_n is carried to itself by permutations of them, and
setting all variables with an index outside a set I to 0 carries P_n to P_I, the same polynomial of
size |I|: a letter with a value outside I kills a factor. A monomial has at most q index values, so
its coefficient in P_n is one in P_I with |I| ≤ q, which P_N = 0 makes 0. ∎ Several sizes n, m, … go
together, each with its own q.

Bounds. A value carries a set C of index values and for each size a number e: the index values of
each of its monomials lie in C but for e of them. Sum: C ∩ C′, max(e + |C ∖ C′|, e′ + |C′ ∖ C|).
Product: C ∪ C′, e + e′. Divisors with several terms are multiplied out: a value carries the power
of each, and where terms with different powers are added, the lower ones get the letters of what
they are multiplied by. The inverse of a single term is a variable with the same indices. It may
cancel a factor, Σ_k y_k/y_k = K, and what was a sum over its letter is then a power of the size: a
coefficient is a polynomial in the size, of degree at most the number g of such letters, and is 0 if
it is 0 at g + 1 sizes.

What it does not see: a sum over an axis of what has no index on it, 𝟙ᵀ𝟙 (`shapes` refuses these).
A function of something whose place is unknown, or along an axis of no declared size, is `refused`.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import add
from typing import Any

import numpy as np

from ...evaluation.domains.domain import Array
from ...evaluation.domains.element import Element
from ...evaluation.domains.field import FieldDomain

WIDTH = 64
"""Bits for the index values of one size."""


class CountedElement(Element):
    """common: C as a bit set. extra: e for each size. cancels: g for each size.

    under: the power of each divisor below it. single: it is one term. plain: it is a number.
    """

    __slots__ = ("cancels", "common", "extra", "plain", "single", "under")
    field: Any

    def __init__(
        self,
        field: Any,
        value: Any,
        degree: int = 0,
        power: int = 0,
        divisors: int = 0,
        height: int = 0,
    ) -> None:
        super().__init__(field, value, degree, power, divisors, height)
        self.common = 0
        self.extra: tuple[int, ...] = field.nothing
        self.cancels: tuple[int, ...] = field.nothing
        self.under: Mapping[int, int] = NO_DIVISORS
        self.single = self.plain = False

    def _sum(self, value: Any, other: Any) -> Any:
        made = super()._sum(value, other)
        mine, theirs = self.extra, other.extra
        if self.under is not other.under and self.under != other.under:
            made.under = _highest(self.under, other.under)
            mine = self.field.raised(mine, self.under, made.under)
            theirs = self.field.raised(theirs, other.under, made.under)
        else:
            made.under = self.under
        if self.plain or other.plain:
            made.common = (other if self.plain else self).common
            made.plain = self.plain and other.plain
        else:
            made.common = common = self.common & other.common
            mine = self.field.with_more(mine, self.common ^ common)
            theirs = self.field.with_more(theirs, other.common ^ common)
        made.extra = _largest(mine, theirs)
        made.cancels = _largest(self.cancels, other.cancels)
        return made

    def __neg__(self) -> Any:
        made = super().__neg__()
        made.common, made.extra, made.cancels = self.common, self.extra, self.cancels
        made.under, made.single, made.plain = self.under, self.single, self.plain
        return made

    def __mul__(self, other: Any) -> Any:
        if other.__class__ is not self.__class__:
            other = self.field.element(other)
        made = super().__mul__(other)
        if made is self.field.zero:
            return made
        made.common = self.common | other.common
        made.extra = _added(self.extra, other.extra)
        made.cancels = _added(self.cancels, other.cancels)
        made.under = _together(self.under, other.under)
        made.single = self.single and other.single
        made.plain = self.plain and other.plain
        return made

    __rmul__ = __mul__

    def __pow__(self, exponent: int) -> Any:
        made = super().__pow__(exponent)
        if exponent > 0:
            made.common, made.single, made.plain = self.common, self.single, self.plain
            made.extra = tuple(exponent * e for e in self.extra)
            made.cancels = tuple(exponent * g for g in self.cancels)
            made.under = {k: exponent * power for k, power in self.under.items()}
        return made


NO_DIVISORS: Mapping[int, int] = {}


def _highest(first: Mapping[int, int], second: Mapping[int, int]) -> Mapping[int, int]:
    return {k: max(first.get(k, 0), second.get(k, 0)) for k in {**first, **second}}


def _together(first: Mapping[int, int], second: Mapping[int, int]) -> Mapping[int, int]:
    if not first or not second:
        return first or second
    return {k: first.get(k, 0) + second.get(k, 0) for k in {**first, **second}}


def _largest(first: tuple[int, ...], second: tuple[int, ...]) -> tuple[int, ...]:
    return first if first == second else tuple(map(max, first, second))


def _added(first: tuple[int, ...], second: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(map(add, first, second))


class CountedField(FieldDomain):
    """GF(p) with the letters of every value counted.

    sizes: a number for each size letter, all different. most: the letters of what functions were
    asked at. refused: why letters cannot be counted here, empty if they can.
    """

    elements = CountedElement

    def __init__(self, seed: str, prime: int, sizes: Mapping[str, int]) -> None:
        self.names = tuple(sizes)
        self.axes = {size: place for place, size in enumerate(sizes.values())}
        self.nothing = (0,) * len(sizes)
        self.masks = tuple(((1 << WIDTH) - 1) << (WIDTH * place) for place in range(len(sizes)))
        self.most = self.nothing
        self.refused = ""
        self._place = 0
        self._places: dict[int, int] = {}
        self._letters: dict[int, tuple[int, ...]] = {}
        self._exponents: dict[int, int] = {}
        super().__init__(seed, prime, free_letters=True)
        self.zero.plain = self.zero.single = True

    def number(self, value: Any) -> Any:
        found = super().number(value)
        found.plain = found.single = True
        return found

    def with_more(self, extra: tuple[int, ...], more: int) -> tuple[int, ...]:
        """The extra letters where these index values are counted as well."""
        if not more:
            return extra
        return tuple([e + (more & mask).bit_count() for e, mask in zip(extra, self.masks)])  # noqa: B905

    def raised(
        self, extra: tuple[int, ...], under: Mapping[int, int], to: Mapping[int, int]
    ) -> tuple[int, ...]:
        """The extra letters where divisors are multiplied out up to these powers."""
        for k, power in to.items():
            more = power - under.get(k, 0)
            if more:
                extra = tuple([e + more * one for e, one in zip(extra, self._letters[k])])  # noqa: B905
        return extra

    def letters_of(self, element: Any, place: int = 0) -> tuple[int, ...]:
        """How many letters of each size a term of the value has, those of its place included."""
        letters = self.with_more(element.extra, element.common | place)
        whole = {k: max(power, 0) for k, power in element.under.items()}
        return self.raised(letters, element.under, whole)

    def inverse(self, divisor: Any) -> Any:
        before = len(self._costs)
        made = super().inverse(divisor)
        if len(self._costs) > before:
            self._turn_over(made, divisor, before)
        return made

    def _turn_over(self, made: Any, divisor: Any, number: int) -> None:
        """Note what the inverse of a divisor is, and the letters that multiplying it out adds."""
        made.plain, made.single = divisor.plain, True
        made.under = {k: -power for k, power in divisor.under.items()}
        if divisor.plain:
            return
        if divisor.single:
            made.common = divisor.common
            made.extra = divisor.extra
            own = self.with_more(divisor.extra, divisor.common)
            made.cancels = _added(divisor.cancels, own)
            return
        if any(divisor.cancels):
            self.refused = "a divisor of several terms has inverses in it"
        self._letters[number] = self.with_more(divisor.extra, divisor.common)
        made.under = {**made.under, number: 1}

    def atom(self, key: Any) -> Any:
        made = super().atom(key)
        made.common, made.single = self._place, True
        return made

    def letter(self, name: str, value: int, *, index: bool) -> Any:
        self._place = 0
        return super().letter(name, value, index=index)

    def place_of(self, shape: tuple[int, ...], position: tuple[int, ...]) -> int:
        """The index values of a position in an array, as a bit set."""
        place = 0
        for size, index in zip(shape, position, strict=True):
            if size > 1:
                axis = self.axes.get(size)
                if axis is None:
                    self.refused = self.refused or "an axis has a size of its own"
                    continue
                place |= 1 << (WIDTH * axis + index)
        return place

    def apply(self, function: str, orders: tuple[int, ...], *arguments: Array) -> Array:
        shape = arguments[0].shape
        result = np.empty(shape, dtype=object)
        for position in np.ndindex(*shape):
            place = self.place_of(shape, position)
            entries = [self.element(argument[position]) for argument in arguments]
            for entry in entries:
                if self._places.setdefault(int(entry.value), place) != place and not entry.plain:
                    self.refused = "a function is asked at one value in two places"
            result[position] = self._called(place, function, orders, entries)
        return result

    def call(self, function: str, orders: tuple[int, ...], *arguments: Any) -> Any:
        entries = [self.element(argument) for argument in arguments]
        place = 0
        for entry in entries:
            known = self._places.get(int(entry.value))
            if known is None and not entry.plain and (entry.common or any(entry.extra)):
                self.refused = "a function is asked at a value of unknown place"
            place |= known or 0
        return self._called(place, function, orders, entries)

    def _called(
        self, place: int, function: str, orders: tuple[int, ...], entries: list[Any]
    ) -> Any:
        self._place = place
        for entry in entries:
            self.most = _largest(self.most, self.letters_of(entry, place))
        found = super().call(function, orders, *entries)
        return self._exponential(found, entries[0]) if function == "exp" else found

    def _exponential(self, found: Any, z: Any) -> Any:
        """e^z as a variable, and e^{−z} as its inverse: whichever is asked first."""
        if found.plain or not z.value:
            return found
        plain, _ = self.unsigned(z)
        first = self._exponents.setdefault(int(plain.value), int(z.value))
        made = self.elements(self, found.value, found.degree, found.power, found.divisors)
        made.height, made.common, made.single = found.height, self._place, True
        if first != int(z.value):
            made.cancels = self.with_more(self.nothing, self._place)
        return made

    def label(self, element: Any, place: int) -> None:
        """A drawn value is a variable with these indices."""
        element.common, element.single = place, True
