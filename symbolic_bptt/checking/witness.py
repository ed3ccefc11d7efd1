"""Formulas of a derivation evaluated at random points of the model, against SymPy's derivative."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..derivation.staged import Point
from ..evaluation.budget import Budget
from ..evaluation.errors import EvaluationError, LimitReached, ShapeMismatch, UndefinedSymbol
from ..notation.printer.text import text
from ..notation.tree import Statement
from .comparison import Claim, Place, first_difference, places
from .definitions import Definitions, as_definition
from .environment import ClaimEnvironment
from .known import Known
from .laboratory import Laboratory
from .letters import claimed_ranges
from .order import Memo
from .verdict import Instance

MORE_STEPS = 3
"""So many steps more than the fewest for which a form for every T is made."""

WORK = 2_000_000
"""Operations on all formulas of one derivation."""

POINTS = 8
"""Points in balls, where the field does not tell: each has one combination of signs."""

PRECISION = 256
"""Bits of the balls."""

WIDEST = 1e-20
"""The radius of the largest ball of which it is said that it is zero."""


class UnconfirmedError(ValueError):
    """A derived formula that is not the derivative, or has no value: it is not handed out.

    Says which one, why, and what can be had instead.
    """

    def __init__(self, statement: Statement, why: str) -> None:
        self.statement, self.why = statement, why
        super().__init__(
            f"{text(statement.operands[0])} is not printed: what was derived was not confirmed "
            f"({why}); the style `expanded` has SymPy's own derivative, `bptt verify` compares the "
            "two; write the equation concerned in another way, and please report it"
        )


@dataclass
class Witness:
    """Points of a model at which formulas are evaluated, and the names defined so far.

    Every relation is evaluated over a few steps and held against the derivative that is composed of
    SymPy's: in the prime field, and where the sides differ there or have no value, in balls. Sides
    that agree in the field are one rational function but for a chance below 2^-90. What is not
    seen: a length at which a form for every T fails although it holds at this one (`verify` decides
    that), and kinks.
    """

    laboratory: Laboratory
    definitions: Definitions = field(default_factory=Definitions)
    budget: Budget = field(default_factory=lambda: Budget(WORK))
    _known: dict[int, ClaimEnvironment] = field(default_factory=dict)

    def define(self, statement: Statement) -> None:
        """Bind the name on the left side."""
        left, right = statement.operands[:2]
        made = as_definition(left, right, statement.ranges, 0)
        if made is None:
            raise UnconfirmedError(statement, "its left side is no name")
        self.definitions.add(made)
        name = made.symbol.name
        for key, old in self._known.items():
            kept = {memo: known for memo, known in old.known.items() if memo[0] != name}
            self._known[key] = self._environment(old.point, kept)

    def confirm(self, statement: Statement, instance: Instance, *, fewest: bool = False) -> None:
        """Every relation of the statement. Raises `UnconfirmedError`, `UnrollError`.

        Over the `fewest` steps a range may have no step in it; anywhere else it must have one.
        """
        for claim in self._claims(statement):
            why = self._fault(claim, instance, fewest)
            if why:
                raise UnconfirmedError(statement, why)

    def _claims(self, statement: Statement) -> Iterator[Claim]:
        model = self.laboratory.model
        known = frozenset({*model.names, *self.definitions.by_name})
        numbers = frozenset({"T", *model.sizes})
        pairs = zip(statement.operands, statement.operators, statement.operands[1:], strict=False)
        for left, op, right in pairs:
            one = Statement((left, right), (op,), statement.ranges)
            ranges = claimed_ranges(one, numbers, known, model.time.index)
            yield Claim(left, op, right, ranges)

    def _fault(self, claim: Claim, instance: Instance, fewest: bool) -> str:
        """Why the claim is not confirmed; empty if it is."""
        try:
            if not self._differs(claim, self.laboratory.field_point(instance), fewest):
                return ""
        except (ShapeMismatch, UndefinedSymbol, LimitReached) as error:
            return _in_words(error)
        except EvaluationError:
            pass  # no value in the field: a division by zero, a sign, a function it does not have
        in_balls = (
            self.laboratory.ball_point(instance, trial, PRECISION) for trial in range(POINTS)
        )
        try:
            return next(filter(None, (self._differs(claim, at, fewest) for at in in_balls)), "")
        except EvaluationError as error:
            return _in_words(error)

    def _differs(self, claim: Claim, at: Point, fewest: bool) -> str:
        environment = self._known.setdefault(id(at), self._environment(at, {}))
        with at.domain.scope():
            found = list(places(claim, environment))
            if any(first_difference(one, claim.op) is not None for one in found):
                return "the two sides differ at a random point"
            if not all(map(_is_sharp, found)):
                return "its value is not known well enough"
        if assumed := [*environment.notes.boundaries, *environment.notes.left_out]:
            return f"it has no value for {assumed[0]}"
        return "" if found or fewest else "at no step does everything in it exist"

    def _environment(self, at: Point, known: dict[Memo, Known]) -> ClaimEnvironment:
        return ClaimEnvironment(
            at,
            self.definitions,
            self.laboratory.blocks,
            budget=self.budget,
            known=known,
        )


def _is_sharp(place: Place) -> bool:
    """Whether agreement says something: balls that agree are small."""
    pairs = zip(place.left.flat, place.right.flat, strict=True)
    differences = [left - right for left, right in pairs]
    return all(float(one.rad()) < WIDEST for one in differences if hasattr(one, "rad"))


def _in_words(error: EvaluationError) -> str:
    return error.message if error.node is None else f"{text(error.node)}: {error.message}"
