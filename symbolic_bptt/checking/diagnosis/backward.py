"""Which mistakes on the way back through the graph give exactly the answer, alone or in pairs."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from ...derivation.staged import Point
from ...evaluation.domains.atoms import small_fraction
from ...evaluation.errors import EvaluationError
from ...evaluation.graph import Key
from ...notation.tree import Derivative
from .backward_rules import BackwardRule, backward_rules
from .opened import with_local
from .subject import Subject
from .values import Jacobians, Values, answer, derivative, variable_steps

MOST_PAIRS = 60
FACTORS = frozenset(Fraction(n, d) for n, d in ((1, 1), (-1, 1), (2, 1), (-2, 1), (1, 2), (-1, 2)))


@dataclass(frozen=True)
class BackwardMistake:
    """answer = factor · (the derivative with these rules applied)."""

    rules: tuple[BackwardRule, ...]
    factor: Fraction


def backward_mistake(subject: Subject, *, in_pairs: bool = True) -> BackwardMistake | None:
    """The mistake, or the pair of mistakes, that explains the answer; None if none does.

    Where the answer is written in true derivatives of later quantities, a mistake was made only
    at the first step back; both that and a mistake at every step are tried.
    """
    left = subject.claim.left
    if not isinstance(left, Derivative):
        return None
    points = [with_local(at, {}) for at in _points(subject)]
    try:
        tried = Tried(subject, points, [answer(subject, at) for at in points])
        single = tried.single()
        if single is not None or not in_pairs or variable_steps(subject):
            return single
        return tried.pair()
    except (EvaluationError, RecursionError):
        return None


@dataclass
class Tried:
    """The answers at some points, and the altered derivatives compared with them so far."""

    subject: Subject
    points: list[Point]
    answers: list[Values]
    known: list[tuple[BackwardRule, Jacobians]] = field(default_factory=list)

    def single(self) -> BackwardMistake | None:
        """One rule that gives the answer."""
        first = self.points[0]
        true = self.values(first, {}, first_only=False)
        for rule in backward_rules(first):
            changed = rule.change(first)
            if not changed or self.values(first, changed, first_only=False) == true:
                continue
            self.known.append((rule, changed))
            if found := self.explained((rule,), changed):
                return found
        return None

    def pair(self) -> BackwardMistake | None:
        """Two rules that together give the answer; the second alters what the first has left."""
        first = self.points[0]
        closing_last = sorted(self.known, key=lambda one: one[0].kind == "edge-not-followed")
        both = list(combinations(closing_last, 2))
        for (one, changed), (two, _) in both[:MOST_PAIRS]:
            also = two.change(with_local(first, changed))
            if found := self.explained((one, two), {**changed, **also}):
                return found
        return None

    def explained(
        self, rules: tuple[BackwardRule, ...], changed: Jacobians
    ) -> BackwardMistake | None:
        """The mistake, if it gives the answer at every point and at another length too."""
        for first_only in (False, True) if variable_steps(self.subject) else (False,):
            factor = _factor(self.values(self.points[0], changed, first_only), self.answers[0])
            if factor is not None and all(
                _factor(self.values(at, _of_rules(rules, at), first_only), answers) == factor
                for at, answers in zip(self.points[1:], self.answers[1:], strict=True)
            ):
                return BackwardMistake(rules, factor)
        return None

    def values(self, at: Point, changed: Jacobians, first_only: bool) -> Values:
        """The derivative with these Jacobians, everywhere or only where the variable is read."""

        def of(variable: Key | None) -> Jacobians:
            if variable is None or not first_only:
                return changed
            nodes = at.graph.nodes
            return {k: entries for k, entries in changed.items() if variable in nodes[k].reads}

        return derivative(self.subject, at, of)


def _of_rules(rules: tuple[BackwardRule, ...], at: Point) -> Jacobians:
    """What the rules alter, each after the ones before it."""
    changed: Jacobians = {}
    for rule in rules:
        changed |= rule.change(with_local(at, changed))
    return changed


def _points(subject: Subject) -> list[Point]:
    """Two at one length, and one at the next longer one that the claim was looked at."""
    first, *others = subject.judged.instances
    laboratory = subject.laboratory
    longer = min((one for one in others if one.T > first.T), key=lambda one: one.T, default=first)
    found = [laboratory.field_point(first, trial) for trial in (0, 1)]
    return [*found, laboratory.field_point(longer, 2)]


def _factor(value: Values, answers: Values) -> Fraction | None:
    """c with answer = c · value, if it is one of the simple ones; 0 counts as none."""
    if not answers.keys() <= value.keys():
        return None
    pairs = [
        pair
        for letters, entries in answers.items()
        for pair in zip(value[letters], entries, strict=True)
    ]
    lead = next(((a, b) for a, b in pairs if a != 0), None)
    if lead is None:
        return None
    ratio = lead[1] / lead[0]
    if any(b != ratio * a for a, b in pairs):
        return None
    factor = small_fraction(int(ratio), ratio.field.prime)
    return factor if factor in FACTORS else None
