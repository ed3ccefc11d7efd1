"""The prime field with identities of elementary functions seen: everything is one exponential.

tanh, σ, sech, sinh, cosh, softplus, softmax, log and roots are written through exp and log. An
argument of exp is taken apart into a sum Σ c_i ℓ_i of *leaves* (products are distributed, up to
MONOMIALS of them), and exp(Σ c_i ℓ_i) = Π C_i^(12 c_i) with one random C_i for each leaf; 12 takes
halves, thirds and quarters, and being even it makes every exponential a square. What is known to be
positive carries a product Π exp(ℓ)^c Π p^e of exponentials and opaque positive leaves: log turns it
into a sum, a root halves it, and a sum of such terms gives out their common factor, so that a
softmax may be shifted. sin and cos are rotations on the same leaves.

Theorem. All values are rational functions of independent uniform variables, so the bound of
`field` holds as it stands, and every relation imposed is an identity of the real functions: what is
equal here is equal. (By J. Ax, Annals of Mathematics 93, 1971, and R. H. Risch these are, up to
constants, all relations of towers of exp and log.)

A root of what is not known to be positive stands for itself, as a variable R with R² = a; of an
even product it is the absolute value, √(a²) = |a|. A sign σ has σ² = σ. Both are reduced in
products of monomials; in products of longer sums they are not seen.
"""

from __future__ import annotations

from typing import Any

from .atoms import RULES
from .composition import PARTS
from .decomposition import positive_of, terms_of
from .elementary import THROUGH_EXP
from .field import FieldDomain
from .monomials import Positive, times
from .normal_atoms import NORMAL
from .normal_element import NormalElement, as_leaf
from .signs import Sign


class NormalDomain(FieldDomain):
    """`FieldDomain` with the rules of this module's docstring."""

    elements = NormalElement

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        through = {name: rule for name, rule in RULES.items() if name not in THROUGH_EXP}
        self.rules = {**through, **NORMAL}
        self._squares: dict[int, Any] = {}
        self.marked: dict[int, Any] = {}
        self.known_positive: dict[int, Positive] = {}
        self.antilogarithms: dict[int, Any] = {}

    def inverse(self, divisor: Any) -> Any:
        roots = [mark for mark in divisor.marks if mark in self._squares]
        if roots:
            rest, turned = divisor, self.element(1)
            for mark in roots:
                rest = as_leaf(rest) * as_leaf(super().inverse(self.marked[mark]))
                turned = turned * self.marked[mark] * self.inverse(self._squares[mark])
            return self.inverse(rest) * turned
        known = super().inverse(divisor)
        if not known.made:
            known.made = ("/", divisor)
            self._complements(divisor, known)
        return known

    def _complements(self, divisor: Any, inverse: Any) -> None:
        """1 − a/(a + b) = b/(a + b) is positive if a and b are: 1 − σ is."""
        terms = terms_of(self, divisor)
        if not 2 <= len(terms) <= PARTS or not all(
            c > 0 and positive_of(self, leaf) for c, leaf in terms.values()
        ):
            return
        below = positive_of(self, inverse)
        assert below is not None
        for key in terms:
            rest = sum((c * leaf for k, (c, leaf) in terms.items() if k != key), self.zero)
            above = positive_of(self, rest)
            if above is not None:
                self.known_positive[int((rest * inverse).value)] = times(above, below)

    def mark(self, variable: Any, square: Any | None) -> Any:
        """A variable that is reduced in products: a root with its square, a sign with none."""
        number = int(variable.value)
        variable.marks = frozenset({number})
        self.marked[number] = variable
        if square is not None:
            self._squares[number] = square
        return variable

    def reduced(self, product: Any, left: frozenset[int], right: frozenset[int]) -> Any:
        """The product with R² written a and σ² written σ."""
        plain, kept = as_leaf(product), left ^ right
        for mark in left & right:
            variable = as_leaf(self.marked[mark])
            if mark in self._squares:
                plain = plain * self._squares[mark] * super().inverse(variable * variable)
            else:
                plain = plain * super().inverse(variable)
                kept |= {mark}
        plain.marks = kept
        return plain

    def sign(self, sign: Sign) -> Any:
        if sign.number is None or sign.number in self.signs.settings:
            return super().sign(sign)
        found = super().sign(Sign(sign.number))
        found = self.marked.get(int(found.value)) or self.mark(found, None)
        return 1 - found if sign.flipped else found
