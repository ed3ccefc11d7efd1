"""Free index letters: a formula that uses them is claimed for all their values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.steps import linear_step
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

    Where a product or sum runs from k to t (or k+1 to t) with both letters free, k ≤ t.
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
    upper = _implied_upper_bounds(statement, letters, time_index)
    ordered = sorted(letters, key=lambda name: (not letters[name], name in upper))
    return tuple(stated.get(name) or Range(name, upper=upper.get(name)) for name in ordered)


def _implied_upper_bounds(
    statement: Statement, letters: dict[str, bool], time_index: str
) -> dict[str, Expr]:
    bounds: dict[str, Expr] = {}
    for operand in statement.operands:
        for node in walk(operand):
            if not isinstance(node, BigOperator):
                continue
            for span in node.ranges:
                low = _lone_letter(span.lower, letters)
                high = _lone_letter(span.upper, letters)
                if low and high and low != high:
                    if _runs_down(span, {}, time_index):
                        low, high = high, low
                    bounds[low] = Symbol(high)
    return bounds


def downward_ranges(exprs: Iterable[Expr], time_index: str) -> frozenset[Range]:
    """The ranges written from their high end: Σ_{k=t}^{1}, and Π_{j=t}^{k+1} where k ≤ t.

    A range runs down from a letter to the first steps (Π_{j=k+1}^{3} runs up), and from a letter to
    another that is known to be the smaller one: one that itself runs up to it, or down from it, or
    a free letter beside the time index.
    """
    return frozenset(span for expr in exprs for span in _downward(expr, {}, time_index))


def _downward(expr: Expr, above: dict[str, str | None], time_index: str) -> Iterator[Range]:
    """`above` maps each index bound around to the letter that it is known not to exceed."""
    if not isinstance(expr, BigOperator):
        for child in children(expr):
            if isinstance(child, Expr):
                yield from _downward(child, above, time_index)
        return
    for span in expr.ranges:
        down = _runs_down(span, above, time_index)
        if down:
            yield span
        above = {**above, span.index: _letter_of(span.lower if down else span.upper)}
    yield from _downward(expr.body, above, time_index)


def _runs_down(span: Range, above: dict[str, str | None], time_index: str) -> bool:
    low, high = _letter_of(span.lower), _letter_of(span.upper)
    if low is None or span.upper is None:
        return False
    if high is None:
        number = linear_step(span.upper, "")
        return number is not None and number.constant <= 1
    if high in above:
        return above[high] == low
    return low in (time_index, "T") and high not in ("T", low)


def _letter_of(limit: Expr | None) -> str | None:
    """The letter of a bound such as t, k+1 or T-1; None for a number, or anything else."""
    names = [node.name for node in walk(limit) if isinstance(node, Symbol)] if limit else []
    return names[0] if len(names) == 1 else None


def _lone_letter(limit: Expr | None, letters: dict[str, bool]) -> str | None:
    """The free letter of a bound such as k, k+1 or t-1."""
    if limit is None:
        return None
    for letter in letters:
        step = linear_step(limit, letter)
        if step is not None and step.t_multiple == 1 and not step.T_multiple:
            return letter
    return None
