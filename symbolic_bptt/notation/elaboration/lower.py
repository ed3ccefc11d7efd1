"""Terms as the trees of `notation.tree`, in which every product is written so that it is plain.

A letter that is bound gets the name that its binder hints at, or with primes where that is taken;
the letter of a sum over entries gets its range, 1 to the size, where it is not an index of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from ...core import terms as core
from ...core.axes import STEP, Axis
from ...core.traversal import parts, walk
from .. import tree
from ..names.types import Layout
from ..sizes import Size
from ..tree import Expr

Letters = tuple[str, ...]
"""The names of the binders around, the outermost first."""

LAYOUTS: Mapping[Layout, tree.Layout] = {
    "sub": "sub",
    "paren": "paren",
    "angle": "angle",
    "bracket": "bracket",
    "bare": "bare",
}
"""How the index of a name is printed; one written as a call is printed below it."""


class NotLowered(ValueError):  # noqa: N818  (what happened to the term, no error of the program)
    """A term that trees cannot say."""


def lowered(term: core.Term, letters: Letters = ()) -> Expr:
    """The tree of a term; `letters` are the names of the binders around, the outermost first."""
    made = (
        _atom(term, letters)
        or _arithmetic(term, letters)
        or _arranged(term, letters)
        or _applied(term, letters)
    )
    if made is None:
        raise NotLowered(type(term).__name__)
    return replace(made, span=term.span) if made.span is None and term.span else made


def _all(terms: Iterable[core.Term], letters: Letters) -> tuple[Expr, ...]:
    return tuple(lowered(term, letters) for term in terms)


def _if_any(term: core.Term | None, letters: Letters) -> Expr | None:
    return None if term is None else lowered(term, letters)


def _atom(term: core.Term, letters: Letters) -> Expr | None:
    """Numbers, letters, names and constants."""
    match term:
        case core.Number(value=value):
            return _number(value)
        case core.Letter(name=name):
            return tree.Symbol(name)
        case core.Bound(depth=depth):
            return tree.Symbol(letters[-1 - depth])
        case core.Symbol(name=name, indices=indices, layout=layout):
            return symbol(name, _all(indices, letters), layout)
        case core.Constant(kind="unit", index=index) if index is not None:
            return _unit(term, lowered(index, letters))
        case core.Constant(kind=kind):
            return tree.Constant("ones" if kind == "ones" else "identity", _sizes(term.type.out))
        case core.Kronecker(left=left, right=right):
            return tree.KroneckerDelta(lowered(left, letters), lowered(right, letters))
    return None


def symbol(name: str, indices: tuple[Expr, ...], layout: Layout) -> tree.Symbol:
    """A name at its indices, these where they were written."""
    return tree.Symbol(name, indices, LAYOUTS.get(layout, "sub") if indices else "sub")


def _unit(term: core.Term, place: Expr) -> Expr:
    """e_i, a column of the identity."""
    before = tree.Add((place, tree.Neg(tree.Number(Fraction(1)))))
    whole = tree.Constant("identity", _sizes(term.type.out))
    return tree.Slice(whole, ((None, None), (before, place)))


def _arithmetic(term: core.Term, letters: Letters) -> Expr | None:
    """Sums, products, quotients and powers."""

    def low(part: core.Term) -> Expr:
        return lowered(part, letters)

    match term:
        case core.Add(terms=terms):
            return tree.Add(tuple(_flat(_all(terms, letters))))
        case core.Negative(body=body):
            return tree.Neg(low(body))
        case core.Scale(scalar=factor, body=body):
            first, second = _in_order(factor, body)
            if isinstance(first, core.Compose) and first is factor:
                return tree.Product((low(first), low(second)))  # (aᵀ b) W, and not aᵀ b W
            return _product(low(first), low(second))
        case core.Compose():
            return _composed(term, letters)
        case core.Elementwise(left=left, right=right):
            return tree.Operation("hadamard", low(left), low(right))
        case core.KroneckerProduct(left=left, right=right):
            return tree.Operation("outer", low(left), low(right))
        case core.Divide(top=top, bottom=bottom):
            return tree.Quotient(low(top), low(bottom))
        case core.Power(base=base, exponent=exponent):
            return _power(term, low(base), low(exponent))
        case core.MatrixPower(base=base, exponent=exponent):
            return tree.Power(low(base), low(exponent))
    return None


def _composed(term: core.Compose, letters: Letters) -> Expr:
    """A product; of a gradient as a row with a Jacobian the gradient again, which is a column."""
    left = term.left.type
    made = _product(lowered(term.left, letters), lowered(term.right, letters))
    is_row = left.gradient and not left.out and term.type.is_vector
    return turned(made) if is_row else made


def _arranged(term: core.Term, letters: Letters) -> Expr | None:
    """The same entries in another arrangement, or some of them."""

    def low(part: core.Term) -> Expr:
        return lowered(part, letters)

    match term:
        case core.Transpose(body=body):
            is_gradient_by_matrix = not term.type.out and len(term.type.into) > 1
            return low(body) if is_gradient_by_matrix else turned(low(body))
        case core.Diagonal(body=body):
            return tree.Call("diag", (low(body),))
        case core.Lift(body=body):
            return _lifted(term, body, low(body))
        case core.Entry(body=body, indices=indices):
            return tree.Entry(low(body), _all(indices, letters))
        case core.Slice(body=body, ranges=ranges):
            bounds = ((_if_any(a, letters), _if_any(b, letters)) for a, b in ranges)
            return tree.Slice(low(body), tuple(bounds))
        case core.Blocks(rows=rows):
            return _blocks(tuple(_all(row, letters) for row in rows))
    return None


def _applied(term: core.Term, letters: Letters) -> Expr | None:
    """Functions, comparisons, operators over a range, derivatives and cases."""

    def low(part: core.Term) -> Expr:
        return lowered(part, letters)

    match term:
        case core.Apply(function=function, arguments=arguments, primes=primes):
            return tree.Call(function, _all(arguments, letters), primes)
        case core.Indicator(left=left, op=op, right=right):
            return tree.Indicator(low(left), op, low(right))
        case core.Big():
            return _big(term, letters)
        case core.Derivative(kind=kind, of=of, by=by, held=held):
            made = tree.Derivative("partial" if kind == "total" else kind, low(of), low(by))
            return tree.Held(made, _all(held, letters)) if held else made
        case core.Cases(branches=branches):
            return tree.Cases(
                tuple((low(body), ranges_of(said, letters)) for body, said in branches)
            )
    return None


def ranges_of(
    conditions: Iterable[core.Condition], letters: Letters = ()
) -> tuple[tree.Range, ...]:
    """Conditions on letters as ranges."""
    return tuple(_range(one, letters) for one in conditions)


def _range(condition: core.Condition, letters: Letters) -> tree.Range:
    letter = lowered(condition.letter, letters)
    assert isinstance(letter, tree.Symbol)
    low, high = _if_any(condition.lower, letters), _if_any(condition.upper, letters)
    return tree.Range(letter.name, low, high, _all(condition.unequal, letters))


def _flat(terms: Iterable[Expr]) -> Iterable[Expr]:
    for term in terms:
        yield from term.terms if isinstance(term, tree.Add) else (term,)


def _number(value: Fraction) -> Expr:
    return tree.Neg(tree.Number(-value)) if value < 0 else tree.Number(value)


def turned(made: Expr) -> Expr:
    """The transpose of a tree."""
    return made.operand if isinstance(made, tree.Transpose) else tree.Transpose(made)


def _product(left: Expr, right: Expr) -> Expr:
    factors = left.factors if isinstance(left, tree.Product) else (left,)
    return tree.Product((*factors, right))


def _in_order(factor: core.Term, body: core.Term) -> tuple[core.Term, core.Term]:
    """A number and what it scales, as they are written."""
    place, other = _start(factor), _start(body)
    behind = place is not None and other is not None and place > other
    return (body, factor) if behind else (factor, body)


def _start(term: core.Term) -> int | None:
    """Where a term is written, if it is."""
    if term.span is not None:
        return term.span.start
    return next((found for part, _ in parts(term) if (found := _start(part)) is not None), None)


_LITERAL = (core.Number, core.Letter, core.Negative, core.Divide)


def _lifted(term: core.Term, body: core.Term, made: Expr) -> Expr:
    plain = all(isinstance(node, _LITERAL) for node in walk(body))
    if plain:
        return made
    sizes = _sizes(term.type.axes)
    if len(sizes) != len(term.type.axes):
        raise NotLowered("a scalar added to what has no size yet")
    ones = tree.Constant("ones", sizes)
    if term.type.is_row:
        return _product(made, tree.Transpose(ones))
    return _product(made, ones)


def _power(term: core.Term, base: Expr, exponent: Expr) -> Expr:
    if not term.type.is_matrix:
        return tree.Power(base, exponent)
    if not isinstance(exponent, tree.Number) or exponent.value not in (2, 3, 4):
        raise NotLowered("an elementwise power of a matrix")
    made = base
    for _ in range(int(exponent.value) - 1):
        made = tree.Operation("hadamard", made, base)
    return made


def _blocks(rows: tuple[tuple[Expr, ...], ...]) -> Expr:
    if all(len(row) == 1 for row in rows):
        return tree.Concat(tuple(row[0] for row in rows), ";")
    return tree.Concat(rows[0], ",") if len(rows) == 1 else tree.Matrix(rows)


def _big(term: core.Big, letters: Letters) -> Expr:
    letter = _free_name(term, letters)
    low, high = _if_any(term.lower, letters), _if_any(term.upper, letters)
    if isinstance(term.sort, Size) and term.sort != STEP and not _picks(term.body):
        low, high = low or tree.Number(Fraction(1)), high or _size(term.sort)
    span = tree.Range(letter, low, high, _all(term.unequal, letters))
    body = lowered(term.body, (*letters, letter))
    return tree.BigOperator(term.kind, (span,), body, term.descending)


def _free_name(term: core.Big, letters: Letters) -> str:
    """A name for its letter that means nothing else where it stands."""
    used = {node.name for node in walk(term.body) if isinstance(node, core.Letter)}
    name = term.hint
    while name in used or name in letters:
        name += "'"
    return name


def _picks(body: core.Term, depth: int = 0) -> bool:
    """Whether the letter of a binder is the index of an entry in its body."""
    indices = body.indices if isinstance(body, core.Entry) else ()
    if any(isinstance(index, core.Bound) and index.depth == depth for index in indices):
        return True
    return any(_picks(part, depth + more) for part, more in parts(body))


def _sizes(axes: tuple[Axis, ...]) -> tuple[Expr, ...]:
    made = [_size(axis) for axis in axes]
    return tuple(size for size in made if size is not None) if None not in made else ()


def _size(axis: Axis) -> Expr | None:
    if not isinstance(axis, Size):
        return None
    terms: list[Expr] = []
    for letter, multiple in axis.multiples:
        one: Expr = tree.Symbol(letter)
        terms.append(one if multiple == 1 else tree.Product((_number(Fraction(multiple)), one)))
    if axis.constant or not terms:
        terms.append(_number(Fraction(axis.constant)))
    return terms[0] if len(terms) == 1 else tree.Add(tuple(terms))
