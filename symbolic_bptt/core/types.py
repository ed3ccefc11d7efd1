"""Types: which axes a value has, and which of them a product contracts.

| value | out | into |
|---|---|---|
| scalar | | |
| vector, a column | n | |
| row | | n |
| matrix | n | m |
| Jacobian of a vector by a matrix | n | n, m |

A product a b contracts the axes `into` of a with the axes `out` of b: the matrix, the inner and the
outer product and every chain of Jacobians are this one rule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .axes import ONE, Axis, Hole, Unifier


@dataclass(frozen=True)
class Type:
    """`gradient`: the derivative of a scalar, which stands as what it was taken by, and acts as a
    linear map of it: before a Jacobian it is a row.
    """

    out: tuple[Axis, ...] = ()
    into: tuple[Axis, ...] = ()
    gradient: bool = False

    @property
    def axes(self) -> tuple[Axis, ...]:
        """All axes, in the order of entries."""
        return (*self.out, *self.into)

    @property
    def is_scalar(self) -> bool:
        return not self.axes

    @property
    def is_vector(self) -> bool:
        """One column."""
        return len(self.out) == 1 and not self.into

    @property
    def is_row(self) -> bool:
        return not self.out and len(self.into) == 1

    @property
    def is_matrix(self) -> bool:
        return len(self.out) == 1 and len(self.into) == 1

    @property
    def plain(self) -> Type:
        """The same without being a gradient."""
        return replace(self, gradient=False) if self.gradient else self

    @property
    def transposed(self) -> Type:
        return Type(self.into, self.out)


SCALAR = Type()


def vector(axis: Axis) -> Type:
    """A column of that length; of length 1 a scalar."""
    return Type(() if axis == ONE else (axis,))


def matrix(rows: Axis, columns: Axis) -> Type:
    """rows × columns; an axis of length 1 is none."""
    return Type(() if rows == ONE else (rows,), () if columns == ONE else (columns,))


def resolved(kind: Type, sizes: Unifier) -> Type:
    """The type with every axis as it is known now; itself where nothing changes."""
    if not (kind.out or kind.into):
        return kind
    out = tuple(axis for axis in map(sizes.find, kind.out) if axis != ONE)
    into = tuple(axis for axis in map(sizes.find, kind.into) if axis != ONE)
    same = out == kind.out and into == kind.into
    return kind if same else Type(out, into, kind.gradient)


def shown(kind: Type) -> str:
    """A type as a message names it: `scalar`, `n`, `1 x m`, `n x m`, `n x (n x m)`."""

    def side(axes: tuple[Axis, ...]) -> str:
        if len(axes) > 1:
            return f"({' x '.join(map(_length, axes))})"
        return _length(axes[0]) if axes else "1"

    if kind.is_scalar:
        return "scalar"
    return side(kind.out) if not kind.into else f"{side(kind.out)} x {side(kind.into)}"


def _length(axis: Axis) -> str:
    text = "?" if isinstance(axis, Hole) else str(axis)
    return f"({text})" if "+" in text or "-" in text else text
