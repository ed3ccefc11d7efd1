"""Index arithmetic: `t-1`, `T`, `3` as whole linear combinations of letters; substitution."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from ..notation.sizes import Size
from ..notation.tree import (
    Add,
    BigOperator,
    Cases,
    Expr,
    Neg,
    Node,
    Number,
    Power,
    Product,
    Range,
    Symbol,
    children,
    map_children,
    walk,
)
from .errors import NoRuleError

HORIZON = "T"
SPARE_LETTERS = ("k", "j", "i", "r", "p", "q", "l", "\\tau", "u", "v")


def affine(index: Expr) -> Size | None:
    """The index as constant + Σ multiple · letter; None if it is anything else."""
    match index:
        case Number(value=value) if value.denominator == 1:
            return Size(int(value))
        case Symbol(name=name, indices=()):
            return Size.letter(name)
        case Neg(operand=operand):
            inner = affine(operand)
            return None if inner is None else inner * -1
        case Add(terms=terms):
            parts = [affine(term) for term in terms]
            total = Size()
            for part in parts:
                if part is None:
                    return None
                total = total + part
            return total
        case Product(factors=(Number(value=value), factor)) if value.denominator == 1:
            inner = affine(factor)
            return None if inner is None else inner * int(value)
    return None


def index_tree(index: Size) -> Expr:
    """The index as it is written: letters with a positive multiple first, `t-1`, `T-t`, `-1`."""
    ordered = sorted(index.multiples, key=lambda item: item[1] < 0)
    terms = [_multiple(Symbol(letter), multiple) for letter, multiple in ordered]
    if index.constant or not terms:
        terms.append(whole_number(index.constant))
    return terms[0] if len(terms) == 1 else Add(tuple(terms))


def whole_number(value: int) -> Expr:
    """A whole number as the tree writes it: a negative one is a `Neg`."""
    number = Number(Fraction(abs(value)))
    return Neg(number) if value < 0 else number


def _multiple(letter: Symbol, multiple: int) -> Expr:
    size = letter if abs(multiple) == 1 else Product((whole_number(abs(multiple)), letter))
    return Neg(size) if multiple < 0 else size


def at(index: Size, letter: str, value: Size) -> Size:
    """The index with a letter replaced."""
    multiple = dict(index.multiples).get(letter, 0)
    return index + (value - Size.letter(letter)) * multiple


def letters(node: Node) -> frozenset[str]:
    """Every plain letter that occurs in the node, free or bound."""
    symbols = {item.name for item in walk(node) if isinstance(item, Symbol) and not item.indices}
    bound = {item.index for item in walk(node) if isinstance(item, Range)}
    return frozenset(symbols | bound)


def value_letters(node: Node) -> frozenset[str]:
    """The plain letters that stand for numbers, or decide a case, not in the index of a symbol."""
    if isinstance(node, Symbol):
        return frozenset() if node.indices else frozenset({node.name})
    own = frozenset({node.index} if isinstance(node, Range) else ())
    return own.union(*(value_letters(child) for child in children(node)))


def substitute(expr: Expr, values: Mapping[str, Size]) -> Expr:
    """The expression with plain letters replaced, all at once, wherever they are free.

    A bound letter that would capture one of the new ones is renamed first.
    """
    match expr:
        case Symbol(name=name, indices=()):
            return index_tree(values[name]) if name in values else expr
        case Symbol(indices=indices):
            return replace(expr, indices=tuple(_index(index, values) for index in indices))
        case BigOperator():
            return _of_one_step(_under_binder(expr, values))
        case Cases():
            return _under_conditions(expr, values)
    changed = map_children(expr, lambda child: substitute(child, values))
    match changed:
        case Power():
            return _simple_power(changed)
        case Product(factors=factors):
            return _without_units(factors)
    return changed


def _without_units(factors: tuple[Expr, ...]) -> Expr:
    """A product without its factors x⁰."""
    kept = tuple(
        factor
        for factor in factors
        if not (isinstance(factor, Power) and affine(factor.exponent) == Size())
    )
    if not kept:
        return factors[0]
    return kept[0] if len(kept) == 1 else Product(kept)


def _simple_power(expr: Power) -> Expr:
    """x¹ = x, once the exponent has become a number."""
    exponent = affine(expr.exponent)
    if exponent is None:
        return expr
    if exponent == Size(1):
        return expr.base
    return Power(expr.base, index_tree(exponent))


def _index(index: Expr, values: Mapping[str, Size]) -> Expr:
    changed = substitute(index, values)
    combined = affine(changed)
    return changed if combined is None else index_tree(combined)


def _bound(bound: Expr | None, values: Mapping[str, Size]) -> Expr | None:
    return None if bound is None else _index(bound, values)


def _under_binder(expr: BigOperator, values: Mapping[str, Size]) -> BigOperator:
    inner = dict(values)
    ranges = []
    incoming = {letter for value in values.values() for letter in value.letters}
    taken = letters(expr) | incoming
    for span in expr.ranges:
        lower, upper = _bound(span.lower, inner), _bound(span.upper, inner)
        unequal = tuple(_index(value, inner) for value in span.unequal)
        index = span.index
        inner.pop(index, None)
        if index in incoming:
            index = spare_letter(taken)
            taken |= {index}
            inner[span.index] = Size.letter(index)
        ranges.append(Range(index, lower, upper, unequal))
    return BigOperator(expr.kind, tuple(ranges), substitute(expr.body, inner))


def _under_conditions(expr: Cases, values: Mapping[str, Size]) -> Expr:
    """The branches that are still possible; one alone where nothing is left to distinguish."""
    branches: list[tuple[Expr, tuple[Range, ...]]] = []
    for body, ranges in expr.branches:
        conditions = [one for span in ranges for one in _conditions(span, values)]
        if False in conditions:
            continue
        open_ = tuple(one for one in conditions if isinstance(one, Range))
        branches.append((substitute(body, values), open_))
        if not open_:
            break
    return branches[0][0] if branches and not branches[0][1] else Cases(tuple(branches))


def _conditions(span: Range, values: Mapping[str, Size]) -> Iterator[Range | bool]:
    """A range of an index as conditions on the letter in its new value; decided if there is none.

    Raises `NoRuleError` for a condition that is no bound of one letter.
    """
    own = values.get(span.index, Size.letter(span.index))
    for limit, sign in ((span.lower, 1), (span.upper, -1)):
        if limit is not None:
            difference = (own - _number(limit, values)) * sign
            letter, sign_of_letter, value = _solved(difference, own, span)
            if letter is None:
                yield difference.constant >= 0
            elif sign_of_letter > 0:
                yield Range(letter, lower=index_tree(value))
            else:
                yield Range(letter, upper=index_tree(value))
    for other in span.unequal:
        difference = own - _number(other, values)
        letter, _, value = _solved(difference, own, span)
        if letter is None:
            yield difference != Size()
        else:
            yield Range(letter, unequal=(index_tree(value),))


def _number(limit: Expr, values: Mapping[str, Size]) -> Size:
    found = affine(substitute(limit, values))
    if found is None:
        raise NoRuleError("the condition of a case is no linear bound")
    return found


def _solved(difference: Size, own: Size, span: Range) -> tuple[str | None, int, Size]:
    """The letter for which difference = 0 is solved, its sign, and its value there."""
    if not difference.letters:
        return None, 0, difference
    letter = min(own.letters & difference.letters or difference.letters)
    multiple = dict(difference.multiples)[letter]
    if abs(multiple) != 1:
        raise NoRuleError(f"the condition on {span.index} is no bound of one letter")
    return letter, multiple, Size.letter(letter) - difference * multiple


def _of_one_step(expr: BigOperator) -> Expr:
    """A sum or product over a single value of its index is its body there."""
    match expr.ranges:
        case (Range(index, Expr() as lower, Expr() as upper, ()),) if lower == upper:
            value = affine(lower)
            if value is not None:
                return substitute(expr.body, {index: value})
    return expr


def spare_letter(taken: frozenset[str]) -> str:
    """An index letter that is not in use."""
    return next(letter for letter in SPARE_LETTERS if letter not in taken)


def compare(left: Size, right: Size) -> int:
    """The sign of left − right for every T that is large enough."""
    difference = left - right
    horizon = dict(difference.multiples).get(HORIZON, 0)
    if difference.letters - {HORIZON}:
        raise ValueError(f"{left} and {right} cannot be compared")
    leading = horizon or difference.constant
    return (leading > 0) - (leading < 0)
