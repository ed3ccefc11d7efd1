r"""What goes into the reading of names, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from ..surface.nodes import Item, Sequence

Layout = Literal["", "sub", "paren", "angle", "bracket", "bare", "call"]
Role = Literal["parameter", "input", "state", "variable", "size", "function", "loss"]


@dataclass(frozen=True)
class Declared:
    r"""A name that a model declares.

    key: as the model has it, `s`, `\hat y`, `W_{hh}`, `h^{(l)}`.
    rank: 0 scalar, 1 vector, 2 matrix; None where it is not known yet.
    indices: how many indices belong to the name: 1 if it is timed, and one for each family.
    layout: how the model writes its step; empty where that says nothing.
    """

    key: str
    rank: int | None
    indices: int
    role: Role
    layout: Layout = ""


@dataclass(frozen=True)
class Line:
    r"""One statement of a document, as far as names are concerned.

    roots: everything written in it, the operands of a relation in order, the left side first.
    bound: the letters that a sum, a product, a range clause or ∀ binds: `k`, `t'`.
    defines: whether it has the form of a definition: its left side is one written symbol.
    compared: the letters that it holds against each other: i and j of `[i = j]`.
    """

    roots: tuple[Item, ...]
    bound: frozenset[str] = frozenset()
    defines: bool = False
    compared: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Transpose:
    r"""`^T`, `^\top`, `^H`. `sign` is given where it is a letter, so that a scalar may be raised to
    it: `\alpha^T` is a power where α is a scalar.
    """

    sign: Sequence | None = None


@dataclass(frozen=True)
class Inverse:
    r"""`^{-1}`, of a matrix; of a scalar the reciprocal; of a function its inverse."""


@dataclass(frozen=True)
class InverseTranspose:
    r"""`^{-T}`, `^{-\top}`."""


@dataclass(frozen=True)
class Power:
    r"""`^2`, `W^{t-k}`; elementwise for certain where written `^{\circ 2}`."""

    exponent: Sequence
    elementwise: bool = False


@dataclass(frozen=True)
class Entries:
    """Entries of what stands before: `(W)_{ij}`."""

    indices: tuple[Sequence, ...]


@dataclass(frozen=True)
class Prime:
    r"""The derivative of a function of one argument, `\sigma'`, `\sigma''`."""

    order: int


@dataclass(frozen=True)
class Held:
    """What is kept constant or put in: `|_{z = 0}`."""

    condition: Sequence


After: TypeAlias = Transpose | Inverse | InverseTranspose | Power | Entries | Prime | Held


@dataclass(frozen=True)
class NameRead:
    r"""One occurrence of a name, understood.

    key: base and labels in canonical LaTeX, `\delta_{\mathrm{d1}}`, `W^{(x)}`, `V'`. A declared
        name has the key that its declaration has.
    indices: the indices of the name itself, the step first.
    entries: entry indices that belong to the value: (i,) of `h_{i,t}`.
    after: what the remaining scripts do, in the order in which it is done.
    layout: how the first index is written.
    why: not empty if it cannot be understood, and then says why.
    """

    key: str
    indices: tuple[Sequence, ...] = ()
    entries: tuple[Sequence, ...] = ()
    after: tuple[After, ...] = ()
    layout: Layout = ""
    why: str = ""

    @property
    def slots(self) -> int:
        """How many indices it has: `E` and `E_t` are two quantities under one key."""
        return len(self.indices)

    @property
    def identity(self) -> tuple[str, int]:
        """What tells quantities apart: two occurrences are one quantity if these are equal."""
        return self.key, self.slots


@dataclass(frozen=True)
class NameRow:
    """One quantity of a document, for a table of its names.

    written: the ways it is written, in the order in which they first occur.
    kind: its declared role, `defined` if it stands on a left side, else `unknown`.
    lines: where it occurs; `born` is the first line that has it on its left side, or None.
    """

    key: str
    slots: int
    written: tuple[str, ...]
    kind: str
    lines: tuple[int, ...]
    born: int | None
