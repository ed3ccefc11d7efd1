"""The smallest change, by the rules of the table, that makes a wrong claim true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ...notation.tree import Expr, Number, Symbol, walk
from . import activation_rules, factor_rules, index_rules, name_rules, product_rules, term_rules
from .context import Context
from .edits import Edit, Rule
from .positions import Path, Position, positions, replaced_at, size
from .subject import Place, Subject, WorkSpent

RULES: tuple[Rule, ...] = (
    index_rules.steps,
    index_rules.entries,
    index_rules.letters,
    index_rules.bounds,
    index_rules.exponents,
    product_rules.transposes,
    product_rules.inverses,
    product_rules.order,
    product_rules.kinds,
    product_rules.placement,
    product_rules.rows,
    name_rules.symbols,
    name_rules.derivative_kinds,
    name_rules.functions,
    name_rules.exchanges,
    name_rules.subterms,
    term_rules.signs,
    term_rules.coefficients,
    term_rules.numbers,
    term_rules.squares,
    term_rules.extra_terms,
    term_rules.parentheses,
    term_rules.multiplied,
    term_rules.sums,
    activation_rules.activations,
    activation_rules.powers,
    activation_rules.squashing,
    factor_rules.kronecker,
    factor_rules.softmax,
    factor_rules.extra_factors,
    activation_rules.missing_activations,
    factor_rules.missing_factors,
)
"""Every small change that is tried; each undoes a mistake of the catalogue."""


DEAREST = 6
"""The highest cost of an edit."""

COMMON = 2
"""After edits up to this cost, the commonest are tried in the other readings too."""

FAR = 2
"""A definition is as far away as an edit of the claim that costs so much more."""

WORK_FOR_PAIRS = 80_000
"""Operations spent on pairs of edits."""

THROUGHOUT = ("activation-other", "activation-of-output", "slice-axis", "sign")
"""Mistakes that are made in the same way wherever they can be made."""


@dataclass(frozen=True)
class Repair:
    """An edit at a place that makes the claim true."""

    place: Place
    path: Path
    wrong: Expr
    edit: Edit
    times: int = 1


@dataclass(frozen=True)
class Candidate:
    """An edit that has not been tried yet."""

    number: int
    place: Place
    here: Position
    rule: Rule
    edit: Edit
    others: tuple[Candidate, ...] = ()
    """The same edit at other subterms of the expression."""

    def repair(self) -> Repair:
        """What it is once it is known to help."""
        times = 1 + len(self.others)
        return Repair(self.place, self.here.path, self.here.node, self.edit, times)

    def applied(self) -> Expr:
        """The whole expression after the edit."""
        expr = self.place.expr
        for one in (self, *self.others):
            expr = replaced_at(expr, one.here.path, one.edit.new)
        return expr


def context_of(subject: Subject) -> Context:
    """What the rules know about the subject."""
    return Context(
        subject.laboratory.model,
        frozenset(subject.definitions.by_name),
        subject.measure,
        subject.judged.finding.outcome == "mismatch",
        subject.claim.left,
        tuple(sorted(_literal_steps(subject), key=repr)),
    )


def _literal_steps(subject: Subject) -> set[Expr]:
    """The steps that the claim names by a number."""
    return {
        index
        for side in (subject.claim.left, subject.claim.right)
        for node in walk(side)
        if isinstance(node, Symbol)
        for index in node.indices[:1]
        if isinstance(index, Number)
    }


def candidates(number: int, place: Place, context: Context) -> list[Candidate]:
    """All edits at a place, the commonest mistakes and the smallest subterms first."""
    found = [
        Candidate(number, place, here, rule, edit)
        for here in positions(place.expr, place.letters)
        for rule in RULES
        for edit in rule(here, context)
        if edit.new != here.node
    ]
    return sorted(found, key=lambda one: (one.edit.cost, size(one.here.node)))


def repair(subject: Subject) -> Repair | None:
    """The first edit that provably makes the claim true; None if none does within the work allowed.

    The claim itself is searched before the definitions that it rests on, and what is likely there
    before what is unlikely here. Other readings are tried for the commonest slips.
    """
    try:
        for cost, level in _levels(subject):
            for one in [*level, *everywhere(level)]:
                if _is_true(subject, one):
                    return one.repair()
            if cost == COMMON and (found := _otherwise(subject)):
                return found
    except WorkSpent:
        return None
    return None


def _otherwise(subject: Subject) -> Repair | None:
    """The commonest edits in other readings, those of ranges first."""
    try:
        for other in subject.in_other_readings():
            found = candidates(0, other.places()[0], context_of(other))
            common = [one for one in found if one.edit.cost == 1]
            for one in sorted(common, key=lambda one: not one.edit.kind.endswith("-range")):
                if _is_true(other, one):
                    return one.repair()
    except WorkSpent:
        pass
    return None


def _levels(subject: Subject) -> Iterator[tuple[int, list[Candidate]]]:
    """Edits by cost; those of definitions are made, and tried, when the common ones have failed."""
    context = context_of(subject)
    claim, *definitions = subject.places()
    here = candidates(0, claim, context)
    there: list[Candidate] = []
    for cost in range(1, DEAREST + FAR + 1):
        if cost == 1 + FAR:
            for number, place in enumerate(definitions, 1):
                there += candidates(number, place, context)
        level = [one for one in here if one.edit.cost == cost]
        yield cost, [*level, *(one for one in there if one.edit.cost == cost - FAR)]


def repair_pair(subject: Subject) -> tuple[Repair, Repair] | None:
    """Two common edits of the right side that together make the claim true."""
    subject = replace(subject, budget=subject.judged.budget.share(WORK_FOR_PAIRS))
    found = candidates(0, subject.places()[0], context_of(subject))
    try:
        for first, second in pairs(found, 1):
            both = replace(first, others=(second,))
            if _is_true(subject, both):
                return first.repair(), second.repair()
    except WorkSpent:
        return None
    return None


def everywhere(found: Iterable[Candidate]) -> Iterator[Candidate]:
    """The same edit at every equal subterm of an expression, for a mistake made throughout."""
    groups: dict[tuple[int, Expr, Expr], list[Candidate]] = {}
    for one in found:
        groups.setdefault((one.number, one.here.node, one.edit.new), []).append(one)
    alike: dict[tuple[int, Rule, str], list[Candidate]] = {}
    for one in found:
        if one.edit.kind in THROUGHOUT:
            alike.setdefault((one.number, one.rule, one.edit.kind), []).append(one)
    for group in (*groups.values(), *alike.values()):
        apart = _apart(group)
        if len(apart) > 1:
            yield replace(apart[0], others=tuple(apart[1:]))


def _apart(group: Sequence[Candidate]) -> list[Candidate]:
    """As many of them as do not overlap."""
    kept: list[Candidate] = []
    for one in group:
        if not any(_overlap(one.here.path, other.here.path) for other in kept):
            kept.append(one)
    return kept


def _is_true(subject: Subject, one: Candidate) -> bool:
    claim, definitions = subject.with_change(one.place, one.applied())
    return subject.may_hold(claim, definitions) and subject.holds(claim, definitions)


def pairs(found: list[Candidate], most: int) -> Iterator[tuple[Candidate, Candidate]]:
    """Pairs of edits at places that do not overlap, the commonest first."""
    likely = [one for one in found if one.edit.cost <= most]
    for later, second in enumerate(likely):
        for first in likely[:later]:
            if first.place is second.place and not _overlap(first.here.path, second.here.path):
                yield first, second


def _overlap(left: Path, right: Path) -> bool:
    shorter = min(len(left), len(right))
    return left[:shorter] == right[:shorter]
