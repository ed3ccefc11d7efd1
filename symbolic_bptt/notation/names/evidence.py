r"""What a line shows about its letters: which are steps, which are indices at all.

A letter is an index in a line if the line binds it, if it stands under a bracket, `(W s)_i`, or if
it stands in scripts on both sides of the line, on two bases. It is a step if it is the time index
or the last step, or if the limits of a sum tie it to one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ..surface.nodes import Sequence
from .shape import Shape, shape_of
from .walk import Found, sides

_LETTER = re.compile(r"\\[A-Za-z]+|[A-Za-z]")


@dataclass(frozen=True)
class Use:
    """Letters of one script: on which base, in which operand of the line.

    declared: whether the base is declared without them, so that they are no label.
    sole: whether they are all that the base has for an index.
    """

    stem: str
    text: str
    root: int
    letters: tuple[str, ...]
    declared: bool = False
    sole: bool = False


def letters_in(text: str) -> frozenset[str]:
    """The letters of a short expression such as `T-1`."""
    return frozenset(_LETTER.findall(text))


def steps_of_limits(
    limits: Iterable[tuple[Sequence, ...]], steps: frozenset[str], others: frozenset[str]
) -> frozenset[str]:
    """The letters that the limits of sums tie to steps; none of `others`, the sizes."""
    found = set(steps)
    shapes = [_limit_shapes(bodies) for bodies in limits]
    for _ in range(2):
        for limit in shapes:
            letters = {letter for shape in limit for letter in shape.letters}
            if len(limit) > 1 and found & letters:
                found |= letters - others
    return frozenset(found)


def _limit_shapes(bodies: tuple[Sequence, ...]) -> list[Shape]:
    shapes = [shape_of(side) for body in bodies for side in sides(body)]
    return [shape for shape in shapes if shape.kind in ("letters", "sum", "number")]


def entered_letters(found: Found) -> frozenset[str]:
    """The letters under brackets: i and j of `(W V)_{ij}`."""
    shapes = (shape_of(piece.body) for piece in found.entered)
    return frozenset(
        letter for shape in shapes if shape.kind in ("letters", "sum") for letter in shape.letters
    )


def shared_letters(uses: list[Use], strong: frozenset[str], never: frozenset[str]) -> set[str]:
    """The letters that are indices because of where they stand together.

    strong: those that are indices already. never: those that are names or labels.
    A letter counts if it stands on two bases and on both sides of the line, not in one and the same
    word alone (`W_{in}`, `b_{in}`), and not as the only script everywhere (`\\Gamma_u`, `W_u`); or
    in two scripts, beside an index that it is glued to.
    """
    places: dict[str, list[Use]] = defaultdict(list)
    for use in uses:
        for letter in use.letters:
            places[letter].append(use)
    found = {
        letter
        for letter, where in places.items()
        if _stands_on_both_sides(letter, where)
        and (letter not in never or any(use.declared for use in where))
    }
    return found | _partners(places, found | strong)


def _stands_on_both_sides(letter: str, where: list[Use]) -> bool:
    stems = {use.stem for use in where}
    texts = {use.text for use in where}
    roots = {use.root for use in where}
    alone = any(use.letters == (letter,) for use in where)
    apart = alone or len(texts) > 1
    telling = any(use.declared or not use.sole or len(use.letters) > 1 for use in where)
    return len(stems) > 1 and 0 in roots and len(roots) > 1 and apart and telling


def _partners(places: dict[str, list[Use]], strong: set[str] | frozenset[str]) -> set[str]:
    """Letters glued to an index that also stand in a script of another kind."""
    found: set[str] = set()
    pending = list(strong)
    while pending:
        for use in places.get(pending.pop(), ()):
            for letter in use.letters if len(use.letters) > 1 else ():
                if letter in found or letter in strong:
                    continue
                if len({(other.stem, other.text) for other in places[letter]}) > 1:
                    found.add(letter)
                    pending.append(letter)
    return found
