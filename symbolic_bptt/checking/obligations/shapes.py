"""Which formulas mean the same at every size: no entry, no size and no axis is singled out.

The theorem of `counted` needs that no index value is named and that every letter that is summed
over occurs in what is summed. So there are no literal entries, no sizes as numbers, no slices or
blocks, no determinants and inverses; and no sum over an axis of what is the same at all of its
places, as 𝟙ᵀ𝟙, tr I, ‖1 − s‖² or (1 − s)ᵀ(1 − h).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...evaluation.surroundings import indexes_a_step
from ...model.model import Model
from ...notation.printer.text import text
from ...notation.tree import (
    Add,
    BigOperator,
    Call,
    Cases,
    Concat,
    Constant,
    Derivative,
    Entry,
    Expr,
    Indicator,
    KroneckerDelta,
    Matrix,
    Neg,
    Node,
    Number,
    Operation,
    Power,
    Product,
    Quotient,
    Range,
    Slice,
    Symbol,
    Transpose,
    walk,
)
from ..definitions import Definitions
from ..extent import FIRST, Extent
from .errors import NotSettled

COUNTING = ("det", "tr", "vec", "spectral_norm")
"""Functions of a whole matrix that do not treat all entries alike, or may count them."""


def check_sizes(model: Model) -> None:
    """Every axis is one size letter or 1. Raises `NotSettled`."""
    shapes = [item.shape for item in model.declarations.values()]
    shapes += [state.shape for state in model.initial]
    for shape in shapes:
        for size in (shape.rows, shape.columns):
            single = size.constant == 0 and [k for _, k in size.multiples] == [1]
            if not single and not (size.constant == 1 and not size.multiples):
                raise NotSettled(f"an axis has {size} entries, which is no size letter")


def check_extent(found: Extent) -> None:
    """No literal entry, no size as a number. Raises `NotSettled`."""
    if found.entries:
        raise NotSettled("a literal entry is named")
    if found.powers or found.degree or found.opaque or found.compared != "not":
        raise NotSettled("a size is a number in it")


def check_written(exprs: Iterable[Expr], named: Named) -> None:
    """Nothing that is written singles out an entry or sums over nothing. Raises `NotSettled`."""
    for expr in exprs:
        for node in walk(expr):
            named.check(node)


@dataclass(frozen=True)
class Named:
    """What is written, with what its names stand for: `bodies` by name.

    sums: whether the model sums over entries, so that a gradient may be the same at all of them.
    """

    bodies: Mapping[str, Sequence[Expr]]
    sizes: frozenset[str]
    sums: bool

    @classmethod
    def of(cls, model: Model, definitions: Definitions) -> Named:
        """The names of a model and of a file."""
        bodies: dict[str, list[Expr]] = {}
        for equation in model.equations:
            bodies.setdefault(equation.target, []).append(equation.body)
        for name, family in definitions.by_name.items():
            bodies.setdefault(name, []).extend(one.body for one in family)
        nodes = (node for one in model.equations for node in walk(one.body))
        sums = any(
            isinstance(node, BigOperator)
            and any(not indexes_a_step(span.index, node.body) for span in node.ranges)
            for node in nodes
        )
        return cls(bodies, frozenset(model.sizes), sums)

    def check(self, node: Node) -> None:
        match node:
            case Constant(kind="ones"):
                raise NotSettled("a vector of ones is in it")
            case Constant(sizes=sizes) if not all(isinstance(one, Symbol) for one in sizes):
                raise NotSettled("an identity whose size is no letter is in it")
            case Slice() | Concat() | Matrix() | Cases():
                raise NotSettled("blocks, slices or cases are in it")
            case Call(function="max" | "min" as name, arguments=(_,)):
                raise NotSettled(f"the {name} of a vector is in it")
            case Call(function=name) if name in COUNTING:
                raise NotSettled(f"{name} is in it")
            case Call(function="norm", arguments=(inner,)) if self._is_lifted(inner):
                raise NotSettled("a norm of numbers is in it")
            case Power(base=base, exponent=exponent):
                if not isinstance(exponent, Number) or exponent.value <= 0:
                    raise NotSettled("an exponent is in it that is no positive number")
                if exponent.value.denominator != 1 and self._is_lifted(base):
                    raise NotSettled("a root of numbers is in it")
            case Product(factors=factors) if sum(map(self._is_lifted, factors)) > 1:
                raise NotSettled(f"numbers may be summed in {text(node)}")
            case BigOperator(ranges=ranges, body=body):
                for span in ranges:
                    if not indexes_a_step(span.index, body):
                        self._check_entries(span, body)

    def _check_entries(self, span: Range, body: Expr) -> None:
        whole = span.upper is None or (
            isinstance(span.upper, Symbol) and span.upper.name in self.sizes
        )
        if span.lower not in (None, FIRST) or not whole or span.unequal:
            raise NotSettled("a sum over entries has bounds of its own")
        if not _carries(body, span.index):
            raise NotSettled(f"a sum over {span.index} may have terms without it")

    def _is_lifted(self, expr: Expr, open: frozenset[str] = frozenset()) -> bool:  # noqa: A002
        """Whether its value may have a number in every entry, as 1 − s² has."""

        def lifted(part: Expr) -> bool:
            return self._is_lifted(part, open)

        match expr:
            case Symbol(name=name):
                inner = open | {name}
                bodies = () if name in open else self.bodies.get(name, ())
                return any(_is_number(b) or self._is_lifted(b, inner) for b in bodies)
            case Add(terms=terms):
                numbers = any(_is_number(term) or lifted(term) for term in terms)
                return numbers and not _is_number(expr)
            case Neg(operand=part) | Transpose(operand=part) | Power(base=part):
                return lifted(part)
            case Operation(op="hadamard", left=left, right=right):
                return lifted(left) and lifted(right)
            case Product(factors=factors):
                return all(lifted(one) or _is_number(one) for one in factors) and not all(
                    map(_is_number, factors)
                )
            case Quotient(numerator=top):
                return lifted(top) or _is_number(top)
            case BigOperator(body=body):
                return lifted(body)
            case Derivative():
                return self.sums
            case Indicator():
                return True
            case Call(arguments=arguments) if expr.function != "diag":
                return any(lifted(part) or _is_number(part) for part in arguments)
        return False


def _is_number(expr: Expr) -> bool:
    """Whether it has no entries: a number, T, 1/T."""
    return all(
        isinstance(node, Number | Neg | Quotient | Product | Power | Add)
        or (isinstance(node, Symbol) and not node.indices and node.name == "T")
        for node in walk(expr)
    )


def _carries(expr: Expr, index: str) -> bool:
    """Whether every term of an expression has the index of an entry."""
    match expr:
        case Entry(indices=indices):
            return Symbol(index) in indices
        case KroneckerDelta(left=left, right=right):
            return Symbol(index) in (left, right)
        case Add(terms=terms):
            return all(_carries(term, index) for term in terms)
        case Product(factors=factors):
            return any(_carries(factor, index) for factor in factors)
        case Operation(left=left, right=right):
            return _carries(left, index) or _carries(right, index)
        case Neg(operand=inner) | Transpose(operand=inner) | Power(base=inner):
            return _carries(inner, index)
        case Quotient(numerator=inner) | BigOperator(body=inner):
            return _carries(inner, index)
        case Derivative(of=above, wrt=below):
            return _carries(above, index) or _carries(below, index)
        case Symbol(indices=indices):
            return Symbol(index) in indices[1:]
    return False
