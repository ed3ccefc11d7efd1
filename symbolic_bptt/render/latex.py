"""Results as LaTeX to paste into a document that uses amsmath and amssymb."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..checking.verdict import CheckedClaim, CheckReport
from ..derivation.result import Derivation
from ..model.catalogue import Titled
from ..model.model import Model
from ..notation.printer import align, latex
from ..notation.tree import Statement, Symbol
from .check import claim_lines, claim_verdict, degenerate, summary
from .description import equations, functions, length, steps, symbols
from .prose import tex_prose, tex_verbatim

_ROWS_OF_A_PAGE = 15


def derivation(result: Derivation) -> str:
    """Warnings, the definitions, then the partial derivatives, then what they assume."""
    model = result.model
    return _blocks(
        [
            f"% {_comment(model.title)}\n% {model.name}, {length(result)}, {result.style} form",
            warnings(result.notes),
            display(result.definitions),
            display([partial.statement for partial in result.partials]),
            _sentence("Assuming", result.assumptions),
        ]
    )


def model(shown: Model, notes: Sequence[str] = ()) -> str:
    """Title, source, equations, and a table of symbols."""
    return _blocks(
        [
            rf"\paragraph{{{tex_prose(shown.title or shown.name)}}} {tex_prose(shown.source)}",
            warnings(notes),
            display(equations(shown)),
            f"For {tex_prose(steps(shown))}; the loss is ${latex(Symbol(shown.loss))}$.",
            _symbols(shown),
            _sentence("Functions:", [f"{name}: {default}" for name, default in functions(shown)]),
        ]
    )


def library(models: Sequence[Titled]) -> str:
    """A description list of names and titles."""
    items = [rf"\item[{tex_prose(each.name)}] {tex_prose(each.title)}" for each in models]
    return "\n".join([r"\begin{description}", *items, r"\end{description}"]) + "\n"


def check(report: CheckReport) -> str:
    """A description list: each formula as its author wrote it, with the verdict."""
    items = [_claim(claim) for claim in report.claims]
    listed = [r"\begin{description}", *items, r"\end{description}"] if items else []
    return _blocks(
        [
            warnings(degenerate(report)),
            "\n".join(listed),
            rf"\noindent {tex_prose(summary(report))}.",
        ]
    )


def display(statements: Sequence[Statement]) -> str:
    """One block of aligned equations; a long one may run over a page."""
    if not statements:
        return ""
    block = align(statements)
    long = block.count("\n") > _ROWS_OF_A_PAGE
    return f"{{\\allowdisplaybreaks\n{block}\n}}" if long else block


def warnings(notes: Iterable[str]) -> str:
    """Each note as a paragraph that begins in bold."""
    return "\n\n".join(rf"\noindent\textbf{{Warning:}} {tex_prose(note)}." for note in notes)


def tabular(columns: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A plain table; the cells are LaTeX already."""
    lines = [" & ".join(row) + r" \\" for row in rows]
    top = [" & ".join(head) + r" \\ \hline"] if any(head) else []
    return "\n".join([rf"\begin{{tabular}}{{{columns}}}", *top, *lines, r"\end{tabular}"])


def _claim(claim: CheckedClaim) -> str:
    place = tex_verbatim(f"{claim.file}:{claim.line}")
    formula = rf"\texttt{{{tex_verbatim(claim.latex)}}}"
    lines = [rf"\item[{tex_prose(claim_verdict(claim))}] {place}: {formula}"]
    return " \\\\\n".join([*lines, *map(tex_prose, claim_lines(claim))])


def _symbols(shown: Model) -> str:
    rows = [
        (f"${latex(row.symbol)}$", row.role, f"${_shape(row.shape)}$", row.constraint)
        for row in symbols(shown)
    ]
    return r"\noindent" + "\n" + tabular("llll", ("", "", "", ""), rows)


def _shape(shape: str) -> str:
    return r"\text{scalar}" if shape == "scalar" else shape.replace(" x ", r" \times ")


def _sentence(head: str, parts: Sequence[str]) -> str:
    return rf"\noindent {head} {', '.join(map(tex_prose, parts))}." if parts else ""


def _comment(text: str) -> str:
    return " ".join(text.split())


def _blocks(blocks: Iterable[str]) -> str:
    return "\n\n".join(filter(None, blocks)) + "\n"
