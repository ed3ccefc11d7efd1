"""Points that nobody can know beforehand: they hang on what is to be looked at.

Whoever knows a point can write a number that is 0 modulo its prime: with many digits in a formula,
or with small ones in what a file defines.
"""

from __future__ import annotations

from .comparison import Claim
from .definitions import Definitions
from .extent import literal_bits, reached
from .laboratory import Laboratory

GUESSABLE_BITS = 64
"""A formula with so large numbers could be made to vanish at a point known beforehand."""


def unguessable(laboratory: Laboratory, definitions: Definitions, claim: Claim) -> Laboratory:
    """The laboratory, or the one whose points hang on what the claim uses.

    All claims that use definitions share the points of their file. Those of a claim with large
    numbers hang on that claim too.
    """
    large = literal_bits(claim, definitions) >= GUESSABLE_BITS
    if not large and next(reached(claim, definitions), None) is None:
        return laboratory
    return laboratory.keyed(definitions.text, *((repr(claim),) if large else ()))
