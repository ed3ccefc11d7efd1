"""The dimension of a formula: at how many lengths it must be right to be right at all of them.

Let the data of a step (inputs, and what it computes through functions) be a letter; T steps are a
word w. Theorem (M. P. Schützenberger, Information and Control 4, 1961; S. Eilenberg, Automata,
Languages and Machines A, 1974, chapter VI; here with generic letters). Let f(w) = α M … M β with
matrices of size d whose entries are rational in a few neighbouring letters, α and β in the letters
near the ends. If f vanishes at a generic word of each of d consecutive lengths, it vanishes at
every longer word. *Proof.* Let R_k be the span of α M … M over all words of at most k letters, over
the function field of generic last letters. It grows strictly or stops for good, so it stops after
d − 1 letters; β is orthogonal to it. ∎ One random instance of each length is a generic word.

d is read off the formula. A position t that a letter of the formula marks splits the automaton into
what it remembers before the mark and after it, so an expression gets a number of states for each
set of marks that have passed (`automata`):

    constant, a quantity of step t      1
    sum; product                        sum; product, for each set of marks
    contraction over an axis            that, times its size while one end waits for the other
    Σ_t                                 the states before and after t are added up
    Π_{k<j≤t} of matrices of step j     n between k and t
    ∂s_t/∂s_k, ∂E/∂s_t, ∂s_t/∂W         N between, N + 1 after, N + 1 before, if the steps hand on N
                                        entries; ∂E/∂W is a sum, of N + 2
    recursion of N entries              N + 1 on the side that it comes from

A literal (step 3, T − 2, t + 1) costs no states but length: the letters near the ends and near a
mark are seen together. Two steps may be compared (k < t, t ≤ T − 3), and a step with a number; of
a sum of two steps (k < T − t) no automaton with finitely many states knows how large it is. What
has no rule has no dimension, and the reason is given.
"""

from __future__ import annotations

from .automata.profile import subsets
from .automata.reader import ProfileReader
from .automata.steps import check_range
from .automata.surroundings import NoDimension, Surroundings
from .comparison import Claim

MOST = 40
"""The largest dimension that is looked at: so many lengths are evaluated."""


def dimension(claim: Claim, around: Surroundings) -> int:
    """d of left − right, with every free step letter claimed for all its values.

    Raises `NoDimension`.
    """
    if around.memory.reason:
        raise NoDimension(around.memory.reason)
    reader = ProfileReader(around)
    sides = (claim.left, claim.right)
    letters = {
        span.index: span.index
        for span in claim.ranges
        if any(around.is_step(span.index, side) for side in sides)
    }
    for span in claim.ranges:
        check_range(around, span, letters)
    profiles = [reader.profile(side, letters) for side in sides]
    return sum(one.at(passed) for one in profiles for passed in subsets(letters.values()))
