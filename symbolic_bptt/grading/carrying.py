"""Error carried forward: a false step that is right given what was written before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..checking.comparison import Claim
from ..checking.definitions import Definitions
from ..notation.tree import Expr, Number, Symbol, walk
from .meanings import Meanings
from .proof import Prover
from .quantities import canonical, replaced
from .steps import FALSE, MISTAKES, Step

REPAIRED = -1
"""The origin of a step that is right because the mistake it would follow from was put right."""


@dataclass(frozen=True)
class Carrying:
    """What steps may rest on: the proofs of the sheet, and what its names are meant as."""

    prover: Prover
    meanings: Meanings

    def origin(self, step: Step, before: Sequence[Step]) -> int | None:
        """The number of the wrong step from which this false one follows; None if from none."""
        claim = step.claim
        if claim is None or claim.op != "=":
            return None
        false = [one for one in before if one.relation in FALSE and one.claim is not None]
        return (
            self._through_names(claim, before)
            or self._through_same_side(claim, false)
            or self._through_substitution(claim, before, false)
        )

    def _through_names(self, claim: Claim, before: Sequence[Step]) -> int | None:
        """It would hold if the names it uses were what they are meant as."""
        wrong = reachable(claim.right, self.prover.sheet.bound.definitions) & self.meanings.wrong
        culprits = [one for one in before if one.relation in MISTAKES and one.defines in wrong]
        if not culprits or not self.prover.holds(claim, self.meanings.meant):
            return None
        repaired = {one.because_of for one in before if one.relation.startswith("repairs")}
        return next((one.number for one in culprits if one.number not in repaired), REPAIRED)

    def _through_same_side(self, claim: Claim, false: Sequence[Step]) -> int | None:
        """An earlier false step gave the same quantity, and this one only rewrites what it gave."""
        for one in reversed(false):
            assert one.claim is not None
            if self._same(one.claim.left, claim.left) and self._equal(
                one.claim.right, claim.right, claim
            ):
                return one.because_of or one.number
        return None

    def _through_substitution(
        self, claim: Claim, before: Sequence[Step], false: Sequence[Step]
    ) -> int | None:
        """It holds once one mistaken equation, or all of them, are taken for true."""
        options = [[one] for one in reversed(false)] + ([list(false)] if len(false) > 1 else [])
        sources = [
            one.claim.right
            for one in before
            if one.claim is not None and one not in false and self._same(one.claim.left, claim.left)
        ]
        for chosen in options:
            fits = any(
                right != claim.right and self.prover.holds(replace(claim, right=right))
                for right in (
                    _taken_for_true(claim.right, chosen),
                    _put_back(claim.right, chosen),
                )
            )
            for source in sources:
                mistaken = _taken_for_true(source, chosen)
                if not fits and mistaken != source:
                    fits = self._equal(mistaken, claim.right, claim)
            if fits:
                return chosen[0].because_of or chosen[0].number
        return None

    def _equal(self, left: Expr, right: Expr, like: Claim) -> bool:
        if left == right:
            return True
        return self.prover.holds(self.prover.claim(left, right, like.ranges))

    def _same(self, left: Expr, right: Expr) -> bool:
        sheet = self.prover.sheet
        model, definitions = sheet.bench.model, sheet.bound.definitions
        return canonical(left, model, definitions) == canonical(right, model, definitions)


def reachable(expr: Expr, definitions: Definitions) -> frozenset[str]:
    """The names that an expression uses, those inside the definitions of others included."""
    pending, seen = [expr], set()
    while pending:
        for node in walk(pending.pop()):
            if isinstance(node, Symbol) and node.name not in seen:
                seen.add(node.name)
                pending += [one.body for one in definitions.by_name.get(node.name, ())]
    return frozenset(seen)


def _put_back(expr: Expr, mistakes: Sequence[Step]) -> Expr:
    """The quantities themselves in place of what they were mistaken for."""
    for one in mistakes:
        assert one.claim is not None
        if not isinstance(one.claim.right, Symbol | Number):
            expr = replaced(expr, one.claim.right, one.claim.left)
    return expr


def _taken_for_true(expr: Expr, mistakes: Sequence[Step]) -> Expr:
    for one in mistakes:
        assert one.claim is not None
        expr = replaced(expr, one.claim.left, one.claim.right)
    return expr
