r"""Derivatives: `\frac{\partial a}{\partial b}`, `∂a/∂b`, `dE/dW`, `\nabla_b a`, `∂⁺`."""

from __future__ import annotations

from collections.abc import Sequence as Many
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ...core.axes import STEP
from ...core.linear import difference
from ...core.terms import (
    Derivative,
    DerivativeKind,
    Divide,
    Entry,
    Letter,
    MatrixPower,
    Power,
    Scale,
    Symbol,
    Term,
    Transpose,
    scalar,
)
from ...core.types import SCALAR, Type
from ..surface.nodes import Item, Name, Operator, Quotient, Script, Scripted, meaningful
from ..surface.nodes import Sequence as Items
from .choices import Differentiated
from .context import Elaboration, Part
from .errors import ill_shaped, undefined, unreadable
from .explicit import others

MarkKind = Literal["partial", "total", "immediate", "power"]

UNNAMED = "a derivative by something without a name: name it first, as in z_t = …"


@dataclass(frozen=True)
class Mark:
    """A sign of differentiation, and what it says: `∂`, `d`, `∂⁺`."""

    kind: MarkKind


def mark(item: object) -> Mark | None:
    r"""The sign of differentiation that an item is: `\partial`, `\partial^+`, `d`, `\mathrm d`."""
    match item:
        case Operator(sign=r"\partial"):
            return Mark("partial")
        case Name(text="d"):
            return Mark("total")
        case Name(text=r"\delta" | r"\mathrm{D}" | "D"):
            return Mark("partial")
        case Scripted(base=Operator(sign=r"\partial"), scripts=(Script(place="^") as script,)):
            items = meaningful(script.body)
            if items in ((Operator("+"),), (Operator(r"\dagger"),)):
                return Mark("immediate")
            return Mark("power")
    return None


def quotient(e: Elaboration, item: Quotient) -> Term | None:
    r"""The derivative that a fraction is; None if it is none, or its numerator stands behind it."""
    parted = parts(item)
    if parted is None:
        return _scaled(e, item)
    if not parted[1]:
        return None
    kind, of, by = parted
    return derivative(e, kind, of, by, item)


def _scaled(e: Elaboration, item: Quotient) -> Term | None:
    r"""`\frac{2 \partial a}{T \cdot \partial b}`: a derivative times a fraction of numbers."""
    sides = [_after_factor(meaningful(side)) for side in (item.top, item.bottom)]
    if any(side is None for side in sides):
        return None
    (above, top), (below, bottom) = (side for side in sides if side is not None)
    if not (above or below):
        return None
    bare = Quotient(Items(top, parts=top), Items(bottom, parts=bottom))
    made = quotient(e, bare)
    if made is None:
        return None
    one: Term = scalar(1)
    factor = [e.read(e, part) if part else one for part in (above, below)]
    return Scale(e.type_of(made), Divide(SCALAR, *factor), made)


def _is_curly(part: Item) -> bool:
    base = part.base if isinstance(part, Scripted) else part
    return isinstance(base, Operator) and base.sign == r"\partial"


def _after_factor(items: tuple[Item, ...]) -> tuple[tuple[Item, ...], tuple[Item, ...]] | None:
    """The numbers before the sign of differentiation, and what begins with it."""
    place = next((i for i, part in enumerate(items) if _is_curly(part)), None)
    if place is None:
        return None
    before = items[:place]
    if before and isinstance(before[-1], Operator):
        before = before[:-1]
    return before, items[place:]


def parts(item: object) -> tuple[Mark, tuple[Item, ...], tuple[Item, ...]] | None:
    r"""What a fraction differentiates, by what; None if it is no derivative.

    `\frac{\partial E}{\partial W}`; `\frac{\partial}{\partial W}` has nothing above.
    """
    if not isinstance(item, Quotient):
        return None
    top, bottom = meaningful(item.top), meaningful(item.bottom)
    upper, lower = mark(top[0]) if top else None, mark(bottom[0]) if bottom else None
    if upper is None or lower is None or len(bottom) < 2:
        return None
    if "power" in (upper.kind, lower.kind):
        raise unreadable("second derivatives are not in the notation", item)
    if len(bottom) > 2 and any(mark(part) for part in bottom[1:]):
        raise unreadable("second derivatives are not in the notation", item)
    return upper, top[1:], bottom[1:]


