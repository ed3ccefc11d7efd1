"""How far a formula reaches: the literals in its steps and entries, how deep its sums nest.

A formula that is right at few lengths and sizes for the wrong reason says so by a number: a sum
from T − 5, a step below 7, an entry 4, the product (T − 3)(T − 4). Lengths and sizes beyond every
such number are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from ..evaluation.surroundings import indexes_a_step
from ..model.model import Model
from ..notation.tree import (
    BigOperator,
    Constant,
    Derivative,
    Entry,
    Expr,
    Indicator,
    KroneckerDelta,
    Node,
    Number,
    Operation,
    Power,
    Product,
    Quotient,
    Range,
    Slice,
    Symbol,
    children,
    walk,
)
from .comparison import Claim
from .definitions import Definition, Definitions
from .degrees import Degrees, counts_entries
from .reach import MOST, NOWHERE, Reach, is_entry, is_step, magnitude, reach
from .size_orders import WAYS, Compared, compared_sizes

FIRST = Number(Fraction(1))
"""The first entry, at which sums over entries begin."""


@dataclass(frozen=True)
class Extent:
    """How far one claim reaches.

    depth: how many steps are named at once in a term. entries: the largest literal entry, or number
    that an entry or a size is compared with. letters: how many indices of entries a term has, those
    of the matrix products in it included. numbers: the largest whole number, or power of T, where T
    or a step is a number itself. degree: the highest power of a size that is a number itself,
    `powers` the sizes that are. compared: how sizes are held against each other. opaque: whether
    they are numbers in a way that is no polynomial.
    """

    depth: int
    entries: int
    letters: int
    numbers: int
    degree: int
    powers: frozenset[str]
    compared: Compared = "not"
    opaque: bool = False


def extent(claim: Claim, definitions: Definitions, model: Model) -> Extent:
    """The extent of a claim with the definitions that it reaches."""
    written = _written(claim, definitions)
    nodes = [node for part in written for node in part]
    steps = {"T", model.time.index, *_bound(nodes)} - set(model.sizes)
    uses_steps = any(uses_numbers(node, steps) for node in nodes)
    powers = frozenset(name for name in model.sizes if any(uses_numbers(n, {name}) for n in nodes))
    silent = any(map(counts_entries, nodes))
    degrees = Degrees(definitions, frozenset(model.sizes) if silent else powers)
    halves = sum(degrees.halves(side, frozenset()) for side in (claim.left, claim.right))
    return Extent(
        sum(max(map(_depth, part), default=0) for part in written) + len(claim.ranges),
        max((_entries(node, model) for node in nodes), default=0),
        _Slots(model, definitions).letters(nodes) + len(entry_letters(nodes) - set(model.sizes)),
        sum(map(_numbers, nodes)) if uses_steps else 0,
        (halves + 1) // 2,
        degrees.letters,
        _compared(nodes, model),
        bool(degrees.opaque),
    )


def _compared(nodes: Sequence[Node], model: Model) -> Compared:
    """How sizes are held against each other; in the model, no inverse is looked into."""
    own = compared_sizes(nodes, model.sizes)
    bodies = [equation.body for equation in model.equations]
    within = compared_sizes(bodies, model.sizes, inverses=False)
    return max(own, within, key=WAYS.index)


def reach_of(
    claim: Claim, definitions: Definitions, model: Model, sizes: Mapping[str, int]
) -> Reach:
    """How many steps its literals single out, definitions seen one through the other."""
    parts = [
        reduce(Reach.beside, (reach(node, sizes, model.time.first) for node in part), NOWHERE)
        for part in _written(claim, definitions)
    ]
    return reduce(Reach.through, parts, NOWHERE)


def _written(claim: Claim, definitions: Definitions) -> list[list[Node]]:
    """The claim and each definition that it reaches, as written."""
    return [
        [claim.left, claim.right, *claim.ranges],
        *([one.symbol, *one.entries, one.body, *one.ranges] for one in reached(claim, definitions)),
    ]


def reached(claim: Claim, definitions: Definitions) -> Iterator[Definition]:
    """Every definition that the claim hangs on, each once."""
    pending: list[Node] = [claim.left, claim.right]
    seen: set[str] = set()
    while pending:
        for node in walk(pending.pop()):
            if isinstance(node, Symbol) and node.name not in seen:
                seen.add(node.name)
                for one in definitions.by_name.get(node.name, ()):
                    yield one
                    pending.append(one.body)


def _bound(nodes: list[Node]) -> set[str]:
    inner = (inner for node in nodes for inner in walk(node))
    return {node.index for node in inner if isinstance(node, Range)}


def _whole(node: Node) -> int:
    """The largest whole number in an index or bound."""
    numbers = [abs(part.value) for part in walk(node) if isinstance(part, Number)]
    return max((int(value) for value in numbers), default=0)


def _letters(node: Node) -> set[str]:
    return {part.name for part in walk(node) if isinstance(part, Symbol) and not part.indices}


def _depth(node: Node) -> int:
    """How many indices are bound at once in a term, once products of sums are multiplied out."""
    inner = [_depth(child) for child in children(node)]
    match node:
        case Power(base=base, exponent=exponent):
            return min(MOST, _depth(base) * max(1, _whole(exponent)))
        case Product() | Operation() | Quotient():
            return min(MOST, sum(inner))
        case BigOperator(ranges=ranges):
            return max(inner, default=0) + len(ranges)
    return max(inner, default=0)


# Entries and sizes


def _entries(node: Node, model: Model) -> int:
    """The largest literal entry, or number beside an entry or a size in a range or comparison."""
    found = 0
    for part in walk(node):
        match part:
            case Entry(indices=indices):
                found = max(found, *map(_literal, indices), 0)
            case Slice(ranges=ranges):
                limits = [limit for pair in ranges for limit in pair if limit is not None]
                found = max(found, *map(_literal, limits), 0)
            case KroneckerDelta(left=left, right=right):
                found = max(found, _literal(left), _literal(right))
            case Indicator(left=left, right=right) if _letters(part) & _of_entries(node, model):
                found = max(found, _literal(left), _literal(right))
            case BigOperator(ranges=ranges, body=body):
                limits = [
                    limit
                    for span in ranges
                    if not is_step(span.index, body)
                    for limit in (span.lower, span.upper, *span.unequal)
                    if limit is not None and limit != FIRST
                ]
                found = max(found, *map(_literal, limits), 0)
    return found


def _literal(expr: Expr) -> int:
    return magnitude(expr, {})


def _of_entries(node: Node, model: Model) -> set[str]:
    """The sizes, and the letters of entries in an expression."""
    operators = [part for part in walk(node) if isinstance(part, BigOperator)]
    bound = {
        span.index for one in operators for span in one.ranges if not is_step(span.index, one.body)
    }
    return {*model.sizes, *bound, *entry_letters([node])}


def entry_letters(nodes: Sequence[Node]) -> set[str]:
    """The letters that are indices of entries."""
    entries = (part for node in nodes for part in walk(node) if isinstance(part, Entry))
    return set[str]().union(*(_letters(index) for one in entries for index in one.indices))


@dataclass(frozen=True)
class _Slots:
    """Counts the places for an index of an entry: two of a matrix, one of a vector."""

    model: Model
    definitions: Definitions

    def letters(self, nodes: list[Node]) -> int:
        """How many letters a term has: each stands twice, but for those of its value."""
        most = max((self.of(node, frozenset()) for node in nodes), default=0)
        return (most + 2) // 2 if most else 0

    def of(self, node: Node, within: frozenset[str]) -> int:
        match node:
            case Number() | Range() | KroneckerDelta():
                return 0
            case Constant(kind=kind):
                return 2 if kind == "identity" else 1
            case Entry(of=whole):
                return 0 if isinstance(whole, Symbol) else self.of(whole, within)
            case Symbol():
                return self._symbol(node, within)
            case Derivative(of=above, wrt=below):
                return self.of(above, within) + self.of(below, within)
            case Power(base=base, exponent=Number(value=value)) if value.denominator == 1:
                return int(value) * self.of(base, within)
            case Product(factors=factors):
                return sum(self.of(factor, within) for factor in factors)
            case Operation(left=left, right=right) | Quotient(numerator=left, denominator=right):
                return self.of(left, within) + self.of(right, within)
        return max((self.of(child, within) for child in children(node)), default=0)

    def _symbol(self, node: Symbol, within: frozenset[str]) -> int:
        declared = self.model.declarations
        item = declared.get((node.name, bool(node.indices))) or declared.get((node.name, False))
        if item is not None:
            return item.shape.rank
        family = self.definitions.by_name.get(node.name, ())
        if node.indices or node.name in within:
            return 0 if node.name in self.model.sizes else 2
        return max((self.of(one.body, within | {node.name}) for one in family), default=0)


# Numbers


def uses_numbers(node: Node, letters: set[str]) -> bool:
    """Whether one of the letters stands where a value is meant."""
    match node:
        case Symbol(name=name, indices=indices):
            return not indices and name in letters
        case Range() | KroneckerDelta():
            return False
        case Entry(of=of) | Slice(of=of):
            return uses_numbers(of, letters)
        case BigOperator(ranges=ranges, body=body) if any(
            _letters(limit) & letters
            and not (indexes_a_step(span.index, body) or is_entry(span.index, body))
            for span in ranges
            for limit in (span.lower, span.upper)
            if limit is not None
        ):
            return True  # Σ_{j=1}^n 1 is n
    return any(uses_numbers(child, letters) for child in children(node))


def _numbers(node: Node) -> int:
    """The largest whole number written, plus how often letters may be multiplied."""
    whole = _whole(node)
    degree = sum(
        1 if not isinstance(part, Power) else _whole(part.exponent)
        for part in walk(node)
        if isinstance(part, Power) or (isinstance(part, Symbol) and not part.indices)
    )
    return whole + degree


def literal_bits(claim: Claim, definitions: Definitions) -> int:
    """The bits of all numbers that are written in a claim and in what it uses, as powers multiply
    them.
    """
    return sum(_bits(node) for part in _written(claim, definitions) for node in part)


def _bits(node: Node) -> int:
    """The bits of all numbers in the expression, multiplied by literal exponents.

    What may be a number without being written as one, n/n or 𝟙ᵀ𝟙, counts as a bit.
    """
    match node:
        case Symbol(indices=()) | Constant():
            return 1
        case Quotient(numerator=top, denominator=bottom):
            return 1 + _bits(top) + _bits(bottom)
        case Number(value=value):
            return value.numerator.bit_length() + value.denominator.bit_length() - 1
        case Power(base=base, exponent=exponent):
            return _bits(base) * max(1, _whole(exponent)) + _bits(exponent)
    return sum(map(_bits, children(node)))
