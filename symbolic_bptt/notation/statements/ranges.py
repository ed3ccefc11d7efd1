r"""Relations between index expressions as bounds: `1 \le k < t \le T`, `t \in \{1, 3\}`."""

from __future__ import annotations

from collections.abc import Sequence as Many
from dataclasses import dataclass, replace

from ..surface.nodes import Group, Item, Name, Scripted, Sequence
from .letters import HORIZONS, Items, bare, commas, is_index, letter, letters_of, only_letter
from .lists import at_dots, listed, sequence
from .statement import Bounds, Condition

UPWARDS, DOWNWARDS = ("<", r"\le"), (">", r"\ge")
_FLIPPED = dict(zip((*UPWARDS, *DOWNWARDS), (*DOWNWARDS, *UPWARDS), strict=True))
_EQUAL = ("=", ":=", r"\equiv")
BRACES = (r"\{", "{")
"""Around a set of steps; those that only group are what plain text writes."""

_WHOLE = frozenset((r"\mathbb{N}", r"\mathbb{Z}", r"\mathbb N", r"\mathbb Z"))


@dataclass(frozen=True)
class Ranges:
    """What one or more relations say about indices, and about shapes."""

    bounds: tuple[Bounds, ...] = ()
    conditions: tuple[Condition, ...] = ()
    shapes: tuple[tuple[Sequence, Sequence], ...] = ()


@dataclass(frozen=True)
class Chain:
    r"""`i, j = 1, \dots, n`: shared `i`; operands `j`, `1`; relations `=`; more `\dots`, `n`."""

    operands: tuple[Items, ...]
    relations: tuple[str, ...]
    shared: Items = ()
    more: tuple[Items, ...] = ()


def ranges(chain: Chain) -> Ranges | str:
    """What a chain of relations says, or why it says nothing about indices."""
    signs = chain.relations
    if signs == (r"\in",):
        return _member(chain)
    if not all(map(is_index, _expressions(chain))):
        return "a condition on indices has index letters and numbers only"
    if set(signs) <= set(_EQUAL) and len(signs) == 1:
        return _equal(chain)
    if chain.more:
        return r"a list of values stands behind =: write t = 1, \dots, T"
    if signs == (r"\ne",):
        return _unequal(chain)
    if set(signs) <= set(UPWARDS) or set(signs) <= set(DOWNWARDS):
        return _ordered(chain)
    return r"a range is written 1 \le k \le t, its signs all in one direction"


def _expressions(chain: Chain) -> tuple[Items, ...]:
    """What must be index expressions: of a list behind =, its left side (the list looks itself)."""
    listing = len(chain.relations) == 1 and chain.relations[0] in _EQUAL
    return chain.operands[:1] if listing else chain.operands


def _equal(chain: Chain) -> Ranges | str:
    left, right = chain.operands
    if not letters_of(left) and only_letter(right) and not chain.more:
        left, right = right, left
    if not only_letter(left):
        if chain.more or not is_index(right):
            return r"a list of steps belongs to one letter: write t = 1, \dots, T"
        return Ranges(conditions=(_condition(left, chain.relations[0], right),))
    if chain.relations[0] == r"\equiv" and len(right) > 1:
        return Ranges(conditions=(_condition(left, chain.relations[0], right),))
    found = listed(left[0], (right, *chain.more))
    return found if isinstance(found, str) else Ranges(_for_each(chain, found))


def _unequal(chain: Chain) -> Ranges:
    left, right = chain.operands
    if not only_letter(left):
        left, right = right, left
    if not only_letter(left):
        return Ranges(conditions=(_condition(left, r"\ne", right),))
    return Ranges(_for_each(chain, Bounds(left[0], unequal=(sequence(right),))))


def _ordered(chain: Chain) -> Ranges | str:
    operands, signs = chain.operands, chain.relations
    if signs[0] in DOWNWARDS:
        operands = operands[::-1]
        signs = tuple(_FLIPPED[sign] for sign in reversed(signs))
    if len(operands) == 2:
        return _compared(chain, operands, signs[0])
    inner = operands[1:-1]
    if not all(map(only_letter, inner)):
        if chain.shared:
            return r"a range has one letter between its bounds: write 1 \le k \le t"
        triples = zip(operands, signs, operands[1:], strict=False)
        return Ranges(conditions=tuple(_condition(*triple) for triple in triples))
    found = []
    for place in range(len(inner), 0, -1):
        one = Bounds(inner[place - 1][0], sequence(operands[0]), sequence(operands[place + 1]))
        one = replace(one, lower_strict=signs[0] == "<", upper_strict=signs[place] == "<")
        found.append(one)
    shared = tuple(replace(found[0], letter=other) for other in chain.shared)
    return Ranges((*shared, *found))


