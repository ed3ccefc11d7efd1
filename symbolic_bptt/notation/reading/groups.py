"""Brackets: grouping, concatenation, indicators; matrices; cases."""

from __future__ import annotations

from lark import Token, Tree

from ..tree import Cases, Concat, Expr, Indicator, Matrix, Range
from .ranges import read_clause
from .relations import relation_of
from .scope import Branch, Part, Scope
from .scripts import cells, only_additive


def read_group(part: Part, scope: Scope) -> Expr:
    """(a), [a], \\{a\\}, {a} are a; [a; b] and [a, b] are concatenations; [z > 0] an indicator."""
    assert isinstance(part, Tree)
    branches = cells(part)
    if not branches:
        raise scope.error("the brackets are empty", part)
    inner = scope
    if len(branches) == 1:
        additive = only_additive(branches[0])
        if additive is not None:
            return scope.read(additive, inner)
        relation = relation_inside(part, inner) if part.data == "brackets" else None
        if relation is None:
            raise scope.error("a relation cannot stand inside these brackets", part)
        return relation
    if part.data != "brackets":
        hint = "write [a; b] to stack vectors; a function must be declared in the model"
        raise scope.error("a list in round brackets has no function before it", part, hint)
    return _concatenation(part, branches, inner)


def _concatenation(part: Branch, branches: list[Branch], scope: Scope) -> Expr:
    values: list[Expr] = []
    for branch in branches:
        additive = only_additive(branch)
        if additive is None:
            raise scope.error("a relation or slice cannot be concatenated", branch)
        values.append(scope.read(additive, scope))
    signs = [str(child.children[0]) for child in part.find_data("separator")][: len(values) - 1]
    separators = [
        str(child.children[0])
        for child in part.children
        if isinstance(child, Tree) and child.data == "separator"
    ] or signs
    span = scope.span(part)
    if ";" not in separators:
        return Concat(tuple(values), ",", span=span)
    if "," not in separators:
        return Concat(tuple(values), ";", span=span)
    rows: list[list[Expr]] = [[values[0]]]
    for sign, value in zip(separators, values[1:], strict=True):
        if sign == ";":
            rows.append([])
        rows[-1].append(value)
    return _table(rows, part, scope)


def relation_inside(part: Branch, scope: Scope) -> Indicator | None:
    """The indicator of the one relation in a pair of brackets; None if there is none."""
    if part.data not in ("brackets", "set", "parentheses", "braces"):
        return None
    branches = cells(part)
    if len(branches) != 1 or branches[0].data != "statement" or len(branches[0].children) < 3:
        return None
    if len(branches[0].children) > 3:
        raise scope.error("an indicator holds one relation", part)
    left, sign, right = branches[0].children
    assert isinstance(left, Tree)
    assert isinstance(sign, Token)
    assert isinstance(right, Tree)
    op = relation_of(sign, scope)
    span = scope.span(part)
    return Indicator(scope.read(left, scope), op, scope.read(right, scope), span=span)


def read_matrix(part: Branch, scope: Scope) -> Expr:
    """Rows of blocks between & and \\\\."""
    inner = scope
    rows = [
        [scope.read(cell, inner) for cell in row.children if isinstance(cell, Tree)]
        for row in part.children
        if isinstance(row, Tree)
    ]
    return _table(rows, part, scope)


def _table(rows: list[list[Expr]], part: Branch, scope: Scope) -> Expr:
    if len({len(row) for row in rows}) != 1:
        raise scope.error("the rows of this matrix differ in length", part)
    return Matrix(tuple(tuple(row) for row in rows), span=scope.span(part))


def read_cases(part: Branch, scope: Scope) -> Expr:
    """The branches, each with the ranges in which it holds."""
    branches: list[tuple[Expr, tuple[Range, ...]]] = []
    inner = scope
    for row in part.children:
        if not isinstance(row, Tree):
            continue
        value, *rest = row.children
        clause = next((c for c in rest if isinstance(c, Tree) and c.data == "clause"), None)
        assert isinstance(value, Tree)
        ranges = read_clause(clause, inner) if clause is not None else ()
        branches.append((scope.read(value, inner), ranges))
    return Cases(tuple(branches), span=scope.span(part))
