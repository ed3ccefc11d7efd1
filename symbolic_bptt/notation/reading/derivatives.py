"""Derivatives: ∂a over ∂b as a fraction or with a slash, dE/dw, ∂_b a, ∇_b a."""

from __future__ import annotations

from fractions import Fraction

from lark import Token, Tree

from ..tree import Derivative, DerivativeKind, Expr, Number, Product, Quotient
from .atoms import Atom
from .bases import Base
from .cursor import Cursor, Operator, Piece, pieces_of
from .functions import is_group
from .scope import Branch, Part, Scope
from .scripts import cells, only_additive

_SIGNS: dict[str, DerivativeKind] = {"PARTIAL": "partial", "IMMEDIATE": "immediate"}


def sign_of(piece: Piece | None) -> DerivativeKind | None:
    """The kind of derivative that a ∂ opens."""
    part = piece.base.part if isinstance(piece, Atom) else None
    return _SIGNS.get(part.type) if isinstance(part, Token) else None


def differential(piece: Piece | None, scope: Scope) -> Atom | None:
    """What stands behind the d of dE; an atom without a name for a lone d."""
    if not isinstance(piece, Atom) or not piece.name or piece.name[0] != "d":
        return None
    name = piece.name[1:].lstrip()
    if name and (len(name) > 1 and name.isalpha()):
        return None
    names = scope.vocabulary.names
    heads = (piece.name + "_", piece.name + "^", piece.name + "'")
    record = names.get(piece.name)
    target = record is not None and record.timed and not piece.scripts  # d_t is no bare d
    if not target and (record is not None or any(n.startswith(heads) for n in names)):
        return None
    return Atom(Base(piece.base.part, name or None), piece.scripts, piece.part)


def _opens(piece: Piece | None, scope: Scope) -> tuple[DerivativeKind, list[Piece]] | None:
    """The kind of derivative that a piece opens, and what is left of the piece."""
    kind = sign_of(piece)
    if kind is not None and isinstance(piece, Atom) and not piece.scripts:
        return kind, []
    inner = differential(piece, scope)
    if inner is None or (inner.name is None and inner.scripts):
        return None
    return "total", [inner] if inner.name is not None else []


def _kind(above: DerivativeKind, below: DerivativeKind) -> DerivativeKind:
    if "immediate" in (above, below):
        return "immediate"
    return "partial" if "partial" in (above, below) else "total"


def read_fraction(branch: Branch, cursor: Cursor) -> Expr:
    """a/b, or the derivative if both sides begin with ∂ or d."""
    scope = cursor.scope
    _, above, below = branch.children
    found = _fraction_derivative(branch, above, below, cursor, scope)
    if found is not None:
        return found
    top, bottom = _value(above, scope), _value(below, scope)
    return Quotient(top, bottom, span=scope.span(branch))


def _value(part: Part, scope: Scope) -> Expr:
    branches = cells(part)
    additive = only_additive(branches[0]) if len(branches) == 1 else None
    if additive is None:
        raise scope.error("a fraction needs one expression above and one below", part)
    return scope.read(additive, scope)


def _pieces(part: Part, scope: Scope) -> list[Piece] | None:
    branches = cells(part)
    additive = only_additive(branches[0]) if len(branches) == 1 else None
    if (
        additive is None
        or len(additive.children) != 1
        or not isinstance(additive.children[0], Tree)
    ):
        return None
    return pieces_of(additive.children[0], scope)


def _fraction_derivative(
    branch: Branch, above: Part, below: Part, cursor: Cursor, scope: Scope
) -> Expr | None:
    top, bottom = _pieces(above, scope), _pieces(below, scope)
    opened = _opens(top[0], scope) if top else None
    if not top or opened is None:
        if bottom and any(sign_of(piece) for piece in bottom):
            hint = r"write \frac{\partial a}{\partial b}"
            raise scope.error("there is a ∂ below the bar but none above it", below, hint)
        return None
    split = _split_below(bottom, scope) if bottom else None
    if bottom is None or split is None:
        if opened[0] == "total":
            return None
        hint = r"write \frac{\partial a}{\partial b}"
        raise scope.error("there is a ∂ above the bar but none below it", above, hint)
    scale, kind, wrt_pieces = split
    over = cursor.over([])
    over.scope = scope
    kind = _kind(opened[0], kind)
    wrt = _all(over.over(wrt_pieces), below, scope)
    operand = [*opened[1], *top[1:]]
    of = _all(over.over(operand), above, scope) if operand else _operand(cursor, branch)
    derivative = Derivative(kind, of, wrt, span=scope.span(branch))
    if not scale:
        return derivative
    factor = Quotient(Number(Fraction(1)), _all(over.over(scale), below, scope))
    return Product((factor, derivative), span=derivative.span)


