r"""Every written symbol of a line, with where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..limits import MAX_SCRIPT_ITEMS
from ..surface.nodes import (
    Array,
    Big,
    Decoration,
    Group,
    Item,
    Name,
    Operator,
    Quotient,
    Relation,
    Root,
    Scripted,
    Sequence,
    meaningful,
)
from .braces import single
from .glued import Pair, glued, pair_of
from .spelling import spelling
from .types import Line
from .written import Piece, Written, parts, pieces_of, written

DIFFERENTIALS = ("d", r"\delta")
MAX_EVIDENCE = 2 * MAX_SCRIPT_ITEMS
"""Scripts beyond which a name tells nothing about a document: reading it says so."""
CALL_BRACKETS = ("(", "[")


@dataclass(frozen=True)
class Occurrence:
    """A written symbol in a line.

    root: in which operand of the line, 0 for the left side.
    whole: whether it is the whole left side of a line that has the form of a definition.
    call: the pieces in the bracket behind it, if one follows; it may be an index, or an argument.
    """

    written: Written
    line: int
    root: int
    whole: bool = False
    call: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Found:
    """What stands in a line: its symbols, the scripts on brackets, and the limits of its sums."""

    symbols: tuple[Occurrence, ...]
    entered: tuple[Piece, ...]
    limits: tuple[tuple[Sequence, ...], ...]

    @property
    def pieces(self) -> Iterator[Piece]:
        """All scripts of all symbols."""
        return (piece for symbol in self.symbols for piece in symbol.written.pieces)


def found_in(line: Line, number: int, pairs: frozenset[Pair] = frozenset()) -> Found:
    """All that a line shows about its names."""
    symbols: list[Occurrence] = []
    entered: list[Piece] = []
    limits: list[tuple[Sequence, ...]] = []
    for root, item in enumerate(line.roots):
        head = single(item)
        items = meaningful(head) if isinstance(head, Sequence) else (head,)
        is_call = len(items) == 2 and bracket_of(items[1]) is not None
        is_pair = len(items) == 2 and pair_of(items[0], items[1]) in pairs
        whole = root == 0 and (line.defines or (is_pair and len(line.roots) > 1))
        for symbol, name, call in _symbols(items, pairs, entered, limits):
            is_head = whole and symbol is items[0] and (len(items) == 1 or is_call or is_pair)
            if len(name.pieces) <= MAX_EVIDENCE:
                symbols.append(Occurrence(name, number, root, is_head, call))
    return Found(tuple(symbols), tuple(entered), tuple(limits))


def _symbols(
    items: tuple[Item, ...],
    pairs: frozenset[Pair],
    entered: list[Piece],
    limits: list[tuple[Sequence, ...]],
) -> Iterator[tuple[Item, Written, tuple[Piece, ...]]]:
    """The symbols in some items, each with the bracket behind it, in the order written."""
    pending: list[tuple[Item, Item | None]] = _paired(items)
    while pending:
        item, behind = pending.pop()
        core = single(item)
        name = written(core)
        pair = None if behind is None or not pairs else pair_of(item, behind)
        if pair is not None and behind is not None and pair in pairs:
            pending.pop()
            yield item, glued(pair, behind), ()
        elif name is not None:
            yield item, name, call_pieces(behind)
            entered.extend(piece for piece in name.pieces if piece.closed and piece.place == "_")
            pending.extend(_paired(_inside_scripts(core)))
        elif isinstance(core, Scripted):
            _note(core, entered, limits)
            pending.extend(_paired(_inside_scripts(core)))
            pending.extend(_paired((core.base,)))
        else:
            pending.extend(_paired(children(core)))


def _paired(items: tuple[Item, ...]) -> list[tuple[Item, Item | None]]:
    """Each item with the one behind it, the last first."""
    return list(zip(items, (*items[1:], None), strict=False))[::-1]


def children(item: Item) -> tuple[Item, ...]:
    """The items directly inside an item, scripts apart."""
    match item:
        case Sequence():
            return meaningful(item)
        case Group(body=body) | Root(radicand=body) | Decoration(body=body):
            return meaningful(body)
        case Quotient(top=top, bottom=bottom):
            return _without_differentials(top, bottom)
        case Array(rows=rows):
            return tuple(cell for row in rows for cell in row)
        case Scripted(base=base):
            return (base,)
        case _:
            return ()


def _without_differentials(top: Sequence, bottom: Sequence) -> tuple[Item, ...]:
    r"""Both parts of a fraction; of a derivative without their d or δ."""
    heads = [next(iter(meaningful(part)), None) for part in (top, bottom)]
    first, second = ("" if head is None else spelling(single(head)) for head in heads)
    if first != second or first not in DIFFERENTIALS:
        return top, bottom
    return tuple(Sequence(items=meaningful(part)[1:]) for part in (top, bottom))


def _inside_scripts(item: Item) -> tuple[Item, ...]:
    r"""Symbols with scripts in scripts, `e^{s_t}`, and all of them under ∇: `\nabla_W`."""
    found: list[Item] = []
    while isinstance(item, Scripted):
        for script in item.scripts:
            inside = meaningful(script.body)
            every = isinstance(single(item.base), Operator)
            found.extend(part for part in inside if every or not isinstance(part, Name))
        item = single(item.base)
    return tuple(found)


def _note(item: Scripted, entered: list[Piece], limits: list[tuple[Sequence, ...]]) -> None:
    base = single(item.base)
    if isinstance(base, Big):
        limits.append(tuple(script.body for script in item.scripts))
    elif isinstance(base, (Group, Quotient, Array)):
        for script in item.scripts:
            if script.place == "_":
                entered.extend(pieces_of(script, 1, True))


def bracket_of(item: Item | None) -> Group | None:
    """The bracket that an item is, scripts apart, if it may hold an index."""
    core = item.base if isinstance(item, Scripted) else item
    return core if isinstance(core, Group) and core.opening in CALL_BRACKETS else None


def call_pieces(behind: Item | None) -> tuple[Piece, ...]:
    """What stands in the bracket behind a name, part by part."""
    group = bracket_of(behind)
    if group is None:
        return ()
    return tuple(Piece("(", group.opening, part) for part in parts(group.body))


def sides(body: Sequence) -> list[Sequence]:
    """The operands of a relation in a script: `k` and `1` of `k = 1`."""
    found: list[list[Item]] = [[]]
    for item in meaningful(body):
        if isinstance(item, Relation):
            found.append([])
        else:
            found[-1].append(item)
    return [Sequence(items=tuple(items)) for items in found]
