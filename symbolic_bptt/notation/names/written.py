r"""A name as it is written: its base, and its scripts taken apart into pieces.

A script falls apart at its commas, at brackets side by side (`a^{[l](i)}`), at brackets behind a
label (`W_{h[i,j]}`), and at a script on a bracket (`h^{(t)^\top}`). Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias

from ..surface.names import ACCENTS
from ..surface.nodes import (
    Decoration,
    Group,
    Item,
    Name,
    Operator,
    Relation,
    Script,
    Scripted,
    Separator,
    Sequence,
    of_node,
)
from ..surface.spelling import accented
from .braces import single, unbraced
from .shape import Shape, shape_of
from .spelling import spelling

TRANSPOSES = frozenset((r"\top", r"\intercal", r"\dagger"))
"""Signs that are a transpose and nothing else."""

Place = Literal["_", "^", "'", "|", "("]

Slot: TypeAlias = tuple[str, str, str]
"""Where a piece stands, in which brackets, and what it says."""


@dataclass(frozen=True)
class Piece:
    r"""One script, or one of several in a script.

    place: `(` for what stands in brackets behind a name, `h(t)`, `W[i,j]`.
    layer: 0 if it stands on the base itself, more if braces or brackets part them: `{W^T}_{ij}`.
    closed: whether that part was closed by round brackets, so that nothing outside is a name.
    parted: what it is for certain, taken out of a longer script: t of `s_{ti}`, of `\delta_{s_t}`.
    named: whether it is part of the name whatever its letters: s of `\delta_{s_t}`.
    """

    place: Place
    wrapped: str
    body: Sequence
    primes: int = 0
    layer: int = field(default=0, compare=False)
    closed: bool = field(default=False, compare=False)
    parted: Literal["", "index", "step"] = field(default="", compare=False)
    named: bool = field(default=False, compare=False)

    @cached_property
    def text(self) -> str:
        """Its spelling, weight and slant apart."""
        return "'" * self.primes if self.place == "'" else spelling(self.body, "folded")

    @cached_property
    def shape(self) -> Shape:
        """What it looks like."""
        return shape_of(self.body)

    @cached_property
    def slot(self) -> Slot:
        """Where it stands and what it says."""
        return self.place, self.wrapped, self.text


@dataclass(frozen=True)
class Written:
    """A base with its pieces, the innermost first."""

    base: Name
    pieces: tuple[Piece, ...] = ()


@of_node
def written(item: Item) -> Written | None:
    """The name that an item is, or None if it is none."""
    layers: list[tuple[tuple[Script, ...], bool]] = []
    accents: list[str] = []
    while True:
        item = single(item)
        if isinstance(item, Scripted):
            layers.append((item.scripts, False))
            item = item.base
        elif isinstance(item, Name):
            return Written(_accented(item, accents), tuple(_pieces(layers)))
        elif isinstance(item, Decoration) and item.kind in ACCENTS:
            accents.append(ACCENTS[item.kind])
            item = item.body
        elif isinstance(item, Group) and item.opening == "(" and layers:
            layers.append(((), True))
            item = item.body
        else:
            return None


def _accented(name: Name, accents: list[str]) -> Name:
    r"""A name under the accents that are set over it and its scripts: `\hat{y_t}` is `\hat y_t`."""
    text = name.text
    for accent in reversed(accents):
        text = accented(accent, text)
    return Name(text=text, style=name.style, parts=name.parts) if accents else name


def _pieces(layers: list[tuple[tuple[Script, ...], bool]]) -> Iterator[Piece]:
    """The pieces of all layers; the last in the list is the innermost."""
    closed = False
    for depth, (scripts, brackets) in enumerate(reversed(layers)):
        closed = closed or brackets
        for script in scripts:
            yield from pieces_of(script, depth, closed)


def pieces_of(script: Script, layer: int = 0, closed: bool = False) -> Iterator[Piece]:
    """What one script falls apart into."""
    if script.place in ("'", "|"):
        yield Piece(script.place, "", script.body, script.primes, layer, closed)
        return
    if not script.wrapped and not unbraced(script.body):
        return
    for part in parts(script.body):
        if script.wrapped:
            yield Piece(script.place, script.wrapped, part, 0, layer, closed)
        else:
            yield from _unwrapped(script.place, part, layer, closed)


def parts(body: Sequence) -> list[Sequence]:
    """The parts of a sequence between its commas."""
    found: list[list[Item]] = [[]]
    for item in map(_as_label, unbraced(body)):
        if isinstance(item, Separator) and item.mark in (",", ";"):
            found.append([])
        else:
            found[-1].append(item)
    return [Sequence(items=unbraced(Sequence(items=tuple(items)))) for items in found]


def _as_label(item: Item) -> Item:
    r"""An item of a script; ∈ is the word *in* there, which plain text has for it: `W_in`."""
    if isinstance(item, Relation) and item.sign == r"\in":
        return Name(text=r"\mathrm{in}", style="upright", parts=item.parts)
    return item


def _unwrapped(place: Place, part: Sequence, layer: int, closed: bool) -> Iterator[Piece]:
    items = part.items
    if place == "^" and len(items) > 1 and _ends_in_transpose(items):
        yield from _unwrapped(place, Sequence(items=items[:-1]), layer, closed)
        yield Piece(place, "", Sequence(items=items[-1:]), 0, layer, closed)
        return
    if place == "^" and len(items) == 1 and (order := _primes(items[0])):
        yield Piece("'", "", Sequence(), order, layer, closed)
        return
    split = next((i for i, item in enumerate(items) if _index_bracket(item, place)), None)
    if split is None or (split and place != "_"):
        yield Piece(place, "", part, 0, layer, closed)
        return
    if split:
        yield Piece(place, "", Sequence(items=items[:split]), 0, layer, closed)
    rest: list[Item] = []
    for item in items[split:]:
        bracket = _index_bracket(item, place)
        if bracket is None or rest:
            rest.append(item)
            continue
        for inside in parts(bracket.body):
            yield Piece(place, bracket.opening, inside, 0, layer, closed)
        if isinstance(item, Scripted):
            for script in item.scripts:
                yield from pieces_of(script, layer, closed)
    if rest:
        yield Piece(place, "", Sequence(items=tuple(rest)), 0, layer, closed)


def _ends_in_transpose(items: tuple[Item, ...]) -> bool:
    r"""Whether a superscript ends in a transpose for certain: `x^{t\top}`, not `W^{-\top}`."""
    last, before = items[-1], items[-2]
    is_sign = isinstance(last, Name) and last.text in TRANSPOSES
    return is_sign and not isinstance(before, Operator)


def _primes(item: Item) -> int:
    """How many primes an item is, if it is nothing else: `^{'}`."""
    if not isinstance(item, Scripted) or not isinstance(item.base, Sequence) or item.base.items:
        return 0
    primes = [script.primes for script in item.scripts if script.place == "'"]
    return sum(primes) if len(primes) == len(item.scripts) else 0


def _index_bracket(item: Item, place: Place) -> Group | None:
    """The bracket that an item is, with scripts or without, if brackets enclose indices there."""
    group = item.base if isinstance(item, Scripted) else item
    if not isinstance(group, Group):
        return None
    allowed = ("[",) if place == "_" else ("(", "[", r"\langle")
    return group if group.opening in allowed else None
