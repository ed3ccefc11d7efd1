"""Profiles of linear recursions: N + 1 states for N entries, on the side that they come from."""

from __future__ import annotations

from collections.abc import Mapping

from ...model.steps import linear_step
from ...notation.printer.text import text
from ...notation.tree import (
    Add,
    BigOperator,
    Call,
    Concat,
    Entry,
    Expr,
    Matrix,
    Neg,
    Operation,
    Product,
    Quotient,
    Slice,
    Symbol,
    Transpose,
    children,
    walk,
)
from ..definitions import Definition, free_letter
from .functions import LINEAR, letter_of
from .profile import END, START, UNKNOWN, Profile, between
from .steps import OWN, check_range, own_letters
from .surroundings import NoDimension, Reader, Surroundings


def recursion(reader: Reader, group: set[str]) -> Profile:
    """N entries, and what is added to them on the way, on the side that they come from."""
    read: dict[str, list[int]] = {}
    reading: dict[str, list[int]] = {}
    rest: list[Profile] = []
    for name in sorted(group):
        for one in reader.around.definitions.by_name[name]:
            if len(one.symbol.indices) != 1:
                raise NoDimension(f"the recursion of {name} runs over two steps, or none")
            own = own_letters(one)
            for span in one.ranges:
                check_range(reader.around, span, own)
            _read_linear(reader, one.body, group, own, rest)
            for node in walk(one.body):
                if isinstance(node, Symbol) and node.name in group:
                    offset = _offset(node, one)
                    read.setdefault(node.name, []).append(offset)
                    reading.setdefault(name, []).append(offset)
    named = ", ".join(sorted(group))
    steps = {offset for found in read.values() for offset in found if offset}
    if not steps or min(steps) < 0 < max(steps):
        raise NoDimension(f"the recursion of {named} runs both ways, or not at all")
    forwards = min(steps) < 0
    before, after = frozenset[str](), frozenset({OWN})
    comes, other = (before, after) if forwards else (after, before)
    wide = [found for found in rest if not found.is_letter]
    if any(found.at(other) > 1 or not found.marks <= {OWN} for found in wide):
        raise NoDimension(f"the recursion of {named} adds what runs against it")
    entries = {name: reader.around.entries(name) for name in group}
    width = 1 + min(_handed_on(reader.around, read), _handed_on(reader.around, reading))
    width += sum(found.at(comes) * _automata(reader.around, found) for found in wide)
    low, high = (START, OWN) if forwards else (OWN, END)
    most = max(entries.values())
    shape = UNKNOWN if most <= reader.around.widest else (most, most)
    return between(low, high, width, OWN, OWN, shape)


def _automata(around: Surroundings, found: Profile) -> int:
    """How many automata run side by side to give all entries of a quantity."""
    rows, columns = around.lengths(found)
    return (1 if found.rows == OWN else rows) * (1 if found.columns == OWN else columns)


def _handed_on(around: Surroundings, offsets: Mapping[str, list[int]]) -> int:
    """The entries that pass between two steps: what is read, or what is made of it."""
    return sum(
        max(map(abs, found)) * around.entries(name) for name, found in offsets.items() if any(found)
    )


def _read_linear(
    reader: Reader, expr: Expr, group: set[str], letters: Mapping[str, str], rest: list[Profile]
) -> None:
    """Gather what is added; raise `NoDimension` unless only letters stand beside the group."""

    def inside(node: Expr) -> bool:
        return any(isinstance(n, Symbol) and n.name in group for n in walk(node))

    if not inside(expr):
        rest.append(reader.profile(expr, letters))
        return
    parts = [child for child in children(expr) if isinstance(child, Expr)]
    match expr:
        case Symbol():
            return
        case Neg() | Transpose() | Add() | Concat() | Matrix():
            for part in parts:
                _read_linear(reader, part, group, letters, rest)
            return
        case Entry(of=whole) | Slice(of=whole):
            _read_linear(reader, whole, group, letters, rest)
            return
        case BigOperator(kind="sum", ranges=ranges, body=body):
            if not any(reader.around.is_step(span.index, body) for span in ranges):
                _read_linear(reader, body, group, letters, rest)
                return
        case Call(function=name, arguments=(argument,)) if name in LINEAR:
            _read_linear(reader, argument, group, letters, rest)
            return
        case Product() | Operation() | Quotient() if sum(map(inside, parts)) == 1:
            if not (isinstance(expr, Quotient) and inside(expr.denominator)):
                for part in parts:
                    if inside(part):
                        _read_linear(reader, part, group, letters, rest)
                    else:
                        letter_of(reader, part, letters, "a factor of a recursion")
                return
    raise NoDimension(f"{text(expr)} is no linear recursion")


def _offset(node: Symbol, one: Definition) -> int:
    """How many steps after its own a recursion reads."""
    named = free_letter(one.symbol.indices[0])
    own = linear_step(one.symbol.indices[0], named or "")
    read = linear_step(node.indices[0], named or "") if len(node.indices) == 1 else None
    if (
        own is None
        or read is None
        or (own.t_multiple, own.T_multiple) != (read.t_multiple, read.T_multiple)
    ):
        raise NoDimension(f"{text(node)} is read at a step that is no neighbour")
    return read.constant - own.constant
