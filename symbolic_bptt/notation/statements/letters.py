r"""Index letters and index expressions: `t`, `t'`, `T - 1`, `2k`, `\lfloor T/2 \rfloor`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, TypeAlias, TypeGuard

from ..surface.nodes import (
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
)
from ..surface.table import listed

USUAL = frozenset((*"ijklmnpqrtTNK", r"\tau"))
"""Letters that are indices, steps or sizes in most texts."""

HORIZONS = frozenset("TNKM")
"""Letters that end a range rather than run over one."""

GAP = (r"\quad", r"\qquad", "&&")
"""Separators that are a space unless a clause or a statement follows."""

Items: TypeAlias = tuple[Item, ...]
Linear: TypeAlias = dict[str, Fraction]

_GREEK = listed(
    r"""
    \alpha \beta \gamma \kappa \lambda \mu \nu \xi \rho \sigma \tau \ell \theta \omega \zeta \eta
    \iota \imath
    """
)
_SIGNS = frozenset(("+", "-", "*", r"\cdot", "/", r"\bmod", r"\mod"))
_NAMED = frozenset(
    (r"\bmod", r"\mod", r"\pmod", r"\min", r"\max", r"\infty", r"\operatorname{mod}")
)
_BRACKETS = frozenset(("(", "{", "[", r"\lfloor", r"\lceil"))


def letter(item: Item) -> str:
    r"""The letter that an item is, with its primes: `t`, `t'`, `\tau`; else ""."""
    if isinstance(item, Name) and item.style != "bold":
        return item.text if len(item.text) == 1 or item.text in _GREEK else ""
    if isinstance(item, Scripted) and all(script.place == "'" for script in item.scripts):
        base = letter(item.base)
        return base and base + "'" * sum(script.primes for script in item.scripts)
    if isinstance(item, Sequence):
        return only_letter(bare(item.items))
    if isinstance(item, Group) and item.opening == "{":
        return only_letter(bare(item.body.items))
    return ""


def bare(items: Iterable[Item]) -> Items:
    """The items that mean something."""
    return tuple(item for item in items if not isinstance(item, Ignored))


def only_letter(items: Items) -> str:
    """The letter that the items are; "" if they are anything else."""
    return letter(items[0]) if len(items) == 1 else ""


def is_index(items: Items) -> bool:
    """Whether the items are an expression in index letters and numbers.

    Two letters side by side are none: `i E` is a product of quantities.
    """
    before: Item | None = None
    for item in items:
        if not _is_index_part(item) or (before is not None and _is_product(before, item)):
            return False
        before = item
    return before is not None and not (isinstance(before, Operator) and before.sign != "!")


def _is_index_part(item: Item) -> bool:
    match item:
        case Number():
            return True
        case Operator(sign=sign):
            return sign in _SIGNS
        case Name(text=text):
            return bool(letter(item)) or text in _NAMED
        case Unknown(text=text):
            return text in _NAMED
        case Group(opening=opening, body=body):
            return opening in _BRACKETS and _is_index_list(bare(body.items))
        case Sequence(items=items):
            return is_index(bare(items))
        case Quotient(top=top, bottom=bottom):
            return is_index(bare(top.items)) and is_index(bare(bottom.items))
        case Scripted(base=Number(), scripts=(Script(place="^", body=body),)):
            return is_index(bare(body.items))
        case Scripted(base=base, scripts=scripts):
            return bool(letter(base)) and all(map(_is_plain, scripts))
        case _:
            return False


def _is_index_list(items: Items) -> bool:
    """`(t - 1)`, and the arguments of `\\min(t, 3)`."""
    return all(is_index(part) for part in commas(items))


def _is_plain(script: Script) -> bool:
    r"""A script that belongs to a letter's name: `T_x`, `t_0`, `t'`, `N_{\mathrm{in}}`."""
    content = bare(script.body.items)
    below = script.place == "_" and len(content) == 1
    label = isinstance(content[0], (Number, Name, Words)) if below else False
    return script.place == "'" or (label and letter(content[0]) not in USUAL)


def _is_product(before: Item, item: Item) -> bool:
    """Two operands side by side, other than a number and what it multiplies."""
    if isinstance(before, Operator) or isinstance(item, Operator):
        return False
    if any(isinstance(one, (Name, Unknown)) and one.text in _NAMED for one in (before, item)):
        return False
    return not isinstance(before, Number) or isinstance(item, Number)


def commas(items: Iterable[Item]) -> list[Items]:
    """The parts between commas and semicolons."""
    parts: list[list[Item]] = [[]]
    for item in bare(items):
        if isinstance(item, Separator) and item.mark in (",", ";"):
            parts.append([])
        elif not (isinstance(item, Separator) and item.mark in GAP):
            parts[-1].append(item)
    return [tuple(part) for part in parts]


def letters_of(items: Iterable[Item]) -> frozenset[str]:
    """The letters of an index expression."""
    return frozenset(name for node in walk(items) if (name := _name(node)))


def _name(node: Node) -> str:
    return letter(node) if isinstance(node, (Name, Scripted)) else ""


def script_letters(items: Iterable[Item]) -> frozenset[str]:
    """The letters that stand in scripts and limits, or as a time in brackets: `h_t`, `s(t)`."""
    found: set[str] = set()
    for node in walk(items):
        if isinstance(node, Script):
            found |= _index_letters(node.body)
        elif _is_time(node):
            found |= letters_of(node.body.items)
    return frozenset(found)


def _index_letters(body: Sequence) -> frozenset[str]:
    """The letters of a script that are indices or limits: none of `W_{hx}`."""
    parts = commas(body.items)
    limits = any(isinstance(item, Relation) for item in body.items)
    return letters_of(item for part in parts if limits or is_index(part) for item in part)


def _is_time(node: Node) -> TypeGuard[Group]:
    """An index in brackets, `s(t)`."""
    if not isinstance(node, Group) or node.opening not in ("(", "["):
        return False
    return is_index(bare(node.body.items))


def walk(items: Iterable[Item]) -> Iterator[Node]:
    """Every node in and below the items."""
    pending: list[Node] = list(items)
    while pending:
        node = pending.pop()
        yield node
        below = _BELOW.get(type(node))
        if below is not None:
            pending.extend(below(node))


_BELOW: Mapping[type[Node], Callable[[Any], tuple[Node, ...]]] = {
    Sequence: lambda node: node.items,
    Group: lambda node: (node.body,),
    Script: lambda node: (node.body,),
    Decoration: lambda node: (node.body,),
    Quotient: lambda node: (node.top, node.bottom),
    Root: lambda node: (node.radicand,),
    Scripted: lambda node: (node.base, *node.scripts),
    Array: lambda node: tuple(cell for row in node.rows for cell in row),
}
"""What stands directly below a node; nothing below a node of another kind."""


def linear(items: Items) -> Linear | None:
    """An index expression as coefficients of its letters, "" for the constant; None if it is none.

    Sees sums of letters, numbers and their products by a number; nothing in brackets.
    """
    total: Linear = {}
    sign, factor, name, seen = 1, Fraction(1), "", False
    for item in (*items, Operator("+")):
        match item:
            case Operator(sign="+" | "-" as written):
                if seen:
                    total[name] = total.get(name, Fraction(0)) + sign * factor
                    sign, factor, name, seen = 1, Fraction(1), "", False
                sign = -sign if written == "-" else sign
            case Number(value=value):
                factor, seen = factor * value, True
            case _ if (found := letter(item)) and not name:
                name, seen = found, True
            case _:
                return None
    return {key: value for key, value in total.items() if value}


def distance(first: Items, second: Items) -> Fraction | None:
    """second - first, where that is a number."""
    one, other = linear(first), linear(second)
    if one is None or other is None:
        return None
    keys = {key for key in one.keys() | other.keys() if one.get(key, 0) != other.get(key, 0)}
    if keys - {""}:
        return None
    return other.get("", Fraction(0)) - one.get("", Fraction(0))


def ends_open(items: Items) -> bool:
    """Whether something must follow: an operator, a relation, a sum without its body."""
    if not items:
        return True
    last = items[-1]
    base = last.base if isinstance(last, Scripted) else last
    return isinstance(base, (Operator, Relation, Big)) and not (
        isinstance(base, Operator) and base.sign in ("!", r"\partial", r"\nabla")
    )


def is_dots(items: Items) -> bool:
    """Whether there are dots and nothing else."""
    return bool(items) and all(isinstance(item, Dots) for item in items)
