"""Names of known types, and texts elaborated over them."""

from __future__ import annotations

from collections.abc import Mapping

from symbolic_bptt.core.axes import STEP
from symbolic_bptt.core.terms import Letter, Symbol, Term
from symbolic_bptt.core.types import SCALAR, Type, matrix, vector
from symbolic_bptt.notation.elaboration.choices import Oracle
from symbolic_bptt.notation.elaboration.context import Context, Elaboration
from symbolic_bptt.notation.elaboration.equations import opened
from symbolic_bptt.notation.elaboration.given import Given
from symbolic_bptt.notation.elaboration.lines import lines_of
from symbolic_bptt.notation.elaboration.understanding import understood
from symbolic_bptt.notation.names.signature import signature
from symbolic_bptt.notation.names.types import Declared
from symbolic_bptt.notation.sizes import Size
from symbolic_bptt.notation.source import Source
from symbolic_bptt.notation.statements.reader import statements
from symbolic_bptt.notation.surface.nodes import Sequence
from symbolic_bptt.notation.surface.parser import surface
from symbolic_bptt.notation.tokens.lexer import tokens

N, M = Size.letter("n"), Size.letter("m")
COLUMN, ROW = vector(N), Type((), (N,))
GRADIENT = Type((N,), gradient=True)
SQUARE, WIDE, TALL = matrix(N, N), matrix(N, M), matrix(M, N)

NOWHERE = Sequence()

Types = Mapping[tuple[str, int], Type]


def named(kind: Type, name: str) -> Symbol:
    """A quantity without a step."""
    return Symbol(kind, name)


def at(kind: Type, name: str, *indices: Term) -> Symbol:
    """A quantity at its steps."""
    return Symbol(kind, name, indices)


def step(name: str) -> Letter:
    return Letter(SCALAR, name, STEP)


def opening(oracle: Oracle | None = None, *, writes_inner: bool = False) -> Elaboration:
    """An elaboration of a document without a line."""
    context = Context(signature((), ()), {}, {}, sizes=frozenset("nm"))
    context.writes_inner = lambda: writes_inner
    return opened(context, oracle or Oracle(), 0)


def meant(text: str, types: Types, oracle: Oracle | None = None) -> Term:
    """What a text means, over names of these types. Raises `ElaborationError`."""
    tree = surface(tokens(f"q = {text}"), Source(text)).tree
    said = statements(tree).statements
    declared = tuple(
        Declared(key, len(kind.axes), slots, "variable") for (key, slots), kind in types.items()
    )
    given = Given(declared, types, {r"\tanh": "tanh"}, sizes=frozenset("nm"))
    document = understood(given, said, signature(lines_of(said), declared))
    e = opened(document.context, oracle or Oracle(), 0)
    (term,) = e.settled(e.expression(said[0].operands[1]))
    return term
