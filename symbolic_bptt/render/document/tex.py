"""A document as LaTeX (amsmath): a file to `\\input`, or an article of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from ...notation.printer.lines import COLUMN
from ...notation.tree import Statement
from ..prose import tex_prose
from .figure import tikz
from .markdown import Dialect
from .printing import Printing
from .structure import (
    Block,
    Derived,
    Document,
    Equations,
    Figure,
    Paragraph,
    Reference,
    Section,
    Table,
)

NARROW = 229.0
"""Width in points of a column of a two-column article at 10pt."""

_ROWS_TOGETHER = 8
"""A longer display may run over the end of a page."""

_TAG = 26.0
"""Room for the number of an equation, in points."""


def latex_document(
    document: Document, *, standalone: bool = False, dialect: Dialect = "paper"
) -> str:
    """The document as LaTeX.

    Without `standalone` it is a file to `\\input` in the body of an article, of one column or two;
    it needs amsmath, amssymb, graphicx and tikz there. The dialect `web` has no numbers and labels.
    """
    writer = _Writer(document, standalone, dialect)
    template = _environment().get_template("article.tex" if standalone else "fragment.tex")
    return template.render(document=document, writer=writer)


@cache
def _environment() -> Environment:
    """Templates with delimiters that mean nothing to TeX."""
    return Environment(
        loader=PackageLoader("symbolic_bptt.render.document"),
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,
    )


class _Writer:
    """Writes the blocks of one document; the templates call it."""

    def __init__(self, document: Document, standalone: bool, dialect: Dialect) -> None:
        self.document = document
        self.dialect = dialect
        self.standalone = standalone
        self.printing = Printing(
            tex_prose, _reference, transpose=document.transpose, bold=document.bold
        )

    def prose(self, text: tuple[object, ...]) -> str:
        """Words and formulas."""
        return self.printing.prose(text)  # type: ignore[arg-type]

    def comment(self, text: str) -> str:
        """One line after a `%`."""
        return " ".join(text.split())

    def label(self, section: Section) -> str:
        """The label of a section."""
        return f"sec:{self.document.model.name}:{section.key}"

    def section(self, section: Section) -> str:
        """All blocks of a section; a display belongs to the paragraph above it."""
        parts: list[str] = []
        for position, block in enumerate(section.blocks):
            before = section.blocks[position - 1] if position else None
            joint = isinstance(block, Equations) and isinstance(before, Paragraph)
            parts += ["\n" if joint else "\n\n", self.block(block)]
        return "".join(parts[1:])

    def block(self, block: Block) -> str:
        """Any block."""
        match block:
            case Paragraph(text=text, kind="warning"):
                return rf"\noindent\textbf{{Warning:}} {self.prose(text)}."
            case Paragraph(text=text):
                return self.prose(text)
            case Equations(statements=statements, labels=labels):
                return self.display(statements, labels)
            case Derived():
                return "\n\n".join(self._derived(block))
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)

    def _derived(self, block: Derived) -> Iterator[str]:
        heading = rf"\paragraph{{{self.prose(block.title)}.}}"
        if not block.told:
            reasons = " ".join(self.prose(step.because) for step in block.steps if step.because)
            yield (
                f"{heading} {reasons}".strip()
                + "\n"
                + self.display([step.statement for step in block.steps], block.labels)
            )
            return
        for position, (step, label) in enumerate(zip(block.steps, block.labels, strict=True)):
            rule = rf"\emph{{{step.rule.capitalize()}.}}"
            words = " ".join(filter(None, [rule, self.prose(step.because)]))
            words = f"{heading} {words}" if position == 0 else words
            yield words + "\n" + self.display([step.statement], [label])

    def display(self, statements: Sequence[Statement], labels: Sequence[str]) -> str:
        """Numbered equations; in a file to be read in, a second version for a narrow column."""
        wide = self._align(statements, labels, COLUMN)
        if self.standalone:
            return wide
        narrow = self._align(statements, labels, NARROW)
        return wide if wide == narrow else f"\\bpttcolumn{{%\n{wide}}}{{%\n{narrow}}}"

    def _align(self, statements: Sequence[Statement], labels: Sequence[str], column: float) -> str:
        if self.dialect == "web":
            plain = [row for own in self.printing.rows(statements, column) for row in own]
            body = " \\\\\n".join(plain)
            return f"\\begin{{align*}}\n{body}\n\\end{{align*}}"
        rows = []
        for own, label in zip(self.printing.rows(statements, column - _TAG), labels, strict=True):
            rows += [f"{row} \\nonumber" for row in own[:-1]]
            rows.append(f"{own[-1]} \\label{{{label}}}")
        body = " \\\\\n".join(rows)
        block = f"\\begin{{align}}\n{body}\n\\end{{align}}"
        long = len(rows) > _ROWS_TOGETHER
        return f"{{\\allowdisplaybreaks\n{block}}}" if long else block

    def _table(self, table: Table) -> str:
        head = " & ".join(map(tex_prose, table.head))
        rows = [" & ".join(map(self.prose, row)) + r" \\" for row in table.rows]
        columns = "l" * len(table.head)
        body = "\n".join(
            [
                rf"\begin{{tabular}}{{@{{}}{columns}@{{}}}}",
                r"\bptttop",
                head + r" \\",
                r"\bpttmiddle",
                *rows,
                r"\bpttbottom",
                r"\end{tabular}",
            ]
        )
        return self._floating("table", body, self.prose(table.caption), table.label)

    def _figure(self, figure: Figure) -> str:
        picture = tikz(figure.model, figure.count, self.printing.latex)
        return self._floating("figure", picture, self.prose(figure.caption), figure.label)

    def _floating(self, kind: str, body: str, caption: str, label: str) -> str:
        above, below = (caption, "") if kind == "table" else ("", caption)
        lines = [
            rf"\begin{{{kind}}}[!htb]",
            r"\centering",
            rf"\caption{{{above}}}\label{{{label}}}\smallskip" if above else "",
            f"\\bpttfit{{%\n{body}}}",
            rf"\caption{{{below}}}\label{{{label}}}" if below else "",
            rf"\end{{{kind}}}",
        ]
        return "\n".join(filter(None, lines))


def _reference(to: Reference) -> str:
    return rf"{to.kind.capitalize()}~\ref{{{to.label}}}"
