"""Results as unicode plain text, one formula a line, so that it can be read and checked again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..checking.verdict import CheckedClaim, CheckReport
from ..derivation.result import Derivation, Partial
from ..model.catalogue import Titled
from ..model.model import Model
from ..notation.printer import text, text_claims
from ..notation.tree import Statement
from .check import claim_lines, claim_verdict, degenerate, displays, summary
from .description import equations, functions, length, steps, symbols
from .table import display_width, plain_table


def derivation(result: Derivation) -> str:
    """Title, warnings, the quantities that the derivatives are written in, then the derivatives."""
    model = result.model
    blocks = [
        remarks(
            [model.title or model.name, f"{model.name}, {length(result)}, {result.style} form"]
        ),
        warnings(result.notes),
        _section("with", [_chain(definition) for definition in result.definitions]),
        *(_partial(partial) for partial in result.partials),
        _section("assuming", list(result.assumptions)),
    ]
    return _blocks(blocks)


def model(shown: Model, notes: Sequence[str] = ()) -> str:
    """Title, source, equations, and what every symbol is."""
    rows = [(text(row.symbol), row.role, row.shape, row.constraint) for row in symbols(shown)]
    blocks = [
        remarks(filter(None, [shown.title or shown.name, shown.source])),
        warnings(notes),
        _section(f"equations, {steps(shown)}", [_chain(each) for each in equations(shown)]),
        f"the loss is {shown.loss}",
        "symbols\n" + plain_table(("", "", "", ""), rows, indent="  "),
        _section("functions", [f"{name}: {default}" for name, default in functions(shown)]),
    ]
    return _blocks(blocks)


def library(models: Sequence[Titled]) -> str:
    """One model a line."""
    return plain_table(("", ""), [(each.name, each.title) for each in models])


def remarks(lines: Iterable[str]) -> str:
    """Lines that are no formulas, even if they hold one, as `#` tells when the text is read."""
    return "\n".join(f"# {line}" for line in lines)


def warnings(notes: Iterable[str]) -> str:
    """Every note on a line of its own, marked so that nobody overlooks it."""
    return "\n".join(f"# WARNING: {note}" for note in notes)


def check(report: CheckReport) -> str:
    """One block a claim, place and verdict first; then how many there are of each verdict.

    Last how many displays there are, how many of them were read, and are about this model.
    """
    blocks = [_claim(claim) for claim in report.claims]
    sums = "\n".join(filter(None, [summary(report), displays(report.displays)]))
    return _blocks([warnings(degenerate(report)), *blocks, sums])


def _claim(claim: CheckedClaim) -> str:
    head = f"{claim.file}:{claim.line}: {claim_verdict(claim)}  {claim.latex}"
    return "\n".join([head, *map(_indented, claim_lines(claim))])


def _partial(partial: Partial) -> str:
    return (
        f"{text(partial.derivative.wrt)}, {partial.shape}\n{_indented(_chain(partial.statement))}"
    )


def _chain(statement: Statement) -> str:
    """`a = b` on one line, each further `= c` under the first relation."""
    first, *rest = text_claims(statement)
    return first + ("\n" + " " * display_width(first)).join(rest)


def _section(title: str, lines: Sequence[str]) -> str:
    return "\n".join([title, *map(_indented, lines)]) if lines else ""


def _indented(lines: str) -> str:
    return "\n".join("  " + line for line in lines.split("\n"))


def _blocks(blocks: Iterable[str]) -> str:
    return "\n\n".join(filter(None, blocks)) + "\n"
