"""A term as a row of atoms, operators and heads of sums, read from left to right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from lark import Token, Tree

from ..tree import Expr
from .atoms import Atom, atoms
from .bases import Base
from .runs import HEADS, PREFIXES, is_declared
from .scope import Branch, Part, Scope, extent


@dataclass(frozen=True)
class Operator:
    """An explicit product or division, with the signs behind it."""

    sign: str
    part: Part
    minus: int = 0


@dataclass(frozen=True)
class Head:
    """Σ or Π with its scripts, and the signs behind it."""

    kind: str
    scripts: tuple[Part, ...]
    part: Part
    minus: int = 0


Piece = Atom | Operator | Head


@dataclass
class Cursor:
    """What is left of a term; `read_factor` and `read_rest` are handed on to the special forms."""

    pieces: list[Piece]
    scope: Scope
    whole: Part
    read_factor: Callable[[Cursor], Expr]
    read_rest: Callable[[Cursor], Expr]
    position: int = 0

    @property
    def next(self) -> Piece | None:
        """The piece at the cursor, None at the end."""
        return self.pieces[self.position] if self.position < len(self.pieces) else None

    def take(self) -> Piece | None:
        """The piece at the cursor, which moves on."""
        piece = self.next
        self.position += 1
        return piece

    def factor(self) -> Expr:
        """One factor: an atom with its scripts, a call, a derivative."""
        outer = self.scope
        self.scope = outer.deeper(self.whole)
        try:
            return self.read_factor(self)
        finally:
            self.scope = outer

    def rest(self, scope: Scope | None = None) -> Expr:
        """Everything up to the end of the term, under another scope if one is given."""
        outer, self.scope = self.scope, scope or self.scope
        try:
            return self.read_rest(self)
        finally:
            self.scope = outer

    def over(self, pieces: list[Piece]) -> Cursor:
        """A cursor over other pieces of the same term."""
        return replace(self, pieces=pieces, position=0)


def pieces_of(chain: Branch, scope: Scope) -> list[Piece]:
    """The pieces of a term, runs of letters cut and `d\\gamma` glued together."""
    found: list[Piece] = []
    for child in chain.children:
        assert isinstance(child, Tree)
        match child.data:
            case "operator":
                first, *signs = child.children
                found.append(Operator(str(first), child, sum(str(sign) == "-" for sign in signs)))
            case "head":
                found.append(_head(child))
            case _:
                found += _glued(found, list(atoms(child, scope)), scope)
    _refuse_glued_numbers(found, scope)
    return [_word_head(piece, scope) for piece in found]


def _refuse_glued_numbers(pieces: list[Piece], scope: Scope) -> None:
    """`v1` in LaTeX is neither v_1 nor v · 1 for certain."""
    for left, right in pairwise(pieces):
        if not isinstance(left, Atom) or not isinstance(right, Atom) or left.scripts:
            continue
        number = isinstance(right.base.part, Token) and right.base.part.type == "NUMBER"
        word = isinstance(left.base.part, Token) and left.base.part.type == "WORD"
        if number and word and extent(left.part)[1] == extent(right.part)[0]:
            hint = f"write {left.name}_{right.base.part} or {left.name} \\cdot {right.base.part}"
            raise scope.error(
                "a number right behind a letter may mean two things", right.part, hint
            )


def _head(branch: Branch) -> Head:
    first, *rest = branch.children
    scripts = tuple(part for part in rest if isinstance(part, Tree))
    minus = sum(1 for part in rest if isinstance(part, Token) and part == "-")
    return Head("sum" if first == r"\sum" else "product", scripts, branch, minus)


def _word_head(piece: Piece, scope: Scope) -> Piece:
    """`sum_t` and `prod_{j=1}^t`, written without a backslash."""
    if not isinstance(piece, Atom) or piece.name not in HEADS or not piece.scripts:
        return piece
    if is_declared(piece.name, scope):
        return piece
    kind = "sum" if piece.name == "sum" else "product"
    return Head(kind, tuple(script.part for script in piece.scripts), piece.part)


def _glued(before: list[Piece], new: list[Atom], scope: Scope) -> Iterator[Piece]:
    """`d\\gamma_o` is one symbol where no d is declared; `dp\\tilde c` where it is declared."""
    last = before[-1] if before else None
    first = new[0]
    if isinstance(last, Atom) and last.name and first.name and not last.scripts:
        touching = extent(last.part)[1] == extent(first.part)[0]
        spaced = " " if "\\" in last.name and first.name[0].isalpha() else ""
        name = last.name + spaced + first.name
        command = first.name[0] == "\\" and not _is_word(first)
        differential = last.name == "d" and not is_declared("d", scope) and touching
        declared = (touching or last.name in PREFIXES) and _starts_declared(name, scope)
        if (command and differential) or ((command or last.name in PREFIXES) and declared):
            before.pop()
            part = Tree("item", [last.part, first.part])
            yield Atom(Base(part, name), first.scripts, part)
            yield from new[1:]
            return
    yield from new


def _is_word(atom: Atom) -> bool:
    """Whether it was written in letters, as `gamma` in plain text."""
    return isinstance(atom.base.part, Token) and atom.base.part.type == "WORD"


def _starts_declared(name: str, scope: Scope) -> bool:
    heads = (name + "_", name + "^", name + "'")
    return any(n == name or n.startswith(heads) for n in scope.vocabulary.names)
