"""Where a formula asks for the sign of a number, and whether that has one sign far out.

A sum of steps and literals (T − 20), or of one size and literals, has: beyond its literals. Two
sizes are tried in every order. Of a product of numbers, a counter or Σ 1/k nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from ..notation.functions import NORMS, is_kinked
from ..notation.tree import (
    Add,
    Call,
    Expr,
    Indicator,
    KroneckerDelta,
    Neg,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Symbol,
    map_children,
    walk,
)
from .constant import NOTHING, Constants
from .definitions import Definition, Definitions
from .extent import entry_letters, extent, reached
from .reach import magnitude, multiples

if TYPE_CHECKING:
    from .decide import Trial

ROOTS = NORMS | {"sqrt"}
"""Functions that take a root, and so choose a sign."""

Kind = Literal["fixed", "steps", "size", "orders", "unclear"]
"""A number without letters; a sum of steps, or of one size, and literals; n − m; any other."""

ONE_OF_NUMBERS = Indicator(NOTHING, "=", NOTHING)
"""What stands for a sign that is known."""


@dataclass(frozen=True)
class Signed:
    """The numbers of a claim, its definitions and its model that are asked for their sign.

    opaque: whether sizes are numbers in it in a way that is no polynomial.
    """

    exprs: tuple[Expr, ...]
    sides: tuple[Expr, Expr]
    constants: Constants
    opaque: bool

    @classmethod
    def of(cls, trial: Trial) -> Signed:
        """Those of a claim."""
        claim, model = trial.claim, trial.laboratory.model
        bodies = [one.body for one in reached(claim, trial.definitions)]
        equations = [one.body for one in model.equations]
        exprs = (claim.left, claim.right, *bodies, *equations)
        opaque = extent(claim, trial.definitions, model).opaque
        constants = Constants(model, trial.definitions)
        return cls(exprs, (claim.left, claim.right), constants, opaque)

    @staticmethod
    def nodes(expr: Expr) -> Iterator[Expr]:
        """Every part of an expression that hangs on a sign."""
        for node in walk(expr):
            if isinstance(node, Expr) and _has_sign(node):
                yield node

    @cached_property
    def numbers(self) -> tuple[tuple[Expr, Expr | None, Kind], ...]:
        """What is a number and hangs on a sign, what must be positive (None if many), its kind."""
        nodes = dict.fromkeys(node for expr in self.exprs for node in walk(expr))
        found = [
            (node, _difference(node))
            for node in nodes
            if isinstance(node, Expr)
            and (_has_sign(node) or isinstance(node, KroneckerDelta))
            and self.constants.is_number(node)
        ]
        return tuple((node, difference, self._kind(node, difference)) for node, difference in found)

    @cached_property
    def compared(self) -> bool:
        """Whether numbers are compared in a way that no reach and no order of the sizes decides."""
        return any(
            isinstance(node, Indicator | KroneckerDelta) and kind in ("size", "unclear")
            for node, _, kind in self.numbers
        )

    @cached_property
    def unclear(self) -> bool:
        """Whether some number is asked for its sign that is no sum of steps and literals."""
        return any(kind == "unclear" for *_, kind in self.numbers) or len(self.sizes) > 1

    @cached_property
    def farthest(self) -> int:
        """The largest literal beside a step or a size."""
        kinds = ("steps", "size")
        linear = [d for _, d, kind in self.numbers if d is not None and kind in kinds]
        return max((magnitude(one, {}) for one in linear), default=0)

    @cached_property
    def sizes(self) -> frozenset[str]:
        """The sizes that are held against literals."""
        found = [d for _, d, kind in self.numbers if d is not None and kind == "size"]
        return frozenset(name for one in found for name in multiples(one) or ())

    @property
    def is_polynomial(self) -> bool:
        """Whether both sides are, beyond their literals, polynomials in T and sizes as written."""
        parts = [part for side in self.sides for part in walk(side)]
        letters = {"T", *self.constants.model.sizes}
        return all(
            isinstance(part, Number | Add | Neg | Product | Indicator)
            or (isinstance(part, Symbol) and part.name in letters)
            or (isinstance(part, Call) and is_kinked(part.function))
            for part in parts
        )

    @property
    def degree(self) -> int:
        """How high a polynomial both sides are at most, where they are polynomials."""
        parts = [part for side in self.sides for part in walk(side)]
        return sum(isinstance(part, Symbol) for part in parts) if self.is_polynomial else 0

    @property
    def sides_are_linear(self) -> bool:
        """Whether the sides of the claim are sums of steps, or of a size, and literals."""
        left, right = self.sides
        difference = Add((left, Neg(right)))
        return self._kind(difference, difference) not in ("unclear", "orders")

    def _kind(self, node: Expr, difference: Expr | None) -> Kind:
        if not _names(node):
            return "fixed"
        found = None if difference is None else multiples(difference)
        model, definitions = self.constants.model, self.constants.definitions
        named = {name for name, timed in model.declarations if not timed}
        named |= {name for name in definitions.by_name if 0 in definitions.arities(name)}
        named -= entry_letters(self.exprs)  # the i of δ_{ij} beside a gate i_t
        if difference is None or found is None or named & found.keys():
            return "unclear"
        sizes = found.keys() & set(model.sizes)
        others = found.keys() - sizes
        if not sizes or others:
            entries = bool(sizes) or bool(others & entry_letters(self.exprs))
            return (
                "steps"
                if isinstance(node, Indicator | KroneckerDelta) or not entries
                else "unclear"
            )
        if len(sizes) == 1:
            return "size"
        apart = sorted(found.values()) != [-1, 1] or magnitude(difference, {}) > 0
        return "unclear" if apart else "orders"


def _names(node: Node) -> set[str]:
    return {part.name for part in walk(node) if isinstance(part, Symbol)}


def _has_sign(node: Node) -> bool:
    if isinstance(node, Call):
        return node.function in ROOTS or is_kinked(node.function)
    return isinstance(node, Indicator) or (
        isinstance(node, Power) and any(isinstance(n, Quotient) for n in walk(node.exponent))
    )


def _difference(node: Expr) -> Expr | None:
    """What must be positive; None where a sign is that of no one difference."""
    match node:
        case Indicator(left=left, right=right) | KroneckerDelta(left=left, right=right):
            return Add((left, Neg(right)))
        case Call(function="max" | "min", arguments=(left, right)):
            return Add((left, Neg(right)))
        case Call(function=name, arguments=(inner,)) if name not in ROOTS:
            return inner
    return None


def plain(trial: Trial) -> Trial:
    """The claim with 1 for every number whose sign is known far out, also in the model."""
    signed = Signed.of(trial)
    known = {node for node, _, kind in signed.numbers if kind != "unclear"}
    if not known:
        return trial

    def put(expr: Expr) -> Expr:
        return ONE_OF_NUMBERS if expr in known else map_children(expr, put)

    claim = replace(trial.claim, left=put(trial.claim.left), right=put(trial.claim.right))
    by_name: dict[str, list[Definition]] = {
        name: [replace(one, body=put(one.body)) for one in family]
        for name, family in trial.definitions.by_name.items()
    }
    model = trial.laboratory.model
    equations = tuple(replace(one, body=put(one.body)) for one in model.equations)
    laboratory = trial.laboratory
    if equations != model.equations:
        laboratory = laboratory.variant(replace(model, equations=equations))
    definitions = Definitions(by_name, trial.definitions.version)
    return replace(trial, claim=claim, definitions=definitions, laboratory=laboratory)
