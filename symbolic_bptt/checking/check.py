"""`check`: a verdict for every relation of a file, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..model.model import Model
from ..notation.errors import Problem
from ..notation.extract import KINDS, Extraction, formulas, read_file
from ..notation.printer.latex import latex
from ..notation.source import Source
from ..notation.tree import Derivative, Expr, Held, Statement, Symbol, walk
from .binding import Bound, Line, bind
from .claims import Judged, judge, lengths_of
from .comparison import Claim
from .conditions import condition
from .degenerate import degenerate_parameters
from .evidence import evidence
from .extension import Sample, extended, is_quantity
from .laboratory import Laboratory, close_laboratory, open_laboratory
from .letters import claimed_ranges
from .reports import claim_report, problem_report
from .settle import settled
from .verdict import CheckedClaim, CheckReport


@dataclass(frozen=True)
class Posed:
    """One relation of one line, to be judged."""

    line: Line
    claim: Claim


def check_files(
    model: Model, paths: Sequence[str | Path], *, strict: bool = False, seed: int = 0
) -> CheckReport:
    """A verdict for every relation in the files. Raises `OSError` for a file that is not there."""
    read = [(str(path), read_file(Path(path))) for path in paths]
    return _report(model, read, strict, seed)


def check_text(
    model: Model,
    text: str,
    kind: str = ".txt",
    *,
    strict: bool = False,
    seed: int = 0,
    name: str = "<text>",
) -> CheckReport:
    """A verdict for every relation in a text, read as a file with that ending."""
    extraction = formulas(Source(text, name), KINDS.get(kind, "txt"))
    return _report(model, [(name, extraction)], strict, seed)


def _report(
    model: Model, read: Sequence[tuple[str, Extraction]], strict: bool, seed: int
) -> CheckReport:
    laboratory = open_laboratory(model, seed)
    claims: list[CheckedClaim] = []
    lengths: set[int] = set()
    for name, extraction in read:
        for claim, tried in _file(laboratory, name, extraction, strict):
            claims.append(claim)
            lengths.update(tried)
    degenerate = degenerate_parameters(laboratory)
    close_laboratory(laboratory)
    return CheckReport(model.name, tuple(sorted(lengths)), seed, degenerate, tuple(claims))


def _file(
    laboratory: Laboratory, name: str, extraction: Extraction, strict: bool
) -> Iterator[tuple[CheckedClaim, tuple[int, ...]]]:
    bound = bind(laboratory.model, extraction.formulas)
    bench = _bench(laboratory, bound)
    posed = [one for line in bound.lines for one in _posed(line, bound, bench.model)]
    judged = [judge(bench, bound.definitions, one.claim) for one in posed]
    judged = settled(bench, bound.definitions, judged, strict=strict)
    by_line: dict[int, list[tuple[Posed, Judged]]] = {}
    for one, result in zip(posed, judged, strict=True):
        by_line.setdefault(id(one.line), []).append((one, result))
    pending = sorted(extraction.problems, key=lambda problem: problem.span.start)
    for line in bound.lines:
        while pending and _before(pending[0], line):
            yield problem_report(name, pending.pop(0)), ()
        yield from _line_reports(name, line, by_line.get(id(line), []), bench, bound)
    for problem in pending:
        yield problem_report(name, problem), ()


def _before(problem: Problem, line: Line) -> bool:
    return problem.source.line_and_column(problem.span.start)[0] <= line.formula.line


def _line_reports(
    name: str,
    line: Line,
    judged: Sequence[tuple[Posed, Judged]],
    bench: Laboratory,
    bound: Bound,
) -> Iterator[tuple[CheckedClaim, tuple[int, ...]]]:
    for problem in line.problems:
        yield replace(problem_report(name, problem), latex=line.formula.latex), ()
    if line.statement is not None and (line.defines or line.assumes):
        yield _definition_report(name, line, line.statement), ()
    for posed, result in judged:
        proof = evidence(bench, bound.definitions, result)
        report = claim_report(name, line.formula, posed.claim, result, bound.assumptions, proof)
        if report.verdict == "fails":
            found = condition(bench, bound.definitions, posed.claim, result)
            if found:
                report = replace(report, message=f"fails, but holds if {found}")
        yield report, lengths_of(result)


def _definition_report(name: str, line: Line, statement: Statement) -> CheckedClaim:
    message = "taken as an assumption from here on" if line.assumes else ""
    return CheckedClaim(
        name,
        line.formula.line,
        line.formula.column,
        line.formula.latex,
        latex(statement.operands[0]),
        latex(statement.operands[1]),
        "definition",
        message=message,
    )


def _posed(line: Line, bound: Bound, model: Model) -> Iterator[Posed]:
    """The relations of a line that are claims: all but the one that defines."""
    statement = line.statement
    if statement is None:
        return
    known = _values_without_index(bound)
    numbers = frozenset({"T", *model.sizes})
    pairs = list(zip(statement.operands, statement.operators, statement.operands[1:], strict=False))
    for left, op, right in pairs[1 if line.defines or line.assumes else 0 :]:
        one = replace(statement, operands=(left, right), operators=(op,))
        ranges = claimed_ranges(one, numbers, known, model.time.index)
        yield Posed(line, Claim(left, op, right, ranges))


def _values_without_index(bound: Bound) -> frozenset[str]:
    """Letters that have a value on their own; the i of a gate i_t is still free to be an index."""
    given = {name for name, timed in bound.model.declarations if not timed}
    families = bound.definitions
    return frozenset(given | {name for name in families.by_name if 0 in families.arities(name)})


def _bench(laboratory: Laboratory, bound: Bound) -> Laboratory:
    """The laboratory for the model as the file takes it, with the intermediates that it names."""
    model = bound.model
    wanted = _differentiated(bound)
    definitions = [one for family in bound.definitions.by_name.values() for one in family]
    known = {name for name, _ in model.declarations} | {state.name for state in model.initial}
    for definition in sorted(definitions, key=lambda one: one.line):
        name = definition.symbol.name
        if name in wanted and name not in known and is_quantity(definition, known):
            bench = Laboratory(model, laboratory.seed, laboratory.blocks)
            at = bench.field_point(bench.instance(model.literal_length or 3))
            model = extended(model, definition, Sample(at.graph, at.domain, at.values))
            known |= {item for item, _ in model.declarations}
    if model is laboratory.model:
        return laboratory
    blocks = laboratory.blocks if model.equations == laboratory.model.equations else {}
    return Laboratory(model, laboratory.seed, blocks)


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
