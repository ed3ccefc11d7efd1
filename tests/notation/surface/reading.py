"""How the tests read a text: through the lexer, or from tokens made by hand; and a short spelling
of a tree, in which one test can say what it wants."""

from __future__ import annotations

from symbolic_bptt.notation.source import Source
from symbolic_bptt.notation.surface.nodes import (
    Array,
    Big,
    Decoration,
    Dots,
    Group,
    Ignored,
    Item,
    Name,
    Node,
    Number,
    Operator,
    Quotient,
    Relation,
    Root,
    Script,
    Scripted,
    Separator,
    Sequence,
    Unknown,
    Words,
    leaves,
)
from symbolic_bptt.notation.surface.parser import Surface, surface
from symbolic_bptt.notation.tokens.lexer import Dialect, tokens


def read(text: str, dialect: Dialect = "latex") -> Surface:
    """The surface of a text, which must have all its tokens."""
    lexed = tokens(text, dialect=dialect)
    result = surface(lexed, Source(text))
    assert list(leaves(result.tree)) == list(lexed)
    return result


def spelled(text: str, dialect: Dialect = "latex") -> str:
    """The short spelling of a text without problems."""
    result = read(text, dialect)
    assert result.problems == (), [problem.message for problem in result.problems]
    return short(result.tree)


def problems(text: str, dialect: Dialect = "latex") -> list[str]:
    """What is wrong with a text."""
    return [problem.message for problem in read(text, dialect).problems]


def short(node: Item) -> str:
    """The tree on one line; what is ignored is left out."""
    match node:
        case Sequence(items=items):
            return " ".join(short(item) for item in items if not isinstance(item, Ignored))
        case Name(text=text, style=style):
            return text + {"": "", "bold": "!", "upright": "~"}[style]
        case Number(text=text):
            return text
        case Operator(sign=sign) | Dots(sign=sign) | Big(sign=sign):
            return sign
        case Relation(sign=sign, label=label):
            return f"rel:{sign}" + (f"<{short(label)}>" if label else "")
        case Words(text=text):
            return f'"{text}"'
        case Separator(mark=mark):
            return f"sep:{mark}"
        case Unknown(text=text):
            return f"?{text}"
        case Group(opening=opening, body=body, closing=closing):
            return f"{opening}{short(body)}{closing}"
        case Script(place="'", primes=primes):
            return "'" * primes
        case Script(place=place, body=body, wrapped=wrapped):
            return f"{place}{wrapped}{{{short(body)}}}"
        case Scripted(base=base, scripts=scripts):
            return f"<{short(base)}>{''.join(map(short, scripts))}"
        case _:
            return _larger(node)


def _larger(node: Item) -> str:
    match node:
        case Quotient(top=top, bottom=bottom):
            return f"({short(top)})÷({short(bottom)})"
        case Root(radicand=radicand, degree=degree):
            return f"√{'' if degree is None else short(degree)}({short(radicand)})"
        case Array(environment=environment, rows=rows, columns=columns):
            cells = " // ".join(" & ".join(short(cell) for cell in row) for row in rows)
            return f"{environment}{columns}[{cells}]"
        case Decoration(kind=kind, body=body, label=label):
            return f"{kind}[{short(body)}]" + (f"<{short(label)}>" if label else "")
    raise AssertionError(node)


def depth(tree: Node) -> int:
    """How deep the parts of a tree are nested."""
    deepest, pending = 0, [(tree, 1)]
    while pending:
        node, level = pending.pop()
        deepest = max(deepest, level)
        pending.extend((part, level + 1) for part in node.parts if isinstance(part, Node))
    return deepest
