"""One file examined: its lines bound, its relations posed as claims and judged as they are read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..evaluation.budget import Budget
from ..evaluation.errors import EvaluationError
from ..model.model import Model
from ..notation.displays import Text
from ..notation.elaboration.choices import Choice
from ..notation.errors import Problem
from ..notation.printer.text import text as shown
from ..notation.statements.statement import Statement as Written
from ..notation.tree import Derivative, Expr, Held, Symbol, walk
from .account import problems_in
from .answers import Answer
from .binding import Bound, Line
from .chosen import chosen
from .claims import HOLDING, Judged
from .comparison import Claim
from .definitions import Definition, Definitions
from .extension import Sample, extended, is_quantity
from .grounded import what_is_missing
from .laboratory import Laboratory
from .letters import claimed_ranges
from .nearest import nearest
from .shield import shielded
from .two_ways import TwoWays
from .typed import Examination
from .unread import problem_of


@dataclass(frozen=True)
class Posed:
    """One relation of one line, to be judged within what is left of the line's budget.

    told: where it reads a derivative otherwise than a line before it, and holds so.
    """

    line: Line
    claim: Claim
    budget: Budget
    definitions: Definitions | None = None
    choices: tuple[Choice, ...] = ()
    link: int = 1
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A file with everything found out about it.

    `bench` is the laboratory of the model as the file takes it: with the initial states that it
    sets to zero and the intermediate quantities that it names and differentiates by.
    """

    text: Text
    bound: Bound
    bench: Laboratory
    results: tuple[tuple[Posed, Judged], ...]
    examination: Examination

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the text whatever it means."""
        return problems_in(self.text)

    def of(self, line: Line) -> list[tuple[Posed, Judged]]:
        """The claims of one line with their judgements."""
        return [(posed, judged) for posed, judged in self.results if posed.line is line]


def examined(laboratory: Laboratory, text: Text, *, strict: bool = False) -> Sheet:
    """Every relation of a text judged by its typed terms, each in the reading that its line has."""
    found = Examination(laboratory, text)
    bound = found.bound
    bench = _bench(laboratory, bound)
    bound.lines = [_grounded(line, bound, bench) for line in bound.lines]
    results: list[tuple[Posed, Judged]] = []
    two_ways = TwoWays(laboratory.model)
    for number in range(len(bound.lines)):
        if bound.lines[number].problems:
            continue
        for answer in _answers(found, bench, number, strict):
            line = bound.lines[number]
            if answer.judged is None:
                bound.lines[number] = _refused(line, answer, bound)
                continue
            judged = answer.judged
            written = found.document.statements[number]
            posed = _posed_as(line, written, judged, answer)
            if judged.finding.outcome in HOLDING and answer.oracle is not None:
                posed = replace(posed, told=two_ways.told(answer.oracle, line.formula.line))
            results.append((posed, judged))
    lines = {id(one.formula): one for one in bound.lines}
    kept = [(replace(p, line=lines[id(p.line.formula)]), judged) for p, judged in results]
    return Sheet(text, bound, bench, tuple(kept), found)


def _answers(found: Examination, bench: Laboratory, number: int, strict: bool) -> list[Answer]:
    """What came out of a line; where a defect shows, the line is left open."""

    def without(error: EvaluationError) -> list[Answer]:
        lines = found.bound.lines
        lines[number] = lines[number].open_because(error)
        return []

    return shielded(lambda: list(found.answers(bench, number, strict=strict)), without)


def choices_of(sheet: Sheet, line: Line) -> tuple[Choice, ...]:
    """How the definition that a line is was read."""
    number = _number_of(sheet.bound, line)
    written = sheet.examination.document.statements[number]
    oracle = sheet.examination.oracles.get(number)
    return chosen(oracle, line.formula.source, written.operands[:2])


def link_at(sheet: Sheet, line: Line, problem: Problem) -> int:
    """Which relation of the chain on a line a problem belongs to, from 1."""
    written = sheet.examination.document.statements[_number_of(sheet.bound, line)]
    return max(1, sum(one.start <= problem.span.start for one in written.relations))


def _number_of(bound: Bound, line: Line) -> int:
    return next(number for number, one in enumerate(bound.lines) if one is line)


def _posed_as(line: Line, written: Written, judged: Judged, answer: Answer) -> Posed:
    """The relation as it was judged, with how it was read."""
    sides = written.operands[answer.link : answer.link + 2]
    choices = chosen(answer.oracle, line.formula.source, sides)
    told = (answer.definitions, choices, answer.link + 1)
    return Posed(line, judged.claim, judged.budget, *told)


def _refused(line: Line, answer: Answer, bound: Bound) -> Line:
    assert answer.error is not None
    problem = problem_of(answer.error, line.formula.source, line.formula.span)
    if answer.error.kind == "undefined":
        near = nearest(answer.error.name, bound) or _loss(line, bound)
        problem = replace(problem, hint=near)
    return replace(line, problems=(*line.problems, problem))


def _loss(line: Line, bound: Bound) -> str:
    """Which the loss is, where a derivative is of something unknown."""
    begins = line.formula.latex.startswith((r"\frac{\partial", r"\nabla", r"\frac{d", "∂"))
    return f"the loss of this model is {shown(Symbol(bound.model.loss))}" if begins else ""


def _grounded(line: Line, bound: Bound, bench: Laboratory) -> Line:
    """The line with the name that its definition lacks, if it lacks one."""
    if line.defines is None or line.statement is None:
        return line
    left = replace(line.statement, operands=(line.defines.symbol,), operators=())
    numbers = frozenset({"T", *bench.model.sizes})
    ranges = claimed_ranges(left, numbers, frozenset(), bench.model.time.index)
    defines = line.defines
    return shielded(
        lambda: replace(line, missing=what_is_missing(bench, bound.definitions, defines, ranges)),
        line.open_because,
    )


def _bench(laboratory: Laboratory, bound: Bound) -> Laboratory:
    """The laboratory for the model as the file takes it, with the intermediates that it names."""
    model = bound.model
    wanted = _differentiated(bound)
    known = {name for name, _ in model.declarations} | {state.name for state in model.initial}
    for line in tuple(bound.lines):
        name = line.defines.symbol.name if line.defines is not None else ""
        if line.defines is None or name not in wanted or name in known:
            continue
        if is_quantity(line.defines, known):
            model = _with_quantity(laboratory, model, line, line.defines, bound)
            known |= {item for item, _ in model.declarations}
    return laboratory.variant(model)


def _with_quantity(
    laboratory: Laboratory, model: Model, line: Line, definition: Definition, bound: Bound
) -> Model:
    bench = laboratory.variant(model)

    def made() -> Model:
        at = bench.field_point(bench.instance(model.literal_length or 3))
        return extended(model, definition, Sample(at.graph, at.domain, at.values))

    def without(error: EvaluationError) -> Model:
        bound.lines = [one.open_because(error) if one is line else one for one in bound.lines]
        return model

    return shielded(made, without)


def _differentiated(bound: Bound) -> set[str]:
    """The names that the file differentiates, differentiates by, or holds constant."""
    found: set[str] = set()
    for line in bound.lines:
        for node in walk(line.statement) if line.statement is not None else ():
            parts: tuple[Expr, ...] = ()
            if isinstance(node, Derivative):
                parts = (node.of, node.wrt)
            elif isinstance(node, Held):
                parts = node.fixed
            for part in parts:
                found |= {inner.name for inner in walk(part) if isinstance(inner, Symbol)}
    return found
