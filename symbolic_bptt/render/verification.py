"""Verifications in each format: one table a model, one row a parameter."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..notation import printer
from .check import sizes, verdict_word
from .latex import tabular
from .prose import markdown_prose, tex_prose
from .table import markdown_table, plain_table

if TYPE_CHECKING:  # to print a derivation, nothing that verifies one has to be imported
    from ..checking.verification import Row, Verification

HEAD = (
    "wrt",
    "formula",
    "verdict",
    "closed form",
    "differences",
    "complex step",
    "chance of error",
    "every T",
)
"""The middle columns are the largest relative errors in float64 against SymPy's gradient."""


_TABLE = r"""{\noindent\footnotesize\setlength{\tabcolsep}{3pt}
%s}"""


def text(results: Sequence[Verification]) -> str:
    """A plain table a model, warnings above it, what went wrong below it."""
    return "\n\n".join(map(_text, results)) + "\n"


def latex(results: Sequence[Verification]) -> str:
    """A `tabular` a model."""
    return "\n\n".join(map(_latex, results)) + "\n"


def markdown(results: Sequence[Verification]) -> str:
    """A heading and a table a model."""
    return "\n\n".join(map(_markdown, results)) + "\n"


def as_json(results: Sequence[Verification]) -> str:
    """All rows of all models in one list. A number that is not finite is null."""
    rows = [_json(result, row) for result in results for row in result.rows]
    return json.dumps({"schema": 1, "results": rows}, ensure_ascii=False, indent=2) + "\n"


def _text(result: Verification) -> str:
    rows = [(printer.text(row.quantity), *cells(row)) for row in result.rows]
    warned = [f"# WARNING: {warning}" for warning in warnings(result)]
    return "\n".join([_title(result), *warned, "", plain_table(HEAD, rows), *_messages(result)])


def _latex(result: Verification) -> str:
    rows = [
        (f"${printer.latex(row.quantity)}$", *map(_tex_cell, cells(row))) for row in result.rows
    ]
    warned = (rf"\noindent\textbf{{Warning:}} {tex_prose(note)}." for note in warnings(result))
    return "\n\n".join(
        [
            rf"\noindent {tex_prose(_title(result))}.",
            *warned,
            _TABLE % tabular("@{}llllllll@{}", HEAD, rows),
            *(rf"\noindent {tex_prose(message)}." for message in _messages(result)),
        ]
    )


def _markdown(result: Verification) -> str:
    rows = [(f"${printer.latex(row.quantity)}$", *map(_power, cells(row))) for row in result.rows]
    return "\n\n".join(
        [
            f"## {result.model.name}",
            _title(result),
            *(f"> **Warning:** {markdown_prose(note)}" for note in warnings(result)),
            markdown_table(HEAD, rows),
            *map(markdown_prose, _messages(result)),
        ]
    )


def _title(result: Verification) -> str:
    steps = "1 step" if result.T == 1 else f"{result.T} steps"
    parts = [result.model.name, steps, sizes(result.sizes), f"seed {result.seed}"]
    return ", ".join(filter(None, parts))


def warnings(result: Verification) -> Iterator[str]:
    """What a reader must know before the table: that the loss does not depend on something."""
    if result.degenerate:
        names = ", ".join(result.degenerate)
        yield f"degenerate: {result.model.loss} does not depend on {names}"


def _messages(result: Verification) -> list[str]:
    """What went wrong, and why a formula that holds is not proved for every T."""
    wrong = [f"{row.wrt}: {row.message}" for row in result.rows if row.message]
    reasons: dict[str, list[str]] = {}
    for row in result.rows:
        if row.evidence and row.evidence.reason and row.verdict == "holds":
            reasons.setdefault(row.evidence.reason, []).append(row.wrt)
    return wrong + [
        f"{', '.join(names)}: not proved for every T: {reason}" for reason, names in reasons.items()
    ]


def cells(row: Row) -> tuple[str, ...]:
    """What stands under HEAD, behind the quantity itself."""
    return (
        row.formula,
        verdict_word(row.verdict),
        _error(row.max_relative_error),
        _error(row.finite_difference),
        _error(row.complex_step),
        "" if row.error_bound_log2 is None else f"2^{row.error_bound_log2:.0f}",
        "" if row.evidence is None else "yes" if row.every_T else "no",
    )


def _error(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.1e}" if math.isfinite(value) else "not finite"


def _tex_cell(cell: str) -> str:
    return _power(cell) if cell.startswith("2^") else tex_prose(cell)


def _power(cell: str) -> str:
    """2^-118 as a formula; any other cell as it is."""
    exponent = cell.removeprefix("2^")
    return cell if exponent == cell else f"$2^{{{exponent}}}$"


def _json(result: Verification, row: Row) -> Mapping[str, object]:
    exact = {} if row.error_bound_log2 is None else {"error_bound_log2": row.error_bound_log2}
    float64 = {
        "max_relative_error": _finite(row.max_relative_error),
        "finite_difference": _finite(row.finite_difference),
        "complex_step": _finite(row.complex_step),
    }
    return {
        "model": result.model.name,
        "T": result.T,
        "seed": result.seed,
        "sizes": dict(result.sizes),
        "wrt": row.wrt,
        "formula": row.formula,
        "verdict": row.verdict,
        "degenerate": row.wrt in result.degenerate,
        **({} if row.complex_step is None else {"float64": float64}),
        "exact": exact,
        "every_T": row.every_T,
        "every_size": row.every_size,
        "reason": row.evidence.reason if row.evidence else "",
        "message": row.message,
    }


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
