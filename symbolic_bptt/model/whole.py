r"""Equations entry by entry as equations of whole vectors and matrices.

What is said for every entry, `\alpha_{t,j} = \log \sum_i \exp(\alpha_{t-1,i} + A_{ij})`, is said of
the whole: every part is a table over the letters in it, at most two. A letter that a part has not
is a column or a row of ones; a sum over a letter is a product with ones, or the product of the two
factors that carry it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import reduce

from ..core import terms as core
from ..core.axes import Axis
from ..core.binding import free_letters, opened
from ..core.terms import Letter, Term
from ..core.types import SCALAR, Type
from ..notation.functions import FUNCTIONS


class NotWhole(ValueError):  # noqa: N818  (what happened to the equation, no error of the program)
    """An equation of entries that is no equation of vectors and matrices; says why."""


@dataclass(frozen=True)
class Table:
    """A scalar, a column or a matrix: what a part is for every value of its letters, in order."""

    term: Term
    letters: tuple[Letter, ...] = ()


def whole(body: Term, letters: tuple[Letter, ...]) -> Term:
    """The vector or matrix whose entry at the letters is the body. Raises `NotWhole`."""
    names = [letter.name for letter in letters]
    if not 0 < len(letters) < 3 or len(set(names)) != len(names):
        raise NotWhole("the left side has one or two letters, each once")
    found = _table(body, {letter.name: letter.sort for letter in letters})
    return _aligned(found, letters).term


def _table(term: Term, over: dict[str, Axis]) -> Table:
    """A scalar term as a table over those of the letters that it has."""
    if not any(name in over for name in free_letters(term)):
        return Table(term)
    match term:
        case core.Entry(body=body, indices=indices):
            return _entry(body, indices, over)
        case core.Kronecker(left=Letter() as left, right=Letter() as right):
            if left.name in over and right.name in over and left.name != right.name:
                pair = (replace(left, sort=over[left.name]), replace(right, sort=over[right.name]))
                return Table(core.Constant(_type(pair), "identity"), pair)
        case core.Negative(body=body):
            return _mapped(_table(body, over), lambda one: core.Negative(one.type, one))
        case core.Apply(arguments=arguments):
            return _applied(term, [_table(one, over) for one in arguments])
        case core.Power(base=base, exponent=exponent) if not _has(exponent, over):
            return _power(_table(base, over), exponent)
        case core.Add(terms=terms):
            return _sum([_table(one, over) for one in terms])
        case core.Scale() | core.Elementwise() | core.Compose():
            return _product([_table(one, over) for one in _factors(term)])
        case core.Divide(top=top, bottom=bottom):
            return _quotient(_table(top, over), _table(bottom, over))
        case core.Big(kind="sum"):
            return _over_all(term, over)
    raise NotWhole("this part of it has no meaning for a whole vector or matrix")


def _has(term: Term, over: dict[str, Axis]) -> bool:
    return any(name in over for name in free_letters(term))


def _entry(body: Term, indices: tuple[Term, ...], over: dict[str, Axis]) -> Table:
    letters = [one for one in indices if isinstance(one, Letter) and one.name in over]
    names = {letter.name for letter in letters}
    if _has(body, over) or len(letters) != len(indices) or len(names) != len(letters):
        raise NotWhole("an entry has the letters of the equation as its indices, each once")
    axes = body.type.axes
    own = tuple(replace(one, sort=axis) for one, axis in zip(letters, axes, strict=True))
    if body.type.is_row:
        body = core.Transpose(body.type.transposed, body)
    return Table(body, own)


def _mapped(table: Table, made: Callable[[Term], Term]) -> Table:
    return Table(made(table.term), table.letters)


def _applied(term: core.Apply, tables: list[Table]) -> Table:
    """A function entry by entry: of one argument, or the larger or smaller of several."""
    known = FUNCTIONS.get(term.function)
    extreme = term.function in ("max", "min")
    if not extreme and (len(tables) > 1 or (known is not None and not known.elementwise)):
        raise NotWhole(f"{term.function} is not taken entry by entry")
    letters = _union(tables)
    arguments = tuple(_aligned(one, letters).term for one in tables)
    return Table(replace(term, type=_type(letters), arguments=arguments), letters)


def _power(base: Table, exponent: Term) -> Table:
    if len(base.letters) == 2:
        raise NotWhole("the power of a whole matrix, entry by entry, is not in the notation")
    return _mapped(base, lambda one: core.Power(one.type, one, exponent))


def _union(tables: list[Table]) -> tuple[Letter, ...]:
    """The letters of all, in the order of the one that has most."""
    widest = max(tables, key=lambda one: len(one.letters)).letters
    found = {letter.name: letter for letter in widest}
    for one in tables:
        for letter in one.letters:
            found.setdefault(letter.name, letter)
    if len(found) > 2:
        raise NotWhole("a part of it has three letters")
    return tuple(found.values())


def _sum(tables: list[Table]) -> Table:
    letters = _union(tables)
    parts = tuple(_aligned(one, letters).term for one in tables)
    return Table(core.Add(_type(letters), parts), letters)


def _factors(term: Term) -> Iterator[Term]:
    """The factors of a product of scalars."""
    match term:
        case core.Scale(scalar=left, body=right) | core.Elementwise(left=left, right=right):
            yield from (*_factors(left), *_factors(right))
        case core.Compose(left=left, right=right) if left.type.is_scalar and right.type.is_scalar:
            yield from (*_factors(left), *_factors(right))
        case _:
            yield term


def _product(tables: list[Table]) -> Table:
    """Scalars scale; all others are multiplied entry by entry."""
    scalars = [one.term for one in tables if not one.letters]
    shaped = [one for one in tables if one.letters]
    if not shaped:
        return Table(reduce(_scaled, reversed(scalars)))
    letters = _union(shaped)
    kind = _type(letters)
    parts = [_aligned(one, letters).term for one in shaped]
    made = reduce(lambda left, right: core.Elementwise(kind, left, right), parts)
    return Table(reduce(_scaled, reversed(scalars), made), letters)


def _scaled(body: Term, factor: Term) -> Term:
    return core.Scale(body.type, factor, body)


def _quotient(top: Table, bottom: Table) -> Table:
    letters = _union([top, bottom])
    made = _aligned(top, letters).term
    below = _aligned(bottom, letters).term if bottom.letters else bottom.term
    return Table(core.Divide(_type(letters), made, below), letters)


def _over_all(term: core.Big, over: dict[str, Axis]) -> Table:
    """Σ over a whole axis: the product with ones, or of the two factors that have the letter."""
    letter = Letter(SCALAR, f"{term.hint}#{len(over)}", term.sort)
    body = opened(term.body, letter)
    inner = {**over, letter.name: term.sort}
    if not _is_whole(term):
        raise NotWhole("a sum over a part of an axis")
    tables = [_table(one, inner) for one in _factors(body)]
    apart = [one for one in tables if not _carries(one, letter)]
    together = [one for one in tables if _carries(one, letter)]
    if not together:
        raise NotWhole("a sum of what does not have its letter")
    summed = _contracted(together, letter) or _summed(_product(together), letter)
    return _product([*apart, summed]) if apart else summed


def _carries(table: Table, letter: Letter) -> bool:
    return any(one.name == letter.name for one in table.letters)


def _is_whole(term: core.Big) -> bool:
    """Whether the limits are 1 and the size, or left out."""
    low, high = term.lower, term.upper
    first = low is None or (isinstance(low, core.Number) and low.value == 1)
    last = high is None or (isinstance(high, Letter) and high.name == str(term.sort))
    return first and last and not term.unequal


def _contracted(tables: list[Table], letter: Letter) -> Table | None:
    """Σ_k of two factors of which at most one has a further letter, or each another one."""
    if len(tables) != 2:
        return None
    others = [one for table in tables for one in table.letters if one.name != letter.name]
    if len({one.name for one in others}) != len(others):
        return None
    left, right = tables
    if len(left.letters) < len(right.letters):
        left, right = right, left
    left_first = tuple(one for one in left.letters if one.name != letter.name)
    last = tuple(one for one in right.letters if one.name != letter.name)
    shared = next(one for one in left.letters if one.name == letter.name)
    row = _aligned(left, (*left_first, shared)).term
    if not left_first:
        row = core.Transpose(row.type.transposed, row)
    column = _aligned(right, (shared, *last)).term
    letters = (*left_first, *last)
    return Table(core.Compose(_type(letters), row, column), letters)


def _summed(table: Table, letter: Letter) -> Table:
    """Σ over one letter of a table."""
    kept = tuple(one for one in table.letters if one.name != letter.name)
    shared = next(one for one in table.letters if one.name == letter.name)
    ones = core.Constant(_type((shared,)), "ones")
    made = _aligned(table, (*kept, shared)).term
    if not kept:
        made = core.Transpose(made.type.transposed, made)
    return Table(core.Compose(_type(kept), made, ones), kept)


def _aligned(table: Table, letters: tuple[Letter, ...]) -> Table:
    """The table over these letters: turned, or with ones for a letter that it has not."""
    own = [one.name for one in table.letters]
    wanted = [one.name for one in letters]
    if own == wanted:
        return table
    kind = _type(letters)
    if not own:
        return Table(core.Lift(kind, table.term), letters)
    if len(own) == 2:
        return Table(core.Transpose(table.term.type.transposed, table.term), letters)
    ones = core.Constant(_type(tuple(one for one in letters if one.name != own[0])), "ones")
    first, second = (table.term, ones) if wanted[0] == own[0] else (ones, table.term)
    row = core.Transpose(second.type.transposed, second)
    return Table(core.Compose(kind, first, row), letters)


def _type(letters: tuple[Letter, ...]) -> Type:
    """The type of a table: a column over one letter, a matrix over two."""
    axes = tuple(letter.sort for letter in letters)
    return Type(axes[:1], axes[1:])
