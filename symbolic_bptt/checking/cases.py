"""Whether an equation defines a case that nothing settles yet, or claims something of one that is.

`E` and `E_t` are two names; `a_{t,i}` is an entry of `a_t`. A boundary of a recursion is a case of
its own, and so is what holds in another range.
"""

from __future__ import annotations

from ..model.model import TimeAxis
from ..model.steps import LinearStep, linear_step
from .definitions import Definition, Definitions, free_letter, match


def is_new_case(
    definition: Definition, definitions: Definitions, time: TimeAxis | None = None
) -> bool:
    """Whether it defines something: a new name, or a case that no definition settles yet.

    A special case of a name that a recursion defines is its boundary, if the recursion has none
    yet, or if it lies beyond the steps. A special case of a name that is settled there already,
    and an equation as general as one that stands, are claims. So is what is said of the entries
    of a vector that is settled, or of a vector whose entries are.
    """
    name = definition.symbol.name
    families = [definitions.family(name, arity) for arity in definitions.arities(name)]
    axis = time or TimeAxis()
    return all(_is_open(definition, family, axis) for family in families)


def _is_open(definition: Definition, family: list[Definition], time: TimeAxis) -> bool:
    """Whether the definitions with one number of indices leave the new case open."""
    shorter, longer = sorted((definition, family[0]), key=lambda one: len(one.patterns))
    count = len(shorter.patterns)
    if count < len(longer.patterns) and _are_two_names(shorter, longer, time.index):
        return True
    return _is_new_among(definition.whole(count), [old.whole(count) for old in family], time)


def _are_two_names(shorter: Definition, longer: Definition, time_index: str) -> bool:
    """E and E_t, δ_t and δ_{t,k} with a step k; not a vector and its entries.

    E and E_1 are two names unless E is known to have entries.
    """
    count = len(shorter.patterns)
    if longer.is_step(count, time_index):
        return True
    return not count and free_letter(longer.patterns[0]) is None and not shorter.rank


def _is_new_among(definition: Definition, family: list[Definition], time: TimeAxis) -> bool:
    if any(_same_case(definition, old) for old in family):
        return False
    if any(not (old.literal_indices or old.ranges or old.recursive) for old in family):
        return False
    general = [old for old in family if old.literal_indices < definition.literal_indices]
    if not general or any(old.ranges for old in general):
        return not _settled(definition, family, time)
    return any(old.recursive for old in general) and not _settled(definition, family, time)


def _settled(definition: Definition, family: list[Definition], time: TimeAxis) -> bool:
    """Whether a recursion that applies to the special case has a boundary already."""
    boundary = any(old.literal_indices for old in family)
    return (
        boundary
        and not _is_beyond(definition, time)
        and any(
            old.recursive and not old.literal_indices and _applies(old, definition)
            for old in family
        )
    )


def _is_beyond(special: Definition, time: TimeAxis) -> bool:
    """Whether its step lies outside the axis, where a recursion over the steps says nothing."""
    step = linear_step(special.patterns[0], "") if special.patterns else None
    if step is None or step.T_multiple not in (0, 1):
        return False
    return not time.has(step.constant, from_last=bool(step.T_multiple))


def _applies(general: Definition, special: Definition, letter_T: int = 5) -> bool:
    """Whether the general case covers the special one, at a length where both make sense."""
    steps = [linear_step(pattern, "") for pattern in special.patterns]
    if any(step is None for step in steps):
        return False
    indices = tuple(step.at(0, letter_T) for step in steps if step is not None)
    letters = match(general, indices, letter_T)
    if letters is None:
        return False
    limits = [
        (letters[span.index] - limit.at(0, letter_T)) * sign
        for span in general.ranges
        for bound, sign in ((span.lower, 1), (span.upper, -1))
        if bound is not None
        and span.index in letters
        and (limit := linear_step(bound, "")) is not None
    ]
    return all(distance >= 0 for distance in limits)


def _same_case(left: Definition, right: Definition) -> bool:
    """Literal indices and repeated letters at the same places, and the same ranges."""

    def case(one: Definition) -> list[LinearStep | int | None]:
        letters = [free_letter(pattern) for pattern in one.patterns]
        return [
            letters.index(letter) if letter else linear_step(pattern, "")
            for letter, pattern in zip(letters, one.patterns, strict=True)
        ]

    return case(left) == case(right) and bool(left.ranges) == bool(right.ranges)
