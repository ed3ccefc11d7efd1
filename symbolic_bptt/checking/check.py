"""`check`: a verdict for every relation of a file, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ..model.model import Model
from ..notation.errors import Problem
from ..notation.extract import KINDS, Extraction, formulas, read_file
from ..notation.printer.latex import latex
from ..notation.source import Source
from ..notation.tree import Statement
from .binding import Line
from .claims import Judged, lengths_of, needed_constraints
from .conditions import condition
from .counterexample import smallest_counterexample
from .degenerate import degenerate_parameters
from .evidence import evidence
from .laboratory import Laboratory, close_laboratory, open_laboratory
from .reports import claim_report, missing_name, nearest_names, problem_report
from .sheet import Posed, Sheet, examined
from .suggestions import suggestion
from .verdict import CheckedClaim, CheckReport, Diagnosis


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
    laboratory = open_laboratory(model, seed, model.text)
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
    sheet = examined(laboratory, extraction, strict=strict)
    pending = sorted(extraction.problems, key=lambda problem: problem.span.start)
    for line in sheet.bound.lines:
        while pending and _before(pending[0], line):
            yield problem_report(name, pending.pop(0)), ()
        yield from _line_reports(name, line, sheet)
    for problem in pending:
        yield problem_report(name, problem), ()


def _before(problem: Problem, line: Line) -> bool:
    return problem.source.line_and_column(problem.span.start)[0] <= line.formula.line


def _line_reports(
    name: str, line: Line, sheet: Sheet
) -> Iterator[tuple[CheckedClaim, tuple[int, ...]]]:
    bench, bound = sheet.bench, sheet.bound
    for problem in line.problems:
        yield replace(problem_report(name, problem), latex=line.formula.latex), ()
    if line.statement is not None and (line.defines or line.assumes):
        yield _definition_report(name, line, line.statement, sheet), ()
    for posed, result in sheet.of(line):
        needed = needed_constraints(bench, bound.definitions, result)
        proof = evidence(bench, bound.definitions, result)
        assumed = (*bound.assumptions, *needed)
        report = claim_report(name, line.formula, posed.claim, result, assumed, proof)
        under = ""
        if report.verdict == "fails":
            smallest = smallest_counterexample(bench, bound.definitions, result)
            report = replace(report, counterexample=smallest)
            under = condition(bench, bound.definitions, posed.claim, result)
            if under:
                report = replace(report, message=f"fails, but holds if {under}")
        if report.verdict in ("fails", "ill-shaped"):
            reasons = _diagnosis(sheet, line, posed, result, under)
            report = replace(report, diagnosis=reasons)
        if hint := nearest_names(report, result.finding, sheet) or suggestion(result, sheet):
            report = replace(report, message=f"{report.message}; {hint}")
        yield report, lengths_of(result)


def _diagnosis(
    sheet: Sheet, line: Line, posed: Posed, result: Judged, under: str
) -> tuple[Diagnosis, ...]:
    """Why a claim does not hold; a later member of a chain is held against the first."""
    from .diagnosis import diagnose, in_source, of_condition

    head = line.statement.operands[0] if line.statement is not None else None
    found = diagnose(sheet.bench, sheet.bound.definitions, posed.claim, result, head)
    reasons = (*found, *of_condition(under))
    return tuple(in_source(one, line.formula.source.text) for one in reasons)


def _definition_report(name: str, line: Line, statement: Statement, sheet: Sheet) -> CheckedClaim:
    message = "taken as an assumption from here on" if line.assumes else ""
    if line.missing is not None:
        message = missing_name(line.missing, sheet)
    return CheckedClaim(
        name,
        line.formula.line,
        line.formula.column,
        line.formula.latex,
        latex(statement.operands[0]),
        latex(statement.operands[1]),
        "undefined" if line.missing is not None else "definition",
        message=message,
    )
