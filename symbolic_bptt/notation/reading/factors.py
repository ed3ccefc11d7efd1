"""Factors: numbers, names, calls, groups, fractions, matrices, each with its scripts."""

from __future__ import annotations

from fractions import Fraction

from lark import Token, Tree

from ..limits import MAX_DIGITS
from ..tree import (
    Call,
    Constant,
    Expr,
    Indicator,
    KroneckerDelta,
    Number,
    Product,
    Slice,
    Transpose,
)
from .atoms import Atom, Script
from .commands import TRANSPOSES
from .cursor import Cursor
from .derivatives import (
    differential,
    read_differential,
    read_fraction,
    read_gradient,
    read_partial,
    sign_of,
)
from .functions import arguments_of, exponential, function_of, is_group, read_call
from .groups import read_cases, read_group, read_matrix, relation_inside
from .names import held_scripts, read_symbol, sorted_scripts
from .postfix import finish, held, with_scripts
from .scope import Scope
from .scripts import cells, items, only_additive


def read_factor(cursor: Cursor) -> Expr:
    """The atom at the cursor, and what follows it if it is a function or an operator."""
    atom = cursor.take()
    assert isinstance(atom, Atom)
    part, scope = atom.base.part, cursor.scope
    if (kind := sign_of(atom)) is not None:
        return read_partial(atom, kind, cursor)
    if isinstance(part, Token) and part.type == "NABLA":
        return read_gradient(atom, cursor)
    if (inner := differential(atom, scope)) is not None:
        derivative = read_differential(atom, inner, cursor)
        if derivative is not None:
            return derivative
    if atom.base.ones:
        return _ones(atom, cursor)
    if atom.name is not None:
        return _sliced(_named(atom, cursor), cursor)
    value = _unnamed(atom, cursor)
    scripts = atom.scripts
    if isinstance(part, Tree) and part.data == "norm":
        value, scripts = _named_norm(value, scripts, scope)
    return _sliced(with_scripts(value, scripts, scope), cursor)


def _named_norm(
    value: Expr, scripts: tuple[Script, ...], scope: Scope
) -> tuple[Expr, tuple[Script, ...]]:
    """The 2 of the Euclidean norm says nothing new; \\lVert A \\rVert_F is √tr AᵀA."""
    below = [script for script in scripts if script.kind == "_"]
    rest = tuple(script for script in scripts if script.kind != "_")
    names = [item.text for script in below for item in items(script, scope)]
    if names in ([], ["2"]):
        return value, rest
    if names != ["F"] or not isinstance(value, Call):
        hint = r"write \lVert a \rVert, or \lVert A \rVert_F"
        raise scope.error("this norm is not part of the notation", below[0].part, hint)
    (inner,) = value.arguments
    square = Call("tr", (Product((Transpose(inner), inner)),), span=value.span)
    return Call("sqrt", (square,), span=value.span), rest


def _unnamed(atom: Atom, cursor: Cursor) -> Expr:
    part, scope = atom.base.part, cursor.scope
    match part:
        case Token(type="NUMBER" | "CHARACTER"):
            return _number(part, scope)
        case Token(type="DOTS"):
            hint = "write the whole sum, or end a range as 1, \\dots, T"
            raise scope.error("dots cannot be checked", part, hint)
        case Tree(data="fraction"):
            return read_fraction(part, cursor)
        case Tree(data="root", children=[_, inner]):
            return Call("sqrt", (_single(inner, scope),), span=scope.span(part))
        case Tree(data="absolute" | "norm", children=[_, inner, _]):
            assert isinstance(inner, Tree)
            name = "abs" if part.data == "absolute" else "norm"
            return Call(name, (scope.read(inner, scope),), span=scope.span(part))
        case Tree(data="matrix"):
            return read_matrix(part, scope)
        case Tree(data="cases"):
            return read_cases(part, scope)
        case Tree(data="style", children=[_, inner]):
            return read_group(inner, scope) if isinstance(inner, Tree) else _single(inner, scope)
        case Tree(data="angle"):
            hint = r"write the inner product as a^\top b"
            raise scope.error("angle brackets only hold a step, as in h^{<t>}", part, hint)
        case Tree():
            return read_group(part, scope)
    raise scope.error(f"{part} cannot stand here", part)


def _single(part: Tree[Token] | Token, scope: Scope) -> Expr:
    branches = cells(part)
    additive = only_additive(branches[0]) if len(branches) == 1 else None
    if additive is None:
        raise scope.error("one expression is needed here", part)
    return scope.read(additive, scope)


