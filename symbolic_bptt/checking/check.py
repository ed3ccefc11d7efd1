"""`check`: a verdict for every relation of a file, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ..evaluation.errors import EvaluationError
from ..model.model import Model
from ..notation.errors import Problem
from ..notation.extract import Extraction, formulas, kind_of, read_file
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
from .reports import claim_report, missing_name, nearest_names, open_report, problem_report
from .sheet import Posed, Sheet, examined
from .shield import Defect, shielded
from .suggestions import suggestion
from .verdict import CheckedClaim, CheckReport


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
    """A verdict for every relation in a text, read as a file with that ending: `.tex`, `tex`, `md`.

    Raises `UnknownKindError` for an ending that is not known.
    """
    extraction = formulas(Source(text, name), kind_of(kind))
    return _report(model, [(name, extraction)], strict, seed)


def _report(
    model: Model, read: Sequence[tuple[str, Extraction]], strict: bool, seed: int
) -> CheckReport:
    laboratory = open_laboratory(model, seed, model.text)
    claims: list[CheckedClaim] = []
    lengths: set[int] = set()
    empty: list[str] = []
    for name, extraction in read:
        found = list(_file(laboratory, name, extraction, strict))
        claims += [claim for claim, _ in found]
        lengths.update(*(tried for _, tried in found))
        empty += [] if found else [name]
    degenerate = degenerate_parameters(laboratory)
    close_laboratory(laboratory)
    return CheckReport(
        model.name, tuple(sorted(lengths)), seed, degenerate, tuple(claims), tuple(empty)
    )


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
    for problem in line.problems:
        yield replace(problem_report(name, problem), latex=line.formula.latex), ()
    if line.statement is not None and (line.defines or line.assumes):
        yield definition_report(name, line, line.statement, sheet), ()
    for posed, result in sheet.of(line):
        yield claim_report_of(name, posed, result, sheet), lengths_of(result)


def claim_report_of(name: str, posed: Posed, result: Judged, sheet: Sheet) -> CheckedClaim:
    """The verdict with its evidence; where none can be had, the claim stays open."""
    formula, claim = posed.line.formula, posed.claim
    report = shielded(
        lambda: _with_evidence(name, posed, result, sheet),
        lambda error: open_report(name, formula, claim, error),
    )
    for explained in (_with_counterexample, _with_condition, _with_diagnosis, _with_hint):
        report = _or_as_it_is(explained, report, posed, result, sheet)
    return report


def _with_evidence(name: str, posed: Posed, result: Judged, sheet: Sheet) -> CheckedClaim:
    bench, bound = sheet.bench, sheet.bound
    proof = evidence(bench, bound.definitions, result)
    needed = needed_constraints(bench, bound.definitions, result)
    assumed = (*bound.assumptions, *needed)
    return claim_report(name, posed.line.formula, posed.claim, result, assumed, proof)


Explained = Callable[[CheckedClaim, Posed, Judged, Sheet], CheckedClaim]


def _or_as_it_is(
    explained: Explained, report: CheckedClaim, posed: Posed, result: Judged, sheet: Sheet
) -> CheckedClaim:
    """The report explained, or as it is: without a reason, the verdict stands all the same."""

    def without(error: EvaluationError) -> CheckedClaim:
        if not isinstance(error, Defect):
            return report
        return replace(report, message=_joined(report.message, f"no more is said: {error.message}"))

    return shielded(lambda: explained(report, posed, result, sheet), without)


def _with_counterexample(
    report: CheckedClaim, posed: Posed, result: Judged, sheet: Sheet
) -> CheckedClaim:
    if report.verdict != "fails":
        return report
    smallest = smallest_counterexample(sheet.bench, sheet.bound.definitions, result)
    return replace(report, counterexample=smallest)


def _with_condition(
    report: CheckedClaim, posed: Posed, result: Judged, sheet: Sheet
) -> CheckedClaim:
    """What would have to be assumed for a claim that fails to hold."""
    from .diagnosis import of_condition

    if report.verdict != "fails":
        return report
    under = condition(sheet.bench, sheet.bound.definitions, posed.claim, result)
    if not under:
        return report
    message = f"fails, but holds if {under}"
    return replace(report, message=message, diagnosis=of_condition(under))


def _with_diagnosis(
    report: CheckedClaim, posed: Posed, result: Judged, sheet: Sheet
) -> CheckedClaim:
    """Why a claim does not hold; a later member of a chain is held against the first."""
    from .diagnosis import diagnose, in_source

    if report.verdict not in ("fails", "ill-shaped"):
        return report
    line = posed.line
    head = line.statement.operands[0] if line.statement is not None else None
    found = diagnose(sheet.bench, sheet.bound.definitions, posed.claim, result, head)
    text = line.formula.source.text
    reasons = tuple(in_source(one, text) for one in (*found, *report.diagnosis))
    return replace(report, diagnosis=reasons)


def _with_hint(report: CheckedClaim, posed: Posed, result: Judged, sheet: Sheet) -> CheckedClaim:
    hint = nearest_names(report, result.finding, sheet) or suggestion(result, sheet)
    return replace(report, message=_joined(report.message, hint)) if hint else report


def _joined(message: str, more: str) -> str:
    return f"{message}; {more}" if message else more


def definition_report(name: str, line: Line, statement: Statement, sheet: Sheet) -> CheckedClaim:
    """What a line defines or assumes, or the name that it lacks."""
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
