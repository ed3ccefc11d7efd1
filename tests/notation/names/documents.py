"""Small documents, made of lines of LaTeX or plain text, for the tests of names."""

from __future__ import annotations

from symbolic_bptt.notation.names.signature import Signature, signature
from symbolic_bptt.notation.names.spelling import spelling
from symbolic_bptt.notation.names.types import (
    Declared,
    Entries,
    Inverse,
    InverseTranspose,
    Line,
    NameRead,
    Power,
    Prime,
    Transpose,
)
from symbolic_bptt.notation.names.walk import children
from symbolic_bptt.notation.names.written import written
from symbolic_bptt.notation.source import Source
from symbolic_bptt.notation.surface.nodes import (
    Big,
    Item,
    Name,
    Relation,
    Scripted,
    Sequence,
    meaningful,
)
from symbolic_bptt.notation.surface.parser import surface
from symbolic_bptt.notation.tokens.lexer import Dialect, tokens

ELMAN = (
    Declared("U", 2, 0, "parameter"),
    Declared("V", 2, 0, "parameter"),
    Declared("W", 2, 0, "parameter"),
    Declared("x", 1, 1, "input"),
    Declared("y", 1, 1, "input"),
    Declared("s", 1, 1, "state"),
    Declared(r"\hat y", 1, 1, "variable"),
    Declared("E", 0, 1, "variable"),
    Declared("E", 0, 0, "loss"),
)
SIZES = frozenset("nmK")
FUNCTIONS = frozenset((r"\tanh", r"\sigma", r"\exp", r"\log", r"\operatorname{softmax}", "f"))


def parse(text: str, dialect: Dialect = "latex") -> Sequence:
    return surface(tokens(text, dialect=dialect), Source(text)).tree


def line(text: str, bound: str = "", dialect: Dialect = "latex") -> Line:
    """One line; `bound` are letters that clauses bind, beside those of its sums."""
    operands: list[list[Item]] = [[]]
    for item in meaningful(parse(text, dialect)):
        if isinstance(item, Relation):
            operands.append([])
        else:
            operands[-1].append(item)
    roots = tuple(Sequence(items=tuple(operand)) for operand in operands)
    letters = frozenset(bound.split()) | {x for root in roots for x in bound_letters(root)}
    whole = len(roots) > 1 and (written(roots[0]) is not None or is_call(roots[0]))
    return Line(roots, letters, whole)


def is_call(root: Sequence) -> bool:
    items = meaningful(root)
    return len(items) == 2 and type(items[1]).__name__ == "Group"


def bound_letters(item: Item) -> set[str]:
    found: set[str] = set()
    if isinstance(item, Scripted) and isinstance(item.base, Big):
        for script in item.scripts:
            if script.place == "_":
                body = meaningful(script.body)
                names = [x for x in body if isinstance(x, (Name, Scripted))]
                relations = [x for x in body if isinstance(x, Relation)]
                middle = (
                    names[1]
                    if len(relations) == 2 and len(names) > 1
                    else (names or [Name(text="")])[0]
                )
                found.add(spelling(middle))
    for child in children(item):
        found |= bound_letters(child)
    return found


def document(
    text: str, declared: tuple[Declared, ...] = ELMAN, bound: str = "", **options: object
) -> Signature:
    given: dict[str, object] = {"sizes": SIZES, "functions": FUNCTIONS, **options}
    dialect: Dialect = "plain" if options.get("plain_text") else "latex"
    rows = [line(row, bound, dialect) for row in text.splitlines()]
    return signature(rows, declared, **given)  # type: ignore[arg-type]


def understood(sign: Signature, text: str, number: int = 0, dialect: Dialect = "latex") -> str:
    """What an occurrence is, in one line: key, [indices], (entries), what is done behind."""
    items = meaningful(parse(text, dialect))
    if len(items) == 2:
        called = sign.read_call(number, items[0], items[1])
        glued = sign.read_glued(number, items, 0)
        read = called or (glued[0] if glued else None)
        return "none" if read is None else shown(read)
    return shown(sign.read(number, parse(text, dialect)))


def shown(read: NameRead) -> str:
    if read.why:
        return f"why: {read.why}"
    text = read.key
    if read.indices:
        text += f" [{', '.join(map(spelling, read.indices))}]"
    if read.entries:
        text += f" ({', '.join(map(spelling, read.entries))})"
    return " ".join((text, *map(_after, read.after)))


def _after(after: object) -> str:
    match after:
        case Transpose():
            return "T"
        case Inverse():
            return "inverse"
        case InverseTranspose():
            return "inverse-T"
        case Power(exponent=exponent, elementwise=elementwise):
            return f"{'elementwise ' if elementwise else ''}power {spelling(exponent)}"
        case Entries(indices=indices):
            return f"entries {', '.join(map(spelling, indices))}"
        case Prime(order=order):
            return f"prime {order}"
        case _:
            return type(after).__name__.lower()