def _number(token: Token, scope: Scope) -> Expr:
    if len(token) > MAX_DIGITS:
        raise scope.limit(f"a number of more than {MAX_DIGITS} digits", token)
    return Number(Fraction(str(token)), span=scope.span(token))


def _named(atom: Atom, cursor: Cursor) -> Expr:
    scope = cursor.scope
    assert atom.name is not None
    if atom.name in TRANSPOSES - {"T"}:
        raise scope.error(f"{atom.name} stands behind ^, as in W^\\top", atom.part)
    if (power := exponential(atom, scope)) is not None:
        return power
    if (name := function_of(atom, scope)) is not None:
        call = read_call(name, atom, cursor)
        if call is not None:
            return call
    scripts = sorted_scripts(atom, scope)
    symbol, left = read_symbol(atom.name, scripts, scope, atom)
    last = atom.scripts[-1] if atom.scripts else None
    value = finish(symbol, left.sups, left.primes, cursor, last)
    for script in held_scripts(atom):
        value = held(value, script, scope)
    return _without_reminder(value, atom, cursor)


def _without_reminder(value: Expr, atom: Atom, cursor: Cursor) -> Expr:
    """E_t(y_t, \\hat y_t): a list behind a declared symbol only says what it depends on."""
    group, scope = cursor.next, cursor.scope
    if not isinstance(group, Atom) or not is_group(group):
        return value
    part = group.base.part
    if not isinstance(part, Tree) or part.data != "parentheses" or len(cells(part)) < 2:
        return value
    if atom.name not in scope.vocabulary.names or group.scripts:
        hint = "declare it among the [functions] of the model, or write the product out"
        raise scope.error(f"{atom.name} is not a function of several arguments", group.part, hint)
    arguments_of(group, scope)
    cursor.take()
    return value


def _sliced(value: Expr, cursor: Cursor) -> Expr:
    """W_f[:n_a, :], as in NumPy."""
    group = cursor.next
    if not isinstance(group, Atom) or not isinstance(group.base.part, Tree):
        return value
    part, scope = group.base.part, cursor.scope
    if part.data != "brackets" or not any(cell.data == "slice" for cell in cells(part)):
        return value
    cursor.take()
    ranges = tuple(_slice(cell, scope) for cell in cells(part))
    return with_scripts(Slice(value, ranges, span=value.span), group.scripts, scope)


def _slice(cell: Tree[Token], scope: Scope) -> tuple[Expr | None, Expr | None]:
    if cell.data != "slice":
        hint = "write a slice for each side: W[:n, :]"
        raise scope.error("a single entry is written W_{ij}", cell, hint)
    colon = next(p for p, c in enumerate(cell.children) if isinstance(c, Token))
    before, after = cell.children[:colon], cell.children[colon + 1 :]
    ends = [
        scope.read(b[0], scope) if b and isinstance(b[0], Tree) else None for b in (before, after)
    ]
    return ends[0], ends[1]


def _ones(atom: Atom, cursor: Cursor) -> Expr:
    """\\mathbf 1, \\mathbf 1_n, \\mathbb 1[z>0], \\mathbf 1_{z>0}, \\mathbf 1_{i=j}."""
    scope = cursor.scope
    below = [script for script in atom.scripts if script.kind == "_"]
    others = tuple(script for script in atom.scripts if script.kind != "_")
    span = scope.span(atom.part)
    following = cursor.next
    if not below and isinstance(following, Atom) and isinstance(following.base.part, Tree):
        relation = relation_inside(following.base.part, scope)
        if relation is not None:
            cursor.take()
            return with_scripts(relation, following.scripts, scope)
    if not below:
        return with_scripts(Constant("ones", span=span), others, scope)
    (script,) = below[:1]
    if isinstance(script.content, Tree):
        relation = relation_inside(script.content, scope)
        if isinstance(relation, Indicator):
            return with_scripts(relation, others, scope)
    found = items(script, scope)
    values = tuple(scope.read(item.branch, scope) for item in found)
    sizes = [item.text.isdigit() or item.text in scope.vocabulary.sizes for item in found]
    if len(values) == 2 and not all(sizes):
        return with_scripts(KroneckerDelta(*values, span=span), others, scope)
    if all(sizes) and len(values) <= 2:
        return with_scripts(Constant("ones", values, span=span), others, scope)
    hint = r"write \mathbf 1_{i=j} for an indicator, \mathbf 1_n for n ones"
    raise scope.error("these ones have a script that cannot be read", atom.part, hint)
