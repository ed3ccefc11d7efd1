"""From findings to reported claims: the verdict, the words, the evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..evaluation.errors import Circular, EvaluationError, ShapeMismatch, UndefinedSymbol
from ..notation.errors import Problem
from ..notation.printer.latex import latex
from ..notation.printer.text import text
from ..notation.tree import Symbol
from .claims import Judged
from .comparison import Claim
from .decide import Finding
from .formula import Placed
from .nearest import nearest
from .shape_words import mismatch_message
from .sheet import Sheet
from .verdict import CheckedClaim, Evidence, Verdict

VERDICT_OF: dict[str, Verdict] = {
    "equal": "holds",
    "proved": "holds",
    "numeric": "undecided",
    "different": "fails",
    "mismatch": "ill-shaped",
    "undefined": "undefined",
    "open": "undecided",
    "nowhere": "undecided",
    "limit": "undecided",
}


PROBLEM_VERDICTS: dict[str, Verdict] = {
    "limit": "undecided",
    "shape": "ill-shaped",
    "undefined": "undefined",
}
"""The kind of a problem to its verdict; any other is unreadable."""


def problem_verdict(problem: Problem) -> Verdict:
    """What is said of a formula that has no meaning, by why it has none."""
    return PROBLEM_VERDICTS.get(problem.kind, "unreadable")


def problem_report(name: str, problem: Problem) -> CheckedClaim:
    """A formula that could not be read, with the caret."""
    line, column = problem.source.line_and_column(problem.span.start)
    verdict = problem_verdict(problem)
    span = (problem.span.start, problem.span.end)
    return CheckedClaim(name, line, column, "", "", "", verdict, message=str(problem), span=span)


def open_report(name: str, formula: Placed, claim: Claim, error: EvaluationError) -> CheckedClaim:
    """A claim for which no evidence can be had, and why."""
    return CheckedClaim(
        name,
        formula.line,
        formula.column,
        formula.latex,
        latex(claim.left),
        latex(claim.right),
        "undecided",
        message=error.message,
    )


def claim_report(
    name: str,
    formula: Placed,
    claim: Claim,
    judged: Judged,
    assumptions: Sequence[str],
    evidence: Evidence | None,
) -> CheckedClaim:
    """The verdict on one claim."""
    finding = judged.finding
    verdict = VERDICT_OF[finding.outcome]
    return CheckedClaim(
        name,
        formula.line,
        formula.column,
        formula.latex,
        latex(claim.left),
        latex(claim.right),
        verdict,
        judged.read,
        (*assumptions, *_assumptions(judged, finding)),
        evidence,
        finding.counterexample,
        _message(judged, finding),
    )


def _assumptions(judged: Judged, finding: Finding) -> list[str]:
    found = [f"{name} = 0" for name in finding.notes.boundaries]
    found += [f"left out: {what}" for what in finding.notes.left_out]
    if judged.only_T is not None:
        found.append(f"T = {judged.only_T}")
    elif judged.said is not None:
        found.append(judged.said.words)
    return found


def _message(judged: Judged, finding: Finding) -> str:
    if finding.outcome == "open":
        return "no counterexample was found; that is no proof"
    if finding.outcome == "numeric":
        return f"agrees to {finding.digits} digits, not proved"
    if finding.outcome == "equal" and finding.vanishes:
        return "both sides are 0"
    if finding.outcome == "nowhere":
        detail = f" ({finding.error.message})" if finding.error else ""
        return f"at no step does everything in this formula exist{detail}"
    if finding.error is not None:
        sizes = judged.instances[0].sizes if judged.instances else {}
        return _error_message(finding.error, sizes)
    return ""


def _error_message(error: EvaluationError, sizes: Mapping[str, int]) -> str:
    if isinstance(error, ShapeMismatch):
        return mismatch_message(error, sizes)
    if isinstance(error, UndefinedSymbol) and not isinstance(error, Circular):
        return f"{error.name} is defined neither by the model nor by a formula of the file"
    return error.message


def missing_name(error: UndefinedSymbol, sheet: Sheet) -> str:
    """What a definition lacks, in words."""
    message, near = _error_message(error, {}), _near(error, sheet)
    return f"{message}; {near}" if near else message


def _near(error: UndefinedSymbol, sheet: Sheet) -> str:
    if isinstance(error, Circular):
        return ""
    name = error.node.name if isinstance(error.node, Symbol) else error.name
    return nearest(name, sheet.bound)


def nearest_names(claim: CheckedClaim, finding: Finding, sheet: Sheet) -> str:
    """What an undefined name may have been meant to be; empty if nothing is near."""
    if not isinstance(finding.error, UndefinedSymbol) or isinstance(finding.error, Circular):
        return ""
    model = sheet.bench.model
    if near := _near(finding.error, sheet):
        return near
    if claim.lhs.startswith((r"\frac{\partial", r"\nabla", r"\frac{d")):
        return f"the loss of this model is {text(Symbol(model.loss))}"
    return ""
