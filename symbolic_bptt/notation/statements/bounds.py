r"""The limits of a sum or product as bounds: `\sum_{t=1}^{T}`, `\sum_{1\le k\le t}`."""

from __future__ import annotations

from dataclasses import replace

from ..surface.nodes import Array, Item, Separator, Sequence
from .chains import has_relation
from .clauses import clause as read_clause
from .fields import Field, fields, without_full_stop
from .layout import opened
from .letters import Items, bare, letter, letters_of
from .statement import Bounds, Clause
from .words import Said

_STACKS = frozenset(("substack", "subarray", "aligned", "array", "smallmatrix", "matrix"))
_HINT = r"write \sum_{t=1}^{T}, or \sum_t for its whole range"


def bounds_of(below: Sequence | None, above: Sequence | None) -> tuple[Bounds, ...] | str:
    r"""The ranges that the two limits say, in the order written, or why they say none.

    A letter without limits runs over its own range. `k = t` below and `1` above is kept as
    written. A lower limit `\tau = 1` without an upper one is refused.
    """
    if below is None:
        return f"the sum or product does not say over which index: {_HINT}"
    line = _line(below)
    if not line:
        return f"the sum or product does not say over which index: {_HINT}"
    found = read_clause(_introduced(line), letters_of(below.items))
    if isinstance(found, str):
        return f"{found}: {_HINT}" if "write" not in found else found
    if found.conditions or found.shapes:
        return (
            r"a range isolates its letter: write \sum_{k \le t - 1}, a set of steps \{1, \dots, T\}"
        )
    return _open_ended(found) if above is None else _closed(found, above)


def _line(below: Sequence) -> list[Field]:
    items = _unstacked(opened(below.items).items)
    return fields(without_full_stop(tuple(items))[0])


def _unstacked(items: Items) -> list[Item]:
    r"""`\substack{a \\ b}` is `a, b`, and so is `a \\ b`."""
    found: list[Item] = []
    for item in items:
        if isinstance(item, Array) and item.environment in _STACKS:
            for row in item.rows:
                found += [one for cell in row for one in cell.items]
                found.append(Separator(","))
        else:
            found.append(Separator(",") if item == Separator("\\\\") else item)
    return found


def _introduced(line: list[Field]) -> list[Field]:
    said = line[0].said
    first = replace(line[0], said=Said(said.roles | {"for"}, said.letters, said.unknown))
    return [first, *line[1:]]


def _open_ended(found: Clause) -> tuple[Bounds, ...] | str:
    for one in found.bounds:
        if len(one.values) == 1:
            return f"{letter(one.letter)} has a lower limit without an upper one: {_HINT}"
    return found.bounds


def _closed(found: Clause, above: Sequence) -> tuple[Bounds, ...] | str:
    if not bare(above.items) or has_relation(above.items):
        return f"the upper limit is one expression: {_HINT}"
    if all(one.upper is not None or len(one.values) > 1 for one in found.bounds):
        return f"{letter(found.bounds[0].letter)} has two upper limits: {_HINT}"
    return tuple(_with_upper(one, above) for one in found.bounds)


def _with_upper(one: Bounds, above: Sequence) -> Bounds:
    if one.upper is not None or len(one.values) > 1:
        return one
    lower = one.values[0] if one.values else one.lower
    return replace(one, lower=lower, upper=above, values=())
