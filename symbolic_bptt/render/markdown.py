"""Results as Markdown with `$$` formulas, as GitHub and KaTeX render it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..checking.verdict import CheckReport
from ..derivation.result import Derivation
from ..model.catalogue import Titled
from ..model.model import Model
from ..notation.printer import align, latex
from ..notation.tree import Statement
from .check import claim_lines, claim_verdict, degenerate, summary
from .description import equations, functions, length, steps, symbols
from .prose import markdown_prose
from .table import markdown_table


def derivation(result: Derivation) -> str:
    """A heading, warnings, the definitions, and a heading for each partial derivative."""
    model = result.model
    partials = (
        f"### ${latex(partial.derivative)}$\n\nShape: {partial.shape}\n\n"
        + display([partial.statement])
        for partial in result.partials
    )
    return _blocks(
        [
            f"# {markdown_prose(model.title or model.name)}",
            f"`{model.name}`, {length(result)}, {result.style} form",
            warnings(result.notes),
            "## Definitions\n\n" + display(result.definitions) if result.definitions else "",
            "## Partial derivatives",
            *partials,
            _list("## Assumptions", [markdown_prose(each) for each in result.assumptions]),
        ]
    )


def model(shown: Model, notes: Sequence[str] = ()) -> str:
    """A heading, the source, the equations, and a table of symbols."""
    rows = [
        (f"${latex(row.symbol)}$", row.role, row.shape, row.constraint) for row in symbols(shown)
    ]
    return _blocks(
        [
            f"# {markdown_prose(shown.title or shown.name)}",
            markdown_prose(shown.source),
            warnings(notes),
            "## Equations",
            f"For {steps(shown)}; the loss is `{shown.loss}`.",
            display(equations(shown)),
            "## Symbols",
            markdown_table(("symbol", "role", "shape", ""), rows),
            _list("## Functions", [f"`{name}`: {default}" for name, default in functions(shown)]),
        ]
    )


def library(models: Sequence[Titled]) -> str:
    """A table of names and titles."""
    rows = [(f"`{each.name}`", markdown_prose(each.title)) for each in models]
    return markdown_table(("model", ""), rows) + "\n"


def check(report: CheckReport) -> str:
    """A table of places, verdicts and formulas, with what there is to say about each."""
    rows = [
        (
            f"{claim.file}:{claim.line}",
            claim_verdict(claim),
            f"`{claim.latex}`",
            "; ".join(claim_lines(claim)),
        )
        for claim in report.claims
    ]
    table = markdown_table(("place", "verdict", "formula", ""), rows)
    return _blocks([warnings(degenerate(report)), table, summary(report)])


def display(statements: Sequence[Statement]) -> str:
    """One `$$` block of aligned equations."""
    return f"$$\n{align(statements, environment='aligned')}\n$$" if statements else ""


def warnings(notes: Iterable[str]) -> str:
    """Every note as a quotation that begins in bold."""
    return "\n\n".join(f"> **Warning:** {markdown_prose(note)}" for note in notes)


def _list(heading: str, items: Sequence[str]) -> str:
    return "\n".join([heading, "", *(f"- {item}" for item in items)]) if items else ""


def _blocks(blocks: Iterable[str]) -> str:
    return "\n\n".join(filter(None, blocks)) + "\n"
