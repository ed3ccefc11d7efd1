"""Sums of terms and relations between them: the top of every formula."""

from __future__ import annotations

from lark import Token, Tree

from ..limits import MAX_SIGNS
from ..mapped import MappedText
from ..tree import Add, Expr, Neg, Range, Statement
from ..vocabulary import Vocabulary
from .relations import relation_of
from .scope import Branch, Scope
from .terms import read_term


def new_scope(text: MappedText, vocabulary: Vocabulary, plain: bool) -> Scope:
    """The scope at the top of a formula."""
    return Scope(vocabulary, text, plain, read_expression)


def read_expression(branch: Branch, scope: Scope) -> Expr:
    """a + b - c."""
    terms: list[Expr] = []
    signs: list[Token] = []
    for part in branch.children:
        if isinstance(part, Token):
            signs.append(part)
            continue
        if len(signs) > MAX_SIGNS:
            raise scope.error(f"{len(signs)} signs in a row", signs[0], "write one")
        _append(terms, _signed(read_term(part, scope), signs))
        signs = []
    if len(terms) == 1:
        return terms[0]
    return Add(tuple(terms), span=scope.span(branch))


def _signed(term: Expr, signs: list[Token]) -> Expr:
    for _ in range(signs.count(Token("SIGN", "-"))):
        term = Neg(term, span=term.span)
    return term


def _append(terms: list[Expr], term: Expr) -> None:
    """No term of a sum is itself a sum: a + (b + c) is a + b + c."""
    if isinstance(term, Add):
        terms.extend(term.terms)
    else:
        terms.append(term)


def read_statement(branch: Branch, scope: Scope, ranges: tuple[Range, ...] = ()) -> Statement:
    """Operands and the relations between them."""
    operands = tuple(read_expression(p, scope) for p in branch.children if isinstance(p, Tree))
    signs = [part for part in branch.children if isinstance(part, Token)]
    operators = tuple(relation_of(sign, scope) for sign in signs)
    return Statement(operands, operators, ranges, span=scope.span(branch))
