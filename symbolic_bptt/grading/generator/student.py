"""One student's derivation: lines of formulas in some hand, with at most one mistake.

The closed form of a model is derived for any T, rewritten at random by rules that keep its value,
given names, and printed in LaTeX or plain text. A mistake is planted in the right side of one
line; numbers in floating point make sure that it changes the value, so that no equivalent form
passes for a mistake.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from random import Random

import numpy as np

from ...checking.comparison import Claim, places
from ...checking.definitions import Definitions, as_definition
from ...checking.diagnosis.context import Context
from ...checking.diagnosis.positions import Position, positions
from ...checking.environment import ClaimEnvironment
from ...checking.laboratory import Laboratory
from ...derivation.derive import derive
from ...evaluation.errors import EvaluationError, ShapeMismatch
from ...evaluation.evaluator import evaluate
from ...evaluation.value import Pair
from ...model.model import Model
from ...notation.printer.latex import latex
from ...notation.printer.text import text
from ...notation.tree import (
    BigOperator,
    Call,
    Derivative,
    Expr,
    Number,
    Operation,
    Range,
    Statement,
    Symbol,
    Transpose,
)
from .planting import Mutant, mutants
from .rewriting import is_of_step, put_for, rewritten

TOLERANCE = 1e-6

NAMES = ("q", "p", "g", "e", "a", "z", "d")
"""Names that a student may give to an intermediate quantity, if the model does not use them."""


@dataclass(frozen=True)
class Planted:
    """The mistake: the line it is in, its name, and the classes under which it may be diagnosed."""

    line: int
    kind: str
    categories: frozenset[str]
    right: str
    wrong: str


@dataclass(frozen=True)
class StudentDerivation:
    """The text of a derivation, how it is to be read, and the mistake in it, if there is one."""

    model: str
    text: str
    kind: str
    mistake: Planted | None


@dataclass
class Workshop:
    """A model with its derivation, from which students' derivations are made."""

    laboratory: Laboratory
    lines: tuple[Statement, ...]
    results: tuple[Statement, ...]
    definitions: Definitions = field(default_factory=Definitions)

    @classmethod
    def of(cls, laboratory: Laboratory) -> Workshop:
        """The general closed form of the laboratory's model."""
        found = derive(laboratory.model, None, style="general")
        zero = Number(Fraction(0))
        results = tuple(
            partial.statement for partial in found.partials if partial.forms[-1] != zero
        )
        made = cls(laboratory, found.definitions, results)
        for statement in found.definitions:
            left, right = statement.operands[0], statement.operands[-1]
            definition = as_definition(left, right, statement.ranges, 0)
            if definition is not None:
                made.definitions.add(definition)
        return made

    @property
    def model(self) -> Model:
        return self.laboratory.model

    def context(self) -> Context:
        """What rewritings and mutations know: the model's names, and shapes of subterms."""
        return Context(self.model, frozenset(self.definitions.by_name), self.measure)

    def measure(self, here: Position) -> Pair | None:
        """The numeric shape of a subterm."""
        instance = self.laboratory.instance(self.model.literal_length or 3)
        at = self.laboratory.float_point(instance)
        steps = at.graph.steps
        letters = {letter: steps[len(steps) // 2] for letter in here.letters}
        around = ClaimEnvironment(at, self.definitions, self.laboratory.blocks, letters)
        try:
            value = evaluate(here.node, around)
        except (EvaluationError, RecursionError):
            return None
        return None if value.flexible else value.shape

    def differs(self, right: Statement, wrong: Expr) -> bool:
        """Whether a wrong right side has another value than the right one, in floating point.

        The gradient by a column written as a row is another layout, and no mistake.
        """
        gap = self._gap(right, wrong)
        if gap is None and isinstance(right.operands[0], Derivative):
            turned = self._gap(right, Transpose(wrong))
            return turned is None or turned > TOLERANCE
        return gap is None or gap > TOLERANCE

    def _gap(self, right: Statement, wrong: Expr) -> float | None:
        """The largest relative distance of the two sides; None if their shapes differ.

        It is 0 where one of them has no value: such a form is not used.
        """
        letters = _free(right, self.model)
        ranges = right.ranges or tuple(Range(letter) for letter in letters)
        claim = Claim(right.operands[-1], "=", wrong, ranges)
        gaps = [0.0]
        for count in (3, 4) if self.model.literal_length is None else (self.model.literal_length,):
            at = self.laboratory.float_point(self.laboratory.instance(count))
            around = ClaimEnvironment(at, self.definitions, self.laboratory.blocks)
            try:
                for place in places(claim, around):
                    size = 1 + np.max(np.abs(place.left))
                    gaps.append(float(np.max(np.abs(place.left - place.right)) / size))
            except ShapeMismatch:
                return None
            except (EvaluationError, RecursionError):
                return 0.0
        return max(gaps)


def _free(statement: Statement, model: Model) -> tuple[str, ...]:
    left = statement.operands[0]
    index = model.time.index
    indices = left.indices if isinstance(left, Symbol) else ()
    return (index,) if Symbol(index) in indices else ()


def student_derivation(
    workshop: Workshop, random: Random, *, mistaken: bool, results: int = 3
) -> StudentDerivation | None:
    """One derivation with at most `results` final lines; None if no mistake could be planted."""
    chosen = list(workshop.results)
    random.shuffle(chosen)
    chosen = sorted(chosen[:results], key=workshop.results.index)
    lines = [_rewritten(one, workshop, random) for one in (*workshop.lines, *chosen)]
    place = random.randrange(len(lines)) if lines else 0
    mutant = _mutant(lines, place, workshop, random) if mistaken else None
    if mistaken and mutant is None:
        return None
    if mutant is not None:
        lines[place] = _with_right(lines[place], mutant.expr)
    written = _named(lines, place, workshop, random) if random.random() < 0.4 else lines
    shift = len(written) - len(lines)
    latex_hand = random.random() < 0.6
    rows = [f"\\[ {latex(one)} \\]" if latex_hand else text(one) for one in written]
    planted = None
    if mutant is not None:
        number = place + 1 + (shift if shift and place >= 0 else 0)
        planted = Planted(
            _line_of(lines[place], written, number),
            mutant.mutation.kind,
            mutant.mutation.categories,
            text(mutant.right),
            text(mutant.wrong),
        )
    kind = ".tex" if latex_hand else ".txt"
    return StudentDerivation(workshop.model.name, "\n".join(rows) + "\n", kind, planted)


def _line_of(line: Statement, written: list[Statement], otherwise: int) -> int:
    for number, one in enumerate(written, 1):
        if one is line:
            return number
    return otherwise


def _with_right(statement: Statement, right: Expr) -> Statement:
    return replace(statement, operands=(*statement.operands[:-1], right))


def _rewritten(statement: Statement, workshop: Workshop, random: Random) -> Statement:
    letters = _free(statement, workshop.model)
    right = rewritten(
        statement.operands[-1], letters, workshop.context(), random, random.randrange(4)
    )
    return Statement((statement.operands[0], right), ("=",), statement.ranges)


def _mutant(
    lines: list[Statement], place: int, workshop: Workshop, random: Random
) -> Mutant | None:
    line = lines[place]
    letters = _free(line, workshop.model)
    for mutant in mutants(line.operands[-1], letters, workshop.context(), random):
        if workshop.differs(line, mutant.expr):
            return mutant
    return None


def _named(
    lines: list[Statement], place: int, workshop: Workshop, random: Random
) -> list[Statement]:
    """The lines with one intermediate quantity named in a line of its own before them.

    The line at `place` stays as it is, so that the mistake is not moved.
    """
    model = workshop.model
    index = model.time.index
    used = {name for name, _ in model.declarations} | set(workshop.definitions.by_name)
    used |= {*model.functions, *model.sizes}
    name = next((one for one in NAMES if one not in used), None)
    options = [
        (number, here.node)
        for number, line in enumerate(lines)
        if number != place
        for here in positions(line.operands[-1], _free(line, model))
        if isinstance(here.node, Operation | Call)
        and index in here.letters
        and is_of_step(here.node, index)
        and not _has_sum(here.node)
    ]
    if name is None or not options:
        return lines
    number, subterm = random.choice(options)
    symbol = Symbol(name, (Symbol(index),))
    line = lines[number]
    new = _with_right(line, put_for(line.operands[-1], subterm, symbol))
    definition = Statement((symbol, subterm), ("=",))
    return [*lines[:number], definition, new, *lines[number + 1 :]]


def _has_sum(expr: Expr) -> bool:
    return any(isinstance(here.node, BigOperator) for here in positions(expr))
