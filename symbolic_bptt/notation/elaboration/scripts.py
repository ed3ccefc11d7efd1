"""Scripts that are no part of a name: transposes, inverses, powers, entries, in their order."""

from __future__ import annotations

from collections.abc import Sequence as Many

from ...core.terms import Entry, MatrixPower, Power, Symbol, Term, scalar
from ...core.types import SCALAR, shown
from ..names.types import After, Entries, Held, Inverse, InverseTranspose, NameRead
from ..names.types import Power as Raised
from ..names.types import Transpose as Turned
from ..surface.nodes import Item, Name, Operator, Script, Sequence, meaningful
from ..surface.nodes import Number as Written
from .context import Elaboration
from .entries import entries
from .errors import ill_shaped, unreadable
from .held import held
from .indices import index, split
from .products import transposed

TRANSPOSES = frozenset(("T", r"\top", r"\intercal", r"\mathsf{T}", r"\mathrm{T}", r"\dagger", "H"))


def after(e: Elaboration, term: Term, read: NameRead, item: Item) -> Term:
    """What the scripts that are no part of the name do, in their order."""
    for step in read.after:
        term = _after(e, term, step, item)
    return term


def _after(e: Elaboration, term: Term, step: After, item: Item) -> Term:
    match step:
        case Turned(sign=sign):
            return _transposed(e, term, sign is not None, item)
        case Inverse():
            return _inverse(e, term, item)
        case InverseTranspose():
            return transposed(e, _inverse(e, term, item))
        case Entries(indices=indices):
            return entries(e, term, indices, item)
        case Raised(exponent=exponent, elementwise=True):
            return Power(e.type_of(term), term, e.expression(exponent))
        case Raised(exponent=exponent):
            return power(e, term, exponent, item)
    if isinstance(step, Held):
        return held(e, term, step.condition, item)
    raise unreadable("this script has no meaning here", item)


def scripted(e: Elaboration, term: Term, scripts: Many[Script], item: Item) -> Term:
    """What scripts do to a bracket or another term: transposes, then entries, then powers."""
    for script in sorted(scripts, key=_script_order):
        term = _scripted(e, term, script, item)
    return term


def _script_order(script: Script) -> int:
    if is_transpose(script):
        return 0
    return 1 if script.place == "_" else 2


def _scripted(e: Elaboration, term: Term, script: Script, item: Item) -> Term:
    items = meaningful(script.body)
    if is_transpose(script):
        first = items[0]
        return _transposed(e, term, isinstance(first, Name) and first.text == "T", item)
    if script.place == "_":
        return entries(e, term, split(script.body, ","), item)
    if script.place == "'":
        return transposed(e, term)
    if script.place == "^":
        return _raised(e, term, script.body, item)
    raise unreadable("what is held fixed is read behind a derivative alone", item)


def _raised(e: Elaboration, term: Term, exponent: Sequence, item: Item) -> Term:
    """`^{-1}`, `^{-T}`, `^{\\circ 2}` and every other exponent."""
    match meaningful(exponent):
        case (Operator(), Name(text=text)) if text in TRANSPOSES:
            return transposed(e, _inverse(e, term, item))
        case (Operator(sign="-"), Written(value=value)) if value == 1:
            return _inverse(e, term, item)
        case (Operator(sign=r"\circ" | r"\odot"), *rest):
            return Power(e.type_of(term), term, e.expression(Sequence(tuple(rest))))
    return power(e, term, exponent, item)


def is_transpose(script: Script) -> bool:
    """`^T`, `^\\top` and their like."""
    items = meaningful(script.body)
    one = len(items) == 1 and isinstance(items[0], Name) and items[0].text in TRANSPOSES
    return script.place == "^" and not script.wrapped and one


def _transposed(e: Elaboration, term: Term, letter: bool, item: Item) -> Term:
    """bodyᵀ; a bare T over a scalar without a step is the power T, over a square matrix it may be.

    It may be where the formula speaks of the last step, as h_T = W^T h_0 does.
    """
    kind = e.type_of(term)
    bare = letter and not (isinstance(term, Symbol) and term.indices)
    if kind.is_scalar and bare and not isinstance(term, Entry):
        return Power(SCALAR, term, e.letter("T"))
    raised = bare and e.names_last_step and kind.is_matrix and kind.out == kind.into
    if raised and e.oracle.choose("superscript", at=item) == "power":
        return MatrixPower(kind, term, e.letter("T"))
    return transposed(e, term)


def _inverse(e: Elaboration, term: Term, item: Item) -> Term:
    kind = e.type_of(term)
    minus = scalar(-1)
    if kind.is_matrix and e.unify(kind.out, kind.into):
        return MatrixPower(kind, term, minus)
    if kind.is_matrix:
        raise ill_shaped(f"the inverse of {shown(kind)}", item)
    return Power(kind, term, minus)


def power(e: Elaboration, base: Term, exponent: Sequence, item: Item) -> Term:
    """base^exponent: of a square matrix its power, else entry by entry."""
    kind = e.type_of(base)
    if kind.is_matrix and e.unify(kind.out, kind.into):
        return MatrixPower(kind, base, index(e, exponent))
    raised = e.expression(exponent)
    if not e.type_of(raised).is_scalar:
        raise ill_shaped(f"an exponent that is {shown(e.type_of(raised))}", item)
    return Power(kind, base, raised)
