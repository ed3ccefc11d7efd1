"""A document as Markdown, as GitHub, KaTeX and MathJax render it, and as a notebook."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Literal

from ...notation.printer.lines import COLUMN
from ...notation.tree import Statement
from ..prose import markdown_prose
from ..table import markdown_table
from .figure import mermaid
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

Dialect = Literal["web", "paper"]
"""web: `aligned`, without labels or numbers; paper: numbered `align` with labels, for Pandoc."""


def markdown_document(document: Document, dialect: Dialect = "web") -> str:
    """The document as one Markdown file."""
    writer = _Writer(document, dialect)
    return "\n\n".join([writer.title(), *map(writer.section, document.sections)]) + "\n"


def notebook_document(document: Document) -> str:
    """A Jupyter notebook: a cell for each section, then code that checks it all again."""
    writer = _Writer(document, "web")
    texts = [writer.title(), *map(writer.section, document.sections)]
    cells: list[dict[str, object]] = [
        {"cell_type": "markdown", "id": f"part-{i}", "metadata": {}, "source": _lines(text)}
        for i, text in enumerate(texts)
    ]
    cells.append(
        {
            "cell_type": "code",
            "id": "check-again",
            "execution_count": None,
            "metadata": {},
            "outputs": [],
            "source": _lines(_code(document)),
        }
    )
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _code(document: Document) -> str:
    return (
        "from symbolic_bptt import load_model, verify\n\n"
        f"model = load_model({document.model.name!r})\n"
        f"verify(model, T={document.count}, seed={document.seed})"
    )


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


class _Writer:
    """Writes the blocks of one document."""

    def __init__(self, document: Document, dialect: Dialect) -> None:
        self.document = document
        self.dialect = dialect
        self.printing = Printing(
            markdown_prose, _reference, transpose=document.transpose, bold=document.bold
        )

    def title(self) -> str:
        """The heading, and the command that made the file."""
        made = f"Made by symbolic_bptt {self.document.version}: `{self.document.command}`"
        return f"# {self.printing.prose(self.document.title)}\n\n{made}"

    def section(self, section: Section) -> str:
        """A heading and its blocks."""
        heading = f"## {self.printing.prose(section.title)}"
        return "\n\n".join([heading, *map(self.block, section.blocks)])

    def block(self, block: Block) -> str:
        """Any block."""
        prose = self.printing.prose
        match block:
            case Paragraph(text=text, kind="warning"):
                return f"> **Warning:** {prose(text)}."
            case Paragraph(text=text):
                return prose(text)
            case Equations(statements=statements, labels=labels):
                return self.display(statements, labels)
            case Derived():
                return "\n\n".join(self._derived(block))
            case Table(head=head, rows=rows, caption=caption):
                return markdown_table(head, [tuple(map(prose, row)) for row in rows]) + (
                    f"\n\n*{prose(caption)}*"
                )
            case Figure(model=model, count=count, caption=caption):
                return f"```mermaid\n{mermaid(model, count)}\n```\n\n*{prose(caption)}*"

    def _derived(self, block: Derived) -> Iterator[str]:
        yield f"### {self.printing.prose(block.title)}"
        if not block.told:
            reasons = " ".join(self.printing.prose(s.because) for s in block.steps if s.because)
            if reasons:
                yield reasons
            yield self.display([step.statement for step in block.steps], block.labels)
            return
        for step, label in zip(block.steps, block.labels, strict=True):
            rule = f"*{step.rule.capitalize()}.*"
            yield " ".join(filter(None, [rule, self.printing.prose(step.because)]))
            yield self.display([step.statement], [label])

    def display(self, statements: Sequence[Statement], labels: Sequence[str]) -> str:
        """Aligned equations in `$$`."""
        grouped = self.printing.rows(statements, COLUMN)
        if self.dialect == "web":
            rows = [row for own in grouped for row in own]
            body = " \\\\\n".join(rows)
            return f"$$\n\\begin{{aligned}}\n{body}\n\\end{{aligned}}\n$$"
        rows = []
        for own, label in zip(grouped, labels, strict=True):
            rows += [f"{row} \\nonumber" for row in own[:-1]]
            rows.append(f"{own[-1]} \\label{{{label}}}")
        body = " \\\\\n".join(rows)
        return f"$$\n\\begin{{align}}\n{body}\n\\end{{align}}\n$$"


def _reference(to: Reference) -> str:
    return f"The {to.kind} below"
