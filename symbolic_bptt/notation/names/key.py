r"""A name that stands alone, as a symbol: a key of a model file, a left side, `W_{hh}`, `h^{(t)}`.

A script that is a number, the time index, T or a sum of those is the step; any other is part of
the name. Beside a script with the time index or T a number is part of the name too.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from functools import lru_cache

from ..errors import NotationError, Problem
from ..limits import MAX_FORMULA_CHARACTERS, MAX_SCRIPT_ITEMS
from ..source import Source
from ..surface.nodes import Group, Item, Name, Number, Operator, Sequence, meaningful
from ..surface.parser import surface
from ..tokens.lexer import lex
from ..tokens.plain import Dialect, dialect_of
from ..tree import Add, Expr, Layout, Neg, Span, Symbol
from ..tree import Number as Value
from .braces import single
from .facts import CLASSIC, layout_of
from .marks import mark_of, prime_order
from .spelling import CLOSING, joined, name_text
from .types import Inverse, InverseTranspose, Power, Transpose
from .whole import whole_name
from .written import Piece, Written, parts

_WORD = re.compile(r"\\(?:mathrm|operatorname)\{([A-Za-z0-9]+)\}")
_ALPHABET = re.compile(r"(\\math[a-z]+)\{(\w)\}")
_COMMAND = re.compile(r"\\[A-Za-z]+|.")
ONE_SYMBOL = "it must be one symbol"


def key_of(
    text: str,
    time_index: str = "t",
    *,
    indexed: bool = True,
    dialect: Dialect = "latex",
    known: Container[str] = (),
) -> Symbol:
    r"""The symbol that a text is; with `indexed=False` (a parameter: `\beta_1`) without a step.

    What is no name in LaTeX may be one in plain text, `W_hh`. Of two numbers that one is the step
    without which the name is `known`. Raises `NotationError` if it is no name.
    """
    source = Source(text, "<key>")
    if len(text) > MAX_FORMULA_CHARACTERS:
        message = f"a name of more than {MAX_FORMULA_CHARACTERS} characters is not read"
        raise NotationError(Problem(message, source, Span(0, 1), kind="limit"))
    found = _read(source, dialect, time_index, indexed, known)
    if not isinstance(found, Symbol) and dialect == "latex" and dialect_of(text) == "plain":
        plain = _read(source, "plain", time_index, indexed, known)
        found = plain if isinstance(plain, Symbol) else found
    if isinstance(found, Symbol):
        return found
    raise NotationError(*found)


def _read(
    source: Source, dialect: Dialect, time_index: str, indexed: bool, known: Container[str]
) -> Symbol | tuple[Problem, ...]:
    tree, problems = _tree(source, dialect)
    if problems:
        return problems
    found = symbol_of(tree, time_index, indexed=indexed, known=known)
    if isinstance(found, Symbol):
        return found
    return (Problem(found, source, Span(0, len(source.text))),)


@lru_cache(maxsize=256)
def _tree(source: Source, dialect: Dialect) -> tuple[Sequence, tuple[Problem, ...]]:
    lexed = lex(source.text, dialect=dialect)
    made = surface(lexed.tokens, source)
    problems = (
        Problem(one.message, source, Span(one.start, one.end), one.hint, one.kind)
        for one in lexed.problems
    )
    return made.tree, (*problems, *made.problems)


def symbol_of(
    written: Sequence,
    time_index: str = "t",
    *,
    indexed: bool = True,
    known: Container[str] = (),
) -> Symbol | str:
    """The symbol that is written, or why it is none; see `key_of`."""
    items = meaningful(written)
    name = whole_name(items)
    if name is None and len(items) == 2:
        name = _called(items, time_index)
    why = ONE_SYMBOL if name is None else _defect(name)
    if name is None or why:
        return why
    if indexed and any(_is_no_step(piece, time_index) for piece in name.pieces):
        return f"its step must be {time_index} plus or minus a number, or a number"
    steps = _steps(name, time_index, known) if indexed else ()
    labels = _without(name.pieces, steps)
    indices = tuple(step for piece in steps if (step := step_in(piece.body)) is not None)
    span = Span(written.start, written.end)
    layout: Layout = _layout(steps[0]) if steps else "sub"
    return Symbol(_name(name.base, labels), indices, layout, span=span)


def step_in(body: Sequence) -> Expr | None:
    """A sum of whole numbers and letters as a tree; None for anything else."""
    terms: list[Expr] = []
    negative, waiting = False, True
    for item in map(single, meaningful(body)):
        if isinstance(item, Operator) and item.sign in ("+", "-"):
            negative, waiting = (item.sign == "-") != (waiting and negative), True
            continue
        term = _operand(item)
        if term is None or not waiting:
            return None
        terms.append(Neg(term) if negative else term)
        negative, waiting = False, False
    if waiting or not terms:
        return None
    return terms[0] if len(terms) == 1 else Add(tuple(terms))


def _operand(item: Item) -> Expr | None:
    span = Span(item.start, item.end)
    if isinstance(item, Number) and item.text.isdigit():
        return Value(item.value, span=span)
    is_letter = isinstance(item, Name) and _COMMAND.fullmatch(item.text)
    return Symbol(item.text, span=span) if is_letter and isinstance(item, Name) else None


def _called(items: tuple[Item, ...], time_index: str) -> Written | None:
    """A name with its step in parentheses, `h(t)`."""
    name, group = whole_name(items[:1]), items[1]
    if name is None or not isinstance(group, Group) or group.opening != "(":
        return None
    pieces = [Piece("(", "(", part) for part in parts(group.body)]
    if len(pieces) != 1 or not _speaks_of_time(pieces[0], time_index):
        return None
    return Written(name.base, (*name.pieces, *pieces))


def _defect(name: Written) -> str:
    """Why something with scripts is no name; empty if it is one."""
    if name.base.text.isdigit():
        return ONE_SYMBOL
    if len(name.pieces) > MAX_SCRIPT_ITEMS:
        return f"more than {MAX_SCRIPT_ITEMS} scripts on one name"
    for piece in name.pieces:
        match mark_of(piece, frozenset()):
            case Transpose():
                return "it is a transpose, not a symbol"
            case Inverse() | InverseTranspose() | Power():
                return "it is a power, not a symbol"
            case None:
                continue
        return "it is held at something, and no symbol"
    return ""


def _steps(name: Written, time_index: str, known: Container[str]) -> tuple[Piece, ...]:
    """The scripts that are steps; behind the step in a subscript entries too, `h_{t,1}`."""
    pieces = name.pieces
    timed = [piece for piece in pieces if _speaks_of_time(piece, time_index)]
    if not timed:
        numbers = [p for p in pieces if _is_number(p) and layout_of(p) != "bare"]
        fitting = [p for p in numbers if _name(name.base, _without(pieces, (p,))) in known]
        below = [p for p in numbers if p.place == "_"]
        return tuple((fitting or below or numbers)[:1])
    if timed[0].place != "_":
        return tuple(timed)
    behind = [p for p in pieces[pieces.index(timed[0]) + 1 :] if p.place == "_" and p not in timed]
    return (*timed, *(p for p in behind if _is_number(p) or p.shape.letter in CLASSIC))


def _without(pieces: Iterable[Piece], steps: Iterable[Piece]) -> list[Piece]:
    own = {id(step) for step in steps}
    return [piece for piece in pieces if id(piece) not in own]


def _speaks_of_time(piece: Piece, time_index: str) -> bool:
    if piece.place not in "_^(":
        return False
    step = step_in(piece.body)
    letters = set(piece.shape.letters)
    return step is not None and bool(letters & {time_index, "T"}) and not piece.shape.upright


def _is_no_step(piece: Piece, time_index: str) -> bool:
    """Whether a script speaks of time, and says no step: 2t."""
    letters = piece.shape.letters if piece.shape.kind == "sum" else ()
    return time_index in letters and step_in(piece.body) is None


def _is_number(piece: Piece) -> bool:
    return piece.shape.kind == "number" and piece.place in "_^" and step_in(piece.body) is not None


def _layout(piece: Piece) -> Layout:
    match layout_of(piece):
        case "paren" | "angle" | "bracket" | "bare" as layout:
            return layout
    return "sub"


def _name(base: Name, labels: Iterable[Piece]) -> str:
    r"""The name without its steps: `W_{hh}`, `\Gamma_f`, braces only around more than one sign."""
    low = ",".join(_label(piece) for piece in labels if piece.place == "_")
    high = "".join(
        _label(piece) for piece in labels if piece.place == "^" and not prime_order(piece)
    )
    primes = "'" * sum(prime_order(piece) for piece in labels)
    head = _ALPHABET.sub(r"\1 \2", _WORD.sub(r"\1", name_text(base)))
    return head + primes + _script("_", low) + _script("^", high)


def _label(piece: Piece) -> str:
    return joined([piece.wrapped, piece.text, CLOSING.get(piece.wrapped, "")])


def _script(sign: str, text: str) -> str:
    if not text:
        return ""
    return sign + (text if _COMMAND.fullmatch(text) else f"{{{text}}}")
