"""Free index letters: a formula that uses them is claimed for all their values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from ..core.axes import Axis
from ..model.steps import linear_step, offset
from ..notation.sizes import Size
from ..notation.tree import (
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
    Statement,
    Symbol,
    children,
    walk,
)


def free_letters(expr: Expr, numbers: frozenset[str]) -> dict[str, bool]:
    """Each free index letter, in order of appearance; True if it stands in a step index.

    `numbers` are the letters that have a value anyway: T, the sizes.
    """
    found: dict[str, bool] = {}
    for letter, in_step in _letters(expr, frozenset()):
        if letter not in numbers:
            found[letter] = found.get(letter, False) or in_step
    return found


def _letters(expr: Expr, bound: frozenset[str]) -> Iterator[tuple[str, bool]]:
    match expr:
        case Symbol(indices=indices):
            for position, index in enumerate(indices):
                yield from _plain(index, bound, in_step=position == 0)
            return
        case Entry(of=of, indices=indices):
            yield from _letters(of, bound)
            for index in indices:
                yield from _plain(index, bound, in_step=False)
            return
        case KroneckerDelta(left=left, right=right):
            yield from _plain(left, bound, in_step=False)
            yield from _plain(right, bound, in_step=False)
            return
        case BigOperator(ranges=ranges, body=body):
            inner = bound
            for span in ranges:
                for limit in (span.lower, span.upper, *span.unequal):
                    if limit is not None:
                        yield from _plain(limit, inner, in_step=True)
                inner = inner | {span.index}
            yield from _letters(body, inner)
            return
        case Power(base=base, exponent=exponent):
            yield from _letters(base, bound)
            if _is_index_arithmetic(exponent):
                yield from _plain(exponent, bound, in_step=True)
                return
            yield from _letters(exponent, bound)
            return
        case Slice(of=of):
            yield from _letters(of, bound)
            return
    for child in children(expr):
        if isinstance(child, Expr):
            yield from _letters(child, bound)


def _plain(index: Expr, bound: frozenset[str], *, in_step: bool) -> Iterator[tuple[str, bool]]:
    for node in walk(index):
        if isinstance(node, Symbol) and not node.indices and node.name not in bound:
            yield node.name, in_step


def _is_index_arithmetic(expr: Expr) -> bool:
    """t-j and the like, but not a lone letter, which may be a quantity (x^p)."""
    return isinstance(expr, Add) and all(
        isinstance(node, Add | Neg | Number) or (isinstance(node, Symbol) and not node.indices)
        for node in walk(expr)
    )


def claimed_ranges(
    statement: Statement, numbers: frozenset[str], known: frozenset[str], time_index: str
) -> tuple[Range, ...]:
    """One range for every free letter: as stated, else its own whole range; steps come first.

    A letter in the bounds of a step is a step as well, and comes before it. Where a product or sum
    runs from k to t (or k+1 to t) with both letters free, k ≤ t.
    `known` are names that are quantities of the model or the file, and no index letters.
    """
    letters: dict[str, bool] = {}
    for operand in statement.operands:
        for letter, in_step in free_letters(operand, numbers).items():
            if letter not in known or letter == time_index:
                letters[letter] = letters.get(letter, False) or in_step
    stated = {span.index: span for span in statement.ranges}
    for span in statement.ranges:
        letters.setdefault(span.index, True)
        for letter in _bounding(span) if letters[span.index] else ():
            if letter not in numbers and (letter not in known or letter == time_index):
                letters.setdefault(letter, True)
    upper = _implied_upper_bounds(statement, letters, time_index)
    ordered = sorted(letters, key=lambda name: (not letters[name], name in upper))
    return _outer_first(
        [_up_to(stated.get(name, Range(name)), upper.get(name)) for name in ordered]
    )


def with_sizes(
    ranges: tuple[Range, ...],
    sorts: Mapping[str, Axis],
    operands: tuple[Expr, ...],
    sizes: Container[str],
) -> tuple[Range, ...]:
    """The ranges; a letter that is the index of no entry here runs over the size it is one of.

    i of δ_{ik} s_j = 𝟙[i = k] s_j is known by the left side of the chain alone.
    """
    entered = {
        part.name
        for one in operands
        for node in walk(one)
        if isinstance(node, Entry | Symbol)
        for index in node.indices
        for part in walk(index)
        if isinstance(part, Symbol)
    }
    found = {span.index: span for span in ranges}
    for letter, sort in sorts.items():
        (size,) = sort.letters if isinstance(sort, Size) and len(sort.multiples) == 1 else ("",)
        if letter in entered or size not in sizes or sort != Size.letter(size):
            continue
        own = found.get(letter, Range(letter))
        lower, upper = own.lower or Number(Fraction(1)), own.upper or Symbol(size)
        found[letter] = replace(own, lower=lower, upper=upper)
    return tuple(found.values())


def _up_to(span: Range, upper: Expr | None) -> Range:
    """The range, which ends there if it says nothing of its end."""
    return replace(span, upper=upper) if span.upper is None else span


def _bounding(span: Range) -> frozenset[str]:
    """The letters that the bounds of a range name."""
    bounds = (one for one in (span.lower, span.upper, *span.unequal) if one is not None)
    return frozenset(name for one in bounds for name, _ in _plain(one, frozenset(), in_step=True))


def _outer_first(spans: list[Range]) -> tuple[Range, ...]:
    """The ranges, each behind those whose letters it names; in a circle, as they were."""
    waiting, placed = list(spans), list[Range]()
    while waiting:
        names = {span.index for span in waiting}
        ready = (span for span in waiting if not _bounding(span) & (names - {span.index}))
        placed.append(next(ready, waiting[0]))
        waiting.remove(placed[-1])
    return tuple(placed)


def _implied_upper_bounds(
    statement: Statement, letters: dict[str, bool], time_index: str
) -> dict[str, Expr]:
    """Of two letters between which a product or sum runs, the upper end of the lower one.

    They are tied by how many indices a range has: t − k of them are in k+1, …, t and in
    0, …, t−k−1. What the statement itself says of the upper one goes before.
    """
    said = {span.index: _bounding(span) for span in statement.ranges}
    bounds: dict[str, Expr] = {}
    for operand in statement.operands:
        for node in walk(operand):
            for span in node.ranges if isinstance(node, BigOperator) else ():
                ends = _ends(span, letters)
                if ends is None:
                    continue
                low, high = ends
                if _runs_down(span, frozenset(), frozenset(), time_index):
                    low, high = high, low
                if low not in said.get(high, frozenset()) and bounds.get(high) != Symbol(low):
                    bounds[low] = Symbol(high)
    return bounds


def _ends(span: Range, letters: dict[str, bool]) -> tuple[str, str] | None:
    """The free letters k and t of a range whose length is t − k but for a number."""
    if span.lower is None or span.upper is None:
        return None
    multiples = _multiples(Add((span.upper, Neg(span.lower))))
    if multiples is None or sorted(multiples.values()) != [-1, 1]:
        return None
    low, high = sorted(multiples, key=lambda letter: multiples[letter])
    return (low, high) if low in letters and high in letters else None


def _multiples(index: Expr) -> dict[str, int] | None:
    """How often each letter is in a sum of letters and numbers; None if it is anything else."""
    match index:
        case Number():
            return {}
        case Symbol(name=name, indices=()):
            return {name: 1}
        case Neg(operand=operand):
            inner = _multiples(operand)
            return None if inner is None else {name: -count for name, count in inner.items()}
        case Add(terms=terms):
            total = Counter[str]()
            for term in terms:
                part = _multiples(term)
                if part is None:
                    return None
                total.update(part)
            return {name: count for name, count in total.items() if count}
    return None


Order = frozenset[tuple[str, str]]
"""Pairs of letters of which the first is known not to exceed the second."""


def downward_ranges(exprs: Iterable[Expr], time_index: str) -> frozenset[Range]:
    """The ranges written from their high end: Σ_{k=t}^{1}, and Π_{j=t}^{k+1} where k ≤ t.

    A range runs down from a letter to the first steps (Π_{j=k+1}^{3} runs up), and from a letter to
    another that is known to be the smaller one: by the ranges of the indices bound around, or as a
    free letter beside the time index.
    """
    return frozenset(
        span for expr in exprs for span in _downward(expr, frozenset(), frozenset(), time_index)
    )


def _downward(expr: Expr, bound: frozenset[str], order: Order, time_index: str) -> Iterator[Range]:
    """`bound` are the indices bound around, `order` is what their ranges say."""
    if not isinstance(expr, BigOperator):
        for child in children(expr):
            if isinstance(child, Expr):
                yield from _downward(child, bound, order, time_index)
        return
    for span in expr.ranges:
        down = _runs_down(span, bound, order, time_index)
        if down:
            yield span
        order = _ordered_by(span, order, down=down)
        bound |= {span.index}
    yield from _downward(expr.body, bound, order, time_index)


def _ordered_by(span: Range, order: Order, *, down: bool) -> Order:
    """What is known of the order of letters within a range: low ≤ index ≤ high."""
    ends = _letter_of(span.lower), _letter_of(span.upper)
    low, high = ends[::-1] if down else ends
    kept = {pair for pair in order if span.index not in pair}
    below = {low} | {small for small, large in kept if large == low} if low else set[str]()
    above = {high} | {large for small, large in kept if small == high} if high else set[str]()
    here = {(small, span.index) for small in below} | {(span.index, large) for large in above}
    through = {(small, large) for small in below for large in above}
    return frozenset(pair for pair in kept | here | through if pair[0] != pair[1])


def _runs_down(span: Range, bound: frozenset[str], order: Order, time_index: str) -> bool:
    low, high = _letter_of(span.lower), _letter_of(span.upper)
    if low is None or span.upper is None:
        return False
    if high is None:
        number = linear_step(span.upper, "")
        return number is not None and number.constant <= 1
    if (high, low) in order:
        return True
    if high in bound or high in ("T", low):
        return False
    return low == "T" or (low == time_index and not _empty_where_equal(span, low, high))


def _empty_where_equal(span: Range, low: str, high: str) -> bool:
    r"""Whether a range that runs up is empty where its letters are equal: `\prod_{j=t}^{k-1}`."""
    start, end = _offset(span.lower, low), _offset(span.upper, high)
    return start is not None and end is not None and end - start == -1


def _offset(limit: Expr | None, letter: str) -> int | None:
    return None if limit is None else offset(limit, letter)


def _letter_of(limit: Expr | None) -> str | None:
    """The letter of a bound such as t, k+1 or T-1; None for a number, or anything else."""
    names = [node.name for node in walk(limit) if isinstance(node, Symbol)] if limit else []
    return names[0] if len(names) == 1 else None