def derivative(e: Elaboration, sign: Mark, of: Many[Part], by: Many[Part], item: Item) -> Term:
    """∂of/∂by, total or immediate, in the layout that was chosen."""
    upper, lower = e.read(e, tuple(of)), e.read(e, tuple(by))
    turned = isinstance(lower, Transpose)
    if isinstance(lower, Transpose):
        lower = lower.body
    lower = _copy(e, lower) or lower
    if _symbol_of(lower) is None:
        raise undefined(UNNAMED, item, "")
    kind, held = _with_held(e, _kind(e, sign, upper, lower, item), upper, lower)
    a, b = e.type_of(upper), e.type_of(lower)
    made: Term = Derivative(_typed(a, b), kind, upper, lower, held)
    if turned:
        if not a.is_scalar:
            raise ill_shaped("a Jacobian by a transpose", item)
        return Transpose(Type(b.into, b.out, gradient=True), made)
    jacobian = len(a.axes) == 1 and len(b.axes) == 1
    if jacobian and e.oracle.choose("layout", at=item) == "denominator":
        return Transpose(Type(b.axes, a.axes), made)
    return made


def _copy(e: Elaboration, by: Term) -> Symbol | None:
    r"""W^t below a ∂ is the copy of a parameter at step t: nobody differentiates by a power."""
    match by:
        case MatrixPower(base=Symbol(name=name, indices=()), exponent=Letter() as step):
            pass
        case Power(base=Symbol(name=name, indices=()), exponent=Letter() as step):
            pass
        case _:
            return None
    if name not in e.context.parameters or not e.unify((step.sort,), (STEP,)):
        return None
    return Symbol(e.context.types[name, 1], name, (step,), "paren", span=by.span)


def _typed(a: Type, b: Type) -> Type:
    if a.is_scalar:
        return Type(b.out, b.into, gradient=not b.is_scalar)
    if b.is_scalar:
        return Type(a.out, a.into)
    return Type(a.axes, b.axes)


Asked: TypeAlias = DerivativeKind | Literal["explicit"]


def _with_held(
    e: Elaboration, kind: Asked, of: Term, by: Term
) -> tuple[DerivativeKind, tuple[Term, ...]]:
    """An explicit derivative as the total one with the other arguments held fixed."""
    if kind != "explicit":
        return kind, ()
    held = others(e, of, by)
    return ("total" if held else "immediate"), held


def _marked(e: Elaboration, of: Term, by: Term, item: Item) -> Asked:
    """∂⁺: of the same step as it is computed, or by one argument of the equation alone."""
    if not others(e, of, by):
        return "immediate"
    return "explicit" if e.oracle.choose("marked", at=item) == "explicit" else "immediate"


def _kind(e: Elaboration, sign: Mark, of: Term, by: Term, item: Item) -> Asked:
    if sign.kind == "immediate":
        return _marked(e, of, by, item)
    if sign.kind == "total" or _is_loss(e, of):
        return "total"
    variable, source = _symbol_of(of), _symbol_of(by)
    if variable is None or source is None:
        return "total"
    if source.name == variable.name and not variable.indices:
        return "total"
    if source.name in e.context.parameters:
        taken = Differentiated(variable.name, source.name)
        return "total" if source.indices else _asked(e, "partial", taken, item)
    apart = _steps_apart(variable, source)
    if apart in (0, 1):
        return _asked(e, "state", Differentiated(variable.name, source.name, apart), item)
    return "total"


def _asked(e: Elaboration, kind: str, taken: Differentiated, item: Item) -> Asked:
    read = e.oracle.choose(f"{kind}, {e.side}", at=item)
    e.oracle.differentiated.setdefault(taken, {}).setdefault(read)
    match read:
        case "immediate":
            return "immediate"
        case "explicit":
            return "explicit"
    return "total"


def _is_loss(e: Elaboration, term: Term) -> bool:
    symbol = _symbol_of(term)
    return symbol is not None and (symbol.name, len(symbol.indices)) in e.context.losses


def _symbol_of(term: Term) -> Symbol | None:
    if isinstance(term, Entry):
        term = term.body
    return term if isinstance(term, Symbol) else None


def _steps_apart(variable: Symbol, source: Symbol) -> int | None:
    """How many steps the second is before the first; None if that is no number."""
    if not variable.indices or not source.indices:
        return None
    apart = difference(variable.indices[0], source.indices[0])
    return None if apart is None or apart.denominator != 1 else int(apart)