def _split_below(
    pieces: list[Piece], scope: Scope
) -> tuple[list[Piece], DerivativeKind, list[Piece]] | None:
    """T \\cdot \\partial o_t is a factor T, and what the derivative is taken by."""
    for position, piece in enumerate(pieces):
        opened = _opens(piece, scope)
        if opened is None:
            continue
        before = pieces[:position]
        if before and isinstance(before[-1], Operator):
            before = before[:-1]
        return before, opened[0], [*opened[1], *pieces[position + 1 :]]
    return None


def _all(cursor: Cursor, part: Part, scope: Scope) -> Expr:
    """The whole of one side of a derivative as one factor or product."""
    if any(
        sign_of(piece) and not piece.scripts for piece in cursor.pieces if isinstance(piece, Atom)
    ):
        raise scope.error("second derivatives are not part of the notation", part)
    if not cursor.pieces:
        hint = r"write \frac{\partial a}{\partial b}"
        raise scope.error("the derivative does not say of what, or by what", part, hint)
    return cursor.rest()


def _operand(cursor: Cursor, part: Part) -> Expr:
    if cursor.next is None or isinstance(cursor.next, Operator):
        hint = r"write \frac{\partial a}{\partial b}"
        raise cursor.scope.error("the derivative does not say of what", part, hint)
    return cursor.factor()


def read_partial(atom: Atom, kind: DerivativeKind, cursor: Cursor) -> Expr:
    """∂a/∂b, ∂/∂b a, ∂_b a; the cursor stands behind the ∂."""
    scope = cursor.scope
    if atom.scripts:
        wrt = _subscript(atom, scope)
        return Derivative(kind, _operand(cursor, atom.part), wrt, span=scope.span(atom.part))
    operator = isinstance(cursor.next, Operator) and cursor.next.sign == "/"
    of = None if operator else _operand(cursor, atom.part)
    return _slashed(of, kind, atom, cursor)


def read_differential(atom: Atom, inner: Atom, cursor: Cursor) -> Expr | None:
    """dE/dw; None, with the cursor where it was, if the d is part of a name."""
    start = cursor.position
    if inner.name is None:
        if not isinstance(cursor.next, Atom) or is_group(cursor.next):
            return None
        cursor.take()
    slash, below = cursor.next, None
    if (
        isinstance(slash, Operator)
        and slash.sign == "/"
        and cursor.position + 1 < len(cursor.pieces)
    ):
        below = _opens(cursor.pieces[cursor.position + 1], cursor.scope)
    cursor.position = start
    if below is None:
        return None
    if inner.name is None:
        of = cursor.factor()
    else:
        cursor.pieces[cursor.position - 1] = inner
        cursor.position -= 1
        of = cursor.factor()
    return _slashed(of, "total", atom, cursor)


def _slashed(of: Expr | None, kind: DerivativeKind, atom: Atom, cursor: Cursor) -> Expr:
    slash = cursor.next
    following = cursor.pieces[cursor.position + 1 : cursor.position + 2]
    below = _opens(following[0], cursor.scope) if following else None
    if not isinstance(slash, Operator) or slash.sign != "/" or below is None:
        hint = r"write \partial a/\partial b, with (…) around more than one factor"
        raise cursor.scope.error("this ∂ has no /∂ behind it", atom.part, hint)
    cursor.position += 2
    if below[1]:
        cursor.pieces[cursor.position - 1] = below[1][0]
        cursor.position -= 1
    wrt = _operand(cursor, slash.part)
    value = _operand(cursor, slash.part) if of is None else of
    span = cursor.scope.span(atom.part, slash.part)
    return Derivative(_kind(kind, below[0]), value, wrt, span=span)


def read_gradient(atom: Atom, cursor: Cursor) -> Expr:
    """∇_b a of the next factor."""
    scope = cursor.scope
    wrt = _subscript(atom, scope)
    of = _operand(cursor, atom.part)
    return Derivative("gradient", of, wrt, span=scope.span(atom.part))


def _subscript(atom: Atom, scope: Scope) -> Expr:
    below = [script for script in atom.scripts if script.kind == "_"]
    if len(below) != 1 or len(atom.scripts) != 1:
        hint = r"write \nabla_{W} E or \partial_{W} E"
        raise scope.error("a gradient needs what it is taken by, and nothing else", atom.part, hint)
    return _value(below[0].content, scope)