def _compared(chain: Chain, operands: Many[Items], sign: str) -> Ranges:
    """left <= right: of the letter written first, unless it ends ranges by custom."""
    left, right = operands
    strict = sign == "<"
    below = Bounds(left[0], upper=sequence(right), upper_strict=strict)
    above = Bounds(right[0], lower=sequence(left), lower_strict=strict)
    order = [one for side, one in ((left, below), (right, above)) if only_letter(side)]
    if chain.operands[0] != left:
        order.reverse()
    order.sort(key=lambda one: letter(one.letter) in HORIZONS)
    if not order:
        return Ranges(
            conditions=(_condition(chain.operands[0], chain.relations[0], chain.operands[1]),)
        )
    return Ranges(_for_each(chain, order[0]))


def _for_each(chain: Chain, found: Bounds) -> tuple[Bounds, ...]:
    return (*(replace(found, letter=other) for other in chain.shared), found)


def _condition(left: Items, sign: str, right: Items) -> Condition:
    return Condition(sequence(left), sign, sequence(right))


def _member(chain: Chain) -> Ranges | str:
    left, right = chain.operands
    one: Item | None = left[0] if only_letter(left) else None
    among = _among(one, right) if one is not None else None
    if isinstance(among, Bounds):
        return Ranges(_for_each(chain, among))
    written_out = bool(chain.more) or None in at_dots(right)
    if (
        written_out
        and one is not None
        and all(part is None or is_index(part) for part in at_dots(right))
    ):
        values = listed(one, (right, *chain.more))
        return values if isinstance(values, str) else Ranges(_for_each(chain, values))
    if chain.more:
        return r"a set is written in braces: t \in \{1, \dots, T\}"
    if among is not None and not is_space(right):
        return among
    left = (*chain.shared, *left)
    return Ranges(shapes=((sequence(left), sequence(right)),))


def _among(one: Item, right: Items) -> Bounds | str:
    if len(right) == 1 and isinstance(right[0], Name) and right[0].text in _WHOLE:
        return Bounds(one)
    if len(right) != 1 or not isinstance(right[0], Group):
        return r"an index is in a set of steps: write t \in \{1, \dots, T\}"
    group = right[0]
    if group.opening in BRACES:
        return listed(one, commas(group.body.items))
    return _interval(one, group)


def _interval(one: Item, group: Group) -> Bounds | str:
    ends = commas(group.body.items)
    if group.opening not in ("[", "(", "]") or not all(map(_is_end, ends)):
        return r"an index is in a set of steps: write t \in \{1, \dots, T\}"
    if len(ends) == 1:
        return listed(one, ends) if len(ends[0]) > 1 else Bounds(one, upper=sequence(ends[0]))
    if len(ends) == 2:
        lower, upper = map(sequence, ends)
        strict = (group.opening != "[", group.closing != "]")
        return Bounds(one, lower, upper, lower_strict=strict[0], upper_strict=strict[1])
    return listed(one, ends)


def _is_end(items: Items) -> bool:
    return is_index(items) or bool(items)


def is_space(right: Items) -> bool:
    r"""`\mathbb R^{n \times m}`, `(0, 1)^n`, `\mathcal X`: a set that is no set of steps."""
    first = bare(right)[:1]
    base = first[0].base if first and isinstance(first[0], Scripted) else (first or (None,))[0]
    return isinstance(base, Name) and base.text.startswith("\\math") and base.text not in _WHOLE


def merged(found: list[Ranges]) -> Ranges | str:
    """`k \\ge 1, k \\le t` and `j \\le n, j \\ne i` say one range each."""
    by_letter: dict[str, Bounds] = {}
    for one in (bounds for ranges_ in found for bounds in ranges_.bounds):
        name = letter(one.letter)
        both = _both(by_letter[name], one) if name in by_letter else one
        if both is None:
            return f"two ranges for {name}: write one"
        by_letter[name] = both
    conditions = tuple(one for ranges_ in found for one in ranges_.conditions)
    shapes = tuple(one for ranges_ in found for one in ranges_.shapes)
    return Ranges(tuple(by_letter.values()), conditions, shapes)


def _both(old: Bounds, new: Bounds) -> Bounds | None:
    """Two ranges of one letter as one; None if both say where it begins, or where it ends."""
    for name in ("lower", "upper"):
        if getattr(old, name) is not None and getattr(new, name) is not None:
            return None
    if (old.values and (new.values or new.lower or new.upper)) or (
        new.values and (old.lower or old.upper)
    ):
        return None
    lower = old if old.lower is not None else new
    upper = old if old.upper is not None else new
    return Bounds(
        old.letter,
        *(lower.lower, upper.upper, lower.lower_strict, upper.upper_strict),
        unequal=old.unequal + new.unequal,
        values=old.values or new.values,
    )
