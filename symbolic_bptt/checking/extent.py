"""How far a formula reaches: the literals in its steps and entries, how deep its sums nest.

A formula that is right at few lengths and sizes for the wrong reason says so by a number: a sum
from T − 5, a step below 7, an entry 4, the product (T − 3)(T − 4). Lengths and sizes beyond every
such number are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.model import Model
from ..notation.tree import (
    BigOperator,
    Entry,
    Indicator,
    KroneckerDelta,
    Node,
    Number,
    Operation,
    Power,
    Product,
    Range,
    Slice,
    Symbol,
    children,
    walk,
)
from .comparison import Claim
from .definitions import Definition, Definitions


@dataclass(frozen=True)
class Extent:
    """How far one claim reaches.

    steps: the largest literal in a step or range, definitions one after the other. depth: how many
    steps are named at once. entries: the largest literal entry. letters: how many indices of
    entries a term has, those of the matrix products in it included.
    numbers: the largest whole number, or power of T, where T, a step or a size is a number itself.
    literal_bits: the size of the numbers written, as powers multiply it.
    """

    steps: int
    depth: int
    entries: int
    letters: int
    numbers: int
    literal_bits: int


def extent(claim: Claim, definitions: Definitions, model: Model) -> Extent:
    """The extent of a claim with the definitions that it reaches."""
    reached = list(_reached(claim, definitions))
    written: list[list[Node]] = [
        [claim.left, claim.right, *claim.ranges],
        *([one.symbol, *one.entries, one.body, *one.ranges] for one in reached),
    ]
    nodes = [node for part in written for node in part]
    letters = {"T", model.time.index, *model.sizes, *_bound(nodes)}
    uses_numbers = any(_uses_numbers(node, letters) for node in nodes)
    return Extent(
        sum(max(map(_steps, part), default=0) for part in written),
        sum(max(map(_depth, part), default=0) for part in written) + len(claim.ranges),
        max(map(_entries, nodes), default=0),
        max(map(_factors, nodes), default=0) + len(_entry_letters(nodes)),
        sum(map(_numbers, nodes)) if uses_numbers else 0,
        sum(map(_bits, nodes)),
    )


def _reached(claim: Claim, definitions: Definitions) -> Iterator[Definition]:
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


def _steps(node: Node) -> int:
    """The largest number in a step, a range, a comparison or an exponent with letters."""
    found = 0
    for part in walk(node):
        match part:
            case Symbol(indices=indices):
                found = max(found, *map(_whole, indices), 0)
            case Range(lower=lower, upper=upper, unequal=unequal):
                limits = [limit for limit in (lower, upper, *unequal) if limit is not None]
                found = max(found, *map(_whole, limits), 0)
            case KroneckerDelta():
                found = max(found, _whole(part))
            case Power(exponent=exponent) if _letters(exponent):
                found = max(found, _whole(exponent))
            case Indicator() if not any(_has_step(inner) for inner in walk(part)):
                found = max(found, _whole(part))
    return found


def _has_step(node: Node) -> bool:
    return isinstance(node, Symbol) and bool(node.indices)


def _letters(node: Node) -> set[str]:
    return {part.name for part in walk(node) if isinstance(part, Symbol) and not part.indices}


def _depth(node: Node) -> int:
    """How many indices are bound at once at the deepest place."""
    inner = max(map(_depth, children(node)), default=0)
    return inner + (len(node.ranges) if isinstance(node, BigOperator) else 0)


def _entries(node: Node) -> int:
    """The largest literal entry."""
    found = 0
    for part in walk(node):
        match part:
            case Entry(indices=indices):
                found = max(found, *map(_whole, indices), 0)
            case Slice() | KroneckerDelta():
                found = max(found, _whole(part))
    return found


def _entry_letters(nodes: list[Node]) -> set[str]:
    entries = (part for node in nodes for part in walk(node) if isinstance(part, Entry))
    return set[str]().union(*(_letters(index) for one in entries for index in one.indices))


def _factors(node: Node) -> int:
    """How many factors with axes stand in a row, literal powers written out."""
    match node:
        case Number() | Entry() | Range() | KroneckerDelta():
            return 0
        case Symbol():
            return 1
        case Power(base=base, exponent=Number(value=value)) if value.denominator == 1:
            return int(value) * _factors(base)
        case Product(factors=factors):
            return sum(map(_factors, factors))
        case Operation(left=left, right=right):
            return _factors(left) + _factors(right)
    return max(map(_factors, children(node)), default=0)


def _uses_numbers(node: Node, letters: set[str]) -> bool:
    """Whether one of the letters stands where a value is meant."""
    match node:
        case Symbol(name=name, indices=indices):
            return not indices and name in letters
        case Range() | KroneckerDelta():
            return False
        case Entry(of=of) | Slice(of=of):
            return _uses_numbers(of, letters)
    return any(_uses_numbers(child, letters) for child in children(node))


def _numbers(node: Node) -> int:
    """The largest whole number written, plus how often letters may be multiplied."""
    whole = _whole(node)
    degree = sum(
        1 if not isinstance(part, Power) else _whole(part.exponent)
        for part in walk(node)
        if isinstance(part, Power) or (isinstance(part, Symbol) and not part.indices)
    )
    return whole + degree


def _bits(node: Node) -> int:
    """The bits of all numbers in the expression, multiplied by literal exponents."""
    match node:
        case Number(value=value):
            return value.numerator.bit_length() + value.denominator.bit_length() - 1
        case Power(base=base, exponent=exponent):
            return _bits(base) * max(1, _whole(exponent)) + _bits(exponent)
    return sum(map(_bits, children(node)))
