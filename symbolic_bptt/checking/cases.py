"""Whether an equation defines a case that nothing settles yet, or claims something of one that is.

`E` and `E_t` are two names; `a_{t,i}` is an entry of `a_t`. A boundary of a recursion is a case of
its own, and so is what holds in another range, or what a gradient is after the last step.
"""

from __future__ import annotations

from ..model.model import TimeAxis
from ..model.steps import LinearStep, linear_step
from ..notation.tree import Derivative, walk
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
    if _is_late(definition, time) and all(map(_ends_with_the_steps, family)):
        return True
    if _is_covered(definition, family, time):
        return False
    if any(not (old.literal_indices or old.ranges or old.recursive) for old in family):
        return False
    general = [old for old in family if old.literal_indices < definition.literal_indices]
    if not general or any(old.ranges for old in general):
        return not _settled(definition, family, time)
    return any(old.recursive for old in general) and not _settled(definition, family, time)


LENGTHS = range(1, 7)
"""At so many steps it is looked at whether cases leave one out."""


def _is_covered(definition: Definition, family: list[Definition], time: TimeAxis) -> bool:
    """Whether δ_T and δ_t for t < T leave nothing to be said of a step.

    A recursion covers nothing as long as it has no boundary: what is special in it may be that.
    """
    bounded = any(old.literal_indices for old in family)
    cases = [o for o in family if (o.ranges or o.literal_indices) and (bounded or not o.recursive)]
    if len(definition.patterns) != 1 or not any(old.ranges for old in cases):
        return False
    said = [
        (step, time.letter_T(count))
        for count in LENGTHS
        for step in time.steps(count)
        if _reaches(definition, (step,), time.letter_T(count))
    ]
    return bool(said) and all(
        any(_reaches(old, (step,), letter_T) for old in cases) for step, letter_T in said
    )


def _ends_with_the_steps(old: Definition) -> bool:
    """Whether it says nothing after the last step, as the derivative by a quantity of a step."""
    return bool(old.literal_indices) or any(isinstance(one, Derivative) for one in walk(old.body))


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
    step = _literal_step(special)
    return step is not None and not time.has(step.constant, from_last=bool(step.T_multiple))


def _is_late(special: Definition, time: TimeAxis) -> bool:
    """Whether its step lies after the last one."""
    step = _literal_step(special)
    return step is not None and bool(step.T_multiple) and _is_beyond(special, time)


def _literal_step(special: Definition) -> LinearStep | None:
    step = linear_step(special.patterns[0], "") if special.patterns else None
    return step if step is not None and step.T_multiple in (0, 1) else None


def _applies(general: Definition, special: Definition, letter_T: int = 5) -> bool:
    """Whether the general case covers the special one, at a length where both make sense."""
    steps = [linear_step(pattern, "") for pattern in special.patterns]
    if any(step is None for step in steps):
        return False
    indices = tuple(step.at(0, letter_T) for step in steps if step is not None)
    return _reaches(general, indices, letter_T)


def _reaches(general: Definition, indices: tuple[int, ...], letter_T: int) -> bool:
    """Whether an equation says what its name is at these indices."""
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
