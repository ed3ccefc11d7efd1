"""Inner products, traces, sums of entries, diagonals and slices, tidy by construction."""

from __future__ import annotations

from dataclasses import replace

from ..notation.sizes import Shape
from ..notation.tree import Call, Expr, Product, Slice, Symbol, Transpose
from .monomial import joined, product
from .products import Products, Ranges, elementwise_factors, ones


class Contractions(Products):
    """What takes a vector or matrix to something smaller, and the way back."""

    def inner(self, g: Expr, x: Expr) -> Expr:
        """Σ of the entries of g ⊙ x: gᵀx or xᵀg, whichever transposes a symbol; tr(gᵀx)."""
        shape = self.shape(g)
        if shape.is_scalar:
            return self.hadamard(g, x)
        if isinstance(self.split(x).core, Symbol) and not isinstance(self.split(g).core, Symbol):
            g, x = (x, g) if shape.is_column else (g, x)
        if shape.is_row:
            return self.matmul(g, self.transpose(x))
        turned = self.matmul(self.transpose(g), x)
        return turned if shape.is_column else self.trace(turned)

    def trace(self, x: Expr) -> Expr:
        """tr x, with the scalars in front."""
        one = self.split(x)
        if one.core is None:
            return joined(one)
        return joined(replace(one, scalars=(*one.scalars, Call("tr", (one.core,))), core=None))

    def total(self, x: Expr) -> Expr:
        """1ᵀx, the sum of all entries."""
        one = self.split(x)
        if one.core is None:
            return joined(one)
        shape = self.shape(one.core)
        above, below = elementwise_factors(one.core)
        if len(above) > 1 and not below:
            whole = self.inner(above[0], self._elementwise(above[1:], (), shape))
        elif shape.is_column:
            whole = product([Transpose(ones(shape)), one.core])
        elif shape.is_row:
            whole = product([one.core, ones(shape.transposed)])
        else:
            rows, columns = ones(Shape(shape.rows)), ones(Shape(shape.columns))
            whole = product([Transpose(rows), one.core, columns])
        return joined(replace(one, core=None).times(self.split(whole)))

    def diagonal(self, x: Expr) -> Expr:
        """The diagonal of a square matrix, as a column: of a bᵀ it is a ⊙ b."""
        one = self.split(x)
        match one.core:
            case Product(factors=factors) if self.shape(factors[-1]).is_row:
                left, right = product(factors[:-1]), self.transpose(factors[-1])
                inner = self.split(self.hadamard(left, right))
                return joined(one.times(inner, inner.core))
            case None:
                return x
        return joined(replace(one, core=Call("diag", (one.core,))))

    def take(self, x: Expr, ranges: Ranges) -> Expr:
        """x[a:b, c:d]."""
        one = self.split(x)
        if one.core is None:
            return x
        return joined(replace(one, core=Slice(one.core, ranges)))
