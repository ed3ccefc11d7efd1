"""Edits of indices: steps of symbols, letters, bounds of sums and products, exponents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import combinations

from ...model.steps import linear_step
from ...notation.tree import (
    Add,
    BigOperator,
    Entry,
    Expr,
    KroneckerDelta,
    Neg,
    Number,
    Power,
    Range,
    Slice,
    Symbol,
    map_children,
    walk,
)
from .context import Context, shift
from .edits import Edit
from .positions import Position


def steps(here: Position, context: Context) -> Iterator[Edit]:
    """s_{t-1} for s_t; also s_{t+1}, and the first and the last step."""
    node = here.node
    if not isinstance(node, Symbol) or not node.indices:
        return
    step, rest = node.indices[0], node.indices[1:]
    for by, cost in ((-1, 1), (1, 1), (-2, 4), (2, 4)):
        moved = shift(step, by)
        if moved is not None:
            yield Edit("step-shifted", replace(node, indices=(moved, *rest)), cost)
    lone = _letters(step)
    for letter in here.letters:
        if lone != [letter]:
            cost = 4 if here.variable else 2
            yield Edit("letter-mixed", replace(node, indices=(Symbol(letter), *rest)), cost)
            for by in (-1, 1):
                moved = shift(Symbol(letter), by)
                if moved is not None:
                    yield Edit("letter-mixed", replace(node, indices=(moved, *rest)), cost + 1)
    if isinstance(step, Number):
        return
    for literal in context.literal_steps:
        yield Edit("step-shifted", replace(node, indices=(literal, *rest)), 3)
    if Symbol("T") in walk(step):
        return
    yield Edit("step-shifted", replace(node, indices=(Symbol("T"), *rest)), 5)


def entries(here: Position, context: Context) -> Iterator[Edit]:
    """W_{ij} for W_{ji}; another letter for one of the indices of an entry."""
    match here.node:
        case Entry(of=Symbol(indices=(step, *rest)) as whole, indices=indices):
            for changed in _letters_changed(indices, here.letters):
                yield Edit("entry-mixed", replace(here.node, indices=changed), 2)
                for by in (1, -1):
                    moved = shift(step, by)
                    if moved is not None:
                        of = replace(whole, indices=(moved, *rest))
                        yield Edit("step-shifted", Entry(of, changed), 4)
        case Entry(indices=indices):
            for changed in _letters_changed(indices, here.letters):
                yield Edit("entry-mixed", replace(here.node, indices=changed), 2)
        case KroneckerDelta(left=left, right=right):
            for new_left, new_right in _letters_changed((left, right), here.letters):
                yield Edit("entry-mixed", KroneckerDelta(new_left, new_right), 2)
        case Slice(ranges=ranges) if len(ranges) == 2:
            yield Edit("slice-axis", replace(here.node, ranges=(ranges[1], ranges[0])), 2)
            for one in ranges:
                if one != (None, None):
                    yield Edit("slice-axis", replace(here.node, ranges=((None, None), one)), 2)


def letters(here: Position, context: Context) -> Iterator[Edit]:
    """Two letters that stand in each other's place throughout."""
    if here.path:
        return
    for first, second in combinations(here.letters, 2):
        new = _renamed(here.node, {first: second, second: first})
        yield Edit("entry-mixed", new, 2, Symbol(first), Symbol(second))


def _renamed(expr: Expr, names: dict[str, str]) -> Expr:
    if isinstance(expr, Symbol) and not expr.indices:
        return Symbol(names.get(expr.name, expr.name), span=expr.span)
    return map_children(expr, lambda child: _renamed(child, names))


def bounds(here: Position, context: Context) -> Iterator[Edit]:
    """The bounds of a sum or a product one off, or another letter or T as a bound."""
    node = here.node
    if not isinstance(node, BigOperator):
        return
    kind = "sum-range" if node.kind == "sum" else "product-range"
    for number, span in enumerate(node.ranges):
        for changed, cost in _ranges(span, here.letters):
            ranges = (*node.ranges[:number], changed, *node.ranges[number + 1 :])
            yield Edit(kind, replace(node, ranges=ranges), cost)


def _ranges(span: Range, letters: tuple[str, ...]) -> Iterator[tuple[Range, int]]:
    for bound, with_bound in (
        (span.lower, partial(_with_lower, span)),
        (span.upper, partial(_with_upper, span)),
    ):
        if bound is None:
            continue
        for by, cost in ((1, 1), (-1, 1), (2, 4)):
            moved = shift(bound, by)
            if moved is not None:
                yield with_bound(moved), cost
        yield with_bound(None), 2
        for letter in letters:
            if bound != Symbol(letter):
                yield with_bound(Symbol(letter)), 3
                yield with_bound(shift(Symbol(letter), 1)), 4
    if span.upper is not None and span.upper != Symbol("T"):
        yield _with_upper(span, Symbol("T")), 3
    if span.upper is None and span.lower is None:
        for letter in letters:
            yield _with_upper(span, Symbol(letter)), 2
            yield _with_lower(span, Symbol(letter)), 2
    for first in (0, 1):
        if span.lower is not None and span.lower != _number(first):
            yield _with_lower(span, _number(first)), 3


def _with_lower(span: Range, bound: Expr | None) -> Range:
    return replace(span, lower=bound)


def _with_upper(span: Range, bound: Expr | None) -> Range:
    return replace(span, upper=bound)


def exponents(here: Position, context: Context) -> Iterator[Edit]:
    """The exponent of a matrix power one off."""
    match here.node:
        case Power(exponent=exponent) if not isinstance(exponent, Number | Neg):
            for by in (1, -1):
                moved = _moved(exponent, by)
                if moved is not None:
                    yield Edit("power-shifted", replace(here.node, exponent=moved), 1)


def _moved(exponent: Expr, by: int) -> Expr | None:
    letters = [n for n in walk(exponent) if isinstance(n, Symbol) and not n.indices]
    if not letters:
        return None
    terms = exponent.terms if isinstance(exponent, Add) else (exponent,)
    kept, value = [], Fraction(by)
    for term in terms:
        match term:
            case Number(value=number):
                value += number
            case Neg(operand=Number(value=number)):
                value -= number
            case _:
                kept.append(term)
    if value:
        one = Number(abs(value))
        kept.append(one if value > 0 else Neg(one))
    return kept[0] if len(kept) == 1 else Add(tuple(kept))


def _letters(expr: Expr) -> list[str]:
    return [node.name for node in walk(expr) if isinstance(node, Symbol) and node.name != "T"]


def _letters_changed(
    indices: tuple[Expr, ...], letters: tuple[str, ...]
) -> Iterator[tuple[Expr, ...]]:
    if len(indices) == 2 and indices[0] != indices[1]:
        yield (indices[1], indices[0])
    for number, index in enumerate(indices):
        for letter in letters:
            if index != Symbol(letter) and linear_step(index, letter) is None:
                yield (*indices[:number], Symbol(letter), *indices[number + 1 :])


def _number(value: int) -> Number:
    return Number(Fraction(value))
