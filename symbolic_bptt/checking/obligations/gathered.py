"""Claims as sums over steps that can be compared term by term (rules S and X).

Rule S: Σ_t X_t = Σ_t Y_t if X_t = Y_t at every step t. A term may be written one step later on one
side, Σ_t δ_{t+1} h_tᵀ. The gradient by a parameter is such a sum, over the copies of it that the
steps use: ∂E/∂W = Σ_t ∂E/∂W_t. Rule X: Σ_t Σ_{k≤t} X_{t,k} = Σ_k Σ_{t≥k} X_{t,k}, so that one
letter says which term is looked at and the other is summed over inside it. Of the inner sum the
terms of near steps are taken as they are, and of all far ones a single one, times a variable θ:
both sides are linear in what the far steps add, so they agree if they do for each of these alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from ...model.model import Model
from ...model.steps import LinearStep, replace_symbol, step_expr
from ...notation.printer.text import text
from ...notation.tree import (
    Add,
    BigOperator,
    Call,
    Derivative,
    Entry,
    Expr,
    Held,
    Neg,
    Number,
    Operation,
    Product,
    Quotient,
    Range,
    Symbol,
    Transpose,
    map_children,
    walk,
)
from ..reach import is_step
from .errors import NotSettled

ZERO = Number(Fraction(0))


def step(value: int) -> Expr:
    """A step as a literal."""
    return step_expr(LinearStep(value), "")


def put(expr: Expr, letter: str, value: Expr) -> Expr:
    """The expression with a letter replaced by a step."""
    return replace_symbol(expr, letter, lambda: value)


def runs_over_steps(index: str, body: Expr, time_index: str) -> bool:
    """Whether an index of a sum runs over steps; else it runs over entries."""
    return index == time_index or is_step(index, body)


Body = tuple[tuple[str, ...], Expr]
"""What stands for a name: its letters, and an expression in them."""


@dataclass
class Gatherer:
    """Writes a side so that every gradient by a parameter is a sum over its copies, and every sum
    or product over steps has a letter of its own.

    is_local: which derivatives need no such sum. body_of: what stands for a symbol, if anything
    must. products: every product, as it is written and with its letter, by that letter.
    """

    model: Model
    is_local: Callable[[Derivative], bool]
    body_of: Callable[[Symbol], Body | None]
    products: dict[str, tuple[BigOperator, BigOperator]] = field(default_factory=dict)
    letters: int = 0

    def gathered(self, expr: Expr) -> Expr:
        """The side, rewritten. Raises `NotSettled`."""
        match expr:
            case Held():
                raise NotSettled("something is held fixed")
            case Derivative():
                return self._over_copies(expr) if self._gathers(expr) else expr
            case BigOperator():
                return self._nested(expr)
            case Symbol():
                return self._named(expr)
        return map_children(expr, self.gathered)

    def _named(self, expr: Symbol) -> Expr:
        found = self.body_of(expr)
        if found is None:
            return expr
        letters, body = found
        made = self.gathered(body)
        for letter, index in zip(letters, expr.indices, strict=True):
            made = put(made, letter, index)
        return made

    def _gathers(self, expr: Derivative) -> bool:
        whole = expr.wrt.of if isinstance(expr.wrt, Entry) else expr.wrt
        if expr.kind == "immediate" or not isinstance(whole, Symbol) or whole.indices:
            return False
        return whole.name in self.model.parameters and not self.is_local(expr)

    def _over_copies(self, expr: Derivative) -> Expr:
        letter = self._letter("copy")
        whole = expr.wrt.of if isinstance(expr.wrt, Entry) else expr.wrt
        assert isinstance(whole, Symbol)
        copy = replace(whole, indices=(Symbol(letter),))
        wrt = replace(expr.wrt, of=copy) if isinstance(expr.wrt, Entry) else copy
        return BigOperator("sum", (Range(letter),), replace(expr, wrt=wrt))

    def _letter(self, kind: str) -> str:
        self.letters += 1
        return f"{kind} {self.letters}"

    def _nested(self, expr: BigOperator) -> Expr:
        span, *rest = expr.ranges
        inner: Expr = replace(expr, ranges=tuple(rest)) if rest else expr.body
        body = self.gathered(inner)
        if not runs_over_steps(span.index, expr.body, self.model.time.index):
            return BigOperator(expr.kind, (span,), body)
        letter = self._letter("step")
        named = put(body, span.index, Symbol(letter))
        made = BigOperator(expr.kind, (replace(span, index=letter),), named)
        if expr.kind == "product":
            self.products[letter] = expr, made
        return made


def sums(expr: Expr) -> Iterator[tuple[str, ...]]:
    """The letters of every chain of nested sums over steps."""
    if isinstance(expr, BigOperator) and " " in expr.ranges[0].index:
        inner = list(sums(expr.body))
        own = () if expr.kind == "product" else (expr.ranges[0].index,)
        yield from ((*own, *more) for more in inner or [()])
        return
    for child in _below(expr):
        yield from sums(child)


def _below(expr: Expr) -> list[Expr]:
    found: list[Expr] = []

    def note(child: Expr) -> Expr:
        found.append(child)
        return child

    map_children(expr, note)
    return found


def _is_wide(expr: Expr) -> bool:
    return any(isinstance(n, BigOperator) and " " in n.ranges[0].index for n in walk(expr))


def check_linear(expr: Expr) -> None:
    """Sums over steps stand where only sums and factors are around them. Raises `NotSettled`."""
    if not _is_wide(expr):
        return
    parts = _below(expr)
    match expr:
        case BigOperator(kind="product") if " " in expr.ranges[0].index:
            if _is_wide(expr.body):
                raise NotSettled(f"{text(expr)} multiplies sums")
            return
        case Add() | Neg() | Transpose() | BigOperator(kind="sum") | Entry():
            pass
        case Call(function="diag"):
            pass
        case Product() | Operation():
            wide = [part for part in parts if any(True for _ in sums(part))]
            if len(wide) > 1:
                raise NotSettled(f"{text(expr)} multiplies sums over steps")
        case Quotient(denominator=below):
            if _is_wide(below):
                raise NotSettled(f"{text(expr)} divides by a sum over steps")
        case _:
            raise NotSettled(f"{text(expr)} is no linear function of its sums over steps")
    for part in parts:
        check_linear(part)


def is_homogeneous(expr: Expr) -> bool:
    """Whether every term of it is one of a sum over steps, or 0."""
    match expr:
        case BigOperator(kind="sum") if " " in expr.ranges[0].index:
            return True
        case Number(value=value):
            return value == 0
        case Add(terms=terms):
            return all(map(is_homogeneous, terms))
        case Product() | Operation():
            return any(map(is_homogeneous, _below(expr)))
        case Neg() | Transpose() | BigOperator(kind="sum") | Entry() | Call(function="diag"):
            return is_homogeneous(_below(expr)[-1 if isinstance(expr, BigOperator) else 0])
        case Quotient(numerator=top):
            return is_homogeneous(top)
    return False


@dataclass(frozen=True)
class Chosen:
    """Which steps each letter of a sum takes. bounds: the first and the last step of all.

    far: the step whose terms are multiplied by theta.
    """

    steps: Mapping[str, Sequence[int]]
    bounds: tuple[int, int]
    far: int | None
    theta: int
    whole: Callable[[Expr], int]
    exists: Callable[[Expr], bool]
    product: Callable[[BigOperator, int, int], Expr]

    def expanded(self, expr: Expr) -> Expr:
        """The side with its sums over steps written out for these steps."""
        if not (isinstance(expr, BigOperator) and " " in expr.ranges[0].index):
            return map_children(expr, self.expanded)
        span = expr.ranges[0]
        low = self.bounds[0] if span.lower is None else self.whole(span.lower)
        high = self.bounds[1] if span.upper is None else self.whole(span.upper)
        if expr.kind == "product":
            return self.product(expr, low, high)
        left_out = {self.whole(one) for one in span.unequal}
        terms: list[Expr] = []
        for value in self.steps[span.index]:
            if not low <= value <= high or value in left_out:
                continue
            body = put(expr.body, span.index, step(value))
            term = self.expanded(body)
            if self.exists(term):
                far = value == self.far
                terms.append(Product((Number(Fraction(self.theta)), term)) if far else term)
        return terms[0] if len(terms) == 1 else Add(tuple(terms)) if terms else ZERO
