"""What a notebook shows for a result: formulas that MathJax sets, verdicts as tables.

Results are data; their `_repr_latex_` call this module when a notebook asks, and only then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from ..checking.verdict import CheckReport
from ..model.model import Model
from ..notation.printer.text import text
from ..notation.tree import Statement
from .check import claim_lines, degenerate, summary, verdict_word
from .description import equations
from .markdown import display

if TYPE_CHECKING:
    from ..checking.verification import Verification


def formulas(statements: Sequence[Statement]) -> str:
    """One `$$` display of aligned equations."""
    return display(statements)


def equations_of(model: Model) -> str:
    """The model's equations, the same way."""
    return formulas(equations(model))


def table_of_claims(report: CheckReport) -> str:
    """A row for each claim: where it stands, its verdict in words, and why."""
    rows = (
        (
            escape(f"{claim.file}:{claim.line}"),
            f"<strong>{escape(verdict_word(claim.verdict))}</strong>",
            f"<code>{escape(claim.latex)}</code>",
            "<br>".join(map(escape, claim_lines(claim))),
        )
        for claim in report.claims
    )
    head = ("place", "verdict", "formula", "why")
    return _table(head, rows, (*degenerate(report), summary(report)))


def table_of_gradients(result: Verification) -> str:
    """A row for each gradient: its verdict, and the errors in float64."""
    from .verification import HEAD, cells, warnings

    rows = (tuple(map(escape, (text(row.quantity), *cells(row)))) for row in result.rows)
    instance = f"{result.model.name}, {result.T} steps, seed {result.seed}"
    return _table(HEAD, rows, (*warnings(result), instance))


def _table(head: Iterable[str], rows: Iterable[Iterable[str]], notes: Iterable[str]) -> str:
    """Cells are markup already; notes go above."""
    above = "".join(f"<p>{escape(note)}</p>" for note in notes)
    names = "".join(f"<th>{escape(name)}</th>" for name in head)
    lines = "".join(
        "<tr>" + "".join(f'<td style="text-align:left">{cell}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    return f"{above}<table><thead><tr>{names}</tr></thead><tbody>{lines}</tbody></table>"
