"""Profiles of the names that a file defines, each read once, with its own step as a mark."""

from __future__ import annotations

from collections.abc import Mapping

from ...notation.printer.text import text
from ...notation.tree import Symbol, walk
from .profile import MIXED, ONE, START, Profile, added, letter, moved, scaled
from .recursions import recursion
from .steps import OWN, check_range, mark_of, own_letters
from .surroundings import NoDimension, Reader, Surroundings


def defined(reader: Reader, expr: Symbol, letters: Mapping[str, str]) -> Profile:
    """The profile of a name's family, moved to the step at which it is asked for."""
    found = _family(reader, expr.name)
    family = reader.around.definitions.by_name[expr.name]
    if any(len(one.patterns) > len(expr.indices) for one in family):
        found = _as_a_whole(found)
    if not expr.indices:
        return moved(found, OWN, START)
    if len(expr.indices) > 1:
        raise NoDimension(f"{text(expr)} has two steps")
    return moved(found, OWN, mark_of(expr, letters))


def _family(reader: Reader, name: str) -> Profile:
    """The profile of a name, with its own step as the mark OWN."""
    if name in reader.known:
        return reader.known[name]
    if name in reader.open:
        raise NoDimension(f"{name} is defined by itself in a way that is no recursion")
    group = _group(reader.around, name)
    reader.open.append(name)
    try:
        found = recursion(reader, group) if group else _plain(reader, name)
    finally:
        reader.open.pop()
    for one in group or {name}:
        reader.known[one] = found
    return found


def _plain(reader: Reader, name: str) -> Profile:
    parts = []
    for one in reader.around.definitions.by_name[name]:
        own = own_letters(one)
        for span in one.ranges:
            check_range(reader.around, span, own)
        found = reader.profile(one.body, own)
        if one.symbol.indices and not own:
            found = found if OWN in found.marks else _at_a_literal(found)
        parts.append(found)
    return added(parts)


def _group(around: Surroundings, name: str) -> set[str]:
    """The names defined through each other and this one; none if it is no recursion."""
    by_name = around.definitions.by_name

    def read(start: str) -> set[str]:
        pending, seen = [start], set[str]()
        while pending:
            bodies = [one.body for one in by_name.get(pending.pop(), ())]
            names = {n.name for body in bodies for n in walk(body) if isinstance(n, Symbol)}
            pending.extend(sorted(names & by_name.keys() - seen))
            seen |= names & by_name.keys()
        return seen

    below = read(name)
    return {one for one in below | {name} if name in read(one) and one in below}


def _as_a_whole(found: Profile) -> Profile:
    """What is defined entry by entry: where all of an entry comes in, so does the axis."""
    axis = found.rows if found.is_letter and len(found.marks) <= 1 else MIXED
    return Profile(found.states, axis, axis)


def _at_a_literal(found: Profile) -> Profile:
    """A case for one step near an end, as part of the profile of the whole family."""
    return scaled(found, letter(OWN, shape=ONE))
